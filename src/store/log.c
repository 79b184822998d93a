/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-store"

#include "log.h"

#include "defect.h"
#include "codec.h"
#include "rows.h"

#include <sodium.h>
#include <string.h>

static void
hash_text (crypto_generichash_state *state, const char *text)
{
  /* The final NUL keeps neighbours apart. */
  if (text == NULL)
    text = "";
  crypto_generichash_update (state, (const guint8 *) text, strlen (text) + 1);
}

static void
hash_int (crypto_generichash_state *state, gint64 number)
{
  guint64 little_endian = GUINT64_TO_LE ((guint64) number);

  crypto_generichash_update (state, (const guint8 *) &little_endian, sizeof little_endian);
}

static const char *
verb_name (const BatonOp *op)
{
  return op->verb == BATON_VERB_UNKNOWN ? op->unknown_verb : baton_verb_info (op->verb)->name;
}

/* What is hashed, in this order. */
typedef struct
{
  const char *device;
  gint64 number;
  const char *verb;
  const char *person;
  gint64 wall;
  gint64 boot;
  gint64 base;
  const char *batch;
  const char *body;
} Hashed;

static void
hash_all (const Hashed *hashed, guint8 hash[BATON_HASH_BYTES])
{
  crypto_generichash_state state;

  crypto_generichash_init (&state, NULL, 0, BATON_HASH_BYTES);
  hash_text (&state, hashed->device);
  hash_int (&state, hashed->number);
  hash_text (&state, hashed->verb);
  hash_text (&state, hashed->person);
  hash_int (&state, hashed->wall);
  hash_int (&state, hashed->boot);
  hash_int (&state, hashed->base);
  hash_text (&state, hashed->batch);
  hash_text (&state, hashed->body);
  crypto_generichash_final (&state, hash, BATON_HASH_BYTES);
}

void
baton_log_hash (const BatonOp *op, gint64 wall, const char *body, guint8 hash[BATON_HASH_BYTES])
{
  const Hashed hashed = { op->device, op->number, verb_name (op), op->person, wall, op->boot, op->base,
    op->batch, body };

  hash_all (&hashed, hash);
}

static const char *
column_text (sqlite3_stmt *statement, int column)
{
  return (const char *) sqlite3_column_text (statement, column);
}

gboolean
baton_log_hash_row (sqlite3_stmt *statement, int first, guint8 hash[BATON_HASH_BYTES])
{
  const Hashed hashed = { column_text (statement, first), sqlite3_column_int64 (statement, first + 1),
    column_text (statement, first + 2), column_text (statement, first + 3),
    sqlite3_column_int64 (statement, first + 4), sqlite3_column_int64 (statement, first + 5),
    sqlite3_column_int64 (statement, first + 6), column_text (statement, first + 7),
    column_text (statement, first + 8) };

  hash_all (&hashed, hash);
  return hashed.device != NULL && hashed.verb != NULL && hashed.body != NULL;
}

void
baton_log_hash_op (const BatonOp *op, guint8 hash[BATON_HASH_BYTES])
{
  g_autoptr (GString) body = g_string_new (NULL);

  baton_op_write_values (op, body);
  baton_log_hash (op, op->at, body->str, hash);
}

gint64
baton_log_device (BatonDb *db, const char *name, GError **error)
{
  sqlite3_stmt *statement = baton_db_prepare (db, "SELECT id FROM device WHERE name = ?", error);
  gint64 id = 0;

  if (statement == NULL)
    return 0;
  baton_bind_text (statement, 1, name);
  if (sqlite3_step (statement) == SQLITE_ROW)
    id = sqlite3_column_int64 (statement, 0);
  sqlite3_reset (statement);
  if (id != 0)
    return id;
  statement = baton_db_prepare (db, "INSERT INTO device (name) VALUES (?)", error);
  if (statement == NULL)
    return 0;
  baton_bind_text (statement, 1, name);
  return baton_db_run (db, statement, error) ? sqlite3_last_insert_rowid (db->handle) : 0;
}

/* Every number that this device has used: in the log, refused and waiting for a person, or dealt with. */
gint64
baton_log_last_number (BatonDb *db, const char *device)
{
  g_autofree char *text = baton_db_text (db,
      "SELECT max (coalesce ((SELECT max (number) FROM log WHERE device = (SELECT id FROM device WHERE name "
      "= ?1)), 0),"
      " coalesce ((SELECT max (number) FROM attention WHERE device = ?1), 0),"
      " coalesce ((SELECT max (number) FROM settled WHERE device = ?1), 0))",
      device);

  if (BATON_DEFECT (NUMBER_AGAIN))
    return baton_db_int (
        db, "SELECT max (number) FROM log WHERE device = (SELECT max (id) FROM device WHERE mine)", 0);
  return text != NULL ? g_ascii_strtoll (text, NULL, 10) : 0;
}

static void
bind_optional (sqlite3_stmt *statement, int index, const char *text)
{
  if (text != NULL)
    baton_bind_text (statement, index, text);
  else
    sqlite3_bind_null (statement, index);
}

static void
bind_place (sqlite3_stmt *statement, const BatonLogPlace *place)
{
  if (place->seq != 0)
    sqlite3_bind_int64 (statement, 11, place->seq);
  if (place->wall != 0)
    sqlite3_bind_int64 (statement, 12, place->wall);
  if (place->received != 0)
    sqlite3_bind_int64 (statement, 13, place->received);
  sqlite3_bind_int (statement, 14, place->quality);
  bind_optional (statement, 15, place->author);
}

static gboolean
note_mine (BatonDb *db, gint64 device, GError **error)
{
  sqlite3_stmt *statement =
      baton_db_prepare (db, "UPDATE device SET mine = 1 WHERE id = ? AND mine = 0", error);

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, device);
  return baton_db_run (db, statement, error);
}

gboolean
baton_log_append (BatonDb *db, const BatonOp *op, const BatonLogPlace *place, gint64 *seq, GError **error)
{
  static const BatonLogPlace last = { 0 };
  g_autoptr (GString) body = g_string_new (NULL);
  guint8 hash[BATON_HASH_BYTES];
  gint64 device = baton_log_device (db, op->device, error);
  sqlite3_stmt *statement;

  if (place == NULL)
    place = &last;
  if (device == 0 || (place->mine && !note_mine (db, device, error)))
    return FALSE;
  statement = baton_db_prepare (db,
      "INSERT INTO log (device, number, verb, person, at, boot, base, batch, body, hash,"
      " seq, wall, received, quality, author) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
      error);
  if (statement == NULL)
    return FALSE;
  baton_op_write_values (op, body);
  baton_log_hash (op, place->wall != 0 ? place->wall : op->at, body->str, hash);
  sqlite3_bind_int64 (statement, 1, device);
  sqlite3_bind_int64 (statement, 2, op->number);
  baton_bind_text (statement, 3, verb_name (op));
  bind_optional (statement, 4, op->person);
  sqlite3_bind_int64 (statement, 5, op->at);
  sqlite3_bind_int64 (statement, 6, op->boot);
  sqlite3_bind_int64 (statement, 7, op->base);
  bind_optional (statement, 8, op->batch);
  sqlite3_bind_text (statement, 9, body->str, (int) body->len, SQLITE_STATIC);
  sqlite3_bind_blob (statement, 10, hash, sizeof hash, SQLITE_STATIC);
  bind_place (statement, place);
  if (!baton_db_run (db, statement, error))
    return FALSE;
  *seq = sqlite3_last_insert_rowid (db->handle);
  return TRUE;
}

static gboolean
run_ints (BatonDb *db, const char *sql, gint64 a, gint64 b, GError **error)
{
  sqlite3_stmt *statement = baton_db_prepare (db, sql, error);

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, a);
  if (sqlite3_bind_parameter_count (statement) > 1)
    sqlite3_bind_int64 (statement, 2, b);
  return baton_db_run (db, statement, error);
}

GArray *
baton_log_target (BatonDb *db, gint64 below, const char *target)
{
  GArray *seqs = g_array_new (FALSE, FALSE, sizeof (gint64));
  const char *colon = strchr (target, ':');
  g_autofree char *name = colon != NULL ? g_strndup (target, colon - target) : g_strdup ("");
  gboolean batch = g_str_equal (name, "batch");
  sqlite3_stmt *statement = baton_db_prepare (db,
      batch ? "SELECT seq FROM log WHERE batch = ?1 AND seq < ?3"
            : "SELECT seq FROM log WHERE device = (SELECT id FROM device WHERE name = ?1) AND number = ?2"
              " AND seq < ?3",
      NULL);

  if (statement == NULL || colon == NULL)
    return seqs;
  baton_bind_text (statement, 1, batch ? colon + 1 : name);
  if (!batch)
    sqlite3_bind_int64 (statement, 2, g_ascii_strtoll (colon + 1, NULL, 10));
  sqlite3_bind_int64 (statement, 3, below);
  while (sqlite3_step (statement) == SQLITE_ROW)
    {
      gint64 seq = sqlite3_column_int64 (statement, 0);

      g_array_append_val (seqs, seq);
    }
  sqlite3_reset (statement);
  return seqs;
}

static gboolean
mark_undone (BatonDb *db, gint64 seq, const BatonOp *op, const char *name, GError **error)
{
  g_autoptr (GArray) targets = baton_log_target (db, seq, name);

  for (guint i = 0; i < targets->len; i++)
    {
      gint64 target = g_array_index (targets, gint64, i);

      if (op->verb == BATON_VERB_REDO && !run_ints (db, "DELETE FROM undone WHERE by = ?", target, 0, error))
        return FALSE;
      if (!run_ints (db, "INSERT OR REPLACE INTO undone (seq, by) VALUES (?, ?)", target, seq, error))
        return FALSE;
    }
  return TRUE;
}

/* An undo marks what it undid; a redo marks that undo, and what that had undone counts again. */
static gboolean
derive_undone (BatonDb *db, gint64 seq, const BatonOp *op, GError **error)
{
  for (guint i = 0; i < op->targets->len; i++)
    {
      if (!mark_undone (db, seq, op, g_ptr_array_index (op->targets, i), error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
derive_touch (BatonDb *db, gint64 seq, const BatonEffect *effect, GError **error)
{
  for (guint i = 0; i < effect->cards->len; i++)
    {
      sqlite3_stmt *statement =
          baton_db_prepare (db, "INSERT OR IGNORE INTO touch (card, seq) VALUES (?, ?)", error);

      if (statement == NULL)
        return FALSE;
      baton_bind_text (statement, 1, g_ptr_array_index (effect->cards, i));
      sqlite3_bind_int64 (statement, 2, seq);
      if (!baton_db_run (db, statement, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
baton_log_derive (BatonDb *db, gint64 seq, const BatonOp *op, const BatonEffect *effect, GError **error)
{
  g_autoptr (GString) body = g_string_new (NULL);
  sqlite3_stmt *statement =
      baton_db_prepare (db, "INSERT INTO effect (seq, board, body, sum) VALUES (?, ?, ?, ?)", error);

  if (statement == NULL)
    return FALSE;
  baton_effect_write (effect, body);
  sqlite3_bind_int64 (statement, 1, seq);
  bind_optional (statement, 2, effect->board);
  sqlite3_bind_text (statement, 3, body->str, (int) body->len, SQLITE_STATIC);
  sqlite3_bind_int64 (statement, 4, baton_rows_effect_sum (effect->board, body->str));
  if (!baton_db_run (db, statement, error) || !derive_touch (db, seq, effect, error))
    return FALSE;
  return (op->verb != BATON_VERB_UNDO && op->verb != BATON_VERB_REDO) || derive_undone (db, seq, op, error);
}

gboolean
baton_log_move (BatonDb *db, gint64 from, gint64 to, GError **error)
{
  return run_ints (db, "UPDATE log SET seq = ?2 WHERE seq = ?1", from, to, error) &&
         run_ints (db, "UPDATE effect SET seq = ?2 WHERE seq = ?1", from, to, error) &&
         run_ints (db, "UPDATE touch SET seq = ?2 WHERE seq = ?1", from, to, error) &&
         run_ints (db, "UPDATE undone SET seq = ?2 WHERE seq = ?1", from, to, error) &&
         run_ints (db, "UPDATE undone SET by = ?2 WHERE by = ?1", from, to, error);
}

gboolean
baton_log_underive (BatonDb *db, gint64 from, GError **error)
{
  return run_ints (db, "DELETE FROM effect WHERE seq >= ?", from, 0, error) &&
         run_ints (db, "DELETE FROM touch WHERE seq >= ?", from, 0, error);
}

gboolean
baton_log_derive_undone (BatonDb *db, gint64 below, GError **error)
{
  g_autoptr (GPtrArray) ops = g_ptr_array_new_with_free_func ((GDestroyNotify) baton_op_free);
  g_autoptr (GArray) seqs = g_array_new (FALSE, FALSE, sizeof (gint64));
  sqlite3_stmt *statement = baton_db_prepare (db,
      "SELECT log.seq, " BATON_LOG_COLUMNS
      " FROM log INDEXED BY log_undo JOIN device ON device.id = log.device"
      " JOIN effect ON effect.seq = log.seq WHERE verb IN ('op.undo', 'op.redo') AND log.seq < ? ORDER BY "
      "log.seq",
      error);
  gboolean more;

  if (statement == NULL || !baton_db_exec (db, "DELETE FROM undone", error))
    return FALSE;
  sqlite3_bind_int64 (statement, 1, below);
  while (baton_db_step (db, statement, &more, error) && more)
    {
      gint64 seq = sqlite3_column_int64 (statement, 0);
      BatonOp *op = baton_log_read (statement, 1, error);

      if (op == NULL)
        return FALSE;
      g_array_append_val (seqs, seq);
      g_ptr_array_add (ops, op);
    }
  for (guint i = 0; i < ops->len; i++)
    {
      if (!derive_undone (db, g_array_index (seqs, gint64, i), g_ptr_array_index (ops, i), error))
        return FALSE;
    }
  return TRUE;
}

static char *
column_strdup (sqlite3_stmt *statement, int column)
{
  return g_strdup ((const char *) sqlite3_column_text (statement, column));
}

BatonOp *
baton_log_read (sqlite3_stmt *statement, int first, GError **error)
{
  const char *verb = (const char *) sqlite3_column_text (statement, first + 2);
  g_autoptr (BatonOp) op = baton_op_new (baton_verb_find (verb));

  op->device = column_strdup (statement, first);
  op->number = sqlite3_column_int64 (statement, first + 1);
  op->person = column_strdup (statement, first + 3);
  op->at = sqlite3_column_int64 (statement, first + 4);
  op->boot = sqlite3_column_int64 (statement, first + 5);
  op->base = sqlite3_column_int64 (statement, first + 6);
  op->batch = column_strdup (statement, first + 7);
  if (op->verb == BATON_VERB_UNKNOWN)
    op->unknown_verb = g_strdup (verb);
  if (!baton_op_read_values (op, (const char *) sqlite3_column_text (statement, first + 8),
          sqlite3_column_bytes (statement, first + 8), error))
    return NULL;
  return g_steal_pointer (&op);
}
