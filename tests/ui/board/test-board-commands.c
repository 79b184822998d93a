/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-test"

#include "board-fixture.h"

#include <string.h>

/* Every command of the board, by the action that keys, menus and buttons use. */

#define ALL "Card 1, Card 2, Card 3, Card 4, Card 5, Card 6, Card 7, Card 8"

static void
test_move (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  const char *card = f->ids->cards[1];

  fixture_act (f, card, "board.move", "s", "right");
  fixture_until (fixture_has (f, 1, "Card 2"));
  fixture_until (g_strcmp0 (fixture_focused (f), card) == 0);
  fixture_until (strstr (fixture_said (f), "“To do”, 1 of 1") != NULL);
  gtk_test_accessible_assert_relation (fixture_face (f, card), GTK_ACCESSIBLE_RELATION_POS_IN_SET, 1);
  fixture_act (f, card, "board.move", "s", "left");
  fixture_until (fixture_has (f, 1, ""));
  fixture_until (strstr (fixture_said (f), "“Ideas”") != NULL);
  fixture_until (g_strcmp0 (fixture_focused (f), card) == 0);
  fixture_act (f, card, "board.move", "s", "last");
  fixture_until (fixture_has (f, 0, "Card 1, Card 3, Card 4, Card 5, Card 6, Card 7, Card 8, Card 2"));
  fixture_act (f, card, "board.move", "s", "up");
  fixture_until (fixture_has (f, 0, "Card 1, Card 3, Card 4, Card 5, Card 6, Card 7, Card 2, Card 8"));
  fixture_act (f, card, "board.move", "s", "first");
  fixture_until (fixture_has (f, 0, "Card 2, Card 1, Card 3, Card 4, Card 5, Card 6, Card 7, Card 8"));
  fixture_act (f, card, "board.move", "s", "down");
  fixture_until (fixture_has (f, 0, ALL));
  fixture_until (g_strcmp0 (fixture_focused (f), card) == 0);
  fixture_act (f, card, "board.move-to", "s", fixture_stage (f, BATON_TEST_DONE));
  fixture_until (fixture_has (f, BATON_TEST_DONE, "Card 2"));
}

/* At the edge nothing is done and nothing is written. */
static void
test_move_edges (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  gint64 seq = baton_reader_last_seq (baton_workspace_reader (f->workspace));

  fixture_act (f, f->ids->cards[0], "board.move", "s", "left");
  fixture_act (f, f->ids->cards[0], "board.move", "s", "up");
  fixture_act (f, f->ids->cards[0], "board.move", "s", "first");
  fixture_act (f, f->ids->cards[7], "board.move", "s", "down");
  fixture_act (f, f->ids->cards[7], "board.move", "s", "last");
  fixture_settle (f);
  g_assert_cmpint (baton_reader_last_seq (baton_workspace_reader (f->workspace)), ==, seq);
}

static void
test_walk (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  char **cards = f->ids->cards;

  fixture_act (f, cards[6], "board.move-to", "s", fixture_stage (f, BATON_TEST_ACTIVE));
  fixture_until (fixture_has (f, BATON_TEST_ACTIVE, "Card 7"));
  fixture_act (f, cards[1], "board.walk", "s", "down");
  g_assert_cmpstr (fixture_focused (f), ==, cards[2]);
  /* The empty column between is passed over. */
  fixture_act (f, cards[2], "board.walk", "s", "right");
  g_assert_cmpstr (fixture_focused (f), ==, cards[6]);
  fixture_act (f, cards[6], "board.walk", "s", "right");
  g_assert_cmpstr (fixture_focused (f), ==, cards[6]);
  fixture_act (f, cards[6], "board.walk", "s", "left");
  g_assert_cmpstr (fixture_focused (f), ==, cards[0]);
  fixture_act (f, cards[0], "board.walk", "s", "last");
  g_assert_cmpstr (fixture_focused (f), ==, cards[7]);
}

static void
test_bin (void)
{
  g_autoptr (Fixture) f = fixture_new ();

  fixture_act (f, f->ids->cards[2], "board.bin", NULL);
  fixture_until (fixture_has (f, 0, "Card 1, Card 2, Card 4, Card 5, Card 6, Card 7, Card 8"));
  fixture_until (fixture_find (f, G_TYPE_INVALID, "Put “Card 3” into the bin") != NULL);
  fixture_until (g_strcmp0 (fixture_focused (f), f->ids->cards[3]) == 0);
  /* The toast's own button brings it back. */
  fixture_until (fixture_find (f, GTK_TYPE_BUTTON, "Undo") != NULL);
  g_signal_emit_by_name (fixture_find (f, GTK_TYPE_BUTTON, "Undo"), "clicked");
  fixture_until (fixture_has (f, 0, ALL));
  fixture_until (fixture_find (f, G_TYPE_INVALID, "Undone: put “Card 3” into the bin") != NULL);
  fixture_until (g_strcmp0 (fixture_focused (f), f->ids->cards[2]) == 0);
  fixture_act (f, NULL, "win.redo", NULL);
  fixture_until (fixture_has (f, 0, "Card 1, Card 2, Card 4, Card 5, Card 6, Card 7, Card 8"));
  fixture_until (fixture_find (f, G_TYPE_INVALID, "Done again: put “Card 3” into the bin") != NULL);
}

/* A command has nothing to do with a card that is no longer seen. */
static void
test_hidden_cursor (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_autoptr (BatonFilter) filter = baton_filter_new ();
  gint64 seq;

  fixture_focus (f, f->ids->cards[2]);
  baton_filter_set (filter, BATON_FILTER_URGENCY, "fast", TRUE);
  baton_board_set_filter (f->board, filter);
  fixture_settle (f);
  seq = baton_reader_last_seq (baton_workspace_reader (f->workspace));
  fixture_act (f, NULL, "board.bin", NULL);
  fixture_act (f, NULL, "board.archive", NULL);
  fixture_act (f, NULL, "board.duplicate", NULL);
  fixture_act (f, NULL, "board.make-template", NULL);
  fixture_act (f, NULL, "board.move", "s", "right");
  fixture_settle (f);
  g_assert_cmpint (baton_reader_last_seq (baton_workspace_reader (f->workspace)), ==, seq);
}

static void
test_archive (void)
{
  g_autoptr (Fixture) f = fixture_new ();

  fixture_act (f, f->ids->cards[7], "board.archive", NULL);
  fixture_until (fixture_has (f, 0, "Card 1, Card 2, Card 3, Card 4, Card 5, Card 6, Card 7"));
  g_assert_cmpint (baton_item_int (fixture_card (f, 7), BATON_CARD_ARCHIVED), !=, 0);
  fixture_until (fixture_find (f, G_TYPE_INVALID, "Archived “Card 8”") != NULL);
  fixture_until (g_strcmp0 (fixture_focused (f), f->ids->cards[6]) == 0);
  fixture_act (f, NULL, "board.archive-stage", "s", fixture_stage (f, 0));
  fixture_until (fixture_has (f, 0, ""));
}

static guint
count_templates (Fixture *f)
{
  g_autoptr (GPtrArray) cards = baton_board_shelf (f->board, BATON_SHELF_TEMPLATES);

  return cards->len;
}

static void
test_copies (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_autoptr (GPtrArray) templates = NULL;
  const char *template;

  fixture_act (f, f->ids->cards[0], "board.duplicate", NULL);
  fixture_until (baton_board_count (f->board, fixture_stage (f, 0)) == 9);
  fixture_act (f, f->ids->cards[0], "board.make-template", NULL);
  fixture_until (count_templates (f) == 1);
  g_assert_cmpuint (baton_board_count (f->board, fixture_stage (f, 0)), ==, 9);
  templates = baton_board_shelf (f->board, BATON_SHELF_TEMPLATES);
  template = baton_item_id (g_ptr_array_index (templates, 0));
  fixture_act (f, NULL, "board.from-template", "(ss)", template, fixture_stage (f, 0));
  fixture_until (baton_board_count (f->board, fixture_stage (f, 0)) == 10);
  g_assert_cmpuint (count_templates (f), ==, 1);
}

static void
test_set (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  BatonTestBoard *ids = f->ids;
  BatonItem *card = fixture_card (f, 0);
  gint64 due = g_get_real_time () + 9 * 86400 * (gint64) G_USEC_PER_SEC;

  fixture_act (f, ids->cards[0], "board.assign", "s", ids->people[0]);
  fixture_until (g_strcmp0 (baton_item_text (card, BATON_CARD_OWNER), ids->people[0]) == 0);
  fixture_act (f, ids->cards[0], "board.channel", "s", ids->channels[1]);
  fixture_act (f, ids->cards[0], "board.campaign", "s", ids->campaign);
  fixture_act (f, ids->cards[0], "board.urgency", "s", "fast");
  fixture_act (f, ids->cards[0], "board.due", "x", due);
  fixture_act (f, ids->cards[0], "board.label", "s", ids->labels[0]);
  fixture_until (baton_item_has (card, BATON_CARD_LABELS, ids->labels[0]));
  g_assert_cmpstr (baton_item_text (card, BATON_CARD_CHANNEL), ==, ids->channels[1]);
  g_assert_cmpstr (baton_item_text (card, BATON_CARD_CAMPAIGN), ==, ids->campaign);
  g_assert_cmpint (baton_item_int (card, BATON_CARD_DUE), ==, due);
  g_assert_true (gtk_widget_has_css_class (fixture_face (f, ids->cards[0]), "fast"));
  /* The second time the label is taken away, "" unsets, 0 is no date. */
  fixture_act (f, ids->cards[0], "board.label", "s", ids->labels[0]);
  fixture_act (f, ids->cards[0], "board.assign", "s", "");
  fixture_act (f, ids->cards[0], "board.due", "x", G_GINT64_CONSTANT (0));
  fixture_until (baton_item_int (card, BATON_CARD_DUE) == 0);
  g_assert_null (baton_item_text (card, BATON_CARD_OWNER));
  g_assert_false (baton_item_has (card, BATON_CARD_LABELS, ids->labels[0]));
}

static void
assert_selected (Fixture *f, guint card, gboolean selected)
{
  GtkWidget *face = fixture_face (f, f->ids->cards[card]);

  g_assert_true (gtk_widget_has_css_class (face, "selected") == selected);
  gtk_test_accessible_assert_state (face, GTK_ACCESSIBLE_STATE_SELECTED, selected);
}

static void
test_select (void)
{
  g_autoptr (Fixture) f = fixture_new ();

  fixture_act (f, f->ids->cards[1], "board.toggle", NULL);
  assert_selected (f, 1, TRUE);
  fixture_act (f, f->ids->cards[1], "board.extend", "s", "down");
  fixture_until (fixture_find (f, G_TYPE_INVALID, "2 cards selected") != NULL);
  assert_selected (f, 2, TRUE);
  assert_selected (f, 3, FALSE);
  fixture_act (f, NULL, "board.move-to", "s", fixture_stage (f, BATON_TEST_ACTIVE));
  fixture_until (fixture_has (f, BATON_TEST_ACTIVE, "Card 2, Card 3"));
  fixture_act (f, NULL, "board.unselect", NULL);
  assert_selected (f, 1, FALSE);
  fixture_until (fixture_find (f, G_TYPE_INVALID, "cards selected") == NULL);
  /* One undo brings both back. */
  fixture_act (f, NULL, "win.undo", NULL);
  fixture_until (fixture_has (f, 0, ALL));
  fixture_act (f, f->ids->cards[0], "board.select-all", NULL);
  fixture_until (fixture_find (f, G_TYPE_INVALID, "8 cards selected") != NULL);
  fixture_act (f, NULL, "board.bin", NULL);
  fixture_until (fixture_has (f, 0, ""));
  fixture_until (fixture_find (f, G_TYPE_INVALID, "cards selected") == NULL);
}

/* What leaves the board leaves the selection; what a filter hides is not acted upon. */
/* Right and left edge of a widget, in the window. */
static gboolean
is_within (Fixture *f, GtkWidget *widget)
{
  graphene_rect_t bounds;

  return gtk_widget_compute_bounds (widget, GTK_WIDGET (f->window), &bounds) && bounds.origin.x >= 0 &&
         bounds.origin.x + bounds.size.width <= (float) gtk_widget_get_width (GTK_WIDGET (f->window));
}

/* In a narrow window the commands for the selection are in a menu, and the way out of it is not cut off. */
static void
test_narrow (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  GtkWidget *change, *unselect;

  fixture_act (f, f->ids->cards[1], "board.toggle", NULL);
  fixture_until (fixture_find (f, GTK_TYPE_MENU_BUTTON, "Due") != NULL);
  g_assert_null (fixture_find (f, GTK_TYPE_MENU_BUTTON, "Change"));
  gtk_window_set_default_size (GTK_WINDOW (f->window), 500, 600);
  fixture_until (gtk_widget_get_width (GTK_WIDGET (f->window)) < 600);
  fixture_until ((change = fixture_find (f, GTK_TYPE_MENU_BUTTON, "Change")) != NULL);
  fixture_settle (f);
  g_assert_null (fixture_find (f, GTK_TYPE_MENU_BUTTON, "Due"));
  unselect = fixture_find (f, GTK_TYPE_BUTTON, "Unselect");
  g_assert_true (is_within (f, change) && is_within (f, unselect));
}

/* What is taken away with a chip is said, and the keyboard does not go with it. */
static void
test_chip (void)
{
  static const char tip[] = "Take the condition “Urgency: High” away";
  g_autoptr (Fixture) f = fixture_new ();
  g_autoptr (BatonFilter) filter = baton_filter_new ();
  GtkWidget *chip, *focus;

  fixture_act (f, NULL, "win.search", NULL);
  baton_filter_set (filter, BATON_FILTER_URGENCY, "high", TRUE);
  baton_board_set_filter (f->board, filter);
  fixture_until ((chip = fixture_find (f, GTK_TYPE_BUTTON, tip)) != NULL);
  gtk_test_accessible_assert_property (chip, GTK_ACCESSIBLE_PROPERTY_LABEL, tip);
  g_assert_true (gtk_widget_grab_focus (chip));
  g_signal_emit_by_name (chip, "clicked");
  fixture_until (fixture_find (f, GTK_TYPE_BUTTON, tip) == NULL);
  g_assert_true (baton_filter_is_empty (baton_board_filter (f->board)));
  focus = gtk_root_get_focus (GTK_ROOT (f->window));
  g_assert_true (GTK_IS_TEXT (focus) && gtk_widget_get_ancestor (focus, GTK_TYPE_SEARCH_ENTRY) != NULL);
}

static void
test_selection_follows (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_autoptr (BatonFilter) filter = baton_filter_new ();
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 3; i++)
    fixture_act (f, f->ids->cards[i], "board.toggle", NULL);
  fixture_until (fixture_find (f, G_TYPE_INVALID, "3 cards selected") != NULL);
  baton_workspace_perform (
      f->workspace, baton_test_op_ids (BATON_VERB_CARD_BIN, f->ids->cards[0], NULL), NULL, &error);
  fixture_until (fixture_find (f, G_TYPE_INVALID, "2 cards selected") != NULL);
  baton_workspace_perform (f->workspace,
      baton_test_op_text (BATON_VERB_CARD_SET, f->ids->cards[1], BATON_CARD_URGENCY, "fast"), NULL, &error);
  baton_filter_set (filter, BATON_FILTER_URGENCY, "fast", TRUE);
  baton_board_set_filter (f->board, filter);
  fixture_until (fixture_find (f, G_TYPE_INVALID, "1 card selected") != NULL);
}

static void
test_stages (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  BatonColumn *stages = baton_board_stages (f->board);
  GtkWidget *face;

  fixture_act (f, NULL, "board.stage-later", "s", fixture_stage (f, 0));
  fixture_until (g_str_equal (baton_item_id (baton_column_peek (stages, 1)), fixture_stage (f, 0)));
  fixture_act (f, NULL, "board.stage-earlier", "s", fixture_stage (f, 0));
  fixture_until (g_str_equal (baton_item_id (baton_column_peek (stages, 0)), fixture_stage (f, 0)));
  fixture_settle (f);
  fixture_act (f, NULL, "board.collapse", "s", fixture_stage (f, 0));
  fixture_until (fixture_find (f, GTK_TYPE_BUTTON, "Unfold “Ideas”, 8 cards") != NULL);
  fixture_until (fixture_face (f, f->ids->cards[0]) == NULL);
  g_signal_emit_by_name (fixture_find (f, GTK_TYPE_BUTTON, "Unfold “Ideas”, 8 cards"), "clicked");
  fixture_until ((face = fixture_face (f, f->ids->cards[0])) != NULL);
}

int
main (int argc, char **argv)
{
  fixture_init (&argc, &argv);
  g_test_add_func ("/board/commands/move", test_move);
  g_test_add_func ("/board/commands/move/edges", test_move_edges);
  g_test_add_func ("/board/commands/walk", test_walk);
  g_test_add_func ("/board/commands/bin", test_bin);
  g_test_add_func ("/board/commands/hidden-cursor", test_hidden_cursor);
  g_test_add_func ("/board/commands/archive", test_archive);
  g_test_add_func ("/board/commands/copies", test_copies);
  g_test_add_func ("/board/commands/set", test_set);
  g_test_add_func ("/board/commands/select", test_select);
  g_test_add_func ("/board/commands/narrow", test_narrow);
  g_test_add_func ("/board/commands/chip", test_chip);
  g_test_add_func ("/board/commands/selection-follows", test_selection_follows);
  g_test_add_func ("/board/commands/stages", test_stages);
  return g_test_run ();
}
