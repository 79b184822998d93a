/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-client"

#include "live-client.h"

#include "http.h"

#define PING_AFTER 30 /* seconds */
#define DEAD_AFTER 75
#define MOST_MESSAGE (64 * 1024)
#define MOST_WAIT (5 * 60 * 1000)

struct _BatonLiveClient
{
  SoupSession *session;
  char *server;
  char *token;
  BatonLiveFunc func;
  gpointer data;
  GCancellable *cancellable;
  SoupWebsocketConnection *connection;
  GSource *timer; /* the next try, or the next look whether the other side lives */
  guint failures;
  gint64 heard; /* monotonic time */
};

static void try_again (BatonLiveClient *self);

static void
set_timer (BatonLiveClient *self, guint milliseconds, GSourceFunc func)
{
  if (self->timer != NULL)
    {
      g_source_destroy (self->timer);
      g_source_unref (self->timer);
    }
  self->timer = g_timeout_source_new (milliseconds);
  g_source_set_callback (self->timer, func, self, NULL);
  g_source_attach (self->timer, g_main_context_get_thread_default ());
}

static void
lose (BatonLiveClient *self)
{
  if (self->connection == NULL)
    return;
  g_signal_handlers_disconnect_by_data (self->connection, self);
  if (soup_websocket_connection_get_state (self->connection) == SOUP_WEBSOCKET_STATE_OPEN)
    soup_websocket_connection_close (self->connection, SOUP_WEBSOCKET_CLOSE_NORMAL, NULL);
  g_clear_object (&self->connection);
}

static void
closed_cb (SoupWebsocketConnection *connection, BatonLiveClient *self)
{
  lose (self);
  try_again (self);
  self->func ("", 0, self->data);
}

static void
message_cb (
    SoupWebsocketConnection *connection, SoupWebsocketDataType type, GBytes *message, BatonLiveClient *self)
{
  gsize length;
  const char *text = g_bytes_get_data (message, &length);

  self->heard = g_get_monotonic_time ();
  if (type == SOUP_WEBSOCKET_DATA_TEXT && length > 0)
    self->func (text, length, self->data);
}

static gboolean
look_cb (gpointer data)
{
  BatonLiveClient *self = data;

  if (g_get_monotonic_time () - self->heard > DEAD_AFTER * G_USEC_PER_SEC)
    {
      closed_cb (self->connection, self);
      return G_SOURCE_REMOVE;
    }
  soup_websocket_connection_send_text (self->connection, "{\"t\":\"ping\"}");
  return G_SOURCE_CONTINUE;
}

typedef struct
{
  BatonLiveClient *client; /* gone when the cancellable was cancelled */
  GCancellable *cancellable;
} Connecting;

static void
connected_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree Connecting *connecting = data;
  g_autoptr (GCancellable) cancellable = connecting->cancellable;
  BatonLiveClient *self = connecting->client;
  g_autoptr (GError) error = NULL;
  g_autoptr (SoupWebsocketConnection) connection =
      soup_session_websocket_connect_finish (SOUP_SESSION (source), result, &error);

  if (g_cancellable_is_cancelled (cancellable))
    return;
  if (connection == NULL)
    {
      g_debug ("The live channel did not open: %s", error->message);
      try_again (self);
      return;
    }
  self->failures = 0;
  self->heard = g_get_monotonic_time ();
  self->connection = g_steal_pointer (&connection);
  soup_websocket_connection_set_max_incoming_payload_size (self->connection, MOST_MESSAGE);
  g_signal_connect (self->connection, "message", G_CALLBACK (message_cb), self);
  g_signal_connect (self->connection, "closed", G_CALLBACK (closed_cb), self);
  set_timer (self, PING_AFTER * 1000, look_cb);
  self->func (NULL, 0, self->data);
}

static gboolean
connect_cb (gpointer data)
{
  BatonLiveClient *self = data;
  g_autoptr (SoupMessage) message = baton_http_message ("GET", self->server, "live", self->token);
  char *protocols[] = { (char *) "baton", NULL };
  Connecting *connecting = g_new0 (Connecting, 1);

  connecting->client = self;
  connecting->cancellable = g_object_ref (self->cancellable);
  soup_session_websocket_connect_async (self->session, message, NULL, protocols, G_PRIORITY_DEFAULT,
      self->cancellable, connected_cb, connecting);
  return G_SOURCE_REMOVE;
}

/* After the k-th failure in a row a random time up to 2^k seconds, five minutes at the most, so that many
 * clients do not come back at once. */
static void
try_again (BatonLiveClient *self)
{
  guint cap = self->failures < 9 ? 1000u << self->failures : MOST_WAIT;

  self->failures++;
  set_timer (self, (guint) g_random_int_range (0, (gint32) MIN (cap, MOST_WAIT) + 1), connect_cb);
}

BatonLiveClient *
baton_live_client_new (
    SoupSession *session, const char *server, const char *token, BatonLiveFunc func, gpointer data)
{
  BatonLiveClient *self = g_new0 (BatonLiveClient, 1);

  self->session = g_object_ref (session);
  self->server = g_strdup (server);
  self->token = g_strdup (token);
  self->func = func;
  self->data = data;
  self->cancellable = g_cancellable_new ();
  /* Whoever listens has just been answered, so there is no crowd to be avoided here. */
  set_timer (self, 0, connect_cb);
  return self;
}

void
baton_live_client_say (BatonLiveClient *self, const char *text)
{
  if (self->connection != NULL &&
      soup_websocket_connection_get_state (self->connection) == SOUP_WEBSOCKET_STATE_OPEN)
    soup_websocket_connection_send_text (self->connection, text);
}

void
baton_live_client_free (BatonLiveClient *self)
{
  g_cancellable_cancel (self->cancellable);
  lose (self);
  if (self->timer != NULL)
    {
      g_source_destroy (self->timer);
      g_source_unref (self->timer);
    }
  g_object_unref (self->cancellable);
  g_object_unref (self->session);
  g_free (self->server);
  g_free (self->token);
  g_free (self);
}
