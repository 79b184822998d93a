/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-test"

#include "forecast.h"
#include "random.h"

#include <math.h>
#include <string.h>

static BatonForecast *
ask (const guint *days, guint n, guint horizon, guint items, guint64 seed)
{
  BatonForecastInput input = {
    .throughput = days, .n_days = n, .horizon = horizon, .items = items, .seed = seed
  };

  return baton_forecast_new (&input);
}

/* One card a day: thirty in thirty days, and twelve in twelve. */
static void
test_steady (void)
{
  guint days[60];
  g_autoptr (BatonForecast) forecast = NULL;

  for (guint i = 0; i < 60; i++)
    days[i] = 1;
  forecast = ask (days, 60, 30, 12, 5);
  g_assert_cmpint (forecast->state, ==, BATON_FORECAST_READY);
  for (guint i = 0; i < BATON_FORECAST_LEVELS; i++)
    {
      g_assert_cmpuint (forecast->levels[i].count, ==, 30);
      g_assert_cmpuint (forecast->levels[i].safe_count, ==, 30);
      g_assert_cmpuint (forecast->levels[i].days, ==, 12);
      g_assert_cmpuint (forecast->levels[i].safe_days, ==, 12);
    }
  g_assert_cmpuint (forecast->fan[9 * BATON_FORECAST_LEVELS], ==, 10);
}

static void
test_levels (void)
{
  const guint values[] = { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20 };

  /* 17 of 20 are 85 %: those from 4 on reach 4, those up to 17 do not exceed 17. */
  g_assert_cmpuint (baton_forecast_at_least (values, 20, 0.85), ==, 4);
  g_assert_cmpuint (baton_forecast_at_most (values, 20, 0.85), ==, 17);
  g_assert_cmpuint (baton_forecast_at_least (values, 20, 0.951), ==, 1);
  g_assert_cmpuint (baton_forecast_at_least (values, 1, 0.5), ==, 1);
}

static void
test_empty (void)
{
  const guint none[40] = { 0 };
  const guint few[] = { 0, 1, 0, 2 };
  g_autoptr (BatonForecast) nothing = ask (none, 40, 30, 5, 1);
  g_autoptr (BatonForecast) no_days = ask (none, 0, 30, 5, 1);
  g_autoptr (BatonForecast) little = ask (few, 4, 30, 5, 1);
  g_autofree char *words = baton_backtest_words (&little->backtest);

  g_assert_cmpint (nothing->state, ==, BATON_FORECAST_NOTHING);
  g_assert_null (nothing->counts);
  g_assert_cmpint (no_days->state, ==, BATON_FORECAST_NOTHING);
  g_assert_cmpint (little->state, ==, BATON_FORECAST_FEW);
  g_assert_cmpuint (little->levels[0].count, >, 0);
  g_assert_cmpuint (little->backtest.horizon, ==, 0);
  g_assert_cmpint (baton_backtest_plain (&little->backtest), ==, BATON_CALIBRATION_UNKNOWN);
  g_assert_cmpstr (words, !=, "");
}

/* What takes longer than anybody looks has no date. */
static void
test_beyond (void)
{
  guint days[30] = { [29] = 1 };
  BatonForecastInput input = { .throughput = days, .n_days = 30, .items = 5000, .limit = 100, .runs = 200 };
  g_autoptr (BatonForecast) forecast = baton_forecast_new (&input);

  for (guint i = 0; i < BATON_FORECAST_LEVELS; i++)
    {
      g_assert_cmpuint (forecast->levels[i].days, ==, 0);
      g_assert_cmpuint (forecast->levels[i].safe_days, ==, 0);
    }
  g_assert_cmpuint (forecast->days[0], ==, 101);
}

/* Sums that a number cannot hold do not begin again at zero, and counts far apart are sorted. */
static void
test_large (void)
{
  const guint days[] = { 0, 3000000000u, 100000, 7 };
  g_autoptr (BatonForecast) forecast = ask (days, 4, 40, 0, 9);

  for (guint i = 1; i < forecast->runs; i++)
    g_assert_cmpuint (forecast->counts[i - 1], <=, forecast->counts[i]);
  g_assert_cmpuint (forecast->levels[0].count, ==, G_MAXUINT);
  for (guint i = 0; i < BATON_FORECAST_LEVELS; i++)
    g_assert_cmpuint (forecast->levels[i].count, ==,
        baton_forecast_at_least (forecast->counts, forecast->runs, baton_forecast_shares[i]));
}

static void
test_seed (void)
{
  guint days[91];
  BatonRandom random;
  g_autoptr (BatonForecast) one = NULL;
  g_autoptr (BatonForecast) same = NULL;
  g_autoptr (BatonForecast) other = NULL;

  baton_random_init (&random, 3);
  for (guint i = 0; i < 91; i++)
    days[i] = baton_random_below (&random, 5);
  one = ask (days, 91, 60, 100, 42);
  same = ask (days, 91, 60, 100, 42);
  other = ask (days, 91, 60, 100, 43);
  g_assert_cmpmem (one->counts, one->runs * sizeof (guint), same->counts, same->runs * sizeof (guint));
  g_assert_cmpint (memcmp (one->counts, other->counts, one->runs * sizeof (guint)), !=, 0);
  for (guint day = 0; day < 60; day++)
    {
      const guint *row = one->fan + day * BATON_FORECAST_LEVELS;

      g_assert_cmpuint (row[0], >=, row[1]);
      g_assert_cmpuint (row[1], >=, row[2]);
      if (day > 0)
        g_assert_cmpuint (row[1], >=, one->fan[(day - 1) * BATON_FORECAST_LEVELS + 1]);
    }
}

/* On a pace that does not change the statements hold as often as they say; on one that comes and goes in
 * spells of weeks they do not, are said not to, and the widened ones hold. */
static void
test_backtest (void)
{
  g_autofree guint *days = g_new (guint, 3000);
  BatonForecastInput input = { .throughput = days, .n_days = 3000, .seed = 7 };
  BatonBacktest steady;
  BatonBacktest spells;
  BatonRandom random;

  baton_random_init (&random, 11);
  for (guint i = 0; i < 3000; i++)
    days[i] = baton_random_below (&random, 4);
  baton_backtest (&input, 28, 0, &steady);
  g_test_message (
      "steady: %u windows, held %u %u %u", steady.windows, steady.held[0], steady.held[1], steady.held[2]);
  g_assert_cmpuint (steady.windows, >, 400);
  g_assert_cmpint (baton_backtest_plain (&steady), ==, BATON_CALIBRATION_GOOD);

  for (guint i = 0; i < 3000; i++)
    days[i] = baton_random_below (&random, (i / 45) % 3 == 0 ? 9 : 3);
  baton_backtest (&input, 28, 0, &spells);
  g_test_message ("spells: held %u of %u, widened %u of %u, factor %g", spells.held[1], spells.windows,
      spells.safe_held[1], spells.safe_windows, spells.factor[1]);
  g_assert_cmpint (baton_backtest_plain (&spells), ==, BATON_CALIBRATION_BOLD);
  g_assert_cmpfloat (spells.factor[1], >, 1.2);
  g_assert_cmpint (baton_backtest_safe (&spells), !=, BATON_CALIBRATION_BOLD);
}

/* A hundred days are enough to look back a little; fewer are not. */
static void
test_short_past (void)
{
  g_autofree guint *days = g_new (guint, 200);
  const guint lengths[] = { 97, 98, 124, 160, 184, 200 };
  const guint samples[] = { 0, 28, 28, 63, 91, 91 };
  const guint horizons[] = { 0, 7, 30, 30, 30, 30 };

  for (guint i = 0; i < 200; i++)
    days[i] = i % 3;
  for (guint i = 0; i < G_N_ELEMENTS (lengths); i++)
    {
      BatonForecastInput input = { .throughput = days, .n_days = lengths[i] };
      BatonBacktest result;

      baton_backtest (&input, 30, 100, &result);
      g_assert_cmpuint (result.sample, ==, samples[i]);
      g_assert_cmpuint (result.horizon, ==, horizons[i]);
      g_assert_cmpuint (result.windows, >=, samples[i] > 0 ? 10 : 0);
    }
}

/* The widened statement says no more than the plain one. */
static void
test_widened (void)
{
  g_autofree guint *days = g_new (guint, 900);
  BatonRandom random;
  g_autoptr (BatonForecast) forecast = NULL;

  baton_random_init (&random, 12);
  for (guint i = 0; i < 900; i++)
    days[i] = baton_random_below (&random, (i / 45) % 3 == 0 ? 9 : 3);
  forecast = ask (days, 900, 30, 60, 2);
  for (guint i = 0; i < BATON_FORECAST_LEVELS; i++)
    {
      g_assert_cmpuint (forecast->levels[i].safe_count, <=, forecast->levels[i].count);
      g_assert_cmpuint (forecast->levels[i].safe_days, >=, forecast->levels[i].days);
    }
  g_assert_cmpuint (forecast->levels[1].safe_count, <, forecast->levels[1].count);
  g_assert_cmpuint (forecast->levels[1].safe_days, >, forecast->levels[1].days);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/flow/forecast/steady", test_steady);
  g_test_add_func ("/flow/forecast/levels", test_levels);
  g_test_add_func ("/flow/forecast/empty", test_empty);
  g_test_add_func ("/flow/forecast/beyond", test_beyond);
  g_test_add_func ("/flow/forecast/large", test_large);
  g_test_add_func ("/flow/forecast/seed", test_seed);
  g_test_add_func ("/flow/forecast/backtest", test_backtest);
  g_test_add_func ("/flow/forecast/short-past", test_short_past);
  g_test_add_func ("/flow/forecast/widened", test_widened);
  return g_test_run ();
}
