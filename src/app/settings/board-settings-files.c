/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "board-settings-private.h"

#include "change.h"
#include "inline-edit.h"
#include "naming.h"
#include "review-window.h"
#include "watches.h"

#include <glib/gi18n.h>

/* How a board names its files and reviews them, where cards go by themselves, and the folder that it watches.
 */

#define N_WAYS 3

typedef struct
{
  BatonBoardSettings *settings; /* borrowed; outlives the page */
  GtkWidget *example;
  AdwComboRow *ways[N_WAYS];
  GPtrArray *stages; /* ids, in the order of the combo rows; the first is none */
  GtkWidget *folder;
  GtkWidget *forget;
  gboolean showing;
} FilesPage;

static const struct
{
  BatonField field;
  const char *title;
} ways[N_WAYS] = {
  { BATON_BOARD_ON_VERSION, N_ ("When a new version arrives") },
  { BATON_BOARD_ON_APPROVED, N_ ("When a review approves") },
  { BATON_BOARD_ON_CHANGES, N_ ("When changes are requested") },
};

static void
files_page_free (gpointer data)
{
  FilesPage *self = data;

  g_ptr_array_unref (self->stages);
  g_free (self);
}

static AdwPreferencesGroup *
add_group (GtkWidget *page, const char *title, const char *description)
{
  GtkWidget *group = adw_preferences_group_new ();

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), title);
  if (description != NULL)
    adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (group), description);
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (group));
  return ADW_PREFERENCES_GROUP (group);
}

/* What a file would be called, or what is wrong with the template, while it is being typed. */
static void
show_example (FilesPage *self, const char *template)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BatonNaming) naming =
      baton_naming_new (template != NULL && *template != '\0' ? template : "{asset}_v{version}", &error);
  g_autofree char *name = naming != NULL ? baton_naming_example (naming) : NULL;
  g_autofree char *words = name != NULL ? g_strdup_printf (_ ("For example: %s.png"), name) : NULL;

  gtk_label_set_text (GTK_LABEL (self->example), words != NULL ? words : error->message);
  if (words != NULL)
    gtk_widget_remove_css_class (self->example, "error");
  else
    gtk_widget_add_css_class (self->example, "error");
}

static void
template_typed_cb (GtkEditable *row, FilesPage *self)
{
  show_example (self, gtk_editable_get_text (row));
}

static void
add_naming (FilesPage *self, GtkWidget *page)
{
  AdwPreferencesGroup *group = add_group (page, _ ("Naming convention"),
      _ ("Files that leave Baton get such a name, and names that come in are read by it. Parts: {board}, "
         "{campaign}, "
         "{channel}, {card}, {asset}, {type}, {version}, {date}, {status}, {author}."));
  GtkWidget *row = baton_text_row_new (
      self->settings->workspace, self->settings->item, BATON_BOARD_NAMING, _ ("Template"), FALSE);

  self->example = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->example), 0);
  gtk_label_set_wrap (GTK_LABEL (self->example), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (self->example), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_selectable (GTK_LABEL (self->example), TRUE);
  gtk_widget_set_margin_top (self->example, 6);
  gtk_widget_add_css_class (self->example, "caption");
  g_signal_connect (row, "changed", G_CALLBACK (template_typed_cb), self);
  adw_preferences_group_add (group, row);
  adw_preferences_group_add (group, self->example);
  show_example (self, baton_item_text (self->settings->item, BATON_BOARD_NAMING));
}

static void
add_reviews (FilesPage *self, GtkWidget *page)
{
  BatonWorkspace *workspace = self->settings->workspace;
  BatonItem *item = self->settings->item;
  AdwPreferencesGroup *group = add_group (page, _ ("Reviews"),
      _ ("How long reviewers have, and which hours count: all of them, where nothing is set."));

  adw_preferences_group_add (group, baton_number_row_new (workspace, item, BATON_BOARD_REVIEW_HOURS, 1,
                                        _ ("Hours for a review"), NULL, _ ("24 hours")));
  adw_preferences_group_add (group, baton_text_row_new (workspace, item, BATON_BOARD_WORKING_HOURS,
                                        _ ("Working hours, such as 1-5 09:00-17:00"), FALSE));
  adw_preferences_group_add (group, baton_text_row_new (workspace, item, BATON_BOARD_TIME_ZONE,
                                        _ ("Time zone, such as Europe/Berlin"), FALSE));
}

static void
show_way (FilesPage *self, guint i)
{
  const char *id = baton_item_text (self->settings->item, ways[i].field);
  guint selected = 0;

  for (guint j = 1; id != NULL && j < self->stages->len; j++)
    {
      if (g_str_equal (g_ptr_array_index (self->stages, j), id))
        selected = j;
    }
  self->showing = TRUE;
  adw_combo_row_set_selected (self->ways[i], selected);
  self->showing = FALSE;
}

static void
way_chosen_cb (AdwComboRow *row, GParamSpec *pspec, FilesPage *self)
{
  guint selected = adw_combo_row_get_selected (row);
  guint i = 0;
  const char *id;

  while (i < N_WAYS - 1 && self->ways[i] != row)
    i++;
  if (self->showing || selected >= self->stages->len)
    return;
  id = g_ptr_array_index (self->stages, selected);
  if (g_strcmp0 (*id != '\0' ? id : NULL, baton_item_text (self->settings->item, ways[i].field)) == 0)
    return;
  baton_change (GTK_WIDGET (row), self->settings->workspace,
      baton_change_text (
          BATON_ENTITY_BOARD, baton_item_id (self->settings->item), ways[i].field, *id != '\0' ? id : NULL),
      NULL);
}

static void
add_ways (FilesPage *self, GtkWidget *page)
{
  AdwPreferencesGroup *group = add_group (page, _ ("Cards that move by themselves"),
      _ ("The move belongs to what the person did; one undo takes both back. A full stage keeps the card "
         "where it is."));
  BatonColumn *stages = baton_workspace_list (
      self->settings->workspace, BATON_ENTITY_STAGE, baton_board_id (self->settings->board));
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  gtk_string_list_append (names, _ ("Stays where it is"));
  g_ptr_array_add (self->stages, g_strdup (""));
  for (guint i = 0; i < baton_column_size (stages); i++)
    {
      BatonItem *stage = baton_column_peek (stages, i);

      gtk_string_list_append (names, baton_item_text (stage, BATON_STAGE_NAME));
      g_ptr_array_add (self->stages, g_strdup (baton_item_id (stage)));
    }
  for (guint i = 0; i < N_WAYS; i++)
    {
      self->ways[i] = ADW_COMBO_ROW (adw_combo_row_new ());
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->ways[i]), _ (ways[i].title));
      self->showing = TRUE;
      adw_combo_row_set_model (self->ways[i], G_LIST_MODEL (names));
      self->showing = FALSE;
      show_way (self, i);
      g_signal_connect (self->ways[i], "notify::selected", G_CALLBACK (way_chosen_cb), self);
      adw_preferences_group_add (group, GTK_WIDGET (self->ways[i]));
    }
}

/* What each asset type is looked at for. */
static void
add_checks (FilesPage *self, GtkWidget *page)
{
  BatonColumn *types = baton_workspace_list (
      self->settings->workspace, BATON_ENTITY_ASSET_TYPE, baton_board_id (self->settings->board));
  const BatonListWords words = { _ ("Review list"), _ ("New line"),
    _ ("Nothing is asked. Write what a reviewer should look at."), FALSE, NULL, NULL };

  for (guint i = 0; i < baton_column_size (types); i++)
    {
      BatonItem *type = baton_column_peek (types, i);
      g_autofree char *title =
          g_strdup_printf (_ ("Review list: %s"), baton_item_text (type, BATON_ASSET_TYPE_NAME));

      adw_preferences_group_add (
          add_group (page, title, NULL), baton_list_editor_new (self->settings->workspace,
                                             BATON_ENTITY_REVIEW_CHECK, baton_item_id (type), &words));
    }
}

static void
show_folder (FilesPage *self)
{
  g_autofree char *folder =
      baton_watch_folder_of (self->settings->workspace, baton_board_id (self->settings->board));
  guint waiting =
      baton_watches_count_unmatched (self->settings->window, baton_board_id (self->settings->board));
  g_autofree char *escaped = folder != NULL ? g_markup_escape_text (folder, -1) : NULL;
  g_autofree char *words = NULL;

  if (folder != NULL && waiting > 0)
    words = g_strdup_printf (
        ngettext ("%s – %u file fits no card", "%s – %u files fit no card", waiting), escaped, waiting);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->folder), words != NULL     ? words
                                                              : escaped != NULL ? escaped
                                                                                : _ ("None"));
  gtk_widget_set_visible (self->forget, folder != NULL);
}

static void
set_folder (FilesPage *self, const char *folder)
{
  g_autoptr (GError) error = NULL;

  if (!baton_watch_set_folder_of (
          self->settings->workspace, baton_board_id (self->settings->board), folder, &error))
    baton_change_tell (self->folder, error->message);
  baton_watches_start (self->settings->window, self->settings->workspace);
  show_folder (self);
}

static void
folder_chosen_cb (GtkNativeDialog *dialog, int response, GtkWidget *page)
{
  FilesPage *self = g_object_get_data (G_OBJECT (page), "files-page");
  g_autoptr (GFile) file =
      response == GTK_RESPONSE_ACCEPT ? gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog)) : NULL;
  g_autofree char *path = file != NULL ? g_file_get_path (file) : NULL;

  if (path != NULL)
    set_folder (self, path);
  gtk_native_dialog_destroy (dialog);
}

static void
choose_clicked_cb (GtkButton *button, GtkWidget *page)
{
  g_autoptr (GtkFileChooserNative) dialog = gtk_file_chooser_native_new (_ ("Watch a folder"),
      GTK_WINDOW (gtk_widget_get_root (page)), GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER, _ ("_Watch"), NULL);

  g_signal_connect_object (dialog, "response", G_CALLBACK (folder_chosen_cb), page, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
  /* It lives until it is answered, or the page goes. */
  g_object_set_data_full (G_OBJECT (page), "folder-dialog", g_steal_pointer (&dialog), g_object_unref);
}

static void
forget_clicked_cb (GtkButton *button, FilesPage *self)
{
  set_folder (self, NULL);
}

static void
add_folder (FilesPage *self, GtkWidget *page)
{
  AdwPreferencesGroup *group = add_group (page, _ ("Watched folder"),
      _ ("A file that lands there and fits a card by its name becomes the card’s next version. Only on this "
         "device."));
  GtkWidget *choose = gtk_button_new_with_label (_ ("Choose…"));

  self->forget = gtk_button_new_from_icon_name ("edit-clear-symbolic");
  gtk_widget_set_tooltip_text (self->forget, _ ("Watch no folder"));
  self->folder = adw_action_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->folder), _ ("Folder"));
  gtk_widget_set_valign (choose, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (self->forget, GTK_ALIGN_CENTER);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self->folder), self->forget);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self->folder), choose);
  g_signal_connect (choose, "clicked", G_CALLBACK (choose_clicked_cb), page);
  g_signal_connect (self->forget, "clicked", G_CALLBACK (forget_clicked_cb), self);
  adw_preferences_group_add (group, self->folder);
  show_folder (self);
}

static void
follow_cb (BatonItem *item, GtkWidget *page)
{
  FilesPage *self = g_object_get_data (G_OBJECT (page), "files-page");

  for (guint i = 0; i < N_WAYS; i++)
    show_way (self, i);
}

GtkWidget *
baton_board_settings_files_new (BatonBoardSettings *settings)
{
  FilesPage *self = g_new0 (FilesPage, 1);
  GtkWidget *page = adw_preferences_page_new ();

  self->settings = settings;
  self->stages = g_ptr_array_new_with_free_func (g_free);
  g_object_set_data_full (G_OBJECT (page), "files-page", self, files_page_free);
  add_naming (self, page);
  add_ways (self, page);
  add_reviews (self, page);
  add_folder (self, page);
  add_checks (self, page);
  g_signal_connect_object (settings->item, "changed", G_CALLBACK (follow_cb), page, 0);
  return page;
}
