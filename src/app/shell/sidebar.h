/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "board.h"
#include "inbox.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* My work, the inbox, the review queue, boards, saved filters, and what is on a long page. Signals open-board
 * (const char *id), jump (guint section). */
#define BATON_TYPE_SIDEBAR (baton_sidebar_get_type ())
G_DECLARE_FINAL_TYPE (BatonSidebar, baton_sidebar, BATON, SIDEBAR, AdwBin)

BatonSidebar *baton_sidebar_new (void);
void baton_sidebar_set_workspace (BatonSidebar *self, BatonWorkspace *workspace); /* NULL: none */
void baton_sidebar_set_board (BatonSidebar *self, BatonBoard *board);             /* the shown one */
void baton_sidebar_set_inbox (BatonSidebar *self, BatonInbox *inbox);             /* NULL: none */
void baton_sidebar_set_inbox_shown (BatonSidebar *self, gboolean shown);
/* shown: the review view is; review: the one in it, or NULL. */
void baton_sidebar_set_review (BatonSidebar *self, gboolean shown, const char *review);
/* “On this page”: titles of its sections, NULL-terminated; NULL: none, and saved filters in their place. */
void baton_sidebar_set_sections (BatonSidebar *self, const char *const *titles);

G_END_DECLS
