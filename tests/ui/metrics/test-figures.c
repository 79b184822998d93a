/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-test"

/* Axes, tables, and the figure around a chart. */

#include "bars.h"
#include "chart-export.h"
#include "chart-fixture.h"
#include "exhibit-private.h"
#include "figure.h"
#include "prose.h"
#include "table.h"

#include <adwaita.h>
#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

static void
test_ticks (void)
{
  BatonAxis axis = { .kind = BATON_AXIS_TIME, .zone = g_time_zone_new_identifier ("Europe/Berlin") };
  BatonAxis plain = { .kind = BATON_AXIS_NUMBER };
  g_autoptr (GArray) days = NULL;
  g_autoptr (GArray) berlin = NULL;
  g_autoptr (GArray) numbers = NULL;

  /* The clocks go forward on 29 March: midnight is an hour earlier from then on. */
  baton_axis_cover (&axis, MARCH + 26 * DAY, MARCH + 32 * DAY);
  days = baton_axis_ticks (&axis, 600, 60);
  g_assert_cmpuint (days->len, >=, 5);
  for (guint i = 0; i < days->len; i++)
    {
      gint64 at = (gint64) g_array_index (days, BatonAxisTick, i).value / G_USEC_PER_SEC;
      g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (at);
      g_autoptr (GDateTime) there = g_date_time_to_timezone (utc, axis.zone);

      g_assert_cmpint (g_date_time_get_hour (there), ==, 0);
    }
  /* A year, in months. */
  baton_axis_cover (&axis, MARCH, MARCH + 365 * DAY);
  berlin = baton_axis_ticks (&axis, 900, 60);
  g_assert_cmpuint (berlin->len, >=, 11);
  g_assert_cmpuint (berlin->len, <=, 13);
  baton_axis_clear (&axis);
  baton_axis_cover (&plain, 3, 97);
  g_assert_cmpfloat (plain.from, ==, 0);
  g_assert_cmpfloat (plain.to, ==, 100);
  numbers = baton_axis_ticks (&plain, 300, 30);
  g_assert_cmpstr (g_array_index (numbers, BatonAxisTick, 0).label, ==, "0");
  g_assert_cmpstr (g_array_index (numbers, BatonAxisTick, numbers->len - 1).label, ==, "100");
}

/* Years that calendars hardly know give labels, not an endless loop. */
static void
test_far_times (void)
{
  const double spans[][2] = { { -1e15, -9e14 }, { 0, 1 }, { 5.68e15, 5.7e15 }, { -6e16, 2e17 },
    { 1e18, 2e18 } };

  for (guint i = 0; i < G_N_ELEMENTS (spans); i++)
    {
      BatonAxis axis = { .kind = BATON_AXIS_TIME, .zone = g_time_zone_new_utc () };
      g_autoptr (GArray) ticks = NULL;

      baton_axis_cover (&axis, spans[i][0], spans[i][1]);
      ticks = baton_axis_ticks (&axis, 800, 60);
      g_assert_cmpuint (ticks->len, <, 60);
      baton_axis_clear (&axis);
    }
}

static void
test_spans (void)
{
  const struct
  {
    double span;
    const char *words;
  } cases[] = { { 0, "0 min" }, { 600e6, "10 min" }, { 3600e6, "1 h" }, { 5.5 * 3600e6, "5.5 h" },
    { 2.7 * DAY, "2.7 d" }, { DAY, "1 d" }, { 140 * DAY, "140 d" } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *words = baton_span_short (cases[i].span, 0);

      g_assert_cmpstr (words, ==, cases[i].words);
    }
}

/* A label says where its line is, however many there are room for. */
static void
test_honest_labels (void)
{
  for (double range = DAY / 24; range < 40 * DAY; range *= 1.37)
    for (double length = 120; length < 4000; length *= 1.6)
      {
        BatonAxis axis = { .kind = BATON_AXIS_SPAN };
        g_autoptr (GArray) ticks = NULL;

        baton_axis_cover (&axis, 0, range);
        ticks = baton_axis_ticks (&axis, length, 60);
        for (guint i = 1; i < ticks->len; i++)
          {
            const BatonAxisTick *tick = &g_array_index (ticks, BatonAxisTick, i);
            double unit = strchr (tick->label, 'd') != NULL ? DAY
                          : strchr (tick->label, 'h')       ? DAY / 24
                                                            : DAY / 24 / 60;

            g_assert_cmpfloat_with_epsilon (
                g_ascii_strtod (tick->label, NULL) * unit, tick->value, tick->value * 1e-6);
          }
      }
}

static void
test_table (void)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_utc ();
  g_autoptr (BatonTable) table = baton_table_new (zone, 0);
  g_autofree char *csv = NULL;
  g_autofree char *cell = NULL;

  baton_table_add_column (table, "card", "Card", BATON_CELL_TEXT);
  baton_table_add_column (table, "done", "Done", BATON_CELL_TIME);
  baton_table_add_column (table, "cycle_time", "Cycle time", BATON_CELL_SPAN);
  baton_table_add_column (table, "share", "Share", BATON_CELL_SHARE);
  baton_table_add_text (table, "Say \"hi\", now\nplease");
  baton_table_add_number (table, MARCH);
  baton_table_add_number (table, 2.5 * DAY);
  baton_table_add_number (table, 0.46);
  baton_table_add_text (table, "=1+1");
  baton_table_add_number (table, NAN);
  baton_table_add_number (table, NAN);
  baton_table_add_number (table, 1);
  csv = baton_table_csv (table);
  g_assert_cmpstr (csv, ==,
      "card,done,cycle_time,share\r\n\"Say \"\"hi\"\", now\nplease\",2026-03-01T00:00:00Z,216000,0.46\r\n"
      "\"'=1+1\",,,1\r\n");
  cell = baton_table_cell (table, 0, 2);
  g_assert_cmpstr (cell, ==, "2.5 d");
  g_assert_cmpint (baton_table_compare (table, 3, 0, 1), <, 0);
}

static BatonTable *
small_table (gpointer data)
{
  BatonTable *table = baton_table_new (NULL, 0);

  baton_table_add_column (table, "name", "Name", BATON_CELL_TEXT);
  baton_table_add_column (table, "n", "Number", BATON_CELL_NUMBER);
  for (guint i = 0; i < 3; i++)
    {
      baton_table_add_text (table, i == 0 ? "A" : i == 1 ? "B" : "C");
      baton_table_add_number (table, i);
    }
  return table;
}

/* What a program of somebody else makes of a file. */
static char *
read_by (const char *program, const char *path)
{
  const char *argv[] = { program, path, "-", NULL };
  g_autoptr (GError) error = NULL;
  char *out = NULL;
  int status;

  if (g_str_equal (program, "rsvg-convert"))
    argv[2] = NULL;
  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &out, NULL, &status, &error);
  if (g_error_matches (error, G_SPAWN_ERROR, G_SPAWN_ERROR_NOENT))
    return NULL;
  g_assert_no_error (error);
  g_assert_cmpint (status, ==, 0);
  return out;
}

static void
test_figure (void)
{
  BatonPlot *plot = baton_plot_new ();
  BatonFigure *figure = baton_figure_new ("cycle-time", "metrics-cycle-time", BATON_CHART (plot));
  g_autofree char *folder = g_dir_make_tmp ("baton-charts-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "chart.svg", NULL);
  g_autofree char *picture = NULL;
  g_autoptr (GBytes) svg = NULL;
  g_autoptr (GBytes) png = NULL;
  g_autoptr (GBytes) csv = NULL;
  g_autoptr (GdkTexture) texture = NULL;
  g_autoptr (GError) error = NULL;

  baton_plot_set_content (plot, chart_scatter (50));
  baton_figure_set_words (figure, "Half of the cards are done in 2.7 days.", "Cycle time", NULL);
  baton_figure_set_data (figure, small_table, NULL, NULL, NULL);
  chart_show (GTK_WIDGET (figure), 600, 400);
  g_assert_false (baton_figure_shows_table (figure));
  gtk_widget_activate_action (GTK_WIDGET (figure), "figure.table", NULL);
  g_assert_true (baton_figure_shows_table (figure));
  baton_figure_show_table (figure, FALSE);

  svg = baton_figure_export (figure, BATON_FIGURE_SVG, &error);
  g_assert_no_error (error);
  g_assert_true (baton_export_write (svg, path, &error));
  picture = read_by ("rsvg-convert", path);
  if (picture != NULL)
    g_assert_cmpmem (picture, 4, "\x89PNG", 4);
  png = baton_figure_export (figure, BATON_FIGURE_PNG, &error);
  g_assert_no_error (error);
  texture = gdk_texture_new_from_bytes (png, &error);
  g_assert_no_error (error);
  g_assert_cmpint (gdk_texture_get_width (texture), ==, 1640);
  csv = baton_figure_export (figure, BATON_FIGURE_CSV, &error);
  g_assert_cmpmem (
      g_bytes_get_data (csv, NULL), g_bytes_get_size (csv), "name,n\r\nA,0\r\nB,1\r\nC,2\r\n", 23);

  baton_figure_set_empty (figure, "No card is done yet.");
  g_assert_false (baton_figure_shows_table (figure));
  g_assert_false (gtk_widget_get_child_visible (GTK_WIDGET (plot)));
  g_remove (path);
  g_rmdir (folder);
}

/* One card is one card: no ticks between whole numbers where there are only such, but where there are others.
 */
static void
test_counted (void)
{
  for (guint halves = 0; halves < 2; halves++)
    {
      BatonBarsContent *content = baton_bars_content_new (BATON_AXIS_NUMBER, NULL, NULL);
      g_autoptr (GArray) ticks = NULL;

      baton_bars_add_part (content, "cards", BATON_INK_MAIN, BATON_PATTERN_PLAIN);
      baton_bars_add_row (content, "one", NULL)->value = 1;
      baton_bars_add_row (content, "other", NULL)->value = halves > 0 ? 0.5 : 0;
      baton_bars_content_cover (content);
      ticks = baton_axis_ticks (&content->axis, 600, 40);
      g_assert_cmpuint (ticks->len, >=, 2);
      if (halves > 0)
        g_assert_cmpuint (ticks->len, >, 2);
      for (guint i = 0; i < ticks->len && halves == 0; i++)
        {
          double value = g_array_index (ticks, BatonAxisTick, i).value;

          g_assert_cmpfloat (value, ==, floor (value));
        }
      baton_bars_content_free (content);
    }
}

/* Sentences take as much room as a label of the same text gives them, at any width, and follow their text. */
static void
test_prose (void)
{
  static const char *const texts[] = { "Half of the cards are done in 2.1 days, 85 % in 4.3 days.", "",
    "Unterbrechungsfreiheitsnachweisverfahren und noch ein paar kurze Worte dahinter" };
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *prose = baton_prose_new (), *label = gtk_label_new (NULL);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_box_append (GTK_BOX (box), prose);
  gtk_box_append (GTK_BOX (box), label);
  chart_show (box, 400, 200);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      baton_prose_set_text (BATON_PROSE (prose), texts[i]);
      gtk_label_set_label (GTK_LABEL (label), texts[i]);
      g_assert_cmpstr (baton_prose_text (BATON_PROSE (prose)), ==, texts[i]);
      for (int width = 160; width < 700; width += 60)
        {
          int height, expected;

          gtk_widget_measure (prose, GTK_ORIENTATION_VERTICAL, width, NULL, &height, NULL, NULL);
          gtk_widget_measure (label, GTK_ORIENTATION_VERTICAL, width, NULL, &expected, NULL, NULL);
          g_assert_cmpint (height, ==, expected);
        }
    }
  gtk_test_accessible_assert_role (prose, GTK_ACCESSIBLE_ROLE_LABEL);
  gtk_test_accessible_assert_property (prose, GTK_ACCESSIBLE_PROPERTY_LABEL, texts[2]);
}

/* The less of a stage, the further ahead it stands here. */
static double
weight_of (const BatonReport *report, guint16 stage)
{
  return stage % 2 == 0 ? 1000 - stage : 0;
}

/* Of hundreds of stages a chart shows those that weigh most, as they stand on the board; the table has all.
 */
static void
test_many_stages (void)
{
  g_autoptr (GArray) stages = g_array_new (FALSE, FALSE, sizeof (guint16));
  g_autofree char *left_out = baton_exhibit_left_out (100, BATON_MOST_ROWS);
  g_autofree char *nothing = baton_exhibit_left_out (BATON_MOST_ROWS, BATON_MOST_ROWS);

  for (guint16 s = 0; s < 100; s++)
    g_array_append_val (stages, s);
  baton_exhibit_keep_most (NULL, stages, weight_of);
  g_assert_cmpuint (stages->len, ==, BATON_MOST_ROWS);
  for (guint i = 0; i < stages->len; i++)
    g_assert_cmpuint (g_array_index (stages, guint16, i), ==, 2 * i);
  baton_exhibit_keep_most (NULL, stages, weight_of);
  g_assert_cmpuint (stages->len, ==, BATON_MOST_ROWS);
  g_assert_nonnull (strstr (left_out, "76"));
  g_assert_null (nothing);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/figures/ticks", test_ticks);
  g_test_add_func ("/figures/far-times", test_far_times);
  g_test_add_func ("/figures/spans", test_spans);
  g_test_add_func ("/figures/table", test_table);
  g_test_add_func ("/figures/counted", test_counted);
  g_test_add_func ("/figures/prose", test_prose);
  g_test_add_func ("/figures/figure", test_figure);
  g_test_add_func ("/figures/honest-labels", test_honest_labels);
  g_test_add_func ("/figures/many-stages", test_many_stages);
  return g_test_run ();
}
