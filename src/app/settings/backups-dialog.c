/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "backups-dialog.h"

#include "backups-restore.h"
#include "change.h"
#include "when.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>

#define BATON_TYPE_BACKUPS_DIALOG (baton_backups_dialog_get_type ())
G_DECLARE_FINAL_TYPE (BatonBackupsDialog, baton_backups_dialog, BATON, BACKUPS_DIALOG, AdwWindow)

struct _BatonBackupsDialog
{
  AdwWindow parent_instance;

  /* Template */
  AdwActionRow *now_row;
  GtkSpinner *now_spinner;
  GtkWidget *now_button;
  AdwPreferencesGroup *list_group;
  GtkListBox *list;

  BatonWindow *window; /* borrowed: it is the transient parent */
  char *folder;
};

G_DEFINE_FINAL_TYPE (BatonBackupsDialog, baton_backups_dialog, ADW_TYPE_WINDOW)

/* The workspace of the window, if it is this folder's and could be opened. */
static BatonWorkspace *
workspace_of (BatonBackupsDialog *self)
{
  BatonWorkspace *workspace = baton_window_workspace (self->window);

  return workspace != NULL && g_str_equal (baton_workspace_folder (workspace), self->folder) ? workspace
                                                                                             : NULL;
}

static char *
describe_time (const char *path)
{
  gint64 at = baton_backup_time (path);

  return at != 0 ? baton_when_exact (at) : g_path_get_basename (path);
}

static char *
describe_size (const char *path)
{
  GStatBuf info;

  return g_stat (path, &info) == 0 ? g_format_size ((guint64) info.st_size) : g_strdup ("");
}

static void
restore_response_cb (AdwMessageDialog *dialog, const char *response, BatonBackupsDialog *self)
{
  const char *path = g_object_get_data (G_OBJECT (dialog), "path");

  if (!g_str_equal (response, "restore"))
    return;
  baton_backups_restore (self->window, self->folder, path);
  /* The question goes after this window does, so it must not hang from it. */
  gtk_window_set_transient_for (GTK_WINDOW (dialog), GTK_WINDOW (self->window));
  gtk_window_close (GTK_WINDOW (self));
}

static void
restore_clicked_cb (GtkButton *button, BatonBackupsDialog *self)
{
  const char *path = g_object_get_data (G_OBJECT (button), "path");
  g_autofree char *time = describe_time (path);
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (self), _ ("Restore this backup?"), NULL);
  AdwMessageDialog *message = ADW_MESSAGE_DIALOG (dialog);

  adw_message_dialog_format_body (message,
      _ ("The workspace becomes what it was on %s; what was done since then is not in it any "
         "more.\n\nNothing is "
         "erased: the present database is kept beside it as workspace-before-restore."),
      time);
  adw_message_dialog_add_responses (message, "cancel", _ ("_Cancel"), "restore", _ ("_Restore"), NULL);
  adw_message_dialog_set_response_appearance (message, "restore", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (message, "cancel");
  adw_message_dialog_set_close_response (message, "cancel");
  g_object_set_data_full (G_OBJECT (dialog), "path", g_strdup (path), g_free);
  g_signal_connect_object (dialog, "response", G_CALLBACK (restore_response_cb), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* A backup was checked when it was made; whether it still is well is looked at beside the work. */
static void
check (GTask *task, gpointer source, gpointer path, GCancellable *cancellable)
{
  GError *error = NULL;
  BatonReader *reader = baton_reader_open (path, &error);
  gboolean ok = reader != NULL && baton_quick_check (reader, &error);

  g_clear_pointer (&reader, baton_reader_close);
  if (ok)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
checked_cb (GObject *row, GAsyncResult *result, gpointer data)
{
  const char *path = g_task_get_task_data (G_TASK (result));
  gboolean ok = g_task_propagate_boolean (G_TASK (result), NULL);
  g_autofree char *size = describe_size (path);
  g_autofree char *subtitle = ok ? g_strdup_printf (_ ("%s · checked"), size)
                                 : g_strdup_printf (_ ("%s · damaged, cannot be used"), size);

  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_set_icon_name (ADW_ACTION_ROW (row), ok ? "emblem-ok-symbolic" : "dialog-warning-symbolic");
  gtk_widget_set_sensitive (g_object_get_data (row, "button"), ok);
}

static void
add_backup (BatonBackupsDialog *self, const char *path)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *button = gtk_button_new_with_label (_ ("Restore…"));
  g_autofree char *time = describe_time (path);
  g_autofree char *size = describe_size (path);
  g_autofree char *subtitle = g_strdup_printf (_ ("%s · checking…"), size);
  g_autofree char *label = g_strdup_printf (_ ("Restore the backup of %s"), time);
  g_autoptr (GTask) task = g_task_new (row, NULL, checked_cb, NULL);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), time);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_set_icon_name (ADW_ACTION_ROW (row), "content-loading-symbolic");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_sensitive (button, FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  g_object_set_data_full (G_OBJECT (button), "path", g_strdup (path), g_free);
  g_object_set_data_full (G_OBJECT (row), "button", g_object_ref (button), g_object_unref);
  g_signal_connect_object (button, "clicked", G_CALLBACK (restore_clicked_cb), self, 0);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), button);
  gtk_list_box_append (self->list, row);
  g_task_set_task_data (task, g_strdup (path), g_free);
  g_task_run_in_thread (task, check);
}

static void
fill (BatonBackupsDialog *self)
{
  g_autoptr (GPtrArray) paths = baton_backup_list (self->folder);
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (self->list, 0)) != NULL)
    gtk_list_box_remove (self->list, GTK_WIDGET (row));
  for (guint i = 0; i < paths->len; i++)
    add_backup (self, g_ptr_array_index (paths, i));
}

static void
backed_up_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (BatonBackupsDialog) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = baton_workspace_backup_finish (BATON_WORKSPACE (source), result, &error);

  gtk_spinner_stop (self->now_spinner);
  if (gtk_widget_get_root (self->now_button) == NULL)
    return;
  gtk_widget_set_sensitive (self->now_button, TRUE);
  if (path == NULL)
    {
      baton_change_tell (self->now_button, error->message);
      return;
    }
  fill (self);
  baton_change_toast (self->now_button, _ ("The backup is made and checked."));
}

static void
back_up_cb (BatonBackupsDialog *self)
{
  BatonWorkspace *workspace = workspace_of (self);

  if (workspace == NULL)
    return;
  gtk_widget_set_sensitive (self->now_button, FALSE);
  gtk_spinner_start (self->now_spinner);
  baton_workspace_backup_async (workspace, backed_up_cb, g_object_ref (self));
}

static void
describe_now (BatonBackupsDialog *self)
{
  BatonWorkspace *workspace = workspace_of (self);
  const char *reason = workspace != NULL
                           ? baton_workspace_read_only_reason (workspace)
                           : _ ("The workspace could not be opened, so nothing is copied from it.");

  if (reason == NULL)
    return;
  gtk_widget_set_sensitive (self->now_button, FALSE);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self->now_row), FALSE);
  adw_action_row_set_subtitle (self->now_row, reason);
}

static void
baton_backups_dialog_finalize (GObject *object)
{
  g_free (BATON_BACKUPS_DIALOG (object)->folder);
  G_OBJECT_CLASS (baton_backups_dialog_parent_class)->finalize (object);
}

static void
baton_backups_dialog_class_init (BatonBackupsDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = baton_backups_dialog_finalize;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/batonboard/Baton/settings/backups-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, BatonBackupsDialog, now_row);
  gtk_widget_class_bind_template_child (widget_class, BatonBackupsDialog, now_spinner);
  gtk_widget_class_bind_template_child (widget_class, BatonBackupsDialog, now_button);
  gtk_widget_class_bind_template_child (widget_class, BatonBackupsDialog, list_group);
  gtk_widget_class_bind_template_child (widget_class, BatonBackupsDialog, list);
  gtk_widget_class_bind_template_callback (widget_class, back_up_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
baton_backups_dialog_init (BatonBackupsDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
baton_backups_dialog_present (BatonWindow *window, const char *folder)
{
  BatonBackupsDialog *self;
  g_autofree char *shown = NULL;

  /* Before any workspace was chosen there is nothing to back up. */
  if (folder == NULL)
    return;
  self = g_object_new (BATON_TYPE_BACKUPS_DIALOG, "transient-for", window, "destroy-with-parent", TRUE, NULL);
  self->window = window;
  self->folder = g_canonicalize_filename (folder, NULL);
  shown = g_markup_escape_text (self->folder, -1);
  adw_preferences_group_set_description (self->list_group, shown);
  describe_now (self);
  fill (self);
  gtk_window_present (GTK_WINDOW (self));
}
