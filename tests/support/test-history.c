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
    BATON_VERB_LABEL_ADD, BATON_VERB_PERSON_ADD };

  if (baton_test_chance (random, 50))
    return common[baton_test_below (random, G_N_ELEMENTS (common))];
  return baton_test_below (random, BATON_N_VERBS);
}

static BatonOp *
make_op (BatonTestStore *test, BatonTestRandom *random, BatonTestPool *pool)
{
  BatonVerb verb = pick_verb (random);
  GError *error = NULL;
  BatonOp *op = NULL;

  test->now += (1 + baton_test_below (random, 3600)) * G_USEC_PER_SEC;
  if (verb != BATON_VERB_UNDO && verb != BATON_VERB_REDO && !baton_test_chance (random, 8))
    return baton_test_op (pool, random, verb, test->now, 6);
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
      effect = baton_test_try (test, baton_test_op (pool, random, verb, 0, 0), &error);
      if (effect == NULL)
        check_refusal (error);
    }
}
