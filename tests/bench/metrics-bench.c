/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-bench"

/* metrics-bench [FOLDER]: charts, and the metrics page of the first board of a workspace, on the present
 * display. One JSON object a line. */

#include "application.h"
#include "pane.h"
#include "plot.h"
#include "window.h"

#include <stdio.h>

#define MARKS 100000
#define HOVERS 2000
#define FRAMES 12

static double
ms_since (gint64 begin)
{
  return (double) (g_get_monotonic_time () - begin) / 1000.0;
}

/* Turns the main loop until the page shows what was asked for; gives the longest turn. */
static double
settle (BatonMetricsPane *pane)
{
  double longest = 0;

  do
    {
      gint64 begin = g_get_monotonic_time ();

      g_main_context_iteration (NULL, FALSE);
      longest = MAX (longest, ms_since (begin));
      g_usleep (200);
    }
  while (!baton_metrics_pane_is_settled (pane));
  return longest;
}

static BatonPlotContent *
make_marks (void)
{
  BatonPlotContent *content = baton_plot_content_new (BATON_AXIS_TIME, BATON_AXIS_SPAN, NULL, NULL);
  BatonLayer *layer = baton_plot_add_layer (content, BATON_LAYER_POINTS, NULL, MARKS, BATON_INK_MAIN);
  g_autoptr (GRand) chance = g_rand_new_with_seed (1);

  for (guint i = 0; i < MARKS; i++)
    {
      layer->x[i] = 1.7e15 + 3e13 * i / MARKS;
      layer->y[i] = g_rand_double_range (chance, 0, 3e12);
    }
  baton_axis_cover (&content->x, 1.7e15, 1.73e15);
  baton_axis_cover (&content->y, 0, 3e12);
  return content;
}

/* A frame's work: taking the content and drawing it; then the pointer over it. */
static void
measure_scatter (void)
{
  GtkWidget *window = gtk_window_new ();
  BatonPlot *plot = baton_plot_new ();
  g_autoptr (GRand) chance = g_rand_new_with_seed (2);
  double frame = 0, hover = 0;

  gtk_window_set_default_size (GTK_WINDOW (window), 900, 400);
  gtk_window_set_child (GTK_WINDOW (window), GTK_WIDGET (plot));
  gtk_window_present (GTK_WINDOW (window));
  for (guint i = 0; i < FRAMES; i++)
    {
      BatonPlotContent *content = make_marks ();
      guint draws = baton_chart_draws (BATON_CHART (plot));
      double work = 0;
      gint64 begin = g_get_monotonic_time ();

      ((BatonLayer *) g_ptr_array_index (content->layers, 0))->y[0] = i;
      begin = g_get_monotonic_time ();
      baton_plot_set_content (plot, content);
      work = ms_since (begin);
      while (baton_chart_draws (BATON_CHART (plot)) == draws)
        {
          begin = g_get_monotonic_time ();
          g_main_context_iteration (NULL, FALSE);
          if (baton_chart_draws (BATON_CHART (plot)) != draws)
            work += ms_since (begin);
        }
      frame = MAX (frame, work);
    }
  for (guint i = 0; i < HOVERS; i++)
    {
      gint64 begin = g_get_monotonic_time ();

      baton_chart_mark_at (
          BATON_CHART (plot), g_rand_double_range (chance, 0, 900), g_rand_double_range (chance, 0, 400));
      hover = MAX (hover, ms_since (begin));
    }
  printf (
      "{\"bench\":\"scatterplot\",\"marks\":%u,\"frame_ms\":%.2f,\"hover_ms\":%.3f}\n", MARKS, frame, hover);
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
measure_page (BatonApplication *application, const char *folder)
{
  BatonWindow *window = baton_window_new (application);
  BatonMetricsPane *pane;
  double cold, longest, filter;
  gint64 begin;

  baton_window_open_folder (window, folder, BATON_STORE_OPEN);
  gtk_window_present (GTK_WINDOW (window));
  while (baton_window_board (window) == NULL)
    g_main_context_iteration (NULL, TRUE);
  for (begin = g_get_monotonic_time (); ms_since (begin) < 3000;)
    g_main_context_iteration (NULL, FALSE);
  begin = g_get_monotonic_time ();
  baton_window_show_view (window, "metrics");
  pane = BATON_METRICS_PANE (baton_window_view_page (window, "metrics"));
  longest = settle (pane);
  cold = ms_since (begin);
  begin = g_get_monotonic_time ();
  baton_metrics_pane_set_working_hours (pane, TRUE);
  g_main_context_iteration (NULL, FALSE);
  longest = MAX (longest, settle (pane));
  filter = ms_since (begin);
  printf ("{\"bench\":\"metrics_page\",\"cold_ms\":%.0f,\"filter_ms\":%.0f,\"longest_turn_ms\":%.1f}\n", cold,
      filter, longest);
}

int
main (int argc, char **argv)
{
  g_autoptr (BatonApplication) application = baton_application_new ();

  g_application_set_flags (G_APPLICATION (application), G_APPLICATION_NON_UNIQUE);
  g_application_register (G_APPLICATION (application), NULL, NULL);
  measure_scatter ();
  if (argc > 1)
    measure_page (application, argv[1]);
  return 0;
}
