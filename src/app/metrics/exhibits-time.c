/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "axis-time.h"
#include "exhibit-private.h"
#include "metrics-words.h"

#include <glib/gi18n.h>
#include <math.h>

/* Cycle time: scatterplot, histogram, and lead time apart from it. */

BatonPlotContent *
baton_exhibit_plot (const BatonReport *report, BatonAxisKind x, BatonAxisKind y)
{
  BatonPlotContent *content =
      baton_plot_content_new (x, y, baton_report_ref ((BatonReport *) report), baton_report_unref);

  content->x.zone = g_time_zone_ref (report->view->zone);
  content->x.day = content->y.day = report->day;
  content->y.counted = y == BATON_AXIS_NUMBER; /* of cards there are only whole ones */
  return content;
}

static char *
item_words (gpointer data, guint i)
{
  const BatonReport *report = data;
  const BatonFlowItem *item = baton_report_item (report, i);
  g_autofree char *cycle = baton_words_span ((double) item->cycle, report->day);
  g_autofree char *day = baton_time_day_words (item->finished, report->view->zone, report->view->now);

  return g_strdup_printf (_ ("%s\ntook %s, done on %s"), baton_report_title (report, item->card), cycle, day);
}

static GPtrArray *
item_cards (gpointer data, guint mark)
{
  const BatonReport *report = data;
  GPtrArray *cards = g_ptr_array_new_with_free_func (g_free);

  g_ptr_array_add (cards, g_strdup (baton_report_card_id (report, baton_report_item (report, mark)->card)));
  return cards;
}

static BatonTable *
item_table (gpointer data)
{
  const BatonReport *report = data;
  BatonTable *table = baton_table_new (report->view->zone, report->day);

  baton_table_add_column (table, "card", _ ("Card"), BATON_CELL_TEXT);
  baton_table_add_column (table, "channel", _ ("Channel"), BATON_CELL_TEXT);
  baton_table_add_column (table, "finished", _ ("Done"), BATON_CELL_DAY);
  baton_table_add_column (table, "cycle_time", _ ("Cycle time"), BATON_CELL_SPAN);
  baton_table_add_column (table, "lead_time", _ ("Lead time"), BATON_CELL_SPAN);
  for (guint i = 0; i < report->n_finished; i++)
    {
      const BatonFlowItem *item = baton_report_item (report, i);

      baton_table_add_text (table, baton_report_title (report, item->card));
      baton_table_add_text (table,
          baton_report_channel (report, baton_report_card (report, item->card)->dims[BATON_FLOW_CHANNEL]));
      baton_table_add_number (table, (double) item->finished);
      baton_table_add_number (table, (double) item->cycle);
      baton_table_add_number (table, (double) item->lead);
    }
  return table;
}

gboolean
baton_exhibit_is_finished (const BatonFlowCard *card)
{
  return card->state == BATON_FLOW_FINISHED || card->state == BATON_FLOW_NEVER_STARTED;
}

GPtrArray *
baton_exhibit_finished_since (const BatonReport *report, gint64 from)
{
  const BatonFlow *flow = report->view->flow;
  g_autoptr (GArray) cards = g_array_new (FALSE, FALSE, sizeof (guint32));

  for (guint32 c = 0; c < flow->n_cards; c++)
    if (baton_exhibit_is_finished (&flow->cards[c]) && flow->cards[c].finished >= from &&
        baton_flow_view_has (report->view, &flow->cards[c]) &&
        baton_flow_view_in_period (report->view, flow->cards[c].finished))
      g_array_append_val (cards, c);
  return baton_exhibit_ids (report, cards);
}

/* Why there is nothing to show. */
char *
baton_exhibit_nothing_finished (const BatonReport *report)
{
  if (report->view->flow->n_cards == 0)
    return g_strdup (_ ("There is no card on this board yet. What happens to cards is measured by itself."));
  if (report->unfinished + report->times->lead.n == 0)
    return g_strdup (_ ("No card passes the filters."));
  if (report->times->lead.n > 0)
    return g_strdup (_ (
        "The finished cards never were in a stage where somebody works, so there is no cycle time. The kind "
        "of a stage is set in the board’s settings."));
  return g_strdup (_ ("No card was finished in this period. As soon as one is, it appears here."));
}

void
baton_fill_cycle (BatonExhibit *exhibit, const BatonReport *report)
{
  static const char *const labels[] = { "50 %", "70 %", "85 %", "95 %" };
  BatonPlotContent *content;
  BatonLayer *layer;
  double most = 0;

  exhibit->answer = baton_words_cycle (report);
  exhibit->what = baton_words_cycle_what (report);
  exhibit->table = item_table;
  exhibit->cards = item_cards;
  if (report->n_finished == 0)
    {
      exhibit->empty = baton_exhibit_nothing_finished (report);
      return;
    }
  exhibit->note = baton_words_cycle_note (report);
  content = exhibit->plot = baton_exhibit_plot (report, BATON_AXIS_TIME, BATON_AXIS_SPAN);
  layer = baton_plot_add_layer (content, BATON_LAYER_POINTS, NULL, report->n_finished, BATON_INK_MAIN);
  layer->words = item_words;
  baton_layer_odd (layer);
  for (guint i = 0; i < report->n_finished; i++)
    {
      const BatonFlowItem *item = baton_report_item (report, i);

      layer->x[i] = (double) item->finished;
      layer->y[i] = (double) item->cycle;
      layer->odd[i] = item->cycle > report->percentiles[3];
      most = MAX (most, layer->y[i]);
    }
  for (guint i = 0; i < G_N_ELEMENTS (labels); i++)
    baton_plot_add_rule (content, FALSE, (double) report->percentiles[i], labels[i], BATON_INK_MAIN);
  baton_axis_cover (&content->x, (double) report->first, (double) report->last);
  baton_axis_cover (&content->y, 0, most);
  exhibit->legend = baton_legend_entries_new ();
  baton_legend_add (exhibit->legend, C_ ("legend", "done"), BATON_SAMPLE_MARK, BATON_INK_MAIN,
      BATON_PATTERN_PLAIN, BATON_SHAPE_DOT);
  if (report->n_outliers > 0)
    baton_legend_add (exhibit->legend, _ ("longer than 95 of 100"), BATON_SAMPLE_MARK, BATON_INK_ODD,
        BATON_PATTERN_PLAIN, BATON_SHAPE_DIAMOND);
}

/* A round width that gives at most 24 bars for the range up to the 99th percentile; what is beyond gathers in
 * the last. */
static gint64
bin_width (const BatonReport *report, BatonFlowSample *sample)
{
  static const double hours[] = { 1.0 / 60, 0.25, 0.5, 1, 2, 3, 4, 6, 8, 12 };
  double most = (double) baton_flow_sample_percentile (sample, 99),
         day = report->day > 0 ? report->day : 8.64e10;
  static const double days[] = { 1, 2, 5, 7, 14, 30, 60, 90, 180, 365 };

  for (guint i = 0; i < G_N_ELEMENTS (hours); i++)
    if (hours[i] * 3.6e9 < day && most / (hours[i] * 3.6e9) <= 24)
      return (gint64) (hours[i] * 3.6e9);
  for (guint i = 0; i < G_N_ELEMENTS (days); i++)
    if (most / (days[i] * day) <= 24)
      return (gint64) (days[i] * day);
  return (gint64) (ceil (most / 24 / day) * day);
}

typedef struct
{
  BatonReport *report;
  gboolean lead;
  gint64 width;
  guint n;
} Bins;

static Bins
bins_of (const BatonReport *report, gboolean lead)
{
  BatonFlowSample *sample = lead ? &report->times->lead : &report->times->cycle;
  gint64 width = bin_width (report, sample);
  guint n = (guint) (baton_flow_sample_percentile (sample, 99) / width) + 2;

  return (Bins){ (BatonReport *) report, lead, width, n };
}

static void
bin_ends (const Bins *bins, guint i, char **from, char **to)
{
  *from = baton_words_span ((double) bins->width * i, bins->report->day);
  *to = baton_words_span ((double) bins->width * (i + 1), bins->report->day);
}

static char *
bin_words (const BatonReport *report, gboolean lead, guint i)
{
  Bins bins = bins_of (report, lead);
  g_autofree guint *counts = g_new0 (guint, bins.n);
  g_autofree char *from = NULL;
  g_autofree char *to = NULL;

  baton_flow_sample_histogram (
      lead ? &report->times->lead : &report->times->cycle, bins.width, bins.n, counts);
  bin_ends (&bins, i, &from, &to);
  if (i + 1 == bins.n)
    return g_strdup_printf (
        ngettext ("%s and more\n%u card", "%s and more\n%u cards", counts[i]), from, counts[i]);
  return g_strdup_printf (
      ngettext ("%s to %s\n%u card", "%s to %s\n%u cards", counts[i]), from, to, counts[i]);
}

static char *
cycle_bin_words (gpointer data, guint i)
{
  return bin_words (data, FALSE, i);
}

static char *
lead_bin_words (gpointer data, guint i)
{
  return bin_words (data, TRUE, i);
}

static GPtrArray *
bin_cards (const BatonReport *report, gboolean lead, guint mark)
{
  GPtrArray *cards = g_ptr_array_new_with_free_func (g_free);
  Bins bins = bins_of (report, lead);

  for (guint i = 0; i < report->n_finished; i++)
    {
      const BatonFlowItem *item = baton_report_item (report, i);
      gint64 span = lead ? item->lead : item->cycle;

      if (MIN ((guint64) (span / bins.width), bins.n - 1) == mark)
        g_ptr_array_add (cards, g_strdup (baton_report_card_id (report, item->card)));
    }
  return cards;
}

static GPtrArray *
cycle_bin_cards (gpointer data, guint mark)
{
  return bin_cards (data, FALSE, mark);
}

static GPtrArray *
lead_bin_cards (gpointer data, guint mark)
{
  return bin_cards (data, TRUE, mark);
}

static BatonTable *
bin_table (const BatonReport *report, gboolean lead)
{
  BatonTable *table = baton_table_new (report->view->zone, report->day);
  Bins bins = bins_of (report, lead);
  g_autofree guint *counts = g_new0 (guint, bins.n);

  baton_flow_sample_histogram (
      lead ? &report->times->lead : &report->times->cycle, bins.width, bins.n, counts);
  baton_table_add_column (table, "from", _ ("From"), BATON_CELL_SPAN);
  baton_table_add_column (table, "to", _ ("To"), BATON_CELL_SPAN);
  baton_table_add_column (table, "cards", _ ("Cards"), BATON_CELL_NUMBER);
  for (guint i = 0; i < bins.n; i++)
    {
      baton_table_add_number (table, (double) bins.width * i);
      baton_table_add_number (table, i + 1 == bins.n ? NAN : (double) bins.width * (i + 1));
      baton_table_add_number (table, counts[i]);
    }
  return table;
}

static BatonTable *
cycle_bin_table (gpointer data)
{
  return bin_table (data, FALSE);
}

static BatonTable *
lead_bin_table (gpointer data)
{
  return bin_table (data, TRUE);
}

static void
fill_bins (BatonExhibit *exhibit, const BatonReport *report, gboolean lead)
{
  BatonFlowSample *sample = lead ? &report->times->lead : &report->times->cycle;
  Bins bins = bins_of (report, lead);
  g_autofree guint *counts = g_new0 (guint, bins.n);
  BatonPlotContent *content = baton_exhibit_plot (report, BATON_AXIS_SPAN, BATON_AXIS_NUMBER);
  BatonLayer *layer =
      baton_plot_add_layer (content, BATON_LAYER_BARS, NULL, bins.n, lead ? BATON_INK_DEEP : BATON_INK_MAIN);
  guint most = 0;

  baton_flow_sample_histogram (sample, bins.width, bins.n, counts);
  layer->width = (double) bins.width;
  layer->words = lead ? lead_bin_words : cycle_bin_words;
  for (guint i = 0; i < bins.n; i++)
    {
      layer->x[i] = (double) bins.width * (i + 0.5);
      layer->y[i] = counts[i];
      most = MAX (most, counts[i]);
    }
  content->x.from = 0;
  content->x.to = (double) bins.width * bins.n;
  baton_axis_cover (&content->y, 0, most);
  baton_plot_add_rule (
      content, TRUE, (double) baton_flow_sample_percentile (sample, 50), "50 %", BATON_INK_ODD);
  baton_plot_add_rule (
      content, TRUE, (double) baton_flow_sample_percentile (sample, 85), "85 %", BATON_INK_ODD);
  exhibit->plot = content;
  if (baton_flow_sample_percentile (sample, 100) >= bins.width * bins.n && exhibit->note == NULL)
    {
      g_autofree char *from = baton_words_span ((double) bins.width * (bins.n - 1), report->day);

      exhibit->note = g_strdup_printf (_ ("The last bar holds everything of %s and more."), from);
    }
}

void
baton_fill_histogram (BatonExhibit *exhibit, const BatonReport *report)
{
  exhibit->answer = baton_words_histogram (report);
  exhibit->what = g_strdup (_ ("How many cards took how long. The expectation (85 %) is what to promise."));
  exhibit->table = cycle_bin_table;
  exhibit->cards = cycle_bin_cards;
  if (report->n_finished == 0)
    exhibit->empty = baton_exhibit_nothing_finished (report);
  else
    fill_bins (exhibit, report, FALSE);
}

void
baton_fill_lead (BatonExhibit *exhibit, const BatonReport *report)
{
  exhibit->answer = baton_words_lead (report);
  exhibit->what = g_strdup (_ ("Lead time, created to done."));
  exhibit->table = lead_bin_table;
  exhibit->cards = lead_bin_cards;
  if (report->times->lead.n == 0)
    exhibit->empty = baton_exhibit_nothing_finished (report);
  else if (baton_flow_sample_percentile (&report->times->lead, 100) == 0)
    {
      g_free (exhibit->answer);
      exhibit->answer = g_strdup (_ ("How long from the wish to the result?"));
      exhibit->empty =
          g_strdup (_ ("All finished cards came onto this board as done, as their record tells it. How long "
                       "they took is not known."));
    }
  else
    fill_bins (exhibit, report, TRUE);
}
