/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "window.h"

G_BEGIN_DECLS

/* Closes the window's workspace, puts the backup in its place on another thread, and opens the folder again.
 * A toast says where the former database is kept, or why nothing was restored. */
void baton_backups_restore (BatonWindow *window, const char *folder, const char *backup);

G_END_DECLS
