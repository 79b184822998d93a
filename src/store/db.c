/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-store"

#include "db.h"

#include "baton-error.h"
#include "defect.h"

#include <errno.h>
#include <gio/gio.h>
#include <glib/gi18n-lib.h>

gboolean
baton_db_fail (BatonDb *db, int code, GError **error)
{
  const char *detail = db != NULL && db->handle != NULL ? sqlite3_errmsg (db->handle) : sqlite3_errstr (code);
  int primary = code & 0xff;
  gboolean no_space = (primary == SQLITE_IOERR || primary == SQLITE_CANTOPEN) && db != NULL &&
                      db->handle != NULL && sqlite3_system_errno (db->handle) == ENOSPC;

  if (primary == SQLITE_FULL || no_space)
    g_set_error_literal (error, BATON_ERROR, BATON_ERROR_FULL,
        _ ("The disk is full. Nothing was changed and nothing is lost; free some space and try again."));
  else if (primary == SQLITE_CORRUPT || primary == SQLITE_NOTADB)
    g_set_error (error, BATON_ERROR, BATON_ERROR_CORRUPT, _ ("The database is damaged (%s)."), detail);
  else if (primary == SQLITE_READONLY || primary == SQLITE_PERM)
    g_set_error_literal (error, BATON_ERROR, BATON_ERROR_READ_ONLY,
        _ ("This workspace cannot be written to. Nothing was changed."));
  else if (primary == SQLITE_INTERRUPT)
    g_set_error_literal (error, BATON_ERROR, BATON_ERROR_CANCELLED, _ ("Cancelled. Nothing was changed."));
  else
    g_set_error (error, BATON_ERROR, BATON_ERROR_IO,
        _ ("The database could not do this (%s). Nothing was changed."), detail);
  return FALSE;
}

gboolean
baton_db_fail_file (const GError *cause, GError **error)
{
  if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_NO_SPACE) ||
      g_error_matches (cause, G_FILE_ERROR, G_FILE_ERROR_NOSPC))
    g_set_error_literal (error, BATON_ERROR, BATON_ERROR_FULL,
        _ ("The disk is full. Nothing was changed and nothing is lost; free some space and try again."));
  else
    g_set_error (error, BATON_ERROR, BATON_ERROR_IO, _ ("A file could not be copied: %s"), cause->message);
  return FALSE;
}

static gboolean
configure (BatonDb *db, GError **error)
{
  /* FULL: what the board shows as saved has been synced to the disk. Checkpoints are made in quiet moments
   * (baton_store_checkpoint); the limit here is for when there are none. Small caches keep memory flat. */
  const char *writer = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA wal_autocheckpoint=8000;"
                       "PRAGMA secure_delete=OFF; PRAGMA temp_store=MEMORY; PRAGMA cache_size=-16000;";
  const char *reader = "PRAGMA query_only=ON; PRAGMA temp_store=MEMORY; PRAGMA cache_size=-4000;";

  return baton_db_exec (db, db->read_only ? reader : writer, error);
}

static BatonDb *
open_file (const char *path, int flags, GError **error)
{
  g_autoptr (BatonDb) db = g_new0 (BatonDb, 1);
  int code;

  db->made = g_hash_table_new (NULL, NULL);
  db->statements = g_hash_table_new_full (
      g_str_hash, g_str_equal, g_free, (GDestroyNotify) (void (*) (void)) sqlite3_finalize);
  code = sqlite3_open_v2 (path, &db->handle, SQLITE_OPEN_NOMUTEX | flags, NULL);
  if (code != SQLITE_OK)
    {
      baton_db_fail (db, code, error);
      return NULL;
    }
  sqlite3_extended_result_codes (db->handle, 1);
  sqlite3_busy_timeout (db->handle, 5000);
  return g_steal_pointer (&db);
}

BatonDb *
baton_db_open (const char *path, gboolean read_only, GError **error)
{
  g_autoptr (BatonDb) db =
      open_file (path, read_only ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, error);

  if (db == NULL)
    return NULL;
  db->read_only = read_only;
  return configure (db, error) ? g_steal_pointer (&db) : NULL;
}

BatonDb *
baton_db_look (const char *path, GError **error)
{
  return open_file (path, SQLITE_OPEN_READWRITE, error);
}

void
baton_db_close (BatonDb *db)
{
  g_hash_table_unref (db->made);
  g_hash_table_unref (db->statements);
  sqlite3_close (db->handle);
  g_free (db);
}

#ifdef BATON_SIM
/* The process dies in the middle of its writes: nothing works any more, and what was not committed is gone.
 */
static gboolean
is_dead (GError **error)
{
  if (baton_sim_writes_left > 0 && --baton_sim_writes_left == 0)
    baton_sim_dead = TRUE;
  if (baton_sim_dead)
    g_set_error_literal (error, BATON_ERROR, BATON_ERROR_IO, "The simulated process has died.");
  return baton_sim_dead;
}
#else
#define is_dead(error) FALSE
#endif

gboolean
baton_db_go_on (BatonDb *db, GError **error)
{
  return db->stop == NULL || !g_atomic_int_get (db->stop) || baton_db_fail (db, SQLITE_INTERRUPT, error);
}

gboolean
baton_db_exec (BatonDb *db, const char *sql, GError **error)
{
  int code;

  if (is_dead (error))
    return FALSE;
  code = sqlite3_exec (db->handle, sql, NULL, NULL, NULL);
  return code == SQLITE_OK || baton_db_fail (db, code, error);
}

sqlite3_stmt *
baton_db_prepare (BatonDb *db, const char *sql, GError **error)
{
  sqlite3_stmt *statement = g_hash_table_lookup (db->statements, sql);
  int code;

  if (statement != NULL)
    {
      sqlite3_reset (statement);
      sqlite3_clear_bindings (statement);
      return statement;
    }
  code = sqlite3_prepare_v3 (db->handle, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL);
  if (code != SQLITE_OK)
    {
      baton_db_fail (db, code, error);
      return NULL;
    }
  g_hash_table_insert (db->statements, g_strdup (sql), statement);
  return statement;
}

sqlite3_stmt *
baton_db_prepare_made (BatonDb *db, guint64 key, BatonDbMakeText make, GError **error)
{
  sqlite3_stmt *statement = g_hash_table_lookup (db->made, GSIZE_TO_POINTER (key));
  g_autofree char *sql = NULL;

  G_STATIC_ASSERT (sizeof (gsize) == sizeof (guint64)); /* keys live in pointers */
  if (statement != NULL)
    {
      sqlite3_reset (statement);
      sqlite3_clear_bindings (statement);
      return statement;
    }
  sql = make (key);
  statement = baton_db_prepare (db, sql, error);
  if (statement != NULL)
    g_hash_table_insert (db->made, GSIZE_TO_POINTER (key), statement);
  return statement;
}

void
baton_db_forget_statements (BatonDb *db)
{
  g_hash_table_remove_all (db->made);
  g_hash_table_remove_all (db->statements);
}

gboolean
baton_db_step (BatonDb *db, sqlite3_stmt *statement, gboolean *row, GError **error)
{
  int code = sqlite3_step (statement);

  *row = code == SQLITE_ROW;
  if (code == SQLITE_ROW)
    return TRUE;
  if (code != SQLITE_DONE)
    baton_db_fail (db, code, error);
  sqlite3_reset (statement);
  return code == SQLITE_DONE;
}

gboolean
baton_db_run (BatonDb *db, sqlite3_stmt *statement, GError **error)
{
  gboolean row = FALSE;
  gboolean ok = statement != NULL && !is_dead (error) && baton_db_step (db, statement, &row, error);

  if (row)
    sqlite3_reset (statement);
  return ok;
}

gint64
baton_db_int (BatonDb *db, const char *sql, gint64 fallback)
{
  sqlite3_stmt *statement = baton_db_prepare (db, sql, NULL);
  gint64 value = fallback;

  if (statement != NULL && sqlite3_step (statement) == SQLITE_ROW &&
      sqlite3_column_type (statement, 0) != SQLITE_NULL)
    value = sqlite3_column_int64 (statement, 0);
  if (statement != NULL)
    sqlite3_reset (statement);
  return value;
}

char *
baton_db_text (BatonDb *db, const char *sql, const char *argument)
{
  sqlite3_stmt *statement = baton_db_prepare (db, sql, NULL);
  char *value = NULL;

  if (statement == NULL)
    return NULL;
  if (argument != NULL)
    baton_bind_text (statement, 1, argument);
  if (sqlite3_step (statement) == SQLITE_ROW)
    value = g_strdup ((const char *) sqlite3_column_text (statement, 0));
  sqlite3_reset (statement);
  return value;
}

void
baton_bind_text (sqlite3_stmt *statement, int index, const char *text)
{
  sqlite3_bind_text (statement, index, text, -1, SQLITE_STATIC);
}
