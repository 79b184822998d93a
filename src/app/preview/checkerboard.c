/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "checkerboard.h"

#include <math.h>

#define CHECK 8 /* pixels of the widget */

static const GdkRGBA light = { 0.62f, 0.62f, 0.63f, 1 }, dark = { 0.54f, 0.54f, 0.55f, 1 };

void
baton_snapshot_checkerboard (GtkSnapshot *snapshot, const graphene_rect_t *bounds)
{
  graphene_rect_t tile = GRAPHENE_RECT_INIT (bounds->origin.x, bounds->origin.y, 2 * CHECK, 2 * CHECK);

  gtk_snapshot_append_color (snapshot, &light, bounds);
  gtk_snapshot_push_repeat (snapshot, bounds, &tile);
  gtk_snapshot_append_color (
      snapshot, &dark, &GRAPHENE_RECT_INIT (tile.origin.x, tile.origin.y, CHECK, CHECK));
  gtk_snapshot_append_color (
      snapshot, &dark, &GRAPHENE_RECT_INIT (tile.origin.x + CHECK, tile.origin.y + CHECK, CHECK, CHECK));
  gtk_snapshot_pop (snapshot);
}

/* Two by two squares, side pixels large each. */
static cairo_pattern_t *
make_tile (int side)
{
  cairo_surface_t *tile = cairo_image_surface_create (CAIRO_FORMAT_RGB24, 2 * side, 2 * side);
  cairo_t *cr = cairo_create (tile);
  cairo_pattern_t *pattern;

  gdk_cairo_set_source_rgba (cr, &light);
  cairo_paint (cr);
  gdk_cairo_set_source_rgba (cr, &dark);
  cairo_rectangle (cr, 0, 0, side, side);
  cairo_rectangle (cr, side, side, side, side);
  cairo_fill (cr);
  cairo_destroy (cr);
  pattern = cairo_pattern_create_for_surface (tile);
  cairo_surface_destroy (tile);
  cairo_pattern_set_extend (pattern, CAIRO_EXTEND_REPEAT);
  cairo_pattern_set_filter (pattern, CAIRO_FILTER_NEAREST);
  return pattern;
}

void
baton_paint_checkerboard (cairo_t *cr, const graphene_rect_t *bounds, double scale)
{
  cairo_pattern_t *pattern = make_tile ((int) round (CHECK * scale));
  double x = round (bounds->origin.x * scale), y = round (bounds->origin.y * scale);

  cairo_save (cr);
  cairo_translate (cr, x, y);
  cairo_rectangle (cr, 0, 0, round ((bounds->origin.x + bounds->size.width) * scale) - x,
      round ((bounds->origin.y + bounds->size.height) * scale) - y);
  cairo_set_source (cr, pattern);
  cairo_fill (cr);
  cairo_restore (cr);
  cairo_pattern_destroy (pattern);
}
