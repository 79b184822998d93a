/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-client"

#include "writer.h"

#include "sync.h"
#include "told-thread.h"

#define QUIET (2 * G_USEC_PER_SEC)

struct _BatonWriter
{
  GThread *thread;
  GAsyncQueue *queue; /* BatonJob */
  GMainContext *context;
  BatonStore *store;

  GMutex mutex;
  GCond ready;
  GQueue finished; /* BatonJob, in order */
  GSource *wake;
};

static void
job_free (BatonJob *job)
{
  g_clear_object (&job->task);
  g_clear_object (&job->cancellable);
  g_clear_pointer (&job->ops, g_ptr_array_unref);
  g_clear_pointer (&job->effects, g_ptr_array_unref);
  g_clear_error (&job->error);
  if (job->destroy != NULL)
    job->destroy (job->data);
  g_free (job);
}

BatonJob *
baton_job_new (BatonJobWork work, BatonJobWork done)
{
  BatonJob *job = g_new0 (BatonJob, 1);

  job->work = work;
  job->done = done;
  return job;
}

static guint
count_finished (BatonWriter *writer)
{
  guint n;

  g_mutex_lock (&writer->mutex);
  n = writer->finished.length;
  g_mutex_unlock (&writer->mutex);
  return n;
}

/* Hands back what is finished, at most so many, in order. Main context. TRUE when the awaited job was among
 * it. */
static gboolean
hand_back (BatonWriter *writer, const BatonJob *awaited, guint most)
{
  gboolean seen = FALSE;

  for (; most > 0; most--)
    {
      BatonJob *job;

      g_mutex_lock (&writer->mutex);
      job = g_queue_pop_head (&writer->finished);
      g_mutex_unlock (&writer->mutex);
      if (job == NULL)
        return seen;
      BATON_TOLD_TAKE (job);
      seen = seen || job == awaited;
      if (job->done != NULL)
        job->done (NULL, job);
      job_free (job);
    }
  return seen;
}

static gboolean
wake_cb (gpointer data)
{
  BatonWriter *writer = data;

  g_mutex_lock (&writer->mutex);
  g_clear_pointer (&writer->wake, g_source_unref);
  g_mutex_unlock (&writer->mutex);
  /* What finishes meanwhile has its own turn: a writer that is quicker than the main loop must not keep it
   * from everything else. */
  hand_back (writer, NULL, count_finished (writer));
  return G_SOURCE_REMOVE;
}

/* Called with the mutex held. The priority is that of input, so that a drop is on screen in the next frame.
 */
static void
schedule_wake (BatonWriter *writer)
{
  if (writer->wake != NULL)
    return;
  writer->wake = g_idle_source_new ();
  g_source_set_priority (writer->wake, G_PRIORITY_DEFAULT);
  g_source_set_callback (writer->wake, wake_cb, writer, NULL);
  g_source_attach (writer->wake, writer->context);
}

/* The next job. When none comes for a while, the pause is used to move what was committed into the database
 * file, which would otherwise make some commit wait. */
static BatonJob *
next_job (BatonWriter *writer, gboolean *committed)
{
  BatonJob *job = *committed ? g_async_queue_timeout_pop (writer->queue, QUIET) : NULL;

  if (job == NULL && *committed)
    {
      baton_store_checkpoint (writer->store);
      *committed = FALSE;
    }
  return job != NULL ? job : g_async_queue_pop (writer->queue);
}

static gpointer
writer_thread (gpointer data)
{
  BatonWriter *writer = data;
  gboolean committed = FALSE;

  while (TRUE)
    {
      BatonJob *job = next_job (writer, &committed);

      BATON_TOLD_TAKE (job);
      if (job->work == NULL)
        {
          job_free (job);
          return NULL;
        }
      job->work (writer->store, job);
      committed = TRUE;
      BATON_TOLD_GIVE (job);
      g_mutex_lock (&writer->mutex);
      g_queue_push_tail (&writer->finished, job);
      schedule_wake (writer);
      g_cond_broadcast (&writer->ready);
      g_mutex_unlock (&writer->mutex);
    }
}

BatonWriter *
baton_writer_new (BatonStore *store)
{
  BatonWriter *writer = g_new0 (BatonWriter, 1);

  writer->store = store;
  writer->queue = g_async_queue_new ();
  writer->context = g_main_context_ref_thread_default ();
  g_mutex_init (&writer->mutex);
  g_cond_init (&writer->ready);
  g_queue_init (&writer->finished);
  writer->thread = g_thread_new ("baton-writer", writer_thread, writer);
  return writer;
}

void
baton_writer_finish (BatonWriter *writer)
{
  if (writer->thread == NULL)
    return;
  g_async_queue_push (writer->queue, baton_job_new (NULL, NULL));
  g_thread_join (g_steal_pointer (&writer->thread));
  hand_back (writer, NULL, G_MAXUINT);
}

void
baton_writer_free (BatonWriter *writer)
{
  baton_writer_finish (writer);
  if (writer->wake != NULL)
    {
      g_source_destroy (writer->wake);
      g_source_unref (writer->wake);
    }
  baton_store_close (writer->store);
  g_async_queue_unref (writer->queue);
  g_main_context_unref (writer->context);
  g_mutex_clear (&writer->mutex);
  g_cond_clear (&writer->ready);
  g_free (writer);
}

void
baton_writer_give_up (BatonWriter *writer, gboolean give_up)
{
  baton_store_give_up (writer->store, give_up);
}

void
baton_writer_push (BatonWriter *writer, BatonJob *job)
{
  g_async_queue_push (writer->queue, job);
}

void
baton_writer_run (BatonWriter *writer, BatonJob *job)
{
  g_async_queue_push (writer->queue, job);
  while (!hand_back (writer, job, G_MAXUINT))
    {
      g_mutex_lock (&writer->mutex);
      while (g_queue_is_empty (&writer->finished))
        g_cond_wait (&writer->ready, &writer->mutex);
      g_mutex_unlock (&writer->mutex);
    }
}
