/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define BATON_TYPE_DRAG_LAYER (baton_drag_layer_get_type ())
G_DECLARE_FINAL_TYPE (BatonDragLayer, baton_drag_layer, BATON, DRAG_LAYER, GtkWidget)

typedef void (*BatonDragLayerDone) (gpointer user_data);

GtkWidget *baton_drag_layer_new (void);
void baton_drag_layer_lift (BatonDragLayer *self, GdkPaintable *paintable, const graphene_rect_t *rect,
    const graphene_point_t *grip, guint n_cards);
void baton_drag_layer_move (BatonDragLayer *self, double x, double y);
void baton_drag_layer_glide (BatonDragLayer *self, const graphene_rect_t *to, guint duration,
    BatonDragLayerDone done, gpointer user_data);
void baton_drag_layer_skip (BatonDragLayer *self);
void baton_drag_layer_clear (BatonDragLayer *self);
gboolean baton_drag_layer_get_rect (BatonDragLayer *self, graphene_rect_t *rect);

void baton_drag_layer_show_message (BatonDragLayer *self, const char *message, double x, double y);
void baton_drag_layer_hide_message (BatonDragLayer *self);
const char *baton_drag_layer_get_message (BatonDragLayer *self);

G_END_DECLS
