/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A board as event arrays: what follows every change is what is read anew, and what was undone did not
 * happen. */
#include "exchange-common.h"
#include "metrics.h"
#include "sample.h"
#include "times.h"
#include "test-folder.h"

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
  g_assert_cmpuint (x->satisfaction, ==, y->satisfaction);
  for (guint i = 0; i < BATON_FLOW_N_DIMS; i++)
    g_assert_cmpuint (x->dims[i], ==, y->dims[i]);
  for (guint32 i = 0; i < x->n; i++)
    {
      const BatonFlowEvent *e = &baton_flow_events (a->flow, x)[i];
      const BatonFlowEvent *f = &baton_flow_events (b->flow, y)[i];

      g_assert_cmpint (e->at, ==, f->at);
      g_assert_cmpuint (e->type, ==, f->type);
      g_assert_cmpuint (e->person, ==, f->person);
      g_assert_cmpuint (e->source, ==, f->source);
      if (e->type == BATON_FLOW_ENTER)
        g_assert_cmpuint (e->stage, ==, f->stage);
    }
}

static void
check_same (const BatonMetrics *a, const BatonMetrics *b)
{
  g_assert_cmpuint (a->cards->len, ==, b->cards->len);
  g_assert_cmpuint (a->flow->calls->len, ==, b->flow->calls->len);
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

      id = baton_store_new_id ();
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
  else if (verb == BATON_VERB_CARD_SET && g_rand_boolean (rand))
    baton_op_set_text (op, BATON_CARD_SATISFACTION, g_rand_boolean (rand) ? "4" : "1");
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
  baton_test_folder_remove (folder);
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
  baton_test_folder_remove (folder);
  g_free (folder);
}

static void
perform (BatonWorkspace *workspace, BatonOp *op)
{
  g_autoptr (GError) error = NULL;

  baton_workspace_perform (workspace, op, NULL, &error);
  g_assert_no_error (error);
}

static guint
count_calls (const BatonMetrics *metrics, BatonFlowCallKind kind)
{
  guint n = 0;

  for (guint i = 0; i < metrics->flow->calls->len; i++)
    n += g_array_index (metrics->flow->calls, BatonFlowCall, i).kind == kind;
  return n;
}

static guint
count_events (const BatonMetrics *metrics, guint32 card, BatonFlowEventType type)
{
  guint n = 0;

  for (guint32 i = 0; i < metrics->flow->cards[card].n; i++)
    n += baton_flow_events (metrics->flow, &metrics->flow->cards[card])[i].type == type;
  return n;
}

/* What is done now is known exactly, what the sample tells is a record; giving a card away, naming somebody
 * and putting a card elsewhere are seen, doing it for oneself is not. */
static void
test_calls (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *board = NULL;
  g_autofree char *comment = baton_store_new_id ();
  g_autoptr (BatonMetrics) before = NULL;
  g_autoptr (BatonMetrics) after = NULL;
  BatonWorkspace *workspace;
  BatonFlowCard *card = NULL;
  const char *id, *other, *neighbour = NULL, *me;
  guint32 index = 0;
  BatonOp *op;
  BatonRow *row;
  char *folder;

  workspace = fresh_workspace (&folder);
  baton_sample_make (workspace, g_get_real_time (), NULL, NULL, &error);
  g_assert_no_error (error);
  board = first_board (workspace);
  before = load (workspace, board);
  me = g_ptr_array_index (before->people.ids, 2);
  baton_workspace_set_me (workspace, me, &error);
  g_assert_no_error (error);
  for (guint32 i = 0; i < before->flow->n_cards; i++)
    {
      const BatonFlowCard *one = &before->flow->cards[i];

      if (one->hidden || one->left != BATON_FLOW_NEVER || one->stage != 0)
        continue;
      if (neighbour == NULL)
        neighbour = g_ptr_array_index (before->cards, i);
      else
        index = i;
    }
  g_assert_cmpuint (index, >, 0);
  id = g_ptr_array_index (before->cards, index);
  for (guint32 i = 0; i < before->flow->n_cards; i++)
    for (guint32 e = 0; e < before->flow->cards[i].n; e++)
      g_assert_cmpuint (
          baton_flow_events (before->flow, &before->flow->cards[i])[e].source, ==, BATON_FLOW_RECORDED);
  other = g_ptr_array_index (before->people.ids, 3);
  for (guint i = 0; i < 2; i++)
    {
      op = baton_op_new (BATON_VERB_CARD_SET);
      baton_op_add_id (op, id);
      baton_op_set_text (op, BATON_CARD_OWNER, i == 0 ? me : other);
      perform (workspace, op);
    }
  op = baton_op_new (BATON_VERB_COMMENT_ADD);
  row = baton_op_add_row (op, BATON_ENTITY_COMMENT, comment);
  baton_row_set_text (row, BATON_COMMENT_CARD, id);
  baton_row_set_text (row, BATON_COMMENT_TEXT, "Look, please");
  perform (workspace, op);
  for (guint i = 0; i < 2; i++)
    {
      op = baton_op_new (BATON_VERB_COMMENT_MENTION);
      baton_op_add_id (op, comment);
      baton_op_link (op, BATON_COMMENT_MENTIONS, TRUE, i == 0 ? me : other);
      perform (workspace, op);
    }
  op = baton_op_new (BATON_VERB_CARD_MOVE);
  baton_op_add_id (op, id);
  baton_op_set_to (op, g_ptr_array_index (before->stages.ids, 0));
  baton_op_set_place (op, neighbour, NULL);
  perform (workspace, op);
  op = baton_op_new (BATON_VERB_CARD_MOVE);
  baton_op_add_id (op, id);
  baton_op_set_to (op, g_ptr_array_index (before->stages.ids, 1));
  perform (workspace, op);
  after = load (workspace, board);
  card = &after->flow->cards[index];
  g_assert_cmpuint (
      count_calls (after, BATON_FLOW_CALL_ASSIGN), ==, count_calls (before, BATON_FLOW_CALL_ASSIGN) + 1);
  g_assert_cmpuint (
      count_calls (after, BATON_FLOW_CALL_MENTION), ==, count_calls (before, BATON_FLOW_CALL_MENTION) + 1);
  g_assert_cmpuint (
      count_events (after, index, BATON_FLOW_ORDER), ==, count_events (before, index, BATON_FLOW_ORDER) + 1);
  g_assert_cmpuint (card->stage, ==, 1);
  g_assert_cmpuint (baton_flow_events (after->flow, card)[card->n - 1].source, ==, BATON_FLOW_EXACT);
  baton_workspace_close (workspace);
  g_object_unref (workspace);
  baton_test_folder_remove (folder);
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
  baton_test_folder_remove (folder);
  g_free (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/metrics/follow", test_follow);
  g_test_add_func ("/metrics/undone", test_undone);
  g_test_add_func ("/metrics/calls", test_calls);
  g_test_add_func ("/metrics/removed-stage", test_removed_stage);
  return g_test_run ();
}
