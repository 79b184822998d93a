/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-test"

#include "share-fixture.h"

#include "board-settings-private.h"
#include "permits.h"
#include "roster.h"
#include "sharing.h"
#include "ui-find.h"

/* The team dialog against a real server. */

static GtkWidget *
open_team (Setup *setup)
{
  gtk_widget_activate_action (GTK_WIDGET (setup->window), "win.team", NULL);
  setup_until (setup_window ("BatonTeamDialog") != NULL);
  return setup_window ("BatonTeamDialog");
}

/* The drop-down of roles in the row of a member. */
static GtkDropDown *
roles_of (GtkWidget *dialog, const char *name)
{
  GtkWidget *row = setup_find_row (dialog, name);

  return row != NULL ? GTK_DROP_DOWN (setup_find (row, "GtkDropDown")) : NULL;
}

static BatonRole
role_at_server (BatonWorkspace *workspace, const char *name)
{
  const BatonServerAccess *access = baton_sharing_access (baton_workspace_sharing (workspace));
  g_autoptr (BatonRoster) roster =
      baton_roster_ask (access, BATON_ROSTER_READ, NULL, BATON_ROLE_NONE, NULL, NULL);

  for (guint i = 0; roster != NULL && i < roster->members->len; i++)
    {
      const BatonRosterMember *member = g_ptr_array_index (roster->members, i);

      if (g_str_equal (member->name, name))
        return member->role;
    }
  return BATON_ROLE_NONE;
}

static void
test_members (void)
{
  g_autoptr (TestServer) server = share_server_new ();
  g_autoptr (Setup) setup = setup_new ("campaign", 3);
  BatonWorkspace *ben;
  GtkWidget *dialog, *question;

  share_up (setup, server);
  ben = share_join (server, "Ben", "member");
  dialog = open_team (setup);
  setup_until (setup_find_row (dialog, "Ben") != NULL);
  /* The change of a role is done at once, and the one it is about hears of it. */
  gtk_drop_down_set_selected (roles_of (dialog, "Ben"), BATON_ROLE_VIEWER - BATON_ROLE_OWNER);
  setup_until (role_at_server (setup->workspace, "Ben") == BATON_ROLE_VIEWER);
  setup_until (baton_workspace_role (ben) == BATON_ROLE_VIEWER);
  g_assert_nonnull (baton_workspace_why_not (ben, BATON_VERB_CARD_SET));
  /* The last owner stays one, the words say so, and the row shows what is. */
  {
    g_autofree char *mine =
        g_strdup_printf ("%s (you)", baton_workspace_name_of (setup->workspace, BATON_ENTITY_PERSON,
                                         baton_workspace_me (setup->workspace), ""));

    setup_until (roles_of (dialog, mine) != NULL);
    gtk_drop_down_set_selected (roles_of (dialog, mine), BATON_ROLE_MEMBER - BATON_ROLE_OWNER);
    setup_until (setup_find_labelled (dialog, "GtkButton", "_Try again") != NULL &&
                 gtk_drop_down_get_selected (roles_of (dialog, mine)) == 0);
  }
  /* Removing asks first. */
  setup_click (ui_find_tip (dialog, "Remove Ben from the team"));
  setup_until (setup_window ("AdwMessageDialog") != NULL);
  question = setup_window ("AdwMessageDialog");
  setup_respond (question, "go");
  setup_until (setup_find_row (dialog, "Ben") == NULL);
  g_assert_cmpint (role_at_server (setup->workspace, "Ben"), ==, BATON_ROLE_NONE);
  gtk_window_close (GTK_WINDOW (dialog));
  share_leave (ben);
}

static void
test_invitations (void)
{
  g_autoptr (TestServer) server = share_server_new ();
  g_autoptr (Setup) setup = setup_new ("campaign", 1);
  GtkWidget *dialog, *row;
  const char *link;

  share_up (setup, server);
  dialog = open_team (setup);
  setup_until (setup_find_row (dialog, "New invitation") != NULL);
  row = setup_find_row (dialog, "New invitation");
  gtk_drop_down_set_selected (
      GTK_DROP_DOWN (setup_find (row, "GtkDropDown")), BATON_ROLE_REVIEWER - BATON_ROLE_OWNER);
  setup_click (setup_find_labelled (row, "GtkButton", "Make"));
  setup_until (setup_find_labelled (dialog, "GtkButton", "_Copy") != NULL);
  row = gtk_widget_get_ancestor (setup_find_labelled (dialog, "GtkButton", "_Copy"), ADW_TYPE_ACTION_ROW);
  link = adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row));
  g_assert_true (g_str_has_prefix (link, "baton://join?server="));
  setup_click (setup_find_labelled (row, "GtkButton", "_Copy"));
  /* It can be taken back as long as nobody used it. */
  g_assert_nonnull (setup_find_row (dialog, "Reviewer"));
  setup_click (setup_find_labelled (setup_find_row (dialog, "Reviewer"), "GtkButton", "Withdraw"));
  setup_until (setup_find_row (dialog, "Reviewer") == NULL);
  gtk_window_close (GTK_WINDOW (dialog));
}

/* What one's role does not allow is not there. */
static void
test_as_member (void)
{
  g_autoptr (TestServer) server = share_server_new ();
  g_autoptr (Setup) owner = setup_new ("campaign", 1);
  g_autofree char *folder = NULL;
  BatonWorkspace *ben;
  GtkWidget *dialog;

  share_up (owner, server);
  ben = share_join (server, "Ben", "member");
  folder = g_strdup (baton_workspace_folder (ben));
  share_leave (ben);
  baton_window_open_folder (owner->window, folder, BATON_STORE_OPEN);
  setup_until (baton_window_workspace (owner->window) != NULL);
  dialog = open_team (owner);
  setup_until (setup_find_row (dialog, "Ben (you)") != NULL);
  g_assert_null (setup_find (dialog, "GtkDropDown"));
  g_assert_null (setup_find_row (dialog, "New invitation"));
  g_assert_nonnull (setup_find_labelled (dialog, "GtkLabel", "This device"));
  gtk_window_close (GTK_WINDOW (dialog));
  setup_until (setup_window ("BatonTeamDialog") == NULL);
}

/* The row of the device that is not this one. */
static GtkWidget *
other_device (GtkWidget *dialog)
{
  GtkWidget *here =
      gtk_widget_get_ancestor (setup_find_labelled (dialog, "GtkLabel", "This device"), ADW_TYPE_ACTION_ROW);
  GtkWidget *row = gtk_widget_get_first_child (gtk_widget_get_parent (here));

  return row != here ? row : gtk_widget_get_next_sibling (row);
}

static void
test_devices (void)
{
  g_autoptr (TestServer) server = share_server_new ();
  g_autoptr (Setup) setup = setup_new ("campaign", 1);
  g_auto (BatonMembership) other = { 0 };
  g_autofree char *device = baton_store_new_id ();
  const char *me = baton_workspace_me (setup->workspace);
  const char *name = baton_workspace_name_of (setup->workspace, BATON_ENTITY_PERSON, me, "");
  BatonServerAccess access = { 0 };
  GtkWidget *dialog;

  share_up (setup, server);
  access.server = server->address;
  g_assert_true (baton_account_sign_in (&access, name, SHARE_PASSWORD, device, NULL, &other, NULL));
  access.token = other.token;
  dialog = open_team (setup);
  setup_until (setup_find_labelled (dialog, "GtkButton", "Sign out…") != NULL);
  setup_click (setup_find_labelled (other_device (dialog), "GtkButton", "Sign out…"));
  setup_until (setup_window ("AdwMessageDialog") != NULL);
  setup_respond (setup_window ("AdwMessageDialog"), "cancel");
  setup_until (setup_window ("AdwMessageDialog") == NULL);
  g_assert_true (baton_account_ask (&access, "GET", "me", NULL, NULL, NULL, NULL));
  setup_click (setup_find_labelled (other_device (dialog), "GtkButton", "Sign out…"));
  setup_until (setup_window ("AdwMessageDialog") != NULL);
  setup_respond (setup_window ("AdwMessageDialog"), "go");
  setup_until (!baton_account_ask (&access, "GET", "me", NULL, NULL, NULL, NULL));
  gtk_window_close (GTK_WINDOW (dialog));
}

/* Signing out says what has not been sent, keeps it, and works without a server. */
static void
test_sign_out (void)
{
  g_autoptr (TestServer) server = share_server_new ();
  g_autoptr (Setup) setup = setup_new ("campaign", 2);
  const char *card = share_card (setup);
  GtkWidget *dialog;

  share_up (setup, server);
  share_server_stop (server);
  g_assert_true (baton_workspace_perform (setup->workspace, share_set_title (card, "Not sent"), NULL, NULL));
  /* The team cannot be shown, and the dialog says why. */
  dialog = open_team (setup);
  setup_until (setup_find_labelled (dialog, "GtkButton", "_Try again") != NULL &&
               gtk_widget_get_mapped (setup_find_labelled (dialog, "GtkButton", "_Try again")));
  gtk_widget_activate_action (dialog, "team.sign-out", NULL);
  setup_until (setup_window ("AdwMessageDialog") != NULL);
  dialog = setup_window ("AdwMessageDialog");
  g_assert_nonnull (
      strstr (adw_message_dialog_get_body (ADW_MESSAGE_DIALOG (dialog)), "1 change has not been sent"));
  setup_respond (dialog, "go");
  setup_until (baton_workspace_sharing (setup->workspace) == NULL);
  g_assert_cmpstr (share_title (setup->workspace, card), ==, "Not sent");
  g_assert_cmpint (baton_reader_count_pending (baton_workspace_reader (setup->workspace)), ==, 1);
  setup_until (setup_find_labelled (GTK_WIDGET (setup->window), "GtkLabel", "Signed out") != NULL);
}

/* Whoever takes another name is called by it in the team, too; they sign in with the one of their account. */
static void
test_renamed (void)
{
  g_autoptr (TestServer) server = share_server_new ();
  g_autoptr (Setup) setup = setup_new ("campaign", 1);
  BatonOp *op = baton_op_new (BATON_VERB_PERSON_SET);
  g_autofree char *me = g_strdup (baton_workspace_me (setup->workspace));
  g_autofree char *account =
      g_strdup (baton_workspace_name_of (setup->workspace, BATON_ENTITY_PERSON, me, ""));
  GtkWidget *dialog, *row;

  share_up (setup, server);
  baton_op_add_id (op, me);
  baton_op_set_text (op, BATON_PERSON_NAME, "Ada King");
  share_perform (setup->workspace, op);
  dialog = open_team (setup);
  setup_until (setup_find_row (dialog, "Ada King (you)") != NULL);
  row = setup_find_row (dialog, "Ada King (you)");
  g_assert_nonnull (strstr (adw_action_row_get_subtitle (ADW_ACTION_ROW (row)), account));
  gtk_window_close (GTK_WINDOW (dialog));
  gtk_widget_activate_action (GTK_WIDGET (setup->window), "win.sign-out", NULL);
  setup_until (setup_window ("AdwMessageDialog") != NULL);
  setup_respond (setup_window ("AdwMessageDialog"), "go");
  setup_until (baton_workspace_sharing (setup->workspace) == NULL);
  gtk_widget_activate_action (GTK_WIDGET (setup->window), "win.sign-in", NULL);
  setup_until (setup_window ("BatonJoinDialog") != NULL);
  dialog = setup_window ("BatonJoinDialog");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (setup_find_row (dialog, "Name"))), ==, account);
  gtk_editable_set_text (GTK_EDITABLE (setup_find_row (dialog, "Password")), SHARE_PASSWORD);
  g_signal_emit_by_name (setup_find_row (dialog, "Password"), "entry-activated");
  setup_until (setup_find_labelled (GTK_WIDGET (setup->window), "GtkLabel", "In step") != NULL);
}

/* At a server nobody becomes somebody else by a click: what they did then would be refused. */
static void
test_who_one_is (void)
{
  g_autoptr (TestServer) server = share_server_new ();
  g_autoptr (Setup) setup = setup_new ("campaign", 1);
  BatonWorkspace *ben;
  GtkWidget *settings;

  share_up (setup, server);
  ben = share_join (server, "Ben", "member");
  share_settle (setup->workspace);
  gtk_widget_activate_action (GTK_WIDGET (setup->window), "win.board-settings", NULL);
  setup_until (setup_window ("BatonBoardSettings") != NULL);
  settings = setup_window ("BatonBoardSettings");
  baton_board_settings_show_page (BATON_BOARD_SETTINGS (settings), "people");
  setup_until (setup_find_labelled (settings, "AdwExpanderRow", "Ben") != NULL);
  g_assert_false (gtk_widget_get_visible (setup_find_labelled (
      setup_find_labelled (settings, "AdwExpanderRow", "Ben"), "GtkButton", "This is me")));
  gtk_window_close (GTK_WINDOW (settings));
  share_leave (ben);
}

int
main (int argc, char **argv)
{
  setup_init (&argc, &argv);
  g_test_add_func ("/team/members", test_members);
  g_test_add_func ("/team/invitations", test_invitations);
  g_test_add_func ("/team/as-member", test_as_member);
  g_test_add_func ("/team/devices", test_devices);
  g_test_add_func ("/team/sign-out", test_sign_out);
  g_test_add_func ("/team/renamed", test_renamed);
  g_test_add_func ("/team/who-one-is", test_who_one_is);
  return g_test_run ();
}
