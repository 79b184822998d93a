/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "picture.h"
#include "viewport-input.h"

G_BEGIN_DECLS

/* Shows a picture by a viewport on the dark ground of previews, a checkerboard under what is transparent. A
 * child on top, as large as the view, may draw marks and take the pointer first; it asks here where a
 * fraction of the picture lies. Give it an accessible label.
 *
 * Signal placed (): the picture lies elsewhere or has another size: redraw what is pinned to it. */
#define BATON_TYPE_IMAGE_VIEW (baton_image_view_get_type ())
G_DECLARE_FINAL_TYPE (BatonImageView, baton_image_view, BATON, IMAGE_VIEW, GtkWidget)

/* viewport: NULL for one of its own. */
GtkWidget *baton_image_view_new (BatonViewport *viewport, BatonViewportInput input);

BatonViewport *baton_image_view_viewport (BatonImageView *self);
void baton_image_view_set_viewport (BatonImageView *self, BatonViewport *viewport);

BatonPicture *baton_image_view_picture (BatonImageView *self);
/* grows: fitting may make it larger than 100 %, as for pages and drawings. NULL shows the ground alone. */
void baton_image_view_set_picture (BatonImageView *self, BatonPicture *picture, gboolean grows);

/* Counts as a picture of this size while it is placed, so that versions with more and fewer pixels lie upon
 * each other; 0 × 0 (at first): its own. */
void baton_image_view_set_size (BatonImageView *self, int width, int height);

void baton_image_view_set_overlay (BatonImageView *self, GtkWidget *overlay);
/* The overlay shows the picture itself: it is not drawn below it. */
void baton_image_view_set_covered (BatonImageView *self, gboolean covered);

/* FALSE while there is no picture. */
gboolean baton_image_view_frame (BatonImageView *self, BatonViewportFrame *frame);
gboolean baton_image_view_place (BatonImageView *self, graphene_rect_t *place);
double baton_image_view_zoom (BatonImageView *self); /* that is seen now */

/* Between the view's coordinates and fractions of the picture. to_fraction tells whether the point is in it;
 * the fractions are limited to 0–1. */
gboolean baton_image_view_to_fraction (BatonImageView *self, double x, double y, double *along, double *down);
void baton_image_view_from_fraction (BatonImageView *self, double along, double down, double *x, double *y);
/* Pans (never zooms) so far that a fraction can be seen. */
void baton_image_view_reveal (BatonImageView *self, double along, double down);

G_END_DECLS
