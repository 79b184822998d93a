/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-test"

#include "bars.h"
#include "chart-export.h"
#include "chart-fixture.h"
#include "columns-layout.h"
#include "graph.h"
#include "metrics-fixture.h"
#include "plot-private.h"

#include <adwaita.h>
#include <math.h>

/* What is drawn, as pixels: 0xAARRGGBB. */
static guint32
pixel (BatonChart *chart, double x, double y)
{
  double width = gtk_widget_get_width (GTK_WIDGET (chart)),
         height = gtk_widget_get_height (GTK_WIDGET (chart));
  g_autoptr (GskRenderNode) node = baton_chart_render (chart, width, height, FALSE);
  g_autoptr (GdkTexture) texture = baton_export_texture (node, width, height, 1);
  g_autofree guint32 *pixels = g_new (guint32, (gsize) width * (gsize) height);

  gdk_texture_download (texture, (guchar *) pixels, (gsize) width * 4);
  return pixels[(gsize) y * (gsize) width + (gsize) x];
}

static void
test_position (void)
{
  BatonPlot *plot = baton_plot_new ();
  BatonPlotContent *content = chart_scatter (3);
  graphene_rect_t area;
  double left, right;

  ((BatonLayer *) g_ptr_array_index (content->layers, 0))->y[1] = 5 * DAY;
  baton_plot_set_content (plot, content);
  chart_show (GTK_WIDGET (plot), 600, 300);
  g_assert_cmpuint (baton_chart_n_marks (BATON_CHART (plot)), ==, 3);
  g_assert_true (baton_chart_mark_area (BATON_CHART (plot), 0, &area));
  left = area.origin.x + area.size.width / 2;
  g_assert_true (baton_chart_mark_area (BATON_CHART (plot), 2, &area));
  right = area.origin.x + area.size.width / 2;
  g_assert_true (baton_chart_mark_area (BATON_CHART (plot), 1, &area));
  /* Half of the time is in the middle, and half of the axis is half of its height. */
  g_assert_cmpfloat_with_epsilon (area.origin.x + area.size.width / 2, (left + right) / 2, 0.6);
  g_assert_cmpfloat (right - left, >, 450);
  /* There is blue where the mark is, and ground where none is. */
  {
    guint32 at = pixel (BATON_CHART (plot), area.origin.x + 3.5, area.origin.y + 3.5);
    guint32 beside = pixel (BATON_CHART (plot), area.origin.x + 30, area.origin.y + 13);

    g_assert_cmpuint (at & 0xff, >, (at >> 16 & 0xff) + 60);
    g_assert_cmphex (beside & 0xffffff, ==, 0xffffff);
  }
  g_assert_cmpuint (baton_chart_mark_at (BATON_CHART (plot), area.origin.x + 5, area.origin.y + 5), ==, 1);
  g_assert_cmpuint (
      baton_chart_mark_at (BATON_CHART (plot), area.origin.x + 40, area.origin.y), ==, BATON_NO_MARK);
}

static void
opened_cb (BatonChart *chart, guint mark, guint *opened)
{
  *opened = mark;
}

static void
test_keys (void)
{
  BatonPlot *plot = baton_plot_new ();
  BatonChart *chart = BATON_CHART (plot);
  BatonPlotContent *content = chart_scatter (5);
  double heights[] = { 3, 1, 4, 1.5, 9 };
  guint opened = BATON_NO_MARK;

  for (guint i = 0; i < 5; i++)
    ((BatonLayer *) g_ptr_array_index (content->layers, 0))->y[i] = heights[i] * DAY;
  baton_plot_set_content (plot, content);
  baton_chart_set_summary (chart, "Half of the cards are done in 3 d.", "Cycle time");
  chart_show (GTK_WIDGET (plot), 500, 260);
  g_signal_connect (chart, "open-mark", G_CALLBACK (opened_cb), &opened);
  gtk_test_accessible_assert_role (plot, GTK_ACCESSIBLE_ROLE_IMG);
  gtk_test_accessible_assert_property (
      plot, GTK_ACCESSIBLE_PROPERTY_LABEL, "Half of the cards are done in 3 d.");
  gtk_test_accessible_assert_property (plot, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, "Cycle time");
  g_assert_true (metrics_press (chart, GDK_KEY_Right));
  g_assert_cmpuint (baton_chart_current (chart), ==, 0);
  metrics_press (chart, GDK_KEY_Right);
  g_assert_cmpuint (baton_chart_current (chart), ==, 1);
  gtk_test_accessible_assert_property (plot, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, "16 Mar 2026 1 d");
  /* By height: 1, 1.5, 3, 4, 9. */
  metrics_press (chart, GDK_KEY_Up);
  g_assert_cmpuint (baton_chart_current (chart), ==, 3);
  metrics_press (chart, GDK_KEY_Up);
  g_assert_cmpuint (baton_chart_current (chart), ==, 0);
  metrics_press (chart, GDK_KEY_Down);
  g_assert_cmpuint (baton_chart_current (chart), ==, 3);
  metrics_press (chart, GDK_KEY_End);
  g_assert_cmpuint (baton_chart_current (chart), ==, 4);
  metrics_press (chart, GDK_KEY_Right);
  g_assert_cmpuint (baton_chart_current (chart), ==, 4);
  metrics_press (chart, GDK_KEY_Home);
  g_assert_cmpuint (baton_chart_current (chart), ==, 0);
  metrics_press (chart, GDK_KEY_Return);
  g_assert_cmpuint (opened, ==, 0);
  metrics_press (chart, GDK_KEY_Escape);
  g_assert_cmpuint (baton_chart_current (chart), ==, BATON_NO_MARK);
  gtk_test_accessible_assert_property (plot, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, "Cycle time");
  /* Time runs from left to right in every language. */
  gtk_widget_set_direction (GTK_WIDGET (plot), GTK_TEXT_DIR_RTL);
  metrics_press (chart, GDK_KEY_Home);
  metrics_press (chart, GDK_KEY_Right);
  g_assert_cmpuint (baton_chart_current (chart), ==, 1);
}

/* What looks the same is not drawn again; what does not, is. */
static void
test_redraws (void)
{
  BatonPlot *plot = baton_plot_new ();
  BatonPlotContent *content = chart_scatter (20);
  guint draws;

  baton_plot_set_content (plot, chart_scatter (20));
  chart_show (GTK_WIDGET (plot), 500, 260);
  draws = baton_chart_draws (BATON_CHART (plot));
  g_assert_false (baton_plot_set_content (plot, content));
  baton_chart_set_current (BATON_CHART (plot), 3);
  chart_settle (GTK_WIDGET (plot));
  g_assert_cmpuint (baton_chart_draws (BATON_CHART (plot)), ==, draws);
  g_assert_true (baton_plot_set_content (plot, chart_scatter (21)));
  /* Who is on a mark stays on it as long as there is one that says the same. */
  g_assert_cmpuint (baton_chart_current (BATON_CHART (plot)), ==, 3);
  chart_settle (GTK_WIDGET (plot));
  g_assert_cmpuint (baton_chart_draws (BATON_CHART (plot)), ==, draws + 1);
  g_assert_true (baton_plot_set_content (plot, chart_scatter (2)));
  g_assert_cmpuint (baton_chart_current (BATON_CHART (plot)), ==, BATON_NO_MARK);
}

/* A chart that is scrolled away is drawn when it comes into sight. */
static void
test_out_of_sight (void)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0), *scrolled = gtk_scrolled_window_new ();
  BatonPlot *near = baton_plot_new (), *far = baton_plot_new ();
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scrolled));
  guint draws;

  gtk_widget_set_size_request (GTK_WIDGET (near), 300, 3000);
  gtk_widget_set_size_request (GTK_WIDGET (far), 300, 300);
  /* The focus would scroll to where it goes. */
  gtk_widget_set_focusable (GTK_WIDGET (near), FALSE);
  gtk_widget_set_focusable (GTK_WIDGET (far), FALSE);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (near));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (far));
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), box);
  baton_plot_set_content (near, chart_scatter (20));
  baton_plot_set_content (far, chart_scatter (20));
  chart_show (scrolled, 400, 300);
  g_assert_cmpuint (baton_chart_draws (BATON_CHART (near)), >, 0);
  g_assert_cmpuint (baton_chart_draws (BATON_CHART (far)), ==, 0);
  g_assert_false (baton_chart_is_pending (BATON_CHART (far)));
  gtk_adjustment_set_value (adjustment, 2800);
  chart_settle (scrolled);
  g_assert_cmpuint (baton_chart_draws (BATON_CHART (far)), ==, 1);
  draws = baton_chart_draws (BATON_CHART (near));
  gtk_adjustment_set_value (adjustment, 0);
  chart_settle (scrolled);
  g_assert_cmpuint (baton_chart_draws (BATON_CHART (near)), ==, draws);
  g_assert_cmpuint (baton_chart_draws (BATON_CHART (far)), ==, 1);
}

/* Microseconds of the processor: what else the machine does is not the chart's. */
static gint64
processor_time (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);
  return (gint64) now.tv_sec * G_USEC_PER_SEC + now.tv_nsec / 1000;
}

static void
test_many (void)
{
  BatonPlot *plot = baton_plot_new ();
  BatonChart *chart = BATON_CHART (plot);
  g_autoptr (GRand) chance = g_rand_new_with_seed (5);
  gint64 begin, worst = 0;
  graphene_rect_t area;

  baton_plot_set_content (plot, chart_scatter (100000));
  chart_show (GTK_WIDGET (plot), 800, 300);
  g_assert_cmpuint (baton_chart_n_marks (chart), ==, 100000);
  baton_chart_mark_at (chart, 400, 150);
  for (guint i = 0; i < 200; i++)
    {
      double x = g_rand_double_range (chance, 0, 800), y = g_rand_double_range (chance, 0, 300);
      gint64 took;
      guint mark;

      begin = processor_time ();
      mark = baton_chart_mark_at (chart, x, y);
      took = processor_time () - begin;
      worst = MAX (worst, took);
      if (mark == BATON_NO_MARK)
        continue;
      g_assert_true (baton_chart_mark_area (chart, mark, &area));
      g_assert_cmpfloat (hypot (area.origin.x + 3.5 - x, area.origin.y + 3.5 - y), <=, 12.01);
    }
  g_test_message ("hover over 100,000 marks: %" G_GINT64_FORMAT " µs at most", worst);
  /* Ten times what is promised, for slow machines and sanitizers. */
  g_assert_cmpint (worst, <, 40000);
}

static char *
month_words (gpointer data, guint i)
{
  return g_strdup_printf ("column %u", i);
}

static void
test_columns (void)
{
  BatonPlot *plot = baton_plot_new ();
  BatonChart *chart = BATON_CHART (plot);
  BatonPlotContent *content = baton_plot_content_new (BATON_AXIS_TIME, BATON_AXIS_NUMBER, NULL, NULL);
  double *columns = baton_plot_set_columns (content, 11, month_words);
  BatonLayer *area = baton_plot_add_layer (content, BATON_LAYER_AREA, "Done", 11, BATON_INK_GOOD);
  g_autofree char *words = NULL;
  graphene_rect_t at;
  guint32 color;

  for (guint i = 0; i < 11; i++)
    {
      columns[i] = area->x[i] = MARCH + i * DAY;
      area->y[i] = i;
    }
  content->x.zone = g_time_zone_new_utc ();
  baton_axis_cover (&content->x, MARCH, MARCH + 10 * DAY);
  baton_axis_cover (&content->y, 0, 10);
  baton_plot_set_content (plot, content);
  chart_show (GTK_WIDGET (plot), 600, 300);
  g_assert_true (baton_chart_mark_area (chart, 5, &at));
  g_assert_cmpuint (baton_chart_mark_at (chart, at.origin.x + 3, 100), ==, 5);
  g_assert_cmpuint (baton_chart_mark_at (chart, at.origin.x + 3, 2000), ==, BATON_NO_MARK);
  words = baton_chart_mark_words (chart, 5);
  g_assert_cmpstr (words, ==, "column 5");
  color = pixel (chart, at.origin.x, at.origin.y + at.size.height * 0.8);
  g_assert_cmpuint (color >> 8 & 0xff, >, (color >> 16 & 0xff) + 60);
  g_assert_cmphex (
      pixel (chart, at.origin.x + 5, at.origin.y + at.size.height * 0.27) & 0xffffff, ==, 0xffffff);
}

static BatonBarsContent *
three_bars (void)
{
  BatonBarsContent *content = baton_bars_content_new (BATON_AXIS_SPAN, NULL, NULL);
  BatonBarValue *row;

  baton_bars_add_part (content, "worked on", BATON_INK_MAIN, BATON_PATTERN_PLAIN);
  baton_bars_add_part (content, "waiting", BATON_INK_REST, BATON_PATTERN_HATCH);
  row = baton_bars_add_row (content, "Print", "28 %");
  row[0].value = 28;
  row[1].value = 72;
  row = baton_bars_add_row (content, "Blog", "58 %");
  row[0].value = 58;
  row[1].value = 42;
  content->whole = TRUE;
  baton_bars_content_cover (content);
  return content;
}

static void
test_bars (void)
{
  BatonBars *bars = baton_bars_new ();
  BatonChart *chart = BATON_CHART (bars);
  graphene_rect_t a, b;
  g_autofree char *words = NULL;

  g_assert_true (baton_bars_set_content (bars, three_bars ()));
  g_assert_false (baton_bars_set_content (bars, three_bars ()));
  chart_show (GTK_WIDGET (bars), 500, 60);
  g_assert_true (baton_chart_mark_area (chart, 0, &a));
  g_assert_true (baton_chart_mark_area (chart, 1, &b));
  g_assert_cmpfloat_with_epsilon (a.size.width / (a.size.width + b.size.width), 0.28, 0.005);
  g_assert_cmpfloat_with_epsilon (a.origin.x + a.size.width, b.origin.x, 0.01);
  g_assert_cmpuint (baton_chart_mark_at (chart, b.origin.x + 5, b.origin.y + 5), ==, 1);
  /* The second part is told apart by a pattern too: it has two colours. */
  {
    gboolean differ = FALSE;
    guint32 first = pixel (chart, b.origin.x + 2, b.origin.y + 8);

    for (guint i = 3; i < 12; i++)
      differ |= pixel (chart, b.origin.x + i, b.origin.y + 8) != first;
    g_assert_true (differ);
  }
  baton_chart_set_current (chart, 0);
  metrics_press (chart, GDK_KEY_Down);
  g_assert_cmpuint (baton_chart_current (chart), ==, 2);
  metrics_press (chart, GDK_KEY_Right);
  g_assert_cmpuint (baton_chart_current (chart), ==, 3);
  /* Right to left, the bars begin at the right. */
  gtk_widget_set_direction (GTK_WIDGET (bars), GTK_TEXT_DIR_RTL);
  gtk_widget_queue_resize (GTK_WIDGET (bars));
  chart_settle (GTK_WIDGET (bars));
  g_assert_true (baton_chart_mark_area (chart, 0, &b));
  g_assert_cmpfloat_with_epsilon (b.origin.x + b.size.width, 500 - a.origin.x, 1);
}

static double
middle_of (BatonChart *chart, guint mark)
{
  graphene_rect_t area;

  g_assert_true (baton_chart_mark_area (chart, mark, &area));
  return area.origin.y + area.size.height / 2;
}

/* Who reads large text gets large charts: nothing overlaps, and marks are found where they are. */
static void
test_zoom (void)
{
  GtkSettings *settings = gtk_settings_get_default ();
  BatonBars *bars = baton_bars_new ();
  BatonChart *chart = BATON_CHART (bars);
  g_autofree char *font = NULL;
  graphene_rect_t area;
  double apart;
  int height, large;

  baton_bars_set_content (bars, three_bars ());
  chart_show (GTK_WIDGET (bars), 600, -1);
  gtk_widget_measure (GTK_WIDGET (bars), GTK_ORIENTATION_VERTICAL, 600, &height, NULL, NULL, NULL);
  apart = middle_of (chart, 2) - middle_of (chart, 0);
  g_object_get (settings, "gtk-font-name", &font, NULL);
  g_object_set (settings, "gtk-font-name", "Cantarell 22", NULL);
  chart_settle (GTK_WIDGET (bars));
  gtk_widget_measure (GTK_WIDGET (bars), GTK_ORIENTATION_VERTICAL, 600, &large, NULL, NULL, NULL);
  g_assert_cmpint (large, ==, 2 * height);
  g_assert_cmpfloat_with_epsilon (middle_of (chart, 2) - middle_of (chart, 0), 2 * apart, 0.5);
  g_assert_true (baton_chart_mark_area (chart, 3, &area));
  g_assert_cmpuint (baton_chart_mark_at (chart, area.origin.x + 3, area.origin.y + 3), ==, 3);
  g_object_set (settings, "gtk-font-name", font, NULL);
  chart_settle (GTK_WIDGET (bars));
}

/* Arrows that pass over what is between stay in the chart, whichever way they go round. */
static void
test_far_arrows (void)
{
  BatonGraph *graph = baton_graph_new ();
  BatonGraphContent *content = baton_graph_content_new ();
  guint nodes[6];
  graphene_rect_t area;

  for (guint i = 0; i < G_N_ELEMENTS (nodes); i++)
    nodes[i] = baton_graph_add_node (content, "Person");
  for (guint i = 0; i + 1 < G_N_ELEMENTS (nodes); i++)
    baton_graph_add_edge (content, nodes[i], nodes[i + 1], 30, "1 d", "on", BATON_INK_GOOD);
  for (guint i = 0; i + 2 < G_N_ELEMENTS (nodes); i++)
    {
      baton_graph_add_edge (content, nodes[i], nodes[5], 10, "2 d", "over", BATON_INK_WARM);
      baton_graph_add_edge (content, nodes[5], nodes[i], 5, "3 d", "back", BATON_INK_ODD);
    }
  baton_graph_arrange (content);
  baton_graph_set_content (graph, content);
  chart_show (GTK_WIDGET (graph), 460, -1);
  g_assert_cmpuint (baton_chart_n_marks (BATON_CHART (graph)), ==, 13);
  for (guint i = 0; i < 13; i++)
    {
      g_assert_true (baton_chart_mark_area (BATON_CHART (graph), i, &area));
      g_assert_cmpfloat (area.origin.y, >=, 8);
      g_assert_cmpfloat (
          area.origin.y + area.size.height, <=, gtk_widget_get_height (GTK_WIDGET (graph)) - 8);
    }
}

/* Percentiles that are alike keep their labels apart, at the ends of the axis too. */
static void
test_spread (void)
{
  double same[] = { 100, 100, 100, 100 }, start[] = { 0, 1, 2 }, free[] = { 20, 60, 90 };

  baton_plot_spread (same, 4, 14, 0, 100);
  baton_plot_spread (start, 3, 14, 0, 100);
  baton_plot_spread (free, 3, 14, 0, 100);
  for (guint i = 0; i < 4; i++)
    g_assert_cmpfloat (same[i], ==, 93 - 14.0 * (3 - i));
  for (guint i = 0; i < 3; i++)
    g_assert_cmpfloat (start[i], ==, 7 + 14.0 * i);
  g_assert_true (free[0] == 20 && free[1] == 60 && free[2] == 90);
}

/* Twelve people who all pass work to each other: a label that has no room is left out instead of lying on
 * another. */
static void
test_dense_labels (void)
{
  const double widths[] = { 400, 700, 1100 };
  guint placed[G_N_ELEMENTS (widths)] = { 0 };
  BatonGraphContent *content = baton_graph_content_new ();
  GtkWidget *graph = g_object_ref_sink (GTK_WIDGET (baton_graph_new ()));

  for (guint i = 0; i < 12; i++)
    baton_graph_add_node (content, "Somebody");
  for (guint i = 0; i < 24; i++)
    baton_graph_add_edge (
        content, i % 12, (i * 7 + 5 + i / 12) % 12, 100 - i, "⇄ 21.9 h", "words", BATON_INK_GOOD);
  baton_graph_arrange (content);
  for (guint w = 0; w < G_N_ELEMENTS (widths); w++)
    {
      g_auto (BatonCanvas) canvas = { 0 };
      g_autoptr (GArray) boxes = NULL;

      baton_canvas_init (&canvas, graph, widths[w], 900, FALSE);
      boxes = baton_graph_place_labels (content, &canvas);
      g_assert_cmpuint (boxes->len, ==, content->edges->len);
      for (guint i = 0; i < boxes->len; i++)
        {
          const graphene_rect_t *box = &g_array_index (boxes, graphene_rect_t, i);

          placed[w] += box->size.width > 0;
          for (guint j = 0; j < i && box->size.width > 0; j++)
            {
              const graphene_rect_t *other = &g_array_index (boxes, graphene_rect_t, j);

              g_assert_false (other->size.width > 0 && graphene_rect_intersection (box, other, NULL));
            }
        }
    }
  /* The first ones are there however narrow it is, and more room shows more. */
  g_assert_cmpuint (placed[0], >=, 4);
  g_assert_cmpuint (placed[2], >, placed[0]);
  baton_graph_content_free (content);
  g_object_unref (graph);
}

/* What needs the whole width gets it, what stands before and behind shares its rows. */
static void
test_wide_child (void)
{
  GtkWidget *box = baton_columns_box_new (200, 10);
  GtkWidget *children[5];

  for (guint i = 0; i < G_N_ELEMENTS (children); i++)
    {
      children[i] = gtk_label_new ("x");
      gtk_box_append (GTK_BOX (box), children[i]);
    }
  baton_columns_set_wide (children[2], TRUE);
  chart_show (box, 410, 300);
  g_assert_cmpint (gtk_widget_get_width (children[0]), ==, 200);
  g_assert_cmpint (gtk_widget_get_width (children[1]), ==, 200);
  g_assert_cmpint (gtk_widget_get_width (children[2]), ==, 410);
  g_assert_cmpint (gtk_widget_get_width (children[3]), ==, 200);
  g_assert_cmpint (gtk_widget_get_width (children[4]), ==, 200);
  baton_columns_set_wide (children[2], FALSE);
  chart_settle (box);
  g_assert_cmpint (gtk_widget_get_width (children[2]), ==, 200);
  g_assert_cmpint (gtk_widget_get_width (children[4]), ==, 410);
}

static void
test_graph (void)
{
  BatonGraph *graph = baton_graph_new ();
  BatonGraphContent *content = baton_graph_content_new ();
  guint copy = baton_graph_add_node (content, "Copy"), design = baton_graph_add_node (content, "Design");
  guint review = baton_graph_add_node (content, "Review");
  graphene_rect_t area;

  g_assert_true (baton_graph_add_edge (content, copy, design, 10, "0.8 d", "Copy to Design", BATON_INK_GOOD));
  g_assert_true (
      baton_graph_add_edge (content, design, review, 20, "2.1 d", "Design to Review", BATON_INK_ODD));
  g_assert_true (
      baton_graph_add_edge (content, review, design, 5, "0.6 d", "Review to Design", BATON_INK_WARM));
  g_assert_false (baton_graph_add_edge (content, review, review, 5, "", "", BATON_INK_WARM));
  baton_graph_arrange (content);
  g_assert_cmpuint (content->n_layers, ==, 3);
  g_assert_cmpuint (g_array_index (content->nodes, BatonGraphNode, review).layer, ==, 2);
  baton_graph_set_content (graph, content);
  chart_show (GTK_WIDGET (graph), 600, 200);
  for (guint i = 0; i < 3; i++)
    {
      g_assert_true (baton_chart_mark_area (BATON_CHART (graph), i, &area));
      g_assert_cmpuint (
          baton_chart_mark_at (BATON_CHART (graph), area.origin.x + 8, area.origin.y + 8), ==, i);
    }
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/charts/position", test_position);
  g_test_add_func ("/charts/keys", test_keys);
  g_test_add_func ("/charts/redraws", test_redraws);
  g_test_add_func ("/charts/out-of-sight", test_out_of_sight);
  g_test_add_func ("/charts/many", test_many);
  g_test_add_func ("/charts/columns", test_columns);
  g_test_add_func ("/charts/dense-labels", test_dense_labels);
  g_test_add_func ("/charts/spread", test_spread);
  g_test_add_func ("/charts/wide-child", test_wide_child);
  g_test_add_func ("/charts/bars", test_bars);
  g_test_add_func ("/charts/zoom", test_zoom);
  g_test_add_func ("/charts/graph", test_graph);
  g_test_add_func ("/charts/far-arrows", test_far_arrows);
  return g_test_run ();
}
