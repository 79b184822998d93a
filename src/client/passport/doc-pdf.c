/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-client"

#include "pdf-page.h"

#include <string.h>

#define TEXT_SIZE 9.5
#define PADDING 4.0
#define MOST_COLUMNS 12

static const double heading_sizes[] = { 20, 20, 13, 11 };

static void
put_heading (BatonPdf *pdf, const BatonDocBlock *block)
{
  double size = heading_sizes[CLAMP (block->level, 0, 3)];
  g_autoptr (PangoLayout) layout =
      baton_pdf_layout (pdf, block->text, size, TRUE, baton_pdf_inner_width (pdf));

  /* Not alone at the foot of a page. */
  baton_pdf_need (pdf, baton_pdf_layout_height (layout) + 4 * TEXT_SIZE);
  if (pdf->y > BATON_PDF_MARGIN)
    pdf->y += size * 0.8;
  baton_pdf_put (pdf, layout, 0);
  pdf->y += size * 0.3;
}

/* How wide a column would like to be: its longest cell, within reason. */
static double
wish (BatonPdf *pdf, const BatonDocBlock *block, guint column)
{
  double widest = 20;

  for (guint i = 0; i < block->rows->len && i < 200; i++)
    {
      char **row = g_ptr_array_index (block->rows, i);
      g_autoptr (PangoLayout) layout =
          baton_pdf_layout (pdf, row[column], TEXT_SIZE, i == 0 && block->kind == BATON_DOC_TABLE, -1);
      int width;

      pango_layout_set_width (layout, -1);
      pango_layout_get_size (layout, &width, NULL);
      widest = MAX (widest, (double) width / PANGO_SCALE + 2 * PADDING);
    }
  return MIN (widest, 220);
}

/* Every column gets what it wants when there is room; else those that want much give of it. */
static void
share_width (BatonPdf *pdf, const BatonDocBlock *block, guint n, double widths[MOST_COLUMNS])
{
  double room = baton_pdf_inner_width (pdf);
  double sum = 0;

  for (guint i = 0; i < n; i++)
    sum += widths[i] = wish (pdf, block, i);
  for (guint round = 0; round < 30 && sum > room; round++)
    {
      double fair = room / n;

      sum = 0;
      for (guint i = 0; i < n; i++)
        sum += widths[i] = widths[i] > fair * 0.8 ? MAX (fair * 0.8, widths[i] * 0.93) : widths[i];
    }
  for (guint i = 0; i < n && sum > room; i++)
    widths[i] *= room / sum;
  if (sum < room)
    widths[n - 1] += room - sum;
}

static void
put_cells (BatonPdf *pdf, char **row, guint n, const double *widths, gboolean head, gboolean facts)
{
  PangoLayout *layouts[MOST_COLUMNS];
  double height = 0;
  double x = 0;

  for (guint i = 0; i < n; i++)
    {
      layouts[i] = baton_pdf_layout (pdf, row[i], TEXT_SIZE, head, widths[i] - 2 * PADDING);
      /* A cell is never taller than a page. */
      pango_layout_set_height (
          layouts[i], (int) ((pdf->height - 2 * BATON_PDF_MARGIN - 4 * TEXT_SIZE) * PANGO_SCALE));
      pango_layout_set_ellipsize (layouts[i], PANGO_ELLIPSIZE_END);
      height = MAX (height, baton_pdf_layout_height (layouts[i]));
    }
  height = MIN (height + PADDING, pdf->height - 2 * BATON_PDF_MARGIN);
  baton_pdf_need (pdf, height);
  for (guint i = 0; i < n; i++)
    {
      double grey = facts && i == 0 ? 0.4 : 0.12;

      cairo_set_source_rgb (pdf->cairo, grey, grey, grey);
      cairo_move_to (pdf->cairo, BATON_PDF_MARGIN + x, pdf->y + PADDING / 2);
      pango_cairo_show_layout (pdf->cairo, layouts[i]);
      x += widths[i];
      g_object_unref (layouts[i]);
    }
  pdf->y += height;
  cairo_set_source_rgb (pdf->cairo, 0.8, 0.8, 0.8);
  cairo_set_line_width (pdf->cairo, head ? 0.8 : 0.4);
  cairo_move_to (pdf->cairo, BATON_PDF_MARGIN, pdf->y);
  cairo_line_to (pdf->cairo, pdf->width - BATON_PDF_MARGIN, pdf->y);
  cairo_stroke (pdf->cairo);
}

/* The headers stand again at the top of each page. */
static void
put_rows (BatonPdf *pdf, const BatonDocBlock *block)
{
  gboolean facts = block->kind == BATON_DOC_FACTS;
  guint n = block->rows->len > 0 ? g_strv_length (g_ptr_array_index (block->rows, 0)) : 0;
  double widths[MOST_COLUMNS];

  if (n == 0 || n > MOST_COLUMNS)
    return;
  share_width (pdf, block, n, widths);
  for (guint i = 0; i < block->rows->len; i++)
    {
      int page = pdf->page;

      put_cells (pdf, g_ptr_array_index (block->rows, i), n, widths, i == 0 && !facts, facts);
      if (!facts && i > 0 && page != pdf->page && i + 1 < block->rows->len)
        put_cells (pdf, g_ptr_array_index (block->rows, 0), n, widths, TRUE, FALSE);
    }
  pdf->y += PADDING;
}

void
baton_pdf_block (BatonPdf *pdf, const BatonDocBlock *block)
{
  g_autoptr (PangoLayout) layout = NULL;

  switch (block->kind)
    {
    case BATON_DOC_HEADING:
      put_heading (pdf, block);
      break;
    case BATON_DOC_FACTS:
    case BATON_DOC_TABLE:
      put_rows (pdf, block);
      break;
    case BATON_DOC_TEXT:
    default:
      layout = baton_pdf_layout (pdf, block->text, TEXT_SIZE, FALSE, baton_pdf_inner_width (pdf));
      baton_pdf_put (pdf, layout, 0);
      pdf->y += TEXT_SIZE * 0.6;
      break;
    }
}

GPtrArray *
baton_doc_to_pages (const BatonDoc *doc)
{
  BatonPdf *pdf = baton_pdf_new_pages (doc->title);

  for (guint i = 0; i < doc->blocks->len; i++)
    baton_pdf_block (pdf, g_ptr_array_index (doc->blocks, i));
  return baton_pdf_finish_pages (pdf);
}

gboolean
baton_doc_write_pdf (const BatonDoc *doc, const char *path, GError **error)
{
  BatonPdf *pdf = baton_pdf_new (path, doc->title);

  for (guint i = 0; i < doc->blocks->len; i++)
    baton_pdf_block (pdf, g_ptr_array_index (doc->blocks, i));
  return baton_pdf_finish (pdf, path, error);
}
