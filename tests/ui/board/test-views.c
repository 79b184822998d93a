/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-test"

#include "board-fixture.h"

/* The switcher in the header. Views that the program itself does not bring yet are made here. */

#define NO_BOARD "There is no board yet. A new one starts from a template."

static guint built;

static GtkWidget *
build_page (BatonWindow *window)
{
  built++;
  return gtk_button_new_with_label ("A page of the test");
}

static GtkWidget *
toggle (Fixture *f, const char *title)
{
  return fixture_find (f, GTK_TYPE_TOGGLE_BUTTON, title);
}

static void
need_view (Fixture *f, const char *name, const char *title)
{
  if (toggle (f, title) == NULL)
    baton_window_add_view (f->window, name, build_page);
  fixture_settle (f);
}

static void
test_switch (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  GtkWidget *tool = gtk_button_new_with_label ("A tool of the test");

  need_view (f, "metrics", "Metrics");
  baton_window_add_view_tool (f->window, "metrics", tool);
  g_assert_cmpstr (baton_window_view (f->window), ==, "board");
  g_assert_true (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (toggle (f, "Board"))));
  g_assert_false (gtk_widget_get_visible (tool));
  g_assert_null (baton_window_view_page (f->window, "metrics"));
  g_assert_nonnull (fixture_find (f, GTK_TYPE_MENU_BUTTON, "Swimlanes"));

  g_signal_emit_by_name (toggle (f, "Metrics"), "clicked");
  fixture_settle (f);
  g_assert_cmpstr (baton_window_view (f->window), ==, "metrics");
  g_assert_true (gtk_widget_get_mapped (baton_window_view_page (f->window, "metrics")));
  g_assert_false (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (toggle (f, "Board"))));
  g_assert_true (gtk_widget_get_mapped (tool));
  g_assert_null (fixture_find (f, GTK_TYPE_MENU_BUTTON, "Swimlanes"));
  g_assert_false (gtk_widget_get_mapped (f->view));

  gtk_widget_activate_action (GTK_WIDGET (f->window), "win.view", "s", "board");
  fixture_settle (f);
  g_assert_true (gtk_widget_get_mapped (f->view));
  g_assert_false (gtk_widget_get_visible (tool));
}

/* What only the board can do brings the board back. */
static void
test_board_tools_elsewhere (void)
{
  g_autoptr (Fixture) f = fixture_new ();

  need_view (f, "metrics", "Metrics");
  baton_window_show_view (f->window, "metrics");
  gtk_widget_activate_action (GTK_WIDGET (f->window), "win.search", NULL);
  g_assert_cmpstr (baton_window_view (f->window), ==, "board");
  baton_window_show_view (f->window, "metrics");
  gtk_widget_activate_action (GTK_WIDGET (f->window), "win.new-card", NULL);
  g_assert_cmpstr (baton_window_view (f->window), ==, "board");
}

static void
test_unknown_view (void)
{
  g_autoptr (Fixture) f = fixture_new ();

  baton_window_show_view (f->window, "no such view");
  g_assert_cmpstr (baton_window_view (f->window), ==, "board");
}

static void
open_folder (Fixture *f, const char *folder, BatonStoreFlags flags)
{
  baton_window_open_folder (f->window, folder, flags);
  fixture_until (baton_window_workspace (f->window) != NULL);
}

/* A workspace opens in the view that it was left in, another one does not. */
static void
test_remembered (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_autofree char *folder = g_strdup (f->folder);
  g_autofree char *other = g_build_filename (f->folder, "other", NULL);

  need_view (f, "metrics", "Metrics");
  baton_window_show_view (f->window, "metrics");
  g_assert_null (fixture_find (f, GTK_TYPE_BUTTON, NO_BOARD));
  open_folder (f, other, BATON_STORE_CREATE);
  g_assert_cmpstr (baton_window_view (f->window), ==, "board");
  /* Below “Boards” there is a way to the first one. */
  fixture_until (fixture_find (f, GTK_TYPE_BUTTON, NO_BOARD) != NULL);
  g_assert_null (toggle (f, "Metrics"));
  open_folder (f, folder, BATON_STORE_OPEN);
  g_assert_cmpstr (baton_window_view (f->window), ==, "metrics");
  fixture_until (baton_window_board (f->window) != NULL);
  fixture_settle (f);
  g_assert_null (fixture_find (f, GTK_TYPE_BUTTON, NO_BOARD));
  g_assert_true (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (toggle (f, "Metrics"))));
  f->workspace = baton_window_workspace (f->window);
  f->board = baton_window_board (f->window);
}

/* It opens without a complaint, which would end the test, and shows the keys of the board first. */
static void
test_shortcuts (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  GtkWidget *help;
  g_autofree char *section = NULL;

  gtk_widget_activate_action (GTK_WIDGET (f->window), "win.show-help-overlay", NULL);
  help = GTK_WIDGET (gtk_application_window_get_help_overlay (GTK_APPLICATION_WINDOW (f->window)));
  fixture_until (help != NULL && gtk_widget_get_mapped (help));
  ui_spin (300);
  g_object_get (help, "section-name", &section, NULL);
  g_assert_cmpstr (section, ==, "board");
  gtk_window_close (GTK_WINDOW (help));
}

int
main (int argc, char **argv)
{
  fixture_init (&argc, &argv);
  g_test_add_func ("/views/switch", test_switch);
  g_test_add_func ("/views/board-tools-elsewhere", test_board_tools_elsewhere);
  g_test_add_func ("/views/unknown", test_unknown_view);
  g_test_add_func ("/views/remembered", test_remembered);
  g_test_add_func ("/views/shortcuts", test_shortcuts);
  return g_test_run ();
}
