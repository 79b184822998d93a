/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "backups-restore.h"

#include "window-private.h"

#include <glib/gi18n.h>

typedef struct
{
  BatonWindow *window;
  char *folder;
  char *backup;
  char *kept;
  GError *error;
} Restoring;

static void
restoring_free (gpointer data)
{
  Restoring *restoring = data;

  g_object_unref (restoring->window);
  g_free (restoring->folder);
  g_free (restoring->backup);
  g_free (restoring->kept);
  g_clear_error (&restoring->error);
  g_free (restoring);
}

static void
work (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Restoring *restoring = data;

  baton_backup_restore (
      restoring->folder, restoring->backup, g_get_real_time (), &restoring->kept, &restoring->error);
  g_task_return_boolean (task, restoring->error == NULL);
}

static void
reopened (BatonWindow *window, gpointer data)
{
  Restoring *restoring = data;
  g_autofree char *name = restoring->kept != NULL ? g_path_get_basename (restoring->kept) : NULL;
  g_autofree char *message =
      name != NULL ? g_strdup_printf (_ ("The backup is restored. What was there is kept as %s."), name)
                   : NULL;

  if (message != NULL)
    baton_window_toast (window, message, FALSE);
}

/* Whether it worked or not, the folder is opened again: a refused restore has changed nothing. */
static void
done_cb (GObject *source, GAsyncResult *result, gpointer unused)
{
  Restoring *restoring = g_task_get_task_data (G_TASK (result));
  Restoring *kept = g_new0 (Restoring, 1);

  kept->window = g_object_ref (restoring->window);
  kept->kept = g_strdup (restoring->kept);
  if (restoring->error != NULL)
    baton_window_toast_error (restoring->window, restoring->error);
  baton_window_open_folder_then (
      restoring->window, restoring->folder, BATON_STORE_OPEN, reopened, kept, restoring_free);
}

void
baton_backups_restore (BatonWindow *window, const char *folder, const char *backup)
{
  Restoring *restoring = g_new0 (Restoring, 1);
  g_autoptr (GTask) task = g_task_new (NULL, NULL, done_cb, NULL);

  restoring->window = g_object_ref (window);
  restoring->folder = g_strdup (folder);
  restoring->backup = g_strdup (backup);
  baton_window_let_go (window);
  adw_status_page_set_title (window->loading_page, _ ("Restoring…"));
  gtk_stack_set_visible_child_name (window->stack, "loading");
  g_task_set_task_data (task, restoring, restoring_free);
  g_task_run_in_thread (task, work);
}
