/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "board-settings-files.h"

#include "change.h"
#include "groups.h"
#include "inline-edit.h"

#include <glib/gi18n.h>

/* The board itself: name, description, archive, bin. */

typedef struct
{
  BatonBoardSettings *settings; /* borrowed; outlives the page */
  GtkTextView *text;
  GtkWidget *archive_row;
  GtkWidget *archive_button;
  GtkEventController *focus;
} BoardPage;

static char *
typed_description (BoardPage *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->text);
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  return gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
}

static const char *
present_description (BoardPage *self)
{
  const char *text = baton_item_text (self->settings->item, BATON_BOARD_DESCRIPTION);

  return text != NULL ? text : "";
}

static void
description_left_cb (GtkEventControllerFocus *focus, BoardPage *self)
{
  g_autofree char *typed = typed_description (self);
  BatonBoardSettings *settings = self->settings;

  if (settings->item == NULL || g_str_equal (typed, present_description (self)))
    return;
  baton_change (GTK_WIDGET (self->text), settings->workspace,
      baton_change_text (BATON_ENTITY_BOARD, baton_item_id (settings->item), BATON_BOARD_DESCRIPTION,
          *typed != '\0' ? typed : NULL),
      NULL);
}

static GtkWidget *
create_description (BoardPage *self)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *text = gtk_text_view_new ();

  self->text = GTK_TEXT_VIEW (text);
  gtk_text_view_set_wrap_mode (self->text, GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_accepts_tab (self->text, FALSE);
  gtk_text_view_set_top_margin (self->text, 12);
  gtk_text_view_set_bottom_margin (self->text, 12);
  gtk_text_view_set_left_margin (self->text, 12);
  gtk_text_view_set_right_margin (self->text, 12);
  gtk_accessible_update_property (
      GTK_ACCESSIBLE (text), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Description"), -1);
  self->focus = gtk_event_controller_focus_new ();
  g_signal_connect (self->focus, "leave", G_CALLBACK (description_left_cb), self);
  gtk_widget_add_controller (text, self->focus);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), text);
  gtk_scrolled_window_set_min_content_height (GTK_SCROLLED_WINDOW (scrolled), 120);
  gtk_widget_add_css_class (scrolled, "card");
  gtk_widget_add_css_class (scrolled, "description");
  gtk_widget_set_overflow (scrolled, GTK_OVERFLOW_HIDDEN);
  return scrolled;
}

static void
archive_clicked_cb (GtkButton *button, BoardPage *self)
{
  BatonItem *item = self->settings->item;
  gboolean archived = baton_item_int (item, BATON_BOARD_ARCHIVED) != 0;

  baton_change (GTK_WIDGET (button), self->settings->workspace,
      baton_change_row (
          BATON_ENTITY_BOARD, archived ? BATON_ACTION_UNARCHIVE : BATON_ACTION_ARCHIVE, baton_item_id (item)),
      NULL);
}

/* The window shows another board, or that there is none. */
static void
binned_cb (GtkWidget *widget, const GError *refusal)
{
  GtkRoot *root = gtk_widget_get_root (widget);
  BatonBoardSettings *self;
  BatonItem *other;
  g_autofree char *done = NULL;

  if (refusal != NULL || root == NULL)
    return;
  self = BATON_BOARD_SETTINGS (root);
  done = g_strdup_printf (_ ("“%s” is in the bin."), baton_item_text (self->item, BATON_BOARD_NAME));
  other = baton_column_peek (baton_workspace_list (self->workspace, BATON_ENTITY_BOARD, NULL), 0);
  if (other != NULL)
    baton_window_open_board (self->window, baton_item_id (other));
  else
    gtk_widget_activate_action (GTK_WIDGET (self->window), "win.reopen", NULL);
  baton_window_toast (self->window, done, TRUE);
  gtk_window_close (GTK_WINDOW (self));
}

static void
bin_response_cb (AdwMessageDialog *dialog, const char *response, BoardPage *self)
{
  if (g_str_equal (response, "bin"))
    baton_change (GTK_WIDGET (self->settings->stack), self->settings->workspace,
        baton_change_row (BATON_ENTITY_BOARD, BATON_ACTION_REMOVE, baton_item_id (self->settings->item)),
        binned_cb);
}

static void
bin_clicked_cb (GtkButton *button, BoardPage *self)
{
  BatonBoardSettings *settings = self->settings;
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (settings), NULL, NULL);
  g_autoptr (GPtrArray) cards = baton_board_live_cards (settings->board);
  AdwMessageDialog *message = ADW_MESSAGE_DIALOG (dialog);

  adw_message_dialog_format_heading (
      message, _ ("Put “%s” into the bin?"), baton_item_text (settings->item, BATON_BOARD_NAME));
  adw_message_dialog_format_body (message,
      ngettext ("Its %u card goes with it. Nothing is erased: Undo brings the board back as it is.",
          "Its %u cards go with it. Nothing is erased: Undo brings the board back as it is.", cards->len),
      cards->len);
  adw_message_dialog_add_responses (message, "cancel", _ ("_Cancel"), "bin", _ ("_Put into the bin"), NULL);
  adw_message_dialog_set_response_appearance (message, "bin", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (message, "bin");
  adw_message_dialog_set_close_response (message, "cancel");
  gtk_window_set_destroy_with_parent (GTK_WINDOW (dialog), TRUE);
  g_signal_connect (dialog, "response", G_CALLBACK (bin_response_cb), self);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
follow_cb (BatonItem *item, GtkWidget *page)
{
  BoardPage *self = g_object_get_data (G_OBJECT (page), "board-page");
  gboolean archived = baton_item_int (item, BATON_BOARD_ARCHIVED) != 0;

  if (!gtk_event_controller_focus_contains_focus (GTK_EVENT_CONTROLLER_FOCUS (self->focus)))
    gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->text), present_description (self), -1);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->archive_row),
      archived ? _ ("This board is in the archive.")
               : _ ("For a board whose work is over. It stays readable."));
  gtk_button_set_label (
      GTK_BUTTON (self->archive_button), archived ? _ ("Bring back") : C_ ("verb", "Archive"));
}

static GtkWidget *
add_button_row (AdwPreferencesGroup *group, const char *title, const char *subtitle, GtkWidget *button)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  adw_preferences_group_add (group, row);
  return row;
}

GtkWidget *
baton_board_settings_board_new (BatonBoardSettings *settings)
{
  BoardPage *self = g_new0 (BoardPage, 1);
  GtkWidget *page = adw_preferences_page_new ();
  GtkWidget *bin_button = gtk_button_new_with_label (_ ("Put into the bin…"));
  AdwPreferencesGroup *group = baton_add_group (page, NULL, NULL);

  self->settings = settings;
  g_object_set_data_full (G_OBJECT (page), "board-page", self, g_free);
  adw_preferences_group_add (
      group, baton_text_row_new (settings->workspace, settings->item, BATON_BOARD_NAME, _ ("Name"), TRUE));
  adw_preferences_group_add (baton_add_group (page, _ ("Description"), NULL), create_description (self));
  baton_board_settings_add_files (settings, ADW_PREFERENCES_PAGE (page));
  group = baton_add_group (page, NULL, NULL);
  self->archive_button = gtk_button_new ();
  g_signal_connect (self->archive_button, "clicked", G_CALLBACK (archive_clicked_cb), self);
  self->archive_row = add_button_row (group, C_ ("verb", "Archive"), "", self->archive_button);
  gtk_widget_add_css_class (bin_button, "destructive-action");
  g_signal_connect (bin_button, "clicked", G_CALLBACK (bin_clicked_cb), self);
  add_button_row (group, _ ("Bin"), _ ("The board and its cards leave the workspace."), bin_button);
  g_signal_connect_object (settings->item, "changed", G_CALLBACK (follow_cb), page, 0);
  follow_cb (settings->item, page);
  return page;
}
