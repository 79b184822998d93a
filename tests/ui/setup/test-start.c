/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-test"

#include "setup-fixture.h"

static BatonWindow *
new_start_window (void)
{
  BatonWindow *window = baton_window_new (ui_application ());

  baton_window_show_start (window);
  gtk_window_present (GTK_WINDOW (window));
  ui_spin (100);
  return window;
}

static void
close_all (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  while (g_list_model_get_n_items (windows) > 0)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (windows, 0);

      gtk_window_destroy (window);
    }
  ui_spin (100);
}

static void
test_template (void)
{
  BatonWindow *window = new_start_window ();

  setup_click (setup_find_row (GTK_WIDGET (window), "Start from a template"));
  setup_click (setup_find_row (GTK_WIDGET (window), "Newsletter"));
  setup_until (baton_window_board (window) != NULL);
  g_assert_cmpstr (baton_board_name (baton_window_board (window)), ==, "Newsletter");
  g_assert_cmpuint (baton_column_size (baton_board_stages (baton_window_board (window))), ==, 7);
  close_all ();
}

/* The folder is filled once. */
static void
test_sample (void)
{
  BatonWindow *window = new_start_window ();
  g_autofree char *folder = baton_application_sample_folder ();
  gint64 seq;

  setup_click (setup_find_row (GTK_WIDGET (window), "Explore the sample campaign"));
  setup_until (baton_window_board (window) != NULL);
  g_assert_cmpstr (baton_board_name (baton_window_board (window)), ==, "Spring Launch");
  seq = setup_seq (baton_window_workspace (window));
  baton_window_open_folder (window, folder, BATON_STORE_CREATE);
  setup_until (baton_window_board (window) != NULL);
  g_assert_cmpint (setup_seq (baton_window_workspace (window)), ==, seq);
  close_all ();
}

/* Whoever was sent an invitation finds where it goes. */
static void
test_join (void)
{
  BatonWindow *window = new_start_window ();

  setup_click (setup_find_row (GTK_WIDGET (window), "Join a team"));
  setup_until (setup_window ("BatonJoinDialog") != NULL);
  gtk_window_close (GTK_WINDOW (setup_window ("BatonJoinDialog")));
  setup_until (setup_window ("BatonJoinDialog") == NULL);
  close_all ();
}

static void
test_recent (void)
{
  const char *gone[] = { "/nonexistent/Summer & <Fall>", NULL };
  BatonWindow *window;
  GtkWidget *row;

  g_settings_set_strv (baton_application_settings (ui_application ()), "recent-workspaces", gone);
  window = new_start_window ();
  row = setup_find_row (GTK_WIDGET (window), "Summer & <Fall>");
  g_assert_nonnull (row);
  g_assert_false (gtk_widget_is_sensitive (row));
  g_assert_cmpstr (
      adw_action_row_get_subtitle (ADW_ACTION_ROW (row)), ==, "/nonexistent/Summer & <Fall> · not found");
  close_all ();
}

/* The dialogs that need no more than to come up and to go. */
static void
test_dialogs (void)
{
  static const char *const actions[] = { "win.new-board", "win.board-settings", "win.shelf", "win.import",
    "win.export", "win.backups", "win.preferences" };
  g_autoptr (Setup) setup = setup_new ("social", 8);
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    {
      g_autoptr (GtkWindow) dialog = NULL;

      g_test_message ("%s", actions[i]);
      g_assert_true (gtk_widget_activate_action (GTK_WIDGET (setup->window), actions[i], NULL));
      setup_until (setup_n_windows () == 2);
      ui_spin (100);
      for (guint j = 0; j < g_list_model_get_n_items (windows); j++)
        {
          g_autoptr (GtkWindow) window = g_list_model_get_item (windows, j);

          if (window != GTK_WINDOW (setup->window) && gtk_widget_get_mapped (GTK_WIDGET (window)))
            g_set_object (&dialog, window);
        }
      gtk_window_close (dialog);
      g_clear_object (&dialog);
      setup_until (setup_n_windows () == 1);
    }
}

static void
test_new_board (void)
{
  g_autoptr (Setup) setup = setup_new ("blank", 0);
  gint64 seq = setup_seq (setup->workspace);
  GtkWidget *dialog;

  gtk_widget_activate_action (GTK_WIDGET (setup->window), "win.new-board", NULL);
  setup_until (setup_window ("BatonNewBoardDialog") != NULL);
  dialog = setup_window ("BatonNewBoardDialog");
  setup_click (
      adw_action_row_get_activatable_widget (ADW_ACTION_ROW (setup_find_row (dialog, "Newsletter"))));
  g_assert_cmpstr (
      gtk_editable_get_text (GTK_EDITABLE (setup_find (dialog, "AdwEntryRow"))), ==, "Newsletter");
  setup_type (setup_find (dialog, "AdwEntryRow"), "Our letter");
  setup_until (baton_window_board (setup->window) != setup->board);
  g_assert_cmpstr (baton_board_name (baton_window_board (setup->window)), ==, "Our letter");
  g_assert_cmpint (setup_seq (setup->workspace), ==, seq + 1);
}

int
main (int argc, char **argv)
{
  setup_init (&argc, &argv);
  g_test_add_func ("/start/template", test_template);
  g_test_add_func ("/start/sample", test_sample);
  g_test_add_func ("/start/join", test_join);
  g_test_add_func ("/start/recent", test_recent);
  g_test_add_func ("/start/dialogs", test_dialogs);
  g_test_add_func ("/start/new-board", test_new_board);
  return g_test_run ();
}
