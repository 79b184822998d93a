/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "play-protocol.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* One helper that plays one file (baton-play), and the conversation with it. Whatever it says is checked: one
 * wrong number ends it as a crash does. Main thread only; the process ends with the link. */
typedef struct _BatonMediaLink BatonMediaLink;

/* serial: of the seek that it belongs to. Times are in microseconds. After `failed` nothing more is said; the
 * link is to be freed by whoever made it, also within any of these. */
typedef struct
{
  void (*info) (gpointer data, const BatonPlayReply *info);
  /* texture: the memory behind it is the helper's again when the last reference is gone. */
  void (*frame) (gpointer data, guint32 serial, gint64 at, gint64 length, GdkTexture *texture);
  /* 16-bit samples of two channels, BATON_PLAY_RATE a second */
  void (*sound) (gpointer data, guint32 serial, gint64 at, GBytes *samples);
  void (*ended) (gpointer data, guint32 serial, BatonPlayFlags stream, BatonDecodeStatus status);
  void (*failed) (gpointer data, BatonDecodeStatus status, const char *codec);
} BatonMediaLinkFuncs;

/* Frames are made to fit into width × height. Starts with the frames from the beginning on, as serial 0. */
BatonMediaLink *baton_media_link_new (
    const char *path, int width, int height, const BatonMediaLinkFuncs *funcs, gpointer data);
void baton_media_link_free (BatonMediaLink *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BatonMediaLink, baton_media_link_free)

/* Begins a new series with the frame that is seen at a moment, or with the last one before it. Gives its
 * serial. */
guint32 baton_media_link_seek (BatonMediaLink *self, gint64 at, gboolean before);
/* Sound is sent up to this moment. */
void baton_media_link_until (BatonMediaLink *self, gint64 at);

/* For tests: ends the helper as if it had crashed. */
void baton_media_link_kill (BatonMediaLink *self);

G_END_DECLS
