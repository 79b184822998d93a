/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The pixels of a decoded picture, with halves of halves of it so that a small view of a large picture is
 * neither slow nor coarse. It may hold fewer pixels than the file has: everybody speaks of its full size, and
 * more pixels may come later as another picture of the same full size. Immutable; may be made and drawn in
 * any thread. */
#define BATON_TYPE_PICTURE (baton_picture_get_type ())
G_DECLARE_FINAL_TYPE (BatonPicture, baton_picture, BATON, PICTURE, GObject)

#define BATON_PICTURE_LONGEST 32000 /* pixels along one side that can be held */

/* pixels: 32 bits each, the machine's ARGB with alpha multiplied in (GDK_MEMORY_DEFAULT), rows of width * 4
 * bytes; taken by reference. full_width and full_height: what the file has. opaque: no transparent pixel is
 * in it. Makes the halves too, so large ones belong in a thread. */
BatonPicture *baton_picture_new (
    GBytes *pixels, int width, int height, int full_width, int full_height, gboolean opaque);
/* Downloads a texture; for what GTK has drawn. */
BatonPicture *baton_picture_new_from_texture (GdkTexture *texture);

int baton_picture_width (BatonPicture *self); /* the full size: what coordinates and 100 % are about */
int baton_picture_height (BatonPicture *self);
/* Pixels held for one of the full size, along a side: 1 or less; more for drawings and pages. */
double baton_picture_detail (BatonPicture *self);
gboolean baton_picture_is_opaque (BatonPicture *self);
gsize baton_picture_bytes (BatonPicture *self);

/* All its pixels, as a texture and as a cairo surface (ARGB32; borrowed, read only). */
GdkTexture *baton_picture_texture (BatonPicture *self);
cairo_surface_t *baton_picture_surface (BatonPicture *self);

/* What is seen of it in a view of width × height pixels of the screen when the whole picture lies at x, y
 * with the size picture_width × picture_height, in pixels of the screen too. Transparent where there is no
 * picture. Sharp edges from 200 % on, exact at 100 %. */
cairo_surface_t *baton_picture_draw (BatonPicture *self, double x, double y, double picture_width,
    double picture_height, int width, int height);

/* The same pixels as a texture; takes the surface (ARGB32). */
GdkTexture *baton_texture_from_surface (cairo_surface_t *surface);
/* Draws such a texture over bounds, by the way that the renderer of the widget is quick with: the software
 * renderer of GTK 4.8 turns every pixel of a texture into floating point and back, and takes a surface as it
 * is. */
void baton_snapshot_texture (
    GtkWidget *widget, GtkSnapshot *snapshot, GdkTexture *texture, const graphene_rect_t *bounds);

G_END_DECLS
