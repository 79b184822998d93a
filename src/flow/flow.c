/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-flow"

#include "flow.h"

#include <string.h>

static void
order_places (BatonFlow *flow)
{
  guint16 place = 0;

  for (guint pass = 0; pass < 2; pass++)
    {
      for (guint i = 0; i < flow->n_stages; i++)
        {
          if ((flow->stages[i].kind == BATON_FLOW_DONE) == (pass == 1))
            flow->places[i] = place++;
        }
      if (pass == 0)
        flow->n_before_done = place;
    }
}

BatonFlow *
baton_flow_new (const BatonFlowStage *stages, guint n_stages)
{
  BatonFlow *flow = g_new0 (BatonFlow, 1);

  g_return_val_if_fail (n_stages < BATON_FLOW_NO_STAGE, flow);
  flow->stages = g_memdup2 (stages, n_stages * sizeof *stages);
  flow->n_stages = n_stages;
  flow->places = g_new0 (guint16, n_stages + 1);
  flow->reviews = g_array_new (FALSE, FALSE, sizeof (BatonFlowReview));
  flow->marks = g_array_new (FALSE, FALSE, sizeof (BatonFlowMark));
  flow->calls = g_array_new (FALSE, FALSE, sizeof (BatonFlowCall));
  flow->fast = BATON_FLOW_NONE;
  order_places (flow);
  return flow;
}

void
baton_flow_free (BatonFlow *flow)
{
  g_array_unref (flow->reviews);
  g_array_unref (flow->calls);
  g_array_unref (flow->marks);
  g_free (flow->stages);
  g_free (flow->places);
  g_free (flow->cards);
  g_free (flow->events);
  g_free (flow->roles);
  g_free (flow);
}

guint32
baton_flow_add_card (BatonFlow *flow, gint64 created)
{
  BatonFlowCard *card;

  if (flow->n_cards == flow->cards_room)
    {
      flow->cards_room = MAX (64, flow->cards_room * 2);
      flow->cards = g_renew (BatonFlowCard, flow->cards, flow->cards_room);
    }
  flow->spanned = FALSE;
  card = &flow->cards[flow->n_cards];
  *card = (BatonFlowCard){ .created = created,
    .creator = BATON_FLOW_NONE,
    .first = flow->n_events,
    .started = BATON_FLOW_NEVER,
    .finished = BATON_FLOW_NEVER,
    .entered = created,
    .left = BATON_FLOW_NEVER,
    .stage = BATON_FLOW_NO_STAGE };
  for (guint i = 0; i < BATON_FLOW_N_DIMS; i++)
    card->dims[i] = BATON_FLOW_NONE;
  return flow->n_cards++;
}

static void
make_room (BatonFlow *flow, guint n)
{
  if (flow->n_events + n <= flow->events_room)
    return;
  flow->events_room = MAX (flow->events_room * 2, flow->n_events + n + 256);
  flow->events = g_renew (BatonFlowEvent, flow->events, flow->events_room);
}

/* A card at the end of the array grows in place; another moves to the end with room for as many again. */
static void
grow (BatonFlow *flow, BatonFlowCard *card)
{
  guint32 room = MAX (4, card->n * 2);

  if (card->n == 0)
    card->first = flow->n_events;
  if (card->first + card->n == flow->n_events)
    {
      make_room (flow, 1);
      flow->n_events++;
      card->room = card->n + 1;
      return;
    }
  make_room (flow, room);
  memcpy (flow->events + flow->n_events, flow->events + card->first, card->n * sizeof (BatonFlowEvent));
  card->first = flow->n_events;
  card->room = room;
  flow->n_events += room;
}

void
baton_flow_add_event (BatonFlow *flow, guint32 index, const BatonFlowEvent *event)
{
  BatonFlowCard *card = &flow->cards[index];
  BatonFlowEvent *events;
  guint32 at;

  g_return_if_fail (index < flow->n_cards);
  g_return_if_fail (event->type != BATON_FLOW_ENTER || event->stage < flow->n_stages);
  flow->spanned = FALSE;
  if (card->n == card->room)
    grow (flow, card);
  events = flow->events + card->first;
  for (at = card->n; at > 0 && events[at - 1].at > event->at; at--)
    events[at] = events[at - 1];
  events[at] = *event;
  card->n++;
}

static void
derive_event (const BatonFlow *flow, BatonFlowCard *card, const BatonFlowEvent *event)
{
  switch ((BatonFlowEventType) event->type)
    {
    case BATON_FLOW_ENTER:
      if (card->started == BATON_FLOW_NEVER && baton_flow_is_work (baton_flow_kind (flow, event->stage)))
        card->started = event->at;
      if (baton_flow_kind (flow, event->stage) == BATON_FLOW_DONE)
        card->finished = event->at;
      /* To be told again where the card is does not begin another visit. */
      if (card->stage != event->stage)
        card->entered = event->at;
      card->stage = event->stage;
      card->left = BATON_FLOW_NEVER;
      break;
    case BATON_FLOW_BLOCK:
    case BATON_FLOW_UNBLOCK:
      card->blocked = event->type == BATON_FLOW_BLOCK;
      break;
    case BATON_FLOW_LEAVE:
    case BATON_FLOW_RETURN:
      card->left = event->type == BATON_FLOW_LEAVE ? event->at : BATON_FLOW_NEVER;
      break;
    case BATON_FLOW_OWNER:
    case BATON_FLOW_ORDER:
    default:
      break;
    }
}

void
baton_flow_derive (BatonFlow *flow, guint32 index)
{
  BatonFlowCard *card = &flow->cards[index];
  const BatonFlowEvent *events = baton_flow_events (flow, card);
  gboolean done;

  flow->spanned = FALSE;
  card->started = card->finished = card->left = BATON_FLOW_NEVER;
  card->stage = BATON_FLOW_NO_STAGE;
  card->entered = card->created;
  card->blocked = FALSE;
  /* A record of the past may begin before the card itself. */
  if (card->n > 0)
    card->created = MIN (card->created, events[0].at);
  for (guint32 i = 0; i < card->n; i++)
    derive_event (flow, card, &events[i]);
  done = card->stage != BATON_FLOW_NO_STAGE && baton_flow_kind (flow, card->stage) == BATON_FLOW_DONE;
  if (!done)
    card->finished = BATON_FLOW_NEVER;
  if (done)
    card->state = card->started != BATON_FLOW_NEVER ? BATON_FLOW_FINISHED : BATON_FLOW_NEVER_STARTED;
  else
    card->state = card->started != BATON_FLOW_NEVER ? BATON_FLOW_IN_PROGRESS : BATON_FLOW_NOT_STARTED;
}

void
baton_flow_derive_all (BatonFlow *flow)
{
  for (guint32 i = 0; i < flow->n_cards; i++)
    baton_flow_derive (flow, i);
}

void
baton_flow_set_roles (BatonFlow *flow, const guint32 *roles, guint n_roles)
{
  g_free (flow->roles);
  flow->roles = g_memdup2 (roles, n_roles * sizeof *roles);
  flow->n_roles = n_roles;
}

void
baton_flow_note_span (BatonFlow *flow)
{
  flow->spanned = FALSE;
  baton_flow_span (flow, &flow->first, &flow->last);
  flow->spanned = TRUE;
}

gboolean
baton_flow_span (const BatonFlow *flow, gint64 *first, gint64 *last)
{
  *first = G_MAXINT64;
  *last = G_MININT64;
  if (flow->spanned)
    {
      *first = flow->first;
      *last = flow->last;
      return *first <= *last;
    }
  for (guint32 i = 0; i < flow->n_cards; i++)
    {
      const BatonFlowCard *card = &flow->cards[i];

      if (card->hidden)
        continue;
      *first = MIN (*first, card->created);
      *last = MAX (*last, card->n > 0 ? baton_flow_events (flow, card)[card->n - 1].at : card->created);
    }
  return *first <= *last;
}
