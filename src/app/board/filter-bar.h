/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "board.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Search as you type, filters that combine, each condition as a chip that can be taken away, and saving them
 * under a name. Property "search-mode" (gboolean). */
#define BATON_TYPE_FILTER_BAR (baton_filter_bar_get_type ())
G_DECLARE_FINAL_TYPE (BatonFilterBar, baton_filter_bar, BATON, FILTER_BAR, GtkWidget)

GtkWidget *baton_filter_bar_new (void);
void baton_filter_bar_set_board (BatonFilterBar *self, BatonBoard *board); /* NULL: none */
void baton_filter_bar_start (BatonFilterBar *self); /* opens it, with the focus in the entry */

G_END_DECLS
