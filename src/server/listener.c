/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-server"

#include "listener.h"

#include "baton-error.h"

#include <glib/gi18n-lib.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <string.h>

#define SWEEP_SECONDS 2
#define HANDSHAKE_SECONDS 15
#define PEER_KEY "baton-peer"

/* What the peers know of their listener; it may outlive it. */
typedef struct
{
  gatomicrefcount refs;
  GMutex mutex;
  GQueue peers;      /* BatonPeer, not owned */
  GHashTable *hosts; /* address → how many */
} Register;

struct _BatonListener
{
  GSocketService *service;
  GTlsCertificate *certificate;
  BatonListenerLimits limits;
  BatonPeerFunc func;
  gpointer data;
  Register *all;
  guint16 port;
  guint sweep;
  guint64 refused;
};

struct _BatonPeer
{
  Register *all;
  GList link;
  GIOStream *stream;
  GSocket *socket;
  GSocketAddress *local;
  GSocketAddress *remote; /* not owned: it owns us */
  char *host;
  gboolean is_local;
  gint64 deadline; /* under the register's mutex */
  gboolean idle;
};

static void
register_unref (Register *all)
{
  if (!g_atomic_ref_count_dec (&all->refs))
    return;
  g_hash_table_unref (all->hosts);
  g_mutex_clear (&all->mutex);
  g_free (all);
}

static void
count_host (Register *all, const char *host, int change)
{
  int count = GPOINTER_TO_INT (g_hash_table_lookup (all->hosts, host)) + change;

  if (count > 0)
    g_hash_table_insert (all->hosts, g_strdup (host), GINT_TO_POINTER (count));
  else
    g_hash_table_remove (all->hosts, host);
}

/* The remote address lives as long as the connection is of use to somebody, and takes the peer with it. */
static void
peer_free (gpointer data)
{
  BatonPeer *peer = data;

  g_mutex_lock (&peer->all->mutex);
  g_queue_unlink (&peer->all->peers, &peer->link);
  count_host (peer->all, peer->host, -1);
  g_mutex_unlock (&peer->all->mutex);
  g_clear_object (&peer->stream);
  g_clear_object (&peer->socket);
  g_clear_object (&peer->local);
  g_clear_pointer (&peer->all, register_unref);
  g_free (peer->host);
  g_free (peer);
}

BatonPeer *
baton_peer_ref (BatonPeer *peer)
{
  g_object_ref (peer->remote);
  return peer;
}

void
baton_peer_unref (BatonPeer *peer)
{
  g_object_unref (peer->remote);
}

GIOStream *
baton_peer_stream (BatonPeer *peer)
{
  return peer->stream;
}

GSocket *
baton_peer_socket (BatonPeer *peer)
{
  return peer->socket;
}

GSocketAddress *
baton_peer_local (BatonPeer *peer)
{
  return peer->local;
}

GSocketAddress *
baton_peer_remote (BatonPeer *peer)
{
  return peer->remote;
}

const char *
baton_peer_host (BatonPeer *peer)
{
  return peer->host;
}

gboolean
baton_peer_is_local (BatonPeer *peer)
{
  return peer->is_local;
}

BatonPeer *
baton_peer_find (GSocketAddress *remote)
{
  return remote != NULL ? g_object_get_data (G_OBJECT (remote), PEER_KEY) : NULL;
}

void
baton_peer_set_deadline (BatonPeer *peer, gint64 at)
{
  g_mutex_lock (&peer->all->mutex);
  peer->deadline = at;
  g_mutex_unlock (&peer->all->mutex);
}

/* Whoever reads or writes then sees the end; the stream's owner closes it. */
void
baton_peer_cut (BatonPeer *peer)
{
  g_socket_shutdown (peer->socket, TRUE, TRUE, NULL);
}

void
baton_peer_set_idle (BatonPeer *peer, gboolean idle)
{
  peer->idle = idle;
}

gboolean
baton_peer_is_idle (BatonPeer *peer)
{
  return peer->idle;
}

gboolean
baton_host_is_loopback (const char *host)
{
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (host);

  return address != NULL ? g_inet_address_get_is_loopback (address)
                         : g_ascii_strcasecmp (host, "localhost") == 0;
}

static BatonPeer *
peer_new (BatonListener *listener, GSocketConnection *connection)
{
  g_autoptr (GSocketAddress) remote = g_socket_connection_get_remote_address (connection, NULL);
  g_autoptr (GSocketAddress) local = g_socket_connection_get_local_address (connection, NULL);
  BatonPeer *peer;
  GInetAddress *address;

  if (!G_IS_INET_SOCKET_ADDRESS (remote) || local == NULL)
    return NULL;
  address = g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (remote));
  peer = g_new0 (BatonPeer, 1);
  peer->all = listener->all;
  g_atomic_ref_count_inc (&peer->all->refs);
  peer->link.data = peer;
  peer->stream = g_object_ref (G_IO_STREAM (connection));
  peer->socket = g_object_ref (g_socket_connection_get_socket (connection));
  peer->local = g_steal_pointer (&local);
  peer->host = g_inet_address_to_string (address);
  peer->is_local = g_inet_address_get_is_loopback (address);
  peer->deadline = g_get_monotonic_time () + listener->limits.idle_seconds * G_TIME_SPAN_SECOND;
  /* One address object for each peer: addresses of GIO may be shared. */
  peer->remote =
      g_inet_socket_address_new (address, g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (remote)));
  g_object_set_data_full (G_OBJECT (peer->remote), PEER_KEY, peer, peer_free);
  g_mutex_lock (&peer->all->mutex);
  g_queue_push_tail_link (&peer->all->peers, &peer->link);
  count_host (peer->all, peer->host, 1);
  g_mutex_unlock (&peer->all->mutex);
  return peer;
}

static gboolean
has_room (BatonListener *listener, BatonPeer *peer)
{
  guint all, here;

  g_mutex_lock (&peer->all->mutex);
  all = peer->all->peers.length;
  here = GPOINTER_TO_UINT (g_hash_table_lookup (peer->all->hosts, peer->host));
  g_mutex_unlock (&peer->all->mutex);
  return all <= listener->limits.most && (peer->is_local || here <= listener->limits.most_per_host);
}

typedef struct
{
  BatonListener *listener;
  BatonPeer *peer;
} Shake;

static void
shaken_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree Shake *shake = data;
  g_autoptr (BatonPeer) peer = shake->peer;
  g_autoptr (GError) error = NULL;

  if (!g_tls_connection_handshake_finish (G_TLS_CONNECTION (source), result, &error))
    g_debug ("no TLS with %s: %s", peer->host, error->message);
  else
    {
      baton_peer_set_deadline (
          peer, g_get_monotonic_time () + shake->listener->limits.idle_seconds * G_TIME_SPAN_SECOND);
      shake->listener->func (peer, shake->listener->data);
    }
}

static void
begin_tls (BatonListener *listener, BatonPeer *peer)
{
  static const char *const protocols[] = { "http/1.1", NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (GIOStream) tls = g_tls_server_connection_new (peer->stream, listener->certificate, &error);
  Shake *shake;

  if (tls == NULL)
    {
      g_warning ("TLS cannot begin: %s", error->message);
      return;
    }
  g_tls_connection_set_advertised_protocols (G_TLS_CONNECTION (tls), protocols);
  g_tls_connection_set_require_close_notify (G_TLS_CONNECTION (tls), FALSE);
  baton_peer_set_deadline (peer, g_get_monotonic_time () + HANDSHAKE_SECONDS * G_TIME_SPAN_SECOND);
  g_set_object (&peer->stream, tls);
  shake = g_new0 (Shake, 1);
  shake->listener = listener;
  shake->peer = baton_peer_ref (peer);
  g_tls_connection_handshake_async (G_TLS_CONNECTION (tls), G_PRIORITY_DEFAULT, NULL, shaken_cb, shake);
}

static gboolean
incoming_cb (GSocketService *service, GSocketConnection *connection, GObject *source, gpointer data)
{
  BatonListener *listener = data;
  BatonPeer *peer = peer_new (listener, connection);
  g_autoptr (BatonPeer) owned = peer;

  if (peer == NULL)
    return TRUE;
  if (!has_room (listener, peer))
    {
      listener->refused++;
      return TRUE;
    }
  g_socket_set_timeout (peer->socket, listener->limits.idle_seconds);
  g_socket_set_option (peer->socket, IPPROTO_TCP, TCP_NODELAY, TRUE, NULL);
  g_socket_set_keepalive (peer->socket, TRUE);
  if (listener->certificate != NULL)
    begin_tls (listener, peer);
  else
    listener->func (peer, listener->data);
  return TRUE;
}

static gboolean
sweep_cb (gpointer data)
{
  BatonListener *listener = data;
  Register *all = listener->all;
  gint64 now = g_get_monotonic_time ();

  g_mutex_lock (&all->mutex);
  for (GList *link = all->peers.head; link != NULL; link = link->next)
    {
      BatonPeer *peer = link->data;

      if (peer->deadline != 0 && peer->deadline <= now)
        {
          peer->deadline = 0;
          baton_peer_cut (peer);
        }
    }
  g_mutex_unlock (&all->mutex);
  return G_SOURCE_CONTINUE;
}

static gboolean
add_addresses (BatonListener *listener, const char *host, guint16 port, GError **error)
{
  g_autolist (GInetAddress) addresses = NULL;
  g_autoptr (GError) local = NULL;
  gboolean any = FALSE; /* a name may have an address of a family that this machine does not have */

  listener->port = port;
  if (g_str_equal (host, "*"))
    {
      listener->port = port != 0 ? port
                                 : g_socket_listener_add_any_inet_port (
                                       G_SOCKET_LISTENER (listener->service), NULL, error);
      return port != 0
                 ? g_socket_listener_add_inet_port (G_SOCKET_LISTENER (listener->service), port, NULL, error)
                 : listener->port != 0;
    }
  addresses = g_resolver_lookup_by_name (g_resolver_get_default (), host, NULL, error);
  for (GList *link = addresses; link != NULL; link = link->next)
    {
      g_autoptr (GSocketAddress) wanted = g_inet_socket_address_new (link->data, listener->port);
      g_autoptr (GSocketAddress) bound = NULL;

      if (!g_socket_listener_add_address (G_SOCKET_LISTENER (listener->service), wanted, G_SOCKET_TYPE_STREAM,
              G_SOCKET_PROTOCOL_TCP, NULL, &bound, local == NULL ? &local : NULL))
        continue;
      any = TRUE;
      listener->port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (bound));
    }
  if (!any && local != NULL)
    g_propagate_error (error, g_steal_pointer (&local));
  return any;
}

static gboolean
begin_listening (BatonListener *listener, const char *host, guint16 port, GError **error)
{
  g_autoptr (GError) local = NULL;

  if (add_addresses (listener, host, port, &local))
    return TRUE;
  if (g_error_matches (local, G_IO_ERROR, G_IO_ERROR_ADDRESS_IN_USE))
    g_set_error (error, BATON_ERROR, BATON_ERROR_EXISTS,
        _ ("Another program listens on port %u of %s already. End it, or choose another port with --listen."),
        port, host);
  else if (g_error_matches (local, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED))
    g_set_error (error, BATON_ERROR, BATON_ERROR_FORBIDDEN,
        _ ("This account may not listen on port %u of %s. Choose a port above 1023 with --listen, and let "
           "nginx "
           "or Caddy serve the other one."),
        port, host);
  else
    g_set_error (error, BATON_ERROR, BATON_ERROR_IO, _ ("The server cannot listen on port %u of %s: %s."),
        port, host, local != NULL ? local->message : _ ("it has no address"));
  return FALSE;
}

BatonListener *
baton_listener_new (const char *host, guint16 port, GTlsCertificate *certificate,
    const BatonListenerLimits *limits, BatonPeerFunc func, gpointer data, GError **error)
{
  BatonListener *listener = g_new0 (BatonListener, 1);

  listener->service = g_socket_service_new ();
  g_socket_listener_set_backlog (G_SOCKET_LISTENER (listener->service), 1024);
  g_set_object (&listener->certificate, certificate);
  listener->limits = *limits;
  listener->func = func;
  listener->data = data;
  listener->all = g_new0 (Register, 1);
  g_atomic_ref_count_init (&listener->all->refs);
  g_mutex_init (&listener->all->mutex);
  listener->all->hosts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  listener->sweep = g_timeout_add_seconds (SWEEP_SECONDS, sweep_cb, listener);
  g_signal_connect (listener->service, "incoming", G_CALLBACK (incoming_cb), listener);
  if (begin_listening (listener, host, port, error))
    return listener;
  baton_listener_free (listener);
  return NULL;
}

void
baton_listener_stop (BatonListener *listener)
{
  g_socket_service_stop (listener->service);
  g_socket_listener_close (G_SOCKET_LISTENER (listener->service));
}

void
baton_listener_free (BatonListener *listener)
{
  baton_listener_stop (listener);
  g_signal_handlers_disconnect_by_data (listener->service, listener);
  g_clear_handle_id (&listener->sweep, g_source_remove);
  g_mutex_lock (&listener->all->mutex);
  for (GList *link = listener->all->peers.head; link != NULL; link = link->next)
    baton_peer_cut (link->data);
  g_mutex_unlock (&listener->all->mutex);
  g_clear_object (&listener->service);
  g_clear_object (&listener->certificate);
  g_clear_pointer (&listener->all, register_unref);
  g_free (listener);
}

guint16
baton_listener_port (BatonListener *listener)
{
  return listener->port;
}

guint
baton_listener_count (BatonListener *listener)
{
  guint count;

  g_mutex_lock (&listener->all->mutex);
  count = listener->all->peers.length;
  g_mutex_unlock (&listener->all->mutex);
  return count;
}

guint64
baton_listener_refused (BatonListener *listener)
{
  return listener->refused;
}
