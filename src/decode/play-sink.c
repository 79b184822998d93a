/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-play"

#include "play.h"

#include <gst/app/gstappsink.h>

typedef struct
{
  BatonPlay *play;
  BatonPlayTake take;
  BatonPlayEnd end;
  gboolean *before_seek; /* cleared where the series of the seek begins */
} Sink;

static GstFlowReturn
sample_cb (GstAppSink *appsink, gpointer data)
{
  const Sink *sink = data;
  g_autoptr (GstSample) sample = gst_app_sink_pull_sample (appsink);

  if (sample == NULL)
    return GST_FLOW_OK;
  g_mutex_lock (&sink->play->lock);
  sink->take (sink->play, sample);
  g_mutex_unlock (&sink->play->lock);
  return GST_FLOW_OK;
}

static void
end_cb (GstAppSink *appsink, gpointer data)
{
  const Sink *sink = data;

  g_mutex_lock (&sink->play->lock);
  sink->end (sink->play);
  g_mutex_unlock (&sink->play->lock);
}

static GstPadProbeReturn
flushed_cb (GstPad *pad, GstPadProbeInfo *info, gpointer data)
{
  const Sink *sink = data;

  if (GST_EVENT_TYPE (GST_PAD_PROBE_INFO_EVENT (info)) != GST_EVENT_FLUSH_STOP)
    return GST_PAD_PROBE_OK;
  g_mutex_lock (&sink->play->lock);
  *sink->before_seek = FALSE;
  g_mutex_unlock (&sink->play->lock);
  return GST_PAD_PROBE_OK;
}

GstElement *
baton_play_sink_new (BatonPlay *play, BatonPlayTake take, BatonPlayEnd end, gboolean *before_seek)
{
  static GstAppSinkCallbacks callbacks = { .new_sample = sample_cb, .eos = end_cb };
  GstElement *appsink = gst_element_factory_make ("appsink", NULL);
  g_autoptr (GstPad) pad = NULL;
  Sink *sink;

  if (appsink == NULL)
    return NULL;
  sink = g_new (Sink, 1);
  *sink = (Sink){ play, take, end, before_seek };
  g_object_set_data_full (G_OBJECT (appsink), "baton-sink", sink, g_free);
  g_object_set (appsink, "sync", FALSE, "async", FALSE, "max-buffers", 1, "enable-last-sample", FALSE, NULL);
  gst_app_sink_set_callbacks (GST_APP_SINK (appsink), &callbacks, sink, NULL);
  pad = gst_element_get_static_pad (appsink, "sink");
  gst_pad_add_probe (pad, GST_PAD_PROBE_TYPE_EVENT_FLUSH, flushed_cb, sink, NULL);
  return appsink;
}
