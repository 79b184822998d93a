/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-client"

#include "blob-lane.h"

struct _BatonLane
{
  GThread *thread;
  GAsyncQueue *queue;
  GCancellable *stop; /* shared with what is on its way to the main context */
  BatonLaneFunc func;
  gpointer data;
  BatonLaneJob *job;

  /* The thread's. */
  BatonServerAccess access;
  BatonBlobs *blobs;
  BatonBlobPace *paces[BATON_BLOB_N_WAYS];
  BatonBlobLink *link;
};

static BatonLaneJob last_job; /* the end of the queue */

BatonLaneJob *
baton_lane_job_new (BatonBlobWay way, const char *hash)
{
  BatonLaneJob *job = g_new0 (BatonLaneJob, 1);

  job->way = way;
  job->hash = g_strdup (hash);
  job->cancellable = g_cancellable_new ();
  return job;
}

static void
job_free (BatonLaneJob *job)
{
  g_free (job->hash);
  g_clear_pointer (&job->ask, g_ptr_array_unref);
  g_clear_pointer (&job->missing, g_ptr_array_unref);
  g_clear_error (&job->error);
  g_object_unref (job->cancellable);
  g_free (job);
}

gint64
baton_lane_job_done (BatonLaneJob *job)
{
  return __atomic_load_n (&job->done, __ATOMIC_RELAXED);
}

void
baton_lane_job_yield (BatonLaneJob *job)
{
  g_atomic_int_set (&job->yield, 1);
}

static gboolean
step_cb (gint64 done, gint64 total, gpointer data)
{
  BatonLaneJob *job = data;

  __atomic_store_n (&job->done, done, __ATOMIC_RELAXED);
  /* With the last byte there it is quicker to end than to come back. */
  return done == total || !g_atomic_int_get (&job->yield);
}

static BatonTransferResult
travel (BatonLane *lane, BatonLaneJob *job)
{
  if (lane->link == NULL)
    {
      lane->link = baton_blob_link_new (&lane->access, lane->blobs, &job->error);
      if (lane->link == NULL)
        return BATON_TRANSFER_REFUSED;
      for (guint i = 0; i < BATON_BLOB_N_WAYS; i++)
        baton_blob_link_set_pace (lane->link, i, lane->paces[i]);
    }
  if (job->ask != NULL)
    {
      job->missing = baton_blob_missing (lane->link, job->ask, job->cancellable, &job->error);
      return job->missing != NULL ? BATON_TRANSFER_DONE : BATON_TRANSFER_LATER;
    }
  if (job->way == BATON_BLOB_UP)
    return baton_blob_upload (lane->link, job->hash, step_cb, job, job->cancellable, &job->error);
  return baton_blob_download (lane->link, job->hash, step_cb, job, job->cancellable, &job->error);
}

typedef struct
{
  BatonLane *lane; /* gone when `stop` was cancelled */
  BatonLaneJob *job;
  GCancellable *stop;
} Ended;

static void
ended_free (gpointer data)
{
  Ended *ended = data;

  job_free (ended->job);
  g_object_unref (ended->stop);
  g_free (ended);
}

static gboolean
ended_cb (gpointer data)
{
  Ended *ended = data;

  if (g_cancellable_is_cancelled (ended->stop))
    return G_SOURCE_REMOVE;
  ended->lane->job = NULL;
  ended->lane->func (ended->lane, ended->job, ended->lane->data);
  return G_SOURCE_REMOVE;
}

/* A source, because g_main_context_invoke would call it here whenever the main thread is not in its loop. */
static void
tell (BatonLane *lane, BatonLaneJob *job)
{
  g_autoptr (GSource) source = g_idle_source_new ();
  Ended *ended = g_new (Ended, 1);

  *ended = (Ended){ lane, job, g_object_ref (lane->stop) };
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, ended_cb, ended, ended_free);
  g_source_attach (source, NULL);
}

static gpointer
thread_main (gpointer data)
{
  BatonLane *lane = data;
  BatonLaneJob *job;

  while ((job = g_async_queue_pop (lane->queue)) != &last_job)
    {
      job->result = travel (lane, job);
      tell (lane, job);
    }
  g_clear_pointer (&lane->link, baton_blob_link_free);
  return NULL;
}

BatonLane *
baton_lane_new (const BatonServerAccess *access, const char *folder,
    BatonBlobPace *const paces[BATON_BLOB_N_WAYS], BatonLaneFunc func, gpointer data)
{
  BatonLane *lane = g_new0 (BatonLane, 1);

  lane->queue = g_async_queue_new ();
  lane->stop = g_cancellable_new ();
  lane->func = func;
  lane->data = data;
  lane->access = (BatonServerAccess){ g_strdup (access->server), g_strdup (access->token),
    g_strdup (access->authority) };
  lane->blobs = baton_blobs_new (folder);
  for (guint i = 0; i < BATON_BLOB_N_WAYS; i++)
    lane->paces[i] = baton_blob_pace_ref (paces[i]);
  lane->thread = g_thread_new ("baton-files", thread_main, lane);
  return lane;
}

void
baton_lane_free (BatonLane *lane)
{
  g_cancellable_cancel (lane->stop);
  if (lane->job != NULL)
    g_cancellable_cancel (lane->job->cancellable);
  g_async_queue_push (lane->queue, &last_job);
  g_thread_join (lane->thread);
  g_async_queue_unref (lane->queue);
  g_object_unref (lane->stop);
  baton_server_access_clear (&lane->access);
  baton_blobs_unref (lane->blobs);
  for (guint i = 0; i < BATON_BLOB_N_WAYS; i++)
    baton_blob_pace_unref (lane->paces[i]);
  g_free (lane);
}

void
baton_lane_run (BatonLane *lane, BatonLaneJob *job)
{
  g_return_if_fail (lane->job == NULL);
  lane->job = job;
  g_async_queue_push (lane->queue, job);
}

BatonLaneJob *
baton_lane_job (BatonLane *lane)
{
  return lane->job;
}
