/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "card-model.h"
#include "text-field.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* What the card pane scrolls: the parts of one card. Made anew for each card.
 * Signal open-card (const char *id). */
#define BATON_TYPE_CARD_PAGE (baton_card_page_get_type ())
G_DECLARE_FINAL_TYPE (BatonCardPage, baton_card_page, BATON, CARD_PAGE, AdwBin)

GtkWidget *baton_card_page_new (BatonCardModel *model);

BatonTextField *baton_card_page_title (BatonCardPage *self);
/* The field of brief, notes or audience. */
BatonTextField *baton_card_page_text (BatonCardPage *self, BatonField field);

/* Puts the cursor where a comment is written. */
void baton_card_page_comment (BatonCardPage *self);

G_END_DECLS
