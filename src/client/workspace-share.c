/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-client"

#include "workspace-private.h"

#include "presence.h"
#include "shared-files.h"
#include "token.h"

/* The workspace and its server. */

static void
connect_with (BatonWorkspace *self, const char *token, gboolean prompt, GError **error)
{
  self->sharing = baton_sharing_new (self, token, error);
  if (self->sharing != NULL)
    baton_sharing_start (self->sharing, prompt);
}

gboolean
baton_workspace_connect (BatonWorkspace *self, gboolean prompt, GError **error)
{
  g_auto (BatonSharingPlace) place = { 0 };
  g_autofree char *token = NULL;

  g_return_val_if_fail (BATON_IS_WORKSPACE (self) && self->writer != NULL, FALSE);

  if (self->sharing != NULL)
    return TRUE;
  if (baton_sharing_read_place (self->reader, &place))
    token = baton_token_load (self->folder, place.server);
  connect_with (self, token, prompt, error);
  return self->sharing != NULL;
}

typedef struct
{
  char *folder;
  char *server;
  gboolean prompt;
} Lookup;

static void
lookup_free (gpointer data)
{
  Lookup *lookup = data;

  g_free (lookup->folder);
  g_free (lookup->server);
  g_free (lookup);
}

static void
look_up (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Lookup *lookup = data;

  g_task_return_pointer (task, baton_token_load (lookup->folder, lookup->server), g_free);
}

static void
looked_up_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  BatonWorkspace *self = BATON_WORKSPACE (source);
  const Lookup *lookup = g_task_get_task_data (G_TASK (result));
  g_autoptr (GTask) task = data;
  g_autofree char *token = g_task_propagate_pointer (G_TASK (result), NULL);
  GError *error = NULL;

  /* It may have been closed, or connected otherwise, meanwhile. */
  if (self->writer == NULL)
    error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "");
  else if (self->sharing == NULL)
    connect_with (self, token, lookup->prompt, &error);
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

void
baton_workspace_connect_async (
    BatonWorkspace *self, gboolean prompt, GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, data);
  g_auto (BatonSharingPlace) place = { 0 };
  g_autofree char *token = NULL;
  g_autoptr (GTask) looking = NULL;
  Lookup *lookup;
  GError *error = NULL;

  g_return_if_fail (BATON_IS_WORKSPACE (self) && self->writer != NULL);

  if (self->sharing == NULL && baton_sharing_read_place (self->reader, &place))
    token = baton_token_load_file (self->folder, place.server);
  if (self->sharing != NULL || token != NULL || place.server == NULL)
    {
      if (self->sharing == NULL)
        connect_with (self, token, prompt, &error);
      if (error != NULL)
        g_task_return_error (task, error);
      else
        g_task_return_boolean (task, TRUE);
      return;
    }
  lookup = g_new0 (Lookup, 1);
  lookup->folder = g_strdup (self->folder);
  lookup->server = g_strdup (place.server);
  lookup->prompt = prompt;
  looking = g_task_new (self, NULL, looked_up_cb, g_steal_pointer (&task));
  g_task_set_task_data (looking, lookup, lookup_free);
  g_task_run_in_thread (looking, look_up);
}

gboolean
baton_workspace_connect_finish (BatonWorkspace *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

void
baton_workspace_disconnect (BatonWorkspace *self)
{
  /* What is being applied may take many seconds after two weeks away; nobody who leaves waits for it. */
  if (self->writer != NULL)
    baton_writer_give_up (self->writer, TRUE);
  if (self->sharing != NULL)
    baton_sharing_stop (self->sharing);
  if (self->writer != NULL)
    baton_writer_give_up (self->writer, FALSE);
  g_clear_object (&self->sharing);
}

BatonSharing *
baton_workspace_sharing (BatonWorkspace *self)
{
  return self->sharing;
}

BatonPresence *
baton_workspace_presence (BatonWorkspace *self)
{
  if (self->presence == NULL)
    self->presence = baton_presence_new ();
  return self->presence;
}

BatonFiles *
baton_workspace_files (BatonWorkspace *self)
{
  return self->files;
}

gboolean
baton_workspace_keep_board (BatonWorkspace *self, const char *board, gboolean keep, GError **error)
{
  g_autofree char *key = baton_blob_keep_key (board);

  if (!baton_workspace_set_meta (self, key, keep ? "yes" : NULL, error))
    return FALSE;
  if (self->files != NULL)
    baton_files_refresh (self->files);
  return TRUE;
}

gboolean
baton_workspace_keeps_board (BatonWorkspace *self, const char *board)
{
  g_autofree char *key = baton_blob_keep_key (board);
  g_autofree char *keep = baton_reader_meta (self->reader, key);

  return keep != NULL;
}

void
baton_workspace_nudge (BatonWorkspace *self)
{
  if (self->sharing != NULL)
    baton_sharing_nudge (self->sharing);
}
