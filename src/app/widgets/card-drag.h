/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define BATON_TYPE_CARD_DRAG (baton_card_drag_get_type ())
G_DECLARE_FINAL_TYPE (BatonCardDrag, baton_card_drag, BATON, CARD_DRAG, GObject)

/* What a drag lifts: the picture of a widget, or a paintable over a rectangle of the host. */
typedef struct
{
  GtkWidget *widget;       /* borrowed; NULL if `paintable` is given */
  GdkPaintable *paintable; /* owned by whoever receives the struct */
  graphene_rect_t rect;    /* in the host's coordinates; filled in by itself for `widget` */
  guint n_cards;           /* at least 1 */
} BatonCardDragSource;

/* The owner's side. Coordinates are the host's, in pixels. In order:
 * pick:   the pointer has left the threshold after a press at (x, y). Fill `source` and return TRUE to lift
 * it. The picture is taken right after this, so change nothing that is seen yet. begin:  it is lifted: mark
 * what it leaves behind. motion: the pointer is at (x, y). drop:   released at (x, y). Return FALSE if there
 * is nothing to drop on: then the drag is cancelled. Return TRUE to decide, and call baton_card_drag_finish()
 * or baton_card_drag_refuse(), from here or at any later time. cancel: called off (Escape, another button,
 * release beside every target, the grab or the window is gone). origin: where the lifted thing is now, if it
 * may have moved since; optional. ended:  everything has come to rest, the overlay is empty: unmark what was
 * left behind. Follows every begin. */
typedef struct
{
  gboolean (*pick) (BatonCardDrag *drag, double x, double y, BatonCardDragSource *source, gpointer user_data);
  void (*begin) (BatonCardDrag *drag, gpointer user_data);
  void (*motion) (BatonCardDrag *drag, double x, double y, gpointer user_data);
  gboolean (*drop) (BatonCardDrag *drag, double x, double y, gpointer user_data);
  void (*cancel) (BatonCardDrag *drag, gpointer user_data);
  gboolean (*origin) (BatonCardDrag *drag, graphene_rect_t *rect, gpointer user_data);
  void (*ended) (BatonCardDrag *drag, gboolean accepted, gpointer user_data);
} BatonCardDragFuncs;

BatonCardDrag *baton_card_drag_new (GtkOverlay *host, const BatonCardDragFuncs *funcs, gpointer user_data);

gboolean baton_card_drag_is_active (BatonCardDrag *self);
gboolean baton_card_drag_get_pointer (BatonCardDrag *self, double *x, double *y);
gboolean baton_card_drag_get_lifted (BatonCardDrag *self, graphene_rect_t *rect);
void baton_card_drag_finish (BatonCardDrag *self, gboolean accepted, const graphene_rect_t *target);
void baton_card_drag_refuse (BatonCardDrag *self, const char *message);
void baton_card_drag_cancel (BatonCardDrag *self);
void baton_card_drag_show_message (BatonCardDrag *self, const char *message, double x, double y);
const char *baton_card_drag_get_message (BatonCardDrag *self);

gboolean baton_card_drag_lift (BatonCardDrag *self, double x, double y);
void baton_card_drag_move (BatonCardDrag *self, double x, double y);
void baton_card_drag_release (BatonCardDrag *self);

G_END_DECLS
