/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A board as event arrays: what follows every change is what is read anew, and what was undone did not
 * happen. */
#include "exchange-common.h"
#include "metrics.h"
#include "sample.h"
#include "times.h"

static char *
first_board (BatonWorkspace *workspace)
{
  g_autoptr (GPtrArray) rows = baton_reader_rows (
      baton_workspace_reader (workspace), BATON_ENTITY_BOARD, BATON_FIELD_NONE, NULL, TRUE, NULL);

  g_assert_cmpuint (rows->len, >, 0);
  return g_strdup (((BatonRow *) g_ptr_array_index (rows, 0))->id);
}

static BatonMetrics *
load (BatonWorkspace *workspace, const char *board)
{
  g_autoptr (GError) error = NULL;
  BatonMetrics *metrics = baton_metrics_load (baton_workspace_reader (workspace), board, &error);

  g_assert_no_error (error);
  return metrics;
}

static void
check_card (const BatonMetrics *a, const BatonFlowCard *x, const BatonMetrics *b, const BatonFlowCard *y)
{
  g_assert_cmpint (x->created, ==, y->created);
  g_assert_cmpint (x->hidden, ==, y->hidden);
  g_assert_cmpint (x->state, ==, y->state);
  g_assert_cmpint (x->started, ==, y->started);
  g_assert_cmpint (x->finished, ==, y->finished);
  g_assert_cmpint (x->left, ==, y->left);
  g_assert_cmpint (x->blocked, ==, y->blocked);
  g_assert_cmpuint (x->n, ==, y->n);
  for (guint i = 0; i < BATON_FLOW_N_DIMS; i++)
    g_assert_cmpuint (x->dims[i], ==, y->dims[i]);
  for (guint32 i = 0; i < x->n; i++)
    {
      const BatonFlowEvent *e = &baton_flow_events (a->flow, x)[i];
      const BatonFlowEvent *f = &baton_flow_events (b->flow, y)[i];

      g_assert_cmpint (e->at, ==, f->at);
      g_assert_cmpuint (e->type, ==, f->type);
      g_assert_cmpuint (e->person, ==, f->person);
      if (e->type == BATON_FLOW_ENTER)
        g_assert_cmpuint (e->stage, ==, f->stage);
    }
}

static void
check_same (const BatonMetrics *a, const BatonMetrics *b)
{
  g_assert_cmpuint (a->cards->len, ==, b->cards->len);
  for (guint i = 0; i < a->cards->len; i++)
    {
      guint j = GPOINTER_TO_UINT (g_hash_table_lookup (b->card_ids, g_ptr_array_index (a->cards, i)));

      g_assert_cmpuint (j, >, 0);
      check_card (a, &a->flow->cards[i], b, &b->flow->cards[j - 1]);
    }
}

typedef struct
{
  BatonWorkspace *workspace;
  BatonMetrics *metrics;
  char *board;
  guint reloads;
} Following;

static void
performed_cb (BatonWorkspace *workspace, BatonOp *op, BatonEffect *effect, Following *self)
{
  BatonMetricsFollow follow =
      baton_metrics_follow (self->metrics, baton_workspace_reader (workspace), op, effect, NULL, NULL);

  if (follow != BATON_METRICS_RELOAD)
    return;
  baton_metrics_free (self->metrics);
  self->metrics = load (workspace, self->board);
  self->reloads++;
}

static const char *
any (GRand *rand, GPtrArray *ids)
{
  return g_ptr_array_index (ids, g_rand_int_range (rand, 0, (gint32) ids->len));
}

static BatonOp *
random_op (Following *self, GRand *rand)
{
  static const BatonVerb verbs[] = { BATON_VERB_CARD_MOVE, BATON_VERB_CARD_MOVE, BATON_VERB_CARD_MOVE,
    BATON_VERB_CARD_BLOCK, BATON_VERB_CARD_UNBLOCK, BATON_VERB_CARD_ARCHIVE, BATON_VERB_CARD_UNARCHIVE,
    BATON_VERB_CARD_BIN, BATON_VERB_CARD_RESTORE, BATON_VERB_CARD_SET, BATON_VERB_CARD_ADD };
  BatonVerb verb = verbs[g_rand_int_range (rand, 0, G_N_ELEMENTS (verbs))];
  BatonOp *op = baton_op_new (verb);
  g_autofree char *id = NULL;

  if (verb == BATON_VERB_CARD_ADD)
    {
      BatonRow *row;

      id = baton_workspace_new_id ();
      row = baton_op_add_row (op, BATON_ENTITY_CARD, id);
      baton_row_set_text (row, BATON_CARD_TITLE, "New");
      baton_row_set_text (row, BATON_CARD_STAGE, any (rand, self->metrics->stages.ids));
      return op;
    }
  baton_op_add_id (op, any (rand, self->metrics->cards));
  if (verb == BATON_VERB_CARD_MOVE)
    baton_op_set_to (op, any (rand, self->metrics->stages.ids));
  else if (verb == BATON_VERB_CARD_BLOCK)
    baton_op_set_text (op, BATON_CARD_BLOCKED_REASON, "Waits for \"pictures\", [and] more");
  else if (verb == BATON_VERB_CARD_UNBLOCK)
    baton_op_set_none (op, BATON_CARD_BLOCKED_REASON);
  else if (verb == BATON_VERB_CARD_SET)
    baton_op_set_text (op, BATON_CARD_OWNER, any (rand, self->metrics->people.ids));
  return op;
}

static void
test_follow (void)
{
  guint seed = g_test_rand_int ();
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
  g_autoptr (GError) error = NULL;
  Following self = { 0 };
  char *folder;
  guint done = 0;

  g_test_message ("seed %u", seed);
  self.workspace = fresh_workspace (&folder);
  baton_sample_make (self.workspace, g_get_real_time (), NULL, NULL, &error);
  g_assert_no_error (error);
  self.board = first_board (self.workspace);
  self.metrics = load (self.workspace, self.board);
  g_signal_connect (self.workspace, "performed", G_CALLBACK (performed_cb), &self);
  for (guint i = 0; i < 300; i++)
    {
      g_autoptr (GError) refused = NULL;
      g_autoptr (BatonMetrics) fresh = NULL;

      if (i % 7 == 6)
        baton_workspace_undo (self.workspace, i % 3 == 0, NULL, &refused);
      else
        done += baton_workspace_perform (self.workspace, random_op (&self, rand), NULL, &refused);
      if (i % 10 != 9)
        continue;
      fresh = load (self.workspace, self.board);
      check_same (self.metrics, fresh);
    }
  g_assert_cmpuint (done, >, 100);
  g_assert_cmpuint (self.reloads, ==, 0);
  baton_metrics_free (self.metrics);
  g_free (self.board);
  baton_workspace_close (self.workspace);
  g_object_unref (self.workspace);
  remove_folder (folder);
  g_free (folder);
}

static void
test_undone (void)
{
  g_autoptr (GError) error = NULL;
  BatonWorkspace *workspace;
  BatonOp *op = baton_op_new (BATON_VERB_CARD_MOVE);
  g_autofree char *board = NULL;
  g_autoptr (BatonMetrics) before = NULL;
  g_autoptr (BatonMetrics) moved = NULL;
  g_autoptr (BatonMetrics) after = NULL;
  g_autoptr (BatonMetrics) again = NULL;
  char *folder;

  workspace = fresh_workspace (&folder);
  baton_sample_make (workspace, g_get_real_time (), NULL, NULL, &error);
  g_assert_no_error (error);
  board = first_board (workspace);
  before = load (workspace, board);
  baton_op_add_id (op, g_ptr_array_index (before->cards, 0));
  baton_op_set_to (op, g_ptr_array_index (before->stages.ids, (before->flow->cards[0].stage + 1) % 3));
  baton_workspace_perform (workspace, op, NULL, &error);
  g_assert_no_error (error);
  moved = load (workspace, board);
  g_assert_cmpuint (moved->flow->cards[0].n, ==, before->flow->cards[0].n + 1);
  baton_workspace_undo (workspace, FALSE, NULL, &error);
  g_assert_no_error (error);
  after = load (workspace, board);
  check_same (before, after);
  baton_workspace_undo (workspace, TRUE, NULL, &error);
  g_assert_no_error (error);
  again = load (workspace, board);
  check_same (moved, again);
  baton_workspace_close (workspace);
  g_object_unref (workspace);
  remove_folder (folder);
  g_free (folder);
}

/* A stage that was removed keeps its place in the past; the cards in it went elsewhere. */
static void
test_removed_stage (void)
{
  g_autoptr (GError) error = NULL;
  BatonWorkspace *workspace;
  BatonOp *op = baton_op_new (BATON_VERB_STAGE_REMOVE);
  g_autofree char *board = NULL;
  g_autoptr (BatonMetrics) before = NULL;
  g_autoptr (BatonMetrics) after = NULL;
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  char *folder;

  workspace = fresh_workspace (&folder);
  baton_sample_make (workspace, g_get_real_time (), NULL, NULL, &error);
  g_assert_no_error (error);
  board = first_board (workspace);
  before = load (workspace, board);
  baton_op_add_id (op, g_ptr_array_index (before->stages.ids, 2));
  baton_op_set_to (op, g_ptr_array_index (before->stages.ids, 3));
  baton_workspace_perform (workspace, op, NULL, &error);
  g_assert_no_error (error);
  after = load (workspace, board);
  g_assert_true (after->flow->stages[2].removed);
  {
    g_autoptr (BatonFlowView) old = baton_flow_view_new (before->flow, G_MAXINT64, utc);
    g_autoptr (BatonFlowView) new = baton_flow_view_new (after->flow, G_MAXINT64, utc);
    g_autoptr (BatonFlowTimes) was = baton_flow_times_new (old);
    g_autoptr (BatonFlowTimes) is = baton_flow_times_new (new);

    g_assert_cmpuint (was->cycle.n, >, 10);
    g_assert_cmpuint (was->cycle.n, ==, is->cycle.n);
    g_assert_cmpfloat (was->cycle.total, ==, is->cycle.total);
  }
  for (guint i = 0; i < after->flow->n_cards; i++)
    g_assert_cmpuint (after->flow->cards[i].stage, !=, 2);
  baton_workspace_close (workspace);
  g_object_unref (workspace);
  remove_folder (folder);
  g_free (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/metrics/follow", test_follow);
  g_test_add_func ("/metrics/undone", test_undone);
  g_test_add_func ("/metrics/removed-stage", test_removed_stage);
  return g_test_run ();
}
