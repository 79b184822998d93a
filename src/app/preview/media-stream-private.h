/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "media-link.h"
#include "media-sound.h"
#include "media-stream.h"

G_BEGIN_DECLS

#define BATON_MEDIA_USUAL_FRAME (G_USEC_PER_SEC / 25) /* when the file does not say */

typedef struct
{
  GdkTexture *texture;
  gint64 at, length; /* microseconds */
} BatonMediaFrame;

struct _BatonMediaStream
{
  GtkMediaStream parent_instance;

  BatonMediaLink *link;
  BatonMediaSound *sound;
  BatonPlayReply info;
  GQueue frames; /* of BatonMediaFrame: that come next */
  BatonMediaFrame shown;
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

/* media-stream.c: what the file has, and waiting for the helper, which takes so long at the most. watch:
 * something has come, or is waited for anew. */
gboolean baton_media_stream_sees (BatonMediaStream *self);
gboolean baton_media_stream_hears (BatonMediaStream *self);
void baton_media_stream_watch (BatonMediaStream *self);
void baton_media_frame_free (gpointer frame);

/* media-pace.c: the clock runs and halts, and shows the frames whose time has come. Moments are in
 * microseconds. */
void baton_media_stream_run (BatonMediaStream *self); /* if it may: nothing when paused, seeking or waiting */
void baton_media_stream_halt (BatonMediaStream *self);
void baton_media_stream_show (BatonMediaStream *self, GdkTexture *texture, gint64 at, gint64 length);
void baton_media_stream_show_next (BatonMediaStream *self); /* there must be one */
void baton_media_stream_tell_moment (BatonMediaStream *self, gint64 at);
gint64 baton_media_stream_moment_of (BatonMediaStream *self, gint64 at);

/* media-seek.c: one seek at a time, and steps from frame to frame. settle: what was asked for has come. */
void baton_media_stream_seek_to (BatonMediaStream *self, gint64 at, gboolean before);
void baton_media_stream_settle (BatonMediaStream *self);
void baton_media_stream_make_steps (BatonMediaStream *self);
void baton_media_stream_forget_frames (BatonMediaStream *self);

G_END_DECLS
