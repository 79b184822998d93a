/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-test"

#include "assets-fixture.h"

void
assets_set_up (Assets *f, gconstpointer data)
{
  card_fixture_open (&f->card, 0);
  card_fixture_show (&f->card, f->card.hero);
  f->section = BATON_ASSET_SECTION (ui_find_type (f->card.window, BATON_TYPE_ASSET_SECTION, 0));
  f->folder = files_folder_new ();
}

void
assets_tear_down (Assets *f, gconstpointer data)
{
  card_fixture_close (&f->card, FALSE);
  files_folder_remove (g_steal_pointer (&f->folder));
}

gboolean
assets_nothing_on_its_way (CardFixture *card, gpointer data)
{
  return g_list_model_get_n_items (baton_uploads ()) == 0;
}

gboolean
assets_one_has_failed (CardFixture *card, gpointer data)
{
  g_autoptr (BatonUpload) upload = g_list_model_get_item (baton_uploads (), 0);

  return upload != NULL && baton_upload_problem (upload) != NULL;
}

void
assets_add (Assets *f, const char *path)
{
  g_autoptr (GPtrArray) paths = g_ptr_array_new ();

  g_ptr_array_add (paths, (gpointer) path);
  baton_asset_section_add_files (f->section, paths);
  card_fixture_until (&f->card, assets_nothing_on_its_way, NULL, "the file is in");
  ui_spin (50);
}

gint64
assets_shown_number (Assets *f)
{
  BatonItem *version = baton_asset_section_version (f->section);

  return version != NULL ? baton_item_int (version, BATON_VERSION_NUMBER) : 0;
}

gboolean
assets_shows_picture (CardFixture *card, gpointer data)
{
  Assets *f = data;

  return g_str_equal (baton_preview_view_showing (baton_asset_section_preview (f->section)), "picture");
}

gboolean
assets_has_words (CardFixture *card, gpointer words)
{
  g_autofree char *texts = ui_texts (card->window);

  return strstr (texts, words) != NULL;
}

void
assets_activate (Assets *f, const char *action)
{
  gtk_widget_activate_action (GTK_WIDGET (f->section), action, NULL);
  ui_spin (150);
}

gboolean
assets_shows_second (CardFixture *card, gpointer data)
{
  return assets_shown_number (data) == 2;
}
