/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-flow"

#include "flow-audit.h"

#include <string.h>

#define TO_AND_FRO 3

/* What one card's way was. */
typedef struct
{
  guint8 *been; /* stage → whether it was there */
  guint first;  /* place where it came in */
  guint backs;
  guint32 maker;       /* who put it from work into a queue last */
  gboolean own_review; /* that person took it into review, the last time */
} Way;

/* Whoever sends a card back has not made it, so only handing over tells who has. */
static void
note_hands (const BatonFlow *flow, Way *way, guint16 from, const BatonFlowEvent *event)
{
  BatonFlowKind left = from != BATON_FLOW_NO_STAGE ? baton_flow_kind (flow, from) : BATON_FLOW_BACKLOG;
  BatonFlowKind came = baton_flow_kind (flow, event->stage);

  if (left == BATON_FLOW_ACTIVE && came == BATON_FLOW_QUEUE)
    way->maker = event->person;
  else if (came == BATON_FLOW_REVIEW)
    way->own_review =
        left == BATON_FLOW_QUEUE && event->person != BATON_FLOW_NONE && event->person == way->maker;
}

static void
follow (const BatonFlow *flow, const BatonFlowCard *card, Way *way)
{
  const BatonFlowEvent *events = baton_flow_events (flow, card);
  guint16 stage = BATON_FLOW_NO_STAGE;

  memset (way->been, 0, flow->n_stages);
  *way = (Way){ way->been, G_MAXUINT, 0, BATON_FLOW_NONE, FALSE };
  for (guint32 i = 0; i < card->n && events[i].at <= card->finished; i++)
    {
      guint16 to = events[i].stage;

      if (events[i].type != BATON_FLOW_ENTER || to == stage)
        continue;
      if (stage == BATON_FLOW_NO_STAGE)
        way->first = flow->places[to];
      else if (flow->places[to] < flow->places[stage])
        way->backs++;
      way->been[to] = TRUE;
      note_hands (flow, way, stage, &events[i]);
      stage = to;
    }
}

static gboolean
has_skipped (const BatonFlow *flow, const Way *way)
{
  for (guint16 i = 0; i < flow->n_stages; i++)
    {
      if (baton_flow_is_work (flow->stages[i].kind) && !flow->stages[i].removed && !way->been[i] &&
          flow->places[i] > way->first)
        return TRUE;
    }
  return FALSE;
}

static gboolean
was_in_review (const BatonFlow *flow, const Way *way)
{
  for (guint i = 0; i < flow->n_stages; i++)
    {
      if (flow->stages[i].kind == BATON_FLOW_REVIEW && way->been[i])
        return TRUE;
    }
  return FALSE;
}

/* Cards with a review that was closed and asked for nothing. */
static GHashTable *
passed_reviews (const BatonFlow *flow)
{
  GHashTable *passed = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < flow->reviews->len; i++)
    {
      const BatonFlowReview *review = &g_array_index (flow->reviews, BatonFlowReview, i);

      if (review->closed != BATON_FLOW_NEVER && !review->changes)
        g_hash_table_add (passed, GUINT_TO_POINTER (review->card));
    }
  return passed;
}

static gboolean
reviews_at_all (const BatonFlow *flow)
{
  for (guint i = 0; i < flow->n_stages; i++)
    {
      if (flow->stages[i].kind == BATON_FLOW_REVIEW && !flow->stages[i].removed)
        return TRUE;
    }
  return flow->reviews->len > 0;
}

BatonFlowAudit *
baton_flow_audit_new (const BatonFlowView *view)
{
  const BatonFlow *flow = view->flow;
  BatonFlowAudit *audit = g_new0 (BatonFlowAudit, 1);
  g_autofree guint8 *been = g_new0 (guint8, flow->n_stages + 1);
  g_autoptr (GHashTable) passed = passed_reviews (flow);
  gboolean reviews = reviews_at_all (flow);
  Way way = { .been = been };

  for (guint i = 0; i < BATON_N_AUDITS; i++)
    audit->cards[i] = g_array_new (FALSE, FALSE, sizeof (guint32));
  for (guint32 c = 0; c < flow->n_cards; c++)
    {
      const BatonFlowCard *card = &flow->cards[c];
      gboolean found[BATON_N_AUDITS];
      gboolean any = FALSE;

      if (card->finished == BATON_FLOW_NEVER || !baton_flow_view_has (view, card) ||
          !baton_flow_view_in_period (view, card->finished))
        continue;
      follow (flow, card, &way);
      found[BATON_AUDIT_SKIPPED] = has_skipped (flow, &way);
      found[BATON_AUDIT_NO_REVIEW] =
          reviews && !was_in_review (flow, &way) && !g_hash_table_contains (passed, GUINT_TO_POINTER (c));
      found[BATON_AUDIT_OWN_REVIEW] = way.own_review;
      found[BATON_AUDIT_TO_AND_FRO] = way.backs >= TO_AND_FRO;
      found[BATON_AUDIT_BLOCKED] = card->blocked;
      for (guint i = 0; i < BATON_N_AUDITS; i++)
        {
          if (found[i])
            g_array_append_val (audit->cards[i], c);
          any |= found[i];
        }
      audit->checked++;
      audit->clean += !any;
    }
  return audit;
}

void
baton_flow_audit_free (BatonFlowAudit *audit)
{
  for (guint i = 0; i < BATON_N_AUDITS; i++)
    g_array_unref (audit->cards[i]);
  g_free (audit);
}
