/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "item.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* A GListModel of BatonItems of one entity, in rank order (by creation for entities without rank). */
#define BATON_TYPE_COLUMN (baton_column_get_type ())
G_DECLARE_FINAL_TYPE (BatonColumn, baton_column, BATON, COLUMN, GObject)

BatonColumn *baton_column_new (BatonEntity entity);

/* Inserts in order; gives the position. */
guint baton_column_insert (BatonColumn *self, BatonItem *item);
/* Removes; the item's rank must still be the one it was inserted with. FALSE when it is not in here. */
gboolean baton_column_remove (BatonColumn *self, BatonItem *item);
gboolean baton_column_find (BatonColumn *self, BatonItem *item, guint *position);
/* Exchanges everything in one step; items: BatonItem in any order. */
void baton_column_replace (BatonColumn *self, GPtrArray *items);
void baton_column_replace_sorted (BatonColumn *self, GPtrArray *items); /* the same, already in order */

BatonItem *baton_column_peek (BatonColumn *self, guint position); /* borrowed, NULL past the end */
guint baton_column_size (BatonColumn *self);

G_END_DECLS
