/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Children side by side in rows of as many columns as the width has room for; a row is as high as its
 * highest. */
#define BATON_TYPE_COLUMNS_LAYOUT (baton_columns_layout_get_type ())
G_DECLARE_FINAL_TYPE (BatonColumnsLayout, baton_columns_layout, BATON, COLUMNS_LAYOUT, GtkLayoutManager)

/* A box with that layout; least: how wide a column is at least, pixels, for text of the usual
 * size. */
GtkWidget *baton_columns_box_new (int least, int spacing);

/* A child that gets a row of its own. */
void baton_columns_set_wide (GtkWidget *child, gboolean wide);

G_END_DECLS
