/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-decode"

#include "decode.h"

#include <string.h>

/* Without what a cut in the middle of a character left over. */
static gsize
whole_characters (const char *text, gsize size)
{
  const char *end;

  g_utf8_validate (text, (gssize) size, &end);
  return size - (gsize) (end - text) < 4 ? (gsize) (end - text) : size;
}

static char *
to_utf8 (const guint8 *data, gsize size, gsize *length, const char **encoding)
{
  const char *text = (const char *) data;

  *encoding = "UTF-8";
  if (size >= 3 && memcmp (data, "\xef\xbb\xbf", 3) == 0)
    {
      text += 3;
      size -= 3;
    }
  if (size >= 2 && (memcmp (data, "\xff\xfe", 2) == 0 || memcmp (data, "\xfe\xff", 2) == 0))
    {
      *encoding = data[0] == 0xff ? "UTF-16LE" : "UTF-16BE";
      return g_convert (text + 2, (gssize) ((size - 2) & ~(gsize) 1), "UTF-8", *encoding, NULL, length, NULL);
    }
  if (memchr (text, '\0', size) != NULL)
    return NULL;
  if (g_utf8_validate (text, (gssize) whole_characters (text, size), NULL))
    {
      *length = whole_characters (text, size);
      return g_memdup2 (text, MAX (*length, 1));
    }
  /* Every byte is a character there, so this cannot fail. */
  *encoding = "Windows-1252";
  return g_convert_with_fallback (text, (gssize) size, "UTF-8", "CP1252", "\xef\xbf\xbd", NULL, length, NULL);
}

BatonDecodeStatus
baton_decode_text (BatonDecodeJob *job)
{
  gsize size = MIN (job->size, BATON_DECODE_TEXT);
  g_autofree char *text = NULL;
  const char *encoding;
  BatonDecodeStatus status;
  gsize length = 0;

  text = to_utf8 (job->data, size, &length, &encoding);
  if (text == NULL)
    return BATON_DECODE_UNKNOWN;
  if (size < job->size)
    job->reply->flags |= BATON_DECODED_CUT;
  baton_decode_describe (job, encoding, "", 0, 0, 0);
  status = baton_decode_make_bytes (job, length);
  if (status == BATON_DECODE_OK)
    memcpy (job->out, text, length);
  job->reply->length = (guint32) length;
  return status;
}
