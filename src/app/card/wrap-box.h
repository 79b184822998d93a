/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Lays children out like words: one after the other, in as many lines as the width asks for. */
#define BATON_TYPE_WRAP_LAYOUT (baton_wrap_layout_get_type ())
G_DECLARE_FINAL_TYPE (BatonWrapLayout, baton_wrap_layout, BATON, WRAP_LAYOUT, GtkLayoutManager)

/* A box with that layout; spacing in pixels, both ways. Fill it with gtk_box_append. */
GtkWidget *baton_wrap_box_new (int spacing);

G_END_DECLS
