/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-server"

#include "http-stream.h"

/* What comes in. */

#define BATON_TYPE_HTTP_INPUT (baton_http_input_get_type ())
G_DECLARE_FINAL_TYPE (BatonHttpInput, baton_http_input, BATON, HTTP_INPUT, GInputStream)

struct _BatonHttpInput
{
  GInputStream parent_instance;
  BatonPeer *peer;
  GInputStream *base;
  gboolean ended; /* and told */
};

static void baton_http_input_pollable_init (GPollableInputStreamInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (BatonHttpInput, baton_http_input, G_TYPE_INPUT_STREAM,
    G_IMPLEMENT_INTERFACE (G_TYPE_POLLABLE_INPUT_STREAM, baton_http_input_pollable_init))

/* local: the error of the read that gave n, or NULL; taken. */
static gssize
tell_end (BatonHttpInput *input, void *buffer, gsize count, gssize n, GError *local, GError **error)
{
  gboolean over = n == 0 || (n < 0 && !g_error_matches (local, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK));

  if (!over || count == 0 || (!input->ended && !baton_peer_is_idle (input->peer)))
    {
      if (local != NULL)
        g_propagate_error (error, local);
      return n;
    }
  /* An orderly end also where the connection was reset. */
  g_clear_error (&local);
  if (input->ended)
    return 0;
  input->ended = TRUE;
  *(char *) buffer = '?';
  return 1;
}

static gssize
input_read (GInputStream *stream, void *buffer, gsize count, GCancellable *cancellable, GError **error)
{
  BatonHttpInput *input = BATON_HTTP_INPUT (stream);
  GError *local = NULL;
  gssize n = g_input_stream_read (input->base, buffer, count, cancellable, &local);

  return tell_end (input, buffer, count, n, local, error);
}

static gssize
input_read_nonblocking (GPollableInputStream *stream, void *buffer, gsize count, GError **error)
{
  BatonHttpInput *input = BATON_HTTP_INPUT (stream);
  GPollableInputStream *base = G_POLLABLE_INPUT_STREAM (input->base);
  GError *local = NULL;
  gssize n = g_pollable_input_stream_read_nonblocking (base, buffer, count, NULL, &local);

  return tell_end (input, buffer, count, n, local, error);
}

static gboolean
input_is_readable (GPollableInputStream *stream)
{
  return g_pollable_input_stream_is_readable (G_POLLABLE_INPUT_STREAM (BATON_HTTP_INPUT (stream)->base));
}

static GSource *
input_create_source (GPollableInputStream *stream, GCancellable *cancellable)
{
  GPollableInputStream *base = G_POLLABLE_INPUT_STREAM (BATON_HTTP_INPUT (stream)->base);
  g_autoptr (GSource) below = g_pollable_input_stream_create_source (base, cancellable);

  return g_pollable_source_new_full (stream, below, NULL);
}

static void
baton_http_input_finalize (GObject *object)
{
  BatonHttpInput *input = BATON_HTTP_INPUT (object);

  g_object_unref (input->base);
  baton_peer_unref (input->peer);
  G_OBJECT_CLASS (baton_http_input_parent_class)->finalize (object);
}

static void
baton_http_input_class_init (BatonHttpInputClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = baton_http_input_finalize;
  G_INPUT_STREAM_CLASS (klass)->read_fn = input_read;
}

static void
baton_http_input_pollable_init (GPollableInputStreamInterface *iface)
{
  iface->is_readable = input_is_readable;
  iface->create_source = input_create_source;
  iface->read_nonblocking = input_read_nonblocking;
}

static void
baton_http_input_init (BatonHttpInput *input)
{
}

/* Both directions. */

struct _BatonHttpStream
{
  GIOStream parent_instance;
  GIOStream *base;
  BatonHttpInput *input;
  gboolean let_go;
};

G_DEFINE_FINAL_TYPE (BatonHttpStream, baton_http_stream, G_TYPE_IO_STREAM)

static GInputStream *
stream_get_input (GIOStream *stream)
{
  return G_INPUT_STREAM (BATON_HTTP_STREAM (stream)->input);
}

static GOutputStream *
stream_get_output (GIOStream *stream)
{
  return g_io_stream_get_output_stream (BATON_HTTP_STREAM (stream)->base);
}

static gboolean
stream_close (GIOStream *io_stream, GCancellable *cancellable, GError **error)
{
  BatonHttpStream *stream = BATON_HTTP_STREAM (io_stream);

  return stream->let_go || g_io_stream_close (stream->base, cancellable, error);
}

static void
baton_http_stream_dispose (GObject *object)
{
  BATON_HTTP_STREAM (object)->let_go = TRUE;
  G_OBJECT_CLASS (baton_http_stream_parent_class)->dispose (object);
}

static void
baton_http_stream_finalize (GObject *object)
{
  BatonHttpStream *stream = BATON_HTTP_STREAM (object);

  g_object_unref (stream->input);
  g_object_unref (stream->base);
  G_OBJECT_CLASS (baton_http_stream_parent_class)->finalize (object);
}

static void
baton_http_stream_class_init (BatonHttpStreamClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GIOStreamClass *stream_class = G_IO_STREAM_CLASS (klass);

  object_class->dispose = baton_http_stream_dispose;
  object_class->finalize = baton_http_stream_finalize;
  stream_class->get_input_stream = stream_get_input;
  stream_class->get_output_stream = stream_get_output;
  stream_class->close_fn = stream_close;
}

static void
baton_http_stream_init (BatonHttpStream *stream)
{
}

GIOStream *
baton_http_stream_new (BatonPeer *peer)
{
  BatonHttpStream *stream = g_object_new (BATON_TYPE_HTTP_STREAM, NULL);

  stream->base = g_object_ref (baton_peer_stream (peer));
  stream->input = g_object_new (BATON_TYPE_HTTP_INPUT, NULL);
  stream->input->peer = baton_peer_ref (peer);
  stream->input->base = g_object_ref (g_io_stream_get_input_stream (stream->base));
  return G_IO_STREAM (stream);
}
