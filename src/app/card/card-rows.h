/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "workspace.h"

G_BEGIN_DECLS

/* What belongs to one card, as it is read on another thread for the card model. */
typedef struct
{
  BatonRow *card;  /* with its long texts; NULL when there is none */
  GPtrArray *rows; /* of BatonRow: checklists before their items */
} BatonCardRows;

/* The field that says to which card a row of this entity belongs: the card's id, for an item that of its
 * checklist. BATON_FIELD_NONE: not a part of a card. */
BatonField baton_card_rows_owner (BatonEntity entity);

/* A query for baton_workspace_query_async; data is the id of the card. Gives BatonCardRows, or NULL with an
 * error. */
gpointer baton_card_rows_read (BatonReader *reader, gpointer data, GCancellable *cancellable, GError **error);
void baton_card_rows_free (gpointer rows);

G_END_DECLS
