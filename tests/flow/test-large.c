/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-test"

#include "bootstrap.h"
#include "flow-sample.h"
#include "flow-view.h"
#include "random.h"
#include "rank-test.h"

#include <math.h>

/* What is worked out on short ways when there is much of it: against the long way. */

#define ROUNDS 300

static gint64 *
random_values (BatonRandom *random, guint n)
{
  gint64 *values = g_new (gint64, n);
  guint range = 1u << baton_random_below (random, 32); /* from many ties to none */

  for (guint i = 0; i < n; i++)
    values[i] =
        (gint64) baton_random_below (random, range) * (baton_random_below (random, 40) == 0 ? 4000 : 1);
  baton_flow_sort (values, n);
  return values;
}

/* The difference of each rank is that in the list of all differences. */
static void
test_ranks (void)
{
  BatonRandom random;
  guint seed = (guint) g_test_rand_int ();

  g_test_message ("seed %u", seed);
  baton_random_init (&random, seed);
  for (guint round = 0; round < ROUNDS; round++)
    {
      guint n = 1 + baton_random_below (&random, 90), m = 1 + baton_random_below (&random, 90);
      g_autofree gint64 *first = random_values (&random, n);
      g_autofree gint64 *second = random_values (&random, m);
      g_autofree gint64 *all = g_new (gint64, (gsize) n * m);
      guint pairs = n * m;

      for (guint i = 0; i < n; i++)
        for (guint j = 0; j < m; j++)
          all[i * m + j] = second[j] - first[i];
      baton_flow_sort (all, pairs);
      for (guint i = 0; i < 30; i++)
        {
          guint rank = i == 0 ? 1 : i == 1 ? pairs : 1 + baton_random_below (&random, pairs);

          g_assert_cmpint (baton_rank_difference (first, n, second, m, rank), ==, all[rank - 1]);
        }
    }
}

/* Equal numbers keep their order. */
static void
test_order (void)
{
  BatonRandom random;
  guint seed = (guint) g_test_rand_int ();

  g_test_message ("seed %u", seed);
  baton_random_init (&random, seed);
  for (guint round = 0; round < 40; round++)
    {
      guint n = baton_random_below (&random, 400), bits = baton_random_below (&random, 64);
      g_autofree gint64 *keys = g_new (gint64, n + 1);
      g_autofree guint32 *order = NULL;

      for (guint i = 0; i < n; i++)
        keys[i] = (gint64) (baton_random_next (&random) >> bits) * (round % 2 == 0 ? 1 : -1);
      order = baton_flow_order (keys, n);
      for (guint i = 1; i < n; i++)
        {
          g_assert_cmpint (keys[order[i - 1]], <=, keys[order[i]]);
          if (keys[order[i - 1]] == keys[order[i]])
            g_assert_cmpuint (order[i - 1], <, order[i]);
        }
    }
}

/* A share of waiting whose interval is known from theory, drawn in groups: within 15 % of as wide, and round
 * the same middle. */
static void
test_groups (void)
{
  enum
  {
    N = 40000
  };
  g_autofree double *parts = g_new (double, 2 * N);
  g_autofree double *wholes = g_new (double, 2 * N);
  BatonRatioSample before = { parts, wholes, N }, after = { parts + N, wholes + N, N };
  BatonInterval interval;
  BatonRandom random;
  double variance = 0, half, change;

  baton_random_init (&random, 7);
  for (guint i = 0; i < 2 * N; i++)
    {
      wholes[i] = 1 - log (baton_random_unit (baton_random_next (&random)));
      parts[i] = wholes[i] * (i < N ? 0.4 : 0.3) * 2 * baton_random_unit (baton_random_next (&random));
    }
  for (guint k = 0; k < 2; k++)
    {
      const BatonRatioSample *sample = k == 0 ? &before : &after;
      double ratio = baton_ratio (sample), sum = 0, squares = 0;

      for (guint i = 0; i < N; i++)
        {
          double off = sample->parts[i] - ratio * sample->wholes[i];

          sum += sample->wholes[i];
          squares += off * off;
        }
      variance += squares / (sum * sum);
    }
  half = 1.959964 * sqrt (variance);
  change = baton_ratio (&after) - baton_ratio (&before);
  baton_bootstrap_ratio (&before, &after, 3, &interval);
  g_test_message ("%g … %g, from theory %g … %g", interval.low, interval.high, change - half, change + half);
  g_assert_cmpfloat (fabs ((interval.high - interval.low) / 2 - half), <, 0.15 * half);
  g_assert_cmpfloat (fabs ((interval.high + interval.low) / 2 - change), <, 0.15 * half);
}

static void
test_choices (void)
{
  g_autoptr (BatonFlowChoice) choice = baton_flow_choice_new ();

  baton_flow_choice_add (choice, BATON_FLOW_UNKNOWN);
  g_assert_false (baton_flow_choice_has (choice, 0));
  g_assert_false (baton_flow_choice_has (choice, BATON_FLOW_NONE));
  g_assert_false (baton_flow_choice_has (choice, BATON_FLOW_UNKNOWN));
  baton_flow_choice_add (choice, 70);
  baton_flow_choice_add (choice, 3);
  for (guint32 i = 0; i < 200; i++)
    g_assert_cmpint (baton_flow_choice_has (choice, i), ==, i == 3 || i == 70);
  g_assert_false (baton_flow_choice_has (choice, BATON_FLOW_NONE));
  baton_flow_choice_add (choice, BATON_FLOW_NONE);
  g_assert_true (baton_flow_choice_has (choice, BATON_FLOW_NONE));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/flow/large/ranks", test_ranks);
  g_test_add_func ("/flow/large/order", test_order);
  g_test_add_func ("/flow/large/groups", test_groups);
  g_test_add_func ("/flow/large/choices", test_choices);
  return g_test_run ();
}
