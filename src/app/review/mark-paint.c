/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "mark-paint.h"

#include "pin.h"

#include <math.h>

#define LINE 2.5
#define HEAD 12.0 /* of an arrow */

static const GdkRGBA yellow = { 0.965f, 0.769f, 0.078f, 1 };
static const GdkRGBA green = { 0.561f, 0.941f, 0.643f, 1 };
static const GdkRGBA ink = { 0.11f, 0.09f, 0.16f, 1 };
static const GdkRGBA shade = { 0, 0, 0, 0.55f };

static void
to_widget (const graphene_rect_t *place, BatonMarkPoint point, double *x, double *y)
{
  *x = place->origin.x + point.x * place->size.width;
  *y = place->origin.y + point.y * place->size.height;
}

void
baton_mark_pin_place (const graphene_rect_t *place, const BatonMark *mark, double *x, double *y)
{
  to_widget (place, baton_mark_pin (mark), x, y);
  if (mark->shape == BATON_MARK_RECTANGLE)
    return;
  /* The square corner of the pin, lower left, is its point. */
  *x += BATON_PIN_RADIUS;
  *y -= BATON_PIN_RADIUS;
}

static void
arrow_head (cairo_t *cr, double x, double y, double from_x, double from_y)
{
  double angle = atan2 (y - from_y, x - from_x);

  cairo_move_to (cr, x - HEAD * cos (angle - 0.45), y - HEAD * sin (angle - 0.45));
  cairo_line_to (cr, x, y);
  cairo_line_to (cr, x - HEAD * cos (angle + 0.45), y - HEAD * sin (angle + 0.45));
}

static void
outline (cairo_t *cr, const graphene_rect_t *place, const BatonMark *mark)
{
  double x = 0, y = 0, from_x = 0, from_y = 0;

  if (mark->shape == BATON_MARK_RECTANGLE)
    {
      BatonMarkPoint a, b;

      baton_mark_bounds (mark, &a, &b);
      to_widget (place, a, &from_x, &from_y);
      to_widget (place, b, &x, &y);
      cairo_rectangle (cr, from_x, from_y, x - from_x, y - from_y);
      return;
    }
  for (guint i = 0; i < mark->points->len; i++)
    {
      from_x = x;
      from_y = y;
      to_widget (place, g_array_index (mark->points, BatonMarkPoint, i), &x, &y);
      if (i == 0)
        cairo_move_to (cr, x, y);
      else
        cairo_line_to (cr, x, y);
    }
  if (mark->shape == BATON_MARK_ARROW && mark->points->len == 2)
    arrow_head (cr, x, y, from_x, from_y);
}

/* What has to be drawn of a mark, cut to the widget; FALSE when nothing of it is seen. */
static gboolean
seen_bounds (GtkWidget *widget, const graphene_rect_t *place, const BatonMark *mark, graphene_rect_t *seen)
{
  graphene_rect_t window = GRAPHENE_RECT_INIT (
      0, 0, (float) gtk_widget_get_width (widget), (float) gtk_widget_get_height (widget));
  BatonMarkPoint a, b;
  double left, top, right, bottom;

  baton_mark_bounds (mark, &a, &b);
  to_widget (place, a, &left, &top);
  to_widget (place, b, &right, &bottom);
  graphene_rect_init (seen, (float) left, (float) top, (float) (right - left), (float) (bottom - top));
  graphene_rect_inset (seen, -(float) HEAD - 3, -(float) HEAD - 3);
  return graphene_rect_intersection (seen, &window, seen);
}

static void
paint_line (GtkSnapshot *snapshot, GtkWidget *widget, const graphene_rect_t *place, const BatonMark *mark,
    const GdkRGBA *colour, BatonMarkLook look)
{
  static const double dashes[] = { 7, 5 };
  double width = look.selected ? LINE + 1 : LINE;
  graphene_rect_t seen;
  cairo_t *cr;

  if (mark->shape == BATON_MARK_POINT || !seen_bounds (widget, place, mark, &seen))
    return;
  cr = gtk_snapshot_append_cairo (snapshot, &seen);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  if (look.carried)
    cairo_set_dash (cr, dashes, G_N_ELEMENTS (dashes), 0);
  outline (cr, place, mark);
  /* A dark line below, so that it is seen on whatever it lies. */
  gdk_cairo_set_source_rgba (cr, &shade);
  cairo_set_line_width (cr, width + 2);
  cairo_stroke_preserve (cr);
  gdk_cairo_set_source_rgba (cr, colour);
  cairo_set_line_width (cr, width);
  cairo_stroke (cr);
  cairo_destroy (cr);
}

void
baton_mark_paint_draft (
    GtkSnapshot *snapshot, GtkWidget *widget, const graphene_rect_t *place, const BatonMark *mark)
{
  static const GdkRGBA white = { 1, 1, 1, 1 };
  const float r = (float) BATON_PIN_RADIUS;
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (widget, "…");
  graphene_rect_t box;
  GskRoundedRect shape;
  double x, y;
  int width, height;

  if (!baton_mark_is_drawn (mark->shape))
    return;
  baton_mark_pin_place (place, mark, &x, &y);
  box = GRAPHENE_RECT_INIT ((float) x - r, (float) y - r, 2 * r, 2 * r);
  gsk_rounded_rect_init (&shape, &box, &GRAPHENE_SIZE_INIT (r, r), &GRAPHENE_SIZE_INIT (r, r),
      &GRAPHENE_SIZE_INIT (r, r), &GRAPHENE_SIZE_INIT (2, 2));
  gtk_snapshot_append_outset_shadow (snapshot, &shape, &shade, 0, 1, 0, 3);
  gtk_snapshot_push_rounded_clip (snapshot, &shape);
  gtk_snapshot_append_color (snapshot, &yellow, &box);
  gtk_snapshot_pop (snapshot);
  gtk_snapshot_append_border (
      snapshot, &shape, (float[4]){ 2, 2, 2, 2 }, (GdkRGBA[4]){ white, white, white, white });
  pango_layout_get_pixel_size (layout, &width, &height);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (
      snapshot, &GRAPHENE_POINT_INIT ((float) x - (float) width / 2, (float) y - (float) height / 2));
  gtk_snapshot_append_layout (snapshot, layout, &ink);
  gtk_snapshot_restore (snapshot);
}

void
baton_mark_paint (GtkSnapshot *snapshot, GtkWidget *widget, const graphene_rect_t *place,
    const BatonMark *mark, BatonMarkLook look)
{
  gboolean faint = look.resolved && !look.selected;

  if (!baton_mark_is_drawn (mark->shape))
    return;
  if (faint)
    gtk_snapshot_push_opacity (snapshot, 0.65);
  paint_line (snapshot, widget, place, mark, look.resolved ? &green : &yellow, look);
  if (faint)
    gtk_snapshot_pop (snapshot);
}
