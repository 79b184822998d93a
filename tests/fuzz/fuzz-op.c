/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-test"

/* The codec: operations and effects. What could be read is written and read again, and is the same. */

#include "fuzz.h"

#include "codec.h"

#include <string.h>

static void
check_same (const BatonOp *op)
{
  g_autoptr (GString) once = g_string_new (NULL);
  g_autoptr (GString) twice = g_string_new (NULL);
  g_autoptr (BatonOp) again = NULL;
  g_autoptr (GError) error = NULL;

  baton_op_write (op, once);
  again = baton_op_read_kept (once->str, (gssize) once->len, &error);
  g_assert_no_error (error);
  baton_op_write (again, twice);
  g_assert_cmpstr (once->str, ==, twice->str);
  g_assert_cmpint (op->verb, ==, again->verb);
}

static void
try_op (const char *text, gsize size)
{
  g_autoptr (BatonOp) strict = baton_op_read (text, (gssize) size, NULL);
  g_autoptr (BatonOp) kept = baton_op_read_kept (text, (gssize) size, NULL);
  g_autoptr (BatonOp) copy = NULL;

  g_assert_true (strict == NULL || kept != NULL);
  /* What is unknown keeps its text as it came here, spaces and all. */
  if (strict != NULL && strict->verb != BATON_VERB_UNKNOWN)
    check_same (strict);
  if (kept == NULL)
    return;
  check_same (kept);
  copy = baton_op_copy (kept);
  check_same (copy);
}

static void
try_values (const char *text, gsize size)
{
  g_autoptr (BatonOp) op = baton_op_new (BATON_VERB_CARD_SET);
  g_autoptr (BatonOp) again = baton_op_new (BATON_VERB_CARD_SET);
  g_autoptr (GString) once = g_string_new (NULL);
  g_autoptr (GString) twice = g_string_new (NULL);

  if (!baton_op_read_values (op, text, (gssize) size, NULL) || op->verb == BATON_VERB_UNKNOWN)
    return;
  baton_op_write_values (op, once);
  g_assert_true (baton_op_read_values (again, once->str, (gssize) once->len, NULL));
  baton_op_write_values (again, twice);
  g_assert_cmpstr (once->str, ==, twice->str);
}

static void
try_effect (const char *text, gsize size)
{
  g_autoptr (BatonEffect) effect = baton_effect_read (text, (gssize) size, NULL);
  g_autoptr (BatonEffect) again = NULL;
  g_autoptr (GString) once = g_string_new (NULL);
  g_autoptr (GString) twice = g_string_new (NULL);
  g_autoptr (GError) error = NULL;

  if (effect == NULL)
    return;
  baton_effect_write (effect, once);
  again = baton_effect_read (once->str, (gssize) once->len, &error);
  g_assert_no_error (error);
  baton_effect_write (again, twice);
  g_assert_cmpstr (once->str, ==, twice->str);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  try_op ((const char *) data, size);
  try_values ((const char *) data, size);
  try_effect ((const char *) data, size);
  return 0;
}
