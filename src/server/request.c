/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-server"

#include "request.h"

#include "baton-error.h"
#include "blobs.h"
#include "json.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define DEEPEST 32

BatonRequest *
baton_request_ref (BatonRequest *request)
{
  request->refs++;
  return request;
}

void
baton_request_unref (BatonRequest *request)
{
  if (--request->refs > 0)
    return;
  g_clear_object (&request->message);
  g_clear_object (&request->stream);
  g_clear_pointer (&request->peer, baton_peer_unref);
  g_clear_pointer (&request->session, baton_session_unref);
  g_clear_pointer (&request->query, g_hash_table_unref);
  g_clear_pointer (&request->body, g_byte_array_unref);
  g_strfreev (request->parts);
  g_free (request->path);
  g_free (request->host);
  g_free (request);
}

const char *
baton_request_query (BatonRequest *request, const char *name)
{
  return request->query != NULL ? g_hash_table_lookup (request->query, name) : NULL;
}

gint64
baton_request_query_int (BatonRequest *request, const char *name, gint64 fallback, gboolean *ok)
{
  const char *text = baton_request_query (request, name);
  gint64 value = fallback;

  if (text != NULL && !g_ascii_string_to_signed (text, 10, 0, G_MAXINT64, &value, NULL))
    *ok = FALSE;
  return value;
}

const char *
baton_request_header (BatonRequest *request, const char *name)
{
  return soup_message_headers_get_one (soup_server_message_get_request_headers (request->message), name);
}

gboolean
baton_json_shallow (const char *text, gsize length)
{
  guint depth = 0;
  gboolean quoted = FALSE;

  for (gsize i = 0; i < length; i++)
    {
      if (quoted && text[i] == '\\')
        i++;
      else if (text[i] == '"')
        quoted = !quoted;
      else if (!quoted && (text[i] == '{' || text[i] == '['))
        {
          if (++depth > DEEPEST)
            return FALSE;
        }
      else if (!quoted && (text[i] == '}' || text[i] == ']') && depth > 0)
        depth--;
    }
  return TRUE;
}

json_t *
baton_request_json (BatonRequest *request)
{
  const char *text = (const char *) request->body->data;
  json_t *object = NULL;

  if (request->body->len > 0 && baton_json_shallow (text, request->body->len))
    object = json_loadb (text, request->body->len, JSON_REJECT_DUPLICATES, NULL);
  if (json_is_object (object))
    return object;
  json_decref (object);
  baton_request_fail (request, 400, "bad-request", _ ("The body is not a JSON object."), 0);
  return NULL;
}

const char *
baton_json_text (json_t *object, const char *name, gsize most)
{
  json_t *value = json_object_get (object, name);

  return json_is_string (value) && json_string_length (value) <= most &&
                 strlen (json_string_value (value)) == json_string_length (value)
             ? json_string_value (value)
             : NULL;
}

void
baton_request_reply_take (BatonRequest *request, guint status, char *text, gsize length)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (request->message);

  g_return_if_fail (request->status == 0);
  request->status = status;
  soup_message_headers_replace (headers, "Cache-Control", "no-store");
  soup_message_headers_replace (headers, "X-Content-Type-Options", "nosniff");
  soup_server_message_set_status (request->message, status, NULL);
  if (text != NULL)
    {
      char hex[BATON_BLOB_HASH_LENGTH + 1];

      baton_blob_hex_of (text, length, hex);
      soup_message_headers_replace (headers, "Baton-Chunk", hex);
      soup_server_message_set_response (
          request->message, "application/json; charset=utf-8", SOUP_MEMORY_TAKE, text, length);
    }
  if (request->paused && !request->gone)
    soup_server_message_unpause (request->message);
  request->paused = FALSE;
}

void
baton_request_reply (BatonRequest *request, guint status, const char *text)
{
  baton_request_reply_take (request, status, g_strdup (text), strlen (text));
}

void
baton_request_reply_json (BatonRequest *request, guint status, json_t *answer)
{
  char *dumped = json_dumps (answer, JSON_COMPACT);
  char *text = g_strdup (dumped);

  free (dumped);
  json_decref (answer);
  baton_request_reply_take (request, status, text, strlen (text));
}

void
baton_request_reply_empty (BatonRequest *request)
{
  baton_request_reply_take (request, 204, NULL, 0);
}

char *
baton_error_json (const char *code, const char *sentence, guint retry)
{
  GString *text = g_string_new (NULL);
  BatonJson json;

  baton_json_init (&json, text);
  baton_json_begin_object (&json, NULL);
  baton_json_string (&json, "error", code);
  baton_json_string (&json, "message", sentence);
  if (retry > 0)
    baton_json_int (&json, "retry", retry);
  baton_json_end_object (&json);
  return g_string_free (text, FALSE);
}

static void
say_retry (BatonRequest *request, guint retry)
{
  g_autofree char *seconds = g_strdup_printf ("%u", retry);

  if (retry > 0)
    soup_message_headers_replace (
        soup_server_message_get_response_headers (request->message), "Retry-After", seconds);
}

void
baton_request_fail (BatonRequest *request, guint status, const char *code, const char *sentence, guint retry)
{
  char *text = baton_error_json (code, sentence, retry);

  say_retry (request, retry);
  baton_request_reply_take (request, status, text, strlen (text));
}

void
baton_request_fail_json (BatonRequest *request, guint status, json_t *answer, guint retry)
{
  say_retry (request, retry);
  baton_request_reply_json (request, status, answer);
}

void
baton_request_fail_error (BatonRequest *request, const GError *error)
{
  static const struct
  {
    int code;
    guint status;
    const char *name;
    guint retry;
  } known[] = {
    { BATON_ERROR_INVALID, 400, "bad-request", 0 },
    { BATON_ERROR_CODEC, 400, "bad-request", 0 },
    { BATON_ERROR_FORBIDDEN, 403, "forbidden", 0 },
    { BATON_ERROR_NOT_FOUND, 404, "not-found", 0 },
    { BATON_ERROR_EXISTS, 409, "exists", 0 },
    { BATON_ERROR_LIMIT, 413, "too-large", 0 },
    { BATON_ERROR_FULL, 507, "full", 30 },
    { BATON_ERROR_READ_ONLY, 507, "full", 30 },
  };

  for (guint i = 0; error->domain == BATON_ERROR && i < G_N_ELEMENTS (known); i++)
    {
      if (error->code == known[i].code)
        {
          baton_request_fail (request, known[i].status, known[i].name, error->message, known[i].retry);
          return;
        }
    }
  g_warning ("%s %s: %s", request->method, request->path, error->message);
  baton_request_fail (request, 500, "failed", _ ("The server could not do this now."), 5);
}
