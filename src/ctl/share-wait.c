/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "batonctl"

#include "share-wait.h"

#include <glib/gi18n.h>

#define TURN_MS 200

static gboolean
turn_cb (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

void
ctl_waiting_init (CtlWaiting *waiting, Ctl *ctl, gint64 limit, gint64 rate)
{
  *waiting = (CtlWaiting){ .ctl = ctl,
    .cancellable = g_cancellable_new (),
    .rate = rate,
    .deadline = limit > 0 ? g_get_monotonic_time () + limit * G_USEC_PER_SEC : 0,
    .turn = g_timeout_add (TURN_MS, turn_cb, NULL) };
}

void
ctl_waiting_clear (CtlWaiting *waiting)
{
  g_clear_handle_id (&waiting->turn, g_source_remove);
  g_clear_object (&waiting->cancellable);
}

void
ctl_wait_stop (CtlWaiting *waiting)
{
  waiting->stopped = TRUE;
  g_cancellable_cancel (waiting->cancellable);
}

gboolean
ctl_wait_turn (CtlWaiting *waiting, GError **error)
{
  if (waiting->deadline != 0 && g_get_monotonic_time () > waiting->deadline)
    {
      g_set_error (
          error, BATON_ERROR, BATON_ERROR_IO, _ ("It took too long. What is missing stays for next time."));
      return FALSE;
    }
  g_main_context_iteration (NULL, TRUE);
  return TRUE;
}

gboolean
ctl_is_in_step (const BatonSyncStatus *status)
{
  return status->state == BATON_SYNC_IN_STEP && status->pending == 0 && status->cursor >= status->head;
}

gboolean
ctl_wait_fail (const BatonSyncStatus *status, BatonErrorCode code, GError **error)
{
  g_set_error (error, BATON_ERROR, code, "%s",
      status->message != NULL ? status->message : _ ("The server does not answer. Everything stays here."));
  return FALSE;
}

/* A keyring may ask its person for a password, and takes what time that takes. */

static void
answered_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **) data = g_object_ref (result);
}

/* The result of what calls answered_cb; NULL when there is no time left. Transfer full. */
static GAsyncResult *
wait_for (CtlWaiting *waiting, GAsyncResult **result, GError **error)
{
  while (*result == NULL)
    {
      if (!ctl_wait_turn (waiting, error))
        return NULL;
    }
  return *result;
}

gboolean
ctl_wait_connect (CtlWaiting *waiting, GError **error)
{
  BatonWorkspace *workspace = baton_session_workspace (waiting->ctl->session);
  /* It outlives this call when there is no time left. */
  GAsyncResult **slot = g_new0 (GAsyncResult *, 1);
  g_autoptr (GAsyncResult) result = NULL;

  baton_workspace_connect_async (workspace, TRUE, answered_cb, slot);
  result = wait_for (waiting, slot, error);
  if (result == NULL)
    return FALSE;
  g_free (slot);
  if (!baton_workspace_connect_finish (workspace, result, error))
    return FALSE;
  waiting->sharing = baton_workspace_sharing (workspace);
  return TRUE;
}

/* Until every operation is where it belongs; FALSE with why it is not going to be. */
static gboolean
wait_in_step (CtlWaiting *waiting, GError **error)
{
  while (!waiting->stopped)
    {
      const BatonSyncStatus *status = baton_sharing_status (waiting->sharing);

      if (ctl_is_in_step (status))
        return TRUE;
      if (status->state == BATON_SYNC_SIGN_IN || status->state == BATON_SYNC_VERSION ||
          status->state == BATON_SYNC_FAILED || status->state == BATON_SYNC_OFFLINE)
        return ctl_wait_fail (
            status, status->state == BATON_SYNC_SIGN_IN ? BATON_ERROR_FORBIDDEN : BATON_ERROR_IO, error);
      if (!ctl_wait_turn (waiting, error))
        return FALSE;
    }
  return TRUE;
}

/* Files. */

typedef struct
{
  char *folder;
  char *database;
  BatonServerAccess access;
  gint64 rate;
  BatonBlobSync counts;
} Files;

static void
files_free (gpointer data)
{
  Files *files = data;

  g_free (files->folder);
  g_free (files->database);
  baton_server_access_clear (&files->access);
  g_free (files);
}

static Files *
files_new (const CtlWaiting *waiting)
{
  const BatonServerAccess *access = baton_sharing_access (waiting->sharing);
  Files *files = g_new0 (Files, 1);

  files->folder = g_strdup (waiting->ctl->folder);
  files->database = g_strdup (baton_workspace_database (baton_session_workspace (waiting->ctl->session)));
  files->access = (BatonServerAccess){ g_strdup (access->server), g_strdup (access->token),
    g_strdup (access->authority) };
  files->rate = waiting->rate;
  return files;
}

static gboolean
carry (Files *files, GCancellable *cancellable, GError **error)
{
  g_autoptr (BatonBlobs) blobs = baton_blobs_new (files->folder);
  g_autoptr (BatonBlobLink) link = baton_blob_link_new (&files->access, blobs, error);
  BatonReader *reader = link != NULL ? baton_reader_open (files->database, error) : NULL;
  gboolean ok;

  if (reader == NULL)
    return FALSE;
  for (guint i = 0; i < BATON_BLOB_N_WAYS; i++)
    {
      g_autoptr (BatonBlobPace) pace = baton_blob_pace_new ();

      baton_blob_pace_set (pace, files->rate);
      baton_blob_link_set_pace (link, i, pace);
    }
  ok = baton_blob_sync (link, blobs, reader, cancellable, &files->counts, error);
  baton_reader_close (reader);
  return ok;
}

static void
carry_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;

  if (carry (data, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

gboolean
ctl_wait_files (CtlWaiting *waiting, BatonBlobSync *counts, GError **error)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) late = NULL;
  Files *files = files_new (waiting);
  gboolean ok;

  task = g_task_new (NULL, waiting->cancellable, answered_cb, &result);
  /* What was carried until then counts. */
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, files, files_free);
  g_task_run_in_thread (task, carry_thread);
  while (result == NULL)
    {
      if (late == NULL && !ctl_wait_turn (waiting, &late))
        g_cancellable_cancel (waiting->cancellable);
      else if (late != NULL)
        g_main_context_iteration (NULL, TRUE);
    }
  *counts = files->counts;
  ok = g_task_propagate_boolean (task, late == NULL ? error : NULL);
  if (late == NULL || ok)
    return ok;
  g_propagate_error (error, g_steal_pointer (&late));
  return FALSE;
}

/* One's role there is learnt along the way, so that what it forbids is refused here, too. */
static gboolean
wait_for_role (CtlWaiting *waiting, GError **error)
{
  while (!waiting->stopped && baton_sharing_is_asking (waiting->sharing))
    {
      if (!ctl_wait_turn (waiting, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
ctl_wait_all (CtlWaiting *waiting, BatonBlobSync *counts, GError **error)
{
  return wait_in_step (waiting, error) && ctl_wait_files (waiting, counts, error) &&
         wait_in_step (waiting, error) && wait_for_role (waiting, error);
}
