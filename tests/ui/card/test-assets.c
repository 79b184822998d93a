/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-test"

#include "asset-section.h"
#include "card-fixture.h"
#include "cover.h"
#include "files.h"
#include "text-editor.h"
#include "uploads.h"
#include "version-content.h"
#include "version-file.h"
#include "version-tile.h"
#include "watches.h"
#include "words-popover.h"
#include "working-copies.h"

#include <glib/gstdio.h>

typedef struct
{
  CardFixture card;
  char *folder;
  BatonAssetSection *section;
} Assets;

static void
set_up (Assets *f, gconstpointer data)
{
  card_fixture_open (&f->card, 0);
  card_fixture_show (&f->card, f->card.hero);
  f->section = BATON_ASSET_SECTION (ui_find_type (f->card.window, BATON_TYPE_ASSET_SECTION, 0));
  f->folder = files_folder_new ();
}

static void
tear_down (Assets *f, gconstpointer data)
{
  card_fixture_close (&f->card, FALSE);
  files_folder_remove (g_steal_pointer (&f->folder));
}

static gboolean
nothing_on_its_way (CardFixture *card, gpointer data)
{
  return g_list_model_get_n_items (baton_uploads ()) == 0;
}

static gboolean
one_has_failed (CardFixture *card, gpointer data)
{
  g_autoptr (BatonUpload) upload = g_list_model_get_item (baton_uploads (), 0);

  return upload != NULL && baton_upload_problem (upload) != NULL;
}

static void
add (Assets *f, const char *path)
{
  g_autoptr (GPtrArray) paths = g_ptr_array_new ();

  g_ptr_array_add (paths, (gpointer) path);
  baton_asset_section_add_files (f->section, paths);
  card_fixture_until (&f->card, nothing_on_its_way, NULL, "the file is in");
  ui_spin (50);
}

static gint64
shown_number (Assets *f)
{
  BatonItem *version = baton_asset_section_version (f->section);

  return version != NULL ? baton_item_int (version, BATON_VERSION_NUMBER) : 0;
}

static gboolean
shows_picture (CardFixture *card, gpointer data)
{
  Assets *f = data;

  return g_str_equal (baton_preview_view_showing (baton_asset_section_preview (f->section)), "picture");
}

static gboolean
has_words (CardFixture *card, gpointer words)
{
  g_autofree char *texts = ui_texts (card->window);

  return strstr (texts, words) != NULL;
}

/* A first file, its next version, one beside them; each is looked at when it comes. */
static void
test_versions (Assets *f, gconstpointer data)
{
  g_autofree char *one = files_picture (f->folder, "hero.png", "png", 300, 200, FALSE);
  g_autofree char *text = files_write_text (f->folder, "copy.md", "# Spring\n");
  g_autofree char *two = NULL;
  g_autofree char *texts = NULL;

  g_assert_null (baton_asset_section_version (f->section));
  add (f, one);
  g_assert_cmpint (shown_number (f), ==, 1);
  card_fixture_until (&f->card, shows_picture, f, "the picture is seen");
  g_assert_cmpint (baton_item_int (baton_card_model_card (f->card.pane->model), BATON_CARD_ASSETS), ==, 1);
  two = files_picture (f->folder, "hero.png", "png", 200, 300, FALSE);
  add (f, two);
  g_assert_cmpint (shown_number (f), ==, 2);
  g_assert_nonnull (ui_find_type (f->card.window, BATON_TYPE_VERSION_TILE, 1));
  texts = ui_texts (f->section);
  g_assert_nonnull (strstr (texts, "Version 2 · Draft · Ana Kovač"));
  add (f, text);
  g_assert_cmpuint (baton_column_size (baton_card_model_assets (f->card.pane->model)), ==, 2);
}

static void
activate (Assets *f, const char *action)
{
  gtk_widget_activate_action (GTK_WIDGET (f->section), action, NULL);
  ui_spin (150);
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

  add (f, one);
  first = g_strdup (baton_item_id (baton_asset_section_version (f->section)));
  two = files_picture (f->folder, "hero.png", "png", 200, 300, FALSE);
  add (f, two);
  add_file = baton_add_file_new ();
  add_file->card = g_strdup (f->card.hero);
  add_file->asset = g_strdup (baton_item_id (baton_asset_section_asset (f->section)));
  add_file->parent = g_strdup (first);
  add_file->path = files_picture (f->folder, "other.png", "png", 250, 250, FALSE);
  baton_upload_start (f->card.workspace, add_file);
  card_fixture_until (&f->card, nothing_on_its_way, NULL, "the sibling is in");
  ui_spin (100);
  /* The one that counts is still the one before. */
  g_assert_cmpint (shown_number (f), ==, 2);
  texts = ui_texts (f->section);
  g_assert_nonnull (strstr (texts, "Choose which one counts"));
  activate (f, "asset.newer");
  g_assert_cmpint (shown_number (f), ==, 3);
  activate (f, "asset.choose");
  g_assert_cmpstr (baton_item_text (baton_asset_section_asset (f->section), BATON_ASSET_CURRENT), ==,
      baton_item_id (baton_asset_section_version (f->section)));
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

  add (f, one);
  two = files_picture (f->folder, "hero.png", "png", 200, 300, FALSE);
  add (f, two);
  second = g_strdup (baton_item_id (baton_asset_section_version (f->section)));
  activate (f, "asset.bin");
  g_assert_true (baton_item_is_removed (baton_card_model_find (f->card.pane->model, second)));
  baton_asset_section_show_version (f->section, second);
  activate (f, "asset.restore");
  g_assert_false (baton_item_is_removed (baton_card_model_find (f->card.pane->model, second)));
}

/* A flipped bit: found, said, and never shown. */
static void
test_damaged (Assets *f, gconstpointer data)
{
  g_autofree char *one = files_picture (f->folder, "hero.png", "png", 300, 200, FALSE);
  BatonPreviewView *preview = baton_asset_section_preview (f->section);
  BatonBlobs *blobs = baton_workspace_blobs (f->card.workspace);
  g_autofree char *path = NULL;
  g_autofree char *bytes = NULL;
  g_autofree char *texts = NULL;
  BatonAddFile *heal;
  const char *hash;
  gsize size;

  add (f, one);
  hash = baton_item_text (baton_asset_section_version (f->section), BATON_VERSION_BLOB);
  path = baton_blobs_path (blobs, hash);
  g_assert_true (g_file_get_contents (path, &bytes, &size, NULL));
  bytes[size / 2] ^= 1;
  g_chmod (path, 0600);
  files_write (path, bytes, size);
  g_assert_false (baton_blobs_verify (blobs, hash, NULL, NULL));
  baton_asset_section_show_version (f->section, baton_item_id (baton_asset_section_version (f->section)));
  ui_spin (100);
  g_assert_cmpstr (baton_preview_view_showing (preview), ==, "other");
  texts = ui_texts (f->section);
  g_assert_nonnull (strstr (texts, "is damaged"));

  /* The same file added anywhere heals it, and what is looked at shows it. */
  heal = baton_add_file_new ();
  heal->card = g_strdup (f->card.banner);
  heal->path = g_strdup (one);
  baton_upload_start (f->card.workspace, heal);
  card_fixture_until (&f->card, shows_picture, f, "the healed file is seen");
}

static void
test_failed (Assets *f, gconstpointer data)
{
  g_autofree char *missing = g_build_filename (f->folder, "missing.png", NULL);
  g_autoptr (GPtrArray) paths = g_ptr_array_new ();
  g_autofree char *texts = NULL;
  g_autoptr (BatonUpload) upload = NULL;

  g_ptr_array_add (paths, missing);
  baton_asset_section_add_files (f->section, paths);
  card_fixture_until (&f->card, one_has_failed, NULL, "it says that it failed");
  texts = ui_texts (f->section);
  g_assert_nonnull (strstr (texts, "missing.png: "));
  upload = g_list_model_get_item (baton_uploads (), 0);
  baton_upload_cancel (upload);
  g_assert_cmpuint (g_list_model_get_n_items (baton_uploads ()), ==, 0);
}

/* A version made elsewhere, whose file has stayed there. Gives the file's hash and where it lies. */
static char *
add_absent (Assets *f, BatonBlobs *elsewhere, char **version)
{
  g_autofree char *file = files_picture (f->folder, "late.png", "png", 310, 210, FALSE);
  g_autofree char *asset = baton_store_new_id ();
  BatonOp *op = baton_op_new (BATON_VERB_ASSET_ADD);
  char *hash = baton_blobs_add_file (elsewhere, file, NULL, NULL, NULL, NULL, NULL);
  BatonRow *row = baton_op_add_row (op, BATON_ENTITY_ASSET, asset);

  baton_row_set_text (row, BATON_ASSET_CARD, f->card.hero);
  baton_row_set_text (row, BATON_ASSET_NAME, "Late");
  *version = baton_store_new_id ();
  row = baton_op_add_row (op, BATON_ENTITY_VERSION, *version);
  baton_row_set_text (row, BATON_VERSION_ASSET, asset);
  baton_row_set_text (row, BATON_VERSION_FILE, "late.png");
  baton_row_set_text (row, BATON_VERSION_BLOB, hash);
  baton_row_set_text (row, BATON_VERSION_MEDIA, "image/png");
  card_fixture_foreign (&f->card, op);
  return hash;
}

static gboolean
cover_settled (CardFixture *card, gpointer cover)
{
  return !baton_cover_is_expected (cover) || baton_cover_picture (cover) != NULL;
}

static gboolean
has_cover (CardFixture *card, gpointer cover)
{
  return baton_cover_picture (cover) != NULL;
}

static gboolean
has_content (CardFixture *card, gpointer content)
{
  return baton_content_kind (content) == BATON_CONTENT_PICTURE;
}

/* The file comes later than its version: preview, thumbnail and compare show it by themselves. */
static void
test_late (Assets *f, gconstpointer data)
{
  g_autoptr (BatonBlobs) elsewhere = baton_blobs_new (f->folder);
  g_autoptr (BatonCover) cover = baton_cover_new ();
  g_autoptr (BatonContent) content = NULL;
  g_autoptr (BatonRow) row = NULL;
  g_autofree char *version = NULL;
  g_autofree char *hash = add_absent (f, elsewhere, &version);
  g_autofree char *there = baton_blobs_path (elsewhere, hash);
  BatonPreviewView *preview = baton_asset_section_preview (f->section);

  card_fixture_until (&f->card, has_words, (gpointer) "not on this computer", "it says that it is not here");
  g_assert_cmpstr (baton_preview_view_showing (preview), ==, "other");
  baton_cover_set (cover, f->card.workspace, version, 1);
  card_fixture_until (&f->card, cover_settled, cover, "there is no thumbnail");
  g_assert_null (baton_cover_picture (cover));
  row = baton_reader_row (baton_workspace_reader (f->card.workspace), BATON_ENTITY_VERSION, version);
  content = baton_version_content_new (f->card.workspace, row, FALSE);
  g_assert_cmpint (baton_content_kind (content), ==, BATON_CONTENT_OTHER);

  g_free (
      baton_blobs_add_file (baton_workspace_blobs (f->card.workspace), there, NULL, NULL, NULL, NULL, NULL));
  baton_workspace_tell_arrived (f->card.workspace, "another file");
  ui_spin (50);
  g_assert_cmpstr (baton_preview_view_showing (preview), ==, "other");
  baton_workspace_tell_arrived (f->card.workspace, hash);
  card_fixture_until (&f->card, shows_picture, f, "the preview shows it");
  card_fixture_until (&f->card, has_cover, cover, "the thumbnail shows it");
  card_fixture_until (&f->card, has_content, content, "compare shows it");
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
  return shown_number (data) == MANY;
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

  add (f, one);
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
  add (f, next);
  added = ms_worked () - start;
  g_assert_cmpint (shown_number (f), ==, MANY + 1);
  start = ms_worked ();
  for (guint i = 0; i < 20; i++)
    gtk_widget_activate_action (GTK_WIDGET (f->section), "asset.older", NULL);
  walked = ms_worked () - start;
  g_assert_cmpint (shown_number (f), ==, MANY + 1 - 20);
  g_test_message ("opened in %.0f ms, one more in %.0f ms, a step in %.1f ms", opened, added, walked / 20);
  g_assert_cmpfloat (opened, <, 3000);
  g_assert_cmpfloat (added, <, 3000);
  g_assert_cmpfloat (walked / 20, <, 100);
}

static void
exported_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  *(char **) data = baton_version_file_export_finish (result, NULL);
}

/* What leaves has a name that people understand, and may be changed without changing the version. */
static void
test_export (Assets *f, gconstpointer data)
{
  g_autofree char *one = files_picture (f->folder, "hero.png", "png", 300, 200, FALSE);
  g_autofree char *path = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autofree char *inside = NULL;
  gsize before_size, after_size;

  add (f, one);
  baton_version_file_export_async (
      f->card.pane->model, baton_asset_section_version (f->section), exported_cb, &path);
  while (path == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (g_str_has_suffix (path, ".png"));
  inside = baton_version_file_path (f->card.pane->model, baton_asset_section_version (f->section));
  g_assert_true (g_file_get_contents (inside, &before, &before_size, NULL));
  files_write (path, "changed", 7);
  g_assert_true (g_file_get_contents (inside, &after, &after_size, NULL));
  g_assert_cmpmem (before, before_size, after, after_size);
}

static void
test_accessible (Assets *f, gconstpointer data)
{
  g_autofree char *one = files_picture (f->folder, "hero.png", "png", 300, 200, FALSE);
  g_autofree char *two = NULL;

  add (f, one);
  two = files_picture (f->folder, "hero.png", "png", 200, 300, FALSE);
  add (f, two);
  card_fixture_until (&f->card, shows_picture, f, "the picture is seen");
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (baton_asset_section_preview (f->section)),
      GTK_ACCESSIBLE_PROPERTY_LABEL, "hero, version 2");
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (ui_find_type (f->section, BATON_TYPE_VERSION_TILE, 0)),
      GTK_ACCESSIBLE_PROPERTY_LABEL, "Version 2, current, Draft");
}

static gboolean
shows_second (CardFixture *card, gpointer data)
{
  return shown_number (data) == 2;
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

  add (f, one);
  copy =
      baton_working_copies_edit (f->card.pane->model, baton_asset_section_version (f->section), app, &error);
  g_assert_no_error (error);
  g_assert_nonnull (copy);
  card_fixture_until (&f->card, has_words, (gpointer) "is open for editing", "the copy is told");
  path = g_strdup (baton_working_copy_path (copy));
  g_assert_true (g_file_get_contents (other, &bytes, &size, NULL));
  files_write (path, bytes, size);
  card_fixture_until (
      &f->card, has_words, (gpointer) "was saved. Is it the next version?", "the save is offered");
  button = ui_find_button (f->section, "Add as next version");
  g_assert_true (gtk_widget_get_sensitive (button));
  g_signal_emit_by_name (button, "clicked");
  card_fixture_until (&f->card, shows_second, f, "the save is the next version");
  card_fixture_until (&f->card, has_words, (gpointer) "is open for editing", "nothing is left to take");
  g_signal_emit_by_name (ui_find_button (f->section, "End editing"), "clicked");
  ui_spin (50);
  g_assert_false (has_words (&f->card, (gpointer) "is open for editing"));
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

  add (f, one);
  g_mkdir (folder, 0700);
  baton_watches_start (f->card.workspace);
  g_assert_null (baton_watches_get (f->card.workspace, f->card.board_id));
  g_assert_true (baton_watches_set (f->card.workspace, f->card.board_id, folder, &error));
  g_assert_no_error (error);
  watch = baton_watches_get (f->card.workspace, f->card.board_id);
  next = files_picture (folder, "hero_v2.png", "png", 200, 300, FALSE);
  stray = files_picture (folder, "something-else_v1.png", "png", 20, 30, FALSE);
  card_fixture_until (&f->card, shows_second, f, "the file that landed is the next version");
  card_fixture_until (&f->card, one_unmatched, watch, "what fits no card is listed");
  g_assert_true (g_file_test (stray, G_FILE_TEST_EXISTS));
  g_assert_true (baton_watches_set (f->card.workspace, f->card.board_id, NULL, &error));
  g_assert_null (baton_watches_get (f->card.workspace, f->card.board_id));
  baton_watches_stop (f->card.workspace);
}

#define ADD(name, func) g_test_add ("/card/assets/" name, Assets, NULL, set_up, func, tear_down)

static gboolean
shows_text (CardFixture *card, gpointer data)
{
  Assets *f = data;

  return g_str_equal (baton_preview_view_showing (baton_asset_section_preview (f->section)), "text");
}

static gboolean
is_up (CardFixture *card, gpointer widget)
{
  return gtk_widget_is_visible (widget);
}

static gboolean
is_down (CardFixture *card, gpointer widget)
{
  return !gtk_widget_is_visible (widget);
}

static void
select_plain (Assets *f, int from, int to)
{
  GtkTextView *view =
      GTK_TEXT_VIEW (ui_find_type (baton_asset_section_preview (f->section), GTK_TYPE_TEXT_VIEW, 0));
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (view);
  GtkTextIter first, last;

  gtk_widget_grab_focus (GTK_WIDGET (view));
  gtk_text_buffer_get_iter_at_offset (buffer, &first, from);
  gtk_text_buffer_get_iter_at_offset (buffer, &last, to);
  gtk_text_buffer_select_range (buffer, &first, &last);
  ui_spin (50);
}

static void
say_about_selection (Assets *f, const char *words)
{
  GtkWidget *popover;

  card_fixture_forget (&f->card);
  g_assert_true (
      baton_preview_text_mark_selection (baton_preview_view_text (baton_asset_section_preview (f->section))));
  popover = ui_find_type (f->section, BATON_TYPE_WORDS_POPOVER, 0);
  g_assert_nonnull (popover);
  card_fixture_until (&f->card, is_down,
      gtk_widget_get_ancestor (ui_find_button (f->section, "Comment on the selection"), GTK_TYPE_POPOVER),
      "nothing over what is written");
  card_fixture_type (ui_find_type (popover, BATON_TYPE_TEXT_EDITOR, 0), words);
  g_signal_emit_by_name (ui_find_type (popover, BATON_TYPE_TEXT_EDITOR, 0), "submit");
  card_fixture_expect (&f->card, "comment.add");
  ui_spin (300);
  g_assert_false (gtk_widget_get_visible (popover));
}

/* The comment that was made last is about these characters. */
static void
assert_last_place (Assets *f, const char *place)
{
  BatonColumn *comments = baton_card_model_comments (f->card.pane->model);
  BatonItem *comment = baton_column_peek (comments, baton_column_size (comments) - 1);

  g_assert_cmpstr (baton_item_text (comment, BATON_COMMENT_SHAPE), ==, "text");
  g_assert_cmpstr (baton_item_text (comment, BATON_COMMENT_PLACE), ==, place);
  g_assert_cmpstr (baton_item_text (comment, BATON_COMMENT_VERSION), ==,
      baton_item_id (baton_asset_section_version (f->section)));
}

/* Words of a text are commented on where they are read; of an older version they are not. */
static void
test_words (Assets *f, gconstpointer data)
{
  g_autofree char *one = files_write_text (f->folder, "copy.txt", "Früh im Jahr.\nSpring is here.\n");
  g_autofree char *two = NULL;
  GtkWidget *offer;
  BatonPreviewText *text;

  add (f, one);
  card_fixture_until (&f->card, shows_text, f, "the text is seen");
  text = baton_preview_view_text (baton_asset_section_preview (f->section));
  offer = gtk_widget_get_ancestor (ui_find_button (text, "Comment on the selection"), GTK_TYPE_POPOVER);
  g_assert_false (baton_preview_text_mark_selection (text));
  select_plain (f, 14, 20);
  card_fixture_until (&f->card, is_up, offer, "the offer to comment");
  say_about_selection (f, "Which spring?");
  assert_last_place (f, "14-20");

  two = files_write_text (f->folder, "copy.txt", "Früh im Jahr.\nSummer is here.\n");
  add (f, two);
  gtk_widget_activate_action (GTK_WIDGET (f->section), "asset.older", NULL);
  ui_spin (100);
  g_assert_cmpint (shown_number (f), ==, 1);
  select_plain (f, 14, 20);
  g_assert_false (baton_preview_text_mark_selection (text));
  g_assert_false (gtk_widget_is_visible (offer));
}

static void
test_formatted_words (Assets *f, gconstpointer data)
{
  g_autofree char *one =
      files_write_text (f->folder, "copy.md", "# Spring\n\nIt *is* **here**, it [says](x).\n");
  GtkWidget *label;

  add (f, one);
  card_fixture_until (&f->card, shows_text, f, "the text is seen");
  label =
      ui_find_type (baton_preview_view_text (baton_asset_section_preview (f->section)), GTK_TYPE_LABEL, 1);
  g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (label)), ==, "It is here, it says (x).");
  gtk_widget_grab_focus (label);
  gtk_label_select_region (GTK_LABEL (label), 3, 10);
  say_about_selection (f, "Is it?");
  assert_last_place (f, "14-24");
}

/* Formatted words are found in their source only where there is no doubt. */
static void
test_find_words (void)
{
  guint from, to;

  g_assert_true (baton_preview_text_find ("Das *schöne* Kleid", "schöne Kleid", &from, &to));
  g_assert_cmpuint (from, ==, 5);
  g_assert_cmpuint (to, ==, 18);
  g_assert_true (baton_preview_text_find ("(a) [b](c.html)", "(a)", &from, &to));
  g_assert_false (baton_preview_text_find ("now and now", "now", &from, &to));
  g_assert_false (baton_preview_text_find ("now and then", "…", &from, &to));
  g_assert_false (baton_preview_text_find ("", "now", &from, &to));
}

int
main (int argc, char **argv)
{
  card_fixture_init (&argc, &argv);
  ADD ("versions", test_versions);
  ADD ("siblings", test_siblings);
  ADD ("bin", test_bin);
  ADD ("damaged", test_damaged);
  ADD ("late", test_late);
  ADD ("many", test_many);
  ADD ("failed", test_failed);
  ADD ("export", test_export);
  ADD ("accessible", test_accessible);
  ADD ("edit-in", test_edit_in);
  g_test_add_func ("/card/assets/find-words", test_find_words);
  ADD ("watched", test_watched);
  ADD ("words", test_words);
  ADD ("formatted-words", test_formatted_words);
  return g_test_run ();
}
