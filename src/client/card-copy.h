/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "reader.h"

G_BEGIN_DECLS

typedef enum
{
  BATON_COPY_DUPLICATE,     /* everything that describes the card, beside it */
  BATON_COPY_TO_TEMPLATE,   /* without what belongs to one time: owner, members, due date */
  BATON_COPY_FROM_TEMPLATE, /* a card like the template, last in its stage */
} BatonCopyKind;

/* The one card.add operation that copies a card with its checklists, nothing ticked. stage NULL: the card's
 * own. *id: the new card's; transfer full. NULL with the error when the card cannot be read. */
BatonOp *baton_card_copy (
    BatonReader *reader, const char *card, BatonCopyKind kind, const char *stage, char **id, GError **error);

G_END_DECLS
