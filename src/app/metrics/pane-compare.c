/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "pane-private.h"

#include "days.h"

#include <glib/gi18n.h>

/* What is compared with what: the halves of the period, before and after a day, or a channel with all others.
 */

enum
{
  HALVES,
  A_DAY,
  FIRST_PILOT,
};

static void
show_day (BatonMetricsPane *self)
{
  g_autoptr (GDateTime) day = gtk_calendar_get_date (self->split);
  g_autofree char *words = g_date_time_format (day, _ ("%-d %b %Y"));

  gtk_menu_button_set_label (GTK_MENU_BUTTON (self->split_button), words);
  gtk_widget_set_visible (self->split_button, gtk_drop_down_get_selected (self->compare) == A_DAY);
}

static void
changed_cb (BatonMetricsPane *self)
{
  show_day (self);
  baton_metrics_pane_ask (self);
}

GtkWidget *
baton_metrics_pane_build_compare (BatonMetricsPane *self)
{
  const char *const choices[] = { _ ("The halves of the period"), _ ("Before and after a day"), NULL };
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *popover = gtk_popover_new ();

  self->compare = GTK_DROP_DOWN (gtk_drop_down_new_from_strings (choices));
  self->pilots = g_ptr_array_new_with_free_func (g_free);
  self->split = GTK_CALENDAR (gtk_calendar_new ());
  self->split_button = gtk_menu_button_new ();
  gtk_popover_set_child (GTK_POPOVER (popover), GTK_WIDGET (self->split));
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (self->split_button), popover);
  gtk_accessible_update_property (
      GTK_ACCESSIBLE (self->compare), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("What is compared"), -1);
  gtk_widget_add_css_class (GTK_WIDGET (self->compare), "metrics-filter");
  gtk_widget_add_css_class (self->split_button, "metrics-filter");
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->compare));
  gtk_box_append (GTK_BOX (box), self->split_button);
  show_day (self);
  g_signal_connect_swapped (self->compare, "notify::selected", G_CALLBACK (changed_cb), self);
  g_signal_connect_swapped (self->split, "day-selected", G_CALLBACK (changed_cb), self);
  return box;
}

/* Every channel of the board can be the pilot. */
void
baton_metrics_pane_fill_compare (BatonMetricsPane *self)
{
  const BatonMetricsNames *channels = baton_metrics_dim (self->dataset->metrics, BATON_FLOW_CHANNEL);
  GtkStringList *list = GTK_STRING_LIST (gtk_drop_down_get_model (self->compare));
  guint selected = gtk_drop_down_get_selected (self->compare);

  if (self->pilots->len == channels->ids->len &&
      g_list_model_get_n_items (G_LIST_MODEL (list)) == FIRST_PILOT + self->pilots->len)
    return;
  g_ptr_array_set_size (self->pilots, 0);
  gtk_string_list_splice (
      list, FIRST_PILOT, g_list_model_get_n_items (G_LIST_MODEL (list)) - FIRST_PILOT, NULL);
  for (guint i = 0; i < channels->ids->len; i++)
    {
      g_autofree char *name = g_strdup_printf (
          _ ("Pilot: %s against all others"), (char *) g_ptr_array_index (channels->names, i));

      g_ptr_array_add (self->pilots, g_strdup (g_ptr_array_index (channels->ids, i)));
      gtk_string_list_append (list, name);
    }
  gtk_drop_down_set_selected (self->compare, selected < FIRST_PILOT ? selected : HALVES);
}

void
baton_metrics_pane_ask_comparison (BatonMetricsPane *self, BatonReportQuestion *question)
{
  guint selected = gtk_drop_down_get_selected (self->compare);
  g_autoptr (GDateTime) day = gtk_calendar_get_date (self->split);
  int year, month, date;

  if (selected >= FIRST_PILOT && selected - FIRST_PILOT < self->pilots->len)
    question->pilot = g_strdup (g_ptr_array_index (self->pilots, selected - FIRST_PILOT));
  if (selected != A_DAY)
    return;
  g_date_time_get_ymd (day, &year, &month, &date);
  {
    GDate begin;

    g_date_set_dmy (&begin, (GDateDay) date, (GDateMonth) month, (GDateYear) year);
    question->split = baton_flow_local_time (self->dataset->metrics->zone, &begin, 0);
  }
}
