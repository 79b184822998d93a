/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-server"

#include "transfers-private.h"

#include "accounts.h"
#include "http-in.h"
#include "live.h"
#include "server-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MOST_QUEUED 8 /* pieces that wait for the disk; then the socket waits */
#define SLOWEST (16 << 10)

/* A chunk on its way from a socket into a part. The thread of the sockets reads it, a worker writes it, the
 * main thread answers. */
typedef struct
{
  BatonTransfers *transfers;
  BatonUpload *upload;
  BatonPeer *peer;
  GIOStream *stream;
  GPollableInputStream *in;
  gint64 begin; /* offset in the file */
  goffset length;
  goffset received;
  gboolean expects;
  guint8 wanted[32];
  crypto_generichash_state *state;
  GSource *reading;
  guint8 *buffer;
  gsize filled;

  GMutex mutex;     /* of what follows */
  GQueue pieces;    /* GBytes */
  gboolean writing; /* a worker is at it */
  gboolean paused;
  gboolean ended; /* nothing more comes in */

  GError *error;
  gboolean unfit; /* the chunk is not what its hash says */
  gboolean done;  /* the file is complete */
} Receive;

struct _BatonUpload
{
  BatonTransfers *transfers;
  BatonBlobPart *part; /* NULL while nobody goes on with it: what has arrived lies on the disk and counts */
  char *hash;
  gint64 size;
  char *person;
  char *device;
  Receive *receive; /* under way, or NULL */
  gint64 used;
};

static void
upload_free (gpointer data)
{
  BatonUpload *upload = data;

  upload->transfers->reserved -= (guint64) upload->size;
  g_clear_pointer (&upload->part, baton_blob_part_close);
  g_free (upload->hash);
  g_free (upload->person);
  g_free (upload->device);
  g_free (upload);
}

/* What was begun is over: it has arrived, or nobody goes on with it. */
static void
forget (BatonTransfers *transfers, const char *hash)
{
  g_autoptr (GError) error = NULL;

  if (!baton_accounts_forget_begun (transfers->server->accounts, hash, &error))
    g_warning ("an upload cannot be forgotten: %s", error->message);
}

static void
drop (BatonUpload *upload)
{
  forget (upload->transfers, upload->hash);
  g_hash_table_remove (upload->transfers->uploads, upload->hash);
}

/* Not used since, and no longer kept. */
static gboolean
is_over (BatonUpload *upload)
{
  if (upload->part != NULL && baton_blob_part_offset (upload->part) == 0)
    return TRUE;
  g_clear_pointer (&upload->part, baton_blob_part_close);
  return upload->used <= g_get_monotonic_time () - BATON_KEEP_PARTS;
}

static gboolean
is_idle (gpointer key, gpointer value, gpointer data)
{
  BatonUpload *upload = value;
  gint64 since = *(gint64 *) data;

  if (upload->receive != NULL)
    {
      if (since == G_MAXINT64)
        baton_peer_cut (upload->receive->peer);
      return FALSE;
    }
  if (since == G_MAXINT64 || upload->used > since)
    return upload->used <= since;
  if (!is_over (upload))
    return FALSE;
  forget (upload->transfers, upload->hash);
  return TRUE;
}

void
baton_transfers_close_idle (BatonTransfers *transfers, gint64 unused_since)
{
  if (transfers->uploads != NULL)
    g_hash_table_foreach_remove (transfers->uploads, is_idle, &unused_since);
}

/* What a person has begun, but for this one; all of it may still arrive. */
static guint64
begun_by (BatonTransfers *transfers, const char *person, const BatonUpload *but)
{
  GHashTableIter iter;
  gpointer value;
  guint64 bytes = 0;

  g_hash_table_iter_init (&iter, transfers->uploads);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      const BatonUpload *upload = value;

      if (upload != but && g_str_equal (upload->person, person))
        bytes += (guint64) upload->size;
    }
  return bytes;
}

/* upload: the one that it is about when it was begun before, or NULL. */
static gboolean
check_quota (
    BatonTransfers *transfers, gint64 size, const char *person, const BatonUpload *upload, GError **error)
{
  const BatonServerOptions *options = transfers->server->options;
  guint64 mine =
      baton_accounts_uploaded (transfers->server->accounts, person) + begun_by (transfers, person, upload);
  guint64 reserved = transfers->reserved - (upload != NULL ? (guint64) upload->size : 0);
  const char *sentence = NULL;

  if ((guint64) size > options->blob_most)
    sentence = _ ("This file is larger than this server takes.");
  else if (mine + (guint64) size > options->person_most)
    sentence = _ ("You have uploaded as much as one person may on this server.");
  else if (transfers->bytes + reserved + (guint64) size > options->workspace_most)
    sentence = _ ("The server’s room for files is used up.");
  if (sentence != NULL)
    g_set_error_literal (error, BATON_ERROR, BATON_ERROR_LIMIT, sentence);
  return sentence == NULL;
}

/* A connection that was lost may not know it yet: who comes back with the same device takes over. */
static gboolean
check_free (BatonUpload *upload, BatonSession *session, GError **error)
{
  if (upload->receive == NULL)
    return TRUE;
  if (g_str_equal (upload->device, session->device))
    baton_peer_cut (upload->receive->peer);
  g_set_error_literal (error, BATON_ERROR, BATON_ERROR_LOCKED, _ ("This file is being transferred already."));
  return FALSE;
}

/* FALSE when it cannot be noted whose it is. */
static gboolean
take_over (BatonUpload *upload, BatonSession *session, GError **error)
{
  if (g_strcmp0 (upload->person, session->person) != 0 &&
      !baton_accounts_note_begun (
          upload->transfers->server->accounts, upload->hash, upload->size, session->person, error))
    return FALSE;
  g_free (upload->person);
  g_free (upload->device);
  upload->person = g_strdup (session->person);
  upload->device = g_strdup (session->device);
  upload->used = g_get_monotonic_time ();
  return TRUE;
}

static BatonUpload *
upload_new (BatonTransfers *transfers, const char *hash, gint64 size)
{
  BatonUpload *upload = g_new0 (BatonUpload, 1);

  upload->transfers = transfers;
  upload->hash = g_strdup (hash);
  upload->size = size;
  transfers->reserved += (guint64) size;
  return upload;
}

static void
remember_cb (const char *hash, gint64 size, const char *person, gpointer data)
{
  BatonTransfers *transfers = data;
  gint64 touched = baton_blob_part_touched (transfers->blobs, hash, size);
  BatonUpload *upload;

  if (touched == 0)
    return;
  upload = upload_new (transfers, hash, size);
  upload->person = g_strdup (person);
  upload->device = g_strdup ("");
  upload->used = g_get_monotonic_time () - MAX (g_get_real_time () - touched, 0);
  g_hash_table_insert (transfers->uploads, upload->hash, upload);
}

gboolean
baton_transfers_remember (BatonTransfers *transfers, GError **error)
{
  transfers->uploads = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, upload_free);
  return baton_accounts_each_begun (transfers->server->accounts, remember_cb, transfers, error);
}

/* FALSE when somebody else sends it, when the one who goes on with it has no room, or when it cannot be
 * opened. */
static gboolean
resume (BatonUpload *upload, BatonSession *session, GError **error)
{
  BatonTransfers *transfers = upload->transfers;

  if (!check_free (upload, session, error) ||
      (!g_str_equal (upload->person, session->person) &&
          !check_quota (transfers, upload->size, session->person, upload, error)))
    return FALSE;
  if (upload->part == NULL)
    upload->part = baton_blob_part_open (transfers->blobs, upload->hash, upload->size, error);
  if (upload->part == NULL)
    {
      drop (upload);
      return FALSE;
    }
  return take_over (upload, session, error);
}

BatonUpload *
baton_upload_begin (
    BatonTransfers *transfers, const char *hash, gint64 size, BatonSession *session, GError **error)
{
  BatonUpload *upload = g_hash_table_lookup (transfers->uploads, hash);
  BatonBlobPart *part;

  if (upload != NULL && upload->size != size && upload->receive == NULL)
    {
      drop (upload);
      upload = NULL;
    }
  if (upload != NULL)
    return resume (upload, session, error) ? upload : NULL;
  if (!baton_blobs_has (transfers->blobs, hash) &&
      !check_quota (transfers, size, session->person, NULL, error))
    return NULL;
  part = baton_blob_part_open (transfers->blobs, hash, size, error);
  if (part == NULL)
    return NULL;
  upload = upload_new (transfers, hash, size);
  upload->part = part;
  if (!take_over (upload, session, error))
    {
      upload_free (upload);
      return NULL;
    }
  g_hash_table_insert (transfers->uploads, upload->hash, upload);
  return upload;
}

BatonUpload *
baton_upload_find (BatonTransfers *transfers, const char *hash)
{
  BatonUpload *upload = g_hash_table_lookup (transfers->uploads, hash);

  return upload != NULL && upload->part != NULL ? upload : NULL;
}

gint64
baton_upload_offset (BatonUpload *upload)
{
  return baton_blob_part_offset (upload->part);
}

gint64
baton_upload_size (BatonUpload *upload)
{
  return upload->size;
}

gboolean
baton_upload_busy (BatonUpload *upload)
{
  return upload->receive != NULL;
}

static void
receive_free (Receive *receive)
{
  g_atomic_int_add (&receive->transfers->under_way, -1);
  g_clear_error (&receive->error);
  g_queue_clear_full (&receive->pieces, (GDestroyNotify) g_bytes_unref);
  g_mutex_clear (&receive->mutex);
  g_clear_object (&receive->stream);
  g_clear_pointer (&receive->peer, baton_peer_unref);
  g_aligned_free (receive->state);
  g_free (receive->buffer);
  g_free (receive);
}

static void
answer (Receive *receive, guint status, const char *code, const char *sentence, gboolean close)
{
  json_t *object = json_object ();
  char *dumped;

  if (code != NULL)
    {
      json_object_set_new (object, "error", json_string (code));
      json_object_set_new (object, "message", json_string (sentence));
    }
  else
    json_object_set_new (object, "done", json_boolean (receive->done));
  json_object_set_new (object, "offset",
      json_integer (receive->done ? receive->upload->size : baton_upload_offset (receive->upload)));
  dumped = json_dumps (object, JSON_COMPACT);
  baton_http_in_answer_raw (
      receive->transfers->server, receive->peer, receive->stream, status, NULL, dumped, close);
  free (dumped);
  json_decref (object);
}

static void
answer_error (Receive *receive)
{
  const GError *error = receive->error;

  if (g_error_matches (error, BATON_ERROR, BATON_ERROR_FULL))
    answer (receive, 507, "full", error->message, TRUE);
  else if (g_error_matches (error, BATON_ERROR, BATON_ERROR_CORRUPT))
    answer (receive, 400, "hash", error->message, FALSE);
  else if (g_error_matches (error, BATON_ERROR, BATON_ERROR_STALE))
    answer (receive, 409, "offset", error->message, TRUE);
  else if (g_error_matches (error, BATON_ERROR, BATON_ERROR_INVALID))
    answer (receive, 400, "bad-request", error->message, TRUE);
  else
    {
      g_warning ("an upload failed: %s", error->message);
      answer (receive, 500, "failed", _ ("The server could not do this now."), TRUE);
    }
}

/* Whether the client has sent more than the chunk, which is lost when libsoup takes the connection back. */
static gboolean
has_more (Receive *receive)
{
  return g_pollable_input_stream_is_readable (receive->in);
}

static void
note_done (Receive *receive)
{
  BatonTransfers *transfers = receive->transfers;
  BatonServer *server = transfers->server;

  transfers->bytes += (guint64) receive->upload->size;
  baton_accounts_add_upload (server->accounts, receive->upload->person, receive->upload->size, NULL);
  if (server->live != NULL)
    baton_live_blob (server->live, receive->upload->hash);
}

/* Main thread: the chunk is on the disk, or will never be. */
static gboolean
received_cb (gpointer data)
{
  Receive *receive = data;
  BatonTransfers *transfers = receive->transfers;
  gboolean whole = receive->received == receive->length;
  gboolean over = receive->done || (receive->error != NULL && whole);

  transfers->server->counters.uploaded += (guint64) receive->received;
  receive->upload->receive = NULL;
  receive->upload->used = g_get_monotonic_time ();
  if (receive->done)
    note_done (receive);
  if (receive->error != NULL)
    answer_error (receive);
  else if (receive->unfit)
    answer (receive, 400, "chunk", _ ("The chunk is not what its hash says. Send it again."), FALSE);
  else if (whole)
    answer (receive, 200, NULL, NULL, has_more (receive));
  /* A part that could not be finished is opened anew by the next who begins. */
  if (over)
    drop (receive->upload);
  receive_free (receive);
  return G_SOURCE_REMOVE;
}

static void
conclude (Receive *receive)
{
  BatonBlobPart *part = receive->upload->part;
  guint8 found[32];
  g_autoptr (GError) undo = NULL;

  if (receive->error != NULL || receive->received < receive->length)
    return;
  crypto_generichash_final (receive->state, found, sizeof found);
  receive->unfit = memcmp (found, receive->wanted, sizeof found) != 0;
  if (receive->unfit && !baton_blob_part_rewind (part, receive->begin, &undo))
    receive->error = g_steal_pointer (&undo);
  else if (!receive->unfit && baton_blob_part_offset (part) == receive->upload->size)
    receive->done = baton_blob_part_finish (part, NULL, &receive->error);
}

static gboolean begin_reading_cb (gpointer data);

/* Worker: writes what has been read, until there is nothing more. */
static void
write_pieces (gpointer data)
{
  Receive *receive = data;
  BatonBlobPart *part = receive->upload->part;

  g_mutex_lock (&receive->mutex);
  while (TRUE)
    {
      GBytes *piece = g_queue_pop_head (&receive->pieces);
      gsize length;
      gconstpointer bytes;

      if (piece == NULL)
        break;
      if (receive->paused && receive->pieces.length < MOST_QUEUED / 2)
        {
          receive->paused = FALSE;
          baton_transfers_in_thread (receive->transfers, begin_reading_cb, receive);
        }
      g_mutex_unlock (&receive->mutex);
      bytes = g_bytes_get_data (piece, &length);
      if (receive->error == NULL)
        baton_blob_part_append (part, baton_blob_part_offset (part), bytes, length, &receive->error);
      g_bytes_unref (piece);
      g_mutex_lock (&receive->mutex);
    }
  receive->writing = FALSE;
  if (!receive->ended)
    {
      g_mutex_unlock (&receive->mutex);
      return;
    }
  g_mutex_unlock (&receive->mutex);
  conclude (receive);
  baton_transfers_in_main (received_cb, receive);
}

/* Socket thread: hands over what was read. ended: it was the last. After that the receive is no longer ours.
 */
static void
hand_over (Receive *receive, gboolean ended)
{
  gboolean start;

  g_mutex_lock (&receive->mutex);
  if (receive->filled > 0)
    g_queue_push_tail (&receive->pieces, g_bytes_new_take (receive->buffer, receive->filled));
  else
    g_free (receive->buffer);
  receive->buffer = NULL;
  receive->filled = 0;
  receive->ended = ended;
  start = !receive->writing;
  receive->writing = TRUE;
  receive->paused = !ended && receive->pieces.length >= MOST_QUEUED;
  if (receive->paused || ended)
    {
      if (receive->reading != NULL)
        g_source_destroy (receive->reading);
      g_clear_pointer (&receive->reading, g_source_unref);
    }
  if (start)
    baton_transfers_work (receive->transfers, write_pieces, receive);
  g_mutex_unlock (&receive->mutex);
}

static gboolean
readable_cb (GObject *stream, gpointer data)
{
  Receive *receive = data;
  g_autoptr (GError) error = NULL;
  gsize room;
  gssize n;

  if (receive->buffer == NULL)
    receive->buffer = g_malloc (BATON_PIECE);
  room = MIN (BATON_PIECE - receive->filled, (gsize) (receive->length - receive->received));
  n = g_pollable_input_stream_read_nonblocking (
      receive->in, receive->buffer + receive->filled, room, NULL, &error);
  if (n < 0 && g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
    return G_SOURCE_CONTINUE;
  if (n > 0)
    {
      crypto_generichash_update (receive->state, receive->buffer + receive->filled, (gsize) n);
      receive->filled += (gsize) n;
      receive->received += n;
    }
  if (n <= 0 || receive->received == receive->length)
    {
      hand_over (receive, TRUE);
      return G_SOURCE_REMOVE;
    }
  if (receive->filled < BATON_PIECE)
    return G_SOURCE_CONTINUE;
  hand_over (receive, FALSE);
  return receive->reading != NULL ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
}

static gboolean
begin_reading_cb (gpointer data)
{
  Receive *receive = data;

  if (receive->expects)
    {
      static const char go_on[] = "HTTP/1.1 100 Continue\r\n\r\n";

      receive->expects = FALSE;
      g_output_stream_write_all (g_io_stream_get_output_stream (baton_peer_stream (receive->peer)), go_on,
          sizeof go_on - 1, NULL, NULL, NULL);
    }
  if (receive->length == 0)
    {
      hand_over (receive, TRUE);
      return G_SOURCE_REMOVE;
    }
  receive->reading = g_pollable_input_stream_create_source (receive->in, NULL);
  g_source_set_callback (receive->reading, G_SOURCE_FUNC (readable_cb), receive, NULL);
  g_source_attach (receive->reading, receive->transfers->context);
  return G_SOURCE_REMOVE;
}

void
baton_upload_receive (BatonUpload *upload, BatonRequest *request, const guint8 *chunk_hash)
{
  Receive *receive = g_new0 (Receive, 1);
  gint64 patience = 30 * G_TIME_SPAN_SECOND + request->length * G_TIME_SPAN_SECOND / SLOWEST;

  receive->transfers = upload->transfers;
  receive->upload = upload;
  receive->peer = baton_peer_ref (request->peer);
  receive->stream = g_object_ref (request->stream);
  receive->in = G_POLLABLE_INPUT_STREAM (g_io_stream_get_input_stream (request->stream));
  receive->begin = baton_upload_offset (upload);
  receive->length = request->length;
  receive->expects = request->expects;
  memcpy (receive->wanted, chunk_hash, sizeof receive->wanted);
  receive->state = g_aligned_alloc (1, sizeof *receive->state, 64);
  crypto_generichash_init (receive->state, NULL, 0, sizeof receive->wanted);
  g_mutex_init (&receive->mutex);
  upload->receive = receive;
  g_atomic_int_inc (&upload->transfers->under_way);
  baton_peer_set_deadline (request->peer, g_get_monotonic_time () + patience);
  baton_transfers_in_thread (upload->transfers, begin_reading_cb, receive);
}
