/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-client"

#include "pdf-page.h"

#include "baton-error.h"

#include <cairo-pdf.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#define FONT "Cantarell, DejaVu Sans, Sans"
#define FOOTER_SIZE 8.0

BatonPdf *
baton_pdf_new (const char *path, const char *title)
{
  BatonPdf *pdf = g_new0 (BatonPdf, 1);

  pdf->title = g_strdup (title);
  pdf->width = BATON_PDF_WIDTH;
  pdf->height = BATON_PDF_HEIGHT;
  pdf->surface = cairo_pdf_surface_create (path, pdf->width, pdf->height);
  cairo_pdf_surface_set_metadata (pdf->surface, CAIRO_PDF_METADATA_TITLE, title);
  cairo_pdf_surface_set_metadata (pdf->surface, CAIRO_PDF_METADATA_CREATOR, "Baton");
  pdf->cairo = cairo_create (pdf->surface);
  pdf->pango = pango_cairo_create_context (pdf->cairo);
  return pdf;
}

static cairo_surface_t *
record_page (double width, double height)
{
  return cairo_recording_surface_create (
      CAIRO_CONTENT_COLOR_ALPHA, &(cairo_rectangle_t){ 0, 0, width, height });
}

BatonPdf *
baton_pdf_new_pages (const char *title)
{
  BatonPdf *pdf = g_new0 (BatonPdf, 1);

  pdf->title = g_strdup (title);
  pdf->width = BATON_PDF_WIDTH;
  pdf->height = BATON_PDF_HEIGHT;
  pdf->pages = g_ptr_array_new_with_free_func ((GDestroyNotify) cairo_surface_destroy);
  pdf->surface = record_page (pdf->width, pdf->height);
  pdf->cairo = cairo_create (pdf->surface);
  pdf->pango = pango_cairo_create_context (pdf->cairo);
  return pdf;
}

double
baton_pdf_inner_width (const BatonPdf *pdf)
{
  return pdf->width - 2 * BATON_PDF_MARGIN;
}

PangoLayout *
baton_pdf_layout (BatonPdf *pdf, const char *text, double size, gboolean bold, double width)
{
  PangoLayout *layout = pango_layout_new (pdf->pango);
  PangoFontDescription *font = pango_font_description_from_string (FONT);

  pango_font_description_set_absolute_size (font, size * PANGO_SCALE);
  pango_font_description_set_weight (font, bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
  pango_layout_set_font_description (layout, font);
  pango_font_description_free (font);
  pango_layout_set_width (layout, (int) (width * PANGO_SCALE));
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_text (layout, text, -1);
  return layout;
}

double
baton_pdf_layout_height (PangoLayout *layout)
{
  int height;

  pango_layout_get_size (layout, NULL, &height);
  return (double) height / PANGO_SCALE;
}

static void
put_footer (BatonPdf *pdf)
{
  g_autofree char *number = g_strdup_printf ("%d", pdf->page);
  double width = baton_pdf_inner_width (pdf);
  g_autoptr (PangoLayout) left = baton_pdf_layout (pdf, pdf->title, FOOTER_SIZE, FALSE, width * 0.85);
  g_autoptr (PangoLayout) right = baton_pdf_layout (pdf, number, FOOTER_SIZE, FALSE, width * 0.1);

  pango_layout_set_height (left, 0);
  pango_layout_set_ellipsize (left, PANGO_ELLIPSIZE_END);
  pango_layout_set_alignment (right, PANGO_ALIGN_RIGHT);
  cairo_set_source_rgb (pdf->cairo, 0.4, 0.4, 0.4);
  cairo_move_to (pdf->cairo, BATON_PDF_MARGIN, pdf->height - BATON_PDF_MARGIN * 0.7);
  pango_cairo_show_layout (pdf->cairo, left);
  cairo_move_to (pdf->cairo, BATON_PDF_MARGIN + width * 0.9, pdf->height - BATON_PDF_MARGIN * 0.7);
  pango_cairo_show_layout (pdf->cairo, right);
}

static void
end_page (BatonPdf *pdf)
{
  if (pdf->page == 0)
    return;
  put_footer (pdf);
  cairo_show_page (pdf->cairo);
}

/* Each page has a surface of its own. */
static void
begin_recording (BatonPdf *pdf, double width, double height)
{
  cairo_destroy (pdf->cairo);
  cairo_surface_destroy (pdf->surface);
  pdf->surface = record_page (width, height);
  pdf->cairo = cairo_create (pdf->surface);
  g_ptr_array_add (pdf->pages, cairo_surface_reference (pdf->surface));
}

void
baton_pdf_new_page (BatonPdf *pdf, double width, double height)
{
  end_page (pdf);
  if (pdf->pages != NULL)
    begin_recording (pdf, width, height);
  else
    cairo_pdf_surface_set_size (pdf->surface, width, height);
  pdf->width = width;
  pdf->height = height;
  pdf->page++;
  pdf->y = BATON_PDF_MARGIN;
}

void
baton_pdf_need (BatonPdf *pdf, double height)
{
  if (pdf->page == 0 || pdf->y + height > pdf->height - BATON_PDF_MARGIN)
    baton_pdf_new_page (
        pdf, pdf->page == 0 ? pdf->width : BATON_PDF_WIDTH, pdf->page == 0 ? pdf->height : BATON_PDF_HEIGHT);
}

void
baton_pdf_put (BatonPdf *pdf, PangoLayout *layout, double x)
{
  PangoLayoutIter *iter = pango_layout_get_iter (layout);

  do
    {
      PangoLayoutLine *line = pango_layout_iter_get_line_readonly (iter);
      PangoRectangle box;
      double height, baseline;

      pango_layout_iter_get_line_extents (iter, NULL, &box);
      height = (double) box.height / PANGO_SCALE;
      baton_pdf_need (pdf, height);
      baseline = (double) (pango_layout_iter_get_baseline (iter) - box.y) / PANGO_SCALE;
      cairo_set_source_rgb (pdf->cairo, 0.12, 0.12, 0.12);
      cairo_move_to (pdf->cairo, BATON_PDF_MARGIN + x + (double) box.x / PANGO_SCALE, pdf->y + baseline);
      pango_cairo_show_layout_line (pdf->cairo, line);
      pdf->y += height;
    }
  while (pango_layout_iter_next_line (iter));
  pango_layout_iter_free (iter);
}

GPtrArray *
baton_pdf_finish_pages (BatonPdf *pdf)
{
  GPtrArray *pages = pdf->pages;

  if (pdf->page == 0)
    baton_pdf_new_page (pdf, pdf->width, pdf->height);
  end_page (pdf);
  g_object_unref (pdf->pango);
  cairo_destroy (pdf->cairo);
  cairo_surface_destroy (pdf->surface);
  g_free (pdf->title);
  g_free (pdf);
  return pages;
}

gboolean
baton_pdf_finish (BatonPdf *pdf, const char *path, GError **error)
{
  cairo_status_t status;

  if (pdf->page == 0)
    baton_pdf_new_page (pdf, pdf->width, pdf->height);
  end_page (pdf);
  status = cairo_status (pdf->cairo);
  g_object_unref (pdf->pango);
  cairo_destroy (pdf->cairo);
  cairo_surface_finish (pdf->surface);
  if (status == CAIRO_STATUS_SUCCESS)
    status = cairo_surface_status (pdf->surface);
  cairo_surface_destroy (pdf->surface);
  g_free (pdf->title);
  g_free (pdf);
  if (status == CAIRO_STATUS_SUCCESS)
    return TRUE;
  /* Half a document is none. */
  g_unlink (path);
  g_set_error (error, BATON_ERROR, BATON_ERROR_IO, _ ("The PDF file %s could not be written: %s."), path,
      cairo_status_to_string (status));
  return FALSE;
}
