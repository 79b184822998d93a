/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-server"

#include "keep.h"

#include "baton-error.h"
#include "blobs.h"
#include "store.h"
#include "sync.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>

#define DAY G_TIME_SPAN_DAY

void
baton_backup_free (BatonBackup *backup)
{
  g_free (backup->path);
  g_free (backup);
}

static char *
database_path (const char *folder)
{
  return g_build_filename (folder, "workspace.db", NULL);
}

static char *
list_path (const char *backup)
{
  g_autofree char *stem =
      g_str_has_suffix (backup, ".db") ? g_strndup (backup, strlen (backup) - 3) : g_strdup (backup);

  return g_strconcat (stem, ".blobs", NULL);
}

static char *
backup_path (const char *folder, gint64 at)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (at / G_USEC_PER_SEC);
  g_autofree char *name = g_date_time_format (time, "workspace-%Y%m%d-%H%M%S.db");

  return g_build_filename (folder, "backups", name, NULL);
}

/* The hashes of all files that versions speak of; removed ones can be brought back, so they count. */
static GHashTable *
read_hashes (BatonReader *reader, GError **error)
{
  g_autoptr (GPtrArray) versions =
      baton_reader_rows (reader, BATON_ENTITY_VERSION, BATON_FIELD_NONE, NULL, TRUE, error);
  GHashTable *hashes;

  if (versions == NULL)
    return NULL;
  hashes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < versions->len; i++)
    {
      const char *hash = baton_row_text (g_ptr_array_index (versions, i), BATON_VERSION_BLOB);

      if (hash != NULL && baton_blob_hash_is_valid (hash))
        g_hash_table_add (hashes, g_strdup (hash));
    }
  return hashes;
}

static gboolean
write_list (const char *folder, BatonBackup *backup, BatonReader *reader, GError **error)
{
  g_autoptr (GHashTable) hashes = read_hashes (reader, error);
  g_autoptr (BatonBlobs) blobs = baton_blobs_new (folder);
  g_autofree char *path = list_path (backup->path);
  g_autoptr (GString) text = g_string_new (NULL);
  GHashTableIter iter;
  gpointer hash;

  if (hashes == NULL)
    return FALSE;
  g_hash_table_iter_init (&iter, hashes);
  while (g_hash_table_iter_next (&iter, &hash, NULL))
    {
      g_string_append_printf (text, "%s  blobs/%.2s/%s\n", (char *) hash, (char *) hash, (char *) hash);
      backup->blobs++;
      backup->missing += !baton_blobs_has (blobs, hash);
    }
  return g_file_set_contents_full (
      path, text->str, text->len, G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0600, error);
}

GArray *
baton_keep_thin (const gint64 *times, guint n, gint64 now)
{
  GArray *stay = g_array_new (FALSE, TRUE, sizeof (gboolean));
  gint64 last = G_MAXINT64; /* the day, or the month, of which one is kept already */

  g_array_set_size (stay, n);
  for (guint i = 0; i < n; i++)
    {
      gint64 age = now - times[i];
      gint64 day = times[i] / DAY;
      gint64 slot = age < 31 * DAY ? day : -(day / 30) - 1;

      g_array_index (stay, gboolean, i) = i == 0 || age < DAY || slot != last;
      last = age < DAY ? G_MAXINT64 : slot;
    }
  return stay;
}

static void
thin (const char *folder, gint64 now)
{
  g_autoptr (GPtrArray) paths = baton_backup_list (folder);
  g_autofree gint64 *times = g_new0 (gint64, paths->len + 1);
  g_autoptr (GArray) stay = NULL;

  for (guint i = 0; i < paths->len; i++)
    times[i] = baton_backup_time (g_ptr_array_index (paths, i));
  stay = baton_keep_thin (times, paths->len, now);
  for (guint i = 0; i < paths->len; i++)
    {
      g_autofree char *list = list_path (g_ptr_array_index (paths, i));

      if (g_array_index (stay, gboolean, i) || times[i] == 0)
        continue;
      g_unlink (g_ptr_array_index (paths, i));
      g_unlink (list);
    }
}

BatonBackup *
baton_keep_make (const char *folder, gint64 at, GError **error)
{
  g_autoptr (BatonBackup) backup = g_new0 (BatonBackup, 1);
  g_autofree char *database = database_path (folder);
  g_autofree char *place = g_build_filename (folder, "backups", NULL);
  BatonReader *reader;
  gboolean ok;

  if (g_mkdir_with_parents (place, 0700) != 0)
    {
      g_set_error (error, BATON_ERROR, BATON_ERROR_IO, _ ("The folder %s cannot be made."), place);
      return NULL;
    }
  backup->path = backup_path (folder, at);
  backup->at = at;
  if (!baton_backup_write (database, backup->path, error))
    return NULL;
  reader = baton_reader_open (backup->path, error);
  if (reader == NULL)
    return NULL;
  backup->seq = baton_reader_last_seq (reader);
  ok = write_list (folder, backup, reader, error);
  baton_reader_close (reader);
  if (!ok)
    return NULL;
  thin (folder, at);
  return g_steal_pointer (&backup);
}

static BatonBackup *
look_at (const char *path, GError **error)
{
  g_autoptr (BatonBackup) backup = g_new0 (BatonBackup, 1);
  BatonReader *reader = baton_reader_open (path, error);

  if (reader == NULL)
    return NULL;
  backup->path = g_strdup (path);
  backup->at = baton_backup_time (path);
  backup->seq = baton_reader_last_seq (reader);
  baton_reader_close (reader);
  return g_steal_pointer (&backup);
}

BatonBackup *
baton_keep_newest (const char *folder)
{
  g_autoptr (GPtrArray) paths = baton_backup_list (folder);

  return paths->len > 0 ? look_at (g_ptr_array_index (paths, 0), NULL) : NULL;
}

static char *
find_backup (const char *folder, const char *name, GError **error)
{
  g_autoptr (GPtrArray) paths = baton_backup_list (folder);
  g_autofree char *inside = name != NULL ? g_build_filename (folder, "backups", name, NULL) : NULL;

  if (name == NULL && paths->len > 0)
    return g_strdup (g_ptr_array_index (paths, 0));
  if (name != NULL && g_file_test (name, G_FILE_TEST_IS_REGULAR))
    return g_strdup (name);
  if (name != NULL && strchr (name, '/') == NULL && g_file_test (inside, G_FILE_TEST_IS_REGULAR))
    return g_steal_pointer (&inside);
  g_set_error_literal (error, BATON_ERROR, BATON_ERROR_NOT_FOUND, _ ("There is no such backup."));
  return NULL;
}

BatonBackup *
baton_keep_restore (const char *folder, const char *name, gint64 at, char **kept, GError **error)
{
  g_autofree char *path = find_backup (folder, name, error);
  g_autoptr (BatonBackup) backup = path != NULL ? look_at (path, error) : NULL;
  g_autoptr (BatonStore) store = NULL;

  if (backup == NULL || !baton_backup_restore (folder, path, at, kept, error))
    return NULL;
  store = baton_store_open (folder, BATON_STORE_OPEN, error);
  if (store == NULL || !baton_store_new_epoch (store, error))
    return NULL;
  return g_steal_pointer (&backup);
}

static gboolean
verify_blobs (const char *folder, const char *database, gboolean deep, GPtrArray *problems, GError **error)
{
  BatonReader *reader = baton_reader_open (database, error);
  g_autoptr (GHashTable) hashes = reader != NULL ? read_hashes (reader, error) : NULL;
  g_autoptr (BatonBlobs) blobs = baton_blobs_new (folder);
  GHashTableIter iter;
  gpointer hash;

  g_clear_pointer (&reader, baton_reader_close);
  if (hashes == NULL)
    return FALSE;
  g_hash_table_iter_init (&iter, hashes);
  while (g_hash_table_iter_next (&iter, &hash, NULL))
    {
      g_autoptr (GError) local = NULL;

      if (!baton_blobs_has (blobs, hash))
        g_ptr_array_add (
            problems, g_strdup_printf (_ ("The file %s has not arrived, or is damaged."), (char *) hash));
      else if (deep && !baton_blobs_verify (blobs, hash, NULL, &local))
        g_ptr_array_add (problems, g_strdup_printf ("%s: %s", (char *) hash, local->message));
    }
  return TRUE;
}

gboolean
baton_keep_verify (const char *folder, gboolean deep, GPtrArray *problems, gint64 *operations, GError **error)
{
  g_autofree char *database = database_path (folder);
  g_autoptr (GPtrArray) found = NULL;

  if (!baton_verify (database, &found, operations, error))
    return FALSE;
  for (guint i = 0; i < found->len; i++)
    g_ptr_array_add (problems, g_strdup (g_ptr_array_index (found, i)));
  return verify_blobs (folder, database, deep, problems, error);
}
