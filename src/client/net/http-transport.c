/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-client"

#include "http-transport.h"

#include "http.h"
#include "live-client.h"

#include <glib/gi18n-lib.h>

#define IDLE 60 /* seconds without a byte */

typedef struct
{
  BatonTransport base;
  SoupSession *session;
  char *server;
  char *token;
  GCancellable *cancellable; /* of the call that is on its way */
  BatonLiveClient *live;
} HttpTransport;

typedef struct
{
  SoupMessage *message;
  GCancellable *cancellable;
  BatonAnswerFunc answer;
  gpointer data;
} Asked;

static void
asked_free (Asked *asked)
{
  g_object_unref (asked->message);
  g_object_unref (asked->cancellable);
  g_free (asked);
}

static void
answered_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Asked *asked = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = soup_session_send_and_read_finish (SOUP_SESSION (source), result, &error);
  g_autofree char *why = NULL;
  BatonAnswer answer = { 0 };

  /* A cancelled call's transport may be gone. */
  if (g_cancellable_is_cancelled (asked->cancellable))
    {
      asked_free (asked);
      return;
    }
  if (bytes != NULL && !baton_http_is_sound (asked->message, bytes))
    answer.text = _ ("What the server sent was changed on its way and is not used. Nothing is lost.");
  else if (bytes != NULL)
    {
      answer.status = soup_message_get_status (asked->message);
      answer.retry_after = baton_http_retry_after (asked->message);
      answer.text = g_bytes_get_data (bytes, &answer.length);
    }
  else
    {
      answer.text = why = baton_http_explain (asked->message, error);
      answer.length = strlen (why);
    }
  asked->answer (&answer, asked->data);
  asked_free (asked);
}

static char *
path_of (const BatonCall *call)
{
  g_autofree char *id = call->id != NULL ? g_uri_escape_string (call->id, NULL, FALSE) : NULL;

  switch (call->kind)
    {
    case BATON_CALL_HELLO:
      return g_strdup ("hello");
    case BATON_CALL_PUSH:
      return g_strdup ("push");
    case BATON_CALL_PULL:
      return g_strdup_printf ("pull?epoch=%s&device=%s&after=%" G_GINT64_FORMAT "&most=%u", call->epoch,
          call->device, call->number, call->most);
    case BATON_CALL_SNAPSHOT:
      return id != NULL ? g_strdup_printf ("snapshot?board=%s", id) : g_strdup ("snapshot");
    case BATON_CALL_PART:
      return g_strdup_printf ("snapshot/%s/%" G_GINT64_FORMAT, id, call->number);
    case BATON_CALL_HISTORY:
      return g_strdup_printf (
          "history?epoch=%s&before=%" G_GINT64_FORMAT "&most=%u", call->epoch, call->number, call->most);
    default:
      g_assert_not_reached ();
    }
}

static void
cancel (BatonTransport *transport)
{
  HttpTransport *self = (HttpTransport *) transport;

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

static void
call (BatonTransport *transport, BatonCall *what, BatonAnswerFunc answer, gpointer data)
{
  HttpTransport *self = (HttpTransport *) transport;
  g_autoptr (BatonCall) taken = what;
  g_autofree char *path = path_of (what);
  Asked *asked = g_new0 (Asked, 1);

  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  asked->message = baton_http_message (what->body != NULL ? "POST" : "GET", self->server, path, self->token);
  asked->cancellable = g_object_ref (self->cancellable);
  asked->answer = answer;
  asked->data = data;
  if (what->body != NULL)
    {
      g_autoptr (GBytes) body = g_bytes_new_take (what->body, strlen (what->body));

      what->body = NULL;
      baton_http_set_json (asked->message, body);
    }
  soup_session_send_and_read_async (
      self->session, asked->message, G_PRIORITY_DEFAULT, asked->cancellable, answered_cb, asked);
}

static void
listen (BatonTransport *transport, BatonLiveFunc func, gpointer data)
{
  HttpTransport *self = (HttpTransport *) transport;

  g_clear_pointer (&self->live, baton_live_client_free);
  if (func != NULL)
    self->live = baton_live_client_new (self->session, self->server, self->token, func, data);
}

static void
say (BatonTransport *transport, const char *text)
{
  HttpTransport *self = (HttpTransport *) transport;

  if (self->live != NULL)
    baton_live_client_say (self->live, text);
}

static void
transport_free (BatonTransport *transport)
{
  HttpTransport *self = (HttpTransport *) transport;

  cancel (transport);
  g_clear_pointer (&self->live, baton_live_client_free);
  soup_session_abort (self->session);
  g_object_unref (self->session);
  g_free (self->server);
  g_free (self->token);
  g_free (self);
}

BatonTransport *
baton_http_transport_new (const char *server, const char *token, const char *authority, GError **error)
{
  g_autoptr (SoupSession) session = baton_http_session (authority, IDLE, error);
  g_autoptr (SoupMessage) probe = baton_http_message ("GET", server, "hello", NULL);
  HttpTransport *self;

  if (session == NULL)
    return NULL;
  if (probe == NULL)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, "%s", server);
      return NULL;
    }
  self = g_new0 (HttpTransport, 1);
  self->base = (BatonTransport){ call, cancel, listen, say, transport_free };
  self->session = g_steal_pointer (&session);
  self->server = g_strdup (server);
  self->token = g_strdup (token);
  return &self->base;
}
