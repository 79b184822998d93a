/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "card-model.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* The row at the top of the card page: the stage (to move the card), expand, menu, close. Its buttons use the
 * actions of the pane (card.…). Property "expanded" (gboolean). */
#define BATON_TYPE_CARD_HEADER (baton_card_header_get_type ())
G_DECLARE_FINAL_TYPE (BatonCardHeader, baton_card_header, BATON, CARD_HEADER, GtkBox)

GtkWidget *baton_card_header_new (void);
void baton_card_header_set_model (BatonCardHeader *self, BatonCardModel *model); /* NULL: none */
GtkMenuButton *baton_card_header_stage_button (BatonCardHeader *self);

G_END_DECLS
