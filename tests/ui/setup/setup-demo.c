/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-test"

/* Shows one dialog on made-up data, for pictures:
 *   setup-demo WHAT [dark] [rtl] [large] [narrow]
 * WHAT: start, templates, new-board, stages, stage, labels, people, board, stage-remove, shelf, bin, backups,
 * preferences, import, import=FILE, export */

#include "setup-fixture.h"

#include "board-settings-private.h"
#include "import-dialog.h"

#include <string.h>

static gboolean
has (char **argv, const char *word)
{
  return g_strv_contains ((const char *const *) argv, word);
}

static void
style (char **argv)
{
  if (has (argv, "rtl"))
    gtk_widget_set_default_direction (GTK_TEXT_DIR_RTL);
  if (has (argv, "large"))
    g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", 192 * 1024, NULL);
  if (has (argv, "dark"))
    g_settings_set_string (baton_application_settings (ui_application ()), "color-scheme", "dark");
}

static void
show_settings (Setup *setup, const char *what)
{
  gboolean is_stage = g_str_equal (what, "stage") || g_str_equal (what, "stage-remove");
  BatonBoardSettings *settings;

  if (!is_stage && !g_strv_contains ((const char *const[]){ "stages", "channels", "campaigns", "asset-types",
                                         "labels", "people", "fields", "board", NULL },
                       what))
    return;
  gtk_widget_activate_action (GTK_WIDGET (setup->window), "win.board-settings", NULL);
  setup_until (setup_window ("BatonBoardSettings") != NULL);
  settings = BATON_BOARD_SETTINGS (setup_window ("BatonBoardSettings"));
  if (is_stage)
    baton_board_settings_show_stage (settings, baton_column_peek (baton_board_stages (setup->board), 0));
  else
    baton_board_settings_show_page (settings, what);
  adw_leaflet_set_visible_child_name (settings->leaflet, "content");
  if (g_str_equal (what, "stage-remove"))
    gtk_window_present (GTK_WINDOW (
        baton_stage_remove_ask (settings, baton_column_peek (baton_board_stages (setup->board), 0))));
}

static void
show_action (Setup *setup, const char *what)
{
  g_autofree char *action = g_strconcat ("win.", g_str_equal (what, "bin") ? "shelf" : what, NULL);
  GtkWidget *dialog;

  if (g_str_equal (what, "backups"))
    {
      for (int i = 0; i < 2; i++)
        {
          baton_backup_create (setup->folder, baton_workspace_database (setup->workspace),
              g_get_real_time () - i * G_TIME_SPAN_DAY, NULL, NULL);
        }
    }
  gtk_widget_activate_action (GTK_WIDGET (setup->window), action, NULL);
  ui_spin (300);
  dialog = setup_window ("BatonShelfDialog");
  if (g_str_equal (what, "bin") && dialog != NULL)
    adw_view_stack_set_visible_child_name (ADW_VIEW_STACK (setup_find (dialog, "AdwViewStack")), "bin");
}

static void
show_start (gboolean templates)
{
  const char *recent[] = { "/srv/campaigns/spring", "/home/ana/Work/Newsletter", NULL };
  BatonWindow *window = baton_window_new (ui_application ());

  g_settings_set_strv (baton_application_settings (ui_application ()), "recent-workspaces", recent);
  baton_window_show_start (window);
  gtk_window_present (GTK_WINDOW (window));
  ui_spin (200);
  if (templates)
    setup_click (setup_find_row (GTK_WIDGET (window), "Start from a template"));
}

static void
make_narrow (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

      gtk_window_set_default_size (window, 360, 640);
    }
}

int
main (int argc, char **argv)
{
  const char *what = argc > 1 ? argv[1] : "start";
  Setup *setup;

  setup_init (&argc, &argv);
  style (argv);
  if (g_str_equal (what, "start") || g_str_equal (what, "templates"))
    show_start (g_str_equal (what, "templates"));
  else
    {
      setup = setup_new ("campaign", 40);
      show_settings (setup, what);
      if (g_str_has_prefix (what, "import="))
        {
          g_autoptr (GFile) file = g_file_new_for_commandline_arg (what + strlen ("import="));

          baton_import_dialog_present (setup->window, file);
        }
      else
        show_action (setup, what);
    }
  if (has (argv, "narrow"))
    make_narrow ();
  while (TRUE)
    g_main_context_iteration (NULL, TRUE);
}
