/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-play"

#include "play.h"

#define FRAME_BYTES (BATON_PLAY_CHANNELS * 2)

static gint64
length_of (gsize bytes)
{
  return (gint64) (bytes / FRAME_BYTES) * GST_SECOND / BATON_PLAY_RATE;
}

/* Until the program wants to hear that moment. */
static gboolean
wait_until (BatonPlay *play, gint64 at)
{
  while (at > play->until && !play->sound_void)
    g_cond_wait (&play->changed, &play->lock);
  return !play->sound_void;
}

static void
hand_over (BatonPlay *play, gint64 at, const guint8 *bytes, gsize size)
{
  size -= size % FRAME_BYTES;
  while (size > 0)
    {
      gsize part = MIN (size, BATON_PLAY_SOUND_BYTES);
      BatonPlayReply reply = { .what = BATON_PLAY_SOUND, .time = at };

      if (!wait_until (play, at))
        return;
      reply.serial = play->serial;
      if (at + length_of (part) > play->sound_from)
        baton_play_tell (play, &reply, bytes, part, -1);
      at += length_of (part);
      bytes += part;
      size -= part;
    }
}

/* Until all is known that is said of the file; FALSE: nothing is to follow. */
static gboolean
wait_introduced (BatonPlay *play)
{
  while (!play->sound_void && !play->failed && !baton_play_introduce (play))
    g_cond_wait (&play->changed, &play->lock);
  return !play->sound_void && !play->failed;
}

static void
take (BatonPlay *play, GstSample *sample)
{
  GstBuffer *buffer = gst_sample_get_buffer (sample);
  gint64 at = baton_play_moment (sample);
  GstMapInfo map;

  if (!wait_introduced (play) || buffer == NULL || at < 0 || !gst_buffer_map (buffer, &map, GST_MAP_READ))
    return;
  hand_over (play, at, map.data, map.size);
  gst_buffer_unmap (buffer, &map);
}

static void
end (BatonPlay *play)
{
  if (wait_introduced (play) && !play->sound_ended)
    baton_play_tell_ended (play, BATON_PLAY_HAS_SOUND);
}

gboolean
baton_play_add_sound (BatonPlay *play, GstPad *pad)
{
  GstElement *convert = gst_element_factory_make ("audioconvert", NULL);
  GstElement *resample = gst_element_factory_make ("audioresample", NULL);
  GstElement *shape = gst_element_factory_make ("capsfilter", NULL);
  GstElement *sink = baton_play_sink_new (play, take, end, &play->sound_void);
  g_autoptr (GstCaps) caps = gst_caps_new_simple ("audio/x-raw", "format", G_TYPE_STRING, "S16LE", "rate",
      G_TYPE_INT, BATON_PLAY_RATE, "channels", G_TYPE_INT, BATON_PLAY_CHANNELS, "layout", G_TYPE_STRING,
      "interleaved", NULL);
  g_autoptr (GstPad) entry = NULL;

  if (convert == NULL || resample == NULL || shape == NULL || sink == NULL)
    return FALSE;
  g_object_set (shape, "caps", caps, NULL);
  gst_bin_add_many (GST_BIN (play->pipeline), convert, resample, shape, sink, NULL);
  if (!gst_element_link_many (convert, resample, shape, sink, NULL))
    return FALSE;
  play->sound = sink;
  gst_element_sync_state_with_parent (sink);
  gst_element_sync_state_with_parent (shape);
  gst_element_sync_state_with_parent (resample);
  gst_element_sync_state_with_parent (convert);
  entry = gst_element_get_static_pad (convert, "sink");
  return gst_pad_link (pad, entry) == GST_PAD_LINK_OK;
}
