/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-flow"

#include "groom.h"

#define WEEK ((gint64) 7 * 24 * 3600 * G_USEC_PER_SEC)

static gboolean
is_waiting (const BatonFlow *flow, guint16 stage)
{
  BatonFlowKind kind = baton_flow_kind (flow, stage);

  return kind == BATON_FLOW_BACKLOG || kind == BATON_FLOW_QUEUE;
}

static gint64
limit_of (const BatonFlow *flow, guint16 stage)
{
  return flow->stages[stage].age_limit > 0 ? flow->stages[stage].age_limit : WEEK;
}

static gint64
last_touch (const BatonFlow *flow, const BatonFlowCard *card)
{
  return card->n > 0 ? baton_flow_events (flow, card)[card->n - 1].at : card->created;
}

static gboolean
is_there (const BatonFlowView *view, const BatonFlowCard *card)
{
  return baton_flow_view_has (view, card) && card->left == BATON_FLOW_NEVER;
}

/* The limit is one of the calendar, as it is on the board. */
gboolean
baton_flow_is_stale (const BatonFlowView *view, const BatonFlowCard *card)
{
  return is_there (view, card) && is_waiting (view->flow, card->stage) &&
         view->now - last_touch (view->flow, card) > limit_of (view->flow, card->stage);
}

/* When cards were touched where they waited: coming in is no grooming. */
static void
note_touches (const BatonFlow *flow, const BatonFlowCard *card, gint64 *groomed)
{
  const BatonFlowEvent *events = baton_flow_events (flow, card);
  guint16 stage = BATON_FLOW_NO_STAGE;

  for (guint32 i = 0; i < card->n; i++)
    {
      if (events[i].type == BATON_FLOW_ENTER)
        stage = events[i].stage;
      else if (stage != BATON_FLOW_NO_STAGE)
        groomed[stage] = MAX (groomed[stage], events[i].at);
    }
}

static void
add_card (const BatonFlowView *view, const BatonFlowCard *card, BatonFlowGroom *groom)
{
  groom->cards++;
  groom->stale += baton_flow_is_stale (view, card);
  groom->untouched =
      MAX (groom->untouched, baton_flow_view_between (view, last_touch (view->flow, card), view->now));
}

static int
by_place (gconstpointer a, gconstpointer b, gpointer places)
{
  const guint16 *place = places;

  return (int) place[((const BatonFlowGroom *) a)->stage] - (int) place[((const BatonFlowGroom *) b)->stage];
}

GArray *
baton_flow_groom (const BatonFlowView *view)
{
  const BatonFlow *flow = view->flow;
  GArray *grooms = g_array_new (FALSE, FALSE, sizeof (BatonFlowGroom));
  g_autofree BatonFlowGroom *all = g_new0 (BatonFlowGroom, flow->n_stages + 1);
  g_autofree gint64 *groomed = g_new (gint64, flow->n_stages + 1);

  for (guint i = 0; i < flow->n_stages; i++)
    groomed[i] = BATON_FLOW_NEVER;
  for (guint32 c = 0; c < flow->n_cards; c++)
    {
      const BatonFlowCard *card = &flow->cards[c];

      if (!baton_flow_view_has (view, card))
        continue;
      note_touches (flow, card, groomed);
      if (is_there (view, card))
        add_card (view, card, &all[card->stage]);
    }
  for (guint16 i = 0; i < flow->n_stages; i++)
    {
      all[i].stage = i;
      all[i].limit = limit_of (flow, i);
      all[i].groomed = groomed[i];
      if (is_waiting (flow, i) && (all[i].cards > 0 || !flow->stages[i].removed))
        g_array_append_val (grooms, all[i]);
    }
  g_array_sort_with_data (grooms, by_place, flow->places);
  return grooms;
}
