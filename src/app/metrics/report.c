/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "report.h"

#include "period.h"

#include <glib/gi18n.h>

static void
add_times (BatonReport *report, const BatonReportQuestion *question)
{
  const double percents[4] = { 50, 70, 85, 95 };
  const double leaving[] = { 50, 85 };

  report->times = baton_flow_times_new (report->view);
  baton_flow_times_sort (report->times);
  report->n_finished = report->times->items->len;
  for (guint i = 0; i < 4; i++)
    report->percentiles[i] = baton_flow_sample_percentile (&report->times->cycle, percents[i]);
  report->n_outliers = baton_flow_sample_above (&report->times->cycle, report->percentiles[3]);
  report->unfinished = report->times->not_started + report->times->in_progress - report->times->set_aside;
  baton_flow_sample_sort (&report->times->lead);
  report->ages = baton_flow_ages (report->view, report->times, report->percentiles[2]);
  report->pace = baton_flow_pace (report->view, report->times, leaving, G_N_ELEMENTS (leaving));
  report->exact = baton_flow_exact (report->view);
}

/* From the first to the last that is known, or as far as the period and the present let it. A board on which
 * nothing has happened for long has ended soon after its last event. */
static void
find_span (BatonReport *report)
{
  const BatonFlowView *view = report->view;
  const gint64 day = G_GINT64_CONSTANT (86400000000);

  if (!baton_flow_span (view->flow, &report->first, &report->last))
    report->first = report->last = view->now;
  if (view->now > report->last)
    report->last = view->now - report->last > 60 * day ? report->last + 14 * day : view->now;
  if (view->from > report->first)
    report->first = view->from;
  if (view->to <= report->last)
    report->last = view->to - 1;
  report->last = MAX (report->last, report->first);
}

static void
add_flow (BatonReport *report, const BatonReportQuestion *question)
{
  report->cfd = baton_flow_cfd_new (
      report->view, baton_flow_days_new (report->view->zone, report->first, report->last));
  report->narrow = baton_flow_bottleneck (report->view, report->cfd);
}

static void
add_weeks (BatonReport *report, const BatonReportQuestion *question)
{
  report->weeks = baton_flow_weeks_new (report->view->zone, report->first, report->last);
  report->week_done = baton_flow_finished_each (report->view, report->weeks);
  report->fast = baton_flow_fast_new (report->view);
}

static void
add_order (BatonReport *report, const BatonReportQuestion *question)
{
  report->told = baton_flow_told (report->view);
  report->grooms = baton_flow_groom (report->view);
  report->audit = baton_flow_audit_new (report->view);
}

static void
add_handoffs (BatonReport *report, const BatonReportQuestion *question)
{
  report->handoffs =
      baton_flow_handoffs_new (report->view, report->by_role ? BATON_FLOW_BY_ROLE : BATON_FLOW_BY_PERSON);
  report->divided = question->divide != 0
                        ? baton_flow_handoffs_new (report->view, report->handoffs->grain | question->divide)
                        : report->handoffs;
  for (guint i = 0; i < report->handoffs->edges->len; i++)
    baton_flow_sample_sort (&((BatonFlowEdge *) g_ptr_array_index (report->handoffs->edges, i))->wait);
}

static void
add_where (BatonReport *report, const BatonReportQuestion *question)
{
  report->where = baton_flow_where_new (report->view, BATON_FLOW_CHANNEL);
}

static void
add_quality (BatonReport *report, const BatonReportQuestion *question)
{
  report->quality = baton_flow_quality_new (report->view);
  report->reviews = baton_metrics_reviews (report->dataset->metrics, report->view);
  baton_flow_sample_sort (&report->reviews->turnaround);
}

/* When the past is too short for the forecast to be checked as it is made, it is checked with what a third of
 * the past, in whole weeks, would have said. */
static void
add_backtest (BatonReport *report, const BatonForecastInput *input)
{
  BatonForecastInput fewer = *input;
  guint horizon = report->forecast->backtest.horizon;

  report->backtest = report->forecast->backtest;
  fewer.sample = MAX (28, input->n_days / 21 * 7);
  horizon = MAX (horizon, input->horizon);
  if (report->backtest.windows > 0 || report->forecast->state == BATON_FORECAST_NOTHING ||
      fewer.sample >= BATON_FORECAST_SAMPLE || horizon == 0)
    return;
  baton_backtest (&fewer, horizon, 0, &report->backtest);
  report->backtest_days = fewer.sample;
}

static void
add_forecast (BatonReport *report, const BatonReportQuestion *question)
{
  g_autoptr (GArray) daily = baton_flow_daily_throughput (report->view, &report->ahead);
  BatonForecastInput input = { .throughput = (const guint *) (gpointer) daily->data, .n_days = daily->len };

  input.horizon = question->horizon > 0 ? question->horizon : 30;
  input.items = question->items > 0 ? question->items : baton_flow_open_cards (report->view);
  input.seed = question->seed;
  report->forecast = baton_forecast_new (&input);
  add_backtest (report, &input);
}

/* What was finished in a part of the period, and, for a pilot, of some channels. */
static BatonFlowPeriod *
collect (BatonReport *report, gint64 from, gint64 to, const char *pilot, gboolean others)
{
  BatonFlowView part = *report->view;
  const BatonMetricsNames *channels = baton_metrics_dim (report->dataset->metrics, BATON_FLOW_CHANNEL);
  BatonFlowPeriod *period;

  part.from = from;
  part.to = to;
  if (pilot != NULL)
    {
      part.chosen[BATON_FLOW_CHANNEL] = baton_flow_choice_new ();
      for (guint32 i = 0; i < channels->ids->len; i++)
        if (g_str_equal (g_ptr_array_index (channels->ids, i), pilot) != others)
          baton_flow_choice_add (part.chosen[BATON_FLOW_CHANNEL], i);
      if (others)
        baton_flow_choice_add (part.chosen[BATON_FLOW_CHANNEL], BATON_FLOW_NONE);
    }
  period = baton_flow_period_new (&part);
  if (pilot != NULL)
    baton_flow_choice_free (part.chosen[BATON_FLOW_CHANNEL]);
  return period;
}

static void
add_comparison (BatonReport *report, const BatonReportQuestion *question)
{
  gint64 first, last, end;
  g_autoptr (BatonFlowPeriod) before = NULL;
  g_autoptr (BatonFlowPeriod) after = NULL;

  /* A board that was imported has ended long ago. */
  end = report->view->to == G_MAXINT64 && baton_flow_span (report->view->flow, &first, &last)
            ? MIN (report->last, last) + 1
            : MIN (report->last + 1, report->view->now);
  end = MAX (end, report->first);
  if (question->pilot == NULL)
    report->split = question->split != 0 ? question->split : report->first + (end - report->first) / 2;
  before =
      collect (report, report->first, question->pilot != NULL ? end : report->split, question->pilot, TRUE);
  after =
      collect (report, question->pilot != NULL ? report->first : report->split, end, question->pilot, FALSE);
  baton_compare (&before->period, &after->period, question->seed, &report->comparison);
}

BatonDataset *
baton_dataset_new (BatonMetrics *metrics)
{
  BatonDataset *dataset = g_atomic_rc_box_new0 (BatonDataset);

  dataset->metrics = metrics;
  return dataset;
}

BatonDataset *
baton_dataset_ref (BatonDataset *dataset)
{
  return g_atomic_rc_box_acquire (dataset);
}

static void
dataset_clear (BatonDataset *dataset)
{
  g_clear_pointer (&dataset->metrics, baton_metrics_free);
}

void
baton_dataset_unref (BatonDataset *dataset)
{
  g_atomic_rc_box_release_full (dataset, (GDestroyNotify) dataset_clear);
}

BatonReportQuestion *
baton_report_question_copy (const BatonReportQuestion *question)
{
  BatonReportQuestion *copy = g_new (BatonReportQuestion, 1);

  *copy = *question;
  copy->pilot = g_strdup (question->pilot);
  for (guint i = 0; i < BATON_FLOW_N_DIMS; i++)
    {
      GHashTableIter iter;
      gpointer id;

      copy->chosen[i] = NULL;
      if (question->chosen[i] == NULL)
        continue;
      copy->chosen[i] = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
      g_hash_table_iter_init (&iter, question->chosen[i]);
      while (g_hash_table_iter_next (&iter, &id, NULL))
        g_hash_table_add (copy->chosen[i], g_strdup (id));
    }
  return copy;
}

void
baton_report_question_free (BatonReportQuestion *question)
{
  for (guint i = 0; i < BATON_FLOW_N_DIMS; i++)
    g_clear_pointer (&question->chosen[i], g_hash_table_unref);
  g_free (question->pilot);
  g_free (question);
}

/* What was chosen and is not there (any more) lets nothing pass instead of everything. */
static void
choose (BatonReport *report, const BatonReportQuestion *question, BatonFlowDim dim)
{
  const BatonMetricsNames *names = baton_metrics_dim (report->dataset->metrics, dim);
  GHashTableIter iter;
  gpointer id;

  if (question->chosen[dim] == NULL)
    return;
  g_hash_table_iter_init (&iter, question->chosen[dim]);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    {
      guint32 index = baton_metrics_index (names, id);

      if (index != BATON_FLOW_NONE)
        baton_flow_view_choose (report->view, dim, index);
      else
        baton_flow_view_choose (
            report->view, dim, *(char *) id == '\0' ? BATON_FLOW_NONE : BATON_FLOW_UNKNOWN);
    }
}

static void
set_up (BatonReport *report, const BatonReportQuestion *question)
{
  report->view =
      baton_metrics_view (report->dataset->metrics, question->now, question->working, &report->hours);
  report->view->from = question->from;
  report->view->to = question->to;
  for (guint i = 0; i < BATON_FLOW_N_DIMS; i++)
    choose (report, question, i);
  report->review_window = report->dataset->metrics->review_window;
  report->by_role = report->dataset->metrics->roles.ids->len > 1;
  report->day = report->hours != NULL ? (double) baton_flow_hours_per_day (report->hours) : 0;
}

/* What needs nothing of another part: first what the top of the page shows, then the longest. Parts only read
 * the dataset and each other's nothing, so threads take them as they come; what a part leaves behind is
 * sorted, so that reading it changes nothing. */
static const struct
{
  BatonReportParts part;
  void (*make) (BatonReport *report, const BatonReportQuestion *question);
} parts[] = { { BATON_PART_TIMES, add_times }, { BATON_PART_COMPARISON, add_comparison },
  { BATON_PART_FLOW, add_flow }, { BATON_PART_WEEKS, add_weeks }, { BATON_PART_WHERE, add_where },
  { BATON_PART_QUALITY, add_quality }, { BATON_PART_HANDOFFS, add_handoffs },
  { BATON_PART_FORECAST, add_forecast }, { BATON_PART_ORDER, add_order } };

/* Below so many events a thread costs more than it brings. */
#define WORTH_A_THREAD 20000

typedef struct
{
  BatonReport *report;
  const BatonReportQuestion *question;
  BatonReportReady ready;
  gpointer data;
  int next;
  guint done; /* atomic */
} Parts;

static gpointer
make_parts (gpointer data)
{
  Parts *self = data;
  int i;

  while ((i = g_atomic_int_add (&self->next, 1)) < (int) G_N_ELEMENTS (parts))
    {
      guint before;

      parts[i].make (self->report, self->question);
      before = g_atomic_int_or (&self->done, parts[i].part);
      if (self->ready != NULL)
        self->ready (self->report, before, before | parts[i].part, self->data);
    }
  return NULL;
}

BatonReport *
baton_report_new (BatonDataset *dataset, BatonBoard *board, const BatonReportQuestion *question,
    BatonReportReady ready, gpointer data)
{
  BatonReport *report = g_atomic_rc_box_new0 (BatonReport);
  Parts all = { report, question, ready, data, 0, 0 };
  GThread *helper = NULL;

  report->dataset = baton_dataset_ref (dataset);
  report->board = board != NULL ? g_object_ref (board) : NULL;
  set_up (report, question);
  find_span (report);
  if (report->view->flow->n_events > WORTH_A_THREAD)
    helper = g_thread_try_new ("baton-numbers", make_parts, &all, NULL);
  make_parts (&all);
  if (helper != NULL)
    g_thread_join (helper);
  return report;
}

BatonReport *
baton_report_ref (BatonReport *report)
{
  return g_atomic_rc_box_acquire (report);
}

static void
report_clear (BatonReport *report)
{
  g_clear_pointer (&report->times, baton_flow_times_free);
  g_clear_pointer (&report->cfd, baton_flow_cfd_free);
  g_clear_pointer (&report->weeks, baton_flow_days_free);
  g_clear_pointer (&report->week_done, g_array_unref);
  g_clear_pointer (&report->ages, g_array_unref);
  g_free (report->pace);
  g_clear_pointer (&report->where, baton_flow_where_free);
  g_clear_pointer (&report->quality, baton_flow_quality_free);
  g_clear_pointer (&report->reviews, baton_flow_reviews_free);
  if (report->divided != report->handoffs)
    g_clear_pointer (&report->divided, baton_flow_handoffs_free);
  g_clear_pointer (&report->handoffs, baton_flow_handoffs_free);
  g_clear_pointer (&report->narrow, g_array_unref);
  g_clear_pointer (&report->forecast, baton_forecast_free);
  g_clear_pointer (&report->fast, baton_flow_fast_free);
  g_clear_pointer (&report->told, g_array_unref);
  g_clear_pointer (&report->grooms, g_array_unref);
  g_clear_pointer (&report->audit, baton_flow_audit_free);
  g_clear_pointer (&report->view, baton_flow_view_free);
  g_clear_pointer (&report->hours, baton_flow_hours_free);
  g_clear_object (&report->board);
  g_clear_pointer (&report->dataset, baton_dataset_unref);
}

void
baton_report_unref (gpointer report)
{
  g_atomic_rc_box_release_full (report, (GDestroyNotify) report_clear);
}

static const char *
or_else (const char *name, const char *other)
{
  return name != NULL && *name != '\0' ? name : other;
}

const char *
baton_report_stage (const BatonReport *report, guint16 stage)
{
  return baton_metrics_name (&report->dataset->metrics->stages, stage);
}

const char *
baton_report_channel (const BatonReport *report, guint32 channel)
{
  return or_else (
      baton_metrics_name (baton_metrics_dim (report->dataset->metrics, BATON_FLOW_CHANNEL), channel),
      _ ("No channel"));
}

const char *
baton_report_hands (const BatonReport *report, guint32 hands)
{
  const BatonMetrics *metrics = report->dataset->metrics;

  return or_else (
      baton_metrics_name (report->by_role ? &metrics->roles : &metrics->people, hands), _ ("Somebody"));
}

const char *
baton_report_division (const BatonReport *report, const BatonFlowEdge *edge)
{
  const BatonMetrics *metrics = report->dataset->metrics;

  if (report->divided->grain & BATON_FLOW_BY_CHANNEL)
    return baton_report_channel (report, edge->channel);
  if (report->divided->grain & BATON_FLOW_BY_ASSET_TYPE)
    return or_else (baton_metrics_name (baton_metrics_dim (metrics, BATON_FLOW_ASSET_TYPE), edge->asset_type),
        _ ("No asset type"));
  return NULL;
}

const char *
baton_report_card_id (const BatonReport *report, guint32 card)
{
  return g_ptr_array_index (report->dataset->metrics->cards, card);
}

const char *
baton_report_title (const BatonReport *report, guint32 card)
{
  BatonItem *item =
      report->board != NULL ? baton_board_card (report->board, baton_report_card_id (report, card)) : NULL;

  return or_else (item != NULL ? baton_item_text (item, BATON_CARD_TITLE) : NULL, _ ("Card"));
}

const BatonFlowCard *
baton_report_card (const BatonReport *report, guint32 card)
{
  return &report->view->flow->cards[card];
}

gint64
baton_report_day_ahead (const BatonReport *report, guint days)
{
  GDate date;

  baton_flow_local_date (report->view->zone, report->ahead, &date);
  g_date_add_days (&date, days > 0 ? days - 1 : 0);
  return baton_flow_local_time (report->view->zone, &date, 0);
}
