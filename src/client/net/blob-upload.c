/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-client"

#include "blob-link-private.h"

#include "wire.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <unistd.h>

static BatonTransferResult
give_up (int number, GError **error)
{
  g_set_error (
      error, BATON_ERROR, BATON_ERROR_IO, _ ("The file cannot be read here: %s."), g_strerror (number));
  return BATON_TRANSFER_REFUSED;
}

/* Where to go on, as the server says it. */
static BatonTransferResult
read_offset (const BatonBlobAnswer *answer, gint64 size, gint64 *offset, gboolean *done, GError **error)
{
  gint64 said = answer->object != NULL ? baton_wire_int (answer->object, "offset", -1) : -1;

  if (said < 0 || said > size)
    return baton_blob_fail (answer, error);
  *offset = said;
  *done = json_is_true (json_object_get (answer->object, "done"));
  return BATON_TRANSFER_DONE;
}

static BatonTransferResult
begin_upload (BatonBlobLink *link, const char *hash, gint64 size, gint64 *offset, gboolean *done,
    GCancellable *cancellable, GError **error)
{
  g_autofree char *path = g_strdup_printf ("blobs/%s", hash);
  g_autofree char *text = g_strdup_printf ("{\"size\":%" G_GINT64_FORMAT "}", size);
  g_autoptr (SoupMessage) message =
      baton_http_message ("POST", link->access.server, path, link->access.token);
  g_autoptr (GBytes) body = g_bytes_new (text, strlen (text));
  g_auto (BatonBlobAnswer) answer = { 0 };
  BatonTransferResult result;

  baton_http_set_json (message, body);
  result = baton_blob_ask_shortly (link, message, cancellable, &answer, error);
  if (result != BATON_TRANSFER_DONE)
    return result;
  return SOUP_STATUS_IS_SUCCESSFUL (answer.status) ? read_offset (&answer, size, offset, done, error)
                                                   : baton_blob_fail (&answer, error);
}

/* Sends the chunk at *offset and moves it. An offset that the server knows better and a chunk that was
 * damaged on its way are mended by going on from where the server says. */
static BatonTransferResult
put_chunk (BatonBlobLink *link, const char *hash, GBytes *chunk, gint64 size, gint64 *offset, gboolean *done,
    GCancellable *cancellable, GError **error)
{
  g_autofree char *path = g_strdup_printf ("blobs/%s?off=%" G_GINT64_FORMAT, hash, *offset);
  g_autoptr (SoupMessage) message = baton_http_message ("PUT", link->access.server, path, link->access.token);
  g_auto (BatonBlobAnswer) answer = { 0 };
  char hex[BATON_BLOB_HASH_LENGTH + 1];
  BatonTransferResult result;

  baton_blob_hex_of (g_bytes_get_data (chunk, NULL), g_bytes_get_size (chunk), hex);
  soup_message_headers_replace (soup_message_get_request_headers (message), "Baton-Chunk", hex);
  baton_http_set_body (message, "application/octet-stream", chunk);
  result = baton_blob_ask (link, message, cancellable, &answer, error);
  if (result != BATON_TRANSFER_DONE)
    return result;
  if (SOUP_STATUS_IS_SUCCESSFUL (answer.status) || baton_blob_says (&answer, "offset"))
    return read_offset (&answer, size, offset, done, error);
  result = baton_blob_fail (&answer, error);
  return baton_blob_says (&answer, "hash") || baton_blob_says (&answer, "chunk") ? BATON_TRANSFER_LATER
                                                                                 : result;
}

static GBytes *
read_chunk (int fd, gint64 offset, gsize most, GError **error)
{
  g_autofree guint8 *data = g_malloc (most);
  gsize have = 0;

  while (have < most)
    {
      gssize n = pread (fd, data + have, most - have, offset + (gint64) have);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        {
          give_up (errno, error);
          return NULL;
        }
      if (n == 0)
        break;
      have += (gsize) n;
    }
  return g_bytes_new_take (g_steal_pointer (&data), have);
}

static BatonTransferResult
send_file (BatonBlobLink *link, int fd, const char *hash, gint64 size, BatonBlobStep step, gpointer data,
    GCancellable *cancellable, GError **error)
{
  gint64 offset = 0;
  gboolean done = FALSE;
  BatonTransferResult result = begin_upload (link, hash, size, &offset, &done, cancellable, error);

  while (result == BATON_TRANSFER_DONE && !done)
    {
      g_autoptr (GBytes) chunk = NULL;
      gsize most;
      gint64 since;

      if (!baton_blob_step (step, offset, size, data, error))
        return BATON_TRANSFER_STOPPED;
      most = baton_blob_next_chunk (link, BATON_BLOB_UP, size - offset, cancellable);
      chunk = read_chunk (fd, offset, most, error);
      if (chunk == NULL)
        return BATON_TRANSFER_REFUSED;
      since = g_get_monotonic_time ();
      result = put_chunk (link, hash, chunk, size, &offset, &done, cancellable, error);
      baton_blob_learn (
          link, BATON_BLOB_UP, most, result == BATON_TRANSFER_DONE ? g_get_monotonic_time () - since : -1);
    }
  return result;
}

BatonTransferResult
baton_blob_upload (BatonBlobLink *link, const char *hash, BatonBlobStep step, gpointer data,
    GCancellable *cancellable, GError **error)
{
  g_autofree char *path = baton_blobs_path (link->blobs, hash);
  gint64 size = baton_blobs_size (link->blobs, hash);
  int fd = size >= 0 ? open (path, O_RDONLY | O_CLOEXEC) : -1;
  BatonTransferResult result;

  if (fd < 0)
    return give_up (size >= 0 ? errno : ENOENT, error);
  result = send_file (link, fd, hash, size, step, data, cancellable, error);
  close (fd);
  return result;
}
