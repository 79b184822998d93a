/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "chart-canvas.h"

#include <adwaita.h>
#include <math.h>

/* The size of text that charts are made for, in pixels: 11 points. */
#define USUAL (11 * 96 / 72.0)

static double
text_size (PangoContext *pango)
{
  PangoFontDescription *font = pango_context_get_font_description (pango);
  double size = pango_font_description_get_size (font) / (double) PANGO_SCALE;

  return pango_font_description_get_size_is_absolute (font) ? size : size * 96 / 72.0;
}

double
baton_canvas_zoom (GtkWidget *widget)
{
  double zoom = text_size (gtk_widget_get_pango_context (widget)) / USUAL;

  /* A font that is a little larger is no wish for larger charts. */
  return zoom > 1.05 ? zoom : 1;
}

PangoContext *
baton_canvas_font (GtkWidget *widget)
{
  PangoContext *pango = gtk_widget_create_pango_context (widget);
  g_autoptr (PangoFontDescription) font =
      pango_font_description_copy (pango_context_get_font_description (pango));

  pango_font_description_set_absolute_size (
      font, text_size (pango) / baton_canvas_zoom (widget) * PANGO_SCALE);
  pango_context_set_font_description (pango, font);
  return pango;
}

void
baton_canvas_init (BatonCanvas *canvas, GtkWidget *widget, double width, double height, gboolean dark)
{
  *canvas = (BatonCanvas){ .width = width, .height = height, .zoom = 1 };
  canvas->snapshot = gtk_snapshot_new ();
  canvas->pango = baton_canvas_font (widget);
  canvas->scale = gtk_widget_get_scale_factor (widget);
  canvas->mirrored = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  baton_palette_init (&canvas->palette, dark, FALSE);
}

void
baton_canvas_init_screen (BatonCanvas *canvas, GtkWidget *widget, double width, double height)
{
  AdwStyleManager *style = adw_style_manager_get_default ();
  double zoom = baton_canvas_zoom (widget);

  baton_canvas_init (canvas, widget, width / zoom, height / zoom, FALSE);
  canvas->zoom = zoom;
  canvas->scale *= zoom;
  baton_palette_init (
      &canvas->palette, adw_style_manager_get_dark (style), adw_style_manager_get_high_contrast (style));
}

void
baton_canvas_finish_to (BatonCanvas *canvas, GtkSnapshot *snapshot)
{
  g_autoptr (GskRenderNode) node = gtk_snapshot_free_to_node (g_steal_pointer (&canvas->snapshot));

  if (node == NULL)
    return;
  gtk_snapshot_save (snapshot);
  if (canvas->zoom > 1)
    gtk_snapshot_scale (snapshot, (float) canvas->zoom, (float) canvas->zoom);
  gtk_snapshot_append_node (snapshot, node);
  gtk_snapshot_restore (snapshot);
}

GskRenderNode *
baton_canvas_finish (BatonCanvas *canvas)
{
  g_autoptr (GtkSnapshot) snapshot = NULL;

  if (canvas->zoom <= 1)
    return gtk_snapshot_free_to_node (g_steal_pointer (&canvas->snapshot));
  snapshot = gtk_snapshot_new ();
  baton_canvas_finish_to (canvas, snapshot);
  return gtk_snapshot_free_to_node (g_steal_pointer (&snapshot));
}

void
baton_canvas_clear (BatonCanvas *canvas)
{
  g_clear_object (&canvas->snapshot);
  g_clear_object (&canvas->pango);
}

static gboolean
has_letters (const char *text)
{
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    if (g_unichar_isalpha (g_utf8_get_char (p)))
      return TRUE;
  return FALSE;
}

/* From right to left, what has no letters ("58 % → 74 %") is read like a formula, from left to right; among
 * words that are read from the right an arrow has to point the other way, which no font does by itself. */
static void
put_in_reading_order (PangoLayout *layout, const char *text)
{
  g_autofree char *ordered = NULL;

  if (!has_letters (text))
    ordered = g_strconcat ("\342\200\216", text, NULL);
  else
    {
      g_auto (GStrv) parts = g_strsplit (text, "→", -1);

      ordered = g_strjoinv ("←", parts);
    }
  pango_layout_set_text (layout, ordered, -1);
}

static PangoLayout *
layout_of (BatonCanvas *canvas, const char *text, BatonTextStyle style)
{
  PangoLayout *layout = pango_layout_new (canvas->pango);
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();

  pango_attr_list_insert (attributes, pango_attr_scale_new (style == BATON_TEXT_SMALL ? 0.82 : 0.9));
  pango_attr_list_insert (attributes, pango_attr_font_features_new ("tnum=1"));
  if (style == BATON_TEXT_BOLD)
    pango_attr_list_insert (attributes, pango_attr_weight_new (PANGO_WEIGHT_BOLD));
  pango_layout_set_attributes (layout, attributes);
  pango_layout_set_text (layout, text, -1);
  if (pango_layout_get_direction (layout, 0) == PANGO_DIRECTION_RTL)
    put_in_reading_order (layout, text);
  return layout;
}

void
baton_canvas_measure (
    BatonCanvas *canvas, const char *text, BatonTextStyle style, double *width, double *height)
{
  g_autoptr (PangoLayout) layout = layout_of (canvas, text, style);
  int w, h;

  pango_layout_get_pixel_size (layout, &w, &h);
  if (width != NULL)
    *width = w;
  if (height != NULL)
    *height = h;
}

void
baton_canvas_text (BatonCanvas *canvas, const char *text, BatonTextStyle style, const GdkRGBA *color,
    double x, double y, double xalign, double yalign, double max_width)
{
  g_autoptr (PangoLayout) layout = layout_of (canvas, text, style);
  int width, height;

  if (max_width > 0)
    {
      pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
      pango_layout_get_pixel_size (layout, &width, NULL);
      if (width > max_width)
        pango_layout_set_width (layout, (int) (max_width * PANGO_SCALE));
    }
  pango_layout_get_pixel_size (layout, &width, &height);
  gtk_snapshot_save (canvas->snapshot);
  gtk_snapshot_translate (canvas->snapshot,
      &GRAPHENE_POINT_INIT ((float) round (x - xalign * width), (float) round (y - yalign * height)));
  gtk_snapshot_append_layout (canvas->snapshot, layout, color);
  gtk_snapshot_restore (canvas->snapshot);
}

/* Cairo's SVG puts what is recorded away from 0,0 in the wrong place, so for files it is recorded there and
 * moved as a whole. */
cairo_t *
baton_canvas_begin (BatonCanvas *canvas, double x, double y, double width, double height)
{
  g_autoptr (GskRenderNode) node = NULL;
  g_autoptr (GskRenderNode) moved = NULL;
  g_autoptr (GskTransform) there = NULL;
  cairo_t *cr;

  if (!canvas->vector)
    return gtk_snapshot_append_cairo (
        canvas->snapshot, &GRAPHENE_RECT_INIT ((float) x, (float) y, (float) width, (float) height));
  node = gsk_cairo_node_new (&GRAPHENE_RECT_INIT (0, 0, (float) width, (float) height));
  there = gsk_transform_translate (NULL, &GRAPHENE_POINT_INIT ((float) x, (float) y));
  /* Nothing to move is no transform. */
  moved = there != NULL ? gsk_transform_node_new (node, there) : gsk_render_node_ref (node);
  gtk_snapshot_append_node (canvas->snapshot, moved);
  cr = gsk_cairo_node_get_draw_context (node);
  cairo_translate (cr, -x, -y);
  return cr;
}

static void
draw_lines (cairo_t *cr, double x1, double y1, double x2, double y2, double step, gboolean falling)
{
  double height = y2 - y1;

  for (double x = floor ((x1 - height) / step) * step; x < x2 + height; x += step)
    {
      cairo_move_to (cr, x, falling ? y1 : y2);
      cairo_line_to (cr, x + height, falling ? y2 : y1);
    }
}

static void
draw_dots (cairo_t *cr, double x1, double y1, double x2, double y2)
{
  for (double y = floor (y1 / 5) * 5; y < y2 + 2; y += 5)
    {
      for (double x = floor (x1 / 5) * 5; x < x2 + 2; x += 5)
        {
          cairo_move_to (cr, x + 1.2, y);
          cairo_arc (cr, x, y, 1.2, 0, 2 * G_PI);
        }
    }
}

/* Patterns are drawn in the ground's colour over the fill, so that they hold in light and dark. */
void
baton_canvas_fill_path (cairo_t *cr, const GdkRGBA *color, BatonPattern pattern, gboolean dark)
{
  double x1, y1, x2, y2, ink = dark ? 0 : 1;

  gdk_cairo_set_source_rgba (cr, color);
  if (pattern == BATON_PATTERN_PLAIN)
    {
      cairo_fill (cr);
      return;
    }
  cairo_save (cr);
  cairo_fill_preserve (cr);
  cairo_clip (cr);
  cairo_clip_extents (cr, &x1, &y1, &x2, &y2);
  cairo_set_source_rgba (cr, ink, ink, ink, dark ? 0.42 : 0.55);
  cairo_set_line_width (cr, 2.4);
  if (pattern == BATON_PATTERN_DOTS)
    {
      draw_dots (cr, x1, y1, x2, y2);
      cairo_fill (cr);
    }
  else if (pattern == BATON_PATTERN_LINES)
    for (double y = floor (y1 / 5) * 5; y < y2; y += 5)
      {
        cairo_move_to (cr, x1, y);
        cairo_line_to (cr, x2, y);
      }
  else
    draw_lines (cr, x1, y1, x2, y2, 7, FALSE);
  if (pattern == BATON_PATTERN_CROSS)
    draw_lines (cr, x1, y1, x2, y2, 7, TRUE);
  cairo_stroke (cr);
  cairo_restore (cr);
}

void
baton_canvas_rectangle (BatonCanvas *canvas, double x, double y, double width, double height,
    const GdkRGBA *color, BatonPattern pattern)
{
  cairo_t *cr;

  if (width <= 0 || height <= 0)
    return;
  if (pattern == BATON_PATTERN_PLAIN)
    {
      gtk_snapshot_append_color (
          canvas->snapshot, color, &GRAPHENE_RECT_INIT ((float) x, (float) y, (float) width, (float) height));
      return;
    }
  cr = baton_canvas_begin (canvas, x, y, width, height);
  cairo_rectangle (cr, x, y, width, height);
  baton_canvas_fill_path (cr, color, pattern, canvas->palette.dark);
  cairo_destroy (cr);
}

void
baton_canvas_rounded (BatonCanvas *canvas, double x, double y, double width, double height, double radius,
    const GdkRGBA *fill, const GdkRGBA *border)
{
  GskRoundedRect outline;
  const float widths[4] = { 1, 1, 1, 1 };

  gsk_rounded_rect_init_from_rect (
      &outline, &GRAPHENE_RECT_INIT ((float) x, (float) y, (float) width, (float) height), (float) radius);
  gtk_snapshot_push_rounded_clip (canvas->snapshot, &outline);
  gtk_snapshot_append_color (canvas->snapshot, fill, &outline.bounds);
  gtk_snapshot_pop (canvas->snapshot);
  if (border != NULL)
    gtk_snapshot_append_border (
        canvas->snapshot, &outline, widths, (GdkRGBA[4]){ *border, *border, *border, *border });
}

static double
snap (BatonCanvas *canvas, double at)
{
  return canvas->vector ? at : round (at * canvas->scale) / canvas->scale;
}

static void
draw_rule (BatonCanvas *canvas, double x1, double y1, double x2, double y2, const GdkRGBA *color,
    double thick, gboolean dashed)
{
  const double dashes[] = { 4, 3 };
  cairo_t *cr = baton_canvas_begin (canvas, x1 - thick, y1 - thick, x2 - x1 + 2 * thick, y2 - y1 + 2 * thick);

  gdk_cairo_set_source_rgba (cr, color);
  cairo_set_line_width (cr, thick);
  if (dashed)
    cairo_set_dash (cr, dashes, G_N_ELEMENTS (dashes), 0);
  cairo_move_to (cr, x1, y1);
  cairo_line_to (cr, x2, y2);
  cairo_stroke (cr);
  cairo_destroy (cr);
}

void
baton_canvas_horizontal (BatonCanvas *canvas, double x, double y, double width, const GdkRGBA *color,
    double thick, gboolean dashed)
{
  double top = snap (canvas, y - thick / 2);

  if (dashed)
    draw_rule (canvas, x, top + thick / 2, x + width, top + thick / 2, color, thick, TRUE);
  else
    baton_canvas_rectangle (canvas, x, top, width, thick, color, BATON_PATTERN_PLAIN);
}

void
baton_canvas_vertical (BatonCanvas *canvas, double x, double y, double height, const GdkRGBA *color,
    double thick, gboolean dashed)
{
  double left = snap (canvas, x - thick / 2);

  if (dashed)
    draw_rule (canvas, left + thick / 2, y, left + thick / 2, y + height, color, thick, TRUE);
  else
    baton_canvas_rectangle (canvas, left, y, thick, height, color, BATON_PATTERN_PLAIN);
}

void
baton_canvas_notice (BatonCanvas *canvas, const char *text, double x, double y)
{
  g_autoptr (PangoLayout) layout = layout_of (canvas, text, BATON_TEXT_PLAIN);
  int width, height;
  double left, top;

  pango_layout_get_pixel_size (layout, &width, NULL);
  if (width > 300)
    {
      pango_layout_set_width (layout, 300 * PANGO_SCALE);
      pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
    }
  pango_layout_get_pixel_size (layout, &width, &height);
  left = x + 12 + width + 16 <= canvas->width ? x + 12 : x - 12 - width - 16;
  left = CLAMP (left, 0, MAX (0, canvas->width - width - 16));
  top = CLAMP (y - height / 2.0 - 6, 0, MAX (0, canvas->height - height - 12));
  baton_canvas_rounded (canvas, left, top, width + 16, height + 12, 6, &canvas->palette.notice, NULL);
  gtk_snapshot_save (canvas->snapshot);
  gtk_snapshot_translate (
      canvas->snapshot, &GRAPHENE_POINT_INIT ((float) round (left + 8), (float) round (top + 6)));
  gtk_snapshot_append_layout (canvas->snapshot, layout, &canvas->palette.noticed);
  gtk_snapshot_restore (canvas->snapshot);
}
