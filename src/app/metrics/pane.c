/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "pane-private.h"

#include "button-names.h"
#include "columns-layout.h"

#include <glib/gi18n.h>

G_DEFINE_FINAL_TYPE (BatonMetricsPane, baton_metrics_pane, ADW_TYPE_BIN)

BatonFigure *
baton_metrics_pane_figure (BatonMetricsPane *self, const char *name)
{
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
  return self->ways;
}

void
baton_metrics_pane_show_section (BatonMetricsPane *self, BatonSection section)
{
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (self->scrolled);
  GtkWidget *content = gtk_widget_get_parent (GTK_WIDGET (self->sections[section]));
  double y;

  if (!gtk_widget_translate_coordinates (GTK_WIDGET (self->sections[section]), content, 0, 0, NULL, &y))
    return;
  gtk_adjustment_set_value (adjustment, y);
  gtk_widget_child_focus (self->columns[section], GTK_DIR_TAB_FORWARD);
  gtk_adjustment_set_value (adjustment, y);
}

static void
show_cards_cb (BatonFigure *figure, GPtrArray *ids, const char *title, BatonMetricsPane *self)
{
  baton_metrics_pane_show_cards (self, ids, title);
}

static void
add_section (BatonMetricsPane *self, GtkBox *content, BatonSection section)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  GtkWidget *title = g_object_new (GTK_TYPE_LABEL, "label", baton_section_title (section), "xalign", 0.0,
      "accessible-role", GTK_ACCESSIBLE_ROLE_HEADING, NULL);

  gtk_widget_add_css_class (title, "metrics-section");
  self->sections[section] = GTK_BOX (box);
  self->columns[section] = baton_columns_box_new (430, 12);
  gtk_box_append (GTK_BOX (box), title);
  gtk_box_append (GTK_BOX (box), self->columns[section]);
  gtk_box_append (content, box);
}

static GtkWidget *
new_spin (
    BatonMetricsPane *self, GtkSpinButton **spin, double low, double high, double value, const char *name)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *label = gtk_label_new (name);

  *spin = GTK_SPIN_BUTTON (gtk_spin_button_new_with_range (low, high, 1));
  gtk_spin_button_set_value (*spin, value);
  gtk_accessible_update_relation (
      GTK_ACCESSIBLE (*spin), GTK_ACCESSIBLE_RELATION_LABELLED_BY, label, NULL, -1);
  g_signal_connect_swapped (*spin, "value-changed", G_CALLBACK (baton_metrics_pane_ask), self);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (*spin));
  return box;
}

static GtkWidget *
new_division (BatonMetricsPane *self)
{
  const char *const choices[] = { _ ("All handoffs together"), _ ("By channel"), _ ("By asset type"), NULL };

  self->divide = GTK_DROP_DOWN (gtk_drop_down_new_from_strings (choices));
  gtk_accessible_update_property (
      GTK_ACCESSIBLE (self->divide), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("How handoffs are told apart"), -1);
  gtk_widget_add_css_class (GTK_WIDGET (self->divide), "metrics-filter");
  gtk_widget_set_halign (GTK_WIDGET (self->divide), GTK_ALIGN_START);
  g_signal_connect_swapped (self->divide, "notify::selected", G_CALLBACK (baton_metrics_pane_ask), self);
  return GTK_WIDGET (self->divide);
}

static void
add_ways (BatonMetricsPane *self)
{
  self->ways = baton_ways_panel_new ();
  g_signal_connect_swapped (self->ways, "fit-wanted", G_CALLBACK (baton_metrics_pane_fit), self);
  gtk_box_append (self->sections[BATON_SECTION_WAYS], GTK_WIDGET (self->ways));
  gtk_box_reorder_child_after (
      self->sections[BATON_SECTION_WAYS], self->columns[BATON_SECTION_WAYS], GTK_WIDGET (self->ways));
  for (guint i = 0; i < BATON_N_WAYS_FIGURES; i++)
    gtk_box_append (
        GTK_BOX (self->columns[BATON_SECTION_WAYS]), GTK_WIDGET (baton_ways_panel_figure (self->ways, i)));
}

static void
add_figures (BatonMetricsPane *self, GtkBox *content)
{
  for (guint section = 0; section < BATON_N_SECTIONS; section++)
    add_section (self, content, section);
  for (guint i = 0; i < BATON_N_EXHIBITS; i++)
    {
      self->figures[i] = baton_exhibit_figure (i);
      g_signal_connect (self->figures[i], "show-cards", G_CALLBACK (show_cards_cb), self);
      gtk_box_append (GTK_BOX (self->columns[baton_exhibits[i].section]), GTK_WIDGET (self->figures[i]));
    }
  baton_figure_set_tools (
      self->figures[BATON_EXHIBIT_HOW_MANY], new_spin (self, &self->horizon, 1, 730, 30, _ ("Days ahead")));
  baton_figure_set_tools (self->figures[BATON_EXHIBIT_COMPARE], baton_metrics_pane_build_compare (self));
  baton_figure_set_tools (self->figures[BATON_EXHIBIT_DECOUPLE], new_division (self));
  add_ways (self);
  baton_figure_set_tools (self->figures[BATON_EXHIBIT_WHEN],
      new_spin (self, &self->items, 0, 10000, 0, _ ("Cards (0: all that are not done)")));
}

static GtkWidget *
build_page (BatonMetricsPane *self)
{
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  GtkWidget *page = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *top = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *filters = baton_metrics_pane_build_filters (self);

  self->counts = GTK_LABEL (gtk_label_new (NULL));
  gtk_widget_add_css_class (GTK_WIDGET (self->counts), "figure-what");
  gtk_label_set_ellipsize (self->counts, PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (self->counts, 1);
  gtk_widget_set_valign (GTK_WIDGET (self->counts), GTK_ALIGN_START);
  gtk_widget_set_hexpand (filters, TRUE);
  gtk_box_append (GTK_BOX (top), filters);
  gtk_box_append (GTK_BOX (top), GTK_WIDGET (self->counts));
  gtk_widget_add_css_class (top, "metrics-filters");
  gtk_widget_add_css_class (content, "metrics-page");
  gtk_box_append (GTK_BOX (content), baton_metrics_pane_build_glance (self));
  add_figures (self, GTK_BOX (content));
  self->scrolled = GTK_SCROLLED_WINDOW (gtk_scrolled_window_new ());
  gtk_scrolled_window_set_policy (self->scrolled, GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (self->scrolled, content);
  gtk_widget_set_vexpand (GTK_WIDGET (self->scrolled), TRUE);
  gtk_box_append (GTK_BOX (page), top);
  gtk_box_append (GTK_BOX (page), GTK_WIDGET (self->scrolled));
  return page;
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

static void
baton_metrics_pane_init (BatonMetricsPane *self)
{
  GtkWidget *spinner = gtk_spinner_new ();

  self->stack = GTK_STACK (gtk_stack_new ());
  self->problem = ADW_STATUS_PAGE (adw_status_page_new ());
  adw_status_page_set_title (self->problem, _ ("The numbers could not be read"));
  adw_status_page_set_icon_name (self->problem, "dialog-warning-symbolic");
  gtk_spinner_start (GTK_SPINNER (spinner));
  gtk_widget_set_halign (spinner, GTK_ALIGN_CENTER);
  gtk_widget_set_size_request (spinner, 32, 32);
  gtk_stack_add_named (self->stack, spinner, "loading");
  gtk_stack_add_named (self->stack, build_page (self), "page");
  gtk_stack_add_named (self->stack, GTK_WIDGET (self->problem), "problem");
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->stack));
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
  baton_name_buttons (GTK_WIDGET (self));
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
