/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-test"

/* What SQL answers about the rows around a place is what the plainest view answers: the same moves give the
 * same ranks, also where there is no room left and rows are numbered anew. */

#include "memory-view.h"

#define MOVES 600

typedef struct
{
  BatonTestStore *store;
  MemoryView *view;
  BatonTestBoard *board;
  GPtrArray *ids; /* the cards, borrowed from the board and from `made` */
  GPtrArray *made;
} Twins;

static void
set_up (Twins *t, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  t->store = baton_test_store_new ();
  t->view = memory_view_new ();
  t->board = memory_view_fill (t->view);
  t->ids = g_ptr_array_new ();
  t->made = g_ptr_array_new_with_free_func (g_free);
  {
    g_autoptr (BatonTestBoard) same = baton_test_board_new (5);

    baton_test_try_all (t->store, baton_test_board_ops (same, t->store->now), &error);
    g_assert_no_error (error);
    g_assert_cmpstr (same->board, ==, t->board->board);
  }
  for (guint i = 0; i < BATON_TEST_N_CARDS; i++)
    g_ptr_array_add (t->ids, t->board->cards[i]);
}

static void
tear_down (Twins *t, gconstpointer data)
{
  baton_test_store_check (t->store);
  g_ptr_array_unref (t->ids);
  g_ptr_array_unref (t->made);
  baton_test_board_free (t->board);
  memory_view_free (t->view);
  baton_test_store_free (t->store);
}

static void
perform (Twins *t, BatonOp *op)
{
  memory_view_done (t->view, baton_op_copy (op));
  baton_test_perform (t->store, op);
}

static void
assert_same_ranks (Twins *t)
{
  for (guint i = 0; i < t->ids->len; i++)
    {
      const char *id = t->ids->pdata[i];
      g_autoptr (BatonRow) row = baton_reader_row (baton_test_reader (t->store), BATON_ENTITY_CARD, id);

      g_assert_cmpint (
          baton_row_int (row, BATON_CARD_RANK), ==, memory_view_int (t->view, id, BATON_CARD_RANK));
    }
}

static void
add_cards (Twins *t, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      char *id = baton_test_board_id (t->board);

      g_ptr_array_add (t->made, id);
      g_ptr_array_add (t->ids, id);
      perform (t, baton_test_op_card (id, t->board->stages[BATON_TEST_BACKLOG], "Card"));
    }
}

/* Most moves go to the same few places, as people's do; so their gaps are used up again and again. */
static void
test_moves (Twins *t, gconstpointer data)
{
  BatonTestRandom random = baton_test_random (GPOINTER_TO_UINT (data));

  add_cards (t, GPOINTER_TO_UINT (data));
  for (guint i = 0; i < MOVES; i++)
    {
      const char *card = t->ids->pdata[baton_test_below (&random, t->ids->len)];
      guint at = baton_test_chance (&random, 90) ? i / 150 : baton_test_below (&random, t->ids->len);
      const char *beside = t->ids->pdata[at];
      gboolean before = baton_test_chance (&random, 80);
      BatonOp *op = baton_test_op_ids (BATON_VERB_CARD_MOVE, card, NULL);

      baton_op_set_place (op, before ? beside : NULL, before ? NULL : beside);
      perform (t, op);
    }
  assert_same_ranks (t);
}

/* Boards stand among all boards, as they have no parent. */
static void
test_without_parent (Twins *t, gconstpointer data)
{
  for (guint i = 0; i < 60; i++)
    {
      g_autofree char *id = baton_test_board_id (t->board);
      BatonOp *op = baton_op_new (BATON_VERB_BOARD_ADD);

      baton_row_set_text (baton_op_add_row (op, BATON_ENTITY_BOARD, id), BATON_BOARD_NAME, "Board");
      baton_op_place_row (op, NULL, t->board->board);
      perform (t, op);
      {
        g_autoptr (BatonRow) row = baton_reader_row (baton_test_reader (t->store), BATON_ENTITY_BOARD, id);

        g_assert_cmpint (
            baton_row_int (row, BATON_BOARD_RANK), ==, memory_view_int (t->view, id, BATON_BOARD_RANK));
      }
    }
}

int
main (int argc, char **argv)
{
  const guint sizes[] = { 1, 5, 40, 200 };

  baton_test_init (&argc, &argv);
  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autofree char *path = g_strdup_printf ("/places/moves/%u", sizes[i]);

      g_test_add (path, Twins, GUINT_TO_POINTER (sizes[i]), set_up, test_moves, tear_down);
    }
  g_test_add ("/places/without-parent", Twins, NULL, set_up, test_without_parent, tear_down);
  return g_test_run ();
}
