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
    tx->effect->board = g_ref_string_new (board);
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
  baton_tx_note_sums (tx, card, row);
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
