/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "board.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* The board on screen: columns, lanes, cards, filter bar; dragging, keys, selection.
 * Signal open-card (const char *id). Property "search-mode" (gboolean): the filter bar is open. */
#define BATON_TYPE_BOARD_VIEW (baton_board_view_get_type ())
G_DECLARE_FINAL_TYPE (BatonBoardView, baton_board_view, BATON, BOARD_VIEW, AdwBin)

BatonBoardView *baton_board_view_new (void);
void baton_board_view_set_board (BatonBoardView *self, BatonBoard *board); /* NULL: none */
BatonBoard *baton_board_view_board (BatonBoardView *self);

void baton_board_view_start_search (BatonBoardView *self);
/* The card that is open beside the board, or NULL: its column stays in view when the board gets narrower. */
void baton_board_view_watch (BatonBoardView *self, const char *card);
void baton_board_view_new_card (
    BatonBoardView *self);                          /* quick add in the cursor's stage, else in the first */
void baton_board_view_focus (BatonBoardView *self); /* back to the card that the keyboard is on */

/* What is offered on it may be something else now. */
void baton_board_view_layout_again (BatonBoardView *self);

G_END_DECLS
