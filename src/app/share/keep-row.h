/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "workspace.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* A row with a switch: all files of a board are to be on this computer, and how many of them are. title: of
 * the row. Everybody may have it, whatever their role: it concerns nobody else. */
GtkWidget *baton_keep_row_new (BatonWorkspace *workspace, const char *board, const char *title);

G_END_DECLS
