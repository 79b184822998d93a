/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-store"

#include "rebase.h"

#include "baton-error.h"
#include "defect.h"
#include "codec.h"
#include "part.h"
#include "rows.h"
#include "search.h"
#include "tables.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define ROWS_IN_PART 2000

/* Giving out. */

static gboolean
has_card (BatonEntity entity)
{
  BatonField field = baton_field_find (entity, "card");

  return field != BATON_FIELD_NONE && baton_field_info (field)->target == BATON_ENTITY_CARD;
}

/* Hangs from a card through another row. */
static gboolean
hangs (BatonEntity entity)
{
  const BatonEntityInfo *info = baton_entity_info (entity);

  for (guint i = 0; i < info->n_fields; i++)
    {
      const BatonFieldInfo *field = baton_field_info (info->first + i);

      if (field->type == BATON_TYPE_REF && field->target != BATON_ENTITY_NONE && has_card (field->target))
        return TRUE;
    }
  return FALSE;
}

static void
finish_part (GPtrArray *parts, BatonEntity entity, GPtrArray *rows)
{
  GString *part;

  if (rows->len == 0)
    return;
  part = g_string_new (NULL);
  baton_part_begin (part);
  baton_part_add (part, entity, rows);
  baton_part_end (part);
  g_ptr_array_add (parts, g_string_free (part, FALSE));
  g_ptr_array_set_size (rows, 0);
}

/* Rows of a query on one entity's table, in parts of a readable size. */
static gboolean
add_query (BatonReader *reader, BatonEntity entity, const char *sql, const char *board, GPtrArray *parts,
    GError **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) baton_row_unref);
  sqlite3_stmt *statement = baton_db_prepare (reader, sql, error);
  gboolean more;

  if (statement == NULL)
    return FALSE;
  if (board != NULL)
    baton_bind_text (statement, 1, board);
  while (baton_db_step (reader, statement, &more, error))
    {
      if (!more)
        {
          finish_part (parts, entity, rows);
          return TRUE;
        }
      g_ptr_array_add (rows, baton_rows_read (statement, entity, FALSE));
      if (!baton_rows_check (statement, g_ptr_array_index (rows, rows->len - 1), error))
        break;
      if (rows->len == ROWS_IN_PART)
        finish_part (parts, entity, rows);
    }
  sqlite3_reset (statement);
  return FALSE;
}

static char *
columns_of (BatonEntity entity)
{
  const BatonEntityInfo *info = baton_entity_info (entity);
  GString *sql = g_string_new ("t.id");

  /* SQL-SAFE: the names are those of schema.def. */
  for (guint i = 0; i < info->n_fields; i++)
    g_string_append_printf (sql, ", t.\"%s\"", baton_field_info (info->first + i)->name);
  g_string_append (sql, ", t.sum");
  return g_string_free (sql, FALSE);
}

static gboolean
add_board (BatonReader *reader, const char *board, GPtrArray *parts, GError **error)
{
  for (guint entity = 0; entity < BATON_N_ENTITIES; entity++)
    {
      g_autofree char *columns = columns_of (entity);
      g_autofree char *sql = NULL;

      if (entity != BATON_ENTITY_CARD && !has_card (entity))
        continue;
      if (entity == BATON_ENTITY_CARD)
        /* SQL-SAFE: the names are those of schema.def. */
        sql = g_strdup_printf ("SELECT %s FROM card t WHERE t.board = ?", columns);
      else
        /* SQL-SAFE: the names are those of schema.def. */
        sql = g_strdup_printf ("SELECT %s FROM card c CROSS JOIN \"%s\" t ON t.card = c.id WHERE c.board = ?",
            columns, baton_entity_info (entity)->name);
      if (!add_query (reader, entity, sql, board, parts, error))
        return FALSE;
    }
  return TRUE;
}

/* What is in every view comes first; it is small. */
static gboolean
add_shared (BatonReader *reader, gboolean below_cards, GPtrArray *parts, GError **error)
{
  for (guint entity = 0; entity < BATON_N_ENTITIES; entity++)
    {
      g_autofree char *columns = columns_of (entity);
      g_autofree char *sql = NULL;

      if (entity == BATON_ENTITY_CARD || has_card (entity) || hangs (entity) != below_cards)
        continue;
      /* SQL-SAFE: the names are those of schema.def. */
      sql = g_strdup_printf ("SELECT %s FROM \"%s\" t", columns, baton_entity_info (entity)->name);
      if (!add_query (reader, entity, sql, NULL, parts, error))
        return FALSE;
    }
  return TRUE;
}

static GPtrArray *
boards_in_order (BatonReader *reader, const char *first, GError **error)
{
  g_autoptr (GPtrArray) boards = g_ptr_array_new_with_free_func (g_free);
  sqlite3_stmt *statement = baton_db_prepare (reader,
      "SELECT board FROM card GROUP BY board ORDER BY board IS NOT ?, max (entered) DESC, board", error);
  gboolean more;

  if (statement == NULL)
    return NULL;
  if (first != NULL)
    baton_bind_text (statement, 1, first);
  while (baton_db_step (reader, statement, &more, error))
    {
      if (!more)
        return g_steal_pointer (&boards);
      g_ptr_array_add (boards, g_strdup ((const char *) sqlite3_column_text (statement, 0)));
    }
  return NULL;
}

static GPtrArray *
make_parts (BatonReader *reader, const char *board, GError **error)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) boards = boards_in_order (reader, board, error);

  if (boards == NULL || !add_shared (reader, FALSE, parts, error))
    return NULL;
  for (guint i = 0; i < boards->len; i++)
    {
      if (!add_board (reader, g_ptr_array_index (boards, i), parts, error))
        return NULL;
    }
  return add_shared (reader, TRUE, parts, error) ? g_steal_pointer (&parts) : NULL;
}

GPtrArray *
baton_reader_snapshot (BatonReader *reader, const char *board, gint64 *seq, GError **error)
{
  GPtrArray *parts;

  if (!baton_reader_hold (reader, error))
    return NULL;
  *seq = baton_reader_last_seq (reader);
  parts = make_parts (reader, board, error);
  baton_reader_release (reader);
  return parts;
}

/* Taking in. What is begun with has no log to be made anew from, so every part has its check sum in meta. */

#define SUMS "sync.part."

static gboolean
note_sum (BatonDb *db, guint part, const char *text, GError **error)
{
  g_autofree char *key = g_strdup_printf (SUMS "%u", part);
  g_autofree char *sum = g_strdup_printf ("%" G_GINT64_FORMAT, baton_rows_effect_sum (NULL, text));

  return baton_meta_set (db, key, sum, error);
}

/* Parts that an older Baton kept have none, and are believed. */
static gboolean
check_sum (BatonDb *db, const char *part, const char *text, GError **error)
{
  g_autofree char *key = g_strconcat (SUMS, part, NULL);
  g_autofree char *noted = baton_meta_get (db, key);

  if (noted == NULL || g_ascii_strtoll (noted, NULL, 10) == baton_rows_effect_sum (NULL, text))
    return TRUE;
  g_set_error (error, BATON_ERROR, BATON_ERROR_CORRUPT,
      _ ("What this workspace began with was damaged on the disk and is not used (part %s). Nothing was "
         "changed. Put a backup back, or join the server again in another folder."),
      part);
  return FALSE;
}

static gboolean
clear_parts (BatonDb *db, GError **error)
{
  return baton_db_exec (db, "DELETE FROM snapshot", error) &&
         baton_db_exec (db, "DELETE FROM meta WHERE key GLOB '" SUMS "*'", error);
}

gboolean
baton_store_keep_part (BatonStore *store, guint part, const char *text, GError **error)
{
  sqlite3_stmt *statement;

  /* The sum first: a part without its sum would be believed. */
  if (!baton_store_check_writable (store, error) || !note_sum (store->db, part, text, error))
    return FALSE;
  statement =
      baton_db_prepare (store->db, "INSERT OR REPLACE INTO snapshot (part, body) VALUES (?, ?)", error);
  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, part);
  baton_bind_text (statement, 2, text);
  return baton_db_run (store->db, statement, error);
}

guint
baton_store_parts (BatonStore *store)
{
  return (guint) baton_db_int (store->db, "SELECT count (*) FROM snapshot", 0);
}

gboolean
baton_store_forget_parts (BatonStore *store, GError **error)
{
  return baton_store_check_writable (store, error) && clear_parts (store->db, error);
}

static gboolean
load_part (BatonDb *db, const char *text, GError **error)
{
  g_autoptr (GPtrArray) rows = baton_part_read (text, -1, error);

  if (rows == NULL)
    return FALSE;
  for (guint i = 0; i < rows->len; i++)
    {
      if (!baton_rows_insert (db, g_ptr_array_index (rows, i), error))
        return FALSE;
    }
  return TRUE;
}

/* Every card's search document. */
static gboolean
note_documents (BatonDb *db, GHashTable *documents, GError **error)
{
  sqlite3_stmt *statement = baton_db_prepare (db, "SELECT id FROM card", error);
  gboolean more;

  if (statement == NULL)
    return FALSE;
  while (baton_db_step (db, statement, &more, error))
    {
      if (!more)
        return TRUE;
      g_hash_table_add (documents, g_strdup ((const char *) sqlite3_column_text (statement, 0)));
    }
  return FALSE;
}

static gint64
meta_int (BatonDb *db, const char *key, gint64 fallback)
{
  g_autofree char *text = baton_meta_get (db, key);

  return text != NULL ? g_ascii_strtoll (text, NULL, 10) : fallback;
}

static gboolean
load_parts (BatonDb *db, GError **error)
{
  g_autoptr (GArray) parts = g_array_new (FALSE, FALSE, sizeof (gint64));
  sqlite3_stmt *statement = baton_db_prepare (db, "SELECT part FROM snapshot ORDER BY part", error);
  gboolean more;

  if (statement == NULL)
    return FALSE;
  while (baton_db_step (db, statement, &more, error) && more)
    {
      gint64 part = sqlite3_column_int64 (statement, 0);

      g_array_append_val (parts, part);
    }
  for (guint i = 0; i < parts->len; i++)
    {
      g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, g_array_index (parts, gint64, i));
      g_autofree char *text =
          baton_db_text (db, "SELECT body FROM snapshot WHERE part = CAST (? AS INTEGER)", number);

      if (!baton_db_go_on (db, error) || text == NULL || !check_sum (db, number, text, error) ||
          !load_part (db, text, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
baton_snapshot_load (BatonDb *db, gint64 *seq, GError **error)
{
  g_autoptr (GHashTable) documents = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  gint64 from = meta_int (db, "sync.snapshot", 0);
  g_autofree char *first = g_strdup_printf ("%" G_GINT64_FORMAT, from + 1);
  g_autofree char *forget = NULL;

  *seq = 0;
  if (from == 0)
    return TRUE;
  /* SQL-SAFE: a number. History that had come already comes again, with what it did. */
  forget = g_strdup_printf ("DELETE FROM log WHERE seq <= %" G_GINT64_FORMAT, from);
  if (!load_parts (db, error) || !note_documents (db, documents, error) ||
      !baton_search_index (db, documents, error) || !baton_db_exec (db, forget, error) ||
      !baton_meta_set (db, "sync.first", first, error))
    return FALSE;
  *seq = from;
  return TRUE;
}

static gboolean
install (
    BatonRebase *rebase, const char *epoch, const char *lineage, gint64 seq, gint64 common, GError **error)
{
  BatonStore *store = rebase->store;
  gint64 loaded;

  baton_sql_view_clear (store->view);
  baton_db_forget_statements (store->db);
  /* What was made before this workspace had a server goes up, too. */
  if (store->epoch == NULL && !baton_db_exec (store->db, "UPDATE device SET mine = 1", error))
    return FALSE;
  if (BATON_DEFECT (INSTALL_DROPS_PENDING) && !baton_db_exec (store->db, "DELETE FROM log", error))
    return FALSE;
  if (!baton_rebase_unaccept (rebase, common, error) ||
      !baton_rebase_run (rebase, "DELETE FROM log WHERE seq < ?", BATON_SEQ_PENDING, 0, error))
    return FALSE;
  baton_db_forget_statements (store->db);
  return baton_tables_drop_derived (store->db, error) && baton_tables_create_derived (store->db, error) &&
         baton_rebase_set_int (rebase, "sync.snapshot", seq, error) &&
         baton_rebase_set_int (rebase, "sync.cursor", seq, error) &&
         baton_rebase_set_epoch (rebase, epoch, lineage, error) &&
         baton_rebase_set_int (rebase, "sync.first", seq + 1, error) &&
         baton_snapshot_load (store->db, &loaded, error) &&
         baton_rebase_reapply (rebase, BATON_SEQ_PENDING, error);
}

gboolean
baton_store_install (BatonStore *store, const char *epoch, const char *lineage, gint64 seq, gint64 common,
    gint64 at, BatonFollowed *followed, GError **error)
{
  BatonRebase rebase;
  gboolean ok;

  if (!baton_rebase_begin (&rebase, store, at, followed, error))
    return FALSE;
  ok = baton_rebase_end (&rebase, install (&rebase, epoch, lineage, seq, common, error), error);
  followed->reload = ok;
  g_clear_pointer (&followed->effect, baton_effect_unref);
  return ok;
}

gint64
baton_store_history_from (BatonStore *store)
{
  return meta_int (store->db, "sync.first", 1);
}

/* As this Baton writes it: other writers of JSON escape other characters. */
static char *
canonical (const char *text, GError **error)
{
  g_autoptr (BatonEffect) effect = NULL;
  g_autoptr (GString) out = NULL;

  if (strstr (text, "\\u") == NULL)
    return g_strdup (text);
  effect = baton_effect_read (text, -1, error);
  if (effect == NULL)
    return NULL;
  out = g_string_new (NULL);
  baton_effect_write (effect, out);
  return g_string_free (g_steal_pointer (&out), FALSE);
}

static gboolean
insert_effect (BatonDb *db, const BatonArrival *arrival, GError **error)
{
  g_autofree char *body = canonical (arrival->effect, error);
  sqlite3_stmt *statement =
      baton_db_prepare (db, "INSERT INTO effect (seq, board, body, sum) VALUES (?, ?, ?, ?)", error);

  if (body == NULL || statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, arrival->seq);
  baton_bind_text (statement, 2, arrival->board);
  baton_bind_text (statement, 3, body);
  sqlite3_bind_int64 (statement, 4, baton_rows_effect_sum (arrival->board, body));
  if (!baton_db_run (db, statement, error))
    return FALSE;
  for (guint i = 0; arrival->cards != NULL && i < arrival->cards->len; i++)
    {
      statement = baton_db_prepare (db, "INSERT OR IGNORE INTO touch (card, seq) VALUES (?, ?)", error);
      if (statement == NULL)
        return FALSE;
      baton_bind_text (statement, 1, g_ptr_array_index (arrival->cards, i));
      sqlite3_bind_int64 (statement, 2, arrival->seq);
      if (!baton_db_run (db, statement, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
fill_one (BatonStore *store, BatonArrival *arrival, GError **error)
{
  BatonOp *op = arrival->op;
  gint64 wall = op->at;
  const BatonLogPlace place = { .seq = arrival->seq,
    .wall = arrival->at != wall ? wall : 0,
    .received = arrival->received,
    .quality = arrival->quality,
    .author = arrival->author };
  gint64 seq;
  gboolean ok;

  op->at = arrival->at;
  ok = baton_log_append (store->db, op, &place, &seq, error) &&
       (arrival->effect == NULL || insert_effect (store->db, arrival, error));
  op->at = wall;
  return ok;
}

/* With the first operation the log is whole: from now on it can be replayed, and the snapshot is not needed.
 */
static gboolean
complete_history (BatonRebase *rebase, GError **error)
{
  return baton_log_derive_undone (rebase->store->db, G_MAXINT64, error) &&
         baton_rebase_set_int (rebase, "sync.snapshot", 0, error) && clear_parts (rebase->store->db, error);
}

static gboolean
fill (BatonRebase *rebase, GPtrArray *arrivals, GError **error)
{
  gint64 next = baton_store_history_from (rebase->store) - 1;

  for (guint i = 0; i < arrivals->len; i++)
    {
      BatonArrival *arrival = g_ptr_array_index (arrivals, i);

      if (arrival->seq != next)
        continue;
      if (!baton_db_go_on (rebase->store->db, error))
        return FALSE;
      if (!(BATON_DEFECT (HISTORY_SHORT) && next == 1) && !fill_one (rebase->store, arrival, error))
        return FALSE;
      next--;
    }
  return baton_rebase_set_int (rebase, "sync.first", next + 1, error) &&
         (next > 0 || complete_history (rebase, error));
}

gboolean
baton_store_fill (BatonStore *store, GPtrArray *arrivals, GError **error)
{
  BatonFollowed followed;
  BatonRebase rebase;
  gboolean ok;

  if (!baton_rebase_begin (&rebase, store, 0, &followed, error))
    return FALSE;
  ok = baton_rebase_end (&rebase, fill (&rebase, arrivals, error), error);
  baton_followed_clear (&followed);
  return ok;
}
