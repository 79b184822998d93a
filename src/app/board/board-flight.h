/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "board-view-private.h"
#include "effect.h"

G_BEGIN_DECLS

/* Others have moved cards: those that are seen fly to their new stages, so that one sees where they went.
 * Called when the models have followed and nothing is laid out yet. A crowd that moves at once, and a desktop
 * that wants no motion, are spared. */
void baton_board_view_fly (BatonBoardView *self, const BatonEffect *effect);

G_END_DECLS
