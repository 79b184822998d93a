/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "batonctl"

#include "report-view.h"

#include "bottleneck.h"
#include "handoff.h"
#include "quality.h"
#include "where.h"

#include <glib/gi18n.h>
#include <string.h>

static const char *
stage_name (const CtlReport *report, guint stage)
{
  return baton_metrics_name (&report->metrics->stages, stage);
}

static void
json_spent (BatonJson *json, const BatonFlowSpent *spent)
{
  ctl_json_seconds (json, "active", (double) spent->active);
  ctl_json_seconds (json, "waiting", (double) spent->waiting);
  ctl_json_seconds (json, "blocked", (double) spent->blocked);
  ctl_json_seconds (json, "before_start", (double) spent->before);
}

static void
json_where (const CtlReport *report)
{
  g_autoptr (BatonFlowWhere) where = baton_flow_where_new (report->view, BATON_FLOW_CHANNEL);
  BatonJson *json = &report->ctl->writer;
  BatonFlowSpent total = baton_flow_where_total (where, 0);

  baton_json_begin_object (json, "time");
  json_spent (json, &total);
  ctl_json_share (json, "flow_efficiency", baton_flow_efficiency (&total));
  baton_json_begin_array (json, "stages");
  for (guint i = 0; i < where->n_stages; i++)
    {
      baton_json_begin_object (json, NULL);
      baton_json_string (json, "name", stage_name (report, i));
      json_spent (json, &where->spent[i]);
      baton_json_int (json, "visits", where->spent[i].visits);
      baton_json_int (json, "cards", where->spent[i].cards);
      baton_json_end_object (json);
    }
  baton_json_end_array (json);
  baton_json_begin_array (json, "channels");
  for (guint i = 0; i < where->values->len; i++)
    {
      BatonFlowSpent spent = baton_flow_where_total (where, i + 1);

      baton_json_begin_object (json, NULL);
      baton_json_string (json, "name",
          baton_metrics_name (
              &report->metrics->dims[BATON_FLOW_CHANNEL], g_array_index (where->values, guint32, i)));
      json_spent (json, &spent);
      ctl_json_share (json, "flow_efficiency", baton_flow_efficiency (&spent));
      baton_json_end_object (json);
    }
  baton_json_end_array (json);
  baton_json_end_object (json);
}

static void
json_quality (const CtlReport *report)
{
  const BatonFlow *flow = report->metrics->flow;
  g_autoptr (BatonFlowQuality) quality = baton_flow_quality_new (report->view);
  BatonJson *json = &report->ctl->writer;

  baton_json_begin_object (json, "first_pass_yield");
  ctl_json_share (json, "rolled", baton_flow_quality_rolled (quality, flow));
  baton_json_begin_array (json, "stages");
  for (guint i = 0; i < quality->n_stages; i++)
    {
      if (!baton_flow_is_work (flow->stages[i].kind))
        continue;
      baton_json_begin_object (json, NULL);
      baton_json_string (json, "name", stage_name (report, i));
      baton_json_int (json, "left", quality->yields[i].left);
      baton_json_int (json, "passed", quality->yields[i].passed);
      ctl_json_share (json, "yield", baton_flow_yield (&quality->yields[i]));
      baton_json_end_object (json);
    }
  baton_json_end_array (json);
  baton_json_end_object (json);
  baton_json_begin_array (json, "rework");
  for (guint i = 0; i < quality->rework->len; i++)
    {
      const BatonFlowRework *rework = &g_array_index (quality->rework, BatonFlowRework, i);

      baton_json_begin_object (json, NULL);
      baton_json_string (json, "from", stage_name (report, rework->from));
      baton_json_string (json, "to", stage_name (report, rework->to));
      baton_json_string (json, "reason",
          rework->reason != BATON_FLOW_NONE ? baton_metrics_name (&report->metrics->reasons, rework->reason)
                                            : NULL);
      baton_json_int (json, "count", rework->count);
      baton_json_end_object (json);
    }
  baton_json_end_array (json);
}

static void
json_reviews (const CtlReport *report)
{
  g_autoptr (BatonFlowReviews) reviews = baton_metrics_reviews (report->metrics, report->view);
  BatonJson *json = &report->ctl->writer;

  baton_json_begin_object (json, "review");
  baton_json_int (json, "closed", reviews->turnaround.n);
  ctl_json_sample (json, &reviews->turnaround);
  baton_json_int (json, "with_window", reviews->with_window);
  baton_json_int (json, "in_time", reviews->in_time);
  baton_json_int (json, "open", reviews->open);
  baton_json_int (json, "overdue", reviews->overdue);
  baton_json_int (json, "changes_requested", reviews->changes);
  baton_json_bool (json, "from_requests", reviews->from_requests);
  baton_json_end_object (json);
}

static GArray *
find_bottleneck (const CtlReport *report)
{
  g_autoptr (BatonFlowCfd) cfd = NULL;
  gint64 from, to;

  ctl_report_period (report, &from, &to);
  cfd = baton_flow_cfd_new (report->view, baton_flow_days_new (report->metrics->zone, from, to));
  return baton_flow_bottleneck (report->view, cfd);
}

static void
json_bottleneck (const CtlReport *report)
{
  g_autoptr (GArray) narrow = find_bottleneck (report);
  BatonJson *json = &report->ctl->writer;

  baton_json_begin_array (json, "bottleneck");
  for (guint i = 0; i < narrow->len; i++)
    {
      const BatonFlowNarrow *item = &g_array_index (narrow, BatonFlowNarrow, i);

      baton_json_begin_object (json, NULL);
      baton_json_string (json, "stage", stage_name (report, item->stage));
      baton_json_string (
          json, "queue", item->queue != BATON_FLOW_NO_STAGE ? stage_name (report, item->queue) : NULL);
      baton_json_double (json, "score", item->score);
      baton_json_double (json, "growth_per_week", item->growth);
      baton_json_double (json, "arrivals_per_week", item->arrivals);
      baton_json_double (json, "departures_per_week", item->departures);
      ctl_json_seconds (json, "median_wait", (double) item->median_wait);
      ctl_json_seconds (json, "oldest_in_queue", (double) item->oldest);
      baton_json_double (json, "utilisation", item->utilisation);
      baton_json_double (json, "mean_working", item->mean_working);
      baton_json_int (json, "queued", item->queued);
      baton_json_int (json, "working", item->working);
      baton_json_end_object (json);
    }
  baton_json_end_array (json);
}

static void
json_fast (const CtlReport *report)
{
  g_autoptr (BatonFlowFast) fast = baton_flow_fast_new (report->view);
  BatonJson *json = &report->ctl->writer;

  baton_json_begin_object (json, "fast_lane");
  baton_json_int (json, "cards", fast->cards);
  baton_json_int (json, "unfinished", fast->unfinished);
  baton_json_begin_object (json, "response");
  baton_json_int (json, "started", fast->response.n);
  ctl_json_sample (json, &fast->response);
  baton_json_end_object (json);
  baton_json_begin_object (json, "cycle_time");
  baton_json_int (json, "finished", fast->cycle.n);
  ctl_json_sample (json, &fast->cycle);
  baton_json_end_object (json);
  baton_json_begin_object (json, "other_cycle_time");
  baton_json_int (json, "finished", fast->other_cycle.n);
  ctl_json_sample (json, &fast->other_cycle);
  baton_json_end_object (json);
  baton_json_end_object (json);
}

static void
say_where (const CtlReport *report)
{
  g_autoptr (BatonFlowWhere) where = baton_flow_where_new (report->view, BATON_FLOW_CHANNEL);
  BatonFlowSpent total = baton_flow_where_total (where, 0);
  double elapsed = (double) (total.active + total.waiting + total.blocked);
  g_autofree char *efficiency = ctl_percent (baton_flow_efficiency (&total));
  CtlTable *table = ctl_table_new (
      _ ("Stage"), _ (">Active"), _ (">Waiting"), _ (">Blocked"), _ (">Share of cycle time"), NULL);

  ctl_say (report->ctl, _ ("Flow efficiency: %s (work ÷ elapsed cycle time of finished cards)"), efficiency);
  for (guint i = 0; i < where->n_stages; i++)
    {
      const BatonFlowSpent *spent = &where->spent[i];
      double all = (double) (spent->active + spent->waiting + spent->blocked);
      g_autofree char *active = ctl_duration (report, (double) spent->active);
      g_autofree char *waiting = ctl_duration (report, (double) spent->waiting);
      g_autofree char *blocked = ctl_duration (report, (double) spent->blocked);
      g_autofree char *share = ctl_percent (elapsed > 0 ? all / elapsed : -1);

      ctl_table_add (table, stage_name (report, i), active, waiting, blocked, share, NULL);
    }
  ctl_table_print (table, report->ctl);
}

static void
say_quality (const CtlReport *report)
{
  const BatonFlow *flow = report->metrics->flow;
  g_autoptr (BatonFlowQuality) quality = baton_flow_quality_new (report->view);
  g_autofree char *rolled = ctl_percent (baton_flow_quality_rolled (quality, flow));

  ctl_say (
      report->ctl, _ ("\nFirst-pass yield, rolled: %s   moves back into work: %u"), rolled, quality->reworks);
  for (guint i = 0; i < quality->n_stages; i++)
    {
      g_autofree char *share = ctl_percent (baton_flow_yield (&quality->yields[i]));

      if (baton_flow_is_work (flow->stages[i].kind) && quality->yields[i].left > 0)
        ctl_say (
            report->ctl, _ ("  %s: %s of %u cards"), stage_name (report, i), share, quality->yields[i].left);
    }
}

static void
say_reviews (const CtlReport *report)
{
  g_autoptr (BatonFlowReviews) reviews = baton_metrics_reviews (report->metrics, report->view);
  g_autofree char *median = NULL;
  g_autofree char *share = NULL;

  if (reviews->turnaround.n == 0)
    return;
  median = ctl_duration (report, (double) baton_flow_sample_percentile (&reviews->turnaround, 50));
  share = ctl_percent (reviews->with_window > 0 ? (double) reviews->in_time / reviews->with_window : -1);
  ctl_say (report->ctl, _ ("\nReview: half are decided within %s; %s within the window; %u open, %u overdue"),
      median, share, reviews->open, reviews->overdue);
}

static void
say_bottleneck (const CtlReport *report)
{
  g_autoptr (GArray) narrow = find_bottleneck (report);
  CtlTable *table;

  if (narrow->len == 0)
    return;
  ctl_say (report->ctl, _ ("\nWhere it is narrowest:"));
  table = ctl_table_new (_ ("Stage"), _ (">Score"), _ (">Growth a week"), _ (">Median wait"), _ (">In use"),
      _ (">Queued"), NULL);
  for (guint i = 0; i < narrow->len; i++)
    {
      const BatonFlowNarrow *item = &g_array_index (narrow, BatonFlowNarrow, i);
      g_autofree char *score = g_strdup_printf ("%.2f", item->score);
      g_autofree char *growth = g_strdup_printf ("%+.1f", item->growth);
      g_autofree char *wait = ctl_duration (report, (double) item->median_wait);
      g_autofree char *use = ctl_percent (item->utilisation);
      g_autofree char *queued = g_strdup_printf ("%u", item->queued);

      ctl_table_add (table, stage_name (report, item->stage), score, growth, wait, use, queued, NULL);
    }
  ctl_table_print (table, report->ctl);
}

gboolean
ctl_run_report_flow (Ctl *ctl, char **args, GError **error)
{
  g_auto (CtlReport) report = { 0 };

  if (!ctl_report_open (&report, ctl, error))
    return FALSE;
  if (ctl->json)
    {
      baton_json_begin_object (&ctl->writer, NULL);
      json_where (&report);
      json_quality (&report);
      json_reviews (&report);
      json_bottleneck (&report);
      json_fast (&report);
      baton_json_end_object (&ctl->writer);
      return TRUE;
    }
  say_where (&report);
  say_quality (&report);
  say_reviews (&report);
  say_bottleneck (&report);
  return TRUE;
}

static gboolean
read_grain (BatonFlowGrain *grain, GError **error)
{
  *grain = BATON_FLOW_BY_PERSON;
  if (ctl_report_by != NULL && g_str_equal (ctl_report_by, "role"))
    *grain |= BATON_FLOW_BY_ROLE;
  else if (ctl_report_by != NULL && !g_str_equal (ctl_report_by, "person"))
    return ctl_usage (error, _ ("--by wants person or role."));
  for (guint i = 0; ctl_report_split != NULL && ctl_report_split[i] != NULL; i++)
    {
      if (g_str_equal (ctl_report_split[i], "channel"))
        *grain |= BATON_FLOW_BY_CHANNEL;
      else if (g_str_equal (ctl_report_split[i], "type"))
        *grain |= BATON_FLOW_BY_ASSET_TYPE;
      else
        return ctl_usage (error, _ ("--split wants channel or type."));
    }
  return TRUE;
}

static const BatonMetricsNames *
ends (const CtlReport *report, BatonFlowGrain grain)
{
  return grain & BATON_FLOW_BY_ROLE ? &report->metrics->roles : &report->metrics->people;
}

static void
json_edge (const CtlReport *report, BatonFlowGrain grain, BatonFlowEdge *edge)
{
  const BatonMetricsNames *names = ends (report, grain);
  BatonJson *json = &report->ctl->writer;

  baton_json_begin_object (json, NULL);
  baton_json_string (json, "from", baton_metrics_name (names, edge->from));
  baton_json_string (json, "to", baton_metrics_name (names, edge->to));
  if (grain & BATON_FLOW_BY_CHANNEL)
    baton_json_string (
        json, "channel", baton_metrics_name (&report->metrics->dims[BATON_FLOW_CHANNEL], edge->channel));
  if (grain & BATON_FLOW_BY_ASSET_TYPE)
    baton_json_string (
        json, "type", baton_metrics_name (&report->metrics->dims[BATON_FLOW_ASSET_TYPE], edge->asset_type));
  baton_json_int (json, "count", edge->wait.n);
  baton_json_begin_object (json, "wait");
  ctl_json_seconds (json, "median", (double) baton_flow_sample_percentile (&edge->wait, 50));
  ctl_json_seconds (json, "p85", (double) baton_flow_sample_percentile (&edge->wait, 85));
  ctl_json_seconds (json, "total", edge->wait.total);
  baton_json_end_object (json);
  baton_json_double (json, "share", edge->share);
  baton_json_int (json, "direct", edge->direct);
  baton_json_string (json, "mode", baton_flow_edge_is_sync (edge) ? "sync" : "async");
  baton_json_string (json, "measured", baton_flow_edge_was_sync (edge) ? "sync" : "async");
  baton_json_bool (json, "marked", edge->mark != NULL);
  baton_json_end_object (json);
}

static void
say_edges (const CtlReport *report, BatonFlowGrain grain, BatonFlowHandoffs *handoffs)
{
  const BatonMetricsNames *names = ends (report, grain);
  CtlTable *table = ctl_table_new (_ ("From"), _ ("To"), _ (">Handoffs"), _ (">Median wait"), _ (">85 %"),
      _ (">Total wait"), _ (">Share of waiting"), _ ("Possible"), NULL);

  for (guint i = 0; i < handoffs->edges->len; i++)
    {
      BatonFlowEdge *edge = g_ptr_array_index (handoffs->edges, i);
      g_autofree char *count = g_strdup_printf ("%u", edge->wait.n);
      g_autofree char *median =
          ctl_duration (report, (double) baton_flow_sample_percentile (&edge->wait, 50));
      g_autofree char *p85 = ctl_duration (report, (double) baton_flow_sample_percentile (&edge->wait, 85));
      g_autofree char *total = ctl_duration (report, edge->wait.total);
      g_autofree char *share = ctl_percent (edge->share);

      ctl_table_add (table, baton_metrics_name (names, edge->from), baton_metrics_name (names, edge->to),
          count, median, p85, total, share,
          baton_flow_edge_is_sync (edge) ? C_ ("handoff", "sync") : C_ ("handoff", "async"), NULL);
    }
  ctl_table_print (table, report->ctl);
}

gboolean
ctl_run_report_handoffs (Ctl *ctl, char **args, GError **error)
{
  g_auto (CtlReport) report = { 0 };
  g_autoptr (BatonFlowHandoffs) handoffs = NULL;
  BatonFlowGrain grain;

  if (!read_grain (&grain, error) || !ctl_report_open (&report, ctl, error))
    return FALSE;
  handoffs = baton_flow_handoffs_new (report.view, grain);
  if (!ctl->json)
    {
      say_edges (&report, grain, handoffs);
      return TRUE;
    }
  baton_json_begin_array (&ctl->writer, NULL);
  for (guint i = 0; i < handoffs->edges->len; i++)
    json_edge (&report, grain, g_ptr_array_index (handoffs->edges, i));
  baton_json_end_array (&ctl->writer);
  return TRUE;
}
