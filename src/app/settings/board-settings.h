/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "window.h"

G_BEGIN_DECLS

/* Stages, channels, campaigns, asset types, people, labels and fields of the shown board. */
void baton_board_settings_present (BatonWindow *window);

G_END_DECLS
