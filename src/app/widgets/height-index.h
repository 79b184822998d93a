/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <stdbool.h>

G_BEGIN_DECLS

/* The heights of a long list's rows, in pixels, so that position → y and y → position stay cheap while rows
 * come and go. Rows stand under each other with `spacing` pixels between them; the first one starts at 0. */
typedef struct _BatonHeightIndex BatonHeightIndex;

typedef struct
{
  gpointer item; /* identity only, never dereferenced or owned */
  int height;
  bool measured; /* false while `height` is an estimate */
} BatonHeight;

BatonHeightIndex *baton_height_index_new (int spacing);
void baton_height_index_free (BatonHeightIndex *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BatonHeightIndex, baton_height_index_free)

void baton_height_index_set_spacing (BatonHeightIndex *self, int spacing);
guint baton_height_index_get_n_rows (BatonHeightIndex *self);
int baton_height_index_get_total (BatonHeightIndex *self);
const BatonHeight *baton_height_index_get (BatonHeightIndex *self, guint position);
void baton_height_index_set (BatonHeightIndex *self, guint position, int height, bool measured);
int baton_height_index_get_y (BatonHeightIndex *self, guint position);
guint baton_height_index_find (BatonHeightIndex *self, int y);
void baton_height_index_splice (
    BatonHeightIndex *self, guint position, guint removed, const BatonHeight *added, guint n_added);

G_END_DECLS
