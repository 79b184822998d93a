/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "chart.h"
#include "plot-content.h"

G_BEGIN_DECLS

/* A chart with two axes. */
#define BATON_TYPE_PLOT (baton_plot_get_type ())
G_DECLARE_FINAL_TYPE (BatonPlot, baton_plot, BATON, PLOT, BatonChart)

BatonPlot *baton_plot_new (void);

/* Takes the content. One that looks like what is shown takes its place without anything being drawn. FALSE
 * then. NULL: nothing. */
gboolean baton_plot_set_content (BatonPlot *self, BatonPlotContent *content);
const BatonPlotContent *baton_plot_content (BatonPlot *self);

/* The layer and the place in it of a mark; FALSE for columns, whose mark is their number. */
gboolean baton_plot_locate (BatonPlot *self, guint mark, const BatonLayer **layer, guint *i);

G_END_DECLS
