/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "effect.h"

G_BEGIN_DECLS

/* Private to client: what changed, in pieces that the models follow one after the other. */

typedef struct
{
  BatonEffect *effect;
  GHashTable *ids; /* of its rows, borrowed from the effect */
} BatonSlice;

void baton_slice_free (BatonSlice *slice);

/* All changes of a row are in one slice; the last slice names the cards whose history all of it belongs to.
 * Any thread. At least one. Transfer full, of BatonSlice. */
GPtrArray *baton_effect_split (const BatonEffect *effect);

G_END_DECLS
