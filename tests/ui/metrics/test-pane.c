/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-test"

#include "bars.h"
#include "chart-export.h"
#include "csv-file.h"
#include "metrics-fixture.h"
#include "plot.h"
#include "test-ops.h"

#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>

/* Nothing is finished: every figure either shows something true or says why it does not. */
static void
test_unfinished (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  BatonMetricsPane *pane = metrics_open (f);

  fixture_until (baton_metrics_pane_is_settled (pane));
  g_assert_nonnull (baton_figure_empty (baton_metrics_pane_figure (pane, "cycle-time")));
  g_assert_nonnull (baton_figure_empty (baton_metrics_pane_figure (pane, "backtest")));
  g_assert_cmpuint (metrics_marks (pane, "cycle-time"), ==, 0);
  /* None has left the backlog, so there is no flow either: no axes around nothing. */
  g_assert_nonnull (baton_figure_empty (baton_metrics_pane_figure (pane, "cumulative-flow")));
  g_assert_nonnull (baton_figure_empty (baton_metrics_pane_figure (pane, "work-in-progress")));
  g_assert_nonnull (baton_figure_empty (baton_metrics_pane_figure (pane, "bottleneck")));
  for (guint i = 0; i < BATON_N_EXHIBITS; i++)
    {
      BatonFigure *figure = baton_metrics_pane_figure (pane, baton_exhibits[i].name);

      g_assert_nonnull (baton_figure_answer (figure));
      g_assert_true (baton_figure_empty (figure) != NULL || metrics_marks (pane, baton_exhibits[i].name) > 0);
    }
}

/* A card that is done is a mark; one that moves on changes what it concerns, and nothing else is drawn again.
 */
static void
test_live (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  BatonMetricsPane *pane = metrics_open (f);
  guint last = baton_column_size (baton_board_stages (f->board)) - 1, draws;

  fixture_until (baton_metrics_pane_is_settled (pane));
  metrics_move (f, f->ids->cards[0], 0, 2);
  metrics_move (f, f->ids->cards[0], 2, last);
  fixture_until (metrics_marks (pane, "cycle-time") == 1);
  fixture_until (baton_metrics_pane_is_settled (pane));
  g_assert_null (baton_figure_empty (baton_metrics_pane_figure (pane, "cycle-time")));
  fixture_settle (f);
  draws = baton_chart_draws (metrics_chart (pane, "rework"));
  metrics_move (f, f->ids->cards[1], 0, 2);
  fixture_until (metrics_marks (pane, "ageing-work") == 1);
  fixture_until (baton_metrics_pane_is_settled (pane));
  g_assert_cmpuint (metrics_marks (pane, "cycle-time"), ==, 1);
  g_assert_cmpuint (baton_chart_draws (metrics_chart (pane, "rework")), ==, draws);
}

static char *
first_of (BatonColumn *column)
{
  return g_strdup (baton_item_id (baton_column_peek (column, 0)));
}

/* Everything is filled on the sample, every filter changes every figure that has to do with it, and all comes
 * back. */
static void
test_sample (void)
{
  g_autoptr (Fixture) f = fixture_new_with (BATON_STORE_CREATE, metrics_fill_sample);
  BatonMetricsPane *pane = metrics_open_sample (f);
  g_autofree char *channel =
      first_of (baton_workspace_list (f->workspace, BATON_ENTITY_CHANNEL, baton_board_id (f->board)));
  guint all = metrics_marks (pane, "cycle-time"), some;
  g_autofree char *answer = g_strdup (baton_figure_answer (baton_metrics_pane_figure (pane, "cycle-time")));

  for (guint i = 0; i < BATON_N_EXHIBITS; i++)
    {
      g_test_message ("%s: %s", baton_exhibits[i].name,
          baton_figure_answer (baton_metrics_pane_figure (pane, baton_exhibits[i].name)));
      g_assert_cmpstr (
          baton_figure_empty (baton_metrics_pane_figure (pane, baton_exhibits[i].name)), ==, NULL);
      g_assert_cmpuint (metrics_marks (pane, baton_exhibits[i].name), >, 0);
    }
  /* The answers stand at the top and lead to their figures. */
  g_assert_nonnull (fixture_find (f, GTK_TYPE_BUTTON, answer));
  g_signal_emit_by_name (
      fixture_find (f, GTK_TYPE_BUTTON, baton_figure_answer (baton_metrics_pane_figure (pane, "handoffs"))),
      "clicked");
  baton_metrics_pane_choose (pane, BATON_FLOW_CHANNEL, channel, TRUE);
  fixture_until (!baton_metrics_pane_is_settled (pane));
  fixture_until (baton_metrics_pane_is_settled (pane));
  some = metrics_marks (pane, "cycle-time");
  g_assert_cmpuint (some, >, 0);
  g_assert_cmpuint (some, <, all);
  g_assert_cmpuint (metrics_marks (pane, "time-by-channel"), ==, 3);
  {
    g_autoptr (BatonTable) table = baton_figure_table (baton_metrics_pane_figure (pane, "cycle-time"));

    g_assert_cmpuint (baton_table_n_rows (table), ==, some);
  }
  baton_metrics_pane_choose (pane, BATON_FLOW_CHANNEL, channel, FALSE);
  fixture_until (!baton_metrics_pane_is_settled (pane));
  fixture_until (baton_metrics_pane_is_settled (pane));
  g_assert_cmpuint (metrics_marks (pane, "cycle-time"), ==, all);
  g_assert_cmpstr (baton_figure_answer (baton_metrics_pane_figure (pane, "cycle-time")), ==, answer);

  baton_metrics_pane_set_period (pane, BATON_PERIOD_MONTH);
  fixture_until (!baton_metrics_pane_is_settled (pane));
  fixture_until (baton_metrics_pane_is_settled (pane));
  g_assert_cmpuint (metrics_marks (pane, "cycle-time"), <, all);
  g_assert_cmpuint (metrics_marks (pane, "cumulative-flow"), <=, 32);
  baton_metrics_pane_set_period (pane, BATON_PERIOD_ALL);
  baton_metrics_pane_set_working_hours (pane, TRUE);
  fixture_until (!baton_metrics_pane_is_settled (pane));
  fixture_until (baton_metrics_pane_is_settled (pane));
  g_assert_cmpstr (baton_figure_answer (baton_metrics_pane_figure (pane, "cycle-time")), !=, answer);
}

/* One card: every figure says what can be said of it, and the page says how well its times are known. */
static void
test_one_card (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  BatonMetricsPane *pane = metrics_open (f);
  guint last = baton_column_size (baton_board_stages (f->board)) - 1;

  for (guint i = 1; i < G_N_ELEMENTS (f->ids->cards); i++)
    {
      BatonOp *op;

      if (f->ids->cards[i] == NULL)
        continue;
      op = baton_op_new (BATON_VERB_CARD_BIN);
      baton_op_add_id (op, f->ids->cards[i]);
      baton_workspace_perform (f->workspace, op, NULL, NULL);
    }
  metrics_move (f, f->ids->cards[0], 0, 2);
  metrics_move (f, f->ids->cards[0], 2, last);
  fixture_until (baton_metrics_pane_is_settled (pane) && metrics_marks (pane, "cycle-time") == 1);
  for (guint i = 0; i < BATON_N_EXHIBITS; i++)
    {
      BatonFigure *figure = baton_metrics_pane_figure (pane, baton_exhibits[i].name);

      g_assert_nonnull (baton_figure_answer (figure));
      g_assert_null (strstr (baton_figure_answer (figure), "nan"));
      g_assert_true (baton_figure_empty (figure) != NULL || metrics_marks (pane, baton_exhibits[i].name) > 0);
    }
  g_assert_nonnull (
      fixture_find (f, GTK_TYPE_LABEL, "1 finished · 0 in progress · times exact for 100\302\240%"));
}

/* Cards that came onto the board as done have no time that could be told, and nothing is drawn of it. */
static void
test_done_at_once (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  BatonMetricsPane *pane = metrics_open (f);
  guint last = baton_column_size (baton_board_stages (f->board)) - 1;

  for (guint i = 0; i < G_N_ELEMENTS (f->ids->cards) && f->ids->cards[i] != NULL; i++)
    {
      BatonOp *op = baton_op_new (BATON_VERB_CARD_BIN);

      baton_op_add_id (op, f->ids->cards[i]);
      baton_workspace_perform (f->workspace, op, NULL, NULL);
    }
  for (guint i = 0; i < 3; i++)
    {
      g_autofree char *id = baton_store_new_id ();

      baton_workspace_perform (
          f->workspace, baton_test_op_card (id, fixture_stage (f, last), "Came as done"), NULL, NULL);
    }
  fixture_until (
      fixture_find (f, GTK_TYPE_LABEL, "3 finished · 0 in progress · times exact for 100\302\240%") != NULL);
  fixture_until (baton_metrics_pane_is_settled (pane));
  g_assert_nonnull (strstr (
      baton_figure_empty (baton_metrics_pane_figure (pane, "lead-time")), "came onto this board as done"));
  g_assert_nonnull (baton_figure_empty (baton_metrics_pane_figure (pane, "time-by-stage")));
  g_assert_nonnull (baton_figure_empty (baton_metrics_pane_figure (pane, "time-by-channel")));
}

/* What somebody says of a finished card is counted where it is compared. */
static void
test_satisfaction (void)
{
  g_autoptr (Fixture) f = fixture_new_with (BATON_STORE_CREATE, metrics_fill_sample);
  BatonMetricsPane *pane = metrics_open_sample (f);
  g_autoptr (BatonTable) table = baton_figure_table (baton_metrics_pane_figure (pane, "did-it-help"));
  guint row;

  for (row = 0; row < baton_table_n_rows (table); row++)
    {
      g_autofree char *name = baton_table_cell (table, row, 0);

      if (g_str_equal (name, "Satisfaction"))
        break;
    }
  g_assert_cmpuint (row, <, baton_table_n_rows (table));
  {
    g_autofree char *before = baton_table_cell (table, row, 1);

    g_assert_cmpfloat (g_ascii_strtod (before, NULL), >=, 2);
    g_assert_cmpfloat (g_ascii_strtod (before, NULL), <=, 5);
  }
}

/* The board is the first of the filters: another one is shown on the same page. */
static void
test_boards (void)
{
  g_autoptr (Fixture) f = fixture_new_with (BATON_STORE_CREATE, metrics_fill_sample);
  BatonMetricsPane *pane = metrics_open_sample (f);
  const char *other = NULL;
  GtkWidget *check;

  for (guint i = 0; other == NULL; i++)
    {
      BatonItem *board = baton_column_peek (baton_workspace_list (f->workspace, BATON_ENTITY_BOARD, NULL), i);

      if (!g_str_equal (baton_item_text (board, BATON_BOARD_NAME), "Spring Launch"))
        other = baton_item_text (board, BATON_BOARD_NAME);
    }
  gtk_menu_button_popup (GTK_MENU_BUTTON (fixture_find (f, GTK_TYPE_MENU_BUTTON, "Spring Launch")));
  check = fixture_find (f, GTK_TYPE_CHECK_BUTTON, other);
  g_assert_nonnull (check);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), TRUE);
  fixture_until (g_strcmp0 (baton_board_name (baton_window_board (f->window)), other) == 0);
  fixture_until (baton_metrics_pane_is_settled (pane));
  g_assert_cmpstr (baton_window_view (f->window), ==, "metrics");
  g_assert_nonnull (fixture_find (f, GTK_TYPE_MENU_BUTTON, other));
}

/* The numbers come back out of a file as they were: every row, every column, texts as they are shown. */
static void
check_csv (BatonFigure *figure)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = baton_figure_export (figure, BATON_FIGURE_CSV, &error);
  g_autoptr (BatonTable) table = baton_figure_table (figure);
  g_autoptr (GPtrArray) cells = baton_csv_cells_new ();
  BatonCsvParser parser;
  guint n_cells, line, rows = 0;

  g_assert_no_error (error);
  baton_csv_parser_init (&parser, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), ',', '"');
  while (baton_csv_parser_next (&parser, cells, &n_cells, &line, &error))
    {
      g_assert_cmpuint (n_cells, ==, baton_table_n_columns (table));
      for (guint c = 0; rows > 0 && c < n_cells; c++)
        {
          g_autofree char *shown = baton_table_cell (table, rows - 1, c);
          const char *read = ((GString *) g_ptr_array_index (cells, c))->str;

          if (baton_table_kind (table, c) == BATON_CELL_TEXT)
            g_assert_cmpstr (*read == '\'' ? read + 1 : read, ==, shown);
          else if (*read != '\0')
            g_assert_true (g_ascii_isdigit (*read) || *read == '-');
        }
      rows++;
    }
  g_assert_no_error (error);
  g_assert_cmpuint (rows, ==, baton_table_n_rows (table) + 1);
}

/* Every figure can be saved in every way, and the report is a PDF in which its words are found. */
static void
test_exports (void)
{
  g_autoptr (Fixture) f = fixture_new_with (BATON_STORE_CREATE, metrics_fill_sample);
  BatonMetricsPane *pane = metrics_open_sample (f);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) pdf = NULL;
  g_autofree char *path = g_build_filename (f->folder, "report.pdf", NULL);
  g_autofree char *text = NULL;
  const char *argv[] = { "pdftotext", path, "-", NULL };
  int status;

  for (guint i = 0; i < BATON_N_EXHIBITS; i++)
    {
      BatonFigure *figure = baton_metrics_pane_figure (pane, baton_exhibits[i].name);

      for (guint kind = BATON_FIGURE_PNG; kind <= BATON_FIGURE_CSV; kind++)
        {
          g_autoptr (GBytes) bytes = baton_figure_export (figure, kind, &error);

          g_assert_no_error (error);
          g_assert_cmpuint (g_bytes_get_size (bytes), >, 20);
        }
      check_csv (figure);
    }
  pdf = baton_metrics_pane_report (pane, &error);
  g_assert_no_error (error);
  g_assert_true (baton_export_write (pdf, path, &error));
  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &text, NULL, &status, &error);
  if (error == NULL)
    {
      g_assert_cmpint (status, ==, 0);
      g_assert_nonnull (strstr (text, "Spring Launch"));
      g_assert_nonnull (strstr (text, "Half of the cards are done in"));
      g_assert_nonnull (strstr (text, "Where time goes"));
      g_assert_nonnull (strstr (text, "is the bottleneck"));
    }
  g_remove (path);
}

static GdkPixbuf *
read_picture (GBytes *bytes, int width, int height)
{
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_bytes (bytes);
  g_autoptr (GError) error = NULL;
  GdkPixbuf *picture = gdk_pixbuf_new_from_stream_at_scale (stream, width, height, FALSE, NULL, &error);

  if (g_error_matches (error, GDK_PIXBUF_ERROR, GDK_PIXBUF_ERROR_UNKNOWN_TYPE))
    return NULL; /* no reader of SVG is installed */
  g_assert_no_error (error);
  return picture;
}

static int
red (const GdkPixbuf *picture, int x, int y)
{
  return gdk_pixbuf_read_pixels (
      picture)[y * gdk_pixbuf_get_rowstride (picture) + x * gdk_pixbuf_get_n_channels (picture)];
}

/* The share of places, each a square of eight pixels, that are clearly lighter or darker in one of two
 * pictures of one size. Edges of letters and lines do not count that much. */
static double
share_of_difference (const GdkPixbuf *one, const GdkPixbuf *other)
{
  guint n = 0, different = 0;

  for (int top = 0; top + 8 <= gdk_pixbuf_get_height (one); top += 8)
    for (int left = 0; left + 8 <= gdk_pixbuf_get_width (one); left += 8, n++)
      {
        int sum = 0;

        for (int i = 0; i < 64; i++)
          sum += red (one, left + i % 8, top + i / 8) - red (other, left + i % 8, top + i / 8);
        different += ABS (sum) > 24 * 64;
      }
  return (double) different / MAX (n, 1);
}

typedef struct
{
  char *text;
  GdkTexture *picture;
} Pasted;

static void
text_read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;

  ((Pasted *) data)->text = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (source), result, &error);
  g_assert_no_error (error);
}

static void
picture_read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;

  ((Pasted *) data)->picture = gdk_clipboard_read_texture_finish (GDK_CLIPBOARD (source), result, &error);
  g_assert_no_error (error);
}

/* What is copied comes to another program through the display: the answer and the numbers as text, and the
 * picture. */
static void
test_copy (void)
{
  g_autoptr (Fixture) f = fixture_new_with (BATON_STORE_CREATE, metrics_fill_sample);
  BatonMetricsPane *pane = metrics_open_sample (f);
  GdkDisplay *other = gdk_display_open (gdk_display_get_name (gdk_display_get_default ()));

  for (guint i = 0; i < BATON_N_EXHIBITS; i += 7)
    {
      BatonFigure *figure = baton_metrics_pane_figure (pane, baton_exhibits[i].name);
      g_autoptr (BatonTable) table = baton_figure_table (figure);
      g_autofree char *csv = baton_table_csv (table);
      g_autofree char *wanted = g_strdup_printf ("%s\n%s", baton_figure_answer (figure), csv);
      Pasted pasted = { 0 };

      g_assert_true (gtk_widget_activate_action (GTK_WIDGET (figure), "figure.copy", NULL));
      /* The other connection has to hear of it. */
      fixture_until (gdk_content_formats_contain_gtype (
          gdk_clipboard_get_formats (gdk_display_get_clipboard (other)), GDK_TYPE_TEXTURE));
      gdk_clipboard_read_text_async (gdk_display_get_clipboard (other), NULL, text_read_cb, &pasted);
      fixture_until (pasted.text != NULL);
      g_assert_cmpstr (pasted.text, ==, wanted);
      gdk_clipboard_read_texture_async (gdk_display_get_clipboard (other), NULL, picture_read_cb, &pasted);
      fixture_until (pasted.picture != NULL);
      g_assert_cmpint (gdk_texture_get_width (pasted.picture), >, 1000);
      g_assert_cmpint (gdk_texture_get_height (pasted.picture), >, 200);
      g_free (pasted.text);
      g_object_unref (pasted.picture);
    }
  gdk_display_close (other);
}

/* What other programs make of an SVG is the same picture as the PNG: no area elsewhere, no bar missing. */
static void
test_svg (void)
{
  g_autoptr (Fixture) f = fixture_new_with (BATON_STORE_CREATE, metrics_fill_sample);
  BatonMetricsPane *pane = metrics_open_sample (f);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < BATON_N_EXHIBITS; i++)
    {
      BatonFigure *figure = baton_metrics_pane_figure (pane, baton_exhibits[i].name);
      g_autoptr (GBytes) png = baton_figure_export (figure, BATON_FIGURE_PNG, &error);
      g_autoptr (GBytes) svg = baton_figure_export (figure, BATON_FIGURE_SVG, &error);
      g_autoptr (GdkPixbuf) wanted = read_picture (png, -1, -1);
      g_autoptr (GdkPixbuf) drawn =
          read_picture (svg, gdk_pixbuf_get_width (wanted), gdk_pixbuf_get_height (wanted));

      g_assert_no_error (error);
      if (drawn == NULL)
        {
          g_test_skip ("GdkPixbuf reads no SVG here");
          return;
        }
      g_test_message ("%s: %.4f", baton_exhibits[i].name, share_of_difference (wanted, drawn));
      g_assert_cmpfloat (share_of_difference (wanted, drawn), <, 0.004);
    }
}

/* Did it help? The halves of the period, and a channel against the others, are different questions. */
static void
test_compare (void)
{
  g_autoptr (Fixture) f = fixture_new_with (BATON_STORE_CREATE, metrics_fill_sample);
  BatonMetricsPane *pane = metrics_open_sample (f);
  BatonFigure *figure = baton_metrics_pane_figure (pane, "did-it-help");
  g_autofree char *halves = g_strdup (baton_figure_answer (figure));
  g_autoptr (BatonTable) table = baton_figure_table (figure);
  g_autofree char *name = baton_table_cell (table, 0, 0);

  g_assert_cmpuint (metrics_marks (pane, "did-it-help"), >=, 4);
  g_assert_cmpstr (name, ==, "Half are done within");
  g_assert_nonnull (strstr (halves, " days"));
  gtk_drop_down_set_selected (
      GTK_DROP_DOWN (fixture_find (f, GTK_TYPE_DROP_DOWN, "The halves of the period")), 2);
  fixture_until (!baton_metrics_pane_is_settled (pane));
  fixture_until (baton_metrics_pane_is_settled (pane));
  g_assert_cmpstr (baton_figure_answer (figure), !=, halves);
}

static double
number_in (BatonTable *table, guint row, guint column)
{
  g_autofree char *cell = baton_table_cell (table, row, column);

  return g_ascii_strtod (cell, NULL);
}

/* Told apart by channel, the handoffs are more and their waits add up to the same. */
static void
test_divided (void)
{
  g_autoptr (Fixture) f = fixture_new_with (BATON_STORE_CREATE, metrics_fill_sample);
  BatonMetricsPane *pane = metrics_open_sample (f);
  BatonFigure *figure = baton_metrics_pane_figure (pane, "decouple-first");
  g_autoptr (BatonTable) together = baton_figure_table (figure);
  g_autoptr (BatonTable) apart = NULL;
  double sum = 0, parts = 0;

  gtk_drop_down_set_selected (
      GTK_DROP_DOWN (fixture_find (f, GTK_TYPE_DROP_DOWN, "All handoffs together")), 1);
  fixture_until (baton_metrics_pane_is_settled (pane));
  apart = baton_figure_table (figure);
  g_assert_cmpuint (baton_table_n_rows (apart), >, baton_table_n_rows (together));
  for (guint i = 0; i < baton_table_n_rows (together); i++)
    sum += number_in (together, i, 2);
  for (guint i = 0; i < baton_table_n_rows (apart); i++)
    parts += number_in (apart, i, 3);
  g_assert_cmpfloat (sum, >, 0);
  g_assert_cmpfloat (parts, ==, sum);
}

static void
wait_for_ways (BatonWaysPanel *ways)
{
  for (gint64 end = g_get_monotonic_time () + 120 * G_USEC_PER_SEC;
       (baton_ways_panel_team (ways) == NULL || baton_ways_panel_is_running (ways)) &&
       g_get_monotonic_time () < end;)
    fixture_turn ();
  g_assert_nonnull (baton_ways_panel_team (ways));
  g_assert_false (baton_ways_panel_is_running (ways));
}

/* Who comes to the section finds the board's own team checked and simulated, and nobody else pays for it. */
static void
test_ways_in_sight (void)
{
  g_autoptr (Fixture) f = fixture_new_with (BATON_STORE_CREATE, metrics_fill_sample);
  BatonMetricsPane *pane = metrics_open_sample (f);
  BatonWaysPanel *ways = baton_metrics_pane_ways (pane);
  BatonFigure *times = baton_ways_panel_figure (ways, BATON_WAYS_TIMES);
  const BatonTeam *team;
  double arrivals;

  for (guint i = 0; i < 50; i++)
    fixture_turn ();
  g_assert_null (baton_ways_panel_team (ways));
  g_assert_nonnull (baton_figure_empty (times));
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (baton_ways_panel_figure (ways, BATON_WAYS_LOAD))));
  baton_metrics_pane_show_section (pane, BATON_SECTION_WAYS);
  wait_for_ways (ways);
  g_test_message ("%s", baton_figure_answer (baton_ways_panel_figure (ways, BATON_WAYS_FIT)));
  g_assert_null (baton_figure_empty (times));
  g_assert_cmpuint (baton_chart_n_marks (baton_figure_chart (times)), ==, 9);
  for (guint i = 0; i < BATON_N_WAYS_FIGURES; i++)
    g_assert_true (gtk_widget_get_visible (GTK_WIDGET (baton_ways_panel_figure (ways, i))));
  /* Looking elsewhere and back asks for nothing new. */
  team = baton_ways_panel_team (ways);
  baton_metrics_pane_show_section (pane, BATON_SECTION_CYCLE);
  for (guint i = 0; i < 20; i++)
    fixture_turn ();
  baton_metrics_pane_show_section (pane, BATON_SECTION_WAYS);
  for (guint i = 0; i < 20; i++)
    fixture_turn ();
  g_assert_true (baton_ways_panel_team (ways) == team);
  /* Another period is another past. */
  arrivals = team->arrivals;
  baton_metrics_pane_set_period (pane, BATON_PERIOD_QUARTER);
  for (gint64 end = g_get_monotonic_time () + 120 * G_USEC_PER_SEC;
       (team = baton_ways_panel_team (ways), team == NULL || team->arrivals == arrivals) &&
       g_get_monotonic_time () < end;)
    fixture_turn ();
  wait_for_ways (ways);
  g_assert_cmpfloat (baton_ways_panel_team (ways)->arrivals, !=, arrivals);
  /* … but what was typed into the team is not taken away by it. */
  baton_ways_panel_team (ways)->arrivals = 7;
  g_assert_true (baton_ways_panel_is_changed (ways));
  baton_metrics_pane_set_period (pane, BATON_PERIOD_ALL);
  fixture_until (!baton_metrics_pane_is_settled (pane));
  fixture_until (baton_metrics_pane_is_settled (pane));
  for (gint64 end = g_get_monotonic_time () + G_USEC_PER_SEC / 3; g_get_monotonic_time () < end;)
    fixture_turn ();
  g_assert_cmpfloat (baton_ways_panel_team (ways)->arrivals, ==, 7);
}

/* An example is simulated when it is chosen; it can be stopped, and what comes of one that was left for
 * another is not shown. */
static void
test_ways_of_examples (void)
{
  g_autoptr (Fixture) f = fixture_new_with (BATON_STORE_CREATE, metrics_fill_sample);
  BatonMetricsPane *pane = metrics_open_sample (f);
  BatonWaysPanel *ways = baton_metrics_pane_ways (pane);
  BatonFigure *times = baton_ways_panel_figure (ways, BATON_WAYS_TIMES);
  g_autofree char *alone = NULL;

  baton_ways_panel_choose (ways, 2);
  g_assert_true (baton_ways_panel_is_running (ways));
  baton_ways_panel_stop (ways);
  wait_for_ways (ways);
  g_assert_nonnull (baton_figure_empty (times));
  baton_ways_panel_run (ways);
  wait_for_ways (ways);
  g_assert_null (baton_figure_empty (times));
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (baton_ways_panel_figure (ways, BATON_WAYS_AWAY))));
  alone = g_strdup (baton_figure_answer (times));
  baton_ways_panel_choose (ways, 4);
  baton_ways_panel_choose (ways, 2);
  wait_for_ways (ways);
  for (guint i = 0; i < 50; i++)
    fixture_turn ();
  g_assert_cmpstr (baton_figure_answer (times), ==, alone);
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (baton_ways_panel_figure (ways, BATON_WAYS_FIT))));
}

int
main (int argc, char **argv)
{
  fixture_init (&argc, &argv);
  g_test_add_func ("/metrics/unfinished", test_unfinished);
  g_test_add_func ("/metrics/live", test_live);
  g_test_add_func ("/metrics/sample", test_sample);
  g_test_add_func ("/metrics/one-card", test_one_card);
  g_test_add_func ("/metrics/done-at-once", test_done_at_once);
  g_test_add_func ("/metrics/satisfaction", test_satisfaction);
  g_test_add_func ("/metrics/boards", test_boards);
  g_test_add_func ("/metrics/exports", test_exports);
  g_test_add_func ("/metrics/copy", test_copy);
  g_test_add_func ("/metrics/svg", test_svg);
  g_test_add_func ("/metrics/compare", test_compare);
  g_test_add_func ("/metrics/divided", test_divided);
  g_test_add_func ("/metrics/ways/in-sight", test_ways_in_sight);
  g_test_add_func ("/metrics/ways/examples", test_ways_of_examples);
  return g_test_run ();
}
