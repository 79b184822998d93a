/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-client"

#include "shared-files.h"

#include "blob-sync.h"

#define TRY_AGAIN 30 /* seconds, after a failure or while files are still missing at the server */

struct _BatonFiles
{
  BatonWorkspace *workspace; /* borrowed */
  BatonSharing *sharing;
  GCancellable *cancellable;
  gboolean running;
  gboolean again; /* something changed meanwhile */
  gint64 cursor;  /* of the server, when files were looked at last */
  guint timer;
};

typedef struct
{
  char *database, *folder;
  BatonServerAccess access;
  BatonWorkspace *workspace; /* borrowed; only looked at while nothing is cancelled */
  GCancellable *cancellable;
} Round;

typedef struct
{
  BatonWorkspace *workspace; /* as in Round */
  GCancellable *cancellable;
  char *hash;
} Arrival;

static void look (BatonFiles *files);

static void
round_free (gpointer data)
{
  Round *round = data;

  baton_server_access_clear (&round->access);
  g_object_unref (round->cancellable);
  g_free (round->database);
  g_free (round->folder);
  g_free (round);
}

static void
arrival_free (gpointer data)
{
  Arrival *arrival = data;

  g_object_unref (arrival->cancellable);
  g_free (arrival->hash);
  g_free (arrival);
}

static gboolean
tell_cb (gpointer data)
{
  Arrival *arrival = data;

  if (!g_cancellable_is_cancelled (arrival->cancellable))
    baton_workspace_tell_arrived (arrival->workspace, arrival->hash);
  return G_SOURCE_REMOVE;
}

/* On the working thread: who shows the file hears of it without waiting for the rest of the round. */
static void
came_down (const char *hash, gpointer data)
{
  Round *round = data;
  Arrival *arrival = g_new (Arrival, 1);

  *arrival = (Arrival){ round->workspace, g_object_ref (round->cancellable), g_strdup (hash) };
  g_main_context_invoke_full (NULL, G_PRIORITY_DEFAULT, tell_cb, arrival, arrival_free);
}

static void
work (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Round *round = data;
  GError *error = NULL;
  g_autoptr (BatonBlobs) blobs = baton_blobs_new (round->folder);
  g_autoptr (BatonBlobLink) link = baton_blob_link_new (&round->access, blobs, &error);
  BatonReader *reader = link != NULL ? baton_reader_open (round->database, &error) : NULL;
  BatonBlobSync counts;

  if (reader != NULL && baton_blob_sync (link, blobs, reader, came_down, round, cancellable, &counts, &error))
    g_task_return_int (task, counts.waiting);
  else
    g_task_return_error (task, error);
  g_clear_pointer (&reader, baton_reader_close);
}

static gboolean
again_cb (gpointer data)
{
  BatonFiles *files = data;

  files->timer = 0;
  look (files);
  return G_SOURCE_REMOVE;
}

static void
done_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  BatonFiles *files = data;
  g_autoptr (GError) error = NULL;
  gssize waiting;

  if (g_cancellable_is_cancelled (g_task_get_cancellable (G_TASK (result))))
    return;
  waiting = g_task_propagate_int (G_TASK (result), &error);
  files->running = FALSE;
  if (error != NULL)
    g_debug ("Files have to wait: %s", error->message);
  if (files->again)
    look (files);
  else if ((error != NULL || waiting > 0) && files->timer == 0)
    files->timer = g_timeout_add_seconds (TRY_AGAIN, again_cb, files);
}

static void
look (BatonFiles *files)
{
  const BatonServerAccess *access = baton_sharing_access (files->sharing);
  g_autoptr (GTask) task = NULL;
  Round *round;

  files->again = files->running;
  if (files->running)
    return;
  files->running = TRUE;
  task = g_task_new (NULL, files->cancellable, done_cb, files);
  round = g_new0 (Round, 1);
  round->database = g_strdup (baton_workspace_database (files->workspace));
  round->folder = g_strdup (baton_workspace_folder (files->workspace));
  round->access = (BatonServerAccess){ g_strdup (access->server), g_strdup (access->token),
    g_strdup (access->authority) };
  round->workspace = files->workspace;
  round->cancellable = g_object_ref (files->cancellable);
  g_task_set_task_data (task, round, round_free);
  g_task_run_in_thread (task, work);
}

static void
changed_cb (BatonSharing *sharing, BatonFiles *files)
{
  const BatonSyncStatus *status = baton_sharing_status (sharing);

  if (status->state != BATON_SYNC_IN_STEP || status->cursor == files->cursor)
    return;
  files->cursor = status->cursor;
  look (files);
}

static void
arrived_cb (BatonSharing *sharing, const char *hash, BatonFiles *files)
{
  look (files);
}

BatonFiles *
baton_files_new (BatonWorkspace *workspace, BatonSharing *sharing)
{
  BatonFiles *files = g_new0 (BatonFiles, 1);

  files->workspace = workspace;
  files->sharing = g_object_ref (sharing);
  files->cancellable = g_cancellable_new ();
  files->cursor = -1;
  g_signal_connect (sharing, "changed", G_CALLBACK (changed_cb), files);
  g_signal_connect (sharing, "arrived", G_CALLBACK (arrived_cb), files);
  return files;
}

void
baton_files_free (BatonFiles *files)
{
  g_cancellable_cancel (files->cancellable);
  g_signal_handlers_disconnect_by_data (files->sharing, files);
  g_clear_handle_id (&files->timer, g_source_remove);
  g_object_unref (files->cancellable);
  g_object_unref (files->sharing);
  g_free (files);
}
