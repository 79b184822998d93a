/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "window.h"

G_BEGIN_DECLS

/* A value of mine that somebody replaced unseen is told where it happened: once, quietly, on the board that
 * is open, with Restore. Everything else of the kind is in the inbox alone. One for the life of a window; it
 * follows its inbox. */
void baton_replaced_toast_watch (BatonWindow *window);

G_END_DECLS
