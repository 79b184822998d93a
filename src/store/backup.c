/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-store"

#include "store.h"

#include "baton-error.h"
#include "blob-refs.h"
#include "db.h"
#include "tables.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

static gboolean
fail_io (const char *what, const char *path, GError **error)
{
  int saved = errno;

  g_set_error (error, BATON_ERROR, saved == ENOSPC ? BATON_ERROR_FULL : BATON_ERROR_IO, "%s %s: %s.", what,
      path, g_strerror (saved));
  return FALSE;
}

/* What was written must be on the disk before it takes another file's name. */
static gboolean
sync_path (const char *path, GError **error)
{
  int fd = g_open (path, O_RDONLY | O_CLOEXEC, 0);
  gboolean ok = fd >= 0 && fsync (fd) == 0;

  if (fd >= 0)
    close (fd);
  return ok || fail_io (_ ("This file cannot be written to the disk:"), path, error);
}

static gboolean
copy_pages (BatonDb *source, BatonDb *target, GError **error)
{
  sqlite3_backup *backup = sqlite3_backup_init (target->handle, "main", source->handle, "main");
  int code;

  if (backup == NULL)
    return baton_db_fail (target, sqlite3_errcode (target->handle), error);
  code = sqlite3_backup_step (backup, -1);
  sqlite3_backup_finish (backup);
  return code == SQLITE_DONE || baton_db_fail (target, code, error);
}

static gboolean
check_copy (const char *path, GError **error)
{
  g_autoptr (BatonDb) db = baton_db_open (path, TRUE, error);
  g_autofree char *answer = NULL;

  if (db == NULL)
    return FALSE;
  if (!baton_tables_recognise (db, FALSE, NULL) || baton_db_int (db, "SELECT count (*) FROM log", -1) < 0)
    {
      g_set_error (
          error, BATON_ERROR, BATON_ERROR_CORRUPT, _ ("%s is no workspace of Baton, or is damaged."), path);
      return FALSE;
    }
  answer = baton_db_text (db, "PRAGMA integrity_check", NULL);
  if (g_strcmp0 (answer, "ok") == 0)
    return TRUE;
  g_set_error (error, BATON_ERROR, BATON_ERROR_CORRUPT, _ ("%s is damaged (%s)."), path,
      answer != NULL ? answer : _ ("unreadable"));
  return FALSE;
}

static void
remove_part (const char *part)
{
  static const char *const suffixes[] = { "", "-journal", "-wal", "-shm" };

  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *path = g_strconcat (part, suffixes[i], NULL);

      g_unlink (path);
    }
}

/* workspace-20260301-093000.db has its list of files in workspace-20260301-093000.b2sums. */
static char *
manifest_of (const char *path)
{
  g_autofree char *stem =
      g_str_has_suffix (path, ".db") ? g_strndup (path, strlen (path) - 3) : g_strdup (path);

  return g_strconcat (stem, ".b2sums", NULL);
}

/* Files are not copied into a backup, since they never change; it says which ones belong to it. */
static gboolean
write_manifest (BatonDb *source, const char *target, GError **error)
{
  g_autofree char *manifest = manifest_of (target);

  if (baton_tables_is_newer (source) || !baton_tables_derived_current (source))
    return TRUE; /* what cannot be read here is listed by who can */
  return baton_blobs_write_manifest (source, manifest, error);
}

/* Writes under a temporary name, checks, and only then gives the file its name. */
gboolean
baton_backup_write (const char *database, const char *target, GError **error)
{
  g_autofree char *part = g_strconcat (target, ".part", NULL);
  g_autofree char *folder = g_path_get_dirname (target);
  g_autoptr (BatonDb) source = baton_db_open (database, TRUE, error);
  g_autoptr (BatonDb) copy = NULL;
  gboolean ok;

  if (source == NULL)
    return FALSE;
  remove_part (part);
  copy = baton_db_open (part, FALSE, error);
  ok = copy != NULL && copy_pages (source, copy, error) &&
       baton_db_exec (copy, "PRAGMA journal_mode = DELETE", error);
  g_clear_pointer (&copy, baton_db_close);
  ok = ok && check_copy (part, error) && sync_path (part, error);
  if (ok && g_rename (part, target) != 0)
    ok = fail_io (_ ("The backup cannot be given its name"), target, error);
  if (!ok)
    remove_part (part);
  return ok && write_manifest (source, target, error) && sync_path (folder, error);
}

static char *
backup_folder (const char *folder)
{
  return g_build_filename (folder, "backups", NULL);
}

static int
compare_newest_first (gconstpointer a, gconstpointer b)
{
  return g_strcmp0 (*(char *const *) b, *(char *const *) a);
}

GPtrArray *
baton_backup_list (const char *folder)
{
  g_autofree char *place = backup_folder (folder);
  g_autoptr (GDir) dir = g_dir_open (place, 0, NULL);
  GPtrArray *paths = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      if (g_str_has_prefix (name, "workspace-") && g_str_has_suffix (name, ".db"))
        g_ptr_array_add (paths, g_build_filename (place, name, NULL));
    }
  g_ptr_array_sort (paths, compare_newest_first);
  return paths;
}

/* Names sort by time: workspace-20260301-093000.db, in UTC. */
static char *
stamp (gint64 at)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (at / G_USEC_PER_SEC);

  return g_date_time_format (time, "%Y%m%d-%H%M%S");
}

gint64
baton_backup_time (const char *path)
{
  g_autofree char *name = g_path_get_basename (path);
  int year, month, day, hour, minute, second;
  g_autoptr (GDateTime) time = NULL;

  if (sscanf (name, "workspace-%4d%2d%2d-%2d%2d%2d.db", &year, &month, &day, &hour, &minute, &second) != 6)
    return 0;
  time = g_date_time_new_utc (year, month, day, hour, minute, second);
  return time != NULL ? g_date_time_to_unix (time) * G_USEC_PER_SEC : 0;
}

static void
prune (const char *folder)
{
  g_autoptr (GPtrArray) paths = baton_backup_list (folder);

  for (guint i = BATON_BACKUPS_KEPT; i < paths->len; i++)
    {
      g_autofree char *manifest = manifest_of (g_ptr_array_index (paths, i));

      g_unlink (g_ptr_array_index (paths, i));
      g_unlink (manifest);
    }
}

gboolean
baton_backup_create (const char *folder, const char *database, gint64 at, char **path, GError **error)
{
  g_autofree char *place = backup_folder (folder);
  g_autofree char *time = stamp (at);
  g_autofree char *name = g_strdup_printf ("workspace-%s.db", time);
  g_autofree char *target = g_build_filename (place, name, NULL);

  if (g_mkdir_with_parents (place, 0700) != 0)
    return fail_io (_ ("The folder for backups cannot be made:"), place, error);
  if (!baton_backup_write (database, target, error))
    return FALSE;
  prune (folder);
  if (path != NULL)
    *path = g_steal_pointer (&target);
  return TRUE;
}

static gboolean
set_aside (const char *database, const char *kept, GError **error)
{
  static const char *const suffixes[] = { "", "-wal", "-shm" };

  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *from = g_strconcat (database, suffixes[i], NULL);
      g_autofree char *to = g_strconcat (kept, suffixes[i], NULL);

      if (g_file_test (from, G_FILE_TEST_EXISTS) && g_rename (from, to) != 0)
        return fail_io (_ ("The present database cannot be set aside:"), from, error);
    }
  return TRUE;
}

static gboolean
copy_file (const char *from, const char *to, GError **error)
{
  g_autoptr (GFile) source = g_file_new_for_path (from);
  g_autoptr (GFile) target = g_file_new_for_path (to);
  g_autoptr (GError) local = NULL;

  if (!g_file_copy (
          source, target, G_FILE_COPY_OVERWRITE | G_FILE_COPY_TARGET_DEFAULT_PERMS, NULL, NULL, NULL, &local))
    return baton_db_fail_file (local, error);
  return sync_path (to, error);
}

/* Held while files are exchanged, so that no program opens the workspace between two of them. */
static int
lock_folder (const char *folder, GError **error)
{
  g_autofree char *path = g_build_filename (folder, "lock", NULL);
  int fd = g_open (path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);

  if (fd >= 0 && flock (fd, LOCK_EX | LOCK_NB) == 0)
    return fd;
  if (fd >= 0)
    {
      close (fd);
      g_set_error (error, BATON_ERROR, BATON_ERROR_LOCKED,
          _ ("The workspace %s is open in another program. Close it there first."), folder);
    }
  else
    fail_io (_ ("The workspace cannot be locked:"), path, error);
  return -1;
}

/* What is set aside must not take the place of what was set aside in the same second. */
static char *
free_name (const char *folder, gint64 at)
{
  g_autofree char *time = stamp (at);

  for (guint i = 1;; i++)
    {
      g_autofree char *number = i > 1 ? g_strdup_printf ("-%u", i) : g_strdup ("");
      g_autofree char *name = g_strdup_printf ("workspace-before-restore-%s%s.db", time, number);
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (!g_file_test (path, G_FILE_TEST_EXISTS))
        return g_steal_pointer (&path);
    }
}

gboolean
baton_backup_restore (const char *folder, const char *backup, gint64 at, char **kept, GError **error)
{
  g_autofree char *database = g_build_filename (folder, "workspace.db", NULL);
  g_autofree char *part = g_strconcat (database, ".part", NULL);
  g_autofree char *aside = free_name (folder, at);
  int lock;
  gboolean ok;

  if (!check_copy (backup, error))
    return FALSE;
  if (g_mkdir_with_parents (folder, 0700) != 0)
    return fail_io (_ ("The folder cannot be made:"), folder, error);
  lock = lock_folder (folder, error);
  if (lock < 0)
    return FALSE;
  ok = copy_file (backup, part, error) && set_aside (database, aside, error);
  if (ok && g_rename (part, database) != 0)
    ok = fail_io (_ ("The backup cannot be put in place:"), database, error);
  ok = ok && sync_path (folder, error);
  g_unlink (part);
  close (lock);
  if (ok && kept != NULL)
    *kept = g_steal_pointer (&aside);
  return ok;
}
