/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-flow"

#include "forecast.h"

#include <glib/gi18n-lib.h>

static guint
percent (guint held, guint windows)
{
  return windows > 0 ? (guint) (100.0 * held / windows + 0.5) : 0;
}

char *
baton_forecast_words (const BatonForecast *forecast)
{
  switch (forecast->state)
    {
    case BATON_FORECAST_NOTHING:
      return g_strdup (
          _ ("Nothing was finished in the days that a forecast would draw from, so there is none."));
    case BATON_FORECAST_FEW:
      return g_strdup_printf (
          ngettext ("Too little to go by: %u card finished in %u days. With 14 days and 10 finished cards a "
                    "forecast begins to mean something.",
              "Too little to go by: %u cards finished in %u days. With 14 days and 10 finished "
              "cards a forecast begins to mean something.",
              forecast->sample_finished),
          forecast->sample_finished, forecast->sample_days);
    case BATON_FORECAST_READY:
    default:
      return g_strdup ("");
    }
}

static const char *
calibration_words (BatonCalibration calibration)
{
  switch (calibration)
    {
    case BATON_CALIBRATION_GOOD:
      return _ ("That is what they promise.");
    case BATON_CALIBRATION_BOLD:
      return _ ("They promised too much: this board’s pace changes more than single days show.");
    case BATON_CALIBRATION_TIMID:
      return _ ("They were more careful than they had to be.");
    case BATON_CALIBRATION_UNKNOWN:
    default:
      return _ ("That is too few to judge them by.");
    }
}

static void
append_widened (GString *words, const BatonBacktest *backtest)
{
  g_string_append_c (words, ' ');
  g_string_append_printf (words,
      _ ("Widened by what earlier windows had taught, the 85 and 95 %% statements held in %u and %u %% of "
         "%u."),
      percent (backtest->safe_held[1], backtest->safe_windows),
      percent (backtest->safe_held[2], backtest->safe_windows), backtest->safe_windows);
  if (baton_backtest_safe (backtest) == BATON_CALIBRATION_BOLD)
    {
      g_string_append_c (words, ' ');
      g_string_append (
          words, _ ("That is still less than they promise: plan with more room than they give."));
    }
}

char *
baton_backtest_words (const BatonBacktest *backtest)
{
  GString *words = g_string_new (NULL);

  if (backtest->horizon == 0 || backtest->windows == 0)
    {
      g_string_append (
          words, _ ("The past of this board is too short to check how such statements would have held."));
      return g_string_free (words, FALSE);
    }
  g_string_append_printf (words,
      _ ("Looking back over %u windows of %u days, the 50, 85 and 95 %% statements held in %u, %u and %u "
         "%%."),
      backtest->windows, backtest->horizon, percent (backtest->held[0], backtest->windows),
      percent (backtest->held[1], backtest->windows), percent (backtest->held[2], backtest->windows));
  g_string_append_printf (words, " %s", calibration_words (baton_backtest_plain (backtest)));
  if (backtest->safe_windows > 0 && (backtest->factor[1] > 1 || backtest->factor[2] > 1))
    append_widened (words, backtest);
  return g_string_free (words, FALSE);
}
