/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-test"

#include "fuzz.h"

#include "store.h"
#include "test-folder.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const FuzzStage *present;
static char *folder;
static guint inputs;

/* GLib ends a program with a trap, which libFuzzer does not take for a find. */
static void
trapped (int number)
{
  abort ();
}

__attribute__ ((constructor)) static void
catch_traps (void)
{
  signal (SIGTRAP, trapped);
}

static void
finish (void)
{
  if (folder == NULL)
    return;
  present->end ();
  baton_test_folder_remove (folder);
  g_clear_pointer (&folder, g_free);
  inputs = 0;
}

void
fuzz_stage_over (void)
{
  finish ();
}

static void
make_folder (const char *name)
{
  const char *place = access ("/dev/shm", W_OK) == 0 ? "/dev/shm" : g_get_tmp_dir ();
  g_autofree char *template = g_strdup_printf ("%s/baton-fuzz-%s-XXXXXX", place, name);

  folder = g_strdup (g_mkdtemp (template));
  g_assert_nonnull (folder);
}

void
fuzz_stage (const FuzzStage *stage)
{
  static gboolean registered;

  if (!registered)
    {
      registered = TRUE;
      atexit (finish);
    }
  if (inputs++ >= stage->every)
    finish ();
  if (folder != NULL)
    return;
  present = stage;
  make_folder (stage->name);
  stage->begin (folder);
}

GByteArray *
fuzz_replace (const guint8 *data, gsize size, const char *const *pairs)
{
  GByteArray *out = g_byte_array_sized_new ((guint) size + 64);

  for (gsize at = 0; at < size;)
    {
      const char *const *pair = pairs;
      gsize length = 0;

      for (; *pair != NULL; pair += 2)
        {
          length = strlen (pair[0]);
          if (length <= size - at && memcmp (data + at, pair[0], length) == 0)
            break;
        }
      if (*pair != NULL)
        g_byte_array_append (out, (const guint8 *) pair[1], (guint) strlen (pair[1]));
      else
        g_byte_array_append (out, data + at, 1);
      at += *pair != NULL ? length : 1;
    }
  return out;
}

void
fuzz_verify (const char *database)
{
  g_autoptr (GPtrArray) problems = NULL;
  g_autoptr (GError) error = NULL;
  gint64 operations;

  baton_verify (database, &problems, &operations, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < problems->len; i++)
    g_printerr ("%s\n", (char *) g_ptr_array_index (problems, i));
  g_assert_cmpuint (problems->len, ==, 0);
}
