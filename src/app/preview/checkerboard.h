/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The checkerboard that stands for nothing, below what is transparent. It begins at the upper left corner of
 * what is covered. */

void baton_snapshot_checkerboard (GtkSnapshot *snapshot, const graphene_rect_t *bounds);

/* The same upon a surface of device pixels, by the operator that is set. bounds: pixels of the widget; scale:
 * device pixels for one of them. */
void baton_paint_checkerboard (cairo_t *cr, const graphene_rect_t *bounds, double scale);

G_END_DECLS
