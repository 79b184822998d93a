/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-flow"

#include "forecast-private.h"

#include <math.h>
#include <string.h>

/* Sums further apart than this are sorted instead of counted. */
#define MOST_BUCKETS 65536

const double baton_forecast_shares[BATON_FORECAST_LEVELS] = { 0.50, 0.85, 0.95 };

void
baton_forecast_runs_init (
    BatonForecastRuns *runs, const guint *sample, guint n_sample, guint n_runs, guint64 seed)
{
  *runs = (BatonForecastRuns){ .sample = sample, .n_sample = n_sample, .runs = n_runs };
  runs->sums = g_new0 (guint, n_runs);
  baton_random_init (&runs->random, seed);
}

void
baton_forecast_runs_clear (BatonForecastRuns *runs)
{
  g_clear_pointer (&runs->sums, g_free);
  g_clear_pointer (&runs->buckets, g_free);
}

/* Sums stay at the largest number instead of beginning again at zero. */
static guint
add (guint a, guint b)
{
  return a > G_MAXUINT - b ? G_MAXUINT : a + b;
}

void
baton_forecast_runs_step (BatonForecastRuns *runs)
{
  BatonRandom random = runs->random;

  for (guint i = 0; i < runs->runs; i++)
    runs->sums[i] = add (runs->sums[i], runs->sample[baton_random_below (&random, runs->n_sample)]);
  runs->random = random;
}

/* How many of n runs have to reach a number for the statement of this share; the little bit keeps 0.85 × 20,
 * which a double makes 17.000000000000004 or less, at 17. */
static guint
needed (guint n, double share)
{
  return CLAMP ((guint) ceil (share * n - 1e-9), 1, n);
}

guint
baton_forecast_at_least (const guint *values, guint n, double share)
{
  g_return_val_if_fail (n > 0, 0);
  return values[n - needed (n, share)];
}

guint
baton_forecast_at_most (const guint *values, guint n, double share)
{
  g_return_val_if_fail (n > 0, 0);
  return values[needed (n, share) - 1];
}

static int
compare_counts (gconstpointer a, gconstpointer b)
{
  guint left = *(const guint *) a;
  guint right = *(const guint *) b;

  return left < right ? -1 : left > right;
}

guint *
baton_forecast_sorted (const guint *values, guint n)
{
  guint *copy = g_memdup2 (values, n * sizeof (guint));

  qsort (copy, n, sizeof (guint), compare_counts);
  return copy;
}

static void
levels_by_sorting (BatonForecastRuns *runs, guint levels[BATON_FORECAST_LEVELS])
{
  g_autofree guint *sorted = baton_forecast_sorted (runs->sums, runs->runs);

  for (guint i = 0; i < BATON_FORECAST_LEVELS; i++)
    levels[i] = baton_forecast_at_least (sorted, runs->runs, baton_forecast_shares[i]);
}

static void
levels_by_counting (BatonForecastRuns *runs, guint least, guint n, guint levels[BATON_FORECAST_LEVELS])
{
  guint reached = 0;
  guint level = 0;

  if (n > runs->n_buckets)
    {
      runs->n_buckets = MIN (2 * n, MOST_BUCKETS);
      runs->buckets = g_renew (guint, runs->buckets, runs->n_buckets);
    }
  memset (runs->buckets, 0, n * sizeof (guint));
  for (guint i = 0; i < runs->runs; i++)
    runs->buckets[runs->sums[i] - least]++;
  for (guint i = n; i > 0 && level < BATON_FORECAST_LEVELS; i--)
    {
      reached += runs->buckets[i - 1];
      while (level < BATON_FORECAST_LEVELS && reached >= needed (runs->runs, baton_forecast_shares[level]))
        levels[level++] = least + i - 1;
    }
}

void
baton_forecast_runs_levels (BatonForecastRuns *runs, guint levels[BATON_FORECAST_LEVELS])
{
  guint least = runs->sums[0];
  guint most = runs->sums[0];

  for (guint i = 1; i < runs->runs; i++)
    {
      least = MIN (least, runs->sums[i]);
      most = MAX (most, runs->sums[i]);
    }
  if (most - least < MOST_BUCKETS)
    levels_by_counting (runs, least, most - least + 1, levels);
  else
    levels_by_sorting (runs, levels);
}

guint
baton_forecast_widen (guint median, guint level, double factor)
{
  double value = median - factor * ((double) median - level);

  return value > 0 ? (guint) floor (value + 1e-9) : 0;
}
