/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-test"

#include "chart-fixture.h"

static GtkWidget *window;

void
chart_settle (GtkWidget *widget)
{
  gint64 end = g_get_monotonic_time () + G_USEC_PER_SEC / 5;

  while (g_get_monotonic_time () < end)
    g_main_context_iteration (NULL, FALSE);
}

void
chart_show (GtkWidget *widget, int width, int height)
{
  if (window == NULL)
    {
      window = gtk_window_new ();
      gtk_window_set_decorated (GTK_WINDOW (window), FALSE);
    }
  gtk_widget_set_size_request (widget, width, height);
  gtk_window_set_child (GTK_WINDOW (window), widget);
  gtk_window_set_default_size (GTK_WINDOW (window), width, height);
  gtk_window_present (GTK_WINDOW (window));
  for (guint i = 0; i < 50 && !gtk_widget_get_mapped (widget); i++)
    chart_settle (widget);
  chart_settle (widget);
}

BatonPlotContent *
chart_scatter (guint n)
{
  BatonPlotContent *content = baton_plot_content_new (BATON_AXIS_TIME, BATON_AXIS_SPAN, NULL, NULL);
  BatonLayer *layer = baton_plot_add_layer (content, BATON_LAYER_POINTS, "Cards", n, BATON_INK_MAIN);

  for (guint i = 0; i < n; i++)
    {
      layer->x[i] = MARCH + 60 * DAY * i / MAX (n - 1, 1);
      layer->y[i] = DAY * (1 + i * 7919 % 1000 / 100.0);
    }
  content->x.zone = g_time_zone_new_utc ();
  baton_axis_cover (&content->x, MARCH, MARCH + 60 * DAY);
  baton_axis_cover (&content->y, 0, 10 * DAY);
  return content;
}
