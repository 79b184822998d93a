/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-flow"

#include "fit-visits.h"

/* A moment at which a person takes a card or lets go of it. */
typedef struct
{
  gint64 at;
  guint32 person;
  guint visit;
  gboolean begin;
} Border;

/* Whether work on the card goes on after this event in an earlier work stage. */
static guint16
back_to (const BatonFlow *flow, guint16 from, guint16 to)
{
  if (flow->places[to] >= flow->places[from] || !baton_flow_is_work (baton_flow_kind (flow, to)))
    return BATON_FLOW_NO_STAGE;
  return to;
}

/* A card that is sent back through a queue is sent back all the same. */
static void
note_return (const BatonFlow *flow, GArray *visits, guint first, guint16 stage)
{
  FitVisit *last;

  if (visits->len <= first)
    return;
  last = &g_array_index (visits, FitVisit, visits->len - 1);
  last->back_to = back_to (flow, last->stage, stage);
}

static gboolean
was_there (const GArray *visits, guint first, guint16 stage)
{
  for (guint i = first; i < visits->len; i++)
    {
      if (g_array_index (visits, FitVisit, i).stage == stage)
        return TRUE;
    }
  return FALSE;
}

static void
add_card (const BatonFlowView *view, guint32 index, GArray *visits)
{
  const BatonFlow *flow = view->flow;
  const BatonFlowCard *card = &flow->cards[index];
  const BatonFlowEvent *events = baton_flow_events (flow, card);
  guint first = visits->len;
  guint16 stage = BATON_FLOW_NO_STAGE;

  for (guint32 i = 0; i < card->n && events[i].at <= card->finished; i++)
    {
      if (events[i].type != BATON_FLOW_ENTER || events[i].stage == stage)
        continue;
      if (stage != BATON_FLOW_NO_STAGE && baton_flow_is_work (baton_flow_kind (flow, stage)))
        g_array_index (visits, FitVisit, visits->len - 1).to = events[i].at;
      stage = events[i].stage;
      if (baton_flow_is_work (baton_flow_kind (flow, stage)))
        {
          FitVisit visit = { index, events[i].person, stage, BATON_FLOW_NO_STAGE,
            was_there (visits, first, stage), events[i].at, card->finished, 0 };

          note_return (flow, visits, first, stage);
          g_array_append_val (visits, visit);
        }
    }
}

static int
compare_borders (gconstpointer a, gconstpointer b)
{
  const Border *left = a;
  const Border *right = b;

  if (left->person != right->person)
    return left->person < right->person ? -1 : 1;
  if (left->at != right->at)
    return left->at < right->at ? -1 : 1;
  return left->begin - right->begin;
}

static void
let_go (GArray *hands, guint visit)
{
  for (guint i = 0; i < hands->len; i++)
    {
      if (g_array_index (hands, guint, i) == visit)
        {
          g_array_remove_index_fast (hands, i);
          return;
        }
    }
}

/* The working time between two borders goes in equal parts to everything in the person's hands. Those of
 * unknown people are shared by stage, as if one person did each. */
static void
share_work (GArray *visits, const BatonFlowHours *hours)
{
  g_autoptr (GArray) borders = g_array_new (FALSE, FALSE, sizeof (Border));
  g_autoptr (GArray) hands = g_array_new (FALSE, FALSE, sizeof (guint));
  gint64 since = 0;

  for (guint i = 0; i < visits->len; i++)
    {
      const FitVisit *visit = &g_array_index (visits, FitVisit, i);
      guint32 person = visit->person != BATON_FLOW_NONE ? visit->person : BATON_FLOW_NONE - 1 - visit->stage;
      Border begin = { visit->from, person, i, TRUE };
      Border end = { visit->to, person, i, FALSE };

      g_array_append_val (borders, begin);
      g_array_append_val (borders, end);
    }
  g_array_sort (borders, compare_borders);
  for (guint i = 0; i < borders->len; i++)
    {
      const Border *border = &g_array_index (borders, Border, i);
      double time = hands->len > 0 ? (double) (baton_flow_hours_clock (hours, border->at) -
                                               baton_flow_hours_clock (hours, since)) /
                                         G_USEC_PER_SEC / hands->len
                                   : 0;

      for (guint k = 0; k < hands->len; k++)
        g_array_index (visits, FitVisit, g_array_index (hands, guint, k)).work += time;
      since = border->at;
      if (border->begin)
        g_array_append_val (hands, border->visit);
      else
        let_go (hands, border->visit);
    }
}

GArray *
fit_visits (const BatonFlowView *view, const BatonFlowHours *hours)
{
  GArray *visits = g_array_new (FALSE, FALSE, sizeof (FitVisit));

  for (guint i = 0; i < view->flow->n_cards; i++)
    {
      const BatonFlowCard *card = &view->flow->cards[i];

      if (card->state == BATON_FLOW_FINISHED && baton_flow_view_has (view, card) &&
          baton_flow_view_in_period (view, card->finished))
        add_card (view, i, visits);
    }
  share_work (visits, hours);
  return visits;
}
