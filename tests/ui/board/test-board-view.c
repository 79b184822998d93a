/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-test"

#include "board-fixture.h"

#include "card-face.h"
#include "drag-layer.h"
#include "stage-header.h"

#include <glib/gstdio.h>
#include <string.h>

static void
test_wip_refusal (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  BatonOp *op = baton_test_op_int (BATON_VERB_STAGE_SET, fixture_stage (f, 1), BATON_STAGE_WIP_LIMIT, 1);

  baton_op_set_int (op, BATON_STAGE_WIP_HARD, 1);
  fixture_do (f, op);
  fixture_act (f, f->ids->cards[0], "board.move", "s", "right");
  fixture_until (fixture_has (f, 1, "Card 1"));
  fixture_act (f, f->ids->cards[1], "board.move", "s", "right");
  fixture_until (fixture_find (f, G_TYPE_INVALID, "“To do” is full: at most 1 card") != NULL);
  fixture_until (strstr (fixture_said (f), "is full") != NULL);
  g_assert_true (fixture_has (f, 1, "Card 1"));
  g_assert_cmpstr (fixture_focused (f), ==, f->ids->cards[1]);
  /* Soft: it goes, and the head says so in words. */
  fixture_do (f, baton_test_op_int (BATON_VERB_STAGE_SET, fixture_stage (f, 1), BATON_STAGE_WIP_HARD, 0));
  fixture_act (f, f->ids->cards[1], "board.move", "s", "right");
  fixture_until (fixture_has (f, 1, "Card 2, Card 1"));
  fixture_until (fixture_find (f, BATON_TYPE_STAGE_HEADER, "⚠ 2 of 1") != NULL);
}

static void
test_accessible (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  GtkWidget *face = fixture_face (f, f->ids->cards[2]);
  GtkWidget *list = gtk_widget_get_parent (face);

  gtk_test_accessible_assert_role (face, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_test_accessible_assert_property (face, GTK_ACCESSIBLE_PROPERTY_LABEL, "Card 3");
  gtk_test_accessible_assert_relation (face, GTK_ACCESSIBLE_RELATION_POS_IN_SET, 3);
  gtk_test_accessible_assert_relation (face, GTK_ACCESSIBLE_RELATION_SET_SIZE, 8);
  gtk_test_accessible_assert_role (list, GTK_ACCESSIBLE_ROLE_LIST);
  gtk_test_accessible_assert_property (list, GTK_ACCESSIBLE_PROPERTY_LABEL, "Ideas");
  fixture_do (
      f, baton_test_op_text (BATON_VERB_CARD_SET, f->ids->cards[2], BATON_CARD_OWNER, f->ids->people[0]));
  fixture_do (
      f, baton_test_op_text (BATON_VERB_CARD_SET, f->ids->cards[2], BATON_CARD_CHANNEL, f->ids->channels[0]));
  fixture_do (f,
      baton_test_op_text (BATON_VERB_CARD_BLOCK, f->ids->cards[2], BATON_CARD_BLOCKED_REASON, "No photos"));
  fixture_settle (f);
  gtk_test_accessible_assert_property (
      face, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, "Instagram, Ada Weiß, < 1 h, ■ blocked: No photos");
  fixture_do (f, baton_test_op_ids (BATON_VERB_CARD_BIN, f->ids->cards[0], NULL));
  fixture_settle (f);
  gtk_test_accessible_assert_relation (face, GTK_ACCESSIBLE_RELATION_POS_IN_SET, 2);
  gtk_test_accessible_assert_relation (face, GTK_ACCESSIBLE_RELATION_SET_SIZE, 7);
}

static void
set_lanes (Fixture *f, const char *lanes)
{
  fixture_act (f, NULL, "win.lanes", "s", lanes);
  fixture_settle (f);
}

static void
test_lanes (void)
{
  static const char *const kinds[] = { "channel", "campaign", "owner", "asset-type", "urgency", "none" };
  g_autoptr (Fixture) f = fixture_new ();
  BatonOp *op =
      baton_test_op_text (BATON_VERB_CARD_SET, f->ids->cards[3], BATON_CARD_CHANNEL, f->ids->channels[0]);
  GtkWidget *head;

  fixture_do (f, op);
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      set_lanes (f, kinds[i]);
      for (guint j = 0; j < BATON_TEST_N_CARDS; j++)
        fixture_until (fixture_face (f, f->ids->cards[j]) != NULL);
    }
  set_lanes (f, "channel");
  head = fixture_find (f, GTK_TYPE_BUTTON, "Instagram");
  gtk_test_accessible_assert_property (
      GTK_ACCESSIBLE (head), GTK_ACCESSIBLE_PROPERTY_LABEL, "Instagram, 1 card");
  fixture_do (
      f, baton_test_op_text (BATON_VERB_CARD_SET, f->ids->cards[4], BATON_CARD_CHANNEL, f->ids->channels[0]));
  gtk_test_accessible_assert_property (
      GTK_ACCESSIBLE (head), GTK_ACCESSIBLE_PROPERTY_LABEL, "Instagram, 2 cards");
  /* Folded, its cards are not seen, and the count stays. */
  g_signal_emit_by_name (head, "clicked");
  fixture_until (fixture_face (f, f->ids->cards[3]) == NULL);
  head = fixture_find (f, GTK_TYPE_BUTTON, "Instagram");
  gtk_test_accessible_assert_property (
      GTK_ACCESSIBLE (head), GTK_ACCESSIBLE_PROPERTY_LABEL, "Instagram, 2 cards");
  /* A move by key stays in the lane. */
  g_signal_emit_by_name (head, "clicked");
  fixture_until (fixture_face (f, f->ids->cards[3]) != NULL);
  fixture_act (f, f->ids->cards[3], "board.move", "s", "right");
  fixture_until (fixture_has (f, 1, "Card 4"));
  g_assert_cmpstr (baton_item_text (fixture_card (f, 3), BATON_CARD_CHANNEL), ==, f->ids->channels[0]);
  fixture_until (g_strcmp0 (fixture_focused (f), f->ids->cards[3]) == 0);
  set_lanes (f, "none");
}

/* Swimlanes that change in the middle of other changes. */
static void
test_lanes_change (void)
{
  g_autoptr (Fixture) f = fixture_new ();

  set_lanes (f, "channel");
  for (guint i = 0; i < 20; i++)
    {
      gboolean there = i % 2 == 0;

      fixture_do (f, baton_test_op_ids (there ? BATON_VERB_CHANNEL_REMOVE : BATON_VERB_CHANNEL_RESTORE,
                         f->ids->channels[0], NULL));
      baton_board_set_lanes (f->board, i % 3 == 0 ? BATON_LANES_OWNER : BATON_LANES_CHANNEL);
      fixture_do (f, baton_test_op_move (f->ids->cards[i % 8], NULL, fixture_stage (f, i % 5)));
      if (i % 4 == 0)
        fixture_act (f, NULL, "board.collapse", "s", fixture_stage (f, i % 5));
      if (i % 5 == 0)
        fixture_settle (f);
    }
  baton_board_set_lanes (f->board, BATON_LANES_NONE);
  set_lanes (f, "none");
}

static void
test_filter_chips (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_autoptr (BatonFilter) filter = baton_filter_new ();
  GtkWidget *chip;

  fixture_do (
      f, baton_test_op_text (BATON_VERB_CARD_SET, f->ids->cards[1], BATON_CARD_OWNER, f->ids->people[0]));
  fixture_act (f, NULL, "win.search", NULL);
  baton_filter_set (filter, BATON_FILTER_OWNER, f->ids->people[0], TRUE);
  baton_filter_set (filter, BATON_FILTER_KIND, "backlog", TRUE);
  baton_board_set_filter (f->board, filter);
  fixture_until (fixture_find (f, GTK_TYPE_BUTTON, "Owner: Ada Weiß") != NULL);
  fixture_until (fixture_find (f, GTK_TYPE_LABEL, "1 card") != NULL);
  fixture_until (fixture_has (f, 0, "Card 2"));
  /* What happens meanwhile is counted. */
  fixture_do (
      f, baton_test_op_text (BATON_VERB_CARD_SET, f->ids->cards[2], BATON_CARD_OWNER, f->ids->people[0]));
  fixture_until (fixture_find (f, GTK_TYPE_LABEL, "2 cards") != NULL);
  chip = fixture_find (f, GTK_TYPE_BUTTON, "Take the condition “Owner: Ada Weiß” away");
  g_signal_emit_by_name (chip, "clicked");
  fixture_until (fixture_find (f, GTK_TYPE_BUTTON, "Owner: Ada Weiß") == NULL);
  fixture_until (fixture_find (f, GTK_TYPE_LABEL, "8 cards") != NULL);
  g_signal_emit_by_name (fixture_find (f, GTK_TYPE_BUTTON, "Clear"), "clicked");
  fixture_until (!baton_board_is_filtered (f->board));
}

static void
test_search (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  GtkWidget *entry;

  fixture_do (f, baton_test_op_text (BATON_VERB_CARD_SET, f->ids->cards[5], BATON_CARD_TITLE, "Panorama"));
  fixture_act (f, NULL, "win.search", NULL);
  entry = gtk_widget_get_ancestor (gtk_window_get_focus (GTK_WINDOW (f->window)), GTK_TYPE_SEARCH_ENTRY);
  g_assert_nonnull (entry);
  gtk_editable_set_text (GTK_EDITABLE (entry), "pano");
  fixture_until (fixture_has (f, 0, "Panorama"));
  gtk_editable_set_text (GTK_EDITABLE (entry), "nothing like it");
  fixture_until (fixture_has (f, 0, ""));
  g_signal_emit_by_name (entry, "stop-search");
  fixture_until (baton_board_count_shown (f->board, fixture_stage (f, 0)) == 8);
}

static void
test_titles (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_autoptr (GString) endless = g_string_new (NULL);
  g_autofree char *one_word = g_strnfill (100000, 'x');
  static const char *const titles[] = { "<b>bold</b> & <span foreground='red'>not</span>",
    "مرحبا بالعالم 123", "👩‍👩‍👧‍👦🏳️‍🌈 e\u0301", "_underscore_ %s %n {} \\",
    "line\nbreak\ttab" };

  while (endless->len < 100000)
    g_string_append (endless, "Überschrift, sehr lang; ");
  fixture_do (f, baton_test_op_text (BATON_VERB_CARD_SET, f->ids->cards[0], BATON_CARD_TITLE, endless->str));
  fixture_do (f, baton_test_op_text (BATON_VERB_CARD_SET, f->ids->cards[1], BATON_CARD_TITLE, one_word));
  for (guint i = 0; i < G_N_ELEMENTS (titles); i++)
    {
      GtkWidget *face;
      g_autofree char *flat = g_strdelimit (g_strdup (titles[i]), "\n\t", ' ');

      fixture_do (
          f, baton_test_op_text (BATON_VERB_CARD_SET, f->ids->cards[2 + i], BATON_CARD_TITLE, titles[i]));
      face = fixture_face (f, f->ids->cards[2 + i]);
      gtk_test_accessible_assert_property (GTK_ACCESSIBLE (face), GTK_ACCESSIBLE_PROPERTY_LABEL, flat);
    }
  fixture_settle (f);
  for (guint i = 0; i < 3; i++)
    {
      GtkWidget *face = fixture_face (f, f->ids->cards[i]);

      /* Three lines at most, whatever the title. */
      g_assert_cmpint (gtk_widget_get_height (face), <, 120);
      g_assert_cmpint (gtk_widget_get_width (face), <=, 296);
    }
  /* Toasts and announcements take them as they are, too. */
  for (guint i = 0; i < 7; i++)
    {
      fixture_act (f, f->ids->cards[i], "board.move", "s", "right");
      fixture_until (
          g_strcmp0 (baton_item_text (fixture_card (f, i), BATON_CARD_STAGE), fixture_stage (f, 1)) == 0);
      g_assert_cmpuint (strlen (fixture_said (f)), <, 500);
      fixture_act (f, f->ids->cards[i], "board.archive", NULL);
      fixture_until (baton_item_int (fixture_card (f, i), BATON_CARD_ARCHIVED) != 0);
      fixture_act (f, NULL, "win.undo", NULL);
      fixture_until (baton_item_int (fixture_card (f, i), BATON_CARD_ARCHIVED) == 0);
    }
  fixture_settle (f);
}

static void
test_right_to_left (void)
{
  gtk_widget_set_default_direction (GTK_TEXT_DIR_RTL);
  {
    g_autoptr (Fixture) f = fixture_new ();
    graphene_rect_t first, second;
    GtkWidget *head = fixture_find (f, BATON_TYPE_STAGE_HEADER, "Ideas");
    GtkWidget *next = fixture_find (f, BATON_TYPE_STAGE_HEADER, "To do");

    g_assert_true (gtk_widget_compute_bounds (head, f->view, &first));
    g_assert_true (gtk_widget_compute_bounds (next, f->view, &second));
    g_assert_cmpfloat (first.origin.x, >, second.origin.x);
    /* The first stage is in view, also after the window has become narrower. */
    g_assert_cmpfloat (first.origin.x, >, 0);
    gtk_window_set_default_size (GTK_WINDOW (f->window), 700, 600);
    fixture_until (gtk_widget_get_width (f->view) < 720);
    fixture_settle (f);
    g_assert_true (gtk_widget_compute_bounds (head, f->view, &first));
    g_assert_cmpfloat (first.origin.x, >, 0);
    g_assert_cmpfloat (first.origin.x + first.size.width, <=, (float) gtk_widget_get_width (f->view));
    /* The next stage lies to the left. */
    fixture_act (f, f->ids->cards[0], "board.move", "s", "left");
    fixture_until (fixture_has (f, 1, "Card 1"));
    fixture_act (f, f->ids->cards[0], "board.walk", "s", "right");
    g_assert_cmpstr (fixture_focused (f), ==, f->ids->cards[1]);
  }
  gtk_widget_set_default_direction (GTK_TEXT_DIR_LTR);
}

/* The sidebar selects what the window shows, not what the arrow keys walk over. */
static void
test_sidebar_walk (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  GtkWidget *label = fixture_find (f, GTK_TYPE_LABEL, "My work");
  GtkWidget *row = gtk_widget_get_ancestor (label, GTK_TYPE_LIST_BOX_ROW);
  GtkListBox *views = GTK_LIST_BOX (gtk_widget_get_parent (row));
  gboolean moved;

  g_assert_true (gtk_widget_grab_focus (row));
  g_signal_emit_by_name (views, "move-cursor", GTK_MOVEMENT_DISPLAY_LINES, 1, FALSE, FALSE, &moved);
  g_assert_true (
      gtk_window_get_focus (GTK_WINDOW (f->window)) == GTK_WIDGET (gtk_list_box_get_row_at_index (views, 1)));
  g_assert_null (gtk_list_box_get_selected_row (views));
  /* Chosen, it is selected. */
  g_signal_emit_by_name (views, "row-activated", row);
  g_assert_true (gtk_list_box_get_selected_row (views) == GTK_LIST_BOX_ROW (row));
  g_assert_true (baton_board_is_filtered (f->board));
}

/* A narrow window gives its width to the board; the sidebar slides over it when it is asked for. */
static void
test_narrow (void)
{
  g_autoptr (Fixture) f = fixture_new ();

  g_assert_nonnull (fixture_find (f, GTK_TYPE_LABEL, "My work"));
  gtk_window_set_default_size (GTK_WINDOW (f->window), 800, 600);
  fixture_until (fixture_find (f, GTK_TYPE_LABEL, "My work") == NULL);
  g_assert_cmpint (gtk_widget_get_width (f->view), >, 780);
  gtk_widget_activate_action (f->view, "win.sidebar", NULL);
  fixture_until (fixture_find (f, GTK_TYPE_LABEL, "My work") != NULL);
  fixture_settle (f);
  g_assert_cmpint (gtk_widget_get_width (f->view), >, 780);
}

static gboolean
is_whole_in_view (Fixture *f, GtkWidget *widget)
{
  graphene_rect_t bounds;

  return gtk_widget_compute_bounds (widget, f->view, &bounds) && bounds.origin.x >= 0 &&
         bounds.origin.x + bounds.size.width <= gtk_widget_get_width (f->view);
}

static gboolean
is_marked_open (Fixture *f, guint card)
{
  return gtk_widget_has_css_class (fixture_face (f, f->ids->cards[card]), "open");
}

/* Which card the pane shows is seen on the board, and heard. */
static void
test_open_is_marked (void)
{
  g_autoptr (Fixture) f = fixture_new ();

  fixture_until (fixture_face (f, f->ids->cards[0]) != NULL && fixture_face (f, f->ids->cards[1]) != NULL);
  g_assert_false (is_marked_open (f, 0));
  baton_window_open_card (f->window, f->ids->cards[0]);
  g_assert_true (is_marked_open (f, 0));
  gtk_test_accessible_assert_state (fixture_face (f, f->ids->cards[0]), GTK_ACCESSIBLE_STATE_EXPANDED, TRUE);
  baton_window_open_card (f->window, f->ids->cards[1]);
  g_assert_true (!is_marked_open (f, 0) && is_marked_open (f, 1));
  gtk_widget_activate_action (GTK_WIDGET (f->window), "win.close-card", NULL);
  g_assert_false (is_marked_open (f, 1));
}

/* A card that is opened stays in view beside its pane. */
static void
test_open_stays (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  const char *card = f->ids->cards[0];
  int width;

  gtk_window_set_default_size (GTK_WINDOW (f->window), 1260, 760);
  fixture_until (gtk_widget_get_width (f->view) > 1000);
  fixture_do (f, baton_test_op_move (card, fixture_stage (f, 0), fixture_stage (f, 2)));
  fixture_until (is_whole_in_view (f, fixture_face (f, card)));
  width = gtk_widget_get_width (f->view);
  baton_window_open_card (f->window, card);
  fixture_until (gtk_widget_get_width (f->view) < width - 200);
  fixture_until (is_whole_in_view (f, fixture_face (f, card)));
}

static void
test_empty (void)
{
  g_autoptr (Fixture) f = fixture_new ();

  fixture_act (f, NULL, "board.archive-stage", "s", fixture_stage (f, 0));
  fixture_until (fixture_has (f, 0, ""));
  fixture_settle (f);
  /* Nothing to walk on: every key is harmless. */
  fixture_act (f, NULL, "board.walk", "s", "down");
  fixture_act (f, NULL, "board.extend", "s", "down");
  fixture_act (f, NULL, "board.move", "s", "right");
  fixture_act (f, NULL, "board.select-all", NULL);
  fixture_act (f, NULL, "board.toggle", NULL);
  fixture_act (f, NULL, "board.open", NULL);
  fixture_act (f, NULL, "board.menu", NULL);
  fixture_act (f, NULL, "board.choose-stage", NULL);
  fixture_act (f, NULL, "win.new-card", NULL);
  fixture_until (GTK_IS_EDITABLE (gtk_window_get_focus (GTK_WINDOW (f->window))));
}

static void
test_read_only (void)
{
  g_autoptr (Fixture) f = fixture_new_with (BATON_STORE_READ_ONLY, NULL);

  fixture_until (fixture_find (f, GTK_TYPE_LABEL, "Read-only") != NULL);
  fixture_act (f, f->ids->cards[0], "board.move", "s", "right");
  fixture_until (fixture_find (f, G_TYPE_INVALID, baton_workspace_read_only_reason (f->workspace)) != NULL);
  fixture_until (strstr (fixture_said (f), baton_workspace_read_only_reason (f->workspace)) != NULL);
  fixture_act (f, f->ids->cards[0], "board.bin", NULL);
  fixture_act (f, f->ids->cards[0], "board.toggle", NULL);
  fixture_act (f, NULL, "board.add-card", "s", fixture_stage (f, 1));
  fixture_settle (f);
  g_assert_false (GTK_IS_EDITABLE (gtk_window_get_focus (GTK_WINDOW (f->window))));
  fixture_act (f, f->ids->cards[0], "board.walk", "s", "down");
  g_assert_cmpstr (fixture_focused (f), ==, f->ids->cards[1]);
}

static void
prepare_many (BatonWorkspace *workspace, BatonTestBoard *ids)
{
  GPtrArray *ops = g_ptr_array_new_with_free_func ((GDestroyNotify) baton_op_free);

  for (guint i = 0; i < 300; i++)
    {
      g_autofree char *id = baton_store_new_id ();
      g_autofree char *title = g_strdup_printf ("Many %u", i);

      g_ptr_array_add (ops, baton_test_op_card (id, ids->stages[0], title));
    }
  baton_workspace_perform_batch (workspace, ops, NULL, NULL, NULL);
}

static GtkAdjustment *
scroll_of (Fixture *f, const char *card)
{
  GtkWidget *scrolled = gtk_widget_get_ancestor (fixture_face (f, card), GTK_TYPE_SCROLLED_WINDOW);

  return gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scrolled));
}

/* A column that is folded elsewhere does not throw the others back to their tops. */
static void
test_places_stay (void)
{
  g_autoptr (Fixture) f = fixture_new_with (BATON_STORE_OPEN, prepare_many);
  GtkAdjustment *scroll = scroll_of (f, f->ids->cards[0]);

  gtk_adjustment_set_value (scroll, 4000);
  fixture_settle (f);
  g_assert_cmpfloat (gtk_adjustment_get_value (scroll), >, 3500);
  fixture_act (f, NULL, "board.collapse", "s", fixture_stage (f, 3));
  fixture_until (fixture_find (f, GTK_TYPE_BUTTON, "Unfold “Review”") != NULL);
  fixture_settle (f);
  fixture_until (scroll_of (f, f->ids->cards[0]) != scroll);
  g_assert_cmpfloat (gtk_adjustment_get_value (scroll_of (f, f->ids->cards[0])), >, 3500);
}

/* Only what is seen is built. */
/* What a face is thought to need follows its card, the width and the text, however often it was asked before.
 */
static void
test_estimate (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  const char *id = f->ids->cards[2];
  BatonItem *card = baton_board_card (f->board, id);
  g_autofree char *long_title = g_strnfill (90, 'x');
  int small = baton_card_face_estimate (f->board, card, 280, 1.0);

  g_assert_cmpint (baton_card_face_estimate (f->board, card, 280, 1.0), ==, small);
  g_assert_cmpint (baton_card_face_estimate (f->board, card, 280, 2.0), >, small * 3 / 2);
  g_assert_cmpint (baton_card_face_estimate (f->board, card, 280, 1.0), ==, small);
  fixture_do (f, baton_test_op_text (BATON_VERB_CARD_SET, id, BATON_CARD_TITLE, long_title));
  fixture_until (g_strcmp0 (baton_item_text (card, BATON_CARD_TITLE), long_title) == 0);
  g_assert_cmpint (baton_card_face_estimate (f->board, card, 280, 1.0), >, small);
  g_assert_cmpint (baton_card_face_estimate (f->board, card, 2000, 1.0), ==, small);
}

static void
test_lazy (void)
{
  g_autoptr (Fixture) f = fixture_new_with (BATON_STORE_OPEN, prepare_many);
  GtkWidget *list = gtk_widget_get_parent (fixture_face (f, f->ids->cards[0]));

  g_assert_cmpuint (baton_lazy_list_get_n_realised (BATON_LAZY_LIST (list)), <, 40);
  fixture_act (f, f->ids->cards[0], "board.walk", "s", "last");
  fixture_settle (f);
  g_assert_cmpuint (baton_lazy_list_get_n_realised (BATON_LAZY_LIST (list)), <, 80);
  g_assert_cmpstr (fixture_focused (f), !=, f->ids->cards[0]);
}

/* The database changes beneath while something is dragged; the drag ends, nothing is lost. */
static void
test_bulk_change (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_autoptr (GError) error = NULL;
  GPtrArray *ops = g_ptr_array_new_with_free_func ((GDestroyNotify) baton_op_free);

  fixture_focus (f, f->ids->cards[4]);
  for (guint i = 0; i < 250; i++)
    {
      g_autofree char *id = baton_store_new_id ();

      g_ptr_array_add (ops, baton_test_op_card (id, fixture_stage (f, 1), "Bulk"));
    }
  baton_workspace_perform_batch (f->workspace, ops, NULL, NULL, &error);
  g_assert_no_error (error);
  fixture_settle (f);
  fixture_until (baton_board_count (f->board, fixture_stage (f, 1)) == 250);
  fixture_until (g_strcmp0 (fixture_focused (f), f->ids->cards[4]) == 0);
  fixture_act (f, f->ids->cards[4], "board.move", "s", "right");
  fixture_until (
      g_strcmp0 (baton_item_text (fixture_card (f, 4), BATON_CARD_STAGE), fixture_stage (f, 1)) == 0);
  fixture_until (g_strcmp0 (fixture_focused (f), f->ids->cards[4]) == 0);
}

static void
try_template (const char *path)
{
  g_autoptr (GBytes) bytes = g_resources_lookup_data (path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  g_autoptr (GtkBuilder) builder = gtk_builder_new ();
  const char *text = g_bytes_get_data (bytes, NULL);
  const char *class = strstr (text, "<template class=\"");
  g_autofree char *name = NULL;
  GObject *object;

  if (class == NULL)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GSList) objects = NULL;

      g_assert_true (gtk_builder_add_from_resource (builder, path, &error));
      g_assert_no_error (error);
      objects = gtk_builder_get_objects (builder);
      for (GSList *l = objects; l != NULL; l = l->next)
        {
          if (GTK_IS_WINDOW (l->data))
            gtk_window_destroy (l->data);
        }
      return;
    }
  class += strlen ("<template class=\"");
  name = g_strndup (class, strcspn (class, "\""));
  g_assert_true (gtk_builder_get_type_from_name (builder, name) != G_TYPE_INVALID);
  object = g_object_new (gtk_builder_get_type_from_name (builder, name), NULL);
  if (GTK_IS_WINDOW (object))
    gtk_window_destroy (GTK_WINDOW (object));
  else
    g_object_unref (g_object_ref_sink (object));
}

static guint
try_templates (const char *folder)
{
  g_auto (GStrv) names = g_resources_enumerate_children (folder, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  guint n = 0;

  for (guint i = 0; names[i] != NULL; i++)
    {
      g_autofree char *path = g_strconcat (folder, names[i], NULL);

      if (g_str_has_suffix (path, "/"))
        n += try_templates (path);
      if (!g_str_has_suffix (path, ".ui"))
        continue;
      g_test_message ("%s", path);
      try_template (path);
      n++;
    }
  return n;
}

static void
test_templates (void)
{
  ui_application ();
  g_assert_cmpuint (try_templates ("/io/github/batonboard/Baton/"), >=, 5);
}

int
main (int argc, char **argv)
{
  fixture_init (&argc, &argv);
  g_test_add_func ("/board/view/wip-refusal", test_wip_refusal);
  g_test_add_func ("/board/view/accessible", test_accessible);
  g_test_add_func ("/board/view/lanes", test_lanes);
  g_test_add_func ("/board/view/lanes-change", test_lanes_change);
  g_test_add_func ("/board/view/filter-chips", test_filter_chips);
  g_test_add_func ("/board/view/search", test_search);
  g_test_add_func ("/board/view/titles", test_titles);
  g_test_add_func ("/board/view/right-to-left", test_right_to_left);
  g_test_add_func ("/board/view/sidebar-walk", test_sidebar_walk);
  g_test_add_func ("/board/view/narrow", test_narrow);
  g_test_add_func ("/board/view/open-is-marked", test_open_is_marked);
  g_test_add_func ("/board/view/open-stays", test_open_stays);
  g_test_add_func ("/board/view/empty", test_empty);
  g_test_add_func ("/board/view/read-only", test_read_only);
  g_test_add_func ("/board/view/places-stay", test_places_stay);
  g_test_add_func ("/board/view/estimate", test_estimate);
  g_test_add_func ("/board/view/lazy", test_lazy);
  g_test_add_func ("/board/view/bulk-change", test_bulk_change);
  g_test_add_func ("/board/view/templates", test_templates);
  return g_test_run ();
}
