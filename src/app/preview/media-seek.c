/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "media-stream-private.h"

void
baton_media_stream_forget_frames (BatonMediaStream *self)
{
  g_queue_clear_full (&self->frames, baton_media_frame_free);
}

/* One at a time: while somebody scrubs, the latest wish is asked for when the one before it has come. */
static void
ask (BatonMediaStream *self)
{
  if (self->asked || self->wanted < 0 || self->link == NULL)
    return;
  baton_media_stream_halt (self);
  self->stalled = FALSE;
  baton_media_stream_forget_frames (self);
  if (self->sound != NULL)
    baton_media_sound_flush (self->sound);
  self->picture_ended = self->sound_ended = FALSE;
  self->sound_to = 0;
  self->asked = TRUE;
  self->asked_at = self->wanted;
  self->asked_before = self->wanted_before;
  self->wanted = -1;
  self->serial = baton_media_link_seek (self->link, self->asked_at, self->asked_before);
  baton_media_stream_watch (self);
}

void
baton_media_stream_settle (BatonMediaStream *self)
{
  GtkMediaStream *stream = GTK_MEDIA_STREAM (self);

  self->asked = FALSE;
  if (self->wanted >= 0)
    {
      ask (self);
      return;
    }
  self->base_at = self->asked_before ? self->shown.at : baton_media_stream_moment_of (self, self->asked_at);
  if (gtk_media_stream_is_seeking (stream))
    gtk_media_stream_seek_success (stream);
  baton_media_stream_tell_moment (self, self->base_at);
  baton_media_stream_watch (self);
  baton_media_stream_make_steps (self);
  baton_media_stream_run (self);
}

void
baton_media_stream_seek_to (BatonMediaStream *self, gint64 at, gboolean before)
{
  self->wanted = MAX (at, 0);
  self->wanted_before = before;
  ask (self);
}

void
baton_media_stream_make_steps (BatonMediaStream *self)
{
  while (self->steps > 0 && !self->asked && !g_queue_is_empty (&self->frames))
    {
      baton_media_stream_show_next (self);
      self->steps--;
      self->base_at = self->shown.at;
      baton_media_stream_tell_moment (self, self->base_at);
    }
  if (self->steps > 0 && self->picture_ended)
    self->steps = 0;
  if (self->steps < 0 && !self->asked)
    {
      self->steps++;
      if (self->shown.at > 0)
        baton_media_stream_seek_to (self, self->shown.at, TRUE);
      else
        self->steps = 0;
    }
  baton_media_stream_watch (self);
}

void
baton_media_stream_step (BatonMediaStream *self, int frames)
{
  g_return_if_fail (BATON_IS_MEDIA_STREAM (self));
  if (!gtk_media_stream_is_prepared (GTK_MEDIA_STREAM (self)))
    return;
  gtk_media_stream_pause (GTK_MEDIA_STREAM (self));
  if (!baton_media_stream_sees (self))
    {
      gint64 from = self->wanted >= 0 ? self->wanted : self->asked ? self->asked_at : self->base_at;

      baton_media_stream_seek_to (
          self, CLAMP (from + frames * BATON_MEDIA_USUAL_FRAME, 0, self->info.length / 1000), FALSE);
      return;
    }
  self->steps += frames;
  baton_media_stream_make_steps (self);
}
