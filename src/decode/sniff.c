/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-decode"

#include "decode.h"
#include "drawing-head.h"

#include <string.h>

static gboolean
begins (const guint8 *head, gsize size, gsize at, const char *bytes, gsize n)
{
  return size >= at + n && memcmp (head + at, bytes, n) == 0;
}

#define BEGINS(at, literal) begins (head, size, at, literal, sizeof (literal) - 1)

BatonDecodeFunc
baton_decode_sniff (const guint8 *head, gsize size)
{
  if (BEGINS (0, "\xff\xd8\xff"))
    return baton_decode_jpeg;
  if (BEGINS (0, "\x89PNG\r\n\x1a\n"))
    return baton_decode_png;
  if (BEGINS (0, "RIFF") && BEGINS (8, "WEBP"))
    return baton_decode_webp;
  if (BEGINS (0, "GIF87a") || BEGINS (0, "GIF89a"))
    return baton_decode_gif;
  if (BEGINS (0, "II*\0") || BEGINS (0, "MM\0*") || BEGINS (0, "II+\0") || BEGINS (0, "MM\0+"))
    return baton_decode_tiff;
  /* A PDF may have something before it. */
  for (gsize i = 0; i < 1024 && i + 5 <= size; i++)
    {
      if (BEGINS (i, "%PDF-"))
        return baton_decode_pdf;
    }
  if (baton_drawing_head (head, size) != BATON_DRAWING_NONE)
    return baton_decode_svg;
  /* Formats with a loader of gdk-pixbuf that begin with something to be sure of. */
  if (BEGINS (0, "BM") || BEGINS (0, "\0\0\1\0") || BEGINS (4, "ftypavif") || BEGINS (4, "ftypheic") ||
      BEGINS (4, "ftypmif1") || BEGINS (0, "\xff\x0a") || BEGINS (4, "JXL ") || BEGINS (0, "icns"))
    return baton_decode_pixbuf;
  if (BEGINS (4, "ftyp") || BEGINS (0, "\x1a\x45\xdf\xa3") || BEGINS (0, "fLaC") || BEGINS (0, "OggS") ||
      (BEGINS (0, "RIFF") && BEGINS (8, "WAVE")) || baton_decode_is_mpeg_sound (head, size))
    return baton_decode_timed;
  return NULL;
}
