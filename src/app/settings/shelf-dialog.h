/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "window.h"

G_BEGIN_DECLS

/* Archive, bin and templates of the shown board, with restore. */
void baton_shelf_dialog_present (BatonWindow *window);

G_END_DECLS
