/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-server"
#define _GNU_SOURCE /* O_PATH */

#include "http-in.h"

#include "blobs.h"
#include "http-stream.h"
#include "server-private.h"

#include <fcntl.h>
#include <gio/gunixsocketaddress.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#define REQUEST_KEY "baton-request"
#define SEEN_KEY "baton-seen" /* on what came as far as to us */
#define IDLE (75 * G_TIME_SPAN_SECOND)
#define SLOWEST (16 << 10) /* bytes a second below which an upload is cut */
#define LONGEST_PATH 512

static void
forget (SoupServerMessage *message)
{
  g_object_set_data (G_OBJECT (message), REQUEST_KEY, NULL);
}

static const char *
person_of (BatonRequest *request)
{
  return request->session != NULL ? request->session->person : NULL;
}

static void
finished_cb (SoupServerMessage *message, BatonRequest *request)
{
  BatonServer *server = request->server;

  request->gone = TRUE;
  if (request->body != NULL)
    baton_bodies_give_back (server->bodies, person_of (request), (gsize) request->length);
  baton_counters_request (
      &server->counters, request->route, request->status, g_get_monotonic_time () - request->started);
  if (request->peer != NULL)
    {
      baton_peer_set_deadline (request->peer, g_get_monotonic_time () + IDLE);
      baton_peer_set_idle (request->peer, TRUE);
    }
  forget (message);
}

static void
got_chunk_cb (SoupServerMessage *message, GBytes *chunk, BatonRequest *request)
{
  if (request->status == 0 && request->body->len + g_bytes_get_size (chunk) <= (gsize) request->length)
    g_byte_array_append (request->body, g_bytes_get_data (chunk, NULL), g_bytes_get_size (chunk));
}

/* How often a header is there. libsoup would take the last one. */
static guint
count_header (SoupMessageHeaders *headers, const char *wanted)
{
  SoupMessageHeadersIter iter;
  const char *name, *value;
  guint count = 0;

  soup_message_headers_iter_init (&iter, headers);
  while (soup_message_headers_iter_next (&iter, &name, &value))
    count += g_ascii_strcasecmp (name, wanted) == 0;
  return count;
}

typedef struct
{
  guint status;
  const char *code;
  const char *sentence;
} Refusal;

/* What HTTP allows and we do not. */
static gboolean
check_headers (SoupServerMessage *message, Refusal *refusal)
{
  static const char *const once[] = { "Content-Length", "Authorization", "Expect", "Sec-WebSocket-Key" };
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);

  if (soup_server_message_get_http_version (message) != SOUP_HTTP_1_1)
    *refusal = (Refusal){ 505, "bad-request", _ ("Only HTTP/1.1 is spoken here.") };
  else if (soup_message_headers_get_one (headers, "Transfer-Encoding") != NULL)
    *refusal = (Refusal){ 411, "too-large", _ ("Send a Content-Length, not a Transfer-Encoding.") };
  else if (soup_message_headers_get_one (headers, "Content-Encoding") != NULL)
    *refusal = (Refusal){ 415, "bad-request", _ ("Bodies are not compressed here.") };
  else if (count_header (headers, "Host") != 1)
    *refusal = (Refusal){ 400, "bad-request", _ ("A request has one Host.") };
  else if (soup_message_headers_get_one (headers, "Expect") != NULL &&
           !(soup_message_headers_get_expectations (headers) & SOUP_EXPECTATION_CONTINUE))
    *refusal = (Refusal){ 417, "bad-request", _ ("This expectation cannot be met.") };
  for (guint i = 0; i < G_N_ELEMENTS (once) && refusal->status == 0; i++)
    {
      if (count_header (headers, once[i]) > 1)
        *refusal = (Refusal){ 400, "bad-request", _ ("A header is there twice.") };
    }
  /* Whole answers only: libsoup would cut them by Range, several times over if asked to. */
  soup_message_headers_remove (headers, "Range");
  return refusal->status == 0;
}

static gboolean
check_path (const char *path, Refusal *refusal)
{
  gboolean ok = *path == '/' && strlen (path) <= LONGEST_PATH && strstr (path, "..") == NULL;

  for (const char *p = path; *p != '\0' && ok; p++)
    ok = g_ascii_isalnum (*p) || strchr ("/-_.", *p) != NULL;
  if (!ok)
    *refusal = (Refusal){ 404, "not-found", _ ("There is nothing here.") };
  return ok;
}

/* A digest or an origin form does for us; absolute targets and a body that is too long to read do not. */
static gboolean
read_length (BatonRequest *request, Refusal *refusal)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (request->message);
  const char *text = soup_message_headers_get_one (headers, "Content-Length");
  guint64 length = 0;

  if (text != NULL && !g_ascii_string_to_unsigned (text, 10, 0, G_MAXINT64, &length, NULL))
    {
      *refusal = (Refusal){ 400, "bad-request", _ ("The Content-Length is no number.") };
      length = G_MAXINT64; /* so that nobody tries to read it */
    }
  request->length = (goffset) length;
  return refusal->status == 0;
}

static gboolean
matches (const char *pattern, const char *path, GStrvBuilder *parts)
{
  while (*pattern != '\0')
    {
      if (*pattern == '*')
        {
          gsize length = strcspn (path, "/");
          g_autofree char *part = g_strndup (path, length);

          if (length == 0)
            return FALSE;
          g_strv_builder_add (parts, part);
          path += length;
          pattern++;
        }
      else if (*pattern++ != *path++)
        return FALSE;
    }
  return *path == '\0';
}

static gboolean
find_route (BatonRequest *request, Refusal *refusal)
{
  gboolean other_method = FALSE;

  for (const BatonRoute *route = baton_routes; route->path != NULL; route++)
    {
      g_autoptr (GStrvBuilder) parts = g_strv_builder_new ();

      if (!matches (route->path, request->path, parts))
        continue;
      other_method = TRUE;
      if (!g_str_equal (route->method, request->method))
        continue;
      request->route = route;
      request->parts = g_strv_builder_end (parts);
      return TRUE;
    }
  if (other_method)
    *refusal = (Refusal){ 405, "bad-request", _ ("This cannot be done here.") };
  else
    *refusal = (Refusal){ 404, "not-found", _ ("There is nothing here.") };
  return FALSE;
}

static const char *
bearer (BatonRequest *request)
{
  const char *text = baton_request_header (request, "Authorization");

  return text != NULL && g_ascii_strncasecmp (text, "Bearer ", 7) == 0 ? text + 7 : NULL;
}

static gboolean
same_text (const char *a, const char *b)
{
  guint difference = strlen (a) != strlen (b);

  for (gsize i = 0; a[i] != '\0' && b[i] != '\0'; i++)
    difference |= (guint8) (a[i] ^ b[i]);
  return difference == 0;
}

static gboolean
may_see_metrics (BatonRequest *request)
{
  const char *wanted = request->server->options->metrics_token;
  const char *token = bearer (request);

  if (wanted != NULL && token != NULL && same_text (wanted, token))
    return TRUE;
  return baton_peer_is_local (request->peer) && baton_request_header (request, "X-Forwarded-For") == NULL &&
         baton_request_header (request, "Forwarded") == NULL;
}

static gboolean
check_auth (BatonRequest *request, Refusal *refusal)
{
  const BatonRoute *route = request->route;
  const char *token = bearer (request);
  BatonSession *session = NULL;

  if (route->auth == BATON_AUTH_LOCAL)
    {
      if (!may_see_metrics (request))
        *refusal = (Refusal){ 403, "forbidden", _ ("This is only for this machine.") };
      return refusal->status == 0;
    }
  if (route->auth != BATON_AUTH_NONE && token != NULL)
    session = baton_sessions_find (request->server->sessions, token, g_get_real_time ());
  if (session != NULL)
    request->session = baton_session_ref (session);
  if (route->auth == BATON_AUTH_TOKEN && session == NULL)
    *refusal = (Refusal){ 401, "sign-in", _ ("Sign in first.") };
  else if (session != NULL && route->right != BATON_N_RIGHTS && !baton_role_has (session->role, route->right))
    *refusal = (Refusal){ 403, "forbidden", _ ("Your role does not allow this.") };
  return refusal->status == 0;
}

static gboolean
check_protocol (BatonRequest *request, Refusal *refusal)
{
  const char *text = baton_request_header (request, "Baton-Protocol");

  if (request->route->auth != BATON_AUTH_TOKEN || text == NULL || g_str_equal (text, "1") ||
      g_str_equal (text, "2"))
    return TRUE;
  *refusal = (Refusal){ 426, "version", _ ("This server does not speak that protocol.") };
  return FALSE;
}

static gboolean
check_room (BatonRequest *request, Refusal *refusal)
{
  BatonServer *server = request->server;

  if (request->length > request->route->most_body)
    *refusal = (Refusal){ 413, "too-large", _ ("This is more than may be sent at once.") };
  else if (server->stopping)
    *refusal = (Refusal){ 503, "stopping", _ ("The server is being stopped.") };
  else if (request->route->kind == BATON_ROUTE_BODY &&
           !baton_bodies_take (server->bodies, person_of (request), (gsize) request->length))
    *refusal = (Refusal){ 503, "busy", _ ("The server is very busy at this moment.") };
  return refusal->status == 0;
}

/* Behind a proxy on this machine: the address that the proxy saw, which is the last one. */
static char *
find_host (BatonRequest *request)
{
  const char *text = baton_request_header (request, "X-Forwarded-For");
  const char *comma = text != NULL ? strrchr (text, ',') : NULL;

  if (text == NULL || !baton_peer_is_local (request->peer))
    return g_strdup (baton_peer_host (request->peer));
  return g_strstrip (g_strdup (comma != NULL ? comma + 1 : text));
}

typedef struct
{
  BatonServer *server;
  BatonPeer *peer;
  GIOStream *stream;
  char *text;
  gboolean close;
} RawAnswer;

static gboolean
close_late_cb (gpointer data)
{
  RawAnswer *answer = data;

  g_io_stream_close_async (answer->stream, G_PRIORITY_DEFAULT, NULL, NULL, NULL);
  g_object_unref (answer->stream);
  baton_peer_unref (answer->peer);
  g_free (answer);
  return G_SOURCE_REMOVE;
}

/* A connection that is closed while there is something unread is reset, and the answer with it: so it stays
 * for a second. */
static void
raw_written_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  RawAnswer *answer = data;
  gboolean ok = g_output_stream_write_all_finish (G_OUTPUT_STREAM (source), result, NULL, NULL);

  answer->server->answers--;
  g_clear_pointer (&answer->text, g_free);
  if (ok && !answer->close && !answer->server->stopping)
    {
      baton_http_in_take (answer->server, answer->peer);
      g_object_unref (answer->stream);
      baton_peer_unref (answer->peer);
      g_free (answer);
      return;
    }
  g_socket_shutdown (baton_peer_socket (answer->peer), FALSE, TRUE, NULL);
  g_timeout_add (1000, close_late_cb, answer);
}

void
baton_http_in_answer_raw (BatonServer *server, BatonPeer *peer, GIOStream *stream, guint status,
    const char *extra, const char *body, gboolean close)
{
  RawAnswer *answer = g_new0 (RawAnswer, 1);

  server->answers++;
  answer->server = server;
  answer->peer = baton_peer_ref (peer);
  answer->stream = g_object_ref (stream);
  answer->close = close;
  answer->text = g_strdup_printf ("HTTP/1.1 %u %s\r\n%s%sContent-Length: %u\r\nCache-Control: no-store\r\n"
                                  "X-Content-Type-Options: nosniff\r\n%s\r\n%s",
      status, soup_status_get_phrase (status),
      body != NULL ? "Content-Type: application/json; charset=utf-8\r\n" : "", extra != NULL ? extra : "",
      body != NULL ? (guint) strlen (body) : 0, close ? "Connection: close\r\n" : "",
      body != NULL ? body : "");
  baton_peer_set_deadline (peer, g_get_monotonic_time () + IDLE);
  g_output_stream_write_all_async (g_io_stream_get_output_stream (baton_peer_stream (peer)), answer->text,
      strlen (answer->text), G_PRIORITY_DEFAULT, NULL, raw_written_cb, answer);
}

/* Out of libsoup's own callbacks the connection can be taken from it. */
static gboolean
take_connection (BatonRequest *request)
{
  if (request->gone)
    return FALSE;
  g_signal_handlers_disconnect_by_data (request->message, request);
  request->stream = soup_server_message_steal_connection (request->message);
  g_socket_set_timeout (baton_peer_socket (request->peer), 0);
  return request->stream != NULL;
}

static gboolean
refuse_cb (gpointer data)
{
  g_autoptr (BatonRequest) request = data;
  g_autofree char *body = g_object_steal_data (G_OBJECT (request->message), "baton-refusal");

  if (take_connection (request))
    baton_http_in_answer_raw (
        request->server, request->peer, request->stream, request->status, NULL, body, TRUE);
  baton_counters_request (&request->server->counters, request->route, request->status, 0);
  forget (request->message);
  return G_SOURCE_REMOVE;
}

/* A large body that nobody wants is not read: the answer is written beside libsoup, and the connection
 * closed. */
static void
refuse (BatonRequest *request, const Refusal *refusal)
{
  guint retry = refusal->status == 503 ? 2 : 0;

  if (request->length <= BATON_SMALL_BODY && refusal->status != 411)
    {
      soup_message_headers_replace (
          soup_server_message_get_response_headers (request->message), "Connection", "close");
      baton_request_fail (request, refusal->status, refusal->code, refusal->sentence, retry);
      return;
    }
  request->status = refusal->status;
  g_object_set_data_full (G_OBJECT (request->message), "baton-refusal",
      baton_error_json (refusal->code, refusal->sentence, retry), g_free);
  soup_server_message_pause (request->message);
  g_idle_add_full (G_PRIORITY_DEFAULT, refuse_cb, baton_request_ref (request), NULL);
}

static gboolean
take_cb (gpointer data)
{
  g_autoptr (BatonRequest) request = data;

  if (take_connection (request))
    request->route->handle (request);
  forget (request->message);
  return G_SOURCE_REMOVE;
}

static void
begin_body (BatonRequest *request)
{
  gint64 patience = 30 * G_TIME_SPAN_SECOND + request->length * G_TIME_SPAN_SECOND / SLOWEST;

  request->body = g_byte_array_sized_new (request->length);
  g_signal_connect (request->message, "got-chunk", G_CALLBACK (got_chunk_cb), request);
  baton_peer_set_deadline (request->peer, g_get_monotonic_time () + patience);
}

static void
fill_request (BatonRequest *request)
{
  GUri *uri = soup_server_message_get_uri (request->message);
  const char *query = g_uri_get_query (uri);

  request->method = soup_server_message_get_method (request->message);
  request->path = g_strdup (g_uri_get_path (uri));
  request->host = find_host (request);
  if (query != NULL)
    request->query = g_uri_parse_params (query, -1, "&", G_URI_PARAMS_NONE, NULL);
}

/* The first of our code that sees a request: its headers are read, its body is not. */
static void
early_cb (SoupServer *soup, SoupServerMessage *message, const char *path, GHashTable *query, gpointer data)
{
  BatonRequest *request = g_new0 (BatonRequest, 1);
  BatonPeer *peer = baton_peer_find (soup_server_message_get_remote_address (message));
  Refusal refusal = { 0 };

  soup_message_body_set_accumulate (soup_server_message_get_request_body (message), FALSE);
  g_object_set_data (G_OBJECT (message), SEEN_KEY, message);
  request->refs = 1;
  request->server = data;
  request->message = g_object_ref (message);
  request->peer = baton_peer_ref (peer);
  baton_peer_set_idle (peer, FALSE);
  request->started = g_get_monotonic_time ();
  g_object_set_data_full (
      G_OBJECT (message), REQUEST_KEY, request, (GDestroyNotify) (void (*) (void)) baton_request_unref);
  g_signal_connect (message, "finished", G_CALLBACK (finished_cb), request);
  fill_request (request);
  read_length (request, &refusal);
  if (refusal.status != 0 || !check_headers (message, &refusal) || !check_path (request->path, &refusal) ||
      !find_route (request, &refusal) || !check_auth (request, &refusal) ||
      !check_protocol (request, &refusal) || !check_room (request, &refusal))
    refuse (request, &refusal);
  else if (request->route->kind == BATON_ROUTE_TAKE)
    {
      request->expects = baton_request_header (request, "Expect") != NULL;
      soup_server_message_pause (message);
      g_idle_add_full (G_PRIORITY_DEFAULT, take_cb, baton_request_ref (request), NULL);
    }
  else
    begin_body (request);
}

/* A body may have taken minutes: who was shut out meanwhile, or may do less by now, is not heard any more. */
static gboolean
check_again (BatonRequest *request)
{
  const BatonRoute *route = request->route;

  if (route->auth != BATON_AUTH_TOKEN)
    return TRUE;
  if (request->session->role == BATON_ROLE_NONE)
    baton_request_fail (request, 401, "sign-in", _ ("Sign in first."), 0);
  else if (route->right != BATON_N_RIGHTS && !baton_role_has (request->session->role, route->right))
    baton_request_fail (request, 403, "forbidden", _ ("Your role does not allow this."), 0);
  return request->status == 0;
}

/* Whether the body is what the client meant to send; one that does not say so is believed. */
static gboolean
is_sound (BatonRequest *request)
{
  const char *said = baton_request_header (request, "Baton-Chunk");
  char hex[BATON_BLOB_HASH_LENGTH + 1];

  if (said == NULL)
    return TRUE;
  baton_blob_hex_of (request->body->data, request->body->len, hex);
  return g_str_equal (said, hex);
}

static void
body_cb (SoupServer *soup, SoupServerMessage *message, const char *path, GHashTable *query, gpointer data)
{
  BatonRequest *request = g_object_get_data (G_OBJECT (message), REQUEST_KEY);

  if (request == NULL || request->status != 0)
    return;
  baton_peer_set_deadline (request->peer, g_get_monotonic_time () + 2 * IDLE);
  if (request->body->len != (gsize) request->length)
    {
      baton_request_fail (request, 400, "bad-request", _ ("The body is not as long as was said."), 0);
      return;
    }
  request->paused = FALSE;
  if (!is_sound (request))
    {
      baton_request_fail (request, 503, "damaged",
          _ ("What was sent was changed on its way. Nothing of it was taken, and nothing is lost."), 1);
      return;
    }
  if (!check_again (request))
    return;
  request->route->handle (request);
  if (request->status != 0)
    return;
  request->paused = TRUE;
  soup_server_message_pause (message);
}

/* What libsoup could not read never comes to us, and in 3.2 the path of such a request is not freed: who
 * sends many of them is not let in for a while. What comes through a proxy on this machine has been read by
 * that before. */
static void
request_ended_cb (SoupServer *soup, SoupServerMessage *message, BatonServer *server)
{
  BatonPeer *peer = baton_peer_find (soup_server_message_get_remote_address (message));

  if (peer != NULL && !baton_peer_is_local (peer) && soup_server_message_get_status (message) == 400 &&
      g_object_get_data (G_OBJECT (message), SEEN_KEY) == NULL)
    baton_slow_failed (server->rude_hosts, baton_peer_host (peer), g_get_monotonic_time ());
}

void
baton_http_in_take (BatonServer *server, BatonPeer *peer)
{
  g_autoptr (GIOStream) stream = baton_http_stream_new (peer);
  g_autoptr (GError) error = NULL;

  baton_peer_set_idle (peer, FALSE);
  g_socket_set_timeout (baton_peer_socket (peer), IDLE / G_TIME_SPAN_SECOND);
  baton_peer_set_deadline (peer, g_get_monotonic_time () + IDLE);
  if (!soup_server_accept_iostream (
          server->soup, stream, baton_peer_local (peer), baton_peer_remote (peer), &error))
    g_info ("a connection could not be served: %s", error->message);
}

/* SoupServer keeps connections alive only while it listens itself, and we accept for it. So it listens on a
 * socket whose name is gone before anybody could use it. */
static gboolean
listen_nowhere (BatonServer *server, GError **error)
{
  g_autofree char *path = g_build_filename (server->options->folder, "http.sock", NULL);
  int fd = open (server->options->folder, O_PATH | O_DIRECTORY | O_CLOEXEC);
  g_autofree char *name = g_strdup_printf ("/proc/self/fd/%d/http.sock", fd);
  g_autoptr (GSocketAddress) address = g_unix_socket_address_new (name);
  g_autoptr (GSocket) socket =
      g_socket_new (G_SOCKET_FAMILY_UNIX, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_DEFAULT, error);
  gboolean ok;

  g_unlink (path);
  ok = socket != NULL && g_socket_bind (socket, address, FALSE, error);
  g_unlink (path);
  if (fd >= 0)
    close (fd);
  return ok && g_socket_listen (socket, error) && soup_server_listen_socket (server->soup, socket, 0, error);
}

gboolean
baton_http_in_attach (BatonServer *server, GError **error)
{
  server->soup = soup_server_new ("raw-paths", TRUE, NULL);
  soup_server_remove_websocket_extension (server->soup, SOUP_TYPE_WEBSOCKET_EXTENSION_DEFLATE);
  g_signal_connect (server->soup, "request-finished", G_CALLBACK (request_ended_cb), server);
  g_signal_connect (server->soup, "request-aborted", G_CALLBACK (request_ended_cb), server);
  soup_server_add_early_handler (server->soup, NULL, early_cb, server, NULL);
  soup_server_add_handler (server->soup, NULL, body_cb, server, NULL);
  return listen_nowhere (server, error);
}
