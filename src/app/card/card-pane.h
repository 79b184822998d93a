/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "board.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* The card page: beside the board, or expanded to the whole window.
 * Signals: open-card (const char *id) when another card shall be shown; close-requested ().
 * Property "expanded" (gboolean). */
#define BATON_TYPE_CARD_PANE (baton_card_pane_get_type ())
G_DECLARE_FINAL_TYPE (BatonCardPane, baton_card_pane, BATON, CARD_PANE, AdwBin)

BatonCardPane *baton_card_pane_new (void);

/* Shows a card of a board; both NULL: shows nothing and lets go of the board. What is being typed is kept
 * first. */
void baton_card_pane_set_card (BatonCardPane *self, BatonBoard *board, const char *card);
const char *baton_card_pane_get_card (BatonCardPane *self); /* id or NULL */

gboolean baton_card_pane_get_expanded (BatonCardPane *self);

G_END_DECLS
