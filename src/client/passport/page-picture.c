/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-client"

#include "notes-private.h"

#include "decode-line.h"

#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

/* One page read by a helper process that is started for it and waited for. What others made is never decoded
 * here; a helper that crashes, hangs or is not there costs the picture. */

#define PATIENCE_MS ((BATON_DECODE_SECONDS + 3) * 1000)

/* Copies the pixels out of what the helper handed over, which it cannot change any more, into a picture of
 * ours. */
static cairo_surface_t *
take_pixels (const BatonDecodeReply *reply, int fd)
{
  gsize length = (gsize) MAX (reply->width, 0) * 4 * (gsize) MAX (reply->height, 0);
  struct stat info;
  cairo_surface_t *surface;
  guint8 *pixels;

  if (reply->status != BATON_DECODE_OK || length == 0 || reply->width > BATON_DECODE_SIDE ||
      reply->height > BATON_DECODE_SIDE || fstat (fd, &info) != 0 || (gsize) info.st_size < length)
    return NULL;
  pixels = mmap (NULL, length, PROT_READ, MAP_PRIVATE, fd, 0);
  if (pixels == MAP_FAILED)
    return NULL;
  surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, reply->width, reply->height);
  if (cairo_surface_status (surface) == CAIRO_STATUS_SUCCESS)
    {
      guint8 *target = cairo_image_surface_get_data (surface);
      int stride = cairo_image_surface_get_stride (surface);

      cairo_surface_flush (surface);
      for (int y = 0; y < reply->height; y++)
        memcpy (target + (gsize) y * (gsize) stride, pixels + (gsize) y * (gsize) reply->width * 4,
            (gsize) reply->width * 4);
      cairo_surface_mark_dirty (surface);
    }
  munmap (pixels, length);
  return surface;
}

cairo_surface_t *
baton_page_picture (const char *path, int page, double width, double height)
{
  BatonDecodeRequest request = { .what = BATON_DECODE_PICTURE,
    .flags = BATON_DECODE_EXACTLY,
    .page = page,
    .width = (gint32) width,
    .height = (gint32) height };
  BatonDecodeReply reply;
  int file = open (path, O_RDONLY | O_CLOEXEC);
  g_autoptr (BatonDecodeLine) line = file >= 0 ? baton_decode_line_open () : NULL;
  cairo_surface_t *surface = NULL;
  int memfd = -1;

  if (line != NULL && baton_decode_line_ask (line, &request, file, &reply, &memfd, PATIENCE_MS) && memfd >= 0)
    surface = take_pixels (&reply, memfd);
  if (memfd >= 0)
    close (memfd);
  if (file >= 0)
    close (file);
  return surface;
}
