/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-store"

#include "store-private.h"

#include "baton-error.h"
#include "defect.h"
#include "id.h"
#include "log.h"
#include "tables.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

static char *
database_path (const char *folder)
{
  return g_build_filename (folder, "workspace.db", NULL);
}

static gboolean
has (const char *folder, const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);

  return g_file_test (path, G_FILE_TEST_EXISTS);
}

gboolean
baton_store_exists (const char *folder)
{
  g_autofree char *path = database_path (folder);

  return g_file_test (path, G_FILE_TEST_EXISTS);
}

gboolean
baton_store_is_unborn (const char *folder)
{
  g_autofree char *path = database_path (folder);
  unsigned char page[105] = { 0 };
  FILE *file = g_fopen (path, "rbe");
  GStatBuf info;
  gsize read = file != NULL ? fread (page, 1, sizeof page, file) : sizeof page;

  if (file != NULL)
    fclose (file);
  if (g_stat (path, &info) != 0 || info.st_size > 4096 || has (folder, "workspace.db-wal") ||
      has (folder, "blobs") || has (folder, "backups"))
    return FALSE;
  /* In the header of an SQLite file: the mark of the program, how many tables there are. */
  return read == 0 ||
         (read == sizeof page && memcmp (page, "SQLite format 3", 16) == 0 && page[68] == 0 &&
             page[69] == 0 && page[70] == 0 && page[71] == 0 && page[103] == 0 && page[104] == 0);
}

static gboolean
make_folder (const char *folder, GError **error)
{
  int saved;

  if (g_mkdir_with_parents (folder, 0700) == 0)
    return TRUE;
  saved = errno;
  g_set_error (error, BATON_ERROR, saved == ENOSPC ? BATON_ERROR_FULL : BATON_ERROR_IO,
      _ ("The folder %s cannot be made: %s."), folder, g_strerror (saved));
  return FALSE;
}

typedef enum
{
  LOCK_TAKEN,
  LOCK_HELD_BY_ANOTHER,
  LOCK_NOT_WRITABLE,
} LockResult;

static LockResult
take_lock (BatonStore *store)
{
  g_autofree char *path = g_build_filename (store->folder, "lock", NULL);

  store->lock = g_open (path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (store->lock < 0)
    return LOCK_NOT_WRITABLE;
  if (flock (store->lock, LOCK_EX | LOCK_NB) == 0)
    return LOCK_TAKEN;
  return errno == EWOULDBLOCK ? LOCK_HELD_BY_ANOTHER : LOCK_NOT_WRITABLE;
}

static void
become_read_only (BatonStore *store, const char *reason)
{
  g_free (store->read_only_reason);
  store->read_only_reason = g_strdup (reason);
}

static gboolean
copy_if_there (const char *folder, const char *to, const char *name, GError **error)
{
  g_autofree char *from_path = g_build_filename (folder, name, NULL);
  g_autofree char *to_path = g_build_filename (to, name, NULL);
  g_autoptr (GFile) source = g_file_new_for_path (from_path);
  g_autoptr (GFile) target = g_file_new_for_path (to_path);
  g_autoptr (GError) local = NULL;

  if (!g_file_test (from_path, G_FILE_TEST_EXISTS) ||
      g_file_copy (
          source, target, G_FILE_COPY_OVERWRITE | G_FILE_COPY_TARGET_DEFAULT_PERMS, NULL, NULL, NULL, &local))
    return TRUE;
  return baton_db_fail_file (local, error);
}

static gboolean
make_copy (BatonStore *store, GError **error)
{
  g_autoptr (GError) local = NULL;

  store->copy = g_dir_make_tmp ("baton-XXXXXX", &local);
  if (store->copy == NULL)
    return baton_db_fail_file (local, error);
  g_free (store->path);
  store->path = database_path (store->copy);
  return copy_if_there (store->folder, store->copy, "workspace.db", error) &&
         copy_if_there (store->folder, store->copy, "workspace.db-wal", error) &&
         copy_if_there (store->folder, store->copy, "workspace.db-journal", error);
}

static gboolean
prepare_derived (BatonStore *store, GError **error)
{
  return baton_tables_derived_current (store->db) || baton_rebuild (store->db, NULL, NULL, error);
}

static gboolean
migrate (BatonStore *store, GError **error)
{
  g_autoptr (GError) local = NULL;

  if (baton_tables_migrate (store->db, &local))
    return prepare_derived (store, error);
  if (!g_error_matches (local, BATON_ERROR, BATON_ERROR_NEWER))
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  become_read_only (store, local->message);
  g_clear_pointer (&store->db, baton_db_close);
  store->db = baton_db_open (store->path, TRUE, error);
  return store->db != NULL;
}

/* A write-ahead log can only be read where its index can be written, and derived tables of another shape only
 * after they were made anew; where neither is possible, a copy is read. */
static gboolean
open_copy (BatonStore *store, const char *reason, GError **error)
{
  g_clear_pointer (&store->db, baton_db_close);
  if (!make_copy (store, error))
    return FALSE;
  become_read_only (store, reason);
  store->db = baton_db_open (store->path, FALSE, error);
  return store->db != NULL && baton_tables_recognise (store->db, FALSE, error) && migrate (store, error);
}

static gboolean
open_for_reading (BatonStore *store, GError **error)
{
  const char *reason = _ ("The workspace is open for reading only.");
  g_autoptr (GError) local = NULL;

  become_read_only (store, reason);
  store->db = baton_db_open (store->path, TRUE, &local);
  if (store->db != NULL && baton_tables_recognise (store->db, FALSE, &local) &&
      (baton_tables_derived_current (store->db) || baton_tables_is_newer (store->db)))
    return TRUE;
  if (!g_error_matches (local, BATON_ERROR, BATON_ERROR_CORRUPT))
    return open_copy (store, reason, error);
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/* Looks before it touches: what is no workspace stays as it is, down to its journal mode. */
static gboolean
open_for_writing (BatonStore *store, gboolean create, GError **error)
{
  if (g_file_test (store->path, G_FILE_TEST_EXISTS))
    {
      g_autoptr (BatonDb) look = baton_db_look (store->path, error);

      if (look == NULL || !baton_tables_recognise (look, create, error))
        return FALSE;
    }
  store->db = baton_db_open (store->path, FALSE, error);
  return store->db != NULL && migrate (store, error);
}

/* A full disk stops writing, not reading. */
static gboolean
open_or_read (BatonStore *store, gboolean create, GError **error)
{
  g_autoptr (GError) local = NULL;

  if (open_for_writing (store, create, &local))
    return TRUE;
  if (g_error_matches (local, BATON_ERROR, BATON_ERROR_FULL) && baton_store_exists (store->folder))
    return open_copy (store,
        _ ("The disk is full, so the workspace is open for reading only. Free some space and open it again."),
        error);
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

char *
baton_store_new_id (void)
{
  char id[BATON_ID_LENGTH + 1];
  guint8 random[10];

  if (sodium_init () < 0)
    g_error ("libsodium cannot be initialised");
  randombytes_buf (random, sizeof random);
#ifdef BATON_SIM
  baton_id_format (id, baton_sim_now / 1000, random);
#else
  baton_id_format (id, g_get_real_time () / 1000, random);
#endif
  return g_strdup (id);
}

static gint64
meta_int (BatonDb *db, const char *key)
{
  g_autofree char *text = baton_meta_get (db, key);

  return text != NULL ? g_ascii_strtoll (text, NULL, 10) : 0;
}

void
baton_store_load_position (BatonStore *store)
{
  g_autofree char *device = baton_meta_get (store->db, "device");

  if (device != NULL && !g_str_equal (device, store->device))
    {
      g_free (store->device);
      store->device = g_steal_pointer (&device);
    }
  g_free (store->epoch);
  store->epoch = baton_meta_get (store->db, "sync.epoch");
  store->cursor = meta_int (store->db, "sync.cursor");
  store->last_seq = baton_reader_last_seq (store->db);
  store->last_number = baton_log_last_number (store->db, store->device);
  store->last_pending =
      MAX (BATON_SEQ_FIRST_PENDING - 1, baton_db_int (store->db, "SELECT max (seq) FROM log", 0));
  store->last_own = store->epoch == NULL ? 0
                                         : baton_db_int (store->db,
                                               "SELECT max ((SELECT seq FROM log WHERE log.device = device.id"
                                               " AND seq < 1152921504606846976 ORDER BY number DESC LIMIT 1))"
                                               " FROM device WHERE mine",
                                               0);
}

static gboolean
load_identity (BatonStore *store, GError **error)
{
  store->device = baton_meta_get (store->db, "device");
  if (store->device == NULL && store->read_only_reason != NULL)
    store->device = baton_store_new_id ();
  if (store->device == NULL)
    {
      store->device = baton_store_new_id ();
      if (!baton_meta_set (store->db, "device", store->device, error))
        return FALSE;
    }
  store->view = baton_sql_view_new (store->db);
  baton_store_load_position (store);
  return TRUE;
}

static gboolean
open_database (BatonStore *store, BatonStoreFlags flags, GError **error)
{
  if (flags & BATON_STORE_READ_ONLY)
    return open_for_reading (store, error);
  switch (take_lock (store))
    {
    case LOCK_HELD_BY_ANOTHER:
      g_set_error (error, BATON_ERROR, BATON_ERROR_LOCKED,
          _ ("The workspace %s is open in another program. Close it there first."), store->folder);
      return FALSE;
    case LOCK_NOT_WRITABLE:
      if (!baton_store_exists (store->folder))
        {
          g_set_error (error, BATON_ERROR, BATON_ERROR_READ_ONLY,
              _ ("The folder %s cannot be written to, so no workspace can be made in it."), store->folder);
          return FALSE;
        }
      return open_copy (
          store, _ ("This folder cannot be written to, so the workspace is open for reading only."), error);
    case LOCK_TAKEN:
    default:
      return open_or_read (store, (flags & BATON_STORE_CREATE) != 0, error);
    }
}

BatonStore *
baton_store_open (const char *folder, BatonStoreFlags flags, GError **error)
{
  g_autoptr (BatonStore) store = g_new0 (BatonStore, 1);

  g_return_val_if_fail (folder != NULL, NULL);
  store->lock = -1;
  store->folder = g_canonicalize_filename (folder, NULL);
  store->path = database_path (store->folder);
  if (sodium_init () < 0)
    g_error ("libsodium cannot be initialised");
  if (!(flags & BATON_STORE_CREATE) && !baton_store_exists (folder))
    {
      g_set_error (
          error, BATON_ERROR, BATON_ERROR_NOT_FOUND, _ ("There is no Baton workspace in %s."), folder);
      return NULL;
    }
  if (!(flags & BATON_STORE_READ_ONLY) && !baton_store_exists (folder) && !make_folder (folder, error))
    return NULL;
  if (!open_database (store, flags, error) || !load_identity (store, error))
    return NULL;
  return g_steal_pointer (&store);
}

void
baton_store_remove (const char *folder)
{
  static const char *const names[] = { "workspace.db", "workspace.db-journal", "workspace.db-wal",
    "workspace.db-shm", "lock" };
  static const char *const folders[] = { "blobs/incoming", "blobs", "backups", "." };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (folder, names[i], NULL);

      g_unlink (path);
    }
  for (guint i = 0; i < G_N_ELEMENTS (folders); i++)
    {
      g_autofree char *path =
          g_str_equal (folders[i], ".") ? g_strdup (folder) : g_build_filename (folder, folders[i], NULL);

      g_rmdir (path);
    }
}

void
baton_store_close (BatonStore *store)
{
  g_clear_pointer (&store->view, baton_sql_view_free);
  g_clear_pointer (&store->db, baton_db_close);
  if (store->copy != NULL)
    baton_store_remove (store->copy);
  if (store->lock >= 0)
    close (store->lock);
  g_free (store->copy);
  g_free (store->folder);
  g_free (store->path);
  g_free (store->me);
  g_free (store->device);
  g_free (store->epoch);
  g_free (store->read_only_reason);
  g_free (store);
}

const char *
baton_store_read_only_reason (BatonStore *store)
{
  return store->read_only_reason;
}

const char *
baton_store_database (BatonStore *store)
{
  return store->path;
}

const char *
baton_store_device (BatonStore *store)
{
  return store->device;
}

BatonReader *
baton_store_reader (BatonStore *store)
{
  return store->db;
}

gboolean
baton_store_check_writable (BatonStore *store, GError **error)
{
  if (store->read_only_reason == NULL)
    return TRUE;
  g_set_error_literal (error, BATON_ERROR, BATON_ERROR_READ_ONLY, store->read_only_reason);
  return FALSE;
}

gboolean
baton_store_set_meta (BatonStore *store, const char *key, const char *value, GError **error)
{
  baton_store_forget_role (store);
  return baton_store_check_writable (store, error) && baton_meta_set (store->db, key, value, error);
}

gboolean
baton_store_set_draft (BatonStore *store, const char *key, const char *text, gint64 at, GError **error)
{
  sqlite3_stmt *statement;

  if (!baton_store_check_writable (store, error))
    return FALSE;
  statement = baton_db_prepare (store->db,
      text != NULL ? "INSERT INTO draft (key, text, at) VALUES (?1, ?2, ?3)"
                     " ON CONFLICT (key) DO UPDATE SET text = excluded.text, at = excluded.at"
                   : "DELETE FROM draft WHERE key = ?1",
      error);
  if (statement == NULL)
    return FALSE;
  baton_bind_text (statement, 1, key);
  if (text != NULL)
    {
      baton_bind_text (statement, 2, text);
      sqlite3_bind_int64 (statement, 3, at);
    }
  return baton_db_run (store->db, statement, error);
}

gboolean
baton_store_rebuild (BatonStore *store, GError **error)
{
  if (!baton_store_check_writable (store, error))
    return FALSE;
  baton_sql_view_clear (store->view);
  return baton_rebuild (store->db, NULL, NULL, error);
}

void
baton_store_checkpoint (BatonStore *store)
{
  if (store->read_only_reason == NULL)
    sqlite3_wal_checkpoint_v2 (store->db->handle, NULL, SQLITE_CHECKPOINT_PASSIVE, NULL, NULL);
}
