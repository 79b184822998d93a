/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "workspace.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Lets a row of a list of shared items (stages, labels, …) be moved: dragged by its handle onto another row,
 * or with Alt+Up and Alt+Down. Each move is one operation. The row must lie in a GtkListBox whose rows carry
 * their items (baton_reorder_item). */
void baton_reorder_install (GtkWidget *row, GtkWidget *handle, BatonWorkspace *workspace, BatonItem *item);

/* A drag handle. */
GtkWidget *baton_reorder_handle_new (void);

/* The item that a row stands for; NULL for other rows. */
BatonItem *baton_reorder_item (GtkWidget *row);

G_END_DECLS
