/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "pane-private.h"

#include "team-fit.h"

/* The team of the board, read off its past on another thread, which is lent the dataset. */

typedef struct
{
  BatonReport *report;
  BatonBoard *board;
  char *name;
  BatonTeamFit *fit;
} Work;

static void
work_free (gpointer data)
{
  Work *work = data;

  g_clear_pointer (&work->fit, baton_team_fit_free);
  baton_report_unref (work->report);
  g_object_unref (work->board);
  g_free (work->name);
  g_free (work);
}

static void
work_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Work *work = data;
  BatonMetrics *metrics = work->report->dataset->metrics;
  BatonFlowHours *hours = NULL;
  g_autoptr (BatonFlowView) view = baton_metrics_view (metrics, work->report->view->now, TRUE, &hours);
  BatonTeamFitInput input = { .view = view,
    .hours = hours,
    .stage_names = metrics->stages.names,
    .people_names = metrics->people.names,
    .name = work->name,
    .seed = 1,
    .threads = MAX (1, g_get_num_processors ()) };

  view->from = work->report->view->from;
  view->to = work->report->view->to;
  work->fit = baton_team_fit (&input);
  g_clear_pointer (&view, baton_flow_view_free);
  g_clear_pointer (&hours, baton_flow_hours_free);
  g_task_return_boolean (task, TRUE);
}

static void
fitted_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  BatonMetricsPane *self = BATON_METRICS_PANE (source);
  Work *work = g_task_get_task_data (G_TASK (result));

  if (baton_metrics_pane_returned (self, work->board))
    baton_ways_panel_take_fit (self->ways, g_steal_pointer (&work->fit));
}

void
baton_metrics_pane_fit (BatonMetricsPane *self)
{
  g_autoptr (GTask) task = NULL;
  Work *work;

  if (self->report == NULL)
    return;
  work = g_new0 (Work, 1);
  work->report = baton_report_ref (self->report);
  work->board = g_object_ref (self->board);
  work->name = g_strdup (baton_board_name (self->board));
  self->lent++;
  task = g_task_new (self, NULL, fitted_cb, NULL);
  g_task_set_task_data (task, work, work_free);
  g_task_run_in_thread (task, work_thread);
}
