/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-flow"

#include "bootstrap.h"

#include "random.h"

#include <math.h>

#define RESAMPLES 4000
#define FEWEST_RESAMPLES 400
#define DRAWS 3000000 /* in all; large samples are drawn fewer times, which their narrow intervals bear */
#define GROUPS 1000   /* that larger samples than twice as many are drawn in */
#define BLOCK 7
#define Z_975 1.959963984540054

static int
compare_doubles (gconstpointer a, gconstpointer b)
{
  double left = *(const double *) a;
  double right = *(const double *) b;

  return left < right ? -1 : left > right;
}

/* The value below which this share of the resamples lies. */
static double
at_share (const double *sorted, guint n, double share)
{
  double place = share * (n + 1);

  return sorted[(guint) CLAMP (floor (place + 0.5), 1, n) - 1];
}

static guint
affordable (guint draws)
{
  return CLAMP (DRAWS / MAX (draws, 1), FEWEST_RESAMPLES, RESAMPLES);
}

static void
percentile_method (double *values, guint n, BatonInterval *interval)
{
  qsort (values, n, sizeof (double), compare_doubles);
  interval->low = at_share (values, n, 0.025);
  interval->high = at_share (values, n, 0.975);
}

guint
baton_percentile_rank (guint n, double percent)
{
  return (guint) CLAMP (ceil (percent / 100 * n - 1e-9), 1, MAX (n, 1));
}

/* Marsaglia and Tsang 2000, for shapes from 1 on. */
static double
random_gamma (BatonRandom *random, double shape)
{
  double d = shape - 1.0 / 3;
  double c = 1 / sqrt (9 * d);

  while (TRUE)
    {
      double x = baton_normal_quantile (baton_random_unit (baton_random_next (random)));
      double u = baton_random_unit (baton_random_next (random));
      double v = 1 + c * x;

      v = v * v * v;
      if (v > 0 && baton_fixed_log (u) < x * x / 2 + d - d * v + d * baton_fixed_log (v))
        return d * v;
    }
}

static gint64
resampled_percentile (BatonRandom *random, const gint64 *sorted, guint n, guint rank)
{
  double below = random_gamma (random, rank);
  double above = random_gamma (random, n + 1.0 - rank);

  return sorted[(guint) CLAMP (ceil (below / (below + above) * n), 1, n) - 1];
}

void
baton_bootstrap_percentile (const gint64 *before, guint n, const gint64 *after, guint m, double percent,
    guint64 seed, BatonInterval *interval)
{
  g_autofree double *values = g_new (double, RESAMPLES);
  BatonRandom random;

  g_return_if_fail (n > 0 && m > 0);
  baton_random_init (&random, seed);
  for (guint i = 0; i < RESAMPLES; i++)
    {
      double left = (double) resampled_percentile (&random, before, n, baton_percentile_rank (n, percent));

      values[i] =
          (double) resampled_percentile (&random, after, m, baton_percentile_rank (m, percent)) - left;
    }
  percentile_method (values, RESAMPLES, interval);
}

double
baton_ratio (const BatonRatioSample *sample)
{
  double parts = 0;
  double wholes = 0;

  for (guint i = 0; i < sample->n; i++)
    {
      parts += sample->parts[i];
      wholes += sample->wholes != NULL ? sample->wholes[i] : 1;
    }
  return wholes > 0 ? parts / wholes : 0;
}

static double
resampled_ratio (BatonRandom *random, const BatonRatioSample *sample)
{
  double parts = 0;
  double wholes = 0;

  for (guint i = 0; i < sample->n; i++)
    {
      guint drawn = baton_random_below (random, sample->n);

      parts += sample->parts[drawn];
      wholes += sample->wholes != NULL ? sample->wholes[drawn] : 1;
    }
  return wholes > 0 ? parts / wholes : 0;
}

/* A large sample is dealt out at random into groups, and the groups are drawn: the mean of what is drawn
 * scatters as much as if single values were, because the groups are of independent values. With so many of
 * them the width of an interval is right to about 2 %. */
typedef struct
{
  BatonRatioSample sample;
  double *parts;
  double *wholes;
} Drawn;

static void
drawn_init (Drawn *drawn, const BatonRatioSample *sample, BatonRandom *random)
{
  *drawn = (Drawn){ .sample = *sample };
  if (sample->n <= 2 * GROUPS)
    return;
  drawn->parts = g_new0 (double, GROUPS);
  drawn->wholes = g_new0 (double, GROUPS);
  for (guint i = 0; i < sample->n; i++)
    {
      guint group = baton_random_below (random, GROUPS);

      drawn->parts[group] += sample->parts[i];
      drawn->wholes[group] += sample->wholes != NULL ? sample->wholes[i] : 1;
    }
  drawn->sample = (BatonRatioSample){ drawn->parts, drawn->wholes, GROUPS };
}

static void
drawn_clear (Drawn *drawn)
{
  g_free (drawn->parts);
  g_free (drawn->wholes);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Drawn, drawn_clear)

/* The sums of squares and cubes of what each value contributes, for the acceleration of BCa. */
static void
add_influence (const BatonRatioSample *sample, double sign, double *squares, double *cubes)
{
  double ratio = baton_ratio (sample);
  double wholes = 0;

  for (guint i = 0; i < sample->n; i++)
    wholes += sample->wholes != NULL ? sample->wholes[i] : 1;
  for (guint i = 0; wholes > 0 && i < sample->n; i++)
    {
      double whole = sample->wholes != NULL ? sample->wholes[i] : 1;
      double part = sign * (sample->parts[i] - ratio * whole) / wholes;

      *squares += part * part;
      *cubes += part * part * part;
    }
}

static double
bca_share (double bias, double acceleration, double z)
{
  double moved = bias + z;

  return baton_normal_probability (bias + moved / (1 - acceleration * moved));
}

void
baton_bootstrap_ratio (
    const BatonRatioSample *before, const BatonRatioSample *after, guint64 seed, BatonInterval *interval)
{
  g_autofree double *values = NULL;
  g_auto (Drawn) first = { 0 };
  g_auto (Drawn) second = { 0 };
  guint resamples;
  double observed = baton_ratio (after) - baton_ratio (before);
  double below = 0;
  double squares = 0;
  double cubes = 0;
  double bias;
  double acceleration;
  BatonRandom random;

  g_return_if_fail (before->n > 0 && after->n > 0);
  baton_random_init (&random, seed);
  drawn_init (&first, before, &random);
  drawn_init (&second, after, &random);
  resamples = affordable (first.sample.n + second.sample.n);
  values = g_new (double, resamples);
  for (guint i = 0; i < resamples; i++)
    {
      double left = resampled_ratio (&random, &first.sample);

      values[i] = resampled_ratio (&random, &second.sample) - left;
      below += values[i] < observed ? 1 : values[i] > observed ? 0 : 0.5;
    }
  add_influence (before, -1, &squares, &cubes);
  add_influence (after, 1, &squares, &cubes);
  acceleration = squares > 0 ? cubes / (6 * squares * sqrt (squares)) : 0;
  bias = baton_normal_quantile (CLAMP (below, 0.5, resamples - 0.5) / resamples);
  qsort (values, resamples, sizeof (double), compare_doubles);
  interval->low = at_share (values, resamples, bca_share (bias, acceleration, -Z_975));
  interval->high = at_share (values, resamples, bca_share (bias, acceleration, Z_975));
}

/* What the days before each come to, for twice around, so that a block is one difference. */
static guint64 *
sums_of (const guint *days, guint n)
{
  guint64 *sums = g_new (guint64, 2 * (gsize) n + 1);

  sums[0] = 0;
  for (guint i = 0; i < 2 * n; i++)
    sums[i + 1] = sums[i] + days[i % n];
  return sums;
}

static double
resampled_days (BatonRandom *random, const guint64 *sums, guint n)
{
  guint64 sum = 0;

  for (guint i = 0; i < n; i += BLOCK)
    {
      guint start = baton_random_below (random, n);

      sum += sums[start + MIN (BLOCK, n - i)] - sums[start];
    }
  return (double) sum / n;
}

void
baton_bootstrap_days (
    const guint *before, guint n, const guint *after, guint m, guint64 seed, BatonInterval *interval)
{
  guint resamples = affordable ((n + m) / BLOCK);
  g_autofree double *values = g_new (double, resamples);
  g_autofree guint64 *first = NULL;
  g_autofree guint64 *second = NULL;
  BatonRandom random;

  g_return_if_fail (n > 0 && m > 0);
  first = sums_of (before, n);
  second = sums_of (after, m);
  baton_random_init (&random, seed);
  for (guint i = 0; i < resamples; i++)
    {
      double left = resampled_days (&random, first, n);

      values[i] = resampled_days (&random, second, m) - left;
    }
  percentile_method (values, resamples, interval);
}

static double
square (double x)
{
  return x * x;
}

static void
wilson (double a, double n, double *low, double *high)
{
  double z2 = square (Z_975);
  double share = a / n;
  double middle = (share + z2 / (2 * n)) / (1 + z2 / n);
  double half = Z_975 * sqrt (share * (1 - share) / n + z2 / (4 * n * n)) / (1 + z2 / n);

  *low = MAX (0, middle - half);
  *high = MIN (1, middle + half);
}

void
baton_share_interval (guint a, guint n, guint b, guint m, BatonInterval *interval)
{
  double first = (double) a / n;
  double second = (double) b / m;
  double first_low;
  double first_high;
  double second_low;
  double second_high;

  g_return_if_fail (n > 0 && m > 0);
  wilson (a, n, &first_low, &first_high);
  wilson (b, m, &second_low, &second_high);
  interval->low = second - first - sqrt (square (second - second_low) + square (first_high - first));
  interval->high = second - first + sqrt (square (second_high - second) + square (first - first_low));
}
