/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "flow.h"
#include "hours.h"

G_BEGIN_DECLS

/* Which values of a dimension pass. Asked for every card in every number, so it is a table and no set. */
typedef struct
{
  guint8 *has; /* index → whether it passes */
  guint n;
  gboolean none; /* whether cards without a value pass */
} BatonFlowChoice;

#define BATON_FLOW_UNKNOWN (BATON_FLOW_NONE - 1) /* what no card has: chosen alone it lets nothing pass */

BatonFlowChoice *baton_flow_choice_new (void);
void baton_flow_choice_free (BatonFlowChoice *choice);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BatonFlowChoice, baton_flow_choice_free)
void baton_flow_choice_add (BatonFlowChoice *choice, guint32 value);

static inline gboolean
baton_flow_choice_has (const BatonFlowChoice *choice, guint32 value)
{
  return value < choice->n ? choice->has[value] : value == BATON_FLOW_NONE && choice->none;
}

/* What is looked at: some cards, a period, one kind of hours, and what time it is now. Every number of this
 * room is that of a view. What happens at an instant belongs to the period that begins there: from <= at <
 * to. what ended (a cycle time, a wait, a visit) belongs to the period in which it ended; what is still there
 * (unfinished cards, ages) is as it is now, whatever the period. */
typedef struct
{
  const BatonFlow *flow; /* must outlive the view */
  gint64 from;           /* G_MININT64: from the beginning */
  gint64 to;             /* G_MAXINT64: to the end */
  gint64 now;
  GTimeZone *zone; /* where days begin */
  const BatonFlowHours
      *hours; /* NULL: calendar hours; else durations are working time. Must outlive the view */
  BatonFlowChoice *chosen[BATON_FLOW_N_DIMS]; /* NULL: all */
} BatonFlowView;

BatonFlowView *baton_flow_view_new (const BatonFlow *flow, gint64 now, GTimeZone *zone);
void baton_flow_view_free (BatonFlowView *view);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BatonFlowView, baton_flow_view_free)

/* Lets only these pass: called for each value of a dimension that is wanted. BATON_FLOW_NONE: those without.
 */
void baton_flow_view_choose (BatonFlowView *view, BatonFlowDim dim, guint32 value);

/* Whether a card is looked at. */
static inline gboolean
baton_flow_view_has (const BatonFlowView *view, const BatonFlowCard *card)
{
  if (card->hidden || card->stage == BATON_FLOW_NO_STAGE)
    return FALSE;
  for (guint i = 0; i < BATON_FLOW_N_DIMS; i++)
    {
      if (view->chosen[i] != NULL && !baton_flow_choice_has (view->chosen[i], card->dims[i]))
        return FALSE;
    }
  return TRUE;
}

static inline gboolean
baton_flow_view_in_period (const BatonFlowView *view, gint64 at)
{
  return at >= view->from && at < view->to;
}

/* How long from a to b, in the view's kind of hours. Never negative. */
static inline gint64
baton_flow_view_between (const BatonFlowView *view, gint64 a, gint64 b)
{
  if (b <= a)
    return 0;
  if (view->hours == NULL)
    return b - a;
  return baton_flow_hours_clock (view->hours, b) - baton_flow_hours_clock (view->hours, a);
}

G_END_DECLS
