/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "board-settings-private.h"

#include "change.h"
#include "groups.h"
#include "inline-edit.h"
#include "review-window.h"

#include <glib/gi18n.h>

/* How this board reviews: the window, where cards go by themselves, and the criteria of each asset type. */

/* A list of stages with "nowhere" at its head that sets one field of the board. */
typedef struct
{
  BatonBoardSettings *settings;
  BatonField field;
  GPtrArray *stages; /* ids; the first is NULL */
  gboolean showing;
} StageChoice;

static void
stage_choice_free (gpointer data)
{
  StageChoice *choice = data;

  g_ptr_array_unref (choice->stages);
  g_free (choice);
}

static void
chosen_cb (AdwComboRow *row, GParamSpec *pspec, StageChoice *choice)
{
  guint selected = adw_combo_row_get_selected (row);
  const char *stage = selected < choice->stages->len ? g_ptr_array_index (choice->stages, selected) : NULL;

  if (choice->showing || g_strcmp0 (stage, baton_item_text (choice->settings->item, choice->field)) == 0)
    return;
  baton_change (GTK_WIDGET (row), choice->settings->workspace,
      baton_change_text (BATON_ENTITY_BOARD, baton_item_id (choice->settings->item), choice->field, stage),
      NULL);
}

static void
follow_cb (BatonItem *item, AdwComboRow *row)
{
  StageChoice *choice = g_object_get_data (G_OBJECT (row), "choice");
  const char *stage = baton_item_text (item, choice->field);

  choice->showing = TRUE;
  for (guint i = 0; i < choice->stages->len; i++)
    {
      if (g_strcmp0 (g_ptr_array_index (choice->stages, i), stage) == 0)
        adw_combo_row_set_selected (row, i);
    }
  choice->showing = FALSE;
}

static GtkWidget *
create_stage_row (BatonBoardSettings *settings, BatonField field, const char *title)
{
  GtkWidget *row = adw_combo_row_new ();
  StageChoice *choice = g_new0 (StageChoice, 1);
  BatonColumn *stages =
      baton_workspace_list (settings->workspace, BATON_ENTITY_STAGE, baton_board_id (settings->board));
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  choice->settings = settings;
  choice->field = field;
  choice->stages = g_ptr_array_new_with_free_func (g_free);
  gtk_string_list_append (names, _ ("stays where it is"));
  g_ptr_array_add (choice->stages, NULL);
  for (guint i = 0; i < baton_column_size (stages); i++)
    {
      BatonItem *stage = baton_column_peek (stages, i);

      gtk_string_list_append (names, baton_item_text (stage, BATON_STAGE_NAME));
      g_ptr_array_add (choice->stages, g_strdup (baton_item_id (stage)));
    }
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (names));
  g_object_set_data_full (G_OBJECT (row), "choice", choice, stage_choice_free);
  follow_cb (settings->item, ADW_COMBO_ROW (row));
  g_signal_connect (row, "notify::selected", G_CALLBACK (chosen_cb), choice);
  g_signal_connect_object (settings->item, "changed", G_CALLBACK (follow_cb), row, 0);
  return row;
}

/* What the hours mean now, or that they cannot be read. */
static void
explain_hours (BatonItem *item, AdwPreferencesGroup *group)
{
  const char *hours = baton_item_text (item, BATON_BOARD_WORKING_HOURS);

  adw_preferences_group_set_description (group, hours == NULL ? _ ("Windows count all hours, day and night.")
                                                : baton_working_hours_are_valid (hours)
                                                    ? _ ("Windows count working hours only.")
                                                    : _ ("These working hours cannot be read, so windows "
                                                         "count all hours. Write days and times as in “1-5 "
                                                         "09:00-17:00”; 1 is Monday."));
}

static void
add_window (BatonBoardSettings *settings, GtkWidget *page)
{
  AdwPreferencesGroup *group = baton_add_group (page, _ ("Window"), NULL);

  adw_preferences_group_add (
      group, baton_number_row_new (settings->workspace, settings->item, BATON_BOARD_REVIEW_HOURS, 1,
                 _ ("Hours for a review"), _ ("What a request begins with"), _ ("24")));
  adw_preferences_group_add (
      group, baton_text_row_new (settings->workspace, settings->item, BATON_BOARD_WORKING_HOURS,
                 _ ("Working hours, as in 1-5 09:00-17:00"), FALSE));
  adw_preferences_group_add (group, baton_text_row_new (settings->workspace, settings->item,
                                        BATON_BOARD_TIME_ZONE, _ ("Time zone, as in Europe/Vienna"), FALSE));
  g_signal_connect_object (settings->item, "changed", G_CALLBACK (explain_hours), group, 0);
  explain_hours (settings->item, group);
}

static void
add_moves (BatonBoardSettings *settings, GtkWidget *page)
{
  AdwPreferencesGroup *group = baton_add_group (page, _ ("Where cards go by themselves"), NULL);

  adw_preferences_group_add (
      group, create_stage_row (settings, BATON_BOARD_ON_VERSION, _ ("A new version arrives")));
  adw_preferences_group_add (
      group, create_stage_row (settings, BATON_BOARD_ON_APPROVED, _ ("A review approves")));
  adw_preferences_group_add (
      group, create_stage_row (settings, BATON_BOARD_ON_CHANGES, _ ("A review asks for changes")));
}

static void
add_criteria (BatonBoardSettings *settings, GtkWidget *page)
{
  BatonColumn *types =
      baton_workspace_list (settings->workspace, BATON_ENTITY_ASSET_TYPE, baton_board_id (settings->board));

  if (baton_column_size (types) == 0)
    baton_add_group (page, _ ("Criteria"),
        _ ("Criteria belong to asset types. Name some on the page “Asset types”: image, article, video."));
  for (guint i = 0; i < baton_column_size (types); i++)
    {
      BatonItem *type = baton_column_peek (types, i);
      /* Translators: heading of a list: "Criteria for Image". */
      g_autofree char *title =
          g_markup_printf_escaped (_ ("Criteria for %s"), baton_item_text (type, BATON_ASSET_TYPE_NAME));
      BatonListWords words = { title, _ ("New criterion"),
        _ ("No criteria yet: “Brand colours correct”, “Copy proofread” …"), FALSE, NULL, NULL };
      AdwPreferencesGroup *group = baton_add_group (page, title, NULL);

      adw_preferences_group_add (group, baton_list_editor_new (settings->workspace, BATON_ENTITY_REVIEW_CHECK,
                                            baton_item_id (type), &words));
    }
}

GtkWidget *
baton_board_settings_review_new (BatonBoardSettings *settings)
{
  GtkWidget *page = adw_preferences_page_new ();

  add_window (settings, page);
  add_moves (settings, page);
  add_criteria (settings, page);
  return page;
}
