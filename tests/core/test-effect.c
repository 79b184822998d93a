/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-test"

/* Effects: what they say of a change, and turned round. */

#include "memory-view.h"

static void
test_merge (void)
{
  g_autoptr (BatonEffect) effect = baton_effect_new ();
  BatonValue one = baton_value_int (1);
  BatonValue two = baton_value_int (2);
  BatonValue three = baton_value_int (3);
  const char *id = "01890000-0000-7000-8000-000000000001";
  const BatonChange *change;

  baton_effect_add (effect, baton_change_new_set (BATON_ENTITY_CARD, id, BATON_CARD_DUE, &one, &two));
  baton_effect_add (effect, baton_change_new_set (BATON_ENTITY_CARD, id, BATON_CARD_RANK, &one, &two));
  baton_effect_add (effect, baton_change_new_set (BATON_ENTITY_CARD, id, BATON_CARD_DUE, &two, &three));
  g_assert_cmpuint (effect->changes->len, ==, 2);
  change = baton_effect_find (effect, id, BATON_CARD_DUE);
  g_assert_cmpint (change->before.number, ==, 1);
  g_assert_cmpint (change->after.number, ==, 3);
  g_assert_null (baton_effect_find (effect, id, BATON_CARD_TITLE));

  baton_effect_touch (effect, id);
  baton_effect_touch (effect, "01890000-0000-7000-8000-000000000002");
  baton_effect_touch (effect, id);
  g_assert_cmpuint (effect->cards->len, ==, 2);
}

static void
test_invert (void)
{
  g_autoptr (MemoryView) view = memory_view_new ();
  g_autoptr (BatonTestBoard) board = memory_view_fill (view);
  g_autofree char *id = baton_test_board_id (board);
  g_autoptr (BatonEffect) added =
      memory_view_perform (view, baton_test_op_card (id, board->stages[BATON_TEST_QUEUE], "New"));
  g_autoptr (BatonEffect) set =
      memory_view_perform (view, baton_test_op_text (BATON_VERB_CARD_SET, id, BATON_CARD_TITLE, "Newer"));
  BatonEffect *both[] = { added, set };
  g_autoptr (BatonEffect) inverse = baton_effect_invert (both, 2, 1234);
  const BatonChange *first = g_ptr_array_index (inverse->changes, 0);
  const BatonChange *second = g_ptr_array_index (inverse->changes, 1);

  g_assert_cmpuint (inverse->changes->len, ==, 2);
  g_assert_cmpint (first->field, ==, BATON_CARD_TITLE);
  g_assert_cmpstr (first->before.text, ==, "Newer");
  g_assert_cmpstr (first->after.text, ==, "New");
  g_assert_cmpint (second->field, ==, BATON_CARD_REMOVED);
  g_assert_cmpint (second->after.number, ==, 1234);
  g_assert_cmpstr (set->board, ==, board->board);
  g_assert_cmpstr (g_ptr_array_index (set->cards, 0), ==, id);
}

/* The sums belong to the effect, but undo leaves them to the rules. */
static void
test_sums (void)
{
  g_autoptr (MemoryView) view = memory_view_new ();
  g_autoptr (BatonTestBoard) board = memory_view_fill (view);
  g_autoptr (BatonEffect) ticked = memory_view_perform (
      view, baton_test_op_int (BATON_VERB_ITEM_SET, board->items[0], BATON_ITEM_DONE, 1));
  g_autoptr (BatonEffect) inverse = baton_effect_invert (&ticked, 1, 1);
  const BatonChange *sum = baton_effect_find (ticked, board->cards[0], BATON_CARD_ITEMS_DONE);

  g_assert_nonnull (sum);
  g_assert_cmpint (sum->before.number, ==, 0);
  g_assert_cmpint (sum->after.number, ==, 1);
  g_assert_null (baton_effect_find (inverse, board->cards[0], BATON_CARD_ITEMS_DONE));
  g_assert_cmpint (memory_view_int (view, board->cards[0], BATON_CARD_ITEMS), ==, 2);
  g_assert_cmpint (memory_view_int (view, board->cards[0], BATON_CARD_COMMENTS), ==, 1);
}

/* The same operation on the same rows gives the same effect. */
static void
test_pure (void)
{
  g_autoptr (MemoryView) one = memory_view_new ();
  g_autoptr (MemoryView) two = memory_view_new ();
  g_autoptr (BatonTestBoard) board = memory_view_fill (one);
  g_autoptr (BatonTestBoard) twin = memory_view_fill (two);
  BatonOp *op = baton_test_op_move (board->cards[3], NULL, board->stages[BATON_TEST_DONE]);
  g_autoptr (BatonEffect) first = memory_view_perform (one, baton_op_copy (op));
  g_autoptr (BatonEffect) second = memory_view_perform (two, op);

  g_assert_cmpuint (first->changes->len, ==, second->changes->len);
  for (guint i = 0; i < first->changes->len; i++)
    {
      const BatonChange *a = g_ptr_array_index (first->changes, i);
      const BatonChange *b = g_ptr_array_index (second->changes, i);

      g_assert_cmpstr (a->id, ==, b->id);
      g_assert_cmpint (a->field, ==, b->field);
      g_assert_true (baton_value_equal (&a->before, &b->before));
      g_assert_true (baton_value_equal (&a->after, &b->after));
    }
}

int
main (int argc, char **argv)
{
  baton_test_init (&argc, &argv);
  g_test_add_func ("/effect/merge", test_merge);
  g_test_add_func ("/effect/invert", test_invert);
  g_test_add_func ("/effect/sums", test_sums);
  g_test_add_func ("/effect/pure", test_pure);
  return g_test_run ();
}
