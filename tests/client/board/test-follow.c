/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-test"

#include "naive.h"
#include "test-ops.h"

#include <string.h>

/* Whatever is done, in whatever view, the models say what the database says. */

static BatonTestPool *
fill_pool (Naive *naive)
{
  BatonTestPool *pool = baton_test_pool_new ();

  for (guint entity = 0; entity < BATON_N_ENTITIES; entity++)
    {
      g_autoptr (GPtrArray) rows = baton_reader_rows (
          baton_workspace_reader (naive->workspace), entity, BATON_FIELD_NONE, NULL, TRUE, NULL);

      for (guint i = 0; i < rows->len; i++)
        {
          BatonRow *row = g_ptr_array_index (rows, i);

          if (baton_row_int (row, baton_entity_removed (entity)) == 0 || i % 4 == 0)
            baton_test_pool_add (pool, entity, row->id);
        }
    }
  return pool;
}

static BatonVerb
pick_verb (BatonTestRandom *random)
{
  static const BatonVerb common[] = { BATON_VERB_CARD_ADD, BATON_VERB_CARD_MOVE, BATON_VERB_CARD_MOVE,
    BATON_VERB_CARD_MOVE, BATON_VERB_CARD_SET, BATON_VERB_CARD_SET, BATON_VERB_CARD_LABEL,
    BATON_VERB_CARD_DEPEND, BATON_VERB_CARD_BLOCK, BATON_VERB_CARD_UNBLOCK, BATON_VERB_CARD_ARCHIVE,
    BATON_VERB_CARD_UNARCHIVE, BATON_VERB_CARD_BIN, BATON_VERB_CARD_RESTORE, BATON_VERB_STAGE_SET,
    BATON_VERB_STAGE_MOVE, BATON_VERB_CHANNEL_REMOVE, BATON_VERB_CHANNEL_RESTORE, BATON_VERB_LABEL_SET,
    BATON_VERB_PERSON_SET };
  BatonVerb verb = baton_test_below (random, BATON_N_VERBS);

  return baton_test_chance (random, 70) ? common[baton_test_below (random, G_N_ELEMENTS (common))] : verb;
}

static const char *
some_value (BatonTestRandom *random, BatonTestPool *pool, BatonFilterKind kind)
{
  static const BatonEntity entities[] = { BATON_ENTITY_PERSON, BATON_ENTITY_CHANNEL, BATON_ENTITY_CAMPAIGN,
    BATON_ENTITY_ASSET_TYPE, BATON_ENTITY_LABEL };
  static const char *const due[] = { "overdue", "today", "week", "later", "none" };
  static const char *const urgency[] = { "fast", "high", "normal", "low" };
  static const char *const kinds[] = { "backlog", "queue", "active", "review", "done" };
  GPtrArray *ids;

  if (kind == BATON_FILTER_DUE)
    return due[baton_test_below (random, 5)];
  if (kind == BATON_FILTER_URGENCY)
    return urgency[baton_test_below (random, 4)];
  if (kind == BATON_FILTER_KIND)
    return kinds[baton_test_below (random, 5)];
  if (kind == BATON_FILTER_BLOCKED)
    return baton_test_chance (random, 50) ? "yes" : "no";
  ids = pool->ids[entities[kind]];
  return ids->len == 0 || baton_test_chance (random, 40) ? ""
                                                         : ids->pdata[baton_test_below (random, ids->len)];
}

static void
change_view (Naive *naive, BatonTestRandom *random, BatonTestPool *pool)
{
  static const char *const words[] = { "card", "hero", "a", "spring 2", "instagram", "ada", "urgent",
    "nothing at all" };
  g_autoptr (BatonFilter) filter = baton_filter_new ();

  if (baton_test_chance (random, 50))
    baton_board_set_lanes (naive->board, baton_test_below (random, BATON_LANES_URGENCY + 1));
  for (guint i = 0; i < BATON_N_FILTERS; i++)
    {
      for (guint n = baton_test_chance (random, 25) ? 1 + baton_test_below (random, 3) : 0; n > 0; n--)
        baton_filter_set (filter, i, some_value (random, pool, i), TRUE);
    }
  if (baton_test_chance (random, 30))
    baton_filter_set_text (filter, words[baton_test_below (random, G_N_ELEMENTS (words))]);
  if (baton_test_chance (random, 30))
    {
      g_autoptr (BatonFilter) none = baton_filter_new ();

      baton_board_set_filter (naive->board, none);
    }
  else
    baton_board_set_filter (naive->board, filter);
}

static BatonOp *
some_op (Naive *naive, BatonTestRandom *random, BatonTestPool *pool)
{
  BatonVerb verb = pick_verb (random);
  BatonOp *op;

  if (verb == BATON_VERB_UNDO || verb == BATON_VERB_REDO || verb == BATON_VERB_BOARD_REMOVE)
    return NULL;
  op = baton_test_op (pool, random, verb, g_get_real_time (), 3);
  op->at = 0;
  return op;
}

static char *
step (Naive *naive, BatonTestRandom *random)
{
  g_autoptr (BatonTestPool) pool = fill_pool (naive);
  g_autoptr (GPtrArray) ops = NULL;
  BatonOp *op;

  if (baton_test_chance (random, 8))
    {
      change_view (naive, random, pool);
      return g_strdup ("another view");
    }
  if (baton_test_chance (random, 10))
    {
      gboolean redo = baton_test_chance (random, 35);

      baton_workspace_undo (naive->workspace, redo, NULL, NULL);
      return g_strdup (redo ? "redo" : "undo");
    }
  if (!baton_test_chance (random, 8))
    {
      op = some_op (naive, random, pool);
      if (op == NULL)
        return g_strdup ("nothing");
      char *what = g_strdup (baton_verb_info (op->verb)->name);
      naive_try (naive, op, NULL);
      return what;
    }
  ops = g_ptr_array_new_with_free_func ((GDestroyNotify) baton_op_free);
  for (guint i = 0; i < 3; i++)
    {
      op = some_op (naive, random, pool);
      if (op != NULL)
        op->batch = g_strdup (naive->ids->campaign);
      if (op != NULL)
        g_ptr_array_add (ops, op);
    }
  baton_workspace_perform_batch (naive->workspace, g_steal_pointer (&ops), NULL, NULL, NULL);
  return g_strdup ("several at once");
}

static void
test_random (gconstpointer data)
{
  BatonTestRandom random = baton_test_random (GPOINTER_TO_UINT (data));
  g_autoptr (Naive) naive = naive_new ();
  guint rounds = baton_test_rounds (250);

  for (guint i = 0; i < rounds; i++)
    {
      g_autofree char *what = step (naive, &random);
      g_autofree char *where = g_strdup_printf ("seed %" G_GUINT64_FORMAT ", stream %u, step %u, after %s",
          baton_test_seed (), GPOINTER_TO_UINT (data), i, what);

      naive_check (naive, where);
    }
}

int
main (int argc, char **argv)
{
  baton_test_init (&argc, &argv);
  for (guint i = 0; i < 6; i++)
    {
      g_autofree char *path = g_strdup_printf ("/board/follow/random/%u", i);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_random);
    }
  return g_test_run ();
}
