/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-server"

#include "live-socket.h"

#include <string.h>

#define SILENT (75 * G_TIME_SPAN_SECOND)
#define MOVES_A_SECOND 4

struct _BatonLiveSocket
{
  BatonPeer *peer;
  GIOStream *stream;
  GPollableInputStream *in;
  GPollableOutputStream *out;
  BatonSession *session;
  BatonFrames *frames;
  BatonLiveMessage message;
  BatonLiveClosed closed;
  gpointer data;
  GSource *reading;
  GSource *writing;
  GQueue waiting; /* GBytes */
  gsize offset;   /* in the first of them */
  gsize n_waiting;
  char *board;
  char *card;
  gint64 heard;
  gint64 moved;
  guint moves;
  gboolean closing; /* told; only what waits is still written */
};

static void
drop_source (GSource **source)
{
  if (*source != NULL)
    g_source_destroy (*source);
  g_clear_pointer (source, g_source_unref);
}

static void
end (BatonLiveSocket *socket)
{
  drop_source (&socket->reading);
  drop_source (&socket->writing);
  g_io_stream_close_async (baton_peer_stream (socket->peer), G_PRIORITY_DEFAULT, NULL, NULL, NULL);
  g_queue_clear_full (&socket->waiting, (GDestroyNotify) g_bytes_unref);
  g_clear_object (&socket->stream);
  g_clear_pointer (&socket->peer, baton_peer_unref);
  g_clear_pointer (&socket->session, baton_session_unref);
  g_clear_pointer (&socket->frames, baton_frames_free);
  g_free (socket->board);
  g_free (socket->card);
  g_free (socket);
}

static gboolean
end_cb (gpointer data)
{
  end (data);
  return G_SOURCE_REMOVE;
}

/* Tells the owner at once, and goes when nothing of us is on the stack any more. */
static void
leave (BatonLiveSocket *socket, gboolean slow)
{
  if (socket->closing)
    return;
  socket->closing = TRUE;
  drop_source (&socket->reading);
  socket->closed (socket, slow, socket->data);
  if (slow || socket->waiting.length == 0)
    {
      drop_source (&socket->writing);
      g_idle_add (end_cb, socket);
    }
  else
    baton_peer_set_deadline (socket->peer, g_get_monotonic_time () + 5 * G_TIME_SPAN_SECOND);
}

/* FALSE when the connection is of no use any more. */
static gboolean
write_waiting (BatonLiveSocket *socket)
{
  while (socket->waiting.head != NULL)
    {
      GBytes *frame = socket->waiting.head->data;
      gsize length;
      const guint8 *bytes = g_bytes_get_data (frame, &length);
      g_autoptr (GError) error = NULL;
      gssize n = g_pollable_output_stream_write_nonblocking (
          socket->out, bytes + socket->offset, length - socket->offset, NULL, &error);

      if (n < 0)
        return g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK);
      socket->offset += n;
      socket->n_waiting -= n;
      if (socket->offset < length)
        continue;
      socket->offset = 0;
      g_bytes_unref (g_queue_pop_head (&socket->waiting));
    }
  return TRUE;
}

static gboolean
writable_cb (GObject *stream, gpointer data)
{
  BatonLiveSocket *socket = data;
  gboolean ok = write_waiting (socket);

  if (ok && socket->waiting.head != NULL)
    return G_SOURCE_CONTINUE;
  g_clear_pointer (&socket->writing, g_source_unref);
  if (socket->closing)
    g_idle_add (end_cb, socket);
  else if (!ok)
    leave (socket, FALSE);
  return G_SOURCE_REMOVE;
}

static void
watch_writing (BatonLiveSocket *socket)
{
  socket->writing = g_pollable_output_stream_create_source (socket->out, NULL);
  g_source_set_callback (socket->writing, G_SOURCE_FUNC (writable_cb), socket, NULL);
  g_source_attach (socket->writing, g_main_context_get_thread_default ());
}

/* Most frames go out at once, with one call for each socket; what does not fit waits its turn. */
void
baton_live_socket_send (BatonLiveSocket *socket, GBytes *frame)
{
  if (socket->closing)
    return;
  g_queue_push_tail (&socket->waiting, g_bytes_ref (frame));
  socket->n_waiting += g_bytes_get_size (frame);
  if (socket->writing != NULL)
    {
      if (socket->n_waiting > BATON_LIVE_WAITING)
        leave (socket, TRUE);
      return;
    }
  if (!write_waiting (socket))
    leave (socket, TRUE);
  else if (socket->waiting.head != NULL)
    watch_writing (socket);
}

void
baton_live_socket_close (BatonLiveSocket *socket, guint16 code)
{
  g_autoptr (GBytes) frame = baton_frame_new_close (code);

  baton_live_socket_send (socket, frame);
  leave (socket, FALSE);
}

static void
frame_cb (BatonFrame kind, const char *text, gsize length, gpointer data)
{
  BatonLiveSocket *socket = data;
  g_autoptr (GBytes) pong = NULL;

  if (socket->closing)
    return;
  if (kind == BATON_FRAME_TEXT)
    socket->message (socket, text, length, socket->data);
  else if (kind == BATON_FRAME_CLOSE)
    baton_live_socket_close (socket, 1000);
  else if (kind == BATON_FRAME_PING)
    {
      pong = baton_frame_new (BATON_FRAME_PONG, text, length);
      baton_live_socket_send (socket, pong);
    }
}

static gboolean
readable_cb (GObject *stream, gpointer data)
{
  BatonLiveSocket *socket = data;
  guint8 buffer[4096];
  g_autoptr (GError) error = NULL;
  gssize n = g_pollable_input_stream_read_nonblocking (socket->in, buffer, sizeof buffer, NULL, &error);
  guint16 code = 0;

  if (n < 0 && g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
    return G_SOURCE_CONTINUE;
  if (n > 0)
    {
      socket->heard = g_get_monotonic_time ();
      code = baton_frames_feed (socket->frames, buffer, n);
    }
  if (code != 0)
    baton_live_socket_close (socket, code);
  else if (n <= 0)
    leave (socket, FALSE);
  return socket->closing ? G_SOURCE_REMOVE : G_SOURCE_CONTINUE;
}

BatonLiveSocket *
baton_live_socket_new (BatonPeer *peer, GIOStream *stream, BatonSession *session, BatonLiveMessage message,
    BatonLiveClosed closed, gpointer data)
{
  BatonLiveSocket *socket = g_new0 (BatonLiveSocket, 1);

  socket->peer = baton_peer_ref (peer);
  socket->stream = g_object_ref (stream);
  socket->in = G_POLLABLE_INPUT_STREAM (g_io_stream_get_input_stream (stream));
  socket->out = G_POLLABLE_OUTPUT_STREAM (g_io_stream_get_output_stream (baton_peer_stream (peer)));
  socket->session = baton_session_ref (session);
  socket->frames = baton_frames_new (BATON_LIVE_MESSAGE, frame_cb, socket);
  socket->message = message;
  socket->closed = closed;
  socket->data = data;
  socket->heard = g_get_monotonic_time ();
  baton_peer_set_deadline (peer, 0);
  socket->reading = g_pollable_input_stream_create_source (socket->in, NULL);
  g_source_set_callback (socket->reading, G_SOURCE_FUNC (readable_cb), socket, NULL);
  g_source_attach (socket->reading, g_main_context_get_thread_default ());
  return socket;
}

void
baton_live_socket_check (BatonLiveSocket *socket)
{
  if (g_get_monotonic_time () - socket->heard > SILENT)
    leave (socket, TRUE);
}

gboolean
baton_live_socket_move (BatonLiveSocket *socket, const char *board, const char *card)
{
  gint64 now = g_get_monotonic_time ();

  if (now - socket->moved > G_TIME_SPAN_SECOND)
    {
      socket->moved = now;
      socket->moves = 0;
    }
  if ((g_strcmp0 (board, socket->board) == 0 && g_strcmp0 (card, socket->card) == 0) ||
      ++socket->moves > MOVES_A_SECOND)
    return FALSE;
  g_free (socket->board);
  g_free (socket->card);
  socket->board = g_strdup (board);
  socket->card = g_strdup (card);
  return TRUE;
}

const char *
baton_live_socket_board (BatonLiveSocket *socket)
{
  return socket->board;
}

const char *
baton_live_socket_card (BatonLiveSocket *socket)
{
  return socket->card;
}

BatonSession *
baton_live_socket_session (BatonLiveSocket *socket)
{
  return socket->session;
}
