/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "value.h"

#include <glib-object.h>

G_BEGIN_DECLS

/* One row as a live object: the models hold items, widgets follow their "changed" signal (no arguments,
 * emitted once for each operation that touches the row). Main thread only. Nobody but the models writes to
 * it. */
#define BATON_TYPE_ITEM (baton_item_get_type ())
G_DECLARE_FINAL_TYPE (BatonItem, baton_item, BATON, ITEM, GObject)

BatonItem *baton_item_new (BatonRow *row); /* takes the row */

BatonEntity baton_item_entity (BatonItem *self);
const char *baton_item_id (BatonItem *self);
const char *baton_item_text (BatonItem *self, BatonField field);             /* NULL when not set */
gint64 baton_item_int (BatonItem *self, BatonField field);                   /* 0 when not set */
gboolean baton_item_has (BatonItem *self, BatonField field, const char *id); /* member of a SET */
gboolean baton_item_is_removed (BatonItem *self);
const BatonRow *baton_item_row (BatonItem *self);

/* A number that a view works out from the values and would rather not work out again for thousands of items:
 * 0 while nothing is remembered, and again after every write. There is one for all views, so what it was made
 * for belongs into it. */
guint32 baton_item_remembered (BatonItem *self);
void baton_item_remember (BatonItem *self, guint32 number);

/* For the models: writes a value without telling anybody, then tells. */
void baton_item_write (BatonItem *self, BatonField field, const BatonValue *value);
void baton_item_emit_changed (BatonItem *self);

G_END_DECLS
