/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-test"

#include "assets-fixture.h"
#include "cover.h"
#include "notice.h"
#include "version-content.h"
#include "version-file.h"
#include "version-tile.h"

#include <glib/gstdio.h>

/* The file of a version: damaged, not here yet, not to be had, and on its way out. */

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

  assets_add (f, one);
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
  card_fixture_until (&f->card, assets_shows_picture, f, "the healed file is seen");
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
  card_fixture_until (&f->card, assets_one_has_failed, NULL, "it says that it failed");
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

  card_fixture_until (
      &f->card, assets_has_words, (gpointer) "not on this computer", "it says that it is not here");
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
  card_fixture_until (&f->card, assets_shows_picture, f, "the preview shows it");
  card_fixture_until (&f->card, has_cover, cover, "the thumbnail shows it");
  card_fixture_until (&f->card, has_content, content, "compare shows it");
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

  assets_add (f, one);
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

/* Whether what a menu offers could be chosen. */
static gboolean
is_offered (Assets *f, const char *action)
{
  GtkWidget *box = gtk_widget_get_parent (ui_find_button (f->section, "Next version…"));
  GtkWidget *button = gtk_button_new ();
  gboolean offered;

  gtk_box_append (GTK_BOX (box), button);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  offered = gtk_widget_is_sensitive (button);
  gtk_box_remove (GTK_BOX (box), button);
  return offered;
}

static void
assert_offered (Assets *f, gboolean offered)
{
  static const char *const actions[] = { "asset.open-with", "asset.edit-in", "asset.save-copy",
    "asset.copy" };

  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    g_assert_cmpint (is_offered (f, actions[i]), ==, offered);
}

static GdkContentProvider *
lift (Assets *f)
{
  GtkWidget *preview = GTK_WIDGET (baton_asset_section_preview (f->section));
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (preview);
  GdkContentProvider *provider = NULL;

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GObject) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_DRAG_SOURCE (controller))
        g_signal_emit_by_name (controller, "prepare", 5.0, 5.0, &provider);
    }
  return provider;
}

static const char *
notice (Assets *f)
{
  return baton_notice_text (BATON_NOTICE (ui_find_type (f->section, BATON_TYPE_NOTICE, 0)));
}

static gboolean
second_tile_says (CardFixture *card, gpointer words)
{
  GtkWidget *tile = ui_find_type (card->window, BATON_TYPE_VERSION_TILE, 1);
  g_autofree char *differs = tile != NULL ? gtk_test_accessible_check_property (GTK_ACCESSIBLE (tile),
                                                GTK_ACCESSIBLE_PROPERTY_LABEL, (const char *) words)
                                          : g_strdup ("it is not there");

  return differs == NULL;
}

/* A file that is not here and cannot come is offered to no program, and it is said why. */
static void
test_away (Assets *f, gconstpointer data)
{
  g_autoptr (BatonBlobs) elsewhere = baton_blobs_new (f->folder);
  g_autoptr (GdkContentProvider) provider = NULL;
  g_autofree char *version = NULL;
  g_autofree char *hash = add_absent (f, elsewhere, &version);
  g_autofree char *there = baton_blobs_path (elsewhere, hash);
  g_autofree char *next = NULL;
  GtkWidget *preview = GTK_WIDGET (baton_asset_section_preview (f->section));

  card_fixture_until (
      &f->card, assets_has_words, (gpointer) "not on this computer", "it says that it is not here");
  assert_offered (f, FALSE);
  g_assert_false (gtk_widget_get_visible (ui_find_button (preview, "Open with…")));
  g_assert_null (notice (f));
  g_assert_null (lift (f));
  g_assert_nonnull (strstr (notice (f), "not on this computer"));

  /* The next version is here; the tile of the first one says that it is not, nor will be. */
  next = files_picture (f->folder, "late.png", "png", 200, 100, FALSE);
  assets_add (f, next);
  card_fixture_until (&f->card, assets_shows_picture, f, "the next version is seen");
  card_fixture_until (&f->card, second_tile_says, (gpointer) "Version 1, not on this computer, Draft",
      "the tile of the first one says so");
  assert_offered (f, TRUE);
  assets_activate (f, "asset.older");
  assert_offered (f, FALSE);
  /* What was said about one is not said about the other. */
  g_assert_null (notice (f));

  g_free (
      baton_blobs_add_file (baton_workspace_blobs (f->card.workspace), there, NULL, NULL, NULL, NULL, NULL));
  baton_workspace_tell_arrived (f->card.workspace, hash);
  card_fixture_until (&f->card, assets_shows_picture, f, "the preview shows it");
  assert_offered (f, TRUE);
  provider = lift (f);
  g_assert_nonnull (provider);
}

/* What only another program can show is offered to it. */
static void
test_unknown (Assets *f, gconstpointer data)
{
  g_autofree char *one = files_write_text (f->folder, "table.xyz", "\x01\x02\x03 nobody knows");
  GtkWidget *preview = GTK_WIDGET (baton_asset_section_preview (f->section));
  g_autoptr (GdkContentProvider) provider = NULL;

  assets_add (f, one);
  g_assert_cmpstr (baton_preview_view_showing (BATON_PREVIEW_VIEW (preview)), ==, "other");
  g_assert_true (gtk_widget_get_visible (ui_find_button (preview, "Open with…")));
  assert_offered (f, TRUE);
  provider = lift (f);
  g_assert_nonnull (provider);
}

static void
written_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;

  *(int *) data = gdk_content_provider_write_mime_type_finish (GDK_CONTENT_PROVIDER (source), result, &error);
}

static gboolean
take (GdkContentProvider *provider, GOutputStream *stream)
{
  int taken = -1;

  gdk_content_provider_write_mime_type_async (
      provider, "text/uri-list", stream, G_PRIORITY_DEFAULT, NULL, written_cb, &taken);
  while (taken < 0)
    g_main_context_iteration (NULL, TRUE);
  return taken;
}

/* An asset of one version leaves by its preview, unless it is being moved about there. What goes wrong when
 * it is taken is said. */
static void
test_lifted (Assets *f, gconstpointer data)
{
  g_autofree char *one = files_picture (f->folder, "hero.png", "png", 300, 200, FALSE);
  g_autoptr (GOutputStream) stream = g_memory_output_stream_new_resizable ();
  g_autoptr (GOutputStream) unread = g_memory_output_stream_new_resizable ();
  BatonPreviewView *preview = baton_asset_section_preview (f->section);
  g_autoptr (GdkContentProvider) provider = NULL;
  g_autofree char *inside = NULL;
  g_auto (GStrv) uris = NULL;
  g_autofree char *path = NULL;

  assets_add (f, one);
  card_fixture_until (&f->card, assets_shows_picture, f, "the picture is seen");
  provider = lift (f);
  g_assert_nonnull (provider);
  g_assert_true (take (provider, stream));
  g_output_stream_write_all (stream, "", 1, NULL, NULL, NULL);
  uris = g_uri_list_extract_uris (g_memory_output_stream_get_data (G_MEMORY_OUTPUT_STREAM (stream)));
  g_assert_cmpuint (g_strv_length (uris), ==, 1);
  path = g_filename_from_uri (uris[0], NULL, NULL);
  g_assert_true (g_file_test (path, G_FILE_TEST_IS_REGULAR));

  gtk_widget_activate_action (GTK_WIDGET (preview), "preview.actual", NULL);
  g_assert_null (lift (f));
  g_assert_null (notice (f));
  inside = baton_version_file_path (f->card.pane->model, baton_asset_section_version (f->section));
  g_unlink (inside);
  g_assert_false (take (provider, unread));
  g_assert_nonnull (notice (f));
}

int
main (int argc, char **argv)
{
  card_fixture_init (&argc, &argv);
  ASSETS_ADD ("damaged", test_damaged);
  ASSETS_ADD ("failed", test_failed);
  ASSETS_ADD ("late", test_late);
  ASSETS_ADD ("away", test_away);
  ASSETS_ADD ("export", test_export);
  ASSETS_ADD ("unknown", test_unknown);
  ASSETS_ADD ("lifted", test_lifted);
  return g_test_run ();
}
