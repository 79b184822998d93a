/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-client"

#include "account.h"

#include "baton-error.h"
#include "http.h"
#include "wire.h"

#include <glib/gi18n-lib.h>

#define IDLE 30 /* seconds without a byte; a password takes a server a second or two */

void
baton_server_access_clear (BatonServerAccess *access)
{
  g_clear_pointer (&access->server, g_free);
  g_clear_pointer (&access->token, g_free);
  g_clear_pointer (&access->authority, g_free);
}

void
baton_membership_clear (BatonMembership *membership)
{
  g_clear_pointer (&membership->token, g_free);
  g_clear_pointer (&membership->person, g_free);
  g_clear_pointer (&membership->role, g_free);
  g_clear_pointer (&membership->workspace, g_free);
  g_clear_pointer (&membership->workspace_name, g_free);
}

static BatonErrorCode
code_of (guint status)
{
  return status == 401 || status == 403 ? BATON_ERROR_FORBIDDEN
         : status == 404                ? BATON_ERROR_NOT_FOUND
                                        : BATON_ERROR_INVALID;
}

/* The server's own sentence is for people. */
static void
set_refusal (GError **error, SoupMessage *message, json_t *answer)
{
  const char *words = answer != NULL ? baton_wire_text (answer, "message") : NULL;
  gboolean known =
      soup_message_headers_get_one (soup_message_get_request_headers (message), "Authorization") != NULL;

  if (words != NULL)
    g_set_error_literal (
        error, BATON_ERROR, known ? code_of (soup_message_get_status (message)) : BATON_ERROR_INVALID, words);
  else
    g_set_error (error, BATON_ERROR, BATON_ERROR_INVALID,
        _ ("%s does not answer as a Baton server does (%u). Check the address."),
        g_uri_get_host (soup_message_get_uri (message)), soup_message_get_status (message));
}

static gboolean
send (SoupSession *session, SoupMessage *message, GCancellable *cancellable, json_t **answer, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (GBytes) bytes = soup_session_send_and_read (session, message, cancellable, &local);
  g_autoptr (json_t) parsed = NULL;
  g_autofree char *words = NULL;

  if (bytes == NULL && g_error_matches (local, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (bytes == NULL)
    {
      words = baton_http_explain (message, local);
      g_set_error_literal (error, BATON_ERROR, BATON_ERROR_IO, words);
      return FALSE;
    }
  if (!baton_http_is_sound (message, bytes))
    {
      g_set_error_literal (error, BATON_ERROR, BATON_ERROR_IO,
          _ ("What the server sent was changed on its way and is not used. Nothing is lost."));
      return FALSE;
    }
  parsed = baton_wire_parse (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  if (!SOUP_STATUS_IS_SUCCESSFUL (soup_message_get_status (message)))
    {
      set_refusal (error, message, parsed);
      return FALSE;
    }
  if (answer != NULL)
    *answer = g_steal_pointer (&parsed);
  return TRUE;
}

gboolean
baton_account_ask (const BatonServerAccess *access, const char *method, const char *path, json_t *body,
    GCancellable *cancellable, json_t **answer, GError **error)
{
  g_autoptr (json_t) taken = body;
  g_autoptr (SoupSession) session = baton_http_session (access->authority, IDLE, error);
  g_autoptr (SoupMessage) message = NULL;

  if (session == NULL)
    return FALSE;
  message = baton_http_message (method, access->server, path, access->token);
  if (message == NULL)
    {
      g_set_error (
          error, BATON_ERROR, BATON_ERROR_INVALID, _ ("“%s” is no address of a server."), access->server);
      return FALSE;
    }
  if (body != NULL)
    {
      char *text = baton_wire_dump (body);
      g_autoptr (GBytes) bytes = g_bytes_new_take (text, strlen (text));

      baton_http_set_json (message, bytes);
    }
  return send (session, message, cancellable, answer, error);
}

static void
put (json_t *object, const char *key, const char *text)
{
  if (text != NULL)
    json_object_set_new (object, key, json_string (text));
}

static gboolean
read_membership (json_t *answer, BatonMembership *membership, GError **error)
{
  if (answer == NULL || baton_wire_text (answer, "token") == NULL ||
      baton_wire_text (answer, "person") == NULL)
    {
      g_set_error_literal (error, BATON_ERROR, BATON_ERROR_INVALID,
          _ ("The server’s answer cannot be read. It may be of another version of Baton."));
      return FALSE;
    }
  *membership = (BatonMembership){ .token = g_strdup (baton_wire_text (answer, "token")),
    .person = g_strdup (baton_wire_text (answer, "person")),
    .role = g_strdup (baton_wire_text (answer, "role")),
    .workspace = g_strdup (baton_wire_text (answer, "workspace")),
    .workspace_name = g_strdup (baton_wire_text (answer, "workspace_name")),
    .head = baton_wire_int (answer, "head", 0) };
  return TRUE;
}

static gboolean
enter (const BatonServerAccess *access, const char *path, json_t *body, GCancellable *cancellable,
    BatonMembership *membership, GError **error)
{
  g_autoptr (json_t) answer = NULL;

  put (body, "device_name", g_get_host_name ());
  return baton_account_ask (access, "POST", path, body, cancellable, &answer, error) &&
         read_membership (answer, membership, error);
}

gboolean
baton_account_join (const BatonServerAccess *access, const char *secret, const char *name,
    const char *password, const char *device, const char *person, GCancellable *cancellable,
    BatonMembership *membership, GError **error)
{
  json_t *body = json_object ();

  put (body, "invitation", secret);
  put (body, "name", name);
  put (body, "password", password);
  put (body, "device", device);
  put (body, "person", person);
  return enter (access, "join", body, cancellable, membership, error);
}

gboolean
baton_account_sign_in (const BatonServerAccess *access, const char *name, const char *password,
    const char *device, GCancellable *cancellable, BatonMembership *membership, GError **error)
{
  json_t *body = json_object ();

  put (body, "name", name);
  put (body, "password", password);
  put (body, "device", device);
  return enter (access, "sign-in", body, cancellable, membership, error);
}

gboolean
baton_account_come_back (const BatonServerAccess *access, const char *name, const char *password,
    const char *device, GCancellable *cancellable, BatonMembership *membership, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (json_t) answer = NULL;

  if (!baton_account_ask (access, "POST", "hello", json_pack ("{s:[i,i]}", "protocols", 2, 1), cancellable,
          &answer, &local) &&
      local->code != BATON_ERROR_NOT_FOUND && local->code != BATON_ERROR_INVALID)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (answer == NULL || baton_wire_text (answer, "server") == NULL)
    {
      g_set_error (error, BATON_ERROR, BATON_ERROR_INVALID,
          _ ("%s does not answer as a Baton server does. No password was sent. Ask who runs the server for "
             "its "
             "address, or for an invitation."),
          access->server);
      return FALSE;
    }
  return baton_account_sign_in (access, name, password, device, cancellable, membership, error);
}
