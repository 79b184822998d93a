/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-client"

#include "exchange.h"

#include "blob-sync.h"
#include "plan.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

/* A complete export is a text and, beside it, a folder with the files that its versions name. */

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
