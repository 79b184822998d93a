/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "listener.h"
#include "sessions.h"
#include "websocket.h"

G_BEGIN_DECLS

/* Private to the live channel: one socket of it. It frees itself when it closes, after it has told so. */
typedef struct _BatonLiveSocket BatonLiveSocket;

typedef void (*BatonLiveMessage) (BatonLiveSocket *socket, const char *text, gsize length, gpointer data);

/* slow: because it did not read. The socket is gone after this. */
typedef void (*BatonLiveClosed) (BatonLiveSocket *socket, gboolean slow, gpointer data);

/* stream: where what the client sends is read from; answers go to the peer's own. */
BatonLiveSocket *baton_live_socket_new (BatonPeer *peer, GIOStream *stream, BatonSession *session,
    BatonLiveMessage message, BatonLiveClosed closed, gpointer data);

void baton_live_socket_send (BatonLiveSocket *socket, GBytes *frame);
void baton_live_socket_close (BatonLiveSocket *socket, guint16 code);
void baton_live_socket_check (BatonLiveSocket *socket); /* cuts it when it has been silent for too long */

/* Where its person is. FALSE when nothing changed, or when it comes too often. */
gboolean baton_live_socket_move (BatonLiveSocket *socket, const char *board, const char *card);
const char *baton_live_socket_board (BatonLiveSocket *socket);
const char *baton_live_socket_card (BatonLiveSocket *socket);
BatonSession *baton_live_socket_session (BatonLiveSocket *socket);

#define BATON_LIVE_MESSAGE (64 << 10)
#define BATON_LIVE_WAITING (1 << 20) /* bytes that a client may leave unread */

G_END_DECLS
