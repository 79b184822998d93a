/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-server"

#include "websocket.h"

#include <string.h>

#define CLOSE_PROTOCOL 1002
#define CLOSE_UNSUPPORTED 1003
#define CLOSE_NOT_TEXT 1007
#define CLOSE_TOO_LARGE 1009
#define MOST_HEADER 14

GBytes *
baton_frame_new (BatonFrame kind, const void *data, gsize length)
{
  guint8 *frame = g_malloc (length + 10);
  gsize header = 2;

  frame[0] = 0x80 | kind;
  if (length < 126)
    frame[1] = (guint8) length;
  else if (length < 65536)
    {
      frame[1] = 126;
      frame[2] = (guint8) (length >> 8);
      frame[3] = (guint8) length;
      header = 4;
    }
  else
    {
      frame[1] = 127;
      for (guint i = 0; i < 8; i++)
        frame[2 + i] = (guint8) ((guint64) length >> (56 - 8 * i));
      header = 10;
    }
  if (length > 0)
    memcpy (frame + header, data, length);
  return g_bytes_new_take (frame, header + length);
}

GBytes *
baton_frame_new_close (guint16 code)
{
  guint8 payload[2] = { (guint8) (code >> 8), (guint8) code };

  return baton_frame_new (BATON_FRAME_CLOSE, payload, sizeof payload);
}

char *
baton_websocket_accept (const char *key)
{
  g_autofree guchar *bytes = NULL;
  g_autofree char *text = NULL;
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA1);
  guint8 digest[20];
  gsize length = sizeof digest;

  if (key == NULL || strlen (key) != 24)
    return NULL;
  bytes = g_base64_decode (key, &length);
  if (length != 16)
    return NULL;
  text = g_strconcat (key, "258EAFA5-E914-47DA-95CA-C5AB0DC85B11", NULL);
  g_checksum_update (checksum, (const guchar *) text, -1);
  length = sizeof digest;
  g_checksum_get_digest (checksum, digest, &length);
  return g_base64_encode (digest, length);
}

struct _BatonFrames
{
  BatonFrameFunc func;
  gpointer data;
  gsize most;
  guint8 header[MOST_HEADER];
  gsize n_header;
  gboolean in_payload;
  guint8 kind;
  gboolean final;
  guint64 left; /* of this frame's payload */
  guint64 at;   /* how much of it was there */
  GByteArray *control;
  GByteArray *message;
  gboolean begun; /* a message whose last fragment has not come */
};

BatonFrames *
baton_frames_new (gsize most, BatonFrameFunc func, gpointer data)
{
  BatonFrames *frames = g_new0 (BatonFrames, 1);

  frames->func = func;
  frames->data = data;
  frames->most = most;
  frames->control = g_byte_array_new ();
  frames->message = g_byte_array_new ();
  return frames;
}

void
baton_frames_free (BatonFrames *frames)
{
  g_byte_array_unref (frames->control);
  g_byte_array_unref (frames->message);
  g_free (frames);
}

static gsize
header_length (const BatonFrames *frames)
{
  guint length = frames->header[1] & 0x7f;

  return frames->n_header < 2 ? 2 : 2 + (length == 126 ? 2 : length == 127 ? 8 : 0) + 4;
}

static guint64
payload_length (const BatonFrames *frames)
{
  guint length = frames->header[1] & 0x7f;
  guint bytes = length == 126 ? 2 : length == 127 ? 8 : 0;
  guint64 value = bytes == 0 ? length : 0;

  for (guint i = 0; i < bytes; i++)
    value = value << 8 | frames->header[2 + i];
  return value;
}

/* What a frame's first two bytes already say. */
static guint16
check_begin (BatonFrames *frames)
{
  guint8 first = frames->header[0];
  gboolean control = first & 0x08;

  frames->kind = first & 0x0f;
  frames->final = (first & 0x80) != 0;
  if ((first & 0x70) != 0 || !(frames->header[1] & 0x80))
    return CLOSE_PROTOCOL; /* extensions that were not agreed on; bytes without a mask */
  if (control)
    return frames->kind <= BATON_FRAME_PONG && frames->final && (frames->header[1] & 0x7f) < 126
               ? 0
               : CLOSE_PROTOCOL;
  if (frames->kind == BATON_FRAME_BINARY)
    return CLOSE_UNSUPPORTED;
  if (frames->kind > BATON_FRAME_BINARY)
    return CLOSE_PROTOCOL;
  return (frames->kind == BATON_FRAME_CONTINUATION) == frames->begun ? 0 : CLOSE_PROTOCOL;
}

static guint16
begin_payload (BatonFrames *frames)
{
  gboolean control = frames->kind >= BATON_FRAME_CLOSE;

  frames->left = payload_length (frames);
  frames->at = 0;
  frames->in_payload = TRUE;
  if (control)
    g_byte_array_set_size (frames->control, 0);
  else if (frames->left > frames->most || frames->message->len + frames->left > frames->most)
    return CLOSE_TOO_LARGE;
  return 0;
}

static guint16
end_payload (BatonFrames *frames)
{
  frames->in_payload = FALSE;
  frames->n_header = 0;
  if (frames->kind >= BATON_FRAME_CLOSE)
    {
      frames->func (frames->kind, (const char *) frames->control->data, frames->control->len, frames->data);
      return 0;
    }
  frames->begun = !frames->final;
  if (!frames->final)
    return 0;
  if (!g_utf8_validate_len ((const char *) frames->message->data, frames->message->len, NULL))
    return CLOSE_NOT_TEXT;
  g_byte_array_append (frames->message, (const guint8 *) "", 1);
  frames->func (
      BATON_FRAME_TEXT, (const char *) frames->message->data, frames->message->len - 1, frames->data);
  g_byte_array_set_size (frames->message, 0);
  return 0;
}

static gsize
take_payload (BatonFrames *frames, const guint8 *data, gsize length)
{
  const guint8 *mask = frames->header + header_length (frames) - 4;
  GByteArray *into = frames->kind >= BATON_FRAME_CLOSE ? frames->control : frames->message;
  gsize n = MIN (length, frames->left);
  guint start = into->len;

  g_byte_array_append (into, data, n);
  for (gsize i = 0; i < n; i++)
    into->data[start + i] ^= mask[(frames->at + i) & 3];
  frames->at += n;
  frames->left -= n;
  return n;
}

guint16
baton_frames_feed (BatonFrames *frames, const guint8 *data, gsize length)
{
  guint16 code = 0;

  while (code == 0 && (length > 0 || (frames->in_payload && frames->left == 0)))
    {
      if (!frames->in_payload)
        {
          frames->header[frames->n_header++] = *data++;
          length--;
          if (frames->n_header == 2)
            code = check_begin (frames);
          if (code == 0 && frames->n_header >= 2 && frames->n_header == header_length (frames))
            code = begin_payload (frames);
        }
      else
        {
          gsize n = take_payload (frames, data, length);

          data += n;
          length -= n;
          if (frames->left == 0)
            code = end_payload (frames);
        }
    }
  return code;
}
