/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "batonctl"

#include "report-view.h"

#include "exact.h"

#include "cfd.h"

#include <glib/gi18n.h>

#define SLE_PERCENT 85

static gboolean items;
static gboolean weekly;
char *ctl_report_by;
char **ctl_report_split;

static const GOptionEntry cycle_time_options[] = {
  CTL_REPORT_OPTIONS,
  { "items", 0, 0, G_OPTION_ARG_NONE, &items, N_ ("List every finished card too"), NULL },
  { NULL },
};

static const GOptionEntry report_options[] = {
  CTL_REPORT_OPTIONS,
  { NULL },
};

static const GOptionEntry week_options[] = {
  CTL_REPORT_OPTIONS,
  { "weekly", 0, 0, G_OPTION_ARG_NONE, &weekly, N_ ("A step for each week instead of each day"), NULL },
  { NULL },
};

static const GOptionEntry handoff_options[] = {
  CTL_REPORT_OPTIONS,
  { "by", 0, 0, G_OPTION_ARG_FILENAME, &ctl_report_by, N_ ("Between whom: person (the default) or role"),
      N_ ("WHO") },
  { "split", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &ctl_report_split,
      N_ ("Tell apart by channel or type; may be given twice"), N_ ("WHAT") },
  { NULL },
};

#define SEED_OPTION                                                                   \
  {                                                                                   \
    "seed", 0, 0, G_OPTION_ARG_FILENAME, &ctl_report_seed,                            \
        N_ ("Where chance begins; the same seed gives the same answer (1)"), N_ ("N") \
  }

static const GOptionEntry forecast_options[] = {
  CTL_REPORT_OPTIONS,
  { "until", 0, 0, G_OPTION_ARG_FILENAME, &ctl_report_until,
      N_ ("How many will be done by the end of this day"), N_ ("DATE") },
  { "days", 0, 0, G_OPTION_ARG_FILENAME, &ctl_report_days, N_ ("How many will be done in so many days (30)"),
      N_ ("N") },
  { "items", 0, 0, G_OPTION_ARG_FILENAME, &ctl_report_number,
      N_ ("When so many cards will be done (all that are unfinished)"), N_ ("N") },
  SEED_OPTION,
  { NULL },
};

static const GOptionEntry compare_options[] = {
  CTL_REPORT_OPTIONS,
  { "before", 0, 0, G_OPTION_ARG_FILENAME, &ctl_report_before, N_ ("The first period (the first half)"),
      N_ ("DATE..DATE") },
  { "after", 0, 0, G_OPTION_ARG_FILENAME, &ctl_report_after, N_ ("The second period (the second half)"),
      N_ ("DATE..DATE") },
  { "baseline", 0, 0, G_OPTION_ARG_FILENAME, &ctl_report_baseline,
      N_ ("Take “before” from this board: a pilot against its baseline"), N_ ("BOARD") },
  { "satisfaction-before", 0, 0, G_OPTION_ARG_FILENAME, &ctl_report_happy_before,
      N_ ("Answers of the first period, for example 4,3,5"), N_ ("NUMBERS") },
  { "satisfaction-after", 0, 0, G_OPTION_ARG_FILENAME, &ctl_report_happy_after,
      N_ ("Answers of the second period"), N_ ("NUMBERS") },
  SEED_OPTION,
  { NULL },
};

static int
compare_items (const void *a, const void *b)
{
  const BatonFlowItem *x = a;
  const BatonFlowItem *y = b;

  if (x->finished != y->finished)
    return x->finished > y->finished ? 1 : -1;
  return (x->card > y->card) - (x->card < y->card);
}

static void
json_items (const CtlReport *report, BatonFlowTimes *times)
{
  BatonJson *json = &report->ctl->writer;

  baton_json_begin_array (json, "items");
  for (guint i = 0; i < times->items->len; i++)
    {
      const BatonFlowItem *item = &g_array_index (times->items, BatonFlowItem, i);

      baton_json_begin_object (json, NULL);
      baton_json_string (json, "card", g_ptr_array_index (report->metrics->cards, item->card));
      baton_json_string (json, "title", ctl_report_title (report, item->card));
      ctl_json_moment (json, "finished", item->finished);
      ctl_json_seconds (json, "cycle", (double) item->cycle);
      ctl_json_seconds (json, "lead", (double) item->lead);
      baton_json_end_object (json);
    }
  baton_json_end_array (json);
}

static void
json_cycle_time (const CtlReport *report, BatonFlowTimes *times)
{
  BatonJson *json = &report->ctl->writer;
  BatonFlowExact exact = baton_flow_exact (report->view);

  baton_json_begin_object (json, NULL);
  baton_json_int (json, "finished", times->cycle.n);
  ctl_json_sample (json, &times->cycle);
  baton_json_int (json, "never_started", times->never_started);
  baton_json_int (json, "unfinished", times->in_progress + times->not_started);
  baton_json_int (json, "in_progress", times->in_progress);
  baton_json_int (json, "not_started", times->not_started);
  baton_json_int (json, "set_aside", times->set_aside);
  baton_json_begin_object (json, "lead");
  baton_json_int (json, "finished", times->lead.n);
  ctl_json_sample (json, &times->lead);
  baton_json_end_object (json);
  baton_json_begin_object (json, "times");
  baton_json_int (json, "exact", exact.exact);
  baton_json_int (json, "recorded", exact.recorded);
  baton_json_int (json, "estimated", exact.estimated);
  baton_json_end_object (json);
  baton_json_string (json, "hours", report->hours != NULL ? "working" : "calendar");
  if (items)
    json_items (report, times);
  baton_json_end_object (json);
}

static void
say_sample (const CtlReport *report, const char *what, BatonFlowSample *sample)
{
  static const double percents[] = { 50, 70, 85, 95 };
  g_autofree char *mean = ctl_duration (report, sample->n > 0 ? baton_flow_sample_mean (sample) : -1);
  g_autofree char *texts[G_N_ELEMENTS (percents)] = { NULL };
  g_autoptr (GString) line = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (percents); i++)
    {
      texts[i] = ctl_duration (
          report, sample->n > 0 ? (double) baton_flow_sample_percentile (sample, percents[i]) : -1);
      g_string_append_printf (line, "  %.0f %%: %s", percents[i], texts[i]);
      g_clear_pointer (&texts[i], g_free);
    }
  ctl_say (report->ctl, _ ("%s:%s  mean: %s"), what, line->str, mean);
}

static void
say_cycle_time (const CtlReport *report, BatonFlowTimes *times)
{
  g_autofree char *sle = NULL;
  CtlTable *table;

  ctl_say (report->ctl,
      _ ("Finished: %u   never started: %u   unfinished: %u (%u in progress, %u not started)"),
      times->cycle.n, times->never_started, times->in_progress + times->not_started, times->in_progress,
      times->not_started);
  if (times->cycle.n > 0)
    {
      sle = ctl_duration (report, (double) baton_flow_sample_percentile (&times->cycle, SLE_PERCENT));
      ctl_say (report->ctl, _ ("%u %% of the cards were done within %s of being started."), SLE_PERCENT, sle);
      say_sample (report, _ ("Cycle time"), &times->cycle);
    }
  if (times->lead.n > 0)
    say_sample (report, _ ("Lead time"), &times->lead);
  if (!items)
    return;
  table = ctl_table_new (_ ("Finished"), _ (">Cycle time"), _ (">Lead time"), _ ("Card"), NULL);
  for (guint i = 0; i < times->items->len; i++)
    {
      const BatonFlowItem *item = &g_array_index (times->items, BatonFlowItem, i);
      g_autofree char *date = ctl_report_date (report, item->finished);
      g_autofree char *cycle = ctl_duration (report, (double) item->cycle);
      g_autofree char *lead = ctl_duration (report, (double) item->lead);

      ctl_table_add (table, date, cycle, lead, ctl_report_title (report, item->card), NULL);
    }
  ctl_table_print (table, report->ctl);
}

static gboolean
run_cycle_time (Ctl *ctl, char **args, GError **error)
{
  g_auto (CtlReport) report = { 0 };
  g_autoptr (BatonFlowTimes) times = NULL;

  if (!ctl_report_open (&report, ctl, error))
    return FALSE;
  times = baton_flow_times_new (report.view);
  g_array_sort (times->items, compare_items);
  if (ctl->json)
    json_cycle_time (&report, times);
  else
    say_cycle_time (&report, times);
  return TRUE;
}

#define N_PACES 4
static const double pace_percents[N_PACES] = { 50, 70, 85, 95 };

/* How old finished cards were when they left each stage. */
static void
json_pace (const CtlReport *report, const gint64 *pace)
{
  BatonJson *json = &report->ctl->writer;

  baton_json_begin_array (json, "pace");
  for (guint i = 0; i < report->metrics->flow->n_stages; i++)
    {
      baton_json_begin_object (json, NULL);
      baton_json_string (json, "stage", baton_metrics_name (&report->metrics->stages, i));
      for (guint j = 0; j < N_PACES; j++)
        {
          char name[8];

          g_snprintf (name, sizeof name, "%.0f", pace_percents[j]);
          ctl_json_seconds (json, name, (double) pace[i * N_PACES + j]);
        }
      baton_json_end_object (json);
    }
  baton_json_end_array (json);
}

static void
json_ages (const CtlReport *report, const GArray *ages, BatonFlowTimes *times, gint64 expected)
{
  BatonJson *json = &report->ctl->writer;
  g_autofree gint64 *pace = baton_flow_pace (report->view, times, pace_percents, N_PACES);

  baton_json_begin_object (json, NULL);
  baton_json_int (json, "percent", SLE_PERCENT);
  if (times->cycle.n > 0)
    ctl_json_seconds (json, "expected", (double) expected);
  else
    baton_json_null (json, "expected");
  baton_json_begin_array (json, "items");
  for (guint i = 0; i < ages->len; i++)
    {
      const BatonFlowAge *age = &g_array_index (ages, BatonFlowAge, i);

      baton_json_begin_object (json, NULL);
      baton_json_string (json, "card", g_ptr_array_index (report->metrics->cards, age->card));
      baton_json_string (json, "title", ctl_report_title (report, age->card));
      baton_json_string (json, "stage", baton_metrics_name (&report->metrics->stages, age->stage));
      ctl_json_seconds (json, "age", (double) age->age);
      ctl_json_seconds (json, "in_stage", (double) age->in_stage);
      baton_json_bool (json, "late", times->cycle.n > 0 && age->age > expected);
      baton_json_bool (json, "behind", times->cycle.n > 0 && age->age > pace[age->stage * N_PACES + 2]);
      ctl_json_share (json, "chance_late", age->chance_late);
      baton_json_end_object (json);
    }
  baton_json_end_array (json);
  json_pace (report, pace);
  baton_json_end_object (json);
}

static void
say_ages (const CtlReport *report, const GArray *ages, BatonFlowTimes *times, gint64 expected)
{
  g_autofree char *sle = ctl_duration (report, times->cycle.n > 0 ? (double) expected : -1);
  CtlTable *table =
      ctl_table_new (_ (">Age"), _ (">In stage"), _ (">Chance to be late"), _ ("Stage"), _ ("Card"), NULL);

  ctl_say (report->ctl, _ ("Work in progress: %u   %u %% of the finished cards took at most %s."), ages->len,
      SLE_PERCENT, sle);
  for (guint i = 0; i < ages->len; i++)
    {
      const BatonFlowAge *age = &g_array_index (ages, BatonFlowAge, i);
      g_autofree char *old = ctl_duration (report, (double) age->age);
      g_autofree char *in_stage = ctl_duration (report, (double) age->in_stage);
      g_autofree char *chance = ctl_percent (age->chance_late);

      ctl_table_add (table, old, in_stage, chance, baton_metrics_name (&report->metrics->stages, age->stage),
          ctl_report_title (report, age->card), NULL);
    }
  ctl_table_print (table, report->ctl);
}

static gboolean
run_age (Ctl *ctl, char **args, GError **error)
{
  g_auto (CtlReport) report = { 0 };
  g_autoptr (BatonFlowTimes) times = NULL;
  g_autoptr (GArray) ages = NULL;
  gint64 expected;

  if (!ctl_report_open (&report, ctl, error))
    return FALSE;
  times = baton_flow_times_new (report.view);
  expected = baton_flow_sample_percentile (&times->cycle, SLE_PERCENT);
  ages = baton_flow_ages (report.view, times, expected);
  if (ctl->json)
    json_ages (&report, ages, times, expected);
  else
    say_ages (&report, ages, times, expected);
  return TRUE;
}

static BatonFlowCfd *
make_cfd (const CtlReport *report, gboolean by_week)
{
  gint64 from, to;

  ctl_report_period (report, &from, &to);
  return baton_flow_cfd_new (report->view, by_week ? baton_flow_weeks_new (report->metrics->zone, from, to)
                                                   : baton_flow_days_new (report->metrics->zone, from, to));
}

static void
json_throughput (const CtlReport *report, const BatonFlowCfd *cfd, const char *name)
{
  BatonJson *json = &report->ctl->writer;

  baton_json_begin_array (json, name);
  for (guint i = 0; i < cfd->days->n; i++)
    {
      g_autofree char *date = ctl_report_date (report, cfd->days->starts[i]);

      baton_json_begin_object (json, NULL);
      baton_json_string (json, "date", date);
      baton_json_int (json, "finished", baton_flow_cfd_throughput (cfd, i));
      baton_json_end_object (json);
    }
  baton_json_end_array (json);
}

static gboolean
run_throughput (Ctl *ctl, char **args, GError **error)
{
  g_auto (CtlReport) report = { 0 };
  g_autoptr (BatonFlowCfd) days = NULL;
  g_autoptr (BatonFlowCfd) weeks = NULL;
  guint32 total;

  if (!ctl_report_open (&report, ctl, error))
    return FALSE;
  days = make_cfd (&report, FALSE);
  weeks = make_cfd (&report, TRUE);
  total = days->finished[days->n_points - 1] - days->finished[0];
  if (ctl->json)
    {
      baton_json_begin_object (&ctl->writer, NULL);
      baton_json_int (&ctl->writer, "finished", total);
      baton_json_int (&ctl->writer, "n_days", days->days->n);
      json_throughput (&report, days, "days");
      json_throughput (&report, weeks, "weeks");
      baton_json_end_object (&ctl->writer);
    }
  else
    {
      const BatonFlowCfd *cfd = weekly || days->days->n > 31 ? weeks : days;
      CtlTable *table = ctl_table_new (cfd == weeks ? _ ("Week from") : _ ("Day"), _ (">Finished"), NULL);

      ctl_say (ctl, _ ("Finished: %u in %u days"), total, days->days->n);
      for (guint i = 0; i < cfd->days->n; i++)
        {
          g_autofree char *date = ctl_report_date (&report, cfd->days->starts[i]);
          g_autofree char *number = g_strdup_printf ("%u", baton_flow_cfd_throughput (cfd, i));

          ctl_table_add (table, date, number, NULL);
        }
      ctl_table_print (table, ctl);
    }
  return TRUE;
}

static void
json_numbers (BatonJson *json, const char *name, const guint32 *numbers, guint n)
{
  baton_json_begin_array (json, name);
  for (guint i = 0; i < n; i++)
    baton_json_int (json, NULL, numbers[i]);
  baton_json_end_array (json);
}

static const char *
kind_name (BatonFlowKind kind)
{
  return baton_field_info (BATON_STAGE_KIND)->choices[kind];
}

static void
json_cfd_stage (const CtlReport *report, const BatonFlowCfd *cfd, guint stage)
{
  const BatonFlow *flow = report->metrics->flow;
  BatonJson *json = &report->ctl->writer;
  gsize at = (gsize) stage * cfd->n_points;

  baton_json_begin_object (json, NULL);
  baton_json_string (json, "name", baton_metrics_name (&report->metrics->stages, stage));
  baton_json_string (json, "kind", kind_name (flow->stages[stage].kind));
  baton_json_bool (json, "removed", flow->stages[stage].removed);
  baton_json_int (json, "place", flow->places[stage]);
  json_numbers (json, "arrivals", cfd->arrived + at, cfd->n_points);
  json_numbers (json, "departures", cfd->departed + at, cfd->n_points);
  json_numbers (json, "line", cfd->lines + (gsize) flow->places[stage] * cfd->n_points, cfd->n_points);
  baton_json_end_object (json);
}

static void
json_cfd (const CtlReport *report, const BatonFlowCfd *cfd)
{
  BatonJson *json = &report->ctl->writer;

  baton_json_begin_object (json, NULL);
  baton_json_begin_array (json, "times");
  for (guint i = 0; i < cfd->n_points; i++)
    ctl_json_moment (json, NULL, cfd->days->starts[i]);
  baton_json_end_array (json);
  baton_json_begin_array (json, "stages");
  for (guint stage = 0; stage < cfd->n_stages; stage++)
    json_cfd_stage (report, cfd, stage);
  baton_json_end_array (json);
  baton_json_begin_array (json, "wip");
  for (guint i = 0; i < cfd->n_points; i++)
    baton_json_int (json, NULL, baton_flow_cfd_wip (cfd, i));
  baton_json_end_array (json);
  baton_json_begin_array (json, "approximate_cycle_time");
  for (guint i = 0; i < cfd->n_points; i++)
    {
      gint64 time = baton_flow_cfd_approximate_time (cfd, i);

      if (time < 0)
        baton_json_null (json, NULL);
      else
        ctl_json_seconds (json, NULL, (double) time);
    }
  baton_json_end_array (json);
  baton_json_end_object (json);
}

/* Where something was finished last: beyond that the diagram only grows older. */
static guint
last_departure (const BatonFlowCfd *cfd)
{
  guint last = cfd->n_points - 1;

  while (last > 0 && cfd->finished[last] == cfd->finished[last - 1])
    last--;
  return last > 0 ? last : cfd->n_points - 1;
}

static void
say_cfd (const CtlReport *report, const BatonFlowCfd *cfd)
{
  CtlTable *table = ctl_table_new (_ ("Stage"), _ (">Arrived"), _ (">Left"), _ (">In it"), NULL);
  guint last = cfd->n_points - 1;
  gint64 approximate = baton_flow_cfd_approximate_time (cfd, last_departure (cfd));
  g_autofree char *time = ctl_duration (report, (double) approximate);

  for (guint stage = 0; stage < cfd->n_stages; stage++)
    {
      gsize at = (gsize) stage * cfd->n_points;
      g_autofree char *arrived = g_strdup_printf ("%u", cfd->arrived[at + last] - cfd->arrived[at]);
      g_autofree char *left = g_strdup_printf ("%u", cfd->departed[at + last] - cfd->departed[at]);
      g_autofree char *there = g_strdup_printf ("%u", baton_flow_cfd_in_stage (cfd, stage, last));

      ctl_table_add (table, baton_metrics_name (&report->metrics->stages, stage), arrived, left, there, NULL);
    }
  ctl_table_print (table, report->ctl);
  ctl_say (report->ctl, _ ("Work in progress: %u   approximate average cycle time: %s"),
      baton_flow_cfd_wip (cfd, last), time);
}

static gboolean
run_cfd (Ctl *ctl, char **args, GError **error)
{
  g_auto (CtlReport) report = { 0 };
  g_autoptr (BatonFlowCfd) cfd = NULL;

  if (!ctl_report_open (&report, ctl, error))
    return FALSE;
  cfd = make_cfd (&report, weekly);
  if (ctl->json)
    json_cfd (&report, cfd);
  else
    say_cfd (&report, cfd);
  return TRUE;
}

const CtlCommand ctl_report_commands[] = {
  { "report cycle-time", "", N_ ("How long finished cards took"), 0, 0, CTL_NEEDS_READING, cycle_time_options,
      run_cycle_time },
  { "report age", "", N_ ("How old the work in progress is"), 0, 0, CTL_NEEDS_READING, report_options,
      run_age },
  { "report throughput", "", N_ ("How many cards were finished, day by day"), 0, 0, CTL_NEEDS_READING,
      week_options, run_throughput },
  { "report cfd", "", N_ ("The cumulative flow diagram as numbers"), 0, 0, CTL_NEEDS_READING, week_options,
      run_cfd },
  { "report flow", "", N_ ("Where time goes, what comes back, and where it is narrowest"), 0, 0,
      CTL_NEEDS_READING, report_options, ctl_run_report_flow },
  { "report handoffs", "", N_ ("Who waits for whom"), 0, 0, CTL_NEEDS_READING, handoff_options,
      ctl_run_report_handoffs },
  { "report order", "", N_ ("Who is called upon, whether queues are looked after, and what went another way"),
      0, 0, CTL_NEEDS_READING, report_options, ctl_run_report_order },
  { "report forecast", "", N_ ("How many by a date, when these will be done, and how such statements held"),
      0, 0, CTL_NEEDS_READING, forecast_options, ctl_run_report_forecast },
  { "report compare", "", N_ ("Whether a change helped: two periods, or a pilot and its baseline"), 0, 0,
      CTL_NEEDS_READING, compare_options, ctl_run_report_compare },
  { NULL },
};
