/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-test"

/* What was done elsewhere reaches the models in slices. Whatever is done here in between, in the end they say
 * what the database says, and what a person does is seen at once. */

#include "naive.h"
#include "net.h"
#include "test-ops.h"
#include "workspace-private.h"

/* Many operations of others arrive together. */

typedef struct
{
  BatonWorkspace *workspace;
  GPtrArray *slices;
} Elsewhere;

static void
add_to_net (BatonNet *net, const BatonEffect *effect)
{
  for (guint i = 0; i < effect->changes->len; i++)
    baton_net_add (net, g_ptr_array_index (effect->changes, i));
  for (guint i = 0; i < effect->cards->len; i++)
    baton_net_touch (net, g_ptr_array_index (effect->cards, i));
}

/* What the rules refuse is left out. */
static void
perform_singly (BatonStore *store, GPtrArray *ops, BatonNet *net)
{
  for (guint i = 0; i < ops->len; i++)
    {
      g_autoptr (GPtrArray) one = g_ptr_array_new_with_free_func ((GDestroyNotify) baton_op_free);
      g_autoptr (GPtrArray) effects = NULL;

      g_ptr_array_add (one, baton_op_copy (g_ptr_array_index (ops, i)));
      if (baton_store_perform (store, one, NULL, NULL, &effects, NULL, NULL))
        add_to_net (net, g_ptr_array_index (effects, 0));
    }
}

static void
work_elsewhere (BatonStore *store, BatonJob *job)
{
  Elsewhere *elsewhere = job->data;
  g_autoptr (BatonNet) net = baton_net_new ();
  g_autoptr (GPtrArray) effects = NULL;
  g_autoptr (BatonEffect) effect = NULL;

  if (!baton_store_perform (store, job->ops, NULL, NULL, &effects, NULL, NULL))
    perform_singly (store, job->ops, net);
  for (guint i = 0; effects != NULL && i < effects->len; i++)
    add_to_net (net, g_ptr_array_index (effects, i));
  effect = baton_net_finish (net);
  elsewhere->slices = baton_effect_split (effect);
}

static void
done_elsewhere (BatonStore *store, BatonJob *job)
{
  Elsewhere *elsewhere = job->data;

  baton_workspace_followed (elsewhere->workspace, elsewhere->slices, FALSE);
  g_clear_pointer (&elsewhere->slices, g_ptr_array_unref);
}

/* Takes the operations. */
static void
arrive (Naive *naive, GPtrArray *ops)
{
  BatonJob *job = baton_job_new (work_elsewhere, done_elsewhere);
  Elsewhere elsewhere = { .workspace = naive->workspace };

  job->ops = ops;
  job->data = &elsewhere;
  baton_writer_run (naive->workspace->writer, job);
}

static GPtrArray *
new_ops (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) baton_op_free);
}

static BatonOp *
titled (const char *card, const char *title)
{
  BatonOp *op = baton_test_op_text (BATON_VERB_CARD_SET, card, BATON_CARD_TITLE, title);

  op->at = g_get_real_time ();
  return op;
}

/* Cards that arrive at once; their ids. */
static GPtrArray *
add_cards (Naive *naive, guint n)
{
  GPtrArray *ids = g_ptr_array_new_with_free_func (g_free);
  GPtrArray *ops = new_ops ();

  for (guint i = 0; i < n; i++)
    {
      char *id = baton_store_new_id ();
      BatonOp *op = baton_test_op_card (id, naive->ids->stages[i % BATON_TEST_N_STAGES], "New");

      op->at = g_get_real_time ();
      g_ptr_array_add (ids, id);
      g_ptr_array_add (ops, op);
    }
  arrive (naive, ops);
  return ids;
}

static gboolean
is_quiet (gpointer data)
{
  Naive *naive = data;

  return !baton_workspace_is_following (naive->workspace) && !baton_board_is_reading (naive->board);
}

typedef struct
{
  guint turns, turn_of_last;
  guint slices, turns_with_slices;
  guint cards; /* said in all */
} Watch;

static gboolean
count_turn (gpointer data)
{
  ((Watch *) data)->turns++;
  return G_SOURCE_CONTINUE;
}

static void
watch_cb (BatonWorkspace *workspace, gpointer op, const BatonEffect *effect, Watch *watch)
{
  watch->slices++;
  watch->cards = effect->cards->len;
  if (watch->turns_with_slices == 0 || watch->turn_of_last != watch->turns)
    watch->turns_with_slices++;
  watch->turn_of_last = watch->turns;
}

/* 6,000 changed cards do not come in one turn of the main loop, and the last slice names all of them. */
static void
test_turns (void)
{
  g_autoptr (Naive) naive = naive_new ();
  g_autoptr (GPtrArray) ids = add_cards (naive, 6000);
  GPtrArray *ops = new_ops ();
  Watch watch = { 0 };
  guint source;

  naive_wait (is_quiet, naive);
  naive_check (naive, "6,000 came");
  for (guint i = 0; i < ids->len; i++)
    g_ptr_array_add (ops, i % 2 == 0 ? titled (ids->pdata[i], "Changed")
                                     : baton_test_op_move (ids->pdata[i], NULL, naive->ids->stages[i % 3]));
  for (guint i = 0; i < ops->len; i++)
    ((BatonOp *) ops->pdata[i])->at = g_get_real_time ();
  source = g_idle_add_full (G_PRIORITY_DEFAULT, count_turn, &watch, NULL);
  g_signal_connect (naive->workspace, "performed", G_CALLBACK (watch_cb), &watch);
  arrive (naive, ops);
  g_assert_true (baton_workspace_is_following (naive->workspace));
  /* Idle sources of a lower priority would wait for the one that counts. */
  g_source_remove (source);
  source = g_idle_add_full (G_PRIORITY_HIGH_IDLE + 30, count_turn, &watch, NULL);
  naive_wait (is_quiet, naive);
  g_source_remove (source);
  g_signal_handlers_disconnect_by_data (naive->workspace, &watch);
  g_assert_cmpuint (watch.slices, >, 50);
  g_assert_cmpuint (watch.turns_with_slices, >, 1);
  g_assert_cmpuint (watch.cards, >=, 6000);
  naive_check (naive, "6,000 changed");
}

/* One change of somebody else is there at once. */
static void
test_small (void)
{
  g_autoptr (Naive) naive = naive_new ();
  GPtrArray *ops = new_ops ();

  g_ptr_array_add (ops, titled (naive->ids->cards[0], "Theirs"));
  arrive (naive, ops);
  g_assert_false (baton_workspace_is_following (naive->workspace));
  naive_check (naive, "one change");
}

/* What is done here to a card that waits to be shown comes behind what waits, and is seen at once. */
static void
test_own (void)
{
  g_autoptr (Naive) naive = naive_new ();
  g_autoptr (GPtrArray) ids = add_cards (naive, 3000);
  const char *last = ids->pdata[2999];
  GPtrArray *ops = new_ops ();

  naive_wait (is_quiet, naive);
  for (guint i = 0; i < ids->len; i++)
    g_ptr_array_add (ops, titled (ids->pdata[i], "Theirs"));
  arrive (naive, ops);
  g_assert_true (baton_workspace_is_following (naive->workspace));
  g_assert_cmpstr (baton_item_text (baton_board_card (naive->board, last), BATON_CARD_TITLE), ==, "New");
  naive_do (naive, baton_test_op_text (BATON_VERB_CARD_SET, last, BATON_CARD_TITLE, "Mine"));
  g_assert_true (baton_workspace_is_following (naive->workspace));
  g_assert_cmpstr (baton_item_text (baton_board_card (naive->board, last), BATON_CARD_TITLE), ==, "Mine");
  naive_wait (is_quiet, naive);
  g_assert_cmpstr (baton_item_text (baton_board_card (naive->board, last), BATON_CARD_TITLE), ==, "Mine");
  naive_check (naive, "one of mine among theirs");
}

/* What comes along with what was changed here may speak of rows that have not been shown yet: those come
 * first. */
static void
test_chain (void)
{
  g_autoptr (Naive) naive = naive_new ();
  g_autoptr (GPtrArray) ids = add_cards (naive, 3000);
  const char *here = naive->ids->cards[0];
  GPtrArray *ops = new_ops ();

  g_ptr_array_add (ops, titled (ids->pdata[2999], "Changed after it came"));
  g_ptr_array_add (ops, titled (here, "Theirs"));
  arrive (naive, ops);
  g_assert_true (baton_workspace_is_following (naive->workspace));
  naive_do (naive, baton_test_op_text (BATON_VERB_CARD_SET, here, BATON_CARD_TITLE, "Mine"));
  naive_wait (is_quiet, naive);
  naive_check (naive, "a chain");
}

/* A large board that is read anew takes its cards bit by bit and misses nothing. */
static void
test_read_again (void)
{
  g_autoptr (Naive) naive = naive_new ();
  g_autoptr (GPtrArray) ids = add_cards (naive, 4000);
  BatonItem *held = NULL;

  naive_wait (is_quiet, naive);
  held = baton_board_card (naive->board, ids->pdata[5]);
  for (guint round = 0; round < 6; round++)
    {
      GPtrArray *ops = new_ops ();

      for (guint i = 0; i < 600; i++)
        g_ptr_array_add (ops, baton_test_op_text (BATON_VERB_CARD_SET, ids->pdata[round * 500 + i],
                                  BATON_CARD_TITLE, "Many at once"));
      g_assert_true (baton_workspace_perform_batch (naive->workspace, ops, NULL, NULL, NULL));
      g_assert_true (baton_board_is_reading (naive->board));
      for (guint i = 0; i < round; i++)
        g_main_context_iteration (NULL, FALSE);
      g_usleep (round % 3 * 10000);
      for (guint i = 0; i < 2 * round; i++)
        g_main_context_iteration (NULL, FALSE);
      naive_do (naive, baton_test_op_move (ids->pdata[round], NULL, naive->ids->stages[3]));
      naive_do (naive, baton_test_op_ids (BATON_VERB_CARD_BIN, ids->pdata[3900 + round], NULL));
      naive_wait (is_quiet, naive);
      naive_check (naive, "read again");
    }
  g_assert_true (baton_board_card (naive->board, ids->pdata[5]) == held);
}

static void
test_close (void)
{
  g_autoptr (Naive) naive = naive_new ();
  g_autoptr (GPtrArray) ids = add_cards (naive, 1000);

  g_assert_true (baton_workspace_is_following (naive->workspace));
}

/* Histories at random. */

static BatonTestPool *
fill_pool (Naive *naive)
{
  BatonTestPool *pool = baton_test_pool_new ();

  for (guint entity = 0; entity < BATON_N_ENTITIES; entity++)
    {
      g_autoptr (GPtrArray) rows = baton_reader_rows (
          baton_workspace_reader (naive->workspace), entity, BATON_FIELD_NONE, NULL, TRUE, NULL);

      for (guint i = 0; i < rows->len; i++)
        baton_test_pool_add (pool, entity, ((BatonRow *) g_ptr_array_index (rows, i))->id);
    }
  return pool;
}

static BatonOp *
some_op (BatonTestRandom *random, BatonTestPool *pool)
{
  static const BatonVerb common[] = { BATON_VERB_CARD_ADD, BATON_VERB_CARD_MOVE, BATON_VERB_CARD_MOVE,
    BATON_VERB_CARD_SET, BATON_VERB_CARD_LABEL, BATON_VERB_CARD_DEPEND, BATON_VERB_CARD_BIN,
    BATON_VERB_CARD_RESTORE, BATON_VERB_STAGE_SET, BATON_VERB_STAGE_MOVE, BATON_VERB_PERSON_SET,
    BATON_VERB_COMMENT_ADD };
  BatonVerb verb = common[baton_test_below (random, G_N_ELEMENTS (common))];

  return baton_test_op (pool, random, verb, g_get_real_time (), 3);
}

static void
change_view (Naive *naive, BatonTestRandom *random)
{
  g_autoptr (BatonFilter) filter = baton_filter_new ();

  baton_board_set_lanes (naive->board, baton_test_below (random, BATON_LANES_URGENCY + 1));
  if (baton_test_chance (random, 40))
    baton_filter_set (filter, BATON_FILTER_BLOCKED, "no", TRUE);
  if (baton_test_chance (random, 40))
    baton_filter_set (filter, BATON_FILTER_KIND, "backlog", TRUE);
  baton_board_set_filter (naive->board, filter);
}

static void
step (Naive *naive, BatonTestRandom *random)
{
  g_autoptr (BatonTestPool) pool = fill_pool (naive);
  guint kind = baton_test_below (random, 10);
  GPtrArray *ops;

  if (kind == 0)
    change_view (naive, random);
  else if (kind < 4)
    {
      ops = new_ops ();
      for (guint n = 1 + baton_test_below (random, 200); n > 0; n--)
        g_ptr_array_add (ops, some_op (random, pool));
      arrive (naive, ops);
    }
  else if (kind == 4)
    {
      ops = new_ops ();
      for (guint i = 0; i < 201; i++)
        {
          g_autofree char *id = baton_store_new_id ();

          g_ptr_array_add (ops, baton_test_op_card (id, naive->ids->stages[0], "Many"));
        }
      baton_workspace_perform_batch (naive->workspace, ops, NULL, NULL, NULL);
    }
  else if (kind < 9)
    naive_try (naive, some_op (random, pool), NULL);
  else
    baton_workspace_undo (naive->workspace, FALSE, NULL, NULL);
  for (guint n = baton_test_below (random, 4); n > 0; n--)
    g_main_context_iteration (NULL, FALSE);
}

static void
test_random (gconstpointer data)
{
  BatonTestRandom random = baton_test_random (GPOINTER_TO_UINT (data));
  guint rounds = baton_test_rounds (8);

  for (guint i = 0; i < rounds; i++)
    {
      g_autoptr (Naive) naive = naive_new ();
      g_autofree char *where = g_strdup_printf (
          "seed %" G_GUINT64_FORMAT ", stream %u, round %u", baton_test_seed (), GPOINTER_TO_UINT (data), i);

      for (guint n = 2 + baton_test_below (&random, 10); n > 0; n--)
        step (naive, &random);
      naive_wait (is_quiet, naive);
      naive_check (naive, where);
    }
}

int
main (int argc, char **argv)
{
  baton_test_init (&argc, &argv);
  g_test_add_func ("/board/slices/turns", test_turns);
  g_test_add_func ("/board/slices/small", test_small);
  g_test_add_func ("/board/slices/own", test_own);
  g_test_add_func ("/board/slices/chain", test_chain);
  g_test_add_func ("/board/slices/read-again", test_read_again);
  g_test_add_func ("/board/slices/close", test_close);
  for (guint i = 0; i < 3; i++)
    {
      g_autofree char *path = g_strdup_printf ("/board/slices/random/%u", i);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_random);
    }
  return g_test_run ();
}
