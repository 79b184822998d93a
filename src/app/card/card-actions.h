/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "card-model.h"

G_BEGIN_DECLS

/* Operations on the card as a whole. NULL while the card is not loaded. */

/* A card like this one, with its checklists unticked, right after it. template: kept apart from the board, to
 * be used again; from a template, FALSE makes a card of it. id gets the new card's id; transfer full. */
BatonOp *baton_card_copy_op (BatonCardModel *model, gboolean template, char **id);

BatonOp *baton_card_simple_op (BatonCardModel *model, BatonVerb verb);
BatonOp *baton_card_block_op (BatonCardModel *model, const char *reason); /* NULL unblocks */

G_END_DECLS
