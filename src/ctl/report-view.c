/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "batonctl"

#include "report-view.h"

#include "days.h"
#include "timestamp.h"

#include <glib/gi18n.h>
#include <math.h>
#include <stdio.h>

char *ctl_report_board;
char *ctl_report_from;
char *ctl_report_to;
char **ctl_report_chosen[BATON_FLOW_N_DIMS];
gboolean ctl_report_working;
char *ctl_report_hours;

/* The board that was named, or the only one. */
static BatonRow *
find_board (Ctl *ctl, GError **error)
{
  g_autoptr (GPtrArray) boards = NULL;

  if (ctl_report_board != NULL)
    return ctl_find_board (ctl, ctl_report_board, error);
  boards = ctl_rows (ctl, BATON_ENTITY_BOARD, BATON_FIELD_NONE, NULL, error);
  if (boards == NULL)
    return NULL;
  if (boards->len == 1)
    return baton_row_ref (g_ptr_array_index (boards, 0));
  ctl_usage (error, _ ("Say which board with --board."));
  return NULL;
}

/* A day of the board's time zone, or a moment. */
gboolean
ctl_report_border (const CtlReport *self, const char *text, gboolean end, gint64 *at, GError **error)
{
  int year, month, day, used = 0;
  GDate date;

  if (sscanf (text, "%4d-%2d-%2d%n", &year, &month, &day, &used) != 3 || text[used] != '\0')
    return ctl_parse_time (text, at, error);
  if (year < 1 || !g_date_valid_dmy ((GDateDay) day, (GDateMonth) month, (GDateYear) year))
    return ctl_usage (error, _ ("“%s” is no day; write 2026-05-01."), text);
  g_date_clear (&date, 1);
  g_date_set_dmy (&date, (GDateDay) day, (GDateMonth) month, (GDateYear) year);
  if (end)
    g_date_add_days (&date, 1);
  *at = baton_flow_local_time (self->metrics->zone, &date, 0);
  return TRUE;
}

static const char *
dim_words (BatonFlowDim dim)
{
  switch (dim)
    {
    case BATON_FLOW_CHANNEL:
      return _ ("There is no channel “%s” on this board.");
    case BATON_FLOW_ASSET_TYPE:
      return _ ("There is no asset type “%s” on this board.");
    case BATON_FLOW_CAMPAIGN:
      return _ ("There is no campaign “%s” on this board.");
    case BATON_FLOW_OWNER_DIM:
    case BATON_FLOW_URGENCY:
    case BATON_FLOW_N_DIMS:
    default:
      return _ ("There is no person “%s”.");
    }
}

/* By id or name; the empty text means cards without any. */
static gboolean
choose (CtlReport *self, BatonFlowDim dim, const char *text, GError **error)
{
  const BatonMetricsNames *names = baton_metrics_dim (self->metrics, dim);
  g_autofree char *wanted = g_utf8_casefold (text, -1);
  gboolean found = *text == '\0';

  if (found)
    baton_flow_view_choose (self->view, dim, BATON_FLOW_NONE);
  for (guint i = 0; i < names->ids->len; i++)
    {
      g_autofree char *name = g_utf8_casefold (g_ptr_array_index (names->names, i), -1);

      if (!g_str_equal (name, wanted) && !g_str_equal (g_ptr_array_index (names->ids, i), text))
        continue;
      baton_flow_view_choose (self->view, dim, i);
      found = TRUE;
    }
  if (found)
    return TRUE;
  if (dim == BATON_FLOW_URGENCY)
    return ctl_parse_choice (BATON_CARD_URGENCY, text, error);
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  g_set_error (error, BATON_ERROR, BATON_ERROR_NOT_FOUND, dim_words (dim), text);
#pragma GCC diagnostic pop
  return FALSE;
}

static gboolean
make_view (CtlReport *self, GError **error)
{
  if (ctl_report_hours != NULL && g_str_equal (ctl_report_hours, "working"))
    ctl_report_working = TRUE;
  else if (ctl_report_hours != NULL && (ctl_report_working || !g_str_equal (ctl_report_hours, "calendar")))
    return ctl_usage (error, _ ("--hours takes calendar or working, not “%s”."), ctl_report_hours);
  self->view = baton_metrics_view (self->metrics, g_get_real_time (), ctl_report_working, &self->hours);
  if (ctl_report_from != NULL && !ctl_report_border (self, ctl_report_from, FALSE, &self->view->from, error))
    return FALSE;
  if (ctl_report_to != NULL && !ctl_report_border (self, ctl_report_to, TRUE, &self->view->to, error))
    return FALSE;
  if (self->view->from >= self->view->to)
    return ctl_usage (error, _ ("The period ends before it begins."));
  for (BatonFlowDim dim = 0; dim < BATON_FLOW_N_DIMS; dim++)
    {
      for (guint i = 0; ctl_report_chosen[dim] != NULL && ctl_report_chosen[dim][i] != NULL; i++)
        {
          if (!choose (self, dim, ctl_report_chosen[dim][i], error))
            return FALSE;
        }
    }
  return TRUE;
}

gboolean
ctl_report_open (CtlReport *report, Ctl *ctl, GError **error)
{
  g_autoptr (BatonRow) board = find_board (ctl, error);

  report->ctl = ctl;
  if (board == NULL)
    return FALSE;
  report->metrics = baton_metrics_load (ctl->reader, board->id, error);
  return report->metrics != NULL && make_view (report, error);
}

void
ctl_report_clear (CtlReport *report)
{
  g_clear_pointer (&report->view, baton_flow_view_free);
  g_clear_pointer (&report->hours, baton_flow_hours_free);
  g_clear_pointer (&report->metrics, baton_metrics_free);
}

void
ctl_json_seconds (BatonJson *json, const char *name, double microseconds)
{
  double seconds = microseconds / G_USEC_PER_SEC;

  if (floor (seconds) == seconds && fabs (seconds) < 1e15)
    baton_json_int (json, name, (gint64) seconds);
  else
    baton_json_double (json, name, seconds);
}

void
ctl_json_moment (BatonJson *json, const char *name, gint64 at)
{
  g_autofree char *text = baton_timestamp_format (at);

  baton_json_string (json, name, text);
}

void
ctl_json_sample (BatonJson *json, BatonFlowSample *sample)
{
  static const double percents[] = { 50, 70, 85, 95 };

  baton_json_begin_object (json, "percentiles");
  for (guint i = 0; i < G_N_ELEMENTS (percents); i++)
    {
      char name[8];

      g_snprintf (name, sizeof name, "%.0f", percents[i]);
      if (sample->n > 0)
        ctl_json_seconds (json, name, (double) baton_flow_sample_percentile (sample, percents[i]));
      else
        baton_json_null (json, name);
    }
  baton_json_end_object (json);
  if (sample->n > 0)
    ctl_json_seconds (json, "mean", baton_flow_sample_mean (sample));
  else
    baton_json_null (json, "mean");
}

void
ctl_json_share (BatonJson *json, const char *name, double share)
{
  if (share < 0)
    baton_json_null (json, name);
  else
    baton_json_double (json, name, share);
}

char *
ctl_duration (const CtlReport *report, double microseconds)
{
  double seconds = microseconds / G_USEC_PER_SEC;
  double day =
      report->hours != NULL ? (double) baton_flow_hours_per_day (report->hours) / G_USEC_PER_SEC : 86400;

  if (seconds < 0)
    return g_strdup ("–");
  if (seconds < 60)
    return g_strdup_printf (C_ ("duration", "%.0f s"), seconds);
  if (seconds < 3600)
    return g_strdup_printf (C_ ("duration", "%.0f min"), seconds / 60);
  if (seconds < 2 * day)
    return g_strdup_printf (C_ ("duration", "%.1f h"), seconds / 3600);
  return g_strdup_printf (C_ ("duration", "%.1f d"), seconds / day);
}

char *
ctl_percent (double share)
{
  return share < 0 ? g_strdup ("–") : g_strdup_printf (C_ ("share", "%.0f %%"), share * 100);
}

char *
ctl_report_date (const CtlReport *report, gint64 at)
{
  GDate date;

  baton_flow_local_date (report->metrics->zone, at, &date);
  return g_strdup_printf (
      "%04u-%02u-%02u", g_date_get_year (&date), g_date_get_month (&date), g_date_get_day (&date));
}

const char *
ctl_report_title (const CtlReport *report, guint32 card)
{
  return ctl_name (report->ctl, BATON_ENTITY_CARD, g_ptr_array_index (report->metrics->cards, card));
}

void
ctl_report_period (const CtlReport *report, gint64 *from, gint64 *to)
{
  const BatonFlowView *view = report->view;
  gint64 first, last;

  if (!baton_flow_span (report->metrics->flow, &first, &last))
    first = last = view->now;
  *from = view->from != G_MININT64 ? view->from : first;
  /* Up to now, or to what a record says of a later time. */
  *to = view->to != G_MAXINT64 ? view->to - 1 : MAX (last, view->now);
  *to = MAX (*from, *to);
}
