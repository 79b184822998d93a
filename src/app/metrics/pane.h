/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "exhibit.h"
#include "period-menu.h"
#include "ways-panel.h"
#include "window.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* The metrics of a board on one page. Numbers are made on another thread; figures follow when cards move. */
#define BATON_TYPE_METRICS_PANE (baton_metrics_pane_get_type ())
G_DECLARE_FINAL_TYPE (BatonMetricsPane, baton_metrics_pane, BATON, METRICS_PANE, AdwBin)

/* Adds the view "metrics" to a window. */
void baton_metrics_pane_register (BatonWindow *window);

/* Nothing is being computed or waits to be shown. */
gboolean baton_metrics_pane_is_settled (BatonMetricsPane *self);
BatonFigure *baton_metrics_pane_figure (BatonMetricsPane *self, const char *name); /* borrowed; NULL: none */
/* What is looked at; dim's value by id. For tests, and for links that lead here. */
void baton_metrics_pane_choose (BatonMetricsPane *self, BatonFlowDim dim, const char *id, gboolean chosen);
void baton_metrics_pane_set_period (BatonMetricsPane *self, BatonPeriodKind kind);
void baton_metrics_pane_set_working_hours (BatonMetricsPane *self, gboolean working);
void baton_metrics_pane_show_section (BatonMetricsPane *self, BatonSection section);

const BatonMetrics *baton_metrics_pane_metrics (BatonMetricsPane *self); /* borrowed; NULL: being read */
BatonWaysPanel *baton_metrics_pane_ways (BatonMetricsPane *self);        /* borrowed */

/* The page as PDF. */
GBytes *baton_metrics_pane_report (BatonMetricsPane *self, GError **error);

G_END_DECLS
