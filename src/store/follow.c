/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-store"

#include "rebase.h"

#include "defect.h"
#include "baton-error.h"
#include "codec.h"
#include "tables.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Whose an entry is, and what this workspace knows of it. */
typedef enum
{
  WHOSE_FOREIGN,
  WHOSE_OURS,   /* it stands here as pending, with the same content */
  WHOSE_COPIED, /* our device's name for something that we did not make */
  WHOSE_FAILED,
} Whose;

static gboolean
is_mine (BatonStore *store, const char *device)
{
  g_autofree char *mine = NULL;

  if (g_str_equal (store->device, device))
    return TRUE;
  mine = baton_db_text (store->db, "SELECT mine FROM device WHERE name = ?", device);
  return mine != NULL && g_str_equal (mine, "1");
}

static Whose
whose (BatonRebase *rebase, const BatonArrival *arrival, BatonOwn *own, GError **error)
{
  const BatonOp *op = arrival->op;
  guint8 hash[BATON_HASH_BYTES];

  *own = (BatonOwn){ 0 };
  if (!is_mine (rebase->store, op->device))
    return WHOSE_FOREIGN;
  if (!baton_rebase_find (rebase, op->device, op->number, own, error))
    return WHOSE_FAILED;
  if (own->seq != 0 && own->seq < BATON_SEQ_PENDING)
    {
      g_set_error (error, BATON_ERROR, BATON_ERROR_CORRUPT,
          _ ("The server gave operation %d of this device twice."), (int) op->number);
      return WHOSE_FAILED;
    }
  if (own->seq != 0)
    {
      baton_log_hash_op (op, hash);
      return memcmp (hash, own->hash, sizeof hash) == 0 ? WHOSE_OURS : WHOSE_COPIED;
    }
  /* A number that we have never given, or that stands for something else by now. */
  return g_str_equal (rebase->store->device, op->device) && op->number > rebase->store->last_number
             ? WHOSE_COPIED
             : WHOSE_FOREIGN;
}

static gboolean
give_place (BatonRebase *rebase, const BatonArrival *arrival, gint64 from, GError **error)
{
  sqlite3_stmt *statement = baton_db_prepare (rebase->store->db,
      "UPDATE log SET at = ?2, wall = ?3, received = ?4, quality = ?5, author = ?6 WHERE seq = ?1", error);

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, from);
  sqlite3_bind_int64 (statement, 2, arrival->at);
  if (arrival->at != arrival->op->at)
    sqlite3_bind_int64 (statement, 3, arrival->op->at);
  sqlite3_bind_int64 (statement, 4, arrival->received);
  sqlite3_bind_int (statement, 5, arrival->quality);
  if (arrival->author != NULL)
    baton_bind_text (statement, 6, arrival->author);
  return baton_db_run (rebase->store->db, statement, error) &&
         baton_log_move (rebase->store->db, from, arrival->seq, error);
}

/* The oldest pending operation, when its effect stands. */
static gint64
first_applied (BatonRebase *rebase)
{
  return baton_db_int (rebase->store->db,
      "SELECT log.seq FROM log JOIN effect ON effect.seq = log.seq WHERE log.seq ="
      " (SELECT min (seq) FROM log WHERE seq >= 1152921504606846976)",
      0);
}

/* Own operations that come back first in line and unchanged stay as they are; only their place is settled.
 * *next: the first entry for which that is not so. */
static gboolean
promote (BatonRebase *rebase, GPtrArray *arrivals, guint *next, GError **error)
{
  for (; *next < arrivals->len; (*next)++)
    {
      const BatonArrival *arrival = g_ptr_array_index (arrivals, *next);
      BatonOwn own;
      Whose who = whose (rebase, arrival, &own, error);

      if (who == WHOSE_FAILED)
        return FALSE;
      if (who != WHOSE_OURS || (arrival->at != arrival->op->at && !BATON_DEFECT (PROMOTED_WITH_OWN_TIME)) ||
          own.seq != first_applied (rebase))
        return TRUE;
      if (!baton_db_go_on (rebase->store->db, error) || !give_place (rebase, arrival, own.seq, error))
        return FALSE;
      rebase->store->last_own = arrival->seq;
    }
  return TRUE;
}

/* Whether this is the text of the same operation; another copy of the profile may have given its number to
 * another one. */
static gboolean
is_same (const char *text, const BatonOp *op)
{
  g_autoptr (BatonOp) other = text != NULL ? baton_op_read_kept (text, -1, NULL) : NULL;
  guint8 left[BATON_HASH_BYTES];
  guint8 right[BATON_HASH_BYTES];

  if (other == NULL)
    return FALSE;
  baton_log_hash_op (other, left);
  baton_log_hash_op (op, right);
  return memcmp (left, right, sizeof left) == 0;
}

typedef struct
{
  const char *find;
  const char *forget;
} Elsewhere;

static gboolean
forget_from (BatonRebase *rebase, const Elsewhere *place, const BatonOp *op, GError **error)
{
  sqlite3_stmt *statement = baton_db_prepare (rebase->store->db, place->find, error);
  gboolean found;
  gboolean same;

  if (statement == NULL)
    return FALSE;
  baton_bind_text (statement, 1, op->device);
  sqlite3_bind_int64 (statement, 2, op->number);
  if (!baton_db_step (rebase->store->db, statement, &found, error))
    return FALSE;
  same = found && is_same ((const char *) sqlite3_column_text (statement, 0), op);
  sqlite3_reset (statement);
  if (!same)
    return TRUE;
  statement = baton_db_prepare (rebase->store->db, place->forget, error);
  if (statement == NULL)
    return FALSE;
  baton_bind_text (statement, 1, op->device);
  sqlite3_bind_int64 (statement, 2, op->number);
  return baton_db_run (rebase->store->db, statement, error);
}

/* What a person still saw as refused has been accepted after all: by a copy of this profile, or under an
 * earlier epoch. */
static gboolean
forget_elsewhere (BatonRebase *rebase, const BatonOp *op, GError **error)
{
  static const Elsewhere attention = { "SELECT op FROM attention WHERE device = ? AND number = ?",
    "DELETE FROM attention WHERE device = ? AND number = ?" };
  static const Elsewhere settled = { "SELECT op FROM settled WHERE device = ? AND number = ?",
    "DELETE FROM settled WHERE device = ? AND number = ?" };

  return forget_from (rebase, &attention, op, error) && forget_from (rebase, &settled, op, error);
}

static gboolean
take_arrival (BatonRebase *rebase, BatonArrival *arrival, GError **error)
{
  BatonOp *op = arrival->op;
  gint64 wall = op->at;
  BatonLogPlace place = { .seq = arrival->seq,
    .wall = arrival->at != op->at ? op->at : 0,
    .received = arrival->received,
    .quality = arrival->quality,
    .author = arrival->author };
  BatonOwn own;
  Whose who = whose (rebase, arrival, &own, error);
  gboolean ok;

  if (who == WHOSE_FAILED ||
      (who == WHOSE_COPIED && !baton_rebase_renumber (rebase, op->device, op->number, error)))
    return FALSE;
  if (who == WHOSE_OURS)
    ok = give_place (rebase, arrival, own.seq, error);
  else
    {
      gint64 seq;

      place.mine = is_mine (rebase->store, op->device);
      ok = !place.mine || forget_elsewhere (rebase, op, error);
      op->at = arrival->at;
      ok = ok && baton_log_append (rebase->store->db, op, &place, &seq, error);
    }
  if (is_mine (rebase->store, op->device))
    rebase->store->last_own = arrival->seq;
  op->at = arrival->at;
  ok = ok && baton_rebase_apply (rebase, arrival->seq, op, error);
  op->at = wall;
  return ok;
}

/* Entries that follow the cursor without a gap; an answer that came late, or twice, is left out. */
static GPtrArray *
in_line (BatonStore *store, GPtrArray *arrivals)
{
  GPtrArray *line = g_ptr_array_new ();
  gint64 next = store->cursor + 1;

  for (guint i = 0; arrivals != NULL && i < arrivals->len; i++)
    {
      const BatonArrival *arrival = g_ptr_array_index (arrivals, i);

      if (arrival->seq != next)
        continue;
      g_ptr_array_add (line, (gpointer) arrival);
      next++;
    }
  return line;
}

static gboolean
refuse_one (BatonRebase *rebase, const BatonRefusal *refusal, gint64 seq, GError **error)
{
  sqlite3_stmt *statement = baton_db_prepare (rebase->store->db,
      "SELECT log.seq, " BATON_LOG_COLUMNS
      " FROM log JOIN device ON device.id = log.device WHERE log.seq = ?",
      error);
  g_autoptr (BatonOp) op = NULL;
  g_autoptr (GString) text = g_string_new (NULL);
  gboolean found;

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, seq);
  if (!baton_db_step (rebase->store->db, statement, &found, error))
    return FALSE;
  op = found ? baton_log_read (statement, 1, error) : NULL;
  sqlite3_reset (statement);
  if (op == NULL)
    return FALSE;
  if (g_str_equal (refusal->code, BATON_REFUSAL_SEEN))
    return baton_rebase_run (rebase, "DELETE FROM log WHERE seq = ?", seq, 0, error);
  baton_op_write (op, text);
  rebase->followed->refused++;
  if (BATON_DEFECT (REFUSED_FORGOTTEN))
    return baton_rebase_run (rebase, "DELETE FROM log WHERE seq = ?", seq, 0, error);
  return baton_attention_refuse (rebase->store->db, text->str, op, refusal, rebase->at, error) &&
         baton_rebase_run (rebase, "DELETE FROM log WHERE seq = ?", seq, 0, error);
}

/* The pending operations that these refusals are about: their sequences in the same order, 0 for those that
 * are not pending (any more). *lowest: the least of them. */
static GArray *
find_refused (BatonRebase *rebase, GPtrArray *refusals, gint64 *lowest, GError **error)
{
  g_autoptr (GArray) seqs = g_array_new (FALSE, FALSE, sizeof (gint64));

  *lowest = G_MAXINT64;
  for (guint i = 0; refusals != NULL && i < refusals->len; i++)
    {
      const BatonRefusal *refusal = g_ptr_array_index (refusals, i);
      BatonOwn own;
      gint64 seq;

      if (!baton_rebase_find (rebase, refusal->device, refusal->number, &own, error))
        return NULL;
      seq = own.seq >= BATON_SEQ_PENDING ? own.seq : 0;
      if (seq != 0)
        *lowest = MIN (*lowest, seq);
      g_array_append_val (seqs, seq);
    }
  return g_steal_pointer (&seqs);
}

static gboolean
refuse_all (BatonRebase *rebase, GPtrArray *refusals, GArray *seqs, GError **error)
{
  for (guint i = 0; i < seqs->len; i++)
    {
      gint64 seq = g_array_index (seqs, gint64, i);

      if (seq != 0 && !refuse_one (rebase, g_ptr_array_index (refusals, i), seq, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
follow (BatonRebase *rebase, GPtrArray *line, GPtrArray *refusals, GError **error)
{
  gint64 lowest;
  g_autoptr (GArray) refused = find_refused (rebase, refusals, &lowest, error);
  gint64 from;
  guint next = 0;

  if (refused == NULL || !promote (rebase, line, &next, error))
    return FALSE;
  from = next < line->len ? BATON_SEQ_PENDING : lowest;
  if (from == G_MAXINT64)
    return TRUE;
  if (!baton_rebase_take_back (rebase, from, error) || !refuse_all (rebase, refusals, refused, error))
    return FALSE;
  for (; next < line->len; next++)
    {
      if (!baton_db_go_on (rebase->store->db, error) ||
          !take_arrival (rebase, g_ptr_array_index (line, next), error))
        return FALSE;
    }
  for (guint i = 0; refusals != NULL && i < refusals->len; i++)
    {
      if (!baton_attention_reword (rebase, g_ptr_array_index (refusals, i), error))
        return FALSE;
    }
  return BATON_DEFECT (NOT_APPLIED_AGAIN) || baton_rebase_reapply (rebase, from, error);
}

static gboolean
move_cursor (BatonRebase *rebase, GPtrArray *line, GError **error)
{
  const BatonArrival *last;

  if (line->len == 0)
    return TRUE;
  last = g_ptr_array_index (line, line->len - 1);
  rebase->followed->arrived = line->len;
  if (rebase->followed->unknown > 0 && !baton_tables_note_behind (rebase->store->db, error))
    return FALSE;
  return baton_rebase_set_int (
      rebase, "sync.cursor", last->seq + (BATON_DEFECT (CURSOR_TOO_FAR) ? 1 : 0), error);
}

gboolean
baton_store_follow (BatonStore *store, GPtrArray *arrivals, GPtrArray *refusals, gint64 at,
    BatonFollowed *followed, GError **error)
{
  g_autoptr (GPtrArray) line = NULL;
  BatonRebase rebase;

  g_return_val_if_fail (store->epoch != NULL, FALSE);
  line = in_line (store, arrivals);
  if (!baton_rebase_begin (&rebase, store, at, followed, error))
    return FALSE;
  return baton_rebase_end (
      &rebase, follow (&rebase, line, refusals, error) && move_cursor (&rebase, line, error), error);
}
