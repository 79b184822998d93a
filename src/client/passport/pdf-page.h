/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "doc.h"

#include <pango/pangocairo.h>

G_BEGIN_DECLS

/* Pages of a PDF, filled from the top. Lengths are points; A4 unless a page says otherwise. */
#define BATON_PDF_WIDTH 595.276
#define BATON_PDF_HEIGHT 841.89
#define BATON_PDF_MARGIN 51.0

typedef struct
{
  cairo_surface_t *surface;
  cairo_t *cairo;
  GPtrArray *pages; /* of cairo_surface_t, when they are to be drawn by somebody else; else NULL */
  PangoContext *pango;
  char *title;
  int page; /* from 1; 0 before the first */
  double width;
  double height;
  double y; /* where the next thing goes */
} BatonPdf;

BatonPdf *baton_pdf_new (const char *path, const char *title);
/* The same without a file: pages that are drawn into something else, for a printer. */
BatonPdf *baton_pdf_new_pages (const char *title);
/* Ends the last page and the file. FALSE when it could not be written. Frees it. */
gboolean baton_pdf_finish (BatonPdf *pdf, const char *path, GError **error);

/* Ends the last page; gives all of them, each a recording as large as the page, in points. Transfer full, of
 * cairo_surface_t. Frees it. */
GPtrArray *baton_pdf_finish_pages (BatonPdf *pdf);

void baton_pdf_new_page (BatonPdf *pdf, double width, double height);
/* Sees to it that so much fits on the page, else begins the next. */
void baton_pdf_need (BatonPdf *pdf, double height);
double baton_pdf_inner_width (const BatonPdf *pdf);

/* A text set to a width. Transfer full. */
PangoLayout *baton_pdf_layout (BatonPdf *pdf, const char *text, double size, gboolean bold, double width);
double baton_pdf_layout_height (PangoLayout *layout);
/* Puts a layout down at x from the left margin, line by line, over as many pages as it takes. */
void baton_pdf_put (BatonPdf *pdf, PangoLayout *layout, double x);

void baton_pdf_block (BatonPdf *pdf, const BatonDocBlock *block);

G_END_DECLS
