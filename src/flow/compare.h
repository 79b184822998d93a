/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rank-test.h"

G_BEGIN_DECLS

/* “Did it help?”: a period after a change, or a pilot, beside the one before it. Durations are microseconds.
 */

/* What was measured in a period. Arrays are borrowed; NULL or a length of 0 where there is nothing. */
typedef struct
{
  const gint64 *cycle; /* cycle time of each card finished in the period */
  const gint64 *wait;  /* of each of them, the part that it waited; or NULL */
  guint n;
  guint reworked;          /* how many of them were sent back at least once */
  const guint *throughput; /* cards finished on each day of the period, zeros kept */
  guint n_days;
  const double *satisfaction; /* answers, on whatever scale: more is better */
  guint n_answers;
} BatonPeriod;

typedef enum
{
  BATON_MEASURE_MEDIAN, /* of the cycle times, nearest rank */
  BATON_MEASURE_P85,
  BATON_MEASURE_P95,
  BATON_MEASURE_WAIT,         /* Σ wait / Σ cycle time, 0 … 1 */
  BATON_MEASURE_THROUGHPUT,   /* cards a week */
  BATON_MEASURE_REWORK,       /* share of the cards, 0 … 1 */
  BATON_MEASURE_SATISFACTION, /* mean */
  BATON_N_MEASURES,
} BatonMeasureKind;

typedef enum
{
  BATON_MEASURE_UNKNOWN, /* one of the periods has nothing to measure, or too little for an interval */
  BATON_MEASURE_UNCLEAR, /* the interval holds no change as well */
  BATON_MEASURE_BETTER,
  BATON_MEASURE_WORSE,
} BatonMeasureChange;

typedef struct
{
  guint n_before; /* cards, days or answers */
  guint n_after;
  guint needed;   /* of them in each period, for an interval */
  gboolean known; /* before, after and change mean something */
  double before;
  double after;
  double change;    /* after − before */
  gboolean bounded; /* low and high, an interval of 95 % for the change, mean something */
  double low;
  double high;
  BatonMeasureChange verdict;
} BatonMeasure;

typedef enum
{
  BATON_VERDICT_TOO_LITTLE, /* fewer than 10 finished cards in one of the periods */
  BATON_VERDICT_UNCLEAR,
  BATON_VERDICT_FASTER,
  BATON_VERDICT_SLOWER,
} BatonVerdict;

typedef struct
{
  BatonMeasure measures[BATON_N_MEASURES];
  gboolean tested;    /* both periods have a card */
  BatonRankTest test; /* of the cycle times */
  BatonVerdict verdict;
  gboolean at_a_cost;     /* cards take less time, and satisfaction has fallen */
  gboolean cost_is_clear; /* and chance alone does not explain that */
  guint64 seed;
} BatonComparison;

#define BATON_COMPARE_FEWEST 10

void baton_compare (
    const BatonPeriod *before, const BatonPeriod *after, guint64 seed, BatonComparison *comparison);

/* Sentences for the reader; transfer full. */
char *baton_compare_words (const BatonComparison *comparison);         /* the verdict */
char *baton_compare_warning_words (const BatonComparison *comparison); /* satisfaction, or "" */
const char *baton_measure_name (BatonMeasureKind kind);                /* translated */

G_END_DECLS
