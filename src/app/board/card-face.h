/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "board.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A card on the board. One widget that draws its own text: a board shows hundreds of them, and binding one
 * must cost less than a label. Its keys and accessible actions are the board's (board.*), with this card as
 * the cursor. */
#define BATON_TYPE_CARD_FACE (baton_card_face_get_type ())
G_DECLARE_FINAL_TYPE (BatonCardFace, baton_card_face, BATON, CARD_FACE, GtkWidget)

GtkWidget *baton_card_face_new (void);

/* Shows a card; the board tells what is not in the card itself. NULL lets go. */
void baton_card_face_bind (BatonCardFace *self, BatonBoard *board, BatonItem *card);
BatonItem *baton_card_face_card (BatonCardFace *self); /* borrowed, or NULL */

/* Where it stands, for screen readers: "3 of 12 in In design". */
void baton_card_face_set_place (BatonCardFace *self, guint position, guint n);

void baton_card_face_set_selected (BatonCardFace *self, gboolean selected);

/* The one whose page is beside the board. */
void baton_card_face_set_open (BatonCardFace *self, gboolean open);

/* The height that a card will probably have at this width, in pixels. */
int baton_card_face_estimate (BatonBoard *board, BatonItem *card, int width, double text_scale);

G_END_DECLS
