/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-store"
#define _GNU_SOURCE /* copy_file_range, sync_file_range */

#include "blobs-private.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

/* Copying and hashing run side by side: this thread lets the kernel copy (or share the blocks, where the file
 * system can), and another reads what has arrived, which is still in the kernel's memory, and hashes it. So
 * the hash is that of what was written, not of what was read. */

#define STRETCH (8 * BATON_BLOB_CHUNK)
#define MOST_AHEAD (G_GINT64_CONSTANT (64) * BATON_BLOB_CHUNK)

typedef struct
{
  int fd;
  GMutex lock;
  GCond changed;
  gint64 written;
  gint64 hashed;
  gboolean ended; /* nothing more will be written */
  int error;      /* of the hashing thread */
  BatonBlobHash hash;
} Follower;

static gpointer
follow (gpointer data)
{
  Follower *follower = data;
  gint64 at = 0;

  while (TRUE)
    {
      gint64 to;
      gboolean ended;
      int problem = 0;

      g_mutex_lock (&follower->lock);
      while (follower->written == at && !follower->ended)
        g_cond_wait (&follower->changed, &follower->lock);
      to = MIN (follower->written, at + STRETCH);
      ended = follower->ended && to == at;
      g_mutex_unlock (&follower->lock);
      if (ended)
        return NULL;
      if (!baton_blob_hash_file (&follower->hash, follower->fd, at, to, NULL))
        problem = errno;
      at = to;
      g_mutex_lock (&follower->lock);
      follower->hashed = at;
      follower->error = problem;
      g_cond_signal (&follower->changed);
      g_mutex_unlock (&follower->lock);
      if (problem != 0)
        return NULL;
    }
}

static gssize
copy_through_memory (int source, int target)
{
  g_autofree guint8 *buffer = g_malloc (BATON_BLOB_CHUNK);
  gssize n = read (source, buffer, BATON_BLOB_CHUNK);

  for (gssize done = 0; done < n;)
    {
      gssize written = write (target, buffer + done, (gsize) (n - done));

      if (written < 0 && errno != EINTR)
        return -1;
      done += MAX (written, 0);
    }
  return n;
}

/* The next stretch. Some file systems cannot copy for us, and some pretend that their files are empty. */
static gssize
copy_stretch (int source, int target, gboolean *by_kernel, gint64 copied)
{
  if (*by_kernel)
    {
      gssize n = copy_file_range (source, NULL, target, NULL, STRETCH, 0);

      if (n > 0 || (n == 0 && copied > 0) || (n < 0 && (errno == ENOSPC || errno == EDQUOT || errno == EIO)))
        return n;
      *by_kernel = FALSE;
    }
  return copy_through_memory (source, target);
}

/* Tells the follower how far we are, and waits when it has fallen far behind. FALSE when it has failed. */
static gboolean
tell (Follower *follower, gint64 written, gint64 *hashed)
{
  gboolean ok;

  g_mutex_lock (&follower->lock);
  follower->written = written;
  g_cond_signal (&follower->changed);
  while (follower->error == 0 && written - follower->hashed > MOST_AHEAD)
    g_cond_wait (&follower->changed, &follower->lock);
  *hashed = follower->hashed;
  ok = follower->error == 0;
  g_mutex_unlock (&follower->lock);
  return ok;
}

static gboolean
copy_all (Follower *follower, int source, gint64 total, BatonBlobProgress progress, gpointer data,
    GCancellable *cancellable, gint64 *copied)
{
  gboolean by_kernel = TRUE;
  gint64 told = g_get_monotonic_time ();

  *copied = 0;
  while (TRUE)
    {
      gssize n = copy_stretch (source, follower->fd, &by_kernel, *copied);
      gint64 hashed;

      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        return n == 0;
      /* The disk begins to write while we go on, so that the last wait is short. */
      sync_file_range (follower->fd, *copied, n, SYNC_FILE_RANGE_WRITE);
      *copied += n;
      if (!tell (follower, *copied, &hashed))
        return FALSE;
      if (g_cancellable_is_cancelled (cancellable))
        {
          errno = ECANCELED;
          return FALSE;
        }
      if (progress != NULL && g_get_monotonic_time () - told > G_USEC_PER_SEC / 10)
        {
          progress (hashed, total, data);
          told = g_get_monotonic_time ();
        }
    }
}

gboolean
baton_blob_copy_fd (int source, int target, gint64 total, BatonBlobProgress progress, gpointer data,
    GCancellable *cancellable, char text[BATON_BLOB_HASH_LENGTH + 1], gint64 *copied)
{
  Follower follower = { .fd = target };
  GThread *thread;
  gboolean ok;
  int saved;

  g_mutex_init (&follower.lock);
  g_cond_init (&follower.changed);
  baton_blob_hash_init (&follower.hash);
  thread = g_thread_new ("blob-hash", follow, &follower);
  posix_fadvise (source, 0, 0, POSIX_FADV_SEQUENTIAL);
  ok = copy_all (&follower, source, total, progress, data, cancellable, copied);
  saved = errno;
  g_mutex_lock (&follower.lock);
  follower.ended = TRUE;
  if (!ok)
    follower.written = follower.hashed;
  g_cond_signal (&follower.changed);
  g_mutex_unlock (&follower.lock);
  g_thread_join (thread);
  if (follower.error != 0)
    saved = follower.error;
  ok = ok && follower.error == 0;
  if (ok)
    baton_blob_hash_final (&follower.hash, text);
  else
    baton_blob_hash_clear (&follower.hash);
  g_mutex_clear (&follower.lock);
  g_cond_clear (&follower.changed);
  errno = saved;
  return ok;
}
