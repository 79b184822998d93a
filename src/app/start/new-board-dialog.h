/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "window.h"

G_BEGIN_DECLS

/* A new board from a template; template_name (may be NULL) is chosen beforehand. */
void baton_new_board_dialog_present (BatonWindow *window, const char *template_name);

G_END_DECLS
