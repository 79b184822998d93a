/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-test"

#include "cover.h"
#include "review-fixture.h"
#include "version-content.h"

#include <glib/gstdio.h>
#include <string.h>

/* A file whose content is no longer what was added is never shown as if it were. */

static void
flip_a_bit (ReviewFixture *f, const char *hash)
{
  g_autofree char *path = baton_blobs_path (baton_workspace_blobs (f->workspace), hash);
  g_autofree char *content = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (path, &content, &length, NULL));
  content[length - 1] ^= 1;
  g_assert_cmpint (g_chmod (path, 0600), ==, 0);
  g_assert_true (g_file_set_contents (path, content, (gssize) length, NULL));
}

static gboolean
tells_damage (ReviewFixture *f, gpointer content)
{
  const char *words = baton_content_words (content);

  return words != NULL && strstr (words, "damaged") != NULL;
}

static gboolean
has_picture (ReviewFixture *f, gpointer content)
{
  return baton_content_kind (content) == BATON_CONTENT_PICTURE;
}

/* Nobody knows of it yet: looking at it finds it. */
static void
test_found_by_looking (void)
{
  g_autoptr (BatonContent) content = NULL, sound = NULL;
  g_autoptr (BatonRow) version = NULL, other = NULL;
  ReviewFixture f;

  review_fixture_open (&f, FALSE);
  version = review_row (&f, BATON_ENTITY_VERSION, f.hero_versions[2]);
  other = review_row (&f, BATON_ENTITY_VERSION, f.hero_versions[3]);
  flip_a_bit (&f, baton_row_text (version, BATON_VERSION_BLOB));
  content = baton_version_content_new (f.workspace, version, FALSE);
  sound = baton_version_content_new (f.workspace, other, FALSE);
  review_until (&f, tells_damage, content, "words about the damage");
  g_assert_true (baton_blobs_is_damaged (
      baton_workspace_blobs (f.workspace), baton_row_text (version, BATON_VERSION_BLOB)));
  review_until (&f, has_picture, sound, "the sound version");
  /* It stays so, also for what was still on its way. */
  ui_spin (300);
  g_assert_true (tells_damage (&f, content));
  g_assert_true (has_picture (&f, sound));
  g_clear_object (&content);
  g_clear_object (&sound);
  review_fixture_close (&f);
}

static void
verify (ReviewFixture *f, const char *hash)
{
  g_assert_false (baton_blobs_verify (baton_workspace_blobs (f->workspace), hash, NULL, NULL));
}

/* It is known: neither the review nor a card's face shows it. */
static void
test_known (void)
{
  g_autoptr (BatonContent) content = NULL;
  g_autoptr (BatonRow) version = NULL;
  g_autoptr (BatonCover) cover = NULL;
  ReviewFixture f;

  review_fixture_open (&f, FALSE);
  version = review_row (&f, BATON_ENTITY_VERSION, f.hero_versions[3]);
  flip_a_bit (&f, baton_row_text (version, BATON_VERSION_BLOB));
  verify (&f, baton_row_text (version, BATON_VERSION_BLOB));
  content = baton_version_content_new (f.workspace, version, FALSE);
  g_assert_true (tells_damage (&f, content));
  cover = baton_cover_new ();
  baton_cover_set (cover, f.workspace, version->id, 1);
  ui_spin (500);
  g_assert_null (baton_cover_picture (cover));
  g_assert_false (baton_cover_is_expected (cover));
  g_clear_object (&cover);
  g_clear_object (&content);
  review_fixture_close (&f);
}

int
main (int argc, char **argv)
{
  review_fixture_init (&argc, &argv);
  g_test_add_func ("/damage/found-by-looking", test_found_by_looking);
  g_test_add_func ("/damage/known", test_known);
  return g_test_run ();
}
