/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "pane-private.h"

#include "metrics-words.h"
#include "wrap-box.h"

#include <glib/gi18n.h>

static const struct
{
  const char *name;
  const char *all;
  const char *some;
  const char *none;
} dims[BATON_FLOW_N_DIMS] = {
  [BATON_FLOW_CHANNEL] = { N_ ("Channel"), N_ ("All channels"), N_ ("%u channels"), N_ ("No channel") },
  [BATON_FLOW_ASSET_TYPE] = { N_ ("Asset type"), N_ ("All types"), N_ ("%u types"), N_ ("No asset type") },
  [BATON_FLOW_CAMPAIGN] = { N_ ("Campaign"), N_ ("All campaigns"), N_ ("%u campaigns"), N_ ("No campaign") },
  [BATON_FLOW_OWNER_DIM] = { N_ ("Owner"), N_ ("All owners"), N_ ("%u owners"), N_ ("Nobody") },
  [BATON_FLOW_URGENCY] = { N_ ("Urgency"), N_ ("All urgencies"), N_ ("%u urgencies"), N_ ("No urgency") },
};

GtkWidget *
baton_metrics_pane_build_filters (BatonMetricsPane *self)
{
  static const BatonFlowDim order[] = { BATON_FLOW_CAMPAIGN, BATON_FLOW_CHANNEL, BATON_FLOW_ASSET_TYPE,
    BATON_FLOW_OWNER_DIM, BATON_FLOW_URGENCY };
  const char *const hours[] = { _ ("Calendar time"), _ ("Working hours"), NULL };
  GtkWidget *box = baton_wrap_box_new (8);

  gtk_box_append (GTK_BOX (box), baton_metrics_pane_build_boards (self));
  self->period = BATON_PERIOD_MENU (baton_period_menu_new ());
  g_signal_connect_swapped (self->period, "changed", G_CALLBACK (baton_metrics_pane_ask), self);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->period));
  for (guint i = 0; i < G_N_ELEMENTS (order); i++)
    {
      GtkWidget *menu =
          baton_filter_menu_new (_ (dims[order[i]].name), _ (dims[order[i]].all), _ (dims[order[i]].some));

      self->filters[order[i]] = BATON_FILTER_MENU (menu);
      g_signal_connect_swapped (menu, "changed", G_CALLBACK (baton_metrics_pane_ask), self);
      gtk_box_append (GTK_BOX (box), menu);
    }
  self->hours = GTK_DROP_DOWN (gtk_drop_down_new_from_strings (hours));
  gtk_accessible_update_property (
      GTK_ACCESSIBLE (self->hours), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Kind of time"), -1);
  gtk_widget_add_css_class (GTK_WIDGET (self->hours), "metrics-filter");
  g_signal_connect_swapped (self->hours, "notify::selected", G_CALLBACK (baton_metrics_pane_ask), self);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->hours));
  return box;
}

/* Only what occurs on the board, also that cards have none, and nothing while there is nothing to choose
 * between. */
void
baton_metrics_pane_fill_filters (BatonMetricsPane *self)
{
  const BatonMetrics *metrics = self->dataset->metrics;

  for (guint d = 0; d < BATON_FLOW_N_DIMS; d++)
    {
      const BatonMetricsNames *names = baton_metrics_dim (metrics, d);
      g_autoptr (GPtrArray) ids = g_ptr_array_new ();
      g_autoptr (GPtrArray) titles = g_ptr_array_new ();

      for (guint i = 0; i < names->ids->len; i++)
        {
          if (i >= metrics->used[d]->len || !metrics->used[d]->data[i])
            continue;
          g_ptr_array_add (ids, g_ptr_array_index (names->ids, i));
          g_ptr_array_add (titles, g_ptr_array_index (names->names, i));
        }
      if (metrics->without[d] && ids->len > 0)
        {
          g_ptr_array_add (ids, (gpointer) "");
          g_ptr_array_add (titles, (gpointer) _ (dims[d].none));
        }
      baton_filter_menu_set_values (self->filters[d], ids, titles);
    }
}

BatonReportQuestion *
baton_metrics_pane_question (BatonMetricsPane *self)
{
  BatonReportQuestion *question = g_new0 (BatonReportQuestion, 1);

  question->now = g_get_real_time ();
  baton_period_menu_span (
      self->period, question->now, self->dataset->metrics->zone, &question->from, &question->to);
  question->working = gtk_drop_down_get_selected (self->hours) == 1;
  for (guint d = 0; d < BATON_FLOW_N_DIMS; d++)
    question->chosen[d] = baton_filter_menu_chosen (self->filters[d]);
  question->horizon = (guint) gtk_spin_button_get_value_as_int (self->horizon);
  question->items = (guint) gtk_spin_button_get_value_as_int (self->items);
  question->divide = gtk_drop_down_get_selected (self->divide) == 1   ? BATON_FLOW_BY_CHANNEL
                     : gtk_drop_down_get_selected (self->divide) == 2 ? BATON_FLOW_BY_ASSET_TYPE
                                                                      : 0;
  question->seed = 1;
  baton_metrics_pane_ask_comparison (self, question);
  return question;
}

void
baton_metrics_pane_choose (BatonMetricsPane *self, BatonFlowDim dim, const char *id, gboolean chosen)
{
  baton_metrics_pane_finish_building (self);
  baton_filter_menu_choose (self->filters[dim], id, chosen);
}

void
baton_metrics_pane_set_period (BatonMetricsPane *self, BatonPeriodKind kind)
{
  baton_metrics_pane_finish_building (self);
  baton_period_menu_choose (self->period, kind);
}

void
baton_metrics_pane_set_working_hours (BatonMetricsPane *self, gboolean working)
{
  baton_metrics_pane_finish_building (self);
  gtk_drop_down_set_selected (self->hours, working ? 1 : 0);
}
