/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "pane-private.h"

#include "button-names.h"
#include "columns-layout.h"
#include "quiet-spin.h"

#include <glib/gi18n.h>

/* The page: filters, what leads furthest, and a section of figures each. It has some five hundred widgets, so
 * it is put together in pieces while the events are read, and a section is shown when there is something in
 * it. */

static void
show_cards_cb (BatonFigure *figure, GPtrArray *ids, const char *title, guint mark, BatonMetricsPane *self)
{
  baton_metrics_pane_keep_place (self, GTK_WIDGET (figure));
  for (guint i = BATON_EXHIBIT_HANDOFFS; i <= BATON_EXHIBIT_DECOUPLE; i++)
    if (figure == self->figures[i])
      {
        baton_metrics_pane_show_handoff (self, i, mark, ids, title);
        return;
      }
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
  gtk_widget_set_visible (box, FALSE);
  gtk_box_append (content, box);
}

static GtkWidget *
new_spin (
    BatonMetricsPane *self, GtkSpinButton **spin, double low, double high, double value, const char *name)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *label = gtk_label_new (name);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_valign (GTK_WIDGET (label), GTK_ALIGN_CENTER);
  *spin = GTK_SPIN_BUTTON (baton_quiet_spin_new (low, high, 1));
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
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (self->scrolled);

  self->ways = baton_ways_panel_new ();
  g_signal_connect_swapped (self->ways, "fit-wanted", G_CALLBACK (baton_metrics_pane_fit), self);
  g_signal_connect_object (
      adjustment, "changed", G_CALLBACK (baton_metrics_pane_see_ways), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (
      adjustment, "value-changed", G_CALLBACK (baton_metrics_pane_see_ways), self, G_CONNECT_SWAPPED);
  gtk_box_append (self->sections[BATON_SECTION_WAYS], GTK_WIDGET (self->ways));
  gtk_box_reorder_child_after (
      self->sections[BATON_SECTION_WAYS], self->columns[BATON_SECTION_WAYS], GTK_WIDGET (self->ways));
  for (guint i = 0; i < BATON_N_WAYS_FIGURES; i++)
    gtk_box_append (
        GTK_BOX (self->columns[BATON_SECTION_WAYS]), GTK_WIDGET (baton_ways_panel_figure (self->ways, i)));
}

static void
add_tools (BatonMetricsPane *self)
{
  baton_figure_set_tools (
      self->figures[BATON_EXHIBIT_HOW_MANY], new_spin (self, &self->horizon, 1, 730, 30, _ ("Days ahead")));
  baton_figure_set_tools (self->figures[BATON_EXHIBIT_COMPARE], baton_metrics_pane_build_compare (self));
  baton_figure_set_tools (self->figures[BATON_EXHIBIT_DECOUPLE], new_division (self));
  baton_figure_set_tools (self->figures[BATON_EXHIBIT_WHEN],
      new_spin (self, &self->items, 0, 10000, 0, _ ("Cards (0: all that are not done)")));
}

static void
build_head (BatonMetricsPane *self)
{
  GtkWidget *page = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *filters = baton_metrics_pane_build_filters (self);

  self->content = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 18));
  self->counts = GTK_LABEL (gtk_label_new (NULL));
  gtk_widget_add_css_class (GTK_WIDGET (self->counts), "figure-what");
  gtk_label_set_wrap (self->counts, TRUE);
  gtk_label_set_xalign (self->counts, 0);
  gtk_widget_add_css_class (filters, "metrics-filters");
  gtk_widget_add_css_class (GTK_WIDGET (self->content), "metrics-page");
  /* It scrolls away: what stays above the charts is only what is chosen, with the whole width for it. */
  gtk_box_append (self->content, GTK_WIDGET (self->counts));
  gtk_box_append (self->content, baton_metrics_pane_build_glance (self));
  self->scrolled = GTK_SCROLLED_WINDOW (gtk_scrolled_window_new ());
  gtk_scrolled_window_set_policy (self->scrolled, GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (self->scrolled, GTK_WIDGET (self->content));
  gtk_widget_set_vexpand (GTK_WIDGET (self->scrolled), TRUE);
  gtk_box_append (GTK_BOX (page), filters);
  gtk_box_append (GTK_BOX (page), GTK_WIDGET (self->scrolled));
  gtk_stack_add_named (self->stack, page, "page");
}

static void
build_section (BatonMetricsPane *self, BatonSection section)
{
  add_section (self, self->content, section);
  for (guint i = 0; i < BATON_N_EXHIBITS; i++)
    {
      if (baton_exhibits[i].section != section)
        continue;
      self->figures[i] = baton_exhibit_figure (i);
      g_signal_connect (self->figures[i], "show-cards", G_CALLBACK (show_cards_cb), self);
      gtk_box_append (GTK_BOX (self->columns[section]), GTK_WIDGET (self->figures[i]));
    }
}

#define N_PIECES (1 + BATON_N_SECTIONS + 2)

static void
build_piece (BatonMetricsPane *self)
{
  guint piece = self->built;

  if (piece == 0)
    build_head (self);
  else if (piece <= BATON_N_SECTIONS)
    build_section (self, (BatonSection) (piece - 1));
  else if (piece == BATON_N_SECTIONS + 1)
    add_tools (self);
  else
    {
      add_ways (self);
      baton_name_buttons (GTK_WIDGET (self));
    }
  self->built++;
  if (baton_metrics_pane_is_built (self))
    baton_metrics_pane_take_dataset (self);
}

gboolean
baton_metrics_pane_is_built (BatonMetricsPane *self)
{
  return self->built == N_PIECES;
}

static gboolean
build_cb (gpointer data)
{
  BatonMetricsPane *self = data;

  build_piece (self);
  if (!baton_metrics_pane_is_built (self))
    return G_SOURCE_CONTINUE;
  self->building = 0;
  return G_SOURCE_REMOVE;
}

void
baton_metrics_pane_begin_building (BatonMetricsPane *self)
{
  self->building = g_idle_add (build_cb, self);
}

void
baton_metrics_pane_finish_building (BatonMetricsPane *self)
{
  g_clear_handle_id (&self->building, g_source_remove);
  while (!baton_metrics_pane_is_built (self))
    build_piece (self);
}
