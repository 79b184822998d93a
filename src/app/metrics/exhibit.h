/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bars.h"
#include "chart-legend.h"
#include "figure.h"
#include "graph.h"
#include "plot.h"
#include "report.h"

G_BEGIN_DECLS

/* What one figure of the page shows: words, chart, legend, and the data behind it. Made on another thread. */

typedef enum
{
  BATON_SECTION_CYCLE,
  BATON_SECTION_FLOW,
  BATON_SECTION_WHERE,
  BATON_SECTION_HANDOFFS,
  BATON_SECTION_AGE,
  BATON_SECTION_FORECAST,
  BATON_SECTION_FAST,
  BATON_SECTION_COMPARE,
  BATON_SECTION_WAYS,
  BATON_N_SECTIONS,
} BatonSection;

typedef enum
{
  BATON_EXHIBIT_CYCLE,
  BATON_EXHIBIT_HISTOGRAM,
  BATON_EXHIBIT_LEAD,
  BATON_EXHIBIT_CFD,
  BATON_EXHIBIT_THROUGHPUT,
  BATON_EXHIBIT_WIP,
  BATON_EXHIBIT_BY_CHANNEL,
  BATON_EXHIBIT_BY_STAGE,
  BATON_EXHIBIT_REVIEWS,
  BATON_EXHIBIT_YIELD,
  BATON_EXHIBIT_REWORK,
  BATON_EXHIBIT_HANDOFFS,
  BATON_EXHIBIT_DECOUPLE,
  BATON_EXHIBIT_BOTTLENECK,
  BATON_EXHIBIT_AGE,
  BATON_EXHIBIT_HOW_MANY,
  BATON_EXHIBIT_WHEN,
  BATON_EXHIBIT_BACKTEST,
  BATON_EXHIBIT_FAST,
  BATON_EXHIBIT_TOLD,
  BATON_EXHIBIT_GROOM,
  BATON_EXHIBIT_AUDIT,
  BATON_EXHIBIT_COMPARE,
  BATON_N_EXHIBITS,
} BatonExhibitId;

typedef enum
{
  BATON_CHART_PLOT,
  BATON_CHART_BARS,
  BATON_CHART_GRAPH,
} BatonChartKind;

typedef struct
{
  BatonExhibitId id;
  BatonReport *report;
  char *answer;
  char *what;
  char *note;  /* NULL: nothing to be careful with */
  char *empty; /* NULL: there is a chart */
  BatonPlotContent *plot;
  BatonBarsContent *bars;
  BatonGraphContent *graph;
  GArray *legend;
  gboolean wide;          /* needs a row of its own */
  BatonFigureTable table; /* asked with the report */
  BatonFigureCards cards;
} BatonExhibit;

typedef struct
{
  const char *name; /* of files and tests */
  const char *help;
  BatonSection section;
  BatonChartKind kind;
  BatonReportParts needs; /* besides the times */
  void (*fill) (BatonExhibit *exhibit, const BatonReport *report);
} BatonExhibitInfo;

extern const BatonExhibitInfo baton_exhibits[BATON_N_EXHIBITS];
const char *baton_section_title (BatonSection section); /* translated */

/* What it needs is among these parts. */
gboolean baton_exhibit_is_ready (BatonExhibitId id, BatonReportParts parts);
BatonExhibit *baton_exhibit_new (BatonExhibitId id, BatonReport *report);
void baton_exhibit_free (gpointer exhibit);

/* Takes the chart's contents out of the exhibit. */
BatonFigure *baton_exhibit_figure (BatonExhibitId id);
void baton_exhibit_show (BatonExhibit *exhibit, BatonFigure *figure);

/* The handoff behind a mark of the map or of what to decouple first; NULL: none. */
const BatonFlowEdge *baton_exhibit_edge (BatonExhibitId id, const BatonReport *report, guint mark);

/* exhibits-*.c */
void baton_fill_cycle (BatonExhibit *exhibit, const BatonReport *report);
void baton_fill_histogram (BatonExhibit *exhibit, const BatonReport *report);
void baton_fill_lead (BatonExhibit *exhibit, const BatonReport *report);
void baton_fill_cfd (BatonExhibit *exhibit, const BatonReport *report);
void baton_fill_throughput (BatonExhibit *exhibit, const BatonReport *report);
void baton_fill_wip (BatonExhibit *exhibit, const BatonReport *report);
void baton_fill_by_channel (BatonExhibit *exhibit, const BatonReport *report);
void baton_fill_by_stage (BatonExhibit *exhibit, const BatonReport *report);
void baton_fill_reviews (BatonExhibit *exhibit, const BatonReport *report);
void baton_fill_yield (BatonExhibit *exhibit, const BatonReport *report);
void baton_fill_rework (BatonExhibit *exhibit, const BatonReport *report);
void baton_fill_handoffs (BatonExhibit *exhibit, const BatonReport *report);
void baton_fill_decouple (BatonExhibit *exhibit, const BatonReport *report);
void baton_fill_bottleneck (BatonExhibit *exhibit, const BatonReport *report);
void baton_fill_age (BatonExhibit *exhibit, const BatonReport *report);
void baton_fill_how_many (BatonExhibit *exhibit, const BatonReport *report);
void baton_fill_when (BatonExhibit *exhibit, const BatonReport *report);
void baton_fill_backtest (BatonExhibit *exhibit, const BatonReport *report);
void baton_fill_fast (BatonExhibit *exhibit, const BatonReport *report);
void baton_fill_told (BatonExhibit *exhibit, const BatonReport *report);
void baton_fill_groom (BatonExhibit *exhibit, const BatonReport *report);
void baton_fill_audit (BatonExhibit *exhibit, const BatonReport *report);
void baton_fill_compare (BatonExhibit *exhibit, const BatonReport *report);

G_END_DECLS
