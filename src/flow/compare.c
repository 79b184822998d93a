/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-flow"

#include "compare.h"

#include "bootstrap.h"
#include "flow-sample.h"
#include "random.h"

#include <string.h>

#define SIGNIFICANT 0.05

/* What each measure needs in both periods before an interval is given, and whether more of it is better. A
 * percentile needs a few values beyond it. */
static const struct
{
  guint needed;
  gboolean more_is_better;
} kinds[BATON_N_MEASURES] = {
  [BATON_MEASURE_MEDIAN] = { BATON_COMPARE_FEWEST, FALSE },
  [BATON_MEASURE_P85] = { 20, FALSE },
  [BATON_MEASURE_P95] = { 60, FALSE },
  [BATON_MEASURE_WAIT] = { BATON_COMPARE_FEWEST, FALSE },
  [BATON_MEASURE_THROUGHPUT] = { 28, TRUE },
  [BATON_MEASURE_REWORK] = { BATON_COMPARE_FEWEST, FALSE },
  [BATON_MEASURE_SATISFACTION] = { BATON_COMPARE_FEWEST, TRUE },
};

static gint64 *
sorted_times (const BatonPeriod *period)
{
  gint64 *times = g_memdup2 (period->cycle, period->n * sizeof (gint64));

  if (period->n > 0)
    baton_flow_sort (times, period->n);
  return times;
}

static gboolean
count (BatonMeasure *measure, BatonMeasureKind kind, guint before, guint after)
{
  measure->n_before = before;
  measure->n_after = after;
  measure->needed = kinds[kind].needed;
  measure->known = before > 0 && after > 0;
  measure->bounded = before >= measure->needed && after >= measure->needed;
  return measure->known;
}

static void
conclude (
    BatonMeasure *measure, BatonMeasureKind kind, double before, double after, const BatonInterval *interval)
{
  measure->before = before;
  measure->after = after;
  measure->change = after - before;
  if (!measure->bounded)
    return;
  measure->low = interval->low;
  measure->high = interval->high;
  if (measure->low > 0 || measure->high < 0)
    measure->verdict =
        (measure->low > 0) == kinds[kind].more_is_better ? BATON_MEASURE_BETTER : BATON_MEASURE_WORSE;
  else
    measure->verdict = BATON_MEASURE_UNCLEAR;
}

static void
measure_percentile (BatonComparison *comparison, BatonMeasureKind kind, const gint64 *before, guint n,
    const gint64 *after, guint m, double percent)
{
  BatonMeasure *measure = &comparison->measures[kind];
  BatonInterval interval = { 0 };

  if (!count (measure, kind, n, m))
    return;
  if (measure->bounded)
    baton_bootstrap_percentile (
        before, n, after, m, percent, baton_random_key (comparison->seed, kind), &interval);
  conclude (measure, kind, (double) before[baton_percentile_rank (n, percent) - 1],
      (double) after[baton_percentile_rank (m, percent) - 1], &interval);
}

static void
measure_ratio (BatonComparison *comparison, BatonMeasureKind kind, const BatonRatioSample *before,
    const BatonRatioSample *after)
{
  BatonMeasure *measure = &comparison->measures[kind];
  BatonInterval interval = { 0 };

  if (!count (measure, kind, before->n, after->n))
    return;
  if (measure->bounded)
    baton_bootstrap_ratio (before, after, baton_random_key (comparison->seed, kind), &interval);
  conclude (measure, kind, baton_ratio (before), baton_ratio (after), &interval);
}

static double *
as_doubles (const gint64 *values, guint n)
{
  double *doubles = g_new (double, n);

  for (guint i = 0; i < n; i++)
    doubles[i] = (double) values[i];
  return doubles;
}

static void
measure_wait (BatonComparison *comparison, const BatonPeriod *before, const BatonPeriod *after)
{
  g_autofree double *waits = before->wait != NULL ? as_doubles (before->wait, before->n) : NULL;
  g_autofree double *cycles = as_doubles (before->cycle, before->n);
  g_autofree double *later_waits = after->wait != NULL ? as_doubles (after->wait, after->n) : NULL;
  g_autofree double *later_cycles = as_doubles (after->cycle, after->n);
  BatonRatioSample first = { waits, cycles, waits != NULL ? before->n : 0 };
  BatonRatioSample second = { later_waits, later_cycles, later_waits != NULL ? after->n : 0 };

  measure_ratio (comparison, BATON_MEASURE_WAIT, &first, &second);
}

static double
mean_a_week (const BatonPeriod *period)
{
  double sum = 0;

  for (guint i = 0; i < period->n_days; i++)
    sum += period->throughput[i];
  return period->n_days > 0 ? 7 * sum / period->n_days : 0;
}

static void
measure_throughput (BatonComparison *comparison, const BatonPeriod *before, const BatonPeriod *after)
{
  BatonMeasure *measure = &comparison->measures[BATON_MEASURE_THROUGHPUT];
  BatonInterval interval = { 0 };

  if (!count (measure, BATON_MEASURE_THROUGHPUT, before->n_days, after->n_days))
    return;
  if (measure->bounded)
    baton_bootstrap_days (before->throughput, before->n_days, after->throughput, after->n_days,
        baton_random_key (comparison->seed, BATON_MEASURE_THROUGHPUT), &interval);
  interval.low *= 7;
  interval.high *= 7;
  conclude (measure, BATON_MEASURE_THROUGHPUT, mean_a_week (before), mean_a_week (after), &interval);
}

static void
measure_rework (BatonComparison *comparison, const BatonPeriod *before, const BatonPeriod *after)
{
  BatonMeasure *measure = &comparison->measures[BATON_MEASURE_REWORK];
  BatonInterval interval = { 0 };

  if (!count (measure, BATON_MEASURE_REWORK, before->n, after->n))
    return;
  if (measure->bounded)
    baton_share_interval (before->reworked, before->n, after->reworked, after->n, &interval);
  conclude (measure, BATON_MEASURE_REWORK, (double) before->reworked / before->n,
      (double) after->reworked / after->n, &interval);
}

static BatonVerdict
find_verdict (const BatonComparison *comparison)
{
  const BatonMeasure *median = &comparison->measures[BATON_MEASURE_MEDIAN];

  if (median->n_before < BATON_COMPARE_FEWEST || median->n_after < BATON_COMPARE_FEWEST)
    return BATON_VERDICT_TOO_LITTLE;
  if (comparison->test.p >= SIGNIFICANT)
    return BATON_VERDICT_UNCLEAR;
  return comparison->test.cliff < 0 ? BATON_VERDICT_FASTER : BATON_VERDICT_SLOWER;
}

/* Less time at the cost of those who do the work is no success. */
static void
weigh_satisfaction (BatonComparison *comparison)
{
  const BatonMeasure *median = &comparison->measures[BATON_MEASURE_MEDIAN];
  const BatonMeasure *satisfaction = &comparison->measures[BATON_MEASURE_SATISFACTION];

  comparison->at_a_cost =
      median->known && satisfaction->known && median->change < 0 && satisfaction->change < 0;
  comparison->cost_is_clear = comparison->at_a_cost && satisfaction->verdict == BATON_MEASURE_WORSE;
}

void
baton_compare (const BatonPeriod *before, const BatonPeriod *after, guint64 seed, BatonComparison *comparison)
{
  g_autofree gint64 *first = sorted_times (before);
  g_autofree gint64 *second = sorted_times (after);
  BatonRatioSample answers = { before->satisfaction, NULL, before->n_answers };
  BatonRatioSample later_answers = { after->satisfaction, NULL, after->n_answers };

  memset (comparison, 0, sizeof *comparison);
  comparison->seed = seed;
  measure_percentile (comparison, BATON_MEASURE_MEDIAN, first, before->n, second, after->n, 50);
  measure_percentile (comparison, BATON_MEASURE_P85, first, before->n, second, after->n, 85);
  measure_percentile (comparison, BATON_MEASURE_P95, first, before->n, second, after->n, 95);
  measure_wait (comparison, before, after);
  measure_throughput (comparison, before, after);
  measure_rework (comparison, before, after);
  measure_ratio (comparison, BATON_MEASURE_SATISFACTION, &answers, &later_answers);
  comparison->tested = before->n > 0 && after->n > 0;
  if (comparison->tested)
    baton_rank_test (first, before->n, second, after->n, &comparison->test);
  comparison->verdict = find_verdict (comparison);
  weigh_satisfaction (comparison);
}
