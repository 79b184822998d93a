/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-flow"

#include "flow-view.h"

#include <string.h>

BatonFlowChoice *
baton_flow_choice_new (void)
{
  return g_new0 (BatonFlowChoice, 1);
}

void
baton_flow_choice_free (BatonFlowChoice *choice)
{
  g_free (choice->has);
  g_free (choice);
}

void
baton_flow_choice_add (BatonFlowChoice *choice, guint32 value)
{
  if (value == BATON_FLOW_NONE)
    choice->none = TRUE;
  if (value >= BATON_FLOW_UNKNOWN)
    return;
  if (value >= choice->n)
    {
      choice->has = g_realloc (choice->has, (gsize) value + 1);
      memset (choice->has + choice->n, 0, (gsize) value + 1 - choice->n);
      choice->n = value + 1;
    }
  choice->has[value] = TRUE;
}

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
    g_clear_pointer (&view->chosen[i], baton_flow_choice_free);
  g_time_zone_unref (view->zone);
  g_free (view);
}

void
baton_flow_view_choose (BatonFlowView *view, BatonFlowDim dim, guint32 value)
{
  if (view->chosen[dim] == NULL)
    view->chosen[dim] = baton_flow_choice_new ();
  baton_flow_choice_add (view->chosen[dim], value);
}
