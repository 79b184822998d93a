/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "report.h"

G_BEGIN_DECLS

/* Answers in words, for the page and its report alike. All transfer full. */

/* "2.7 days", "5 hours", "12 minutes"; day: how long a day is, microseconds, 0: 24 hours. */
char *baton_words_span (double span, double day);

/* metrics-words-time.c: cycle and lead time, flow, age */
char *baton_words_cycle (const BatonReport *report);
char *baton_words_cycle_what (const BatonReport *report);
char *baton_words_cycle_note (const BatonReport *report); /* or NULL */
char *baton_words_histogram (const BatonReport *report);
char *baton_words_lead (const BatonReport *report);
char *baton_words_flow (const BatonReport *report);
char *baton_words_column (const BatonReport *report, guint i); /* of the cumulative flow diagram */
char *baton_words_throughput (const BatonReport *report);
char *baton_words_wip (const BatonReport *report);
char *baton_words_age (const BatonReport *report);

/* metrics-words-work.c: where time goes, quality, handoffs */
char *baton_words_by_channel (const BatonReport *report);
char *baton_words_by_stage (const BatonReport *report);
char *baton_words_reviews (const BatonReport *report);
char *baton_words_yield (const BatonReport *report);
char *baton_words_rework (const BatonReport *report);
char *baton_words_handoffs (const BatonReport *report);
char *baton_words_edge (const BatonReport *report, const BatonFlowEdge *edge);
char *baton_words_decouple (const BatonReport *report);
char *baton_words_bottleneck (const BatonReport *report);
char *baton_words_narrow (const BatonReport *report, const BatonFlowNarrow *narrow);

/* metrics-words-ahead.c: forecast, fast lane */
char *baton_words_how_many (const BatonReport *report);
char *baton_words_when (const BatonReport *report);
char *baton_words_compared (const BatonReport *report); /* what with what */
char *baton_words_fast (const BatonReport *report);
/* The n-th day that is forecast. */
char *baton_words_day_ahead (const BatonReport *report, guint days);

/* "150 finished · 21 in progress · times exact for 97 %" */
char *baton_words_counts (const BatonReport *report);
/* How well the times are known and why not better; NULL when all of them are exact. */
char *baton_words_exact (const BatonReport *report);

G_END_DECLS
