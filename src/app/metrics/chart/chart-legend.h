/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "chart-marks.h"

G_BEGIN_DECLS

typedef enum
{
  BATON_SAMPLE_BLOCK,
  BATON_SAMPLE_LINE,
  BATON_SAMPLE_MARK,
} BatonLegendSample;

typedef struct
{
  char *name;
  BatonLegendSample sample;
  BatonInk tone;
  guint shade;
  guint n_shades;
  BatonPattern pattern;
  BatonShape shape;
} BatonLegendEntry;

/* Which colours, patterns and shapes mean what; in a window it wraps, and it can be drawn too. */
GtkWidget *baton_legend_new (void);
/* Takes an array of BatonLegendEntry (with a clear function). */
void baton_legend_set_entries (GtkWidget *legend, GArray *entries);
GArray *baton_legend_entries_new (void);
void baton_legend_add (GArray *entries, const char *name, BatonLegendSample sample, BatonInk tone,
    BatonPattern pattern, BatonShape shape);
GArray *baton_legend_entries (GtkWidget *legend); /* borrowed; NULL: none */

/* Draws entries in rows of a width; the height that they need. With draw FALSE only measures. */
double baton_legend_draw (
    GArray *entries, BatonCanvas *canvas, double x, double y, double width, gboolean draw);

G_END_DECLS
