/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plot.h"

G_BEGIN_DECLS

#define DAY (24 * 3600 * (double) G_USEC_PER_SEC)
#define MARCH 1772323200000000.0 /* 1 March 2026, 0:00 UTC */

/* A fifth of a second of the main loop. */
void chart_settle (GtkWidget *widget);
/* A widget alone in a window. */
void chart_show (GtkWidget *widget, int width, int height);

/* n marks over sixty days from MARCH on, one to eleven days high. */
BatonPlotContent *chart_scatter (guint n);

G_END_DECLS
