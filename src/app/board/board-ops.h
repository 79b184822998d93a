/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "board.h"

G_BEGIN_DECLS

/* The board's operations on cards, one thing that a person did each. Cards: BatonItem, in the order in which
 * they shall stand. All transfer full. */

/* To a stage, before or after a card there (both NULL: at the end); lane NULL: stay in the lane. */
BatonOp *baton_board_op_move (BatonBoard *board, GPtrArray *cards, const char *stage, const char *lane,
    const char *before, const char *after);
BatonOp *baton_board_op_on_cards (BatonVerb verb, GPtrArray *cards);
BatonOp *baton_board_op_set_ref (BatonField field, GPtrArray *cards, const char *id); /* NULL unsets */
BatonOp *baton_board_op_set_time (BatonField field, GPtrArray *cards, gint64 at);     /* 0 unsets */
BatonOp *baton_board_op_label (GPtrArray *cards, const char *label, gboolean add);

/* A new card at the end of a stage, in a lane. */
BatonOp *baton_board_op_add (BatonBoard *board, const char *stage, const char *lane, const char *title);

/* What is said after it: "Moved “Hero” to “In review”", "Moved 3 cards to …". Transfer full. */
char *baton_board_moved_words (BatonBoard *board, GPtrArray *cards, const char *stage);
char *baton_board_cards_words (GPtrArray *cards); /* "“Hero”", "3 cards" */

G_END_DECLS
