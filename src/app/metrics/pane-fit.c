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
  guint number;
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

  if (baton_metrics_pane_returned (self, work->board) && work->number == self->fits)
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
  work->number = ++self->fits;
  self->fit_from = self->report->view->from;
  self->fit_to = self->report->view->to;
  self->lent++;
  task = g_task_new (self, NULL, fitted_cb, NULL);
  g_task_set_task_data (task, work, work_free);
  g_task_run_in_thread (task, work_thread);
}

/* Where a part of the page is in it does not wait for the frame that shows the page scrolled. */
static gboolean
is_in_sight (BatonMetricsPane *self, GtkWidget *part)
{
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (self->scrolled);
  double top = gtk_adjustment_get_value (adjustment);
  double y;

  return gtk_widget_get_mapped (part) && gtk_widget_get_height (part) > 0 &&
         gtk_widget_translate_coordinates (part, GTK_WIDGET (self->content), 0, 0, NULL, &y) &&
         y < top + gtk_adjustment_get_page_size (adjustment) && y + gtk_widget_get_height (part) > top;
}

/* A team is read off the past and simulated for those who look, not for everybody who opens the page. */
static gboolean
see_cb (gpointer data)
{
  BatonMetricsPane *self = data;

  self->seeing = 0;
  if (self->report == NULL || self->ways == NULL || self->showing != 0 ||
      !is_in_sight (self, GTK_WIDGET (self->sections[BATON_SECTION_WAYS])))
    return G_SOURCE_REMOVE;
  /* A team that was changed by hand is not taken away by a filter. */
  if ((self->fit_from != self->report->view->from || self->fit_to != self->report->view->to) &&
      !baton_ways_panel_is_changed (self->ways))
    baton_ways_panel_forget (self->ways);
  baton_ways_panel_see (self->ways);
  return G_SOURCE_REMOVE;
}

void
baton_metrics_pane_see_ways (BatonMetricsPane *self)
{
  /* When the page has been laid out. */
  if (self->seeing == 0)
    self->seeing = g_idle_add_full (G_PRIORITY_LOW, see_cb, self, NULL);
}
