/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-test"

#include "share-fixture.h"

#include "permits.h"
#include "sharing.h"
#include "ui-find.h"
#include "ui-run.h"

#include <stdlib.h>
#include <string.h>

/* Every dialog about sharing, by the keyboard alone: Tab reaches each control, says what it is, and comes
 * round again. BATON_TEST_PICTURES=DIR takes a picture of the screen with each. */

static void
picture (const char *name)
{
  const char *folder = g_getenv ("BATON_TEST_PICTURES");
  g_autofree char *command = NULL;

  if (folder == NULL)
    return;
  ui_spin (900);
  command = g_strdup_printf ("import -window root '%s/%s.png'", folder, name);
  if (system (command) != 0)
    g_test_message ("no picture of %s", name);
}

/* What assistive technology reads: its own name, or the text in it. Transfer full. */
static char *
name_of (GtkWidget *widget)
{
  g_autofree char *given =
      gtk_test_accessible_check_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, "\001");
  g_autofree char *inside = NULL;

  if (given != NULL && *given != '\0' && strstr (given, "(null)") == NULL &&
      strstr (given, "undefined") == NULL)
    return g_steal_pointer (&given);
  inside = ui_texts (widget);
  if (*g_strstrip (inside) != '\0')
    return g_steal_pointer (&inside);
  /* The text in an entry of a row is called as the row is. */
  if (gtk_widget_get_ancestor (widget, ADW_TYPE_PREFERENCES_ROW) != NULL)
    return g_strdup (adw_preferences_row_get_title (
        ADW_PREFERENCES_ROW (gtk_widget_get_ancestor (widget, ADW_TYPE_PREFERENCES_ROW))));
  return g_strdup ("");
}

static gboolean
wants_keyboard (GtkWidget *widget, gconstpointer reached)
{
  return (GTK_IS_BUTTON (widget) || GTK_IS_DROP_DOWN (widget) || GTK_IS_SWITCH (widget) ||
             GTK_IS_TEXT (widget)) &&
         gtk_widget_get_mapped (widget) && gtk_widget_is_sensitive (widget) &&
         gtk_widget_get_focusable (widget) && gtk_widget_get_ancestor (widget, GTK_TYPE_POPOVER) == NULL &&
         gtk_widget_get_ancestor (widget, GTK_TYPE_WINDOW_CONTROLS) == NULL &&
         !g_hash_table_contains ((GHashTable *) reached, widget);
}

/* Tab, until it has come round; everything within that can be used was on the way. */
static void
walk (GtkWidget *window, GtkWidget *within, const char *what)
{
  g_autoptr (GHashTable) reached = g_hash_table_new (NULL, NULL);
  GtkWidget *focus, *missed;

  gtk_window_set_focus (GTK_WINDOW (window), NULL);
  for (guint i = 0; i < 200; i++)
    {
      g_autofree char *name = NULL;

      g_signal_emit_by_name (window, "move-focus", GTK_DIR_TAB_FORWARD);
      ui_spin (20); /* as between two keys: GTK 4.18 settles the focus within a list only then */
      focus = gtk_root_get_focus (GTK_ROOT (window));
      if (focus == NULL)
        continue;
      if (g_hash_table_contains (reached, focus))
        break;
      g_assert_true (gtk_widget_get_mapped (focus));
      name = name_of (focus);
      g_test_message ("%s: %s “%s”", what, G_OBJECT_TYPE_NAME (focus), name);
      if (gtk_widget_is_ancestor (focus, within) &&
          gtk_widget_get_ancestor (focus, GTK_TYPE_WINDOW_CONTROLS) == NULL)
        g_assert_cmpstr (name, !=, "");
      for (GtkWidget *up = focus; up != NULL; up = gtk_widget_get_parent (up))
        g_hash_table_add (reached, up);
    }
  g_assert_cmpuint (g_hash_table_size (reached), >, 0);
  missed = ui_find (within, wants_keyboard, reached);
  if (missed != NULL)
    {
      g_autofree char *name = name_of (missed);

      g_error ("%s: Tab does not reach %s “%s”", what, G_OBJECT_TYPE_NAME (missed), name);
    }
}

/* Opens it, walks, and closes it by Escape’s action. */
static void
look_at (ShareTeam *team, const char *action, const char *parameter, const char *type, const char *name)
{
  GtkWidget *dialog;

  gtk_widget_activate_action (
      GTK_WIDGET (team->setup->window), action, parameter != NULL ? "s" : NULL, parameter);
  setup_until (setup_window (type) != NULL);
  dialog = setup_window (type);
  ui_spin (400);
  picture (name);
  walk (dialog, dialog, name);
  gtk_window_close (GTK_WINDOW (dialog));
  setup_until (setup_window (type) == NULL);
}

static BatonOp *
comment (ShareTeam *team, const char *text)
{
  g_autofree char *id = baton_store_new_id ();
  BatonOp *op = baton_op_new (BATON_VERB_COMMENT_ADD);
  BatonRow *row = baton_op_add_row (op, BATON_ENTITY_COMMENT, id);

  baton_row_set_text (row, BATON_COMMENT_CARD, team->card);
  baton_row_set_text (row, BATON_COMMENT_TEXT, text);
  baton_row_set_text (row, BATON_COMMENT_MENTIONS, baton_workspace_me (team->setup->workspace));
  return op;
}

/* A title that was replaced, a move that was refused, a call in a comment. */
static void
make_trouble (ShareTeam *team)
{
  share_settle (team->ben);
  baton_workspace_disconnect (team->ben);
  share_perform (
      team->setup->workspace, share_set_title (team->card, "Hero image with everything that Ada wants"));
  share_settle (team->setup->workspace);
  share_perform (team->ben, share_set_title (team->card, "Hero image as Ben sees it"));
  g_assert_true (baton_workspace_connect (team->ben, TRUE, NULL));
  setup_until (share_waiting (team->setup) == 1);
  share_settle (team->ben);
  baton_window_signed_out (team->setup->window);
  share_perform (team->setup->workspace, share_move (team->setup, team->card, 2));
  share_perform (team->ben, share_move (team->setup, team->card, 1));
  share_perform (team->ben, comment (team, "Which blue do you mean, the one of last spring or the new one?"));
  share_settle (team->ben);
  baton_window_connect (team->setup->window);
  baton_sharing_resume (baton_workspace_sharing (team->setup->workspace));
  share_settle (team->setup->workspace);
  setup_until (share_waiting (team->setup) == 2);
}

static void
test_before (void)
{
  ShareTeam team = { .setup = setup_new ("campaign", 2) };

  look_at (&team, "win.join", "baton://join?server=https%3A%2F%2Fbaton.example&invitation=abc",
      "BatonJoinDialog", "join");
  look_at (&team, "win.share", NULL, "BatonJoinDialog", "share");
  setup_free (team.setup);
}

static void
test_shared (void)
{
  ShareTeam team;
  GtkWidget *window;

  share_team_begin (&team, 2);
  window = GTK_WIDGET (team.setup->window);
  make_trouble (&team);
  look_at (&team, "win.team", NULL, "BatonTeamDialog", "team");
  look_at (&team, "win.attention", NULL, "BatonAttentionDialog", "attention");
  look_at (&team, "win.sign-in", NULL, "BatonJoinDialog", "sign-in");
  look_at (&team, "win.transfers", NULL, "AdwWindow", "transfers");
  look_at (&team, "win.sign-out", NULL, "AdwMessageDialog", "sign-out");
  gtk_widget_activate_action (window, "win.view", "s", "inbox");
  setup_until (setup_find (window, "BatonInboxRow") != NULL);
  picture ("inbox");
  walk (window, setup_find (window, "BatonInboxPage"), "inbox");
  share_team_end (&team);
}

/* What was answered leaves the keyboard where it was. */
static void
test_focus_stays (void)
{
  ShareTeam team;
  GtkWidget *dialog, *roles;

  share_team_begin (&team, 1);
  gtk_widget_activate_action (GTK_WIDGET (team.setup->window), "win.team", NULL);
  setup_until (setup_window ("BatonTeamDialog") != NULL);
  dialog = setup_window ("BatonTeamDialog");
  setup_until (setup_find_row (dialog, "Ben") != NULL);
  roles = setup_find (setup_find_row (dialog, "Ben"), "GtkDropDown");
  gtk_widget_child_focus (roles, GTK_DIR_TAB_FORWARD);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (roles), BATON_ROLE_VIEWER - BATON_ROLE_OWNER);
  setup_until (baton_workspace_role (team.ben) == BATON_ROLE_VIEWER);
  setup_until (setup_find_row (dialog, "Ben") != NULL &&
               setup_find (setup_find_row (dialog, "Ben"), "GtkDropDown") != roles);
  ui_spin (100);
  roles = setup_find (setup_find_row (dialog, "Ben"), "GtkDropDown");
  g_assert_nonnull (gtk_root_get_focus (GTK_ROOT (dialog)));
  g_assert_true (gtk_root_get_focus (GTK_ROOT (dialog)) == roles ||
                 gtk_widget_is_ancestor (gtk_root_get_focus (GTK_ROOT (dialog)), roles));
  gtk_window_close (GTK_WINDOW (dialog));
  share_team_end (&team);
}

int
main (int argc, char *argv[])
{
  setup_init (&argc, &argv);
  g_test_add_func ("/dialogs/before", test_before);
  g_test_add_func ("/dialogs/shared", test_shared);
  g_test_add_func ("/dialogs/focus-stays", test_focus_stays);
  return g_test_run ();
}
