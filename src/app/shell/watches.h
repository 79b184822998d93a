/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "watch.h"
#include "window.h"

G_BEGIN_DECLS

/* The watched folders of the workspace that a window shows. */

/* Begins to watch the folders that are set for its boards, and stops those that are not any more. Files that
 * became versions are told in the window. */
void baton_watches_start (BatonWindow *window, BatonWorkspace *workspace);

void baton_watches_stop (BatonWindow *window); /* before its workspace is closed */

/* How many files of a board's folder fit no card. */
guint baton_watches_count_unmatched (BatonWindow *window, const char *board);

G_END_DECLS
