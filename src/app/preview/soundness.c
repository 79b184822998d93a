/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "soundness.h"

typedef struct
{
  BatonBlobs *blobs;
  char *hash;
} Reading;

typedef struct
{
  GWeakRef owner;
  BatonDamageFound found;
} Waiting;

static void
reading_free (gpointer data)
{
  Reading *reading = data;

  baton_blobs_unref (reading->blobs);
  g_free (reading->hash);
  g_free (reading);
}

static void
read_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Reading *reading = data;
  GError *error = NULL;

  if (baton_blobs_verify (reading->blobs, reading->hash, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Waiting *waiting = data;
  g_autoptr (GObject) owner = g_weak_ref_get (&waiting->owner);
  g_autoptr (GError) error = NULL;

  g_task_propagate_boolean (G_TASK (result), &error);
  if (owner != NULL && g_error_matches (error, BATON_ERROR, BATON_ERROR_CORRUPT))
    waiting->found (owner);
  g_weak_ref_clear (&waiting->owner);
  g_free (waiting);
}

/* Each file of each workspace once. */
static gboolean
is_new (BatonWorkspace *workspace, const char *hash)
{
  static GHashTable *asked;

  if (asked == NULL)
    asked = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return g_hash_table_add (asked, g_build_filename (baton_workspace_folder (workspace), hash, NULL));
}

void
baton_soundness_check (BatonWorkspace *workspace, const char *hash, GObject *owner, BatonDamageFound found)
{
  BatonBlobs *blobs = baton_workspace_blobs (workspace);
  g_autoptr (GTask) task = NULL;
  Reading *reading;
  Waiting *waiting;
  gint64 size = hash != NULL ? baton_blobs_size (blobs, hash) : -1;

  if (size < 0 || size > BATON_SOUNDNESS_MOST || !is_new (workspace, hash))
    return;
  waiting = g_new0 (Waiting, 1);
  g_weak_ref_init (&waiting->owner, owner);
  waiting->found = found;
  task = g_task_new (workspace, NULL, read_cb, waiting);
  reading = g_new (Reading, 1);
  *reading = (Reading){ baton_blobs_ref (blobs), g_strdup (hash) };
  g_task_set_task_data (task, reading, reading_free);
  g_task_set_priority (task, G_PRIORITY_LOW);
  g_task_run_in_thread (task, read_thread);
}
