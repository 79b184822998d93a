/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-store"

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

gboolean
baton_blob_hash_is_valid (const char *hash)
{
  return hash != NULL && strlen (hash) == BATON_BLOB_HASH_LENGTH &&
         strspn (hash, "0123456789abcdef") == BATON_BLOB_HASH_LENGTH;
}

BatonBlobs *
baton_blobs_new (const char *folder)
{
  BatonBlobs *blobs = g_new0 (BatonBlobs, 1);

  g_return_val_if_fail (folder != NULL, NULL);
  if (sodium_init () < 0)
    g_error ("libsodium cannot be initialised");
  g_atomic_ref_count_init (&blobs->refs);
  g_mutex_init (&blobs->lock);
  blobs->folder = g_build_filename (folder, "blobs", NULL);
  blobs->incoming = g_build_filename (blobs->folder, "incoming", NULL);
  blobs->damaged = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return blobs;
}

BatonBlobs *
baton_blobs_ref (BatonBlobs *blobs)
{
  g_atomic_ref_count_inc (&blobs->refs);
  return blobs;
}

void
baton_blobs_unref (BatonBlobs *blobs)
{
  if (!g_atomic_ref_count_dec (&blobs->refs))
    return;
  g_hash_table_unref (blobs->damaged);
  g_mutex_clear (&blobs->lock);
  g_free (blobs->folder);
  g_free (blobs->incoming);
  g_free (blobs);
}

gboolean
baton_blobs_fail (const char *name, int number, GError **error)
{
  /* Names of files need not be text. */
  g_autofree char *shown = g_filename_display_basename (name);

  switch (number)
    {
    case ENOSPC:
    case EDQUOT:
      g_set_error (error, BATON_ERROR, BATON_ERROR_FULL,
          _ ("There is no room on the disk for “%s”. Nothing was changed; free some space and try again."),
          shown);
      return FALSE;
    case ECANCELED:
      g_set_error_literal (error, BATON_ERROR, BATON_ERROR_CANCELLED, _ ("Cancelled. Nothing was changed."));
      return FALSE;
    case ENOENT:
    case ENOTDIR:
      g_set_error (error, BATON_ERROR, BATON_ERROR_NOT_FOUND, _ ("There is no file “%s”."), shown);
      return FALSE;
    default:
      g_set_error (error, BATON_ERROR, BATON_ERROR_IO,
          _ ("“%s” could not be copied: %s. Nothing was changed."), shown, g_strerror (number));
      return FALSE;
    }
}

gboolean
baton_blobs_prepare (BatonBlobs *blobs, GError **error)
{
  return g_mkdir_with_parents (blobs->incoming, 0700) == 0 ||
         baton_blobs_fail (blobs->incoming, errno, error);
}

char *
baton_blobs_path (BatonBlobs *blobs, const char *hash)
{
  char prefix[3] = { hash[0], hash[1], '\0' };

  g_return_val_if_fail (baton_blob_hash_is_valid (hash), NULL);
  return g_build_filename (blobs->folder, prefix, hash, NULL);
}

gint64
baton_blobs_size (BatonBlobs *blobs, const char *hash)
{
  g_autofree char *path = baton_blob_hash_is_valid (hash) ? baton_blobs_path (blobs, hash) : NULL;
  struct stat info;

  return path != NULL && stat (path, &info) == 0 ? info.st_size : -1;
}

gboolean
baton_blobs_has (BatonBlobs *blobs, const char *hash)
{
  return baton_blobs_size (blobs, hash) >= 0 && !baton_blobs_is_damaged (blobs, hash);
}

static gboolean
sync_folder (const char *path)
{
  int fd = open (path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  gboolean ok = fd >= 0 && fsync (fd) == 0;
  int saved = errno;

  if (fd >= 0)
    close (fd);
  errno = saved;
  return ok;
}

/* Makes blobs/ab, and sees to it that the disk knows it. */
static gboolean
make_place (BatonBlobs *blobs, const char *place)
{
  if (g_mkdir (place, 0700) == 0)
    return sync_folder (blobs->folder);
  return errno == EEXIST;
}

gboolean
baton_blobs_settle (BatonBlobs *blobs, const char *temporary, const char *hash, GError **error)
{
  g_autofree char *path = baton_blobs_path (blobs, hash);
  g_autofree char *place = g_path_get_dirname (path);

  if (baton_blobs_has (blobs, hash))
    {
      /* As young as if it had come now, so that nobody clears it away before it is spoken of. */
      utimensat (AT_FDCWD, path, NULL, 0);
      g_unlink (temporary);
      return TRUE;
    }
  if (!make_place (blobs, place) || g_rename (temporary, path) != 0 || !sync_folder (place))
    return baton_blobs_fail (hash, errno, error);
  baton_blobs_set_damaged (blobs, hash, FALSE);
  return TRUE;
}

typedef struct
{
  const char *name; /* for people */
  int source;
  int target;
  char *temporary;
  struct stat before;
} Adding;

static void
adding_clear (Adding *adding)
{
  if (adding->temporary != NULL)
    g_unlink (adding->temporary); /* gone already when it has got its name */
  if (adding->source >= 0)
    close (adding->source);
  if (adding->target >= 0)
    close (adding->target);
  g_free (adding->temporary);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Adding, adding_clear)

static gboolean
open_source (Adding *adding, const char *path, GError **error)
{
  /* Not blocking: a pipe without a writer must not hold us. */
  adding->source = open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
  if (adding->source < 0 || fstat (adding->source, &adding->before) != 0)
    return baton_blobs_fail (path, errno, error);
  if (S_ISREG (adding->before.st_mode))
    return TRUE;
  g_set_error (error, BATON_ERROR, BATON_ERROR_INVALID,
      S_ISDIR (adding->before.st_mode) ? _ ("“%s” is a folder; only files can be added.")
                                       : _ ("“%s” is no file that could be added."),
      adding->name);
  return FALSE;
}

/* The lock tells others that somebody is still writing it; it goes with the process. */
static gboolean
open_target (BatonBlobs *blobs, Adding *adding, GError **error)
{
  if (!baton_blobs_prepare (blobs, error))
    return FALSE;
  adding->temporary = g_build_filename (blobs->incoming, "add-XXXXXX", NULL);
  adding->target = g_mkstemp_full (adding->temporary, O_RDWR | O_CLOEXEC, 0400);
  if (adding->target < 0 || flock (adding->target, LOCK_EX | LOCK_NB) != 0)
    return baton_blobs_fail (adding->name, errno, error);
  return TRUE;
}

/* Better said at once than after gigabytes. */
static gboolean
check_room (BatonBlobs *blobs, Adding *adding, GError **error)
{
  struct statvfs room;
  g_autofree char *needed = NULL;
  g_autofree char *free = NULL;

  if (statvfs (blobs->incoming, &room) != 0 ||
      (guint64) adding->before.st_size <= (guint64) room.f_bavail * room.f_frsize)
    return TRUE;
  needed = g_format_size ((guint64) adding->before.st_size);
  free = g_format_size ((guint64) room.f_bavail * room.f_frsize);
  g_set_error (error, BATON_ERROR, BATON_ERROR_FULL,
      _ ("There is no room on the disk for “%s”: it needs %s, and %s are free. Nothing was changed."),
      adding->name, needed, free);
  return FALSE;
}

static gboolean
check_unchanged (const Adding *adding, gint64 copied, GError **error)
{
  struct stat after;

  if (fstat (adding->source, &after) == 0 && after.st_size == adding->before.st_size &&
      after.st_size == copied && after.st_mtim.tv_sec == adding->before.st_mtim.tv_sec &&
      after.st_mtim.tv_nsec == adding->before.st_mtim.tv_nsec)
    return TRUE;
  g_set_error (error, BATON_ERROR, BATON_ERROR_STALE,
      _ ("“%s” was changed while it was being added. Nothing was kept of it; add it again when it is "
         "finished."),
      adding->name);
  return FALSE;
}

char *
baton_blobs_add_file (BatonBlobs *blobs, const char *path, gint64 *size, BatonBlobProgress progress,
    gpointer data, GCancellable *cancellable, GError **error)
{
  g_autofree char *name = g_filename_display_basename (path);
  g_auto (Adding) adding = { .name = name, .source = -1, .target = -1 };
  char hash[BATON_BLOB_HASH_LENGTH + 1];
  gint64 copied = 0;

  if (!open_source (&adding, path, error) || !open_target (blobs, &adding, error) ||
      !check_room (blobs, &adding, error))
    return NULL;
  if (!baton_blob_copy_fd (
          adding.source, adding.target, adding.before.st_size, progress, data, cancellable, hash, &copied))
    {
      baton_blobs_fail (path, errno, error);
      return NULL;
    }
  if (!check_unchanged (&adding, copied, error))
    return NULL;
  if (!baton_blobs_has (blobs, hash) && fsync (adding.target) != 0)
    {
      baton_blobs_fail (path, errno, error);
      return NULL;
    }
  if (!baton_blobs_settle (blobs, adding.temporary, hash, error))
    return NULL;
  if (progress != NULL)
    progress (copied, copied, data);
  if (size != NULL)
    *size = copied;
  return g_strdup (hash);
}

static gboolean
write_all (int fd, const guint8 *data, gsize length)
{
  while (length > 0)
    {
      gssize n = write (fd, data, length);

      if (n < 0 && errno != EINTR)
        return FALSE;
      data += MAX (n, 0);
      length -= (gsize) MAX (n, 0);
    }
  return TRUE;
}

char *
baton_blobs_add_bytes (BatonBlobs *blobs, GBytes *bytes, GError **error)
{
  g_auto (Adding) adding = { .name = _ ("the pasted content"), .source = -1, .target = -1 };
  char hash[BATON_BLOB_HASH_LENGTH + 1];
  BatonBlobHash running;
  gsize length;
  const guint8 *data = g_bytes_get_data (bytes, &length);

  if (!open_target (blobs, &adding, error))
    return NULL;
  if (!write_all (adding.target, data, length) || fsync (adding.target) != 0)
    {
      baton_blobs_fail (adding.name, errno, error);
      return NULL;
    }
  baton_blob_hash_init (&running);
  baton_blob_hash_update (&running, data, length);
  baton_blob_hash_final (&running, hash);
  return baton_blobs_settle (blobs, adding.temporary, hash, error) ? g_strdup (hash) : NULL;
}

static gboolean
not_here (const char *hash, GError **error)
{
  g_set_error (error, BATON_ERROR, BATON_ERROR_NOT_FOUND, _ ("The file %.12s… is not here."), hash);
  return FALSE;
}

static gboolean
not_sound (BatonBlobs *blobs, const char *hash, GError **error)
{
  baton_blobs_set_damaged (blobs, hash, TRUE);
  g_set_error (error, BATON_ERROR, BATON_ERROR_CORRUPT,
      _ ("The file %.12s… is damaged: its content is not what was added."), hash);
  return FALSE;
}

gboolean
baton_blobs_verify (BatonBlobs *blobs, const char *hash, GCancellable *cancellable, GError **error)
{
  g_autofree char *path = baton_blobs_path (blobs, hash);
  int fd = open (path, O_RDONLY | O_CLOEXEC);
  BatonBlobHash running;
  struct stat info;
  char found[BATON_BLOB_HASH_LENGTH + 1] = "";
  int saved;

  if (fd < 0)
    return not_here (hash, error);
  baton_blob_hash_init (&running);
  if (fstat (fd, &info) == 0 && baton_blob_hash_file (&running, fd, 0, info.st_size, cancellable))
    baton_blob_hash_final (&running, found);
  saved = errno;
  baton_blob_hash_clear (&running);
  close (fd);
  if (*found == '\0' && saved == ECANCELED)
    return baton_blobs_fail (hash, saved, error);
  /* What cannot be read is as bad as what reads wrong. */
  if (!g_str_equal (found, hash))
    return not_sound (blobs, hash, error);
  baton_blobs_set_damaged (blobs, hash, FALSE);
  return TRUE;
}

static gboolean
copy_to (BatonBlobs *blobs, Adding *adding, const char *hash, BatonBlobProgress progress, gpointer data,
    GCancellable *cancellable, GError **error)
{
  char found[BATON_BLOB_HASH_LENGTH + 1];
  gint64 copied;

  if (fstat (adding->source, &adding->before) != 0 ||
      !baton_blob_copy_fd (adding->source, adding->target, adding->before.st_size, progress, data,
          cancellable, found, &copied))
    return baton_blobs_fail (adding->name, errno, error);
  if (!g_str_equal (found, hash))
    return not_sound (blobs, hash, error);
  return fsync (adding->target) == 0 || baton_blobs_fail (adding->name, errno, error);
}

gboolean
baton_blobs_copy (BatonBlobs *blobs, const char *hash, const char *target, BatonBlobProgress progress,
    gpointer data, GCancellable *cancellable, GError **error)
{
  g_autofree char *path = baton_blobs_path (blobs, hash);
  g_autofree char *place = g_path_get_dirname (target);
  g_auto (Adding) adding = { .name = target, .target = -1 };

  adding.source = open (path, O_RDONLY | O_CLOEXEC);
  if (adding.source < 0)
    return not_here (hash, error);
  adding.temporary = g_build_filename (place, ".baton-XXXXXX", NULL);
  adding.target = g_mkstemp_full (adding.temporary, O_RDWR | O_CLOEXEC, 0666);
  if (adding.target < 0)
    return baton_blobs_fail (target, errno, error);
  if (!copy_to (blobs, &adding, hash, progress, data, cancellable, error))
    return FALSE;
  return g_rename (adding.temporary, target) == 0 || baton_blobs_fail (target, errno, error);
}
