/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-client"

#include "blob-sync.h"

#define TRIES 5

typedef BatonTransferResult (*TransferFunc) (BatonBlobLink *link, const char *hash, BatonBlobStep step,
    gpointer data, GCancellable *cancellable, GError **error);

static gboolean
note_cb (gint64 done, gint64 total, gpointer data)
{
  *(gint64 *) data = done;
  return TRUE;
}

/* FALSE when it was cancelled meanwhile. */
static gboolean
pause_for (gint64 pause, GCancellable *cancellable)
{
  GPollFD fd;

  if (!g_cancellable_make_pollfd (cancellable, &fd))
    {
      g_usleep ((gulong) pause);
      return TRUE;
    }
  g_poll (&fd, 1, (int) (pause / 1000));
  g_cancellable_release_fd (cancellable);
  return !g_cancellable_is_cancelled (cancellable);
}

/* A link that breaks is tried again after a moment: what has arrived counts, so nothing travels twice. As
 * long as it gets any further each time, it may break as often as it likes. */
static BatonTransferResult
transfer (BatonBlobLink *link, TransferFunc func, const char *hash, GCancellable *cancellable, GError **error)
{
  gint64 furthest = 0;

  for (guint try = 1;; try++)
    {
      g_autoptr (GError) local = NULL;
      gint64 done = 0;
      BatonTransferResult result = func (link, hash, note_cb, &done, cancellable, &local);
      gboolean waits = g_error_matches (local, BATON_ERROR, BATON_ERROR_NOT_FOUND);

      if (done > furthest)
        try = 1;
      furthest = MAX (furthest, done);
      if (result == BATON_TRANSFER_LATER && !waits && try < TRIES &&
          pause_for (try * G_USEC_PER_SEC / 2, cancellable))
        continue;
      if (local != NULL)
        g_propagate_error (error, g_steal_pointer (&local));
      return result;
    }
}

static gboolean
upload_missing (BatonBlobLink *link, BatonBlobs *blobs, GPtrArray *here, GCancellable *cancellable,
    BatonBlobSync *counts, GError **error)
{
  g_autoptr (GPtrArray) hashes = g_ptr_array_new ();
  g_autoptr (GPtrArray) missing = NULL;

  for (guint i = 0; i < here->len; i++)
    g_ptr_array_add (hashes, ((BatonBlobNeed *) g_ptr_array_index (here, i))->hash);
  missing = baton_blob_missing (link, hashes, cancellable, error);
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
download_missing (BatonBlobLink *link, BatonBlobs *blobs, GPtrArray *away, GCancellable *cancellable,
    BatonBlobSync *counts, GError **error)
{
  for (guint i = 0; i < away->len; i++)
    {
      const char *hash = ((BatonBlobNeed *) g_ptr_array_index (away, i))->hash;
      g_autoptr (GError) local = NULL;

      if (transfer (link, baton_blob_download, hash, cancellable, &local) == BATON_TRANSFER_DONE)
        {
          counts->downloaded++;
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
baton_blob_sync (BatonBlobLink *link, BatonBlobs *blobs, BatonReader *reader, GCancellable *cancellable,
    BatonBlobSync *counts, GError **error)
{
  g_autoptr (BatonBlobPlan) plan = baton_blob_plan_new (reader, blobs, error);
  g_autoptr (GPtrArray) here = plan != NULL ? baton_blob_plan_list (plan, TRUE) : NULL;
  g_autoptr (GPtrArray) away = plan != NULL ? baton_blob_plan_list (plan, FALSE) : NULL;

  *counts = (BatonBlobSync){ 0 };
  return plan != NULL && (here->len == 0 || upload_missing (link, blobs, here, cancellable, counts, error)) &&
         download_missing (link, blobs, away, cancellable, counts, error);
}
