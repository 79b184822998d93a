/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "window-private.h"

#include "backups-dialog.h"
#include "board-settings.h"
#include "export-dialog.h"
#include "import-dialog.h"
#include "new-board-dialog.h"
#include "preferences.h"
#include "review-page.h"
#include "shelf-dialog.h"
#include "permits.h"
#include "toasts.h"

#include <glib/gi18n.h>

/* Words of the history as a sentence of their own. */
static char *
sentence (BatonWorkspace *workspace, const char *what)
{
  /* Translators: what was undone, “moved “Hero image” to “In review””. Put {who}, a person's name, before it
   * if your language needs a subject there. */
  GString *words = g_string_new (C_ ("undone", "{what}"));
  const char *me = baton_workspace_me (workspace);
  const char *who = me != NULL ? baton_workspace_name_of (workspace, BATON_ENTITY_PERSON, me, "") : "";

  g_string_replace (words, *who != '\0' ? "{who}" : "{who} ", who, 1);
  g_string_replace (words, "{what}", what, 1);
  return g_string_free (words, FALSE);
}

static void
undone_cb (GObject *source, GAsyncResult *result, gpointer data, const char *format, const char *nothing)
{
  g_autoptr (BatonWindow) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *what = baton_workspace_undo_finish (BATON_WORKSPACE (source), result, &error);
  g_autofree char *words = what != NULL ? sentence (BATON_WORKSPACE (source), what) : NULL;
  g_autofree char *message = NULL;

  if (error != NULL)
    {
      baton_window_toast_error (self, error);
      return;
    }
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  message = words != NULL ? g_strdup_printf (format, words) : g_strdup (nothing);
#pragma GCC diagnostic pop
  baton_window_toast (self, message, FALSE);
}

static void
undo_done_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  undone_cb (source, result, data, _ ("Undone: %s"), _ ("There is nothing to undo."));
}

static void
redo_done_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  undone_cb (source, result, data, _ ("Done again: %s"), _ ("There is nothing to redo."));
}

/* While somebody types, undo and redo are about the typing. */
static gboolean
undo_typing (BatonWindow *self, const char *action)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self));

  return (GTK_IS_TEXT_VIEW (focus) || GTK_IS_TEXT (focus)) &&
         gtk_widget_activate_action (focus, action, NULL);
}

static void
undo_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  BatonWindow *self = BATON_WINDOW (widget);

  if (undo_typing (self, "text.undo"))
    return;
  if (self->undo_toast != NULL)
    baton_toasts_dismiss (self->undo_toast);
  baton_workspace_undo_async (self->workspace, FALSE, undo_done_cb, g_object_ref (self));
}

static void
redo_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  BatonWindow *self = BATON_WINDOW (widget);

  if (undo_typing (self, "text.redo"))
    return;
  baton_workspace_undo_async (self->workspace, TRUE, redo_done_cb, g_object_ref (self));
}

static void
open_board_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  baton_window_open_board (BATON_WINDOW (widget), g_variant_get_string (parameter, NULL));
}

static void
open_card_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  baton_window_open_card (BATON_WINDOW (widget), g_variant_get_string (parameter, NULL));
}

static void
review_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  const char *review = g_variant_get_string (parameter, NULL);

  baton_review_page_show_review (BATON_WINDOW (widget), *review != '\0' ? review : NULL);
}

static void
review_excuse_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  baton_review_page_excuse (BATON_WINDOW (widget), g_variant_get_string (parameter, NULL));
}

static void
review_asset_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  baton_review_page_show_asset (BATON_WINDOW (widget), g_variant_get_string (parameter, NULL));
}

static void
close_card_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  baton_window_show_card_pane (BATON_WINDOW (widget), FALSE);
}

static void
enter_card_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  BatonWindow *self = BATON_WINDOW (widget);

  if (adw_flap_get_reveal_flap (self->card_flap))
    gtk_widget_grab_focus (GTK_WIDGET (self->card_pane));
}

/* To and fro between the board and the card beside it. */
static void
other_pane_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  BatonWindow *self = BATON_WINDOW (widget);

  if (gtk_widget_get_focus_child (GTK_WIDGET (self->card_box)) != NULL && g_str_equal (self->view, "board"))
    baton_board_view_focus (self->board_view);
  else
    enter_card_cb (widget, action, parameter);
}

static void
search_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  baton_window_show_view (BATON_WINDOW (widget), "board");
  baton_board_view_start_search (BATON_WINDOW (widget)->board_view);
}

static void
new_card_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  baton_window_show_view (BATON_WINDOW (widget), "board");
  baton_board_view_new_card (BATON_WINDOW (widget)->board_view);
}

static void
sidebar_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  BatonWindow *self = BATON_WINDOW (widget);
  gboolean shown = !adw_flap_get_reveal_flap (self->sidebar_flap);

  adw_flap_set_reveal_flap (self->sidebar_flap, shown);
  /* Sliding over a narrow window, it comes and goes without being remembered. */
  if (!adw_flap_get_folded (self->sidebar_flap))
    g_settings_set_boolean (baton_window_settings (self), "sidebar-visible", shown);
}

static void
new_board_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  baton_new_board_dialog_present (BATON_WINDOW (widget), NULL);
}

static void
board_settings_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  baton_board_settings_present (BATON_WINDOW (widget));
}

static void
shelf_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  baton_shelf_dialog_present (BATON_WINDOW (widget));
}

static void
import_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  baton_import_dialog_present (BATON_WINDOW (widget), NULL);
}

static void
export_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  baton_export_dialog_present (BATON_WINDOW (widget));
}

static void
backups_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  BatonWindow *self = BATON_WINDOW (widget);

  baton_backups_dialog_present (self, self->folder);
}

static void
preferences_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  baton_preferences_present (BATON_WINDOW (widget));
}

static void
reopen_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  BatonWindow *self = BATON_WINDOW (widget);
  g_autofree char *folder = g_strdup (self->folder);

  baton_window_open_folder (self, folder, BATON_STORE_OPEN);
}

static void
open_read_only_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  BatonWindow *self = BATON_WINDOW (widget);
  g_autofree char *folder = g_strdup (self->folder);

  baton_window_open_folder (self, folder, BATON_STORE_READ_ONLY);
}

static void
folder_chosen_cb (GtkNativeDialog *dialog, int response, BatonWindow *self)
{
  g_autoptr (GFile) folder = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    {
      folder = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
      baton_application_open_folder (BATON_APPLICATION (gtk_window_get_application (GTK_WINDOW (self))),
          g_file_peek_path (folder), BATON_STORE_OPEN);
    }
  g_object_unref (dialog);
}

static void
open_workspace_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  GtkFileChooserNative *chooser = gtk_file_chooser_native_new (
      _ ("Open a workspace"), GTK_WINDOW (widget), GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER, _ ("_Open"), NULL);

  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  g_signal_connect_object (chooser, "response", G_CALLBACK (folder_chosen_cb), widget, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

void
baton_window_install_actions (GtkWidgetClass *klass)
{
  gtk_widget_class_install_action (klass, "win.undo", NULL, undo_cb);
  gtk_widget_class_install_action (klass, "win.redo", NULL, redo_cb);
  gtk_widget_class_install_property_action (klass, "win.view", "view");
  gtk_widget_class_install_action (klass, "win.open-board", "s", open_board_cb);
  gtk_widget_class_install_action (klass, "win.open-card", "s", open_card_cb);
  gtk_widget_class_install_action (klass, "win.review", "s", review_cb);
  gtk_widget_class_install_action (klass, "win.review-asset", "s", review_asset_cb);
  gtk_widget_class_install_action (klass, "win.review-excuse", "s", review_excuse_cb);
  gtk_widget_class_install_action (klass, "win.close-card", NULL, close_card_cb);
  gtk_widget_class_install_action (klass, "win.enter-card", NULL, enter_card_cb);
  gtk_widget_class_install_action (klass, "win.other-pane", NULL, other_pane_cb);
  gtk_widget_class_install_action (klass, "win.search", NULL, search_cb);
  gtk_widget_class_install_action (klass, "win.new-card", NULL, new_card_cb);
  gtk_widget_class_install_action (klass, "win.sidebar", NULL, sidebar_cb);
  gtk_widget_class_install_action (klass, "win.new-board", NULL, new_board_cb);
  gtk_widget_class_install_action (klass, "win.board-settings", NULL, board_settings_cb);
  gtk_widget_class_install_action (klass, "win.shelf", NULL, shelf_cb);
  gtk_widget_class_install_action (klass, "win.import", NULL, import_cb);
  gtk_widget_class_install_action (klass, "win.export", NULL, export_cb);
  gtk_widget_class_install_action (klass, "win.backups", NULL, backups_cb);
  gtk_widget_class_install_action (klass, "win.preferences", NULL, preferences_cb);
  gtk_widget_class_install_action (klass, "win.reopen", NULL, reopen_cb);
  gtk_widget_class_install_action (klass, "win.open-read-only", NULL, open_read_only_cb);
  gtk_widget_class_install_action (klass, "win.open-workspace", NULL, open_workspace_cb);
  baton_window_install_share_actions (klass);
}

/* What cannot be done now, or not by this person, is not offered. */
void
baton_window_update_actions (BatonWindow *self)
{
  /* A key for a new card is answered in any case: the board says why there is none. */
  static const char *const of_board[] = { "win.search", "win.shelf", "win.new-card" };
  static const struct
  {
    const char *action;
    BatonVerb verb;
    gboolean board; /* needs one */
  } changing[] = {
    { "win.undo", BATON_VERB_UNDO, FALSE }, { "win.redo", BATON_VERB_REDO, FALSE },
    { "win.new-board", BATON_VERB_BOARD_ADD, FALSE },
    { "win.board-settings", BATON_VERB_LABEL_ADD, TRUE }, /* the least that can be changed there */
  };
  GtkWidget *widget = GTK_WIDGET (self);
  gboolean open = self->workspace != NULL, board = self->board != NULL;

  gtk_widget_action_set_enabled (widget, "win.export", open);
  for (guint i = 0; i < G_N_ELEMENTS (of_board); i++)
    gtk_widget_action_set_enabled (widget, of_board[i], board);
  for (guint i = 0; i < G_N_ELEMENTS (changing); i++)
    gtk_widget_action_set_enabled (widget, changing[i].action,
        open && (board || !changing[i].board) &&
            baton_workspace_why_not (self->workspace, changing[i].verb) == NULL);
  gtk_widget_action_set_enabled (widget, "win.import",
      open && baton_workspace_why_not_right (self->workspace, BATON_RIGHT_IMPORT) == NULL);
  gtk_widget_set_sensitive (GTK_WIDGET (self->new_button),
      open && baton_workspace_why_not (self->workspace, BATON_VERB_CARD_ADD) == NULL);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->new_button),
      open && baton_workspace_why_not (self->workspace, BATON_VERB_CARD_ADD) != NULL
          ? baton_workspace_why_not (self->workspace, BATON_VERB_CARD_ADD)
          : _ ("New card (N)"));
  baton_window_update_share_actions (self);
}
