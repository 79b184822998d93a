/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "card-actions.h"

#include "board-ops.h"

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

/* Who does it and when belong to the one card; a template is about what and how. */
BatonOp *
baton_card_template_op (BatonCardModel *model)
{
  static const BatonField of_work[] = { BATON_CARD_OWNER, BATON_CARD_MEMBERS, BATON_CARD_DUE };
  g_autofree char *id = NULL;
  BatonOp *op = baton_board_op_duplicate (baton_card_model_board (model), baton_card_model_card (model), &id);
  BatonNewRow *first = op != NULL ? g_ptr_array_index (op->rows, 0) : NULL;

  for (guint i = 0; first != NULL && i < G_N_ELEMENTS (of_work); i++)
    baton_row_take (first->row, of_work[i], baton_value_none ());
  if (first != NULL)
    baton_row_set_int (first->row, BATON_CARD_TEMPLATE, 1);
  return op;
}
