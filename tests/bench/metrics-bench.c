/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-bench"

/* metrics-bench [FOLDER]: charts, and the metrics page of the first board of a workspace, on the present
 * display. One JSON object a line. */

#include "application.h"
#include "pane.h"
#include "plot.h"
#include "window.h"

#include <stdio.h>
#include <time.h>

#define MARKS 100000
#define HOVERS 2000
#define FRAMES 12

static double
ms_since (gint64 begin)
{
  return (double) (g_get_monotonic_time () - begin) / 1000.0;
}

/* What the processor did, which other programs do not change: CLOCK_PROCESS_CPUTIME_ID for all threads,
 * CLOCK_THREAD_CPUTIME_ID for this one. */
static double
cpu_ms (clockid_t clock)
{
  struct timespec now;

  clock_gettime (clock, &now);
  return (double) now.tv_sec * 1e3 + (double) now.tv_nsec / 1e6;
}

/* A turn of the main loop is what it does between two waits; its work, not how long others kept it from it.
 */
static double turn_began = -1;
static double longest_turn;

static int
poll_cb (GPollFD *fds, guint n, int timeout)
{
  int ready;

  if (turn_began >= 0)
    longest_turn = MAX (longest_turn, cpu_ms (CLOCK_THREAD_CPUTIME_ID) - turn_began);
  ready = g_poll (fds, n, timeout);
  turn_began = cpu_ms (CLOCK_THREAD_CPUTIME_ID);
  return ready;
}

static gboolean
nothing_cb (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

typedef struct
{
  double ms;
  double cpu_ms; /* of all threads */
} Cost;

/* From a question to the frame that has the last figure. */
static Cost
settle (BatonMetricsPane *pane, gint64 begin, double cpu)
{
  guint tick = g_timeout_add (2, nothing_cb, NULL);
  Cost cost;

  do
    g_main_context_iteration (NULL, TRUE);
  while (!baton_metrics_pane_is_settled (pane));
  cost = (Cost){ ms_since (begin), cpu_ms (CLOCK_PROCESS_CPUTIME_ID) - cpu };
  g_source_remove (tick);
  return cost;
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
work_hours (BatonMetricsPane *pane)
{
  baton_metrics_pane_set_working_hours (pane, TRUE);
}

static void
calendar_hours (BatonMetricsPane *pane)
{
  baton_metrics_pane_set_working_hours (pane, FALSE);
}

static void
choose_channel (BatonMetricsPane *pane, guint nth)
{
  const BatonMetrics *metrics = baton_metrics_pane_metrics (pane);

  baton_metrics_pane_choose (pane, BATON_FLOW_CHANNEL,
      g_ptr_array_index (baton_metrics_dim (metrics, BATON_FLOW_CHANNEL)->ids, nth), TRUE);
}

static void
one_channel (BatonMetricsPane *pane)
{
  choose_channel (pane, 0);
}

static void
two_channels (BatonMetricsPane *pane)
{
  choose_channel (pane, 1);
}

static void
last_year (BatonMetricsPane *pane)
{
  baton_metrics_pane_set_period (pane, BATON_PERIOD_YEAR);
}

static void
all_time (BatonMetricsPane *pane)
{
  baton_metrics_pane_set_period (pane, BATON_PERIOD_ALL);
}

static void
measure_filters (BatonMetricsPane *pane)
{
  static const struct
  {
    const char *name;
    void (*ask) (BatonMetricsPane *pane);
  } filters[] = { { "one_channel", one_channel }, { "two_channels", two_channels },
    { "last_year", last_year }, { "all_time", all_time }, { "working_hours", work_hours },
    { "calendar_time", calendar_hours } };
  double worst = 0, worst_cpu = 0, worst_turn = 0;

  for (guint i = 0; i < G_N_ELEMENTS (filters); i++)
    {
      gint64 begin = g_get_monotonic_time ();
      double cpu = cpu_ms (CLOCK_PROCESS_CPUTIME_ID);
      Cost cost;

      longest_turn = 0;
      filters[i].ask (pane);
      cost = settle (pane, begin, cpu);
      worst = MAX (worst, cost.ms);
      worst_cpu = MAX (worst_cpu, cost.cpu_ms);
      worst_turn = MAX (worst_turn, longest_turn);
      printf ("{\"bench\":\"metrics_question\",\"what\":\"%s\",\"ms\":%.0f,\"cpu_ms\":%.0f,"
              "\"longest_turn_ms\":%.1f}\n",
          filters[i].name, cost.ms, cost.cpu_ms, longest_turn);
    }
  printf ("{\"bench\":\"metrics_filter_page\",\"filter_ms\":%.0f,\"filter_cpu_ms\":%.0f,"
          "\"longest_turn_ms\":%.1f}\n",
      worst, worst_cpu, worst_turn);
}

static void
measure_page (BatonApplication *application, const char *folder)
{
  BatonWindow *window = baton_window_new (application);
  BatonMetricsPane *pane;
  Cost cold;
  gint64 begin;
  double cpu;

  baton_window_open_folder (window, folder, BATON_STORE_OPEN);
  gtk_window_present (GTK_WINDOW (window));
  while (baton_window_board (window) == NULL)
    g_main_context_iteration (NULL, TRUE);
  for (begin = g_get_monotonic_time (); ms_since (begin) < 3000;)
    {
      g_main_context_iteration (NULL, FALSE);
      g_usleep (1000);
    }
  g_main_context_set_poll_func (NULL, poll_cb);
  begin = g_get_monotonic_time ();
  cpu = cpu_ms (CLOCK_PROCESS_CPUTIME_ID);
  baton_window_show_view (window, "metrics");
  pane = BATON_METRICS_PANE (baton_window_view_page (window, "metrics"));
  cold = settle (pane, begin, cpu);
  printf ("{\"bench\":\"metrics_page\",\"cold_ms\":%.0f,\"cold_cpu_ms\":%.0f,\"longest_turn_ms\":%.1f}\n",
      cold.ms, cold.cpu_ms, longest_turn);
  measure_filters (pane);
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
