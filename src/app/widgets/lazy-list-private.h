/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "height-index.h"
#include "lazy-list.h"
#include "lazy-scroller.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* One built row. `y` and `height` are where it belongs in the list; while rows slide it is drawn `from` × the
 * animation's value away from there. */
typedef struct
{
  GtkWidget *widget;
  GObject *item;
  guint position;
  int y;
  int height;
  double seen; /* y at the end of the last settled frame; NAN before the first one */
  double from;
  bool fresh; /* its item has just been inserted: fades in instead of sliding */
} BatonLazyRow;

/* What must not jump: the row the person looks at, and where it was in the last settled frame. */
typedef struct
{
  bool set;
  bool whole; /* its top edge was in view, so what is inserted there is to be seen */
  guint position;
  guint first;   /* the first row of which anything is seen */
  int y;         /* of `position`, see baton_lazy_list_anchor_y() */
  double origin; /* the list's own y in the scrolled content */
} BatonLazyAnchor;

struct _BatonLazyList
{
  GtkWidget parent_instance;

  /* Given */
  BatonLazyListFuncs funcs;
  gpointer user_data;
  GDestroyNotify user_data_destroy;
  GListModel *model;
  GtkAdjustment *vadjustment;
  GtkWidget *viewport;
  GHashTable *lifted;
  int spacing;
  int overscan;

  /* Layout */
  BatonHeightIndex *heights;
  GPtrArray *rows;   /* BatonLazyRow, by position */
  GPtrArray *limbo;  /* BatonLazyRow whose items left the model since the last frame and may come back */
  GPtrArray *pool;   /* GtkWidget, unbound */
  GHashTable *stash; /* item → measured height, of items that left since the last frame */
  GHashTable *fresh; /* items inserted since the last frame, identity only */
  int width;
  int min_width;
  int requested; /* the height last told to GTK */
  bool dirty;

  /* Gap */
  GtkWidget *gap;
  int gap_index;
  int gap_height;
  GHashTable *folded; /* item → BatonHeight as it was; see lazy-list-gap.c */

  /* Scrolling, kept by the scroller */
  BatonLazyScroller *scroller;
  BatonLazyAnchor anchor;
  guint stop;   /* where Tab left it */
  guint target; /* position to bring into view, or GTK_INVALID_LIST_POSITION */
  double top;   /* of the visible part, in the list's own coordinates */
  double bottom;
  double origin;
  bool on_screen;

  /* Motion */
  GtkEventController *motion;
  AdwAnimation *slide;
  double slide_value;
  bool slide_pending;
};

void baton_lazy_list_queue_work (BatonLazyList *self);

bool baton_lazy_list_is_folded (BatonLazyList *self, gpointer item);
void baton_lazy_list_fold (BatonLazyList *self);
void baton_lazy_list_unfold (BatonLazyList *self);

BatonLazyRow *baton_lazy_list_find_row (BatonLazyList *self, guint position);
BatonLazyRow *baton_lazy_list_realise (BatonLazyList *self, guint position);
BatonLazyRow *baton_lazy_list_focus_row (BatonLazyList *self);
void baton_lazy_list_update_rows (BatonLazyList *self);
bool baton_lazy_list_fill (BatonLazyList *self, double top, double bottom);
void baton_lazy_list_trim (BatonLazyList *self, double top, double bottom);
void baton_lazy_list_flush_limbo (BatonLazyList *self);
void baton_lazy_list_free_rows (BatonLazyList *self);
void baton_lazy_list_rows_changed (BatonLazyList *self, guint position, guint removed, guint added);
void baton_lazy_list_sync_lifted (BatonLazyList *self, BatonLazyRow *row);

int baton_lazy_list_get_total (BatonLazyList *self);
int baton_lazy_list_get_y (BatonLazyList *self, guint position);
guint baton_lazy_list_find (BatonLazyList *self, double y);
int baton_lazy_list_anchor_y (BatonLazyList *self);
void baton_lazy_list_set_anchor (BatonLazyList *self, double top, double bottom);
bool baton_lazy_list_anchor_changed (BatonLazyList *self, guint position, guint removed, guint added);
void baton_lazy_list_anchor_on_survivor (BatonLazyList *self, guint position, guint added);

void baton_lazy_list_start_slide (BatonLazyList *self, double scrolled);
void baton_lazy_list_lost_focus (BatonLazyList *self, guint position);

G_END_DECLS
