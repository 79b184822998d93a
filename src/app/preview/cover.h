/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "picture.h"
#include "workspace.h"

G_BEGIN_DECLS

/* The small picture of a version, as it heads a card or stands in a strip of versions. What is in memory is
 * there at once, everything else comes later without anybody waiting. Signal changed (). Main thread only. */
#define BATON_TYPE_COVER (baton_cover_get_type ())
G_DECLARE_FINAL_TYPE (BatonCover, baton_cover, BATON, COVER, GObject)

BatonCover *baton_cover_new (void);

/* version: id, or NULL for none. scale: pixels of the screen for one of the widget. */
void baton_cover_set (BatonCover *self, BatonWorkspace *workspace, const char *version, int scale);

/* NULL while it is not there yet, and when there is none. */
BatonPicture *baton_cover_picture (BatonCover *self);
/* There is one, or may be: room should be kept for it. */
gboolean baton_cover_is_expected (BatonCover *self);

/* A texture that fills width × height pixels of the widget, what is too much cut off evenly; kept until one
 * of them changes. NULL as baton_cover_picture. Borrowed. */
GdkTexture *baton_cover_texture (BatonCover *self, int width, int height);

G_END_DECLS
