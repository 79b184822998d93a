/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-play"

#include "play.h"

#include <gst/app/gstappsink.h>

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

static void
take (BatonPlay *play, GstSample *sample)
{
  GstBuffer *buffer = gst_sample_get_buffer (sample);
  gint64 at = baton_play_moment (sample);
  GstMapInfo map;

  while (!play->sound_void && !play->failed && !baton_play_introduce (play))
    g_cond_wait (&play->changed, &play->lock);
  if (play->sound_void || play->failed || buffer == NULL || at < 0 ||
      !gst_buffer_map (buffer, &map, GST_MAP_READ))
    return;
  hand_over (play, at, map.data, map.size);
  gst_buffer_unmap (buffer, &map);
}

static GstFlowReturn
sample_cb (GstAppSink *sink, gpointer data)
{
  BatonPlay *play = data;
  g_autoptr (GstSample) sample = gst_app_sink_pull_sample (sink);

  if (sample == NULL)
    return GST_FLOW_OK;
  g_mutex_lock (&play->lock);
  take (play, sample);
  g_mutex_unlock (&play->lock);
  return GST_FLOW_OK;
}

static void
end_cb (GstAppSink *sink, gpointer data)
{
  BatonPlay *play = data;

  g_mutex_lock (&play->lock);
  while (!play->sound_void && !play->failed && !baton_play_introduce (play))
    g_cond_wait (&play->changed, &play->lock);
  if (!play->sound_void && !play->failed && !play->sound_ended)
    baton_play_tell_ended (play, BATON_PLAY_HAS_SOUND);
  g_mutex_unlock (&play->lock);
}

static GstPadProbeReturn
flushed_cb (GstPad *pad, GstPadProbeInfo *info, gpointer data)
{
  BatonPlay *play = data;

  if (GST_EVENT_TYPE (GST_PAD_PROBE_INFO_EVENT (info)) != GST_EVENT_FLUSH_STOP)
    return GST_PAD_PROBE_OK;
  g_mutex_lock (&play->lock);
  play->sound_void = FALSE;
  g_mutex_unlock (&play->lock);
  return GST_PAD_PROBE_OK;
}

gboolean
baton_play_add_sound (BatonPlay *play, GstPad *pad)
{
  static GstAppSinkCallbacks callbacks = { .new_sample = sample_cb, .eos = end_cb };
  GstElement *convert = gst_element_factory_make ("audioconvert", NULL);
  GstElement *resample = gst_element_factory_make ("audioresample", NULL);
  GstElement *shape = gst_element_factory_make ("capsfilter", NULL);
  GstElement *sink = gst_element_factory_make ("appsink", NULL);
  g_autoptr (GstCaps) caps = gst_caps_new_simple ("audio/x-raw", "format", G_TYPE_STRING, "S16LE", "rate",
      G_TYPE_INT, BATON_PLAY_RATE, "channels", G_TYPE_INT, BATON_PLAY_CHANNELS, "layout", G_TYPE_STRING,
      "interleaved", NULL);
  g_autoptr (GstPad) entry = NULL, end = NULL;

  if (convert == NULL || resample == NULL || shape == NULL || sink == NULL)
    return FALSE;
  g_object_set (shape, "caps", caps, NULL);
  g_object_set (sink, "sync", FALSE, "async", FALSE, "max-buffers", 1, "enable-last-sample", FALSE, NULL);
  gst_app_sink_set_callbacks (GST_APP_SINK (sink), &callbacks, play, NULL);
  end = gst_element_get_static_pad (sink, "sink");
  gst_pad_add_probe (end, GST_PAD_PROBE_TYPE_EVENT_FLUSH, flushed_cb, play, NULL);
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
