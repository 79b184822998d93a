/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "batonctl"

#include "report-view.h"

#include "days.h"
#include "forecast.h"
#include "period.h"

#include <glib/gi18n.h>

#define USUAL_HORIZON 30
#define MOST_DAYS 1825
#define DAY (24 * 3600 * (gint64) G_USEC_PER_SEC)

char *ctl_report_until;
char *ctl_report_days;
char *ctl_report_number;
char *ctl_report_seed;

typedef struct
{
  const CtlReport *report;
  gint64 as_of;
  BatonForecast *forecast;
} Shown;

/* The day on which the n-th day to come lies. */
static char *
date_after (const Shown *shown, guint days)
{
  GDate date;

  baton_flow_local_date (shown->report->metrics->zone, shown->as_of, &date);
  g_date_add_days (&date, days > 0 ? days - 1 : 0);
  return g_strdup_printf (
      "%04u-%02u-%02u", g_date_get_year (&date), g_date_get_month (&date), g_date_get_day (&date));
}

gboolean
ctl_report_count (const char *option, const char *text, guint64 most, guint64 *number, GError **error)
{
  if (text == NULL || g_ascii_string_to_unsigned (text, 10, 0, most, number, NULL))
    return TRUE;
  return ctl_usage (error, _ ("--%s wants a whole number, at most %.0f."), option, (double) most);
}

/* Days to come up to the end of a date. */
static gboolean
days_until (const CtlReport *report, gint64 as_of, guint64 *days, GError **error)
{
  gint64 at;

  if (!ctl_parse_time (ctl_report_until, &at, error))
    return FALSE;
  if (at <= as_of)
    return ctl_usage (error, _ ("“%s” lies before the first day to come."), ctl_report_until);
  *days = (guint64) ((at - as_of + DAY - 1) / DAY);
  if (*days > MOST_DAYS)
    return ctl_usage (error, _ ("“%s” is more than five years away."), ctl_report_until);
  return TRUE;
}

static gboolean
ask (Shown *shown, GError **error)
{
  g_autoptr (GArray) daily = baton_flow_daily_throughput (shown->report->view, &shown->as_of);
  guint64 horizon = USUAL_HORIZON;
  guint64 number = baton_flow_open_cards (shown->report->view);
  guint64 seed = 1;
  BatonForecastInput input = { .throughput = (const guint *) (gpointer) daily->data, .n_days = daily->len };

  if (!ctl_report_count ("days", ctl_report_days, MOST_DAYS, &horizon, error) ||
      !ctl_report_count ("items", ctl_report_number, 1000000, &number, error) ||
      !ctl_report_count ("seed", ctl_report_seed, G_MAXINT64, &seed, error) ||
      (ctl_report_until != NULL && !days_until (shown->report, shown->as_of, &horizon, error)))
    return FALSE;
  input.horizon = (guint) horizon;
  input.items = (guint) number;
  input.seed = seed;
  shown->forecast = baton_forecast_new (&input);
  return TRUE;
}

/* Nothing was finished for longer than a forecast looks back, so it is made as of an earlier day. */
static gboolean
is_stale (const Shown *shown)
{
  const BatonFlowView *view = shown->report->view;

  return MIN (view->to, view->now) - shown->as_of > 2 * DAY;
}

static const char *
level_name (guint level)
{
  static const char *const names[BATON_FORECAST_LEVELS] = { "50", "85", "95" };

  return names[level];
}

static void
json_counts (const Shown *shown, const char *name, gboolean safe)
{
  BatonJson *json = &shown->report->ctl->writer;

  baton_json_begin_object (json, name);
  for (guint i = 0; i < BATON_FORECAST_LEVELS; i++)
    {
      const BatonForecastLevel *level = &shown->forecast->levels[i];

      baton_json_int (json, level_name (i), safe ? level->safe_count : level->count);
    }
  baton_json_end_object (json);
}

static void
json_dates (const Shown *shown, const char *name, gboolean safe)
{
  BatonJson *json = &shown->report->ctl->writer;

  baton_json_begin_object (json, name);
  for (guint i = 0; i < BATON_FORECAST_LEVELS; i++)
    {
      const BatonForecastLevel *level = &shown->forecast->levels[i];
      guint days = safe ? level->safe_days : level->days;
      g_autofree char *date = date_after (shown, days);

      if (days == 0)
        {
          baton_json_null (json, level_name (i));
          continue;
        }
      baton_json_begin_object (json, level_name (i));
      baton_json_int (json, "days", days);
      baton_json_string (json, "date", date);
      baton_json_end_object (json);
    }
  baton_json_end_object (json);
}

static void
json_questions (const Shown *shown)
{
  BatonJson *json = &shown->report->ctl->writer;
  const BatonForecast *forecast = shown->forecast;
  g_autofree char *date = date_after (shown, forecast->horizon);
  gboolean any = forecast->state != BATON_FORECAST_NOTHING;

  if (any && forecast->horizon > 0)
    {
      baton_json_begin_object (json, "how_many");
      baton_json_int (json, "days", forecast->horizon);
      baton_json_string (json, "date", date);
      json_counts (shown, "at_least", TRUE);
      json_counts (shown, "plain", FALSE);
      baton_json_end_object (json);
    }
  else
    baton_json_null (json, "how_many");
  if (any && forecast->items > 0)
    {
      baton_json_begin_object (json, "when");
      baton_json_int (json, "items", forecast->items);
      json_dates (shown, "within", TRUE);
      json_dates (shown, "plain", FALSE);
      baton_json_end_object (json);
    }
  else
    baton_json_null (json, "when");
}

static void
json_held (BatonJson *json, const char *name, const guint *held, guint windows)
{
  baton_json_begin_object (json, name);
  for (guint i = 0; i < BATON_FORECAST_LEVELS; i++)
    ctl_json_share (json, level_name (i), windows > 0 ? (double) held[i] / windows : -1);
  baton_json_end_object (json);
}

static const char *
calibration_name (BatonCalibration calibration)
{
  static const char *const names[] = { "unknown", "good", "bold", "timid" };

  return names[calibration];
}

static void
json_backtest (const Shown *shown)
{
  BatonJson *json = &shown->report->ctl->writer;
  const BatonBacktest *backtest = &shown->forecast->backtest;
  g_autofree char *words = baton_backtest_words (backtest);

  baton_json_begin_object (json, "backtest");
  baton_json_int (json, "days", backtest->horizon);
  baton_json_int (json, "sample_days", backtest->sample);
  baton_json_int (json, "windows", backtest->safe_windows);
  json_held (json, "held", backtest->safe_held, backtest->safe_windows);
  baton_json_string (json, "verdict", calibration_name (baton_backtest_safe (backtest)));
  baton_json_begin_object (json, "plain");
  baton_json_int (json, "windows", backtest->windows);
  json_held (json, "held", backtest->held, backtest->windows);
  baton_json_string (json, "verdict", calibration_name (baton_backtest_plain (backtest)));
  baton_json_end_object (json);
  baton_json_begin_object (json, "factor");
  for (guint i = 0; i < BATON_FORECAST_LEVELS; i++)
    baton_json_double (json, level_name (i), backtest->factor[i]);
  baton_json_end_object (json);
  baton_json_string (json, "words", words);
  baton_json_end_object (json);
}

static void
json_forecast (const Shown *shown)
{
  static const char *const states[] = { "ready", "few", "nothing" };
  BatonJson *json = &shown->report->ctl->writer;
  const BatonForecast *forecast = shown->forecast;
  g_autofree char *date = date_after (shown, 1);
  g_autofree char *words = baton_forecast_words (forecast);

  baton_json_begin_object (json, NULL);
  baton_json_string (json, "first_day", date);
  baton_json_bool (json, "stale", is_stale (shown));
  baton_json_string (json, "state", states[forecast->state]);
  baton_json_int (json, "sample_days", forecast->sample_days);
  baton_json_int (json, "sample_finished", forecast->sample_finished);
  baton_json_int (json, "runs", forecast->runs);
  baton_json_int (json, "seed", (gint64) forecast->seed);
  json_questions (shown);
  json_backtest (shown);
  baton_json_string (json, "words", words);
  baton_json_end_object (json);
}

static void
say_levels (const Shown *shown)
{
  const BatonForecast *forecast = shown->forecast;
  CtlTable *table = ctl_table_new (_ (">Sure"), _ (">At least"), _ (">All by"), NULL);

  for (guint i = 0; i < BATON_FORECAST_LEVELS; i++)
    {
      const BatonForecastLevel *level = &forecast->levels[i];
      g_autofree char *share = ctl_percent (level->share);
      g_autofree char *count = g_strdup_printf ("%u", level->safe_count);
      g_autofree char *date = date_after (shown, level->safe_days);

      ctl_table_add (table, share, forecast->horizon > 0 ? count : "–",
          forecast->items > 0 && level->safe_days > 0 ? date : "–", NULL);
    }
  ctl_table_print (table, shown->report->ctl);
}

static void
say_forecast (const Shown *shown)
{
  Ctl *ctl = shown->report->ctl;
  const BatonForecast *forecast = shown->forecast;
  g_autofree char *first = date_after (shown, 1);
  g_autofree char *last = date_after (shown, forecast->horizon);
  g_autofree char *words = baton_forecast_words (forecast);
  g_autofree char *backtest = baton_backtest_words (&forecast->backtest);
  g_autofree char *seed = g_strdup_printf ("%" G_GUINT64_FORMAT, forecast->seed);

  if (forecast->state != BATON_FORECAST_NOTHING && is_stale (shown))
    ctl_say (ctl, _ ("Nothing was finished lately; this is the forecast as of %s."), first);
  if (forecast->state != BATON_FORECAST_NOTHING)
    {
      ctl_say (ctl,
          ngettext ("From %s to %s; and when %u card is done:", "From %s to %s; and when %u cards are done:",
              forecast->items),
          first, last, forecast->items);
      say_levels (shown);
    }
  if (*words != '\0')
    ctl_say (ctl, "%s", words);
  if (forecast->state != BATON_FORECAST_NOTHING)
    {
      ctl_say (ctl, "%s", backtest);
      ctl_say (ctl, _ ("%u runs over %u days with %u finished cards, seed %s."), forecast->runs,
          forecast->sample_days, forecast->sample_finished, seed);
    }
}

gboolean
ctl_run_report_forecast (Ctl *ctl, char **args, GError **error)
{
  g_auto (CtlReport) report = { 0 };
  g_autoptr (BatonForecast) forecast = NULL;
  Shown shown = { .report = &report };

  if (!ctl_report_open (&report, ctl, error) || !ask (&shown, error))
    return FALSE;
  forecast = shown.forecast;
  if (ctl->json)
    json_forecast (&shown);
  else
    say_forecast (&shown);
  return TRUE;
}
