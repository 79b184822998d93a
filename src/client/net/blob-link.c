/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-client"

#include "blob-link-private.h"

#include "wire.h"

#include <glib/gi18n-lib.h>
#include <sodium.h>

#define IDLE 60
#define CHUNK \
  (4 * 1024 * 1024) /* small enough that a cut costs little, large enough that latency does not count */
#define SMALL_CHUNK (64 * 1024) /* with a limit: so that it is kept within a second */
#define MOST_ASKED 1000
#define HASH_BYTES 32

BatonBlobLink *
baton_blob_link_new (const BatonServerAccess *access, BatonBlobs *blobs, GError **error)
{
  g_autoptr (SoupSession) session = baton_http_session (access->authority, IDLE, error);
  BatonBlobLink *link;

  if (session == NULL)
    return NULL;
  link = g_new0 (BatonBlobLink, 1);
  link->session = g_steal_pointer (&session);
  link->access = (BatonServerAccess){ g_strdup (access->server), g_strdup (access->token), NULL };
  link->blobs = baton_blobs_ref (blobs);
  return link;
}

void
baton_blob_link_free (BatonBlobLink *link)
{
  g_object_unref (link->session);
  baton_server_access_clear (&link->access);
  baton_blobs_unref (link->blobs);
  g_free (link);
}

void
baton_blob_link_limit (BatonBlobLink *link, gint64 bytes_per_second)
{
  __atomic_store_n (&link->limit, bytes_per_second, __ATOMIC_RELAXED);
}

gsize
baton_blob_chunk_size (BatonBlobLink *link)
{
  gint64 limit = __atomic_load_n (&link->limit, __ATOMIC_RELAXED);

  return limit > 0 && limit < CHUNK ? (gsize) CLAMP (limit / 4, SMALL_CHUNK, CHUNK) : CHUNK;
}

/* Rests as long as these bytes should have taken. */
void
baton_blob_keep_limit (BatonBlobLink *link, gsize bytes, gint64 since, GCancellable *cancellable)
{
  gint64 limit = __atomic_load_n (&link->limit, __ATOMIC_RELAXED);
  gint64 until = limit > 0 ? since + (gint64) bytes * G_USEC_PER_SEC / limit : 0;

  while (g_get_monotonic_time () < until && !g_cancellable_is_cancelled (cancellable))
    g_usleep ((gulong) CLAMP (until - g_get_monotonic_time (), 0, 100000));
}

void
baton_blob_answer_clear (BatonBlobAnswer *answer)
{
  g_clear_pointer (&answer->bytes, g_bytes_unref);
  g_clear_pointer (&answer->object, json_decref);
  g_clear_object (&answer->message);
}

BatonTransferResult
baton_blob_ask (BatonBlobLink *link, SoupMessage *message, GCancellable *cancellable, BatonBlobAnswer *answer,
    GError **error)
{
  g_autoptr (GError) local = NULL;
  const char *type;

  baton_blob_answer_clear (answer);
  answer->message = g_object_ref (message);
  answer->bytes = soup_session_send_and_read (link->session, message, cancellable, &local);
  if (answer->bytes == NULL)
    {
      g_autofree char *words = baton_http_explain (message, local);
      gboolean stopped = g_error_matches (local, G_IO_ERROR, G_IO_ERROR_CANCELLED);

      g_set_error_literal (error, BATON_ERROR, stopped ? BATON_ERROR_CANCELLED : BATON_ERROR_IO, words);
      return stopped ? BATON_TRANSFER_STOPPED : BATON_TRANSFER_LATER;
    }
  answer->status = soup_message_get_status (message);
  type = soup_message_headers_get_content_type (soup_message_get_response_headers (message), NULL);
  if (g_strcmp0 (type, "application/json") == 0)
    answer->object =
        baton_wire_parse (g_bytes_get_data (answer->bytes, NULL), g_bytes_get_size (answer->bytes));
  return BATON_TRANSFER_DONE;
}

gboolean
baton_blob_says (const BatonBlobAnswer *answer, const char *code)
{
  return answer->object != NULL && g_strcmp0 (baton_wire_text (answer->object, "error"), code) == 0;
}

/* What an answer that is none of the good ones means. */
BatonTransferResult
baton_blob_fail (const BatonBlobAnswer *answer, GError **error)
{
  const char *words = answer->object != NULL ? baton_wire_text (answer->object, "message") : NULL;
  gboolean later = answer->status >= 500 && !baton_blob_says (answer, "quota");

  g_set_error (error, BATON_ERROR, answer->status == 404 ? BATON_ERROR_NOT_FOUND : BATON_ERROR_INVALID, "%s",
      words != NULL ? words : _ ("The server does not answer as a Baton server does."));
  return later || answer->status == 429 ? BATON_TRANSFER_LATER : BATON_TRANSFER_REFUSED;
}

void
baton_blob_hex_of (const guint8 *data, gsize length, char hex[BATON_BLOB_HASH_LENGTH + 1])
{
  guint8 hash[HASH_BYTES];

  crypto_generichash (hash, sizeof hash, data, length, NULL, 0);
  sodium_bin2hex (hex, BATON_BLOB_HASH_LENGTH + 1, hash, sizeof hash);
}

GPtrArray *
baton_blob_missing (BatonBlobLink *link, GPtrArray *hashes, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) missing = g_ptr_array_new_with_free_func (g_free);

  for (guint from = 0; from < hashes->len; from += MOST_ASKED)
    {
      g_autoptr (json_t) body = json_object ();
      g_autoptr (SoupMessage) message =
          baton_http_message ("POST", link->access.server, "blobs/missing", link->access.token);
      g_autoptr (GBytes) bytes = NULL;
      g_auto (BatonBlobAnswer) answer = { 0 };
      json_t *asked = json_array (), *one;
      char *text;
      size_t i;

      for (guint j = from; j < MIN (from + MOST_ASKED, hashes->len); j++)
        json_array_append_new (asked, json_string (g_ptr_array_index (hashes, j)));
      json_object_set_new (body, "hashes", asked);
      text = baton_wire_dump (body);
      bytes = g_bytes_new_take (text, strlen (text));
      baton_http_set_body (message, "application/json", bytes);
      if (baton_blob_ask (link, message, cancellable, &answer, error) != BATON_TRANSFER_DONE)
        return NULL;
      if (answer.status != 200)
        {
          baton_blob_fail (&answer, error);
          return NULL;
        }
      json_array_foreach (json_object_get (answer.object, "missing"), i, one)
        {
          if (json_is_string (one))
            g_ptr_array_add (missing, g_strdup (json_string_value (one)));
        }
    }
  return g_steal_pointer (&missing);
}
