/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "window.h"

G_BEGIN_DECLS

/* Backups of a workspace folder, open or too damaged to open: back up now, restore. */
void baton_backups_dialog_present (BatonWindow *window, const char *folder);

G_END_DECLS
