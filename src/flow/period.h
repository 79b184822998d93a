/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "compare.h"
#include "days.h"
#include "flow-view.h"

G_BEGIN_DECLS

/* A board's past as forecasts and comparisons want it. */

/* What was finished in the view's period, for baton_compare. Times are in the view's hours; wait is what
 * where.h calls waiting. Throughput is that of the whole days of the period as far as the board is known
 * (from its first event to now). */
typedef struct
{
  GArray *cycle;      /* gint64 */
  GArray *wait;       /* gint64 */
  GArray *throughput; /* guint */
  GArray *answers;    /* double: satisfaction with what was finished, of the cards where somebody told it */
  BatonPeriod period; /* points into these */
} BatonFlowPeriod;

BatonFlowPeriod *baton_flow_period_new (const BatonFlowView *view);
void baton_flow_period_free (BatonFlowPeriod *period);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BatonFlowPeriod, baton_flow_period_free)

/* How many cards were finished on each of these days (or in each of these weeks), whatever the period.
 * Transfer full, of guint. */
GArray *baton_flow_finished_each (const BatonFlowView *view, const BatonFlowDays *days);

/* Cards finished on each whole day, for a forecast made at the beginning of the day that *end is in (today,
 * or the end of the period). When nothing was finished for longer than a forecast looks back, as in a board
 * that was imported, the forecast is made as of the day after the latest one instead. *end gets that moment,
 * the beginning of the first day to come. Transfer full, of guint; empty when nothing was ever finished. */
GArray *baton_flow_daily_throughput (const BatonFlowView *view, gint64 *end);

/* Cards that are neither finished nor in the archive: what “when will these be done” asks unless told. */
guint baton_flow_open_cards (const BatonFlowView *view);

G_END_DECLS
