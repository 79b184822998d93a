/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-flow"

#include "handoff.h"

typedef struct
{
  BatonFlowHandoffs *handoffs; /* NULL: only func is told */
  BatonFlowPassFunc func;      /* NULL: the edges are changed */
  gpointer data;
  const BatonFlowView *view;
  guint32 index;
  const BatonFlowCard *card;
  gboolean in;

  guint32 holder; /* whose hands it is in, or came from last */
  gint64 handed;  /* since when it waits in a queue, or NEVER */
} Walk;

static guint
edge_hash (gconstpointer key)
{
  const BatonFlowEdge *edge = key;

  return ((edge->from * 31 + edge->to) * 31 + edge->channel) * 31 + edge->asset_type;
}

static gboolean
edge_equal (gconstpointer a, gconstpointer b)
{
  const BatonFlowEdge *x = a;
  const BatonFlowEdge *y = b;

  return x->from == y->from && x->to == y->to && x->channel == y->channel && x->asset_type == y->asset_type;
}

static void
edge_free (gpointer data)
{
  BatonFlowEdge *edge = data;

  baton_flow_sample_clear (&edge->wait);
  g_free (edge);
}

static guint32
role_of (const BatonFlow *flow, guint32 person)
{
  return person < flow->n_roles ? flow->roles[person] : BATON_FLOW_NONE;
}

static BatonFlowEdge
key_of (BatonFlowGrain grain, const BatonFlow *flow, const BatonFlowCard *card, guint32 from, guint32 to)
{
  gboolean by_role = (grain & BATON_FLOW_BY_ROLE) != 0;

  return (BatonFlowEdge){ .from = by_role ? role_of (flow, from) : from,
    .to = by_role ? role_of (flow, to) : to,
    .channel = grain & BATON_FLOW_BY_CHANNEL ? card->dims[BATON_FLOW_CHANNEL] : BATON_FLOW_NONE,
    .asset_type = grain & BATON_FLOW_BY_ASSET_TYPE ? card->dims[BATON_FLOW_ASSET_TYPE] : BATON_FLOW_NONE };
}

BatonFlowEdge *
baton_flow_handoffs_find (
    const BatonFlowHandoffs *handoffs, const BatonFlowView *view, const BatonFlowPass *pass)
{
  BatonFlowEdge key =
      key_of (handoffs->grain, view->flow, &view->flow->cards[pass->card], pass->from, pass->to);

  return g_hash_table_lookup (handoffs->found, &key);
}

static BatonFlowEdge *
edge_for (Walk *self, guint32 to)
{
  BatonFlowHandoffs *handoffs = self->handoffs;
  BatonFlowEdge key = key_of (handoffs->grain, self->view->flow, self->card, self->holder, to);
  BatonFlowEdge *edge = g_hash_table_lookup (handoffs->found, &key);

  if (edge != NULL)
    return edge;
  edge = g_memdup2 (&key, sizeof key);
  g_hash_table_add (handoffs->found, edge);
  g_ptr_array_add (handoffs->edges, edge);
  return edge;
}

static void
hand_over (Walk *self, const BatonFlowEvent *event, gint64 wait, gboolean direct)
{
  BatonFlowPass pass = { self->index, self->holder, event->person, event->stage, wait, direct };
  BatonFlowEdge *edge;

  if (self->func != NULL)
    {
      self->func (&pass, self->data);
      return;
    }
  edge = edge_for (self, event->person);
  if (self->in)
    baton_flow_sample_add (&edge->wait, wait);
  else
    baton_flow_sample_remove (&edge->wait, wait);
  if (direct)
    edge->direct += self->in ? 1 : -1;
}

static void
end_wait (Walk *self, const BatonFlowEvent *event)
{
  BatonFlowHandoffs *handoffs = self->handoffs;
  gint64 wait = baton_flow_view_between (self->view, self->handed, event->at);
  double signed_wait = self->in ? (double) wait : -(double) wait;

  if (!baton_flow_view_in_period (self->view, event->at))
    return;
  if (handoffs != NULL)
    handoffs->waiting += signed_wait;
  if (self->holder != BATON_FLOW_NONE && event->person != BATON_FLOW_NONE && self->holder != event->person)
    hand_over (self, event, wait, FALSE);
  else if (handoffs != NULL && self->holder == event->person && event->person != BATON_FLOW_NONE)
    handoffs->own += signed_wait;
  else if (handoffs != NULL)
    handoffs->unknown += signed_wait;
}

static void
enter (Walk *self, const BatonFlowEvent *event)
{
  BatonFlowKind kind = baton_flow_kind (self->view->flow, event->stage);

  if (kind == BATON_FLOW_QUEUE)
    {
      if (self->handed != BATON_FLOW_NEVER)
        return;
      self->handed = event->at;
      self->holder = event->person;
      return;
    }
  if (self->handed != BATON_FLOW_NEVER && kind != BATON_FLOW_BACKLOG)
    end_wait (self, event);
  else if (baton_flow_is_work (kind) && self->holder != BATON_FLOW_NONE && event->person != BATON_FLOW_NONE &&
           event->person != self->holder && baton_flow_view_in_period (self->view, event->at))
    hand_over (self, event, 0, TRUE);
  self->handed = BATON_FLOW_NEVER;
  /* In a backlog, and when it is done, it is in nobody's hands. */
  self->holder = baton_flow_is_work (kind) ? event->person : BATON_FLOW_NONE;
}

/* With its view set. */
static void
walk (Walk *self, guint32 index)
{
  const BatonFlowEvent *events;

  self->index = index;
  self->card = &self->view->flow->cards[index];
  self->holder = BATON_FLOW_NONE;
  self->handed = BATON_FLOW_NEVER;
  if (!baton_flow_view_has (self->view, self->card))
    return;
  events = baton_flow_events (self->view->flow, self->card);
  for (guint32 i = 0; i < self->card->n; i++)
    {
      if (events[i].type == BATON_FLOW_ENTER)
        enter (self, &events[i]);
    }
}

void
baton_flow_handoffs_put (BatonFlowHandoffs *handoffs, const BatonFlowView *view, guint32 index, gboolean in)
{
  Walk self = { .handoffs = handoffs, .view = view, .in = in };

  walk (&self, index);
}

void
baton_flow_handoffs_each (const BatonFlowView *view, BatonFlowPassFunc func, gpointer data)
{
  Walk self = { .func = func, .data = data, .view = view, .in = TRUE };

  for (guint32 i = 0; i < view->flow->n_cards; i++)
    walk (&self, i);
}

static gboolean
fits (guint32 said, guint32 value)
{
  return said == BATON_FLOW_NONE || said == value;
}

const BatonFlowMark *
baton_flow_mark_find (
    const BatonFlow *flow, gboolean by_role, guint32 from, guint32 to, guint32 channel, guint32 asset_type)
{
  const BatonFlowMark *found = NULL;
  int closest = -1;

  for (guint i = 0; i < flow->marks->len; i++)
    {
      const BatonFlowMark *mark = &g_array_index (flow->marks, BatonFlowMark, i);
      /* Channels are told apart before types where both have said something. */
      int close = 2 * (mark->channel != BATON_FLOW_NONE) + (mark->asset_type != BATON_FLOW_NONE);

      if (mark->of_roles != by_role || mark->from != from || mark->to != to || close <= closest ||
          !fits (mark->channel, channel) || !fits (mark->asset_type, asset_type))
        continue;
      found = mark;
      closest = close;
    }
  return found;
}

BatonFlowHandoffs *
baton_flow_handoffs_new (const BatonFlowView *view, BatonFlowGrain grain)
{
  BatonFlowHandoffs *handoffs = g_new0 (BatonFlowHandoffs, 1);

  handoffs->grain = grain;
  handoffs->edges = g_ptr_array_new_with_free_func (edge_free);
  handoffs->found = g_hash_table_new (edge_hash, edge_equal);
  for (guint32 i = 0; i < view->flow->n_cards; i++)
    baton_flow_handoffs_put (handoffs, view, i, TRUE);
  baton_flow_handoffs_rank (handoffs);
  for (guint i = 0; i < handoffs->edges->len; i++)
    {
      BatonFlowEdge *edge = g_ptr_array_index (handoffs->edges, i);

      edge->mark = baton_flow_mark_find (view->flow, (grain & BATON_FLOW_BY_ROLE) != 0, edge->from, edge->to,
          edge->channel, edge->asset_type);
    }
  return handoffs;
}

void
baton_flow_handoffs_free (BatonFlowHandoffs *handoffs)
{
  g_hash_table_unref (handoffs->found);
  g_ptr_array_unref (handoffs->edges);
  g_free (handoffs);
}

static int
compare_edges (gconstpointer a, gconstpointer b)
{
  const BatonFlowEdge *x = *(BatonFlowEdge *const *) a;
  const BatonFlowEdge *y = *(BatonFlowEdge *const *) b;

  if (x->wait.total != y->wait.total)
    return x->wait.total < y->wait.total ? 1 : -1;
  if (x->wait.n != y->wait.n)
    return x->wait.n < y->wait.n ? 1 : -1;
  if (x->from != y->from)
    return x->from > y->from ? 1 : -1;
  return (x->to > y->to) - (x->to < y->to);
}

void
baton_flow_handoffs_rank (BatonFlowHandoffs *handoffs)
{
  for (guint i = handoffs->edges->len; i > 0; i--)
    {
      BatonFlowEdge *edge = g_ptr_array_index (handoffs->edges, i - 1);

      if (edge->wait.n > 0)
        {
          edge->share = handoffs->waiting > 0 ? edge->wait.total / handoffs->waiting : 0;
          continue;
        }
      g_hash_table_remove (handoffs->found, edge);
      g_ptr_array_remove_index_fast (handoffs->edges, i - 1);
    }
  g_ptr_array_sort (handoffs->edges, compare_edges);
}
