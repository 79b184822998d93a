/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "media-sound.h"

#include "play-protocol.h"

#include <gst/app/gstappsrc.h>
#include <gst/gst.h>

/* Nothing is decoded here: GStreamer carries samples to whatever plays sound on this machine. */

#define BYTES_A_SECOND (BATON_PLAY_RATE * BATON_PLAY_CHANNELS * 2)

typedef enum
{
  PUSH,
  START,
  STOP,
  FLUSH,
  VOLUME,
  END,
} What;

typedef struct
{
  What what;
  gint64 at, when;
  GBytes *samples;
  double volume;
} Order;

struct _BatonMediaSound
{
  GAsyncQueue *orders;
};

/* What the thread knows. */
typedef struct
{
  GAsyncQueue *orders;
  GQueue kept; /* of Order: samples that may have to be played (again) */
  GstElement *pipeline, *source, *volume;
  gboolean tried, running;
  gint64 from; /* the moment that running began with */
  double loudness;
} Player;

static void
order_free (Order *order)
{
  g_clear_pointer (&order->samples, g_bytes_unref);
  g_free (order);
}

static gint64
end_of (const Order *samples)
{
  return samples->at + (gint64) g_bytes_get_size (samples->samples) * G_USEC_PER_SEC / BYTES_A_SECOND;
}

/* The first time something is to be heard: GStreamer may have to look through all that is installed. */
static void
build (Player *player)
{
  g_autofree char *words = g_strdup_printf (
      "appsrc name=source format=time max-bytes=0 caps=audio/x-raw,format=S16LE,rate=%d,channels=%d,"
      "layout=interleaved ! audioconvert ! audioresample ! volume name=volume ! autoaudiosink",
      BATON_PLAY_RATE, BATON_PLAY_CHANNELS);
  g_autoptr (GError) error = NULL;
  g_autoptr (GstClock) clock = NULL;

  player->tried = TRUE;
  if (g_getenv ("BATON_SILENT") != NULL || !gst_init_check (NULL, NULL, &error))
    return;
  player->pipeline = gst_parse_launch_full (words, NULL, GST_PARSE_FLAG_FATAL_ERRORS, &error);
  if (player->pipeline == NULL)
    {
      g_debug ("no sound: %s", error->message);
      return;
    }
  gst_object_ref_sink (player->pipeline);
  player->source = gst_bin_get_by_name (GST_BIN (player->pipeline), "source");
  player->volume = gst_bin_get_by_name (GST_BIN (player->pipeline), "volume");
  g_object_set (player->volume, "volume", player->loudness, NULL);
  clock = gst_system_clock_obtain (); /* monotonic, as g_get_monotonic_time */
  gst_pipeline_use_clock (GST_PIPELINE (player->pipeline), clock);
  gst_element_set_start_time (player->pipeline, GST_CLOCK_TIME_NONE);
}

/* From its part that has not been heard yet, in the time of the pipeline, which began with 0. */
static void
feed (Player *player, const Order *samples)
{
  gint64 late = player->from - samples->at;
  gsize size = g_bytes_get_size (samples->samples), skip = 0;
  g_autoptr (GBytes) rest = NULL;
  GstBuffer *buffer;

  if (end_of (samples) <= player->from)
    return;
  if (late > 0)
    skip = MIN ((gsize) (late * BATON_PLAY_RATE / G_USEC_PER_SEC) * BATON_PLAY_CHANNELS * 2, size);
  rest = g_bytes_new_from_bytes (samples->samples, skip, size - skip);
  buffer = gst_buffer_new_wrapped_bytes (rest);
  GST_BUFFER_PTS (buffer) = (GstClockTime) MAX (-late, 0) * 1000;
  GST_BUFFER_DURATION (buffer) = gst_util_uint64_scale (size - skip, GST_SECOND, BYTES_A_SECOND);
  gst_app_src_push_buffer (GST_APP_SRC (player->source), buffer);
}

static void
silence (Player *player)
{
  if (player->pipeline != NULL && player->running)
    gst_element_set_state (player->pipeline, GST_STATE_READY);
  player->running = FALSE;
}

static void
forget_before (Player *player, gint64 at)
{
  Order *first;

  while ((first = g_queue_peek_head (&player->kept)) != NULL && end_of (first) <= at)
    order_free (g_queue_pop_head (&player->kept));
}

static void
begin (Player *player, const Order *order)
{
  silence (player);
  if (!player->tried)
    build (player);
  if (player->pipeline == NULL)
    return;
  forget_before (player, order->at);
  player->from = order->at;
  player->running = TRUE;
  gst_element_set_base_time (player->pipeline, (GstClockTime) order->when * 1000);
  gst_element_set_state (player->pipeline, GST_STATE_PLAYING);
  for (GList *l = player->kept.head; l != NULL; l = l->next)
    feed (player, l->data);
}

/* A device that goes away ends the sound, not the picture. */
static void
look_after (Player *player)
{
  g_autoptr (GstBus) bus = player->pipeline != NULL ? gst_element_get_bus (player->pipeline) : NULL;
  GstMessage *message;

  while (bus != NULL && (message = gst_bus_pop (bus)) != NULL)
    {
      if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_ERROR)
        silence (player);
      gst_message_unref (message);
    }
}

static void
follow (Player *player, Order *order)
{
  switch (order->what)
    {
    case PUSH:
      g_queue_push_tail (&player->kept, order);
      if (player->running)
        {
          forget_before (player, order->at - 4 * G_USEC_PER_SEC);
          feed (player, order);
        }
      return;
    case START:
      begin (player, order);
      break;
    case STOP:
      silence (player);
      forget_before (player, order->at);
      break;
    case FLUSH:
      silence (player);
      g_queue_clear_full (&player->kept, (GDestroyNotify) order_free);
      break;
    case VOLUME:
      player->loudness = order->volume;
      if (player->volume != NULL)
        g_object_set (player->volume, "volume", order->volume, NULL);
      break;
    case END:
    default:
      break;
    }
  order_free (order);
}

static gpointer
thread (gpointer data)
{
  Player player = { .orders = data, .loudness = 1 };

  for (;;)
    {
      Order *order = g_async_queue_pop (player.orders);

      look_after (&player);
      if (order->what == END)
        {
          order_free (order);
          break;
        }
      follow (&player, order);
    }
  if (player.pipeline != NULL)
    {
      gst_element_set_state (player.pipeline, GST_STATE_NULL);
      gst_object_unref (player.source);
      gst_object_unref (player.volume);
      gst_object_unref (player.pipeline);
    }
  g_queue_clear_full (&player.kept, (GDestroyNotify) order_free);
  g_async_queue_unref (player.orders);
  return NULL;
}

static void
give (BatonMediaSound *self, Order order)
{
  g_async_queue_push (self->orders, g_memdup2 (&order, sizeof order));
}

BatonMediaSound *
baton_media_sound_new (void)
{
  BatonMediaSound *self = g_new0 (BatonMediaSound, 1);

  self->orders = g_async_queue_new_full ((GDestroyNotify) order_free);
  g_thread_unref (g_thread_new ("sound", thread, g_async_queue_ref (self->orders)));
  return self;
}

void
baton_media_sound_free (BatonMediaSound *self)
{
  give (self, (Order){ .what = END });
  g_async_queue_unref (self->orders);
  g_free (self);
}

void
baton_media_sound_push (BatonMediaSound *self, gint64 at, GBytes *samples)
{
  give (self, (Order){ .what = PUSH, .at = at, .samples = g_bytes_ref (samples) });
}

void
baton_media_sound_start (BatonMediaSound *self, gint64 at, gint64 when)
{
  give (self, (Order){ .what = START, .at = at, .when = when });
}

void
baton_media_sound_stop (BatonMediaSound *self, gint64 at)
{
  give (self, (Order){ .what = STOP, .at = at });
}

void
baton_media_sound_flush (BatonMediaSound *self)
{
  give (self, (Order){ .what = FLUSH });
}

void
baton_media_sound_set_volume (BatonMediaSound *self, double volume, gboolean muted)
{
  give (self, (Order){ .what = VOLUME, .volume = muted ? 0 : CLAMP (volume, 0, 1) });
}
