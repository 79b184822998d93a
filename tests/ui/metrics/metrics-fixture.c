/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-test"

#include "metrics-fixture.h"

#include "sample.h"
#include "test-ops.h"

BatonMetricsPane *
metrics_open (Fixture *f)
{
  baton_window_show_view (f->window, "metrics");
  return BATON_METRICS_PANE (baton_window_view_page (f->window, "metrics"));
}

BatonChart *
metrics_chart (BatonMetricsPane *pane, const char *name)
{
  return baton_figure_chart (baton_metrics_pane_figure (pane, name));
}

guint
metrics_marks (BatonMetricsPane *pane, const char *name)
{
  return baton_chart_n_marks (metrics_chart (pane, name));
}

void
metrics_move (Fixture *f, const char *card, guint from, guint to)
{
  g_autoptr (GError) error = NULL;
  BatonOp *op = baton_test_op_move (card, fixture_stage (f, from), fixture_stage (f, to));

  baton_workspace_perform (f->workspace, op, NULL, &error);
  g_assert_no_error (error);
}

void
metrics_fill_sample (BatonWorkspace *workspace, BatonTestBoard *ids)
{
  g_autoptr (GError) error = NULL;

  baton_workspace_perform_batch (workspace, baton_sample_operations (g_get_real_time ()), NULL, NULL, &error);
  g_assert_no_error (error);
}

static const char *
board_named (Fixture *f, const char *name)
{
  BatonColumn *boards = baton_workspace_list (f->workspace, BATON_ENTITY_BOARD, NULL);

  for (guint i = 0; i < baton_column_size (boards); i++)
    if (g_strcmp0 (baton_item_text (baton_column_peek (boards, i), BATON_BOARD_NAME), name) == 0)
      return baton_item_id (baton_column_peek (boards, i));
  return NULL;
}

BatonMetricsPane *
metrics_open_sample (Fixture *f)
{
  BatonMetricsPane *pane;
  const char *board = board_named (f, "Spring Launch");

  g_assert_nonnull (board);
  baton_window_open_board (f->window, board);
  fixture_until (g_strcmp0 (baton_board_id (baton_window_board (f->window)), board) == 0);
  f->board = baton_window_board (f->window);
  pane = metrics_open (f);
  fixture_until (baton_metrics_pane_is_settled (pane));
  return pane;
}

gboolean
metrics_press (BatonChart *chart, guint key)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (GTK_WIDGET (chart));

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GObject) one = g_list_model_get_item (controllers, i);
      gboolean handled = FALSE;

      if (!GTK_IS_EVENT_CONTROLLER_KEY (one))
        continue;
      g_signal_emit_by_name (one, "key-pressed", key, 0, 0, &handled);
      return handled;
    }
  return FALSE;
}

GtkWidget *
metrics_dialog (void)
{
  GListModel *windows = gtk_window_get_toplevels ();
  GtkWidget *dialog = NULL;

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      if (gtk_window_get_modal (GTK_WINDOW (window)) && gtk_widget_get_visible (window))
        dialog = window;
    }
  return dialog;
}
