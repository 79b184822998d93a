/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "watch.h"

G_BEGIN_DECLS

/* The watched folders of the boards, at work as long as the workspace is open. Main thread only. */

/* Begins with those that this device remembers. */
void baton_watches_start (BatonWorkspace *workspace);
/* Before the workspace is closed. */
void baton_watches_stop (BatonWorkspace *workspace);

/* The one of a board, NULL for none. Borrowed. */
BatonWatch *baton_watches_get (BatonWorkspace *workspace, const char *board);
/* Remembers and begins; folder NULL: ends. FALSE with error when the folder cannot be watched. */
gboolean baton_watches_set (BatonWorkspace *workspace, const char *board, const char *folder, GError **error);

G_END_DECLS
