/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-core"

#include "id.h"

#include <string.h>

void
baton_id_format (char out[BATON_ID_LENGTH + 1], gint64 unix_ms, const guint8 random[10])
{
  static const char digits[] = "0123456789abcdef";
  guint8 bytes[16];
  char *p = out;

  for (int i = 0; i < 6; i++)
    bytes[i] = (guint8) ((guint64) unix_ms >> (40 - 8 * i));
  for (int i = 0; i < 10; i++)
    bytes[6 + i] = random[i];
  bytes[6] = 0x70 | (bytes[6] & 0x0f);
  bytes[8] = 0x80 | (bytes[8] & 0x3f);

  for (int i = 0; i < 16; i++)
    {
      if (i == 4 || i == 6 || i == 8 || i == 10)
        *p++ = '-';
      *p++ = digits[bytes[i] >> 4];
      *p++ = digits[bytes[i] & 0xf];
    }
  *p = '\0';
}

gboolean
baton_id_is_valid (const char *text)
{
  if (text == NULL)
    return FALSE;
  for (int i = 0; i < BATON_ID_LENGTH; i++)
    {
      gboolean dash = i == 8 || i == 13 || i == 18 || i == 23;
      char c = text[i];

      if (dash ? c != '-' : !((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f')))
        return FALSE;
    }
  return text[BATON_ID_LENGTH] == '\0';
}

guint
baton_id_hash (gconstpointer id)
{
  gsize length = strlen (id);
  gsize n = MIN (length, sizeof (guint64));
  guint64 tail = 0;

  memcpy (&tail, (const char *) id + length - n, n);
  /* Fibonacci hashing (Knuth, The Art of Computer Programming, volume 3, section 6.4). */
  return (guint) ((tail * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15)) >> 32);
}
