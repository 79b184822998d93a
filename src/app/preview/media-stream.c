/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "media-stream.h"

#include "decoded.h"
#include "media-link.h"
#include "media-sound.h"
#include "media-words.h"

#define START_MS 20000                    /* on top, for the helper to be there */
#define USUAL_FRAME (G_USEC_PER_SEC / 25) /* when the file does not say */
#define SOUND_LEAD (80 * 1000)            /* until a device plays */
#define SOUND_AHEAD G_USEC_PER_SEC        /* that is asked for */
#define SOUND_TICK (100 * 1000)           /* how often the moment moves on without frames */
#define LATE (250 * 1000)                 /* frames may be before the clock waits for them */
#define ENOUGH 3                          /* frames to go on with after that */

typedef struct
{
  GdkTexture *texture;
  gint64 at, length;
} Frame;

struct _BatonMediaStream
{
  GtkMediaStream parent_instance;

  BatonMediaLink *link;
  BatonMediaSound *sound;
  BatonPlayReply info;
  GQueue frames; /* of Frame: that come next */
  Frame shown;
  guint32 serial;
  gboolean picture_ended, sound_ended, cut;
  gint64 sound_to; /* what has come of it */

  /* The clock: at `base_when` it was `base_at`. */
  gboolean running, stalled;
  gint64 base_at, base_when;
  guint tick;

  gint64 wanted; /* the moment of the seek that is to be asked for next; -1: none */
  gboolean wanted_before;
  gboolean asked; /* a seek is under way */
  gint64 asked_at;
  gboolean asked_before;
  int steps; /* still to be made */
  guint deadline, timeout_ms;
};

enum
{
  FRAME,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void paintable_init (GdkPaintableInterface *iface);
static void tick (BatonMediaStream *self);
static void make_steps (BatonMediaStream *self);

G_DEFINE_FINAL_TYPE_WITH_CODE (BatonMediaStream, baton_media_stream, GTK_TYPE_MEDIA_STREAM,
    G_IMPLEMENT_INTERFACE (GDK_TYPE_PAINTABLE, paintable_init))

static gboolean
sees (BatonMediaStream *self)
{
  return (self->info.flags & BATON_PLAY_HAS_PICTURE) != 0;
}

static gboolean
hears (BatonMediaStream *self)
{
  return (self->info.flags & BATON_PLAY_HAS_SOUND) != 0;
}

static void
frame_free (gpointer data)
{
  Frame *frame = data;

  g_object_unref (frame->texture);
  g_free (frame);
}

static void
fail (BatonMediaStream *self, BatonDecodeStatus status, const char *codec)
{
  g_autofree char *words = baton_media_words (status, codec);

  g_clear_handle_id (&self->deadline, g_source_remove);
  g_clear_handle_id (&self->tick, g_source_remove);
  g_clear_pointer (&self->link, baton_media_link_free);
  g_clear_pointer (&self->sound, baton_media_sound_free);
  self->running = FALSE;
  if (gtk_media_stream_get_error (GTK_MEDIA_STREAM (self)) == NULL)
    gtk_media_stream_error (GTK_MEDIA_STREAM (self), BATON_DECODER_ERROR, (int) status, "%s", words);
}

/* Waiting */

static gboolean
is_waiting (BatonMediaStream *self)
{
  return self->info.flags == 0 || self->asked || self->stalled || self->steps > 0 ||
         (sees (self) && self->shown.texture == NULL && !self->picture_ended);
}

static gboolean
deadline_cb (gpointer data)
{
  BatonMediaStream *self = data;

  self->deadline = 0;
  fail (self, BATON_DECODE_TIMEOUT, NULL);
  return G_SOURCE_REMOVE;
}

/* Something has come, or is waited for anew. */
static void
watch (BatonMediaStream *self)
{
  g_clear_handle_id (&self->deadline, g_source_remove);
  if (self->link != NULL && is_waiting (self))
    self->deadline = g_timeout_add (self->timeout_ms, deadline_cb, self);
}

/* The clock */

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
  return USUAL_FRAME;
}

/* The moment that goes with a frame: its own, unless the file goes on after its last one. */
static gint64
moment_of (BatonMediaStream *self, gint64 at)
{
  gint64 length = baton_media_stream_frame_length (self);

  return sees (self) && at >= self->shown.at && at < self->shown.at + length + length / 2 ? self->shown.at
                                                                                          : at;
}

static void
halt (BatonMediaStream *self)
{
  if (!self->running)
    return;
  self->base_at = moment_of (self, position (self));
  self->running = FALSE;
  g_clear_handle_id (&self->tick, g_source_remove);
  if (self->sound != NULL)
    baton_media_sound_stop (self->sound, self->base_at);
}

static void
run (BatonMediaStream *self)
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

static void
show (BatonMediaStream *self, GdkTexture *texture, gint64 at, gint64 length)
{
  gboolean first = self->shown.texture == NULL;

  g_set_object (&self->shown.texture, texture);
  self->shown.at = at;
  self->shown.length = length;
  if (first)
    gdk_paintable_invalidate_size (GDK_PAINTABLE (self));
  gdk_paintable_invalidate_contents (GDK_PAINTABLE (self));
  g_signal_emit (self, signals[FRAME], 0);
}

static void
show_next (BatonMediaStream *self)
{
  Frame *frame = g_queue_pop_head (&self->frames);

  show (self, frame->texture, frame->at, frame->length);
  frame_free (frame);
}

static void
tell_moment (BatonMediaStream *self, gint64 at)
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
  gint64 end = hears (self) ? self->sound_to : 0;

  return sees (self) ? MAX (end, self->shown.at + baton_media_stream_frame_length (self)) : end;
}

static gboolean
is_over (BatonMediaStream *self, gint64 at)
{
  return (!sees (self) || (self->picture_ended && g_queue_is_empty (&self->frames))) &&
         (!hears (self) || self->sound_ended) && at >= end_of_all (self);
}

static void
finish (BatonMediaStream *self)
{
  gint64 end = end_of_all (self);

  gtk_media_stream_pause (GTK_MEDIA_STREAM (self));
  self->base_at = end;
  tell_moment (self, end);
  gtk_media_stream_stream_ended (GTK_MEDIA_STREAM (self));
}

/* Decoding is slower than time: the clock waits, and picture and sound go on together. */
static gboolean
is_starved (BatonMediaStream *self, gint64 at)
{
  return sees (self) && !self->picture_ended && g_queue_is_empty (&self->frames) &&
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
  const Frame *next = g_queue_peek_head (&self->frames);
  gint64 wait = next != NULL ? CLAMP (next->at - at, 1000, SOUND_TICK) : SOUND_TICK / 4;

  g_clear_handle_id (&self->tick, g_source_remove);
  self->tick =
      g_timeout_add_full (G_PRIORITY_HIGH_IDLE - 10, (guint) ((wait + 999) / 1000), tick_cb, self, NULL);
}

static void
tick (BatonMediaStream *self)
{
  gint64 at = position (self);
  const Frame *next;

  if (!self->running)
    return;
  while ((next = g_queue_peek_head (&self->frames)) != NULL && next->at <= at)
    show_next (self);
  if (is_over (self, at))
    {
      finish (self);
      return;
    }
  if (is_starved (self, at))
    {
      halt (self);
      self->base_at = self->shown.at;
      self->stalled = TRUE;
      watch (self);
      return;
    }
  tell_moment (self, moment_of (self, at));
  schedule (self, at);
}

/* Seeking */

static void
forget_frames (BatonMediaStream *self)
{
  g_queue_clear_full (&self->frames, frame_free);
}

/* One at a time: while somebody scrubs, the latest wish is asked for when the one before it has come. */
static void
ask (BatonMediaStream *self)
{
  if (self->asked || self->wanted < 0 || self->link == NULL)
    return;
  halt (self);
  self->stalled = FALSE;
  forget_frames (self);
  if (self->sound != NULL)
    baton_media_sound_flush (self->sound);
  self->picture_ended = self->sound_ended = FALSE;
  self->sound_to = 0;
  self->asked = TRUE;
  self->asked_at = self->wanted;
  self->asked_before = self->wanted_before;
  self->wanted = -1;
  self->serial = baton_media_link_seek (self->link, self->asked_at, self->asked_before);
  watch (self);
}

static void
settle (BatonMediaStream *self)
{
  GtkMediaStream *stream = GTK_MEDIA_STREAM (self);

  self->asked = FALSE;
  if (self->wanted >= 0)
    {
      ask (self);
      return;
    }
  self->base_at = self->asked_before ? self->shown.at : moment_of (self, self->asked_at);
  if (gtk_media_stream_is_seeking (stream))
    gtk_media_stream_seek_success (stream);
  tell_moment (self, self->base_at);
  watch (self);
  make_steps (self);
  run (self);
}

static void
seek_to (BatonMediaStream *self, gint64 at, gboolean before)
{
  self->wanted = MAX (at, 0);
  self->wanted_before = before;
  ask (self);
}

static void
make_steps (BatonMediaStream *self)
{
  while (self->steps > 0 && !self->asked && !g_queue_is_empty (&self->frames))
    {
      show_next (self);
      self->steps--;
      self->base_at = self->shown.at;
      tell_moment (self, self->base_at);
    }
  if (self->steps > 0 && self->picture_ended)
    self->steps = 0;
  if (self->steps < 0 && !self->asked)
    {
      self->steps++;
      if (self->shown.at > 0)
        seek_to (self, self->shown.at, TRUE);
      else
        self->steps = 0;
    }
  watch (self);
}

void
baton_media_stream_step (BatonMediaStream *self, int frames)
{
  g_return_if_fail (BATON_IS_MEDIA_STREAM (self));
  if (!gtk_media_stream_is_prepared (GTK_MEDIA_STREAM (self)))
    return;
  gtk_media_stream_pause (GTK_MEDIA_STREAM (self));
  if (!sees (self))
    {
      gint64 from = self->wanted >= 0 ? self->wanted : self->asked ? self->asked_at : self->base_at;

      seek_to (self, CLAMP (from + frames * USUAL_FRAME, 0, self->info.length / 1000), FALSE);
      return;
    }
  self->steps += frames;
  make_steps (self);
}

/* What the helper says */

static void
prepare (BatonMediaStream *self)
{
  if (gtk_media_stream_is_prepared (GTK_MEDIA_STREAM (self)))
    return;
  if (hears (self))
    {
      self->sound = baton_media_sound_new ();
      baton_media_sound_set_volume (self->sound, gtk_media_stream_get_volume (GTK_MEDIA_STREAM (self)),
          gtk_media_stream_get_muted (GTK_MEDIA_STREAM (self)));
    }
  gtk_media_stream_stream_prepared (GTK_MEDIA_STREAM (self), hears (self), sees (self),
      (self->info.flags & BATON_PLAY_SEEKABLE) != 0, self->info.length / 1000);
  tell_moment (self, self->base_at);
  run (self);
}

static void
info_cb (gpointer data, const BatonPlayReply *info)
{
  /* Whoever is told may drop it. */
  g_autoptr (BatonMediaStream) self = g_object_ref (data);

  self->info = *info;
  /* Upright, as it is shown. */
  if ((info->full_width > info->full_height) != (info->width > info->height) &&
      info->full_width != info->full_height)
    {
      self->info.full_width = info->full_height;
      self->info.full_height = info->full_width;
    }
  watch (self);
  if (!sees (self))
    prepare (self);
}

static void
frame_cb (gpointer data, guint32 serial, gint64 at, gint64 length, GdkTexture *texture)
{
  /* Whoever is told may drop it. */
  g_autoptr (BatonMediaStream) self = g_object_ref (data);
  Frame *frame;

  if (serial != self->serial)
    return;
  if (self->asked || self->shown.texture == NULL)
    {
      gboolean first = self->shown.texture == NULL;

      show (self, texture, at, length);
      if (self->asked)
        settle (self);
      if (first)
        prepare (self);
      watch (self);
      return;
    }
  frame = g_new (Frame, 1);
  *frame = (Frame){ g_object_ref (texture), at, length };
  g_queue_push_tail (&self->frames, frame);
  if (self->steps != 0)
    make_steps (self);
  if (self->stalled && g_queue_get_length (&self->frames) >= ENOUGH)
    {
      self->stalled = FALSE;
      run (self);
    }
  watch (self);
}

static void
sound_cb (gpointer data, guint32 serial, gint64 at, GBytes *samples)
{
  /* Whoever is told may drop it. */
  g_autoptr (BatonMediaStream) self = g_object_ref (data);

  if (serial != self->serial)
    return;
  self->sound_to =
      at + (gint64) g_bytes_get_size (samples) * G_USEC_PER_SEC / (BATON_PLAY_RATE * BATON_PLAY_CHANNELS * 2);
  prepare (self);
  if (self->sound != NULL)
    baton_media_sound_push (self->sound, at, samples);
  if (self->asked && !sees (self))
    settle (self);
}

static void
ended_cb (gpointer data, guint32 serial, BatonPlayFlags stream, BatonDecodeStatus status)
{
  /* Whoever is told may drop it. */
  g_autoptr (BatonMediaStream) self = g_object_ref (data);

  if (serial != self->serial)
    return;
  self->cut = self->cut || status != BATON_DECODE_OK;
  if (stream == BATON_PLAY_HAS_PICTURE)
    self->picture_ended = TRUE;
  else
    self->sound_ended = TRUE;
  /* Nothing came: there is nothing at that moment. */
  if (self->asked && (sees (self) ? self->picture_ended : self->sound_ended))
    settle (self);
  make_steps (self);
  if (self->stalled && self->picture_ended)
    {
      self->stalled = FALSE;
      run (self);
    }
}

static void
failed_cb (gpointer data, BatonDecodeStatus status, const char *codec)
{
  fail (data, status, codec);
}

static const BatonMediaLinkFuncs link_funcs = { info_cb, frame_cb, sound_cb, ended_cb, failed_cb };

/* GtkMediaStream */

static gboolean
play (GtkMediaStream *stream)
{
  BatonMediaStream *self = BATON_MEDIA_STREAM (stream);

  self->steps = 0;
  return self->link != NULL;
}

static void
playing_cb (BatonMediaStream *self)
{
  if (gtk_media_stream_get_playing (GTK_MEDIA_STREAM (self)))
    run (self);
}

static void
pause_stream (GtkMediaStream *stream)
{
  BatonMediaStream *self = BATON_MEDIA_STREAM (stream);

  halt (self);
  self->stalled = FALSE;
  watch (self);
}

static void
seek (GtkMediaStream *stream, gint64 at)
{
  BatonMediaStream *self = BATON_MEDIA_STREAM (stream);

  self->steps = 0;
  seek_to (self, at, FALSE);
}

static void
update_audio (GtkMediaStream *stream, gboolean muted, double volume)
{
  BatonMediaStream *self = BATON_MEDIA_STREAM (stream);

  if (self->sound != NULL)
    baton_media_sound_set_volume (self->sound, volume, muted);
}

static void
paint (GdkPaintable *paintable, GdkSnapshot *snapshot, double width, double height)
{
  BatonMediaStream *self = BATON_MEDIA_STREAM (paintable);

  if (self->shown.texture != NULL)
    gdk_paintable_snapshot (GDK_PAINTABLE (self->shown.texture), snapshot, width, height);
}

static GdkPaintable *
current_image (GdkPaintable *paintable)
{
  BatonMediaStream *self = BATON_MEDIA_STREAM (paintable);

  return self->shown.texture != NULL ? GDK_PAINTABLE (g_object_ref (self->shown.texture))
                                     : gdk_paintable_new_empty (0, 0);
}

static int
full_width (GdkPaintable *paintable)
{
  return BATON_MEDIA_STREAM (paintable)->info.full_width;
}

static int
full_height (GdkPaintable *paintable)
{
  return BATON_MEDIA_STREAM (paintable)->info.full_height;
}

static void
paintable_init (GdkPaintableInterface *iface)
{
  iface->snapshot = paint;
  iface->get_current_image = current_image;
  iface->get_intrinsic_width = full_width;
  iface->get_intrinsic_height = full_height;
}

static void
baton_media_stream_dispose (GObject *object)
{
  BatonMediaStream *self = BATON_MEDIA_STREAM (object);

  g_clear_handle_id (&self->deadline, g_source_remove);
  g_clear_handle_id (&self->tick, g_source_remove);
  g_clear_pointer (&self->link, baton_media_link_free);
  g_clear_pointer (&self->sound, baton_media_sound_free);
  forget_frames (self);
  g_clear_object (&self->shown.texture);
  G_OBJECT_CLASS (baton_media_stream_parent_class)->dispose (object);
}

static void
baton_media_stream_class_init (BatonMediaStreamClass *klass)
{
  GtkMediaStreamClass *stream_class = GTK_MEDIA_STREAM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = baton_media_stream_dispose;
  stream_class->play = play;
  stream_class->pause = pause_stream;
  stream_class->seek = seek;
  stream_class->update_audio = update_audio;
  signals[FRAME] = g_signal_new (
      "frame", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
baton_media_stream_init (BatonMediaStream *self)
{
  self->wanted = -1;
  self->timeout_ms = BATON_PLAY_SECONDS * 1000;
  g_signal_connect (self, "notify::playing", G_CALLBACK (playing_cb), NULL);
}

GtkMediaStream *
baton_media_stream_new (const char *path, int width, int height)
{
  BatonMediaStream *self = g_object_new (BATON_TYPE_MEDIA_STREAM, NULL);

  self->link = baton_media_link_new (path, width, height, &link_funcs, self);
  self->deadline = g_timeout_add (self->timeout_ms + START_MS, deadline_cb, self);
  return GTK_MEDIA_STREAM (self);
}

GdkTexture *
baton_media_stream_texture (BatonMediaStream *self)
{
  g_return_val_if_fail (BATON_IS_MEDIA_STREAM (self), NULL);
  return self->shown.texture;
}

const BatonPlayReply *
baton_media_stream_info (BatonMediaStream *self)
{
  g_return_val_if_fail (BATON_IS_MEDIA_STREAM (self), NULL);
  return &self->info;
}

gboolean
baton_media_stream_is_settled (BatonMediaStream *self)
{
  g_return_val_if_fail (BATON_IS_MEDIA_STREAM (self), FALSE);
  return !is_waiting (self) && self->wanted < 0 && self->steps == 0;
}

gboolean
baton_media_stream_is_cut (BatonMediaStream *self)
{
  g_return_val_if_fail (BATON_IS_MEDIA_STREAM (self), FALSE);
  return self->cut;
}

void
baton_media_stream_set_timeout (BatonMediaStream *self, guint ms)
{
  g_return_if_fail (BATON_IS_MEDIA_STREAM (self));
  self->timeout_ms = ms;
  watch (self);
}

void
baton_media_stream_kill (BatonMediaStream *self)
{
  g_return_if_fail (BATON_IS_MEDIA_STREAM (self));
  if (self->link != NULL)
    baton_media_link_kill (self->link);
}
