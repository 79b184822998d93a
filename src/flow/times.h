/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "flow-sample.h"
#include "flow-view.h"

G_BEGIN_DECLS

/* Cycle time and lead time of what was finished in the period, and how many cards are something else. */

typedef struct
{
  guint32 card;
  gint64 finished;
  gint64 cycle; /* in the view's hours */
  gint64 lead;
} BatonFlowItem;

typedef struct
{
  GArray *items; /* BatonFlowItem: cards finished in the period that have a cycle time; in no order */
  BatonFlowSample cycle;
  BatonFlowSample lead; /* of all cards finished in the period, those never started too */
  guint never_started;  /* finished in the period without ever having been in an active or review stage */
  guint not_started;    /* unfinished now: have not been in an active or review stage */
  guint in_progress;    /* unfinished now: have been */
  guint set_aside;      /* of these two, how many are in the archive */
} BatonFlowTimes;

BatonFlowTimes *baton_flow_times_new (const BatonFlowView *view);
void baton_flow_times_free (BatonFlowTimes *times);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BatonFlowTimes, baton_flow_times_free)

/* Puts the items into the order of their finish; of one instant, in that of the cards. */
void baton_flow_times_sort (BatonFlowTimes *times);

/* A card's share, in or out: take it out before the card changes, put it in afterwards. */
void baton_flow_times_put (BatonFlowTimes *times, const BatonFlowView *view, guint32 card, gboolean in);

/* One unfinished, started card that is not in the archive. */
typedef struct
{
  guint32 card;
  guint16 stage;
  gint64 age;         /* since it was started, in the view's hours; never negative */
  gint64 in_stage;    /* since it came into its stage */
  double chance_late; /* share of the finished cards that lasted longer than this age which missed the
                         expectation; 1 when it has missed it already; -1 when nothing is known */
} BatonFlowAge;

/* Ages of all work in progress of the view, the oldest first. expected: the service level expectation, a
 * percentile of times->cycle. Transfer full, of BatonFlowAge. */
GArray *baton_flow_ages (const BatonFlowView *view, BatonFlowTimes *times, gint64 expected);

/* The percentiles of age at which finished cards left each stage for the last time: for each stage of the
 * flow n_percents numbers, 0 where no card was. Who is older in a stage than these is behind. Transfer full.
 */
gint64 *baton_flow_pace (
    const BatonFlowView *view, const BatonFlowTimes *times, const double *percents, guint n_percents);

/* Fast lane against everything else: cards of the urgency flow->fast. */
typedef struct
{
  guint cards; /* that came in the period */
  guint unfinished;
  BatonFlowSample
      response; /* from creation to the first active or review stage, of cards started in the period */
  BatonFlowSample cycle; /* of cards finished in the period */
  BatonFlowSample other_cycle;
} BatonFlowFast;

BatonFlowFast *baton_flow_fast_new (const BatonFlowView *view);
void baton_flow_fast_free (BatonFlowFast *fast);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BatonFlowFast, baton_flow_fast_free)
void baton_flow_fast_put (BatonFlowFast *fast, const BatonFlowView *view, guint32 card, gboolean in);

G_END_DECLS
