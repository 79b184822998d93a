/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "days.h"
#include "flow-view.h"

G_BEGIN_DECLS

/* The cumulative flow diagram, throughput and work in progress over time. All is counted at the borders of
 * the given days: index 0 is the state just before days->starts[0], index i the state just before
 * days->starts[i], index days->n the state at the end. Days may be of any length, so any resolution is
 * possible.
 *
 * Lines: line p counts what has come to place p of the flow or beyond (places: flow->places). It never falls,
 * and line p - line p + 1 is the number of cards that are in place p at that moment. To keep both true, a
 * card that goes back counts as one that leaves behind its old place and arrives anew: every line up to its
 * new place and every line behind its old one rises by one. What goes into the archive unfinished rises the
 * lines behind its place. Arrivals and departures of each stage are counted as they were, without that. */
typedef struct
{
  BatonFlowDays *days; /* owned */
  guint n_stages;
  guint n_points;    /* days->n + 1 */
  guint32 *arrived;  /* stage * n_points + index */
  guint32 *departed; /* … so that arrived - departed is the number of cards in the stage */
  guint32 *lines;    /* place * n_points + index; place n_stages is the world behind the last stage */
  guint32 *finished; /* n_points: how many of the now finished cards were finished before; for throughput */
  guint first_done;  /* place of the first done stage; n_stages when there is none */
  guint first_work;  /* place of the first active or review stage, or n_stages */
  guint first_committed; /* place of the first stage that is not backlog */

  guint32 *steps; /* the same four tables before they are summed up, one after the other */
} BatonFlowCfd;

/* Takes the days. */
BatonFlowCfd *baton_flow_cfd_new (const BatonFlowView *view, BatonFlowDays *days);
void baton_flow_cfd_free (BatonFlowCfd *cfd);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BatonFlowCfd, baton_flow_cfd_free)

/* A card's share, in or out; then, once, sum. */
void baton_flow_cfd_put (BatonFlowCfd *cfd, const BatonFlowView *view, guint32 card, gboolean in);
void baton_flow_cfd_sum (BatonFlowCfd *cfd);

guint32 baton_flow_cfd_line (const BatonFlowCfd *cfd, guint place, guint index);
/* Cards in a stage, and in all stages between backlog and done. */
guint32 baton_flow_cfd_in_stage (const BatonFlowCfd *cfd, guint stage, guint index);
guint32 baton_flow_cfd_wip (const BatonFlowCfd *cfd, guint index);

/* The horizontal distance, at the height of the departures, back to the arrivals at the first work stage: an
 * approximate average cycle time in microseconds of calendar time. -1 where nothing has departed yet. */
gint64 baton_flow_cfd_approximate_time (const BatonFlowCfd *cfd, guint index);

/* Finished cards of day i, 0 <= i < days->n. */
guint32 baton_flow_cfd_throughput (const BatonFlowCfd *cfd, guint day);

G_END_DECLS
