/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-server"

/* Files (PROTOCOL.md, section 11). Their names here are hashes; what people call them never comes this way.
 */

#include "routes.h"

#include "http-in.h"
#include "server-private.h"
#include "transfers.h"

#include <glib/gi18n-lib.h>
#include <sodium.h>

#define MOST_HASHES 1000

void
baton_route_blobs_missing (BatonRequest *request)
{
  BatonBlobs *blobs = baton_transfers_blobs (request->server->transfers);
  json_t *body = baton_request_json (request);
  json_t *hashes = json_object_get (body, "hashes");
  json_t *missing = json_array ();
  json_t *hash;
  gsize i;
  gboolean ok = json_is_array (hashes) && json_array_size (hashes) <= MOST_HASHES;

  json_array_foreach (hashes, i, hash)
    {
      const char *text = json_string_value (hash);

      if (!ok || text == NULL || !baton_blob_hash_is_valid (text))
        ok = FALSE;
      else if (!baton_blobs_has (blobs, text))
        json_array_append (missing, hash);
    }
  if (ok)
    baton_request_reply_json (request, 200, json_pack ("{s:O}", "missing", missing));
  else if (body != NULL)
    baton_request_fail (request, 400, "bad-request", _ ("At most 1,000 hashes can be asked for."), 0);
  json_decref (missing);
  json_decref (body);
}

static gboolean
check_hash (BatonRequest *request)
{
  if (baton_blob_hash_is_valid (request->parts[0]))
    return TRUE;
  baton_request_fail (request, 404, "not-found", _ ("This is no name of a file."), 0);
  return FALSE;
}

static void
say_offset (BatonRequest *request, gint64 offset, gboolean done)
{
  baton_request_reply_json (
      request, 200, json_pack ("{s:I, s:b}", "offset", (json_int_t) offset, "done", done));
}

void
baton_route_blob_begin (BatonRequest *request)
{
  BatonTransfers *transfers = request->server->transfers;
  const char *hash = request->parts[0];
  json_t *body = check_hash (request) ? baton_request_json (request) : NULL;
  json_t *number = json_object_get (body, "size");
  gint64 size = json_is_integer (number) ? json_integer_value (number) : -1;
  g_autoptr (GError) error = NULL;
  BatonUpload *upload;

  json_decref (body);
  if (request->status != 0)
    return;
  if (size < 0)
    {
      baton_request_fail (request, 400, "bad-request", _ ("The file’s size is missing."), 0);
      return;
    }
  upload = baton_upload_begin (transfers, hash, size, request->session, &error);
  if (upload != NULL)
    say_offset (request, baton_upload_offset (upload), FALSE);
  else if (g_error_matches (error, BATON_ERROR, BATON_ERROR_EXISTS))
    say_offset (request, baton_blobs_size (baton_transfers_blobs (transfers), hash), TRUE);
  else if (g_error_matches (error, BATON_ERROR, BATON_ERROR_LOCKED))
    baton_request_fail (request, 503, "busy", error->message, 1);
  else if (g_error_matches (error, BATON_ERROR, BATON_ERROR_LIMIT))
    baton_request_fail (request, 507, "quota", error->message, 0);
  else
    baton_request_fail_error (request, error);
}

static void
refuse (BatonRequest *request, guint status, const char *code, const char *sentence, gint64 offset)
{
  json_t *object = json_pack ("{s:s, s:s}", "error", code, "message", sentence);
  char *dumped;

  if (offset >= 0)
    json_object_set_new (object, "offset", json_integer (offset));
  if (status == 503)
    json_object_set_new (object, "retry", json_integer (1));
  dumped = json_dumps (object, JSON_COMPACT);
  baton_http_in_answer_raw (request->server, request->peer, request->stream, status,
      status == 503 ? "Retry-After: 1\r\n" : NULL, dumped, request->length > 0);
  free (dumped);
  json_decref (object);
}

static gboolean
read_chunk_hash (BatonRequest *request, guint8 hash[32])
{
  const char *text = baton_request_header (request, "Baton-Chunk");
  gsize length = 0;

  return text != NULL && baton_blob_hash_is_valid (text) &&
         sodium_hex2bin (hash, 32, text, 64, NULL, &length, NULL) == 0 && length == 32;
}

void
baton_route_blob_put (BatonRequest *request)
{
  BatonTransfers *transfers = request->server->transfers;
  BatonUpload *upload = baton_upload_find (transfers, request->parts[0]);
  gboolean ok = TRUE;
  gint64 offset = baton_request_query_int (request, "off", 0, &ok);
  guint8 hash[32];

  if (!ok || !read_chunk_hash (request, hash))
    refuse (request, 400, "bad-request", _ ("The chunk’s place or its hash is missing."), -1);
  else if (upload == NULL)
    refuse (request, 503, "busy", _ ("Begin this upload first."), -1);
  else if (baton_upload_busy (upload))
    refuse (request, 503, "busy", _ ("This file is being transferred already."), -1);
  else if (offset != baton_upload_offset (upload))
    refuse (
        request, 409, "offset", _ ("The transfer goes on at another place."), baton_upload_offset (upload));
  else if (request->length > baton_upload_size (upload) - offset)
    refuse (request, 400, "bad-request", _ ("This is more than the file was said to be."), offset);
  else
    baton_upload_receive (upload, request, hash);
}

void
baton_route_blob_get (BatonRequest *request)
{
  BatonTransfers *transfers = request->server->transfers;
  const char *hash = request->parts[0];
  gboolean ok = baton_blob_hash_is_valid (hash);
  gint64 size = ok ? baton_blobs_size (baton_transfers_blobs (transfers), hash) : -1;
  gint64 offset = baton_request_query_int (request, "off", 0, &ok);
  gint64 length = baton_request_query_int (request, "len", BATON_CHUNK_BYTES, &ok);

  if (size < 0)
    refuse (request, 404, "not-found", _ ("This file is not here."), -1);
  else if (!ok || offset > size)
    refuse (request, 400, "bad-request", _ ("The file is not that long."), -1);
  else
    baton_download_send (
        transfers, request, hash, offset, MIN (MIN (length, BATON_CHUNK_BYTES), size - offset), size);
}

void
baton_route_blob_head (BatonRequest *request)
{
  BatonBlobs *blobs = baton_transfers_blobs (request->server->transfers);
  gint64 size = check_hash (request) ? baton_blobs_size (blobs, request->parts[0]) : -1;
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, size);

  if (request->status != 0)
    return;
  if (size < 0)
    {
      baton_request_fail (request, 404, "not-found", _ ("This file is not here."), 0);
      return;
    }
  soup_message_headers_replace (
      soup_server_message_get_response_headers (request->message), "Baton-Size", text);
  baton_request_reply_take (request, 200, NULL, 0);
}
