/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-test"

#include "card-fixture.h"

#include "checklist-item.h"
#include "history-list.h"
#include "markdown-view.h"
#include "text-editor.h"
#include "tick.h"

/* What others do, drafts, history, long texts, read-only. */

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
brief (CardFixture *f)
{
  return baton_card_page_text (baton_card_pane_page (f->pane), BATON_CARD_BRIEF);
}

static gboolean
shows (CardFixture *f, const char *wanted)
{
  g_autofree char *texts = ui_texts (f->pane);

  return strstr (texts, wanted) != NULL;
}

static gboolean
shows_condition (CardFixture *f, gpointer wanted)
{
  return shows (f, wanted);
}

static BatonOp *
set_op (const char *card, BatonField field, const char *value)
{
  BatonOp *op = baton_op_new (BATON_VERB_CARD_SET);

  baton_op_add_id (op, card);
  baton_op_set_text (op, field, value);
  return op;
}

static void
test_follows (void)
{
  CardFixture f;
  BatonOp *op;

  card_fixture_open (&f, 0);
  card_fixture_show (&f, f.hero);
  card_fixture_foreign (&f, set_op (f.hero, BATON_CARD_TITLE, "Another title"));
  g_assert_true (shows (&f, "Another title"));
  card_fixture_foreign (&f, set_op (f.hero, BATON_CARD_BRIEF, "Another *brief*"));
  g_assert_true (shows (&f, "Another brief"));

  op = baton_op_new (BATON_VERB_ITEM_SET);
  baton_op_add_id (op, f.items[2]);
  baton_op_set_text (op, BATON_ITEM_TEXT, "Story, nine by sixteen");
  card_fixture_foreign (&f, op);
  g_assert_true (shows (&f, "Story, nine by sixteen"));

  op = baton_op_new (BATON_VERB_CHECKLIST_REMOVE);
  baton_op_add_id (op, f.checklist);
  card_fixture_foreign (&f, op);
  g_assert_false (shows (&f, "Story, nine by sixteen"));
  g_assert_true (baton_workspace_undo (f.workspace, FALSE, NULL, NULL));
  g_assert_true (shows (&f, "Story, nine by sixteen"));

  op = baton_op_new (BATON_VERB_PERSON_SET);
  baton_op_add_id (op, f.lea);
  baton_op_set_text (op, BATON_PERSON_NAME, "Lea Moser-Vogt");
  card_fixture_foreign (&f, op);
  g_assert_true (shows (&f, "Lea Moser-Vogt"));
  card_fixture_close (&f, FALSE);
}

/* A change by somebody else does not touch what is being typed. */
static void
test_meanwhile (void)
{
  CardFixture f;
  g_autofree char *typed = NULL;

  card_fixture_open (&f, 0);
  card_fixture_show (&f, f.hero);
  baton_text_field_edit (brief (&f));
  card_fixture_type (editor_of (brief (&f)), "My own words");
  card_fixture_foreign (&f, set_op (f.hero, BATON_CARD_BRIEF, "Their words"));
  typed = baton_text_editor_text (editor_of (brief (&f)));
  g_assert_cmpstr (typed, ==, "My own words");
  g_assert_true (shows (&f, "Changed by Lea Moser meanwhile"));
  g_assert_false (shows (&f, "Their words"));
  g_signal_emit_by_name (ui_find_button (brief (&f), "Show"), "clicked");
  g_assert_true (shows (&f, "Their words"));

  /* Leaving does not write over it; it stays a draft. */
  baton_text_field_leave (brief (&f));
  g_assert_true (baton_text_field_has_draft (brief (&f)));
  g_assert_true (shows (&f, "Unsaved draft"));
  card_fixture_forget (&f);
  baton_text_field_save (brief (&f));
  card_fixture_expect (&f, "card.set");
  g_assert_false (shows (&f, "Unsaved draft"));
  g_assert_false (shows (&f, "meanwhile"));
  g_assert_true (shows (&f, "My own words"));
  card_fixture_close (&f, FALSE);
}

/* Somebody moves the item that is being edited: the row is made anew, the typing goes on in it. */
static void
test_moved_while_typing (void)
{
  CardFixture f;
  GtkWidget *field;
  BatonOp *op;
  g_autofree char *typed = NULL;

  card_fixture_open (&f, 0);
  card_fixture_show (&f, f.hero);
  field = ui_find_type (ui_find_type (f.pane, BATON_TYPE_CHECKLIST_ITEM, 0), BATON_TYPE_TEXT_FIELD, 0);
  baton_text_field_edit (BATON_TEXT_FIELD (field));
  card_fixture_type (editor_of (field), "Square, half typ");
  op = baton_op_new (BATON_VERB_ITEM_MOVE);
  baton_op_add_id (op, f.items[0]);
  baton_op_set_to (op, f.checklist);
  baton_op_set_place (op, NULL, f.items[2]);
  card_fixture_foreign (&f, op);
  ui_spin (100);
  field = ui_find_type (ui_find_type (f.pane, BATON_TYPE_CHECKLIST_ITEM, 2), BATON_TYPE_TEXT_FIELD, 0);
  g_assert_true (baton_text_field_is_editing (BATON_TEXT_FIELD (field)));
  typed = baton_text_editor_text (editor_of (field));
  g_assert_cmpstr (typed, ==, "Square, half typ");
  card_fixture_close (&f, FALSE);
}

static gboolean
has_draft (CardFixture *f, gpointer key)
{
  g_autofree char *draft = baton_reader_draft (baton_workspace_reader (f->workspace), key);

  return g_strcmp0 (draft, "Half a thou") == 0;
}

/* Typed, not saved, and the program gone: it is there again. */
static void
test_drafts (void)
{
  CardFixture f;
  g_autofree char *key = NULL;
  gint64 begin;

  card_fixture_open (&f, 0);
  card_fixture_show (&f, f.hero);
  key = g_strconcat (f.hero, "/brief", NULL);
  baton_text_field_edit (brief (&f));
  card_fixture_type (editor_of (brief (&f)), "Half a thou");
  begin = g_get_monotonic_time ();
  card_fixture_until (&f, has_draft, key, "the draft is in the database");
  g_test_message ("kept after %d ms", (int) ((g_get_monotonic_time () - begin) / 1000));
  card_fixture_close (&f, TRUE);

  card_fixture_reopen (&f, 0);
  card_fixture_show (&f, f.hero);
  g_assert_true (baton_text_field_has_draft (brief (&f)));
  g_assert_true (shows (&f, "Half a thou"));
  g_assert_true (shows (&f, "Unsaved draft"));
  g_assert_cmpuint (f.verbs->len, ==, 0);
  baton_text_field_discard (brief (&f));
  g_assert_false (shows (&f, "Half a thou"));
  g_assert_true (shows (&f, "One picture, six sizes"));

  /* Another card is shown while typing: kept as well. */
  baton_text_field_edit (title (&f));
  card_fixture_type (editor_of (title (&f)), "A title on its way");
  card_fixture_show (&f, f.banner);
  card_fixture_show (&f, f.hero);
  g_assert_true (baton_text_field_has_draft (title (&f)));
  g_assert_true (shows (&f, "A title on its way"));
  baton_text_field_save (title (&f));
  card_fixture_expect (&f, "card.set");
  card_fixture_close (&f, FALSE);
}

static void
test_history (void)
{
  CardFixture f;
  BatonHistoryList *history;
  BatonOp *op;

  card_fixture_open (&f, 0);
  op = baton_op_new (BATON_VERB_CARD_MOVE);
  baton_op_add_id (op, f.hero);
  baton_op_set_to (op, f.stages[2]);
  card_fixture_foreign (&f, op);
  card_fixture_show (&f, f.hero);
  history = BATON_HISTORY_LIST (ui_find_type (f.pane, BATON_TYPE_HISTORY_LIST, 0));
  card_fixture_until (&f, shows_condition,
      (gpointer) "Lea Moser moved this card from “In design” to “In review”", "the move in the history");
  g_assert_true (shows (&f, "labelled this card"));

  baton_history_list_set_filter (history, BATON_HISTORY_MOVES, NULL);
  ui_spin (300);
  g_assert_true (shows (&f, "moved this card"));
  g_assert_true (shows (&f, "added this card in"));
  g_assert_false (shows (&f, "labelled this card"));
  baton_history_list_set_filter (history, BATON_HISTORY_COMMENTS, NULL);
  ui_spin (300);
  g_assert_true (shows (&f, "Ana Kovač commented"));
  g_assert_true (shows (&f, "Lea Moser commented"));
  g_assert_false (shows (&f, "moved this card"));
  baton_history_list_set_filter (history, BATON_HISTORY_COMMENTS, f.lea);
  ui_spin (300);
  g_assert_false (shows (&f, "Ana Kovač commented"));
  baton_history_list_set_filter (history, BATON_HISTORY_CHECKLISTS, NULL);
  ui_spin (300);
  g_assert_true (shows (&f, "ticked “Square 1080 × 1080”"));

  /* Live, and what was undone says so. */
  baton_history_list_set_filter (history, BATON_HISTORY_FIELDS, NULL);
  card_fixture_foreign (&f, set_op (f.hero, BATON_CARD_TITLE, "For a moment"));
  card_fixture_until (&f, shows_condition, (gpointer) "“For a moment”", "the new line");
  g_assert_true (baton_workspace_undo (f.workspace, FALSE, NULL, NULL));
  card_fixture_until (&f, shows_condition, (gpointer) "· undone", "the mark of the undone");
  card_fixture_close (&f, FALSE);
}

static void
test_long_title (void)
{
  CardFixture f;
  GString *text;
  gint64 begin, took;
  GtkWidget *button;
  g_autofree char *texts = NULL;

  card_fixture_open (&f, 0);
  text = g_string_new ("<b>&amp; ");
  while (text->len < 100000)
    g_string_append (text, "word \u202bمرحبا 🌍 <i>");
  card_fixture_foreign (&f, set_op (f.banner, BATON_CARD_TITLE, text->str));
  begin = g_get_monotonic_time ();
  card_fixture_show (&f, f.print);
  g_test_message ("a short one after %d ms", (int) ((g_get_monotonic_time () - begin) / 1000));
  begin = g_get_monotonic_time ();
  card_fixture_show (&f, f.banner);
  took = g_get_monotonic_time () - begin;
  g_test_message ("shown after %d ms", (int) (took / 1000));
  texts = ui_texts (title (&f));
  g_assert_cmpuint (strlen (texts), <, 2000);
  g_assert_true (g_str_has_prefix (texts, "<b>&amp; word"));
  button = ui_find_type (baton_card_page_title (baton_card_pane_page (f.pane)), GTK_TYPE_BUTTON, 0);
  g_signal_emit_by_name (button, "clicked");
  ui_spin (50);
  g_free (texts);
  texts = ui_texts (title (&f));
  g_assert_cmpuint (strlen (texts), >, 99000);
  /* It is also short where other cards speak of it. */
  card_fixture_show (&f, f.hero);
  g_string_free (text, TRUE);
  card_fixture_close (&f, FALSE);
}

static void
check_insensitive (GtkWidget *widget)
{
  if (!gtk_widget_get_visible (widget))
    return;
  if (BATON_IS_TICK (widget))
    g_assert_false (gtk_widget_get_sensitive (widget));
  g_assert_false (BATON_IS_TEXT_EDITOR (widget));
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    check_insensitive (child);
}

static void
test_read_only (void)
{
  static const char *const not_offered[] = { "Unblock", "Add a checklist", "Add a link", "Comment",
    "Block with a reason…" };
  CardFixture f;

  card_fixture_open (&f, BATON_STORE_READ_ONLY);
  g_assert_nonnull (baton_workspace_read_only_reason (f.workspace));
  card_fixture_show (&f, f.hero);
  g_assert_true (shows (&f, "One picture, six sizes"));
  baton_text_field_edit (title (&f));
  g_assert_false (baton_text_field_is_editing (title (&f)));
  check_insensitive (GTK_WIDGET (f.pane));
  for (guint i = 0; i < G_N_ELEMENTS (not_offered); i++)
    {
      GtkWidget *button = ui_find_button (f.pane, not_offered[i]);

      if (button != NULL && gtk_widget_get_mapped (button))
        g_error ("“%s” is offered in a workspace that cannot be written", not_offered[i]);
    }
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (baton_card_header_stage_button (f.pane->header))));
  card_fixture_close (&f, FALSE);
}

/* Everything that the keyboard reaches has a name or shows text. */
static void
check_names (GtkWidget *widget)
{
  if (!gtk_widget_get_visible (widget))
    return;
  if (GTK_IS_BUTTON (widget) || GTK_IS_TEXT_VIEW (widget) || BATON_IS_TICK (widget))
    {
      g_autofree char *texts = ui_texts (widget);
      gboolean named =
          gtk_test_accessible_has_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL) ||
          gtk_test_accessible_has_relation (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_RELATION_LABELLED_BY) ||
          gtk_widget_get_tooltip_text (widget) != NULL;
      GtkWidget *parent = gtk_widget_get_parent (widget);

      /* The button inside a menu button or a drop-down is named by it. */
      if (!named && (GTK_IS_MENU_BUTTON (parent) || GTK_IS_DROP_DOWN (parent)))
        named = gtk_test_accessible_has_property (GTK_ACCESSIBLE (parent), GTK_ACCESSIBLE_PROPERTY_LABEL) ||
                gtk_widget_get_tooltip_text (parent) != NULL;
      if (!named && *texts == '\0')
        g_error ("A %s has no name", G_OBJECT_TYPE_NAME (widget));
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    check_names (child);
}

static void
test_names (void)
{
  CardFixture f;
  guint headings = 0;
  GtkWidget *label;

  card_fixture_open (&f, 0);
  card_fixture_show (&f, f.hero);
  check_names (GTK_WIDGET (f.pane));
  for (guint i = 0; (label = ui_find_type (f.pane, GTK_TYPE_LABEL, i)) != NULL; i++)
    headings += gtk_accessible_get_accessible_role (GTK_ACCESSIBLE (label)) == GTK_ACCESSIBLE_ROLE_HEADING;
  g_assert_cmpuint (headings, >=, 8);
  card_fixture_close (&f, FALSE);
}

static void
test_pane (void)
{
  CardFixture f;
  GtkSettings *settings = gtk_settings_get_default ();
  gboolean expanded;
  int natural, dpi;

  card_fixture_open (&f, 0);
  g_assert_null (baton_card_pane_get_card (f.pane));
  card_fixture_show (&f, f.hero);
  g_assert_cmpstr (baton_card_pane_get_card (f.pane), ==, f.hero);
  gtk_widget_measure (GTK_WIDGET (f.pane), GTK_ORIENTATION_HORIZONTAL, -1, NULL, &natural, NULL, NULL);
  g_assert_cmpint (natural, ==, 360);
  /* Large texts want more room. */
  g_object_get (settings, "gtk-xft-dpi", &dpi, NULL);
  g_object_set (settings, "gtk-xft-dpi", 2 * 96 * 1024, NULL);
  gtk_widget_measure (GTK_WIDGET (f.pane), GTK_ORIENTATION_HORIZONTAL, -1, NULL, &natural, NULL, NULL);
  g_assert_cmpint (natural, ==, 540);
  g_object_set (settings, "gtk-xft-dpi", dpi, NULL);
  g_object_set (f.pane, "expanded", TRUE, NULL);
  g_object_get (f.pane->header, "expanded", &expanded, NULL);
  g_assert_true (expanded);
  g_assert_false (gtk_widget_get_visible (f.pane->handle));
  baton_card_pane_set_card (f.pane, NULL, NULL);
  g_assert_null (baton_card_pane_get_card (f.pane));
  card_fixture_close (&f, FALSE);
}

int
main (int argc, char **argv)
{
  card_fixture_init (&argc, &argv);
  g_test_add_func ("/card/live/follows", test_follows);
  g_test_add_func ("/card/live/meanwhile", test_meanwhile);
  g_test_add_func ("/card/live/moved-while-typing", test_moved_while_typing);
  g_test_add_func ("/card/live/drafts", test_drafts);
  g_test_add_func ("/card/live/history", test_history);
  g_test_add_func ("/card/live/long-title", test_long_title);
  g_test_add_func ("/card/live/read-only", test_read_only);
  g_test_add_func ("/card/live/names", test_names);
  g_test_add_func ("/card/live/pane", test_pane);
  return g_test_run ();
}
