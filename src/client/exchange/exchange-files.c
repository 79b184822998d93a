/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-client"

#include "exchange.h"

#include "blob-sync.h"
#include "plan.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

/* A complete export is a text and, beside it, a folder with the files that its versions name. */

#define MOST_NAMED 8

static char *
folder_of (const char *path)
{
  return g_strconcat (path, ".files", NULL);
}

gboolean
baton_exchange_export_files (
    BatonReader *reader, const char *workspace, const char *path, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) hashes = baton_blob_wanted (reader, error);
  g_autoptr (BatonBlobs) blobs = baton_blobs_new (workspace);
  g_autofree char *folder = folder_of (path);

  if (hashes == NULL)
    return FALSE;
  for (guint i = 0; i < hashes->len; i++)
    {
      const char *hash = g_ptr_array_index (hashes, i);
      g_autofree char *target = g_build_filename (folder, hash, NULL);

      if (!baton_blobs_has (blobs, hash) || g_file_test (target, G_FILE_TEST_EXISTS))
        continue;
      if (g_mkdir (folder, 0700) != 0 && errno != EEXIST)
        {
          g_set_error (error, BATON_ERROR, BATON_ERROR_IO, _ ("The folder %s cannot be made: %s."), folder,
              g_strerror (errno));
          return FALSE;
        }
      if (!baton_blobs_copy (blobs, hash, target, NULL, NULL, cancellable, error))
        return FALSE;
    }
  return TRUE;
}

/* Takes one file in; *sound tells whether it is what its name says. */
static gboolean
take_file (BatonBlobs *blobs, const char *path, const char *name, gboolean *sound, GCancellable *cancellable,
    GError **error)
{
  g_autofree char *hash = baton_blobs_add_file (blobs, path, NULL, NULL, NULL, cancellable, error);

  if (hash == NULL)
    return FALSE;
  *sound = g_str_equal (hash, name);
  return TRUE;
}

static char *
version_words (BatonReader *reader, const BatonRow *version)
{
  const char *id = baton_row_text (version, BATON_VERSION_CARD);
  g_autoptr (BatonRow) card = id != NULL ? baton_reader_row (reader, BATON_ENTITY_CARD, id) : NULL;

  return g_strdup_printf (_ ("“%s” (version %d, “%s”)"), baton_row_text (version, BATON_VERSION_FILE),
      (int) baton_row_int (version, BATON_VERSION_NUMBER),
      card != NULL ? baton_row_text (card, BATON_CARD_TITLE) : "");
}

GPtrArray *
baton_exchange_missing_files (BatonReader *reader, const char *workspace, GError **error)
{
  g_autoptr (GPtrArray) rows =
      baton_reader_rows (reader, BATON_ENTITY_VERSION, BATON_FIELD_NONE, NULL, TRUE, error);
  g_autoptr (BatonBlobs) blobs = baton_blobs_new (workspace);
  GPtrArray *missing;

  if (rows == NULL)
    return NULL;
  missing = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < rows->len; i++)
    {
      const BatonRow *row = g_ptr_array_index (rows, i);
      const char *hash = baton_row_text (row, BATON_VERSION_BLOB);

      if (hash != NULL && baton_row_int (row, BATON_VERSION_REMOVED) == 0 && !baton_blobs_has (blobs, hash))
        g_ptr_array_add (missing, version_words (reader, row));
    }
  return missing;
}

char *
baton_exchange_missing_words (const GPtrArray *missing)
{
  g_autoptr (GString) list = g_string_new (NULL);
  guint named = MIN (missing->len, MOST_NAMED);

  if (missing->len == 0)
    return NULL;
  for (guint i = 0; i < named; i++)
    g_string_append_printf (list, "%s%s", i > 0 ? ", " : "", (char *) g_ptr_array_index (missing, i));
  if (missing->len > named)
    {
      guint more = missing->len - named;

      g_string_append_c (list, ' ');
      g_string_append_printf (
          list, g_dngettext (GETTEXT_PACKAGE, "and %u more", "and %u more", (gulong) more), more);
    }
  return g_strdup_printf (
      g_dngettext (GETTEXT_PACKAGE, "%u file is not on this computer and is missing from the export: %s.",
          "%u files are not on this computer and are missing from the export: %s.", (gulong) missing->len),
      missing->len, list->str);
}

gboolean
baton_exchange_import_files (
    const char *workspace, const char *path, BatonImportPlan *plan, GCancellable *cancellable, GError **error)
{
  g_autofree char *folder = folder_of (path);
  g_autoptr (BatonBlobs) blobs = baton_blobs_new (workspace);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  gint64 n_sound = 0, n_damaged = 0;
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *file = g_build_filename (folder, name, NULL);
      gboolean sound = TRUE;

      if (!baton_blob_hash_is_valid (name))
        continue;
      if (!baton_blobs_has (blobs, name) && !take_file (blobs, file, name, &sound, cancellable, error))
        return FALSE;
      n_sound += sound;
      n_damaged += !sound;
    }
  if (plan == NULL)
    return TRUE;
  baton_import_plan_note (plan, n_sound, _ ("files"), NULL);
  baton_import_plan_note (plan, n_damaged, _ ("damaged files"),
      _ ("They are not what was exported. Their versions are there without them; a sound copy mends them."));
  return TRUE;
}
