/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-test"

#include "undo-case.h"

#include "test-history.h"
#include "test-ops.h"

#include "apply.h"

static BatonTestPool *
pool_of (UndoCase *f)
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
make_sense (UndoCase *f, BatonOp *op, guint i)
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
add_rows (UndoCase *f, BatonEntity entity)
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

void
undo_case_set_up (UndoCase *f, gconstpointer data)
{
  f->test = baton_test_store_new ();
  f->board = baton_test_board_fill (f->test);
  f->ids[BATON_ENTITY_WORKSPACE][0] = g_strdup (BATON_WORKSPACE_ID);
  baton_test_perform (f->test,
      baton_test_op_text (BATON_VERB_WORKSPACE_SET, BATON_WORKSPACE_ID, BATON_WORKSPACE_NAME, "Studio"));
  for (guint entity = BATON_ENTITY_PERSON; entity < BATON_N_ENTITIES; entity++)
    add_rows (f, entity);
}

void
undo_case_tear_down (UndoCase *f, gconstpointer data)
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
op_on_both (UndoCase *f, BatonVerb verb)
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
set_case (UndoCase *f, BatonVerb verb)
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
choose_case (UndoCase *f)
{
  return baton_test_op_text (BATON_VERB_ASSET_CHOOSE, f->ids[BATON_ENTITY_ASSET][0], BATON_ASSET_CURRENT,
      f->ids[BATON_ENTITY_VERSION][1]);
}

/* A request needs a version that is in no review; a second answer takes the place of the first. */
static BatonOp *
add_case (UndoCase *f, BatonVerb verb)
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
move_case (UndoCase *f, BatonVerb verb)
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
link_case (UndoCase *f, BatonVerb verb)
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
remove_case (UndoCase *f, BatonVerb verb)
{
  BatonOp *op = op_on_both (f, verb);

  if (verb == BATON_VERB_STAGE_REMOVE)
    baton_op_set_to (op, f->board->stages[BATON_TEST_QUEUE]);
  return op;
}

BatonOp *
undo_case_make (UndoCase *f, BatonVerb verb)
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
