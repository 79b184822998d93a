/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-test"

/* Files on their way into a workspace: watched folders with slow writers, working copies, many versions. */

#include "add-file.h"
#include "file-match.h"
#include "media.h"
#include "naming.h"
#include "quiet.h"
#include "test-board.h"
#include "watch.h"
#include "working-copy.h"
#include "test-folder.h"
#include "test-slow.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#define QUIET 200

typedef struct
{
  char *base;
  char *folder; /* outside of the workspace */
  BatonWorkspace *workspace;
  BatonTestBoard *board;
} Fixture;

static void
perform (Fixture *f, BatonOp *op)
{
  g_autoptr (GError) error = NULL;

  baton_workspace_perform (f->workspace, op, NULL, &error);
  g_assert_no_error (error);
}

static void
set_up (Fixture *f, gconstpointer data)
{
  g_autofree char *workspace = NULL;
  g_autoptr (GError) error = NULL;
  GPtrArray *ops;

  f->base = g_dir_make_tmp ("baton-assets-XXXXXX", NULL);
  f->folder = g_build_filename (f->base, "drop", NULL);
  workspace = g_build_filename (f->base, "workspace", NULL);
  g_assert_cmpint (g_mkdir (f->folder, 0700), ==, 0);
  f->workspace = baton_workspace_open (workspace, BATON_STORE_CREATE, &error);
  g_assert_no_error (error);
  f->board = baton_test_board_new (9);
  ops = baton_test_board_ops (f->board, g_get_real_time () - G_TIME_SPAN_DAY);
  baton_workspace_perform_batch (f->workspace, ops, NULL, NULL, &error);
  g_assert_no_error (error);
  baton_workspace_set_me (f->workspace, f->board->people[0], NULL);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  baton_workspace_close (f->workspace);
  g_object_unref (f->workspace);
  baton_test_board_free (f->board);
  baton_test_folder_remove (f->base);
  g_free (f->base);
  g_free (f->folder);
}

static char *
write_file (Fixture *f, const char *name, const char *content)
{
  char *path = g_build_filename (f->folder, name, NULL);

  g_assert_true (g_file_set_contents (path, content, -1, NULL));
  return path;
}

static gboolean
late_cb (gpointer data)
{
  *(gboolean *) data = TRUE;
  return G_SOURCE_REMOVE;
}

/* Runs the main loop until the condition holds, or fails after a while. */
#define WAIT_FOR(condition)                                                     \
  G_STMT_START                                                                  \
  {                                                                             \
    gboolean late = FALSE;                                                      \
    guint source = g_timeout_add (20000 * BATON_TEST_SLOWNESS, late_cb, &late); \
    while (!(condition) && !late)                                               \
      g_main_context_iteration (NULL, TRUE);                                    \
    g_assert_false (late);                                                      \
    g_source_remove (source);                                                   \
  }                                                                             \
  G_STMT_END

static void
run_for (guint milliseconds)
{
  gboolean late = FALSE;

  g_timeout_add (milliseconds, late_cb, &late);
  while (!late)
    g_main_context_iteration (NULL, TRUE);
}

static void
keep_result_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **) data = g_object_ref (result);
}

static BatonAdded *
add_file (Fixture *f, const char *card, const char *path, GError **error)
{
  BatonAddFile *add = baton_add_file_new ();
  g_autoptr (GAsyncResult) result = NULL;

  add->card = g_strdup (f->board->cards[0]);
  if (card != NULL)
    {
      g_free (add->card);
      add->card = g_strdup (card);
    }
  add->path = g_strdup (path);
  add->alone = TRUE;
  baton_workspace_add_file_async (f->workspace, add, NULL, NULL, NULL, keep_result_cb, &result);
  WAIT_FOR (result != NULL);
  return baton_workspace_add_file_finish (f->workspace, result, error);
}

static gint64
number_of (Fixture *f, const char *version)
{
  g_autoptr (BatonRow) row =
      baton_reader_row (baton_workspace_reader (f->workspace), BATON_ENTITY_VERSION, version);

  return baton_row_int (row, BATON_VERSION_NUMBER);
}

static void
test_add (Fixture *f, gconstpointer data)
{
  g_autofree char *first = write_file (f, "Hero.txt", "one");
  g_autofree char *second = write_file (f, "hero_v2.txt", "two");
  g_autofree char *missing = g_build_filename (f->folder, "missing", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (BatonAdded) one = add_file (f, NULL, first, &error);
  g_autoptr (BatonAdded) two = add_file (f, NULL, second, &error);
  g_autoptr (BatonAdded) none = NULL;
  g_autoptr (BatonRow) card = NULL;

  g_assert_no_error (error);
  g_assert_true (one->new_asset);
  g_assert_cmpstr (one->asset, ==, two->asset);
  g_assert_cmpint (number_of (f, two->version), ==, 2);
  card = baton_reader_row (baton_workspace_reader (f->workspace), BATON_ENTITY_CARD, f->board->cards[0]);
  g_assert_cmpstr (baton_row_text (card, BATON_CARD_COVER), ==, two->version);
  none = add_file (f, NULL, missing, &error);
  g_assert_null (none);
  g_assert_error (error, BATON_ERROR, BATON_ERROR_NOT_FOUND);
}

/* A name cannot pretend to end otherwise than it does. */
static void
test_turned_name (Fixture *f, gconstpointer data)
{
  g_autofree char *path = write_file (f, "spring \342\200\256gpj.txt", "one");
  g_autoptr (GError) error = NULL;
  g_autoptr (BatonAdded) added = add_file (f, NULL, path, &error);
  g_autoptr (BatonRow) row = NULL;

  g_assert_no_error (error);
  row = baton_reader_row (baton_workspace_reader (f->workspace), BATON_ENTITY_VERSION, added->version);
  g_assert_cmpstr (baton_row_text (row, BATON_VERSION_FILE), ==, "spring gpj.txt");
}

/* A file on a column is a card of its own, which stays in that column. */
static void
test_add_card (Fixture *f, gconstpointer data)
{
  BatonAddFile *add = baton_add_file_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (BatonAdded) added = NULL;
  g_autoptr (BatonRow) card = NULL;
  g_autoptr (GError) error = NULL;

  perform (f, baton_test_op_text (BATON_VERB_BOARD_SET, f->board->board, BATON_BOARD_ON_VERSION,
                  f->board->stages[BATON_TEST_REVIEW]));
  add->stage = g_strdup (f->board->stages[BATON_TEST_QUEUE]);
  add->path = write_file (f, "Window display v1.txt", "x");
  baton_workspace_add_file_async (f->workspace, add, NULL, NULL, NULL, keep_result_cb, &result);
  WAIT_FOR (result != NULL);
  added = baton_workspace_add_file_finish (f->workspace, result, &error);
  g_assert_no_error (error);
  card = baton_reader_row (baton_workspace_reader (f->workspace), BATON_ENTITY_CARD, added->card);
  g_assert_cmpstr (baton_row_text (card, BATON_CARD_TITLE), ==, "Window display");
  g_assert_cmpstr (baton_row_text (card, BATON_CARD_STAGE), ==, f->board->stages[BATON_TEST_QUEUE]);
  g_assert_cmpint (baton_row_int (card, BATON_CARD_ASSETS), ==, 1);
}

typedef struct
{
  GCancellable *cancellable;
  guint reports;
} Cancelling;

static void
cancel_cb (gint64 done, gint64 total, gpointer data)
{
  Cancelling *cancelling = data;

  cancelling->reports++;
  g_cancellable_cancel (cancelling->cancellable);
}

static void
test_cancel (Fixture *f, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Cancelling cancelling = { cancellable, 0 };
  g_autofree char *path = g_build_filename (f->folder, "big.bin", NULL);
  BatonAddFile *add = baton_add_file_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (BatonAdded) added = NULL;
  g_autoptr (GError) error = NULL;
  gint64 seq = baton_reader_last_seq (baton_workspace_reader (f->workspace));
  int fd = open (path, O_RDWR | O_CREAT, 0600);

  g_assert_cmpint (ftruncate (fd, G_GINT64_CONSTANT (1500) << 20), ==, 0);
  close (fd);
  add->card = g_strdup (f->board->cards[0]);
  add->path = g_strdup (path);
  baton_workspace_add_file_async (
      f->workspace, add, cancel_cb, &cancelling, cancellable, keep_result_cb, &result);
  WAIT_FOR (result != NULL);
  added = baton_workspace_add_file_finish (f->workspace, result, &error);
  g_assert_null (added);
  g_assert_true (g_error_matches (error, BATON_ERROR, BATON_ERROR_CANCELLED) ||
                 g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED));
  g_assert_cmpuint (cancelling.reports, ==, 1);
  g_assert_cmpint (baton_reader_last_seq (baton_workspace_reader (f->workspace)), ==, seq);
}

typedef struct
{
  guint added;
  char *version;
} Seen;

static void
added_cb (BatonWatch *watch, BatonAdded *added, const char *path, gpointer data)
{
  Seen *seen = data;

  seen->added++;
  g_free (seen->version);
  seen->version = g_strdup (added->version);
}

/* A writer who takes its time is waited for; what fits no card is listed, and taken when a card for it is
 * there. */
static void
test_watch (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *early = write_file (f, "Card-1_v1.txt", "early");
  g_autoptr (BatonWatch) watch = baton_watch_new (f->workspace, f->board->board, f->folder, QUIET, &error);
  g_autofree char *slow = g_build_filename (f->folder, "Card-1_v2.txt", NULL);
  g_autofree char *id = baton_test_board_id (f->board);
  g_autoptr (BatonUnmatched) item = NULL;
  g_autoptr (BatonRow) card = NULL;
  Seen seen = { 0 };
  int fd;

  g_assert_no_error (error);
  perform (f, baton_test_op_text (BATON_VERB_BOARD_SET, f->board->board, BATON_BOARD_ON_VERSION,
                  f->board->stages[BATON_TEST_REVIEW]));
  g_signal_connect (watch, "added", G_CALLBACK (added_cb), &seen);
  WAIT_FOR (seen.added == 1);
  card = baton_reader_row (baton_workspace_reader (f->workspace), BATON_ENTITY_CARD, f->board->cards[0]);
  g_assert_cmpstr (baton_row_text (card, BATON_CARD_STAGE), ==, f->board->stages[BATON_TEST_REVIEW]);

  fd = open (slow, O_WRONLY | O_CREAT, 0600);
  for (guint i = 0; i < 6; i++)
    {
      g_assert_cmpint (write (fd, "piece ", 6), ==, 6);
      run_for (QUIET / 2);
      g_assert_cmpuint (seen.added, ==, 1);
    }
  close (fd);
  WAIT_FOR (seen.added == 2);
  g_assert_cmpint (number_of (f, seen.version), ==, 2);
  {
    g_autoptr (BatonRow) row =
        baton_reader_row (baton_workspace_reader (f->workspace), BATON_ENTITY_VERSION, seen.version);

    g_assert_cmpint (baton_row_int (row, BATON_VERSION_SIZE), ==, 36);
  }

  g_free (write_file (f, "Poster_v1.txt", "poster"));
  g_free (write_file (f, ".hidden", "no"));
  g_free (write_file (f, "half.part", "no"));
  WAIT_FOR (g_list_model_get_n_items (baton_watch_unmatched (watch)) == 1);
  item = g_list_model_get_item (baton_watch_unmatched (watch), 0);
  g_assert_cmpstr (baton_unmatched_reason (item), ==, "“Poster_v1.txt” fits no card of this board.");
  g_assert_true (g_file_test (baton_unmatched_path (item), G_FILE_TEST_EXISTS));
  perform (f, baton_test_op_card (id, f->board->stages[BATON_TEST_QUEUE], "Poster"));
  WAIT_FOR (seen.added == 3);
  g_assert_cmpuint (g_list_model_get_n_items (baton_watch_unmatched (watch)), ==, 0);
  g_free (seen.version);
}

static const char *
listed (BatonWatch *watch, guint i)
{
  g_autoptr (BatonUnmatched) item = g_list_model_get_item (baton_watch_unmatched (watch), i);

  return item != NULL ? strrchr (baton_unmatched_path (item), '/') + 1 : NULL; /* the list's */
}

/* What is listed goes as its file goes; a file without content waits for it. */
static void
test_watch_list (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BatonWatch) watch = baton_watch_new (f->workspace, f->board->board, f->folder, QUIET, &error);
  g_autofree char *nobody = write_file (f, "Nobody_v1.txt", "nobody");
  g_autofree char *other = g_build_filename (f->folder, "Other_v1.txt", NULL);
  g_autofree char *empty = NULL;
  g_autoptr (BatonUnmatched) item = NULL;
  Seen seen = { 0 };

  g_signal_connect (watch, "added", G_CALLBACK (added_cb), &seen);
  WAIT_FOR (g_strcmp0 (listed (watch, 0), "Nobody_v1.txt") == 0);
  g_assert_cmpint (g_rename (nobody, other), ==, 0);
  WAIT_FOR (g_strcmp0 (listed (watch, 0), "Other_v1.txt") == 0);
  g_assert_null (listed (watch, 1));
  g_assert_cmpint (g_unlink (other), ==, 0);
  WAIT_FOR (listed (watch, 0) == NULL);

  empty = write_file (f, "Card-1_v1.txt", "");
  WAIT_FOR (listed (watch, 0) != NULL);
  item = g_list_model_get_item (baton_watch_unmatched (watch), 0);
  g_assert_cmpstr (baton_unmatched_reason (item), ==, "This file is empty.");
  g_assert_cmpuint (seen.added, ==, 0);
  g_assert_true (g_file_set_contents (empty, "words", -1, NULL));
  WAIT_FOR (seen.added == 1);
  g_assert_null (listed (watch, 0));
  g_free (seen.version);
}

/* The card's title and a second number: the next version of what the card has, also when that came by another
 * name, and also when the folder is watched anew. */
static void
test_watch_title (Fixture *f, gconstpointer data)
{
  g_autofree char *first = write_file (f, "draft.txt", "one");
  g_autofree char *second = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (BatonAdded) added = add_file (f, f->board->cards[0], first, &error);
  g_autofree char *folder = g_build_filename (f->folder, "watched", NULL);

  g_assert_no_error (error);
  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  second = write_file (f, "watched/Card-1_v2.txt", "two");
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (BatonWatch) watch = baton_watch_new (f->workspace, f->board->board, folder, QUIET, &error);
      g_autofree char *detail = NULL;
      g_autoptr (BatonAdded) later = NULL;
      Seen seen = { 0 };

      g_signal_connect (watch, "added", G_CALLBACK (added_cb), &seen);
      if (i == 1)
        {
          run_for (QUIET * 5);
          g_assert_cmpuint (seen.added, ==, 0);
          break;
        }
      WAIT_FOR (seen.added == 1);
      g_assert_cmpint (number_of (f, seen.version), ==, 2);
      g_free (seen.version);
      /* From now on it is not its only one. */
      detail = write_file (f, "detail.png", "\x89PNG\r\n\x1a\n....");
      later = add_file (f, f->board->cards[0], detail, &error);
      g_assert_no_error (error);
      g_assert_true (later->new_asset);
    }
}

/* Watched again, the same files are no new versions. */
static void
test_watch_again (Fixture *f, gconstpointer data)
{
  g_autofree char *path = write_file (f, "Card-2_v1.txt", "once");
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (BatonWatch) watch =
          baton_watch_new (f->workspace, f->board->board, f->folder, QUIET, &error);
      Seen seen = { 0 };

      g_signal_connect (watch, "added", G_CALLBACK (added_cb), &seen);
      if (i == 0)
        WAIT_FOR (seen.added == 1);
      else
        run_for (QUIET * 5);
      g_assert_cmpuint (seen.added, ==, 1 - i);
      g_free (seen.version);
    }
}

static void
test_watch_convention (Fixture *f, gconstpointer data)
{
  BatonReader *reader = baton_workspace_reader (f->workspace);
  g_autoptr (BatonAddFile) add = NULL;
  g_autoptr (GError) error = NULL;

  perform (f, baton_test_op_text (BATON_VERB_BOARD_SET, f->board->board, BATON_BOARD_NAMING,
                  "{channel}_{card}_{asset}_v{version}"));
  perform (f, baton_test_op_text (
                  BATON_VERB_CARD_SET, f->board->cards[2], BATON_CARD_CHANNEL, f->board->channels[0]));
  g_assert_null (baton_file_match (reader, f->board->board, "Card-3_v1.png", &error));
  g_assert_error (error, BATON_ERROR, BATON_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_null (baton_file_match (reader, f->board->board, "E-mail_Card-3_Hero_v1.png", &error));
  g_assert_error (error, BATON_ERROR, BATON_ERROR_NOT_FOUND);
  g_clear_error (&error);
  add = baton_file_match (reader, f->board->board, "instagram_card-3_Big-hero_v1.png", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (add->card, ==, f->board->cards[2]);
  g_assert_cmpstr (add->name, ==, "Big hero");
}

static void
saved_cb (BatonWorkingCopy *copy, gpointer data)
{
  *(guint *) data += 1;
}

static void
test_working_copy (Fixture *f, gconstpointer data)
{
  g_autofree char *path = write_file (f, "Hero.txt", "one");
  g_autoptr (GError) error = NULL;
  g_autoptr (BatonAdded) added = add_file (f, NULL, path, &error);
  g_autoptr (BatonWorkingCopy) copy = baton_working_copy_new (f->workspace, added->version, QUIET, &error);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (BatonAdded) next = NULL;
  g_autofree char *beside = NULL;
  g_autofree char *renamed = NULL;
  guint saved = 0;

  g_assert_no_error (error);
  g_assert_true (g_str_has_suffix (baton_working_copy_path (copy), "Hero_v1.txt"));
  g_signal_connect (copy, "saved", G_CALLBACK (saved_cb), &saved);
  run_for (QUIET * 3);
  g_assert_cmpuint (saved, ==, 0);

  /* As editors save: another file first, then its name. */
  beside = g_strconcat (baton_working_copy_path (copy), ".new", NULL);
  g_assert_true (g_file_set_contents (beside, "two", -1, NULL));
  g_assert_cmpint (g_rename (beside, baton_working_copy_path (copy)), ==, 0);
  WAIT_FOR (saved == 1);
  baton_working_copy_take_async (copy, "From the editor", keep_result_cb, &result);
  WAIT_FOR (result != NULL);
  next = baton_working_copy_take_finish (copy, result, &error);
  g_assert_no_error (error);
  g_assert_cmpint (number_of (f, next->version), ==, 2);
  g_assert_cmpstr (baton_working_copy_version (copy), ==, next->version);
  g_assert_false (baton_working_copy_has_changes (copy));
  renamed = g_strdup (baton_working_copy_path (copy));
  baton_working_copy_discard (copy);
  g_assert_false (g_file_test (renamed, G_FILE_TEST_EXISTS));
}

/* Ten thousand versions on one card: adding one more and reading the list stay quick. */
static void
test_many_versions (Fixture *f, gconstpointer data)
{
  g_autofree char *path = write_file (f, "Hero.txt", "one");
  g_autoptr (GError) error = NULL;
  g_autoptr (BatonAdded) first = add_file (f, NULL, path, &error);
  g_autoptr (GPtrArray) versions = NULL;
  GPtrArray *ops = g_ptr_array_new_with_free_func ((GDestroyNotify) baton_op_free);
  g_autofree char *parent = g_strdup (first->version);
  const guint many = 10000 / BATON_TEST_SLOWNESS;
  gint64 start;

  for (guint i = 0; i < many; i++)
    {
      BatonOp *op = baton_op_new (BATON_VERB_VERSION_ADD);
      g_autofree char *id = baton_store_new_id ();
      BatonRow *row = baton_op_add_row (op, BATON_ENTITY_VERSION, id);

      op->at = g_get_real_time ();
      op->person = g_strdup (f->board->people[0]);
      baton_row_set_text (row, BATON_VERSION_ASSET, first->asset);
      baton_row_set_text (row, BATON_VERSION_PARENT, parent);
      baton_row_set_text (row, BATON_VERSION_FILE, "Hero.txt");
      baton_row_set_text (row, BATON_VERSION_BLOB, first->hash);
      baton_row_set_int (row, BATON_VERSION_SIZE, 3);
      g_ptr_array_add (ops, op);
      g_free (parent);
      parent = g_steal_pointer (&id);
    }
  start = g_get_monotonic_time ();
  g_assert_true (baton_workspace_perform_batch (f->workspace, ops, NULL, NULL, &error));
  g_test_message ("%u versions in %d ms", many, (int) ((g_get_monotonic_time () - start) / 1000));
  g_assert_cmpint (g_get_monotonic_time () - start, <, 60 * BATON_TEST_SLOWNESS * G_USEC_PER_SEC);
  {
    g_autofree char *more = write_file (f, "Hero_v2.txt", "more");
    g_autoptr (BatonAdded) added = NULL;

    start = g_get_monotonic_time ();
    added = add_file (f, NULL, more, &error);
    g_assert_no_error (error);
    g_assert_cmpint (number_of (f, added->version), ==, many + 2);
    g_assert_cmpint (g_get_monotonic_time () - start, <, 5 * BATON_TEST_SLOWNESS * G_USEC_PER_SEC);
  }
  start = g_get_monotonic_time ();
  versions = baton_reader_rows (baton_workspace_reader (f->workspace), BATON_ENTITY_VERSION,
      BATON_VERSION_ASSET, first->asset, TRUE, &error);
  g_assert_cmpuint (versions->len, ==, many + 2);
  g_test_message ("read in %d ms", (int) ((g_get_monotonic_time () - start) / 1000));
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_autofree char *home = g_dir_make_tmp ("baton-home-XXXXXX", NULL);
  int status;

  g_setenv ("XDG_DATA_HOME", home, TRUE);
  baton_test_init (&argc, &argv);
  ADD ("/assets/add", test_add);
  ADD ("/assets/turned-name", test_turned_name);
  ADD ("/assets/add-card", test_add_card);
  ADD ("/assets/cancel", test_cancel);
  ADD ("/assets/watch", test_watch);
  ADD ("/assets/watch-list", test_watch_list);
  ADD ("/assets/watch-title", test_watch_title);
  ADD ("/assets/watch-again", test_watch_again);
  ADD ("/assets/watch-convention", test_watch_convention);
  ADD ("/assets/working-copy", test_working_copy);
  ADD ("/assets/many-versions", test_many_versions);
  status = g_test_run ();
  baton_test_folder_remove (home);
  return status;
}
