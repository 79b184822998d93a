/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-flow"

#include "cfd.h"

#include <string.h>

static guint
point_of (const BatonFlowCfd *cfd, gint64 at)
{
  if (at < cfd->days->starts[0])
    return 0;
  if (at >= cfd->days->starts[cfd->days->n])
    return cfd->n_points;
  return baton_flow_days_find (cfd->days, at) + 1;
}

/* The tables lie one after the other: arrived and departed with a row for each stage, lines with one more,
 * finished with one. */
static gsize
n_rows (const BatonFlowCfd *cfd)
{
  return 3 * (gsize) cfd->n_stages + 2;
}

static void
step (BatonFlowCfd *cfd, const guint32 *table, guint row, guint point, gboolean in)
{
  guint32 *at = cfd->steps + (table - cfd->arrived) + (gsize) row * cfd->n_points + point;

  *at += in ? 1 : -1;
}

static void
raise_lines (BatonFlowCfd *cfd, guint from, guint to, guint point, gboolean in)
{
  for (guint place = from; place < to; place++)
    step (cfd, cfd->lines, place, point, in);
}

/* The stages are NO_STAGE for a card that comes from outside or goes there. */
static void
cross (BatonFlowCfd *cfd, const BatonFlow *flow, guint16 from, guint16 to, guint point, gboolean in)
{
  guint old_place = from != BATON_FLOW_NO_STAGE ? flow->places[from] : 0;
  guint new_place = to != BATON_FLOW_NO_STAGE ? flow->places[to] : 0;

  if (to == BATON_FLOW_NO_STAGE)
    raise_lines (cfd, old_place + 1, cfd->n_stages + 1, point, in);
  else if (from == BATON_FLOW_NO_STAGE)
    raise_lines (cfd, 0, new_place + 1, point, in);
  else if (new_place > old_place)
    raise_lines (cfd, old_place + 1, new_place + 1, point, in);
  else if (new_place < old_place)
    {
      raise_lines (cfd, 0, new_place + 1, point, in);
      raise_lines (cfd, old_place + 1, cfd->n_stages + 1, point, in);
    }
  if (from == to)
    return;
  if (from != BATON_FLOW_NO_STAGE)
    step (cfd, cfd->departed, from, point, in);
  if (to != BATON_FLOW_NO_STAGE)
    step (cfd, cfd->arrived, to, point, in);
}

/* What the event does to where the card is; done cards in the archive stay counted as done. */
static guint16
place_after (const BatonFlow *flow, const BatonFlowEvent *event, guint16 stage, guint16 *away)
{
  if (event->type == BATON_FLOW_ENTER)
    {
      *away = BATON_FLOW_NO_STAGE;
      return event->stage;
    }
  if (event->type == BATON_FLOW_LEAVE && stage != BATON_FLOW_NO_STAGE &&
      baton_flow_kind (flow, stage) != BATON_FLOW_DONE)
    {
      *away = stage;
      return BATON_FLOW_NO_STAGE;
    }
  if (event->type == BATON_FLOW_RETURN && stage == BATON_FLOW_NO_STAGE && *away != BATON_FLOW_NO_STAGE)
    {
      stage = *away;
      *away = BATON_FLOW_NO_STAGE;
    }
  return stage;
}

void
baton_flow_cfd_put (BatonFlowCfd *cfd, const BatonFlowView *view, guint32 index, gboolean in)
{
  const BatonFlow *flow = view->flow;
  const BatonFlowCard *card = &flow->cards[index];
  const BatonFlowEvent *events = baton_flow_events (flow, card);
  guint16 stage = BATON_FLOW_NO_STAGE;
  guint16 away = BATON_FLOW_NO_STAGE;

  if (!baton_flow_view_has (view, card))
    return;
  for (guint32 i = 0; i < card->n; i++)
    {
      guint16 next = place_after (flow, &events[i], stage, &away);
      guint point;

      if (next == stage)
        continue;
      point = point_of (cfd, events[i].at);
      if (point == cfd->n_points)
        break;
      cross (cfd, flow, stage, next, point, in);
      stage = next;
    }
  if (card->finished != BATON_FLOW_NEVER && point_of (cfd, card->finished) < cfd->n_points)
    step (cfd, cfd->finished, 0, point_of (cfd, card->finished), in);
}

/* From what happened in each day to what had happened until its end. */
void
baton_flow_cfd_sum (BatonFlowCfd *cfd)
{
  for (gsize row = 0; row < n_rows (cfd); row++)
    {
      const guint32 *from = cfd->steps + row * cfd->n_points;
      guint32 *to = cfd->arrived + row * cfd->n_points;
      guint32 sum = 0;

      for (guint i = 0; i < cfd->n_points; i++)
        to[i] = sum += from[i];
    }
}

static guint
first_place (const BatonFlow *flow, gboolean work)
{
  guint first = flow->n_stages;

  for (guint i = 0; i < flow->n_stages; i++)
    {
      BatonFlowKind kind = flow->stages[i].kind;

      if (work ? baton_flow_is_work (kind) : kind != BATON_FLOW_BACKLOG)
        first = MIN (first, flow->places[i]);
    }
  return first;
}

BatonFlowCfd *
baton_flow_cfd_new (const BatonFlowView *view, BatonFlowDays *days)
{
  BatonFlowCfd *cfd = g_new0 (BatonFlowCfd, 1);
  const BatonFlow *flow = view->flow;
  gsize cells;

  cfd->days = days;
  cfd->n_stages = flow->n_stages;
  cfd->n_points = days->n + 1;
  cfd->first_done = flow->n_before_done;
  cfd->first_work = first_place (flow, TRUE);
  cfd->first_committed = first_place (flow, FALSE);
  cells = n_rows (cfd) * cfd->n_points;
  cfd->steps = g_new0 (guint32, cells);
  cfd->arrived = g_new0 (guint32, cells);
  cfd->departed = cfd->arrived + (gsize) cfd->n_stages * cfd->n_points;
  cfd->lines = cfd->departed + (gsize) cfd->n_stages * cfd->n_points;
  cfd->finished = cfd->lines + (gsize) (cfd->n_stages + 1) * cfd->n_points;
  for (guint32 i = 0; i < flow->n_cards; i++)
    baton_flow_cfd_put (cfd, view, i, TRUE);
  baton_flow_cfd_sum (cfd);
  return cfd;
}

void
baton_flow_cfd_free (BatonFlowCfd *cfd)
{
  baton_flow_days_free (cfd->days);
  g_free (cfd->steps);
  g_free (cfd->arrived);
  g_free (cfd);
}

guint32
baton_flow_cfd_line (const BatonFlowCfd *cfd, guint place, guint index)
{
  return cfd->lines[(gsize) place * cfd->n_points + index];
}

guint32
baton_flow_cfd_in_stage (const BatonFlowCfd *cfd, guint stage, guint index)
{
  gsize at = (gsize) stage * cfd->n_points + index;

  return cfd->arrived[at] - cfd->departed[at];
}

guint32
baton_flow_cfd_wip (const BatonFlowCfd *cfd, guint index)
{
  guint from = MIN (cfd->first_committed, cfd->first_done);

  return baton_flow_cfd_line (cfd, from, index) - baton_flow_cfd_line (cfd, cfd->first_done, index);
}

gint64
baton_flow_cfd_approximate_time (const BatonFlowCfd *cfd, guint index)
{
  guint32 height = baton_flow_cfd_line (cfd, cfd->first_done, index);
  const guint32 *line;
  guint low = 0;
  guint high = index;
  gint64 at;

  if (height == 0 || cfd->first_work >= cfd->n_stages)
    return -1;
  line = cfd->lines + (gsize) cfd->first_work * cfd->n_points;
  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (line[middle] >= height)
        high = middle;
      else
        low = middle + 1;
    }
  at = cfd->days->starts[low];
  /* Within the day the line is taken to rise evenly. */
  if (low > 0 && line[low] > line[low - 1])
    at -= (gint64) ((double) (cfd->days->starts[low] - cfd->days->starts[low - 1]) * (line[low] - height) /
                    (line[low] - line[low - 1]));
  return MAX (0, cfd->days->starts[index] - at);
}

guint32
baton_flow_cfd_throughput (const BatonFlowCfd *cfd, guint day)
{
  return cfd->finished[day + 1] - cfd->finished[day];
}
