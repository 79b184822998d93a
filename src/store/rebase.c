/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-store"

#include "rebase.h"

#include "defect.h"
#include "codec.h"
#include "id.h"
#include "tables.h"

#include <string.h>

void
baton_store_give_up (BatonStore *store, gboolean give_up)
{
  g_atomic_int_set (&store->given_up, give_up);
}

gboolean
baton_rebase_begin (
    BatonRebase *rebase, BatonStore *store, gint64 at, BatonFollowed *followed, GError **error)
{
  *followed = (BatonFollowed){ 0 };
  *rebase = (BatonRebase){ .store = store, .at = at, .followed = followed };
  if (!baton_store_check_writable (store, error) || !baton_db_exec (store->db, "BEGIN IMMEDIATE", error))
    return FALSE;
  store->db->stop = &store->given_up;
  rebase->net = baton_net_new ();
  return TRUE;
}

gboolean
baton_rebase_run (BatonRebase *rebase, const char *sql, gint64 a, gint64 b, GError **error)
{
  sqlite3_stmt *statement = baton_db_prepare (rebase->store->db, sql, error);

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, a);
  if (sqlite3_bind_parameter_count (statement) > 1)
    sqlite3_bind_int64 (statement, 2, b);
  return baton_db_run (rebase->store->db, statement, error);
}

gboolean
baton_rebase_set_int (BatonRebase *rebase, const char *key, gint64 number, GError **error)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, number);

  return baton_meta_set (rebase->store->db, key, text, error);
}

static gboolean
reverse_change (BatonRebase *rebase, const BatonChange *change, GError **error)
{
  g_autoptr (BatonRow) vanished = NULL;
  BatonChange opposite = *change;

  if (!baton_sql_view_reverse (rebase->store->view, change, &vanished, error))
    return FALSE;
  opposite.created = FALSE;
  opposite.vanished = change->created;
  opposite.row = vanished;
  opposite.before = change->after;
  opposite.after = change->before;
  baton_net_add (rebase->net, &opposite);
  return TRUE;
}

static gboolean
reverse_effect (BatonRebase *rebase, const char *body, int length, GError **error)
{
  g_autoptr (BatonEffect) effect = baton_effect_read (body, length, error);

  if (effect == NULL)
    return FALSE;
  for (guint i = effect->changes->len; i > 0; i--)
    {
      if (!reverse_change (rebase, g_ptr_array_index (effect->changes, i - 1), error))
        return FALSE;
    }
  baton_sql_view_commit (rebase->store->view);
  return TRUE;
}

/* Cards whose history changes are told, even when nothing else of them does. */
static gboolean
touch_cards (BatonRebase *rebase, gint64 from, GError **error)
{
  sqlite3_stmt *statement =
      baton_db_prepare (rebase->store->db, "SELECT card FROM touch WHERE seq >= ?", error);
  gboolean more;

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, from);
  while (baton_db_step (rebase->store->db, statement, &more, error))
    {
      if (!more)
        return TRUE;
      baton_net_touch (rebase->net, (const char *) sqlite3_column_text (statement, 0));
    }
  return FALSE;
}

static gboolean
has_undo (BatonRebase *rebase, gint64 from)
{
  g_autofree char *sql =
      g_strdup_printf ("SELECT count (*) FROM log INDEXED BY log_undo WHERE verb IN ('op.undo', 'op.redo')"
                       " AND seq >= %" G_GINT64_FORMAT,
          from);
  sqlite3_stmt *statement = NULL;
  gboolean any = FALSE;

  if (sqlite3_prepare_v2 (rebase->store->db->handle, sql, -1, &statement, NULL) == SQLITE_OK)
    any = sqlite3_step (statement) == SQLITE_ROW && sqlite3_column_int64 (statement, 0) > 0;
  sqlite3_finalize (statement);
  return any;
}

gboolean
baton_rebase_take_back (BatonRebase *rebase, gint64 from, GError **error)
{
  BatonStore *store = rebase->store;
  sqlite3_stmt *statement =
      baton_db_prepare (store->db, "SELECT body FROM effect WHERE seq >= ? ORDER BY seq DESC", error);
  g_autoptr (GPtrArray) bodies = g_ptr_array_new_with_free_func (g_free);
  gboolean more = TRUE;

  if (statement == NULL || !touch_cards (rebase, from, error))
    return FALSE;
  sqlite3_bind_int64 (statement, 1, from);
  while (baton_db_step (store->db, statement, &more, error) && more)
    g_ptr_array_add (bodies, g_strdup ((const char *) sqlite3_column_text (statement, 0)));
  if (more)
    return FALSE;
  for (guint i = 0; i < bodies->len; i++)
    {
      guint index = BATON_DEFECT (TAKEN_BACK_FORWARDS) ? bodies->len - 1 - i : i;

      if (!baton_db_go_on (store->db, error) ||
          !reverse_effect (rebase, g_ptr_array_index (bodies, index), -1, error))
        return FALSE;
    }
  if (!baton_sql_view_flush (store->view, error))
    return FALSE;
  baton_sql_view_commit (store->view);
  return baton_log_underive (store->db, from, error) &&
         (!has_undo (rebase, from) || BATON_DEFECT (UNDONE_STAYS) ||
             baton_log_derive_undone (store->db, from, error));
}

static void
note_effect (BatonRebase *rebase, const BatonEffect *effect)
{
  for (guint i = 0; i < effect->changes->len; i++)
    baton_net_add (rebase->net, g_ptr_array_index (effect->changes, i));
  for (guint i = 0; i < effect->cards->len; i++)
    baton_net_touch (rebase->net, g_ptr_array_index (effect->cards, i));
}

gboolean
baton_rebase_apply (BatonRebase *rebase, gint64 seq, const BatonOp *op, GError **error)
{
  g_autoptr (GError) refusal = NULL;
  g_autoptr (BatonEffect) effect =
      baton_store_apply_at (rebase->store->db, rebase->store->view, seq, op, &refusal, error);

  if (effect == NULL)
    {
      if (refusal == NULL)
        return FALSE;
      g_warning (
          "Operation %" G_GINT64_FORMAT " of the server cannot be applied here: %s", seq, refusal->message);
      rebase->followed->unapplied++;
      return TRUE;
    }
  rebase->followed->unknown += op->verb == BATON_VERB_UNKNOWN;
  note_effect (rebase, effect);
  return baton_attention_note_replaced (rebase, seq, op, effect, error);
}

typedef struct
{
  gint64 seq;
  BatonOp *op;
} Placed;

static void
clear_placed (gpointer data)
{
  baton_op_free (((Placed *) data)->op);
}

static GArray *
read_pending (BatonRebase *rebase, gint64 from, const char *device, GError **error)
{
  g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (Placed));
  sqlite3_stmt *statement = baton_db_prepare (rebase->store->db,
      "SELECT log.seq, " BATON_LOG_COLUMNS " FROM log JOIN device ON device.id = log.device"
      " WHERE log.seq >= ?1 AND (?2 IS NULL OR device.name = ?2) ORDER BY log.seq",
      error);
  gboolean more;

  g_array_set_clear_func (found, clear_placed);
  if (statement == NULL)
    return NULL;
  sqlite3_bind_int64 (statement, 1, from);
  if (device != NULL)
    baton_bind_text (statement, 2, device);
  while (baton_db_step (rebase->store->db, statement, &more, error))
    {
      Placed placed = { 0 };

      if (!more)
        return g_steal_pointer (&found);
      placed.seq = sqlite3_column_int64 (statement, 0);
      placed.op = baton_log_read (statement, 1, error);
      if (placed.op == NULL)
        break;
      g_array_append_val (found, placed);
    }
  sqlite3_reset (statement);
  return NULL;
}

gboolean
baton_rebase_reapply (BatonRebase *rebase, gint64 from, GError **error)
{
  g_autoptr (GArray) pending = read_pending (rebase, MAX (from, BATON_SEQ_PENDING), NULL, error);

  if (pending == NULL)
    return FALSE;
  for (guint i = 0; i < pending->len; i++)
    {
      const Placed *placed = &g_array_index (pending, Placed, i);
      g_autoptr (GError) refusal = NULL;
      g_autoptr (BatonEffect) effect = NULL;

      if (!baton_db_go_on (rebase->store->db, error))
        return FALSE;
      effect = baton_store_apply_at (
          rebase->store->db, rebase->store->view, placed->seq, placed->op, &refusal, error);
      if (effect == NULL && refusal == NULL)
        return FALSE;
      if (effect != NULL)
        note_effect (rebase, effect);
      else
        rebase->followed->held++;
    }
  return TRUE;
}

gboolean
baton_rebase_find (BatonRebase *rebase, const char *device, gint64 number, BatonOwn *own, GError **error)
{
  sqlite3_stmt *statement = baton_db_prepare (rebase->store->db,
      "SELECT seq, hash FROM log WHERE device = (SELECT id FROM device WHERE name = ?) AND number = ?",
      error);
  gboolean found;

  *own = (BatonOwn){ 0 };
  if (statement == NULL)
    return FALSE;
  baton_bind_text (statement, 1, device);
  sqlite3_bind_int64 (statement, 2, number);
  if (!baton_db_step (rebase->store->db, statement, &found, error))
    return FALSE;
  if (!found)
    return TRUE;
  own->seq = sqlite3_column_int64 (statement, 0);
  if (sqlite3_column_bytes (statement, 1) == BATON_HASH_BYTES)
    memcpy (own->hash, sqlite3_column_blob (statement, 1), BATON_HASH_BYTES);
  sqlite3_reset (statement);
  return TRUE;
}

/* "device:number" of an operation that got another name. */
static void
retarget (BatonOp *op, GHashTable *names)
{
  for (guint i = 0; i < op->targets->len; i++)
    {
      const char *name = g_hash_table_lookup (names, g_ptr_array_index (op->targets, i));

      if (name == NULL)
        continue;
      g_free (g_ptr_array_index (op->targets, i));
      g_ptr_array_index (op->targets, i) = g_strdup (name);
    }
}

static gboolean
rename_op (
    BatonRebase *rebase, Placed *placed, const char *device, gint64 number, GHashTable *names, GError **error)
{
  const BatonLogPlace place = { .seq = placed->seq, .mine = TRUE };
  char *before = baton_op_key (placed->op);
  char *now;
  BatonOwn own;
  gint64 seq;

  g_free (placed->op->device);
  placed->op->device = g_strdup (device);
  placed->op->number = number;
  retarget (placed->op, names);
  now = baton_op_key (placed->op);
  g_hash_table_insert (names, before, now);
  if (!baton_attention_rename (rebase->store->db, before, now, error) ||
      !baton_rebase_run (rebase, "DELETE FROM log WHERE seq = ?", placed->seq, 0, error) ||
      !baton_rebase_find (rebase, device, number, &own, error))
    return FALSE;
  /* The other copy was quicker, and what it did has come already. */
  return own.seq != 0 || baton_log_append (rebase->store->db, placed->op, &place, &seq, error);
}

/* The new device's id follows from the first operation that gets it: another copy of the profile that has the
 * same pending operations gives them the same names, and so they are applied once. */
static char *
derive_device (const BatonOp *op)
{
  char id[BATON_ID_LENGTH + 1];
  guint8 hash[BATON_HASH_BYTES];

  baton_log_hash_op (op, hash);
  baton_id_format (id, op->at / 1000, hash);
  return g_strdup (id);
}

gboolean
baton_rebase_renumber (BatonRebase *rebase, const char *device, gint64 from, GError **error)
{
  BatonStore *store = rebase->store;
  g_autoptr (GArray) pending = read_pending (rebase, BATON_SEQ_PENDING, device, error);
  g_autoptr (GHashTable) names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autofree char *fresh = NULL;
  gint64 number = 0;

  if (pending == NULL)
    return FALSE;
  for (guint i = 0; i < pending->len; i++)
    {
      Placed *placed = &g_array_index (pending, Placed, i);

      if (placed->op->number < from)
        continue;
      if (fresh == NULL)
        fresh = BATON_DEFECT (COPIES_NAME_APART) ? baton_store_new_id () : derive_device (placed->op);
      if (!rename_op (rebase, placed, fresh, ++number, names, error))
        return FALSE;
    }
  if (fresh == NULL)
    fresh = baton_store_new_id ();
  rebase->followed->copied = TRUE;
  g_free (store->device);
  store->device = g_strdup (fresh);
  store->last_number = MAX (number, baton_log_last_number (store->db, fresh));
  return baton_meta_set (store->db, "device", fresh, error) &&
         baton_meta_set (store->db, "boot.id", "", error);
}

static gboolean
is_visible (const BatonEffect *effect)
{
  return effect->changes->len > 0 || effect->cards->len > 0;
}

gboolean
baton_rebase_end (BatonRebase *rebase, gboolean ok, GError **error)
{
  g_autoptr (BatonEffect) effect = NULL;

  rebase->store->db->stop = NULL;
  ok = ok && baton_store_commit (rebase->store, error);
  if (!ok)
    {
      baton_store_roll_back (rebase->store);
      *rebase->followed = (BatonFollowed){ 0 };
    }
  else
    {
      baton_store_load_position (rebase->store);
      effect = baton_net_finish (rebase->net);
      if (is_visible (effect))
        rebase->followed->effect = g_steal_pointer (&effect);
    }
  g_clear_pointer (&rebase->net, baton_net_free);
  return ok;
}
