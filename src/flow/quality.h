/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "flow-sample.h"
#include "flow-view.h"

G_BEGIN_DECLS

/* First-pass yield of a stage: of the cards that had left it by the end of the period, having come into it in
 * the period, the share that was there once and went on forwards. A visit is an unbroken stay; events of the
 * stage where the card is do not begin another. Who went back, or came again, did not pass. */
typedef struct
{
  guint left;   /* cards */
  guint passed; /* of those, at the first go */
} BatonFlowYield;

/* A card that goes back from a later place of the flow into a work stage has to be worked on again. */
typedef struct
{
  guint16 from;
  guint16 to;
  guint32
      reason; /* of the latest review that had asked for changes by then; BATON_FLOW_NONE: none is known */
  guint count;
} BatonFlowRework;

typedef struct
{
  guint n_stages;
  BatonFlowYield *yields; /* for each stage */
  GArray *rework;         /* BatonFlowRework, in no order */
  guint reworks;          /* sum of their counts */
} BatonFlowQuality;

BatonFlowQuality *baton_flow_quality_new (const BatonFlowView *view);
void baton_flow_quality_free (BatonFlowQuality *quality);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BatonFlowQuality, baton_flow_quality_free)
void baton_flow_quality_put (BatonFlowQuality *quality, const BatonFlowView *view, guint32 card, gboolean in);

/* Share that passed, 0 … 1; -1 when nothing has left. */
double baton_flow_yield (const BatonFlowYield *yield);

/* Rolled yield: the product over the active and review stages that something has left; -1 when there is none.
 */
double baton_flow_quality_rolled (const BatonFlowQuality *quality, const BatonFlow *flow);

/* Reviews against their window: requests where the board has them; else each visit of a review stage, from
 * when the card came into it (or into the queue right before it) until it left, against `usual`. Of those
 * that were closed in the period. */
typedef struct
{
  gboolean from_requests;
  BatonFlowSample turnaround; /* in the view's hours */
  GArray *cards;              /* guint32, of each of these, as long as nobody has sorted them */
  guint in_time;              /* of these, closed within their window */
  guint with_window;          /* of these, that had one */
  guint open;                 /* now */
  guint overdue;              /* of the open ones, past their window now */
  guint changes;              /* closed ones that asked for changes, or went back */
} BatonFlowReviews;

/* usual: the window of a review stage's visit, microseconds; 0: none. It runs in window_hours, whatever hours
 * the view measures in; NULL: in all hours. A request knows itself when its window ends. */
BatonFlowReviews *baton_flow_reviews_new (
    const BatonFlowView *view, gint64 usual, const BatonFlowHours *window_hours);
void baton_flow_reviews_free (BatonFlowReviews *reviews);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BatonFlowReviews, baton_flow_reviews_free)

G_END_DECLS
