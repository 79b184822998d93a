/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-client"

#include "blob-link-private.h"

#include "wire.h"

#include <glib/gi18n-lib.h>
#include <sodium.h>

#define IDLE 60
/* A chunk is what a cut link costs, so it should take no longer than a moment; but each one waits for an
 * answer, so on a link with a long way it should take longer than the way does. */
#define FIRST_CHUNK (1024 * 1024)
#define LEAST_CHUNK (64 * 1024)
#define MOST_CHUNK (4 * 1024 * 1024)
#define QUICK (50 * 1000) /* µs */
#define SLOW (150 * 1000)
#define LEAST_LIMITED (8 * 1024)
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
  link->chunk[BATON_BLOB_UP] = link->chunk[BATON_BLOB_DOWN] = FIRST_CHUNK;
  return link;
}

void
baton_blob_link_free (BatonBlobLink *link)
{
  g_object_unref (link->session);
  baton_server_access_clear (&link->access);
  baton_blobs_unref (link->blobs);
  for (guint i = 0; i < BATON_BLOB_N_WAYS; i++)
    g_clear_pointer (&link->pace[i], baton_blob_pace_unref);
  g_free (link);
}

void
baton_blob_link_set_pace (BatonBlobLink *link, BatonBlobWay way, BatonBlobPace *pace)
{
  g_clear_pointer (&link->pace[way], baton_blob_pace_unref);
  if (pace != NULL)
    link->pace[way] = baton_blob_pace_ref (pace);
}

gsize
baton_blob_next_chunk (BatonBlobLink *link, BatonBlobWay way, gint64 left, GCancellable *cancellable)
{
  BatonBlobPace *pace = link->pace[way];
  gint64 rate = pace != NULL ? baton_blob_pace_get (pace) : 0;
  gsize chunk = (gsize) MIN ((gint64) link->chunk[way], left);
  gint64 until;

  if (pace == NULL)
    return chunk;
  /* So small that a limit is kept within every second. */
  if (rate > 0)
    chunk = MIN (chunk, (gsize) MAX (rate / 8, LEAST_LIMITED));
  until = baton_blob_pace_take (pace, chunk, g_get_monotonic_time ());
  while (g_get_monotonic_time () < until)
    {
      if (g_cancellable_is_cancelled (cancellable))
        return 0;
      if (baton_blob_pace_get (pace) != rate)
        break;
      g_usleep ((gulong) CLAMP (until - g_get_monotonic_time (), 0, 50000));
    }
  return chunk;
}

void
baton_blob_learn (BatonBlobLink *link, BatonBlobWay way, gsize bytes, gint64 took)
{
  gsize *chunk = &link->chunk[way];

  if (took < 0 || took - link->latency > SLOW + 3 * link->latency)
    *chunk = MAX (*chunk / 2, LEAST_CHUNK);
  else if (took - link->latency < QUICK + link->latency && bytes >= *chunk)
    *chunk = MIN (*chunk * 2, MOST_CHUNK);
}

gboolean
baton_blob_step (BatonBlobStep step, gint64 done, gint64 total, gpointer data, GError **error)
{
  if (step == NULL || step (done, total, data))
    return TRUE;
  g_set_error_literal (error, BATON_ERROR, BATON_ERROR_CANCELLED, _ ("It goes on later."));
  return FALSE;
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

BatonTransferResult
baton_blob_ask_shortly (BatonBlobLink *link, SoupMessage *message, GCancellable *cancellable,
    BatonBlobAnswer *answer, GError **error)
{
  gint64 since = g_get_monotonic_time (), took;
  BatonTransferResult result = baton_blob_ask (link, message, cancellable, answer, error);

  took = g_get_monotonic_time () - since;
  /* The least counts: the first one opens the connection, too. */
  if (result == BATON_TRANSFER_DONE && (link->latency == 0 || took < link->latency))
    link->latency = took;
  return result;
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

  BatonErrorCode code = answer->status == 404                            ? BATON_ERROR_NOT_FOUND
                        : answer->status == 401 || answer->status == 403 ? BATON_ERROR_FORBIDDEN
                        : baton_blob_says (answer, "quota")              ? BATON_ERROR_LIMIT
                                                                         : BATON_ERROR_INVALID;

  g_set_error (error, BATON_ERROR, code, "%s",
      words != NULL ? words : _ ("The server does not answer as a Baton server does."));
  return later || answer->status == 429 ? BATON_TRANSFER_LATER : BATON_TRANSFER_REFUSED;
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
      baton_http_set_json (message, bytes);
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
