/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-store"

#include "undo-check.h"

#include "apply.h"
#include "baton-error.h"
#include "codec.h"
#include "log.h"

#include <glib/gi18n-lib.h>

/* Who looks for a value in the past of a row looks at this many operations: it was there when the undo was
 * made, and somebody who asks for anything must not make the server read its whole log. */
#define MOST_PAST 500
#define MOST_CARDS 8

/* Ranks are put back as numbers; beyond this, placing something beside them could run over. */
#define MOST_RANK (G_GINT64_CONSTANT (1) << 61)

typedef struct
{
  BatonOp *op;
  BatonEffect *effect;
  gboolean alone; /* named by itself, not as one of a batch */
  gboolean met;   /* some change of the undo is one of its */
} Target;

static void
target_free (gpointer data)
{
  Target *target = data;

  g_clear_pointer (&target->op, baton_op_free);
  g_clear_pointer (&target->effect, baton_effect_unref);
  g_free (target);
}

typedef struct
{
  BatonDb *db;
  const BatonSubmission *submission;
  GPtrArray *targets; /* Target */
  GHashTable *wrote;  /* "id field" → GPtrArray of BatonChange of the targets' effects, borrowed */
  GHashTable *of;     /* BatonChange → Target */
  GError **refusal;
} Checking;

static gboolean
forbid (Checking *checking)
{
  g_set_error_literal (checking->refusal, BATON_ERROR, BATON_ERROR_FORBIDDEN,
      _ ("This is more than taking back what was done."));
  return FALSE;
}

static gboolean
stale (Checking *checking, const char *sentence)
{
  g_set_error_literal (checking->refusal, BATON_ERROR, BATON_ERROR_STALE, sentence);
  return FALSE;
}

static const char *
not_done (void)
{
  return _ ("It cannot be undone: what it would take back was not done. Nothing was touched.");
}

static const char *
not_known (void)
{
  return _ ("It cannot be undone: what stood there before is no longer known. Nothing was touched.");
}

static char *
key_of (const char *id, BatonField field)
{
  return g_strdup_printf ("%s %d", id, field);
}

static void
index_target (Checking *checking, Target *target)
{
  for (guint i = 0; i < target->effect->changes->len; i++)
    {
      BatonChange *change = g_ptr_array_index (target->effect->changes, i);
      BatonField field = change->created ? baton_entity_removed (change->entity) : change->field;
      char *key = key_of (change->id, field);
      GPtrArray *same = g_hash_table_lookup (checking->wrote, key);

      if (same == NULL)
        {
          same = g_ptr_array_new ();
          g_hash_table_insert (checking->wrote, key, same);
        }
      else
        g_free (key);
      g_ptr_array_add (same, change);
      g_hash_table_insert (checking->of, change, target);
    }
}

/* Nobody takes back what another account did. */
static gboolean
is_own (Checking *checking, sqlite3_stmt *statement)
{
  const char *author = (const char *) sqlite3_column_text (statement, BATON_LOG_N_COLUMNS + 1);

  return author == NULL || checking->submission->author == NULL ||
         g_str_equal (author, checking->submission->author);
}

static gboolean
read_target (Checking *checking, gint64 seq, gboolean alone, GError **error)
{
  sqlite3_stmt *statement = baton_db_prepare (checking->db,
      "SELECT " BATON_LOG_COLUMNS ", effect.body, coalesce (author, person) FROM log"
      " JOIN device ON device.id = log.device JOIN effect ON effect.seq = log.seq WHERE log.seq = ?",
      error);
  g_autoptr (BatonCachedStatement) held = statement;
  Target *target;
  gboolean found;

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, seq);
  if (!baton_db_step (checking->db, statement, &found, error))
    return FALSE;
  if (!found)
    return stale (checking, not_done ());
  if (!is_own (checking, statement))
    return forbid (checking);
  target = g_new0 (Target, 1);
  g_ptr_array_add (checking->targets, target);
  target->alone = alone;
  target->op = baton_log_read (statement, 0, error);
  target->effect =
      baton_effect_read ((const char *) sqlite3_column_text (statement, BATON_LOG_N_COLUMNS), -1, error);
  if (target->op == NULL || target->effect == NULL)
    return FALSE;
  index_target (checking, target);
  return TRUE;
}

static gboolean
read_targets (Checking *checking, GError **error)
{
  const BatonOp *op = checking->submission->op;

  for (guint i = 0; i < op->targets->len; i++)
    {
      const char *name = g_ptr_array_index (op->targets, i);
      gboolean alone = !g_str_has_prefix (name, "batch:");
      g_autoptr (GArray) seqs = baton_log_target (checking->db, BATON_SEQ_PENDING, name);

      if (seqs->len == 0)
        return stale (checking, not_done ());
      for (guint j = 0; j < seqs->len; j++)
        {
          if (!read_target (checking, g_array_index (seqs, gint64, j), alone, error))
            return FALSE;
        }
    }
  return TRUE;
}

/* Whether the operation itself speaks of a field of a row, whatever came of it here: it may have found
 * nothing to do because somebody else had written the same. */
static gboolean
op_speaks_of (const BatonOp *op, const BatonChange *change)
{
  if (op->changes != NULL && baton_effect_find (op->changes, change->id, change->field) != NULL)
    return TRUE;
  if (!g_ptr_array_find_with_equal_func (op->ids, change->id, g_str_equal, NULL))
    return FALSE;
  for (guint i = 0; i < op->sets->len; i++)
    {
      if (g_array_index (op->sets, BatonSet, i).field == change->field)
        return TRUE;
    }
  return FALSE;
}

static Target *
find_speaker (Checking *checking, const BatonChange *change)
{
  for (guint i = 0; i < checking->targets->len; i++)
    {
      Target *target = g_ptr_array_index (checking->targets, i);

      if (op_speaks_of (target->op, change))
        return target;
    }
  return NULL;
}

/* Whether a field ever had this value, as far as these operations tell. */
static gboolean
past_holds (BatonDb *db, const char *sql, const char *of, const BatonChange *change, GError **error)
{
  sqlite3_stmt *statement = baton_db_prepare (db, sql, error);
  g_autoptr (BatonCachedStatement) held = statement;
  gboolean more;

  if (statement == NULL)
    return FALSE;
  baton_bind_text (statement, 1, of);
  sqlite3_bind_int (statement, 2, MOST_PAST);
  while (baton_db_step (db, statement, &more, error) && more)
    {
      g_autoptr (BatonEffect) effect =
          baton_effect_read ((const char *) sqlite3_column_text (statement, 0), -1, NULL);
      const BatonChange *past = effect != NULL ? baton_effect_find (effect, change->id, change->field) : NULL;

      if (past != NULL && (baton_value_equal (&past->before, &change->after) ||
                              baton_value_equal (&past->after, &change->after)))
        return TRUE;
    }
  return FALSE;
}

static gboolean
was_there (Checking *checking, const Target *target, const BatonChange *change, GError **error)
{
  const GPtrArray *cards = target->effect->cards;

  if (change->entity == BATON_ENTITY_CARD)
    return past_holds (checking->db,
        "SELECT body FROM touch JOIN effect ON effect.seq = touch.seq WHERE card = ? ORDER BY touch.seq DESC"
        " LIMIT ?",
        change->id, change, error);
  for (guint i = 0; i < MIN (cards->len, MOST_CARDS); i++)
    {
      if (past_holds (checking->db,
              "SELECT body FROM touch JOIN effect ON effect.seq = touch.seq WHERE card = ?"
              " ORDER BY touch.seq DESC LIMIT ?",
              g_ptr_array_index (cards, i), change, error))
        return TRUE;
    }
  /* Stages, labels, names: few operations speak of them, and they say which row. */
  return cards->len == 0 &&
         past_holds (checking->db,
             "SELECT effect.body FROM (SELECT seq, body FROM log WHERE seq < 1152921504606846976"
             " ORDER BY seq DESC LIMIT 20 * ?2) AS said JOIN effect ON effect.seq = said.seq"
             " WHERE instr (effect.body, ?1) > 0 LIMIT ?2",
             change->id, change, error);
}

/* The members that the targets put into a set, or took out of it, in what came of them or in what they say.
 */
static gboolean
member_moved (Checking *checking, GPtrArray *same, const BatonChange *change, const char *member, gboolean in)
{
  for (guint i = 0; same != NULL && i < same->len; i++)
    {
      const BatonChange *wrote = g_ptr_array_index (same, i);
      const char *before = wrote->before.kind == BATON_VALUE_TEXT ? wrote->before.text : NULL;
      const char *after = wrote->after.kind == BATON_VALUE_TEXT ? wrote->after.text : NULL;

      if (baton_set_contains (in ? after : before, member) &&
          !baton_set_contains (in ? before : after, member))
        return TRUE;
    }
  for (guint i = 0; i < checking->targets->len; i++)
    {
      Target *target = g_ptr_array_index (checking->targets, i);

      if (!g_ptr_array_find_with_equal_func (target->op->ids, change->id, g_str_equal, NULL))
        continue;
      for (guint j = 0; j < target->op->links->len; j++)
        {
          const BatonLink *link = &g_array_index (target->op->links, BatonLink, j);

          if (link->field == change->field && link->add == in && g_str_equal (link->id, member))
            return target->met = TRUE;
        }
    }
  return FALSE;
}

static gboolean
check_set (Checking *checking, GPtrArray *same, const BatonChange *change)
{
  const char *expected = change->before.kind == BATON_VALUE_TEXT ? change->before.text : NULL;
  const char *wanted = change->after.kind == BATON_VALUE_TEXT ? change->after.text : NULL;
  g_auto (GStrv) gone = baton_set_split (expected);
  g_auto (GStrv) back = baton_set_split (wanted);

  for (guint i = 0; gone[i] != NULL; i++)
    {
      if (!baton_set_contains (wanted, gone[i]) && !member_moved (checking, same, change, gone[i], TRUE))
        return forbid (checking);
    }
  for (guint i = 0; back[i] != NULL; i++)
    {
      if (!baton_set_contains (expected, back[i]) && !member_moved (checking, same, change, back[i], FALSE))
        return forbid (checking);
    }
  return TRUE;
}

/* A time that the rules keep is put back as its maker knew it: before the server told its own estimate, that
 * may be another one. It is set or not set as it was; the rules keep it from the future. */
static gboolean
fits_time (const BatonChange *wrote, const BatonChange *change)
{
  gboolean set = change->after.kind == BATON_VALUE_INT;
  gboolean was_set = wrote->created || wrote->before.kind == BATON_VALUE_INT;

  return set == was_set && (!set || change->after.number > 0);
}

static gboolean
fits (const BatonChange *wrote, const BatonChange *change)
{
  const BatonFieldInfo *info = baton_field_info (change->field);

  if (wrote->created || (info->type == BATON_TYPE_TIME && (info->flags & BATON_FIELD_SYSTEM)))
    return fits_time (wrote, change);
  return baton_value_equal (&wrote->before, &change->after);
}

static gboolean
is_rank (const BatonChange *change)
{
  return change->field == baton_entity_info (change->entity)->rank;
}

/* Placing something may give its neighbours new ranks, here others than where the undo was made. */
static gboolean
check_rank (Checking *checking, GPtrArray *same, const BatonChange *change)
{
  gint64 rank = change->after.kind == BATON_VALUE_INT ? change->after.number : G_MAXINT64;

  if (rank < -MOST_RANK || rank > MOST_RANK)
    return forbid (checking);
  for (guint i = 0; i < checking->targets->len; i++)
    {
      const Target *target = g_ptr_array_index (checking->targets, i);

      if (baton_verb_info (target->op->verb)->entity == change->entity ||
          baton_verb_info (target->op->verb)->action == BATON_ACTION_UNDO)
        return TRUE;
    }
  return same != NULL || forbid (checking);
}

static gboolean
check_change (Checking *checking, const BatonChange *change, GError **error)
{
  g_autofree char *key = key_of (change->id, change->field);
  GPtrArray *same = g_hash_table_lookup (checking->wrote, key);
  Target *speaker = NULL;

  /* What the rules alone keep is never in an honest undo. */
  if (change->created || change->vanished || (baton_field_info (change->field)->flags & BATON_FIELD_COUNT))
    return forbid (checking);
  for (guint i = 0; same != NULL && i < same->len; i++)
    {
      speaker = g_hash_table_lookup (checking->of, g_ptr_array_index (same, i));
      speaker->met = TRUE;
    }
  if (baton_field_info (change->field)->type == BATON_TYPE_SET)
    return check_set (checking, same, change);
  if (is_rank (change))
    return check_rank (checking, same, change);
  for (guint i = 0; same != NULL && i < same->len; i++)
    {
      if (fits (g_ptr_array_index (same, i), change))
        return TRUE;
    }
  if (speaker == NULL)
    speaker = find_speaker (checking, change);
  if (speaker == NULL)
    return forbid (checking);
  speaker->met = TRUE;
  return was_there (checking, speaker, change, error) ||
         ((error == NULL || *error == NULL) && stale (checking, not_known ()));
}

/* What an undo names counts as not done. So it takes it back: at least something of it, and of a move the
 * move itself. */
static gboolean
check_taken_back (Checking *checking, const Target *target)
{
  const BatonEffect *undo = checking->submission->op->changes;
  g_autoptr (BatonEffect) inverse = baton_effect_invert (&target->effect, 1, 1);

  if (!target->alone)
    return TRUE;
  if (!target->met && inverse->changes->len > 0)
    return forbid (checking);
  for (guint i = 0; i < inverse->changes->len; i++)
    {
      const BatonChange *change = g_ptr_array_index (inverse->changes, i);

      if (change->field == BATON_CARD_STAGE && baton_effect_find (undo, change->id, change->field) == NULL)
        return stale (checking, not_known ());
    }
  return TRUE;
}

static gboolean
check (Checking *checking, GError **error)
{
  const BatonOp *op = checking->submission->op;

  if (!read_targets (checking, error))
    return FALSE;
  for (guint i = 0; op->changes != NULL && i < op->changes->changes->len; i++)
    {
      if (!check_change (checking, g_ptr_array_index (op->changes->changes, i), error))
        return FALSE;
    }
  for (guint i = 0; i < checking->targets->len; i++)
    {
      if (!check_taken_back (checking, g_ptr_array_index (checking->targets, i)))
        return FALSE;
    }
  return TRUE;
}

gboolean
baton_undo_check (BatonDb *db, const BatonSubmission *submission, GError **refusal, GError **error)
{
  Checking checking = { .db = db, .submission = submission, .refusal = refusal };
  gboolean ok;

  if (baton_verb_info (submission->op->verb)->action != BATON_ACTION_UNDO)
    return TRUE;
  checking.targets = g_ptr_array_new_with_free_func (target_free);
  checking.wrote =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);
  checking.of = g_hash_table_new (NULL, NULL);
  ok = check (&checking, error);
  g_hash_table_unref (checking.of);
  g_hash_table_unref (checking.wrote);
  g_ptr_array_unref (checking.targets);
  return ok;
}
