/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "exhibit.h"

G_BEGIN_DECLS

/* A plot that keeps the report and has its time zone and its days. */
BatonPlotContent *baton_exhibit_plot (const BatonReport *report, BatonAxisKind x, BatonAxisKind y);
BatonBarsContent *baton_exhibit_bars (const BatonReport *report, BatonAxisKind kind);

/* Why there is no finished card. Transfer full. */
char *baton_exhibit_nothing_finished (const BatonReport *report);

G_END_DECLS
