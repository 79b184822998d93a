/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-core"

#include "tx.h"

#include "baton-error.h"

#include <glib/gi18n-lib.h>

static gboolean
stale (GError **error, const BatonFieldInfo *info)
{
  g_set_error (error, BATON_ERROR, BATON_ERROR_STALE,
      _ ("It cannot be undone: “%s” has been changed again since. Nothing was touched."), info->name);
  return FALSE;
}

/* Sets are undone by their difference, so that what others added or took away since stays. */
static gboolean
undo_set (BatonTx *tx, const BatonChange *change, const BatonRow *row, GError **error)
{
  const char *expected = change->before.kind == BATON_VALUE_TEXT ? change->before.text : NULL;
  const char *wanted = change->after.kind == BATON_VALUE_TEXT ? change->after.text : NULL;
  g_auto (GStrv) gone = baton_set_split (expected);
  g_auto (GStrv) back = baton_set_split (wanted);
  BatonValue value = baton_value_copy (baton_row_value (row, change->field));

  for (guint i = 0; gone[i] != NULL; i++)
    {
      BatonValue old = value;

      if (baton_set_contains (wanted, gone[i]))
        continue;
      value = baton_set_remove (old.kind == BATON_VALUE_TEXT ? old.text : NULL, gone[i]);
      baton_value_clear (&old);
    }
  for (guint i = 0; back[i] != NULL; i++)
    {
      BatonValue old = value;

      if (baton_set_contains (expected, back[i]))
        continue;
      if (change->field == BATON_CARD_BLOCKERS && !baton_rule_no_cycle (tx, change->id, back[i], error))
        {
          baton_value_clear (&value);
          return FALSE;
        }
      value = baton_set_add (old.kind == BATON_VALUE_TEXT ? old.text : NULL, back[i]);
      baton_value_clear (&old);
    }
  return baton_tx_set (tx, change->entity, change->id, change->field, value, error);
}

static gboolean
has_cards (BatonTx *tx, const char *stage)
{
  g_autoptr (GPtrArray) cards = tx->view->children (tx->view, BATON_CARD_STAGE, stage);

  for (guint i = 0; i < cards->len; i++)
    {
      const BatonRow *card = tx->view->get (tx->view, BATON_ENTITY_CARD, g_ptr_array_index (cards, i));

      if (baton_row_int (card, BATON_CARD_REMOVED) == 0)
        return TRUE;
    }
  return FALSE;
}

/* A new stage may be taken back only while nobody has put a card into it, into its archive neither. */
static gboolean
check_removal (BatonTx *tx, const BatonChange *change, GError **error)
{
  if (change->entity != BATON_ENTITY_STAGE || change->field != BATON_STAGE_REMOVED ||
      change->after.kind == BATON_VALUE_NONE)
    return TRUE;
  if (!has_cards (tx, change->id))
    return TRUE;
  g_set_error_literal (error, BATON_ERROR, BATON_ERROR_STALE,
      _ ("It cannot be undone: the stage has cards now. Move them first."));
  return FALSE;
}

/* An asset is made with its first version. If that is taken back, others may still be there. */
static gboolean
has_other_versions (BatonTx *tx, const char *asset)
{
  const GPtrArray *changes = tx->op->changes->changes;

  for (guint i = 0; i < changes->len; i++)
    {
      const BatonChange *change = g_ptr_array_index (changes, i);

      if (change->field == BATON_VERSION_REMOVED)
        return tx->view->count (tx->view, BATON_VERSION_ASSET, asset) > 0;
    }
  return FALSE;
}

/* Who takes a restoring back puts it into the bin again with the reason that was given then. */
static gboolean
gives_reason (BatonTx *tx, const char *version)
{
  const BatonChange *change = baton_effect_find (tx->op->changes, version, BATON_VERSION_REASON);

  return change != NULL && change->after.kind == BATON_VALUE_TEXT;
}

/* What others have built on is not taken back under their feet: an approved version, an asset with versions
 * of others, a review that is decided. */
static gboolean
check_taken_back (BatonTx *tx, const BatonChange *change, const BatonRow *row, GError **error)
{
  const char *sentence = NULL;

  if (change->field != baton_entity_removed (change->entity) || change->after.kind == BATON_VALUE_NONE)
    return TRUE;
  if (change->entity == BATON_ENTITY_VERSION && baton_rule_is_approved (row) &&
      !gives_reason (tx, change->id))
    sentence = _ ("It cannot be undone: the version has been approved since.");
  else if (change->entity == BATON_ENTITY_ASSET && has_other_versions (tx, change->id))
    sentence = _ ("It cannot be undone: the asset has other versions now.");
  else if (change->entity == BATON_ENTITY_REVIEW && baton_row_int (row, BATON_REVIEW_CLOSED) != 0)
    sentence = _ ("It cannot be undone: the review has been decided since.");
  if (sentence == NULL)
    return TRUE;
  g_set_error_literal (error, BATON_ERROR, BATON_ERROR_STALE, sentence);
  return FALSE;
}

/* A card that comes out of the bin must come into a stage that is there. */
static gboolean
check_returned (BatonTx *tx, const BatonChange *change, GError **error)
{
  const BatonRow *card;

  if (change->field != BATON_CARD_REMOVED || change->after.kind != BATON_VALUE_NONE)
    return TRUE;
  card = tx->view->get (tx->view, BATON_ENTITY_CARD, change->id);
  return baton_tx_get_live (tx, BATON_ENTITY_STAGE, baton_row_text (card, BATON_CARD_STAGE), error) != NULL;
}

/* The way back leads only to a stage that is still there. */
static gboolean
check_stage (BatonTx *tx, const BatonChange *change, GError **error)
{
  if (change->field != BATON_CARD_STAGE)
    return TRUE;
  return change->after.kind == BATON_VALUE_TEXT &&
         baton_tx_get_live (tx, BATON_ENTITY_STAGE, change->after.text, error) != NULL;
}

/* Where a row stands among its siblings and since when it is there follow the stage; they are put back, not
 * compared. */
static gboolean
is_compared (const BatonFieldInfo *info)
{
  return !(info->flags & BATON_FIELD_SYSTEM);
}

/* A time that the rules keep is never later than the undo itself: its maker's clock may run ahead. */
static BatonValue
value_to_write (BatonTx *tx, const BatonChange *change, const BatonFieldInfo *info)
{
  if (info->type == BATON_TYPE_TIME && (info->flags & BATON_FIELD_SYSTEM) &&
      change->after.kind == BATON_VALUE_INT && change->after.number > tx->op->at)
    return baton_value_int (tx->op->at);
  return baton_value_copy (&change->after);
}

static gboolean
undo_change (BatonTx *tx, const BatonChange *change, GError **error)
{
  const BatonFieldInfo *info = baton_field_info (change->field);
  const BatonRow *row = baton_tx_get (tx, change->entity, change->id, error);

  if (row == NULL)
    return FALSE;
  if (info->type == BATON_TYPE_SET)
    return undo_set (tx, change, row, error);
  if (is_compared (info) && !baton_value_equal (baton_row_value (row, change->field), &change->before))
    return stale (error, info);
  if (!check_removal (tx, change, error) || !check_taken_back (tx, change, row, error) ||
      !check_stage (tx, change, error))
    return FALSE;
  return baton_tx_set (
      tx, change->entity, change->id, change->field, value_to_write (tx, change, info), error);
}

/* A stage that comes back must be there before its cards do, and one that goes must be empty first. */
static guint
order_of (const BatonChange *change)
{
  if (change->entity != BATON_ENTITY_STAGE || change->field != BATON_STAGE_REMOVED)
    return 1;
  return change->after.kind == BATON_VALUE_NONE ? 0 : 2;
}

/* The changes of an undo come from a program, and are held to the same rules as anything else. */
static gboolean
check_result (BatonTx *tx, const BatonChange *change, GError **error)
{
  if (!is_compared (baton_field_info (change->field)))
    return check_returned (tx, change, error);
  return baton_rule_row (tx, tx->view->get (tx->view, change->entity, change->id), error);
}

/* Where the row of a change hangs once everything is written; borrowed until the next write. */
static const char *
parent_afterwards (BatonTx *tx, const BatonChange *change)
{
  BatonField parent = baton_entity_info (change->entity)->parent;
  const BatonChange *moved =
      parent != BATON_FIELD_NONE ? baton_effect_find (tx->op->changes, change->id, parent) : NULL;

  if (moved != NULL)
    return moved->after.kind == BATON_VALUE_TEXT ? moved->after.text : NULL;
  return parent != BATON_FIELD_NONE
             ? baton_row_text (tx->view->get (tx->view, change->entity, change->id), parent)
             : NULL;
}

/* Places that somebody has now, which may be one of those that come back. Transfer full, of changes. */
static GPtrArray *
taken_places (BatonTx *tx)
{
  const GPtrArray *changes = tx->op->changes->changes;
  GPtrArray *taken = g_ptr_array_new ();

  for (guint i = 0; i < changes->len; i++)
    {
      const BatonChange *change = g_ptr_array_index (changes, i);

      if (!change->created && change->field == baton_entity_info (change->entity)->rank &&
          change->after.kind == BATON_VALUE_INT &&
          tx->view->get (tx->view, change->entity, change->id) != NULL &&
          baton_place_is_taken (tx, change->entity, parent_afterwards (tx, change), change->after.number))
        g_ptr_array_add (taken, (gpointer) change);
    }
  return taken;
}

/* A place may have been given away since, as the end of a stage is to the next card: who comes back stands
 * beside the one who has it, not upon it, or nothing could be dropped between the two. */
static gboolean
stand_apart (BatonTx *tx, GPtrArray *taken, GError **error)
{
  g_autoptr (GHashTable) done = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < taken->len; i++)
    {
      const BatonChange *change = g_ptr_array_index (taken, i);
      g_autofree char *parent = g_strdup (parent_afterwards (tx, change));

      if (g_hash_table_add (
              done, g_strdup_printf ("%d/%s", (int) change->entity, parent != NULL ? parent : "")) &&
          !baton_place_apart (tx, change->entity, parent, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
baton_apply_undo (BatonTx *tx, GError **error)
{
  const GPtrArray *changes = tx->op->changes->changes;
  g_autoptr (GPtrArray) taken = taken_places (tx);

  for (guint pass = 0; pass < 3; pass++)
    {
      for (guint i = 0; i < changes->len; i++)
        {
          const BatonChange *change = g_ptr_array_index (changes, i);

          if (change->created || order_of (change) != pass)
            continue;
          if (!undo_change (tx, change, error))
            return FALSE;
        }
    }
  for (guint i = 0; i < changes->len; i++)
    {
      const BatonChange *change = g_ptr_array_index (changes, i);

      if (!change->created && !check_result (tx, change, error))
        return FALSE;
    }
  return stand_apart (tx, taken, error);
}
