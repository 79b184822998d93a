/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-test"

/* Undo and redo: of every verb, of several rows at once, of whole imports, and across what others did
 * meanwhile. */

#include "test-history.h"
#include "test-snapshot.h"
#include "undo-case.h"

static void
must_undo (UndoCase *f, gboolean redo)
{
  g_autoptr (GError) error = NULL;
  gboolean done = baton_test_undo (f->test, redo, &error);

  g_assert_no_error (error);
  g_assert_true (done);
}

static void
test_verb (UndoCase *f, gconstpointer data)
{
  BatonVerb verb = GPOINTER_TO_UINT (data);
  BatonOp *op = undo_case_make (f, verb);
  g_autoptr (GHashTable) before = baton_test_snapshot (baton_test_reader (f->test));
  g_autoptr (GHashTable) after = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (BatonEffect) effect = NULL;
  const char *name = baton_verb_info (verb)->name;

  if (op == NULL)
    return;
  effect = baton_test_try (f->test, op, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (effect->changes->len, >, 0);
  after = baton_test_snapshot (baton_test_reader (f->test));
  for (guint round = 0; round < 2; round++)
    {
      g_autoptr (GHashTable) undone = NULL;
      g_autoptr (GHashTable) redone = NULL;

      must_undo (f, FALSE);
      undone = baton_test_snapshot (baton_test_reader (f->test));
      baton_test_assert_undone (before, undone, name);
      baton_test_store_reopen (f->test); /* undo survives closing */
      must_undo (f, TRUE);
      redone = baton_test_snapshot (baton_test_reader (f->test));
      baton_test_assert_same (after, redone, name);
    }
  g_assert_false (baton_test_undo (f->test, TRUE, NULL)); /* nothing is left to redo */
  baton_test_store_check (f->test);
}

/* A day's work, taken back step by step to the morning and done again to the evening. */
static void
test_long (gconstpointer data)
{
  BatonTestRandom random = baton_test_random (1000 + GPOINTER_TO_UINT (data));
  g_autoptr (BatonTestStore) test = baton_test_store_new ();
  g_autoptr (BatonTestBoard) board = baton_test_board_fill (test);
  g_autoptr (GPtrArray) states = g_ptr_array_new_with_free_func ((GDestroyNotify) g_hash_table_unref);
  g_autoptr (GError) error = NULL;
  UndoCase f = { test, board, { { NULL } } };

  baton_test_history (test, &random, 40, NULL);
  baton_test_store_change_device (test, board->cards[0]); /* any id will do */
  g_ptr_array_add (states, baton_test_snapshot (baton_test_reader (test)));
  for (guint tries = 0; states->len <= 40 && tries < 400; tries++)
    {
      gint64 seq = baton_reader_last_seq (baton_test_reader (test));

      baton_test_history_plain (test, &random, 1);
      if (baton_reader_last_seq (baton_test_reader (test)) > seq)
        g_ptr_array_add (states, baton_test_snapshot (baton_test_reader (test)));
    }
  g_assert_cmpuint (states->len, >, 20);
  for (guint i = states->len - 1; i > 0; i--)
    {
      g_autoptr (GHashTable) now = NULL;

      must_undo (&f, FALSE);
      now = baton_test_snapshot (baton_test_reader (test));
      baton_test_assert_undone (g_ptr_array_index (states, i - 1), now, "undo");
    }
  g_assert_false (baton_test_undo (test, FALSE, &error));
  g_assert_no_error (error);
  for (guint i = 1; i < states->len; i++)
    {
      g_autoptr (GHashTable) now = NULL;

      must_undo (&f, TRUE);
      now = baton_test_snapshot (baton_test_reader (test));
      baton_test_assert_undone (g_ptr_array_index (states, i), now, "redo");
    }
  baton_test_store_check (test);
}

static const char *
card_text (UndoCase *f, guint card, BatonField field)
{
  static char *text;
  g_autoptr (BatonRow) row =
      baton_reader_row (baton_test_reader (f->test), BATON_ENTITY_CARD, f->board->cards[card]);

  g_free (text);
  text = g_strdup (baton_row_text (row, field));
  return text;
}

/* Performs an operation as somebody else. */
static void
other_does (UndoCase *f, BatonOp *op)
{
  g_autofree char *me = g_strdup (baton_store_device (f->test->store));

  baton_test_store_change_device (f->test, f->board->people[1]);
  baton_test_perform (f->test, op);
  baton_test_store_change_device (f->test, me);
}

static BatonOp *
label (UndoCase *f, guint card, guint which, gboolean add)
{
  return baton_test_op_link (BATON_VERB_CARD_LABEL, f->board->cards[card], add, f->board->labels[which]);
}

static BatonOp *
title (UndoCase *f, guint card, const char *text)
{
  return baton_test_op_text (BATON_VERB_CARD_SET, f->board->cards[card], BATON_CARD_TITLE, text);
}

static void
test_others_sets (UndoCase *f, gconstpointer data)
{
  baton_test_perform (f->test, label (f, 0, 0, TRUE));
  other_does (f, label (f, 0, 1, TRUE));
  must_undo (f, FALSE);
  g_assert_cmpstr (card_text (f, 0, BATON_CARD_LABELS), ==, f->board->labels[1]);
  other_does (f, label (f, 0, 1, FALSE));
  must_undo (f, TRUE);
  g_assert_cmpstr (card_text (f, 0, BATON_CARD_LABELS), ==, f->board->labels[0]);

  /* What others took away already is no reason to refuse. */
  other_does (f, label (f, 0, 0, FALSE));
  must_undo (f, FALSE);
  g_assert_null (card_text (f, 0, BATON_CARD_LABELS));
}

static void
assert_not_undone (UndoCase *f, BatonErrorCode code, const char *sentence)
{
  g_autoptr (GHashTable) before = baton_test_snapshot (baton_test_reader (f->test));
  g_autoptr (GHashTable) after = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_false (baton_test_undo (f->test, FALSE, &error));
  g_assert_error (error, BATON_ERROR, (int) code);
  if (sentence != NULL)
    g_assert_cmpstr (error->message, ==, sentence);
  after = baton_test_snapshot (baton_test_reader (f->test));
  baton_test_assert_same (before, after, "refused undo");
}

static void
test_others_values (UndoCase *f, gconstpointer data)
{
  BatonOp *op = baton_test_op_ids (BATON_VERB_CARD_SET, f->board->cards[0], f->board->cards[1], NULL);

  baton_op_set_text (op, BATON_CARD_TITLE, "Mine");
  baton_test_perform (f->test, op);
  other_does (f,
      baton_test_op_int (BATON_VERB_CARD_SET, f->board->cards[1], BATON_CARD_DUE, 1000000)); /* elsewhere */
  other_does (f, title (f, 1, "Theirs"));
  assert_not_undone (f, BATON_ERROR_STALE,
      "It cannot be undone: “title” has been changed again since. Nothing was touched.");
  g_assert_cmpstr (card_text (f, 0, BATON_CARD_TITLE), ==, "Mine");
  other_does (f, title (f, 1, "Mine"));
  must_undo (f, FALSE);
  g_assert_cmpstr (card_text (f, 0, BATON_CARD_TITLE), ==, "Card 1");
  g_assert_cmpstr (card_text (f, 1, BATON_CARD_TITLE), ==, "Card 2");
  baton_test_store_check (f->test);
}

static void
test_others_moves (UndoCase *f, gconstpointer data)
{
  char **stages = f->board->stages;
  const char *card = f->board->cards[0];

  baton_test_perform (f->test, baton_test_op_move (card, NULL, stages[BATON_TEST_QUEUE]));
  other_does (f, baton_test_op_move (card, stages[BATON_TEST_QUEUE], stages[BATON_TEST_ACTIVE]));
  assert_not_undone (f, BATON_ERROR_STALE, NULL);
  g_assert_cmpstr (card_text (f, 0, BATON_CARD_STAGE), ==, stages[BATON_TEST_ACTIVE]);
}

/* The place that a card left has been taken meanwhile: it comes back beside who stands there, not upon it. */
static void
test_others_places (UndoCase *f, gconstpointer data)
{
  const char *stage = card_text (f, 0, BATON_CARD_STAGE);
  g_autofree char *from = g_strdup (stage), *mine = baton_test_board_id (f->board);
  g_autofree char *theirs = baton_test_board_id (f->board);
  g_autoptr (BatonRow) left = NULL, right = NULL;

  baton_test_perform (f->test, baton_test_op_card (mine, from, "Mine"));
  baton_test_perform (f->test, baton_test_op_move (mine, NULL, f->board->stages[BATON_TEST_QUEUE]));
  other_does (f, baton_test_op_card (theirs, from, "Theirs"));
  g_assert_true (baton_test_undo (f->test, FALSE, NULL));
  left = baton_reader_row (baton_test_reader (f->test), BATON_ENTITY_CARD, mine);
  right = baton_reader_row (baton_test_reader (f->test), BATON_ENTITY_CARD, theirs);
  g_assert_cmpstr (baton_row_text (left, BATON_CARD_STAGE), ==, from);
  g_assert_cmpint (baton_row_int (left, BATON_CARD_RANK), !=, baton_row_int (right, BATON_CARD_RANK));
  baton_test_check_invariants (baton_test_reader (f->test));
}

static void
test_others_blockers (UndoCase *f, gconstpointer data)
{
  char **cards = f->board->cards;

  baton_test_perform (f->test, baton_test_op_link (BATON_VERB_CARD_DEPEND, cards[0], TRUE, cards[1]));
  baton_test_perform (f->test, baton_test_op_link (BATON_VERB_CARD_DEPEND, cards[0], FALSE, cards[1]));
  other_does (f, baton_test_op_link (BATON_VERB_CARD_DEPEND, cards[1], TRUE, cards[0]));
  assert_not_undone (f, BATON_ERROR_CYCLE, NULL);
}

/* All that was there before is as it was. */
static void
assert_holds (GHashTable *before, BatonTestStore *test)
{
  g_autoptr (GHashTable) now = baton_test_snapshot (baton_test_reader (test));
  GHashTableIter iter;
  gpointer key, text;

  g_hash_table_iter_init (&iter, before);
  while (g_hash_table_iter_next (&iter, &key, &text))
    g_assert_cmpstr (g_hash_table_lookup (now, key), ==, text);
}

static GPtrArray *
in_batch (GPtrArray *ops, const char *batch)
{
  for (guint i = 0; i < ops->len; i++)
    ((BatonOp *) g_ptr_array_index (ops, i))->batch = g_strdup (batch);
  return ops;
}

/* An import of a whole board goes and comes as one. */
static void
test_batch (UndoCase *f, gconstpointer data)
{
  g_autoptr (BatonTestBoard) imported = baton_test_board_new (4242);
  g_autoptr (GHashTable) before = baton_test_snapshot (baton_test_reader (f->test));
  g_autoptr (GHashTable) after = NULL;
  g_autoptr (GHashTable) redone = NULL;
  g_autoptr (BatonRow) row = NULL;
  g_autoptr (GError) error = NULL;

  baton_test_try_all (
      f->test, in_batch (baton_test_board_ops (imported, f->test->now), imported->campaign), &error);
  g_assert_no_error (error);
  after = baton_test_snapshot (baton_test_reader (f->test));
  must_undo (f, FALSE);
  row = baton_reader_row (baton_test_reader (f->test), BATON_ENTITY_BOARD, imported->board);
  g_assert_cmpint (baton_row_int (row, BATON_BOARD_REMOVED), !=, 0);
  assert_holds (before, f->test);
  baton_test_store_reopen (f->test);
  must_undo (f, TRUE);
  redone = baton_test_snapshot (baton_test_reader (f->test));
  baton_test_assert_same (after, redone, "redone import");
  must_undo (f, FALSE);
  baton_test_store_check (f->test);
}

/* A batch on a board that was there before: everything it did is taken back, nothing else. */
static void
test_small_batch (UndoCase *f, gconstpointer data)
{
  GPtrArray *ops = g_ptr_array_new_with_free_func ((GDestroyNotify) baton_op_free);
  g_autofree char *batch = baton_test_board_id (f->board);
  g_autoptr (GHashTable) before = baton_test_snapshot (baton_test_reader (f->test));
  g_autoptr (GHashTable) after = NULL;
  g_autoptr (GHashTable) undone = NULL;
  g_autoptr (GHashTable) redone = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 5; i++)
    {
      g_autofree char *id = baton_test_board_id (f->board);

      g_ptr_array_add (ops, baton_test_op_card (id, f->board->stages[0], "Imported"));
      g_ptr_array_add (ops, title (f, 0, i % 2 ? "Once" : "Twice"));
      g_ptr_array_add (ops, baton_test_op_move (f->board->cards[1], NULL, f->board->stages[i]));
    }
  baton_test_try_all (f->test, in_batch (ops, batch), &error);
  g_assert_no_error (error);
  after = baton_test_snapshot (baton_test_reader (f->test));
  must_undo (f, FALSE);
  undone = baton_test_snapshot (baton_test_reader (f->test));
  baton_test_assert_undone (before, undone, "undone batch");
  must_undo (f, TRUE);
  redone = baton_test_snapshot (baton_test_reader (f->test));
  baton_test_assert_same (after, redone, "redone batch");
  baton_test_store_check (f->test);
}

static void
test_nothing (void)
{
  g_autoptr (BatonTestStore) test = baton_test_store_new ();
  g_autoptr (GError) error = NULL;

  g_assert_false (baton_test_undo (test, FALSE, &error));
  g_assert_no_error (error);
  g_assert_false (baton_test_undo (test, TRUE, &error));
  g_assert_no_error (error);
}

/* Something new after an undo: there is nothing to redo any more. */
static void
test_redo_ends (UndoCase *f, gconstpointer data)
{
  baton_test_perform (f->test, title (f, 0, "One"));
  baton_test_perform (f->test, title (f, 0, "Two"));
  must_undo (f, FALSE);
  must_undo (f, FALSE);
  must_undo (f, TRUE);
  g_assert_cmpstr (card_text (f, 0, BATON_CARD_TITLE), ==, "One");
  baton_test_perform (f->test, title (f, 1, "Other"));
  g_assert_false (baton_test_undo (f->test, TRUE, NULL));
  must_undo (f, FALSE);
  must_undo (f, FALSE);
  g_assert_cmpstr (card_text (f, 0, BATON_CARD_TITLE), ==, "Card 1");
  g_assert_cmpstr (card_text (f, 1, BATON_CARD_TITLE), ==, "Card 2");
}

int
main (int argc, char **argv)
{
  guint rounds;

  baton_test_init (&argc, &argv);
#define ADD(name, function) \
  g_test_add ("/undo/" name, UndoCase, NULL, undo_case_set_up, function, undo_case_tear_down)
  for (guint verb = 0; verb < BATON_N_VERBS; verb++)
    {
      g_autofree char *path = g_strdup_printf ("/undo/verb/%s", baton_verb_info (verb)->name);

      g_test_add (path, UndoCase, GUINT_TO_POINTER (verb), undo_case_set_up, test_verb, undo_case_tear_down);
    }
  rounds = baton_test_rounds (12);
  for (guint i = 0; i < rounds; i++)
    {
      g_autofree char *path = g_strdup_printf ("/undo/long/%u", i);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_long);
    }
  ADD ("others-sets", test_others_sets);
  ADD ("others-values", test_others_values);
  ADD ("others-moves", test_others_moves);
  ADD ("others-places", test_others_places);
  ADD ("others-blockers", test_others_blockers);
  ADD ("batch", test_batch);
  ADD ("small-batch", test_small_batch);
  ADD ("redo-ends", test_redo_ends);
#undef ADD
  g_test_add_func ("/undo/nothing", test_nothing);
  return g_test_run ();
}
