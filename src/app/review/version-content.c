/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "version-content.h"

#include "absence.h"
#include "decoder.h"
#include "shared-files.h"
#include "soundness.h"

#include <glib/gi18n.h>

/* Belongs to a content, as long as that lives. */
typedef struct
{
  GWeakRef workspace;
  char *path;
  char *key;
  gboolean is_text;
  gboolean is_timed; /* video and sound play */
  int priority;
  GHashTable *asked; /* pages under way */
  GCancellable *cancellable;
} Source;

static void
source_free (gpointer data)
{
  Source *source = data;

  g_cancellable_cancel (source->cancellable);
  g_object_unref (source->cancellable);
  g_weak_ref_clear (&source->workspace);
  g_hash_table_unref (source->asked);
  g_free (source->path);
  g_free (source->key);
  g_free (source);
}

static Source *
source_of (BatonContent *content)
{
  return g_object_get_data (G_OBJECT (content), "source");
}

char *
baton_version_path (BatonWorkspace *workspace, const BatonRow *version)
{
  const char *blob = baton_row_text (version, BATON_VERSION_BLOB);
  g_autofree char *first = g_strndup (blob != NULL ? blob : "", 2);

  return g_build_filename (baton_workspace_folder (workspace), "blobs", first, blob, NULL);
}

typedef struct
{
  GWeakRef content;
  int page;
} Asking;

static void
take (BatonContent *content, BatonDecoded *decoded, int page)
{
  if (decoded->picture == NULL)
    {
      gsize size;
      const char *bytes = g_bytes_get_data (decoded->text, &size);
      g_autofree char *text = g_strndup (bytes != NULL ? bytes : "", size);

      baton_content_set_text (content, text);
      return;
    }
  if (decoded->pages > 1 || (decoded->flags & BATON_DECODED_VECTOR) != 0)
    baton_content_set_pages (content, decoded->pages, (decoded->flags & BATON_DECODED_VECTOR) != 0);
  baton_content_set_picture (content, page, decoded->picture);
}

static void
decoded_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  Asking *asking = data;
  g_autoptr (BatonContent) content = g_weak_ref_get (&asking->content);
  g_autoptr (GError) error = NULL;
  g_autoptr (BatonDecoded) decoded = baton_decoder_decode_finish (BATON_DECODER (object), result, &error);

  if (content != NULL)
    {
      g_hash_table_remove (source_of (content)->asked, GINT_TO_POINTER (asking->page));
      if (decoded != NULL)
        take (content, decoded, asking->page);
      else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        baton_content_set_words (content, error->message);
    }
  g_weak_ref_clear (&asking->content);
  g_free (asking);
}

/* Pictures as large as they are: what is compared is compared pixel by pixel. */
static void
wanted_cb (BatonContent *content, int page, gpointer data)
{
  Source *source = source_of (content);
  BatonDecodeAsk ask = { .path = source->path,
    .key = source->key,
    .page = page,
    .what = source->is_text ? BATON_DECODE_WORDS : BATON_DECODE_PICTURE };
  Asking *asking;

  if (!g_hash_table_add (source->asked, GINT_TO_POINTER (page)))
    return;
  asking = g_new0 (Asking, 1);
  g_weak_ref_init (&asking->content, content);
  asking->page = page;
  baton_decoder_decode_async (
      baton_decoder_get_default (), &ask, source->priority, source->cancellable, decoded_cb, asking);
}

static void
begin (BatonContent *content)
{
  if (source_of (content)->is_timed)
    {
      baton_content_set_path (content, source_of (content)->path);
      return;
    }
  g_signal_connect (content, "wanted", G_CALLBACK (wanted_cb), NULL);
  wanted_cb (content, 0, NULL);
}

static void
arrived_cb (BatonContent *content, const char *hash, BatonWorkspace *workspace)
{
  if (g_strcmp0 (source_of (content)->key, hash) != 0)
    return;
  g_signal_handlers_disconnect_by_func (workspace, arrived_cb, content);
  baton_content_set_loading (content);
  begin (content);
}

static Source *
source_new (BatonWorkspace *workspace, const BatonRow *version, gboolean soon)
{
  const char *media = baton_row_text (version, BATON_VERSION_MEDIA);
  Source *source = g_new0 (Source, 1);

  g_weak_ref_init (&source->workspace, workspace);
  source->path = baton_version_path (workspace, version);
  source->key = g_strdup (baton_row_text (version, BATON_VERSION_BLOB));
  source->is_text = media != NULL && g_str_has_prefix (media, "text/");
  source->is_timed =
      media != NULL && (g_str_has_prefix (media, "video/") || g_str_has_prefix (media, "audio/"));
  source->priority = soon ? BATON_DECODE_SOON : BATON_DECODE_NOW;
  source->asked = g_hash_table_new (NULL, NULL);
  source->cancellable = g_cancellable_new ();
  return source;
}

/* Nothing of it is shown any more, and what is asked for comes too late. */
static void
show_damage (BatonContent *content, BatonWorkspace *workspace)
{
  Source *source = source_of (content);

  g_cancellable_cancel (source->cancellable);
  g_object_unref (source->cancellable);
  source->cancellable = g_cancellable_new ();
  g_hash_table_remove_all (source->asked);
  g_signal_handlers_disconnect_by_func (content, wanted_cb, NULL);
  baton_content_set_words (content, baton_damage_words (workspace));
  baton_files_want (baton_workspace_files (workspace), source->key, BATON_BLOB_RANK_ASKED);
  g_signal_connect_object (workspace, "arrived", G_CALLBACK (arrived_cb), content, G_CONNECT_SWAPPED);
}

static void
damage_found_cb (gpointer content)
{
  BatonWorkspace *workspace = g_weak_ref_get (&source_of (content)->workspace);

  if (workspace != NULL)
    show_damage (content, workspace);
  g_clear_object (&workspace);
}

BatonContent *
baton_version_content_new (BatonWorkspace *workspace, const BatonRow *version, gboolean soon)
{
  BatonContent *content = baton_content_new ();
  Source *source = source_new (workspace, version, soon);

  g_object_set_data_full (G_OBJECT (content), "source", source, source_free);
  if (!g_file_test (source->path, G_FILE_TEST_EXISTS))
    {
      const char *author = baton_row_text (version, BATON_VERSION_AUTHOR);
      g_autofree char *words = baton_absence_words (
          workspace, baton_workspace_name_of (workspace, BATON_ENTITY_PERSON, author, NULL));

      baton_content_set_words (content, words);
      if (source->key != NULL)
        baton_files_want (baton_workspace_files (workspace), source->key,
            soon ? BATON_BLOB_RANK_SCREEN : BATON_BLOB_RANK_ASKED);
      g_signal_connect_object (workspace, "arrived", G_CALLBACK (arrived_cb), content, G_CONNECT_SWAPPED);
    }
  else if (baton_blobs_is_damaged (baton_workspace_blobs (workspace), source->key))
    show_damage (content, workspace);
  else
    {
      begin (content);
      baton_soundness_check (workspace, source->key, G_OBJECT (content), damage_found_cb);
    }
  return content;
}
