/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-bench"

#include "fixture.h"

#include <stdio.h>
#include <stdlib.h>

/* Six columns side by side, 10,000 cards in the fullest one, which is scrolled from end to end in steps of
 * all sizes. What is timed is the whole work of a frame, from before-paint to after-paint: layout, building
 * rows, drawing. With --six every column has 10,000. */
#define N_COLUMNS 6
#define N_FRAMES 600

typedef struct
{
  gint64 start;
  gboolean recording;
  GArray *times; /* double, ms */
} Timer;

static void
before_paint_cb (GdkFrameClock *clock, Timer *timer)
{
  timer->start = g_get_monotonic_time ();
}

static void
after_paint_cb (GdkFrameClock *clock, Timer *timer)
{
  double ms = (double) (g_get_monotonic_time () - timer->start) / 1000;

  if (timer->recording)
    g_array_append_val (timer->times, ms);
}

static int
compare (gconstpointer a, gconstpointer b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return x < y ? -1 : x > y;
}

static double
quantile (GArray *times, double q)
{
  g_array_sort (times, compare);
  return g_array_index (times, double, (guint) (q * (times->len - 1)));
}

static GtkWidget *
add_column (GtkWidget *box, GListModel *model, GtkWidget **list)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  *list = fixture_list_new (model, NULL);
  gtk_widget_set_size_request (scrolled, 290, -1);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), *list);
  gtk_box_append (GTK_BOX (box), scrolled);
  return scrolled;
}

static void
run (GtkAdjustment *adjustment, GtkWidget *window, Timer *timer, const char *name, double step)
{
  g_array_set_size (timer->times, 0);
  timer->recording = TRUE;
  for (int i = 0; i < N_FRAMES; i++)
    {
      guint before = timer->times->len;

      gtk_adjustment_set_value (adjustment, gtk_adjustment_get_value (adjustment) + step);
      while (timer->times->len == before)
        g_main_context_iteration (NULL, TRUE);
    }
  timer->recording = FALSE;
  printf (
      "{\"bench\":\"%s\",\"frames\":%u,\"p50_ms\":%.2f,\"p95_ms\":%.2f,\"p99_ms\":%.2f,\"max_ms\":%.2f}\n",
      name, timer->times->len, quantile (timer->times, 0.5), quantile (timer->times, 0.95),
      quantile (timer->times, 0.99), quantile (timer->times, 1));
  fflush (stdout);
}

static int
read_rss_kb (void)
{
  g_autofree char *status = NULL;
  const char *line;

  g_file_get_contents ("/proc/self/status", &status, NULL, NULL);
  line = status != NULL ? strstr (status, "VmRSS:") : NULL;
  return line != NULL ? atoi (line + 6) : 0;
}

int
main (int argc, char **argv)
{
  gboolean six = argc > 1 && g_str_equal (argv[1], "--six");
  GtkWidget *window, *box, *lists[N_COLUMNS], *first = NULL;
  GtkAdjustment *adjustment;
  Timer timer = { .times = g_array_new (FALSE, FALSE, sizeof (double)) };
  GListStore *stores[N_COLUMNS];
  gint64 start;
  int rss;

  gtk_init ();
  adw_init ();
  fixture_load_style ();
  window = gtk_window_new ();
  box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  gtk_window_set_default_size (GTK_WINDOW (window), 1440, 900);
  gtk_window_set_child (GTK_WINDOW (window), box);
  for (int i = 0; i < N_COLUMNS; i++)
    stores[i] = fixture_store_new (i == 0 || six ? 10000 : 1667);
  rss = read_rss_kb ();
  start = g_get_monotonic_time ();
  for (int i = 0; i < N_COLUMNS; i++)
    {
      GtkWidget *scrolled = add_column (box, G_LIST_MODEL (stores[i]), &lists[i]);

      first = first != NULL ? first : scrolled;
    }
  printf ("{\"bench\":\"lists-setup\",\"ms\":%.2f}\n", (double) (g_get_monotonic_time () - start) / 1000);
  gtk_window_present (GTK_WINDOW (window));
  g_signal_connect (
      gtk_widget_get_frame_clock (window), "before-paint", G_CALLBACK (before_paint_cb), &timer);
  g_signal_connect (gtk_widget_get_frame_clock (window), "after-paint", G_CALLBACK (after_paint_cb), &timer);
  fixture_settle (window);
  printf ("{\"bench\":\"lists-first-frames\",\"ms\":%.2f,\"rss_kb\":%d}\n",
      (double) (g_get_monotonic_time () - start) / 1000, read_rss_kb () - rss);

  adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (first));
  run (adjustment, window, &timer, "scroll", 53);
  run (adjustment, window, &timer, "scroll-fast", 640);
  run (adjustment, window, &timer, "scroll-back", -170);
  printf ("{\"bench\":\"lists-rows\",\"realised\":%u,\"rss_kb\":%d}\n",
      baton_lazy_list_get_n_realised (BATON_LAZY_LIST (lists[0])), read_rss_kb ());
  gtk_window_destroy (GTK_WINDOW (window));
  return 0;
}
