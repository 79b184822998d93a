/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-test"

#include "share-fixture.h"

#include "inbox-row.h"
#include "sharing.h"
#include "text-field.h"
#include "ui-find.h"

#include <string.h>

/* Two people change the same thing, with real server and real window: what became of it waits, in words, and
 * each answer does what it says. */

static GtkWidget *
open_attention (Setup *setup)
{
  gtk_widget_activate_action (GTK_WIDGET (setup->window), "win.attention", NULL);
  setup_until (setup_window ("BatonAttentionDialog") != NULL);
  return setup_window ("BatonAttentionDialog");
}

static BatonOp *
set_text (const char *card, BatonField field, const char *text)
{
  BatonOp *op = baton_op_new (BATON_VERB_CARD_SET);

  baton_op_add_id (op, card);
  baton_op_set_text (op, field, text);
  return op;
}

static char *
text_of (BatonWorkspace *workspace, const char *card, BatonField field)
{
  g_autoptr (BatonRow) row = baton_reader_row (baton_workspace_reader (workspace), BATON_ENTITY_CARD, card);

  return g_strdup (baton_row_text (row, field));
}

static gboolean
is_text (BatonWorkspace *workspace, const char *card, BatonField field, const char *wanted)
{
  g_autofree char *text = text_of (workspace, card, field);

  return g_strcmp0 (text, wanted) == 0;
}

/* Each does something while they do not hear of each other; the other one is first at the server. */
static void
apart (Setup *setup, BatonWorkspace *other, BatonOp *mine, BatonOp *theirs)
{
  share_settle (setup->workspace);
  share_settle (other);
  baton_window_signed_out (setup->window);
  share_perform (setup->workspace, mine);
  share_perform (other, theirs);
  share_settle (other);
  baton_window_connect (setup->window);
  baton_sharing_resume (baton_workspace_sharing (setup->workspace));
  share_settle (setup->workspace);
  setup_until (share_waiting (setup) == 1);
}

/* What waits for the person does not hide that nothing goes on. */
static void
test_words_without_server (void)
{
  ShareTeam team;
  int least;

  share_team_begin (&team, 2);
  apart (team.setup, team.ben, share_move (team.setup, team.card, 2), share_move (team.setup, team.card, 1));
  setup_until (
      setup_find_labelled (GTK_WIDGET (team.setup->window), "GtkLabel", "1 needs attention") != NULL);
  share_server_stop (team.server);
  setup_until (setup_find_labelled (
                   GTK_WIDGET (team.setup->window), "GtkLabel", "Offline · 1 needs attention") != NULL);
  share_perform (team.setup->workspace, share_set_title (team.card, "Offline"));
  setup_until (setup_find_labelled (GTK_WIDGET (team.setup->window), "GtkLabel",
                   "Offline, 1 waits · 1 needs attention") != NULL);
  /* However much there is to say, the window fits a small screen. */
  gtk_widget_measure (
      GTK_WIDGET (team.setup->window), GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);
  g_assert_cmpint (least, <=, 720);
  share_server_start (team.server);
  baton_sharing_resume (baton_workspace_sharing (team.setup->workspace));
  setup_until (
      setup_find_labelled (GTK_WIDGET (team.setup->window), "GtkLabel", "1 needs attention") != NULL);
  share_team_end (&team);
}

/* A move that came second: the words say where the card is, and doing it now takes it from there. */
static void
test_reapply (void)
{
  ShareTeam team;
  GtkWidget *dialog;

  share_team_begin (&team, 2);
  apart (team.setup, team.ben, share_move (team.setup, team.card, 2), share_move (team.setup, team.card, 1));
  setup_until (
      setup_find_labelled (GTK_WIDGET (team.setup->window), "GtkLabel", "1 needs attention") != NULL);
  dialog = open_attention (team.setup);
  g_assert_nonnull (setup_find_labelled (dialog, "GtkButton", "Do it now"));
  g_assert_null (setup_find_labelled (dialog, "GtkButton", "Edit…"));
  setup_click (setup_find_labelled (dialog, "GtkButton", "Do it now"));
  setup_until (share_waiting (team.setup) == 0);
  setup_until (is_text (team.setup->workspace, team.card, BATON_CARD_STAGE, share_stage (team.setup, 2)));
  setup_until (setup_find_labelled (dialog, "GtkButton", "Do it now") == NULL);
  setup_until (is_text (team.ben, team.card, BATON_CARD_STAGE, share_stage (team.setup, 2)));
  gtk_window_close (GTK_WINDOW (dialog));
  share_team_end (&team);
}

static gboolean
is_edited (GtkWidget *widget, gconstpointer data)
{
  return BATON_IS_TEXT_FIELD (widget) && baton_text_field_is_editing (BATON_TEXT_FIELD (widget));
}

static BatonTextField *
editing_field (GtkWidget *below)
{
  return (BatonTextField *) ui_find (below, is_edited, NULL);
}

/* A brief that two people wrote: mine is put into its field again, and saving it settles the matter. */
static void
test_edit (void)
{
  ShareTeam team;
  GtkWidget *dialog;

  share_team_begin (&team, 2);
  apart (team.setup, team.ben, set_text (team.card, BATON_CARD_BRIEF, "What Ada wants"),
      set_text (team.card, BATON_CARD_BRIEF, "What Ben wants"));
  dialog = open_attention (team.setup);
  setup_click (setup_find_labelled (dialog, "GtkButton", "Edit…"));
  setup_until (editing_field (GTK_WIDGET (team.setup->window)) != NULL);
  g_assert_cmpuint (share_waiting (team.setup), ==, 1);
  g_assert_true (is_text (team.setup->workspace, team.card, BATON_CARD_BRIEF, "What Ben wants"));
  baton_text_field_save (editing_field (GTK_WIDGET (team.setup->window)));
  setup_until (is_text (team.setup->workspace, team.card, BATON_CARD_BRIEF, "What Ada wants"));
  setup_until (share_waiting (team.setup) == 0);
  setup_until (is_text (team.ben, team.card, BATON_CARD_BRIEF, "What Ada wants"));
  share_team_end (&team);
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  *(char **) data = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (source), result, NULL);
}

static void
test_copy_and_discard (void)
{
  ShareTeam team;
  GtkWidget *dialog;
  g_autofree char *copied = NULL;

  share_team_begin (&team, 2);
  apart (team.setup, team.ben, set_text (team.card, BATON_CARD_BRIEF, "What Ada wants"),
      set_text (team.card, BATON_CARD_BRIEF, "What Ben wants"));
  dialog = open_attention (team.setup);
  setup_click (setup_find_labelled (dialog, "GtkButton", "Copy"));
  gdk_clipboard_read_text_async (gtk_widget_get_clipboard (dialog), NULL, read_cb, &copied);
  setup_until (copied != NULL);
  g_assert_cmpstr (copied, ==, "What Ada wants");
  setup_click (setup_find_labelled (dialog, "GtkButton", "Let it go"));
  setup_until (share_waiting (team.setup) == 0);
  setup_until (setup_find_labelled (dialog, "GtkButton", "Let it go") == NULL);
  g_assert_true (is_text (team.setup->workspace, team.card, BATON_CARD_BRIEF, "What Ben wants"));
  gtk_window_close (GTK_WINDOW (dialog));
  share_team_end (&team);
}

/* A title that was replaced by somebody who had not seen it: told quietly, and brought back. */
static void
test_replaced (void)
{
  ShareTeam team;
  GtkWidget *dialog;

  share_team_begin (&team, 2);
  share_settle (team.ben);
  baton_workspace_disconnect (team.ben);
  share_perform (team.setup->workspace, share_set_title (team.card, "By Ada"));
  share_settle (team.setup->workspace);
  share_perform (team.ben, share_set_title (team.card, "By Ben"));
  g_assert_true (baton_workspace_connect (team.ben, TRUE, NULL));
  setup_until (share_waiting (team.setup) == 1);
  dialog = open_attention (team.setup);
  g_assert_nonnull (setup_find_labelled (dialog, "GtkLabel", "There is now: By Ben"));
  g_assert_nonnull (setup_find_labelled (dialog, "GtkLabel", "You had written: By Ada"));
  setup_click (setup_find_labelled (dialog, "GtkButton", "Restore mine"));
  setup_until (share_waiting (team.setup) == 0);
  setup_until (g_strcmp0 (share_title (team.setup->workspace, team.card), "By Ada") == 0);
  gtk_window_close (GTK_WINDOW (dialog));
  share_team_end (&team);
}

/* The same, told on the board where it happened: once, with who and what, and one press brings it back. */
static void
test_replaced_toast (void)
{
  ShareTeam team;
  GtkWidget *window, *restore, *toast;

  share_team_begin (&team, 2);
  window = GTK_WIDGET (team.setup->window);
  share_settle (team.ben);
  baton_workspace_disconnect (team.ben);
  share_perform (team.setup->workspace, share_set_title (team.card, "By Ada"));
  share_settle (team.setup->workspace);
  g_assert_null (setup_find_labelled (window, "GtkButton", "Restore mine"));
  share_perform (team.ben, share_set_title (team.card, "By Ben"));
  g_assert_true (baton_workspace_connect (team.ben, TRUE, NULL));
  setup_until ((restore = setup_find_labelled (window, "GtkButton", "Restore mine")) != NULL);
  g_assert_nonnull (
      setup_find_labelled (window, "GtkLabel", "Ben replaced what you had written in “By Ben” (title)"));
  /* It can be pressed when it has arrived. */
  toast = restore;
  while (!ADW_IS_TOAST_OVERLAY (gtk_widget_get_parent (toast)))
    toast = gtk_widget_get_parent (toast);
  setup_until (gtk_widget_get_can_target (toast));
  setup_click (restore);
  setup_until (g_strcmp0 (share_title (team.setup->workspace, team.card), "By Ada") == 0);
  setup_until (share_waiting (team.setup) == 0);
  share_team_end (&team);
}

static GtkWidget *
first_row (Setup *setup)
{
  return setup_find (GTK_WIDGET (setup->window), "BatonInboxRow");
}

/* Somebody calls me; I answer, and it is off the list. Another call is put aside by a key. */
static void
test_inbox (void)
{
  ShareTeam team;
  const char *me;
  GtkWidget *window;

  share_team_begin (&team, 2);
  me = baton_workspace_me (team.setup->workspace);
  window = GTK_WIDGET (team.setup->window);
  gtk_widget_activate_action (window, "win.view", "s", "inbox");
  setup_until (setup_find_labelled (window, "GtkLabel", "Nothing waits for you") != NULL);
  for (guint i = 0; i < 2; i++)
    {
      g_autofree char *id = baton_store_new_id ();
      BatonOp *op = baton_op_new (BATON_VERB_COMMENT_ADD);
      BatonRow *row = baton_op_add_row (op, BATON_ENTITY_COMMENT, id);

      baton_row_set_text (row, BATON_COMMENT_CARD, team.card);
      baton_row_set_text (row, BATON_COMMENT_TEXT, "Which blue?");
      baton_row_set_text (row, BATON_COMMENT_MENTIONS, me);
      share_perform (team.ben, op);
      setup_until (first_row (team.setup) != NULL);
      g_assert_cmpuint (baton_inbox_n_new (baton_window_inbox (team.setup->window)), ==, 1);
      if (i == 0)
        {
          /* Enter goes to where it can be answered; the answer is a comment like any other. */
          g_signal_emit_by_name (first_row (team.setup), "activate");
          setup_until (g_strcmp0 (baton_window_view (team.setup->window), "board") == 0);
          g_assert_cmpuint (baton_inbox_n_new (baton_window_inbox (team.setup->window)), ==, 0);
          op = baton_op_new (BATON_VERB_COMMENT_ADD);
          g_free (id);
          id = baton_store_new_id ();
          row = baton_op_add_row (op, BATON_ENTITY_COMMENT, id);
          baton_row_set_text (row, BATON_COMMENT_CARD, team.card);
          baton_row_set_text (row, BATON_COMMENT_TEXT, "The dark one.");
          share_perform (team.setup->workspace, op);
          setup_until (baton_inbox_entries (baton_window_inbox (team.setup->window))->len == 0);
          gtk_widget_activate_action (window, "win.view", "s", "inbox");
          setup_until (first_row (team.setup) == NULL);
        }
      else
        {
          gtk_widget_grab_focus (first_row (team.setup));
          gtk_widget_activate_action (first_row (team.setup), "inbox.put-aside", NULL);
          setup_until (first_row (team.setup) == NULL);
        }
    }
  ui_spin (400);
  g_assert_cmpuint (baton_inbox_entries (baton_window_inbox (team.setup->window))->len, ==, 0);
  /* What could not be done is there, too. */
  apart (team.setup, team.ben, share_move (team.setup, team.card, 2), share_move (team.setup, team.card, 1));
  setup_until (first_row (team.setup) != NULL);
  g_assert_cmpint (
      baton_inbox_row_entry (BATON_INBOX_ROW (first_row (team.setup)))->kind, ==, BATON_INBOX_REFUSED);
  share_team_end (&team);
}

int
main (int argc, char **argv)
{
  setup_init (&argc, &argv);
  g_test_add_func ("/attention/reapply", test_reapply);
  g_test_add_func ("/attention/edit", test_edit);
  g_test_add_func ("/attention/words-without-server", test_words_without_server);
  g_test_add_func ("/attention/copy-and-discard", test_copy_and_discard);
  g_test_add_func ("/attention/replaced", test_replaced);
  g_test_add_func ("/attention/replaced-toast", test_replaced_toast);
  g_test_add_func ("/attention/inbox", test_inbox);
  return g_test_run ();
}
