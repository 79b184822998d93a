/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-server"

#include "live.h"

#include "http-in.h"
#include "hub.h"
#include "id.h"
#include "json.h"
#include "live-socket.h"
#include "routes.h"
#include "served.h"
#include "server-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MANY 200     /* sockets, from which on tails are gathered for a moment */
#define GATHER 40    /* ms */
#define PRESENCE 500 /* ms between two messages about who is here */
#define MOST_PRESENCE (60 << 10)
#define PRESENCE_BUDGET (4 << 20) /* bytes a second to all together */
#define BYE_RETRY 2               /* seconds, and up to one more for each … */
#define BYE_SPREAD 100            /* … so many sockets, so that they do not come back together */

struct _BatonLive
{
  BatonServer *server;
  GQueue sockets; /* BatonLiveSocket, owned */
  guint presence_timer;
  gint64 presence_sent; /* monotonic */
  guint sweep_timer;
};

static void
send_to_all (BatonLive *live, GString *text)
{
  g_autoptr (GBytes) frame = baton_frame_new (BATON_FRAME_TEXT, text->str, text->len);
  GList *next;

  for (GList *link = live->sockets.head; link != NULL; link = next)
    {
      next = link->next;
      baton_live_socket_send (link->data, frame);
    }
}

static GString *
begin_message (BatonJson *json, const char *kind)
{
  GString *text = g_string_new (NULL);

  baton_json_init (json, text);
  baton_json_begin_object (json, NULL);
  baton_json_string (json, "t", kind);
  return text;
}

static GString *
head_message (const char *epoch, gint64 head)
{
  BatonJson json;
  GString *text = begin_message (&json, "head");

  baton_json_string (&json, "epoch", epoch);
  baton_json_int (&json, "head", head);
  baton_json_end_object (&json);
  baton_hub_sign (text);
  return text;
}

/* With many sockets, tails are gathered for a moment; with few they go out at once. */
static void
count_changed (BatonLive *live)
{
  baton_served_gather (live->server->served, live->sockets.length >= MANY ? GATHER : 0);
}

void
baton_live_tell (BatonLive *live, GString *message)
{
  send_to_all (live, message);
}

void
baton_live_blob (BatonLive *live, const char *hash)
{
  BatonJson json;
  g_autoptr (GString) text = begin_message (&json, "blob");

  baton_json_string (&json, "hash", hash);
  baton_json_end_object (&json);
  send_to_all (live, text);
}

static void
append_presence (BatonJson *json, BatonLiveSocket *socket)
{
  BatonSession *session = baton_live_socket_session (socket);
  const char *board = baton_live_socket_board (socket);
  const char *card = baton_live_socket_card (socket);

  baton_json_begin_object (json, NULL);
  baton_json_string (json, "person", session->person);
  baton_json_string (json, "device", session->device);
  if (board != NULL)
    baton_json_string (json, "board", board);
  if (card != NULL)
    baton_json_string (json, "card", card);
  baton_json_end_object (json);
}

/* Those who look at something come first, should there be more than fit into a message. */
static GString *
presence_message (BatonLive *live)
{
  BatonJson json;
  GString *text = begin_message (&json, "presence");

  baton_json_begin_array (&json, "people");
  for (guint looking = 1; looking < 2; looking--)
    {
      for (GList *link = live->sockets.head; link != NULL && text->len < MOST_PRESENCE; link = link->next)
        {
          if ((baton_live_socket_board (link->data) != NULL) == looking)
            append_presence (&json, link->data);
        }
    }
  baton_json_end_array (&json);
  baton_json_end_object (&json);
  return text;
}

static gboolean
presence_cb (gpointer data)
{
  BatonLive *live = data;
  g_autoptr (GString) text = presence_message (live);

  live->presence_timer = 0;
  live->presence_sent = g_get_monotonic_time ();
  send_to_all (live, text);
  return G_SOURCE_REMOVE;
}

/* Everybody is told about everybody: with many of them less often, so that it never is most of what is sent.
 */
static void
presence_changed (BatonLive *live)
{
  guint n = live->sockets.length;
  gint64 bytes = (gint64) n * MIN ((gint64) n * 150, MOST_PRESENCE);
  gint64 pause = MAX (PRESENCE, bytes * 1000 / PRESENCE_BUDGET);
  gint64 waited = (g_get_monotonic_time () - live->presence_sent) / 1000;

  if (live->presence_timer == 0)
    live->presence_timer = g_timeout_add ((guint) CLAMP (pause - waited, 10, pause), presence_cb, live);
}

static const char *
take_id (json_t *object, const char *name)
{
  const char *id = baton_json_text (object, name, BATON_ID_LENGTH);

  return id != NULL && baton_id_is_valid (id) ? id : NULL;
}

static void
answer_ping (BatonLiveSocket *socket)
{
  BatonJson json;
  g_autoptr (GString) text = begin_message (&json, "pong");
  g_autoptr (GBytes) frame = NULL;

  baton_json_int (&json, "time", g_get_real_time ());
  baton_json_end_object (&json);
  frame = baton_frame_new (BATON_FRAME_TEXT, text->str, text->len);
  baton_live_socket_send (socket, frame);
}

static void
message_cb (BatonLiveSocket *socket, const char *text, gsize length, gpointer data)
{
  BatonLive *live = data;
  json_t *object =
      baton_json_shallow (text, length) ? json_loadb (text, length, JSON_REJECT_DUPLICATES, NULL) : NULL;
  const char *kind = baton_json_text (object, "t", 20);

  if (g_strcmp0 (kind, "ping") == 0)
    answer_ping (socket);
  else if (g_strcmp0 (kind, "at") == 0 &&
           baton_role_has (baton_live_socket_session (socket)->role, BATON_RIGHT_PRESENCE) &&
           baton_live_socket_move (socket, take_id (object, "board"), take_id (object, "card")))
    presence_changed (live);
  json_decref (object);
}

static void
closed_cb (BatonLiveSocket *socket, gboolean slow, gpointer data)
{
  BatonLive *live = data;

  g_queue_remove (&live->sockets, socket);
  count_changed (live);
  live->server->counters.live_dropped += slow;
  presence_changed (live);
}

static gboolean
sweep_cb (gpointer data)
{
  BatonLive *live = data;
  GList *next;

  for (GList *link = live->sockets.head; link != NULL; link = next)
    {
      next = link->next;
      baton_live_socket_check (link->data);
    }
  return G_SOURCE_CONTINUE;
}

BatonLive *
baton_live_new (BatonServer *server)
{
  BatonLive *live = g_new0 (BatonLive, 1);

  live->server = server;
  live->sweep_timer = g_timeout_add_seconds (10, sweep_cb, live);
  return live;
}

static void
say_bye (BatonLiveSocket *socket, const char *why, guint n)
{
  guint retry = BYE_RETRY + g_random_int_range (0, (gint32) (2 + n / BYE_SPREAD));
  BatonJson json;
  g_autoptr (GString) text = begin_message (&json, "bye");
  g_autoptr (GBytes) frame = NULL;

  baton_json_string (&json, "why", why);
  baton_json_int (&json, "retry", retry);
  baton_json_end_object (&json);
  frame = baton_frame_new (BATON_FRAME_TEXT, text->str, text->len);
  baton_live_socket_send (socket, frame);
}

void
baton_live_free (BatonLive *live)
{
  guint n = live->sockets.length;

  while (live->sockets.head != NULL)
    {
      BatonLiveSocket *socket = live->sockets.head->data;

      say_bye (socket, "stopping", n);
      baton_live_socket_close (socket, 1001);
    }
  g_clear_handle_id (&live->presence_timer, g_source_remove);
  g_clear_handle_id (&live->sweep_timer, g_source_remove);
  g_free (live);
}

void
baton_live_role (BatonLive *live, BatonSession *session)
{
  BatonJson json;
  g_autoptr (GString) text = begin_message (&json, "role");
  g_autoptr (GBytes) frame = NULL;

  baton_json_string (&json, "role", baton_role_name (session->role));
  baton_json_end_object (&json);
  frame = baton_frame_new (BATON_FRAME_TEXT, text->str, text->len);
  for (GList *link = live->sockets.head; link != NULL; link = link->next)
    {
      if (baton_live_socket_session (link->data) == session)
        baton_live_socket_send (link->data, frame);
    }
}

void
baton_live_end (BatonLive *live, BatonSession *session)
{
  GList *next;

  for (GList *link = live->sockets.head; link != NULL; link = next)
    {
      next = link->next;
      if (baton_live_socket_session (link->data) != session)
        continue;
      say_bye (link->data, "revoked", 0);
      baton_live_socket_close (link->data, 1008);
    }
}

guint
baton_live_count (BatonLive *live)
{
  return live->sockets.length;
}

static gboolean
offers (BatonRequest *request, const char *header, const char *wanted)
{
  const char *text = baton_request_header (request, header);

  return text != NULL && soup_header_contains (text, wanted);
}

static char *
check_handshake (BatonRequest *request)
{
  if (!offers (request, "Upgrade", "websocket") || !offers (request, "Connection", "upgrade") ||
      g_strcmp0 (baton_request_header (request, "Sec-WebSocket-Version"), "13") != 0)
    return NULL;
  return baton_websocket_accept (baton_request_header (request, "Sec-WebSocket-Key"));
}

void
baton_route_live (BatonRequest *request)
{
  BatonServer *server = request->server;
  g_autofree char *accept = check_handshake (request);
  g_autofree char *answer = NULL;
  g_autoptr (BatonServedState) state = NULL;
  g_autoptr (GString) head = NULL;
  g_autoptr (GBytes) frame = NULL;
  BatonLiveSocket *socket;

  if (accept == NULL)
    {
      g_autofree char *body = baton_error_json ("bad-request", _ ("This is a WebSocket."), 0);

      baton_http_in_answer_raw (
          server, request->peer, request->stream, 400, "Sec-WebSocket-Version: 13\r\n", body, TRUE);
      return;
    }
  answer = g_strdup_printf (
      "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
      "Sec-WebSocket-Accept: %s\r\n%s\r\n",
      accept, offers (request, "Sec-WebSocket-Protocol", "baton") ? "Sec-WebSocket-Protocol: baton\r\n" : "");
  socket = baton_live_socket_new (
      request->peer, request->stream, request->session, message_cb, closed_cb, server->live);
  g_queue_push_tail (&server->live->sockets, socket);
  count_changed (server->live);
  frame = g_bytes_new (answer, strlen (answer));
  baton_live_socket_send (socket, frame);
  g_clear_pointer (&frame, g_bytes_unref);
  state = baton_served_state (server->served);
  head = head_message (state->epoch, state->head);
  frame = baton_frame_new (BATON_FRAME_TEXT, head->str, head->len);
  baton_live_socket_send (socket, frame);
  presence_changed (server->live);
}
