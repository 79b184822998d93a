/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-flow"

#include "told.h"

typedef struct
{
  GArray *told;
  GHashTable *rows; /* person → row + 1 */
  GArray *cards;    /* instead: the cards of one person and kind */
  guint32 person;
  BatonFlowCallKind kind;
} Tally;

static void
count (Tally *self, guint32 person, BatonFlowCallKind kind, guint32 card)
{
  guint row;
  BatonFlowTold *told;

  if (self->cards != NULL)
    {
      if (person == self->person && kind == self->kind)
        g_array_append_val (self->cards, card);
      return;
    }
  row = GPOINTER_TO_UINT (g_hash_table_lookup (self->rows, GUINT_TO_POINTER (person)));
  if (row == 0)
    {
      BatonFlowTold one = { .person = person };

      g_array_append_val (self->told, one);
      row = self->told->len;
      g_hash_table_insert (self->rows, GUINT_TO_POINTER (person), GUINT_TO_POINTER (row));
    }
  told = &g_array_index (self->told, BatonFlowTold, row - 1);
  told->counts[kind]++;
  told->total++;
}

/* What somebody else had put into a queue, by whom it was taken out. */
static void
count_pulls (Tally *self, const BatonFlowView *view, guint32 index)
{
  const BatonFlowCard *card = &view->flow->cards[index];
  const BatonFlowEvent *events = baton_flow_events (view->flow, card);
  guint32 holder = BATON_FLOW_NONE;
  gboolean queued = FALSE;

  for (guint32 i = 0; i < card->n; i++)
    {
      BatonFlowKind kind;

      if (events[i].type != BATON_FLOW_ENTER)
        continue;
      kind = baton_flow_kind (view->flow, events[i].stage);
      if (kind == BATON_FLOW_QUEUE)
        {
          holder = queued ? holder : events[i].person;
          queued = TRUE;
          continue;
        }
      if (queued && kind != BATON_FLOW_BACKLOG && events[i].person != BATON_FLOW_NONE &&
          events[i].person != holder && baton_flow_view_in_period (view, events[i].at))
        count (self, events[i].person, BATON_FLOW_CALL_PULL, index);
      queued = FALSE;
    }
}

static int
by_total (gconstpointer a, gconstpointer b)
{
  const BatonFlowTold *x = a, *y = b;

  if (x->total != y->total)
    return x->total < y->total ? 1 : -1;
  return (x->person > y->person) - (x->person < y->person);
}

static void
count_all (Tally *self, const BatonFlowView *view)
{
  const BatonFlow *flow = view->flow;

  for (guint32 c = 0; c < flow->n_cards; c++)
    {
      if (baton_flow_view_has (view, &flow->cards[c]))
        count_pulls (self, view, c);
    }
  for (guint i = 0; i < flow->calls->len; i++)
    {
      const BatonFlowCall *call = &g_array_index (flow->calls, BatonFlowCall, i);

      if (call->person != BATON_FLOW_NONE && baton_flow_view_in_period (view, call->at) &&
          baton_flow_view_has (view, &flow->cards[call->card]))
        count (self, call->person, call->kind, call->card);
    }
}

GArray *
baton_flow_told (const BatonFlowView *view)
{
  g_autoptr (GHashTable) rows = g_hash_table_new (NULL, NULL);
  Tally self = { .told = g_array_new (FALSE, FALSE, sizeof (BatonFlowTold)), .rows = rows };

  count_all (&self, view);
  g_array_sort (self.told, by_total);
  return self.told;
}

GArray *
baton_flow_told_cards (const BatonFlowView *view, guint32 person, BatonFlowCallKind kind)
{
  Tally self = { .cards = g_array_new (FALSE, FALSE, sizeof (guint32)), .person = person, .kind = kind };

  count_all (&self, view);
  return self.cards;
}
