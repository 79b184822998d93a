/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "chart-canvas.h"

G_BEGIN_DECLS

/* Many points on a plane: drawn as one texture, found by a grid. Both are linear in the number of points. */

typedef enum
{
  BATON_SHAPE_DOT,
  BATON_SHAPE_DIAMOND,
  BATON_SHAPE_RING,
  BATON_SHAPE_SQUARE,
} BatonShape;

/* Draws n points (x, y in logical pixels of the canvas, points outside left out) of a shape. */
void baton_marks_draw (BatonCanvas *canvas, const float *x, const float *y, guint n, BatonShape shape,
    double radius, const GdkRGBA *color, double left, double top, double width, double height);

typedef struct _BatonMarkGrid BatonMarkGrid;

BatonMarkGrid *baton_mark_grid_new (const float *x, const float *y, guint n, double width, double height);
void baton_mark_grid_free (BatonMarkGrid *grid);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BatonMarkGrid, baton_mark_grid_free)

/* The nearest point within reach pixels, G_MAXUINT when there is none. Of equals the last. */
guint baton_mark_grid_find (const BatonMarkGrid *grid, double x, double y, double reach);

G_END_DECLS
