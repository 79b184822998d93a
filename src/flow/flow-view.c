/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-flow"

#include "flow-view.h"

BatonFlowView *
baton_flow_view_new (const BatonFlow *flow, gint64 now, GTimeZone *zone)
{
  BatonFlowView *view = g_new0 (BatonFlowView, 1);

  view->flow = flow;
  view->from = G_MININT64;
  view->to = G_MAXINT64;
  view->now = now;
  view->zone = g_time_zone_ref (zone);
  return view;
}

void
baton_flow_view_free (BatonFlowView *view)
{
  for (guint i = 0; i < BATON_FLOW_N_DIMS; i++)
    g_clear_pointer (&view->chosen[i], g_hash_table_unref);
  g_time_zone_unref (view->zone);
  g_free (view);
}

void
baton_flow_view_choose (BatonFlowView *view, BatonFlowDim dim, guint32 value)
{
  if (view->chosen[dim] == NULL)
    view->chosen[dim] = g_hash_table_new (NULL, NULL);
  g_hash_table_add (view->chosen[dim], GUINT_TO_POINTER (value));
}

gboolean
baton_flow_view_has (const BatonFlowView *view, const BatonFlowCard *card)
{
  if (card->hidden || card->stage == BATON_FLOW_NO_STAGE)
    return FALSE;
  for (guint i = 0; i < BATON_FLOW_N_DIMS; i++)
    {
      if (view->chosen[i] != NULL &&
          !g_hash_table_contains (view->chosen[i], GUINT_TO_POINTER (card->dims[i])))
        return FALSE;
    }
  return TRUE;
}
