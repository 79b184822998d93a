/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Accepts connections, so many and no more, gives each a deadline, and speaks TLS where there is a
 * certificate. What comes out is a stream for the HTTP server. */
typedef struct _BatonListener BatonListener;

/* One connection, from accept to close, whoever owns its stream by then. Reference-counted, for any thread.
 */
typedef struct _BatonPeer BatonPeer;

typedef struct
{
  guint most;          /* connections at once */
  guint most_per_host; /* from one address that is not this machine */
  guint idle_seconds;  /* to the next complete request */
} BatonListenerLimits;

typedef void (*BatonPeerFunc) (BatonPeer *peer, gpointer data);

/* Listens on host (an address, a name, or “*” for all) and port (0: any). certificate may be NULL. */
BatonListener *baton_listener_new (const char *host, guint16 port, GTlsCertificate *certificate,
    const BatonListenerLimits *limits, BatonPeerFunc func, gpointer data, GError **error);
void baton_listener_stop (BatonListener *listener); /* takes no more; what is open stays open */
void baton_listener_free (BatonListener *listener); /* closes everything */
guint16 baton_listener_port (BatonListener *listener);
guint baton_listener_count (BatonListener *listener);
guint64 baton_listener_refused (BatonListener *listener);

/* TRUE for 127.0.0.0/8, ::1 and “localhost”. */
gboolean baton_host_is_loopback (const char *host);

BatonPeer *baton_peer_ref (BatonPeer *peer);
void baton_peer_unref (BatonPeer *peer);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BatonPeer, baton_peer_unref)

GIOStream *baton_peer_stream (BatonPeer *peer); /* TCP or TLS */
GSocket *baton_peer_socket (BatonPeer *peer);
GSocketAddress *baton_peer_local (BatonPeer *peer);
GSocketAddress *baton_peer_remote (BatonPeer *peer); /* baton_peer_find gives the peer back */
const char *baton_peer_host (BatonPeer *peer);
gboolean baton_peer_is_local (BatonPeer *peer); /* it is on this machine, perhaps a proxy */
BatonPeer *baton_peer_find (GSocketAddress *remote);

/* The connection is cut when this time (microseconds, monotonic) comes; 0: never. */
void baton_peer_set_deadline (BatonPeer *peer, gint64 at);
void baton_peer_cut (BatonPeer *peer);

/* Between two requests: the last one was answered, nothing of the next is here. Main thread. */
void baton_peer_set_idle (BatonPeer *peer, gboolean idle);
gboolean baton_peer_is_idle (BatonPeer *peer);

G_END_DECLS
