/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "card-model.h"

G_BEGIN_DECLS

/* A text of a card that can be edited in place: what it is now, where its draft is kept, and the one
 * operation that changes it. */
typedef struct
{
  BatonEntity entity; /* CARD, CHECKLIST, ITEM, COMMENT or CUSTOM_VALUE */
  BatonField field;
  char *id; /* of the row; of a custom value: of its custom field, as there may be no value yet. NULL for the
               card */
} BatonTextTarget;

BatonTextTarget *baton_text_target_new (BatonEntity entity, BatonField field, const char *id);
void baton_text_target_free (BatonTextTarget *target);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BatonTextTarget, baton_text_target_free)

/* The key of its draft: "card-id/field" for the card, "card-id/row-id" for what belongs to it. Transfer full.
 */
char *baton_text_target_key (const BatonTextTarget *target, BatonCardModel *model);
char *baton_text_target_key_of (BatonCardModel *model, BatonEntity entity, BatonField field, const char *id);

/* What it is now; never NULL. Borrowed until the next change. */
const char *baton_text_target_value (const BatonTextTarget *target, BatonCardModel *model);

/* The operation that makes it this text. NULL when there is nothing to do. */
BatonOp *baton_text_target_op (const BatonTextTarget *target, BatonCardModel *model, const char *text);

G_END_DECLS
