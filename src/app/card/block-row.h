/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "card-model.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* Why the card is blocked, in words, with a way out; or a way to block it with a reason. */
#define BATON_TYPE_BLOCK_ROW (baton_block_row_get_type ())
G_DECLARE_FINAL_TYPE (BatonBlockRow, baton_block_row, BATON, BLOCK_ROW, GtkBox)

GtkWidget *baton_block_row_new (BatonCardModel *model);
void baton_block_row_ask (BatonBlockRow *self);
/* The button that asks for a reason, for whoever shows the row to put where it fits. Borrowed. */
GtkWidget *baton_block_row_button (BatonBlockRow *self);
gboolean baton_block_row_is_blocked (BatonBlockRow *self);

G_END_DECLS
