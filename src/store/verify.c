/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-store"

#include "store-private.h"

#include "baton-error.h"
#include "log.h"
#include "tables.h"

#include <glib/gi18n-lib.h>
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>

#define MOST_PROBLEMS 100

static void G_GNUC_PRINTF (2, 3) report (GPtrArray *problems, const char *format, ...)
{
  va_list args;

  if (problems->len >= MOST_PROBLEMS)
    return;
  va_start (args, format);
  g_ptr_array_add (problems, g_strdup_vprintf (format, args));
  va_end (args);
}

gboolean
baton_quick_check (BatonReader *reader, GError **error)
{
  g_autofree char *answer = baton_db_text (reader, "PRAGMA quick_check (1)", NULL);
  const char *line = answer != NULL ? strrchr (answer, '\n') : NULL;

  if (g_strcmp0 (answer, "ok") == 0)
    return TRUE;
  /* Its first line only says "*** in database main ***". */
  g_set_error (error, BATON_ERROR, BATON_ERROR_CORRUPT, _ ("The database is damaged (%s)."),
      line != NULL && line[1] != '\0' ? line + 1
      : answer != NULL                ? answer
                                      : _ ("unreadable"));
  return FALSE;
}

static void
check_pages (BatonDb *db, GPtrArray *problems)
{
  sqlite3_stmt *statement = baton_db_prepare (db, "PRAGMA integrity_check (20)", NULL);

  if (statement == NULL)
    {
      report (problems, _ ("The database cannot be read: %s."), sqlite3_errmsg (db->handle));
      return;
    }
  while (sqlite3_step (statement) == SQLITE_ROW)
    {
      const char *answer = (const char *) sqlite3_column_text (statement, 0);

      if (g_strcmp0 (answer, "ok") != 0)
        report (problems, _ ("Damaged page: %s."), answer);
    }
  sqlite3_reset (statement);
}

static void
check_hash (sqlite3_stmt *statement, const BatonOp *op, gint64 seq, GPtrArray *problems)
{
  const char *body = (const char *) sqlite3_column_text (statement, BATON_LOG_N_COLUMNS);
  guint8 hash[BATON_HASH_BYTES];

  baton_log_hash (op, sqlite3_column_int64 (statement, 2 + BATON_LOG_N_COLUMNS), body, hash);
  if (sqlite3_column_bytes (statement, 1 + BATON_LOG_N_COLUMNS) != BATON_HASH_BYTES ||
      memcmp (sqlite3_column_blob (statement, 1 + BATON_LOG_N_COLUMNS), hash, BATON_HASH_BYTES) != 0)
    report (problems, _ ("Operation %d does not match its check sum."), (int) seq);
}

/* Every operation says what its check sum says, and no device's numbers have a gap; where there is a server,
 * the gaps are what it refused. */
static gint64
check_log (BatonDb *db, GPtrArray *problems)
{
  sqlite3_stmt *statement = baton_db_prepare (db,
      "SELECT log.seq, " BATON_LOG_COLUMNS
      ", hash, coalesce (wall, log.at) FROM log JOIN device ON device.id = log.device"
      " ORDER BY log.device, number",
      NULL);
  g_autofree char *device = NULL;
  gboolean shared =
      baton_db_int (db, "SELECT count (*) FROM meta WHERE key IN ('sync.epoch', 'server.epoch')", 0) > 0;
  gint64 expected = 1;
  gint64 count = 0;

  if (statement == NULL)
    return 0;
  while (sqlite3_step (statement) == SQLITE_ROW)
    {
      gint64 seq = sqlite3_column_int64 (statement, 0);
      g_autoptr (GError) error = NULL;
      g_autoptr (BatonOp) op = baton_log_read (statement, 1, &error);

      count++;
      if (op == NULL)
        {
          report (problems, _ ("Operation %d cannot be read: %s"), (int) seq, error->message);
          continue;
        }
      check_hash (statement, op, seq, problems);
      if (g_strcmp0 (device, op->device) != 0)
        {
          g_free (device);
          device = g_strdup (op->device);
          expected = 1;
        }
      if (op->number != expected && !(shared && op->number > expected))
        report (problems, _ ("Operation %d is number %d of its device; %d was expected."), (int) seq,
            (int) op->number, (int) expected);
      expected = op->number + 1;
    }
  sqlite3_reset (statement);
  return count;
}

static gboolean
same_column (sqlite3_stmt *a, sqlite3_stmt *b, int column)
{
  int bytes;

  if (sqlite3_column_type (a, column) != sqlite3_column_type (b, column))
    return FALSE;
  if (sqlite3_column_type (a, column) == SQLITE_NULL)
    return TRUE;
  if (sqlite3_column_type (a, column) == SQLITE_INTEGER)
    return sqlite3_column_int64 (a, column) == sqlite3_column_int64 (b, column);
  bytes = sqlite3_column_bytes (a, column);
  /* SQLite gives NULL for an empty text, which memcmp must not be given. */
  return bytes == sqlite3_column_bytes (b, column) &&
         (bytes == 0 ||
             memcmp (sqlite3_column_blob (a, column), sqlite3_column_blob (b, column), (size_t) bytes) == 0);
}

static void
compare_query (BatonDb *live, BatonDb *rebuilt, const char *sql, GPtrArray *problems)
{
  sqlite3_stmt *a = baton_db_prepare (live, sql, NULL);
  sqlite3_stmt *b = baton_db_prepare (rebuilt, sql, NULL);
  int more_a = SQLITE_ERROR;
  int more_b = SQLITE_ERROR;

  while (a != NULL && b != NULL)
    {
      more_a = sqlite3_step (a);
      more_b = sqlite3_step (b);
      if (more_a != SQLITE_ROW || more_b != SQLITE_ROW)
        break;
      for (int i = 0; i < sqlite3_column_count (a); i++)
        {
          if (!same_column (a, b, i))
            report (problems, _ ("%s: %s of %s differs from the log."), sqlite3_column_table_name (a, 0),
                sqlite3_column_name (a, i), sqlite3_column_text (a, 0));
        }
    }
  if (more_a != SQLITE_DONE || more_b != SQLITE_DONE)
    report (problems, _ ("“%s” gives other rows than the log."), sql);
  if (a != NULL)
    sqlite3_reset (a);
  if (b != NULL)
    sqlite3_reset (b);
}

static gboolean
rebuild_beside (BatonDb *live, const char *path, GPtrArray *problems, GError **error)
{
  g_autoptr (BatonDb) copy = baton_db_open (path, FALSE, error);
  g_autoptr (GPtrArray) queries = NULL;
  g_autoptr (GError) local = NULL;
  sqlite3_backup *backup;
  int code;

  if (copy == NULL || !baton_db_exec (copy, "PRAGMA synchronous = OFF", error))
    return FALSE;
  backup = sqlite3_backup_init (copy->handle, "main", live->handle, "main");
  if (backup == NULL)
    return baton_db_fail (copy, sqlite3_errcode (copy->handle), error);
  code = sqlite3_backup_step (backup, -1);
  sqlite3_backup_finish (backup);
  if (code != SQLITE_DONE)
    return baton_db_fail (copy, code, error);
  if (!baton_rebuild (copy, NULL, NULL, &local))
    {
      report (problems, _ ("The log cannot be replayed. %s"), local->message);
      return TRUE;
    }
  /* A replay begins with the snapshot that the workspace began with; history that has come behind it
   * meanwhile cannot be replayed before it is whole. */
  queries = baton_tables_derived_queries (baton_db_int (
      live, "SELECT coalesce (max (cast (value AS INTEGER)), 0) FROM meta WHERE key = 'sync.snapshot'", 0));
  for (guint i = 0; i < queries->len; i++)
    compare_query (live, copy, g_ptr_array_index (queries, i), problems);
  return TRUE;
}

static void
remove_beside (const char *folder)
{
  static const char *const names[] = { "rebuilt.db", "rebuilt.db-journal", "rebuilt.db-wal",
    "rebuilt.db-shm" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (folder, names[i], NULL);

      g_unlink (path);
    }
  g_rmdir (folder);
}

static gboolean
compare_beside (BatonDb *live, GPtrArray *problems, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autofree char *folder = g_dir_make_tmp ("baton-verify-XXXXXX", &local);
  g_autofree char *path = folder != NULL ? g_build_filename (folder, "rebuilt.db", NULL) : NULL;
  gboolean ok;

  if (folder == NULL)
    return baton_db_fail_file (local, error);
  ok = rebuild_beside (live, path, problems, error);
  remove_beside (folder);
  return ok;
}

/* What cannot be read or copied because it is damaged is a finding, not a failure of the check. */
static gboolean
is_damage (const GError *error)
{
  return g_error_matches (error, BATON_ERROR, BATON_ERROR_CORRUPT);
}

/* One read transaction: what is compared is what was copied, even while another process writes. */
static gboolean
check_all (const char *database, GPtrArray *problems, gint64 *operations, GError **error)
{
  g_autoptr (BatonDb) live = baton_db_open (database, TRUE, error);
  gboolean ok;

  if (live == NULL || !baton_db_exec (live, "BEGIN", error) || !baton_tables_recognise (live, FALSE, error))
    return FALSE;
  check_pages (live, problems);
  *operations = check_log (live, problems);
  ok = compare_beside (live, problems, error);
  baton_db_exec (live, "COMMIT", NULL);
  return ok;
}

gboolean
baton_verify (const char *database, GPtrArray **problems, gint64 *operations, GError **error)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) local = NULL;

  *operations = 0;
  if (!g_file_test (database, G_FILE_TEST_EXISTS))
    {
      g_set_error (error, BATON_ERROR, BATON_ERROR_NOT_FOUND, _ ("There is no database %s."), database);
      return FALSE;
    }
  if (!check_all (database, found, operations, &local))
    {
      if (!is_damage (local))
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return FALSE;
        }
      report (found, "%s", local->message);
    }
  *problems = g_steal_pointer (&found);
  return TRUE;
}
