/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-bench"

/* How long forecasts and simulations take. One JSON object a line. */

#include "forecast.h"
#include "random.h"

#include <stdio.h>

#define SEED 20260301
#define TIMES 5

static double
ms_since (gint64 start)
{
  return (double) (g_get_monotonic_time () - start) / 1000.0;
}

/* 10,000 runs over a year, with the levels of every day; and with the backtest over four years. */
static void
bench_forecast (guint n_days, const char *name)
{
  g_autofree guint *days = g_new (guint, n_days);
  BatonForecastInput input = { .throughput = days, .n_days = n_days, .horizon = 365, .seed = SEED };
  BatonRandom random;
  double best = G_MAXDOUBLE;

  baton_random_init (&random, SEED);
  for (guint i = 0; i < n_days; i++)
    days[i] = i % 7 > 4 ? 0 : baton_random_below (&random, 6);
  for (guint i = 0; i < TIMES; i++)
    {
      gint64 start = g_get_monotonic_time ();
      g_autoptr (BatonForecast) forecast = baton_forecast_new (&input);

      best = MIN (best, ms_since (start));
    }
  printf ("{\"bench\":\"%s\",\"runs\":%d,\"days\":365,\"history_days\":%u,\"ms\":%.1f}\n", name,
      BATON_FORECAST_RUNS, n_days, best);
}

int
main (int argc, char **argv)
{
  bench_forecast (BATON_FORECAST_SAMPLE, "forecast_year");
  bench_forecast (4 * 365, "forecast_year_and_backtest");
  return 0;
}
