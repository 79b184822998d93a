/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "board-settings.h"

void
baton_board_settings_present (BatonWindow *window)
{
}
