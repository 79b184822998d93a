/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* “How many by 30 June”, “when will these 24 be done”: Monte Carlo over the daily throughput of the past,
 * days without a finished card kept (Vacanti, When Will It Be Done?), and how such statements held so far.
 * The formulas are in README.md. */

#define BATON_FORECAST_LEVELS 3
#define BATON_FORECAST_SAMPLE 91 /* days drawn from unless told otherwise: thirteen whole weeks */
#define BATON_FORECAST_RUNS 10000
#define BATON_FORECAST_LIMIT 1825 /* five years; what is not done by then has no date */

/* 0.50, 0.85, 0.95 */
extern const double baton_forecast_shares[BATON_FORECAST_LEVELS];

typedef struct
{
  const guint *throughput; /* cards finished on each whole day, zeros kept, oldest first; borrowed */
  guint n_days;
  guint sample;  /* the latest so many days are drawn from; 0: BATON_FORECAST_SAMPLE */
  guint horizon; /* how many will be done in so many days; 0: not asked */
  guint items;   /* in how many days will so many be done; 0: not asked */
  guint limit;   /* 0: BATON_FORECAST_LIMIT */
  guint runs;    /* 0: BATON_FORECAST_RUNS */
  guint64 seed;
} BatonForecastInput;

typedef enum
{
  BATON_FORECAST_READY,
  BATON_FORECAST_FEW, /* fewer than 14 days or 10 finished cards to draw from: numbers are given, but weak */
  BATON_FORECAST_NOTHING, /* nothing was finished; there are no numbers */
} BatonForecastState;

typedef struct
{
  double share; /* in this share of the runs … */
  guint count;  /* … at least so many were done on the last day of the horizon */
  guint days;   /* … the items were done within so many days; 0: not within the limit */
  /* The same with the distance from the median widened by what the past has shown (backtest.factor). Equal to
   * the plain ones when the past is too short to say. */
  guint safe_count;
  guint safe_days;
} BatonForecastLevel;

/* The same forecast made at every week of the past, from what was known then, and compared with what came. */
typedef struct
{
  guint horizon; /* days ahead; less than asked when the past is short. 0: the past is too short */
  guint sample;  /* days each was drawn from; fewer than the forecast’s when the past is short */
  guint windows; /* statements of each level that could be checked; a week apart, so they overlap */
  guint held[BATON_FORECAST_LEVELS];
  guint safe_windows; /* of the widened ones, each from windows that had ended before it was made */
  guint safe_held[BATON_FORECAST_LEVELS];
  double factor[BATON_FORECAST_LEVELS]; /* widening learnt from all of them; 1: none */
} BatonBacktest;

typedef enum
{
  BATON_CALIBRATION_UNKNOWN, /* fewer than 20 windows */
  BATON_CALIBRATION_GOOD,    /* the 85 % statements held in 80 to 90 % of the windows */
  BATON_CALIBRATION_BOLD,    /* in fewer */
  BATON_CALIBRATION_TIMID,   /* in more */
} BatonCalibration;

typedef struct
{
  BatonForecastState state;
  guint sample_days;
  guint sample_finished;
  guint runs;
  guint64 seed;
  guint horizon;
  guint items;
  guint limit;
  BatonForecastLevel levels[BATON_FORECAST_LEVELS];
  guint *fan; /* horizon rows of BATON_FORECAST_LEVELS: at least so many by the end of day 1, 2 …; or NULL */
  guint *counts; /* of each run at the horizon, least first; or NULL */
  guint *days;   /* of each run until the items were done, least first, limit + 1: not within it; or NULL */
  BatonBacktest backtest;
} BatonForecast;

/* Transfer full. The backtest is made with the question's horizon, or with the median of the days that the
 * items take. */
BatonForecast *baton_forecast_new (const BatonForecastInput *input);
void baton_forecast_free (BatonForecast *forecast);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BatonForecast, baton_forecast_free)

/* The largest number that at least this share of the runs reaches; values sorted, least first, n > 0. */
guint baton_forecast_at_least (const guint *values, guint n, double share);
/* The smallest number that at least this share of the runs does not exceed (nearest rank). */
guint baton_forecast_at_most (const guint *values, guint n, double share);

/* horizon > 0; runs per window, 0: as many as are worth their time, at most 1000. */
void baton_backtest (const BatonForecastInput *input, guint horizon, guint runs, BatonBacktest *result);
BatonCalibration baton_backtest_plain (const BatonBacktest *backtest);
BatonCalibration baton_backtest_safe (const BatonBacktest *backtest);

/* Sentences for the reader; transfer full. */
char *baton_forecast_words (const BatonForecast *forecast); /* what stands in the way of trusting it, or "" */
char *baton_backtest_words (const BatonBacktest *backtest);

G_END_DECLS
