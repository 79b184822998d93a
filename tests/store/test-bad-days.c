/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-test"

/* The disk is full, the folder is read-only, the file is damaged, somebody else was faster: nothing is lost,
 * reading goes on where it can, and the person is told in words. */

#include "test-board.h"
#include "test-mount.h"
#include "test-snapshot.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sqlite3.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define DAY (86400 * (gint64) G_USEC_PER_SEC)

typedef struct
{
  BatonTestStore *test;
  BatonTestBoard *board;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  f->test = baton_test_store_new ();
  f->board = baton_test_board_fill (f->test);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  baton_test_board_free (f->board);
  baton_test_store_free (f->test);
}

static char *
file_of (Fixture *f, const char *name)
{
  return g_build_filename (f->test->folder, name, NULL);
}

static void
close_store (Fixture *f)
{
  g_clear_pointer (&f->test->store, baton_store_close);
}

/* Opens and says how that went: NULL and the error, or the store. */
static BatonStore *
open_folder (const char *folder, BatonStoreFlags flags, GError **error)
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

static gboolean
perform_text (BatonStore *store, const char *card, BatonField field, const char *text, GError **error)
{
  g_autoptr (GPtrArray) ops = g_ptr_array_new_with_free_func ((GDestroyNotify) baton_op_free);
  BatonOp *op = baton_test_op_text (BATON_VERB_CARD_SET, card, field, text);

  op->at = G_GINT64_CONSTANT (1772359999000000);
  g_ptr_array_add (ops, op);
  return baton_store_perform (store, ops, NULL, NULL, NULL, NULL, error);
}

static void
assert_title (BatonReader *reader, const char *card, const char *title)
{
  g_autoptr (BatonRow) row = baton_reader_row (reader, BATON_ENTITY_CARD, card);

  g_assert_nonnull (row);
  g_assert_cmpstr (baton_row_text (row, BATON_CARD_TITLE), ==, title);
}

static void
assert_clean (const char *database)
{
  g_autoptr (GPtrArray) problems = NULL;
  g_autoptr (GError) error = NULL;
  gint64 operations;

  g_assert_true (baton_verify (database, &problems, &operations, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (problems->len, ==, 0);
}

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

/* Refuses to write, in words; reads. */
static void
assert_reads_only (BatonStore *store, Fixture *f)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) found = NULL;

  g_assert_nonnull (baton_store_read_only_reason (store));
  assert_title (baton_store_reader (store), f->board->cards[0], "Card 1");
  found = baton_reader_search (baton_store_reader (store), "card 3", NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (found->len, ==, 1);
  g_assert_false (perform_text (store, f->board->cards[0], BATON_CARD_TITLE, "Changed", &error));
  g_assert_error (error, BATON_ERROR, BATON_ERROR_READ_ONLY);
  g_assert_cmpstr (error->message, ==, baton_store_read_only_reason (store));
  g_clear_error (&error);
  g_assert_false (baton_store_set_draft (store, "a", "b", 1, &error));
  g_assert_error (error, BATON_ERROR, BATON_ERROR_READ_ONLY);
  g_clear_error (&error);
  g_assert_false (baton_store_rebuild (store, &error));
  g_assert_error (error, BATON_ERROR, BATON_ERROR_READ_ONLY);
  assert_clean (baton_store_database (store));
}

static void
test_twice (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (open_folder (f->test->folder, BATON_STORE_OPEN, &error));
  g_assert_error (error, BATON_ERROR, BATON_ERROR_LOCKED);
  baton_test_perform (
      f->test, baton_test_op_text (BATON_VERB_CARD_SET, f->board->cards[0], BATON_CARD_TITLE, "Mine"));
  baton_test_store_check (f->test);
}

static void
test_nowhere (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = baton_test_folder_new ();
  g_autofree char *deeper = g_build_filename (folder, "a", "b", NULL);
  g_autofree char *file = g_build_filename (folder, "file", NULL);
  g_autofree char *below_file = g_build_filename (file, "workspace", NULL);
  BatonStore *store;

  g_assert_null (open_folder (folder, BATON_STORE_OPEN, &error));
  g_assert_error (error, BATON_ERROR, BATON_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_null (open_folder (folder, BATON_STORE_READ_ONLY | BATON_STORE_CREATE, &error));
  g_clear_error (&error);
  g_assert_false (baton_store_exists (folder));
  store = open_folder (deeper, BATON_STORE_CREATE, &error);
  g_assert_no_error (error);
  baton_store_close (store);
  g_assert_true (baton_store_exists (deeper));
  g_assert_true (g_file_set_contents (file, "x", 1, NULL));
  g_assert_null (open_folder (below_file, BATON_STORE_CREATE, &error));
  g_assert_error (error, BATON_ERROR, BATON_ERROR_IO);
  baton_test_folder_remove (folder);
}

static void
run_sql (const char *path, const char *sql)
{
  sqlite3 *handle = NULL;

  g_assert_cmpint (sqlite3_open (path, &handle), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (handle, sql, NULL, NULL, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_close (handle), ==, SQLITE_OK);
}

static void
test_newer (Fixture *f, gconstpointer data)
{
  g_autofree char *path = file_of (f, "workspace.db");
  g_autoptr (GError) error = NULL;
  BatonStore *store;

  close_store (f);
  run_sql (path, "PRAGMA user_version = 99");
  store = open_folder (f->test->folder, BATON_STORE_OPEN, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (baton_store_read_only_reason (store), ==,
      "This workspace was written by a newer Baton. It can be read here, but not changed; update Baton to go "
      "on.");
  assert_reads_only (store, f);
  baton_store_close (store);
  store = open_folder (f->test->folder, BATON_STORE_READ_ONLY, &error);
  g_assert_no_error (error);
  assert_title (baton_store_reader (store), f->board->cards[0], "Card 1");
  baton_store_close (store);
}

static void
test_read_only_flag (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  BatonStore *store;

  close_store (f);
  store = open_folder (f->test->folder, BATON_STORE_READ_ONLY, &error);
  g_assert_no_error (error);
  assert_reads_only (store, f);
  baton_store_close (store);
}

/* Derived tables of another shape are made anew; for reading alone, in a copy. */
static void
test_other_shape (Fixture *f, gconstpointer data)
{
  g_autofree char *path = file_of (f, "workspace.db");
  g_autoptr (GError) error = NULL;
  BatonStore *store;

  close_store (f);
  run_sql (path, "DROP TABLE link; DROP TABLE search; ALTER TABLE card DROP COLUMN audience;"
                 "UPDATE meta SET value = '1' WHERE key = 'shape'");
  store = open_folder (f->test->folder, BATON_STORE_READ_ONLY, &error);
  g_assert_no_error (error);
  assert_reads_only (store, f);
  baton_store_close (store);
  baton_test_store_reopen (f->test);
  baton_test_store_check (f->test);
  assert_title (baton_test_reader (f->test), f->board->cards[0], "Card 1");
}

/* A folder on a read-only disk: also when its last writer was killed, so that the log beside the file
 * matters. */
static void
test_read_only_folder (Fixture *f, gconstpointer data)
{
  g_autofree char *mount = baton_test_folder_new ();
  g_autoptr (GError) error = NULL;
  BatonStore *store;

  if (!baton_test_mount (mount, 16))
    {
      g_test_skip ("nothing can be mounted here");
      baton_test_folder_remove (mount);
      return;
    }
  baton_test_copy_folder (f->test->folder, mount); /* while it is open: with its write-ahead log */
  g_assert_true (baton_test_remount (mount, 16, TRUE));
  store = open_folder (mount, BATON_STORE_OPEN, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (baton_store_read_only_reason (store), ==,
      "This folder cannot be written to, so the workspace is open for reading only.");
  assert_reads_only (store, f);
  baton_store_close (store);
  store = open_folder (mount, BATON_STORE_READ_ONLY, &error);
  g_assert_no_error (error);
  assert_reads_only (store, f);
  baton_store_close (store);
  baton_test_unmount (mount);
}

/* Writes long briefs until the disk is full. */
static void
fill_disk (BatonStore *store, Fixture *f, GError **error)
{
  g_autofree char *text = g_strnfill (100000, 'y');

  for (guint i = 0; i < 1000; i++)
    {
      text[i] = 'z';
      if (!perform_text (store, f->board->cards[i % BATON_TEST_N_CARDS], BATON_CARD_BRIEF, text, error))
        return;
    }
  g_assert_not_reached ();
}

static guint
count_parts (const char *folder)
{
  g_autofree char *backups = g_build_filename (folder, "backups", NULL);
  g_autoptr (GDir) dir = g_dir_open (backups, 0, NULL);
  guint n = 0;

  while (dir != NULL && g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

static void
test_full_reopen (Fixture *f, const char *mount)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *filler = g_build_filename (mount, "filler", NULL);
  BatonStore *store;
  int fd = g_open (filler, O_WRONLY | O_CREAT, 0600);
  char block[4096] = { 1 };

  while (write (fd, block, sizeof block) > 0)
    continue;
  close (fd);
  store = open_folder (mount, BATON_STORE_OPEN, &error);
  if (store == NULL)
    g_assert_error (error, BATON_ERROR, BATON_ERROR_FULL);
  g_assert_no_error (error);
  assert_title (baton_store_reader (store), f->board->cards[0], "Card 1");
  baton_store_close (store);
  g_unlink (filler);
}

static void
test_disk_full (Fixture *f, gconstpointer data)
{
  g_autofree char *mount = baton_test_folder_new ();
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autoptr (GError) error = NULL;
  BatonStore *store;
  gint64 seq;

  if (!baton_test_mount (mount, 4))
    {
      g_test_skip ("nothing can be mounted here");
      baton_test_folder_remove (mount);
      return;
    }
  close_store (f);
  baton_test_copy_folder (f->test->folder, mount);
  store = open_folder (mount, BATON_STORE_OPEN, &error);
  g_assert_no_error (error);
  fill_disk (store, f, &error);
  g_assert_error (error, BATON_ERROR, BATON_ERROR_FULL);
  g_assert_cmpstr (error->message, ==,
      "The disk is full. Nothing was changed and nothing is lost; free some space and try again.");
  g_clear_error (&error);

  /* Reading goes on, and what was refused has left no trace. */
  seq = baton_reader_last_seq (baton_store_reader (store));
  before = baton_test_snapshot_text (baton_store_reader (store));
  fill_disk (store, f, &error);
  g_assert_error (error, BATON_ERROR, BATON_ERROR_FULL);
  g_clear_error (&error);
  g_assert_cmpint (baton_reader_last_seq (baton_store_reader (store)), >=, seq);
  assert_clean (baton_store_database (store));
  g_assert_false (baton_backup_create (mount, baton_store_database (store), 1000000, NULL, &error));
  g_assert_error (error, BATON_ERROR, BATON_ERROR_FULL);
  g_clear_error (&error);
  g_assert_cmpuint (count_parts (mount), ==, 0);
  seq = baton_reader_last_seq (baton_store_reader (store));
  baton_store_close (store);
  test_full_reopen (f, mount);

  /* There is space again: writing goes on. */
  g_assert_true (baton_test_remount (mount, 32, FALSE));
  store = open_folder (mount, BATON_STORE_OPEN, &error);
  g_assert_no_error (error);
  g_assert_null (baton_store_read_only_reason (store));
  g_assert_cmpint (baton_reader_last_seq (baton_store_reader (store)), ==, seq);
  g_assert_true (perform_text (store, f->board->cards[0], BATON_CARD_TITLE, "There is room", &error));
  after = baton_test_snapshot_text (baton_store_reader (store));
  g_assert_cmpstr (after, !=, before);
  assert_clean (baton_store_database (store));
  baton_store_close (store);
  baton_test_unmount (mount);
}

/* The same store goes on when space is freed while it is open. */
static void
test_disk_full_open (Fixture *f, gconstpointer data)
{
  g_autofree char *mount = baton_test_folder_new ();
  g_autoptr (GError) error = NULL;
  BatonStore *store;

  if (!baton_test_mount (mount, 3))
    {
      g_test_skip ("nothing can be mounted here");
      baton_test_folder_remove (mount);
      return;
    }
  close_store (f);
  baton_test_copy_folder (f->test->folder, mount);
  store = open_folder (mount, BATON_STORE_OPEN, &error);
  g_assert_no_error (error);
  fill_disk (store, f, &error);
  g_assert_error (error, BATON_ERROR, BATON_ERROR_FULL);
  g_clear_error (&error);
  g_assert_true (baton_test_remount (mount, 32, FALSE));
  g_assert_true (perform_text (store, f->board->cards[0], BATON_CARD_TITLE, "There is room", &error));
  g_assert_no_error (error);
  assert_clean (baton_store_database (store));
  baton_store_close (store);
  baton_test_unmount (mount);
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
fill_more (Fixture *f)
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
test_damage (Fixture *f, gconstpointer data)
{
  g_autofree char *path = file_of (f, "workspace.db");
  g_autofree char *backup = NULL;
  g_autofree char *kept = NULL;
  g_autofree char *kept_too = NULL;
  g_autoptr (GError) error = NULL;
  BatonStore *store;
  goffset size;

  fill_more (f);
  g_assert_true (baton_backup_create (f->test->folder, path, f->test->now, &backup, &error));
  g_assert_no_error (error);
  close_store (f);
  size = size_of (path);
  for (goffset page = size / 4096 / 3; page < size / 4096; page += 5)
    overwrite (path, page * 4096, 64);

  assert_found_damage (path);
  store = open_folder (f->test->folder, BATON_STORE_OPEN, &error);
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
  assert_title (baton_test_reader (f->test), f->board->cards[7], "Card 8");
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
      g_assert_null (open_folder (folder,
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
test_no_database (Fixture *f, gconstpointer data)
{
  g_autofree char *path = file_of (f, "workspace.db");
  g_autofree char *whole = NULL;
  g_autofree char *noise = g_strnfill (100000, '\x7f');
  gsize length = 0;

  fill_more (f);
  close_store (f);
  g_assert_true (g_file_get_contents (path, &whole, &length, NULL));
  assert_refuses_file ("", 0);
  assert_refuses_file ("This is a letter to the workspace.", 34);
  assert_refuses_file (noise, 100000);
  assert_refuses_file (whole, 99); /* the header alone, nearly */
}

/* Cut off in the middle: nothing crashes, and the damage is told. */
static void
test_truncated (Fixture *f, gconstpointer data)
{
  g_autofree char *path = file_of (f, "workspace.db");
  goffset size;

  fill_more (f);
  close_store (f);
  size = size_of (path);
  for (guint i = 1; i < 10; i += 2)
    {
      g_autoptr (GError) error = NULL;
      BatonStore *store;

      g_assert_cmpint (truncate (path, size * (10 - i) / 10), ==, 0);
      assert_found_damage (path);
      store = open_folder (f->test->folder, BATON_STORE_OPEN, &error);
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

  run_sql (path, "CREATE TABLE recipes (name TEXT); INSERT INTO recipes VALUES ('Käsespätzle');");
  g_assert_true (g_file_get_contents (path, &contents, &length, NULL));
  assert_refuses_file (contents, length);
  run_sql (path, "PRAGMA user_version = 1");
  g_clear_pointer (&contents, g_free);
  g_assert_true (g_file_get_contents (path, &contents, &length, NULL));
  assert_refuses_file (contents, length);
  baton_test_folder_remove (folder);
}

static void
test_backups (Fixture *f, gconstpointer data)
{
  g_autofree char *path = file_of (f, "workspace.db");
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
      assert_clean (backup);
    }
  list = baton_backup_list (f->test->folder);
  g_assert_cmpuint (list->len, ==, BATON_BACKUPS_KEPT);
  for (guint i = 0; i < list->len; i++)
    g_assert_cmpint (baton_backup_time (g_ptr_array_index (list, i)), ==,
        (first + (9 - i) * DAY) / G_USEC_PER_SEC * G_USEC_PER_SEC);
  g_assert_cmpuint (count_parts (f->test->folder), ==, BATON_BACKUPS_KEPT);
  g_assert_cmpint (baton_backup_time ("/somewhere/else.db"), ==, 0);

  /* Not while it is open; then yes, and the way back is open too. */
  g_assert_false (baton_backup_restore (f->test->folder, g_ptr_array_index (list, 3), first, NULL, &error));
  g_assert_error (error, BATON_ERROR, BATON_ERROR_LOCKED);
  g_clear_error (&error);
  close_store (f);
  {
    g_autofree char *kept = NULL;
    g_autoptr (BatonRow) row = NULL;

    g_assert_true (baton_backup_restore (f->test->folder, g_ptr_array_index (list, 3), first, &kept, &error));
    assert_clean (kept);
    baton_test_store_reopen (f->test);
    row = baton_reader_row (baton_test_reader (f->test), BATON_ENTITY_CARD, f->board->cards[0]);
    g_assert_cmpint (baton_row_int (row, BATON_CARD_DUE), ==, 7 * DAY);
    baton_test_store_check (f->test);
  }
}

/* A damaged backup is not put in place of anything. */
static void
test_damaged_backup (Fixture *f, gconstpointer data)
{
  g_autofree char *path = file_of (f, "workspace.db");
  g_autofree char *backup = NULL;
  g_autoptr (GError) error = NULL;

  fill_more (f);
  g_assert_true (baton_backup_create (f->test->folder, path, f->test->now, &backup, &error));
  for (goffset page = 3; page < size_of (backup) / 4096; page += 5)
    overwrite (backup, page * 4096, 64);
  close_store (f);
  g_assert_false (baton_backup_restore (f->test->folder, backup, f->test->now, NULL, &error));
  g_assert_error (error, BATON_ERROR, BATON_ERROR_CORRUPT);
  g_clear_error (&error);
  g_assert_false (baton_backup_restore (f->test->folder, "/no/such/backup.db", f->test->now, NULL, &error));
  g_assert_nonnull (error);
  baton_test_store_reopen (f->test);
  baton_test_store_check (f->test);
}

int
main (int argc, char **argv)
{
  baton_test_mount_init ();
  baton_test_init (&argc, &argv);
#define ADD(name, function) g_test_add ("/bad-days/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("twice", test_twice);
  g_test_add_func ("/bad-days/nowhere", test_nowhere);
  ADD ("newer", test_newer);
  ADD ("read-only-flag", test_read_only_flag);
  ADD ("other-shape", test_other_shape);
  ADD ("read-only-folder", test_read_only_folder);
  ADD ("disk-full", test_disk_full);
  ADD ("disk-full-open", test_disk_full_open);
  ADD ("damage", test_damage);
  ADD ("no-database", test_no_database);
  ADD ("truncated", test_truncated);
  g_test_add_func ("/bad-days/foreign", test_foreign);
  ADD ("backups", test_backups);
  ADD ("damaged-backup", test_damaged_backup);
#undef ADD
  return g_test_run ();
}
