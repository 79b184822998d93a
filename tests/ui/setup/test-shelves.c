/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-test"

#include "setup-fixture.h"

#include "backups-restore.h"
#include "shelf-list.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <unistd.h>

static BatonShelfList *
shelf (GtkWidget *dialog, const char *name)
{
  AdwViewStack *stack = ADW_VIEW_STACK (setup_find (dialog, "AdwViewStack"));

  adw_view_stack_set_visible_child_name (stack, name);
  return BATON_SHELF_LIST (adw_view_stack_get_visible_child (stack));
}

/* Several cards come back by one operation, and the list follows. */
static void
test_restore (void)
{
  static const char *const names[] = { "archive", "bin" };
  g_autoptr (Setup) setup = setup_new ("campaign", 40);
  gint64 seq = setup_seq (setup->workspace);
  GtkWidget *dialog;

  gtk_widget_activate_action (GTK_WIDGET (setup->window), "win.shelf", NULL);
  setup_until (setup_window ("BatonShelfDialog") != NULL);
  dialog = setup_window ("BatonShelfDialog");
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      BatonShelfList *list = shelf (dialog, names[i]);
      guint n = baton_shelf_list_size (list);

      g_assert_cmpuint (n, >, 3);
      baton_shelf_list_select (list, baton_shelf_list_peek (list, 0), TRUE);
      baton_shelf_list_select (list, baton_shelf_list_peek (list, 2), TRUE);
      setup_click (setup_find_labelled (dialog, "GtkButton", "Restore 2 cards"));
      setup_until (baton_shelf_list_size (list) == n - 2);
      g_assert_cmpint (setup_seq (setup->workspace), ==, ++seq);
      baton_shelf_list_search (list, "no such title");
      g_assert_cmpuint (baton_shelf_list_size (list), ==, 0);
      baton_shelf_list_search (list, "BANNER");
      g_assert_cmpuint (baton_shelf_list_size (list), <, n - 2);
      baton_shelf_list_search (list, NULL);
    }
  gtk_window_close (GTK_WINDOW (dialog));
}

/* A board that was archived or binned has a place from which it comes back. */
static void
test_boards (void)
{
  static const BatonVerb away[] = { BATON_VERB_BOARD_ARCHIVE, BATON_VERB_BOARD_REMOVE };
  g_autoptr (Setup) setup = setup_new ("campaign", 4);
  const char *id = baton_board_id (setup->board);
  BatonItem *board = baton_workspace_lookup (setup->workspace, BATON_ENTITY_BOARD, id);

  for (guint i = 0; i < G_N_ELEMENTS (away); i++)
    {
      BatonOp *op = baton_op_new (away[i]);
      GtkWidget *dialog;

      baton_op_add_id (op, id);
      g_assert_true (baton_workspace_perform (setup->workspace, op, NULL, NULL));
      gtk_widget_activate_action (GTK_WIDGET (setup->window), "win.shelf", NULL);
      setup_until (setup_window ("BatonShelfDialog") != NULL);
      dialog = setup_window ("BatonShelfDialog");
      adw_view_stack_set_visible_child_name (ADW_VIEW_STACK (setup_find (dialog, "AdwViewStack")), "boards");
      setup_until (setup_find (dialog, "AdwActionRow") != NULL);
      setup_click (setup_find_labelled (dialog, "GtkButton", "Restore"));
      setup_until (!baton_item_is_removed (board) && baton_item_int (board, BATON_BOARD_ARCHIVED) == 0);
      gtk_window_close (GTK_WINDOW (dialog));
      setup_until (setup_window ("BatonShelfDialog") == NULL);
    }
}

static void
test_template (void)
{
  g_autoptr (Setup) setup = setup_new ("campaign", 14);
  gint64 seq = setup_seq (setup->workspace);
  guint cards = baton_board_live_cards (setup->board)->len;
  GtkWidget *dialog;
  BatonShelfList *list;

  gtk_widget_activate_action (GTK_WIDGET (setup->window), "win.shelf", NULL);
  setup_until (setup_window ("BatonShelfDialog") != NULL);
  dialog = setup_window ("BatonShelfDialog");
  list = shelf (dialog, "templates");
  g_assert_cmpuint (baton_shelf_list_size (list), >, 0);
  baton_shelf_list_select (list, baton_shelf_list_peek (list, 0), TRUE);
  setup_click (setup_find_labelled (dialog, "GtkButton", "Make 1 new card"));
  g_assert_cmpint (setup_seq (setup->workspace), ==, seq + 1);
  g_assert_cmpuint (baton_board_live_cards (setup->board)->len, ==, cards + 1);
  gtk_window_close (GTK_WINDOW (dialog));
}

/* An empty shelf says what it is for. */
static void
test_empty (void)
{
  g_autoptr (Setup) setup = setup_new ("blank", 0);
  GtkWidget *dialog;

  gtk_widget_activate_action (GTK_WIDGET (setup->window), "win.shelf", NULL);
  setup_until (setup_window ("BatonShelfDialog") != NULL);
  dialog = setup_window ("BatonShelfDialog");
  g_assert_cmpstr (adw_status_page_get_title (
                       ADW_STATUS_PAGE (setup_find (GTK_WIDGET (shelf (dialog, "bin")), "AdwStatusPage"))),
      ==, "The bin is empty");
  gtk_window_close (GTK_WINDOW (dialog));
}

static void
damage (const char *database)
{
  int file = g_open (database, O_WRONLY, 0);
  char noise[8192];
  g_autofree char *log = g_strconcat (database, "-wal", NULL);

  g_assert_cmpint (file, >=, 0);
  for (guint i = 0; i < sizeof noise; i++)
    noise[i] = (char) (i * 37);
  g_assert_cmpint (pwrite (file, noise, sizeof noise, 0), ==, sizeof noise);
  close (file);
  /* What is still in the write-ahead log would stand in for the damaged pages. */
  g_unlink (log);
}

/* A workspace that cannot be opened any more: told, restored from the dialog, the damaged file kept. */
static void
test_damaged (void)
{
  g_autoptr (Setup) setup = setup_new ("campaign", 6);
  g_autofree char *database = g_strdup (baton_workspace_database (setup->workspace));
  g_autofree char *board = g_strdup (baton_board_id (setup->board));
  g_autoptr (GError) error = NULL;
  GtkWidget *dialog, *button;
  guint kept = 0;
  const char *name;
  g_autoptr (GDir) dir = NULL;

  setup_seq (setup->workspace);
  baton_backup_create (setup->folder, database, g_get_real_time (), NULL, &error);
  g_assert_no_error (error);
  baton_window_show_start (setup->window);
  baton_window_open_folder (setup->window, "/nonexistent/baton", BATON_STORE_OPEN);
  ui_spin (300);
  damage (database);
  baton_window_open_folder (setup->window, setup->folder, BATON_STORE_OPEN);
  setup_until (setup_find_labelled (GTK_WIDGET (setup->window), "GtkButton", "Restore a backup…") != NULL);
  g_assert_null (baton_window_workspace (setup->window));

  gtk_widget_activate_action (GTK_WIDGET (setup->window), "win.backups", NULL);
  setup_until (setup_window ("BatonBackupsDialog") != NULL);
  dialog = setup_window ("BatonBackupsDialog");
  g_assert_false (gtk_widget_is_sensitive (setup_find_labelled (dialog, "GtkButton", "Back up")));
  setup_until ((button = setup_find_labelled (dialog, "GtkButton", "Restore…")) != NULL &&
               gtk_widget_is_sensitive (button));
  setup_click (button);
  setup_until (setup_window ("AdwMessageDialog") != NULL);
  setup_respond (setup_window ("AdwMessageDialog"), "restore");
  setup_until (baton_window_workspace (setup->window) != NULL && baton_window_board (setup->window) != NULL);
  setup_until (setup_n_windows () == 1);
  g_assert_cmpstr (baton_board_id (baton_window_board (setup->window)), ==, board);

  dir = g_dir_open (setup->folder, 0, NULL);
  while ((name = g_dir_read_name (dir)) != NULL)
    kept += g_str_has_prefix (name, "workspace-before-restore-") && g_str_has_suffix (name, ".db");
  g_assert_cmpuint (kept, ==, 1);
}

static void
test_back_up_now (void)
{
  g_autoptr (Setup) setup = setup_new ("blank", 1);
  g_autoptr (GPtrArray) before = baton_backup_list (setup->folder);
  GtkWidget *dialog;

  gtk_widget_activate_action (GTK_WIDGET (setup->window), "win.backups", NULL);
  setup_until (setup_window ("BatonBackupsDialog") != NULL);
  dialog = setup_window ("BatonBackupsDialog");
  setup_click (setup_find_labelled (dialog, "GtkButton", "Back up"));
  setup_until (setup_find_labelled (dialog, "GtkLabel", "The backup is made and checked.") != NULL);
  g_assert_nonnull (setup_find_labelled (dialog, "GtkButton", "Restore…"));
  gtk_window_close (GTK_WINDOW (dialog));
}

int
main (int argc, char **argv)
{
  setup_init (&argc, &argv);
  g_test_add_func ("/shelves/restore", test_restore);
  g_test_add_func ("/shelves/template", test_template);
  g_test_add_func ("/shelves/boards", test_boards);
  g_test_add_func ("/shelves/empty", test_empty);
  g_test_add_func ("/shelves/back-up-now", test_back_up_now);
  g_test_add_func ("/shelves/damaged", test_damaged);
  return g_test_run ();
}
