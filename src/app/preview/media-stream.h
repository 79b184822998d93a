/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "play-protocol.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A video or sound that is played: decoded by a helper process, shown and heard here by this program's clock.
 * Play, pause, seek and volume are those of GtkMediaStream; errors are of BATON_DECODER_ERROR and say in a
 * sentence what to do. The helper ends with the stream. Main thread only.
 *
 * Signal frame (): another frame is shown. */
#define BATON_TYPE_MEDIA_STREAM (baton_media_stream_get_type ())
G_DECLARE_FINAL_TYPE (BatonMediaStream, baton_media_stream, BATON, MEDIA_STREAM, GtkMediaStream)

/* Frames fit into width × height pixels. */
GtkMediaStream *baton_media_stream_new (const char *path, int width, int height);

/* So many frames on, or back; pauses. Every frame of the file is met, also where their rate varies. */
void baton_media_stream_step (BatonMediaStream *self, int frames);

/* What is seen now; NULL for sound. Borrowed. */
GdkTexture *baton_media_stream_texture (BatonMediaStream *self);
/* What the helper found out; flags 0 while nothing is known. Borrowed. */
const BatonPlayReply *baton_media_stream_info (BatonMediaStream *self);
/* How long a frame is seen, in microseconds: of the one that is shown, else a twenty-fifth of a second. */
gint64 baton_media_stream_frame_length (BatonMediaStream *self);
/* Nothing is waited for: what is shown is what was asked for last. */
gboolean baton_media_stream_is_settled (BatonMediaStream *self);
/* The file ended before it should have: what there is of it can be seen. */
gboolean baton_media_stream_is_cut (BatonMediaStream *self);

/* For tests: how long the helper may take, and an end of it. */
void baton_media_stream_set_timeout (BatonMediaStream *self, guint ms);
void baton_media_stream_kill (BatonMediaStream *self);

G_END_DECLS
