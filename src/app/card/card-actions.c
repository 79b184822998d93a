/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "card-actions.h"

BatonOp *
baton_card_simple_op (BatonCardModel *model, BatonVerb verb)
{
  BatonOp *op = baton_op_new (verb);

  baton_op_add_id (op, baton_card_model_id (model));
  return op;
}

BatonOp *
baton_card_block_op (BatonCardModel *model, const char *reason)
{
  BatonOp *op =
      baton_card_simple_op (model, reason != NULL ? BATON_VERB_CARD_BLOCK : BATON_VERB_CARD_UNBLOCK);

  if (reason != NULL)
    baton_op_set_text (op, BATON_CARD_BLOCKED_REASON, reason);
  else
    baton_op_set_none (op, BATON_CARD_BLOCKED_REASON);
  return op;
}

static void
copy_fields (BatonRow *to, const BatonRow *from, const BatonField *fields, guint n_fields)
{
  for (guint i = 0; i < n_fields; i++)
    baton_row_take (to, fields[i], baton_value_copy (baton_row_value (from, fields[i])));
}

static void
copy_items (BatonOp *op, BatonColumn *items, const char *checklist)
{
  for (guint i = 0; i < baton_column_size (items); i++)
    {
      g_autofree char *id = baton_workspace_new_id ();
      BatonRow *row = baton_op_add_row (op, BATON_ENTITY_ITEM, id);

      baton_row_set_text (row, BATON_ITEM_CHECKLIST, checklist);
      baton_row_set_text (
          row, BATON_ITEM_TEXT, baton_item_text (baton_column_peek (items, i), BATON_ITEM_TEXT));
    }
}

static void
copy_checklists (BatonOp *op, BatonCardModel *model, const char *card)
{
  BatonColumn *checklists = baton_card_model_checklists (model);

  for (guint i = 0; i < baton_column_size (checklists); i++)
    {
      BatonItem *checklist = baton_column_peek (checklists, i);
      g_autofree char *id = baton_workspace_new_id ();
      BatonRow *row = baton_op_add_row (op, BATON_ENTITY_CHECKLIST, id);

      baton_row_set_text (row, BATON_CHECKLIST_CARD, card);
      baton_row_set_text (row, BATON_CHECKLIST_TITLE, baton_item_text (checklist, BATON_CHECKLIST_TITLE));
      copy_items (op, baton_card_model_items (model, baton_item_id (checklist)), id);
    }
}

/* Who does it, when, and what blocks it belong to the one card; what it is about is copied. A template keeps
 * no date. */
BatonOp *
baton_card_copy_op (BatonCardModel *model, gboolean template, char **id)
{
  static const BatonField fields[] = { BATON_CARD_STAGE, BATON_CARD_TITLE, BATON_CARD_BRIEF, BATON_CARD_NOTES,
    BATON_CARD_AUDIENCE, BATON_CARD_CHANNEL, BATON_CARD_CAMPAIGN, BATON_CARD_ASSET_TYPE, BATON_CARD_URGENCY,
    BATON_CARD_LABELS };
  static const BatonField of_work[] = { BATON_CARD_OWNER, BATON_CARD_MEMBERS, BATON_CARD_DUE };
  const BatonRow *from = baton_card_model_row (model);
  BatonOp *op;
  BatonRow *row;

  if (from == NULL)
    return NULL;
  *id = baton_workspace_new_id ();
  op = baton_op_new (BATON_VERB_CARD_ADD);
  row = baton_op_add_row (op, BATON_ENTITY_CARD, *id);
  baton_op_place_row (op, NULL, from->id);
  copy_fields (row, from, fields, G_N_ELEMENTS (fields));
  if (template)
    baton_row_set_int (row, BATON_CARD_TEMPLATE, 1);
  else
    copy_fields (row, from, of_work, G_N_ELEMENTS (of_work));
  copy_checklists (op, model, *id);
  return op;
}
