/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The server's half of RFC 6455, as far as the live channel wants it: text messages of a bounded size, no
 * extensions. Our own, because libsoup collects a fragmented message without an end and has a frame of its
 * own for each of a thousand sockets, and because a text for all of them is better written once. */

typedef enum
{
  BATON_FRAME_CONTINUATION = 0,
  BATON_FRAME_TEXT = 1,
  BATON_FRAME_BINARY = 2,
  BATON_FRAME_CLOSE = 8,
  BATON_FRAME_PING = 9,
  BATON_FRAME_PONG = 10,
} BatonFrame;

/* A whole frame to be sent. */
GBytes *baton_frame_new (BatonFrame kind, const void *data, gsize length);
GBytes *baton_frame_new_close (guint16 code);

/* What the client's Sec-WebSocket-Key is answered with; NULL when it is none. Transfer full. */
char *baton_websocket_accept (const char *key);

typedef struct _BatonFrames BatonFrames;

/* TEXT: a whole message, valid UTF-8, NUL-terminated; PING: its payload; CLOSE: the client closes. */
typedef void (*BatonFrameFunc) (BatonFrame kind, const char *data, gsize length, gpointer user_data);

/* most: bytes of a message, all its fragments together. */
BatonFrames *baton_frames_new (gsize most, BatonFrameFunc func, gpointer data);
void baton_frames_free (BatonFrames *frames);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BatonFrames, baton_frames_free)

/* Takes what came in. 0, or the code that the connection has to be closed with; then nothing more may be fed.
 */
guint16 baton_frames_feed (BatonFrames *frames, const guint8 *data, gsize length);

G_END_DECLS
