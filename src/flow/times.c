/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-flow"

#include "times.h"

#include <string.h>

static void
put_value (BatonFlowSample *sample, gint64 value, gboolean in)
{
  if (in)
    baton_flow_sample_add (sample, value);
  else
    baton_flow_sample_remove (sample, value);
}

static void
put_number (guint *number, gboolean in)
{
  if (in)
    *number += 1;
  else
    *number -= 1;
}

static void
put_item (BatonFlowTimes *times, const BatonFlowItem *item, gboolean in)
{
  put_value (&times->cycle, item->cycle, in);
  if (in)
    {
      g_array_append_val (times->items, *item);
      return;
    }
  for (guint i = times->items->len; i > 0; i--)
    {
      if (g_array_index (times->items, BatonFlowItem, i - 1).card != item->card)
        continue;
      g_array_remove_index_fast (times->items, i - 1);
      return;
    }
}

static void
put_finished (BatonFlowTimes *times, const BatonFlowView *view, guint32 index, gboolean in)
{
  const BatonFlowCard *card = &view->flow->cards[index];
  BatonFlowItem item = { index, card->finished, 0,
    baton_flow_view_between (view, card->created, card->finished) };

  if (!baton_flow_view_in_period (view, card->finished))
    return;
  put_value (&times->lead, item.lead, in);
  if (card->state == BATON_FLOW_NEVER_STARTED)
    {
      put_number (&times->never_started, in);
      return;
    }
  item.cycle = baton_flow_view_between (view, card->started, card->finished);
  put_item (times, &item, in);
}

void
baton_flow_times_put (BatonFlowTimes *times, const BatonFlowView *view, guint32 index, gboolean in)
{
  const BatonFlowCard *card = &view->flow->cards[index];

  if (!baton_flow_view_has (view, card))
    return;
  if (card->finished != BATON_FLOW_NEVER)
    {
      put_finished (times, view, index, in);
      return;
    }
  put_number (card->state == BATON_FLOW_IN_PROGRESS ? &times->in_progress : &times->not_started, in);
  if (card->left != BATON_FLOW_NEVER)
    put_number (&times->set_aside, in);
}

BatonFlowTimes *
baton_flow_times_new (const BatonFlowView *view)
{
  BatonFlowTimes *times = g_new0 (BatonFlowTimes, 1);

  times->items = g_array_new (FALSE, FALSE, sizeof (BatonFlowItem));
  for (guint32 i = 0; i < view->flow->n_cards; i++)
    baton_flow_times_put (times, view, i, TRUE);
  return times;
}

void
baton_flow_times_sort (BatonFlowTimes *times)
{
  const BatonFlowItem *items = (const BatonFlowItem *) (gconstpointer) times->items->data;
  guint n = times->items->len;
  g_autofree gint64 *keys = g_new (gint64, MAX (n, 1));
  g_autofree guint32 *order = NULL;
  GArray *sorted = g_array_sized_new (FALSE, FALSE, sizeof (BatonFlowItem), n);

  for (guint i = 0; i < n; i++)
    keys[i] = items[i].finished;
  order = baton_flow_order (keys, n);
  for (guint i = 0; i < n; i++)
    g_array_append_val (sorted, items[order[i]]);
  g_array_unref (times->items);
  times->items = sorted;
}

void
baton_flow_times_free (BatonFlowTimes *times)
{
  g_array_unref (times->items);
  baton_flow_sample_clear (&times->cycle);
  baton_flow_sample_clear (&times->lead);
  g_free (times);
}

static int
compare_ages (const void *a, const void *b)
{
  const BatonFlowAge *x = a;
  const BatonFlowAge *y = b;

  if (x->age != y->age)
    return x->age < y->age ? 1 : -1;
  return (x->card > y->card) - (x->card < y->card);
}

static double
chance_late (BatonFlowTimes *times, gint64 age, gint64 expected)
{
  guint longer;

  if (times->cycle.n == 0)
    return -1;
  if (age > expected)
    return 1;
  longer = baton_flow_sample_above (&times->cycle, age);
  return longer > 0 ? (double) baton_flow_sample_above (&times->cycle, expected) / longer : -1;
}

GArray *
baton_flow_ages (const BatonFlowView *view, BatonFlowTimes *times, gint64 expected)
{
  GArray *ages = g_array_new (FALSE, FALSE, sizeof (BatonFlowAge));

  for (guint32 i = 0; i < view->flow->n_cards; i++)
    {
      const BatonFlowCard *card = &view->flow->cards[i];
      BatonFlowAge age = { .card = i, .stage = card->stage };

      if (card->state != BATON_FLOW_IN_PROGRESS || card->left != BATON_FLOW_NEVER ||
          !baton_flow_view_has (view, card))
        continue;
      age.age = baton_flow_view_between (view, card->started, view->now);
      age.in_stage = baton_flow_view_between (view, card->entered, view->now);
      age.chance_late = chance_late (times, age.age, expected);
      g_array_append_val (ages, age);
    }
  g_array_sort (ages, compare_ages);
  return ages;
}

/* When a finished card left each of its stages for the last time: stage → moment. */
static void
note_departures (const BatonFlow *flow, const BatonFlowCard *card, gint64 *left)
{
  const BatonFlowEvent *events = baton_flow_events (flow, card);
  guint16 stage = BATON_FLOW_NO_STAGE;

  for (guint i = 0; i < flow->n_stages; i++)
    left[i] = BATON_FLOW_NEVER;
  for (guint32 i = 0; i < card->n && events[i].at <= card->finished; i++)
    {
      if (events[i].type != BATON_FLOW_ENTER || events[i].stage == stage)
        continue;
      if (stage != BATON_FLOW_NO_STAGE)
        left[stage] = events[i].at;
      stage = events[i].stage;
    }
}

gint64 *
baton_flow_pace (
    const BatonFlowView *view, const BatonFlowTimes *times, const double *percents, guint n_percents)
{
  const BatonFlow *flow = view->flow;
  gint64 *pace = g_new0 (gint64, MAX (1, flow->n_stages * n_percents));
  g_autofree gint64 *left = g_new (gint64, MAX (1, flow->n_stages));
  g_autofree BatonFlowSample *samples = g_new0 (BatonFlowSample, MAX (1, flow->n_stages));

  for (guint i = 0; i < times->items->len; i++)
    {
      const BatonFlowCard *card = &flow->cards[g_array_index (times->items, BatonFlowItem, i).card];

      note_departures (flow, card, left);
      for (guint stage = 0; stage < flow->n_stages; stage++)
        {
          if (left[stage] != BATON_FLOW_NEVER)
            baton_flow_sample_add (
                &samples[stage], baton_flow_view_between (view, card->started, left[stage]));
        }
    }
  for (guint stage = 0; stage < flow->n_stages; stage++)
    {
      for (guint i = 0; i < n_percents; i++)
        pace[stage * n_percents + i] = baton_flow_sample_percentile (&samples[stage], percents[i]);
      baton_flow_sample_clear (&samples[stage]);
    }
  return pace;
}

void
baton_flow_fast_put (BatonFlowFast *fast, const BatonFlowView *view, guint32 index, gboolean in)
{
  const BatonFlowCard *card = &view->flow->cards[index];
  gboolean is_fast =
      view->flow->fast != BATON_FLOW_NONE && card->dims[BATON_FLOW_URGENCY] == view->flow->fast;

  if (!baton_flow_view_has (view, card))
    return;
  if (card->state == BATON_FLOW_FINISHED && baton_flow_view_in_period (view, card->finished))
    put_value (is_fast ? &fast->cycle : &fast->other_cycle,
        baton_flow_view_between (view, card->started, card->finished), in);
  if (!is_fast)
    return;
  if (baton_flow_view_in_period (view, card->created))
    put_number (&fast->cards, in);
  if (card->finished == BATON_FLOW_NEVER && card->left == BATON_FLOW_NEVER)
    put_number (&fast->unfinished, in);
  if (card->started != BATON_FLOW_NEVER && baton_flow_view_in_period (view, card->started))
    put_value (&fast->response, baton_flow_view_between (view, card->created, card->started), in);
}

BatonFlowFast *
baton_flow_fast_new (const BatonFlowView *view)
{
  BatonFlowFast *fast = g_new0 (BatonFlowFast, 1);

  for (guint32 i = 0; i < view->flow->n_cards; i++)
    baton_flow_fast_put (fast, view, i, TRUE);
  return fast;
}

void
baton_flow_fast_free (BatonFlowFast *fast)
{
  baton_flow_sample_clear (&fast->response);
  baton_flow_sample_clear (&fast->cycle);
  baton_flow_sample_clear (&fast->other_cycle);
  g_free (fast);
}
