/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-server"

#include "transfers-private.h"

#include "http-in.h"
#include "server-private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <unistd.h>

#define SLOWEST (16 << 10)

/* A piece of a file on its way to a socket: a worker hashes it, the thread of the sockets sends it. */
typedef struct
{
  BatonTransfers *transfers;
  BatonPeer *peer;
  GIOStream *stream;
  GPollableOutputStream *out;
  int fd;
  gint64 offset; /* to be read next */
  gint64 end;
  gint64 size; /* of the file */
  gint64 sent;
  guint8 *buffer;
  gsize filled;
  gsize written; /* of the buffer */
  gboolean failed;
} Send;

static void
send_free (Send *send)
{
  g_atomic_int_add (&send->transfers->under_way, -1);
  if (send->fd >= 0)
    close (send->fd);
  g_clear_object (&send->stream);
  g_clear_pointer (&send->peer, baton_peer_unref);
  g_free (send->buffer);
  g_free (send);
}

static gboolean
sent_cb (gpointer data)
{
  Send *send = data;
  BatonServer *server = send->transfers->server;

  server->counters.downloaded += (guint64) send->sent;
  if (!send->failed && !server->stopping &&
      !g_pollable_input_stream_is_readable (
          G_POLLABLE_INPUT_STREAM (g_io_stream_get_input_stream (send->stream))))
    baton_http_in_take (server, send->peer);
  else
    baton_peer_cut (send->peer);
  send_free (send);
  return G_SOURCE_REMOVE;
}

static gssize
read_piece (Send *send, gint64 offset)
{
  gssize n;

  do
    n = pread (send->fd, send->buffer, (gsize) MIN (BATON_PIECE, send->end - offset), offset);
  while (n < 0 && errno == EINTR);
  return n;
}

static gboolean
writable_cb (GObject *stream, gpointer data)
{
  Send *send = data;
  g_autoptr (GError) error = NULL;
  gssize n;

  if (send->written == send->filled)
    {
      n = send->offset < send->end ? read_piece (send, send->offset) : 0;
      send->failed = n < 0 || (n == 0 && send->offset < send->end);
      if (n <= 0)
        {
          baton_transfers_in_main (sent_cb, send);
          return G_SOURCE_REMOVE;
        }
      send->filled = (gsize) n;
      send->written = 0;
      send->offset += n;
    }
  n = g_pollable_output_stream_write_nonblocking (
      send->out, send->buffer + send->written, send->filled - send->written, NULL, &error);
  if (n < 0 && g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
    return G_SOURCE_CONTINUE;
  if (n < 0 || g_atomic_int_get (&send->transfers->stopping))
    {
      send->failed = TRUE;
      baton_transfers_in_main (sent_cb, send);
      return G_SOURCE_REMOVE;
    }
  send->written += (gsize) n;
  send->sent += n;
  return G_SOURCE_CONTINUE;
}

static gboolean
begin_cb (gpointer data)
{
  Send *send = data;
  g_autoptr (GSource) source = g_pollable_output_stream_create_source (send->out, NULL);

  g_source_set_callback (source, G_SOURCE_FUNC (writable_cb), send, NULL);
  g_source_attach (source, send->transfers->context);
  return G_SOURCE_REMOVE;
}

/* Worker: what is sent is hashed first, since its hash goes ahead of it. */
static void
hash_work (gpointer data)
{
  Send *send = data;
  crypto_generichash_state *state = g_aligned_alloc (1, sizeof *state, 64);
  guint8 hash[32];
  char hex[65];
  gint64 at = send->offset;

  crypto_generichash_init (state, NULL, 0, sizeof hash);
  while (at < send->end)
    {
      gssize n = read_piece (send, at);

      if (n <= 0)
        break;
      crypto_generichash_update (state, send->buffer, (gsize) n);
      at += n;
    }
  crypto_generichash_final (state, hash, sizeof hash);
  g_aligned_free (state);
  sodium_bin2hex (hex, sizeof hex, hash, sizeof hash);
  send->failed = at < send->end;
  /* The header goes out of the same buffer as what follows. */
  send->filled = (gsize) g_snprintf ((char *) send->buffer, BATON_PIECE,
      "HTTP/1.1 200 OK\r\nContent-Type: application/octet-stream\r\nContent-Disposition: attachment\r\n"
      "X-Content-Type-Options: nosniff\r\nContent-Security-Policy: sandbox\r\n"
      "Cache-Control: private, max-age=31536000, immutable\r\nBaton-Size: %" G_GINT64_FORMAT
      "\r\nBaton-Chunk: %s\r\nContent-Length: %" G_GINT64_FORMAT "\r\n\r\n",
      send->size, hex, send->end - send->offset);
  if (send->failed)
    baton_transfers_in_main (sent_cb, send);
  else
    baton_transfers_in_thread (send->transfers, begin_cb, send);
}

void
baton_download_send (BatonTransfers *transfers, BatonRequest *request, const char *hash, gint64 offset,
    gint64 length, gint64 size)
{
  g_autofree char *path = baton_blobs_path (transfers->blobs, hash);
  Send *send = g_new0 (Send, 1);

  g_atomic_int_inc (&transfers->under_way);
  send->transfers = transfers;
  send->peer = baton_peer_ref (request->peer);
  send->stream = g_object_ref (request->stream);
  send->out = G_POLLABLE_OUTPUT_STREAM (g_io_stream_get_output_stream (baton_peer_stream (request->peer)));
  send->fd = open (path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
  send->offset = offset;
  send->end = offset + length;
  send->size = size;
  if (send->fd < 0)
    {
      g_autofree char *body = baton_error_json ("not-found", _ ("This file is not here."), 0);

      baton_http_in_answer_raw (transfers->server, request->peer, request->stream, 404, NULL, body, FALSE);
      send_free (send);
      return;
    }
  posix_fadvise (send->fd, offset, length, POSIX_FADV_WILLNEED);
  send->buffer = g_malloc (BATON_PIECE);
  baton_peer_set_deadline (request->peer,
      g_get_monotonic_time () + 30 * G_TIME_SPAN_SECOND + length * G_TIME_SPAN_SECOND / SLOWEST);
  baton_transfers_work (transfers, hash_work, send);
}
