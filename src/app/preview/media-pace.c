/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "media-stream-private.h"

#define SOUND_LEAD (80 * 1000)     /* until a device plays */
#define SOUND_AHEAD G_USEC_PER_SEC /* that is asked for */
#define SOUND_TICK (100 * 1000)    /* how often the moment moves on without frames */
#define LATE (250 * 1000)          /* frames may be before the clock waits for them */

static void tick (BatonMediaStream *self);

static gint64
position (BatonMediaStream *self)
{
  return self->running ? self->base_at + MAX (g_get_monotonic_time () - self->base_when, 0) : self->base_at;
}

gint64
baton_media_stream_frame_length (BatonMediaStream *self)
{
  if (self->shown.length > 0)
    return self->shown.length;
  if (self->info.rate_n > 0 && self->info.rate_d > 0)
    return MAX (G_USEC_PER_SEC * (gint64) self->info.rate_d / self->info.rate_n, 1000);
  return BATON_MEDIA_USUAL_FRAME;
}

/* The moment that goes with a frame: its own, unless the file goes on after its last one. */
gint64
baton_media_stream_moment_of (BatonMediaStream *self, gint64 at)
{
  gint64 length = baton_media_stream_frame_length (self);

  return baton_media_stream_sees (self) && at >= self->shown.at && at < self->shown.at + length + length / 2
             ? self->shown.at
             : at;
}

void
baton_media_stream_halt (BatonMediaStream *self)
{
  if (!self->running)
    return;
  self->base_at = baton_media_stream_moment_of (self, position (self));
  self->running = FALSE;
  g_clear_handle_id (&self->tick, g_source_remove);
  if (self->sound != NULL)
    baton_media_sound_stop (self->sound, self->base_at);
}

void
baton_media_stream_run (BatonMediaStream *self)
{
  if (self->running || self->asked || self->stalled ||
      !gtk_media_stream_is_prepared (GTK_MEDIA_STREAM (self)) ||
      !gtk_media_stream_get_playing (GTK_MEDIA_STREAM (self)))
    return;
  self->running = TRUE;
  self->base_when = g_get_monotonic_time () + (self->sound != NULL ? SOUND_LEAD : 0);
  if (self->sound != NULL)
    baton_media_sound_start (self->sound, self->base_at, self->base_when);
  tick (self);
}

void
baton_media_stream_show (BatonMediaStream *self, GdkTexture *texture, gint64 at, gint64 length)
{
  gboolean first = self->shown.texture == NULL;

  g_set_object (&self->shown.texture, texture);
  self->shown.at = at;
  self->shown.length = length;
  if (first)
    gdk_paintable_invalidate_size (GDK_PAINTABLE (self));
  gdk_paintable_invalidate_contents (GDK_PAINTABLE (self));
  g_signal_emit_by_name (self, "frame");
}

void
baton_media_stream_show_next (BatonMediaStream *self)
{
  BatonMediaFrame *frame = g_queue_pop_head (&self->frames);

  baton_media_stream_show (self, frame->texture, frame->at, frame->length);
  baton_media_frame_free (frame);
}

void
baton_media_stream_tell_moment (BatonMediaStream *self, gint64 at)
{
  GtkMediaStream *stream = GTK_MEDIA_STREAM (self);

  if (gtk_media_stream_is_prepared (stream) && gtk_media_stream_get_timestamp (stream) != at)
    gtk_media_stream_update (stream, at);
  if (self->link != NULL)
    baton_media_link_until (self->link, at + SOUND_AHEAD);
}

static gint64
end_of_all (BatonMediaStream *self)
{
  gint64 end = baton_media_stream_hears (self) ? self->sound_to : 0;

  return baton_media_stream_sees (self) ? MAX (end, self->shown.at + baton_media_stream_frame_length (self))
                                        : end;
}

static gboolean
is_over (BatonMediaStream *self, gint64 at)
{
  return (!baton_media_stream_sees (self) || (self->picture_ended && g_queue_is_empty (&self->frames))) &&
         (!baton_media_stream_hears (self) || self->sound_ended) && at >= end_of_all (self);
}

static void
finish (BatonMediaStream *self)
{
  gint64 end = end_of_all (self);

  gtk_media_stream_pause (GTK_MEDIA_STREAM (self));
  self->base_at = end;
  baton_media_stream_tell_moment (self, end);
  gtk_media_stream_stream_ended (GTK_MEDIA_STREAM (self));
}

/* Decoding is slower than time: the clock waits, and picture and sound go on together. */
static gboolean
is_starved (BatonMediaStream *self, gint64 at)
{
  return baton_media_stream_sees (self) && !self->picture_ended && g_queue_is_empty (&self->frames) &&
         at > self->shown.at + baton_media_stream_frame_length (self) + LATE;
}

static gboolean
tick_cb (gpointer data)
{
  BatonMediaStream *self = data;

  self->tick = 0;
  tick (self);
  return G_SOURCE_REMOVE;
}

static void
schedule (BatonMediaStream *self, gint64 at)
{
  const BatonMediaFrame *next = g_queue_peek_head (&self->frames);
  gint64 wait = next != NULL ? CLAMP (next->at - at, 1000, SOUND_TICK) : SOUND_TICK / 4;

  g_clear_handle_id (&self->tick, g_source_remove);
  self->tick =
      g_timeout_add_full (G_PRIORITY_HIGH_IDLE - 10, (guint) ((wait + 999) / 1000), tick_cb, self, NULL);
}

static void
tick (BatonMediaStream *self)
{
  gint64 at = position (self);
  const BatonMediaFrame *next;

  if (!self->running)
    return;
  while ((next = g_queue_peek_head (&self->frames)) != NULL && next->at <= at)
    baton_media_stream_show_next (self);
  if (is_over (self, at))
    {
      finish (self);
      return;
    }
  if (is_starved (self, at))
    {
      baton_media_stream_halt (self);
      self->base_at = self->shown.at;
      self->stalled = TRUE;
      baton_media_stream_watch (self);
      return;
    }
  baton_media_stream_tell_moment (self, baton_media_stream_moment_of (self, at));
  schedule (self, at);
}
