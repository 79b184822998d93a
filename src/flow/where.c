/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-flow"

#include "where.h"

typedef struct
{
  const BatonFlowView *view;
  const BatonFlowCard *card;
  BatonFlowSpent *rows[2];
  guint n_rows;
  gint64 sign;
} Spending;

/* From one moment to the next nothing changes: neither stage nor whether it is blocked. */
static void
spend (Spending *self, guint16 stage, gboolean blocked, gint64 from, gint64 to)
{
  gint64 started = self->card->started != BATON_FLOW_NEVER ? self->card->started : self->card->finished;
  gint64 before, within;

  to = MIN (to, self->card->finished);
  if (to <= from)
    return;
  before = baton_flow_view_between (self->view, from, MIN (to, started)) * self->sign;
  within = baton_flow_view_between (self->view, MAX (from, started), to) * self->sign;
  for (guint i = 0; i < self->n_rows; i++)
    {
      BatonFlowSpent *spent = &self->rows[i][stage];

      spent->before += before;
      if (blocked)
        spent->blocked += within;
      else if (baton_flow_is_work (baton_flow_kind (self->view->flow, stage)))
        spent->active += within;
      else
        spent->waiting += within;
    }
}

static void
visit (Spending *self, guint16 stage, gboolean first)
{
  for (guint i = 0; i < self->n_rows; i++)
    {
      self->rows[i][stage].visits += self->sign > 0 ? 1 : -1;
      if (first)
        self->rows[i][stage].cards += self->sign > 0 ? 1 : -1;
    }
}

static gboolean
was_there (const BatonFlowEvent *events, guint32 n, guint16 stage)
{
  for (guint32 i = 0; i < n; i++)
    {
      if (events[i].type == BATON_FLOW_ENTER && events[i].stage == stage)
        return TRUE;
    }
  return FALSE;
}

static void
walk (Spending *self)
{
  const BatonFlowEvent *events = baton_flow_events (self->view->flow, self->card);
  guint16 stage = BATON_FLOW_NO_STAGE;
  gboolean blocked = FALSE;
  gint64 since = self->card->created;

  for (guint32 i = 0; i < self->card->n && events[i].at <= self->card->finished; i++)
    {
      const BatonFlowEvent *event = &events[i];

      if (event->type != BATON_FLOW_ENTER && event->type != BATON_FLOW_BLOCK &&
          event->type != BATON_FLOW_UNBLOCK)
        continue;
      /* What was before the first stage counts as time in it. */
      if (stage == BATON_FLOW_NO_STAGE && event->type == BATON_FLOW_ENTER)
        spend (self, event->stage, FALSE, since, event->at);
      else if (stage != BATON_FLOW_NO_STAGE)
        spend (self, stage, blocked, since, event->at);
      since = event->at;
      if (event->type != BATON_FLOW_ENTER)
        blocked = event->type == BATON_FLOW_BLOCK;
      else if (event->stage != stage)
        visit (self, event->stage, !was_there (events, i, event->stage));
      if (event->type == BATON_FLOW_ENTER)
        stage = event->stage;
    }
}

static BatonFlowSpent *
row_of (BatonFlowWhere *where, guint32 value)
{
  gpointer row;

  if (!g_hash_table_lookup_extended (where->rows, GUINT_TO_POINTER (value), NULL, &row))
    {
      g_array_append_val (where->values, value);
      row = GUINT_TO_POINTER (where->values->len);
      g_hash_table_insert (where->rows, GUINT_TO_POINTER (value), row);
      where->spent =
          g_renew (BatonFlowSpent, where->spent, (gsize) (where->values->len + 1) * where->n_stages + 1);
      for (guint i = 0; i < where->n_stages; i++)
        where->spent[GPOINTER_TO_UINT (row) * where->n_stages + i] = (BatonFlowSpent){ 0 };
    }
  return where->spent + GPOINTER_TO_UINT (row) * where->n_stages;
}

void
baton_flow_where_put (BatonFlowWhere *where, const BatonFlowView *view, guint32 index, gboolean in)
{
  const BatonFlowCard *card = &view->flow->cards[index];
  Spending self = { .view = view, .card = card, .n_rows = 2, .sign = in ? 1 : -1 };

  if (!baton_flow_view_has (view, card) || card->state != BATON_FLOW_FINISHED ||
      !baton_flow_view_in_period (view, card->finished))
    return;
  self.rows[1] = row_of (where, card->dims[where->dim]);
  self.rows[0] = where->spent;
  walk (&self);
}

BatonFlowWhere *
baton_flow_where_new (const BatonFlowView *view, BatonFlowDim dim)
{
  BatonFlowWhere *where = g_new0 (BatonFlowWhere, 1);

  where->n_stages = view->flow->n_stages;
  where->dim = dim;
  where->values = g_array_new (FALSE, FALSE, sizeof (guint32));
  where->rows = g_hash_table_new (NULL, NULL);
  where->spent = g_new0 (BatonFlowSpent, where->n_stages + 1);
  for (guint32 i = 0; i < view->flow->n_cards; i++)
    baton_flow_where_put (where, view, i, TRUE);
  return where;
}

void
baton_flow_where_free (BatonFlowWhere *where)
{
  g_array_unref (where->values);
  g_hash_table_unref (where->rows);
  g_free (where->spent);
  g_free (where);
}

BatonFlowSpent
baton_flow_where_total (const BatonFlowWhere *where, guint row)
{
  BatonFlowSpent total = { 0 };

  for (guint i = 0; i < where->n_stages; i++)
    {
      const BatonFlowSpent *spent = &where->spent[(gsize) row * where->n_stages + i];

      total.active += spent->active;
      total.waiting += spent->waiting;
      total.blocked += spent->blocked;
      total.before += spent->before;
      total.visits += spent->visits;
      total.cards += spent->cards;
    }
  return total;
}

double
baton_flow_efficiency (const BatonFlowSpent *spent)
{
  gint64 elapsed = spent->active + spent->waiting + spent->blocked;

  return elapsed > 0 ? (double) spent->active / (double) elapsed : -1;
}
