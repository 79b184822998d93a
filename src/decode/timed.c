/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-decode"

#include "decode.h"

#include <math.h>
#include <string.h>

/* How long a video or a sound is and how many pixels it has, read from its container. Nothing is decoded and
 * no codec is asked. What a container does not say stays 0. */

#define DEEPEST 8

guint64
baton_decode_big_endian (const guint8 *data, int n)
{
  guint64 value = 0;

  for (int i = 0; i < n; i++)
    value = value << 8 | data[i];
  return value;
}

guint64
baton_decode_little_endian (const guint8 *data, int n)
{
  guint64 value = 0;

  for (int i = n - 1; i >= 0; i--)
    value = value << 8 | data[i];
  return value;
}

gint64
baton_decode_milliseconds (double units, double per_second)
{
  double ms = per_second > 0 ? units * 1000 / per_second : 0;

  return ms > 0 && ms < 1e12 ? (gint64) (ms + 0.5) : 0;
}

static void
take_size (BatonDecodeReply *reply, guint64 width, guint64 height)
{
  if (width == 0 || height == 0 || width > BATON_DECODE_SIDE || height > BATON_DECODE_SIDE ||
      (gint64) (width * height) <= (gint64) reply->full_width * reply->full_height)
    return;
  reply->full_width = (gint32) width;
  reply->full_height = (gint32) height;
}

/* MP4 and QuickTime (ISO 14496-12): boxes of a size and four letters. */

static void
read_movie_header (const guint8 *body, gsize size, BatonDecodeReply *reply)
{
  gboolean wide = size > 0 && body[0] == 1;

  if (size < (wide ? 32 : 20))
    return;
  reply->duration = wide ? baton_decode_milliseconds ((double) baton_decode_big_endian (body + 24, 8),
                               baton_decode_big_endian (body + 20, 4))
                         : baton_decode_milliseconds ((double) baton_decode_big_endian (body + 16, 4),
                               baton_decode_big_endian (body + 12, 4));
}

/* The size of a track as it is shown, in 16.16 fixed point; turned by a quarter when the matrix says so. */
static void
read_track_header (const guint8 *body, gsize size, BatonDecodeReply *reply)
{
  gsize at = size > 0 && body[0] == 1 ? 88 : 76;
  gboolean turned;

  if (size < at + 8)
    return;
  turned =
      baton_decode_big_endian (body + at - 36, 4) == 0 && baton_decode_big_endian (body + at - 32, 4) != 0;
  take_size (reply, baton_decode_big_endian (body + at + (turned ? 4 : 0), 2),
      baton_decode_big_endian (body + at + (turned ? 0 : 4), 2));
}

static void
read_boxes (const guint8 *data, gsize size, int depth, BatonDecodeReply *reply)
{
  gsize at = 0;

  while (depth < DEEPEST && size - at >= 8)
    {
      guint64 length = baton_decode_big_endian (data + at, 4);
      const guint8 *kind = data + at + 4;
      gsize head = 8;

      if (length == 1 && size - at >= 16)
        {
          length = baton_decode_big_endian (data + at + 8, 8);
          head = 16;
        }
      else if (length == 0)
        length = size - at;
      if (length < head || length > size - at)
        return;
      if (memcmp (kind, "moov", 4) == 0 || memcmp (kind, "trak", 4) == 0)
        read_boxes (data + at + head, (gsize) length - head, depth + 1, reply);
      else if (memcmp (kind, "mvhd", 4) == 0)
        read_movie_header (data + at + head, (gsize) length - head, reply);
      else if (memcmp (kind, "tkhd", 4) == 0)
        read_track_header (data + at + head, (gsize) length - head, reply);
      at += (gsize) length;
    }
}

/* Matroska and WebM (RFC 8794, RFC 9559): elements of an id and a size of one to eight bytes each. */

#define SEGMENT 0x18538067
#define INFO 0x1549a966
#define SCALE 0x2ad7b1
#define DURATION 0x4489
#define TRACKS 0x1654ae6b
#define TRACK 0xae
#define VIDEO 0xe0
#define PIXEL_WIDTH 0xb0
#define PIXEL_HEIGHT 0xba

/* keep: the bit that tells the length is part of the number. FALSE at the end. */
static gboolean
read_number (const guint8 *data, gsize size, gsize *at, gboolean keep, guint64 *value)
{
  int n;

  if (*at >= size || data[*at] == 0)
    return FALSE;
  n = __builtin_clz ((guint) data[*at]) - 23;
  if (size - *at < (gsize) n)
    return FALSE;
  *value = baton_decode_big_endian (data + *at, n);
  if (!keep)
    {
      *value &= (G_GUINT64_CONSTANT (1) << (7 * n)) - 1;
      /* All ones: the size is not known, it goes on to the end. */
      if (*value == (G_GUINT64_CONSTANT (1) << (7 * n)) - 1)
        *value = size - *at - (gsize) n;
    }
  *at += (gsize) n;
  return TRUE;
}

static double
read_float (const guint8 *data, guint64 size)
{
  union
  {
    guint64 bits;
    double number;
  } wide;
  union
  {
    guint32 bits;
    float number;
  } narrow;

  if (size == 8)
    {
      wide.bits = baton_decode_big_endian (data, 8);
      return wide.number;
    }
  narrow.bits = size == 4 ? (guint32) baton_decode_big_endian (data, 4) : 0;
  return narrow.number;
}

typedef struct
{
  double scale; /* nanoseconds of a tick */
  double ticks;
  guint64 width, height;
} Matroska;

static void
read_elements (const guint8 *data, gsize size, int depth, Matroska *found)
{
  guint64 id, length;
  gsize at = 0;

  while (read_number (data, size, &at, TRUE, &id) && read_number (data, size, &at, FALSE, &length))
    {
      const guint8 *body = data + at;
      guint64 number;

      length = MIN (length, size - at);
      number = length <= 8 ? baton_decode_big_endian (body, (int) length) : 0;
      if ((id == SEGMENT || id == INFO || id == TRACKS || id == TRACK || id == VIDEO) && depth < DEEPEST)
        read_elements (body, (gsize) length, depth + 1, found);
      else if (id == SCALE && number > 0)
        found->scale = (double) number;
      else if (id == DURATION)
        found->ticks = read_float (body, length);
      else if (id == PIXEL_WIDTH)
        found->width = number;
      else if (id == PIXEL_HEIGHT)
        found->height = number;
      at += (gsize) length;
    }
}

static void
read_matroska (const guint8 *data, gsize size, BatonDecodeReply *reply)
{
  Matroska found = { .scale = 1e6 };

  read_elements (data, size, 0, &found);
  if (isfinite (found.ticks))
    reply->duration = baton_decode_milliseconds (found.ticks, 1e9 / found.scale);
  take_size (reply, found.width, found.height);
}

static void
read_wave (const guint8 *data, gsize size, BatonDecodeReply *reply)
{
  guint64 per_second = 0;

  for (gsize at = 12; size - at >= 8 && at < size;)
    {
      guint64 length = baton_decode_little_endian (data + at + 4, 4);

      if (memcmp (data + at, "fmt ", 4) == 0 && length >= 16 && size - at >= 8 + 16)
        per_second = baton_decode_little_endian (data + at + 16, 4);
      else if (memcmp (data + at, "data", 4) == 0)
        reply->duration =
            baton_decode_milliseconds ((double) MIN (length, size - at - 8), (double) per_second);
      if (length >= size - at - 8)
        return;
      at += 8 + (gsize) length + (length & 1);
    }
}

/* The stream's own description (RFC 9639): 20 bits of rate, 36 bits of samples. */
static void
read_flac (const guint8 *data, gsize size, BatonDecodeReply *reply)
{
  if (size >= 26 && (data[4] & 0x7f) == 0)
    reply->duration = baton_decode_milliseconds (
        (double) (baton_decode_big_endian (data + 21, 5) & G_GUINT64_CONSTANT (0xfffffffff)),
        (double) (baton_decode_big_endian (data + 18, 3) >> 4));
}

BatonDecodeStatus
baton_decode_timed (BatonDecodeJob *job)
{
  const guint8 *data = job->data;
  const char *format = NULL;

  if (job->ask->what != BATON_DECODE_FACTS || job->size < 12)
    return BATON_DECODE_UNKNOWN;
  if (memcmp (data + 4, "ftyp", 4) == 0)
    {
      format = memcmp (data + 8, "qt  ", 4) == 0 ? "QuickTime" : "MP4";
      read_boxes (data, job->size, 0, job->reply);
    }
  else if (memcmp (data, "\x1a\x45\xdf\xa3", 4) == 0)
    {
      format = "Matroska";
      read_matroska (data, job->size, job->reply);
    }
  else if (memcmp (data, "RIFF", 4) == 0 && memcmp (data + 8, "WAVE", 4) == 0)
    {
      format = "WAV";
      read_wave (data, job->size, job->reply);
    }
  else if (memcmp (data, "fLaC", 4) == 0)
    {
      format = "FLAC";
      read_flac (data, job->size, job->reply);
    }
  else
    format = baton_decode_timed_sound (data, job->size, job->reply);
  if (format == NULL)
    return BATON_DECODE_UNKNOWN;
  baton_decode_describe (job, format, "", 0, job->reply->full_width, job->reply->full_height);
  return BATON_DECODE_OK;
}
