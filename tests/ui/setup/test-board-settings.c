/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-test"

#include "setup-fixture.h"

#include "board-settings-private.h"
#include "inline-edit.h"
#include "change.h"
#include "list-editor-row.h"
#include "reorder.h"
#include "templates.h"
#include "watches.h"

#include <glib/gstdio.h>
#include <string.h>

static BatonBoardSettings *
open_settings (Setup *setup, const char *page)
{
  BatonBoardSettings *settings;

  gtk_widget_activate_action (GTK_WIDGET (setup->window), "win.board-settings", NULL);
  setup_until (setup_window ("BatonBoardSettings") != NULL);
  settings = BATON_BOARD_SETTINGS (setup_window ("BatonBoardSettings"));
  baton_board_settings_show_page (settings, page);
  return settings;
}

static BatonListEditor *
editor_of (BatonBoardSettings *settings)
{
  return BATON_LIST_EDITOR (setup_find (gtk_stack_get_visible_child (settings->stack), "BatonListEditor"));
}

static BatonListEditorRow *
row_at (BatonListEditor *editor, int index)
{
  return BATON_LIST_EDITOR_ROW (gtk_list_box_get_row_at_index (baton_list_editor_list (editor), index));
}

static const char *
name_at (Setup *setup, BatonEntity entity, guint index)
{
  BatonItem *item = baton_column_peek (
      baton_workspace_list (setup->workspace, entity, baton_board_id (setup->board)), index);

  return item != NULL ? baton_item_text (item, baton_change_name_field (entity)) : NULL;
}

/* Every page of every kind comes up, with criticals fatal. */
static void
test_pages (void)
{
  static const char *const pages[] = { "stages", "channels", "campaigns", "asset-types", "labels", "people",
    "fields", "board" };
  g_autoptr (Setup) setup = setup_new ("campaign", 4);
  BatonBoardSettings *settings = open_settings (setup, "stages");

  for (guint i = 0; i < G_N_ELEMENTS (pages); i++)
    {
      baton_board_settings_show_page (settings, pages[i]);
      ui_spin (30);
      g_assert_cmpstr (gtk_stack_get_visible_child_name (settings->stack), ==, pages[i]);
    }
  for (guint i = 0; i < baton_column_size (baton_board_stages (setup->board)); i++)
    {
      baton_board_settings_show_stage (settings, baton_column_peek (baton_board_stages (setup->board), i));
      ui_spin (30);
    }
  baton_board_settings_go_back (settings);
  g_assert_cmpstr (gtk_stack_get_visible_child_name (settings->stack), ==, "stages");
  gtk_window_close (GTK_WINDOW (settings));
}

static void
check_one_op (Setup *setup, gint64 *seq)
{
  gint64 now = setup_seq (setup->workspace);

  g_assert_cmpint (now, ==, *seq + 1);
  *seq = now;
}

/* Add, rename, colour, move, remove, restore: one operation each, and none where nothing changes. */
static void
test_list_editor (void)
{
  static const BatonEntity entities[] = { BATON_ENTITY_CHANNEL, BATON_ENTITY_CAMPAIGN,
    BATON_ENTITY_ASSET_TYPE, BATON_ENTITY_LABEL, BATON_ENTITY_CUSTOM_FIELD };
  static const char *const pages[] = { "channels", "campaigns", "asset-types", "labels", "fields" };
  g_autoptr (Setup) setup = setup_new ("blank", 0);
  BatonBoardSettings *settings = open_settings (setup, "labels");
  gint64 seq = setup_seq (setup->workspace);

  for (guint i = 0; i < G_N_ELEMENTS (pages); i++)
    {
      BatonListEditor *editor;
      GtkWidget *entry;
      g_autoptr (GVariant) up = g_variant_ref_sink (g_variant_new_boolean (TRUE));

      baton_board_settings_show_page (settings, pages[i]);
      editor = editor_of (settings);
      setup_type (GTK_WIDGET (baton_list_editor_entry (editor)), "  ");
      setup_type (GTK_WIDGET (baton_list_editor_entry (editor)), " First ");
      check_one_op (setup, &seq);
      g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (baton_list_editor_entry (editor))), ==, "");
      setup_type (GTK_WIDGET (baton_list_editor_entry (editor)), "Second");
      check_one_op (setup, &seq);
      g_assert_cmpstr (name_at (setup, entities[i], 0), ==, "First");

      entry = GTK_WIDGET (baton_list_editor_row_entry (row_at (editor, 0)));
      setup_type (entry, "Renamed <b>&");
      check_one_op (setup, &seq);
      g_assert_cmpstr (name_at (setup, entities[i], 0), ==, "Renamed <b>&");
      setup_type (entry, "Renamed <b>&");
      setup_type (entry, "");
      g_assert_cmpint (setup_seq (setup->workspace), ==, seq);
      g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, "Renamed <b>&");

      baton_list_editor_row_remove (row_at (editor, 1));
      check_one_op (setup, &seq);
      g_assert_null (row_at (editor, 1));
      setup_until (setup_find_labelled (GTK_WIDGET (settings), "GtkButton", "Restore") != NULL);
      setup_click (setup_find_labelled (GTK_WIDGET (settings), "GtkButton", "Restore"));
      check_one_op (setup, &seq);
      g_assert_cmpstr (name_at (setup, entities[i], 1), ==, "Second");
    }
  gtk_window_close (GTK_WINDOW (settings));
}

static void
press_alt_up (GtkWidget *row)
{
  GListModel *controllers = gtk_widget_observe_controllers (row);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);
      g_autoptr (GtkShortcut) shortcut = NULL;

      if (!GTK_IS_SHORTCUT_CONTROLLER (controller) ||
          gtk_event_controller_get_propagation_phase (controller) != GTK_PHASE_CAPTURE)
        continue;
      shortcut = g_list_model_get_item (G_LIST_MODEL (controller), 0);
      gtk_shortcut_action_activate (
          gtk_shortcut_get_action (shortcut), 0, row, gtk_shortcut_get_arguments (shortcut));
    }
  g_object_unref (controllers);
}

static void
test_reorder (void)
{
  g_autoptr (Setup) setup = setup_new ("campaign", 0);
  BatonBoardSettings *settings = open_settings (setup, "labels");
  BatonListEditor *editor = editor_of (settings);
  g_autofree char *second = g_strdup (name_at (setup, BATON_ENTITY_LABEL, 1));
  gint64 seq = setup_seq (setup->workspace);

  press_alt_up (GTK_WIDGET (row_at (editor, 1)));
  check_one_op (setup, &seq);
  g_assert_cmpstr (name_at (setup, BATON_ENTITY_LABEL, 0), ==, second);
  g_assert_cmpstr (
      gtk_editable_get_text (GTK_EDITABLE (baton_list_editor_row_entry (row_at (editor, 0)))), ==, second);
  press_alt_up (GTK_WIDGET (row_at (editor, 0)));
  g_assert_cmpint (setup_seq (setup->workspace), ==, seq);
  gtk_window_close (GTK_WINDOW (settings));
}

/* Another's change is shown; what cannot be is refused in words and taken back. */
static void
test_live_and_refused (void)
{
  g_autoptr (Setup) setup = setup_new ("campaign", 0);
  BatonBoardSettings *settings = open_settings (setup, "labels");
  BatonListEditor *editor = editor_of (settings);
  BatonItem *label = baton_column_peek (
      baton_workspace_list (setup->workspace, BATON_ENTITY_LABEL, baton_board_id (setup->board)), 0);
  BatonOp *op = baton_op_new (BATON_VERB_LABEL_SET);
  GtkWidget *entry = GTK_WIDGET (baton_list_editor_row_entry (row_at (editor, 0)));
  g_autofree char *endless = g_strnfill (2000, 'x');

  baton_op_add_id (op, baton_item_id (label));
  baton_op_set_text (op, BATON_LABEL_NAME, "From elsewhere");
  baton_workspace_perform (setup->workspace, op, NULL, NULL);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, "From elsewhere");

  setup_type (entry, endless);
  setup_until (g_str_equal (gtk_editable_get_text (GTK_EDITABLE (entry)), "From elsewhere"));
  g_assert_cmpstr (baton_item_text (label, BATON_LABEL_NAME), ==, "From elsewhere");
  gtk_window_close (GTK_WINDOW (settings));
}

static void
test_stage (void)
{
  g_autoptr (Setup) setup = setup_new ("blank", 0);
  BatonBoardSettings *settings = open_settings (setup, "stages");
  BatonItem *stage = baton_column_peek (baton_board_stages (setup->board), 1);
  gint64 seq = setup_seq (setup->workspace);
  GtkWidget *page, *spin;

  baton_board_settings_show_stage (settings, stage);
  page = gtk_stack_get_visible_child (settings->stack);
  setup_type (setup_find_labelled (page, "AdwEntryRow", "Name"), "In the making");
  check_one_op (setup, &seq);
  g_assert_cmpstr (adw_window_title_get_title (settings->title), ==, "In the making");
  setup_type (setup_find_labelled (page, "AdwEntryRow", "Role that works here"), "Designer");
  check_one_op (setup, &seq);

  /* Three quick steps are one change. */
  spin = baton_row_control (setup_find_row (page, "Cards at a time"));
  for (int i = 1; i <= 3; i++)
    gtk_spin_button_set_value (GTK_SPIN_BUTTON (spin), i);
  setup_until (baton_item_int (stage, BATON_STAGE_WIP_LIMIT) == 3);
  check_one_op (setup, &seq);
  spin = baton_row_control (setup_find_row (page, "Days until it is old"));
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (spin), 2);
  setup_until (baton_item_int (stage, BATON_STAGE_AGE_LIMIT) == 2 * 86400);
  check_one_op (setup, &seq);
  gtk_switch_set_active (GTK_SWITCH (baton_row_control (setup_find_row (page, "Refuse more cards"))), TRUE);
  check_one_op (setup, &seq);
  g_assert_cmpint (baton_item_int (stage, BATON_STAGE_WIP_HARD), ==, 1);

  setup_click (adw_action_row_get_activatable_widget (ADW_ACTION_ROW (setup_find_row (page, "Review"))));
  check_one_op (setup, &seq);
  g_assert_cmpstr (baton_item_text (stage, BATON_STAGE_KIND), ==, "review");
  setup_type (GTK_WIDGET (baton_list_editor_entry (BATON_LIST_EDITOR (setup_find (page, "BatonListEditor")))),
      "Links work");
  check_one_op (setup, &seq);
  setup_click (setup_find_labelled (page, "GtkButton", "Archive"));
  check_one_op (setup, &seq);
  g_assert_cmpint (baton_item_int (stage, BATON_STAGE_ARCHIVED), !=, 0);
  setup_click (setup_find_labelled (page, "GtkButton", "Bring back"));
  check_one_op (setup, &seq);
  g_assert_cmpint (baton_item_int (stage, BATON_STAGE_ARCHIVED), ==, 0);
  gtk_window_close (GTK_WINDOW (settings));
}

/* All cards of a deleted stage, those in the archive and in the bin too, are in the chosen one; one undo
 * brings all of it back. */
static void
test_stage_delete (void)
{
  g_autoptr (Setup) setup = setup_new ("campaign", 20);
  BatonBoardSettings *settings = open_settings (setup, "stages");
  BatonItem *stage = baton_column_peek (baton_board_stages (setup->board), 0);
  BatonItem *target = baton_column_peek (baton_board_stages (setup->board), 2);
  gint64 seq = setup_seq (setup->workspace);
  guint live = baton_board_count (setup->board, baton_item_id (stage));
  AdwMessageDialog *dialog;
  GtkDropDown *chooser;
  g_autoptr (GPtrArray) binned = NULL;
  g_autoptr (GPtrArray) archived = NULL;

  baton_board_settings_show_stage (settings, stage);
  dialog = baton_stage_remove_ask (settings, stage);
  gtk_window_present (GTK_WINDOW (dialog));
  ui_spin (50);
  g_assert_true (
      g_str_has_prefix (adw_message_dialog_get_body (dialog), "There are 20 cards in it, 5 of them in"));
  chooser = GTK_DROP_DOWN (adw_message_dialog_get_extra_child (dialog));
  gtk_drop_down_set_selected (chooser, 1);
  setup_respond (GTK_WIDGET (dialog), "delete");
  check_one_op (setup, &seq);

  g_assert_true (baton_item_is_removed (stage));
  g_assert_cmpstr (gtk_stack_get_visible_child_name (settings->stack), ==, "stages");
  g_assert_cmpuint (baton_board_count (setup->board, baton_item_id (target)), ==, live);
  binned = baton_board_shelf (setup->board, BATON_SHELF_BIN);
  archived = baton_board_shelf (setup->board, BATON_SHELF_ARCHIVE);
  g_assert_cmpuint (binned->len, >, 0);
  for (guint i = 0; i < binned->len; i++)
    g_assert_cmpstr (
        baton_item_text (g_ptr_array_index (binned, i), BATON_CARD_STAGE), ==, baton_item_id (target));
  for (guint i = 0; i < archived->len; i++)
    g_assert_cmpstr (
        baton_item_text (g_ptr_array_index (archived, i), BATON_CARD_STAGE), ==, baton_item_id (target));

  setup_until (setup_find_labelled (GTK_WIDGET (settings), "GtkButton", "Undo") != NULL);
  setup_click (setup_find_labelled (GTK_WIDGET (settings), "GtkButton", "Undo"));
  check_one_op (setup, &seq);
  g_assert_false (baton_item_is_removed (stage));
  g_assert_cmpuint (baton_board_count (setup->board, baton_item_id (stage)), ==, live);
  gtk_window_close (GTK_WINDOW (settings));
}

static void
test_last_stage (void)
{
  g_autoptr (Setup) setup = setup_new ("blank", 0);
  BatonBoardSettings *settings = open_settings (setup, "stages");
  AdwMessageDialog *dialog;

  for (int i = 0; i < 2; i++)
    {
      dialog = baton_stage_remove_ask (settings, baton_column_peek (baton_board_stages (setup->board), 0));
      gtk_window_present (GTK_WINDOW (dialog));
      setup_respond (GTK_WIDGET (dialog), "delete");
      setup_seq (setup->workspace);
    }
  g_assert_cmpuint (baton_column_size (baton_board_stages (setup->board)), ==, 1);
  dialog = baton_stage_remove_ask (settings, baton_column_peek (baton_board_stages (setup->board), 0));
  g_assert_cmpstr (adw_message_dialog_get_body (dialog), ==, "A board needs at least one stage.");
  gtk_window_destroy (GTK_WINDOW (dialog));
  gtk_window_close (GTK_WINDOW (settings));
}

static void
test_people (void)
{
  g_autoptr (Setup) setup = setup_new ("blank", 0);
  BatonBoardSettings *settings = open_settings (setup, "people");
  gint64 seq = setup_seq (setup->workspace);
  GtkWidget *page = gtk_stack_get_visible_child (settings->stack);
  BatonColumn *people = baton_workspace_list (setup->workspace, BATON_ENTITY_PERSON, NULL);
  GtkWidget *row;
  BatonItem *person;

  setup_type (setup_find (page, "GtkEntry"), "Ana Keller");
  check_one_op (setup, &seq);
  g_assert_cmpuint (baton_column_size (people), ==, 2);
  person = baton_column_peek (people, 1);
  row = setup_find_labelled (page, "AdwExpanderRow", "Ana Keller");
  setup_type (setup_find_labelled (row, "AdwEntryRow", "Role"), "Brand lead");
  check_one_op (setup, &seq);
  g_assert_cmpstr (baton_item_text (person, BATON_PERSON_ROLE), ==, "Brand lead");
  setup_click (setup_find_labelled (row, "GtkButton", "This is me"));
  g_assert_cmpstr (baton_workspace_me (setup->workspace), ==, baton_item_id (person));
  setup_click (setup_find_labelled (row, "GtkButton", "Remove"));
  g_assert_cmpint (setup_seq (setup->workspace), ==, seq);
  gtk_window_close (GTK_WINDOW (settings));
}

/* The board goes into the bin, and the window goes on with another one. */
static void
test_bin_board (void)
{
  g_autoptr (Setup) setup = setup_new ("blank", 2);
  BatonBoardSettings *settings;
  BatonItem *board =
      baton_workspace_lookup (setup->workspace, BATON_ENTITY_BOARD, baton_board_id (setup->board));
  gint64 seq;

  baton_workspace_perform (setup->workspace, baton_template_make_board ("social", NULL), NULL, NULL);
  seq = setup_seq (setup->workspace);
  settings = open_settings (setup, "board");
  setup_type (
      setup_find_labelled (gtk_stack_get_visible_child (settings->stack), "AdwEntryRow", "Name"), "Old work");
  check_one_op (setup, &seq);
  setup_click (setup_find_labelled (GTK_WIDGET (settings), "GtkButton", "Put into the bin…"));
  setup_until (setup_window ("AdwMessageDialog") != NULL);
  setup_respond (setup_window ("AdwMessageDialog"), "bin");
  setup_until (setup_window ("BatonBoardSettings") == NULL);
  check_one_op (setup, &seq);
  g_assert_true (baton_item_is_removed (board));
  setup_until (g_str_equal (baton_board_name (baton_window_board (setup->window)), "Social team"));
}

/* The example follows what is typed; a watched folder lists what fits no card. */
static void
test_files (void)
{
  g_autoptr (Setup) setup = setup_new ("campaign", 0);
  BatonBoardSettings *settings = open_settings (setup, "board");
  GtkWidget *page = gtk_stack_get_visible_child (settings->stack);
  GtkWidget *entry = setup_find_labelled (page, "AdwEntryRow", "Names of files");
  GtkWidget *group = gtk_widget_get_ancestor (entry, ADW_TYPE_PREFERENCES_GROUP);
  BatonItem *board =
      baton_workspace_lookup (setup->workspace, BATON_ENTITY_BOARD, baton_board_id (setup->board));
  g_autofree char *folder = g_build_filename (setup->folder, "incoming", NULL);
  g_autofree char *stray = g_build_filename (folder, "stray_v1.txt", NULL);
  gint64 seq = setup_seq (setup->workspace);
  BatonWatch *watch;

  gtk_editable_set_text (GTK_EDITABLE (entry), "{asset}_v{version}");
  g_assert_nonnull (strstr (adw_preferences_group_get_description (ADW_PREFERENCES_GROUP (group)), "_v"));
  gtk_editable_set_text (GTK_EDITABLE (entry), "{nonsense}");
  g_assert_nonnull (
      strstr (adw_preferences_group_get_description (ADW_PREFERENCES_GROUP (group)), "There is no part"));
  setup_type (entry, "{asset}_v{version}");
  check_one_op (setup, &seq);
  g_assert_cmpstr (baton_item_text (board, BATON_BOARD_NAMING), ==, "{asset}_v{version}");
  adw_combo_row_set_selected (ADW_COMBO_ROW (setup_find_row (page, "A new version moves its card to")), 3);
  check_one_op (setup, &seq);
  g_assert_cmpstr (baton_item_text (board, BATON_BOARD_ON_VERSION), ==,
      baton_item_id (baton_column_peek (
          baton_workspace_list (setup->workspace, BATON_ENTITY_STAGE, baton_board_id (setup->board)), 2)));
  gtk_window_close (GTK_WINDOW (settings));

  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  g_assert_true (baton_watches_set (setup->workspace, baton_item_id (board), folder, NULL));
  watch = baton_watches_get (setup->workspace, baton_item_id (board));
  g_assert_true (g_file_set_contents (stray, "who am I", -1, NULL));
  setup_until (g_list_model_get_n_items (baton_watch_unmatched (watch)) == 1);
  settings = open_settings (setup, "board");
  g_assert_nonnull (setup_find_row (GTK_WIDGET (settings), "stray_v1.txt"));
  setup_click (setup_find_labelled (GTK_WIDGET (settings), "GtkButton", "End"));
  g_assert_null (baton_watches_get (setup->workspace, baton_item_id (board)));
  g_assert_null (setup_find_row (GTK_WIDGET (settings), "stray_v1.txt"));
  gtk_window_close (GTK_WINDOW (settings));
}

int
main (int argc, char **argv)
{
  setup_init (&argc, &argv);
  g_test_add_func ("/board-settings/pages", test_pages);
  g_test_add_func ("/board-settings/list-editor", test_list_editor);
  g_test_add_func ("/board-settings/reorder", test_reorder);
  g_test_add_func ("/board-settings/live-and-refused", test_live_and_refused);
  g_test_add_func ("/board-settings/stage", test_stage);
  g_test_add_func ("/board-settings/stage-delete", test_stage_delete);
  g_test_add_func ("/board-settings/last-stage", test_last_stage);
  g_test_add_func ("/board-settings/people", test_people);
  g_test_add_func ("/board-settings/bin-board", test_bin_board);
  g_test_add_func ("/board-settings/files", test_files);
  return g_test_run ();
}
