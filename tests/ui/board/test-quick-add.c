/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-test"

#include "board-fixture.h"

#include <string.h>

static GtkEntry *
quick_entry (Fixture *f)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (f->window));

  return focus != NULL ? GTK_ENTRY (gtk_widget_get_ancestor (focus, GTK_TYPE_ENTRY)) : NULL;
}

static GtkEntry *
type_title (Fixture *f, guint stage, const char *title)
{
  GtkEntry *entry;

  fixture_act (f, NULL, "board.add-card", "s", fixture_stage (f, stage));
  fixture_until (quick_entry (f) != NULL);
  entry = quick_entry (f);
  gtk_editable_set_text (GTK_EDITABLE (entry), title);
  return entry;
}

static void
test_quick_add (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  GtkEntry *entry = type_title (f, 1, "  First \xe2\x9c\xa8 one ");

  gtk_test_accessible_assert_property (
      GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL, "Title of a new card in “To do”");
  g_signal_emit_by_name (entry, "activate");
  fixture_until (fixture_has (f, 1, "First ✨ one"));
  /* It stays for the next one. */
  fixture_until (*gtk_editable_get_text (GTK_EDITABLE (entry)) == '\0');
  g_assert_true (quick_entry (f) == entry);
  gtk_editable_set_text (GTK_EDITABLE (entry), "Second");
  g_signal_emit_by_name (entry, "activate");
  fixture_until (fixture_has (f, 1, "First ✨ one, Second"));
  fixture_until (*gtk_editable_get_text (GTK_EDITABLE (entry)) == '\0');
  g_signal_emit_by_name (entry, "activate");
  fixture_until (quick_entry (f) == NULL);
  /* The cursor is on something, so that keys go on working. */
  fixture_until (fixture_focused (f) != NULL);
}

static void
test_quick_add_refused (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  BatonOp *op = baton_test_op_int (BATON_VERB_STAGE_SET, fixture_stage (f, 1), BATON_STAGE_WIP_LIMIT, 1);
  GtkEntry *entry;

  baton_op_set_int (op, BATON_STAGE_WIP_HARD, 1);
  fixture_do (f, op);
  fixture_do (f, baton_test_op_move (f->ids->cards[0], NULL, fixture_stage (f, 1)));
  entry = type_title (f, 1, "One too many");
  g_signal_emit_by_name (entry, "activate");
  fixture_until (fixture_find (f, G_TYPE_INVALID, "“To do” is full") != NULL);
  fixture_until (strstr (fixture_said (f), "“To do” is full") != NULL);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, "One too many");
  g_assert_true (gtk_widget_has_css_class (GTK_WIDGET (entry), "error"));
  g_assert_true (fixture_has (f, 1, "Card 1"));
}

/* What was typed and not added is there again, after another entry and after another start. */
static void
test_quick_add_draft (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_autofree char *key = g_strconcat ("quick-add/", fixture_stage (f, 1), NULL);
  g_autofree char *kept = NULL;

  type_title (f, 1, "Not yet");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (type_title (f, 2, "Elsewhere"))), ==, "Elsewhere");
  fixture_act (f, NULL, "board.add-card", "s", fixture_stage (f, 1));
  fixture_until (quick_entry (f) != NULL);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (quick_entry (f))), ==, "Not yet");
  kept = baton_workspace_draft (f->workspace, key);
  g_assert_cmpstr (kept, ==, "Not yet");
}

/* A new layout (a lane comes, a column is folded) leaves the entry where it was, with what is being typed. */
static void
test_quick_add_relayout (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  GtkEntry *entry = type_title (f, 1, "Being typed");

  gtk_editable_set_position (GTK_EDITABLE (entry), 5);
  fixture_act (f, NULL, "board.collapse", "s", fixture_stage (f, 3));
  fixture_until (fixture_find (f, GTK_TYPE_BUTTON, "Unfold “Review”") != NULL);
  fixture_until (quick_entry (f) != NULL);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (quick_entry (f))), ==, "Being typed");
  g_assert_cmpint (gtk_editable_get_position (GTK_EDITABLE (quick_entry (f))), ==, 5);
}

int
main (int argc, char **argv)
{
  fixture_init (&argc, &argv);
  g_test_add_func ("/board/quick-add/add", test_quick_add);
  g_test_add_func ("/board/quick-add/refused", test_quick_add_refused);
  g_test_add_func ("/board/quick-add/draft", test_quick_add_draft);
  g_test_add_func ("/board/quick-add/relayout", test_quick_add_relayout);
  return g_test_run ();
}
