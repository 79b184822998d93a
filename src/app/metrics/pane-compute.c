/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "pane-private.h"

#include "metrics-words.h"

#include <glib/gi18n.h>
#include <time.h>

/* From the board's events to figures. The events are read by a thread, followed on the main thread, and lent
 * to another thread while it computes; what happens meanwhile is read anew afterwards. */

/* How much work a frame may be that puts figures on the page, in microseconds. */
#define FRAME_WORK 7000
#define LEAST_EACH 1200 /* a figure that stayed as it was is no guide to the next */

static void compute (BatonMetricsPane *self);
static void load (BatonMetricsPane *self);

static gboolean
is_pending (BatonMetricsPane *self)
{
  for (guint i = 0; i < BATON_N_EXHIBITS; i++)
    if (baton_figure_empty (self->figures[i]) == NULL &&
        baton_chart_is_pending (baton_figure_chart (self->figures[i])))
      return TRUE;
  return FALSE;
}

gboolean
baton_metrics_pane_is_settled (BatonMetricsPane *self)
{
  return self->report != NULL && self->lent == 0 && !self->stale && !self->reload && self->later == 0 &&
         self->exhibits == NULL && self->loading == NULL && !is_pending (self);
}

static gboolean
later_cb (gpointer data)
{
  BatonMetricsPane *self = data;

  self->later = 0;
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    compute (self);
  return G_SOURCE_REMOVE;
}

/* What comes while it is computed is asked together afterwards, so a question need not wait for the next. */
void
baton_metrics_pane_ask (BatonMetricsPane *self)
{
  self->stale = TRUE;
  if (self->later == 0)
    self->later = g_idle_add (later_cb, self);
}

/* Cards that move are often many. */
static void
ask_soon (BatonMetricsPane *self)
{
  self->stale = TRUE;
  if (self->later == 0)
    self->later = g_timeout_add (60, later_cb, self);
}

typedef struct
{
  BatonDataset *dataset;
  BatonBoard *board;
  BatonReportQuestion *question;
  BatonReport *report;
  GPtrArray *exhibits;
} Work;

static void
work_free (gpointer data)
{
  Work *work = data;

  g_clear_pointer (&work->exhibits, g_ptr_array_unref);
  g_clear_pointer (&work->report, baton_report_unref);
  g_clear_pointer (&work->question, baton_report_question_free);
  g_clear_pointer (&work->dataset, baton_dataset_unref);
  g_clear_object (&work->board);
  g_free (work);
}

static void
exhibit_free (gpointer exhibit)
{
  if (exhibit != NULL)
    baton_exhibit_free (exhibit);
}

static void
work_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Work *work = data;

  work->report = baton_report_new (work->dataset, work->board, work->question);
  work->exhibits = g_ptr_array_new_with_free_func (exhibit_free);
  for (guint i = 0; i < BATON_N_EXHIBITS; i++)
    g_ptr_array_add (work->exhibits, baton_exhibit_new (i, work->report));
  g_task_return_boolean (task, TRUE);
}

/* Microseconds of work of this thread, which does not grow while others have the processor. */
static gint64
work_done (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);
  return (gint64) now.tv_sec * G_USEC_PER_SEC + now.tv_nsec / 1000;
}

static void
painted_cb (BatonMetricsPane *self)
{
  if (self->in_frame > 0)
    self->each = MAX (1, (work_done () - self->frame_began) / self->in_frame);
  self->in_frame = 0;
}

static void
stop_showing (BatonMetricsPane *self)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (GTK_WIDGET (self));

  if (self->painted != 0 && clock != NULL)
    g_signal_handler_disconnect (clock, self->painted);
  self->painted = 0;
  self->showing = 0;
}

/* From the top of the page as many figures as fit into a frame, judged by what those of the last one cost to
 * lay out and to draw. */
static gboolean
show_some_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  BatonMetricsPane *self = BATON_METRICS_PANE (widget);
  guint most = self->each > 0 ? (guint) MAX (1, FRAME_WORK / MAX (self->each, LEAST_EACH)) : 1;

  self->frame_began = work_done ();
  self->in_frame = 0;
  if (self->painted == 0)
    self->painted = g_signal_connect_swapped (clock, "after-paint", G_CALLBACK (painted_cb), self);
  for (guint i = 0; i < BATON_N_EXHIBITS; i++)
    {
      BatonExhibit *exhibit = g_ptr_array_index (self->exhibits, i);

      if (exhibit == NULL)
        continue;
      if (self->in_frame == most)
        return G_SOURCE_CONTINUE;
      self->in_frame++;
      baton_exhibit_show (exhibit, self->figures[i], self->report);
      baton_exhibit_free (exhibit);
      g_ptr_array_index (self->exhibits, i) = NULL;
    }
  g_clear_pointer (&self->exhibits, g_ptr_array_unref);
  stop_showing (self);
  baton_metrics_pane_refresh_glance (self);
  return G_SOURCE_REMOVE;
}

static void
show_counts (BatonMetricsPane *self)
{
  g_autofree char *counts = baton_words_counts (self->report);
  g_autofree char *exact = baton_words_exact (self->report);

  gtk_label_set_label (self->counts, counts);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->counts), exact);
}

/* A thread has done with the dataset: now what came meanwhile is seen to. FALSE: it was that of another
 * board. */
gboolean
baton_metrics_pane_returned (BatonMetricsPane *self, BatonBoard *board)
{
  self->lent--;
  if (self->lent == 0 && self->reload)
    load (self);
  else if (self->dataset != NULL && (self->stale || self->board != board))
    baton_metrics_pane_ask (self);
  return self->board == board;
}

static void
computed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  BatonMetricsPane *self = BATON_METRICS_PANE (source);
  Work *work = g_task_get_task_data (G_TASK (result));

  if (!baton_metrics_pane_returned (self, work->board))
    return;
  g_clear_pointer (&self->report, baton_report_unref);
  self->report = g_steal_pointer (&work->report);
  g_clear_pointer (&self->exhibits, g_ptr_array_unref);
  self->exhibits = g_steal_pointer (&work->exhibits);
  if (self->showing == 0)
    self->showing = gtk_widget_add_tick_callback (GTK_WIDGET (self), show_some_cb, NULL, NULL);
  show_counts (self);
  gtk_stack_set_visible_child_name (self->stack, "page");
}

static void
compute (BatonMetricsPane *self)
{
  g_autoptr (GTask) task = NULL;
  Work *work;

  if (self->dataset == NULL || self->lent > 0)
    return;
  work = g_new0 (Work, 1);
  work->dataset = baton_dataset_ref (self->dataset);
  work->board = g_object_ref (self->board);
  work->question = baton_metrics_pane_question (self);
  self->lent++;
  self->stale = FALSE;
  task = g_task_new (self, NULL, computed_cb, NULL);
  g_task_set_task_data (task, work, work_free);
  g_task_run_in_thread (task, work_thread);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (BatonMetricsPane) self = data;
  g_autoptr (GError) error = NULL;
  BatonMetrics *metrics = baton_workspace_query_finish (BATON_WORKSPACE (source), result, &error);

  if (metrics == NULL)
    {
      if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return;
      g_clear_object (&self->loading);
      self->reload = FALSE;
      adw_status_page_set_description (self->problem, error->message);
      gtk_stack_set_visible_child_name (self->stack, "problem");
      return;
    }
  if (self->board == NULL || !g_str_equal (metrics->board, baton_board_id (self->board)))
    {
      baton_metrics_free (metrics);
      return;
    }
  g_clear_object (&self->loading);
  g_clear_pointer (&self->dataset, baton_dataset_unref);
  self->dataset = baton_dataset_new (metrics);
  baton_metrics_pane_fill_filters (self);
  baton_metrics_pane_fill_compare (self);
  if (self->reload)
    load (self);
  else if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    compute (self);
  else
    self->stale = TRUE;
}

static void
load (BatonMetricsPane *self)
{
  if (self->board == NULL)
    return;
  self->reload = FALSE;
  if (self->loading != NULL)
    g_cancellable_cancel (self->loading);
  g_clear_object (&self->loading);
  self->loading = g_cancellable_new ();
  baton_workspace_query_async (baton_board_workspace (self->board), baton_metrics_query,
      g_strdup (baton_board_id (self->board)), g_free, (GDestroyNotify) baton_metrics_free, self->loading,
      loaded_cb, g_object_ref (self));
}

static void
performed_cb (BatonWorkspace *workspace, const BatonOp *op, const BatonEffect *effect, BatonMetricsPane *self)
{
  BatonMetricsFollow followed;

  if (self->lent > 0 || self->loading != NULL || self->dataset == NULL)
    {
      self->reload = TRUE;
      return;
    }
  followed = baton_metrics_follow (
      self->dataset->metrics, baton_workspace_reader (workspace), op, effect, NULL, NULL);
  if (followed == BATON_METRICS_RELOAD)
    load (self);
  else if (followed == BATON_METRICS_CHANGED)
    ask_soon (self);
}

void
baton_metrics_pane_let_go (BatonMetricsPane *self)
{
  if (self->board != NULL)
    g_signal_handlers_disconnect_by_data (baton_board_workspace (self->board), self);
  if (self->loading != NULL)
    g_cancellable_cancel (self->loading);
  g_clear_object (&self->loading);
  g_clear_handle_id (&self->later, g_source_remove);
  if (self->showing != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->showing);
  stop_showing (self);
  self->stale = self->reload = FALSE;
  g_clear_pointer (&self->exhibits, g_ptr_array_unref);
  g_clear_pointer (&self->report, baton_report_unref);
  g_clear_pointer (&self->dataset, baton_dataset_unref);
  g_clear_object (&self->board);
  if (self->ways != NULL)
    baton_ways_panel_forget (self->ways);
}

/* The window shows another board, or none. */
void
baton_metrics_pane_follow_board (BatonMetricsPane *self)
{
  BatonBoard *board = baton_window_board (self->window);

  if (self->board == board)
    return;
  baton_metrics_pane_let_go (self);
  if (board == NULL)
    return;
  self->board = g_object_ref (board);
  g_signal_connect (baton_board_workspace (board), "performed", G_CALLBACK (performed_cb), self);
  g_signal_connect_swapped (baton_board_workspace (board), "reloaded", G_CALLBACK (load), self);
  gtk_stack_set_visible_child_name (self->stack, "loading");
  load (self);
}
