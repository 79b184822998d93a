/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-test"

#include "share-fixture.h"

#include "sharing.h"
#include "ui-find.h"

#include <string.h>

/* Joining and signing in, and what the header says meanwhile. */

static GtkWidget *
open_dialog (Setup *setup, const char *action, GVariant *parameter)
{
  gtk_widget_activate_action_variant (GTK_WIDGET (setup->window), action, parameter);
  setup_until (setup_window ("BatonJoinDialog") != NULL);
  return setup_window ("BatonJoinDialog");
}

static gboolean
is_error (GtkWidget *widget, gconstpointer data)
{
  return GTK_IS_LABEL (widget) && gtk_widget_has_css_class (widget, "error") &&
         gtk_widget_get_visible (widget);
}

/* What the dialog says went wrong; NULL when nothing. */
static const char *
problem (GtkWidget *below)
{
  GtkWidget *label = ui_find (below, is_error, NULL);

  return label != NULL ? gtk_label_get_label (GTK_LABEL (label)) : NULL;
}

static void
fill (GtkWidget *dialog, const char *link, const char *name, const char *password)
{
  if (link != NULL)
    {
      GtkWidget *row = setup_find_row (dialog, "Invitation link or server address");

      row = row != NULL ? row : setup_find_row (dialog, "Invitation link");
      gtk_editable_set_text (GTK_EDITABLE (row), link);
    }
  gtk_editable_set_text (GTK_EDITABLE (setup_find_row (dialog, "Name")), name);
  gtk_editable_set_text (GTK_EDITABLE (setup_find_row (dialog, "Password")), password);
  g_signal_emit_by_name (setup_find_row (dialog, "Password"), "entry-activated");
}

static GtkWidget *
other_window (Setup *setup)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      if (BATON_IS_WINDOW (window) && window != GTK_WIDGET (setup->window))
        return window;
    }
  return NULL;
}

/* A link that is none, one that is used up, a server that is away: said in the dialog, and nothing is left
 * behind; then the right one. */
static void
test_join (void)
{
  g_autoptr (TestServer) server = share_server_new ();
  g_autoptr (Setup) setup = setup_new ("campaign", 2);
  g_autofree char *link = NULL;
  GtkWidget *dialog, *window;

  share_up (setup, server);
  dialog = open_dialog (setup, "win.join", g_variant_new_string (""));
  fill (dialog, "https://example.org/join#nonsense", "Ben", SHARE_PASSWORD);
  setup_until (problem (dialog) != NULL);
  fill (dialog, server->invitation, "Ben", SHARE_PASSWORD);
  setup_until (problem (dialog) != NULL && strstr (problem (dialog), "invitation") != NULL);
  link = share_invite (server, "member");
  share_server_stop (server);
  fill (dialog, link, "Ben", SHARE_PASSWORD);
  setup_until (problem (dialog) != NULL && strstr (problem (dialog), "no server is running") != NULL);
  g_assert_null (other_window (setup));
  share_server_start (server);
  fill (dialog, link, "Ben", SHARE_PASSWORD);
  setup_until (other_window (setup) != NULL);
  window = other_window (setup);
  setup_until (baton_window_board (BATON_WINDOW (window)) != NULL);
  setup_until (setup_find_labelled (window, "GtkLabel", "In step") != NULL);
  gtk_window_destroy (GTK_WINDOW (window));
}

static guint
count_windows (Setup *setup)
{
  GListModel *windows = gtk_window_get_toplevels ();
  guint n = 0;

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      n += BATON_IS_WINDOW (window);
    }
  return n;
}

/* A second device of somebody who has an account: the address, the name and the password are enough, and it
 * is the same person. A wrong password, and a server of something else, are said in words. */
static void
test_second_device (void)
{
  g_autoptr (TestServer) server = share_server_new ();
  g_autoptr (Setup) setup = setup_new ("campaign", 2);
  g_autofree char *me = NULL;
  g_autofree char *name = NULL;
  g_autofree char *other_path = NULL;
  GtkWidget *dialog;

  share_up (setup, server);
  me = g_strdup (baton_workspace_me (setup->workspace));
  name = g_strdup (baton_workspace_name_of (setup->workspace, BATON_ENTITY_PERSON, me, ""));
  share_settle (setup->workspace);
  dialog = open_dialog (setup, "win.join", g_variant_new_string (""));
  other_path = g_strconcat (server->address, "/elsewhere", NULL);
  fill (dialog, other_path, name, SHARE_PASSWORD);
  setup_until (problem (dialog) != NULL && strstr (problem (dialog), "No password was sent") != NULL);
  fill (dialog, server->address, name, "another password altogether");
  setup_until (problem (dialog) != NULL && strstr (problem (dialog), "No password was sent") == NULL);
  g_assert_cmpuint (count_windows (setup), ==, 1);
  fill (dialog, server->address, name, SHARE_PASSWORD);
  setup_until (other_window (setup) != NULL);
  setup_until (baton_window_board (BATON_WINDOW (other_window (setup))) != NULL);
  setup_until (setup_find_labelled (other_window (setup), "GtkLabel", "In step") != NULL);
  g_assert_cmpstr (baton_workspace_me (baton_window_workspace (BATON_WINDOW (other_window (setup)))), ==, me);
  gtk_window_destroy (GTK_WINDOW (other_window (setup)));
}

/* Whoever shares is called there as they say here, whatever the computer calls them. */
static void
test_share (void)
{
  g_autoptr (TestServer) server = share_server_new ();
  g_autoptr (Setup) setup = setup_new ("campaign", 2);
  /* Signing in makes the workspace read it anew. */
  g_autofree char *me = g_strdup (baton_workspace_me (setup->workspace));
  g_autofree char *name = g_strconcat (
      baton_workspace_name_of (setup->workspace, BATON_ENTITY_PERSON, me, ""), " Lovelace", NULL);
  GtkWidget *dialog = open_dialog (setup, "win.share", NULL);
  BatonWorkspace *ben;

  fill (dialog, server->invitation, name, SHARE_PASSWORD);
  setup_until (setup_find_labelled (GTK_WIDGET (setup->window), "GtkLabel", "In step") != NULL);
  setup_until (
      g_strcmp0 (baton_workspace_name_of (setup->workspace, BATON_ENTITY_PERSON, me, NULL), name) == 0);
  share_settle (setup->workspace);
  ben = share_join (server, "Ben", "member");
  setup_until (g_strcmp0 (baton_workspace_name_of (ben, BATON_ENTITY_PERSON, me, NULL), name) == 0);
  share_leave (ben);
}

/* The header in words, and coming back with a password. */
static void
test_states (void)
{
  g_autoptr (TestServer) server = share_server_new ();
  g_autoptr (Setup) setup = setup_new ("campaign", 2);
  GtkWidget *window = GTK_WIDGET (setup->window), *dialog;
  const char *card = share_card (setup);
  g_autofree char *name = NULL;

  share_up (setup, server);
  name = g_strdup (baton_workspace_name_of (
      setup->workspace, BATON_ENTITY_PERSON, baton_workspace_me (setup->workspace), ""));
  setup_until (setup_find_labelled (window, "GtkLabel", "In step") != NULL);
  share_server_stop (server);
  g_assert_true (baton_workspace_perform (setup->workspace, share_set_title (card, "Offline"), NULL, NULL));
  setup_until (setup_find_labelled (window, "GtkLabel", "Offline, 1 waits") != NULL);
  /* It is counted at once, however long it is until the next try. */
  g_assert_true (baton_workspace_perform (setup->workspace, share_set_title (card, "Still"), NULL, NULL));
  setup_until (setup_find_labelled (window, "GtkLabel", "Offline, 2 wait") != NULL);
  share_server_start (server);
  baton_sharing_resume (baton_workspace_sharing (setup->workspace));
  setup_until (setup_find_labelled (window, "GtkLabel", "In step") != NULL);
  gtk_widget_activate_action (window, "win.sign-out", NULL);
  setup_until (setup_window ("AdwMessageDialog") != NULL);
  setup_respond (setup_window ("AdwMessageDialog"), "go");
  setup_until (setup_find_labelled (window, "GtkLabel", "Signed out") != NULL);
  dialog = open_dialog (setup, "win.sign-in", NULL);
  fill (dialog, NULL, name, "a wrong password");
  setup_until (problem (dialog) != NULL);
  g_assert_null (baton_workspace_sharing (setup->workspace));
  fill (dialog, NULL, name, SHARE_PASSWORD);
  setup_until (baton_workspace_sharing (setup->workspace) != NULL);
  setup_until (setup_find_labelled (window, "GtkLabel", "In step") != NULL);
}

int
main (int argc, char **argv)
{
  setup_init (&argc, &argv);
  g_test_add_func ("/join/join", test_join);
  g_test_add_func ("/join/second-device", test_second_device);
  g_test_add_func ("/join/share", test_share);
  g_test_add_func ("/join/states", test_states);
  return g_test_run ();
}
