/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "start-page.h"

#include "import-dialog.h"
#include "template-row.h"
#include "templates.h"
#include "window.h"

#include <glib/gi18n.h>

struct _BatonStartPage
{
  AdwBin parent_instance;

  /* Template */
  GtkStack *stack;
  GtkListBox *choices;
  GtkWidget *sample_row;
  GtkWidget *template_row;
  GtkWidget *import_row;
  GtkWidget *join_row;
  GtkWidget *open_row;
  AdwPreferencesGroup *recent_group;
  GtkListBox *templates;
  AdwActionRow *folder_row;

  GPtrArray *recent_rows; /* borrowed GtkWidget */
  char *folder;           /* where a new workspace is made */
};

G_DEFINE_FINAL_TYPE (BatonStartPage, baton_start_page, ADW_TYPE_BIN)

static BatonWindow *
window_of (BatonStartPage *self)
{
  return BATON_WINDOW (gtk_widget_get_root (GTK_WIDGET (self)));
}

static BatonApplication *
application_of (BatonStartPage *self)
{
  return BATON_APPLICATION (gtk_window_get_application (GTK_WINDOW (window_of (self))));
}

/* Where the workspace is open already, it is used there: one folder has one writer. */
static BatonWindow *
find_open (BatonStartPage *self, const char *folder)
{
  GList *windows = gtk_application_get_windows (GTK_APPLICATION (application_of (self)));

  for (GList *l = windows; l != NULL; l = l->next)
    {
      BatonWorkspace *workspace = BATON_IS_WINDOW (l->data) ? baton_window_workspace (l->data) : NULL;

      if (workspace != NULL && g_str_equal (baton_workspace_folder (workspace), folder))
        return l->data;
    }
  return NULL;
}

static void
open_then (
    BatonStartPage *self, const char *folder, BatonWindowThen then, gpointer data, GDestroyNotify free_data)
{
  BatonWindow *window = find_open (self, folder);

  if (window == NULL)
    {
      baton_window_open_folder_then (window_of (self), folder, BATON_STORE_CREATE, then, data, free_data);
      return;
    }
  gtk_window_present (GTK_WINDOW (window));
  then (window, data);
  if (free_data != NULL)
    free_data (data);
}

static void
show_folder (BatonStartPage *self)
{
  g_autofree char *shown = NULL;

  if (self->folder == NULL)
    self->folder = baton_application_default_folder ();
  shown = g_filename_display_name (self->folder);
  adw_action_row_set_subtitle (self->folder_row, shown);
}

static void
folder_chosen_cb (GtkNativeDialog *dialog, int response, BatonStartPage *self)
{
  g_autoptr (GFile) folder = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    {
      folder = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
      g_free (self->folder);
      self->folder = g_file_get_path (folder);
      show_folder (self);
    }
  g_object_unref (dialog);
}

static void
choose_folder_cb (BatonStartPage *self)
{
  GtkFileChooserNative *chooser = gtk_file_chooser_native_new (_ ("Folder for the new workspace"),
      GTK_WINDOW (window_of (self)), GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER, _ ("_Choose"), NULL);

  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  g_signal_connect_object (chooser, "response", G_CALLBACK (folder_chosen_cb), self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

static void
show_templates (BatonStartPage *self)
{
  show_folder (self);
  gtk_stack_set_visible_child_name (self->stack, "templates");
  gtk_widget_child_focus (GTK_WIDGET (self->templates), GTK_DIR_TAB_FORWARD);
}

static void
back_cb (BatonStartPage *self)
{
  gtk_stack_set_visible_child_name (self->stack, "choices");
  gtk_widget_grab_focus (self->template_row);
}

static gboolean
escape_cb (GtkWidget *widget, GVariant *args, gpointer data)
{
  BatonStartPage *self = BATON_START_PAGE (widget);

  if (g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "templates") != 0)
    return FALSE;
  back_cb (self);
  return TRUE;
}

/* The new board is on screen when its operation is through. */
static void
board_made_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (BatonWindow) window = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (BatonEffect) effect = baton_workspace_perform_finish (BATON_WORKSPACE (source), result, &error);

  if (effect == NULL)
    {
      baton_window_toast_error (window, error);
      return;
    }
  for (guint i = 0; i < effect->changes->len; i++)
    {
      const BatonChange *change = g_ptr_array_index (effect->changes, i);

      if (change->entity == BATON_ENTITY_BOARD && change->created)
        baton_window_open_board (window, change->id);
    }
}

static void
make_board (BatonWindow *window, gpointer data)
{
  baton_workspace_perform_async (baton_window_workspace (window), baton_template_make_board (data, NULL),
      board_made_cb, g_object_ref (window));
}

static void
template_activated_cb (BatonStartPage *self, GtkListBoxRow *row)
{
  g_autofree char *folder = g_canonicalize_filename (self->folder, NULL);

  open_then (self, folder, make_board, g_strdup (baton_template_row_id (GTK_WIDGET (row))), g_free);
}

static void
start_import (BatonWindow *window, gpointer data)
{
  baton_import_dialog_present (window, NULL);
}

static void
choice_activated_cb (BatonStartPage *self, GtkListBoxRow *list_row)
{
  GtkWidget *row = GTK_WIDGET (list_row);
  g_autofree char *folder = NULL;

  if (row == self->sample_row)
    {
      folder = baton_application_sample_folder ();
      baton_application_open_folder (application_of (self), folder, BATON_STORE_CREATE);
    }
  else if (row == self->template_row)
    show_templates (self);
  else if (row == self->import_row)
    {
      folder = baton_application_default_folder ();
      open_then (self, folder, start_import, NULL, NULL);
    }
  else if (row == self->join_row)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.join", "s", "");
  else
    gtk_widget_activate_action (GTK_WIDGET (self), "win.open-workspace", NULL);
}

static void
recent_activated_cb (AdwActionRow *row, BatonStartPage *self)
{
  baton_application_open_folder (
      application_of (self), g_object_get_data (G_OBJECT (row), "folder"), BATON_STORE_OPEN);
}

static void
add_recent (BatonStartPage *self, const char *folder)
{
  g_autofree char *sample = baton_application_sample_folder ();
  g_autofree char *name = g_path_get_basename (folder);
  g_autofree char *shown = g_filename_display_name (folder);
  g_autofree char *missing = NULL;
  GtkWidget *row = adw_action_row_new ();
  gboolean there = baton_store_exists (folder);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (
      ADW_PREFERENCES_ROW (row), g_str_equal (folder, sample) ? _ ("Sample campaign") : name);
  missing = g_strdup_printf (_ ("%s · not found"), shown);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), there ? shown : missing);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 2);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), there);
  gtk_widget_set_sensitive (row, there);
  g_object_set_data_full (G_OBJECT (row), "folder", g_strdup (folder), g_free);
  g_signal_connect_object (row, "activated", G_CALLBACK (recent_activated_cb), self, 0);
  adw_preferences_group_add (self->recent_group, row);
  g_ptr_array_add (self->recent_rows, row);
}

static void
update_recent (BatonStartPage *self)
{
  GApplication *application = g_application_get_default ();
  g_auto (GStrv) folders = NULL;

  for (guint i = 0; i < self->recent_rows->len; i++)
    adw_preferences_group_remove (self->recent_group, g_ptr_array_index (self->recent_rows, i));
  g_ptr_array_set_size (self->recent_rows, 0);
  if (BATON_IS_APPLICATION (application))
    folders = g_settings_get_strv (
        baton_application_settings (BATON_APPLICATION (application)), "recent-workspaces");
  for (guint i = 0; folders != NULL && folders[i] != NULL; i++)
    add_recent (self, folders[i]);
  gtk_widget_set_visible (GTK_WIDGET (self->recent_group), self->recent_rows->len > 0);
}

static void
baton_start_page_map (GtkWidget *widget)
{
  update_recent (BATON_START_PAGE (widget));
  GTK_WIDGET_CLASS (baton_start_page_parent_class)->map (widget);
}

static void
baton_start_page_finalize (GObject *object)
{
  BatonStartPage *self = BATON_START_PAGE (object);

  g_ptr_array_unref (self->recent_rows);
  g_free (self->folder);
  G_OBJECT_CLASS (baton_start_page_parent_class)->finalize (object);
}

static void
baton_start_page_class_init (BatonStartPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = baton_start_page_finalize;
  widget_class->map = baton_start_page_map;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/batonboard/Baton/start/start-page.ui");
  gtk_widget_class_bind_template_child (widget_class, BatonStartPage, stack);
  gtk_widget_class_bind_template_child (widget_class, BatonStartPage, choices);
  gtk_widget_class_bind_template_child (widget_class, BatonStartPage, sample_row);
  gtk_widget_class_bind_template_child (widget_class, BatonStartPage, template_row);
  gtk_widget_class_bind_template_child (widget_class, BatonStartPage, import_row);
  gtk_widget_class_bind_template_child (widget_class, BatonStartPage, join_row);
  gtk_widget_class_bind_template_child (widget_class, BatonStartPage, open_row);
  gtk_widget_class_bind_template_child (widget_class, BatonStartPage, recent_group);
  gtk_widget_class_bind_template_child (widget_class, BatonStartPage, templates);
  gtk_widget_class_bind_template_child (widget_class, BatonStartPage, folder_row);
  gtk_widget_class_bind_template_callback (widget_class, choice_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, template_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, choose_folder_cb);
  gtk_widget_class_bind_template_callback (widget_class, back_cb);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Escape, 0, escape_cb, NULL);
}

static void
baton_start_page_init (BatonStartPage *self)
{
  const char *const *ids = baton_template_list ();

  self->recent_rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  for (guint i = 0; ids[i] != NULL; i++)
    gtk_list_box_append (self->templates, baton_template_row_new (ids[i]));
}

BatonStartPage *
baton_start_page_new (void)
{
  return g_object_new (BATON_TYPE_START_PAGE, NULL);
}
