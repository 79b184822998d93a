/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "pane-private.h"

#include <glib/gi18n.h>

G_DEFINE_FINAL_TYPE (BatonMetricsPane, baton_metrics_pane, ADW_TYPE_BIN)

BatonFigure *
baton_metrics_pane_figure (BatonMetricsPane *self, const char *name)
{
  baton_metrics_pane_finish_building (self);
  for (guint i = 0; i < BATON_N_EXHIBITS; i++)
    if (g_str_equal (baton_exhibits[i].name, name))
      return self->figures[i];
  for (guint i = 0; i < BATON_N_WAYS_FIGURES; i++)
    if (g_str_equal (baton_figure_name (baton_ways_panel_figure (self->ways, i)), name))
      return baton_ways_panel_figure (self->ways, i);
  return NULL;
}

const BatonMetrics *
baton_metrics_pane_metrics (BatonMetricsPane *self)
{
  return self->dataset != NULL ? self->dataset->metrics : NULL;
}

BatonWaysPanel *
baton_metrics_pane_ways (BatonMetricsPane *self)
{
  baton_metrics_pane_finish_building (self);
  return self->ways;
}

void
baton_metrics_pane_show_section (BatonMetricsPane *self, BatonSection section)
{
  GtkAdjustment *adjustment;
  double y;

  baton_metrics_pane_finish_building (self);
  adjustment = gtk_scrolled_window_get_vadjustment (self->scrolled);
  if (!gtk_widget_translate_coordinates (
          GTK_WIDGET (self->sections[section]), GTK_WIDGET (self->content), 0, 0, NULL, &y))
    return;
  gtk_adjustment_set_value (adjustment, y);
  gtk_widget_child_focus (self->columns[section], GTK_DIR_TAB_FORWARD);
  gtk_adjustment_set_value (adjustment, y);
}

static void
save_report_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  baton_metrics_pane_save_report (BATON_METRICS_PANE (widget));
}

static void
baton_metrics_pane_map (GtkWidget *widget)
{
  BatonMetricsPane *self = BATON_METRICS_PANE (widget);

  GTK_WIDGET_CLASS (baton_metrics_pane_parent_class)->map (widget);
  if (self->dataset != NULL && (self->stale || self->report == NULL))
    baton_metrics_pane_ask (self);
}

static void
baton_metrics_pane_dispose (GObject *object)
{
  g_clear_handle_id (&BATON_METRICS_PANE (object)->building, g_source_remove);
  BATON_METRICS_PANE (object)->ways = NULL;
  baton_metrics_pane_let_go (BATON_METRICS_PANE (object));
  g_clear_pointer (&BATON_METRICS_PANE (object)->pilots, g_ptr_array_unref);
  G_OBJECT_CLASS (baton_metrics_pane_parent_class)->dispose (object);
}

static void
baton_metrics_pane_class_init (BatonMetricsPaneClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = baton_metrics_pane_dispose;
  widget_class->map = baton_metrics_pane_map;
  gtk_widget_class_set_css_name (widget_class, "metricspane");
  gtk_widget_class_install_action (widget_class, "metrics.save-report", NULL, save_report_cb);
}

/* Cards without a shadow of their own colour need a line then. */
static void
follow_contrast (BatonMetricsPane *self)
{
  if (adw_style_manager_get_high_contrast (adw_style_manager_get_default ()))
    gtk_widget_add_css_class (GTK_WIDGET (self), "high-contrast");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "high-contrast");
}

static void
baton_metrics_pane_init (BatonMetricsPane *self)
{
  GtkWidget *spinner = gtk_spinner_new ();

  self->stack = GTK_STACK (gtk_stack_new ());
  /* What is not shown is not laid out. */
  gtk_stack_set_hhomogeneous (self->stack, FALSE);
  gtk_stack_set_vhomogeneous (self->stack, FALSE);
  self->problem = ADW_STATUS_PAGE (adw_status_page_new ());
  adw_status_page_set_title (self->problem, _ ("The numbers could not be read"));
  adw_status_page_set_icon_name (self->problem, "dialog-warning-symbolic");
  gtk_spinner_start (GTK_SPINNER (spinner));
  gtk_widget_set_halign (spinner, GTK_ALIGN_CENTER);
  gtk_widget_set_size_request (spinner, 32, 32);
  gtk_stack_add_named (self->stack, spinner, "loading");
  gtk_stack_add_named (self->stack, GTK_WIDGET (self->problem), "problem");
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->stack));
  g_signal_connect_object (adw_style_manager_get_default (), "notify::high-contrast",
      G_CALLBACK (follow_contrast), self, G_CONNECT_SWAPPED);
  follow_contrast (self);
  baton_metrics_pane_begin_building (self);
}

static void
board_changed_cb (BatonWindow *window, GParamSpec *pspec, BatonMetricsPane *self)
{
  baton_metrics_pane_follow_board (self);
}

static GtkWidget *
build_view (BatonWindow *window)
{
  BatonMetricsPane *self = g_object_new (BATON_TYPE_METRICS_PANE, NULL);

  self->window = window;
  g_signal_connect_object (window, "notify::board", G_CALLBACK (board_changed_cb), self, 0);
  baton_metrics_pane_follow_board (self);
  return GTK_WIDGET (self);
}

static void
export_cb (GtkButton *button, BatonWindow *window)
{
  GtkWidget *page = baton_window_view_page (window, "metrics");

  if (page != NULL)
    gtk_widget_activate_action (page, "metrics.save-report", NULL);
}

static void
jump_cb (GtkWidget *page, guint section)
{
  baton_metrics_pane_show_section (BATON_METRICS_PANE (page), section);
}

void
baton_metrics_pane_register (BatonWindow *window)
{
  GtkWidget *button = gtk_button_new_with_label (_ ("Export…"));
  const char *titles[BATON_N_SECTIONS + 1] = { NULL };

  gtk_widget_set_tooltip_text (button, _ ("Save the page as a report (PDF)"));
  g_signal_connect (button, "clicked", G_CALLBACK (export_cb), window);
  baton_window_add_view (window, "metrics", build_view);
  baton_window_add_view_tool (window, "metrics", button);
  for (guint i = 0; i < BATON_N_SECTIONS; i++)
    titles[i] = baton_section_title (i);
  baton_window_set_view_sections (window, "metrics", titles, jump_cb);
}
