/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-test"

#include "random.h"

#include <math.h>

/* A change here would change every forecast and simulation that somebody has written down with its seed. */
static void
test_known (void)
{
  BatonRandom random;

  /* splitmix64 from 0, as its authors print it. */
  g_assert_cmpuint (baton_random_at (0, 0), ==, 0xe220a8397b1dcdafULL);
  g_assert_cmpuint (baton_random_at (0, 1), ==, 0x6e789e6aa1b965f4ULL);
  g_assert_cmpuint (baton_random_at (0, 2), ==, 0x06c45d188009454fULL);
  /* xoshiro256** from the state 1, 2, 3, 4: its reference implementation. */
  random = (BatonRandom){ .state = { 1, 2, 3, 4 } };
  g_assert_cmpuint (baton_random_next (&random), ==, 11520);
  g_assert_cmpuint (baton_random_next (&random), ==, 0);
  g_assert_cmpuint (baton_random_next (&random), ==, 1509978240);
  g_assert_cmpuint (baton_random_next (&random), ==, 1215971899390074240ULL);
}

static void
test_even (void)
{
  BatonRandom random;
  guint counts[7] = { 0 };
  double chi = 0;

  baton_random_init (&random, 1);
  for (guint i = 0; i < 700000; i++)
    {
      guint value = baton_random_below (&random, 7);

      g_assert_cmpuint (value, <, 7);
      counts[value]++;
    }
  for (guint i = 0; i < 7; i++)
    chi += (counts[i] - 100000.0) * (counts[i] - 100000.0) / 100000.0;
  /* Six degrees of freedom: 22.46 is passed once in a thousand seeds. */
  g_assert_cmpfloat (chi, <, 22.46);
  g_assert_cmpuint (baton_random_below (&random, 1), ==, 0);
}

static void
test_functions (void)
{
  for (double x = 1e-12; x < 1e12; x *= 1.37)
    {
      g_assert_cmpfloat (fabs (baton_fixed_log (x) - log (x)), <=, 4e-16 * fmax (1, fabs (log (x))));
      g_assert_cmpfloat (fabs (baton_fixed_exp (log (x)) / exp (log (x)) - 1), <=, 1e-14);
    }
  g_assert_cmpfloat (baton_fixed_log (1), ==, 0);
  g_assert_cmpfloat (baton_fixed_exp (0), ==, 1);
  g_assert_cmpfloat (baton_fixed_exp (-1000), ==, 0);
  g_assert_true (isfinite (baton_fixed_exp (1000)));
}

static void
test_normal (void)
{
  g_assert_cmpfloat_with_epsilon (baton_normal_quantile (0.975), 1.959963984540054, 1e-14);
  g_assert_cmpfloat_with_epsilon (baton_normal_quantile (0.85), 1.036433389493790, 1e-14);
  g_assert_cmpfloat_with_epsilon (baton_normal_quantile (1e-10), -6.361340902404056, 1e-12);
  g_assert_cmpfloat (baton_normal_quantile (0.5), ==, 0);
  for (double z = -8; z <= 8; z += 0.173)
    {
      double p = erfc (-z / sqrt (2)) / 2;

      g_assert_cmpfloat (fabs (baton_normal_probability (z) - p), <=, 1e-14);
      g_assert_cmpfloat (fabs (baton_normal_probability (z) / p - 1), <=, 1e-7);
      if (z < 5)
        g_assert_cmpfloat (fabs (baton_normal_quantile (p) - z), <=, 1e-8);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/flow/random/known", test_known);
  g_test_add_func ("/flow/random/even", test_even);
  g_test_add_func ("/flow/random/functions", test_functions);
  g_test_add_func ("/flow/random/normal", test_normal);
  return g_test_run ();
}
