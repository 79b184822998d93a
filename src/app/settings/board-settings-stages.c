/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "board-settings-private.h"

#include "change.h"
#include "reorder.h"
#include "words.h"

#include <glib/gi18n.h>

/* The stages of a board in order; a row opens everything about its stage. */

static char *
describe (BatonBoardSettings *self, BatonItem *stage)
{
  GString *text = g_string_new (baton_words_stage_kind (baton_item_text (stage, BATON_STAGE_KIND)));
  guint cards = baton_board_count (self->board, baton_item_id (stage));
  int limit = (int) baton_item_int (stage, BATON_STAGE_WIP_LIMIT);
  const char *role = baton_item_text (stage, BATON_STAGE_ROLE);

  if (role != NULL)
    g_string_append_printf (text, " · %s", role);
  g_string_append (text, " · ");
  g_string_append_printf (text, ngettext ("%u card", "%u cards", cards), cards);
  if (limit > 0)
    {
      g_string_append (text, " · ");
      g_string_append_printf (text, _ ("at most %d"), limit);
    }
  if (baton_item_int (stage, BATON_STAGE_ARCHIVED) != 0)
    g_string_append_printf (text, " · %s", _ ("in the archive"));
  return g_string_free (text, FALSE);
}

static void
follow_cb (BatonItem *stage, GtkWidget *row)
{
  BatonBoardSettings *self = g_object_get_data (G_OBJECT (row), "settings");
  g_autofree char *subtitle = describe (self, stage);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), baton_item_text (stage, BATON_STAGE_NAME));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  if (baton_item_int (stage, BATON_STAGE_ARCHIVED) != 0)
    gtk_widget_add_css_class (row, "archived");
  else
    gtk_widget_remove_css_class (row, "archived");
}

static GtkWidget *
create_row (gpointer item, gpointer data)
{
  BatonBoardSettings *self = data;
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *handle = baton_reorder_handle_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 2);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 2);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), handle);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name ("go-next-symbolic"));
  g_object_set_data (G_OBJECT (row), "settings", self);
  baton_reorder_install (row, handle, self->workspace, item);
  g_signal_connect_object (item, "changed", G_CALLBACK (follow_cb), row, 0);
  follow_cb (item, row);
  return row;
}

static void
row_activated_cb (GtkListBox *list, GtkListBoxRow *row, BatonBoardSettings *self)
{
  baton_board_settings_show_stage (self, baton_reorder_item (GTK_WIDGET (row)));
}

GtkWidget *
baton_board_settings_stages_new (BatonBoardSettings *self)
{
  const BatonListWords words = { _ ("Stages"), _ ("New stage"), _ ("This board has no stages."), FALSE,
    create_row, self };
  GtkWidget *editor =
      baton_list_editor_new (self->workspace, BATON_ENTITY_STAGE, baton_board_id (self->board), &words);

  g_signal_connect_object (baton_list_editor_list (BATON_LIST_EDITOR (editor)), "row-activated",
      G_CALLBACK (row_activated_cb), self, 0);
  return baton_board_settings_page (editor, NULL,
      _ ("Cards travel through the stages in this order. Open one for its limits and its definition of done; "
         "drag it "
         "or press Alt+Up and Alt+Down to move it."));
}
