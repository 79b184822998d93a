/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-flow"

#include "forecast-private.h"

#define FEW_DAYS 14
#define FEW_FINISHED 10
/* What the board does not finish in a year is not looked for in its past. */
#define LONGEST_BACKTEST 366

/* Remembers the day on which runs have reached the number of items; how many have not yet. */
static guint
note_done (const BatonForecastRuns *runs, guint items, guint day, guint *days)
{
  guint open = 0;

  for (guint i = 0; i < runs->runs; i++)
    {
      if (days[i] != 0)
        continue;
      if (runs->sums[i] >= items)
        days[i] = day;
      else
        open++;
    }
  return open;
}

static void
run_horizon (BatonForecast *forecast, BatonForecastRuns *runs)
{
  forecast->fan = g_new (guint, (gsize) forecast->horizon * BATON_FORECAST_LEVELS);
  for (guint day = 0; day < forecast->horizon; day++)
    {
      baton_forecast_runs_step (runs);
      baton_forecast_runs_levels (runs, forecast->fan + (gsize) day * BATON_FORECAST_LEVELS);
    }
  forecast->counts = baton_forecast_sorted (runs->sums, runs->runs);
  for (guint i = 0; i < BATON_FORECAST_LEVELS; i++)
    forecast->levels[i].count = forecast->fan[(gsize) (forecast->horizon - 1) * BATON_FORECAST_LEVELS + i];
}

/* The days that are needed; the levels of each day are kept for the widened statements. */
static GArray *
run_items (BatonForecast *forecast, BatonForecastRuns *runs)
{
  g_autofree guint *days = g_new0 (guint, runs->runs);
  GArray *levels = g_array_new (FALSE, FALSE, BATON_FORECAST_LEVELS * sizeof (guint));
  guint open = runs->runs;

  for (guint day = 1; day <= forecast->limit && open > 0; day++)
    {
      g_array_set_size (levels, day);
      baton_forecast_runs_step (runs);
      baton_forecast_runs_levels (
          runs, (guint *) (gpointer) levels->data + (gsize) (day - 1) * BATON_FORECAST_LEVELS);
      open = note_done (runs, forecast->items, day, days);
    }
  for (guint i = 0; i < runs->runs; i++)
    days[i] = days[i] == 0 ? forecast->limit + 1 : days[i];
  forecast->days = baton_forecast_sorted (days, runs->runs);
  for (guint i = 0; i < BATON_FORECAST_LEVELS; i++)
    {
      guint within = baton_forecast_at_most (forecast->days, runs->runs, baton_forecast_shares[i]);

      forecast->levels[i].days = within <= forecast->limit ? within : 0;
    }
  return levels;
}

/* The first day whose widened level has the items. The runs end when all of them are done; when that is too
 * early, they go on. */
static void
find_safe_days (BatonForecast *forecast, BatonForecastRuns *runs, GArray *levels)
{
  for (guint i = 0; i < BATON_FORECAST_LEVELS; i++)
    {
      BatonForecastLevel *level = &forecast->levels[i];

      level->safe_days = 0;
      if (forecast->backtest.factor[i] <= 1)
        level->safe_days = level->days;
      for (guint day = 1; level->days != 0 && level->safe_days == 0 && day <= forecast->limit; day++)
        {
          const guint *at;

          if (day > levels->len)
            {
              g_array_set_size (levels, day);
              baton_forecast_runs_step (runs);
              baton_forecast_runs_levels (
                  runs, (guint *) (gpointer) levels->data + (gsize) (day - 1) * BATON_FORECAST_LEVELS);
            }
          at = (const guint *) (gconstpointer) levels->data + (gsize) (day - 1) * BATON_FORECAST_LEVELS;
          if (baton_forecast_widen (at[0], at[i], forecast->backtest.factor[i]) >= forecast->items)
            level->safe_days = day;
        }
    }
}

static void
find_safe_counts (BatonForecast *forecast)
{
  for (guint i = 0; i < BATON_FORECAST_LEVELS; i++)
    forecast->levels[i].safe_count = baton_forecast_widen (
        forecast->levels[0].count, forecast->levels[i].count, forecast->backtest.factor[i]);
}

static void
describe_sample (BatonForecast *forecast, const guint *sample)
{
  guint64 finished = 0;

  for (guint i = 0; i < forecast->sample_days; i++)
    finished += sample[i];
  forecast->sample_finished = (guint) MIN (finished, G_MAXUINT);
  if (finished == 0)
    forecast->state = BATON_FORECAST_NOTHING;
  else if (forecast->sample_days < FEW_DAYS || finished < FEW_FINISHED)
    forecast->state = BATON_FORECAST_FEW;
  for (guint i = 0; i < BATON_FORECAST_LEVELS; i++)
    {
      forecast->levels[i].share = baton_forecast_shares[i];
      forecast->backtest.factor[i] = 1;
    }
}

static void
ask_both (BatonForecast *forecast, const BatonForecastInput *input, const guint *sample)
{
  g_auto (BatonForecastRuns) runs = { 0 };
  g_auto (BatonForecastRuns) until = { 0 };
  g_autoptr (GArray) levels = NULL;
  guint horizon = forecast->horizon;

  baton_forecast_runs_init (&runs, sample, forecast->sample_days, forecast->runs, forecast->seed);
  baton_forecast_runs_init (&until, sample, forecast->sample_days, forecast->runs, forecast->seed);
  if (forecast->horizon > 0)
    run_horizon (forecast, &runs);
  if (forecast->items > 0)
    levels = run_items (forecast, &until);
  if (horizon == 0)
    horizon = forecast->levels[0].days;
  if (horizon > 0)
    baton_backtest (input, MIN (horizon, LONGEST_BACKTEST), 0, &forecast->backtest);
  if (forecast->horizon > 0)
    find_safe_counts (forecast);
  if (forecast->items > 0)
    find_safe_days (forecast, &until, levels);
}

BatonForecast *
baton_forecast_new (const BatonForecastInput *input)
{
  BatonForecast *forecast = g_new0 (BatonForecast, 1);
  guint wanted = input->sample > 0 ? input->sample : BATON_FORECAST_SAMPLE;

  forecast->sample_days = MIN (wanted, input->n_days);
  forecast->runs = input->runs > 0 ? input->runs : BATON_FORECAST_RUNS;
  forecast->limit = input->limit > 0 ? input->limit : BATON_FORECAST_LIMIT;
  forecast->seed = input->seed;
  forecast->horizon = MIN (input->horizon, forecast->limit);
  forecast->items = input->items;
  describe_sample (forecast, input->throughput + (input->n_days - forecast->sample_days));
  if (forecast->state != BATON_FORECAST_NOTHING)
    ask_both (forecast, input, input->throughput + (input->n_days - forecast->sample_days));
  return forecast;
}

void
baton_forecast_free (BatonForecast *forecast)
{
  if (forecast == NULL)
    return;
  g_free (forecast->fan);
  g_free (forecast->counts);
  g_free (forecast->days);
  g_free (forecast);
}
