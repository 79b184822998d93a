/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-server"

/* Backups by the clock. */

#include "keep.h"
#include "served.h"
#include "server-private.h"

typedef struct
{
  char *folder;
  gint64 at;
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  g_free (job->folder);
  g_free (job);
}

static void
make_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Job *job = data;
  GError *error = NULL;
  BatonBackup *backup = baton_keep_make (job->folder, job->at, &error);

  if (backup != NULL)
    g_task_return_pointer (task, backup, (GDestroyNotify) (void (*) (void)) baton_backup_free);
  else
    g_task_return_error (task, error);
}

void
baton_keep_make_async (BatonServer *server, GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, callback, data);
  Job *job = g_new0 (Job, 1);

  job->folder = g_strdup (server->options->folder);
  job->at = g_get_real_time ();
  g_task_set_task_data (task, job, job_free);
  g_task_run_in_thread (task, make_thread);
}

BatonBackup *
baton_keep_make_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
made_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  BatonServer *server = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (BatonBackup) backup = baton_keep_make_finish (result, &error);
  g_autofree char *accounts = g_build_filename (server->options->folder, "backups", "accounts.db", NULL);

  server->backing_up = FALSE;
  if (backup != NULL)
    baton_served_note_backup (server->served, backup->seq, backup->at, NULL, NULL);
  if (backup == NULL || !baton_accounts_copy (server->accounts, accounts, &error))
    {
      server->counters.failed_backups++;
      g_warning ("the backup could not be made: %s", error->message);
    }
}

static gboolean
clock_cb (gpointer data)
{
  BatonServer *server = data;
  g_autoptr (BatonServedState) state = baton_served_state (server->served);

  /* Nothing new: nothing to keep. */
  if (server->backing_up || state->head == state->backup)
    return G_SOURCE_CONTINUE;
  server->backing_up = TRUE;
  baton_keep_make_async (server, made_cb, server);
  return G_SOURCE_CONTINUE;
}

void
baton_keep_begin (BatonServer *server)
{
  if (server->options->backup_minutes > 0)
    server->backup_timer = g_timeout_add_seconds (60 * server->options->backup_minutes, clock_cb, server);
}

void
baton_keep_end (BatonServer *server)
{
  g_clear_handle_id (&server->backup_timer, g_source_remove);
  while (server->backing_up)
    g_main_context_iteration (NULL, TRUE);
}
