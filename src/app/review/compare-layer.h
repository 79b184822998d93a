/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "image-view.h"

G_BEGIN_DECLS

typedef enum
{
  BATON_COMPARE_SIDE_BY_SIDE, /* the layer shows nothing */
  BATON_COMPARE_OVERLAY,
  BATON_COMPARE_WIPE,
  BATON_COMPARE_DIFFERENCE,
  BATON_COMPARE_TOGGLE,
  BATON_COMPARE_INLINE, /* of texts only */
} BatonCompareMode;

#define BATON_N_COMPARE_MODES 6

/* Lies over a view of the newer version and draws the older one upon it: half seen through, beyond a handle,
 * as a difference, or in its place. A version of another size is scaled to fit into the newer one, and what
 * it does not cover is darkened. While only the handle moves, nothing is scaled or computed again.
 *
 * Signal changed (): the handle, the opacity or the version that is shown. */
#define BATON_TYPE_COMPARE_LAYER (baton_compare_layer_get_type ())
G_DECLARE_FINAL_TYPE (BatonCompareLayer, baton_compare_layer, BATON, COMPARE_LAYER, GtkWidget)

/* view: what it lies over, borrowed: the view owns the layer. */
GtkWidget *baton_compare_layer_new (BatonImageView *view);

void baton_compare_layer_set_older (BatonCompareLayer *self, BatonPicture *picture); /* may be NULL */
void baton_compare_layer_set_mode (BatonCompareLayer *self, BatonCompareMode mode);
BatonCompareMode baton_compare_layer_mode (BatonCompareLayer *self);

/* How much of the older one is seen in an overlay, 0 … 1. */
void baton_compare_layer_set_opacity (BatonCompareLayer *self, double opacity);
double baton_compare_layer_opacity (BatonCompareLayer *self);
/* Where the handle stands, as a fraction of what is seen of the picture: the newer version is left of it. */
void baton_compare_layer_set_position (BatonCompareLayer *self, double position);
double baton_compare_layer_position (BatonCompareLayer *self);
/* Toggle: whether the older version is the one that is shown. */
void baton_compare_layer_set_shows_older (BatonCompareLayer *self, gboolean older);
gboolean baton_compare_layer_shows_older (BatonCompareLayer *self);
/* Differences that are hardly seen, made eight times as bright. */
void baton_compare_layer_set_amplified (BatonCompareLayer *self, gboolean amplified);

/* The handle, to give it the keyboard. Borrowed. */
GtkWidget *baton_compare_layer_handle (BatonCompareLayer *self);

G_END_DECLS
