/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "picture.h"

G_BEGIN_DECLS

/* What a widget looks like, pixel by pixel. */

/* Draws a mapped widget (with everything in it) by the plain renderer. Transfer full. */
cairo_surface_t *pixels_of (GtkWidget *widget);
/* 0xRRGGBB at a point of a surface. */
guint32 pixel_at (cairo_surface_t *surface, double x, double y);
/* Wants a colour there, each channel at most `slack` away. */
void assert_pixel (cairo_surface_t *surface, double x, double y, guint32 colour, int slack);

/* A picture of one colour (0xRRGGBB) with a rectangle of another. */
BatonPicture *picture_of_one (int width, int height, guint32 colour);
BatonPicture *picture_with (
    int width, int height, guint32 colour, const cairo_rectangle_int_t *place, guint32 other);

G_END_DECLS
