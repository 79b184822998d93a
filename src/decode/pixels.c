/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-decode"

#include "decode-colour.h"

#include <cairo.h>
#include <math.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

BatonDecodeStatus
baton_decode_make_bytes (BatonDecodeJob *job, gsize size)
{
  g_return_val_if_fail (job->memfd < 0, BATON_DECODE_DAMAGED);
  job->memfd = memfd_create ("baton-decode", MFD_CLOEXEC | MFD_ALLOW_SEALING);
  if (job->memfd < 0 || ftruncate (job->memfd, (off_t) MAX (size, 1)) != 0)
    return BATON_DECODE_NO_MEMORY;
  job->out = mmap (NULL, MAX (size, 1), PROT_READ | PROT_WRITE, MAP_SHARED, job->memfd, 0);
  if (job->out == MAP_FAILED)
    {
      job->out = NULL;
      return BATON_DECODE_NO_MEMORY;
    }
  job->out_size = MAX (size, 1);
  return BATON_DECODE_OK;
}

BatonDecodeStatus
baton_decode_make_pixels (BatonDecodeJob *job, int width, int height)
{
  if (width <= 0 || height <= 0)
    return BATON_DECODE_DAMAGED;
  if (width > BATON_DECODE_SIDE || height > BATON_DECODE_SIDE ||
      (gint64) width * height > BATON_DECODE_PIXELS)
    return BATON_DECODE_TOO_LARGE;
  job->reply->width = width;
  job->reply->height = height;
  return baton_decode_make_bytes (job, (gsize) width * 4 * (gsize) height);
}

void
baton_decode_fit (
    const BatonDecodeJob *job, double full_width, double full_height, gboolean grow, int *width, int *height)
{
  double box_width = job->ask->width > 0 ? job->ask->width : full_width;
  double box_height = job->ask->height > 0 ? job->ask->height : full_height;
  double scale = MIN (box_width / full_width, box_height / full_height);

  if (!grow)
    scale = MIN (scale, 1);
  scale = MIN (scale, BATON_DECODE_SIDE / MAX (full_width, full_height));
  scale = MIN (scale, sqrt (BATON_DECODE_PIXELS / (full_width * full_height)));
  /* Down, so that the product stays within the limit. */
  *width = MAX (1, (int) floor (full_width * scale + 1e-6));
  *height = MAX (1, (int) floor (full_height * scale + 1e-6));
}

guint32
baton_decode_premultiply (guint red, guint green, guint blue, guint alpha)
{
  if (alpha == 255)
    return 0xff000000u | red << 16 | green << 8 | blue;
  red = (red * alpha + 127) / 255;
  green = (green * alpha + 127) / 255;
  blue = (blue * alpha + 127) / 255;
  return alpha << 24 | red << 16 | green << 8 | blue;
}

gboolean
baton_decode_is_opaque (const guint32 *pixels, gsize n)
{
  guint32 all = 0xff000000u;

  for (gsize i = 0; i < n; i++)
    all &= pixels[i];
  return all == 0xff000000u;
}

/* orientation: as in EXIF, where the first row and column of the file are to be seen. */
static void
turn (const guint32 *from, int width, int height, int orientation, guint32 *to)
{
  gboolean sideways = orientation >= 5;
  int out_width = sideways ? height : width;
  gssize row = sideways ? 1 : out_width, column = sideways ? out_width : 1;
  gssize start = 0;

  /* 1–4: mirrored and turned by halves. 5–8: the same with rows and columns exchanged. */
  if (orientation == 2 || orientation == 3)
    {
      start += width - 1;
      column = -1;
    }
  if (orientation == 3 || orientation == 4)
    {
      start += (gssize) (height - 1) * out_width;
      row = -out_width;
    }
  if (orientation == 6 || orientation == 7)
    {
      start += height - 1;
      row = -1;
    }
  if (orientation == 7 || orientation == 8)
    {
      start += (gssize) (width - 1) * out_width;
      column = -out_width;
    }
  for (int y = 0; y < height; y++)
    {
      guint32 *place = to + start + y * row;

      for (int x = 0; x < width; x++, place += column)
        *place = from[(gsize) y * (gsize) width + (gsize) x];
    }
}

static cairo_surface_t *
smaller (const guint32 *pixels, int width, int height, int to_width, int to_height)
{
  cairo_surface_t *source =
      cairo_image_surface_create_for_data ((guchar *) pixels, CAIRO_FORMAT_ARGB32, width, height, width * 4);
  cairo_surface_t *target = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, to_width, to_height);
  cairo_t *cr = cairo_create (target);

  cairo_scale (cr, (double) to_width / width, (double) to_height / height);
  cairo_set_source_surface (cr, source, 0, 0);
  cairo_pattern_set_filter (cairo_get_source (cr), CAIRO_FILTER_GOOD);
  cairo_pattern_set_extend (cairo_get_source (cr), CAIRO_EXTEND_PAD);
  cairo_set_operator (cr, CAIRO_OPERATOR_SOURCE);
  cairo_paint (cr);
  cairo_destroy (cr);
  cairo_surface_destroy (source);
  cairo_surface_flush (target);
  return target;
}

BatonDecodeStatus
baton_decode_hand_over (BatonDecodeJob *job, const guint32 *pixels, int width, int height, int orientation)
{
  cairo_surface_t *small = NULL;
  gboolean sideways = orientation >= 5 && orientation <= 8;
  BatonDecodeStatus status;
  int fit_width, fit_height;

  if (width <= 0 || height <= 0)
    return BATON_DECODE_DAMAGED;
  if (sideways)
    baton_decode_fit (job, height, width, FALSE, &fit_height, &fit_width);
  else
    baton_decode_fit (job, width, height, FALSE, &fit_width, &fit_height);
  if ((fit_width < width || fit_height < height) &&
      ((job->ask->flags & BATON_DECODE_EXACTLY) != 0 || fit_width * 2 <= width ||
          (gint64) width * height > BATON_DECODE_PIXELS || MAX (width, height) > BATON_DECODE_SIDE))
    {
      small = smaller (pixels, width, height, fit_width, fit_height);
      if (cairo_surface_status (small) != CAIRO_STATUS_SUCCESS)
        {
          cairo_surface_destroy (small);
          return BATON_DECODE_NO_MEMORY;
        }
      pixels = (const guint32 *) cairo_image_surface_get_data (small);
      width = fit_width;
      height = fit_height;
    }
  status = baton_decode_make_pixels (job, sideways ? height : width, sideways ? width : height);
  if (status == BATON_DECODE_OK)
    {
      if (orientation >= 2 && orientation <= 8)
        turn (pixels, width, height, orientation, (guint32 *) job->out);
      else
        memcpy (job->out, pixels, job->out_size);
      /* Last, because then there are fewest. */
      baton_decode_colour_pixels (job->colour, (guint32 *) job->out, (gsize) width * (gsize) height);
      if (baton_decode_is_opaque (pixels, (gsize) width * (gsize) height))
        job->reply->flags |= BATON_DECODED_OPAQUE;
    }
  g_clear_pointer (&small, cairo_surface_destroy);
  return status;
}

void
baton_decode_describe (
    BatonDecodeJob *job, const char *format, const char *colour, int bits, int full_width, int full_height)
{
  g_strlcpy (job->reply->format, format, sizeof job->reply->format);
  g_strlcpy (job->reply->colour, colour, sizeof job->reply->colour);
  job->reply->bits = bits;
  job->reply->full_width = full_width;
  job->reply->full_height = full_height;
  job->reply->pages = MAX (job->reply->pages, 1);
  job->reply->frames = MAX (job->reply->frames, 1);
}

gboolean
baton_decode_wants_facts (const BatonDecodeJob *job)
{
  return job->ask->what == BATON_DECODE_FACTS;
}
