/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-decode"

#include "decode.h"

#include <string.h>

#define ORIENTATION 0x0112

static guint
read_number (const guint8 *data, gsize size, gsize offset, int bytes, gboolean big)
{
  guint value = 0;

  if (offset > size || size - offset < (gsize) bytes)
    return 0;
  for (int i = 0; i < bytes; i++)
    value |= (guint) data[offset + (gsize) i] << (8 * (big ? bytes - 1 - i : i));
  return value;
}

int
baton_decode_exif_orientation (const guint8 *data, gsize size)
{
  gboolean big;
  gsize at;
  guint n;

  if (size < 8 || (memcmp (data, "II*\0", 4) != 0 && memcmp (data, "MM\0*", 4) != 0))
    return 1;
  big = data[0] == 'M';
  at = read_number (data, size, 4, 4, big);
  n = read_number (data, size, at, 2, big);
  for (guint i = 0; i < n; i++)
    {
      gsize entry = at + 2 + (gsize) i * 12;

      if (entry + 12 > size)
        return 1;
      if (read_number (data, size, entry, 2, big) == ORIENTATION)
        {
          guint value = read_number (data, size, entry + 8, 2, big);

          return value >= 1 && value <= 8 ? (int) value : 1;
        }
    }
  return 1;
}
