/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-test"

#include "assets-fixture.h"
#include "version-tile.h"
#include "watches.h"
#include "working-copies.h"

#include <glib/gstdio.h>

/* Versions: added, chosen, put away, edited elsewhere, taken from a folder. */

/* A first file, its next version, one beside them; each is looked at when it comes. */
static void
test_versions (Assets *f, gconstpointer data)
{
  g_autofree char *one = files_picture (f->folder, "hero.png", "png", 300, 200, FALSE);
  g_autofree char *text = files_write_text (f->folder, "copy.md", "# Spring\n");
  g_autofree char *two = NULL;
  g_autofree char *texts = NULL;

  g_assert_null (baton_asset_section_version (f->section));
  assets_add (f, one);
  g_assert_cmpint (assets_shown_number (f), ==, 1);
  card_fixture_until (&f->card, assets_shows_picture, f, "the picture is seen");
  g_assert_cmpint (baton_item_int (baton_card_model_card (f->card.pane->model), BATON_CARD_ASSETS), ==, 1);
  two = files_picture (f->folder, "hero.png", "png", 200, 300, FALSE);
  assets_add (f, two);
  g_assert_cmpint (assets_shown_number (f), ==, 2);
  g_assert_nonnull (ui_find_type (f->card.window, BATON_TYPE_VERSION_TILE, 1));
  texts = ui_texts (f->section);
  g_assert_nonnull (strstr (texts, "Version 2 · Draft · Ana Kovač"));
  assets_add (f, text);
  g_assert_cmpuint (baton_column_size (baton_card_model_assets (f->card.pane->model)), ==, 2);
}

/* Of all tiles only one says that its version counts. */
static void
assert_current (Assets *f, int number)
{
  GtkWidget *tile;

  for (guint i = 0; (tile = ui_find_type (f->section, BATON_TYPE_VERSION_TILE, i)) != NULL; i++)
    {
      int shown = 3 - (int) i;
      g_autofree char *words = g_strdup_printf ("Version %d, %s", shown, shown == number ? "current, " : "");
      g_autofree char *differs =
          gtk_test_accessible_check_property (GTK_ACCESSIBLE (tile), GTK_ACCESSIBLE_PROPERTY_LABEL, words);

      /* What is said goes on, but the beginning is known. */
      g_assert_nonnull (differs);
      g_assert_cmpint (g_str_has_prefix (differs, words), ==, TRUE);
      g_assert_cmpint (strstr (differs, "current") != NULL, ==, shown == number);
    }
}

/* Two versions from one parent stay beside each other until somebody chooses. */
static void
test_siblings (Assets *f, gconstpointer data)
{
  g_autofree char *one = files_picture (f->folder, "hero.png", "png", 300, 200, FALSE);
  g_autofree char *two = NULL;
  g_autofree char *first = NULL;
  g_autofree char *texts = NULL;
  BatonAddFile *add_file;

  assets_add (f, one);
  first = g_strdup (baton_item_id (baton_asset_section_version (f->section)));
  two = files_picture (f->folder, "hero.png", "png", 200, 300, FALSE);
  assets_add (f, two);
  add_file = baton_add_file_new ();
  add_file->card = g_strdup (f->card.hero);
  add_file->asset = g_strdup (baton_item_id (baton_asset_section_asset (f->section)));
  add_file->parent = g_strdup (first);
  add_file->path = files_picture (f->folder, "other.png", "png", 250, 250, FALSE);
  baton_upload_start (f->card.workspace, add_file);
  card_fixture_until (&f->card, assets_nothing_on_its_way, NULL, "the sibling is in");
  ui_spin (100);
  /* The one that counts is still the one before. */
  g_assert_cmpint (assets_shown_number (f), ==, 2);
  assert_current (f, 2);
  texts = ui_texts (f->section);
  g_assert_nonnull (strstr (texts, "Choose which one counts"));
  assets_activate (f, "asset.newer");
  g_assert_cmpint (assets_shown_number (f), ==, 3);
  assets_activate (f, "asset.choose");
  g_assert_cmpstr (baton_item_text (baton_asset_section_asset (f->section), BATON_ASSET_CURRENT), ==,
      baton_item_id (baton_asset_section_version (f->section)));
  assert_current (f, 3);
  g_free (texts);
  texts = ui_texts (f->section);
  g_assert_null (strstr (texts, "Choose which one counts"));
}

static void
test_bin (Assets *f, gconstpointer data)
{
  g_autofree char *one = files_picture (f->folder, "hero.png", "png", 300, 200, FALSE);
  g_autofree char *two = NULL;
  g_autofree char *second = NULL;

  assets_add (f, one);
  two = files_picture (f->folder, "hero.png", "png", 200, 300, FALSE);
  assets_add (f, two);
  second = g_strdup (baton_item_id (baton_asset_section_version (f->section)));
  assets_activate (f, "asset.bin");
  g_assert_true (baton_item_is_removed (baton_card_model_find (f->card.pane->model, second)));
  baton_asset_section_show_version (f->section, second);
  assets_activate (f, "asset.restore");
  g_assert_false (baton_item_is_removed (baton_card_model_find (f->card.pane->model, second)));
}

#define MANY 10000

static GPtrArray *
many_versions (Assets *f)
{
  BatonItem *first = baton_asset_section_version (f->section);
  GPtrArray *ops = g_ptr_array_new_with_free_func ((GDestroyNotify) baton_op_free);
  g_autofree char *parent = g_strdup (baton_item_id (first));

  for (guint i = 1; i < MANY; i++)
    {
      BatonOp *op = baton_op_new (BATON_VERB_VERSION_ADD);
      g_autofree char *id = baton_store_new_id ();
      BatonRow *row = baton_op_add_row (op, BATON_ENTITY_VERSION, id);

      op->at = g_get_real_time ();
      op->person = g_strdup (f->card.lea);
      baton_row_set_text (row, BATON_VERSION_ASSET, baton_item_text (first, BATON_VERSION_ASSET));
      baton_row_set_text (row, BATON_VERSION_PARENT, parent);
      baton_row_set_text (row, BATON_VERSION_FILE, "hero.png");
      baton_row_set_text (row, BATON_VERSION_BLOB, baton_item_text (first, BATON_VERSION_BLOB));
      baton_row_set_text (row, BATON_VERSION_MEDIA, "image/png");
      g_ptr_array_add (ops, op);
      g_free (parent);
      parent = g_steal_pointer (&id);
    }
  return ops;
}

static gboolean
shows_last (CardFixture *card, gpointer data)
{
  return assets_shown_number (data) == MANY;
}

/* Work of all threads, not time by the clock: others may be at the machine. */
static double
ms_worked (void)
{
  return (double) clock () * 1000 / CLOCKS_PER_SEC;
}

/* Ten thousand versions of one file: the card opens, one more is added, and the versions are walked through
 * without waiting. */
static void
test_many (Assets *f, gconstpointer data)
{
  g_autofree char *one = files_picture (f->folder, "hero.png", "png", 300, 200, FALSE);
  g_autofree char *next = NULL;
  g_autoptr (GError) error = NULL;
  double opened, added, walked, start;

  assets_add (f, one);
  g_assert_true (baton_workspace_perform_batch (f->card.workspace, many_versions (f), NULL, NULL, &error));
  g_assert_no_error (error);
  card_fixture_show (&f->card, f->card.banner);
  ui_spin (50);
  start = ms_worked ();
  card_fixture_show (&f->card, f->card.hero);
  f->section = BATON_ASSET_SECTION (ui_find_type (f->card.window, BATON_TYPE_ASSET_SECTION, 0));
  card_fixture_until (&f->card, shows_last, f, "the newest version is shown");
  opened = ms_worked () - start;
  next = files_picture (f->folder, "hero.png", "png", 200, 300, FALSE);
  start = ms_worked ();
  assets_add (f, next);
  added = ms_worked () - start;
  g_assert_cmpint (assets_shown_number (f), ==, MANY + 1);
  start = ms_worked ();
  for (guint i = 0; i < 20; i++)
    gtk_widget_activate_action (GTK_WIDGET (f->section), "asset.older", NULL);
  walked = ms_worked () - start;
  g_assert_cmpint (assets_shown_number (f), ==, MANY + 1 - 20);
  g_test_message ("opened in %.0f ms, one more in %.0f ms, a step in %.1f ms", opened, added, walked / 20);
  g_assert_cmpfloat (opened, <, 3000);
  g_assert_cmpfloat (added, <, 3000);
  g_assert_cmpfloat (walked / 20, <, 100);
}

static void
test_accessible (Assets *f, gconstpointer data)
{
  g_autofree char *one = files_picture (f->folder, "hero.png", "png", 300, 200, FALSE);
  g_autofree char *two = NULL;

  assets_add (f, one);
  two = files_picture (f->folder, "hero.png", "png", 200, 300, FALSE);
  assets_add (f, two);
  card_fixture_until (&f->card, assets_shows_picture, f, "the picture is seen");
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (baton_asset_section_preview (f->section)),
      GTK_ACCESSIBLE_PROPERTY_LABEL, "hero, version 2");
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (ui_find_type (f->section, BATON_TYPE_VERSION_TILE, 0)),
      GTK_ACCESSIBLE_PROPERTY_LABEL, "Version 2, current, Draft");
}

/* Opened in another program, saved there, offered, taken; then put away. */
static void
test_edit_in (Assets *f, gconstpointer data)
{
  g_autofree char *one = files_picture (f->folder, "hero.png", "png", 300, 200, FALSE);
  g_autofree char *other = files_picture (f->folder, "other.png", "png", 200, 300, FALSE);
  g_autoptr (GAppInfo) app = g_app_info_create_from_commandline ("true", "Editor", 0, NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *bytes = NULL;
  g_autofree char *path = NULL;
  BatonWorkingCopy *copy;
  GtkWidget *button;
  gsize size;

  assets_add (f, one);
  copy =
      baton_working_copies_edit (f->card.pane->model, baton_asset_section_version (f->section), app, &error);
  g_assert_no_error (error);
  g_assert_nonnull (copy);
  card_fixture_until (&f->card, assets_has_words, (gpointer) "is open for editing", "the copy is told");
  path = g_strdup (baton_working_copy_path (copy));
  g_assert_true (g_file_get_contents (other, &bytes, &size, NULL));
  files_write (path, bytes, size);
  card_fixture_until (
      &f->card, assets_has_words, (gpointer) "was saved. Is it the next version?", "the save is offered");
  button = ui_find_button (f->section, "Add as next version");
  g_assert_true (gtk_widget_get_sensitive (button));
  g_signal_emit_by_name (button, "clicked");
  card_fixture_until (&f->card, assets_shows_second, f, "the save is the next version");
  card_fixture_until (
      &f->card, assets_has_words, (gpointer) "is open for editing", "nothing is left to take");
  g_signal_emit_by_name (ui_find_button (f->section, "End editing"), "clicked");
  ui_spin (50);
  g_assert_false (assets_has_words (&f->card, (gpointer) "is open for editing"));
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
}

static gboolean
one_unmatched (CardFixture *card, gpointer watch)
{
  return g_list_model_get_n_items (baton_watch_unmatched (watch)) == 1;
}

static void
test_watched (Assets *f, gconstpointer data)
{
  g_autofree char *one = files_picture (f->folder, "hero.png", "png", 300, 200, FALSE);
  g_autofree char *folder = g_build_filename (f->folder, "watched", NULL);
  g_autofree char *next = NULL;
  g_autofree char *stray = NULL;
  g_autoptr (GError) error = NULL;
  BatonWatch *watch;

  assets_add (f, one);
  g_mkdir (folder, 0700);
  baton_watches_start (f->card.workspace);
  g_assert_null (baton_watches_get (f->card.workspace, f->card.board_id));
  g_assert_true (baton_watches_set (f->card.workspace, f->card.board_id, folder, &error));
  g_assert_no_error (error);
  watch = baton_watches_get (f->card.workspace, f->card.board_id);
  next = files_picture (folder, "hero_v2.png", "png", 200, 300, FALSE);
  stray = files_picture (folder, "something-else_v1.png", "png", 20, 30, FALSE);
  card_fixture_until (&f->card, assets_shows_second, f, "the file that landed is the next version");
  card_fixture_until (&f->card, one_unmatched, watch, "what fits no card is listed");
  g_assert_true (g_file_test (stray, G_FILE_TEST_EXISTS));
  g_assert_true (baton_watches_set (f->card.workspace, f->card.board_id, NULL, &error));
  g_assert_null (baton_watches_get (f->card.workspace, f->card.board_id));
  baton_watches_stop (f->card.workspace);
}

int
main (int argc, char **argv)
{
  card_fixture_init (&argc, &argv);
  ASSETS_ADD ("versions", test_versions);
  ASSETS_ADD ("siblings", test_siblings);
  ASSETS_ADD ("bin", test_bin);
  ASSETS_ADD ("many", test_many);
  ASSETS_ADD ("accessible", test_accessible);
  ASSETS_ADD ("edit-in", test_edit_in);
  ASSETS_ADD ("watched", test_watched);
  return g_test_run ();
}
