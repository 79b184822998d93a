/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-test"

#include "edge-scroll.h"
#include "fixture.h"

typedef struct
{
  GtkWidget *window;
  GtkWidget *scrolled;
  GtkAdjustment *h;
  GtkAdjustment *v;
  BatonEdgeScroller *edges;
  guint signalled;
} Fixture;

static void
scrolled_cb (BatonEdgeScroller *edges, Fixture *f)
{
  f->signalled++;
}

static void
open_area (Fixture *f)
{
  GtkWidget *child = gtk_drawing_area_new ();

  *f = (Fixture){ 0 };
  f->window = gtk_window_new ();
  f->scrolled = gtk_scrolled_window_new ();
  gtk_widget_set_size_request (child, 5000, 5000);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (f->scrolled), child);
  f->h = gtk_scrolled_window_get_hadjustment (GTK_SCROLLED_WINDOW (f->scrolled));
  f->v = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (f->scrolled));
  gtk_window_set_default_size (GTK_WINDOW (f->window), 600, 600);
  gtk_window_set_decorated (GTK_WINDOW (f->window), FALSE);
  gtk_window_set_child (GTK_WINDOW (f->window), f->scrolled);
  gtk_window_present (GTK_WINDOW (f->window));
  fixture_settle (f->window);
  gtk_adjustment_set_value (f->h, 1000);
  gtk_adjustment_set_value (f->v, 1000);
  f->edges = baton_edge_scroller_new (f->scrolled, f->h, f->v);
  g_signal_connect (f->edges, "scrolled", G_CALLBACK (scrolled_cb), f);
}

static void
close_area (Fixture *f)
{
  g_clear_object (&f->edges);
  gtk_window_destroy (GTK_WINDOW (f->window));
}

static double
scroll_at (Fixture *f, double x, double y, GtkAdjustment *adjustment)
{
  double before = gtk_adjustment_get_value (adjustment);

  baton_edge_scroller_point (f->edges, x, y);
  fixture_wait (300);
  baton_edge_scroller_stop (f->edges);
  return gtk_adjustment_get_value (adjustment) - before;
}

static void
test_directions (void)
{
  Fixture f;

  open_area (&f);
  g_assert_cmpfloat (scroll_at (&f, 300, 300, f.v), ==, 0);
  g_assert_cmpuint (f.signalled, ==, 0);
  g_assert_cmpfloat (scroll_at (&f, 300, 598, f.v), >, 20);
  g_assert_cmpuint (f.signalled, >, 2);
  g_assert_cmpfloat (scroll_at (&f, 300, 2, f.v), <, -20);
  g_assert_cmpfloat (scroll_at (&f, 598, 300, f.h), >, 20);
  g_assert_cmpfloat (scroll_at (&f, 2, 300, f.h), <, -20);
  /* Just outside counts as the edge, far away does not. */
  g_assert_cmpfloat (scroll_at (&f, 300, 620, f.v), >, 20);
  g_assert_cmpfloat (scroll_at (&f, 300, 700, f.v), ==, 0);
  g_assert_cmpfloat (scroll_at (&f, -300, 598, f.v), ==, 0);
  close_area (&f);
}

static void
test_faster_at_the_edge (void)
{
  Fixture f;
  double slow, fast;

  open_area (&f);
  slow = scroll_at (&f, 300, 560, f.v);
  fast = scroll_at (&f, 300, 599, f.v);
  g_assert_cmpfloat (slow, >, 0);
  g_assert_cmpfloat (fast, >, 2 * slow);
  close_area (&f);
}

static void
test_stops (void)
{
  Fixture f;
  double value;

  open_area (&f);
  baton_edge_scroller_point (f.edges, 300, 599);
  fixture_wait (200);
  baton_edge_scroller_point (f.edges, 300, 300);
  fixture_wait (50);
  value = gtk_adjustment_get_value (f.v);
  fixture_wait (100);
  g_assert_cmpfloat (gtk_adjustment_get_value (f.v), ==, value);

  /* The area may go at any time. */
  baton_edge_scroller_point (f.edges, 300, 599);
  gtk_window_destroy (GTK_WINDOW (f.window));
  fixture_wait (50);
  baton_edge_scroller_point (f.edges, 300, 1);
  baton_edge_scroller_stop (f.edges);
  g_clear_object (&f.edges);
}

int
main (int argc, char **argv)
{
  fixture_init (&argc, &argv);
  g_test_add_func ("/widgets/edge-scroll/directions", test_directions);
  g_test_add_func ("/widgets/edge-scroll/faster-at-the-edge", test_faster_at_the_edge);
  g_test_add_func ("/widgets/edge-scroll/stops", test_stops);
  return g_test_run ();
}
