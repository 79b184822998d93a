/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-store"

#include "reader.h"

#include "apply.h"
#include "baton-error.h"
#include "codec.h"
#include "db.h"
#include "log.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define ENTRY_COLUMNS \
  "log.seq, " BATON_LOG_COLUMNS ", effect.body, undone.by, coalesce (wall, log.at), received, quality"
#define ENTRY_TABLES                                                                    \
  " FROM log JOIN device ON device.id = log.device JOIN effect ON effect.seq = log.seq" \
  " LEFT JOIN undone ON undone.seq = log.seq "

void
baton_entry_free (BatonEntry *entry)
{
  baton_op_free (entry->op);
  baton_effect_unref (entry->effect);
  g_free (entry);
}

static BatonEntry *
read_entry (sqlite3_stmt *statement, GError **error)
{
  int effect_column = 1 + BATON_LOG_N_COLUMNS;
  g_autoptr (BatonOp) op = baton_log_read (statement, 1, error);
  BatonEffect *effect = NULL;
  BatonEntry *entry;

  if (op != NULL)
    effect = baton_effect_read ((const char *) sqlite3_column_text (statement, effect_column),
        sqlite3_column_bytes (statement, effect_column), error);
  if (effect == NULL)
    return NULL;
  entry = g_new0 (BatonEntry, 1);
  entry->seq = sqlite3_column_int64 (statement, 0);
  entry->op = g_steal_pointer (&op);
  entry->effect = effect;
  entry->undone = sqlite3_column_type (statement, effect_column + 1) != SQLITE_NULL;
  entry->pending = entry->seq >= BATON_SEQ_PENDING;
  entry->wall = sqlite3_column_int64 (statement, effect_column + 2);
  entry->received = sqlite3_column_int64 (statement, effect_column + 3);
  entry->quality = sqlite3_column_int (statement, effect_column + 4);
  return entry;
}

/* The past is in the values of the operation; who reads it looks closer. */
static void
add_past (GString *sql, const BatonHistoryQuery *query)
{
  g_string_append (sql, " AND ((1");
  g_string_append (sql, query->verb != NULL ? " AND verb = :verb" : "");
  g_string_append (sql, query->person != NULL ? " AND person = :person" : "");
  g_string_append (sql, ") OR (verb = 'card.add' AND instr (log.body, '\"past\":') > 0");
  g_string_append (sql, query->person != NULL ? " AND instr (log.body, :person) > 0" : "");
  g_string_append (sql, "))");
}

static char *
history_query (const BatonHistoryQuery *query)
{
  GString *sql = g_string_new ("SELECT " ENTRY_COLUMNS ENTRY_TABLES);

  if (query->card != NULL)
    g_string_append (sql, "JOIN touch ON touch.seq = log.seq AND touch.card = :card ");
  g_string_append (sql, "WHERE log.seq > :after");
  if (query->before > 0)
    g_string_append (sql, " AND log.seq < :before");
  if (query->board != NULL)
    g_string_append (sql, " AND effect.board = :board");
  if (query->with_past && (query->verb != NULL || query->person != NULL))
    add_past (sql, query);
  else
    {
      g_string_append (sql, query->verb != NULL ? " AND verb = :verb" : "");
      g_string_append (sql, query->person != NULL ? " AND person = :person" : "");
    }
  g_string_append (sql, query->newest_first ? " ORDER BY log.seq DESC" : " ORDER BY log.seq");
  if (query->limit > 0)
    g_string_append (sql, " LIMIT :limit");
  return g_string_free (sql, FALSE);
}

static void
bind_named_text (sqlite3_stmt *statement, const char *name, const char *text)
{
  int index = sqlite3_bind_parameter_index (statement, name);

  if (index > 0 && text != NULL)
    baton_bind_text (statement, index, text);
}

static void
bind_named_int (sqlite3_stmt *statement, const char *name, gint64 number)
{
  int index = sqlite3_bind_parameter_index (statement, name);

  if (index > 0)
    sqlite3_bind_int64 (statement, index, number);
}

GPtrArray *
baton_reader_history (BatonReader *reader, const BatonHistoryQuery *query, GError **error)
{
  g_autofree char *sql = history_query (query);
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func ((GDestroyNotify) baton_entry_free);
  sqlite3_stmt *statement = baton_db_prepare (reader, sql, error);
  gboolean more;

  if (statement == NULL)
    return NULL;
  bind_named_text (statement, ":card", query->card);
  bind_named_text (statement, ":board", query->board);
  bind_named_text (statement, ":verb", query->verb);
  bind_named_text (statement, ":person", query->person);
  bind_named_int (statement, ":after", query->after);
  bind_named_int (statement, ":before", query->before);
  bind_named_int (statement, ":limit", query->limit);
  while (baton_db_step (reader, statement, &more, error))
    {
      BatonEntry *entry;

      if (!more)
        return g_steal_pointer (&entries);
      entry = read_entry (statement, error);
      if (entry == NULL)
        break;
      g_ptr_array_add (entries, entry);
    }
  sqlite3_reset (statement);
  return NULL;
}

gboolean
baton_reader_each_op (BatonReader *reader, gint64 after, BatonLogFunc func, gpointer data, GError **error)
{
  sqlite3_stmt *statement = baton_db_prepare (reader,
      "SELECT log.seq, " BATON_LOG_COLUMNS " FROM log JOIN device ON device.id = log.device WHERE log.seq > ?"
      " ORDER BY log.seq",
      error);
  gboolean more;

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, after);
  while (baton_db_step (reader, statement, &more, error))
    {
      g_autoptr (BatonOp) op = NULL;

      if (!more)
        return TRUE;
      op = baton_log_read (statement, 1, error);
      if (op == NULL || !func (sqlite3_column_int64 (statement, 0), op, data))
        {
          sqlite3_reset (statement);
          return op != NULL;
        }
    }
  return FALSE;
}

/* The latest change of this device that is neither an undo nor undone; for a redo, the latest undo that was
 * not redone, provided that nothing else was done since. That people said who they are is no change to take
 * back. */
static gint64
find_candidate (BatonReader *reader, const char *device, gboolean redo)
{
  sqlite3_stmt *statement = baton_db_prepare (reader,
      redo ? "SELECT seq FROM (SELECT log.seq AS seq, verb FROM log LEFT JOIN undone ON undone.seq = log.seq"
             " WHERE device = (SELECT id FROM device WHERE name = ?1) AND undone.by IS NULL AND verb <> "
             "'op.redo'"
             " ORDER BY log.seq DESC LIMIT 1) WHERE verb = 'op.undo'"
           : "SELECT log.seq FROM log LEFT JOIN undone ON undone.seq = log.seq"
             " WHERE device = (SELECT id FROM device WHERE name = ?1) AND undone.by IS NULL"
             " AND verb NOT IN ('op.undo', 'op.redo')"
             " AND NOT (verb = 'person.add'"
             " AND coalesce (instr (body, (SELECT value FROM meta WHERE key = 'me')), 0) > 0)"
             " ORDER BY log.seq DESC LIMIT 1",
      NULL);
  gint64 seq = 0;

  if (statement == NULL)
    return 0;
  baton_bind_text (statement, 1, device);
  if (sqlite3_step (statement) == SQLITE_ROW)
    seq = sqlite3_column_int64 (statement, 0);
  sqlite3_reset (statement);
  return seq;
}

/* The boards that an import made: taking them back takes everything on them back. */
static BatonEffect *
invert_batch_boards (BatonReader *reader, const char *batch, gint64 at)
{
  g_autoptr (BatonEffect) inverse = baton_effect_new ();
  sqlite3_stmt *statement = baton_db_prepare (reader,
      "SELECT effect.board FROM log JOIN effect ON effect.seq = log.seq WHERE batch = ? AND verb = "
      "'board.add'",
      NULL);
  BatonValue none = baton_value_none ();
  BatonValue now = baton_value_int (at);

  if (statement == NULL)
    return NULL;
  baton_bind_text (statement, 1, batch);
  while (sqlite3_step (statement) == SQLITE_ROW)
    {
      const char *board = (const char *) sqlite3_column_text (statement, 0);

      if (board != NULL)
        g_ptr_array_add (inverse->changes,
            baton_change_new_set (BATON_ENTITY_BOARD, board, BATON_BOARD_REMOVED, &none, &now));
    }
  sqlite3_reset (statement);
  return inverse->changes->len > 0 ? g_steal_pointer (&inverse) : NULL;
}

/* Everything that a batch changed, turned round. */
static BatonEffect *
invert_batch (BatonReader *reader, const char *batch, gint64 at, GError **error)
{
  g_autoptr (GPtrArray) effects = g_ptr_array_new_with_free_func ((GDestroyNotify) baton_effect_unref);
  BatonEffect *boards = invert_batch_boards (reader, batch, at);
  sqlite3_stmt *statement;

  if (boards != NULL)
    return boards;
  statement = baton_db_prepare (reader,
      "SELECT effect.body FROM log JOIN effect ON effect.seq = log.seq WHERE batch = ? ORDER BY log.seq",
      error);
  if (statement == NULL)
    return NULL;
  baton_bind_text (statement, 1, batch);
  while (sqlite3_step (statement) == SQLITE_ROW)
    {
      BatonEffect *effect = baton_effect_read ((const char *) sqlite3_column_text (statement, 0), -1, error);

      if (effect == NULL)
        {
          sqlite3_reset (statement);
          return NULL;
        }
      g_ptr_array_add (effects, effect);
    }
  sqlite3_reset (statement);
  return baton_effect_invert ((BatonEffect **) effects->pdata, effects->len, at);
}

static gint64
first_int (BatonReader *reader, const char *sql, const char *text, gint64 number)
{
  sqlite3_stmt *statement = baton_db_prepare (reader, sql, NULL);
  gint64 found = 0;

  if (statement == NULL)
    return 0;
  if (text != NULL)
    baton_bind_text (statement, 1, text);
  else
    sqlite3_bind_int64 (statement, 1, number);
  if (sqlite3_step (statement) == SQLITE_ROW)
    found = sqlite3_column_int64 (statement, 0);
  sqlite3_reset (statement);
  return found;
}

static BatonEntry *
read_one (BatonReader *reader, gint64 seq, GError **error)
{
  BatonHistoryQuery query = { .after = seq - 1, .before = seq + 1 };
  g_autoptr (GPtrArray) entries = baton_reader_history (reader, &query, error);

  return entries != NULL && entries->len > 0 ? g_ptr_array_steal_index (entries, 0) : NULL;
}

/* What a person is told: of a redo what it does again, not that an undo is undone; of an import its board,
 * not the last of its thousand operations. */
static BatonEntry *
entry_to_tell (BatonReader *reader, BatonEntry *entry, gboolean redo)
{
  BatonEntry *told = entry;
  gint64 seq = redo ? first_int (reader, "SELECT max (seq) FROM undone WHERE by = ?", NULL, entry->seq) : 0;

  if (seq != 0)
    told = read_one (reader, seq, NULL);
  if (told == NULL || told->op->batch == NULL)
    return told;
  seq = first_int (
      reader, "SELECT min (seq) FROM log WHERE batch = ? AND verb = 'board.add'", told->op->batch, 0);
  if (seq == 0 || seq == told->seq)
    return told;
  if (told != entry)
    baton_entry_free (told);
  return read_one (reader, seq, NULL);
}

BatonEffect *
baton_reader_invert (BatonReader *reader, const char *target, gint64 at, GError **error)
{
  g_autoptr (GArray) seqs = baton_log_target (reader, G_MAXINT64, target);
  gint64 seq = seqs->len > 0 ? g_array_index (seqs, gint64, 0) : 0;
  g_autoptr (BatonEntry) entry = NULL;

  if (seq != 0 && first_int (reader, "SELECT by FROM undone WHERE seq = ?", NULL, seq) != 0)
    g_set_error_literal (
        error, BATON_ERROR, BATON_ERROR_STALE, _ ("What this would take back has been taken back already."));
  else if (seq != 0 && g_str_has_prefix (target, "batch:"))
    return invert_batch (reader, strchr (target, ':') + 1, at, error);
  else if (seq == 0 || (entry = read_one (reader, seq, NULL)) == NULL || entry->effect == NULL)
    g_set_error_literal (
        error, BATON_ERROR, BATON_ERROR_STALE, _ ("What this would take back has not been done."));
  else
    return baton_effect_invert (&entry->effect, 1, at);
  return NULL;
}

BatonOp *
baton_reader_prepare_undo (
    BatonReader *reader, const char *device, gboolean redo, gint64 at, BatonEntry **what, GError **error)
{
  gint64 seq = find_candidate (reader, device, redo);
  g_autoptr (BatonEntry) entry = NULL;
  g_autoptr (BatonOp) op = NULL;

  if (seq == 0)
    return NULL;
  entry = read_one (reader, seq, error);
  if (entry == NULL)
    return NULL;
  op = baton_op_new (redo ? BATON_VERB_REDO : BATON_VERB_UNDO);
  if (entry->op->batch != NULL && !redo)
    {
      g_ptr_array_add (op->targets, g_strconcat ("batch:", entry->op->batch, NULL));
      op->changes = invert_batch (reader, entry->op->batch, at, error);
    }
  else
    {
      g_ptr_array_add (op->targets, baton_op_key (entry->op));
      op->changes = baton_effect_invert (&entry->effect, 1, at);
    }
  if (op->changes == NULL)
    return NULL;
  if (what != NULL)
    {
      *what = entry_to_tell (reader, entry, redo);
      if (*what == entry || *what == NULL)
        *what = g_steal_pointer (&entry);
    }
  return g_steal_pointer (&op);
}
