/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "card-model.h"

G_BEGIN_DECLS

/* Operations on the card as a whole. */

BatonOp *baton_card_simple_op (BatonCardModel *model, BatonVerb verb);
BatonOp *baton_card_block_op (BatonCardModel *model, const char *reason); /* NULL unblocks */

G_END_DECLS
