/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-flow"

#include "period.h"

#include "forecast.h"

static gboolean
is_finished (const BatonFlowCard *card)
{
  return card->state == BATON_FLOW_FINISHED || card->state == BATON_FLOW_NEVER_STARTED;
}

/* The part of a stay that lies within the cycle time, if it is waiting. */
static gint64
waited (const BatonFlowView *view, const BatonFlowCard *card, guint16 stage, gboolean blocked, gint64 from,
    gint64 to)
{
  if (stage == BATON_FLOW_NO_STAGE || blocked || baton_flow_is_work (baton_flow_kind (view->flow, stage)))
    return 0;
  return baton_flow_view_between (view, MAX (from, card->started), MIN (to, card->finished));
}

/* Also whether the card went back from a later place into work before it was finished. */
static gint64
wait_of (const BatonFlowView *view, const BatonFlowCard *card, gboolean *reworked)
{
  const BatonFlowEvent *events = baton_flow_events (view->flow, card);
  const guint16 *places = view->flow->places;
  guint16 stage = BATON_FLOW_NO_STAGE;
  gboolean blocked = FALSE;
  gint64 since = card->created;
  gint64 wait = 0;

  *reworked = FALSE;
  for (guint32 i = 0; i < card->n && events[i].at <= card->finished; i++)
    {
      const BatonFlowEvent *event = &events[i];

      if (event->type != BATON_FLOW_ENTER && event->type != BATON_FLOW_BLOCK &&
          event->type != BATON_FLOW_UNBLOCK)
        continue;
      wait += waited (view, card, stage, blocked, since, event->at);
      since = event->at;
      if (event->type != BATON_FLOW_ENTER)
        {
          blocked = event->type == BATON_FLOW_BLOCK;
          continue;
        }
      if (stage != BATON_FLOW_NO_STAGE && places[event->stage] < places[stage] &&
          baton_flow_is_work (baton_flow_kind (view->flow, event->stage)))
        *reworked = TRUE;
      stage = event->stage;
    }
  return wait;
}

/* Of all that was finished, what was never worked on too. */
static void
collect_answers (BatonFlowPeriod *self, const BatonFlowView *view)
{
  for (guint i = 0; i < view->flow->n_cards; i++)
    {
      const BatonFlowCard *card = &view->flow->cards[i];
      double answer = card->satisfaction;

      if (card->satisfaction > 0 && is_finished (card) && baton_flow_view_has (view, card) &&
          baton_flow_view_in_period (view, card->finished))
        g_array_append_val (self->answers, answer);
    }
}

static void
collect_times (BatonFlowPeriod *self, const BatonFlowView *view)
{
  for (guint i = 0; i < view->flow->n_cards; i++)
    {
      const BatonFlowCard *card = &view->flow->cards[i];
      gint64 cycle;
      gint64 wait;
      gboolean reworked;

      if (card->state != BATON_FLOW_FINISHED || !baton_flow_view_has (view, card) ||
          !baton_flow_view_in_period (view, card->finished))
        continue;
      cycle = baton_flow_view_between (view, card->started, card->finished);
      wait = wait_of (view, card, &reworked);
      g_array_append_val (self->cycle, cycle);
      g_array_append_val (self->wait, wait);
      self->period.reworked += reworked;
    }
}

GArray *
baton_flow_finished_each (const BatonFlowView *view, const BatonFlowDays *days)
{
  GArray *counts = g_array_sized_new (FALSE, TRUE, sizeof (guint), days->n);

  g_array_set_size (counts, days->n);
  for (guint i = 0; i < view->flow->n_cards; i++)
    {
      const BatonFlowCard *card = &view->flow->cards[i];

      if (is_finished (card) && baton_flow_view_has (view, card) && card->finished >= days->starts[0] &&
          card->finished < days->starts[days->n])
        g_array_index (counts, guint, baton_flow_days_find (days, card->finished))++;
    }
  return counts;
}

/* The beginning of the day that a moment is in. */
static gint64
day_begin (const BatonFlowView *view, gint64 at)
{
  GDate date;

  baton_flow_local_date (view->zone, at, &date);
  return baton_flow_local_time (view->zone, &date, 0);
}

static GArray *
count_between (const BatonFlowView *view, gint64 from, gint64 end)
{
  g_autoptr (BatonFlowDays) days = from < end ? baton_flow_days_new (view->zone, from, end - 1) : NULL;

  return days != NULL ? baton_flow_finished_each (view, days) : g_array_new (FALSE, FALSE, sizeof (guint));
}

/* The beginning of the first whole day from a moment on. */
static gint64
next_day_begin (const BatonFlowView *view, gint64 at)
{
  gint64 begin = day_begin (view, at);
  GDate date;

  if (begin == at)
    return at;
  baton_flow_local_date (view->zone, at, &date);
  g_date_add_days (&date, 1);
  return baton_flow_local_time (view->zone, &date, 0);
}

BatonFlowPeriod *
baton_flow_period_new (const BatonFlowView *view)
{
  BatonFlowPeriod *self = g_new0 (BatonFlowPeriod, 1);
  gint64 first;
  gint64 last;

  self->cycle = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->wait = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->answers = g_array_new (FALSE, FALSE, sizeof (double));
  collect_times (self, view);
  collect_answers (self, view);
  if (!baton_flow_span (view->flow, &first, &last))
    first = view->now;
  self->throughput =
      count_between (view, view->from > first ? next_day_begin (view, view->from) : day_begin (view, first),
          day_begin (view, MIN (view->to, view->now)));
  self->period.cycle = (const gint64 *) (gpointer) self->cycle->data;
  self->period.wait = (const gint64 *) (gpointer) self->wait->data;
  self->period.n = self->cycle->len;
  self->period.throughput = (const guint *) (gpointer) self->throughput->data;
  self->period.n_days = self->throughput->len;
  self->period.satisfaction = (const double *) (gpointer) self->answers->data;
  self->period.n_answers = self->answers->len;
  return self;
}

void
baton_flow_period_free (BatonFlowPeriod *period)
{
  g_array_unref (period->cycle);
  g_array_unref (period->wait);
  g_array_unref (period->throughput);
  g_array_unref (period->answers);
  g_free (period);
}

/* When the latest card of the view was finished before a moment, or NEVER. */
static gint64
latest_finished (const BatonFlowView *view, gint64 before)
{
  gint64 latest = BATON_FLOW_NEVER;

  for (guint i = 0; i < view->flow->n_cards; i++)
    {
      const BatonFlowCard *card = &view->flow->cards[i];

      if (is_finished (card) && baton_flow_view_has (view, card) && card->finished < before)
        latest = MAX (latest, card->finished);
    }
  return latest;
}

GArray *
baton_flow_daily_throughput (const BatonFlowView *view, gint64 *end)
{
  gint64 until = day_begin (view, MIN (view->to, view->now));
  gint64 latest = latest_finished (view, until);
  gint64 first;
  gint64 last;

  if (!baton_flow_span (view->flow, &first, &last) || latest == BATON_FLOW_NEVER)
    {
      *end = until;
      return g_array_new (FALSE, FALSE, sizeof (guint));
    }
  if (until - latest > (gint64) BATON_FORECAST_SAMPLE * 24 * 3600 * G_USEC_PER_SEC)
    until = next_day_begin (view, latest + 1);
  *end = until;
  return count_between (
      view, view->from > first ? next_day_begin (view, view->from) : day_begin (view, first), until);
}

guint
baton_flow_open_cards (const BatonFlowView *view)
{
  guint open = 0;

  for (guint i = 0; i < view->flow->n_cards; i++)
    {
      const BatonFlowCard *card = &view->flow->cards[i];

      open += !is_finished (card) && card->left == BATON_FLOW_NEVER && baton_flow_view_has (view, card);
    }
  return open;
}
