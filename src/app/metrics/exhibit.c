/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "exhibit-private.h"

#include "columns-layout.h"

#include <glib/gi18n.h>

const BatonExhibitInfo baton_exhibits[BATON_N_EXHIBITS] = {
  [BATON_EXHIBIT_CYCLE] = { "cycle-time", "metrics-cycle-time", BATON_SECTION_CYCLE, BATON_CHART_PLOT,
      BATON_PART_TIMES, baton_fill_cycle },
  [BATON_EXHIBIT_HISTOGRAM] = { "cycle-time-histogram", "metrics-cycle-time", BATON_SECTION_CYCLE,
      BATON_CHART_PLOT, BATON_PART_TIMES, baton_fill_histogram },
  [BATON_EXHIBIT_LEAD] = { "lead-time", "metrics-cycle-time", BATON_SECTION_CYCLE, BATON_CHART_PLOT,
      BATON_PART_TIMES, baton_fill_lead },
  [BATON_EXHIBIT_CFD] = { "cumulative-flow", "metrics-flow", BATON_SECTION_FLOW, BATON_CHART_PLOT,
      BATON_PART_FLOW, baton_fill_cfd },
  [BATON_EXHIBIT_THROUGHPUT] = { "throughput", "metrics-flow", BATON_SECTION_FLOW, BATON_CHART_PLOT,
      BATON_PART_WEEKS, baton_fill_throughput },
  [BATON_EXHIBIT_WIP] = { "work-in-progress", "metrics-flow", BATON_SECTION_FLOW, BATON_CHART_PLOT,
      BATON_PART_FLOW, baton_fill_wip },
  [BATON_EXHIBIT_BY_CHANNEL] = { "time-by-channel", "metrics-where", BATON_SECTION_WHERE, BATON_CHART_BARS,
      BATON_PART_WHERE, baton_fill_by_channel },
  [BATON_EXHIBIT_BY_STAGE] = { "time-by-stage", "metrics-where", BATON_SECTION_WHERE, BATON_CHART_BARS,
      BATON_PART_WHERE, baton_fill_by_stage },
  [BATON_EXHIBIT_REVIEWS] = { "reviews", "metrics-quality", BATON_SECTION_WHERE, BATON_CHART_PLOT,
      BATON_PART_QUALITY, baton_fill_reviews },
  [BATON_EXHIBIT_YIELD] = { "first-pass-yield", "metrics-quality", BATON_SECTION_WHERE, BATON_CHART_BARS,
      BATON_PART_QUALITY, baton_fill_yield },
  [BATON_EXHIBIT_REWORK] = { "rework", "metrics-quality", BATON_SECTION_WHERE, BATON_CHART_BARS,
      BATON_PART_QUALITY, baton_fill_rework },
  [BATON_EXHIBIT_HANDOFFS] = { "handoffs", "metrics-handoffs", BATON_SECTION_HANDOFFS, BATON_CHART_GRAPH,
      BATON_PART_HANDOFFS, baton_fill_handoffs },
  [BATON_EXHIBIT_DECOUPLE] = { "decouple-first", "metrics-handoffs", BATON_SECTION_HANDOFFS, BATON_CHART_BARS,
      BATON_PART_HANDOFFS, baton_fill_decouple },
  [BATON_EXHIBIT_BOTTLENECK] = { "bottleneck", "metrics-bottleneck", BATON_SECTION_HANDOFFS, BATON_CHART_BARS,
      BATON_PART_FLOW, baton_fill_bottleneck },
  [BATON_EXHIBIT_AGE] = { "ageing-work", "metrics-age", BATON_SECTION_AGE, BATON_CHART_PLOT, BATON_PART_TIMES,
      baton_fill_age },
  [BATON_EXHIBIT_HOW_MANY] = { "forecast-how-many", "metrics-forecast", BATON_SECTION_FORECAST,
      BATON_CHART_PLOT, BATON_PART_FORECAST, baton_fill_how_many },
  [BATON_EXHIBIT_WHEN] = { "forecast-when", "metrics-forecast", BATON_SECTION_FORECAST, BATON_CHART_PLOT,
      BATON_PART_FORECAST, baton_fill_when },
  [BATON_EXHIBIT_BACKTEST] = { "backtest", "metrics-forecast", BATON_SECTION_FORECAST, BATON_CHART_BARS,
      BATON_PART_FORECAST, baton_fill_backtest },
  [BATON_EXHIBIT_FAST] = { "fast-lane", "metrics-fast-lane", BATON_SECTION_FAST, BATON_CHART_BARS,
      BATON_PART_WEEKS, baton_fill_fast },
  [BATON_EXHIBIT_TOLD] = { "load", "metrics-order", BATON_SECTION_FAST, BATON_CHART_BARS, BATON_PART_ORDER,
      baton_fill_told },
  [BATON_EXHIBIT_GROOM] = { "grooming", "metrics-order", BATON_SECTION_FAST, BATON_CHART_BARS,
      BATON_PART_ORDER, baton_fill_groom },
  [BATON_EXHIBIT_AUDIT] = { "findings", "metrics-order", BATON_SECTION_FAST, BATON_CHART_BARS,
      BATON_PART_ORDER, baton_fill_audit },
  [BATON_EXHIBIT_COMPARE] = { "did-it-help", "metrics-compare", BATON_SECTION_COMPARE, BATON_CHART_BARS,
      BATON_PART_COMPARISON, baton_fill_compare },
};

const char *
baton_section_title (BatonSection section)
{
  static const char *const titles[BATON_N_SECTIONS] = {
    [BATON_SECTION_CYCLE] = N_ ("Cycle time"),
    [BATON_SECTION_FLOW] = N_ ("Flow"),
    [BATON_SECTION_WHERE] = N_ ("Where time goes"),
    [BATON_SECTION_HANDOFFS] = N_ ("Handoffs"),
    [BATON_SECTION_AGE] = N_ ("Ageing work"),
    [BATON_SECTION_FORECAST] = N_ ("Forecast"),
    [BATON_SECTION_FAST] = N_ ("Fast lane and order"),
    [BATON_SECTION_COMPARE] = N_ ("Did it help?"),
    [BATON_SECTION_WAYS] = N_ ("Ways of working"),
  };

  return _ (titles[section]);
}

BatonExhibit *
baton_exhibit_new (BatonExhibitId id, BatonReport *report)
{
  BatonExhibit *exhibit = g_new0 (BatonExhibit, 1);

  exhibit->id = id;
  exhibit->report = baton_report_ref (report);
  baton_exhibits[id].fill (exhibit, report);
  return exhibit;
}

gboolean
baton_exhibit_is_ready (BatonExhibitId id, BatonReportParts parts)
{
  BatonReportParts needed = BATON_PART_TIMES | baton_exhibits[id].needs;

  return (parts & needed) == needed;
}

void
baton_exhibit_free (gpointer data)
{
  BatonExhibit *exhibit = data;

  g_free (exhibit->answer);
  g_free (exhibit->what);
  g_free (exhibit->note);
  g_free (exhibit->empty);
  g_clear_pointer (&exhibit->plot, baton_plot_content_free);
  g_clear_pointer (&exhibit->bars, baton_bars_content_free);
  g_clear_pointer (&exhibit->graph, baton_graph_content_free);
  g_clear_pointer (&exhibit->legend, g_array_unref);
  baton_report_unref (exhibit->report);
  g_free (exhibit);
}

typedef struct
{
  guint16 stage;
  guint index;
  double weight;
} Weighed;

static int
compare_weights (gconstpointer a, gconstpointer b)
{
  const Weighed *x = a, *y = b;

  if (x->weight != y->weight)
    return x->weight > y->weight ? -1 : 1;
  return x->index < y->index ? -1 : 1;
}

static int
compare_indices (gconstpointer a, gconstpointer b)
{
  return (int) ((const Weighed *) a)->index - (int) ((const Weighed *) b)->index;
}

void
baton_exhibit_keep_most (const BatonReport *report, GArray *stages, BatonStageWeight weight)
{
  g_autoptr (GArray) weighed = NULL;

  if (stages->len <= BATON_MOST_ROWS)
    return;
  weighed = g_array_new (FALSE, FALSE, sizeof (Weighed));
  for (guint i = 0; i < stages->len; i++)
    {
      guint16 stage = g_array_index (stages, guint16, i);
      Weighed one = { stage, i, weight (report, stage) };

      g_array_append_val (weighed, one);
    }
  g_array_sort (weighed, compare_weights);
  g_array_set_size (weighed, BATON_MOST_ROWS);
  g_array_sort (weighed, compare_indices);
  g_array_set_size (stages, 0);
  for (guint i = 0; i < weighed->len; i++)
    g_array_append_val (stages, g_array_index (weighed, Weighed, i).stage);
}

char *
baton_exhibit_left_out (guint all, guint shown)
{
  if (all <= shown)
    return NULL;
  return g_strdup_printf (
      ngettext ("%u more stage is only in the table.", "%u more stages are only in the table.", all - shown),
      all - shown);
}

BatonFigure *
baton_exhibit_figure (BatonExhibitId id)
{
  const BatonExhibitInfo *info = &baton_exhibits[id];
  BatonChart *chart;

  if (info->kind == BATON_CHART_PLOT)
    chart = BATON_CHART (baton_plot_new ());
  else if (info->kind == BATON_CHART_BARS)
    chart = BATON_CHART (baton_bars_new ());
  else
    chart = BATON_CHART (baton_graph_new ());
  return baton_figure_new (info->name, info->help, chart);
}

void
baton_exhibit_show (BatonExhibit *exhibit, BatonFigure *figure)
{
  BatonChart *chart = baton_figure_chart (figure);

  baton_figure_set_words (figure, exhibit->answer, exhibit->what, exhibit->note);
  baton_figure_set_legend (figure, g_steal_pointer (&exhibit->legend));
  if (BATON_IS_PLOT (chart))
    baton_plot_set_content (BATON_PLOT (chart), g_steal_pointer (&exhibit->plot));
  else if (BATON_IS_BARS (chart))
    baton_bars_set_content (BATON_BARS (chart), g_steal_pointer (&exhibit->bars));
  else
    baton_graph_set_content (BATON_GRAPH (chart), g_steal_pointer (&exhibit->graph));
  baton_figure_set_empty (figure, exhibit->empty);
  baton_columns_set_wide (GTK_WIDGET (figure), exhibit->wide);
  baton_figure_set_data (
      figure, exhibit->table, exhibit->cards, baton_report_ref (exhibit->report), baton_report_unref);
}
