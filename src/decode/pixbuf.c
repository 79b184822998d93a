/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-decode"

#include "decode-pixbuf.h"

#include "decode-colour.h"

#include <stdlib.h>
#include <string.h>

#define CHUNK (1 << 16)

typedef struct
{
  BatonDecodeJob *job;
  gboolean scale;
  BatonDecodeStatus status;
} Loading;

/* Comes before the loader asks for memory. */
static void
size_prepared_cb (GdkPixbufLoader *loader, int width, int height, Loading *loading)
{
  BatonDecodeJob *job = loading->job;
  int fit_width, fit_height;

  if (width <= 0 || height <= 0)
    return;
  if ((gint64) width * height > BATON_DECODE_PIXELS * 2 || width > 100000 || height > 100000)
    {
      loading->status = BATON_DECODE_TOO_LARGE;
      gdk_pixbuf_loader_set_size (loader, 0, 0);
      return;
    }
  job->reply->full_width = width;
  job->reply->full_height = height;
  baton_decode_fit (job, width, height, FALSE, &fit_width, &fit_height);
  if (loading->scale && fit_width < width)
    gdk_pixbuf_loader_set_size (loader, fit_width, fit_height);
}

static gboolean
feed (GdkPixbufLoader *loader, const guint8 *data, gsize size, Loading *loading, GError **error)
{
  for (gsize at = 0; at < size; at += CHUNK)
    {
      if (!gdk_pixbuf_loader_write (loader, data + at, MIN (CHUNK, size - at), error))
        return FALSE;
      if (loading->status != BATON_DECODE_OK)
        return FALSE;
    }
  return TRUE;
}

static BatonDecodeStatus
status_of (const GError *error)
{
  if (g_error_matches (error, GDK_PIXBUF_ERROR, GDK_PIXBUF_ERROR_INSUFFICIENT_MEMORY))
    return BATON_DECODE_NO_MEMORY;
  if (g_error_matches (error, GDK_PIXBUF_ERROR, GDK_PIXBUF_ERROR_UNKNOWN_TYPE))
    return BATON_DECODE_UNKNOWN;
  return BATON_DECODE_DAMAGED;
}

GdkPixbufLoader *
baton_decode_load (BatonDecodeJob *job, const char *type, const guint8 *data, gsize size, gboolean scale,
    BatonDecodeStatus *status)
{
  Loading loading = { job, scale, BATON_DECODE_OK };
  g_autoptr (GError) error = NULL;
  g_autoptr (GdkPixbufLoader) loader =
      type != NULL ? gdk_pixbuf_loader_new_with_type (type, &error) : gdk_pixbuf_loader_new ();
  gboolean fed;

  if (loader == NULL)
    {
      *status = BATON_DECODE_UNKNOWN;
      return NULL;
    }
  g_signal_connect (loader, "size-prepared", G_CALLBACK (size_prepared_cb), &loading);
  fed = feed (loader, data, size, &loading, &error);
  if (!gdk_pixbuf_loader_close (loader, error == NULL ? &error : NULL))
    fed = FALSE;
  g_signal_handlers_disconnect_by_data (loader, &loading);
  if (loading.status != BATON_DECODE_OK)
    *status = loading.status;
  else if (!fed && gdk_pixbuf_loader_get_pixbuf (loader) != NULL && type != NULL)
    {
      /* What was read before the file broke off is there to be seen. */
      job->reply->flags |= BATON_DECODED_INCOMPLETE;
      *status = BATON_DECODE_OK;
      return g_steal_pointer (&loader);
    }
  else if (!fed)
    *status = status_of (error);
  else
    {
      *status = BATON_DECODE_OK;
      return g_steal_pointer (&loader);
    }
  return NULL;
}

BatonDecodeStatus
baton_decode_pixbuf_over (BatonDecodeJob *job, GdkPixbuf *pixbuf, int orientation)
{
  int width = gdk_pixbuf_get_width (pixbuf), height = gdk_pixbuf_get_height (pixbuf);
  int stride = gdk_pixbuf_get_rowstride (pixbuf), channels = gdk_pixbuf_get_n_channels (pixbuf);
  const guint8 *from = gdk_pixbuf_read_pixels (pixbuf);
  g_autofree guint32 *pixels = g_try_malloc ((gsize) width * (gsize) height * 4);

  if (pixels == NULL)
    return BATON_DECODE_NO_MEMORY;
  for (int y = 0; y < height; y++)
    {
      const guint8 *p = from + (gsize) y * (gsize) stride;
      guint32 *row = pixels + (gsize) y * (gsize) width;

      for (int x = 0; x < width; x++, p += channels)
        row[x] = baton_decode_premultiply (p[0], p[1], p[2], channels == 4 ? p[3] : 255);
    }
  return baton_decode_hand_over (job, pixels, width, height, orientation);
}

static void
describe (BatonDecodeJob *job, GdkPixbufLoader *loader, GdkPixbuf *pixbuf, gboolean sideways)
{
  GdkPixbufFormat *format = gdk_pixbuf_loader_get_format (loader);
  g_autofree char *name = format != NULL ? gdk_pixbuf_format_get_name (format) : NULL;
  g_autofree char *upper = g_ascii_strup (name != NULL ? name : "", -1);
  int width = job->reply->full_width, height = job->reply->full_height;

  if (width == 0)
    {
      width = gdk_pixbuf_get_width (pixbuf);
      height = gdk_pixbuf_get_height (pixbuf);
    }
  baton_decode_describe (job, upper, "", 0, sideways ? height : width, sideways ? width : height);
}

static void
take_profile (BatonDecodeJob *job, GdkPixbuf *pixbuf)
{
  const char *text = gdk_pixbuf_get_option (pixbuf, "icc-profile");
  g_autofree guchar *data = NULL;
  gsize size;

  if (text == NULL)
    return;
  data = g_base64_decode (text, &size);
  job->colour = baton_decode_colour_new (job, data, size, BATON_DECODE_RGB);
}

BatonDecodeStatus
baton_decode_pixbuf (BatonDecodeJob *job)
{
  BatonDecodeStatus status;
  g_autoptr (GdkPixbufLoader) loader = baton_decode_load (job, NULL, job->data, job->size, TRUE, &status);
  GdkPixbuf *pixbuf = loader != NULL ? gdk_pixbuf_loader_get_pixbuf (loader) : NULL;
  const char *orientation;
  int turned;

  if (pixbuf == NULL)
    return loader != NULL ? BATON_DECODE_DAMAGED : status;
  orientation = gdk_pixbuf_get_option (pixbuf, "orientation");
  turned = orientation != NULL ? atoi (orientation) : 1;
  describe (job, loader, pixbuf, turned >= 5 && turned <= 8);
  take_profile (job, pixbuf);
  if (baton_decode_wants_facts (job))
    return BATON_DECODE_OK;
  return baton_decode_pixbuf_over (job, pixbuf, turned);
}
