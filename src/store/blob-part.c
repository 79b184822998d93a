/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-store"
#define _GNU_SOURCE /* sync_file_range */

#include "blobs-private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

/* Transfers in pieces. What has arrived in this process is hashed as it comes; what was there before is read
 * once, at the end. */

/* What has arrived is given to the disk this soon, so that the end of a large file does not wait for all of
 * it. */
#define WRITE_EVERY (8 * 1024 * 1024)

struct _BatonBlobPart
{
  BatonBlobs *blobs;
  char hash[BATON_BLOB_HASH_LENGTH + 1];
  gint64 size;
  gint64 offset;
  char *path;
  int fd;
  BatonBlobHash running;
  gint64 hashed; /* how far `running` has got */
  gint64 given;  /* how far the disk has been told to write */
};

static gboolean
check_room (BatonBlobPart *part, GError **error)
{
  struct statvfs room;

  if (fstatvfs (part->fd, &room) != 0 ||
      (guint64) (part->size - part->offset) <= (guint64) room.f_bavail * room.f_frsize)
    return TRUE;
  return baton_blobs_fail (part->hash, ENOSPC, error);
}

static gboolean
open_file (BatonBlobPart *part, GError **error)
{
  struct stat info;

  part->fd = open (part->path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (part->fd < 0)
    return baton_blobs_fail (part->hash, errno, error);
  if (flock (part->fd, LOCK_EX | LOCK_NB) != 0)
    {
      g_set_error_literal (
          error, BATON_ERROR, BATON_ERROR_LOCKED, _ ("This file is being transferred already."));
      return FALSE;
    }
  if (fstat (part->fd, &info) != 0)
    return baton_blobs_fail (part->hash, errno, error);
  part->offset = info.st_size;
  if (part->offset <= part->size)
    return check_room (part, error);
  part->offset = 0;
  return ftruncate (part->fd, 0) == 0 || baton_blobs_fail (part->hash, errno, error);
}

static char *
path_of (BatonBlobs *blobs, const char *hash, gint64 size)
{
  g_autofree char *name = g_strdup_printf ("%s-%" G_GINT64_FORMAT ".part", hash, size);

  return g_build_filename (blobs->incoming, name, NULL);
}

gint64
baton_blob_part_touched (BatonBlobs *blobs, const char *hash, gint64 size)
{
  g_autofree char *path = path_of (blobs, hash, size);
  struct stat info;

  if (stat (path, &info) != 0)
    return 0;
  return info.st_mtim.tv_sec * G_USEC_PER_SEC + info.st_mtim.tv_nsec / 1000;
}

BatonBlobPart *
baton_blob_part_open (BatonBlobs *blobs, const char *hash, gint64 size, GError **error)
{
  g_autoptr (BatonBlobPart) part = g_new0 (BatonBlobPart, 1);

  part->fd = -1;
  part->blobs = baton_blobs_ref (blobs);
  if (!baton_blob_hash_is_valid (hash) || size < 0)
    {
      g_set_error_literal (error, BATON_ERROR, BATON_ERROR_INVALID, _ ("This is no name of a file."));
      return NULL;
    }
  if (baton_blobs_has (blobs, hash))
    {
      g_set_error_literal (error, BATON_ERROR, BATON_ERROR_EXISTS, _ ("This file is here already."));
      return NULL;
    }
  memcpy (part->hash, hash, sizeof part->hash);
  part->size = size;
  part->path = path_of (blobs, hash, size);
  if (!baton_blobs_prepare (blobs, error) || !open_file (part, error))
    return NULL;
  baton_blob_hash_init (&part->running);
  return g_steal_pointer (&part);
}

gint64
baton_blob_part_offset (BatonBlobPart *part)
{
  return part->offset;
}

gboolean
baton_blob_part_append (BatonBlobPart *part, gint64 offset, const void *data, gsize length, GError **error)
{
  gsize done = 0;

  if (offset != part->offset)
    {
      g_autofree char *expected = g_strdup_printf ("%" G_GINT64_FORMAT, part->offset);

      g_set_error (
          error, BATON_ERROR, BATON_ERROR_STALE, _ ("The transfer goes on at byte %s, not here."), expected);
      return FALSE;
    }
  if ((guint64) length > (guint64) (part->size - part->offset))
    {
      g_set_error_literal (
          error, BATON_ERROR, BATON_ERROR_INVALID, _ ("This is more than the file was said to be."));
      return FALSE;
    }
  while (done < length)
    {
      gssize n = pwrite (part->fd, (const guint8 *) data + done, length - done, part->offset + (gint64) done);

      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        {
          int saved = errno;

          /* Half a piece is no piece. */
          if (ftruncate (part->fd, part->offset) != 0)
            g_debug ("A part cannot be cut: %s", g_strerror (errno));
          return baton_blobs_fail (part->hash, saved, error);
        }
      done += (gsize) n;
    }
  if (part->hashed == part->offset)
    {
      baton_blob_hash_update (&part->running, data, length);
      part->hashed += (gint64) length;
    }
  part->offset += (gint64) length;
  if (part->offset - part->given >= WRITE_EVERY)
    {
      sync_file_range (part->fd, part->given, part->offset - part->given, SYNC_FILE_RANGE_WRITE);
      part->given = part->offset;
    }
  return TRUE;
}

gboolean
baton_blob_part_rewind (BatonBlobPart *part, gint64 offset, GError **error)
{
  g_return_val_if_fail (offset >= 0 && offset <= part->offset, FALSE);
  if (ftruncate (part->fd, offset) != 0)
    return baton_blobs_fail (part->hash, errno, error);
  part->offset = offset;
  part->given = MIN (part->given, offset);
  if (part->hashed <= offset)
    return TRUE;
  /* What was taken back cannot be taken out of the running hash. */
  baton_blob_hash_clear (&part->running);
  baton_blob_hash_init (&part->running);
  part->hashed = 0;
  return TRUE;
}

static gboolean
check_whole (BatonBlobPart *part, GCancellable *cancellable, GError **error)
{
  char found[BATON_BLOB_HASH_LENGTH + 1];

  if (!baton_blob_hash_file (&part->running, part->fd, part->hashed, part->size, cancellable))
    {
      /* What was hashed so far is of no use for a second try from the same place. */
      baton_blobs_fail (part->hash, errno, error);
      baton_blob_hash_clear (&part->running);
      baton_blob_hash_init (&part->running);
      part->hashed = 0;
      return FALSE;
    }
  baton_blob_hash_final (&part->running, found);
  if (g_str_equal (found, part->hash))
    return TRUE;
  baton_blob_part_discard (part);
  g_set_error_literal (error, BATON_ERROR, BATON_ERROR_CORRUPT,
      _ ("What arrived is not the file that was announced. It was dropped; send it again."));
  return FALSE;
}

gboolean
baton_blob_part_finish (BatonBlobPart *part, GCancellable *cancellable, GError **error)
{
  if (part->offset < part->size)
    {
      g_set_error_literal (
          error, BATON_ERROR, BATON_ERROR_STALE, _ ("A piece of this file is still missing."));
      return FALSE;
    }
  if (!check_whole (part, cancellable, error))
    return FALSE;
  if (fchmod (part->fd, 0400) != 0 || fsync (part->fd) != 0)
    return baton_blobs_fail (part->hash, errno, error);
  return baton_blobs_settle (part->blobs, part->path, part->hash, error);
}

void
baton_blob_part_discard (BatonBlobPart *part)
{
  g_unlink (part->path);
  part->offset = 0;
  if (ftruncate (part->fd, 0) != 0)
    g_debug ("A part cannot be cut: %s", g_strerror (errno));
}

void
baton_blob_part_close (BatonBlobPart *part)
{
  baton_blob_hash_clear (&part->running);
  if (part->fd >= 0)
    close (part->fd);
  baton_blobs_unref (part->blobs);
  g_free (part->path);
  g_free (part);
}
