/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-client"

#include "http.h"

#include "baton-config.h"
#include "blobs.h"

#include <glib/gi18n-lib.h>

SoupSession *
baton_http_session (const char *authority, guint idle, GError **error)
{
  g_autoptr (SoupSession) session = NULL;
  g_autoptr (GTlsDatabase) trusted = NULL;

  if (authority != NULL && (trusted = g_tls_file_database_new (authority, error)) == NULL)
    return NULL;
  session = soup_session_new_with_options (
      "user-agent", "Baton/" BATON_VERSION, "timeout", idle, "idle-timeout", 90, "max-conns", 8, NULL);
  if (trusted != NULL)
    soup_session_set_tls_database (session, trusted);
  soup_session_remove_feature_by_type (session, SOUP_TYPE_WEBSOCKET_EXTENSION_MANAGER);
  soup_session_remove_feature_by_type (session, SOUP_TYPE_CONTENT_DECODER);
  return g_steal_pointer (&session);
}

SoupMessage *
baton_http_message (const char *method, const char *server, const char *path, const char *token)
{
  g_autofree char *address = g_strdup_printf ("%s/v1/%s", server, path);
  SoupMessage *message = soup_message_new (method, address);
  SoupMessageHeaders *headers;

  if (message == NULL)
    return NULL;
  /* A token must not wander to another host. */
  soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT);
  headers = soup_message_get_request_headers (message);
  soup_message_headers_replace (headers, "Baton-Protocol", BATON_HTTP_PROTOCOL);
  if (token != NULL)
    {
      g_autofree char *bearer = g_strconcat ("Bearer ", token, NULL);

      soup_message_headers_replace (headers, "Authorization", bearer);
    }
  return message;
}

void
baton_http_set_body (SoupMessage *message, const char *type, GBytes *body)
{
  soup_message_set_request_body_from_bytes (message, type, body);
}

void
baton_http_set_json (SoupMessage *message, GBytes *body)
{
  char hex[BATON_BLOB_HASH_LENGTH + 1];

  baton_blob_hex_of (g_bytes_get_data (body, NULL), g_bytes_get_size (body), hex);
  soup_message_headers_replace (soup_message_get_request_headers (message), "Baton-Chunk", hex);
  baton_http_set_body (message, "application/json", body);
}

gboolean
baton_http_is_sound (SoupMessage *message, GBytes *answer)
{
  const char *said =
      soup_message_headers_get_one (soup_message_get_response_headers (message), "Baton-Chunk");
  char hex[BATON_BLOB_HASH_LENGTH + 1];

  if (said == NULL)
    return TRUE;
  baton_blob_hex_of (g_bytes_get_data (answer, NULL), g_bytes_get_size (answer), hex);
  return g_str_equal (said, hex);
}

int
baton_http_retry_after (SoupMessage *message)
{
  const char *text =
      soup_message_headers_get_one (soup_message_get_response_headers (message), "Retry-After");
  guint64 seconds;

  return text != NULL && g_ascii_string_to_unsigned (text, 10, 0, 3600, &seconds, NULL) ? (int) seconds : 0;
}

/* A clock that is off is the likelier reason on one's own computer. */
static char *
explain_dates (const char *host)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *date = g_date_time_format (now, _ ("%-d %B %Y"));

  return g_strdup_printf (_ ("The certificate of %s is not valid on %s, which is today by the clock of this "
                             "computer. Nothing was sent. If that date is right, ask who runs the server."),
      host, date);
}

char *
baton_http_explain (SoupMessage *message, const GError *error)
{
  const char *host = g_uri_get_host (soup_message_get_uri (message));

  if (g_error_matches (error, G_TLS_ERROR, G_TLS_ERROR_BAD_CERTIFICATE) &&
      (soup_message_get_tls_peer_certificate_errors (message) &
          (G_TLS_CERTIFICATE_EXPIRED | G_TLS_CERTIFICATE_NOT_ACTIVATED)) != 0)
    return explain_dates (host);
  if (g_error_matches (error, G_TLS_ERROR, G_TLS_ERROR_BAD_CERTIFICATE))
    return g_strdup_printf (
        _ ("The certificate of %s is not trusted by this computer. Nothing was sent. Ask who runs "
           "the server."),
        host);
  if (error->domain == G_RESOLVER_ERROR)
    return g_strdup_printf (_ ("There is no way to %s at present: its name is not found."), host);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED))
    return g_strdup_printf (_ ("%s does not answer: no server is running there."), host);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT))
    return g_strdup_printf (_ ("%s has not answered in time."), host);
  if (error->domain == G_IO_ERROR &&
      (error->code == G_IO_ERROR_NETWORK_UNREACHABLE || error->code == G_IO_ERROR_HOST_UNREACHABLE))
    return g_strdup (_ ("There is no network at present."));
  return g_strdup_printf (_ ("The connection to %s broke (%s)."), host, error->message);
}
