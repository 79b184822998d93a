/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-test"

/* The database is damaged, cut off, or none of ours: that is noticed and told, nothing is written over, and a
 * backup brings everything back. */

#include "bad-day.h"
#include "sync.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <sqlite3.h>
#include <unistd.h>

#define DAY (86400 * (gint64) G_USEC_PER_SEC)

static void
assert_found_damage (const char *database)
{
  g_autoptr (GPtrArray) problems = NULL;
  g_autoptr (GError) error = NULL;
  gint64 operations;

  if (!baton_verify (database, &problems, &operations, &error))
    g_assert_no_error (error);
  g_assert_cmpuint (problems->len, >, 0);
}

static void
overwrite (const char *path, goffset offset, gsize length)
{
  int fd = g_open (path, O_WRONLY, 0);
  g_autofree char *junk = g_strnfill (length, '\xa5');

  g_assert_cmpint (fd, >=, 0);
  g_assert_cmpint (pwrite (fd, junk, length, offset), ==, (gssize) length);
  close (fd);
}

static goffset
size_of (const char *path)
{
  GStatBuf info;

  g_assert_cmpint (g_stat (path, &info), ==, 0);
  return info.st_size;
}

static void
fill_more (BadDay *f)
{
  BatonTestRandom random = baton_test_random (4);

  for (guint i = 0; i < 200; i++)
    {
      g_autofree char *text = baton_test_prose (&random, 30);

      baton_test_perform (f->test, baton_test_op_text (BATON_VERB_CARD_SET,
                                       f->board->cards[i % BATON_TEST_N_CARDS], BATON_CARD_BRIEF, text));
    }
}

/* Damage anywhere is noticed, named, survived, and a backup brings everything back. */
static void
test_damage (BadDay *f, gconstpointer data)
{
  g_autofree char *path = bad_day_file (f, "workspace.db");
  g_autofree char *backup = NULL;
  g_autofree char *kept = NULL;
  g_autofree char *kept_too = NULL;
  g_autoptr (GError) error = NULL;
  BatonStore *store;
  goffset size;

  fill_more (f);
  g_assert_true (baton_backup_create (f->test->folder, path, f->test->now, &backup, &error));
  g_assert_no_error (error);
  bad_day_close (f);
  size = size_of (path);
  for (goffset page = size / 4096 / 3; page < size / 4096; page += 5)
    overwrite (path, page * 4096, 64);

  assert_found_damage (path);
  store = bad_day_open (f->test->folder, BATON_STORE_OPEN, &error);
  if (store != NULL)
    {
      g_assert_false (baton_quick_check (baton_store_reader (store), &error));
      g_assert_error (error, BATON_ERROR, BATON_ERROR_CORRUPT);
      baton_store_close (store);
    }
  else
    g_assert_error (error, BATON_ERROR, BATON_ERROR_CORRUPT);
  g_clear_error (&error);

  g_assert_true (baton_backup_restore (f->test->folder, backup, f->test->now, &kept, &error));
  g_assert_no_error (error);
  g_assert_cmpint (size_of (kept), >=, size / 2);
  g_assert_true (baton_backup_restore (f->test->folder, backup, f->test->now, &kept_too, &error));
  g_assert_cmpstr (kept, !=, kept_too); /* the damaged one is not overwritten */
  baton_test_store_reopen (f->test);
  baton_test_store_check (f->test);
  bad_day_assert_title (baton_test_reader (f->test), f->board->cards[7], "Card 8");
  baton_test_perform (f->test, baton_test_op_ids (BATON_VERB_CARD_BIN, f->board->cards[7], NULL));
}

/* A file that is none of ours, or what is left of one: refused, and not touched. */
static void
assert_refuses_file (const char *contents, gsize length)
{
  g_autofree char *folder = baton_test_folder_new ();
  g_autofree char *path = g_build_filename (folder, "workspace.db", NULL);
  g_autofree char *now = NULL;
  gsize now_length = 0;
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (path, contents, (gssize) length, NULL));
  for (guint i = 0; i < 3; i++)
    {
      g_clear_error (&error);
      if (length == 0 && i == 0)
        continue; /* an empty file may be filled by whoever creates */
      g_assert_null (bad_day_open (folder,
          i == 0   ? BATON_STORE_CREATE
          : i == 1 ? BATON_STORE_OPEN
                   : BATON_STORE_READ_ONLY,
          &error));
      g_assert_error (error, BATON_ERROR, BATON_ERROR_CORRUPT);
    }
  g_assert_true (g_file_get_contents (path, &now, &now_length, NULL));
  g_assert_cmpmem (now, now_length, contents, length);
  assert_found_damage (path);
  g_clear_error (&error);
  g_assert_false (baton_backup_restore (folder, path, 1000000, NULL, &error));
  g_assert_error (error, BATON_ERROR, BATON_ERROR_CORRUPT);
  baton_test_folder_remove (folder);
}

static void
test_no_database (BadDay *f, gconstpointer data)
{
  g_autofree char *path = bad_day_file (f, "workspace.db");
  g_autofree char *whole = NULL;
  g_autofree char *noise = g_strnfill (100000, '\x7f');
  gsize length = 0;

  fill_more (f);
  bad_day_close (f);
  g_assert_true (g_file_get_contents (path, &whole, &length, NULL));
  assert_refuses_file ("", 0);
  assert_refuses_file ("This is a letter to the workspace.", 34);
  assert_refuses_file (noise, 100000);
  assert_refuses_file (whole, 99); /* the header alone, nearly */
}

/* Cut off in the middle: nothing crashes, and the damage is told. */
static void
test_truncated (BadDay *f, gconstpointer data)
{
  g_autofree char *path = bad_day_file (f, "workspace.db");
  goffset size;

  fill_more (f);
  bad_day_close (f);
  size = size_of (path);
  for (guint i = 1; i < 10; i += 2)
    {
      g_autoptr (GError) error = NULL;
      BatonStore *store;

      g_assert_cmpint (truncate (path, size * (10 - i) / 10), ==, 0);
      assert_found_damage (path);
      store = bad_day_open (f->test->folder, BATON_STORE_OPEN, &error);
      if (store == NULL)
        {
          g_assert_error (error, BATON_ERROR, BATON_ERROR_CORRUPT);
          continue;
        }
      g_assert_false (baton_quick_check (baton_store_reader (store), &error));
      baton_store_close (store);
    }
}

/* The database of another program has its own tables, and keeps them. */
static void
test_foreign (void)
{
  g_autofree char *folder = baton_test_folder_new ();
  g_autofree char *path = g_build_filename (folder, "workspace.db", NULL);
  g_autofree char *contents = NULL;
  gsize length;

  bad_day_run_sql (path, "CREATE TABLE recipes (name TEXT); INSERT INTO recipes VALUES ('Käsespätzle');");
  g_assert_true (g_file_get_contents (path, &contents, &length, NULL));
  assert_refuses_file (contents, length);
  bad_day_run_sql (path, "PRAGMA user_version = 1");
  g_clear_pointer (&contents, g_free);
  g_assert_true (g_file_get_contents (path, &contents, &length, NULL));
  assert_refuses_file (contents, length);
  baton_test_folder_remove (folder);
}

static void
test_backups (BadDay *f, gconstpointer data)
{
  g_autofree char *path = bad_day_file (f, "workspace.db");
  gint64 first = f->test->now;
  g_autoptr (GPtrArray) list = NULL;
  g_autoptr (GError) error = NULL;

  for (guint day = 0; day < 10; day++)
    {
      g_autofree char *backup = NULL;

      baton_test_perform (f->test,
          baton_test_op_int (BATON_VERB_CARD_SET, f->board->cards[0], BATON_CARD_DUE, (day + 1) * DAY));
      g_assert_true (baton_backup_create (f->test->folder, path, first + day * DAY, &backup, &error));
      g_assert_no_error (error);
      g_assert_cmpint (baton_backup_time (backup), ==, (first + day * DAY) / G_USEC_PER_SEC * G_USEC_PER_SEC);
      bad_day_assert_clean (backup);
    }
  list = baton_backup_list (f->test->folder);
  g_assert_cmpuint (list->len, ==, BATON_BACKUPS_KEPT);
  for (guint i = 0; i < list->len; i++)
    g_assert_cmpint (baton_backup_time (g_ptr_array_index (list, i)), ==,
        (first + (9 - i) * DAY) / G_USEC_PER_SEC * G_USEC_PER_SEC);
  g_assert_cmpuint (bad_day_count_backups (f->test->folder), ==, BATON_BACKUPS_KEPT);
  g_assert_cmpint (baton_backup_time ("/somewhere/else.db"), ==, 0);

  /* Not while it is open; then yes, and the way back is open too. */
  g_assert_false (baton_backup_restore (f->test->folder, g_ptr_array_index (list, 3), first, NULL, &error));
  g_assert_error (error, BATON_ERROR, BATON_ERROR_LOCKED);
  g_clear_error (&error);
  bad_day_close (f);
  {
    g_autofree char *kept = NULL;
    g_autoptr (BatonRow) row = NULL;

    g_assert_true (baton_backup_restore (f->test->folder, g_ptr_array_index (list, 3), first, &kept, &error));
    bad_day_assert_clean (kept);
    baton_test_store_reopen (f->test);
    row = baton_reader_row (baton_test_reader (f->test), BATON_ENTITY_CARD, f->board->cards[0]);
    g_assert_cmpint (baton_row_int (row, BATON_CARD_DUE), ==, 7 * DAY);
    baton_test_store_check (f->test);
  }
}

/* A damaged backup is not put in place of anything. */
static void
test_damaged_backup (BadDay *f, gconstpointer data)
{
  g_autofree char *path = bad_day_file (f, "workspace.db");
  g_autofree char *backup = NULL;
  g_autoptr (GError) error = NULL;

  fill_more (f);
  g_assert_true (baton_backup_create (f->test->folder, path, f->test->now, &backup, &error));
  for (goffset page = 3; page < size_of (backup) / 4096; page += 5)
    overwrite (backup, page * 4096, 64);
  bad_day_close (f);
  g_assert_false (baton_backup_restore (f->test->folder, backup, f->test->now, NULL, &error));
  g_assert_error (error, BATON_ERROR, BATON_ERROR_CORRUPT);
  g_clear_error (&error);
  g_assert_false (baton_backup_restore (f->test->folder, "/no/such/backup.db", f->test->now, NULL, &error));
  g_assert_nonnull (error);
  baton_test_store_reopen (f->test);
  baton_test_store_check (f->test);
}

/* What a workspace began with is in no log: damaged there, it is not taken for what people wrote. */
static void
test_snapshot (BadDay *f, gconstpointer data)
{
  BatonTestStore *client = baton_test_store_new ();
  g_autofree char *lineage = g_strdup ("[[\"e\",1]]");
  g_autoptr (GPtrArray) parts = NULL;
  g_auto (BatonFollowed) followed = { 0 };
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;
  gint64 seq;

  fill_more (f);
  parts = baton_reader_snapshot (baton_test_reader (f->test), NULL, &seq, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < parts->len; i++)
    g_assert_true (baton_store_keep_part (client->store, i, g_ptr_array_index (parts, i), &error));
  baton_store_install (client->store, "e", lineage, seq, 0, client->now, &followed, &error);
  g_assert_no_error (error);
  bad_day_assert_title (baton_test_reader (client), f->board->cards[7], "Card 8");
  baton_store_rebuild (client->store, &error);
  g_assert_no_error (error);
  path = g_strdup (baton_store_database (client->store));
  baton_store_close (g_steal_pointer (&client->store));
  bad_day_run_sql (path, "UPDATE snapshot SET body = replace (body, 'Card 8', 'Card 9')");
  assert_found_damage (path);
  baton_test_store_reopen (client);
  g_assert_false (baton_store_rebuild (client->store, &error));
  g_assert_error (error, BATON_ERROR, BATON_ERROR_CORRUPT);
  /* What was right stays. */
  bad_day_assert_title (baton_test_reader (client), f->board->cards[7], "Card 8");
  baton_test_store_free (client);
}

int
main (int argc, char **argv)
{
  baton_test_init (&argc, &argv);
#define ADD(name, function) \
  g_test_add ("/damage/" name, BadDay, NULL, bad_day_set_up, function, bad_day_tear_down)
  ADD ("pages", test_damage);
  ADD ("no-database", test_no_database);
  ADD ("truncated", test_truncated);
  g_test_add_func ("/damage/foreign", test_foreign);
  ADD ("backups", test_backups);
  ADD ("damaged-backup", test_damaged_backup);
  ADD ("snapshot", test_snapshot);
#undef ADD
  return g_test_run ();
}
