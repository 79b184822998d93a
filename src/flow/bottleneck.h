/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfd.h"
#include "flow-sample.h"

G_BEGIN_DECLS

/* Where the flow is narrowest. Every work stage is looked at together with the queue stages right before it:
 * does that queue grow, how long do cards wait in it, is the stage busy all the time? Being full alone says
 * nothing. All three parts are given, so that the reasoning can be shown. */
typedef struct
{
  guint16 stage;
  guint16 queue;       /* the first of the queue stages right before it; NO_STAGE: there is none */
  double arrivals;     /* into queue and stage from outside them, per week */
  double departures;   /* from them to elsewhere, per week */
  double growth;       /* cards that queue and stage gained, per week of the period */
  guint queued;        /* cards in the queue now */
  guint working;       /* cards in the stage now */
  double mean_working; /* average over the period of the number of cards in the stage, as it is when days
                          begin */
  double utilisation; /* share of the days of the period on which a card was in the stage, however short; with
                         a limit, mean_working / limit; 0 … 1 */
  gint64 median_wait; /* of the waits in the queue that ended in the period, in the view's hours */
  gint64 oldest;      /* of the cards in the queue now, in the view's hours */
  guint waits;
  double part_growth; /* 0 … 1: growth against the greatest growth of all stages */
  double part_wait;   /* 0 … 1: median wait against the longest */
  double score;       /* mean of the three parts: growth, wait, utilisation */
} BatonFlowNarrow;

/* The work stages, the narrowest first. Empty when there are none. Transfer full, of BatonFlowNarrow. cfd: of
 * the same view, over its period. */
GArray *baton_flow_bottleneck (const BatonFlowView *view, const BatonFlowCfd *cfd);

G_END_DECLS
