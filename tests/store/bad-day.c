/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-test"

#include "bad-day.h"

#include <sqlite3.h>
#include <string.h>

void
bad_day_set_up (BadDay *f, gconstpointer data)
{
  f->test = baton_test_store_new ();
  f->board = baton_test_board_fill (f->test);
}

void
bad_day_tear_down (BadDay *f, gconstpointer data)
{
  baton_test_board_free (f->board);
  baton_test_store_free (f->test);
}

char *
bad_day_file (BadDay *f, const char *name)
{
  return g_build_filename (f->test->folder, name, NULL);
}

void
bad_day_close (BadDay *f)
{
  g_clear_pointer (&f->test->store, baton_store_close);
}

/* Opens and says how that went: NULL and the error, or the store. */
BatonStore *
bad_day_open (const char *folder, BatonStoreFlags flags, GError **error)
{
  BatonStore *store = baton_store_open (folder, flags, error);

  g_assert_true ((store == NULL) == (error != NULL && *error != NULL));
  if (store == NULL)
    {
      g_assert_true ((*error)->domain == BATON_ERROR);
      g_assert_cmpint ((int) strlen ((*error)->message), >, 10);
    }
  return store;
}

void
bad_day_assert_title (BatonReader *reader, const char *card, const char *title)
{
  g_autoptr (BatonRow) row = baton_reader_row (reader, BATON_ENTITY_CARD, card);

  g_assert_nonnull (row);
  g_assert_cmpstr (baton_row_text (row, BATON_CARD_TITLE), ==, title);
}

void
bad_day_assert_clean (const char *database)
{
  g_autoptr (GPtrArray) problems = NULL;
  g_autoptr (GError) error = NULL;
  gint64 operations;

  g_assert_true (baton_verify (database, &problems, &operations, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (problems->len, ==, 0);
}

void
bad_day_run_sql (const char *path, const char *sql)
{
  sqlite3 *handle = NULL;

  g_assert_cmpint (sqlite3_open (path, &handle), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (handle, sql, NULL, NULL, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_close (handle), ==, SQLITE_OK);
}

guint
bad_day_count_backups (const char *folder)
{
  g_autofree char *backups = g_build_filename (folder, "backups", NULL);
  g_autoptr (GDir) dir = g_dir_open (backups, 0, NULL);
  guint n = 0;

  while (dir != NULL && g_dir_read_name (dir) != NULL)
    n++;
  return n;
}
