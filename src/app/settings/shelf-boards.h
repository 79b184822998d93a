/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "workspace.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* Boards in the archive and in the bin, each with a button that brings it back. */
GtkWidget *baton_shelf_boards_new (BatonWorkspace *workspace);

G_END_DECLS
