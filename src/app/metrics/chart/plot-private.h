/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plot.h"

G_BEGIN_DECLS

/* Where the axes cross and how far they reach, in pixels. */
typedef struct
{
  double left;
  double top;
  double width;
  double height;
} BatonPlotFrame;

/* plot-draw.c */
void baton_plot_draw (const BatonPlotContent *content, BatonCanvas *canvas, BatonPlotFrame *frame);
double baton_plot_x (const BatonPlotContent *content, const BatonPlotFrame *frame, double value);
double baton_plot_y (const BatonPlotContent *content, const BatonPlotFrame *frame, double value);
/* Moves places that rise, so that each has so much room around it and all lie within from … to, if there is
 * enough. */
void baton_plot_spread (double *at, guint n, double room, double from, double to);
GdkRGBA baton_layer_color (const BatonLayer *layer, const BatonPalette *palette);

#define BATON_POINT_RADIUS 3.5

G_END_DECLS
