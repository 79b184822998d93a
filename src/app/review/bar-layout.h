/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Children in a row, of which the first gets the room that is left. The last one has a line of its own where
 * it would be cut off beside the others. */
GtkLayoutManager *baton_bar_layout_new (void);

G_END_DECLS
