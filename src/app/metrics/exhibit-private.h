/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "exhibit.h"

G_BEGIN_DECLS

/* A plot that keeps the report and has its time zone and its days. */
BatonPlotContent *baton_exhibit_plot (const BatonReport *report, BatonAxisKind x, BatonAxisKind y);
/* A chart has room for so many rows; what is beyond is in its table only. */
#define BATON_MOST_ROWS 24

/* Of stages (guint16, in the board's order) those that weigh most, in that order; drops the rest. */
typedef double (*BatonStageWeight) (const BatonReport *report, guint16 stage);
void baton_exhibit_keep_most (const BatonReport *report, GArray *stages, BatonStageWeight weight);
/* “12 stages are only in the table.”; NULL when all are shown. */
char *baton_exhibit_left_out (guint all, guint shown);

BatonBarsContent *baton_exhibit_bars (const BatonReport *report, BatonAxisKind kind);

/* The ids of cards (guint32), each once, for BatonFigureCards. Transfer full. */
GPtrArray *baton_exhibit_ids (const BatonReport *report, const GArray *cards);

/* With or without a cycle time. */
gboolean baton_exhibit_is_finished (const BatonFlowCard *card);
/* What was finished in the period, from a moment on; transfer full. */
GPtrArray *baton_exhibit_finished_since (const BatonReport *report, gint64 from);

/* Why there is no finished card. Transfer full. */
char *baton_exhibit_nothing_finished (const BatonReport *report);

G_END_DECLS
