/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "pane-private.h"

#include "frame-work.h"
#include "metrics-words.h"

#include <glib/gi18n.h>

/* From the board's events to figures. The events are read by a thread, followed on the main thread, and lent
 * to another thread while it computes; what happens meanwhile is read anew afterwards. */

/* How much work a frame may be that puts figures on the page, in microseconds. */
#define FRAME_WORK 6000

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
         self->showing == 0 && self->loading == NULL && !is_pending (self);
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
  GAsyncQueue *ready; /* BatonExhibit, as they come */
} Work;

static void
work_free (gpointer data)
{
  Work *work = data;

  g_clear_pointer (&work->ready, g_async_queue_unref);
  g_clear_pointer (&work->report, baton_report_unref);
  g_clear_pointer (&work->question, baton_report_question_free);
  g_clear_pointer (&work->dataset, baton_dataset_unref);
  g_clear_object (&work->board);
  g_free (work);
}

/* The page need not wait for the last number: a figure is on its way as soon as what it shows is known. */
static void
part_ready (BatonReport *report, BatonReportParts before, BatonReportParts after, gpointer data)
{
  Work *work = data;

  for (guint i = 0; i < BATON_N_EXHIBITS; i++)
    if (!baton_exhibit_is_ready (i, before) && baton_exhibit_is_ready (i, after))
      g_async_queue_push (work->ready, baton_exhibit_new (i, report));
}

static void
work_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Work *work = data;

  work->report = baton_report_new (work->dataset, work->board, work->question, part_ready, work);
  g_task_return_boolean (task, TRUE);
}

static void
forget_exhibits (BatonMetricsPane *self)
{
  for (guint i = 0; i < BATON_N_EXHIBITS; i++)
    g_clear_pointer (&self->exhibits[i], baton_exhibit_free);
  g_clear_pointer (&self->ready, g_async_queue_unref);
}

/* FALSE: nothing waits to be shown. */
static gboolean
take_exhibits (BatonMetricsPane *self)
{
  BatonExhibit *exhibit;

  while (self->ready != NULL && (exhibit = g_async_queue_try_pop (self->ready)) != NULL)
    {
      g_clear_pointer (&self->exhibits[exhibit->id], baton_exhibit_free);
      self->exhibits[exhibit->id] = exhibit;
    }
  for (guint i = 0; i < BATON_N_EXHIBITS; i++)
    if (self->exhibits[i] != NULL)
      return TRUE;
  return FALSE;
}

/* Puts a figure on the page and has it measured at once, so that what it costs is known before the next.
 * FALSE: the page has no width yet. */
static gboolean
show_exhibit (BatonMetricsPane *self, BatonExhibit *exhibit)
{
  BatonSection section = baton_exhibits[exhibit->id].section;
  GtkWidget *columns = self->columns[section];
  int least, natural, width;

  baton_exhibit_show (exhibit, self->figures[exhibit->id]);
  gtk_widget_set_visible (GTK_WIDGET (self->sections[section]), TRUE);
  width = gtk_widget_get_width (columns);
  if (width <= 0)
    return FALSE;
  gtk_widget_measure (columns, GTK_ORIENTATION_VERTICAL, width, &least, &natural, NULL, NULL);
  return TRUE;
}

/* From the top of the page as many figures as fit into a frame. */
static void
show_some (BatonMetricsPane *self)
{
  gint64 drawing = 0;

  for (guint i = 0; i < BATON_N_EXHIBITS; i++)
    {
      gboolean measured;

      if (self->exhibits[i] == NULL)
        continue;
      measured = show_exhibit (self, self->exhibits[i]);
      g_clear_pointer (&self->exhibits[i], baton_exhibit_free);
      drawing += baton_chart_pending_work (baton_figure_chart (self->figures[i]));
      if (!measured || baton_frame_work (GTK_WIDGET (self)) + drawing > FRAME_WORK)
        break;
    }
}

/* The page comes into sight in a frame of its own. */
static gboolean
show_page (BatonMetricsPane *self)
{
  gboolean shown = g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "page") == 0;

  if (!shown)
    gtk_stack_set_visible_child_name (self->stack, "page");
  return shown;
}

static gboolean
show_some_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  BatonMetricsPane *self = BATON_METRICS_PANE (widget);

  baton_frame_work (widget);
  if (take_exhibits (self) && show_page (self))
    show_some (self);
  if (self->computing || take_exhibits (self))
    return G_SOURCE_CONTINUE;
  if (baton_frame_work (widget) > FRAME_WORK / 4)
    return G_SOURCE_CONTINUE;
  g_clear_pointer (&self->ready, g_async_queue_unref);
  gtk_widget_set_visible (GTK_WIDGET (self->sections[BATON_SECTION_WAYS]), TRUE);
  baton_metrics_pane_refresh_glance (self);
  self->showing = 0;
  baton_metrics_pane_see_ways (self);
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
  self->computing = FALSE;
  g_clear_pointer (&self->report, baton_report_unref);
  self->report = g_steal_pointer (&work->report);
  show_counts (self);
}

static void
compute (BatonMetricsPane *self)
{
  g_autoptr (GTask) task = NULL;
  Work *work;

  if (self->dataset == NULL || self->lent > 0 || !baton_metrics_pane_is_built (self))
    return;
  forget_exhibits (self);
  work = g_new0 (Work, 1);
  work->dataset = baton_dataset_ref (self->dataset);
  work->board = g_object_ref (self->board);
  work->question = baton_metrics_pane_question (self);
  work->ready = g_async_queue_new_full (baton_exhibit_free);
  self->ready = g_async_queue_ref (work->ready);
  self->computing = TRUE;
  self->lent++;
  self->stale = FALSE;
  if (self->showing == 0)
    self->showing = gtk_widget_add_tick_callback (GTK_WIDGET (self), show_some_cb, NULL, NULL);
  task = g_task_new (self, NULL, computed_cb, NULL);
  g_task_set_task_data (task, work, work_free);
  g_task_run_in_thread (task, work_thread);
}

/* The events are there, and what they are chosen by. */
void
baton_metrics_pane_take_dataset (BatonMetricsPane *self)
{
  if (self->dataset == NULL || !baton_metrics_pane_is_built (self))
    return;
  baton_metrics_pane_show_board (self);
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
  baton_metrics_pane_take_dataset (self);
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
  self->showing = 0;
  g_clear_handle_id (&self->seeing, g_source_remove);
  self->fits++;
  self->stale = self->reload = self->computing = FALSE;
  forget_exhibits (self);
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
