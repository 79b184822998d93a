/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "card-model.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* One version in the strip: its picture, its number, and what is the matter with it in a word. Can be dragged
 * out as a file. */
#define BATON_TYPE_VERSION_TILE (baton_version_tile_get_type ())
G_DECLARE_FINAL_TYPE (BatonVersionTile, baton_version_tile, BATON, VERSION_TILE, GtkWidget)

GtkWidget *baton_version_tile_new (BatonCardModel *model);
/* current: it is the one that counts. sibling: another one has the same parent and nobody has chosen yet.
 * version NULL: nothing. */
void baton_version_tile_bind (BatonVersionTile *self, BatonItem *version, gboolean current, gboolean sibling);

G_END_DECLS
