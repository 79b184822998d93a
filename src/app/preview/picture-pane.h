/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "decoder.h"
#include "image-view.h"

G_BEGIN_DECLS

/* Shows a picture, a drawing, an animation or the pages of a document by way of the decoder: first as large
 * as the view, then, when somebody zooms in, with all its pixels. The page is the viewport's.
 *
 * Signals: loaded ()               there is something to see, or other facts about it
 *          failed (GError *error)  there is not */
#define BATON_TYPE_PICTURE_PANE (baton_picture_pane_get_type ())
G_DECLARE_FINAL_TYPE (BatonPicturePane, baton_picture_pane, BATON, PICTURE_PANE, GtkWidget)

GtkWidget *baton_picture_pane_new (BatonViewport *viewport, BatonViewportInput input);

/* key: hash of the content, or NULL. What was seen before is there at once. path NULL: nothing. */
void baton_picture_pane_show (BatonPicturePane *self, const char *path, const char *key);

BatonImageView *baton_picture_pane_view (BatonPicturePane *self);
BatonDecoded *baton_picture_pane_decoded (BatonPicturePane *self); /* NULL until loaded; borrowed */
gboolean baton_picture_pane_is_animated (BatonPicturePane *self);
gboolean baton_picture_pane_is_playing (BatonPicturePane *self);
void baton_picture_pane_set_playing (BatonPicturePane *self, gboolean playing);

G_END_DECLS
