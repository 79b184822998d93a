/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-test"

/* Undo and redo: of every verb, of several rows at once, of whole imports, and across what others did
 * meanwhile. */

#include "test-board.h"
#include "test-history.h"
#include "test-ops.h"
#include "test-snapshot.h"

#include "apply.h"

typedef struct
{
  BatonTestStore *test;
  BatonTestBoard *board;
  char *ids[BATON_N_ENTITIES][2]; /* two rows of each entity, siblings where it has siblings */
} Fixture;

static BatonTestPool *
pool_of (Fixture *f)
{
  BatonTestPool *pool = baton_test_pool_new ();

  for (guint entity = 0; entity < BATON_N_ENTITIES; entity++)
    {
      if (f->ids[entity][0] != NULL)
        baton_test_pool_add (pool, entity, f->ids[entity][0]);
    }
  return pool;
}

static const BatonVerb adders[BATON_N_ENTITIES] = {
  [BATON_ENTITY_PERSON] = BATON_VERB_PERSON_ADD,
  [BATON_ENTITY_BOARD] = BATON_VERB_BOARD_ADD,
  [BATON_ENTITY_STAGE] = BATON_VERB_STAGE_ADD,
  [BATON_ENTITY_CRITERION] = BATON_VERB_CRITERION_ADD,
  [BATON_ENTITY_CHANNEL] = BATON_VERB_CHANNEL_ADD,
  [BATON_ENTITY_CAMPAIGN] = BATON_VERB_CAMPAIGN_ADD,
  [BATON_ENTITY_ASSET_TYPE] = BATON_VERB_ASSET_TYPE_ADD,
  [BATON_ENTITY_LABEL] = BATON_VERB_LABEL_ADD,
  [BATON_ENTITY_CARD] = BATON_VERB_CARD_ADD,
  [BATON_ENTITY_CHECKLIST] = BATON_VERB_CHECKLIST_ADD,
  [BATON_ENTITY_ITEM] = BATON_VERB_ITEM_ADD,
  [BATON_ENTITY_COMMENT] = BATON_VERB_COMMENT_ADD,
  [BATON_ENTITY_LINK] = BATON_VERB_LINK_ADD,
  [BATON_ENTITY_CUSTOM_FIELD] = BATON_VERB_CUSTOM_FIELD_ADD,
  [BATON_ENTITY_CUSTOM_VALUE] = BATON_VERB_CUSTOM_VALUE_ADD,
  [BATON_ENTITY_FILTER] = BATON_VERB_FILTER_ADD,
  [BATON_ENTITY_REVIEW_CHECK] = BATON_VERB_REVIEW_CHECK_ADD,
  [BATON_ENTITY_ASSET] = BATON_VERB_ASSET_ADD,
  [BATON_ENTITY_VERSION] = BATON_VERB_VERSION_ADD,
  [BATON_ENTITY_REVIEW] = BATON_VERB_REVIEW_REQUEST,
  [BATON_ENTITY_ANSWER] = BATON_VERB_REVIEW_ANSWER,
  [BATON_ENTITY_DECISION] = BATON_VERB_REVIEW_DECIDE,
  [BATON_ENTITY_EXCUSE] = BATON_VERB_REVIEW_EXCUSE,
  [BATON_ENTITY_HANDOFF] = BATON_VERB_HANDOFF_MARK,
};

/* What is said in a review only makes sense of one of its reviewers; two versions are siblings, each with a
 * review that three people decide. */
static void
make_sense (Fixture *f, BatonOp *op, guint i)
{
  BatonRow *row = ((BatonNewRow *) g_ptr_array_index (op->rows, 0))->row;
  BatonValue reviewers = baton_value_none ();

  switch ((int) row->entity)
    {
    case BATON_ENTITY_HANDOFF:
      baton_row_set_text (row, BATON_HANDOFF_GIVER, row->id); /* a handoff of its own */
      baton_row_set_text (row, BATON_HANDOFF_TAKER, "reviewer");
      return;
    case BATON_ENTITY_VERSION:
      baton_row_set_text (row, BATON_VERSION_PARENT, NULL);
      return;
    case BATON_ENTITY_REVIEW:
      for (guint j = 0; j < G_N_ELEMENTS (f->board->people); j++)
        {
          BatonValue old = reviewers;

          reviewers = baton_set_add (old.kind == BATON_VALUE_TEXT ? old.text : NULL, f->board->people[j]);
          baton_value_clear (&old);
        }
      baton_row_take (row, BATON_REVIEW_REVIEWERS, reviewers);
      baton_row_set_int (row, BATON_REVIEW_NEEDED, 0);
      baton_row_set_text (row, BATON_REVIEW_VERSION, f->ids[BATON_ENTITY_VERSION][i]);
      return;
    case BATON_ENTITY_ANSWER:
      baton_row_set_text (row, BATON_ANSWER_STATE, "complete");
      baton_row_set_text (row, BATON_ANSWER_REVIEW, f->ids[BATON_ENTITY_REVIEW][i]);
      break;
    case BATON_ENTITY_DECISION:
      baton_row_set_text (row, BATON_DECISION_DECISION, "changes_requested");
      baton_row_set_text (row, BATON_DECISION_REVIEW, f->ids[BATON_ENTITY_REVIEW][i]);
      break;
    case BATON_ENTITY_EXCUSE:
      baton_row_set_text (row, BATON_EXCUSE_PASSED_TO, NULL);
      baton_row_set_int (row, BATON_EXCUSE_MORE_TIME, f->test->now + G_USEC_PER_SEC);
      baton_row_set_text (row, BATON_EXCUSE_REVIEW, f->ids[BATON_ENTITY_REVIEW][i]);
      break;
    default:
      return;
    }
  g_free (op->person);
  op->person = g_strdup (f->board->people[0]);
}

/* Entities come in an order in which each finds what it hangs from. */
static void
add_rows (Fixture *f, BatonEntity entity)
{
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (BatonTestPool) pool = pool_of (f);
      BatonOp *op;

      if (entity == BATON_ENTITY_STAGE) /* of the small board, which has more of them */
        {
          f->ids[entity][i] = g_strdup (f->board->stages[i * 2]);
          continue;
        }
      g_assert_cmpint (adders[entity], !=, 0); /* a new entity needs a row above */
      op = baton_test_op (pool, &f->board->random, adders[entity], f->test->now, 0);
      make_sense (f, op, i);
      f->ids[entity][i] = g_strdup (((BatonNewRow *) g_ptr_array_index (op->rows, 0))->row->id);
      baton_test_perform (f->test, op);
    }
}

static void
set_up (Fixture *f, gconstpointer data)
{
  f->test = baton_test_store_new ();
  f->board = baton_test_board_fill (f->test);
  f->ids[BATON_ENTITY_WORKSPACE][0] = g_strdup (BATON_WORKSPACE_ID);
  baton_test_perform (f->test,
      baton_test_op_text (BATON_VERB_WORKSPACE_SET, BATON_WORKSPACE_ID, BATON_WORKSPACE_NAME, "Studio"));
  for (guint entity = BATON_ENTITY_PERSON; entity < BATON_N_ENTITIES; entity++)
    add_rows (f, entity);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  for (guint entity = 0; entity < BATON_N_ENTITIES; entity++)
    {
      g_free (f->ids[entity][0]);
      g_free (f->ids[entity][1]);
    }
  baton_test_board_free (f->board);
  baton_test_store_free (f->test);
}

static BatonOp *
op_on_both (Fixture *f, BatonVerb verb)
{
  char **ids = f->ids[baton_verb_info (verb)->entity];

  return ids[1] != NULL ? baton_test_op_ids (verb, ids[0], ids[1], NULL)
                        : baton_test_op_ids (verb, ids[0], NULL);
}

static BatonVerb
verb_of (BatonEntity entity, BatonAction action)
{
  for (guint verb = 0; verb < BATON_N_VERBS; verb++)
    {
      if (baton_verb_info (verb)->entity == entity && baton_verb_info (verb)->action == action)
        return verb;
    }
  g_assert_not_reached ();
}

static BatonOp *
set_case (Fixture *f, BatonVerb verb)
{
  const BatonEntityInfo *info = baton_entity_info (baton_verb_info (verb)->entity);
  BatonOp *op = op_on_both (f, verb);
  g_autoptr (BatonTestPool) pool = pool_of (f);

  for (guint i = 0; i < info->n_fields; i++)
    {
      const BatonField field = info->first + i;
      const BatonFieldInfo *what = baton_field_info (field);
      BatonValue value;

      if ((what->flags & (BATON_FIELD_SYSTEM | BATON_FIELD_COUNT)) || what->type == BATON_TYPE_SET ||
          what->merge == BATON_MERGE_ADD_ONLY || what->merge == BATON_MERGE_CAS || field == info->parent ||
          field == BATON_ASSET_CURRENT ||
          (what->entity == BATON_ENTITY_BOARD && what->type == BATON_TYPE_REF))
        continue;
      value = baton_test_value (pool, &f->board->random, field, 0);
      if (value.kind == BATON_VALUE_INT)
        baton_op_set_int (op, field, value.number);
      else
        baton_op_set_text (op, field, value.kind == BATON_VALUE_TEXT ? value.text : NULL);
      baton_value_clear (&value);
    }
  if (verb == BATON_VERB_REVIEW_SET)
    baton_op_set_int (op, BATON_REVIEW_NEEDED, 2);
  return op;
}

static BatonOp *
choose_case (Fixture *f)
{
  return baton_test_op_text (BATON_VERB_ASSET_CHOOSE, f->ids[BATON_ENTITY_ASSET][0], BATON_ASSET_CURRENT,
      f->ids[BATON_ENTITY_VERSION][1]);
}

/* A request needs a version that is in no review; a second answer takes the place of the first. */
static BatonOp *
add_case (Fixture *f, BatonVerb verb)
{
  g_autoptr (BatonTestPool) pool = pool_of (f);
  BatonOp *op = baton_test_op (pool, &f->board->random, verb, 0, 0);

  if (verb == BATON_VERB_REVIEW_REQUEST)
    baton_test_perform (
        f->test, baton_test_op_ids (BATON_VERB_REVIEW_WITHDRAW, f->ids[BATON_ENTITY_REVIEW][0], NULL));
  if (verb != BATON_VERB_VERSION_ADD)
    make_sense (f, op, 0);
  if (verb == BATON_VERB_REVIEW_DECIDE || verb == BATON_VERB_REVIEW_ANSWER)
    {
      g_free (op->person);
      op->person = g_strdup (f->board->people[1]);
    }
  return op;
}

static BatonOp *
move_case (Fixture *f, BatonVerb verb)
{
  BatonEntity entity = baton_verb_info (verb)->entity;
  BatonOp *op = baton_test_op_ids (verb, f->ids[entity][1], NULL);

  if (entity == BATON_ENTITY_CARD)
    {
      baton_op_add_id (op, f->ids[entity][0]);
      baton_op_set_to (op, f->board->stages[BATON_TEST_REVIEW]);
    }
  else if (entity == BATON_ENTITY_ITEM)
    baton_op_set_to (op, f->board->checklist);
  else
    baton_op_set_place (op, f->ids[entity][0], NULL);
  return op;
}

static BatonOp *
link_case (Fixture *f, BatonVerb verb)
{
  BatonField field = baton_test_linked_field (verb);
  BatonEntity entity = baton_verb_info (verb)->entity;
  BatonEntity target = baton_field_info (field)->target;
  char **ids = entity == BATON_ENTITY_CARD ? f->board->cards : f->ids[entity];
  BatonOp *op = baton_test_op_ids (verb, ids[0], ids[1], NULL);

  baton_test_perform (f->test, baton_test_op_link (verb, ids[0], TRUE, f->ids[target][0]));
  baton_op_link (op, field, TRUE, f->ids[target][1]);
  baton_op_link (op, field, FALSE, f->ids[target][0]);
  return op;
}

static BatonOp *
remove_case (Fixture *f, BatonVerb verb)
{
  BatonOp *op = op_on_both (f, verb);

  if (verb == BATON_VERB_STAGE_REMOVE)
    baton_op_set_to (op, f->board->stages[BATON_TEST_QUEUE]);
  return op;
}

/* One operation of this verb that really changes something; several rows wherever the verb can. */
static BatonOp *
make_case (Fixture *f, BatonVerb verb)
{
  const BatonVerbInfo *info = baton_verb_info (verb);

  switch (info->action)
    {
    case BATON_ACTION_ADD:
      return add_case (f, verb);
    case BATON_ACTION_SET:
      return verb == BATON_VERB_ASSET_CHOOSE ? choose_case (f) : set_case (f, verb);
    case BATON_ACTION_MOVE:
      return move_case (f, verb);
    case BATON_ACTION_LINK:
      return link_case (f, verb);
    case BATON_ACTION_REMOVE:
      return remove_case (f, verb);
    case BATON_ACTION_RESTORE:
      baton_test_perform (f->test, remove_case (f, verb_of (info->entity, BATON_ACTION_REMOVE)));
      return op_on_both (f, verb);
    case BATON_ACTION_ARCHIVE:
      return op_on_both (f, verb);
    case BATON_ACTION_UNARCHIVE:
      baton_test_perform (f->test, op_on_both (f, verb_of (info->entity, BATON_ACTION_ARCHIVE)));
      return op_on_both (f, verb);
    case BATON_ACTION_UNDO: /* every case undoes and redoes */
      return NULL;
    default:
      g_test_message ("%s has no case", info->name);
      g_test_fail ();
      return NULL;
    }
}

static void
must_undo (Fixture *f, gboolean redo)
{
  g_autoptr (GError) error = NULL;
  gboolean done = baton_test_undo (f->test, redo, &error);

  g_assert_no_error (error);
  g_assert_true (done);
}

static void
test_verb (Fixture *f, gconstpointer data)
{
  BatonVerb verb = GPOINTER_TO_UINT (data);
  BatonOp *op = make_case (f, verb);
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
  Fixture f = { test, board, { { NULL } } };

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
card_text (Fixture *f, guint card, BatonField field)
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
other_does (Fixture *f, BatonOp *op)
{
  g_autofree char *me = g_strdup (baton_store_device (f->test->store));

  baton_test_store_change_device (f->test, f->board->people[1]);
  baton_test_perform (f->test, op);
  baton_test_store_change_device (f->test, me);
}

static BatonOp *
label (Fixture *f, guint card, guint which, gboolean add)
{
  return baton_test_op_link (BATON_VERB_CARD_LABEL, f->board->cards[card], add, f->board->labels[which]);
}

static BatonOp *
title (Fixture *f, guint card, const char *text)
{
  return baton_test_op_text (BATON_VERB_CARD_SET, f->board->cards[card], BATON_CARD_TITLE, text);
}

static void
test_others_sets (Fixture *f, gconstpointer data)
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
assert_not_undone (Fixture *f, BatonErrorCode code, const char *sentence)
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
test_others_values (Fixture *f, gconstpointer data)
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
test_others_moves (Fixture *f, gconstpointer data)
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
test_others_places (Fixture *f, gconstpointer data)
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
test_others_blockers (Fixture *f, gconstpointer data)
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
test_batch (Fixture *f, gconstpointer data)
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
test_small_batch (Fixture *f, gconstpointer data)
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
test_redo_ends (Fixture *f, gconstpointer data)
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
#define ADD(name, function) g_test_add ("/undo/" name, Fixture, NULL, set_up, function, tear_down)
  for (guint verb = 0; verb < BATON_N_VERBS; verb++)
    {
      g_autofree char *path = g_strdup_printf ("/undo/verb/%s", baton_verb_info (verb)->name);

      g_test_add (path, Fixture, GUINT_TO_POINTER (verb), set_up, test_verb, tear_down);
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
