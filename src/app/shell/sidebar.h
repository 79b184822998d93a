/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "board.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* My work, the review queue, boards and saved filters. Signal open-board (const char *id). */
#define BATON_TYPE_SIDEBAR (baton_sidebar_get_type ())
G_DECLARE_FINAL_TYPE (BatonSidebar, baton_sidebar, BATON, SIDEBAR, AdwBin)

BatonSidebar *baton_sidebar_new (void);
void baton_sidebar_set_workspace (BatonSidebar *self, BatonWorkspace *workspace); /* NULL: none */
void baton_sidebar_set_board (BatonSidebar *self, BatonBoard *board);             /* the shown one */
/* shown: the review view is; review: the one in it, or NULL. */
void baton_sidebar_set_review (BatonSidebar *self, gboolean shown, const char *review);

G_END_DECLS
