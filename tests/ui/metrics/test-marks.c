/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-test"

/* The marks of all charts: by keys, by what is said of them, by the cards behind them. */

#include "card-pane.h"
#include "chart-export.h"
#include "metrics-fixture.h"
#include "ui-find.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* The card behind a single mark opens beside the page. */
static void
test_open_card (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  BatonMetricsPane *pane = metrics_open (f);
  g_autoptr (GPtrArray) ids = NULL;

  metrics_move (f, f->ids->cards[3], 0, 2);
  fixture_until (baton_metrics_pane_is_settled (pane) && metrics_marks (pane, "ageing-work") == 1);
  ids = baton_figure_cards (baton_metrics_pane_figure (pane, "ageing-work"), 0);
  g_assert_cmpuint (ids->len, ==, 1);
  g_assert_cmpstr (g_ptr_array_index (ids, 0), ==, f->ids->cards[3]);
  g_signal_emit_by_name (metrics_chart (pane, "ageing-work"), "open-mark", 0);
  fixture_until (fixture_find (f, BATON_TYPE_CARD_PANE,
                     baton_item_text (fixture_card (f, 3), BATON_CARD_TITLE)) != NULL);
  g_assert_cmpstr (baton_window_view (f->window), ==, "metrics");
}

/* What a person sees of the widget in the next frame. */
static GBytes *
picture_of (GtkWidget *widget)
{
  g_autoptr (GtkSnapshot) snapshot = gtk_snapshot_new ();
  int width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);
  g_autoptr (GskRenderNode) node = NULL;
  g_autoptr (GdkTexture) texture = NULL;
  guchar *pixels = g_malloc0 ((gsize) width * (gsize) height * 4);

  GTK_WIDGET_GET_CLASS (widget)->snapshot (widget, snapshot);
  node = gtk_snapshot_free_to_node (g_steal_pointer (&snapshot));
  texture = baton_export_texture (node, width, height, 1);
  gdk_texture_download (texture, pixels, (gsize) width * 4);
  return g_bytes_new_take (pixels, (gsize) width * (gsize) height * 4);
}

/* Where the keys have led: it is seen, it is said, and it lies in the chart. */
static void
check_mark (BatonChart *chart, guint mark, GBytes *before)
{
  g_autofree char *words = baton_chart_mark_words (chart, mark);
  g_autoptr (GBytes) now = picture_of (GTK_WIDGET (chart));
  graphene_rect_t area;

  g_assert_cmpuint (baton_chart_current (chart), ==, mark);
  g_assert_cmpstr (words, !=, "");
  g_strdelimit (words, "\n", ' ');
  gtk_test_accessible_assert_property (chart, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, words);
  g_assert_true (baton_chart_mark_area (chart, mark, &area));
  g_assert_cmpfloat (area.origin.x, >=, -1);
  g_assert_cmpfloat (area.origin.y, >=, -1);
  g_assert_cmpfloat (area.origin.x + area.size.width, <=, gtk_widget_get_width (GTK_WIDGET (chart)) + 1);
  g_assert_cmpfloat (area.origin.y + area.size.height, <=, gtk_widget_get_height (GTK_WIDGET (chart)) + 1);
  g_assert_false (g_bytes_equal (before, now));
}

/* Home, End, and one arrow after another through all marks; up and down stay among them. */
static void
walk_along (BatonChart *chart)
{
  guint n = baton_chart_n_marks (chart);
  g_autoptr (GBytes) before = NULL;

  metrics_press (chart, GDK_KEY_Escape);
  g_assert_cmpuint (baton_chart_current (chart), ==, BATON_NO_MARK);
  before = picture_of (GTK_WIDGET (chart));
  g_assert_true (metrics_press (chart, GDK_KEY_Right));
  check_mark (chart, 0, before);
  for (guint mark = 1; mark < n; mark++)
    {
      g_assert_true (metrics_press (chart, GDK_KEY_Right));
      g_assert_cmpuint (baton_chart_current (chart), ==, mark);
      if (mark < 20)
        check_mark (chart, mark, before);
    }
  metrics_press (chart, GDK_KEY_Right);
  check_mark (chart, n - 1, before);
  g_assert_true (metrics_press (chart, GDK_KEY_Home));
  check_mark (chart, 0, before);
  for (guint i = 0; i < 8; i++)
    {
      g_assert_true (metrics_press (chart, i < 4 ? GDK_KEY_Down : GDK_KEY_Up));
      g_assert_cmpuint (baton_chart_current (chart), <, n);
    }
  g_assert_true (metrics_press (chart, GDK_KEY_End));
  check_mark (chart, n - 1, before);
  if (n > 1)
    metrics_press (chart, GDK_KEY_Left);
  g_assert_cmpuint (baton_chart_current (chart), ==, n > 1 ? n - 2 : 0);
}

static double
offset_of (BatonMetricsPane *pane, BatonChart *chart)
{
  double y = -1;

  gtk_widget_translate_coordinates (GTK_WIDGET (chart), GTK_WIDGET (pane), 0, 0, NULL, &y);
  return y;
}

static gboolean
shows_card (Fixture *f)
{
  GtkWidget *pane = ui_find_type (f->window, BATON_TYPE_CARD_PANE, 0);

  return pane != NULL && baton_card_pane_get_card (BATON_CARD_PANE (pane)) != NULL;
}

/* Enter leads to the cards behind the mark, and the way back to the same mark at the same place. */
static void
enter_and_return (Fixture *f, BatonMetricsPane *pane, BatonFigure *figure)
{
  BatonChart *chart = baton_figure_chart (figure);
  guint with_cards = BATON_NO_MARK;
  double place;

  for (guint mark = 0; mark < baton_chart_n_marks (chart); mark++)
    {
      g_autoptr (GPtrArray) cards = baton_figure_cards (figure, mark);

      g_assert_nonnull (cards);
      if (cards->len > 0 && with_cards == BATON_NO_MARK)
        with_cards = mark;
    }
  if (with_cards == BATON_NO_MARK)
    {
      g_assert_cmpstr (baton_figure_name (figure), ==, "findings");
      return;
    }
  baton_chart_set_current (chart, with_cards);
  fixture_settle (f);
  place = offset_of (pane, chart);
  g_assert_true (metrics_press (chart, GDK_KEY_Return));
  fixture_until (metrics_dialog () != NULL || shows_card (f));
  if (metrics_dialog () != NULL)
    gtk_window_close (GTK_WINDOW (metrics_dialog ()));
  else
    g_signal_emit_by_name (ui_find_type (f->window, BATON_TYPE_CARD_PANE, 0), "close-requested");
  fixture_until (metrics_dialog () == NULL && !shows_card (f));
  fixture_until (gtk_root_get_focus (GTK_ROOT (f->window)) == GTK_WIDGET (chart));
  fixture_until (fabs (offset_of (pane, chart) - place) < 2);
  g_assert_cmpuint (baton_chart_current (chart), ==, with_cards);
}

/* Every chart of the page. */
static void
test_keys (void)
{
  g_autoptr (Fixture) f = fixture_new_with (BATON_STORE_CREATE, metrics_fill_sample);
  BatonMetricsPane *pane = metrics_open_sample (f);

  for (guint i = 0; i < BATON_N_EXHIBITS; i++)
    {
      BatonFigure *figure = baton_metrics_pane_figure (pane, baton_exhibits[i].name);
      BatonChart *chart = baton_figure_chart (figure);

      g_test_message ("%s", baton_exhibits[i].name);
      g_assert_cmpuint (baton_chart_n_marks (chart), >, 0);
      gtk_widget_grab_focus (GTK_WIDGET (chart));
      fixture_until (baton_chart_draws (chart) > 0 && !baton_chart_is_pending (chart));
      walk_along (chart);
      enter_and_return (f, pane, figure);
    }
}

/* Whoever goes on to another chart while the page is still being laid out anew is not pulled back. */
static void
test_goes_on (void)
{
  g_autoptr (Fixture) f = fixture_new_with (BATON_STORE_CREATE, metrics_fill_sample);
  BatonMetricsPane *pane = metrics_open_sample (f);
  BatonFigure *first = baton_metrics_pane_figure (pane, baton_exhibits[0].name);
  BatonChart *last = baton_figure_chart (baton_metrics_pane_figure (pane, "did-it-help"));
  GtkWidget *scrolled = gtk_widget_get_ancestor (GTK_WIDGET (last), GTK_TYPE_SCROLLED_WINDOW);
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scrolled));

  gtk_widget_grab_focus (GTK_WIDGET (baton_figure_chart (first)));
  walk_along (baton_figure_chart (first));
  enter_and_return (f, pane, first);
  gtk_widget_grab_focus (GTK_WIDGET (last));
  for (guint i = 0; i < 6; i++)
    {
      /* While the page scrolls there, which takes a moment. */
      gint64 end = g_get_monotonic_time () + 30 * 1000;

      g_signal_emit_by_name (adjustment, "changed");
      while (g_get_monotonic_time () < end)
        fixture_turn ();
    }
  fixture_until (baton_chart_draws (last) > 0 && !baton_chart_is_pending (last));
}

/* What was simulated has no cards behind it, but is walked along like the rest. */
static void
test_keys_of_ways (void)
{
  g_autoptr (Fixture) f = fixture_new_with (BATON_STORE_CREATE, metrics_fill_sample);
  BatonMetricsPane *pane = metrics_open_sample (f);
  BatonWaysPanel *ways = baton_metrics_pane_ways (pane);

  baton_ways_panel_choose (ways, 1);
  for (gint64 end = g_get_monotonic_time () + 60 * G_USEC_PER_SEC;
       baton_ways_panel_is_running (ways) && g_get_monotonic_time () < end;)
    fixture_turn ();
  for (guint i = BATON_WAYS_TIMES; i < BATON_N_WAYS_FIGURES; i++)
    {
      BatonChart *chart = baton_figure_chart (baton_ways_panel_figure (ways, i));

      g_test_message ("%s", baton_figure_name (baton_ways_panel_figure (ways, i)));
      gtk_widget_grab_focus (GTK_WIDGET (chart));
      fixture_until (baton_chart_draws (chart) > 0 && !baton_chart_is_pending (chart));
      walk_along (chart);
      g_assert_true (metrics_press (chart, GDK_KEY_Return));
      g_assert_null (metrics_dialog ());
    }
}

/* Who stands on a mark while cards move stands on it afterwards, wherever it has gone. */
static void
test_mark_stays (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  BatonMetricsPane *pane = metrics_open (f);
  BatonChart *chart = metrics_chart (pane, "ageing-work");
  g_autofree char *title = g_strdup (baton_item_text (fixture_card (f, 1), BATON_CARD_TITLE));
  g_autofree char *words = NULL;

  metrics_move (f, f->ids->cards[1], 0, 2);
  fixture_until (baton_metrics_pane_is_settled (pane) && metrics_marks (pane, "ageing-work") == 1);
  baton_chart_set_current (chart, 0);
  metrics_move (f, f->ids->cards[0], 0, 2);
  fixture_until (baton_metrics_pane_is_settled (pane) && metrics_marks (pane, "ageing-work") == 2);
  g_assert_cmpuint (baton_chart_current (chart), !=, BATON_NO_MARK);
  words = baton_chart_mark_words (chart, baton_chart_current (chart));
  g_assert_true (g_str_has_prefix (words, title));
}

static GtkWidget *
find_drop_down (GtkWidget *root)
{
  GtkWidget *found = GTK_IS_DROP_DOWN (root) ? root : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_drop_down (child);
  return found;
}

/* Who looks at the cards of a handoff can decide about it; the map then shows what was decided. */
static void
test_mark (void)
{
  g_autoptr (Fixture) f = fixture_new_with (BATON_STORE_CREATE, metrics_fill_sample);
  BatonMetricsPane *pane = metrics_open_sample (f);
  g_autofree char *before = baton_chart_mark_words (metrics_chart (pane, "handoffs"), 0);
  gboolean was_sync = strstr (before, "both have to be there") != NULL;
  GtkWidget *drop;
  GtkWidget *dialog;

  g_signal_emit_by_name (metrics_chart (pane, "handoffs"), "open-mark", 0);
  dialog = metrics_dialog ();
  g_assert_nonnull (dialog);
  drop = find_drop_down (dialog);
  g_assert_nonnull (drop);
  g_assert_cmpuint (gtk_drop_down_get_selected (GTK_DROP_DOWN (drop)), ==, 0);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (drop), was_sync ? 2 : 1);
  fixture_until (!baton_metrics_pane_is_settled (pane));
  fixture_until (baton_metrics_pane_is_settled (pane));
  {
    g_autofree char *after = baton_chart_mark_words (metrics_chart (pane, "handoffs"), 0);

    g_assert_true ((strstr (after, "both have to be there") != NULL) != was_sync);
  }
  gtk_window_destroy (GTK_WINDOW (dialog));
}

/* The ids of all cards behind the marks of a figure. */
static GHashTable *
cards_behind (BatonMetricsPane *pane, BatonExhibitId id)
{
  BatonFigure *figure = baton_metrics_pane_figure (pane, baton_exhibits[id].name);
  GHashTable *set = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  if (baton_figure_empty (figure) != NULL)
    return set;
  for (guint mark = 0; mark < metrics_marks (pane, baton_exhibits[id].name); mark++)
    {
      g_autoptr (GPtrArray) ids = baton_figure_cards (figure, mark);

      for (guint i = 0; ids != NULL && i < ids->len; i++)
        g_hash_table_add (set, g_strdup (g_ptr_array_index (ids, i)));
    }
  return set;
}

/* Each row of the fast lane leads to the cards whose times it sums up. */
static void
test_fast_rows (void)
{
  g_autoptr (Fixture) f = fixture_new_with (BATON_STORE_CREATE, metrics_fill_sample);
  BatonMetricsPane *pane = metrics_open_sample (f);
  BatonFigure *figure = baton_metrics_pane_figure (pane, "fast-lane");
  g_autoptr (BatonTable) table = baton_figure_table (figure);

  g_assert_cmpuint (metrics_marks (pane, "fast-lane"), ==, 3);
  for (guint row = 0; row < 3; row++)
    {
      g_autoptr (GPtrArray) ids = baton_figure_cards (figure, row);
      g_autofree char *cards = baton_table_cell (table, row, 1);

      g_assert_cmpuint (ids->len, ==, atoi (cards));
    }
}

/* A list of the first few, and what depends on how much there is, need not add up. */
static gboolean
adds_up (BatonExhibitId id)
{
  return id != BATON_EXHIBIT_DECOUPLE && id != BATON_EXHIBIT_HOW_MANY && id != BATON_EXHIBIT_WHEN &&
         id != BATON_EXHIBIT_BACKTEST && id != BATON_EXHIBIT_COMPARE;
}

/* Whatever is chosen, the cards of the values of a filter are, taken together, those of all of them and none
 * twice: in every figure that leads to cards. */
static void
test_partitions (void)
{
  g_autoptr (Fixture) f = fixture_new_with (BATON_STORE_CREATE, metrics_fill_sample);
  BatonMetricsPane *pane = metrics_open_sample (f);
  GHashTable *all[BATON_N_EXHIBITS];
  guint figures = 0;

  for (guint i = 0; i < BATON_N_EXHIBITS; i++)
    {
      all[i] = cards_behind (pane, i);
      figures += g_hash_table_size (all[i]) > 0;
    }
  g_assert_cmpuint (figures, ==, BATON_N_EXHIBITS - 1); /* the sample has no findings */
  for (guint d = 0; d < BATON_FLOW_N_DIMS; d++)
    {
      const BatonMetrics *metrics = baton_metrics_pane_metrics (pane);
      const BatonMetricsNames *names = baton_metrics_dim (metrics, d);
      guint sum[BATON_N_EXHIBITS] = { 0 };

      for (guint v = 0; v <= names->ids->len; v++)
        {
          const char *id = v < names->ids->len ? g_ptr_array_index (names->ids, v) : "";

          if (v < names->ids->len ? v >= metrics->used[d]->len || !metrics->used[d]->data[v]
                                  : !metrics->without[d])
            continue;
          baton_metrics_pane_choose (pane, d, id, TRUE);
          fixture_until (baton_metrics_pane_is_settled (pane));
          for (guint i = 0; i < BATON_N_EXHIBITS; i++)
            {
              g_autoptr (GHashTable) some = cards_behind (pane, i);
              GHashTableIter iter;
              gpointer card;

              g_hash_table_iter_init (&iter, some);
              while (adds_up (i) && g_hash_table_iter_next (&iter, &card, NULL))
                if (!g_hash_table_contains (all[i], card))
                  g_error ("%s: %s is behind no mark of all", baton_exhibits[i].name, (char *) card);
              sum[i] += g_hash_table_size (some);
            }
          baton_metrics_pane_choose (pane, d, id, FALSE);
        }
      fixture_until (baton_metrics_pane_is_settled (pane));
      for (guint i = 0; i < BATON_N_EXHIBITS; i++)
        /* Without a card in the fast lane there is nothing to hold the others against. */
        if (!adds_up (i)              ? FALSE
            : i == BATON_EXHIBIT_FAST ? sum[i] > g_hash_table_size (all[i])
                                      : sum[i] != g_hash_table_size (all[i]))
          g_error ("%s by filter %u: %u cards instead of %u", baton_exhibits[i].name, d, sum[i],
              g_hash_table_size (all[i]));
    }
  for (guint i = 0; i < BATON_N_EXHIBITS; i++)
    g_hash_table_unref (all[i]);
}

int
main (int argc, char **argv)
{
  fixture_init (&argc, &argv);
  g_test_add_func ("/metrics/marks/keys", test_keys);
  g_test_add_func ("/metrics/marks/goes-on", test_goes_on);
  g_test_add_func ("/metrics/marks/keys-of-ways", test_keys_of_ways);
  g_test_add_func ("/metrics/marks/stays", test_mark_stays);
  g_test_add_func ("/metrics/marks/open-card", test_open_card);
  g_test_add_func ("/metrics/marks/fast-rows", test_fast_rows);
  g_test_add_func ("/metrics/marks/handoff", test_mark);
  g_test_add_func ("/metrics/marks/partitions", test_partitions);
  return g_test_run ();
}
