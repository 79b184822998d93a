/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-test"

/* model-driver forecast HORIZON ITEMS SEED <numbers: the forecast as JSON, for test-model.py. */

#include "forecast.h"
#include "json.h"

#include <stdio.h>
#include <stdlib.h>

static GArray *
read_numbers (void)
{
  GArray *numbers = g_array_new (FALSE, FALSE, sizeof (guint));
  guint number;

  while (scanf ("%u", &number) == 1)
    g_array_append_val (numbers, number);
  return numbers;
}

static void
write_counts (BatonJson *json, const char *name, const guint *counts, guint n)
{
  baton_json_begin_array (json, name);
  for (guint i = 0; i < n; i++)
    baton_json_int (json, NULL, counts[i]);
  baton_json_end_array (json);
}

static void
drive_forecast (BatonJson *json, char **args)
{
  g_autoptr (GArray) numbers = read_numbers ();
  BatonForecastInput input = { .throughput = (const guint *) (gpointer) numbers->data,
    .n_days = numbers->len,
    .horizon = (guint) atoi (args[0]),
    .items = (guint) atoi (args[1]),
    .seed = (guint64) atoi (args[2]) };
  g_autoptr (BatonForecast) forecast = baton_forecast_new (&input);

  baton_json_int (json, "state", forecast->state);
  baton_json_int (json, "windows", forecast->backtest.windows);
  baton_json_int (json, "horizon", forecast->backtest.horizon);
  write_counts (json, "held", forecast->backtest.held, BATON_FORECAST_LEVELS);
  baton_json_int (json, "safe_windows", forecast->backtest.safe_windows);
  write_counts (json, "safe_held", forecast->backtest.safe_held, BATON_FORECAST_LEVELS);
  baton_json_int (json, "plain", baton_backtest_plain (&forecast->backtest));
  baton_json_int (json, "safe", baton_backtest_safe (&forecast->backtest));
  if (forecast->counts != NULL)
    write_counts (json, "counts", forecast->counts, forecast->runs);
  if (forecast->days != NULL)
    write_counts (json, "days", forecast->days, forecast->runs);
}

int
main (int argc, char **argv)
{
  g_autoptr (GString) text = g_string_new (NULL);
  BatonJson json;

  if (argc < 2)
    return 2;
  baton_json_init (&json, text);
  baton_json_begin_object (&json, NULL);
  if (g_str_equal (argv[1], "forecast") && argc == 5)
    drive_forecast (&json, argv + 2);
  else
    return 2;
  baton_json_end_object (&json);
  puts (text->str);
  return 0;
}
