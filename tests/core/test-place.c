/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-test"

/* Ranks: rows stand where they were put, however often and wherever. */

#include "memory-view.h"

static void
assert_titles (MemoryView *view, const char *stage, const char *expected)
{
  g_autofree char *titles = memory_view_titles (view, stage);

  g_assert_cmpstr (titles, ==, expected);
}

static BatonOp *
move_op (const char *card, const char *before, const char *after)
{
  BatonOp *op = baton_test_op_ids (BATON_VERB_CARD_MOVE, card, NULL);

  baton_op_set_place (op, before, after);
  return op;
}

static void
test_order (void)
{
  g_autoptr (MemoryView) view = memory_view_new ();
  g_autoptr (BatonTestBoard) board = memory_view_fill (view);
  char **cards = board->cards;
  const char *stage = board->stages[BATON_TEST_BACKLOG];
  BatonOp *op;

  for (guint i = 4; i < BATON_TEST_N_CARDS; i++)
    memory_view_done (view, baton_test_op_ids (BATON_VERB_CARD_BIN, cards[i], NULL));
  assert_titles (view, stage, "Card 1, Card 2, Card 3, Card 4");
  memory_view_done (view, move_op (cards[3], cards[0], NULL));
  assert_titles (view, stage, "Card 4, Card 1, Card 2, Card 3");
  memory_view_done (view, move_op (cards[3], NULL, cards[1]));
  assert_titles (view, stage, "Card 1, Card 2, Card 4, Card 3");
  memory_view_done (view, move_op (cards[0], NULL, NULL));
  assert_titles (view, stage, "Card 2, Card 4, Card 3, Card 1");

  /* Beside itself: it stays. */
  memory_view_done (view, move_op (cards[3], cards[3], NULL));
  memory_view_done (view, move_op (cards[3], NULL, cards[3]));
  assert_titles (view, stage, "Card 2, Card 4, Card 3, Card 1");

  op = move_op (cards[3], cards[3], NULL);
  baton_op_set_to (op, stage);
  memory_view_done (view, op);
  assert_titles (view, stage, "Card 2, Card 4, Card 3, Card 1");

  /* Beside itself, but elsewhere: the stage counts. */
  op = move_op (cards[3], cards[3], NULL);
  baton_op_set_to (op, board->stages[BATON_TEST_DONE]);
  memory_view_done (view, op);
  assert_titles (view, board->stages[BATON_TEST_DONE], "Card 4");
  op = move_op (cards[3], NULL, cards[1]);
  baton_op_set_to (op, stage);
  memory_view_done (view, op);
  assert_titles (view, stage, "Card 2, Card 4, Card 3, Card 1");

  /* Several keep the order in which they are named. */
  op = baton_test_op_ids (BATON_VERB_CARD_MOVE, cards[0], cards[2], NULL);
  baton_op_set_place (op, cards[1], NULL);
  memory_view_done (view, op);
  assert_titles (view, stage, "Card 1, Card 3, Card 2, Card 4");

  /* A neighbour that is elsewhere meanwhile: the end. */
  memory_view_done (view, baton_test_op_move (cards[1], stage, board->stages[BATON_TEST_QUEUE]));
  memory_view_done (view, move_op (cards[0], cards[1], NULL));
  assert_titles (view, stage, "Card 3, Card 4, Card 1");
}

typedef enum
{
  AT_FRONT,
  BEFORE_LAST,
  BEHIND_FIRST,
} Place;

static BatonOp *
insert_op (MemoryView *view, BatonTestBoard *board, Place place, const char *first, const char *last)
{
  g_autofree char *id = baton_test_board_id (board);
  BatonOp *op = baton_test_op_card (id, board->stages[BATON_TEST_QUEUE], "x");

  if (place == AT_FRONT || place == BEFORE_LAST)
    baton_op_place_row (op, place == AT_FRONT ? first : last, NULL);
  else
    baton_op_place_row (op, NULL, first);
  return op;
}

/* Inserts at one place again and again; ranks stay in order, apart, and of a size that a database likes. */
static void
test_many (gconstpointer data)
{
  Place place = (Place) GPOINTER_TO_INT (data);
  g_autoptr (MemoryView) view = memory_view_new ();
  g_autoptr (BatonTestBoard) board = memory_view_fill (view);
  const char *stage = board->stages[BATON_TEST_QUEUE];
  g_autoptr (GPtrArray) order = NULL;
  guint n = 300;
  gint64 below = G_MININT64;

  memory_view_done (view, baton_test_op_move (board->cards[0], NULL, stage));
  memory_view_done (view, baton_test_op_move (board->cards[1], NULL, stage));
  for (guint i = 0; i < n; i++)
    memory_view_done (view, insert_op (view, board, place, board->cards[0], board->cards[1]));

  order = view->base.children (&view->base, BATON_CARD_STAGE, stage);
  g_assert_cmpuint (order->len, ==, n + 2);
  g_assert_cmpstr (g_ptr_array_index (order, place == AT_FRONT ? n : 0), ==, board->cards[0]);
  g_assert_cmpstr (g_ptr_array_index (order, n + 1), ==, board->cards[1]);
  for (guint i = 0; i < order->len; i++)
    {
      gint64 rank = memory_view_int (view, g_ptr_array_index (order, i), BATON_CARD_RANK);

      g_assert_cmpint (rank, >, below);
      below = rank;
    }
}

/* Ten thousand moves to one place among a few: nothing grows without bound. */
static void
test_bounded (void)
{
  g_autoptr (MemoryView) view = memory_view_new ();
  g_autoptr (BatonTestBoard) board = memory_view_fill (view);
  char **cards = board->cards;
  const gint64 bound = 20000 * BATON_RANK_STEP;

  for (guint i = 0; i < 10000; i++)
    {
      const char *card = cards[1 + i % 3];

      memory_view_done (view, move_op (card, i % 2 ? cards[5] : NULL, i % 2 ? NULL : cards[4]));
    }
  for (guint i = 0; i < BATON_TEST_N_CARDS; i++)
    {
      gint64 rank = memory_view_int (view, cards[i], BATON_CARD_RANK);

      g_assert_cmpint (rank, <, bound);
      g_assert_cmpint (rank, >, -bound);
      for (guint j = 0; j < i; j++)
        g_assert_cmpint (memory_view_int (view, cards[j], BATON_CARD_RANK), !=, rank);
    }
}

static guint n_read;

static const BatonRow *
counting_get (BatonView *view, BatonEntity entity, const char *id)
{
  n_read++;
  return memory_view_row ((MemoryView *) view, entity, id);
}

static GPtrArray *
no_children (BatonView *view, BatonField field, const char *id)
{
  g_assert_false (field == BATON_CARD_STAGE);
  return g_ptr_array_new_with_free_func (g_free);
}

/* In a stage of a thousand cards, no insertion reads more than those around its place. */
static void
test_few_are_read (void)
{
  g_autoptr (MemoryView) view = memory_view_new ();
  g_autoptr (BatonTestBoard) board = memory_view_fill (view);
  const char *stage = board->stages[BATON_TEST_QUEUE];
  gint64 rank = 0;
  guint n_renumbered = 0;

  memory_view_done (view, baton_test_op_move (board->cards[0], NULL, stage));
  for (guint i = 0; i < 1000; i++)
    {
      g_autofree char *id = baton_test_board_id (board);

      memory_view_done (view, baton_test_op_card (id, stage, "x"));
    }
  memory_view_done (view, baton_test_op_move (board->cards[1], NULL, stage));
  view->base.get = counting_get;
  view->base.children = no_children;
  for (guint i = 0; i < 200; i++)
    {
      n_read = 0;
      memory_view_done (view, insert_op (view, board, BEFORE_LAST, board->cards[0], board->cards[1]));
      g_assert_cmpuint (n_read, <, 150);
      n_renumbered += memory_view_int (view, board->cards[1], BATON_CARD_RANK) != rank;
      rank = memory_view_int (view, board->cards[1], BATON_CARD_RANK);
    }
  g_assert_cmpuint (n_renumbered, >, 2);
}

/* Boards hang from nothing, and their order is kept all the same. */
static void
test_boards (void)
{
  g_autoptr (MemoryView) view = memory_view_new ();
  g_autoptr (BatonTestBoard) board = memory_view_fill (view);
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) order = NULL;
  BatonOp *op;

  for (guint i = 0; i < 100; i++)
    {
      char *id = baton_test_board_id (board);

      g_ptr_array_add (ids, id);
      op = baton_op_new (BATON_VERB_BOARD_ADD);
      baton_row_set_text (baton_op_add_row (op, BATON_ENTITY_BOARD, id), BATON_BOARD_NAME, "Board");
      baton_op_place_row (op, NULL, board->board);
      memory_view_done (view, op);
    }
  order = view->base.children (&view->base, BATON_BOARD_CREATED, NULL);
  g_assert_cmpuint (order->len, ==, 101);
  g_assert_cmpstr (g_ptr_array_index (order, 0), ==, board->board);
  for (guint i = 0; i < ids->len; i++)
    g_assert_cmpstr (g_ptr_array_index (order, 100 - i), ==, g_ptr_array_index (ids, i));

  /* Where it was seen means nothing to a board, and harms nothing. */
  op = baton_test_op_ids (BATON_VERB_BOARD_MOVE, board->board, NULL);
  baton_op_add_from (op, board->stages[0]);
  memory_view_done (view, op);
}

int
main (int argc, char **argv)
{
  baton_test_init (&argc, &argv);
  g_test_add_func ("/place/order", test_order);
  g_test_add_data_func ("/place/at-front", GINT_TO_POINTER (AT_FRONT), test_many);
  g_test_add_data_func ("/place/before-last", GINT_TO_POINTER (BEFORE_LAST), test_many);
  g_test_add_data_func ("/place/behind-first", GINT_TO_POINTER (BEHIND_FIRST), test_many);
  g_test_add_func ("/place/few-are-read", test_few_are_read);
  g_test_add_func ("/place/boards", test_boards);
  g_test_add_func ("/place/bounded", test_bounded);
  return g_test_run ();
}
