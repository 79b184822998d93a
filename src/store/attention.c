/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-store"

#include "rebase.h"

#include "baton-error.h"
#include "codec.h"
#include "json.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* What waits for a person: operations that the server refused, and values that were replaced unseen. It is
 * truth, as the log is: an operation is in one of both, or dealt with. */

void
baton_attention_free (BatonAttention *attention)
{
  g_clear_pointer (&attention->op, baton_op_free);
  g_free (attention->code);
  g_free (attention->why);
  g_free (attention->detail);
  g_free (attention);
}

static gboolean
insert (BatonDb *db, const char *kind, const BatonOp *named, const char *text, const BatonRefusal *refusal,
    gint64 at, const char *detail, GError **error)
{
  sqlite3_stmt *statement = baton_db_prepare (db,
      "INSERT INTO attention (kind, device, number, op, code, why, at, detail) VALUES (?, ?, ?, ?, ?, ?, ?, "
      "?)",
      error);

  if (statement == NULL)
    return FALSE;
  baton_bind_text (statement, 1, kind);
  if (named != NULL)
    {
      baton_bind_text (statement, 2, named->device);
      sqlite3_bind_int64 (statement, 3, named->number);
    }
  baton_bind_text (statement, 4, text);
  baton_bind_text (statement, 5, refusal != NULL ? refusal->code : NULL);
  baton_bind_text (statement, 6, refusal != NULL ? refusal->why : NULL);
  sqlite3_bind_int64 (statement, 7, at);
  baton_bind_text (statement, 8, detail);
  return baton_db_run (db, statement, error);
}

gboolean
baton_attention_refuse (
    BatonDb *db, const char *text, const BatonOp *op, const BatonRefusal *refusal, gint64 at, GError **error)
{
  return insert (db, "refused", op, text, refusal, at, NULL, error);
}

static BatonOp *
find_refused (BatonDb *db, const BatonRefusal *refusal, gint64 *id, GError **error)
{
  sqlite3_stmt *statement = baton_db_prepare (
      db, "SELECT id, op FROM attention WHERE kind = 'refused' AND device = ? AND number = ?", error);
  BatonOp *op = NULL;
  gboolean found;

  if (statement == NULL)
    return NULL;
  baton_bind_text (statement, 1, refusal->device);
  sqlite3_bind_int64 (statement, 2, refusal->number);
  if (baton_db_step (db, statement, &found, error) && found)
    {
      *id = sqlite3_column_int64 (statement, 0);
      op = baton_op_read_kept ((const char *) sqlite3_column_text (statement, 1), -1, error);
    }
  sqlite3_reset (statement);
  return op;
}

static gboolean
set_why (BatonDb *db, gint64 id, const char *why, GError **error)
{
  sqlite3_stmt *statement = baton_db_prepare (db, "UPDATE attention SET why = ? WHERE id = ?", error);

  if (statement == NULL)
    return FALSE;
  baton_bind_text (statement, 1, why);
  sqlite3_bind_int64 (statement, 2, id);
  return baton_db_run (db, statement, error);
}

gboolean
baton_attention_reword (BatonRebase *rebase, const BatonRefusal *refusal, GError **error)
{
  BatonStore *store = rebase->store;
  g_autoptr (GError) local = NULL;
  g_autoptr (GError) reason = NULL;
  g_autoptr (BatonEffect) effect = NULL;
  g_autoptr (BatonOp) op = NULL;
  gint64 id = 0;

  op = find_refused (store->db, refusal, &id, &local);
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (op == NULL || op->verb == BATON_VERB_UNKNOWN)
    return TRUE;
  effect = baton_store_try (store->db, store->view, op, &reason, error);
  if (effect != NULL)
    return baton_sql_view_take_back (store->view, error);
  if (reason == NULL)
    return FALSE;
  return g_strcmp0 (baton_error_name (reason->code), refusal->code) != 0 ||
         set_why (store->db, id, reason->message, error);
}

/* A field whose last value wins, and which a person writes. */
static gboolean
may_be_replaced (const BatonChange *change)
{
  const BatonFieldInfo *info;

  if (change->created || change->vanished)
    return FALSE;
  info = baton_field_info (change->field);
  return info->merge == BATON_MERGE_LAST && info->type != BATON_TYPE_SET &&
         !(info->flags & (BATON_FIELD_SYSTEM | BATON_FIELD_COUNT)) &&
         change->field != baton_entity_info (change->entity)->parent;
}

/* Whether one of these effects of ours wrote what the change replaced. */
static gboolean
was_ours (GPtrArray *effects, const BatonChange *change)
{
  for (guint i = 0; i < effects->len; i++)
    {
      const BatonChange *ours = baton_effect_find (g_ptr_array_index (effects, i), change->id, change->field);

      if (ours != NULL)
        return baton_value_equal (&ours->after, &change->before);
    }
  return FALSE;
}

/* Effects of operations of ours that the maker of this one had not seen, newest first. */
static GPtrArray *
unseen (BatonRebase *rebase, gint64 base, gint64 seq, GError **error)
{
  g_autoptr (GPtrArray) effects = g_ptr_array_new_with_free_func ((GDestroyNotify) baton_effect_unref);
  sqlite3_stmt *statement = baton_db_prepare (rebase->store->db,
      "SELECT effect.body FROM log JOIN effect ON effect.seq = log.seq JOIN device ON device.id = log.device"
      " WHERE log.seq > ? AND log.seq < ? AND device.mine ORDER BY log.seq DESC",
      error);
  gboolean more;

  if (statement == NULL)
    return NULL;
  sqlite3_bind_int64 (statement, 1, base);
  sqlite3_bind_int64 (statement, 2, seq);
  while (baton_db_step (rebase->store->db, statement, &more, error))
    {
      BatonEffect *effect;

      if (!more)
        return g_steal_pointer (&effects);
      effect = baton_effect_read ((const char *) sqlite3_column_text (statement, 0), -1, error);
      if (effect == NULL)
        break;
      g_ptr_array_add (effects, effect);
    }
  sqlite3_reset (statement);
  return NULL;
}

static void
write_value (BatonJson *json, const char *name, const BatonValue *value)
{
  if (value->kind == BATON_VALUE_INT)
    baton_json_int (json, name, value->number);
  else
    baton_json_string (json, name, value->kind == BATON_VALUE_TEXT ? value->text : NULL);
}

static char *
describe (const BatonOp *op, const BatonChange *change)
{
  GString *text = g_string_new (NULL);
  BatonJson json;

  baton_json_init (&json, text);
  baton_json_begin_object (&json, NULL);
  baton_json_string (&json, "entity", baton_entity_info (change->entity)->name);
  baton_json_string (&json, "id", change->id);
  baton_json_string (&json, "field", baton_field_info (change->field)->name);
  write_value (&json, "mine", &change->before);
  write_value (&json, "theirs", &change->after);
  baton_json_string (&json, "person", op->person);
  baton_json_end_object (&json);
  return g_string_free (text, FALSE);
}

/* The operation that would restore what was there. */
static BatonOp *
restoring (const BatonChange *change)
{
  g_autofree char *name = g_strconcat (baton_entity_info (change->entity)->name, ".set", NULL);
  BatonVerb verb = baton_verb_find (name);
  BatonOp *op;

  if (verb == BATON_VERB_UNKNOWN)
    return NULL;
  op = baton_op_new (verb);
  baton_op_add_id (op, change->id);
  if (change->before.kind == BATON_VALUE_INT)
    baton_op_set_int (op, change->field, change->before.number);
  else if (change->before.kind == BATON_VALUE_TEXT)
    baton_op_set_text (op, change->field, change->before.text);
  else
    baton_op_set_none (op, change->field);
  return op;
}

static gboolean
note_change (BatonRebase *rebase, const BatonOp *op, const BatonChange *change, GError **error)
{
  g_autoptr (BatonOp) restore = restoring (change);
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *detail = NULL;

  if (restore == NULL)
    return TRUE;
  baton_op_write (restore, text);
  detail = describe (op, change);
  rebase->followed->replaced++;
  return insert (rebase->store->db, "replaced", NULL, text->str, NULL, rebase->at, detail, error);
}

gboolean
baton_attention_note_replaced (
    BatonRebase *rebase, gint64 seq, const BatonOp *op, const BatonEffect *effect, GError **error)
{
  BatonStore *store = rebase->store;
  g_autofree char *me = NULL;
  g_autofree char *mine = NULL;
  g_autoptr (GPtrArray) effects = NULL;

  if (op->base >= store->last_own)
    return TRUE;
  me = baton_reader_meta (store->db, "me");
  mine = baton_db_text (store->db, "SELECT mine FROM device WHERE name = ?", op->device);
  if (g_strcmp0 (mine, "1") == 0 || (me != NULL && g_strcmp0 (me, op->person) == 0))
    return TRUE;
  effects = unseen (rebase, op->base, seq, error);
  if (effects == NULL)
    return FALSE;
  for (guint i = 0; i < effect->changes->len && effects->len > 0; i++)
    {
      const BatonChange *change = g_ptr_array_index (effect->changes, i);

      if (may_be_replaced (change) && was_ours (effects, change) && !note_change (rebase, op, change, error))
        return FALSE;
    }
  return TRUE;
}

static BatonAttention *
read_attention (sqlite3_stmt *statement, GError **error)
{
  const char *kind = (const char *) sqlite3_column_text (statement, 1);
  BatonOp *op = baton_op_read_kept ((const char *) sqlite3_column_text (statement, 2), -1, error);
  BatonAttention *attention;

  if (op == NULL)
    return NULL;
  attention = g_new0 (BatonAttention, 1);
  attention->id = sqlite3_column_int64 (statement, 0);
  attention->kind = g_str_equal (kind, "replaced") ? BATON_ATTENTION_REPLACED : BATON_ATTENTION_REFUSED;
  attention->op = op;
  attention->code = g_strdup ((const char *) sqlite3_column_text (statement, 3));
  attention->why = g_strdup ((const char *) sqlite3_column_text (statement, 4));
  attention->at = sqlite3_column_int64 (statement, 5);
  attention->detail = g_strdup ((const char *) sqlite3_column_text (statement, 6));
  return attention;
}

static GPtrArray *
read_all (BatonReader *reader, gint64 id, GError **error)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func ((GDestroyNotify) baton_attention_free);
  sqlite3_stmt *statement = baton_db_prepare (reader,
      "SELECT id, kind, op, code, why, at, detail FROM attention WHERE ?1 = 0 OR id = ?1 ORDER BY id", error);
  gboolean more;

  if (statement == NULL)
    return NULL;
  sqlite3_bind_int64 (statement, 1, id);
  while (baton_db_step (reader, statement, &more, error))
    {
      BatonAttention *attention;

      if (!more)
        return g_steal_pointer (&found);
      attention = read_attention (statement, error);
      if (attention == NULL)
        break;
      g_ptr_array_add (found, attention);
    }
  sqlite3_reset (statement);
  return NULL;
}

GPtrArray *
baton_reader_attention (BatonReader *reader, GError **error)
{
  return read_all (reader, 0, error);
}

BatonAttention *
baton_reader_attention_one (BatonReader *reader, gint64 id, GError **error)
{
  g_autoptr (GPtrArray) found = read_all (reader, id != 0 ? id : -1, error);

  if (found == NULL)
    return NULL;
  if (found->len > 0)
    return g_ptr_array_steal_index (found, 0);
  g_set_error_literal (
      error, BATON_ERROR, BATON_ERROR_NOT_FOUND, _ ("This no longer needs attention; it was dealt with."));
  return NULL;
}

gint64
baton_reader_count_attention (BatonReader *reader, BatonAttentionKind kind)
{
  return kind == BATON_ATTENTION_REPLACED
             ? baton_db_int (reader, "SELECT count (*) FROM attention WHERE kind = 'replaced'", 0)
             : baton_db_int (reader, "SELECT count (*) FROM attention WHERE kind = 'refused'", 0);
}

#define AGAIN "reapplied as "
#define MOST_TIMES 100 /* that one thing is done again */

/* Notes how it ended, and takes it off the list. how: "discarded", or AGAIN and the name of the new change.
 */
static gboolean
settle (BatonDb *db, gint64 id, const char *how, gint64 at, GError **error)
{
  sqlite3_stmt *statement = baton_db_prepare (db,
      "INSERT OR IGNORE INTO settled (device, number, how, at, op)"
      " SELECT device, number, ?2, ?3, op FROM attention WHERE id = ?1 AND device IS NOT NULL",
      error);

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, id);
  baton_bind_text (statement, 2, how);
  sqlite3_bind_int64 (statement, 3, at);
  if (!baton_db_run (db, statement, error))
    return FALSE;
  statement = baton_db_prepare (db, "DELETE FROM attention WHERE id = ?", error);
  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, id);
  return baton_db_run (db, statement, error);
}

gboolean
baton_store_discard (BatonStore *store, gint64 id, gint64 at, GError **error)
{
  g_autoptr (BatonAttention) attention = NULL;

  if (!baton_store_check_writable (store, error))
    return FALSE;
  attention = baton_reader_attention_one (store->db, id, error);
  if (attention == NULL || !baton_db_exec (store->db, "BEGIN IMMEDIATE", error))
    return FALSE;
  if (settle (store->db, id, "discarded", at, error) && baton_db_exec (store->db, "COMMIT", error))
    return TRUE;
  baton_db_exec (store->db, "ROLLBACK", NULL);
  return FALSE;
}

/* Names are looked for with their quotation marks, which a text that somebody wrote has only with a backslash
 * before them. */
gboolean
baton_attention_rename (BatonDb *db, const char *before, const char *now, GError **error)
{
  static const char *const statements[] = {
    "UPDATE attention SET op = replace (op, '\"' || ?1 || '\"', '\"' || ?2 || '\"')"
    " WHERE instr (op, '\"' || ?1 || '\"') > 0",
    "UPDATE settled SET how = '" AGAIN "' || ?2 WHERE how = '" AGAIN "' || ?1",
  };

  for (guint i = 0; i < G_N_ELEMENTS (statements); i++)
    {
      sqlite3_stmt *statement = baton_db_prepare (db, statements[i], error);

      if (statement == NULL)
        return FALSE;
      baton_bind_text (statement, 1, before);
      baton_bind_text (statement, 2, now);
      if (!baton_db_run (db, statement, error))
        return FALSE;
    }
  return TRUE;
}

/* What an operation is called now that was done again, perhaps more than once. Transfer full. */
static char *
present_name (BatonDb *db, const char *name)
{
  char *now = g_strdup (name);

  for (guint turn = 0; turn < MOST_TIMES; turn++)
    {
      g_autofree char *how =
          baton_db_text (db, "SELECT how FROM settled WHERE device || ':' || number = ?", now);

      if (how == NULL || !g_str_has_prefix (how, AGAIN))
        break;
      g_free (now);
      now = g_strdup (how + strlen (AGAIN));
    }
  return now;
}

/* What is taken back is what there is of it now: under the name that it has, with the values that it wrote
 * and found when it was done last. */
static gboolean
renew_undo (BatonDb *db, BatonOp *op, gint64 at, GError **error)
{
  g_autofree char *name = NULL;

  if ((op->verb != BATON_VERB_UNDO && op->verb != BATON_VERB_REDO) || op->targets->len != 1)
    return TRUE;
  name = present_name (db, g_ptr_array_index (op->targets, 0));
  g_clear_pointer (&op->changes, baton_effect_unref);
  op->changes = baton_reader_invert (db, name, at, error);
  if (op->changes == NULL)
    return FALSE;
  g_ptr_array_set_size (op->targets, 0);
  g_ptr_array_add (op->targets, g_steal_pointer (&name));
  return TRUE;
}

/* The intent on what is there now: moved from where the things are, with the texts as they stand as the
 * beginning of a merge. */
static void
renew (BatonDb *db, BatonOp *op)
{
  const BatonVerbInfo *verb = op->verb != BATON_VERB_UNKNOWN ? baton_verb_info (op->verb) : NULL;
  BatonField parent = verb != NULL ? baton_entity_info (verb->entity)->parent : BATON_FIELD_NONE;

  g_clear_pointer (&op->batch, g_free);
  g_array_set_size (op->was, 0);
  if (op->from->len == 0 || parent == BATON_FIELD_NONE)
    return;
  g_ptr_array_set_size (op->from, 0);
  for (guint i = 0; i < op->ids->len; i++)
    {
      g_autoptr (BatonRow) row = baton_reader_row (db, verb->entity, g_ptr_array_index (op->ids, i));
      const char *now = row != NULL ? baton_row_text (row, parent) : NULL;

      baton_op_add_from (op, now != NULL ? now : g_ptr_array_index (op->ids, i));
    }
}

gboolean
baton_store_reapply (BatonStore *store, gint64 id, BatonOp *edited, const char *person, gint64 at,
    gint64 boot, BatonOp **performed, BatonEffect **effect, GError **error)
{
  g_autoptr (BatonAttention) attention = baton_reader_attention_one (store->db, id, error);
  g_autoptr (BatonOp) op = edited;
  g_autofree char *how = NULL;
  BatonEffect *done;

  if (attention == NULL || !baton_store_check_writable (store, error))
    return FALSE;
  if (op == NULL)
    {
      op = g_steal_pointer (&attention->op);
      renew (store->db, op);
      if (!renew_undo (store->db, op, at, error))
        return FALSE;
    }
  g_free (op->person);
  op->person = g_strdup (person);
  op->at = at;
  op->boot = boot;
  if (!baton_db_exec (store->db, "BEGIN IMMEDIATE", error))
    return FALSE;
  done = baton_store_perform_one (store, op, error);
  if (done != NULL)
    how = g_strdup_printf (AGAIN "%s:%" G_GINT64_FORMAT, op->device, op->number);
  if (done == NULL || !settle (store->db, id, how, at, error) || !baton_store_commit (store, error))
    {
      g_clear_pointer (&done, baton_effect_unref);
      baton_store_roll_back (store);
      return FALSE;
    }
  if (performed != NULL)
    *performed = g_steal_pointer (&op);
  if (effect != NULL)
    *effect = done;
  else
    baton_effect_unref (done);
  return TRUE;
}
