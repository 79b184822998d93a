/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-flow"

#include "forecast-private.h"

#include <math.h>

#define STEP 7   /* days between two statements */
#define LEARN 10 /* windows that have to have ended before they teach a widening */
#define JUDGE 20 /* windows below which nothing is said about the calibration */
#define MOST_RUNS 1000
#define DRAWS 10000000 /* days drawn in all; more windows get fewer runs each … */
#define LEAST_RUNS 250 /* … but not fewer than these */
#define SHORTEST_SAMPLE 28
#define SHORTEST 7 /* a horizon in days below which looking back says nothing */

/* One statement of the past: how far what came lay below the median, in units of the distance of the level. A
 * statement widened by this factor would just have held. */
typedef struct
{
  guint end; /* the day after its last one */
  double factor[BATON_FORECAST_LEVELS];
} Window;

static int
compare_factors (gconstpointer a, gconstpointer b)
{
  double left = *(const double *) a;
  double right = *(const double *) b;

  return left < right ? -1 : left > right;
}

/* The widening with which the share of the windows that ended by this day would have held, by the rank that
 * split conformal prediction takes; never less than one, and one for the median. */
static gboolean
learn (GArray *windows, guint before, double factor[BATON_FORECAST_LEVELS])
{
  g_autofree double *values = g_new (double, windows->len + 1);
  guint n = 0;

  for (guint level = 0; level < BATON_FORECAST_LEVELS; level++)
    {
      double share = baton_forecast_shares[level];
      guint rank;

      factor[level] = 1;
      n = 0;
      for (guint i = 0; i < windows->len; i++)
        {
          const Window *window = &g_array_index (windows, Window, i);

          if (window->end <= before)
            values[n++] = window->factor[level];
        }
      if (n < LEARN || level == 0)
        continue;
      qsort (values, n, sizeof (double), compare_factors);
      rank = MIN ((guint) ceil (share * (n + 1) - 1e-9), n);
      factor[level] = MAX (1, values[rank - 1]);
    }
  return n >= LEARN;
}

static guint
total (const guint *days, guint n)
{
  guint64 sum = 0;

  for (guint i = 0; i < n; i++)
    sum += days[i];
  return (guint) MIN (sum, G_MAXUINT);
}

static void
check (
    BatonBacktest *result, GArray *windows, guint at, const guint levels[BATON_FORECAST_LEVELS], guint came)
{
  double factor[BATON_FORECAST_LEVELS];
  Window window = { .end = at + result->horizon };
  gboolean learnt = learn (windows, at, factor);

  result->windows++;
  result->safe_windows += learnt;
  for (guint i = 0; i < BATON_FORECAST_LEVELS; i++)
    {
      double distance = MAX (1.0, (double) levels[0] - levels[i]);

      result->held[i] += came >= levels[i];
      result->safe_held[i] += learnt && came >= baton_forecast_widen (levels[0], levels[i], factor[i]);
      window.factor[i] = ((double) levels[0] - came) / distance;
    }
  g_array_append_val (windows, window);
}

/* Days drawn from, in whole weeks, and a horizon that leave enough windows to look at: with a short past
 * first the sample becomes shorter, then the horizon. FALSE when it is too short for any. */
static gboolean
fit_windows (guint n_days, guint sample, guint wanted, BatonBacktest *result)
{
  guint windows = STEP * (LEARN - 1);
  guint shortest = MIN (sample, SHORTEST_SAMPLE);
  guint room = n_days > windows + wanted ? n_days - windows - wanted : 0;

  if (n_days < shortest + windows + SHORTEST)
    return FALSE;
  result->sample = room >= sample ? sample : MAX (room / STEP * STEP, shortest);
  result->horizon = MIN (wanted, n_days - windows - result->sample);
  return TRUE;
}

static guint
affordable_runs (const BatonForecastInput *input, guint sample, guint horizon, guint runs)
{
  guint windows = (input->n_days - sample - horizon) / STEP + 1;

  if (runs == 0)
    runs = MOST_RUNS;
  return MIN (runs, MAX (LEAST_RUNS, DRAWS / windows / horizon));
}

void
baton_backtest (const BatonForecastInput *input, guint horizon, guint runs, BatonBacktest *result)
{
  g_autoptr (GArray) windows = g_array_new (FALSE, FALSE, sizeof (Window));
  guint sample = input->sample > 0 ? input->sample : BATON_FORECAST_SAMPLE;

  *result = (BatonBacktest){ .factor = { 1, 1, 1 } };
  if (!fit_windows (input->n_days, sample, horizon, result))
    return;
  sample = result->sample;
  runs = affordable_runs (input, sample, result->horizon, runs);
  for (guint at = sample + (input->n_days - sample - result->horizon) % STEP;
       at + result->horizon <= input->n_days; at += STEP)
    {
      g_auto (BatonForecastRuns) all = { 0 };
      guint levels[BATON_FORECAST_LEVELS];

      if (total (input->throughput + at - sample, sample) == 0)
        continue;
      baton_forecast_runs_init (
          &all, input->throughput + at - sample, sample, runs, baton_random_key (input->seed, at));
      for (guint day = 0; day < result->horizon; day++)
        baton_forecast_runs_step (&all);
      baton_forecast_runs_levels (&all, levels);
      check (result, windows, at, levels, total (input->throughput + at, result->horizon));
    }
  learn (windows, input->n_days, result->factor);
}

static BatonCalibration
judge (guint held, guint windows)
{
  double share = windows > 0 ? (double) held / windows : 0;

  if (windows < JUDGE)
    return BATON_CALIBRATION_UNKNOWN;
  if (share < 0.80)
    return BATON_CALIBRATION_BOLD;
  return share > 0.90 ? BATON_CALIBRATION_TIMID : BATON_CALIBRATION_GOOD;
}

BatonCalibration
baton_backtest_plain (const BatonBacktest *backtest)
{
  return judge (backtest->held[1], backtest->windows);
}

BatonCalibration
baton_backtest_safe (const BatonBacktest *backtest)
{
  return judge (backtest->safe_held[1], backtest->safe_windows);
}
