/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-decode"

#include "decode.h"

#include <string.h>

/* How long Ogg and MPEG sound is: neither says so at its beginning. */

#define LAST_PAGE (8 * 1024 * 1024) /* from the end that the last page is looked for */
#define FIRST_FRAME (256 * 1024)    /* from the beginning, behind tags */

/* Ogg (RFC 3533): pages of several streams; the last page of a stream tells where it ends, in units of its
 * own. */

#define PAGE_HEAD 27

typedef struct
{
  guint32 serial;
  double rate; /* units a second; 0: a stream of something else */
  gint64 skip; /* units before the beginning */
  int shift;   /* of the number of the key frame in the position, 0: a position is one number */
  gboolean sound;
} Stream;

/* The first packet says what the stream is. */
static gboolean
read_stream (const guint8 *body, gsize size, Stream *stream, BatonDecodeReply *reply)
{
  if (size >= 16 && memcmp (body, "\1vorbis", 7) == 0)
    *stream = (Stream){ .rate = (double) baton_decode_little_endian (body + 12, 4), .sound = TRUE };
  else if (size >= 12 && memcmp (body, "OpusHead", 8) == 0)
    *stream =
        (Stream){ .rate = 48000, .skip = (gint64) baton_decode_little_endian (body + 10, 2), .sound = TRUE };
  else if (size >= 30 && memcmp (body,
                             "\x7f"
                             "FLAC",
                             5) == 0)
    *stream =
        (Stream){ .rate = (double) ((guint32) baton_decode_big_endian (body + 27, 3) >> 4), .sound = TRUE };
  else if (size >= 40 && memcmp (body, "Speex   ", 8) == 0)
    *stream = (Stream){ .rate = (double) baton_decode_little_endian (body + 36, 4), .sound = TRUE };
  else if (size >= 42 && memcmp (body, "\x80theora", 7) == 0 &&
           (guint32) baton_decode_big_endian (body + 26, 4) > 0)
    {
      *stream = (Stream){ .rate = (double) (guint32) baton_decode_big_endian (body + 22, 4) /
                                  (guint32) baton_decode_big_endian (body + 26, 4),
        .shift = (body[40] & 3) << 3 | body[41] >> 5 };
      reply->full_width = (gint32) MIN ((guint32) baton_decode_big_endian (body + 14, 3), BATON_DECODE_SIDE);
      reply->full_height = (gint32) MIN ((guint32) baton_decode_big_endian (body + 17, 3), BATON_DECODE_SIDE);
    }
  else
    return FALSE;
  return TRUE;
}

/* The streams begin before anything else; of several, the first sound tells the time. */
static gboolean
find_stream (const guint8 *data, gsize size, Stream *best, BatonDecodeReply *reply)
{
  gboolean found = FALSE;

  for (gsize at = 0; size - at >= PAGE_HEAD && memcmp (data + at, "OggS", 4) == 0 && (data[at + 5] & 2) != 0;)
    {
      const guint8 *page = data + at;
      gsize length = 0, head = PAGE_HEAD + page[26];
      Stream stream = { 0 };

      for (int i = 0; i < page[26] && size - at > PAGE_HEAD + (gsize) i; i++)
        length += page[PAGE_HEAD + i];
      if (size - at < head + length)
        return found;
      if (read_stream (page + head, length, &stream, reply) && stream.rate > 0 &&
          (!found || (stream.sound && !best->sound)))
        {
          *best = stream;
          best->serial = (guint32) baton_decode_little_endian (page + 14, 4);
          found = TRUE;
        }
      at += head + length;
    }
  return found;
}

static void
read_ogg (const guint8 *data, gsize size, BatonDecodeReply *reply)
{
  gsize first = size > LAST_PAGE ? size - LAST_PAGE : 0;
  Stream stream = { 0 };

  if (!find_stream (data, size, &stream, reply))
    return;
  for (gsize at = size - PAGE_HEAD; at > first; at--)
    {
      gint64 position;

      if (memcmp (data + at, "OggS", 4) != 0 ||
          baton_decode_little_endian (data + at + 14, 4) != stream.serial)
        continue;
      position = (gint64) baton_decode_little_endian (data + at + 6, 8);
      if (position < 0) /* no packet ends on this page */
        continue;
      if (stream.shift > 0)
        position = (position >> stream.shift) + (position & ((1 << stream.shift) - 1));
      reply->duration = baton_decode_milliseconds ((double) (position - stream.skip), stream.rate);
      return;
    }
}

/* MPEG sound, layers I to III (ISO 11172-3, 13818-3): frames of a header of 32 bits each. */

typedef struct
{
  int version; /* 0: 2.5, 2: 2, 3: 1 */
  int rate;
  int samples;
  gsize length;
  gsize side; /* bytes between the header and where a count of the frames may stand */
} Frame;

/* A thousand bits a second, by kind of table and the header's number. */
static int
bits_of (int version, int layer, int number)
{
  static const guint16 rates[5][15] = {
    { 0, 32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448 },
    { 0, 32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384 },
    { 0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320 },
    { 0, 32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256 },
    { 0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160 },
  };

  if (number == 15)
    return 0;
  return version == 3 ? rates[layer - 1][number] : rates[layer == 1 ? 3 : 4][number];
}

static gboolean
read_frame (const guint8 *head, Frame *frame)
{
  static const int rates[] = { 44100, 48000, 32000 };
  int version = head[1] >> 3 & 3, layer = 4 - (head[1] >> 1 & 3), rate = head[2] >> 2 & 3;
  int bits = layer < 4 ? bits_of (version, layer, head[2] >> 4) : 0, padding = head[2] >> 1 & 1;
  gboolean mono = head[3] >> 6 == 3;

  if (head[0] != 0xff || (head[1] & 0xe0) != 0xe0 || version == 1 || layer == 4 || rate == 3 || bits == 0)
    return FALSE;
  frame->version = version;
  frame->rate = rates[rate] >> (version == 3 ? 0 : version == 2 ? 1 : 2);
  frame->samples = layer == 1 ? 384 : layer == 3 && version != 3 ? 576 : 1152;
  frame->length = layer == 1 ? (gsize) (12 * bits * 1000 / frame->rate + padding) * 4
                             : (gsize) (frame->samples / 8 * bits * 1000 / frame->rate + padding);
  frame->side = version == 3 ? (mono ? 17 : 32) : (mono ? 9 : 17);
  return frame->length >= 4;
}

/* How many frames the encoder has written into the first one; 0: it has not. */
static guint32
counted_frames (const guint8 *data, gsize size, const Frame *frame)
{
  const guint8 *count = data + 4 + frame->side;

  if (size >= 4 + frame->side + 12 && (memcmp (count, "Xing", 4) == 0 || memcmp (count, "Info", 4) == 0) &&
      (count[7] & 1) != 0)
    return (guint32) baton_decode_big_endian (count + 8, 4);
  if (size >= 36 + 18 && memcmp (data + 36, "VBRI", 4) == 0)
    return (guint32) baton_decode_big_endian (data + 36 + 14, 4);
  return 0;
}

static gsize
behind_tag (const guint8 *data, gsize size)
{
  gsize length = 0;

  if (size < 10 || memcmp (data, "ID3", 3) != 0)
    return 0;
  for (int i = 6; i < 10; i++)
    length = length << 7 | (data[i] & 0x7f);
  return MIN (size, 10 + length + ((data[5] & 0x10) != 0 ? 10 : 0));
}

/* Where a frame follows a frame: what looks like one may be chance. */
static gboolean
find_frame (const guint8 *data, gsize size, gsize *at, Frame *frame)
{
  gsize last = MIN (size, *at + FIRST_FRAME);

  for (; *at + 4 <= last; (*at)++)
    {
      Frame next;

      if (read_frame (data + *at, frame) &&
          (size - *at == frame->length ||
              (size - *at >= frame->length + 4 && read_frame (data + *at + frame->length, &next) &&
                  next.rate == frame->rate && next.version == frame->version)))
        return TRUE;
    }
  return FALSE;
}

static gboolean
read_mpeg (const guint8 *data, gsize size, BatonDecodeReply *reply)
{
  gsize at = behind_tag (data, size);
  guint64 frames;
  Frame frame;

  if (!find_frame (data, size, &at, &frame))
    return FALSE;
  frames = counted_frames (data + at, size - at, &frame);
  if (frames == 0)
    {
      Frame next;

      for (; size - at >= 4 && read_frame (data + at, &next) && next.length <= size - at; at += next.length)
        frames++;
    }
  reply->duration = baton_decode_milliseconds ((double) frames * frame.samples, (double) frame.rate);
  return TRUE;
}

gboolean
baton_decode_is_mpeg_sound (const guint8 *head, gsize size)
{
  Frame frame;
  gsize at = 0;

  if (size >= 10 && memcmp (head, "ID3", 3) == 0)
    return TRUE;
  return size >= 4 && read_frame (head, &frame) && find_frame (head, size, &at, &frame) && at == 0;
}

const char *
baton_decode_timed_sound (const guint8 *data, gsize size, BatonDecodeReply *reply)
{
  if (size >= PAGE_HEAD && memcmp (data, "OggS", 4) == 0)
    {
      read_ogg (data, size, reply);
      return "Ogg";
    }
  return read_mpeg (data, size, reply) ? "MPEG" : NULL;
}
