/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "decoder.h"

#include "baton-config.h"

#include "decode-cache.h"
#include "decode-worker.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#define MOST_WORKERS 2
#define MOST_BYTES (256 * 1024 * 1024)
#define START_MS 8000 /* until it says hello */
#define REPENT_MS 300 /* what nobody wants any more may still take */
#define RETIRE_S 60   /* helpers with nothing to do */

typedef struct
{
  GTask *task;
  BatonDecodeRequest request;
  char *path;
  char *key;
  char *name; /* in the cache; NULL: not kept */
  int priority;
} Job;

typedef struct
{
  BatonDecoder *decoder; /* borrowed: it holds this */
  BatonDecodeWorker *worker;
  gboolean ready;
  gboolean boxed; /* started in bubblewrap */
  Job *job;
  gulong cancelled; /* handler, while a job runs */
  guint timeout;
  char *last; /* what it had open */
} Slot;

struct _BatonDecoder
{
  GObject parent_instance;

  char *helper;
  char *bwrap; /* NULL: none, or it does not work here */
  guint timeout_ms;
  guint64 next_id;
  GQueue jobs; /* of Job */
  Slot slots[MOST_WORKERS];
  BatonDecodeCache *cache;
  guint retire;
};

G_DEFINE_FINAL_TYPE (BatonDecoder, baton_decoder, G_TYPE_OBJECT)

static void dispatch (BatonDecoder *self);

static void
job_free (Job *job)
{
  g_clear_object (&job->task);
  g_free (job->path);
  g_free (job->key);
  g_free (job->name);
  g_free (job);
}

static void
job_fail (Job *job, BatonDecodeStatus status)
{
  if (!g_task_return_error_if_cancelled (job->task))
    g_task_return_error (job->task, baton_decoder_error_new (status));
  job_free (job);
}

static Job *
take_job (Slot *slot)
{
  g_clear_handle_id (&slot->timeout, g_source_remove);
  if (slot->job != NULL && slot->cancelled != 0)
    g_signal_handler_disconnect (g_task_get_cancellable (slot->job->task), slot->cancelled);
  slot->cancelled = 0;
  return g_steal_pointer (&slot->job);
}

static void
stop (Slot *slot, BatonDecodeStatus status)
{
  Job *job = take_job (slot);

  g_clear_pointer (&slot->worker, baton_decode_worker_free);
  g_clear_pointer (&slot->last, g_free);
  slot->ready = FALSE;
  if (job != NULL)
    job_fail (job, status);
}

typedef struct
{
  BatonDecodeReply reply;
  BatonDecodeWhat what;
  int memfd;
} Parcel;

static void
unpack_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Parcel *parcel = data;
  BatonDecoded *decoded = baton_decoded_new (&parcel->reply, parcel->what, g_steal_fd (&parcel->memfd));

  if (decoded != NULL)
    g_task_return_pointer (task, decoded, (GDestroyNotify) baton_decoded_unref);
  else
    g_task_return_error (task, baton_decoder_error_new (BATON_DECODE_CRASHED));
}

static void
unpacked_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  BatonDecoder *self = BATON_DECODER (source);
  Job *job = data;
  GError *error = NULL;
  BatonDecoded *decoded = g_task_propagate_pointer (G_TASK (result), &error);

  if (decoded != NULL && job->name != NULL)
    baton_decode_cache_put (self->cache, job->name, decoded);
  if (decoded == NULL)
    g_task_return_error (job->task, error);
  else if (g_task_return_error_if_cancelled (job->task))
    baton_decoded_unref (decoded);
  else
    g_task_return_pointer (job->task, decoded, (GDestroyNotify) baton_decoded_unref);
  job_free (job);
}

static void
parcel_free (gpointer data)
{
  Parcel *parcel = data;

  if (parcel->memfd >= 0)
    close (parcel->memfd);
  g_free (parcel);
}

/* Making the halves of a large picture takes too long for the main thread. */
static void
unpack (BatonDecoder *self, Job *job, const BatonDecodeReply *reply, int memfd)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, unpacked_cb, job);
  Parcel *parcel = g_new (Parcel, 1);

  *parcel = (Parcel){ *reply, job->request.what, memfd };
  g_task_set_task_data (task, parcel, parcel_free);
  g_task_run_in_thread (task, unpack_thread);
}

static void
fail_all (BatonDecoder *self, BatonDecodeStatus status)
{
  Job *job;

  while ((job = g_queue_pop_head (&self->jobs)) != NULL)
    job_fail (job, status);
}

static void
ended (Slot *slot, gboolean ready)
{
  BatonDecoder *self = slot->decoder;

  stop (slot, BATON_DECODE_CRASHED);
  if (ready)
    return;
  /* It never said hello: bubblewrap may not be allowed here. Without it the limits and the filter of system
   * calls still hold. What else was started in it fails as well and says nothing about the helper itself. */
  if (slot->boxed)
    g_clear_pointer (&self->bwrap, g_free);
  else
    fail_all (self, BATON_DECODE_NO_HELPER);
}

static void
said_cb (BatonDecodeWorker *worker, const BatonDecodeReply *reply, int memfd, gboolean ready, gpointer data)
{
  Slot *slot = data;
  g_autoptr (BatonDecoder) self = g_object_ref (slot->decoder);
  Job *job;

  if (reply == NULL)
    ended (slot, ready);
  else if (reply->status == BATON_DECODE_HELLO && !slot->ready)
    {
      slot->ready = TRUE;
      g_clear_handle_id (&slot->timeout, g_source_remove);
    }
  else if (slot->job == NULL || reply->id != slot->job->request.id)
    {
      if (memfd >= 0)
        close (memfd);
      stop (slot, BATON_DECODE_CRASHED);
    }
  else
    {
      job = take_job (slot);
      if (reply->status == BATON_DECODE_OK)
        unpack (self, job, reply, memfd);
      else
        {
          job_fail (job, reply->status);
          if (memfd >= 0)
            close (memfd);
        }
    }
  dispatch (self);
}

static gboolean
timeout_cb (gpointer data)
{
  Slot *slot = data;
  g_autoptr (BatonDecoder) self = g_object_ref (slot->decoder);

  slot->timeout = 0;
  if (slot->ready)
    stop (slot, BATON_DECODE_TIMEOUT);
  else
    ended (slot, FALSE);
  dispatch (self);
  return G_SOURCE_REMOVE;
}

/* A job that nobody wants any more may finish when it is quick, so that the helper need not be started again.
 */
static void
cancelled_cb (GCancellable *cancellable, Slot *slot)
{
  g_clear_handle_id (&slot->timeout, g_source_remove);
  slot->timeout = g_timeout_add (REPENT_MS, timeout_cb, slot);
}

static gboolean
start (Slot *slot)
{
  BatonDecoder *self = slot->decoder;
  g_autoptr (GError) error = NULL;

  slot->boxed = self->bwrap != NULL;
  slot->worker = baton_decode_worker_new (self->helper, self->bwrap, said_cb, slot, &error);
  if (slot->worker == NULL && slot->boxed)
    {
      slot->boxed = FALSE;
      g_clear_pointer (&self->bwrap, g_free);
      slot->worker = baton_decode_worker_new (self->helper, NULL, said_cb, slot, NULL);
    }
  if (slot->worker == NULL)
    {
      g_debug ("baton-decode does not start: %s", error->message);
      return FALSE;
    }
  slot->timeout = g_timeout_add (START_MS, timeout_cb, slot);
  return TRUE;
}

/* Never waits for the other end of a named pipe. */
static int
open_file (const char *path)
{
  int fd = open (path, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
  struct stat file;

  if (fd >= 0 && (fstat (fd, &file) != 0 || !S_ISREG (file.st_mode)))
    {
      close (fd);
      return -1;
    }
  return fd;
}

static void
give (Slot *slot, Job *job)
{
  GCancellable *cancellable = g_task_get_cancellable (job->task);
  int fd = open_file (job->path);
  gboolean sent;

  if (fd < 0)
    {
      job_fail (job, BATON_DECODE_NO_FILE);
      return;
    }
  sent = baton_decode_worker_send (slot->worker, &job->request, fd);
  close (fd);
  slot->job = job;
  slot->timeout = g_timeout_add (slot->decoder->timeout_ms, timeout_cb, slot);
  if (cancellable != NULL)
    slot->cancelled = g_signal_connect (cancellable, "cancelled", G_CALLBACK (cancelled_cb), slot);
  g_free (slot->last);
  slot->last = g_strdup (job->path);
  if (!sent)
    stop (slot, BATON_DECODE_CRASHED);
}

/* The first of those that matter most; without those that nobody wants any more. */
static GList *
first_job (BatonDecoder *self)
{
  GList *best = NULL;
  GList *next;

  for (GList *l = self->jobs.head; l != NULL; l = next)
    {
      Job *job = l->data;

      next = l->next;
      if (g_cancellable_is_cancelled (g_task_get_cancellable (job->task)))
        {
          g_queue_delete_link (&self->jobs, l);
          job_fail (job, BATON_DECODE_UNKNOWN);
        }
      else if (best == NULL || job->priority < ((Job *) best->data)->priority)
        best = l;
    }
  return best;
}

/* A free helper, if possible the one that has the file open already. */
static Slot *
free_slot (BatonDecoder *self, const char *path)
{
  Slot *found = NULL;

  for (guint i = 0; i < MOST_WORKERS; i++)
    {
      Slot *slot = &self->slots[i];

      if (slot->worker == NULL || !slot->ready || slot->job != NULL)
        continue;
      if (g_strcmp0 (slot->last, path) == 0)
        return slot;
      if (found == NULL)
        found = slot;
    }
  return found;
}

static gboolean
retire_cb (gpointer data)
{
  BatonDecoder *self = data;

  self->retire = 0;
  for (guint i = 0; i < MOST_WORKERS; i++)
    {
      if (self->slots[i].job == NULL)
        stop (&self->slots[i], BATON_DECODE_CRASHED);
    }
  return G_SOURCE_REMOVE;
}

/* As many helpers as there is work for. */
static void
start_workers (BatonDecoder *self, guint wanted)
{
  guint most = CLAMP (g_get_num_processors (), 1, MOST_WORKERS);
  guint waiting = 0, running = 0;

  for (guint i = 0; i < most; i++)
    {
      running += self->slots[i].worker != NULL;
      waiting += self->slots[i].worker != NULL && !self->slots[i].ready;
    }
  for (guint i = 0; i < most && running < most && waiting < wanted; i++)
    {
      if (self->slots[i].worker != NULL)
        continue;
      if (!start (&self->slots[i]))
        {
          if (running == 0)
            fail_all (self, BATON_DECODE_NO_HELPER);
          return;
        }
      running++;
      waiting++;
    }
}

static void
dispatch (BatonDecoder *self)
{
  GList *link;

  while ((link = first_job (self)) != NULL)
    {
      Job *job = link->data;
      Slot *slot = free_slot (self, job->path);

      if (slot == NULL)
        break;
      g_queue_delete_link (&self->jobs, link);
      give (slot, job);
    }
  g_clear_handle_id (&self->retire, g_source_remove);
  if (g_queue_is_empty (&self->jobs))
    self->retire = g_timeout_add_seconds (RETIRE_S, retire_cb, self);
  else
    start_workers (self, g_queue_get_length (&self->jobs));
}

static char *
cache_name (const BatonDecodeAsk *ask)
{
  if (ask->key == NULL)
    return NULL;
  return g_strdup_printf ("%s %d %d %d %d×%d %d", ask->key, (int) ask->what, ask->page, ask->frame,
      ask->width, ask->height, (int) ask->flags);
}

BatonDecoded *
baton_decoder_peek (BatonDecoder *self, const BatonDecodeAsk *ask)
{
  g_autofree char *name = NULL;

  g_return_val_if_fail (BATON_IS_DECODER (self) && ask != NULL, NULL);
  name = cache_name (ask);
  return name != NULL ? baton_decode_cache_get (self->cache, name) : NULL;
}

void
baton_decoder_decode_async (BatonDecoder *self, const BatonDecodeAsk *ask, int priority,
    GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
  BatonDecoded *known;
  Job *job;

  g_return_if_fail (BATON_IS_DECODER (self) && ask != NULL && ask->path != NULL);
  job = g_new0 (Job, 1);
  job->task = g_task_new (self, cancellable, callback, data);
  g_task_set_source_tag (job->task, baton_decoder_decode_async);
  known = baton_decoder_peek (self, ask);
  if (known != NULL)
    {
      g_task_return_pointer (job->task, known, (GDestroyNotify) baton_decoded_unref);
      job_free (job);
      return;
    }
  job->request = (BatonDecodeRequest){ .magic = BATON_DECODE_MAGIC,
    .what = ask->what,
    .id = ++self->next_id,
    .flags = ask->flags,
    .page = ask->page,
    .frame = ask->frame,
    .width = ask->width,
    .height = ask->height };
  job->path = g_strdup (ask->path);
  job->key = g_strdup (ask->key);
  job->name = cache_name (ask);
  job->priority = priority;
  g_queue_push_tail (&self->jobs, job);
  dispatch (self);
}

BatonDecoded *
baton_decoder_decode_finish (BatonDecoder *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
baton_decoder_warm_up (BatonDecoder *self)
{
  g_return_if_fail (BATON_IS_DECODER (self));
  for (guint i = 0; i < MOST_WORKERS; i++)
    {
      if (self->slots[i].worker != NULL)
        return;
    }
  start_workers (self, 1);
}

void
baton_decoder_kill (BatonDecoder *self)
{
  g_return_if_fail (BATON_IS_DECODER (self));
  for (guint i = 0; i < MOST_WORKERS; i++)
    stop (&self->slots[i], BATON_DECODE_CRASHED);
  dispatch (self);
}

void
baton_decoder_set_timeout (BatonDecoder *self, guint ms)
{
  g_return_if_fail (BATON_IS_DECODER (self));
  self->timeout_ms = ms;
}

void
baton_decoder_set_sandbox (BatonDecoder *self, gboolean use)
{
  g_return_if_fail (BATON_IS_DECODER (self));
  g_free (self->bwrap);
  self->bwrap = use ? g_find_program_in_path ("bwrap") : NULL;
}

gboolean
baton_decoder_is_sandboxed (BatonDecoder *self)
{
  g_return_val_if_fail (BATON_IS_DECODER (self), FALSE);
  return self->bwrap != NULL;
}

static void
baton_decoder_dispose (GObject *object)
{
  BatonDecoder *self = BATON_DECODER (object);

  g_clear_handle_id (&self->retire, g_source_remove);
  for (guint i = 0; i < MOST_WORKERS; i++)
    stop (&self->slots[i], BATON_DECODE_CRASHED);
  fail_all (self, BATON_DECODE_CRASHED);
  G_OBJECT_CLASS (baton_decoder_parent_class)->dispose (object);
}

static void
baton_decoder_finalize (GObject *object)
{
  BatonDecoder *self = BATON_DECODER (object);

  baton_decode_cache_free (self->cache);
  g_free (self->helper);
  g_free (self->bwrap);
  G_OBJECT_CLASS (baton_decoder_parent_class)->finalize (object);
}

static void
baton_decoder_class_init (BatonDecoderClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = baton_decoder_dispose;
  G_OBJECT_CLASS (klass)->finalize = baton_decoder_finalize;
}

static void
baton_decoder_init (BatonDecoder *self)
{
  g_queue_init (&self->jobs);
  self->cache = baton_decode_cache_new (MOST_BYTES);
  self->timeout_ms = (BATON_DECODE_SECONDS + 1) * 1000;
  self->bwrap = g_find_program_in_path ("bwrap");
  for (guint i = 0; i < MOST_WORKERS; i++)
    self->slots[i].decoder = self;
}

BatonDecoder *
baton_decoder_new (const char *helper)
{
  BatonDecoder *self = g_object_new (BATON_TYPE_DECODER, NULL);

  self->helper = g_strdup (helper);
  return self;
}

BatonDecoder *
baton_decoder_get_default (void)
{
  static BatonDecoder *decoder;

  if (decoder == NULL)
    {
      const char *named = g_getenv ("BATON_DECODE");

      decoder = baton_decoder_new (named != NULL ? named : BATON_LIBEXECDIR "/baton-decode");
    }
  return decoder;
}
