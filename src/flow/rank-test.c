/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-flow"

#include "rank-test.h"

#include "flow-sample.h"
#include "random.h"

#include <math.h>

#define MOST_EXACT 50
#define Z_975 1.959963984540054

/* Both samples in one order, as groups of equal values. */
typedef struct
{
  guint n;
  guint m;
  double rank_sum; /* of the second sample, ties given their mean rank */
  double tie_term; /* Σ t³ − t */
  guint *doubled;  /* twice the rank of each value, for counting out */
} Pooled;

static void
pool (const gint64 *first, guint n, const gint64 *second, guint m, Pooled *pooled)
{
  guint i = 0;
  guint j = 0;

  *pooled = (Pooled){ .n = n, .m = m };
  if (n + m <= MOST_EXACT)
    pooled->doubled = g_new (guint, n + m);
  while (i < n || j < m)
    {
      gint64 value = j == m || (i < n && first[i] <= second[j]) ? first[i] : second[j];
      guint before = i + j;
      guint of_second = j;
      double ties;

      while (i < n && first[i] == value)
        i++;
      while (j < m && second[j] == value)
        j++;
      ties = i + j - before;
      pooled->tie_term += ties * ties * ties - ties;
      pooled->rank_sum += (j - of_second) * (before + (ties + 1) / 2);
      for (guint k = before; pooled->doubled != NULL && k < i + j; k++)
        pooled->doubled[k] = 2 * before + (guint) ties + 1;
    }
}

/* In how many ways m of the values have each doubled rank sum; entries for 0 … *most. Counts stay below 2⁵³.
 */
static double *
count_out (const Pooled *pooled, guint *most)
{
  guint size = pooled->n + pooled->m;
  guint width = size * (size + 1) + 1;
  g_autofree double *ways = g_new0 (double, (gsize) (pooled->m + 1) * width);

  ways[0] = 1;
  for (guint value = 0; value < size; value++)
    {
      guint rank = pooled->doubled[value];

      for (guint taken = MIN (value + 1, pooled->m); taken >= 1; taken--)
        {
          double *to = ways + (gsize) taken * width;
          const double *from = to - width;

          for (guint sum = rank; sum < width; sum++)
            to[sum] += from[sum - rank];
        }
    }
  *most = width - 1;
  return g_memdup2 (ways + (gsize) pooled->m * width, width * sizeof (double));
}

/* The p-value, and how many of the smallest differences lie below an interval of 95 %. */
static double
exact_p (const Pooled *pooled, guint64 *below)
{
  guint most;
  g_autofree double *ways = count_out (pooled, &most);
  double total = 0;
  double extreme = 0;
  double tail = 0;
  double middle = (double) pooled->m * (pooled->n + pooled->m + 1);
  double distance = fabs (2 * pooled->rank_sum - middle);
  double least = (double) pooled->m * (pooled->m + 1);

  for (guint sum = 0; sum <= most; sum++)
    {
      total += ways[sum];
      if (fabs (sum - middle) >= distance - 0.25)
        extreme += ways[sum];
    }
  *below = 0;
  for (guint sum = (guint) least; sum <= most; sum++)
    {
      tail += ways[sum];
      if (tail / total > 0.025)
        {
          *below = (guint64) (((double) sum - least) / 2);
          break;
        }
    }
  return extreme / total;
}

static double
normal_p (const Pooled *pooled, double u, guint64 *below)
{
  double n = pooled->n;
  double m = pooled->m;
  double size = n + m;
  double deviation = sqrt (n * m / 12 * (size + 1 - pooled->tie_term / (size * (size - 1))));
  double z;

  if (deviation <= 0)
    {
      *below = 0;
      return 1;
    }
  *below = (guint64) MAX (0, floor (n * m / 2 - Z_975 * deviation));
  z = (fabs (u - n * m / 2) - 0.5) / deviation;
  return z <= 0 ? 1 : MIN (1, 2 * baton_normal_probability (-z));
}

static guint64
count_differences (const gint64 *first, guint n, const gint64 *second, guint m, gint64 most)
{
  guint64 count = 0;
  guint j = 0;

  for (guint i = 0; i < n; i++)
    {
      while (j < m && second[j] - first[i] <= most)
        j++;
      count += j;
    }
  return count;
}

/* The differences above low and not above high, in order. */
static gint64 *
differences_between (
    const gint64 *first, guint n, const gint64 *second, guint m, gint64 low, gint64 high, guint count)
{
  gint64 *values = g_new (gint64, MAX (count, 1));
  guint from = 0, to = 0, k = 0;

  for (guint i = 0; i < n; i++)
    {
      while (from < m && second[from] - first[i] <= low)
        from++;
      while (to < m && second[to] - first[i] <= high)
        to++;
      for (guint j = from; j < to; j++)
        values[k++] = second[j] - first[i];
    }
  baton_flow_sort (values, k);
  return values;
}

/* Where the rank should lie between two moments if the differences lay evenly, a little to one side and then
 * to the other, so that both ends move; every third step halves, for those that do not. */
static gint64
guess (gint64 low, gint64 high, double share, guint step)
{
  double aim = step % 3 == 2 ? 0.5 : share + (step % 3 == 0 ? -1.0 : 1.0) / 32;

  return CLAMP (low + (gint64) ((double) (high - low) * CLAMP (aim, 0, 1)), low + 1, high - 1);
}

gint64
baton_rank_difference (const gint64 *first, guint n, const gint64 *second, guint m, guint64 rank)
{
  /* The rank lies above low and not above high; so many differences lie not above them. */
  gint64 low = second[0] - first[n - 1] - 1, high = second[m - 1] - first[0];
  guint64 below = 0, within = (guint64) n * m, few = ((guint64) n + m) / 8 + 64;
  g_autofree gint64 *values = NULL;

  for (guint step = 0; high - low > 1 && within - below > few; step++)
    {
      gint64 at = guess (low, high, (double) (rank - below) / (double) (within - below), step);
      guint64 count = count_differences (first, n, second, m, at);

      if (count >= rank)
        {
          high = at;
          within = count;
        }
      else
        {
          low = at;
          below = count;
        }
    }
  if (high - low == 1)
    return high;
  values = differences_between (first, n, second, m, low, high, (guint) (within - below));
  return values[rank - below - 1];
}

void
baton_rank_test (const gint64 *first, guint n, const gint64 *second, guint m, BatonRankTest *result)
{
  Pooled pooled;
  guint64 pairs = (guint64) n * m;
  guint64 below;

  g_return_if_fail (n > 0 && m > 0);
  pool (first, n, second, m, &pooled);
  *result = (BatonRankTest){ .exact = pooled.doubled != NULL };
  result->u = pooled.rank_sum - (double) m * (m + 1.0) / 2;
  result->cliff = 2 * result->u / (double) pairs - 1;
  result->p = result->exact ? exact_p (&pooled, &below) : normal_p (&pooled, result->u, &below);
  result->shift = ((double) baton_rank_difference (first, n, second, m, (pairs + 1) / 2) +
                      (double) baton_rank_difference (first, n, second, m, pairs / 2 + 1)) /
                  2;
  result->bounded = below >= 1;
  if (result->bounded)
    {
      result->low = baton_rank_difference (first, n, second, m, below);
      result->high = baton_rank_difference (first, n, second, m, pairs + 1 - below);
    }
  g_free (pooled.doubled);
}
