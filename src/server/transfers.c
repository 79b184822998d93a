/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-server"

#include "transfers-private.h"

#include "server-private.h"

#define WORKERS 2
#define SWEEP_SECONDS 60
#define KEEP_OPEN (5 * G_TIME_SPAN_MINUTE)

typedef struct
{
  BatonWork work;
  gpointer data;
} Job;

static void
run_job (gpointer data, gpointer unused)
{
  g_autofree Job *job = data;

  job->work (job->data);
}

void
baton_transfers_work (BatonTransfers *transfers, BatonWork work, gpointer data)
{
  Job *job = g_new (Job, 1);

  job->work = work;
  job->data = data;
  g_thread_pool_push (transfers->workers, job, NULL);
}

void
baton_transfers_in_thread (BatonTransfers *transfers, GSourceFunc func, gpointer data)
{
  g_autoptr (GSource) source = g_idle_source_new ();

  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, func, data, NULL);
  g_source_attach (source, transfers->context);
}

void
baton_transfers_in_main (GSourceFunc func, gpointer data)
{
  g_idle_add_full (G_PRIORITY_DEFAULT, func, data, NULL);
}

static gpointer
thread_main (gpointer data)
{
  BatonTransfers *transfers = data;

  g_main_context_push_thread_default (transfers->context);
  g_main_loop_run (transfers->loop);
  g_main_context_pop_thread_default (transfers->context);
  return NULL;
}

static gboolean
sweep_cb (gpointer data)
{
  BatonTransfers *transfers = data;

  baton_transfers_close_idle (transfers, g_get_monotonic_time () - KEEP_OPEN);
  baton_blobs_sweep (transfers->blobs, BATON_KEEP_PARTS);
  return G_SOURCE_CONTINUE;
}

static gboolean
count_cb (const char *hash, gint64 size, gint64 modified, gpointer data)
{
  *(guint64 *) data += (guint64) size;
  return TRUE;
}

BatonTransfers *
baton_transfers_new (BatonServer *server, GError **error)
{
  BatonTransfers *transfers = g_new0 (BatonTransfers, 1);

  transfers->server = server;
  transfers->blobs = baton_blobs_new (server->options->folder);
  baton_blobs_sweep (transfers->blobs, BATON_KEEP_PARTS);
  baton_blobs_each (transfers->blobs, count_cb, &transfers->bytes);
  if (!baton_transfers_remember (transfers, error))
    {
      g_hash_table_unref (transfers->uploads);
      baton_blobs_unref (transfers->blobs);
      g_free (transfers);
      return NULL;
    }
  transfers->context = g_main_context_new ();
  transfers->loop = g_main_loop_new (transfers->context, FALSE);
  transfers->workers = g_thread_pool_new (run_job, NULL, WORKERS, FALSE, NULL);
  transfers->sweep = g_timeout_add_seconds (SWEEP_SECONDS, sweep_cb, transfers);
  transfers->thread = g_thread_new ("transfers", thread_main, transfers);
  return transfers;
}

static gboolean
quit_cb (gpointer data)
{
  g_main_loop_quit (data);
  return G_SOURCE_REMOVE;
}

void
baton_transfers_free (BatonTransfers *transfers)
{
  g_atomic_int_set (&transfers->stopping, TRUE);
  baton_transfers_close_idle (transfers, G_MAXINT64);
  /* Those that were cut come to their end, which is told on this thread. */
  while (g_atomic_int_get (&transfers->under_way) > 0)
    g_main_context_iteration (NULL, TRUE);
  baton_transfers_in_thread (transfers, quit_cb, transfers->loop);
  g_thread_join (transfers->thread);
  g_thread_pool_free (transfers->workers, FALSE, TRUE);
  baton_transfers_close_idle (transfers, G_MAXINT64);
  g_clear_pointer (&transfers->uploads, g_hash_table_unref);
  g_clear_handle_id (&transfers->sweep, g_source_remove);
  g_main_loop_unref (transfers->loop);
  g_main_context_unref (transfers->context);
  baton_blobs_unref (transfers->blobs);
  g_free (transfers);
}

BatonBlobs *
baton_transfers_blobs (BatonTransfers *transfers)
{
  return transfers->blobs;
}

guint64
baton_transfers_bytes (BatonTransfers *transfers)
{
  return transfers->bytes;
}
