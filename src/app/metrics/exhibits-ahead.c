/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "axis-time.h"
#include "exhibit-private.h"
#include "metrics-words.h"

#include <glib/gi18n.h>
#include <math.h>

/* Forecast and its check on the past; the fast lane. */

#define DAY 8.64e10

static char *
no_forecast (const BatonReport *report)
{
  if (report->forecast->state == BATON_FORECAST_NOTHING)
    return g_strdup (_ ("Nothing was finished in this period, so nothing can be said about the time ahead."));
  return g_strdup (_ ("All work is done."));
}

static char *
seed_note (const BatonReport *report)
{
  g_autofree char *doubts = baton_forecast_words (report->forecast);
  g_autofree char *seed = g_strdup_printf ("%" G_GUINT64_FORMAT, report->forecast->seed);
  g_autofree char *many = baton_number_words (report->forecast->runs, 0);
  g_autofree char *runs = g_strdup_printf (_ ("%s runs over the throughput of the latest %u days, seed %s."),
      many, report->forecast->sample_days, seed);

  if (report->view->now - report->ahead > 2 * (gint64) DAY)
    {
      g_autofree char *day = baton_words_day_ahead (report, 1);

      return g_strdup_printf (
          _ ("Nothing was finished for long, so this is the forecast as of %s. %s"), day, runs);
    }
  return *doubts != '\0' ? g_strdup_printf ("%s %s", doubts, runs) : g_steal_pointer (&runs);
}

static char *
fan_words (gpointer data, guint i)
{
  const BatonReport *report = data;
  const guint *levels = report->forecast->fan + (gsize) i * BATON_FORECAST_LEVELS;
  g_autofree char *day = baton_words_day_ahead (report, i + 1);

  return g_strdup_printf (_ ("by %s\n50 %%: at least %u\n85 %%: at least %u\n95 %%: at least %u"), day,
      levels[0], levels[1], levels[2]);
}

/* What the runs draw from: what was finished in the days that they look back over. */
static GPtrArray *
drawn_cards (gpointer data, guint mark)
{
  const BatonReport *report = data;

  return baton_exhibit_finished_since (report, report->ahead - (gint64) DAY * report->forecast->sample_days);
}

/* The work that is asked about. */
static GPtrArray *
open_cards (gpointer data, guint mark)
{
  const BatonReport *report = data;
  const BatonFlow *flow = report->view->flow;
  g_autoptr (GArray) cards = g_array_new (FALSE, FALSE, sizeof (guint32));

  for (guint32 c = 0; c < flow->n_cards; c++)
    if (!baton_exhibit_is_finished (&flow->cards[c]) && flow->cards[c].left == BATON_FLOW_NEVER &&
        baton_flow_view_has (report->view, &flow->cards[c]))
      g_array_append_val (cards, c);
  return baton_exhibit_ids (report, cards);
}

/* The past that the forecast was made for. */
static GPtrArray *
past_cards (gpointer data, guint mark)
{
  return baton_exhibit_finished_since (data, G_MININT64);
}

static BatonTable *
fan_table (gpointer data)
{
  const BatonReport *report = data;
  BatonTable *table = baton_table_new (report->view->zone, report->day);

  baton_table_add_column (table, "day", _ ("Day"), BATON_CELL_DAY);
  baton_table_add_column (table, "at_least_50", _ ("50 %: at least"), BATON_CELL_NUMBER);
  baton_table_add_column (table, "at_least_85", _ ("85 %: at least"), BATON_CELL_NUMBER);
  baton_table_add_column (table, "at_least_95", _ ("95 %: at least"), BATON_CELL_NUMBER);
  for (guint i = 0; i < report->forecast->horizon; i++)
    {
      baton_table_add_number (table, (double) baton_report_day_ahead (report, i + 1));
      for (guint l = 0; l < BATON_FORECAST_LEVELS; l++)
        baton_table_add_number (table, report->forecast->fan[i * BATON_FORECAST_LEVELS + l]);
    }
  return table;
}

void
baton_fill_how_many (BatonExhibit *exhibit, const BatonReport *report)
{
  static const char *const names[] = { "50 %", "85 %", "95 %" };
  const BatonForecast *forecast = report->forecast;
  BatonPlotContent *content;
  double *columns;

  exhibit->answer = baton_words_how_many (report);
  exhibit->what = g_strdup (_ ("How many cards will be done: at least so many, with so much confidence."));
  exhibit->table = fan_table;
  exhibit->cards = drawn_cards;
  if (forecast->state == BATON_FORECAST_NOTHING || forecast->horizon == 0 || forecast->fan == NULL)
    {
      exhibit->empty = no_forecast (report);
      return;
    }
  exhibit->note = seed_note (report);
  content = exhibit->plot = baton_exhibit_plot (report, BATON_AXIS_TIME, BATON_AXIS_NUMBER);
  columns = baton_plot_set_columns (content, forecast->horizon, fan_words);
  for (guint l = BATON_FORECAST_LEVELS; l-- > 0;)
    {
      BatonLayer *area =
          baton_plot_add_layer (content, BATON_LAYER_AREA, names[l], forecast->horizon, BATON_INK_MAIN);

      area->shade = l;
      area->n_shades = BATON_FORECAST_LEVELS;
      baton_layer_low (area);
      for (guint i = 0; i < forecast->horizon; i++)
        {
          area->x[i] = columns[i] = (double) baton_report_day_ahead (report, i + 1);
          area->y[i] = forecast->fan[i * BATON_FORECAST_LEVELS + l];
          area->low[i] = l + 1 < BATON_FORECAST_LEVELS ? forecast->fan[i * BATON_FORECAST_LEVELS + l + 1] : 0;
        }
    }
  baton_axis_cover (&content->x, columns[0], columns[forecast->horizon - 1]);
  baton_axis_cover (&content->y, 0, forecast->levels[0].count);
  exhibit->legend = baton_legend_entries_new ();
  for (guint l = 0; l < BATON_FORECAST_LEVELS; l++)
    {
      BatonLegendEntry *entry;

      baton_legend_add (exhibit->legend, names[l], BATON_SAMPLE_BLOCK, BATON_INK_MAIN, BATON_PATTERN_PLAIN,
          BATON_SHAPE_DOT);
      entry = &g_array_index (exhibit->legend, BatonLegendEntry, l);
      entry->shade = l;
      entry->n_shades = BATON_FORECAST_LEVELS;
    }
}

/* Days in which the runs ended, up to where nearly all had; each bar some days wide. */
typedef struct
{
  guint from;
  guint width;
  guint n;
} WhenBins;

static WhenBins
when_bins (const BatonForecast *forecast)
{
  guint first = forecast->days[0], last = forecast->days[(guint) (forecast->runs * 0.99)];
  guint width = MAX (1, (MIN (last, forecast->limit) - first) / 40 + 1);

  return (WhenBins){ first, width, (MIN (last, forecast->limit) - first) / width + 1 };
}

static guint
when_count (const BatonForecast *forecast, const WhenBins *bins, guint i)
{
  guint n = 0;

  for (guint r = 0; r < forecast->runs; r++)
    n += forecast->days[r] >= bins->from + i * bins->width &&
         forecast->days[r] < bins->from + (i + 1) * bins->width;
  return n;
}

static char *
when_words (gpointer data, guint i)
{
  const BatonReport *report = data;
  WhenBins bins = when_bins (report->forecast);
  guint until = bins.from + (i + 1) * bins.width - 1, within = 0;
  g_autofree char *day = baton_words_day_ahead (report, until);
  g_autofree char *share = NULL;

  for (guint r = 0; r < report->forecast->runs; r++)
    within += report->forecast->days[r] <= until;
  share = baton_share_words ((double) within / report->forecast->runs);
  return g_strdup_printf (_ ("done by %s with a chance of %s"), day, share);
}

static BatonTable *
when_table (gpointer data)
{
  const BatonReport *report = data;
  BatonTable *table = baton_table_new (report->view->zone, report->day);
  guint runs = report->forecast->runs, next = 0;

  baton_table_add_column (table, "day", _ ("Day"), BATON_CELL_DAY);
  baton_table_add_column (table, "chance_done", _ ("Done by then with a chance of"), BATON_CELL_SHARE);
  for (guint day = report->forecast->days[0]; next < runs && day <= report->forecast->limit; day++)
    {
      while (next < runs && report->forecast->days[next] <= day)
        next++;
      baton_table_add_number (table, (double) baton_report_day_ahead (report, day));
      baton_table_add_number (table, (double) next / runs);
    }
  return table;
}

void
baton_fill_when (BatonExhibit *exhibit, const BatonReport *report)
{
  const BatonForecast *forecast = report->forecast;
  WhenBins bins;
  BatonLayer *layer;
  double most = 0;

  exhibit->answer = baton_words_when (report);
  exhibit->what = g_strdup (_ ("In how many of the runs the work was done on which day."));
  exhibit->table = when_table;
  exhibit->cards = open_cards;
  if (forecast->state == BATON_FORECAST_NOTHING || forecast->items == 0 || forecast->days == NULL)
    {
      exhibit->empty = no_forecast (report);
      return;
    }
  if (forecast->levels[1].days == 0)
    {
      exhibit->empty = g_strdup (_ ("At the present throughput this takes longer than five years."));
      return;
    }
  bins = when_bins (forecast);
  exhibit->plot = baton_exhibit_plot (report, BATON_AXIS_TIME, BATON_AXIS_SHARE);
  layer = baton_plot_add_layer (exhibit->plot, BATON_LAYER_BARS, NULL, bins.n, BATON_INK_MAIN);
  layer->width = DAY * bins.width;
  layer->words = when_words;
  for (guint i = 0; i < bins.n; i++)
    {
      layer->x[i] = (double) report->ahead + DAY * (bins.from + (i + 0.5) * bins.width - 1);
      layer->y[i] = (double) when_count (forecast, &bins, i) / forecast->runs;
      most = MAX (most, layer->y[i]);
    }
  baton_axis_cover (&exhibit->plot->x, (double) report->ahead, layer->x[bins.n - 1] + DAY * bins.width);
  exhibit->plot->y.to = most * 1.1;
  for (guint l = 0; l < 2; l++)
    baton_plot_add_rule (exhibit->plot, TRUE,
        (double) baton_report_day_ahead (report, forecast->levels[l].safe_days), l == 0 ? "50 %" : "85 %",
        BATON_INK_ODD);
}

static BatonTable *
backtest_table (gpointer data)
{
  const BatonReport *report = data;
  const BatonBacktest *backtest = &report->backtest;
  BatonTable *table = baton_table_new (report->view->zone, report->day);

  baton_table_add_column (table, "confidence", _ ("Said with"), BATON_CELL_SHARE);
  baton_table_add_column (table, "windows", _ ("Times"), BATON_CELL_NUMBER);
  baton_table_add_column (table, "held", _ ("Held"), BATON_CELL_SHARE);
  baton_table_add_column (table, "held_widened", _ ("Held, widened"), BATON_CELL_SHARE);
  for (guint l = 0; l < BATON_FORECAST_LEVELS; l++)
    {
      baton_table_add_number (table, baton_forecast_shares[l]);
      baton_table_add_number (table, backtest->windows);
      baton_table_add_number (
          table, backtest->windows > 0 ? (double) backtest->held[l] / backtest->windows : NAN);
      baton_table_add_number (
          table, backtest->safe_windows > 0 ? (double) backtest->safe_held[l] / backtest->safe_windows : NAN);
    }
  return table;
}

void
baton_fill_backtest (BatonExhibit *exhibit, const BatonReport *report)
{
  static const char *const names[] = { "50 %", "85 %", "95 %" };
  const BatonBacktest *backtest = &report->backtest;

  exhibit->what = g_strdup (_ ("The same forecast made in every week of this board’s past, and how often it "
                               "held. Both should be alike."));
  exhibit->table = backtest_table;
  exhibit->cards = past_cards;
  if (report->forecast->state == BATON_FORECAST_NOTHING || backtest->windows == 0)
    {
      exhibit->answer = g_strdup (_ ("Can the forecast be trusted?"));
      exhibit->empty = g_strdup (_ ("The past is too short to check a forecast against it."));
      return;
    }
  exhibit->answer = baton_backtest_words (backtest);
  if (report->backtest_days > 0)
    exhibit->note =
        g_strdup_printf (_ ("The past is short: the check draws from %u days, the forecast from %u."),
            report->backtest_days, report->forecast->sample_days);
  exhibit->bars = baton_exhibit_bars (report, BATON_AXIS_SHARE);
  exhibit->bars->beside = TRUE;
  baton_bars_add_part (exhibit->bars, _ ("said"), BATON_INK_REST, BATON_PATTERN_HATCH);
  baton_bars_add_part (exhibit->bars, _ ("held"), BATON_INK_MAIN, BATON_PATTERN_PLAIN);
  for (guint l = 0; l < BATON_FORECAST_LEVELS; l++)
    {
      double held = (double) backtest->held[l] / backtest->windows;
      g_autofree char *note = g_strdup_printf (_ ("%u of %u"), backtest->held[l], backtest->windows);
      BatonBarValue *row = baton_bars_add_row (exhibit->bars, names[l], note);

      row[0].value = baton_forecast_shares[l];
      row[1].value = held;
    }
  baton_bars_content_cover (exhibit->bars);
  exhibit->legend = baton_legend_entries_new ();
  baton_legend_add (
      exhibit->legend, _ ("said"), BATON_SAMPLE_BLOCK, BATON_INK_REST, BATON_PATTERN_HATCH, BATON_SHAPE_DOT);
  baton_legend_add (
      exhibit->legend, _ ("held"), BATON_SAMPLE_BLOCK, BATON_INK_MAIN, BATON_PATTERN_PLAIN, BATON_SHAPE_DOT);
}

static void
fast_row (BatonBarsContent *bars, BatonFlowSample *sample, const char *name, const BatonReport *report)
{
  g_autofree char *note = NULL;
  BatonBarValue *row;

  if (sample->n == 0)
    return;
  note = baton_span_short ((double) baton_flow_sample_percentile (sample, 50), report->day);
  row = baton_bars_add_row (bars, name, note);
  row->value = (double) baton_flow_sample_percentile (sample, 50);
}

static BatonTable *
fast_table (gpointer data)
{
  const BatonReport *report = data;
  BatonTable *table = baton_table_new (report->view->zone, report->day);
  BatonFlowSample *samples[] = { &report->fast->response, &report->fast->cycle, &report->fast->other_cycle };
  const char *names[] = { _ ("Fast lane: until begun"), _ ("Fast lane: cycle time"),
    _ ("Other cards: cycle time") };

  baton_table_add_column (table, "what", _ ("What"), BATON_CELL_TEXT);
  baton_table_add_column (table, "cards", _ ("Cards"), BATON_CELL_NUMBER);
  baton_table_add_column (table, "median", _ ("Half within"), BATON_CELL_SPAN);
  baton_table_add_column (table, "p85", _ ("85 % within"), BATON_CELL_SPAN);
  for (guint i = 0; i < G_N_ELEMENTS (samples); i++)
    {
      baton_table_add_text (table, names[i]);
      baton_table_add_number (table, samples[i]->n);
      baton_table_add_number (
          table, samples[i]->n > 0 ? (double) baton_flow_sample_percentile (samples[i], 50) : NAN);
      baton_table_add_number (
          table, samples[i]->n > 0 ? (double) baton_flow_sample_percentile (samples[i], 85) : NAN);
    }
  return table;
}

/* Whose time a row is about: begun in the fast lane, finished in it, or finished elsewhere. Rows without a
 * card are not there. */
static gboolean
in_fast_row (const BatonReport *report, const BatonFlowCard *card, guint row)
{
  const BatonFlow *flow = report->view->flow;
  gboolean is_fast = flow->fast != BATON_FLOW_NONE && card->dims[BATON_FLOW_URGENCY] == flow->fast;

  if (row == 0)
    return is_fast && card->started != BATON_FLOW_NEVER &&
           baton_flow_view_in_period (report->view, card->started);
  return card->state == BATON_FLOW_FINISHED && is_fast == (row == 1) &&
         baton_flow_view_in_period (report->view, card->finished);
}

static GPtrArray *
fast_cards (gpointer data, guint mark)
{
  const BatonReport *report = data;
  const BatonFlow *flow = report->view->flow;
  const guint counts[] = { report->fast->response.n, report->fast->cycle.n, report->fast->other_cycle.n };
  GPtrArray *cards = g_ptr_array_new_with_free_func (g_free);
  guint row = 0;

  for (guint shown = 0; row < G_N_ELEMENTS (counts); row++)
    if (counts[row] > 0 && shown++ == mark)
      break;
  for (guint32 c = 0; c < flow->n_cards; c++)
    if (baton_flow_view_has (report->view, &flow->cards[c]) && in_fast_row (report, &flow->cards[c], row))
      g_ptr_array_add (cards, g_strdup (baton_report_card_id (report, c)));
  return cards;
}

void
baton_fill_fast (BatonExhibit *exhibit, const BatonReport *report)
{
  BatonFlowFast *fast = report->fast;

  exhibit->answer = baton_words_fast (report);
  exhibit->what = g_strdup (_ ("Fast lane against everything else, medians."));
  exhibit->table = fast_table;
  exhibit->cards = fast_cards;
  if (fast->response.n + fast->cycle.n == 0)
    {
      exhibit->empty = g_strdup (_ ("No card of the fast lane was begun or finished in this period."));
      return;
    }
  if (fast->unfinished > 0)
    exhibit->note = g_strdup_printf (ngettext ("%u card of the fast lane is not done yet.",
                                         "%u cards of the fast lane are not done yet.", fast->unfinished),
        fast->unfinished);
  exhibit->bars = baton_exhibit_bars (report, BATON_AXIS_SPAN);
  baton_bars_add_part (exhibit->bars, _ ("median"), BATON_INK_WARM, BATON_PATTERN_PLAIN);
  fast_row (exhibit->bars, &fast->response, _ ("Fast lane: until begun"), report);
  fast_row (exhibit->bars, &fast->cycle, _ ("Fast lane: cycle time"), report);
  fast_row (exhibit->bars, &fast->other_cycle, _ ("Other cards: cycle time"), report);
  baton_bars_content_cover (exhibit->bars);
}
