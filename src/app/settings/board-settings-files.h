/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "board-settings-private.h"

G_BEGIN_DECLS

/* How a board names its files, which folder it watches, and what lies there that fits no card: groups for a
 * page of the board's settings. */
void baton_board_settings_add_files (BatonBoardSettings *settings, AdwPreferencesPage *page);

G_END_DECLS
