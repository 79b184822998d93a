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
