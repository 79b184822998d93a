/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-decode"

#include "drawing-head.h"

#include <gio/gio.h>
#include <string.h>

static const char *
past (const char *text, const char *end)
{
  const char *found = strstr (text, end);

  return found != NULL ? found + strlen (end) : NULL;
}

/* A document type with declarations of its own: those of programs are long. */
static const char *
past_document_type (const char *p)
{
  gboolean inside = FALSE;
  char quote = 0;

  for (; p != NULL && *p != 0; p++)
    {
      if (quote != 0)
        quote = *p == quote ? 0 : quote;
      else if (g_str_has_prefix (p, "<!--"))
        {
          p = past (p, "-->");
          if (p == NULL)
            return NULL;
          p--;
        }
      else if (*p == '"' || *p == '\'')
        quote = *p;
      else if (*p == '[' || *p == ']')
        inside = *p == '[';
      else if (*p == '>' && !inside)
        return p + 1;
    }
  return NULL;
}

static gboolean
is_drawing (const char *p)
{
  gsize length;

  while (p != NULL)
    {
      p += strspn (p, " \t\r\n");
      if (g_str_has_prefix (p, "<?"))
        p = past (p, "?>");
      else if (g_str_has_prefix (p, "<!--"))
        p = past (p, "-->");
      else if (g_str_has_prefix (p, "<!DOCTYPE"))
        p = past_document_type (p);
      else
        break;
    }
  if (p == NULL || *p++ != '<')
    return FALSE;
  length = strcspn (p, " \t\r\n/>");
  return (length == 3 && memcmp (p, "svg", 3) == 0) ||
         (length > 4 && memcmp (p + length - 4, ":svg", 4) == 0);
}

/* Names of elements are ASCII, so of UTF-16 half the bytes tell enough. */
static char *
narrow (const guint8 *head, gsize size)
{
  gsize skip = size >= 3 && memcmp (head, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
  gboolean little = size >= 2 && head[0] == 0xff && head[1] == 0xfe;
  gboolean big = size >= 2 && head[0] == 0xfe && head[1] == 0xff;
  char *text;

  if (!little && !big)
    return g_strndup ((const char *) head + skip, size - skip);
  text = g_malloc (size / 2 + 1);
  for (gsize i = 1; i < size / 2; i++)
    {
      guint8 low = head[2 * i + (big ? 1 : 0)], high = head[2 * i + (big ? 0 : 1)];

      text[i - 1] = high == 0 ? (char) low : '?';
    }
  text[size / 2 - 1] = 0;
  return text;
}

/* The beginning of what a compressed head holds, at most as much as is looked at; NULL: it is none. */
static guint8 *
inflate_head (const guint8 *head, gsize size, gsize *length)
{
  g_autoptr (GConverter) inflater = NULL;
  g_autofree guint8 *out = NULL;
  gsize read;

  if (size < 3 || memcmp (head, "\x1f\x8b\x08", 3) != 0)
    return NULL;
  inflater = G_CONVERTER (g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP));
  out = g_malloc (BATON_DRAWING_HEAD);
  if (g_converter_convert (inflater, head, size, out, BATON_DRAWING_HEAD, G_CONVERTER_NO_FLAGS, &read, length,
          NULL) == G_CONVERTER_ERROR)
    return NULL;
  return g_steal_pointer (&out);
}

BatonDrawingHead
baton_drawing_head (const guint8 *head, gsize size)
{
  gsize length = 0;
  g_autofree guint8 *inflated = inflate_head (head, size, &length);
  g_autofree char *text = inflated != NULL ? narrow (inflated, length) : narrow (head, size);

  if (!is_drawing (text))
    return BATON_DRAWING_NONE;
  return inflated != NULL ? BATON_DRAWING_COMPRESSED : BATON_DRAWING_TEXT;
}
