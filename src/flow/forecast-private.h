/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "forecast.h"
#include "random.h"

G_BEGIN_DECLS

/* The runs of a forecast, day by day: every run's sum so far, and the three levels of them. */
typedef struct
{
  const guint *sample;
  guint n_sample;
  guint runs;
  guint *sums;
  guint *buckets; /* scratch for the levels */
  guint n_buckets;
  BatonRandom random;
} BatonForecastRuns;

void baton_forecast_runs_init (
    BatonForecastRuns *runs, const guint *sample, guint n_sample, guint n_runs, guint64 seed);
void baton_forecast_runs_clear (BatonForecastRuns *runs);
/* A day for every run. */
void baton_forecast_runs_step (BatonForecastRuns *runs);
void baton_forecast_runs_levels (BatonForecastRuns *runs, guint levels[BATON_FORECAST_LEVELS]);
/* A copy, least first. */
guint *baton_forecast_sorted (const guint *values, guint n);
/* What is left of a level when its distance from the median is multiplied. */
guint baton_forecast_widen (guint median, guint level, double factor);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BatonForecastRuns, baton_forecast_runs_clear)

G_END_DECLS
