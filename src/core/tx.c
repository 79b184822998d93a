/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-core"

#include "tx.h"

#include "baton-error.h"

#include <glib/gi18n-lib.h>

const BatonRow *
baton_tx_get (BatonTx *tx, BatonEntity entity, const char *id, GError **error)
{
  const BatonRow *row = id != NULL ? tx->view->get (tx->view, entity, id) : NULL;

  if (row == NULL)
    g_set_error (error, BATON_ERROR, BATON_ERROR_NOT_FOUND,
        _ ("What this change is about (%s %s) is not here."), baton_entity_info (entity)->name,
        id != NULL ? id : "–");
  return row;
}

const BatonRow *
baton_tx_get_live (BatonTx *tx, BatonEntity entity, const char *id, GError **error)
{
  const BatonRow *row = baton_tx_get (tx, entity, id, error);

  if (row != NULL && baton_row_int (row, baton_entity_removed (entity)) != 0)
    {
      g_set_error (error, BATON_ERROR, BATON_ERROR_NOT_FOUND,
          entity == BATON_ENTITY_CARD ? _ ("The card is in the bin. Restore it first.")
                                      : _ ("What this change is about was removed meanwhile."));
      return NULL;
    }
  return row;
}

void
baton_tx_note_board (BatonTx *tx, const BatonRow *row)
{
  BatonField field = BATON_FIELD_NONE;
  const char *board = NULL;

  if (tx->effect->board != NULL)
    return;
  if (row->entity == BATON_ENTITY_BOARD)
    board = row->id;
  else
    field = baton_field_find (row->entity, "board");
  if (field != BATON_FIELD_NONE)
    board = baton_row_text (row, field);
  if (board != NULL)
    tx->effect->board = g_ref_string_new_intern (board);
}

/* The card that a row hangs from, or NULL. */
static const char *
card_of (BatonTx *tx, const BatonRow *row)
{
  BatonField field;

  if (row->entity == BATON_ENTITY_CARD)
    return row->id;
  if (row->entity == BATON_ENTITY_ITEM)
    {
      const char *checklist = baton_row_text (row, BATON_ITEM_CHECKLIST);

      row = checklist != NULL ? tx->view->get (tx->view, BATON_ENTITY_CHECKLIST, checklist) : NULL;
      if (row == NULL)
        return NULL;
    }
  field = baton_field_find (row->entity, "card");
  return field != BATON_FIELD_NONE ? baton_row_text (row, field) : NULL;
}

static BatonSums
sums_of (BatonEntity entity)
{
  return entity == BATON_ENTITY_ITEM || entity == BATON_ENTITY_CHECKLIST ? BATON_SUM_ITEMS
         : entity == BATON_ENTITY_COMMENT                                ? BATON_SUM_COMMENTS
                                                                         : 0;
}

static void
note_sums (BatonTx *tx, const char *card, BatonSums sums)
{
  guint noted = GPOINTER_TO_UINT (g_hash_table_lookup (tx->recount, card));

  if (sums != 0)
    g_hash_table_insert (tx->recount, g_strdup (card), GUINT_TO_POINTER (noted | sums));
}

/* After a row was written: whose history is it, and do sums change? */
static void
note_card (BatonTx *tx, const BatonRow *row)
{
  const char *card = card_of (tx, row);
  const BatonRow *card_row;

  baton_tx_note_board (tx, row);
  if (card == NULL)
    return;
  baton_effect_touch (tx->effect, card);
  note_sums (tx, card, sums_of (row->entity));
  card_row = tx->view->get (tx->view, BATON_ENTITY_CARD, card);
  if (card_row != NULL)
    baton_tx_note_board (tx, card_row);
}

gboolean
baton_tx_create (BatonTx *tx, BatonRow *row, GError **error)
{
  BatonChange *change = baton_change_new_created (row);

  baton_effect_add (tx->effect, change);
  if (!tx->view->write (tx->view, change, error))
    return FALSE;
  note_card (tx, row);
  return TRUE;
}

gboolean
baton_tx_set (
    BatonTx *tx, BatonEntity entity, const char *id, BatonField field, BatonValue value, GError **error)
{
  const BatonRow *row = baton_tx_get (tx, entity, id, error);
  BatonChange *change;
  gboolean quiet =
      field == baton_entity_info (entity)->rank || (baton_field_info (field)->flags & BATON_FIELD_COUNT);
  gboolean written;

  if (row == NULL || baton_value_equal (baton_row_value (row, field), &value))
    {
      baton_value_clear (&value);
      return row != NULL;
    }
  /* An item that goes to another card's checklist leaves that card's sums. */
  if (field == BATON_ITEM_CHECKLIST)
    note_card (tx, row);
  change = baton_change_new_set (entity, id, field, baton_row_value (row, field), &value);
  baton_value_clear (&value);
  written = tx->view->write (tx->view, change, error);
  baton_effect_add (tx->effect, change);
  if (!written)
    return FALSE;
  row = tx->view->get (tx->view, entity, id);
  if (!quiet)
    note_card (tx, row);
  return TRUE;
}

gboolean
baton_tx_set_int (
    BatonTx *tx, BatonEntity entity, const char *id, BatonField field, gint64 number, GError **error)
{
  return baton_tx_set (tx, entity, id, field, baton_value_int (number), error);
}

static void
count_items (BatonTx *tx, const char *checklist, gint64 *items, gint64 *done)
{
  g_autoptr (GPtrArray) ids = tx->view->children (tx->view, BATON_ITEM_CHECKLIST, checklist);

  for (guint i = 0; i < ids->len; i++)
    {
      const BatonRow *item = tx->view->get (tx->view, BATON_ENTITY_ITEM, g_ptr_array_index (ids, i));

      if (item == NULL || baton_row_int (item, BATON_ITEM_REMOVED) != 0)
        continue;
      *items += 1;
      *done += baton_row_int (item, BATON_ITEM_DONE) != 0;
    }
}

static gboolean
recount_items (BatonTx *tx, const char *card, GError **error)
{
  g_autoptr (GPtrArray) checklists = tx->view->children (tx->view, BATON_CHECKLIST_CARD, card);
  gint64 items = 0;
  gint64 done = 0;

  for (guint i = 0; i < checklists->len; i++)
    {
      const char *id = g_ptr_array_index (checklists, i);
      const BatonRow *checklist = tx->view->get (tx->view, BATON_ENTITY_CHECKLIST, id);

      if (checklist != NULL && baton_row_int (checklist, BATON_CHECKLIST_REMOVED) == 0)
        count_items (tx, id, &items, &done);
    }
  return baton_tx_set_int (tx, BATON_ENTITY_CARD, card, BATON_CARD_ITEMS, items, error) &&
         baton_tx_set_int (tx, BATON_ENTITY_CARD, card, BATON_CARD_ITEMS_DONE, done, error);
}

static gboolean
recount_comments (BatonTx *tx, const char *card, GError **error)
{
  gint64 comments = tx->view->count (tx->view, BATON_COMMENT_CARD, card);

  return baton_tx_set_int (tx, BATON_ENTITY_CARD, card, BATON_CARD_COMMENTS, comments, error);
}

gboolean
baton_tx_recount (BatonTx *tx, GError **error)
{
  GHashTableIter iter;
  gpointer card, sums;

  g_hash_table_iter_init (&iter, tx->recount);
  while (g_hash_table_iter_next (&iter, &card, &sums))
    {
      if ((GPOINTER_TO_UINT (sums) & BATON_SUM_ITEMS) && !recount_items (tx, card, error))
        return FALSE;
      if ((GPOINTER_TO_UINT (sums) & BATON_SUM_COMMENTS) && !recount_comments (tx, card, error))
        return FALSE;
    }
  return TRUE;
}
