/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define BATON_TYPE_EDGE_SCROLLER (baton_edge_scroller_get_type ())
G_DECLARE_FINAL_TYPE (BatonEdgeScroller, baton_edge_scroller, BATON, EDGE_SCROLLER, GObject)

BatonEdgeScroller *baton_edge_scroller_new (
    GtkWidget *area, GtkAdjustment *hadjustment, GtkAdjustment *vadjustment);
void baton_edge_scroller_point (BatonEdgeScroller *self, double x, double y);
void baton_edge_scroller_stop (BatonEdgeScroller *self);

G_END_DECLS
