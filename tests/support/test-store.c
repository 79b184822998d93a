/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-test"

#include "test-store.h"

#include "test-snapshot.h"

static void
open_store (BatonTestStore *test)
{
  g_autoptr (GError) error = NULL;

  test->store = baton_store_open (test->folder, BATON_STORE_CREATE, &error);
  g_assert_no_error (error);
  g_assert_null (baton_store_read_only_reason (test->store));
}

BatonTestStore *
baton_test_store_new (void)
{
  BatonTestStore *test = g_new0 (BatonTestStore, 1);

  test->folder = baton_test_folder_new ();
  test->now = G_GINT64_CONSTANT (1772355600) * G_USEC_PER_SEC; /* 2026-03-01T09:00:00Z */
  open_store (test);
  return test;
}

void
baton_test_store_free (BatonTestStore *test)
{
  g_clear_pointer (&test->store, baton_store_close);
  baton_test_folder_remove (test->folder);
  g_free (test->folder);
  g_free (test);
}

void
baton_test_store_reopen (BatonTestStore *test)
{
  g_clear_pointer (&test->store, baton_store_close);
  open_store (test);
}

void
baton_test_store_change_device (BatonTestStore *test, const char *device)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (baton_store_set_meta (test->store, "device", device, &error));
  baton_test_store_reopen (test);
  g_assert_cmpstr (baton_store_device (test->store), ==, device);
}

BatonReader *
baton_test_reader (BatonTestStore *test)
{
  return baton_store_reader (test->store);
}

gboolean
baton_test_try_all (BatonTestStore *test, GPtrArray *ops, GError **error)
{
  gboolean ok;

  test->now += G_USEC_PER_SEC;
  for (guint i = 0; i < ops->len; i++)
    {
      BatonOp *op = g_ptr_array_index (ops, i);

      if (op->at == 0)
        op->at = test->now;
    }
  ok = baton_store_perform (test->store, ops, NULL, NULL, NULL, NULL, error);
  g_ptr_array_unref (ops);
  return ok;
}

BatonEffect *
baton_test_try (BatonTestStore *test, BatonOp *op, GError **error)
{
  g_autoptr (GPtrArray) ops = g_ptr_array_new_with_free_func ((GDestroyNotify) baton_op_free);
  g_autoptr (GPtrArray) effects = NULL;

  test->now += G_USEC_PER_SEC;
  if (op->at == 0)
    op->at = test->now;
  g_ptr_array_add (ops, op);
  if (!baton_store_perform (test->store, ops, NULL, NULL, &effects, NULL, error))
    return NULL;
  g_assert_cmpuint (effects->len, ==, 1);
  return baton_effect_ref (g_ptr_array_index (effects, 0));
}

void
baton_test_perform (BatonTestStore *test, BatonOp *op)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BatonEffect) effect = baton_test_try (test, op, &error);

  g_assert_no_error (error);
  g_assert_nonnull (effect);
}

void
baton_test_refused (BatonTestStore *test, BatonOp *op, BatonErrorCode code, const char *sentence)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *before = baton_test_snapshot_text (baton_test_reader (test));
  g_autofree char *after = NULL;
  gint64 seq = baton_reader_last_seq (baton_test_reader (test));
  g_autoptr (BatonEffect) effect = baton_test_try (test, op, &error);

  g_assert_null (effect);
  g_assert_error (error, BATON_ERROR, (int) code);
  if (sentence != NULL)
    g_assert_cmpstr (error->message, ==, sentence);
  after = baton_test_snapshot_text (baton_test_reader (test));
  g_assert_cmpstr (after, ==, before);
  g_assert_cmpint (baton_reader_last_seq (baton_test_reader (test)), ==, seq);
}

gboolean
baton_test_undo (BatonTestStore *test, gboolean redo, GError **error)
{
  GError *local = NULL;
  BatonOp *op = baton_reader_prepare_undo (baton_test_reader (test), baton_store_device (test->store), redo,
      test->now + G_USEC_PER_SEC, NULL, &local);
  g_autoptr (BatonEffect) effect = NULL;

  g_assert_no_error (local);
  if (op == NULL)
    return FALSE;
  effect = baton_test_try (test, op, error);
  return effect != NULL;
}

void
baton_test_store_check (BatonTestStore *test)
{
  g_autoptr (GPtrArray) problems = NULL;
  g_autoptr (GError) error = NULL;
  gint64 operations = -1;

  g_assert_true (baton_verify (baton_store_database (test->store), &problems, &operations, &error));
  g_assert_no_error (error);
  for (guint i = 0; i < problems->len; i++)
    g_test_message ("%s", (char *) g_ptr_array_index (problems, i));
  g_assert_cmpuint (problems->len, ==, 0);
  g_assert_cmpint (operations, ==, baton_reader_last_seq (baton_test_reader (test)));
  baton_test_check_invariants (baton_test_reader (test));
}
