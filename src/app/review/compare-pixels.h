/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "picture.h"

G_BEGIN_DECLS

/* How two pictures differ, pixel by pixel. Surfaces are CAIRO_FORMAT_ARGB32 of one size; any thread. */

/* Each colour's distance between a and b times gain (limited to white), on black; what is transparent in one
 * of them only is a distance too. Nothing outside of `within` is drawn. Transfer full. */
cairo_surface_t *baton_compare_difference (
    cairo_surface_t *a, cairo_surface_t *b, const cairo_rectangle_int_t *within, guint gain);

/* a and b mixed: 0 is a alone, 1 is b alone. Transfer full. */
cairo_surface_t *baton_compare_mix (cairo_surface_t *a, cairo_surface_t *b, double share_of_b);

/* a left of a column, b from there on. Transfer full. */
cairo_surface_t *baton_compare_join (cairo_surface_t *a, cairo_surface_t *b, int column);

/* The share of pixels that are not the same, 0 … 1; -1 when they hold different numbers of pixels. */
double baton_compare_share (BatonPicture *a, BatonPicture *b);

/* Where a picture of width × height lies when it is scaled to fit into a place, in its middle, on whole
 * pixels of the screen. */
void baton_compare_fit (
    const graphene_rect_t *place, double width, double height, double device_scale, graphene_rect_t *fitted);

G_END_DECLS
