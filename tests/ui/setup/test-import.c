/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-test"

#include "setup-fixture.h"

#include "export-dialog.h"
#include "history-query.h"
#include "import-private.h"

#include <glib/gstdio.h>

static GFile *
shared_file (const char *name)
{
  const char *place = g_getenv ("BATON_SHARED_DATA");
  g_autofree char *path = g_build_filename (place != NULL ? place : "../shared/data", name, NULL);

  if (g_file_test (path, G_FILE_TEST_EXISTS))
    return g_file_new_for_path (path);
  g_test_skip ("the real boards are not here; BATON_SHARED_DATA names their folder");
  return NULL;
}

static GFile *
write_file (Setup *setup, const char *name, const char *text, gssize length)
{
  g_autofree char *path = g_build_filename (setup->folder, name, NULL);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, text, length, &error);
  g_assert_no_error (error);
  return g_file_new_for_path (path);
}

static BatonImportDialog *
open_import (Setup *setup, GFile *file)
{
  baton_import_dialog_present (setup->window, file);
  setup_until (setup_window ("BatonImportDialog") != NULL);
  return BATON_IMPORT_DIALOG (setup_window ("BatonImportDialog"));
}

static gboolean
shows (BatonImportDialog *dialog, const char *page)
{
  return g_str_equal (gtk_stack_get_visible_child_name (dialog->stack), page);
}

static guint
n_boards (Setup *setup)
{
  return baton_column_size (baton_workspace_list (setup->workspace, BATON_ENTITY_BOARD, NULL));
}

static void
import_trello (const char *name, guint stages, guint cards)
{
  g_autoptr (Setup) setup = NULL;
  g_autoptr (GFile) file = shared_file (name);
  BatonImportDialog *dialog;
  g_autofree char *first = NULL;

  if (file == NULL)
    return;
  setup = setup_new (NULL, 0);
  dialog = open_import (setup, file);
  setup_until (shows (dialog, "preview"));
  setup_click (dialog->import_button);
  setup_until (shows (dialog, "done"));
  g_assert_cmpuint (n_boards (setup), ==, 1);
  setup_click (dialog->import_button);
  setup_until (baton_window_board (setup->window) != NULL && setup_window ("BatonImportDialog") == NULL);
  first = g_strdup (baton_board_id (baton_window_board (setup->window)));
  g_assert_cmpuint (baton_column_size (baton_board_stages (baton_window_board (setup->window))), ==, stages);
  {
    BatonBoard *board = baton_window_board (setup->window);
    g_autoptr (GPtrArray) live = baton_board_live_cards (board);
    g_autoptr (GPtrArray) archived = baton_board_shelf (board, BATON_SHELF_ARCHIVE);
    g_autoptr (GPtrArray) templates = baton_board_shelf (board, BATON_SHELF_TEMPLATES);

    g_assert_cmpuint (live->len + archived->len + templates->len, ==, cards);
  }

  /* The same file once more asks; updating finds nothing new, so there is nothing to press, and makes no
   * second board. */
  dialog = open_import (setup, file);
  setup_until (shows (dialog, "again"));
  setup_click (dialog->update_button);
  setup_until (shows (dialog, "done"));
  g_assert_cmpuint (n_boards (setup), ==, 1);
  gtk_window_close (GTK_WINDOW (dialog));
  setup_until (setup_window ("BatonImportDialog") == NULL);

  dialog = open_import (setup, file);
  setup_until (shows (dialog, "again"));
  setup_click (dialog->second_button);
  setup_until (shows (dialog, "preview"));
  setup_click (dialog->import_button);
  setup_until (shows (dialog, "done"));
  g_assert_cmpuint (n_boards (setup), ==, 2);
  gtk_window_close (GTK_WINDOW (dialog));
}

/* The numbers were counted in the files by other means. */
static void
test_clipkit (void)
{
  import_trello ("trello-clipkit.json", 5, 67);
}

static void
test_encriptador (void)
{
  import_trello ("trello-encriptador.json", 5, 18);
}

static char *
big_table (guint rows)
{
  GString *text = g_string_new ("Title,Stage,Due\n");

  for (guint i = 0; i < rows; i++)
    g_string_append_printf (text, "Card %u,%s,2026-03-%02u\n", i, i % 2 ? "Doing" : "Done", 1 + i % 28);
  return g_string_free (text, FALSE);
}

/* Cancelled in the middle, nothing is there; the dialog goes on from the beginning. */
static void
test_cancel (void)
{
  g_autoptr (Setup) setup = setup_new (NULL, 0);
  g_autofree char *text = big_table (30000);
  g_autoptr (GFile) file = write_file (setup, "big.csv", text, -1);
  BatonImportDialog *dialog = open_import (setup, file);
  gint64 seq;

  setup_until (shows (dialog, "table"));
  seq = setup_seq (setup->workspace);
  setup_click (dialog->import_button);
  ui_spin (100);
  if (!shows (dialog, "working"))
    g_test_message ("the import was over before it could be cancelled");
  else
    {
      setup_click (dialog->cancel_button);
      g_assert_true (shows (dialog, "choose"));
      g_assert_cmpint (setup_seq (setup->workspace), ==, seq);
      g_assert_cmpuint (n_boards (setup), ==, 0);
    }
  gtk_window_close (GTK_WINDOW (dialog));
  setup_until (setup_window ("BatonImportDialog") == NULL);
  setup_seq (setup->workspace);
}

static void
history_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  *(BatonHistoryPage **) data = baton_history_query_finish (BATON_WORKSPACE (source), result, NULL);
}

static void
exported_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *missing = NULL;
  g_autofree char *done = baton_export_finish (BATON_WORKSPACE (source), result, &missing, &error);

  g_assert_no_error (error);
  g_assert_true (g_str_has_prefix (done, "Exported to "));
  g_assert_null (missing);
  *(gboolean *) data = TRUE;
}

static void
check_exports (Setup *setup)
{
  static const struct
  {
    BatonExportKind kind;
    const char *text;
  } kinds[] = { { BATON_EXPORT_EVENTS, "Ticket 7,Closed,2026-01-07T10:00:00Z,Ben" },
    { BATON_EXPORT_XES, "<date key=\"time:timestamp\" value=\"2026-01-07T10:00:00Z\"/>" },
    { BATON_EXPORT_ACTIONABLE_AGILE, "2026-01-05,2026-01-06,2026-01-07" } };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autoptr (GFile) file = write_file (setup, "out", "", 0);
      g_autofree char *text = NULL;
      gboolean done = FALSE;

      baton_export_async (setup->workspace, baton_board_id (baton_window_board (setup->window)),
          kinds[i].kind, file, NULL, exported_cb, &done);
      setup_until (done);
      g_assert_true (g_file_load_contents (file, NULL, &text, NULL, NULL, NULL));
      g_assert_nonnull (strstr (text, kinds[i].text));
    }
}

/* An event log tells itself by its columns; its cards bring their past along, step by step. */
static void
test_events (void)
{
  g_autoptr (Setup) setup = setup_new (NULL, 0);
  g_autoptr (GFile) file = write_file (setup, "tickets.csv",
      "case_id,activity,timestamp,resource\n"
      "Ticket 7,Waiting,2026-01-05T10:00:00Z,Anna\n"
      "Ticket 7,In progress,2026-01-06T10:00:00Z,Ben\n"
      "Ticket 8,Waiting,2026-01-06T10:00:00Z,Ben\n"
      "Ticket 7,Closed,2026-01-07T10:00:00Z,Ben\n",
      -1);
  BatonImportDialog *dialog = open_import (setup, file);
  g_autoptr (GPtrArray) live = NULL;
  BatonHistoryPage *page = NULL;
  BatonItem *card = NULL;
  AdwComboRow *combo;

  setup_until (shows (dialog, "preview"));
  g_assert_cmpint (dialog->kind, ==, BATON_IMPORT_EVENTS);
  /* Proposed: waiting is a queue, in progress is work. The person says that it was review. */
  combo = ADW_COMBO_ROW (setup_find_labelled (GTK_WIDGET (dialog->stack), "AdwComboRow", "In progress"));
  g_assert_nonnull (combo);
  g_assert_cmpuint (adw_combo_row_get_selected (ADW_COMBO_ROW (
                        setup_find_labelled (GTK_WIDGET (dialog->stack), "AdwComboRow", "Waiting"))),
      ==, 1);
  g_assert_cmpuint (adw_combo_row_get_selected (combo), ==, 2);
  adw_combo_row_set_selected (combo, 3);
  setup_click (dialog->import_button);
  setup_until (shows (dialog, "done"));
  setup_click (dialog->import_button);
  setup_until (baton_window_board (setup->window) != NULL && setup_window ("BatonImportDialog") == NULL);
  g_assert_cmpuint (baton_column_size (baton_board_stages (baton_window_board (setup->window))), ==, 3);
  g_assert_cmpstr (
      baton_item_text (
          baton_column_peek (baton_board_stages (baton_window_board (setup->window)), 1), BATON_STAGE_KIND),
      ==, "review");
  live = baton_board_live_cards (baton_window_board (setup->window));
  g_assert_cmpuint (live->len, ==, 2);
  for (guint i = 0; i < live->len; i++)
    {
      if (g_str_equal (baton_item_text (g_ptr_array_index (live, i), BATON_CARD_TITLE), "Ticket 7"))
        card = g_ptr_array_index (live, i);
    }
  g_assert_nonnull (card);
  baton_history_query_async (
      setup->workspace, baton_item_id (card), BATON_HISTORY_ALL, NULL, 0, 0, 50, NULL, history_cb, &page);
  setup_until (page != NULL);
  g_assert_cmpuint (page->lines->len, ==, 3);
  {
    const BatonHistoryLine *last = g_ptr_array_index (page->lines, 0);

    g_assert_cmpstr (last->person, ==, "Ben");
    g_assert_nonnull (strstr (last->words, "Closed"));
    g_assert_cmpint (last->at, ==, (gint64) 1767780000 * G_USEC_PER_SEC);
  }
  baton_history_page_free (page);
  check_exports (setup);
}

/* The same log as XES, and one that breaks off. */
static void
test_xes (void)
{
  static const char whole[] =
      "<?xml version=\"1.0\"?>\n<log><trace><string key=\"concept:name\" value=\"Ticket 7\"/>\n<event>"
      "<string key=\"concept:name\" value=\"Waiting\"/>"
      "<date key=\"time:timestamp\" value=\"2026-01-05T10:00:00Z\"/></event></trace>\n</log>\n";
  g_autoptr (Setup) setup = setup_new (NULL, 0);
  g_autoptr (GFile) file = write_file (setup, "tickets.xes", whole, -1);
  g_autoptr (GFile) broken = write_file (setup, "broken.xes", whole, (gssize) strlen (whole) - 20);
  BatonImportDialog *dialog = open_import (setup, file);

  setup_until (shows (dialog, "preview"));
  g_assert_cmpint (dialog->kind, ==, BATON_IMPORT_EVENTS);
  g_assert_nonnull (setup_find_labelled (GTK_WIDGET (dialog->stack), "AdwComboRow", "Waiting"));
  setup_click (dialog->import_button);
  setup_until (shows (dialog, "done"));
  setup_click (dialog->import_button);
  setup_until (baton_window_board (setup->window) != NULL && setup_window ("BatonImportDialog") == NULL);
  g_assert_cmpuint (baton_column_size (baton_board_stages (baton_window_board (setup->window))), ==, 1);
  dialog = open_import (setup, broken);
  setup_until (shows (dialog, "problem"));
  g_assert_nonnull (strstr (adw_status_page_get_description (dialog->problem_page), "Line 3"));
  g_assert_cmpuint (n_boards (setup), ==, 1);
}

static const BatonCsvColumn *
column (BatonImportTable *table, guint index)
{
  return g_ptr_array_index (baton_import_table_peek (table)->columns, index);
}

static void
test_csv (void)
{
  g_autoptr (Setup) setup = setup_new ("blank", 0);
  g_autofree char *text = NULL;
  g_autofree char *latin = NULL;
  g_autoptr (GFile) file = NULL;
  BatonImportDialog *dialog;
  BatonImportTable *table;
  GtkWidget *grid, *chooser;
  BatonBoard *board;
  gsize length;
  g_autoptr (GPtrArray) cards = NULL;

  text =
      g_strdup ("Titel;Spalte;Fällig am;Notiz\nHero;In Arbeit;13.3.2026;\"a; b\"\nBänner;Idee;1.4.2026;\n");
  latin = g_convert (text, -1, "WINDOWS-1252", "UTF-8", NULL, &length, NULL);
  file = write_file (setup, "tafel.csv", latin, (gssize) length);
  dialog = open_import (setup, file);
  setup_until (shows (dialog, "table"));
  table = BATON_IMPORT_TABLE (gtk_stack_get_visible_child (dialog->stack));
  g_assert_cmpint (baton_import_table_peek (table)->format.delimiter, ==, ';');
  g_assert_cmpint (baton_import_table_peek (table)->format.dates, ==, BATON_DATES_DMY);
  g_assert_cmpuint (baton_import_table_peek (table)->columns->len, ==, 4);
  g_assert_cmpstr (column (table, 2)->name, ==, "Fällig am");

  /* The second column is the stage, and that only. */
  grid = setup_find (GTK_WIDGET (table), "GtkGrid");
  chooser = gtk_grid_get_child_at (GTK_GRID (grid), 1, 1);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (chooser), BATON_CSV_STAGE);
  g_assert_cmpint (column (table, 1)->role, ==, BATON_CSV_STAGE);

  /* Read with another delimiter it is one column; and back. */
  adw_combo_row_set_selected (
      ADW_COMBO_ROW (setup_find_row (GTK_WIDGET (table), "Cells are separated by")), 3);
  /* It is read on a thread; until then nothing can be imported. */
  g_assert_false (gtk_widget_is_sensitive (dialog->import_button));
  setup_until (gtk_widget_is_sensitive (dialog->import_button));
  g_assert_cmpuint (baton_import_table_peek (table)->columns->len, ==, 1);
  adw_combo_row_set_selected (
      ADW_COMBO_ROW (setup_find_row (GTK_WIDGET (table), "Cells are separated by")), 1);
  setup_until (gtk_widget_is_sensitive (dialog->import_button));
  g_assert_cmpuint (baton_import_table_peek (table)->columns->len, ==, 4);
  chooser = gtk_grid_get_child_at (GTK_GRID (grid), 0, 1);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (chooser), BATON_CSV_TITLE);
  chooser = gtk_grid_get_child_at (GTK_GRID (grid), 1, 1);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (chooser), BATON_CSV_STAGE);

  setup_click (dialog->import_button);
  setup_until (shows (dialog, "done"));
  setup_click (dialog->import_button);
  setup_until (baton_window_board (setup->window) != setup->board);
  board = baton_window_board (setup->window);
  g_assert_cmpstr (baton_board_name (board), ==, "tafel");
  cards = baton_board_live_cards (board);
  g_assert_cmpuint (cards->len, ==, 2);
}

/* Errors in words, and the way to another file. */
static void
test_problems (void)
{
  static const char *const texts[] = { "{\"id\":\"x\",\"lists\":[", "{}", "",
    "{\"format\":\"baton\",\"version\":99}" };
  g_autoptr (Setup) setup = setup_new ("blank", 0);
  gint64 seq = setup_seq (setup->workspace);

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GFile) file = write_file (setup, "broken.json", texts[i], -1);
      BatonImportDialog *dialog = open_import (setup, file);

      setup_until (shows (dialog, "problem"));
      g_assert_cmpstr (adw_status_page_get_description (dialog->problem_page), !=, "");
      gtk_window_close (GTK_WINDOW (dialog));
      setup_until (setup_window ("BatonImportDialog") == NULL);
    }
  g_assert_cmpint (setup_seq (setup->workspace), ==, seq);
}

/* A complete export, imported into an empty workspace through the dialog, gives as many boards and stages. */
static void
test_round_trip (void)
{
  g_autoptr (Setup) setup = setup_new ("campaign", 12);
  g_autoptr (Setup) empty = setup_new (NULL, 0);
  g_autofree char *path = g_build_filename (setup->folder, "all.json", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  BatonImportDialog *dialog;
  gboolean done = FALSE;

  baton_export_async (setup->workspace, NULL, BATON_EXPORT_JSON, file, NULL, exported_cb, &done);
  setup_until (done);
  dialog = open_import (empty, file);
  setup_until (shows (dialog, "preview") || shows (dialog, "problem"));
  g_assert_true (shows (dialog, "preview"));
  setup_click (dialog->import_button);
  setup_until (shows (dialog, "done"));
  g_assert_cmpuint (n_boards (empty), ==, 1);
  setup_click (dialog->import_button);
  setup_until (baton_window_board (empty->window) != NULL);
  g_assert_cmpstr (baton_board_id (baton_window_board (empty->window)), ==, baton_board_id (setup->board));
  ui_spin (100);
  gtk_window_destroy (GTK_WINDOW (empty->window));
  g_free (empty->folder);
  g_free (g_steal_pointer (&empty));
}

int
main (int argc, char **argv)
{
  setup_init (&argc, &argv);
  g_test_add_func ("/import/clipkit", test_clipkit);
  g_test_add_func ("/import/encriptador", test_encriptador);
  g_test_add_func ("/import/cancel", test_cancel);
  g_test_add_func ("/import/events", test_events);
  g_test_add_func ("/import/xes", test_xes);
  g_test_add_func ("/import/csv", test_csv);
  g_test_add_func ("/import/problems", test_problems);
  g_test_add_func ("/import/round-trip", test_round_trip);
  return g_test_run ();
}
