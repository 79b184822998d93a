/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-client"

#include "media.h"

#include "drawing-head.h"

#include <gio/gio.h>
#include <string.h>

/* What we show ourselves is told apart here, the same on every machine; the rest is left to the system's
 * database. */
static const struct
{
  gsize offset;
  const char *magic;
  gsize length;
  const char *media;
} magics[] = {
  { 0, "\x89PNG\r\n\x1a\n", 8, "image/png" },
  { 0, "\xff\xd8\xff", 3, "image/jpeg" },
  { 0, "GIF87a", 6, "image/gif" },
  { 0, "GIF89a", 6, "image/gif" },
  { 8, "WEBP", 4, "image/webp" },
  { 0, "II*\0", 4, "image/tiff" },
  { 0, "MM\0*", 4, "image/tiff" },
  { 0, "%PDF-", 5, "application/pdf" },
  { 4, "ftypqt", 6, "video/quicktime" },
  { 4, "ftypM4A", 7, "audio/mp4" },
  { 4, "ftypavif", 8, "image/avif" },
  { 4, "ftypavis", 8, "image/avif" },
  { 4, "ftypheic", 8, "image/heif" },
  { 4, "ftypheix", 8, "image/heif" },
  { 4, "ftypmif1", 8, "image/heif" },
  { 4, "ftypmsf1", 8, "image/heif" },
  { 4, "ftyp", 4, "video/mp4" },
  { 8, "WAVE", 4, "audio/x-wav" },
  { 8, "AVI ", 4, "video/x-msvideo" },
  { 0, "fLaC", 4, "audio/flac" },
  { 0, "ID3", 3, "audio/mpeg" },
};

static const char *
by_magic (const guint8 *head, gsize length)
{
  for (guint i = 0; i < G_N_ELEMENTS (magics); i++)
    {
      if (length >= magics[i].offset + magics[i].length &&
          memcmp (head + magics[i].offset, magics[i].magic, magics[i].length) == 0)
        return magics[i].media;
    }
  return NULL;
}

static gboolean
has_magic (const char *media)
{
  for (guint i = 0; i < G_N_ELEMENTS (magics); i++)
    {
      if (g_str_equal (magics[i].media, media))
        return TRUE;
    }
  return FALSE;
}

static gboolean
has_controls (const guint8 *text, gsize length)
{
  for (gsize i = 0; i < length; i++)
    {
      if (text[i] < 32 && (text[i] == 0 || strchr ("\t\n\r\f\b\x1b", text[i]) == NULL))
        return TRUE;
    }
  return FALSE;
}

/* UTF-16 that says so with its first character, as some editors write it. */
static gboolean
is_wide_text (const guint8 *head, gsize length)
{
  const char *encoding = length < 4                           ? NULL
                         : head[0] == 0xff && head[1] == 0xfe ? "UTF-16LE"
                         : head[0] == 0xfe && head[1] == 0xff ? "UTF-16BE"
                                                              : NULL;
  g_autofree char *text = NULL;
  gsize read, written;

  if (encoding == NULL)
    return FALSE;
  /* Half a character may be left over at the end. */
  text = g_convert ((const char *) head + 2, (gssize) ((length - 2) & ~(gsize) 1), "UTF-8", encoding, &read,
      &written, NULL);
  if (text == NULL)
    text = g_convert ((const char *) head + 2, (gssize) ((length - 4) & ~(gsize) 1), "UTF-8", encoding, &read,
        &written, NULL);
  return text != NULL && !has_controls ((const guint8 *) text, written);
}

/* UTF-8 (a character may be cut at the end) without control characters that no text has. */
static gboolean
is_text (const guint8 *head, gsize length)
{
  const char *end;

  if (is_wide_text (head, length))
    return TRUE;
  return !has_controls (head, length) && (g_utf8_validate ((const char *) head, (gssize) length, &end) ||
                                             length - (gsize) (end - (const char *) head) < 4);
}

static char *
mime_of (const char *name, const guint8 *head, gsize length)
{
  g_autofree char *type = g_content_type_guess (name, head, length, NULL);
  char *mime = type != NULL ? g_content_type_get_mime_type (type) : NULL;

  return mime != NULL ? mime : g_strdup ("application/octet-stream");
}

char *
baton_media_sniff (const char *name, const guint8 *head, gsize length)
{
  const char *certain = by_magic (head, length);
  BatonDrawingHead drawing = baton_drawing_head (head, length);
  g_autofree char *named = NULL;
  g_autofree char *content = NULL;

  if (length == 0)
    return g_strdup ("application/x-zerosize");
  if (certain != NULL)
    return g_strdup (certain);
  if (drawing != BATON_DRAWING_NONE)
    return g_strdup (drawing == BATON_DRAWING_TEXT ? "image/svg+xml" : "image/svg+xml-compressed");
  named = mime_of (name, NULL, 0);
  if (is_text (head, length))
    {
      if (g_str_has_suffix (name, ".md") || g_str_has_suffix (name, ".markdown"))
        return g_strdup ("text/markdown");
      /* Whatever its name says: an image that is text is text. */
      return g_content_type_is_a (named, "text/plain") && !g_str_equal (named, "image/svg+xml")
                 ? g_steal_pointer (&named)
                 : g_strdup ("text/plain");
    }
  content = mime_of (NULL, head, length);
  /* Everything is an octet stream; but what claims to be what we know, and is not, is nothing. */
  if (g_str_equal (content, "application/octet-stream")
          ? !has_magic (named) && !g_str_has_prefix (named, "text/") && !g_str_equal (named, "image/svg+xml")
          : g_content_type_is_a (named, content))
    return g_steal_pointer (&named);
  return g_steal_pointer (&content);
}

const char *
baton_media_kind (const char *media)
{
  if (media == NULL)
    return "other";
  if (g_str_has_prefix (media, "image/"))
    return "image";
  if (g_str_equal (media, "application/pdf"))
    return "document";
  if (g_str_has_prefix (media, "video/"))
    return "video";
  if (g_str_has_prefix (media, "audio/"))
    return "audio";
  return g_str_has_prefix (media, "text/") ? "text" : "other";
}
