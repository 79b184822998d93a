/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-store"

#include "reader.h"

#include "db.h"
#include "id.h"
#include "rows.h"
#include "search.h"
#include "tables.h"

#define MOST_ORDERED 300
#define MOST_LOOKED_UP 500

BatonReader *
baton_reader_open (const char *database, GError **error)
{
  return baton_db_open (database, TRUE, error);
}

void
baton_reader_close (BatonReader *reader)
{
  baton_db_close (reader);
}

static char *
rows_query (BatonEntity entity, BatonField field, gboolean face_only)
{
  const BatonEntityInfo *info = baton_entity_info (entity);
  GString *sql = g_string_new (baton_rows_select (entity, face_only));

  if (field != BATON_FIELD_NONE)
    g_string_append_printf (sql, " WHERE \"%s\" = ?", baton_field_info (field)->name);
  g_string_append (sql, info->rank != BATON_FIELD_NONE ? " ORDER BY rank, id" : " ORDER BY created, id");
  return g_string_free (sql, FALSE);
}

GPtrArray *
baton_reader_rows (BatonReader *reader, BatonEntity entity, BatonField field, const char *id,
    gboolean face_only, GError **error)
{
  g_autofree char *sql = rows_query (entity, field, face_only);
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) baton_row_unref);
  sqlite3_stmt *statement = baton_db_prepare (reader, sql, error);
  gboolean more;

  if (statement == NULL)
    return NULL;
  if (field != BATON_FIELD_NONE)
    baton_bind_text (statement, 1, id);
  while (baton_db_step (reader, statement, &more, error))
    {
      if (!more)
        return g_steal_pointer (&rows);
      g_ptr_array_add (rows, baton_rows_read (statement, entity, face_only));
    }
  return NULL;
}

BatonRow *
baton_reader_row (BatonReader *reader, BatonEntity entity, const char *id)
{
  return baton_rows_look (reader, entity, id);
}

gint64
baton_reader_last_seq (BatonReader *reader)
{
  /* Below 2^60: what is pending has no place in the order yet (log.h). */
  return baton_db_int (reader, "SELECT max (seq) FROM log WHERE seq < 1152921504606846976", 0);
}

char *
baton_reader_meta (BatonReader *reader, const char *key)
{
  return baton_meta_get (reader, key);
}

gint64
baton_reader_count_cards (BatonReader *reader, const char *board)
{
  g_autofree char *text = baton_db_text (reader,
      "SELECT count (*) FROM card WHERE board = ? AND removed IS NULL AND archived IS NULL"
      " AND coalesce (template, 0) = 0",
      board);

  return text != NULL ? g_ascii_strtoll (text, NULL, 10) : 0;
}

BatonRow *
baton_reader_by_source (BatonReader *reader, BatonEntity entity, const char *source)
{
  g_autofree char *sql =
      g_strconcat (baton_rows_select (entity, FALSE), " WHERE source = ? AND removed IS NULL", NULL);
  g_autoptr (BatonCachedStatement) statement = baton_db_prepare (reader, sql, NULL);

  if (statement == NULL)
    return NULL;
  baton_bind_text (statement, 1, source);
  return sqlite3_step (statement) == SQLITE_ROW ? baton_rows_read (statement, entity, FALSE) : NULL;
}

gint64
baton_reader_last_import (BatonReader *reader, const char *board)
{
  g_autofree char *text = baton_db_text (reader,
      "SELECT max (at) FROM log JOIN effect ON effect.seq = log.seq WHERE batch IS NOT NULL AND board = ?",
      board);

  return text != NULL ? g_ascii_strtoll (text, NULL, 10) : G_MININT64;
}

gboolean
baton_reader_hold (BatonReader *reader, GError **error)
{
  if (!baton_db_exec (reader, "BEGIN", error))
    return FALSE;
  /* A transaction's moment is that of its first reading. */
  baton_reader_last_seq (reader);
  return TRUE;
}

void
baton_reader_release (BatonReader *reader)
{
  baton_db_exec (reader, "COMMIT", NULL);
}

static GPtrArray *
run_search (BatonReader *reader, const char *sql, const char *expression, const char *board, GError **error)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  sqlite3_stmt *statement = baton_db_prepare (reader, sql, error);
  gboolean more;

  if (statement == NULL)
    return NULL;
  baton_bind_text (statement, 1, expression);
  if (board != NULL)
    baton_bind_text (statement, 2, board);
  while (baton_db_step (reader, statement, &more, error))
    {
      if (!more)
        return g_steal_pointer (&ids);
      g_ptr_array_add (ids, g_strdup ((const char *) sqlite3_column_text (statement, 0)));
    }
  return NULL;
}

/* Only a short answer is worth ordering: weighing thousands of cards takes longer than a key stroke may, and
 * nobody reads them in that order. A word in the title says more about a card than the same word in a name,
 * in its texts or in a comment. */
GPtrArray *
baton_reader_search (BatonReader *reader, const char *typed, const char *board, GError **error)
{
  g_autofree char *expression = baton_search_expression (typed);
  g_autoptr (GPtrArray) ids = NULL;

  if (expression == NULL)
    return g_ptr_array_new_with_free_func (g_free);
  ids = run_search (reader,
      "SELECT id FROM card WHERE rowid IN (SELECT rowid FROM search WHERE search MATCH ?1)"
      " AND (?2 IS NULL OR board = ?2)",
      expression, board, error);
  if (ids == NULL || ids->len < 2 || ids->len > MOST_ORDERED)
    return g_steal_pointer (&ids);
  return run_search (reader,
      "SELECT id FROM search WHERE search MATCH ?1 AND (?2 IS NULL OR board = ?2)"
      " ORDER BY bm25 (search, 0, 0, 10, 2, 1, 4), rowid",
      expression, board, error);
}

/* Whether so many match that looking up each would read most of the table. */
static gboolean
finds_many (BatonReader *reader, const char *expression, GError **error)
{
  sqlite3_stmt *statement = baton_db_prepare (
      reader, "SELECT count (*) FROM (SELECT 1 FROM search WHERE search MATCH ?1 LIMIT ?2)", error);
  gboolean row = FALSE;
  gboolean many;

  if (statement == NULL)
    return FALSE;
  baton_bind_text (statement, 1, expression);
  sqlite3_bind_int (statement, 2, MOST_LOOKED_UP + 1);
  many = baton_db_step (reader, statement, &row, error) && row &&
         sqlite3_column_int (statement, 0) > MOST_LOOKED_UP;
  sqlite3_reset (statement);
  return many;
}

/* With the + the planner does not go from row to row through the table, which holds all the texts, but once
 * along the index of ids, which holds nothing else. */
GHashTable *
baton_reader_search_set (BatonReader *reader, const char *typed, GError **error)
{
  const char *few = "SELECT id FROM card WHERE rowid IN (SELECT rowid FROM search WHERE search MATCH ?1)";
  const char *many = "SELECT id FROM card WHERE +rowid IN (SELECT rowid FROM search WHERE search MATCH ?1)";
  g_autofree char *expression = baton_search_expression (typed);
  g_autoptr (GHashTable) found = g_hash_table_new_full (baton_id_hash, g_str_equal, g_free, NULL);
  g_autoptr (GPtrArray) ids = NULL;

  if (expression == NULL)
    return g_steal_pointer (&found);
  ids = run_search (reader, finds_many (reader, expression, NULL) ? many : few, expression, NULL, error);
  if (ids == NULL)
    return NULL;
  g_ptr_array_set_free_func (ids, NULL);
  for (guint i = 0; i < ids->len; i++)
    g_hash_table_add (found, g_ptr_array_index (ids, i));
  return g_steal_pointer (&found);
}

char *
baton_reader_draft (BatonReader *reader, const char *key)
{
  return baton_db_text (reader, "SELECT text FROM draft WHERE key = ?", key);
}
