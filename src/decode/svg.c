/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-decode"

#include "decode.h"

#include <librsvg/rsvg.h>
#include <math.h>

#define NO_SIZE 512 /* for a drawing that says nothing about it */

/* Its own size in pixels, or the shape of its view box, or as far as there is something to see. */
static void
size_of (RsvgHandle *handle, double *width, double *height)
{
  gboolean has_width, has_height, has_box;
  RsvgLength own_width, own_height;
  RsvgRectangle box, ink;

  if (rsvg_handle_get_intrinsic_size_in_pixels (handle, width, height) && *width > 0 && *height > 0)
    return;
  rsvg_handle_get_intrinsic_dimensions (
      handle, &has_width, &own_width, &has_height, &own_height, &has_box, &box);
  *width = *height = NO_SIZE;
  if (has_box && box.width > 0 && box.height > 0)
    {
      *width = box.width;
      *height = box.height;
    }
  else if (rsvg_handle_get_geometry_for_element (handle, NULL, &ink, NULL, NULL) && ink.x + ink.width > 0 &&
           ink.y + ink.height > 0)
    {
      *width = ceil (ink.x + ink.width);
      *height = ceil (ink.y + ink.height);
    }
}

static BatonDecodeStatus
draw (BatonDecodeJob *job, RsvgHandle *handle, double full_width, double full_height, int width, int height)
{
  RsvgRectangle viewport = { 0, 0, full_width, full_height };
  BatonDecodeStatus status = baton_decode_make_pixels (job, width, height);
  cairo_surface_t *surface;
  gboolean drawn;
  cairo_t *cr;

  if (status != BATON_DECODE_OK)
    return status;
  surface = cairo_image_surface_create_for_data (job->out, CAIRO_FORMAT_ARGB32, width, height, width * 4);
  cr = cairo_create (surface);
  /* A drawing without a size of its own is not made smaller by a smaller viewport. */
  cairo_scale (cr, width / full_width, height / full_height);
  drawn = rsvg_handle_render_document (handle, cr, &viewport, NULL);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  cairo_surface_destroy (surface);
  if (baton_decode_is_opaque ((const guint32 *) job->out, (gsize) width * (gsize) height))
    job->reply->flags |= BATON_DECODED_OPAQUE;
  return drawn ? BATON_DECODE_OK : BATON_DECODE_DAMAGED;
}

static BatonDecodeStatus
decode (BatonDecodeJob *job, RsvgHandle *handle)
{
  double full_width, full_height;
  int width, height;

  size_of (handle, &full_width, &full_height);
  full_width = CLAMP (full_width, 1, 1e6);
  full_height = CLAMP (full_height, 1, 1e6);
  baton_decode_describe (job, "SVG", "RGB", 0, (int) (full_width + 0.5), (int) (full_height + 0.5));
  job->reply->flags |= BATON_DECODED_VECTOR;
  if (baton_decode_wants_facts (job))
    return BATON_DECODE_OK;
  baton_decode_fit (job, full_width, full_height, TRUE, &width, &height);
  return draw (job, handle, full_width, full_height, width, height);
}

BatonDecodeStatus
baton_decode_svg (BatonDecodeJob *job)
{
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_data (job->data, (gssize) job->size, NULL);
  /* Without a base file nothing outside can be named; without RSVG_HANDLE_FLAG_UNLIMITED the XML parser keeps
   * its own limits on entities. */
  RsvgHandle *handle = rsvg_handle_new_from_stream_sync (stream, NULL, RSVG_HANDLE_FLAGS_NONE, NULL, NULL);
  BatonDecodeStatus status = handle != NULL ? decode (job, handle) : BATON_DECODE_DAMAGED;

  g_clear_object (&handle);
  return status;
}
