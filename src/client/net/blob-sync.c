/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-client"

#include "blob-sync.h"

#define TRIES 5

GPtrArray *
baton_blob_wanted (BatonReader *reader, GError **error)
{
  g_autoptr (GPtrArray) rows =
      baton_reader_rows (reader, BATON_ENTITY_VERSION, BATON_FIELD_NONE, NULL, TRUE, error);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  GPtrArray *hashes;

  if (rows == NULL)
    return NULL;
  hashes = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < rows->len; i++)
    {
      const BatonRow *row = g_ptr_array_index (rows, i);
      const char *hash = baton_row_text (row, BATON_VERSION_BLOB);

      if (hash == NULL || !baton_blob_hash_is_valid (hash) ||
          baton_row_int (row, BATON_VERSION_REMOVED) != 0 || g_hash_table_contains (seen, hash))
        continue;
      g_ptr_array_add (hashes, g_strdup (hash));
      g_hash_table_add (seen, g_ptr_array_index (hashes, hashes->len - 1));
    }
  return hashes;
}

typedef BatonTransferResult (*TransferFunc) (BatonBlobLink *link, const char *hash,
    BatonBlobProgress progress, gpointer data, GCancellable *cancellable, GError **error);

/* A link that breaks is tried again after a moment: what has arrived counts, so nothing travels twice. */
static BatonTransferResult
transfer (BatonBlobLink *link, TransferFunc func, const char *hash, GCancellable *cancellable, GError **error)
{
  for (guint try = 1;; try++)
    {
      g_autoptr (GError) local = NULL;
      BatonTransferResult result = func (link, hash, NULL, NULL, cancellable, &local);
      gboolean waits = g_error_matches (local, BATON_ERROR, BATON_ERROR_NOT_FOUND);

      if (result == BATON_TRANSFER_LATER && !waits && try < TRIES)
        {
          g_usleep (try * G_USEC_PER_SEC / 2);
          continue;
        }
      if (local != NULL)
        g_propagate_error (error, g_steal_pointer (&local));
      return result;
    }
}

static gboolean
upload_missing (BatonBlobLink *link, BatonBlobs *blobs, GPtrArray *here, GCancellable *cancellable,
    BatonBlobSync *counts, GError **error)
{
  g_autoptr (GPtrArray) missing = baton_blob_missing (link, here, cancellable, error);

  if (missing == NULL)
    return FALSE;
  for (guint i = 0; i < missing->len; i++)
    {
      const char *hash = g_ptr_array_index (missing, i);

      if (transfer (link, baton_blob_upload, hash, cancellable, error) != BATON_TRANSFER_DONE)
        return FALSE;
      counts->uploaded++;
      counts->bytes += baton_blobs_size (blobs, hash);
    }
  return TRUE;
}

static gboolean
download_missing (BatonBlobLink *link, BatonBlobs *blobs, GPtrArray *wanted, BatonBlobArrived arrived,
    gpointer data, GCancellable *cancellable, BatonBlobSync *counts, GError **error)
{
  for (guint i = 0; i < wanted->len; i++)
    {
      const char *hash = g_ptr_array_index (wanted, i);
      g_autoptr (GError) local = NULL;

      if (transfer (link, baton_blob_download, hash, cancellable, &local) == BATON_TRANSFER_DONE)
        {
          counts->downloaded++;
          if (arrived != NULL)
            arrived (hash, data);
          counts->bytes += baton_blobs_size (blobs, hash);
          continue;
        }
      if (!g_error_matches (local, BATON_ERROR, BATON_ERROR_NOT_FOUND))
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return FALSE;
        }
      counts->waiting++;
    }
  return TRUE;
}

gboolean
baton_blob_sync (BatonBlobLink *link, BatonBlobs *blobs, BatonReader *reader, BatonBlobArrived arrived,
    gpointer data, GCancellable *cancellable, BatonBlobSync *counts, GError **error)
{
  g_autoptr (GPtrArray) all = baton_blob_wanted (reader, error);
  g_autoptr (GPtrArray) here = g_ptr_array_new ();
  g_autoptr (GPtrArray) away = g_ptr_array_new ();

  *counts = (BatonBlobSync){ 0 };
  if (all == NULL)
    return FALSE;
  for (guint i = 0; i < all->len; i++)
    {
      gboolean has = baton_blobs_has (blobs, g_ptr_array_index (all, i));

      g_ptr_array_add (has ? here : away, g_ptr_array_index (all, i));
    }
  return (here->len == 0 || upload_missing (link, blobs, here, cancellable, counts, error)) &&
         download_missing (link, blobs, away, arrived, data, cancellable, counts, error);
}
