/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "media-stream-private.h"

#include "decoded.h"
#include "media-words.h"

#define START_MS 20000 /* on top, for the helper to be there */
#define ENOUGH 3       /* frames to go on with after the clock has waited for them */

static void paintable_init (GdkPaintableInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (BatonMediaStream, baton_media_stream, GTK_TYPE_MEDIA_STREAM,
    G_IMPLEMENT_INTERFACE (GDK_TYPE_PAINTABLE, paintable_init))

gboolean
baton_media_stream_sees (BatonMediaStream *self)
{
  return (self->info.flags & BATON_PLAY_HAS_PICTURE) != 0;
}

gboolean
baton_media_stream_hears (BatonMediaStream *self)
{
  return (self->info.flags & BATON_PLAY_HAS_SOUND) != 0;
}

void
baton_media_frame_free (gpointer data)
{
  BatonMediaFrame *frame = data;

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
         (baton_media_stream_sees (self) && self->shown.texture == NULL && !self->picture_ended);
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
void
baton_media_stream_watch (BatonMediaStream *self)
{
  g_clear_handle_id (&self->deadline, g_source_remove);
  if (self->link != NULL && is_waiting (self))
    self->deadline = g_timeout_add (self->timeout_ms, deadline_cb, self);
}

/* What the helper says */

static void
prepare (BatonMediaStream *self)
{
  if (gtk_media_stream_is_prepared (GTK_MEDIA_STREAM (self)))
    return;
  if (baton_media_stream_hears (self))
    {
      self->sound = baton_media_sound_new ();
      baton_media_sound_set_volume (self->sound, gtk_media_stream_get_volume (GTK_MEDIA_STREAM (self)),
          gtk_media_stream_get_muted (GTK_MEDIA_STREAM (self)));
    }
  gtk_media_stream_stream_prepared (GTK_MEDIA_STREAM (self), baton_media_stream_hears (self),
      baton_media_stream_sees (self), (self->info.flags & BATON_PLAY_SEEKABLE) != 0,
      self->info.length / 1000);
  baton_media_stream_tell_moment (self, self->base_at);
  baton_media_stream_run (self);
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
  baton_media_stream_watch (self);
  if (!baton_media_stream_sees (self))
    prepare (self);
}

static void
frame_cb (gpointer data, guint32 serial, gint64 at, gint64 length, GdkTexture *texture)
{
  /* Whoever is told may drop it. */
  g_autoptr (BatonMediaStream) self = g_object_ref (data);
  BatonMediaFrame *frame;

  if (serial != self->serial)
    return;
  if (self->asked || self->shown.texture == NULL)
    {
      gboolean first = self->shown.texture == NULL;

      baton_media_stream_show (self, texture, at, length);
      if (self->asked)
        baton_media_stream_settle (self);
      if (first)
        prepare (self);
      baton_media_stream_watch (self);
      return;
    }
  frame = g_new (BatonMediaFrame, 1);
  *frame = (BatonMediaFrame){ g_object_ref (texture), at, length };
  g_queue_push_tail (&self->frames, frame);
  if (self->steps != 0)
    baton_media_stream_make_steps (self);
  if (self->stalled && g_queue_get_length (&self->frames) >= ENOUGH)
    {
      self->stalled = FALSE;
      baton_media_stream_run (self);
    }
  baton_media_stream_watch (self);
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
  if (self->asked && !baton_media_stream_sees (self))
    baton_media_stream_settle (self);
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
  if (self->asked && (baton_media_stream_sees (self) ? self->picture_ended : self->sound_ended))
    baton_media_stream_settle (self);
  baton_media_stream_make_steps (self);
  if (self->stalled && self->picture_ended)
    {
      self->stalled = FALSE;
      baton_media_stream_run (self);
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
    baton_media_stream_run (self);
}

static void
pause_stream (GtkMediaStream *stream)
{
  BatonMediaStream *self = BATON_MEDIA_STREAM (stream);

  baton_media_stream_halt (self);
  self->stalled = FALSE;
  baton_media_stream_watch (self);
}

static void
seek (GtkMediaStream *stream, gint64 at)
{
  BatonMediaStream *self = BATON_MEDIA_STREAM (stream);

  self->steps = 0;
  baton_media_stream_seek_to (self, at, FALSE);
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
  baton_media_stream_forget_frames (self);
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
  g_signal_new ("frame", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
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
  baton_media_stream_watch (self);
}

void
baton_media_stream_kill (BatonMediaStream *self)
{
  g_return_if_fail (BATON_IS_MEDIA_STREAM (self));
  if (self->link != NULL)
    baton_media_link_kill (self->link);
}
