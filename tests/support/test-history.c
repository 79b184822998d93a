/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-test"

#include "test-history.h"

#include "test-ops.h"

#include <string.h>

static BatonTestPool *
fill_pool (BatonReader *reader)
{
  BatonTestPool *pool = baton_test_pool_new ();

  for (guint entity = 0; entity < BATON_N_ENTITIES; entity++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) rows = baton_reader_rows (reader, entity, BATON_FIELD_NONE, NULL, TRUE, &error);

      g_assert_no_error (error);
      for (guint i = 0; i < rows->len; i++)
        {
          BatonRow *row = g_ptr_array_index (rows, i);

          /* What was removed is spoken of less often, so that something happens. */
          if (baton_row_int (row, baton_entity_removed (entity)) == 0 || i % 4 == 0)
            baton_test_pool_add (pool, entity, row->id);
        }
    }
  return pool;
}

/* A board lives mostly of its cards; every other verb has its turn too. */
static BatonVerb
pick_verb (BatonTestRandom *random)
{
  static const BatonVerb common[] = { BATON_VERB_CARD_ADD, BATON_VERB_CARD_ADD, BATON_VERB_CARD_MOVE,
    BATON_VERB_CARD_MOVE, BATON_VERB_CARD_MOVE, BATON_VERB_CARD_SET, BATON_VERB_CARD_LABEL,
    BATON_VERB_CARD_MEMBER, BATON_VERB_CARD_DEPEND, BATON_VERB_CARD_TICK, BATON_VERB_COMMENT_ADD,
    BATON_VERB_CHECKLIST_ADD, BATON_VERB_ITEM_ADD, BATON_VERB_ITEM_SET, BATON_VERB_STAGE_ADD,
    BATON_VERB_LABEL_ADD, BATON_VERB_PERSON_ADD, BATON_VERB_ASSET_ADD, BATON_VERB_VERSION_ADD,
    BATON_VERB_VERSION_ADD, BATON_VERB_REVIEW_CHECK_ADD, BATON_VERB_REVIEW_REQUEST, BATON_VERB_REVIEW_REQUEST,
    BATON_VERB_REVIEW_ANSWER, BATON_VERB_REVIEW_DECIDE, BATON_VERB_REVIEW_DECIDE, BATON_VERB_REVIEW_EXCUSE,
    BATON_VERB_REVIEW_EXCUSE, BATON_VERB_REVIEW_GRANT, BATON_VERB_REVIEW_GRANT, BATON_VERB_BOARD_SET };

  if (baton_test_chance (random, 50))
    return common[baton_test_below (random, G_N_ELEMENTS (common))];
  return baton_test_below (random, BATON_N_VERBS);
}

/* An open review, or NULL. */
static BatonRow *
pick_review (BatonTestStore *test, BatonTestRandom *random)
{
  g_autoptr (GPtrArray) rows =
      baton_reader_rows (baton_test_reader (test), BATON_ENTITY_REVIEW, BATON_FIELD_NONE, NULL, TRUE, NULL);
  guint n = rows->len;
  guint first = n > 0 ? baton_test_below (random, n) : 0;

  for (guint i = 0; i < n; i++)
    {
      BatonRow *row = g_ptr_array_index (rows, (first + i) % n);

      if (baton_row_int (row, BATON_REVIEW_REMOVED) == 0 && baton_row_int (row, BATON_REVIEW_CLOSED) == 0 &&
          baton_row_text (row, BATON_REVIEW_REVIEWERS) != NULL)
        return baton_row_ref (row);
    }
  return NULL;
}

/* Nearly nothing that is said about a review at random comes from one of its reviewers while it is open. */
static void
make_sense_of_review (BatonTestStore *test, BatonTestRandom *random, BatonOp *op)
{
  g_autoptr (BatonRow) review = pick_review (test, random);
  g_auto (GStrv) people = NULL;

  if (review == NULL || baton_test_chance (random, 10))
    return;
  people = baton_set_split (baton_row_text (review, BATON_REVIEW_REVIEWERS));
  g_free (op->person);
  op->person = g_strdup (people[baton_test_below (random, g_strv_length (people))]);
  if (op->rows->len == 0)
    {
      g_ptr_array_set_size (op->ids, 0);
      baton_op_add_id (op, review->id);
      return;
    }
  for (guint i = 0; i < op->rows->len; i++)
    {
      BatonRow *row = ((BatonNewRow *) g_ptr_array_index (op->rows, i))->row;

      baton_row_set_text (row, baton_field_find (row->entity, "review"), review->id);
    }
}

/* Time is given where somebody has asked for it, by another one. */
static void
make_sense_of_grant (BatonTestStore *test, BatonTestRandom *random, BatonOp *op)
{
  g_autoptr (GPtrArray) rows =
      baton_reader_rows (baton_test_reader (test), BATON_ENTITY_EXCUSE, BATON_FIELD_NONE, NULL, TRUE, NULL);
  guint first = rows->len > 0 ? baton_test_below (random, rows->len) : 0;

  for (guint i = 0; i < rows->len && baton_test_chance (random, 90); i++)
    {
      const BatonRow *excuse = g_ptr_array_index (rows, (first + i) % rows->len);
      g_autoptr (BatonRow) review = baton_reader_row (
          baton_test_reader (test), BATON_ENTITY_REVIEW, baton_row_text (excuse, BATON_EXCUSE_REVIEW));

      if (baton_row_int (excuse, BATON_EXCUSE_REMOVED) != 0 ||
          baton_row_int (excuse, BATON_EXCUSE_MORE_TIME) == 0 ||
          baton_row_int (review, BATON_REVIEW_CLOSED) != 0 ||
          baton_row_int (review, BATON_REVIEW_REMOVED) != 0)
        continue;
      g_ptr_array_set_size (op->ids, 0);
      g_array_set_size (op->sets, 0);
      baton_op_add_id (op, excuse->id);
      baton_op_set_int (op, BATON_EXCUSE_GRANTED, baton_test_chance (random, 70));
      g_free (op->person);
      op->person = g_strdup (baton_row_text (review, BATON_REVIEW_REQUESTER));
      return;
    }
}

/* Versions are mostly made from the one that counts, and chosen among those of their asset. */
static void
make_sense_of_asset (BatonTestStore *test, BatonTestRandom *random, BatonOp *op)
{
  BatonReader *reader = baton_test_reader (test);
  g_autoptr (GPtrArray) rows =
      baton_reader_rows (reader, BATON_ENTITY_VERSION, BATON_FIELD_NONE, NULL, TRUE, NULL);
  const BatonRow *version;

  if (rows->len == 0 || baton_test_chance (random, 20))
    return;
  version = g_ptr_array_index (rows, baton_test_below (random, rows->len));
  if (op->verb == BATON_VERB_ASSET_CHOOSE)
    {
      g_ptr_array_set_size (op->ids, 0);
      g_array_set_size (op->sets, 0);
      baton_op_add_id (op, baton_row_text (version, BATON_VERSION_ASSET));
      baton_op_set_text (op, BATON_ASSET_CURRENT, version->id);
    }
  else if (op->verb == BATON_VERB_VERSION_ADD)
    {
      BatonRow *row = ((BatonNewRow *) g_ptr_array_index (op->rows, 0))->row;

      baton_row_set_text (row, BATON_VERSION_ASSET, baton_row_text (version, BATON_VERSION_ASSET));
      baton_row_set_text (row, BATON_VERSION_PARENT, version->id);
    }
}

/* Where cards of a board go by themselves is one of its own stages. */
static void
make_sense_of_board (BatonTestPool *pool, BatonTestRandom *random, BatonTestStore *test, BatonOp *op)
{
  static const BatonField fields[] = { BATON_BOARD_ON_VERSION, BATON_BOARD_ON_APPROVED,
    BATON_BOARD_ON_CHANGES };
  g_autofree char *id = baton_test_pool_pick (pool, random, BATON_ENTITY_STAGE);
  g_autoptr (BatonRow) stage = baton_reader_row (baton_test_reader (test), BATON_ENTITY_STAGE, id);

  if (stage == NULL || baton_test_chance (random, 30))
    return;
  g_ptr_array_set_size (op->ids, 0);
  g_array_set_size (op->sets, 0);
  baton_op_add_id (op, baton_row_text (stage, BATON_STAGE_BOARD));
  baton_op_set_text (op, fields[baton_test_below (random, G_N_ELEMENTS (fields))], id);
}

/* Among few hands, so that a handoff is marked again. */
static void
make_sense_of_mark (BatonTestRandom *random, BatonOp *op)
{
  static const char *const roles[] = { "designer", "writer", "reviewer" };

  for (guint i = 0; i < op->rows->len && baton_test_chance (random, 80); i++)
    {
      BatonRow *row = ((BatonNewRow *) g_ptr_array_index (op->rows, i))->row;

      baton_row_set_text (row, BATON_HANDOFF_GIVER, roles[baton_test_below (random, G_N_ELEMENTS (roles))]);
      baton_row_set_text (row, BATON_HANDOFF_TAKER, roles[baton_test_below (random, G_N_ELEMENTS (roles))]);
    }
}

static BatonOp *
make_random (BatonTestStore *test, BatonTestRandom *random, BatonTestPool *pool, BatonVerb verb, gint64 at,
    guint wrong)
{
  BatonOp *op = baton_test_op (pool, random, verb, at, wrong);

  switch ((int) verb)
    {
    case BATON_VERB_REVIEW_SET:
    case BATON_VERB_REVIEW_REVIEWER:
    case BATON_VERB_REVIEW_WITHDRAW:
    case BATON_VERB_REVIEW_ANSWER:
    case BATON_VERB_REVIEW_DECIDE:
    case BATON_VERB_REVIEW_EXCUSE:
      make_sense_of_review (test, random, op);
      break;
    case BATON_VERB_REVIEW_GRANT:
      make_sense_of_grant (test, random, op);
      break;
    case BATON_VERB_VERSION_ADD:
    case BATON_VERB_ASSET_CHOOSE:
      make_sense_of_asset (test, random, op);
      break;
    case BATON_VERB_HANDOFF_MARK:
      make_sense_of_mark (random, op);
      break;
    case BATON_VERB_BOARD_SET:
      make_sense_of_board (pool, random, test, op);
      break;
    default:
      break;
    }
  return op;
}

static BatonOp *
make_op (BatonTestStore *test, BatonTestRandom *random, BatonTestPool *pool)
{
  BatonVerb verb = pick_verb (random);
  GError *error = NULL;
  BatonOp *op = NULL;

  test->now += (1 + baton_test_below (random, 3600)) * G_USEC_PER_SEC;
  if (verb != BATON_VERB_UNDO && verb != BATON_VERB_REDO && !baton_test_chance (random, 8))
    return make_random (test, random, pool, verb, test->now, 6);
  op = baton_reader_prepare_undo (baton_test_reader (test), baton_store_device (test->store),
      verb == BATON_VERB_REDO || baton_test_chance (random, 30), test->now, NULL, &error);
  g_assert_no_error (error);
  if (op != NULL)
    op->at = test->now;
  return op;
}

static void
check_refusal (const GError *error)
{
  g_assert_nonnull (error);
  g_assert_true (error->domain == BATON_ERROR);
  g_assert_cmpint (error->code, <=, BATON_ERROR_CYCLE);
  g_assert_cmpint ((int) strlen (error->message), >, 10);
}

static void
count (BatonTestTally *tally, GPtrArray *ops, gboolean accepted)
{
  for (guint i = 0; i < ops->len && tally != NULL; i++)
    {
      const BatonOp *op = g_ptr_array_index (ops, i);

      tally->tried[op->verb]++;
      tally->accepted[op->verb] += accepted;
    }
}

static GPtrArray *
make_ops (BatonTestStore *test, BatonTestRandom *random)
{
  g_autoptr (BatonTestPool) pool = fill_pool (baton_test_reader (test));
  GPtrArray *ops = g_ptr_array_new_with_free_func ((GDestroyNotify) baton_op_free);
  guint n = baton_test_chance (random, 15) ? 1 + baton_test_below (random, 6) : 1;
  g_autofree char *batch = n > 1 && baton_test_chance (random, 50) ? baton_test_id (random, test->now) : NULL;

  for (guint i = 0; i < n; i++)
    {
      BatonOp *op = make_op (test, random, pool);

      if (op == NULL || (n > 1 && op->changes != NULL))
        {
          g_clear_pointer (&op, baton_op_free);
          continue;
        }
      op->batch = g_strdup (batch);
      g_ptr_array_add (ops, op);
    }
  return ops;
}

void
baton_test_history (BatonTestStore *test, BatonTestRandom *random, guint n, BatonTestTally *tally)
{
  for (guint done = 0; done < n;)
    {
      g_autoptr (GPtrArray) ops = make_ops (test, random);
      g_autoptr (GError) error = NULL;
      gboolean ok = ops->len == 0 || baton_store_perform (test->store, ops, NULL, NULL, NULL, NULL, &error);

      if (!ok)
        check_refusal (error);
      count (tally, ops, ok);
      done += MAX (ops->len, 1);
      if (baton_test_chance (random, 1))
        baton_test_store_reopen (test);
    }
}

void
baton_test_history_plain (BatonTestStore *test, BatonTestRandom *random, guint n)
{
  for (guint done = 0; done < n; done++)
    {
      g_autoptr (BatonTestPool) pool = fill_pool (baton_test_reader (test));
      BatonVerb verb = pick_verb (random);
      g_autoptr (BatonEffect) effect = NULL;
      g_autoptr (GError) error = NULL;

      if (verb == BATON_VERB_UNDO || verb == BATON_VERB_REDO)
        continue;
      effect = baton_test_try (test, make_random (test, random, pool, verb, 0, 0), &error);
      if (effect == NULL)
        check_refusal (error);
    }
}
