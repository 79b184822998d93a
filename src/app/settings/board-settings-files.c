/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "board-settings-files.h"

#include "change.h"
#include "groups.h"
#include "inline-edit.h"
#include "keep-row.h"
#include "naming.h"
#include "sharing.h"
#include "watches.h"

#include <glib/gi18n.h>

typedef struct
{
  BatonBoardSettings *settings; /* borrowed; outlives the page */
  AdwPreferencesGroup *naming;
  AdwComboRow *stage; /* that a card goes to when a version arrives */
  GtkWidget *folder_row;
  GtkWidget *choose;
  GtkWidget *end;
  AdwPreferencesGroup *unmatched;
  GPtrArray *rows;      /* in it */
  GListModel *followed; /* the unmatched files of the present watch */
  gulong follow;
  gboolean filling;
} Files;

static const char *
board_id (Files *self)
{
  return baton_item_id (self->settings->item);
}

/* The naming convention with an example that follows what is typed. */

static void
show_example (Files *self, const char *template)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BatonNaming) naming = NULL;
  g_autofree char *name = NULL;
  g_autofree char *words = NULL;

  if (template == NULL || *template == '\0')
    {
      adw_preferences_group_set_description (
          self->naming, _ ("For example {campaign}_{channel}_{asset}_v{version}. Without one, files are "
                           "called after the asset and "
                           "the version."));
      return;
    }
  naming = baton_naming_new (template, &error);
  name = naming != NULL ? baton_naming_example (naming) : NULL;
  words = name != NULL ? g_strdup_printf (_ ("Files are called “%s.png”."), name) : g_strdup (error->message);
  adw_preferences_group_set_description (self->naming, words);
}

static void
typed_cb (GtkEditable *editable, Files *self)
{
  show_example (self, gtk_editable_get_text (editable));
}

/* Where a card goes by itself. */

static BatonColumn *
stages (Files *self)
{
  return baton_workspace_list (self->settings->workspace, BATON_ENTITY_STAGE, board_id (self));
}

static void
fill_stages (Files *self)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  const char *chosen = baton_item_text (self->settings->item, BATON_BOARD_ON_VERSION);
  guint position = 0;

  gtk_string_list_append (names, _ ("Nowhere"));
  for (guint i = 0; i < baton_column_size (stages (self)); i++)
    {
      BatonItem *stage = baton_column_peek (stages (self), i);

      gtk_string_list_append (names, baton_item_text (stage, BATON_STAGE_NAME));
      if (g_strcmp0 (chosen, baton_item_id (stage)) == 0)
        position = i + 1;
    }
  self->filling = TRUE;
  adw_combo_row_set_model (self->stage, G_LIST_MODEL (names));
  adw_combo_row_set_selected (self->stage, position);
  self->filling = FALSE;
}

static void
stage_cb (AdwComboRow *row, GParamSpec *pspec, Files *self)
{
  guint position = adw_combo_row_get_selected (row);
  BatonItem *stage = position > 0 ? baton_column_peek (stages (self), position - 1) : NULL;
  const char *id = stage != NULL ? baton_item_id (stage) : NULL;

  if (self->filling || g_strcmp0 (id, baton_item_text (self->settings->item, BATON_BOARD_ON_VERSION)) == 0)
    return;
  baton_change (GTK_WIDGET (row), self->settings->workspace,
      baton_change_text (BATON_ENTITY_BOARD, board_id (self), BATON_BOARD_ON_VERSION, id), NULL);
}

/* The watched folder. */

static void
fill_unmatched (Files *self)
{
  guint n = self->followed != NULL ? g_list_model_get_n_items (self->followed) : 0;

  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (self->unmatched, g_ptr_array_index (self->rows, i));
  g_ptr_array_set_size (self->rows, 0);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (BatonUnmatched) file = g_list_model_get_item (self->followed, i);
      GtkWidget *row = adw_action_row_new ();
      g_autofree char *name = g_filename_display_basename (baton_unmatched_path (file));

      adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), name);
      adw_action_row_set_subtitle (ADW_ACTION_ROW (row), baton_unmatched_reason (file));
      adw_preferences_group_add (self->unmatched, row);
      g_ptr_array_add (self->rows, row);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->unmatched), n > 0);
}

static void
unfollow (Files *self)
{
  if (self->followed != NULL)
    g_signal_handler_disconnect (self->followed, self->follow);
  g_clear_object (&self->followed);
}

static void
show_watch (Files *self)
{
  BatonWatch *watch = baton_watches_get (self->settings->workspace, board_id (self));

  unfollow (self);
  if (watch != NULL)
    {
      self->followed = g_object_ref (baton_watch_unmatched (watch));
      self->follow =
          g_signal_connect_swapped (self->followed, "items-changed", G_CALLBACK (fill_unmatched), self);
    }
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->folder_row),
      watch != NULL ? baton_watch_folder (watch)
                    : _ ("A file that lands there becomes the next version of the card that its name says."));
  gtk_widget_set_visible (self->end, watch != NULL);
  fill_unmatched (self);
}

static void
set_folder (Files *self, const char *folder)
{
  g_autoptr (GError) error = NULL;

  if (!baton_watches_set (self->settings->workspace, board_id (self), folder, &error))
    baton_change_tell (self->choose, error->message);
  show_watch (self);
}

static void
folder_cb (GtkNativeDialog *dialog, int response, GtkWidget *row)
{
  Files *self = g_object_get_data (G_OBJECT (row), "files");
  g_autoptr (GFile) file =
      response == GTK_RESPONSE_ACCEPT ? gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog)) : NULL;
  g_autofree char *path = file != NULL ? g_file_get_path (file) : NULL;

  if (path != NULL)
    set_folder (self, path);
  g_object_unref (dialog);
}

static void
choose_cb (GtkButton *button, Files *self)
{
  GtkFileChooserNative *chooser = gtk_file_chooser_native_new (_ ("The folder to watch"),
      GTK_WINDOW (self->settings), GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER, _ ("_Watch"), _ ("_Cancel"));

  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  g_signal_connect_object (chooser, "response", G_CALLBACK (folder_cb), self->folder_row, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

static void
end_cb (GtkButton *button, Files *self)
{
  set_folder (self, NULL);
}

static void
files_free (gpointer data)
{
  Files *self = data;

  unfollow (self);
  g_ptr_array_unref (self->rows);
  g_free (self);
}

static GtkWidget *
suffix (GtkWidget *row, const char *label, GCallback clicked, Files *self)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_signal_connect (button, "clicked", clicked, self);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  return button;
}

/* Which files are on this computer, of a workspace that has a server. */
static void
add_kept (Files *self, AdwPreferencesPage *page)
{
  BatonWorkspace *workspace = self->settings->workspace;
  g_auto (BatonSharingPlace) place = { 0 };
  AdwPreferencesGroup *group;

  if (!baton_sharing_read_place (baton_workspace_reader (workspace), &place))
    return;
  group = baton_add_group (GTK_WIDGET (page), _ ("On this computer"),
      _ ("What counts on cards that are not done is always here, up to 32 MiB each. Everything else "
         "comes when you look at it."));
  adw_preferences_group_add (
      group, baton_keep_row_new (workspace, board_id (self), _ ("Keep everything here")));
}

void
baton_board_settings_add_files (BatonBoardSettings *settings, AdwPreferencesPage *page)
{
  Files *self = g_new0 (Files, 1);
  GtkWidget *entry = baton_text_row_new (
      settings->workspace, settings->item, BATON_BOARD_NAMING, _ ("Names of files"), FALSE);
  AdwPreferencesGroup *group;

  self->settings = settings;
  self->rows = g_ptr_array_new ();
  g_object_set_data_full (G_OBJECT (page), "files", self, files_free);
  self->naming = baton_add_group (GTK_WIDGET (page), _ ("Files"), NULL);
  adw_preferences_group_add (self->naming, entry);
  g_signal_connect (entry, "changed", G_CALLBACK (typed_cb), self);
  show_example (self, baton_item_text (settings->item, BATON_BOARD_NAMING));
  group = baton_add_group (GTK_WIDGET (page), _ ("When files arrive"), NULL);
  self->stage = ADW_COMBO_ROW (adw_combo_row_new ());
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->stage), _ ("A new version moves its card to"));
  fill_stages (self);
  g_signal_connect (self->stage, "notify::selected", G_CALLBACK (stage_cb), self);
  adw_preferences_group_add (group, GTK_WIDGET (self->stage));
  self->folder_row = adw_action_row_new ();
  g_object_set_data (G_OBJECT (self->folder_row), "files", self);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->folder_row), _ ("Watched folder"));
  self->end = suffix (self->folder_row, _ ("End"), G_CALLBACK (end_cb), self);
  self->choose = suffix (self->folder_row, _ ("Choose…"), G_CALLBACK (choose_cb), self);
  adw_preferences_group_add (group, self->folder_row);
  add_kept (self, page);
  self->unmatched = baton_add_group (GTK_WIDGET (page), _ ("Files that fit no card"),
      _ ("They stay where they are. Rename them, and they are looked at again."));
  show_watch (self);
}
