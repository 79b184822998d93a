/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-flow"

#include "exact.h"

BatonFlowExact
baton_flow_exact (const BatonFlowView *view)
{
  guint counts[BATON_FLOW_ESTIMATED + 1] = { 0 };

  for (guint32 c = 0; c < view->flow->n_cards; c++)
    {
      const BatonFlowCard *card = &view->flow->cards[c];
      const BatonFlowEvent *events = baton_flow_events (view->flow, card);

      if (!baton_flow_view_has (view, card))
        continue;
      for (guint32 i = 0; i < card->n; i++)
        {
          if (events[i].type == BATON_FLOW_ENTER && baton_flow_view_in_period (view, events[i].at))
            counts[MIN (events[i].source, BATON_FLOW_ESTIMATED)]++;
        }
    }
  return (
      BatonFlowExact){ counts[BATON_FLOW_EXACT], counts[BATON_FLOW_RECORDED], counts[BATON_FLOW_ESTIMATED] };
}

double
baton_flow_exact_share (const BatonFlowExact *exact)
{
  guint all = exact->exact + exact->recorded + exact->estimated;

  return all > 0 ? (double) exact->exact / all : -1;
}
