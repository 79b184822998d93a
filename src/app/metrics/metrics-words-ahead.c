/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "metrics-words.h"

#include "axis-time.h"

#include <glib/gi18n.h>

char *
baton_words_day_ahead (const BatonReport *report, guint days)
{
  return baton_time_day_words (baton_report_day_ahead (report, days), report->view->zone, report->view->now);
}

char *
baton_words_how_many (const BatonReport *report)
{
  const BatonForecast *forecast = report->forecast;
  g_autofree char *day = NULL;

  if (forecast->state == BATON_FORECAST_NOTHING || forecast->horizon == 0)
    return g_strdup (_ ("How many will be done?"));
  day = baton_words_day_ahead (report, forecast->horizon);
  return g_strdup_printf (
      ngettext ("By %s: at least %u card with 85 %% confidence, %u with 50 %%.",
          "By %s: at least %u cards with 85 %% confidence, %u with 50 %%.", forecast->levels[1].safe_count),
      day, forecast->levels[1].safe_count, forecast->levels[0].safe_count);
}

char *
baton_words_when (const BatonReport *report)
{
  const BatonForecast *forecast = report->forecast;
  g_autofree char *likely = NULL;
  g_autofree char *sure = NULL;

  if (forecast->state == BATON_FORECAST_NOTHING || forecast->items == 0)
    return g_strdup (_ ("When will the present work be done?"));
  if (forecast->levels[1].safe_days == 0)
    return g_strdup_printf (
        ngettext ("When %u card will be done cannot be said: it takes longer than five years.",
            "When %u cards will be done cannot be said: it takes longer than five years.", forecast->items),
        forecast->items);
  likely = baton_words_day_ahead (report, forecast->levels[0].safe_days);
  sure = baton_words_day_ahead (report, forecast->levels[1].safe_days);
  return g_strdup_printf (
      ngettext ("%u card will be done by %s with 85 %% confidence, by %s with 50 %%.",
          "%u cards will be done by %s with 85 %% confidence, by %s with 50 %%.", forecast->items),
      forecast->items, sure, likely);
}

char *
baton_words_compared (const BatonReport *report)
{
  g_autofree char *day = NULL;

  if (report->split == 0)
    return g_strdup (_ (
        "The pilot against all other channels. A line that does not touch “no change” is more than chance."));
  day = baton_time_day_words (report->split, report->view->zone, report->view->now);
  return g_strdup_printf (
      _ ("Before and after %s. A line that does not touch “no change” is more than chance."), day);
}

char *
baton_words_fast (const BatonReport *report)
{
  BatonFlowFast *fast = report->fast;
  g_autofree char *response = NULL;
  g_autofree char *cycle = NULL;
  g_autofree char *other = NULL;

  if (fast->cards == 0 && fast->cycle.n == 0)
    return g_strdup (_ ("The fast lane was not used."));
  if (fast->response.n == 0 || fast->cycle.n == 0 || fast->other_cycle.n == 0)
    return g_strdup_printf (
        ngettext ("%u card came through the fast lane.", "%u cards came through the fast lane.", fast->cards),
        fast->cards);
  response = baton_words_span (baton_flow_sample_percentile (&fast->response, 50), report->day);
  cycle = baton_words_span (baton_flow_sample_percentile (&fast->cycle, 50), report->day);
  other = baton_words_span (baton_flow_sample_percentile (&fast->other_cycle, 50), report->day);
  return g_strdup_printf (
      ngettext (
          "%u card came through the fast lane. Half were begun within %s and took %s, against %s elsewhere.",
          "%u cards came through the fast lane. Half were begun within %s and took %s, against %s elsewhere.",
          fast->cards),
      fast->cards, response, cycle, other);
}
