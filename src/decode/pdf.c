/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-decode"

#include "decode.h"

#include <poppler.h>
#include <unistd.h>

#define TO_PIXELS (96.0 / 72.0) /* points to pixels at 96 dpi */

static PopplerDocument *
open_document (BatonDecodeJob *job, BatonDecodeStatus *status)
{
  PopplerDocument *document = baton_decode_kept (job, "pdf");
  g_autoptr (GError) error = NULL;
  int fd;

  if (document != NULL)
    return document;
  fd = dup (job->fd);
  /* Takes the descriptor. */
  document = poppler_document_new_from_fd (fd, NULL, &error);
  if (document == NULL)
    {
      *status = g_error_matches (error, POPPLER_ERROR, POPPLER_ERROR_ENCRYPTED) ? BATON_DECODE_LOCKED
                                                                                : BATON_DECODE_DAMAGED;
      return NULL;
    }
  baton_decode_keep (job, "pdf", document, g_object_unref);
  return document;
}

static BatonDecodeStatus
draw (BatonDecodeJob *job, PopplerPage *page, double points_wide, int width, int height)
{
  BatonDecodeStatus status = baton_decode_make_pixels (job, width, height);
  cairo_surface_t *surface;
  cairo_t *cr;

  if (status != BATON_DECODE_OK)
    return status;
  surface = cairo_image_surface_create_for_data (job->out, CAIRO_FORMAT_ARGB32, width, height, width * 4);
  cr = cairo_create (surface);
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  cairo_scale (cr, width / points_wide, width / points_wide);
  poppler_page_render (page, cr);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  cairo_surface_destroy (surface);
  job->reply->flags |= BATON_DECODED_OPAQUE;
  return BATON_DECODE_OK;
}

static BatonDecodeStatus
decode_page (BatonDecodeJob *job, PopplerPage *page)
{
  double points_wide, points_high;
  int width, height;

  poppler_page_get_size (page, &points_wide, &points_high);
  if (!(points_wide >= 1 && points_high >= 1 && points_wide < 1e6 && points_high < 1e6))
    return BATON_DECODE_DAMAGED;
  baton_decode_describe (
      job, "PDF", "", 0, (int) (points_wide * TO_PIXELS + 0.5), (int) (points_high * TO_PIXELS + 0.5));
  if (baton_decode_wants_facts (job))
    return BATON_DECODE_OK;
  baton_decode_fit (job, points_wide * TO_PIXELS, points_high * TO_PIXELS, TRUE, &width, &height);
  return draw (job, page, points_wide, width, height);
}

BatonDecodeStatus
baton_decode_pdf (BatonDecodeJob *job)
{
  BatonDecodeStatus status = BATON_DECODE_DAMAGED;
  PopplerDocument *document = open_document (job, &status);
  PopplerPage *page;
  int n;

  if (document == NULL)
    return status;
  n = poppler_document_get_n_pages (document);
  if (n <= 0)
    return BATON_DECODE_DAMAGED;
  job->reply->pages = MIN (n, BATON_DECODE_PAGES);
  job->reply->flags |= BATON_DECODED_VECTOR | (n > BATON_DECODE_PAGES ? BATON_DECODED_CUT : 0);
  if (job->ask->page >= job->reply->pages)
    return BATON_DECODE_NO_PAGE;
  page = poppler_document_get_page (document, MAX (job->ask->page, 0));
  if (page == NULL)
    return BATON_DECODE_DAMAGED;
  status = decode_page (job, page);
  g_object_unref (page);
  return status;
}
