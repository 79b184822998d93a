/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-flow"

#include "bottleneck.h"

#define WEEK ((double) 7 * 86400 * G_USEC_PER_SEC)

static guint16
stage_at (const BatonFlow *flow, guint place)
{
  for (guint16 i = 0; i < flow->n_stages; i++)
    {
      if (flow->places[i] == place)
        return i;
    }
  return BATON_FLOW_NO_STAGE;
}

/* Which work stage each stage belongs to: itself, or the one that its queue leads into. */
static void
assign (const BatonFlow *flow, GArray *narrow, guint16 *owner)
{
  guint16 queue = BATON_FLOW_NO_STAGE;

  for (guint place = 0; place < flow->n_before_done; place++)
    {
      guint16 stage = stage_at (flow, place);
      BatonFlowKind kind = baton_flow_kind (flow, stage);
      BatonFlowNarrow item = { .stage = stage, .queue = queue };

      if (kind == BATON_FLOW_QUEUE && queue == BATON_FLOW_NO_STAGE)
        queue = stage;
      if (!baton_flow_is_work (kind))
        {
          if (kind != BATON_FLOW_QUEUE)
            queue = BATON_FLOW_NO_STAGE;
          continue;
        }
      for (guint i = queue != BATON_FLOW_NO_STAGE ? flow->places[queue] : place; i <= place; i++)
        owner[stage_at (flow, i)] = (guint16) narrow->len;
      g_array_append_val (narrow, item);
      queue = BATON_FLOW_NO_STAGE;
    }
}

typedef struct
{
  gint64 from; /* the part of the period that the diagram shows */
  gint64 to;
  const guint16 *owner;
  BatonFlowSample *waits;
  guint *arrivals;
  guint *departures;
} Gathered;

static void
leave_queue (const BatonFlowView *view, Gathered *gathered, guint16 stage, gint64 since, gint64 at)
{
  guint16 owner = stage != BATON_FLOW_NO_STAGE ? gathered->owner[stage] : BATON_FLOW_NO_STAGE;

  if (owner != BATON_FLOW_NO_STAGE && baton_flow_kind (view->flow, stage) == BATON_FLOW_QUEUE)
    baton_flow_sample_add (&gathered->waits[owner], baton_flow_view_between (view, since, at));
}

static void
cross_border (Gathered *gathered, guint16 from, guint16 to)
{
  guint16 old = from != BATON_FLOW_NO_STAGE ? gathered->owner[from] : BATON_FLOW_NO_STAGE;
  guint16 new = gathered->owner[to];

  if (old == new)
    return;
  if (old != BATON_FLOW_NO_STAGE)
    gathered->departures[old]++;
  if (new != BATON_FLOW_NO_STAGE)
    gathered->arrivals[new]++;
}

static void
gather_card (const BatonFlowView *view, const BatonFlowCard *card, Gathered *gathered)
{
  const BatonFlow *flow = view->flow;
  const BatonFlowEvent *events = baton_flow_events (flow, card);
  guint16 stage = BATON_FLOW_NO_STAGE;
  gint64 queued = BATON_FLOW_NEVER;

  for (guint32 i = 0; i < card->n && events[i].at < gathered->to; i++)
    {
      guint16 to = events[i].stage;
      gboolean counts = events[i].at >= gathered->from;
      gboolean stays;

      if (events[i].type != BATON_FLOW_ENTER || to == stage)
        continue;
      /* Several queues in a row are one wait. */
      stays = stage != BATON_FLOW_NO_STAGE && baton_flow_kind (flow, stage) == BATON_FLOW_QUEUE &&
              baton_flow_kind (flow, to) == BATON_FLOW_QUEUE && gathered->owner[stage] == gathered->owner[to];
      if (!stays && counts)
        leave_queue (view, gathered, stage, queued, events[i].at);
      if (!stays)
        queued = events[i].at;
      if (counts)
        cross_border (gathered, stage, to);
      stage = to;
    }
}

/* Over the days of the diagram, weighted with their length. */
static void
measure_occupancy (const BatonFlowCfd *cfd, BatonFlowNarrow *narrow, guint wip_limit)
{
  double cards = 0;
  double busy = 0;
  double total = 0;

  for (guint i = 0; i < cfd->days->n; i++)
    {
      double length = (double) (cfd->days->starts[i + 1] - cfd->days->starts[i]);
      guint32 before = baton_flow_cfd_in_stage (cfd, narrow->stage, i);
      guint32 after = baton_flow_cfd_in_stage (cfd, narrow->stage, i + 1);
      gsize at = (gsize) narrow->stage * cfd->n_points + i;

      cards += length * ((double) before + after) / 2;
      busy += before > 0 || after > 0 || cfd->arrived[at + 1] > cfd->arrived[at] ? length : 0;
      total += length;
    }
  if (total <= 0)
    return;
  narrow->mean_working = cards / total;
  narrow->utilisation =
      wip_limit > 0 ? MIN (1, narrow->mean_working / wip_limit) : CLAMP (busy / total, 0, 1);
}

static void
measure_now (const BatonFlowView *view, BatonFlowNarrow *narrow, const guint16 *owner, guint16 index)
{
  const BatonFlow *flow = view->flow;

  for (guint32 i = 0; i < flow->n_cards; i++)
    {
      const BatonFlowCard *card = &flow->cards[i];

      if (!baton_flow_view_has (view, card) || card->left != BATON_FLOW_NEVER || owner[card->stage] != index)
        continue;
      if (card->stage == narrow->stage)
        narrow->working++;
      else
        {
          narrow->queued++;
          narrow->oldest = MAX (narrow->oldest, baton_flow_view_between (view, card->entered, view->now));
        }
    }
}

static void
weigh (GArray *narrow)
{
  double growth = 0;
  gint64 wait = 0;

  for (guint i = 0; i < narrow->len; i++)
    {
      growth = MAX (growth, g_array_index (narrow, BatonFlowNarrow, i).growth);
      wait = MAX (wait, g_array_index (narrow, BatonFlowNarrow, i).median_wait);
    }
  for (guint i = 0; i < narrow->len; i++)
    {
      BatonFlowNarrow *item = &g_array_index (narrow, BatonFlowNarrow, i);

      item->part_growth = growth > 0 ? MAX (0, item->growth) / growth : 0;
      item->part_wait = wait > 0 ? (double) item->median_wait / (double) wait : 0;
      item->score = (item->part_growth + item->part_wait + item->utilisation) / 3;
    }
}

static int
compare_scores (const void *a, const void *b)
{
  const BatonFlowNarrow *x = a;
  const BatonFlowNarrow *y = b;

  if (x->score != y->score)
    return x->score < y->score ? 1 : -1;
  return (x->stage > y->stage) - (x->stage < y->stage);
}

static void
finish (const BatonFlowView *view, const BatonFlowCfd *cfd, BatonFlowNarrow *item, guint16 index,
    Gathered *gathered)
{
  double weeks = (double) (cfd->days->starts[cfd->days->n] - cfd->days->starts[0]) / WEEK;

  item->arrivals = gathered->arrivals[index] / weeks;
  item->departures = gathered->departures[index] / weeks;
  item->growth = item->arrivals - item->departures;
  item->waits = gathered->waits[index].n;
  item->median_wait = baton_flow_sample_percentile (&gathered->waits[index], 50);
  measure_occupancy (cfd, item, view->flow->stages[item->stage].wip_limit);
  measure_now (view, item, gathered->owner, index);
}

GArray *
baton_flow_bottleneck (const BatonFlowView *view, const BatonFlowCfd *cfd)
{
  const BatonFlow *flow = view->flow;
  GArray *narrow = g_array_new (FALSE, TRUE, sizeof (BatonFlowNarrow));
  g_autofree guint16 *owner = g_new (guint16, flow->n_stages + 1);
  Gathered gathered;

  for (guint i = 0; i < flow->n_stages; i++)
    owner[i] = BATON_FLOW_NO_STAGE;
  assign (flow, narrow, owner);
  gathered = (Gathered){ MAX (view->from, cfd->days->starts[0]),
    MIN (view->to, cfd->days->starts[cfd->days->n]), owner, g_new0 (BatonFlowSample, narrow->len + 1),
    g_new0 (guint, narrow->len + 1), g_new0 (guint, narrow->len + 1) };
  for (guint32 i = 0; i < flow->n_cards; i++)
    {
      if (baton_flow_view_has (view, &flow->cards[i]))
        gather_card (view, &flow->cards[i], &gathered);
    }
  for (guint i = 0; i < narrow->len; i++)
    finish (view, cfd, &g_array_index (narrow, BatonFlowNarrow, i), (guint16) i, &gathered);
  weigh (narrow);
  for (guint i = 0; i < narrow->len; i++)
    baton_flow_sample_clear (&gathered.waits[i]);
  g_free (gathered.waits);
  g_free (gathered.arrivals);
  g_free (gathered.departures);
  g_array_sort (narrow, compare_scores);
  return narrow;
}
