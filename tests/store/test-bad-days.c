/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-test"

/* The disk is full, the folder is read-only, the file comes from a later version, somebody else was faster:
 * nothing is lost, reading goes on where it can, and the person is told in words. */

#include "bad-day.h"
#include "sync.h"
#include "test-mount.h"
#include "test-snapshot.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

static gboolean
perform_text (BatonStore *store, const char *card, BatonField field, const char *text, GError **error)
{
  g_autoptr (GPtrArray) ops = g_ptr_array_new_with_free_func ((GDestroyNotify) baton_op_free);
  BatonOp *op = baton_test_op_text (BATON_VERB_CARD_SET, card, field, text);

  op->at = G_GINT64_CONSTANT (1772359999000000);
  g_ptr_array_add (ops, op);
  return baton_store_perform (store, ops, NULL, NULL, NULL, NULL, error);
}

/* Refuses to write, in words; reads. */
static void
assert_reads_only (BatonStore *store, BadDay *f)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) found = NULL;

  g_assert_nonnull (baton_store_read_only_reason (store));
  bad_day_assert_title (baton_store_reader (store), f->board->cards[0], "Card 1");
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
  bad_day_assert_clean (baton_store_database (store));
}

static void
test_twice (BadDay *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (bad_day_open (f->test->folder, BATON_STORE_OPEN, &error));
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

  g_assert_null (bad_day_open (folder, BATON_STORE_OPEN, &error));
  g_assert_error (error, BATON_ERROR, BATON_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_null (bad_day_open (folder, BATON_STORE_READ_ONLY | BATON_STORE_CREATE, &error));
  g_clear_error (&error);
  g_assert_false (baton_store_exists (folder));
  store = bad_day_open (deeper, BATON_STORE_CREATE, &error);
  g_assert_no_error (error);
  baton_store_close (store);
  g_assert_true (baton_store_exists (deeper));
  g_assert_true (g_file_set_contents (file, "x", 1, NULL));
  g_assert_null (bad_day_open (below_file, BATON_STORE_CREATE, &error));
  g_assert_error (error, BATON_ERROR, BATON_ERROR_IO);
  baton_test_folder_remove (folder);
}

static void
test_newer (BadDay *f, gconstpointer data)
{
  g_autofree char *path = bad_day_file (f, "workspace.db");
  g_autoptr (GError) error = NULL;
  BatonStore *store;

  bad_day_close (f);
  bad_day_run_sql (path, "PRAGMA user_version = 99");
  store = bad_day_open (f->test->folder, BATON_STORE_OPEN, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (baton_store_read_only_reason (store), ==,
      "This workspace was written by a newer Baton. It can be read here, but not changed; update Baton to go "
      "on.");
  assert_reads_only (store, f);
  baton_store_close (store);
  store = bad_day_open (f->test->folder, BATON_STORE_READ_ONLY, &error);
  g_assert_no_error (error);
  bad_day_assert_title (baton_store_reader (store), f->board->cards[0], "Card 1");
  baton_store_close (store);
}

static void
test_read_only_flag (BadDay *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  BatonStore *store;

  bad_day_close (f);
  store = bad_day_open (f->test->folder, BATON_STORE_READ_ONLY, &error);
  g_assert_no_error (error);
  assert_reads_only (store, f);
  baton_store_close (store);
}

/* Derived tables of another shape are made anew; for reading alone, in a copy. */
static void
test_other_shape (BadDay *f, gconstpointer data)
{
  g_autofree char *path = bad_day_file (f, "workspace.db");
  g_autoptr (GError) error = NULL;
  BatonStore *store;

  bad_day_close (f);
  bad_day_run_sql (path, "DROP TABLE link; DROP TABLE search; ALTER TABLE card DROP COLUMN audience;"
                         "UPDATE meta SET value = '1' WHERE key = 'shape'");
  store = bad_day_open (f->test->folder, BATON_STORE_READ_ONLY, &error);
  g_assert_no_error (error);
  assert_reads_only (store, f);
  baton_store_close (store);
  baton_test_store_reopen (f->test);
  baton_test_store_check (f->test);
  bad_day_assert_title (baton_test_reader (f->test), f->board->cards[0], "Card 1");
}

/* A folder on a read-only disk: also when its last writer was killed, so that the log beside the file
 * matters. */
static void
test_read_only_folder (BadDay *f, gconstpointer data)
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
  store = bad_day_open (mount, BATON_STORE_OPEN, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (baton_store_read_only_reason (store), ==,
      "This folder cannot be written to, so the workspace is open for reading only.");
  assert_reads_only (store, f);
  baton_store_close (store);
  store = bad_day_open (mount, BATON_STORE_READ_ONLY, &error);
  g_assert_no_error (error);
  assert_reads_only (store, f);
  baton_store_close (store);
  baton_test_unmount (mount);
}

/* Writes long briefs until the disk is full. */
static void
fill_disk (BatonStore *store, BadDay *f, GError **error)
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

static void
test_full_reopen (BadDay *f, const char *mount)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *filler = g_build_filename (mount, "filler", NULL);
  BatonStore *store;
  int fd = g_open (filler, O_WRONLY | O_CREAT, 0600);
  char block[4096] = { 1 };

  while (write (fd, block, sizeof block) > 0)
    continue;
  close (fd);
  store = bad_day_open (mount, BATON_STORE_OPEN, &error);
  if (store == NULL)
    g_assert_error (error, BATON_ERROR, BATON_ERROR_FULL);
  g_assert_no_error (error);
  bad_day_assert_title (baton_store_reader (store), f->board->cards[0], "Card 1");
  baton_store_close (store);
  g_unlink (filler);
}

static void
test_disk_full (BadDay *f, gconstpointer data)
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
  bad_day_close (f);
  baton_test_copy_folder (f->test->folder, mount);
  store = bad_day_open (mount, BATON_STORE_OPEN, &error);
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
  bad_day_assert_clean (baton_store_database (store));
  g_assert_false (baton_backup_create (mount, baton_store_database (store), 1000000, NULL, &error));
  g_assert_error (error, BATON_ERROR, BATON_ERROR_FULL);
  g_clear_error (&error);
  g_assert_cmpuint (bad_day_count_backups (mount), ==, 0);
  seq = baton_reader_last_seq (baton_store_reader (store));
  baton_store_close (store);
  test_full_reopen (f, mount);

  /* There is space again: writing goes on. */
  g_assert_true (baton_test_remount (mount, 32, FALSE));
  store = bad_day_open (mount, BATON_STORE_OPEN, &error);
  g_assert_no_error (error);
  g_assert_null (baton_store_read_only_reason (store));
  g_assert_cmpint (baton_reader_last_seq (baton_store_reader (store)), ==, seq);
  g_assert_true (perform_text (store, f->board->cards[0], BATON_CARD_TITLE, "There is room", &error));
  after = baton_test_snapshot_text (baton_store_reader (store));
  g_assert_cmpstr (after, !=, before);
  bad_day_assert_clean (baton_store_database (store));
  baton_store_close (store);
  baton_test_unmount (mount);
}

/* The same store goes on when space is freed while it is open. */
static void
test_disk_full_open (BadDay *f, gconstpointer data)
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
  bad_day_close (f);
  baton_test_copy_folder (f->test->folder, mount);
  store = bad_day_open (mount, BATON_STORE_OPEN, &error);
  g_assert_no_error (error);
  fill_disk (store, f, &error);
  g_assert_error (error, BATON_ERROR, BATON_ERROR_FULL);
  g_clear_error (&error);
  g_assert_true (baton_test_remount (mount, 32, FALSE));
  g_assert_true (perform_text (store, f->board->cards[0], BATON_CARD_TITLE, "There is room", &error));
  g_assert_no_error (error);
  bad_day_assert_clean (baton_store_database (store));
  baton_store_close (store);
  baton_test_unmount (mount);
}

/* A server that cannot keep a refusal has not refused: it fails, and nothing is left of the decision. */
static void
test_refusal_not_kept (BadDay *f, gconstpointer data)
{
  g_autofree char *path = bad_day_file (f, "workspace.db");
  g_autoptr (GError) error = NULL;
  BatonSubmission nothing = { .device = "00000000-0000-7000-8000-00000000abcd", .number = 1 };
  BatonRefusal *refusal = NULL;
  gint64 seq;

  bad_day_run_sql (path, "ALTER TABLE refused RENAME TO kept_elsewhere");
  g_assert_true (baton_store_begin (f->test->store, &error));
  g_assert_true (
      baton_store_decide (f->test->store, &nothing, &seq, &refusal, &error) == BATON_DECIDED_FAILED);
  g_assert_nonnull (error);
  g_assert_null (refusal);
  baton_store_abort (f->test->store);
  g_clear_error (&error);

  bad_day_run_sql (path, "ALTER TABLE kept_elsewhere RENAME TO refused");
  g_assert_true (baton_store_begin (f->test->store, &error));
  g_assert_true (
      baton_store_decide (f->test->store, &nothing, &seq, &refusal, &error) == BATON_DECIDED_REFUSED);
  g_assert_no_error (error);
  g_assert_cmpstr (refusal->code, ==, "void");
  baton_refusal_free (refusal);
  g_assert_true (baton_store_end (f->test->store, &error));
}

int
main (int argc, char **argv)
{
  baton_test_mount_init ();
  baton_test_init (&argc, &argv);
#define ADD(name, function) \
  g_test_add ("/bad-days/" name, BadDay, NULL, bad_day_set_up, function, bad_day_tear_down)
  ADD ("twice", test_twice);
  g_test_add_func ("/bad-days/nowhere", test_nowhere);
  ADD ("newer", test_newer);
  ADD ("read-only-flag", test_read_only_flag);
  ADD ("other-shape", test_other_shape);
  ADD ("read-only-folder", test_read_only_folder);
  ADD ("refusal-not-kept", test_refusal_not_kept);
  ADD ("disk-full", test_disk_full);
  ADD ("disk-full-open", test_disk_full_open);
#undef ADD
  return g_test_run ();
}
