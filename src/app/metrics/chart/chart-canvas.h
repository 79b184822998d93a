/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "chart-palette.h"

G_BEGIN_DECLS

/* What a chart is drawn on: a snapshot with a size, a font and colours. The same drawing goes to the screen
 * and, as a render node, to PNG, SVG and PDF. Positions are in logical pixels from the top left. */
typedef struct
{
  GtkSnapshot *snapshot;
  PangoContext *pango; /* owned */
  double width;
  double height;
  double scale;    /* device pixels per logical pixel, for what is drawn as a texture */
  double zoom;     /* what is drawn on the screen is so much larger: 1 for text of the usual size */
  gboolean vector; /* goes to a file: no textures */
  gboolean mirrored;
  BatonPalette palette;
} BatonCanvas;

typedef enum
{
  BATON_TEXT_PLAIN,
  BATON_TEXT_SMALL,
  BATON_TEXT_BOLD,
} BatonTextStyle;

/* For a file: text of the usual size in the widget's font; with dark for colours. */
void baton_canvas_init (BatonCanvas *canvas, GtkWidget *widget, double width, double height, gboolean dark);
/* For the widget as it is shown now. Charts are made for text of the usual size; who reads larger text gets
 * everything larger, so width and height of the canvas are smaller than these. */
void baton_canvas_init_screen (BatonCanvas *canvas, GtkWidget *widget, double width, double height);
/* What was drawn; the canvas cannot be used any more. NULL when that is nothing. */
GskRenderNode *baton_canvas_finish (BatonCanvas *canvas);
/* Puts it on a snapshot instead. */
void baton_canvas_finish_to (BatonCanvas *canvas, GtkSnapshot *snapshot);
void baton_canvas_clear (BatonCanvas *canvas);

/* How much larger than usual the text of a widget is; at least 1. */
double baton_canvas_zoom (GtkWidget *widget);
/* The widget's font in the usual size. */
PangoContext *baton_canvas_font (GtkWidget *widget);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BatonCanvas, baton_canvas_clear)

/* Text at a point, aligned 0 … 1 about it; max_width 0: no limit, else it ends in an ellipsis. */
void baton_canvas_text (BatonCanvas *canvas, const char *text, BatonTextStyle style, const GdkRGBA *color,
    double x, double y, double xalign, double yalign, double max_width);
void baton_canvas_measure (
    BatonCanvas *canvas, const char *text, BatonTextStyle style, double *width, double *height);

void baton_canvas_rectangle (BatonCanvas *canvas, double x, double y, double width, double height,
    const GdkRGBA *color, BatonPattern pattern);
void baton_canvas_rounded (BatonCanvas *canvas, double x, double y, double width, double height,
    double radius, const GdkRGBA *fill, const GdkRGBA *border);

/* A straight line along an axis, one device pixel or more, never blurred. */
void baton_canvas_horizontal (BatonCanvas *canvas, double x, double y, double width, const GdkRGBA *color,
    double thick, gboolean dashed);
void baton_canvas_vertical (BatonCanvas *canvas, double x, double y, double height, const GdkRGBA *color,
    double thick, gboolean dashed);

/* Anything else: a cairo context for an area of the canvas. Destroy it when done. */
cairo_t *baton_canvas_begin (BatonCanvas *canvas, double x, double y, double width, double height);

/* Fills the present path of a cairo context with a colour and a pattern on it. */
void baton_canvas_fill_path (cairo_t *cr, const GdkRGBA *color, BatonPattern pattern, gboolean dark);

/* A dark box of lines of text beside a point, kept within the canvas. */
void baton_canvas_notice (BatonCanvas *canvas, const char *text, double x, double y);

G_END_DECLS
