/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-bench"

/* compare-bench: two pictures of 24 megapixels in a window of 1280×800, on the present display. How long a
 * frame takes while the line of a wipe is dragged, the opacity of an overlay is changed, and while both and
 * their difference are moved and zoomed. One JSON object a line. */

#include "compare-view.h"

#include <math.h>
#include <stdio.h>
#include <time.h>

#define WIDTH 6000
#define HEIGHT 4000
#define FRAMES 240

typedef struct
{
  GtkWidget *window;
  BatonCompareView *view;
  double before;
  double ms; /* of the last frame */
  guint frames;
} Bench;

/* The processor's time of this thread, ms: what else runs on the machine is not our work. */
static double
now (void)
{
  struct timespec time;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &time);
  return (double) time.tv_sec * 1000 + (double) time.tv_nsec / 1e6;
}

static BatonPicture *
make_picture (guint seed)
{
  guint32 *data = g_new (guint32, (gsize) WIDTH * HEIGHT);
  g_autoptr (GBytes) bytes = NULL;

  for (gsize y = 0; y < HEIGHT; y++)
    {
      for (gsize x = 0; x < WIDTH; x++)
        data[y * WIDTH + x] = 0xff000000u | (guint32) ((x >> 5) * 7 + (y >> 4) * seed * 13) << 8 |
                              (guint32) ((x * y) >> 13 & 255);
    }
  bytes = g_bytes_new_take (data, (gsize) WIDTH * HEIGHT * 4);
  return baton_picture_new (bytes, WIDTH, HEIGHT, WIDTH, HEIGHT, TRUE);
}

static void
before_cb (GdkFrameClock *clock, Bench *bench)
{
  bench->before = now ();
}

static void
after_cb (GdkFrameClock *clock, Bench *bench)
{
  bench->ms = now () - bench->before;
  bench->frames++;
}

/* What was asked for before the frame counts as its work. */
static double
next_frame (Bench *bench)
{
  guint frames = bench->frames;

  gdk_frame_clock_request_phase (gtk_widget_get_frame_clock (bench->window), GDK_FRAME_CLOCK_PHASE_PAINT);
  while (bench->frames == frames)
    g_main_context_iteration (NULL, TRUE);
  return bench->ms;
}

typedef void (*Step) (Bench *bench, double at);

static int
compare_doubles (gconstpointer a, gconstpointer b)
{
  double left = *(const double *) a, right = *(const double *) b;

  return left < right ? -1 : left > right;
}

static void
run (Bench *bench, const char *name, BatonCompareMode mode, Step step)
{
  g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (double));

  baton_compare_view_set_mode (bench->view, mode);
  baton_viewport_set_fit (baton_image_view_viewport (baton_compare_view_picture (bench->view, FALSE)));
  for (guint i = 0; i < 20; i++)
    next_frame (bench);
  for (guint i = 0; i < FRAMES; i++)
    {
      double start = now (), ms;

      step (bench, i / (double) FRAMES);
      ms = now () - start + next_frame (bench);
      g_array_append_val (times, ms);
    }
  g_array_sort (times, compare_doubles);
  printf ("{\"bench\":\"%s\",\"n\":%u,\"p50_ms\":%.2f,\"p99_ms\":%.2f,\"max_ms\":%.2f}\n", name, times->len,
      g_array_index (times, double, times->len / 2), g_array_index (times, double, times->len * 99 / 100),
      g_array_index (times, double, times->len - 1));
  fflush (stdout);
}

static void
drag_line (Bench *bench, double at)
{
  baton_compare_layer_set_position (baton_compare_view_layer (bench->view), 0.5 + 0.5 * sin (at * 12));
}

static void
change_opacity (Bench *bench, double at)
{
  baton_compare_layer_set_opacity (baton_compare_view_layer (bench->view), 0.5 + 0.5 * sin (at * 12));
}

static void
toggle (Bench *bench, double at)
{
  baton_compare_view_toggle (bench->view);
}

/* At 50 %, over the whole picture. */
static void
pan (Bench *bench, double at)
{
  baton_viewport_set_view (baton_image_view_viewport (baton_compare_view_picture (bench->view, FALSE)), 0.5,
      0.5 + 0.3 * sin (at * 9), 0.5 + 0.3 * cos (at * 7));
}

int
main (int argc, char **argv)
{
  g_autoptr (BatonPicture) newer = make_picture (1), older = make_picture (2);
  g_autoptr (BatonContent) left = baton_content_new (), right = baton_content_new ();
  GdkFrameClock *clock;
  Bench bench = { 0 };

  gtk_init ();
  baton_content_set_picture (left, 0, newer);
  baton_content_set_picture (right, 0, older);
  bench.view = BATON_COMPARE_VIEW (baton_compare_view_new ());
  baton_compare_view_set (bench.view, left, "v2", right, "v1");
  bench.window = gtk_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (bench.window), 1280, 800);
  gtk_window_set_child (GTK_WINDOW (bench.window), GTK_WIDGET (bench.view));
  gtk_window_present (GTK_WINDOW (bench.window));
  clock = gtk_widget_get_frame_clock (bench.window);
  g_signal_connect (clock, "before-paint", G_CALLBACK (before_cb), &bench);
  g_signal_connect (clock, "after-paint", G_CALLBACK (after_cb), &bench);
  run (&bench, "compare_wipe", BATON_COMPARE_WIPE, drag_line);
  run (&bench, "compare_overlay", BATON_COMPARE_OVERLAY, change_opacity);
  run (&bench, "compare_toggle", BATON_COMPARE_TOGGLE, toggle);
  run (&bench, "compare_wipe_pan", BATON_COMPARE_WIPE, pan);
  run (&bench, "compare_difference_pan", BATON_COMPARE_DIFFERENCE, pan);
  gtk_window_destroy (GTK_WINDOW (bench.window));
  return 0;
}
