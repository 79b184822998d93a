/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-client"

#include "blob-link-private.h"

#include <glib/gi18n-lib.h>

static gint64
header_int (const BatonBlobAnswer *answer, const char *name)
{
  const char *text = soup_message_headers_get_one (soup_message_get_response_headers (answer->message), name);
  gint64 number;

  return text != NULL && g_ascii_string_to_signed (text, 10, 0, G_MAXINT64, &number, NULL) ? number : -1;
}

static BatonTransferResult
find_size (BatonBlobLink *link, const char *hash, gint64 *size, GCancellable *cancellable, GError **error)
{
  g_autofree char *path = g_strdup_printf ("blobs/%s", hash);
  g_autoptr (SoupMessage) message =
      baton_http_message ("HEAD", link->access.server, path, link->access.token);
  g_auto (BatonBlobAnswer) answer = { 0 };
  BatonTransferResult result = baton_blob_ask_shortly (link, message, cancellable, &answer, error);

  if (result != BATON_TRANSFER_DONE)
    return result;
  if (answer.status == 404)
    {
      /* Accepted without its file: whoever made it has not sent it yet. */
      g_set_error_literal (
          error, BATON_ERROR, BATON_ERROR_NOT_FOUND, _ ("The file has not arrived at the server yet."));
      return BATON_TRANSFER_LATER;
    }
  *size = header_int (&answer, "Baton-Size");
  return answer.status == 200 && *size >= 0 ? BATON_TRANSFER_DONE : baton_blob_fail (&answer, error);
}

/* Whether the bytes are what the server meant to send. */
static gboolean
is_sound (const BatonBlobAnswer *answer, gsize wanted)
{
  return g_bytes_get_size (answer->bytes) == wanted && baton_http_is_sound (answer->message, answer->bytes);
}

static BatonTransferResult
get_chunk (BatonBlobLink *link, const char *hash, BatonBlobPart *part, gsize wanted,
    GCancellable *cancellable, GError **error)
{
  gint64 offset = baton_blob_part_offset (part);
  g_autofree char *path =
      g_strdup_printf ("blobs/%s?off=%" G_GINT64_FORMAT "&len=%" G_GSIZE_FORMAT, hash, offset, wanted);
  g_autoptr (SoupMessage) message = baton_http_message ("GET", link->access.server, path, link->access.token);
  g_auto (BatonBlobAnswer) answer = { 0 };
  BatonTransferResult result = baton_blob_ask (link, message, cancellable, &answer, error);

  if (result != BATON_TRANSFER_DONE)
    return result;
  if (answer.status != 200)
    return baton_blob_fail (&answer, error);
  if (!is_sound (&answer, wanted))
    {
      g_set_error_literal (
          error, BATON_ERROR, BATON_ERROR_IO, _ ("A part of the file was damaged on its way."));
      return BATON_TRANSFER_LATER;
    }
  return baton_blob_part_append (part, offset, g_bytes_get_data (answer.bytes, NULL), wanted, error)
             ? BATON_TRANSFER_DONE
             : BATON_TRANSFER_REFUSED;
}

static BatonTransferResult
receive (BatonBlobLink *link, const char *hash, BatonBlobPart *part, gint64 size, BatonBlobStep step,
    gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (GError) local = NULL;

  while (baton_blob_part_offset (part) < size)
    {
      gint64 left = size - baton_blob_part_offset (part), since;
      BatonTransferResult result;
      gsize wanted;

      if (!baton_blob_step (step, size - left, size, data, error))
        return BATON_TRANSFER_STOPPED;
      wanted = baton_blob_next_chunk (link, BATON_BLOB_DOWN, left, cancellable);
      since = g_get_monotonic_time ();
      result = get_chunk (link, hash, part, wanted, cancellable, error);
      baton_blob_learn (link, BATON_BLOB_DOWN, wanted,
          result == BATON_TRANSFER_DONE ? g_get_monotonic_time () - since : -1);
      if (result != BATON_TRANSFER_DONE)
        return result;
    }
  if (!baton_blob_step (step, size, size, data, error))
    return BATON_TRANSFER_STOPPED;
  if (baton_blob_part_finish (part, cancellable, &local))
    return BATON_TRANSFER_DONE;
  /* The whole does not fit its name: it is fetched from its beginning. */
  g_propagate_error (error, g_error_copy (local));
  return g_error_matches (local, BATON_ERROR, BATON_ERROR_CORRUPT) ? BATON_TRANSFER_LATER
                                                                   : BATON_TRANSFER_REFUSED;
}

BatonTransferResult
baton_blob_download (BatonBlobLink *link, const char *hash, BatonBlobStep step, gpointer data,
    GCancellable *cancellable, GError **error)
{
  g_autoptr (BatonBlobPart) part = NULL;
  g_autoptr (GError) local = NULL;
  gint64 size = 0;
  BatonTransferResult result = find_size (link, hash, &size, cancellable, error);

  if (result != BATON_TRANSFER_DONE)
    return result;
  part = baton_blob_part_open (link->blobs, hash, size, &local);
  if (part == NULL && g_error_matches (local, BATON_ERROR, BATON_ERROR_EXISTS))
    return BATON_TRANSFER_DONE;
  if (part == NULL)
    {
      result = g_error_matches (local, BATON_ERROR, BATON_ERROR_LOCKED) ? BATON_TRANSFER_LATER
                                                                        : BATON_TRANSFER_REFUSED;
      g_propagate_error (error, g_steal_pointer (&local));
      return result;
    }
  return receive (link, hash, part, size, step, data, cancellable, error);
}
