/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-test"

/* Files between devices and a real server: what travels by itself, in what order, how fast, and what people
 * may do about it. */

#include "team.h"

#include <glib/gstdio.h>

#define MIB (1024 * 1024)

/* A bucket keeps its rate over any while, whoever shares it and however large the pieces are. */
static void
test_pace (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (7);

  for (guint run = 0; run < 50; run++)
    {
      g_autoptr (BatonBlobPace) pace = baton_blob_pace_new ();
      gint64 rate = g_rand_int_range (random, 10, 5000) * 1000, now = 1000000, begin = now, bytes = 0,
             last = 0;

      g_assert_cmpint (baton_blob_pace_take (pace, 1 << 30, now), ==, now);
      baton_blob_pace_set (pace, rate);
      while (now - begin < 10 * G_USEC_PER_SEC)
        {
          gsize piece = (gsize) g_rand_int_range (random, 1, (gint32) (rate / 4) + 2);
          gint64 at = baton_blob_pace_take (pace, piece, now);

          g_assert_cmpint (at, >=, now);
          g_assert_cmpint (at, >=, last);
          last = now = at;
          bytes += (gint64) piece;
        }
      /* Within what a full bucket and the last piece make. */
      g_assert_cmpfloat ((double) bytes, <, (double) rate * ((double) (now - begin) / G_USEC_PER_SEC + 0.8));
      g_assert_cmpfloat ((double) bytes, >, (double) rate * ((double) (now - begin) / G_USEC_PER_SEC - 0.1));
      /* A rest fills it, but by a quarter of a second's worth at the most. */
      now += 60 * G_USEC_PER_SEC;
      baton_blob_pace_take (pace, (gsize) rate, now);
      g_assert_cmpint (baton_blob_pace_take (pace, 1, now), >=, now + G_USEC_PER_SEC * 7 / 10);
    }
}

static BatonOp *
version_op (
    BatonTestBoard *board, const char *card, char **asset, char **version, const char *hash, gint64 size)
{
  BatonOp *op = baton_op_new (*asset == NULL ? BATON_VERB_ASSET_ADD : BATON_VERB_VERSION_ADD);
  char *id = baton_test_board_id (board);
  BatonRow *row;

  if (*asset == NULL)
    {
      *asset = baton_test_board_id (board);
      row = baton_op_add_row (op, BATON_ENTITY_ASSET, *asset);
      baton_row_set_text (row, BATON_ASSET_CARD, card);
      baton_row_set_text (row, BATON_ASSET_NAME, hash);
    }
  row = baton_op_add_row (op, BATON_ENTITY_VERSION, id);
  baton_row_set_text (row, BATON_VERSION_PARENT, *version);
  g_free (*version);
  *version = id;
  baton_row_set_text (row, BATON_VERSION_ASSET, *asset);
  baton_row_set_text (row, BATON_VERSION_FILE, "file");
  baton_row_set_text (row, BATON_VERSION_BLOB, hash);
  baton_row_set_int (row, BATON_VERSION_SIZE, size);
  baton_row_set_text (row, BATON_VERSION_MEDIA, "image/png");
  return op;
}

static char *
fake_hash (char letter)
{
  return g_strnfill (BATON_BLOB_HASH_LENGTH, letter);
}

static const BatonBlobNeed *
need_of (BatonBlobPlan *plan, char letter)
{
  g_autofree char *hash = fake_hash (letter);

  return g_hash_table_lookup (plan->needs, hash);
}

/* a, b: versions of a card that waits to be pulled; c: of one that is in work; d: a large one there; e: of
 * one that is done. */
static void
test_plan (void)
{
  g_autoptr (BatonTestStore) test = baton_test_store_new ();
  g_autoptr (BatonTestBoard) board = baton_test_board_fill (test);
  g_autoptr (BatonBlobs) blobs = baton_blobs_new (test->folder);
  g_autoptr (BatonBlobPlan) plan = NULL;
  g_autoptr (GPtrArray) order = NULL;
  g_autoptr (GString) letters = g_string_new (NULL);
  g_autofree char *key = baton_blob_keep_key (board->board);
  g_autoptr (GError) error = NULL;
  const struct
  {
    char letter;
    guint card;
    gint64 size;
    gboolean again; /* of the same asset as the one before */
  } versions[] = { { 'a', 0, 5000, FALSE }, { 'b', 0, 9000, TRUE }, { 'c', 1, 100, FALSE },
    { 'd', 1, BATON_BLOB_UNASKED + 1, FALSE }, { 'e', 2, 50, FALSE } };
  char *asset = NULL, *version = NULL;

  baton_test_perform (test, baton_test_op_move (board->cards[0], board->stages[BATON_TEST_BACKLOG],
                                board->stages[BATON_TEST_QUEUE]));
  baton_test_perform (test, baton_test_op_move (board->cards[1], board->stages[BATON_TEST_BACKLOG],
                                board->stages[BATON_TEST_ACTIVE]));
  for (guint i = 0; i < G_N_ELEMENTS (versions); i++)
    {
      g_autofree char *hash = fake_hash (versions[i].letter);

      if (!versions[i].again)
        {
          g_clear_pointer (&asset, g_free);
          g_clear_pointer (&version, g_free);
        }
      baton_test_perform (
          test, version_op (board, board->cards[versions[i].card], &asset, &version, hash, versions[i].size));
    }
  g_free (asset);
  g_free (version);
  baton_test_perform (test, baton_test_op_move (board->cards[2], board->stages[BATON_TEST_BACKLOG],
                                board->stages[BATON_TEST_DONE]));
  plan = baton_blob_plan_new (baton_test_reader (test), blobs, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_hash_table_size (plan->needs), ==, 5);
  g_assert_false (need_of (plan, 'a')->unasked); /* no longer the one that counts */
  g_assert_true (need_of (plan, 'b')->unasked);
  g_assert_true (need_of (plan, 'c')->unasked);
  g_assert_false (need_of (plan, 'd')->unasked); /* too large to come unasked */
  g_assert_false (need_of (plan, 'e')->unasked); /* done */
  order = baton_blob_plan_list (plan, FALSE);
  for (guint i = 0; i < order->len; i++)
    g_string_append_c (letters, *((BatonBlobNeed *) g_ptr_array_index (order, i))->hash);
  /* The one to be pulled; what counts, the smaller first; the rest, the smaller first. */
  g_assert_cmpstr (letters->str, ==, "bcdea");

  g_clear_pointer (&plan, baton_blob_plan_free);
  baton_store_set_meta (test->store, key, "yes", &error);
  g_assert_no_error (error);
  plan = baton_blob_plan_new (baton_test_reader (test), blobs, &error);
  for (char letter = 'a'; letter <= 'e'; letter++)
    g_assert_true (need_of (plan, letter)->unasked);
  g_assert_true (((BatonBoardFiles *) g_hash_table_lookup (plan->boards, board->board))->keep);
  g_assert_cmpuint (((BatonBoardFiles *) g_hash_table_lookup (plan->boards, board->board))->files, ==, 5);
}

typedef struct
{
  BatonTestBoard *board;
  Team *team;
  Device *ada, *bob;
} Fixture;

static void
set_up (Fixture *f, gconstpointer more)
{
  f->board = baton_test_board_new (9);
  f->team = team_new (more, more != NULL ? "1" : NULL, NULL);
  f->ada = team_join (f->team, "Ada", NULL, f->board);
  f->bob = team_join (f->team, "Bob", "member", f->board);
}

static void
tear_down (Fixture *f, gconstpointer more)
{
  team_free (f->team);
  baton_test_board_free (f->board);
}

/* What counts comes by itself; an older version when somebody looks at it; all of it when it is kept. */
static void
test_on_demand (Fixture *f, gconstpointer more)
{
  g_autofree char *first = device_add (f->ada, f->board->cards[0], "Hero", 300000, 1);
  g_autofree char *second = device_add (f->ada, f->board->cards[0], "Hero", 200000, 2);
  g_autofree char *third = device_add (f->ada, f->board->cards[0], "Hero", 100000, 3);
  BatonBoardFiles files;

  device_look_after_files (f->ada);
  device_look_after_files (f->bob);
  WAIT_FOR (device_has (f->bob, third));
  WAIT_FOR (f->bob->arrived->len == 1);
  g_assert_cmpstr (g_ptr_array_index (f->bob->arrived, 0), ==, third);
  WAIT_FOR (device_state (f->ada, BATON_BLOB_UP, first) == BATON_FILE_DONE &&
            device_state (f->ada, BATON_BLOB_UP, second) == BATON_FILE_DONE);
  team_run_for (500);
  g_assert_false (device_has (f->bob, first));
  g_assert_false (device_has (f->bob, second));
  WAIT_FOR (baton_files_board (f->bob->files, f->board->board, &files) && files.here == 1);
  g_assert_cmpuint (files.files, ==, 3);
  g_assert_cmpint (files.missing, ==, 500000);

  baton_files_want (f->bob->files, second, BATON_BLOB_RANK_SCREEN);
  WAIT_FOR (device_has (f->bob, second));
  g_assert_false (device_has (f->bob, first));

  g_assert_true (baton_workspace_keep_board (f->bob->workspace, f->board->board, TRUE, NULL));
  WAIT_FOR (device_has (f->bob, first));
  WAIT_FOR (baton_files_board (f->bob->files, f->board->board, &files) && files.here == 3 && files.keep);
  g_assert_cmpuint (f->bob->arrived->len, ==, 3);
  /* On this device alone. */
  g_assert_false (baton_workspace_keeps_board (f->ada->workspace, f->board->board));
}

/* A file whose maker has not sent it waits for that, and comes then. */
static void
test_arriving (Fixture *f, gconstpointer more)
{
  g_autofree char *hash = device_add (f->ada, f->board->cards[0], "Hero", 50000, 1);
  g_autofree char *words = NULL;

  device_in_step (f->ada);
  device_in_step (f->bob);
  device_look_after_files (f->bob);
  WAIT_FOR (device_state (f->bob, BATON_BLOB_DOWN, hash) == BATON_FILE_AWAY);
  words = baton_file_transfer_words (baton_files_find (f->bob->files, BATON_BLOB_DOWN, hash));
  g_assert_nonnull (strstr (words, "Ada"));
  device_look_after_files (f->ada);
  WAIT_FOR (device_has (f->bob, hash));
}

/* A slow, large upload: changes and a small file pass it by. */
static void
test_small_beside_large (Fixture *f, gconstpointer more)
{
  g_autofree char *large = device_add (f->ada, f->board->cards[0], "Film", 8 * MIB, 1);
  g_autofree char *small = NULL;
  gint64 begin, worst = 0;

  device_look_after_files (f->ada);
  baton_files_set_limits (f->ada->files, 500 * 1000, 0);
  WAIT_FOR (device_state (f->ada, BATON_BLOB_UP, large) == BATON_FILE_TRAVELS);
  for (guint i = 0; i < 10; i++)
    {
      g_autofree char *comment = baton_test_board_id (f->board);

      begin = g_get_monotonic_time ();
      device_perform (f->ada, baton_test_op_comment (comment, f->board->cards[0], "Hello"));
      device_in_step (f->bob);
      worst = MAX (worst, g_get_monotonic_time () - begin);
    }
  g_test_message ("a change beside an upload: %.0f ms at the most", (double) worst / 1000);
  g_assert_cmpint (worst, <, 5 * G_USEC_PER_SEC);
  small = device_add (f->ada, f->board->cards[1], "Note", 20000, 2);
  WAIT_SECONDS (8, device_state (f->ada, BATON_BLOB_UP, small) == BATON_FILE_DONE);
  g_assert_cmpint (device_state (f->ada, BATON_BLOB_UP, large), ==, BATON_FILE_TRAVELS);
  g_assert_cmpint (
      baton_file_transfer_done (baton_files_find (f->ada->files, BATON_BLOB_UP, large)), <, 8 * MIB);
}

/* While one large file comes slowly and others wait, the one that is on screen goes first: the one that
 * travels makes room, and nothing of it is lost. */
static void
test_on_screen_first (Fixture *f, gconstpointer more)
{
  g_autofree char *film = device_add (f->ada, f->board->cards[0], "Film", 6 * MIB, 1);
  g_autofree char *other = device_add (f->ada, f->board->cards[1], "Other", 5 * MIB + 1000, 2);
  g_autofree char *shown = device_add (f->ada, f->board->cards[2], "Shown", 7 * MIB, 3);
  BatonFileTransfer *transfer;
  gint64 done;

  device_look_after_files (f->ada);
  WAIT_FOR (device_state (f->ada, BATON_BLOB_UP, film) == BATON_FILE_DONE &&
            device_state (f->ada, BATON_BLOB_UP, other) == BATON_FILE_DONE &&
            device_state (f->ada, BATON_BLOB_UP, shown) == BATON_FILE_DONE);
  device_in_step (f->bob);
  device_look_after_files (f->bob);
  baton_files_set_limits (f->bob->files, 0, 2 * MIB);
  WAIT_FOR (device_state (f->bob, BATON_BLOB_DOWN, other) == BATON_FILE_TRAVELS);
  transfer = baton_files_find (f->bob->files, BATON_BLOB_DOWN, other);
  WAIT_FOR (baton_file_transfer_done (transfer) > 0);
  baton_files_want (f->bob->files, shown, BATON_BLOB_RANK_SCREEN);
  WAIT_FOR (device_state (f->bob, BATON_BLOB_DOWN, shown) == BATON_FILE_TRAVELS);
  g_assert_cmpint (baton_file_transfer_state (transfer), ==, BATON_FILE_WAITS);
  done = baton_file_transfer_done (transfer);
  g_assert_cmpint (done, >, 0);
  baton_files_set_limits (f->bob->files, 0, 0);
  WAIT_FOR (f->bob->arrived->len == 3);
  /* On screen; then the smaller of the others. */
  g_assert_cmpstr (g_ptr_array_index (f->bob->arrived, 0), ==, shown);
  g_assert_cmpstr (g_ptr_array_index (f->bob->arrived, 1), ==, other);
  g_assert_cmpstr (g_ptr_array_index (f->bob->arrived, 2), ==, film);
}

/* 3 MB at 1 MB/s take about three seconds, and both directions have their own limit. */
static void
test_limit (Fixture *f, gconstpointer more)
{
  g_autofree char *hash = device_add (f->ada, f->board->cards[0], "Hero", 3 * 1000 * 1000, 1);
  gint64 begin = g_get_monotonic_time (), took;

  device_look_after_files (f->ada);
  baton_files_set_limits (f->ada->files, 1000 * 1000, 1);
  WAIT_FOR (device_state (f->ada, BATON_BLOB_UP, hash) == BATON_FILE_DONE);
  took = g_get_monotonic_time () - begin;
  g_test_message ("3 MB at 1 MB/s: %.2f s up", (double) took / G_USEC_PER_SEC);
  g_assert_cmpint (took, >, 2.4 * G_USEC_PER_SEC);
  g_assert_cmpint (took, <, 9 * G_USEC_PER_SEC);
  device_in_step (f->bob);
  begin = g_get_monotonic_time ();
  device_look_after_files (f->bob);
  baton_files_set_limits (f->bob->files, 1, 1500 * 1000);
  WAIT_FOR (device_has (f->bob, hash));
  took = g_get_monotonic_time () - begin;
  g_test_message ("3 MB at 1.5 MB/s: %.2f s down", (double) took / G_USEC_PER_SEC);
  g_assert_cmpint (took, >, 1.5 * G_USEC_PER_SEC);
  g_assert_cmpint (took, <, 8 * G_USEC_PER_SEC);
}

static void
test_pause_and_cancel (Fixture *f, gconstpointer more)
{
  g_autofree char *hash = device_add (f->ada, f->board->cards[0], "Film", 6 * MIB, 1);
  BatonFileTransfer *transfer;
  g_autofree char *words = NULL;
  gint64 done;

  device_look_after_files (f->ada);
  baton_files_set_limits (f->ada->files, 1 * MIB, 0);
  WAIT_FOR ((transfer = baton_files_find (f->ada->files, BATON_BLOB_UP, hash)) != NULL &&
            baton_file_transfer_done (transfer) > 0);
  g_assert_false (baton_file_transfer_can_cancel (transfer));
  baton_files_set_paused (f->ada->files, TRUE);
  WAIT_FOR (baton_file_transfer_state (transfer) == BATON_FILE_WAITS);
  words = baton_file_transfer_words (transfer);
  g_assert_cmpstr (words, ==, "Paused");
  done = baton_file_transfer_done (transfer);
  team_run_for (600);
  g_assert_cmpint (baton_file_transfer_done (transfer), ==, done);
  baton_files_set_limits (f->ada->files, 0, 0);
  baton_files_set_paused (f->ada->files, FALSE);
  WAIT_FOR (baton_file_transfer_state (transfer) == BATON_FILE_DONE);

  device_in_step (f->bob);
  device_look_after_files (f->bob);
  baton_files_set_limits (f->bob->files, 0, 1 * MIB);
  WAIT_FOR ((transfer = baton_files_find (f->bob->files, BATON_BLOB_DOWN, hash)) != NULL &&
            baton_file_transfer_done (transfer) > 0);
  baton_files_cancel (f->bob->files, transfer);
  WAIT_FOR (baton_file_transfer_state (transfer) == BATON_FILE_GIVEN_UP);
  /* It stays so when the plan is made again, until somebody asks. */
  baton_files_refresh (f->bob->files);
  team_run_for (800);
  g_assert_cmpint (baton_file_transfer_state (transfer), ==, BATON_FILE_GIVEN_UP);
  baton_files_set_limits (f->bob->files, 0, 0);
  baton_files_want (f->bob->files, hash, BATON_BLOB_RANK_ASKED);
  WAIT_FOR (device_has (f->bob, hash));
}

/* A server that takes 1 MiB of each person. */
static void
test_quota (Fixture *f, gconstpointer more)
{
  g_autofree char *large = device_add (f->ada, f->board->cards[0], "Film", 2 * MIB, 1);
  g_autofree char *small = device_add (f->ada, f->board->cards[1], "Note", 1000, 2);
  BatonFileTransfer *transfer;
  BatonFileTotals totals;
  g_autofree char *words = NULL;

  device_look_after_files (f->ada);
  WAIT_FOR (device_state (f->ada, BATON_BLOB_UP, large) == BATON_FILE_FAILED);
  WAIT_FOR (device_state (f->ada, BATON_BLOB_UP, small) == BATON_FILE_DONE);
  transfer = baton_files_find (f->ada->files, BATON_BLOB_UP, large);
  words = baton_file_transfer_words (transfer);
  g_assert_nonnull (strstr (words, "Ask whoever runs the server"));
  g_assert_true (baton_file_transfer_can_retry (transfer));
  baton_files_totals (f->ada->files, &totals);
  g_assert_cmpuint (totals.failed, ==, 1);
  /* The first in the list, where it is seen. */
  {
    g_autoptr (BatonFileTransfer) top = g_list_model_get_item (G_LIST_MODEL (f->ada->files), 0);

    g_assert_true (top == transfer);
  }
  baton_files_retry (f->ada->files, transfer);
  WAIT_FOR (baton_file_transfer_state (transfer) == BATON_FILE_FAILED);
}

static void
test_damaged (Fixture *f, gconstpointer more)
{
  g_autofree char *hash = device_add (f->ada, f->board->cards[0], "Hero", 200000, 1);
  BatonBlobs *blobs = baton_workspace_blobs (f->bob->workspace);
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;

  device_look_after_files (f->ada);
  device_look_after_files (f->bob);
  WAIT_FOR (device_has (f->bob, hash));
  path = baton_blobs_path (blobs, hash);
  g_chmod (path, 0600);
  g_assert_true (g_file_set_contents (path, "rust", -1, NULL));
  g_assert_false (baton_blobs_verify (blobs, hash, NULL, &error));
  g_assert_error (error, BATON_ERROR, BATON_ERROR_CORRUPT);
  g_assert_false (device_has (f->bob, hash));
  baton_files_refresh (f->bob->files);
  WAIT_FOR (device_has (f->bob, hash));
  g_clear_error (&error);
  g_assert_true (baton_blobs_verify (blobs, hash, NULL, &error));
  g_assert_no_error (error);
}

/* Without the server everything says that it comes when connected. */
static void
test_offline (Fixture *f, gconstpointer more)
{
  g_autofree char *hash = device_add (f->ada, f->board->cards[0], "Hero", 200000, 1);
  g_autofree char *added = NULL;
  BatonFileTransfer *transfer = NULL;
  g_autofree char *words = NULL;

  device_in_step (f->ada);
  device_in_step (f->bob);
  g_subprocess_send_signal (f->team->process, SIGKILL);
  g_subprocess_wait (f->team->process, NULL, NULL);
  device_disconnect (f->bob);
  device_connect (f->bob);
  device_look_after_files (f->bob);
  WAIT_FOR ((transfer = baton_files_find (f->bob->files, BATON_BLOB_DOWN, hash)) != NULL);
  g_assert_false (baton_files_is_connected (f->bob->files));
  words = baton_file_transfer_words (transfer);
  g_assert_cmpstr (words, ==, "Arrives when connected");
  /* What is added now is seen to wait, too. */
  added = device_add (f->bob, f->board->cards[1], "Added offline", 3000, 2);
  WAIT_FOR ((transfer = baton_files_find (f->bob->files, BATON_BLOB_UP, added)) != NULL);
  g_free (words);
  words = baton_file_transfer_words (transfer);
  g_assert_cmpstr (words, ==, "Goes up when connected");
}

/* Paused is paused, also when the program begins anew. */
static void
test_paused_stays (Fixture *f, gconstpointer more)
{
  g_autofree char *hash = device_add (f->ada, f->board->cards[0], "Hero", 50000, 1);
  g_autofree char *words = NULL;

  device_look_after_files (f->ada);
  baton_files_set_paused (f->ada->files, TRUE);
  for (guint i = 0; i < 2; i++)
    {
      device_disconnect (f->ada);
      device_connect (f->ada);
      device_look_after_files (f->ada);
      g_assert_cmpint (baton_files_get_paused (f->ada->files), ==, i == 0);
      baton_files_set_paused (f->ada->files, FALSE);
    }
  WAIT_FOR (device_state (f->ada, BATON_BLOB_UP, hash) == BATON_FILE_DONE);
  baton_files_set_paused (f->ada->files, TRUE);
  words = baton_files_words (f->ada->files);
  g_assert_cmpstr (words, ==, NULL);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/files/pace", test_pace);
  g_test_add_func ("/files/plan", test_plan);
#define ADD(path, more, func) g_test_add (path, Fixture, more, set_up, func, tear_down)
  ADD ("/files/on-demand", NULL, test_on_demand);
  ADD ("/files/arriving", NULL, test_arriving);
  ADD ("/files/small-beside-large", NULL, test_small_beside_large);
  ADD ("/files/on-screen-first", NULL, test_on_screen_first);
  ADD ("/files/limit", NULL, test_limit);
  ADD ("/files/pause-and-cancel", NULL, test_pause_and_cancel);
  ADD ("/files/quota", "--max-person", test_quota);
  ADD ("/files/damaged", NULL, test_damaged);
  ADD ("/files/offline", NULL, test_offline);
  ADD ("/files/paused-stays", NULL, test_paused_stays);
  return g_test_run ();
}
