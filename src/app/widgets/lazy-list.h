/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define BATON_TYPE_LAZY_LIST (baton_lazy_list_get_type ())
G_DECLARE_FINAL_TYPE (BatonLazyList, baton_lazy_list, BATON, LAZY_LIST, GtkWidget)

/* How the owner makes rows. All but `unbind` are required.
 * create:   a new, empty row (floating reference); rows are reused for other items.
 * bind:     fills a row with an item. Called once for each item that comes into view; a row whose item merely
 *           changes its position is not bound again.
 * unbind:   the row lets go of the item.
 * estimate: the height in pixels that the item's row will probably have at this width, from the item alone.
 *           Called for every item of the model, so it must be cheap; the better it is, the calmer the
 * scrolling. */
typedef struct
{
  GtkWidget *(*create) (gpointer user_data);
  void (*bind) (GtkWidget *row, GObject *item, guint position, gpointer user_data);
  void (*unbind) (GtkWidget *row, GObject *item, gpointer user_data);
  int (*estimate) (GObject *item, int width, gpointer user_data);
} BatonLazyListFuncs;

GtkWidget *baton_lazy_list_new (
    const BatonLazyListFuncs *funcs, gpointer user_data, GDestroyNotify user_data_destroy);

void baton_lazy_list_set_model (BatonLazyList *self, GListModel *model);
GListModel *baton_lazy_list_get_model (BatonLazyList *self);
void baton_lazy_list_set_spacing (BatonLazyList *self, int spacing);
int baton_lazy_list_get_spacing (BatonLazyList *self);
void baton_lazy_list_set_overscan (BatonLazyList *self, int overscan);
void baton_lazy_list_set_adjustment (BatonLazyList *self, GtkAdjustment *vadjustment, GtkWidget *viewport);
void baton_lazy_list_invalidate_heights (BatonLazyList *self);

void baton_lazy_list_scroll_to (BatonLazyList *self, guint position);
GtkWidget *baton_lazy_list_get_row (BatonLazyList *self, guint position);
GtkWidget *baton_lazy_list_peek_row (BatonLazyList *self, guint position);
guint baton_lazy_list_get_position (BatonLazyList *self, GtkWidget *descendant);
gboolean baton_lazy_list_get_bounds (BatonLazyList *self, guint position, graphene_rect_t *bounds);
guint baton_lazy_list_position_at (BatonLazyList *self, double y);
guint baton_lazy_list_row_at (BatonLazyList *self, double y);
guint baton_lazy_list_get_n_realised (BatonLazyList *self);

void baton_lazy_list_set_gap (BatonLazyList *self, int index, int height);
int baton_lazy_list_get_gap (BatonLazyList *self);
gboolean baton_lazy_list_get_gap_bounds (BatonLazyList *self, graphene_rect_t *bounds);
void baton_lazy_list_set_lifted (BatonLazyList *self, GHashTable *items);

G_END_DECLS
