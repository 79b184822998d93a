/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-test"

#include "card-fixture.h"

#include "block-row.h"
#include "card-choices.h"
#include "checklist-item.h"
#include "checklist-view.h"
#include "comment-row.h"
#include "dependency-list.h"
#include "done-list.h"
#include "markdown-view.h"
#include "reveal-editor.h"
#include "text-editor.h"
#include "tick.h"

static BatonTextEditor *
editor_of (gpointer root)
{
  return BATON_TEXT_EDITOR (ui_find_type (root, BATON_TYPE_TEXT_EDITOR, 0));
}

static BatonTextField *
title (CardFixture *f)
{
  return baton_card_page_title (baton_card_pane_page (f->pane));
}

static BatonTextField *
text (CardFixture *f, BatonField field)
{
  return baton_card_page_text (baton_card_pane_page (f->pane), field);
}

static BatonItem *
hero (CardFixture *f)
{
  return baton_board_card (f->board, f->hero);
}

static void
write_field (BatonTextField *field, const char *typed)
{
  baton_text_field_edit (field);
  card_fixture_type (editor_of (field), typed);
  g_signal_emit_by_name (editor_of (field), "submit");
}

static gboolean
is_shown_text (CardFixture *f, const char *wanted)
{
  g_autofree char *texts = ui_texts (f->pane);

  return strstr (texts, wanted) != NULL;
}

static gboolean
is_title_refused (CardFixture *f, gpointer data)
{
  return is_shown_text (f, "A card needs a title.");
}

static void
test_shows (void)
{
  static const char *const wanted[] = { "Hero image", "In design", "Instagram", "Image", "Hero", "Lea Moser",
    "Ana Kovač", "Budget line", "3 of 5", "Missing: Alt text written, and 1 more", "Print ad A4, bleed",
    "One picture, six sizes", "Calm, not cold.", "First-time buyers", "Sizes", "1 of 3", "Story 9:16",
    "example.com/brand/palette", "Which crop do we lead with?" };
  CardFixture f;
  g_autofree char *texts = NULL;

  card_fixture_open (&f, 0);
  card_fixture_show (&f, f.hero);
  texts = ui_texts (f.pane);
  for (guint i = 0; i < G_N_ELEMENTS (wanted); i++)
    {
      if (strstr (texts, wanted[i]) == NULL)
        g_error ("“%s” is not shown in:\n%s", wanted[i], texts);
    }
  card_fixture_close (&f, FALSE);
}

static void
test_texts (void)
{
  CardFixture f;

  card_fixture_open (&f, 0);
  card_fixture_show (&f, f.hero);
  write_field (title (&f), "  Hero image, final  ");
  card_fixture_expect (&f, "card.set");
  g_assert_cmpstr (baton_item_text (hero (&f), BATON_CARD_TITLE), ==, "Hero image, final");
  g_assert_false (baton_text_field_is_editing (title (&f)));

  write_field (text (&f, BATON_CARD_AUDIENCE), "Everybody who *walks*");
  card_fixture_expect (&f, "card.set");
  g_assert_true (is_shown_text (&f, "Everybody who walks"));

  /* Unchanged: no operation. */
  baton_text_field_edit (title (&f));
  g_signal_emit_by_name (editor_of (title (&f)), "submit");
  ui_spin (50);
  g_assert_cmpuint (f.verbs->len, ==, 0);
  g_assert_false (baton_text_field_is_editing (title (&f)));

  /* Refused: said beside it, and the text stays. */
  write_field (title (&f), "   ");
  card_fixture_until (&f, is_title_refused, NULL, "the refusal");
  g_assert_true (baton_text_field_is_editing (title (&f)));
  g_assert_cmpuint (f.verbs->len, ==, 0);
  card_fixture_close (&f, FALSE);
}

static void
choose (CardFixture *f, BatonField field, const char *id, const char *verb)
{
  GtkWidget *button = gtk_menu_button_new ();
  GtkWidget *chooser = baton_card_chooser_new (baton_card_pane_model (f->pane), field);

  g_object_ref_sink (button);
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (button), chooser);
  baton_chooser_choose (BATON_CHOOSER (chooser), id);
  card_fixture_expect (f, verb);
  g_object_unref (button);
}

static void
test_choosers (void)
{
  CardFixture f;
  BatonCardModel *model;
  BatonOp *op;

  card_fixture_open (&f, 0);
  card_fixture_show (&f, f.hero);
  choose (&f, BATON_CARD_CAMPAIGN, f.campaign, "card.set");
  g_assert_true (is_shown_text (&f, "Spring"));
  choose (&f, BATON_CARD_CHANNEL, "", "card.set");
  g_assert_null (baton_item_text (hero (&f), BATON_CARD_CHANNEL));
  choose (&f, BATON_CARD_URGENCY, "fast", "card.set");
  g_assert_true (is_shown_text (&f, "Fast lane"));
  choose (&f, BATON_CARD_LABELS, f.labels[1], "card.label");
  g_assert_true (is_shown_text (&f, "Paid"));
  choose (&f, BATON_CARD_MEMBERS, f.lea, "card.member");
  choose (&f, BATON_CARD_OWNER, f.me, "card.set");
  choose (&f, BATON_CARD_STAGE, f.stages[2], "card.move");
  g_assert_cmpstr (baton_item_text (hero (&f), BATON_CARD_STAGE), ==, f.stages[2]);
  g_assert_true (is_shown_text (&f, "In review"));

  model = baton_card_pane_model (f.pane);
  op = baton_card_set_due (model, 0);
  g_assert_nonnull (op);
  baton_workspace_perform (f.workspace, op, NULL, NULL);
  g_assert_null (baton_card_set_due (model, 0));
  card_fixture_close (&f, FALSE);
}

static gboolean
has_two_verbs (CardFixture *f, gpointer data)
{
  return f->verbs->len == 2;
}

/* What is typed and not there yet is made and chosen in one go. */
static void
test_create (void)
{
  CardFixture f;
  GtkWidget *button = g_object_ref_sink (gtk_menu_button_new ()), *chooser, *search;
  BatonColumn *labels;
  BatonItem *label;

  card_fixture_open (&f, 0);
  card_fixture_show (&f, f.hero);
  chooser = baton_card_chooser_new (baton_card_pane_model (f.pane), BATON_CARD_LABELS);
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (button), chooser);
  search = ui_find_type (chooser, GTK_TYPE_SEARCH_ENTRY, 0);
  labels = baton_workspace_list (f.workspace, BATON_ENTITY_LABEL, baton_board_id (f.board));
  baton_chooser_create (BATON_CHOOSER (chooser));
  gtk_editable_set_text (GTK_EDITABLE (search), "  Evergreen ");
  baton_chooser_create (BATON_CHOOSER (chooser));
  card_fixture_until (&f, has_two_verbs, NULL, "the new label on the card");
  g_assert_cmpstr (g_ptr_array_index (f.verbs, 0), ==, "label.add");
  g_assert_cmpstr (g_ptr_array_index (f.verbs, 1), ==, "card.label");
  label = baton_column_peek (labels, baton_column_size (labels) - 1);
  g_assert_cmpstr (baton_item_text (label, BATON_LABEL_NAME), ==, "Evergreen");
  g_assert_nonnull (baton_item_text (label, BATON_LABEL_COLOR));
  g_assert_true (baton_item_has (hero (&f), BATON_CARD_LABELS, baton_item_id (label)));
  g_assert_true (is_shown_text (&f, "Evergreen"));
  g_object_unref (button);
  card_fixture_close (&f, FALSE);
}

static void
test_due (void)
{
  CardFixture f;
  GtkWidget *button = g_object_ref_sink (gtk_menu_button_new ()), *chooser;
  g_autoptr (GDateTime) day = g_date_time_new_local (2027, 3, 28, 0, 0, 0);
  g_autoptr (GDateTime) wanted = g_date_time_new_local (2027, 3, 28, 14, 5, 0);

  card_fixture_open (&f, 0);
  card_fixture_show (&f, f.hero);
  chooser = baton_card_chooser_new (baton_card_pane_model (f.pane), BATON_CARD_DUE);
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (button), chooser);
  gtk_calendar_select_day (GTK_CALENDAR (ui_find_type (chooser, GTK_TYPE_CALENDAR, 0)), day);
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (ui_find_type (chooser, GTK_TYPE_SPIN_BUTTON, 0)), 14);
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (ui_find_type (chooser, GTK_TYPE_SPIN_BUTTON, 1)), 5);
  g_signal_emit_by_name (ui_find_button (chooser, "Set"), "clicked");
  card_fixture_expect (&f, "card.set");
  g_assert_cmpint (
      baton_item_int (hero (&f), BATON_CARD_DUE), ==, g_date_time_to_unix (wanted) * G_USEC_PER_SEC);
  g_object_unref (button);
  card_fixture_close (&f, FALSE);
}

static void
test_done (void)
{
  CardFixture f;
  GtkWidget *list;
  BatonTick *tick;

  card_fixture_open (&f, 0);
  card_fixture_show (&f, f.hero);
  list = ui_find_type (f.pane, BATON_TYPE_DONE_LIST, 0);
  g_assert_cmpstr (
      baton_done_list_summary (BATON_DONE_LIST (list)), ==, "3 of 5. Missing: Alt text written, and 1 more");
  tick = BATON_TICK (ui_find_type (list, BATON_TYPE_TICK, 3));
  gtk_check_button_set_active (GTK_CHECK_BUTTON (tick), TRUE);
  /* It asks; it does not tick by itself. */
  g_assert_false (gtk_check_button_get_active (GTK_CHECK_BUTTON (tick)));
  card_fixture_expect (&f, "card.tick");
  g_assert_true (gtk_check_button_get_active (GTK_CHECK_BUTTON (tick)));
  g_assert_cmpstr (
      baton_done_list_summary (BATON_DONE_LIST (list)), ==, "4 of 5. Missing: Legal line present");
  card_fixture_close (&f, FALSE);
}

static gboolean
is_refused (CardFixture *f, gpointer chooser)
{
  return baton_chooser_refusal (chooser) != NULL;
}

static void
test_dependencies (void)
{
  CardFixture f;
  GtkMenuButton *button;
  BatonChooser *chooser;

  card_fixture_open (&f, 0);
  /* The hero waits for the print ad; the other way round is refused in words, in the popover. */
  card_fixture_show (&f, f.print);
  g_assert_true (is_shown_text (&f, "Needed by"));
  button = baton_dependency_list_button (
      BATON_DEPENDENCY_LIST (ui_find_type (f.pane, BATON_TYPE_DEPENDENCY_LIST, 0)));
  gtk_menu_button_popup (button);
  ui_spin (100);
  chooser = BATON_CHOOSER (gtk_menu_button_get_popover (button));
  baton_chooser_choose (chooser, f.hero);
  card_fixture_until (&f, is_refused, chooser, "the refusal of a circle");
  g_assert_nonnull (strstr (baton_chooser_refusal (chooser), "wait for each other"));
  g_assert_cmpuint (f.verbs->len, ==, 0);
  baton_chooser_choose (chooser, f.banner);
  card_fixture_expect (&f, "card.depend");
  g_assert_null (baton_chooser_refusal (chooser));
  gtk_menu_button_popdown (button);
  g_assert_true (is_shown_text (&f, "Banner 970×250"));
  g_signal_emit_by_name (ui_find_button (f.pane, "Wait no longer for this card"), "clicked");
  card_fixture_expect (&f, "card.depend");
  card_fixture_close (&f, FALSE);
}

static void
opened_cb (BatonCardPane *pane, const char *card, char **opened)
{
  g_free (*opened);
  *opened = g_strdup (card);
}

static void
test_open_blocker (void)
{
  CardFixture f;
  g_autofree char *opened = NULL;
  GtkWidget *list, *row;

  card_fixture_open (&f, 0);
  card_fixture_show (&f, f.hero);
  g_signal_connect (f.pane, "open-card", G_CALLBACK (opened_cb), &opened);
  list = ui_find_type (ui_find_type (f.pane, BATON_TYPE_DEPENDENCY_LIST, 0), GTK_TYPE_LIST_BOX, 0);
  row = ui_find_type (list, GTK_TYPE_LIST_BOX_ROW, 0);
  g_signal_emit_by_name (list, "row-activated", row);
  g_assert_cmpstr (opened, ==, f.print);
  card_fixture_close (&f, FALSE);
}

static void
test_block (void)
{
  CardFixture f;
  BatonBlockRow *row;

  card_fixture_open (&f, 0);
  card_fixture_show (&f, f.hero);
  row = BATON_BLOCK_ROW (ui_find_type (f.pane, BATON_TYPE_BLOCK_ROW, 0));
  baton_block_row_ask (row);
  card_fixture_type (editor_of (row), "Raw files on Thursday");
  g_signal_emit_by_name (editor_of (row), "submit");
  card_fixture_expect (&f, "card.block");
  g_assert_true (baton_block_row_is_blocked (row));
  g_assert_true (is_shown_text (&f, "Raw files on Thursday"));
  g_signal_emit_by_name (ui_find_button (row, "Unblock"), "clicked");
  card_fixture_expect (&f, "card.unblock");
  g_assert_false (baton_block_row_is_blocked (row));
  card_fixture_close (&f, FALSE);
}

static void
test_checklists (void)
{
  CardFixture f;
  BatonChecklistView *view;
  BatonChecklistItem *item;
  BatonTextEditor *more;
  BatonColumn *items;
  GtkWidget *editor = NULL;

  card_fixture_open (&f, 0);
  card_fixture_show (&f, f.hero);
  items = baton_card_model_items (baton_card_pane_model (f.pane), f.checklist);
  view = BATON_CHECKLIST_VIEW (ui_find_type (f.pane, BATON_TYPE_CHECKLIST_VIEW, 0));
  item = BATON_CHECKLIST_ITEM (ui_find_type (view, BATON_TYPE_CHECKLIST_ITEM, 1));

  gtk_check_button_set_active (GTK_CHECK_BUTTON (ui_find_type (item, BATON_TYPE_TICK, 0)), TRUE);
  card_fixture_expect (&f, "item.set");
  g_assert_true (is_shown_text (&f, "2 of 3"));
  write_field (BATON_TEXT_FIELD (ui_find_type (item, BATON_TYPE_TEXT_FIELD, 0)), "Portrait, 4:5");
  card_fixture_expect (&f, "item.set");
  g_assert_true (is_shown_text (&f, "Portrait, 4:5"));
  g_signal_emit_by_name (ui_find_button (item, "Remove this item"), "clicked");
  card_fixture_expect (&f, "item.remove");
  g_assert_cmpuint (baton_column_size (items), ==, 2);

  more = editor_of (view);
  card_fixture_type (more, "Banner 970×250");
  g_signal_emit_by_name (more, "submit");
  card_fixture_expect (&f, "item.add");
  g_assert_true (baton_text_editor_is_blank (more));
  /* Many lines are many items and one operation. */
  card_fixture_type (more, "- one\n\n- [ ] two\r\n  three  \n");
  g_signal_emit_by_name (more, "submit");
  card_fixture_expect (&f, "item.add");
  g_assert_cmpuint (baton_column_size (items), ==, 6);
  g_assert_cmpstr (baton_item_text (baton_column_peek (items, 4), BATON_ITEM_TEXT), ==, "two");
  g_assert_cmpstr (baton_item_text (baton_column_peek (items, 5), BATON_ITEM_TEXT), ==, "three");

  for (guint i = 0; (editor = ui_find_type (f.pane, BATON_TYPE_REVEAL_EDITOR, i)) != NULL; i++)
    {
      baton_reveal_editor_open (BATON_REVEAL_EDITOR (editor));
      card_fixture_type (editor_of (editor), i == 0 ? "Legal" : "example.com/a");
      g_signal_emit_by_name (editor_of (editor), "submit");
      card_fixture_expect (&f, i == 0 ? "checklist.add" : "link.add");
    }
  g_assert_true (is_shown_text (&f, "example.com/a"));
  g_signal_emit_by_name (ui_find_button (f.pane, "Remove this link"), "clicked");
  card_fixture_expect (&f, "link.remove");
  g_signal_emit_by_name (ui_find_button (f.pane, "Remove this checklist"), "clicked");
  card_fixture_expect (&f, "checklist.remove");
  card_fixture_close (&f, FALSE);
}

static void
test_comments (void)
{
  CardFixture f;
  BatonTextEditor *composer = NULL;
  GtkWidget *row;
  GtkWidget *editor;

  card_fixture_open (&f, 0);
  card_fixture_show (&f, f.hero);
  for (guint i = 0; (editor = ui_find_type (f.pane, BATON_TYPE_TEXT_EDITOR, i)) != NULL; i++)
    {
      if (gtk_widget_has_css_class (editor, "composer"))
        composer = BATON_TEXT_EDITOR (editor);
    }
  g_assert_nonnull (composer);
  card_fixture_type (composer, "Taking **this** one");
  g_signal_emit_by_name (composer, "submit");
  card_fixture_expect (&f, "comment.add");
  g_assert_true (baton_text_editor_is_blank (composer));
  g_assert_true (is_shown_text (&f, "Taking this one"));

  /* One's own can be edited and removed, another person's not. */
  row = ui_find_type (f.pane, BATON_TYPE_COMMENT_ROW, 1);
  g_assert_null (ui_find_button (row, "Edit this comment"));
  row = ui_find_type (f.pane, BATON_TYPE_COMMENT_ROW, 2);
  baton_comment_row_edit (BATON_COMMENT_ROW (row));
  card_fixture_type (editor_of (row), "Taking that one");
  g_signal_emit_by_name (editor_of (row), "submit");
  card_fixture_expect (&f, "comment.set");
  g_assert_true (is_shown_text (&f, "Taking that one"));
  g_assert_true (is_shown_text (&f, "edited"));
  g_signal_emit_by_name (ui_find_button (row, "Remove this comment"), "clicked");
  card_fixture_expect (&f, "comment.remove");
  card_fixture_close (&f, FALSE);
}

static void
test_custom (void)
{
  CardFixture f;
  BatonTextField *field;
  g_autofree char *texts = NULL;

  card_fixture_open (&f, 0);
  card_fixture_show (&f, f.hero);
  field = BATON_TEXT_FIELD (ui_find_type (f.pane, BATON_TYPE_TEXT_FIELD, 1));
  write_field (field, "4711");
  card_fixture_expect (&f, "custom_value.add");
  g_assert_true (is_shown_text (&f, "4711"));
  write_field (field, "4712");
  card_fixture_expect (&f, "custom_value.set");
  write_field (field, "");
  card_fixture_expect (&f, "custom_value.remove");
  texts = ui_texts (field);
  g_assert_null (strstr (texts, "4712"));
  g_assert_nonnull (strstr (texts, "Not set"));
  card_fixture_close (&f, FALSE);
}

static void
test_actions (void)
{
  CardFixture f;
  g_autofree char *opened = NULL;
  static const char *const table[][2] = { { "card.archive", "card.archive" },
    { "card.unarchive", "card.unarchive" }, { "card.bin", "card.bin" }, { "card.restore", "card.restore" },
    { "card.make-template", "card.add" }, { "card.duplicate", "card.add" } };

  card_fixture_open (&f, 0);
  card_fixture_show (&f, f.hero);
  g_signal_connect (f.pane, "open-card", G_CALLBACK (opened_cb), &opened);
  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_assert_true (gtk_widget_activate_action (GTK_WIDGET (f.pane), table[i][0], NULL));
      card_fixture_expect (&f, table[i][1]);
    }
  g_assert_nonnull (opened);
  g_assert_cmpstr (baton_item_text (baton_board_card (f.board, opened), BATON_CARD_TITLE), ==, "Hero image");
  card_fixture_show (&f, opened);
  g_assert_true (is_shown_text (&f, "Portrait 4:5"));
  g_assert_true (is_shown_text (&f, "0 of 3"));
  card_fixture_close (&f, FALSE);
}

int
main (int argc, char **argv)
{
  card_fixture_init (&argc, &argv);
  g_test_add_func ("/card/pane/shows", test_shows);
  g_test_add_func ("/card/pane/texts", test_texts);
  g_test_add_func ("/card/pane/choosers", test_choosers);
  g_test_add_func ("/card/pane/create", test_create);
  g_test_add_func ("/card/pane/due", test_due);
  g_test_add_func ("/card/pane/done", test_done);
  g_test_add_func ("/card/pane/dependencies", test_dependencies);
  g_test_add_func ("/card/pane/open-blocker", test_open_blocker);
  g_test_add_func ("/card/pane/block", test_block);
  g_test_add_func ("/card/pane/checklists", test_checklists);
  g_test_add_func ("/card/pane/comments", test_comments);
  g_test_add_func ("/card/pane/custom", test_custom);
  g_test_add_func ("/card/pane/actions", test_actions);
  return g_test_run ();
}
