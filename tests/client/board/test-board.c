/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-test"

#include "naive.h"

#include <string.h>

static const char *
stage (Naive *naive, guint index)
{
  return naive->ids->stages[index];
}

static void
assert_cell (Naive *naive, guint index, const char *lane, const char *expected)
{
  g_autofree char *titles = naive_cell (naive, stage (naive, index), lane);

  g_assert_cmpstr (titles, ==, expected);
}

/* One move is one remove and one insert, and nothing else. */
static void
test_smallest_step (void)
{
  g_autoptr (Naive) naive = naive_new ();
  const char *card = naive->ids->cards[3];
  BatonOp *op;

  naive_forget (naive);
  naive_do (
      naive, baton_test_op_move (card, stage (naive, BATON_TEST_BACKLOG), stage (naive, BATON_TEST_ACTIVE)));
  g_assert_cmpuint (naive->signals, ==, 2);
  g_assert_cmpuint (naive->removed, ==, 1);
  g_assert_cmpuint (naive->added, ==, 1);

  /* Within its column too. */
  naive_forget (naive);
  op = baton_test_op_move (naive->ids->cards[0], NULL, stage (naive, BATON_TEST_BACKLOG));
  baton_op_set_place (op, NULL, naive->ids->cards[5]);
  naive_do (naive, op);
  g_assert_cmpuint (naive->signals, ==, 2);
  g_assert_cmpuint (naive->removed, ==, 1);
  assert_cell (naive, BATON_TEST_BACKLOG, "", "Card 2 Card 3 Card 5 Card 6 Card 1 Card 7 Card 8");

  /* What does not change its place changes no list. */
  naive_forget (naive);
  naive_do (naive, baton_test_op_text (BATON_VERB_CARD_SET, card, BATON_CARD_TITLE, "Hero"));
  g_assert_cmpuint (naive->signals, ==, 0);
  naive_check (naive, "after the steps");
}

static void
changed_cb (BatonItem *item, guint *n)
{
  ++*n;
}

static void
test_changed_once (void)
{
  g_autoptr (Naive) naive = naive_new ();
  BatonItem *card = baton_board_card (naive->board, naive->ids->cards[0]);
  BatonItem *other = baton_board_card (naive->board, naive->ids->cards[1]);
  guint n = 0, m = 0;
  BatonOp *op = baton_test_op_text (BATON_VERB_CARD_SET, naive->ids->cards[0], BATON_CARD_TITLE, "New");

  baton_op_set_text (op, BATON_CARD_OWNER, naive->ids->people[1]);
  baton_op_set_int (op, BATON_CARD_DUE, g_get_real_time ());
  g_signal_connect (card, "changed", G_CALLBACK (changed_cb), &n);
  g_signal_connect (other, "changed", G_CALLBACK (changed_cb), &m);
  naive_do (naive, op);
  g_assert_cmpuint (n, ==, 1);
  g_assert_cmpuint (m, ==, 0);
  g_signal_handlers_disconnect_by_data (card, &n);
  g_signal_handlers_disconnect_by_data (other, &m);
}

static void
lanes_cb (BatonBoard *board, guint *n)
{
  ++*n;
}

static void
set_field (Naive *naive, guint card, BatonField field, const char *id)
{
  naive_do (naive, baton_test_op_text (BATON_VERB_CARD_SET, naive->ids->cards[card], field, id));
}

static void
test_lanes (void)
{
  g_autoptr (Naive) naive = naive_new ();
  BatonTestBoard *ids = naive->ids;
  guint n = 0;

  set_field (naive, 0, BATON_CARD_CHANNEL, ids->channels[1]);
  set_field (naive, 1, BATON_CARD_CAMPAIGN, ids->campaign);
  set_field (naive, 2, BATON_CARD_OWNER, ids->people[2]);
  set_field (naive, 3, BATON_CARD_ASSET_TYPE, ids->asset_type);
  set_field (naive, 4, BATON_CARD_URGENCY, "fast");
  for (guint lanes = BATON_LANES_NONE; lanes <= BATON_LANES_URGENCY; lanes++)
    {
      baton_board_set_lanes (naive->board, lanes);
      naive_check (naive, "lanes");
      for (guint i = 0; i < baton_board_n_lanes (naive->board); i++)
        g_assert_true (lanes == BATON_LANES_NONE || *baton_board_lane_title (naive->board, i) != '\0');
    }

  baton_board_set_lanes (naive->board, BATON_LANES_CHANNEL);
  g_assert_cmpuint (baton_board_n_lanes (naive->board), ==, 3);
  assert_cell (naive, BATON_TEST_BACKLOG, ids->channels[1], "Card 1");
  g_signal_connect (naive->board, "lanes-changed", G_CALLBACK (lanes_cb), &n);
  naive_do (naive, baton_test_op_ids (BATON_VERB_CHANNEL_REMOVE, ids->channels[1], NULL));
  g_assert_cmpuint (n, ==, 1);
  naive_check (naive, "after its channel was removed");
  assert_cell (naive, BATON_TEST_BACKLOG, "", "Card 1 Card 2 Card 3 Card 4 Card 5 Card 6 Card 7 Card 8");
  naive_do (naive, baton_test_op_ids (BATON_VERB_CHANNEL_RESTORE, ids->channels[1], NULL));
  naive_check (naive, "after its channel came back");
  assert_cell (naive, BATON_TEST_BACKLOG, ids->channels[1], "Card 1");

  /* A person who owns nothing has no lane, and gets one with the first card. */
  baton_board_set_lanes (naive->board, BATON_LANES_OWNER);
  g_assert_cmpuint (baton_board_n_lanes (naive->board), ==, 2);
  set_field (naive, 7, BATON_CARD_OWNER, ids->people[0]);
  g_assert_cmpuint (baton_board_n_lanes (naive->board), ==, 3);
  naive_check (naive, "after another person owns a card");
  g_signal_handlers_disconnect_by_data (naive->board, &n);
}

static void
test_lane_move (void)
{
  g_autoptr (Naive) naive = naive_new ();
  BatonTestBoard *ids = naive->ids;
  BatonOp *op = baton_test_op_move (ids->cards[0], NULL, stage (naive, BATON_TEST_ACTIVE));

  baton_board_set_lanes (naive->board, BATON_LANES_CHANNEL);
  naive_check (naive, "before");
  naive_forget (naive);
  baton_op_set_text (op, baton_board_lane_field (naive->board), ids->channels[0]);
  naive_do (naive, op);
  g_assert_cmpuint (naive->signals, ==, 2);
  assert_cell (naive, BATON_TEST_ACTIVE, ids->channels[0], "Card 1");
}

static void
cells_cb (BatonBoard *board, const char *stage, GString *said)
{
  g_string_append_printf (said, "%s ", stage);
}

static void
test_counts (void)
{
  g_autoptr (Naive) naive = naive_new ();
  g_autoptr (GString) said = g_string_new (NULL);
  g_autofree char *both = g_strdup_printf ("%s %s ", stage (naive, 0), stage (naive, 1));

  g_signal_connect (naive->board, "cells-changed", G_CALLBACK (cells_cb), said);
  naive_do (naive, baton_test_op_move (naive->ids->cards[0], NULL, stage (naive, 1)));
  g_assert_cmpstr (said->str, ==, both);
  g_assert_cmpuint (baton_board_count (naive->board, stage (naive, 0)), ==, 7);
  naive_do (naive, baton_test_op_ids (BATON_VERB_CARD_ARCHIVE, naive->ids->cards[0], NULL));
  g_assert_cmpuint (baton_board_count (naive->board, stage (naive, 1)), ==, 0);
  naive_do (naive, baton_test_op_int (BATON_VERB_CARD_SET, naive->ids->cards[1], BATON_CARD_TEMPLATE, 1));
  g_assert_cmpuint (baton_board_count (naive->board, stage (naive, 0)), ==, 6);
  naive_do (naive, baton_test_op_ids (BATON_VERB_CARD_BIN, naive->ids->cards[2], naive->ids->cards[3], NULL));
  g_assert_cmpuint (baton_board_count (naive->board, stage (naive, 0)), ==, 4);
  naive_check (naive, "after all");
  g_signal_handlers_disconnect_by_data (naive->board, said);
}

static void
test_shelves (void)
{
  g_autoptr (Naive) naive = naive_new ();
  static const struct
  {
    BatonShelf shelf;
    guint n;
  } expected[] = { { BATON_SHELF_ARCHIVE, 1 }, { BATON_SHELF_BIN, 2 }, { BATON_SHELF_TEMPLATES, 1 } };

  naive_do (naive, baton_test_op_ids (BATON_VERB_CARD_ARCHIVE, naive->ids->cards[0], NULL));
  naive_do (naive, baton_test_op_ids (BATON_VERB_CARD_BIN, naive->ids->cards[1], naive->ids->cards[2], NULL));
  naive_do (naive, baton_test_op_int (BATON_VERB_CARD_SET, naive->ids->cards[3], BATON_CARD_TEMPLATE, 1));
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      g_autoptr (GPtrArray) cards = baton_board_shelf (naive->board, expected[i].shelf);

      g_assert_cmpuint (cards->len, ==, expected[i].n);
    }
}

static void
assert_blocked (Naive *naive, guint card, const char *reason)
{
  g_autofree char *said = NULL;

  g_assert_true (baton_board_is_blocked (naive->board,
                     baton_board_card (naive->board, naive->ids->cards[card]), &said) == (reason != NULL));
  g_assert_cmpstr (said, ==, reason);
}

static void
test_blocked (void)
{
  g_autoptr (Naive) naive = naive_new ();
  BatonItem *waiting = baton_board_card (naive->board, naive->ids->cards[1]);
  guint n = 0;

  naive_do (
      naive, baton_test_op_link (BATON_VERB_CARD_DEPEND, naive->ids->cards[1], TRUE, naive->ids->cards[0]));
  assert_blocked (naive, 1, "waits for “Card 1”");
  assert_blocked (naive, 0, NULL);
  g_signal_connect (waiting, "changed", G_CALLBACK (changed_cb), &n);
  set_field (naive, 0, BATON_CARD_TITLE, "Hero");
  assert_blocked (naive, 1, "waits for “Hero”");
  g_assert_cmpuint (n, ==, 1);
  naive_do (naive, baton_test_op_move (naive->ids->cards[0], NULL, stage (naive, BATON_TEST_DONE)));
  assert_blocked (naive, 1, NULL);
  g_assert_cmpuint (n, ==, 2);
  /* The stage is no longer one of the kind where work is done: the card waits again, and its face is told. */
  naive_do (naive,
      baton_test_op_text (BATON_VERB_STAGE_SET, stage (naive, BATON_TEST_DONE), BATON_STAGE_KIND, "review"));
  assert_blocked (naive, 1, "waits for “Hero”");
  naive_do (naive, baton_test_op_ids (BATON_VERB_CARD_BIN, naive->ids->cards[0], NULL));
  assert_blocked (naive, 1, NULL);
  naive_do (naive, baton_test_op_text (BATON_VERB_CARD_BLOCK, naive->ids->cards[1], BATON_CARD_BLOCKED_REASON,
                       "No photos yet"));
  assert_blocked (naive, 1, "No photos yet");
  g_signal_handlers_disconnect_by_data (waiting, &n);
}

static GPtrArray *
many_cards (Naive *naive, guint n)
{
  GPtrArray *ops = g_ptr_array_new_with_free_func ((GDestroyNotify) baton_op_free);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *id = baton_store_new_id ();
      g_autofree char *title = g_strdup_printf ("Bulk %u", i);

      g_ptr_array_add (ops, baton_test_op_card (id, stage (naive, i % BATON_TEST_N_STAGES), title));
    }
  return ops;
}

/* Many at once are read anew instead of followed one by one; what is seen stays the same objects. */
static void
test_bulk (void)
{
  g_autoptr (Naive) naive = naive_new ();
  BatonItem *before = baton_board_card (naive->board, naive->ids->cards[0]);
  g_autoptr (GError) error = NULL;

  baton_workspace_perform_batch (naive->workspace, many_cards (naive, 200), NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (naive->reloads, ==, 0);
  naive_check (naive, "200 followed");
  naive_forget (naive);
  baton_workspace_perform_batch (naive->workspace, many_cards (naive, 201), NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (naive->reloads, ==, 1);
  naive_check (naive, "201 read anew");
  g_assert_true (baton_board_card (naive->board, naive->ids->cards[0]) == before);
  g_assert_cmpuint (naive->signals, <=, BATON_TEST_N_STAGES);
  g_assert_cmpuint (naive->removed, ==, 0);
}

static void
test_bulk_filtered (void)
{
  g_autoptr (Naive) naive = naive_new ();
  g_autoptr (BatonFilter) filter = baton_filter_new ();
  g_autoptr (GError) error = NULL;

  baton_filter_set_text (filter, "bulk");
  baton_board_set_filter (naive->board, filter);
  naive_check (naive, "nothing found");
  baton_workspace_perform_batch (naive->workspace, many_cards (naive, 201), NULL, NULL, &error);
  g_assert_no_error (error);
  naive_check (naive, "found after it was read anew");
  g_assert_cmpuint (baton_board_count_shown (naive->board, stage (naive, 0)), ==, 41);
}

static void
test_reading_order (void)
{
  g_autoptr (Naive) naive = naive_new ();
  g_autoptr (GPtrArray) cards = NULL;

  naive_do (naive, baton_test_op_move (naive->ids->cards[0], NULL, stage (naive, BATON_TEST_DONE)));
  cards = baton_board_cards (naive->board);
  g_assert_cmpuint (cards->len, ==, BATON_TEST_N_CARDS);
  g_assert_cmpstr (baton_item_id (cards->pdata[0]), ==, naive->ids->cards[1]);
  g_assert_cmpstr (baton_item_id (cards->pdata[7]), ==, naive->ids->cards[0]);
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  *(BatonBoard **) data = baton_board_open_finish (result, NULL);
}

static gboolean
is_set (gpointer data)
{
  return *(gpointer *) data != NULL;
}

static void
test_open_async (void)
{
  g_autoptr (Naive) naive = naive_new ();
  g_autoptr (BatonBoard) board = NULL;

  baton_board_open_async (naive->workspace, naive->ids->board, NULL, opened_cb, &board);
  naive_wait (is_set, &board);
  g_assert_cmpuint (baton_board_count (board, stage (naive, 0)), ==, BATON_TEST_N_CARDS);
  g_assert_cmpstr (baton_board_name (board), ==, "Spring");
  /* Two boards follow at once. */
  naive_do (naive, baton_test_op_move (naive->ids->cards[0], NULL, stage (naive, 1)));
  g_assert_cmpuint (baton_board_count (board, stage (naive, 1)), ==, 1);
  naive_check (naive, "the first board");
}

/* While the read is under way the workspace goes on; the board must not miss what happens meanwhile. */
static void
test_open_during_changes (void)
{
  g_autoptr (Naive) naive = naive_new ();

  for (guint i = 0; i < 40; i++)
    {
      g_autoptr (BatonBoard) board = NULL;
      const char *card = naive->ids->cards[i % BATON_TEST_N_CARDS];
      const char *to = stage (naive, 1 + i % 4);

      baton_board_open_async (naive->workspace, naive->ids->board, NULL, opened_cb, &board);
      if (i % 2 == 0)
        g_usleep (500 * (i % 7));
      naive_do (naive, baton_test_op_move (card, NULL, to));
      naive_wait (is_set, &board);
      g_assert_cmpstr (baton_item_text (baton_board_card (board, card), BATON_CARD_STAGE), ==, to);
    }
}

int
main (int argc, char **argv)
{
  baton_test_init (&argc, &argv);
  g_test_add_func ("/board/smallest-step", test_smallest_step);
  g_test_add_func ("/board/changed-once", test_changed_once);
  g_test_add_func ("/board/lanes", test_lanes);
  g_test_add_func ("/board/lane-move", test_lane_move);
  g_test_add_func ("/board/counts", test_counts);
  g_test_add_func ("/board/shelves", test_shelves);
  g_test_add_func ("/board/blocked", test_blocked);
  g_test_add_func ("/board/bulk", test_bulk);
  g_test_add_func ("/board/bulk-filtered", test_bulk_filtered);
  g_test_add_func ("/board/reading-order", test_reading_order);
  g_test_add_func ("/board/open-async", test_open_async);
  g_test_add_func ("/board/open-during-changes", test_open_during_changes);
  return g_test_run ();
}
