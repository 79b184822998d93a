/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "play-protocol.h"

#include <gst/gst.h>

G_BEGIN_DECLS

/* One file while it is played. GStreamer calls from threads of its own; the conversation is read by the main
 * thread. What both touch is behind `lock`; `changed` says that something of it is another now. */
typedef struct
{
  GMutex lock;
  GCond changed;
  GMutex sending;

  GstElement *pipeline;
  int box_width, box_height;
  int wake; /* eventfd: the main thread has to seek again */

  guint32 serial;
  gboolean told;      /* INFO was said */
  gboolean failed;    /* FAILED was said: nothing follows */
  gboolean named_all; /* no more streams will be found */
  BatonPlayReply info;

  /* The picture */
  GstElement *picture;   /* appsink; NULL: there is none */
  GstElement *shape;     /* capsfilter in front of it */
  gboolean picture_void; /* what comes is of before the seek */
  gboolean picture_ended;
  int width, height;
  guint8 *ring;
  gsize frame_size;
  guint lent;    /* bits: slots that are the program's */
  gint64 target; /* the moment to begin at, -1: wherever it begins */
  gboolean before;
  gint64 begun;   /* where decoding began for that */
  gboolean again; /* it began too late for that */
  gboolean first;
  gboolean held_cut; /* the frame that is held began before what was decoded */
  GstSample *held;

  /* The sound */
  GstElement *sound;
  gboolean sound_void;
  gboolean sound_ended;
  gint64 sound_from;
  gint64 until;
} BatonPlay;

/* play.c; any thread. */
gboolean baton_play_tell (BatonPlay *play, BatonPlayReply *reply, gconstpointer bytes, gsize size, int fd);
void baton_play_fail (BatonPlay *play, BatonDecodeStatus status, const char *codec);

/* play-build.c */
gboolean baton_play_open (BatonPlay *play, int fd);
/* Main thread. */
void baton_play_seek (BatonPlay *play, guint32 serial, gint64 time, gboolean before);
/* From farther back, because what was wanted lies before what was decoded. */
void baton_play_seek_again (BatonPlay *play);
/* With the lock held: says INFO when all is known for it; TRUE when it has been said. */
gboolean baton_play_introduce (BatonPlay *play);
/* With the lock held: one of the two streams has come to its end. */
void baton_play_tell_ended (BatonPlay *play, BatonPlayFlags stream);
/* ns from the beginning of what is played; -1: unknown. */
gint64 baton_play_moment (GstSample *sample);

/* play-sink.c: the last element of a branch, which hands on what comes, with the lock held; NULL where
 * GStreamer has none. After a flush *before_seek is cleared: what comes then is of the new series. */
typedef void (*BatonPlayTake) (BatonPlay *play, GstSample *sample);
typedef void (*BatonPlayEnd) (BatonPlay *play);
GstElement *baton_play_sink_new (
    BatonPlay *play, BatonPlayTake take, BatonPlayEnd end, gboolean *before_seek);

/* play-picture.c, play-sound.c: what ends the branch of a stream; linked to pad. */
gboolean baton_play_add_picture (BatonPlay *play, GstPad *pad);
gboolean baton_play_add_sound (BatonPlay *play, GstPad *pad);

G_END_DECLS
