/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "batonctl"

#include "report-view.h"

#include "compare.h"
#include "period.h"

#include <glib/gi18n.h>
#include <string.h>

char *ctl_report_before;
char *ctl_report_after;
char *ctl_report_baseline;
char *ctl_report_happy_before;
char *ctl_report_happy_after;

typedef struct
{
  gint64 from;
  gint64 to;
} Range;

typedef struct
{
  const CtlReport *report;
  Range before;
  Range after;
  BatonComparison comparison;
} Shown;

/* “2026-01-01..2026-03-31”, both days included. */
static gboolean
read_range (const CtlReport *report, const char *text, Range *range, GError **error)
{
  g_auto (GStrv) parts = g_strsplit (text, "..", 2);

  if (parts[0] == NULL || parts[1] == NULL)
    return ctl_usage (error, _ ("“%s” is no period; write 2026-01-01..2026-03-31."), text);
  if (!ctl_report_border (report, parts[0], FALSE, &range->from, error) ||
      !ctl_report_border (report, parts[1], TRUE, &range->to, error))
    return FALSE;
  return range->from < range->to || ctl_usage (error, _ ("The period ends before it begins."));
}

/* Without periods: the second half of what is known against the first. */
static gboolean
read_ranges (const CtlReport *report, Shown *shown, GError **error)
{
  gint64 from, to, first, last;

  ctl_report_period (report, &from, &to);
  to = MIN (to + 1, report->view->now);
  /* A board that was imported has ended long ago. */
  if (report->view->to == G_MAXINT64 && baton_flow_span (report->metrics->flow, &first, &last))
    to = MIN (to, last + 1);
  shown->before = (Range){ from, from + (MAX (to, from) - from) / 2 };
  shown->after = (Range){ shown->before.to, MAX (to, from) };
  if (ctl_report_baseline != NULL)
    shown->before = shown->after = (Range){ from, MAX (to, from) };
  return (ctl_report_before == NULL || read_range (report, ctl_report_before, &shown->before, error)) &&
         (ctl_report_after == NULL || read_range (report, ctl_report_after, &shown->after, error));
}

static BatonFlowPeriod *
collect (const CtlReport *report, const Range *range)
{
  report->view->from = range->from;
  report->view->to = range->to;
  return baton_flow_period_new (report->view);
}

static gboolean
read_answers (const char *option, const char *text, GArray *answers, GError **error)
{
  g_auto (GStrv) parts = g_strsplit (text != NULL ? text : "", ",", -1);

  for (guint i = 0; parts[i] != NULL; i++)
    {
      char *end;
      double answer = g_ascii_strtod (g_strstrip (parts[i]), &end);

      if (*parts[i] == '\0' || *end != '\0' || !(answer > -1e9 && answer < 1e9))
        return ctl_usage (error, _ ("--%s wants numbers with commas between them."), option);
      g_array_append_val (answers, answer);
    }
  return TRUE;
}

/* What was asked elsewhere stands in for what the cards say. */
static void
take_answers (BatonPeriod *period, const char *told, const GArray *answers)
{
  if (told == NULL)
    return;
  period->satisfaction = (const double *) (gpointer) answers->data;
  period->n_answers = answers->len;
}

static const char *
measure_key (guint kind)
{
  static const char *const keys[BATON_N_MEASURES] = { "median", "p85", "p95", "wait_share",
    "throughput_per_week", "rework_share", "satisfaction" };

  return keys[kind];
}

static gboolean
is_duration (guint kind)
{
  return kind <= BATON_MEASURE_P95;
}

static void
json_number (BatonJson *json, const char *name, guint kind, gboolean known, double value)
{
  if (!known)
    baton_json_null (json, name);
  else if (is_duration (kind))
    ctl_json_seconds (json, name, value);
  else
    baton_json_double (json, name, value);
}

static void
json_measure (BatonJson *json, guint kind, const BatonMeasure *measure)
{
  static const char *const verdicts[] = { "unknown", "unclear", "better", "worse" };

  baton_json_begin_object (json, measure_key (kind));
  baton_json_int (json, "n_before", measure->n_before);
  baton_json_int (json, "n_after", measure->n_after);
  json_number (json, "before", kind, measure->known, measure->before);
  json_number (json, "after", kind, measure->known, measure->after);
  json_number (json, "change", kind, measure->known, measure->change);
  json_number (json, "low", kind, measure->bounded, measure->low);
  json_number (json, "high", kind, measure->bounded, measure->high);
  baton_json_string (json, "verdict", verdicts[measure->verdict]);
  baton_json_end_object (json);
}

static void
json_test (BatonJson *json, const BatonComparison *comparison)
{
  const BatonRankTest *test = &comparison->test;

  if (!comparison->tested)
    {
      baton_json_null (json, "rank_test");
      return;
    }
  baton_json_begin_object (json, "rank_test");
  baton_json_double (json, "u", test->u);
  baton_json_double (json, "p", test->p);
  baton_json_bool (json, "exact", test->exact);
  baton_json_double (json, "cliffs_delta", test->cliff);
  ctl_json_seconds (json, "shift", test->shift);
  json_number (json, "low", BATON_MEASURE_MEDIAN, test->bounded, (double) test->low);
  json_number (json, "high", BATON_MEASURE_MEDIAN, test->bounded, (double) test->high);
  baton_json_end_object (json);
}

static void
json_range (BatonJson *json, const char *name, const Range *range)
{
  baton_json_begin_object (json, name);
  baton_json_time (json, "from", range->from);
  baton_json_time (json, "to", range->to);
  baton_json_end_object (json);
}

static void
json_comparison (const Shown *shown)
{
  static const char *const verdicts[] = { "too_little", "unclear", "faster", "slower" };
  BatonJson *json = &shown->report->ctl->writer;
  const BatonComparison *comparison = &shown->comparison;
  g_autofree char *words = baton_compare_words (comparison);
  g_autofree char *warning = baton_compare_warning_words (comparison);

  baton_json_begin_object (json, NULL);
  json_range (json, "before", &shown->before);
  json_range (json, "after", &shown->after);
  baton_json_string (json, "verdict", verdicts[comparison->verdict]);
  baton_json_begin_object (json, "measures");
  for (guint i = 0; i < BATON_N_MEASURES; i++)
    json_measure (json, i, &comparison->measures[i]);
  baton_json_end_object (json);
  json_test (json, comparison);
  baton_json_bool (json, "at_a_cost", comparison->at_a_cost);
  baton_json_int (json, "seed", (gint64) comparison->seed);
  baton_json_string (json, "words", words);
  baton_json_string (json, "warning", warning);
  baton_json_end_object (json);
}

static char *
show_number (const CtlReport *report, guint kind, double value, gboolean is_signed)
{
  const char *sign = !is_signed ? "" : value < 0 ? "−" : "+";
  double size = is_signed ? ABS (value) : value;
  g_autofree char *text = NULL;

  if (is_duration (kind))
    text = ctl_duration (report, size);
  else if (kind == BATON_MEASURE_WAIT || kind == BATON_MEASURE_REWORK)
    text = ctl_percent (size);
  else
    text = g_strdup_printf ("%.1f", size);
  return g_strconcat (sign, text, NULL);
}

static void
say_measure (const CtlReport *report, CtlTable *table, guint kind, const BatonMeasure *measure)
{
  g_autofree char *before = show_number (report, kind, measure->before, FALSE);
  g_autofree char *after = show_number (report, kind, measure->after, FALSE);
  g_autofree char *change = show_number (report, kind, measure->change, TRUE);
  g_autofree char *low = show_number (report, kind, measure->low, TRUE);
  g_autofree char *high = show_number (report, kind, measure->high, TRUE);
  g_autofree char *interval = g_strdup_printf (_ ("%s to %s"), low, high);

  if (measure->known)
    ctl_table_add (
        table, baton_measure_name (kind), before, after, change, measure->bounded ? interval : "–", NULL);
}

static void
say_comparison (const Shown *shown)
{
  Ctl *ctl = shown->report->ctl;
  g_autofree char *words = baton_compare_words (&shown->comparison);
  g_autofree char *warning = baton_compare_warning_words (&shown->comparison);
  CtlTable *table = ctl_table_new ("", _ (">Before"), _ (">After"), _ (">Change"), _ (">95 of 100"), NULL);

  ctl_say (ctl, "%s", words);
  if (*warning != '\0')
    ctl_say (ctl, "%s", warning);
  for (guint i = 0; i < BATON_N_MEASURES; i++)
    say_measure (shown->report, table, i, &shown->comparison.measures[i]);
  ctl_table_print (table, ctl);
}

static gboolean
compare (CtlReport *report, CtlReport *baseline, Shown *shown, GError **error)
{
  g_autoptr (BatonFlowPeriod) before = collect (baseline, &shown->before);
  g_autoptr (BatonFlowPeriod) after = collect (report, &shown->after);
  g_autoptr (GArray) happy_before = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) happy_after = g_array_new (FALSE, FALSE, sizeof (double));
  guint64 seed = 1;

  if (!ctl_report_count ("seed", ctl_report_seed, G_MAXINT64, &seed, error) ||
      !read_answers ("satisfaction-before", ctl_report_happy_before, happy_before, error) ||
      !read_answers ("satisfaction-after", ctl_report_happy_after, happy_after, error))
    return FALSE;
  take_answers (&before->period, ctl_report_happy_before, happy_before);
  take_answers (&after->period, ctl_report_happy_after, happy_after);
  baton_compare (&before->period, &after->period, seed, &shown->comparison);
  return TRUE;
}

gboolean
ctl_run_report_compare (Ctl *ctl, char **args, GError **error)
{
  g_auto (CtlReport) report = { 0 };
  g_auto (CtlReport) baseline = { 0 };
  Shown shown = { .report = &report };

  if (!ctl_report_open (&report, ctl, error) || !read_ranges (&report, &shown, error))
    return FALSE;
  if (ctl_report_baseline != NULL)
    {
      g_free (ctl_report_board);
      ctl_report_board = ctl_report_baseline;
      if (!ctl_report_open (&baseline, ctl, error))
        return FALSE;
    }
  if (!compare (&report, ctl_report_baseline != NULL ? &baseline : &report, &shown, error))
    return FALSE;
  if (ctl->json)
    json_comparison (&shown);
  else
    say_comparison (&shown);
  return TRUE;
}
