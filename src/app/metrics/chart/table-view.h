/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "table.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A table on screen: sorted by a click on a column's title; only rows in sight are built. */
GtkWidget *baton_table_view_new (BatonTable *table);

G_END_DECLS
