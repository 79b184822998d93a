/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "plot-private.h"

#include <math.h>

/* Draws the content of a plot, from the ground up: grid, areas, bars, lines, rules, points. */

double
baton_plot_x (const BatonPlotContent *content, const BatonPlotFrame *frame, double value)
{
  return frame->left + frame->width * baton_axis_place (&content->x, value);
}

double
baton_plot_y (const BatonPlotContent *content, const BatonPlotFrame *frame, double value)
{
  return frame->top + frame->height * (1 - baton_axis_place (&content->y, value));
}

GdkRGBA
baton_layer_color (const BatonLayer *layer, const BatonPalette *palette)
{
  GdkRGBA color = baton_palette_shade (palette, layer->tone, layer->shade, layer->n_shades);

  if (layer->kind == BATON_LAYER_BAND)
    color.alpha = 0.22f;
  return color;
}

/* Room for the longest label of the axis and of the rules. */
static void
find_frame (const BatonPlotContent *content, BatonCanvas *canvas, BatonPlotFrame *frame)
{
  g_autoptr (GArray) ticks = NULL;
  double left = 0, right = 10, width, line;

  baton_canvas_measure (canvas, "0", BATON_TEXT_SMALL, NULL, &line);
  ticks = baton_axis_ticks (&content->y, canvas->height - 3 * line, 2.2 * line);
  for (guint i = 0; i < ticks->len; i++)
    {
      baton_canvas_measure (
          canvas, g_array_index (ticks, BatonAxisTick, i).label, BATON_TEXT_SMALL, &width, NULL);
      left = MAX (left, width);
    }
  for (guint i = 0; i < content->rules->len; i++)
    {
      const BatonRule *rule = &g_array_index (content->rules, BatonRule, i);

      if (rule->label == NULL || rule->vertical)
        continue;
      baton_canvas_measure (canvas, rule->label, BATON_TEXT_BOLD, &width, NULL);
      right = MAX (right, width + 8);
    }
  frame->left = ceil (left) + 8;
  frame->top = line + 2;
  frame->width = MAX (10, canvas->width - frame->left - right);
  frame->height = MAX (10, canvas->height - frame->top - line - 11);
}

static void
draw_y_ticks (const BatonPlotContent *content, BatonCanvas *canvas, const BatonPlotFrame *frame)
{
  double line;
  g_autoptr (GArray) ticks = NULL;

  baton_canvas_measure (canvas, "0", BATON_TEXT_SMALL, NULL, &line);
  ticks = baton_axis_ticks (&content->y, frame->height, 2.2 * line);
  for (guint i = 0; i < ticks->len; i++)
    {
      const BatonAxisTick *tick = &g_array_index (ticks, BatonAxisTick, i);
      double y = baton_plot_y (content, frame, tick->value);

      baton_canvas_horizontal (canvas, frame->left, y, frame->width, &canvas->palette.grid, 1, FALSE);
      baton_canvas_text (
          canvas, tick->label, BATON_TEXT_SMALL, &canvas->palette.faint, frame->left - 6, y, 1, 0.5, 0);
    }
}

/* The widest label, as a guess of what all of them need. */
static double
label_width (const BatonPlotContent *content, BatonCanvas *canvas)
{
  g_autofree char *first = baton_axis_words (&content->x, content->x.from);
  g_autofree char *last = baton_axis_words (&content->x, content->x.to);
  double a, b;

  if (content->x.kind == BATON_AXIS_TIME)
    return 62;
  baton_canvas_measure (canvas, first, BATON_TEXT_SMALL, &a, NULL);
  baton_canvas_measure (canvas, last, BATON_TEXT_SMALL, &b, NULL);
  return MAX (a, b) + 18;
}

static void
draw_x_ticks (const BatonPlotContent *content, BatonCanvas *canvas, const BatonPlotFrame *frame)
{
  g_autoptr (GArray) ticks = baton_axis_ticks (&content->x, frame->width, label_width (content, canvas));
  double top = frame->top + frame->height + 7; /* below the lower half of the y axis's zero */
  double room = content->x.kind == BATON_AXIS_NAMES ? frame->width / MAX (1, ticks->len) - 4 : 0;
  double last = -1e9, width;

  for (guint i = 0; i < ticks->len; i++)
    {
      const BatonAxisTick *tick = &g_array_index (ticks, BatonAxisTick, i);
      double x = baton_plot_x (content, frame, tick->value), half;

      baton_canvas_measure (canvas, tick->label, BATON_TEXT_SMALL, &width, NULL);
      half = (room > 0 ? MIN (width, room) : width) / 2;
      x = CLAMP (x, half, MAX (half, canvas->width - half));
      if (x - half < last + 4)
        continue;
      baton_canvas_text (canvas, tick->label, BATON_TEXT_SMALL, &canvas->palette.faint, x, top, 0.5, 0, room);
      last = x + half;
    }
}

static double
low_of (const BatonLayer *layer, const BatonPlotContent *content, guint i)
{
  return layer->low != NULL ? layer->low[i] : MAX (0, content->y.from);
}

static void
draw_area (const BatonPlotContent *content, const BatonLayer *layer, BatonCanvas *canvas,
    const BatonPlotFrame *frame)
{
  GdkRGBA color = baton_layer_color (layer, &canvas->palette);
  cairo_t *cr;

  if (layer->n == 0)
    return;
  cr = baton_canvas_begin (canvas, frame->left, frame->top, frame->width, frame->height);
  for (guint i = 0; i < layer->n; i++)
    cairo_line_to (
        cr, baton_plot_x (content, frame, layer->x[i]), baton_plot_y (content, frame, layer->y[i]));
  for (guint i = layer->n; i-- > 0;)
    cairo_line_to (cr, baton_plot_x (content, frame, layer->x[i]),
        baton_plot_y (content, frame, low_of (layer, content, i)));
  cairo_close_path (cr);
  baton_canvas_fill_path (cr, &color, layer->pattern, canvas->palette.dark);
  cairo_destroy (cr);
}

static void
draw_line (const BatonPlotContent *content, const BatonLayer *layer, BatonCanvas *canvas,
    const BatonPlotFrame *frame)
{
  GdkRGBA color = baton_layer_color (layer, &canvas->palette);
  const double dashes[] = { 6, 4 };
  cairo_t *cr =
      baton_canvas_begin (canvas, frame->left - 2, frame->top - 2, frame->width + 4, frame->height + 4);

  gdk_cairo_set_source_rgba (cr, &color);
  cairo_set_line_width (cr, 2);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  if (layer->dashed)
    cairo_set_dash (cr, dashes, G_N_ELEMENTS (dashes), 0);
  for (guint i = 0; i < layer->n; i++)
    cairo_line_to (
        cr, baton_plot_x (content, frame, layer->x[i]), baton_plot_y (content, frame, layer->y[i]));
  cairo_stroke (cr);
  cairo_destroy (cr);
}

static void
draw_bars (const BatonPlotContent *content, const BatonLayer *layer, BatonCanvas *canvas,
    const BatonPlotFrame *frame)
{
  GdkRGBA color = baton_layer_color (layer, &canvas->palette);
  cairo_t *cr = baton_canvas_begin (canvas, frame->left, frame->top, frame->width, frame->height);

  for (guint i = 0; i < layer->n; i++)
    {
      double x1 = baton_plot_x (content, frame, layer->x[i] - layer->width / 2);
      double x2 = baton_plot_x (content, frame, layer->x[i] + layer->width / 2);
      double y = baton_plot_y (content, frame, layer->y[i]);
      double gap = x2 - x1 > 4 ? 1 : 0;

      cairo_rectangle (cr, x1 + gap, y, MAX (0.7, x2 - x1 - gap),
          baton_plot_y (content, frame, low_of (layer, content, i)) - y);
    }
  baton_canvas_fill_path (cr, &color, layer->pattern, canvas->palette.dark);
  cairo_destroy (cr);
}

static void
draw_points_of (const BatonPlotContent *content, const BatonLayer *layer, BatonCanvas *canvas,
    const BatonPlotFrame *frame, gboolean odd)
{
  g_autofree float *x = g_new (float, MAX (layer->n, 1));
  g_autofree float *y = g_new (float, MAX (layer->n, 1));
  GdkRGBA color = odd ? canvas->palette.tones[BATON_INK_ODD] : baton_layer_color (layer, &canvas->palette);
  guint n = 0;

  for (guint i = 0; i < layer->n; i++)
    {
      if ((layer->odd != NULL && layer->odd[i]) != odd)
        continue;
      x[n] = (float) baton_plot_x (content, frame, layer->x[i]);
      y[n++] = (float) baton_plot_y (content, frame, layer->y[i]);
    }
  color.alpha = n > 5000 ? 0.35f : 0.72f;
  baton_marks_draw (canvas, x, y, n, odd ? BATON_SHAPE_DIAMOND : layer->shape,
      n > 20000 ? 2.2 : BATON_POINT_RADIUS, &color, frame->left, frame->top, frame->width, frame->height);
}

static void
draw_intervals (const BatonPlotContent *content, const BatonLayer *layer, BatonCanvas *canvas,
    const BatonPlotFrame *frame)
{
  GdkRGBA color = baton_layer_color (layer, &canvas->palette);
  cairo_t *cr = baton_canvas_begin (canvas, frame->left, frame->top, frame->width, frame->height);

  gdk_cairo_set_source_rgba (cr, &color);
  cairo_set_line_width (cr, 1.6);
  for (guint i = 0; i < layer->n; i++)
    {
      double x = baton_plot_x (content, frame, layer->x[i]);

      cairo_move_to (cr, x, baton_plot_y (content, frame, layer->low[i]));
      cairo_line_to (cr, x, baton_plot_y (content, frame, layer->high[i]));
    }
  cairo_stroke (cr);
  cairo_destroy (cr);
  draw_points_of (content, layer, canvas, frame, FALSE);
  if (layer->odd != NULL)
    draw_points_of (content, layer, canvas, frame, TRUE);
}

static void
draw_layer (const BatonPlotContent *content, const BatonLayer *layer, BatonCanvas *canvas,
    const BatonPlotFrame *frame)
{
  switch (layer->kind)
    {
    case BATON_LAYER_BAND:
    case BATON_LAYER_AREA:
      draw_area (content, layer, canvas, frame);
      break;
    case BATON_LAYER_BARS:
      draw_bars (content, layer, canvas, frame);
      break;
    case BATON_LAYER_LINE:
      draw_line (content, layer, canvas, frame);
      break;
    case BATON_LAYER_POINTS:
      draw_points_of (content, layer, canvas, frame, FALSE);
      if (layer->odd != NULL)
        draw_points_of (content, layer, canvas, frame, TRUE);
      break;
    case BATON_LAYER_INTERVALS:
    default:
      draw_intervals (content, layer, canvas, frame);
      break;
    }
}

void
baton_plot_spread (double *at, guint n, double room, double from, double to)
{
  /* On from the first, then back again from what would come to lie outside. */
  for (guint i = 1; i < n; i++)
    at[i] = MAX (at[i], at[i - 1] + room);
  for (guint i = n; i > 0; i--)
    at[i - 1] = MIN (at[i - 1], to - room / 2 - (n - i) * room);
  for (guint i = 0; i < n; i++)
    at[i] = MAX (at[i], from + room / 2 + i * room);
}

typedef struct
{
  const BatonRule *rule;
  double at;
} PlacedRule;

static int
compare_places (gconstpointer a, gconstpointer b)
{
  double left = ((const PlacedRule *) a)->at, right = ((const PlacedRule *) b)->at;

  return left < right ? -1 : left > right;
}

/* Those that stand, or those that lie, in the order of their places. */
static GArray *
rules_of (const BatonPlotContent *content, const BatonPlotFrame *frame, gboolean vertical)
{
  GArray *rules = g_array_new (FALSE, FALSE, sizeof (PlacedRule));

  for (guint i = 0; i < content->rules->len; i++)
    {
      const BatonRule *rule = &g_array_index (content->rules, BatonRule, i);
      PlacedRule one = { rule,
        vertical ? baton_plot_x (content, frame, rule->at) : baton_plot_y (content, frame, rule->at) };

      if (rule->vertical == vertical)
        g_array_append_val (rules, one);
    }
  g_array_sort (rules, compare_places);
  return rules;
}

/* Labels of rules that are too close to each other stand side by side. */
static void
draw_rules (
    const BatonPlotContent *content, BatonCanvas *canvas, const BatonPlotFrame *frame, gboolean vertical)
{
  g_autoptr (GArray) rules = rules_of (content, frame, vertical);
  g_autofree double *at = g_new (double, rules->len + 1);
  double room = 0, width, height;

  for (guint i = 0; i < rules->len; i++)
    {
      const PlacedRule *one = &g_array_index (rules, PlacedRule, i);

      at[i] = one->at;
      if (one->rule->label == NULL)
        continue;
      baton_canvas_measure (
          canvas, one->rule->label, vertical ? BATON_TEXT_SMALL : BATON_TEXT_BOLD, &width, &height);
      room = MAX (room, vertical ? width + 5 : height);
    }
  baton_plot_spread (
      at, rules->len, room, vertical ? 0 : frame->top, vertical ? canvas->width : frame->top + frame->height);
  for (guint i = 0; i < rules->len; i++)
    {
      const PlacedRule *one = &g_array_index (rules, PlacedRule, i);
      const GdkRGBA *color = &canvas->palette.tones[one->rule->tone];

      if (vertical)
        baton_canvas_vertical (canvas, one->at, frame->top, frame->height, color, 1.2, TRUE);
      else
        baton_canvas_horizontal (canvas, frame->left, one->at, frame->width, color, 1.2, TRUE);
      if (one->rule->label != NULL && vertical)
        baton_canvas_text (
            canvas, one->rule->label, BATON_TEXT_SMALL, &canvas->palette.ink, at[i], 0, 0.5, 0, 0);
      else if (one->rule->label != NULL)
        baton_canvas_text (canvas, one->rule->label, BATON_TEXT_BOLD, color, frame->left + frame->width + 5,
            at[i], 0, 0.5, 0);
    }
}

void
baton_plot_draw (const BatonPlotContent *content, BatonCanvas *canvas, BatonPlotFrame *frame)
{
  find_frame (content, canvas, frame);
  draw_y_ticks (content, canvas, frame);
  draw_x_ticks (content, canvas, frame);
  for (guint kind = BATON_LAYER_BAND; kind <= BATON_LAYER_INTERVALS; kind++)
    {
      if (kind == BATON_LAYER_POINTS)
        {
          draw_rules (content, canvas, frame, FALSE);
          draw_rules (content, canvas, frame, TRUE);
        }
      for (guint i = 0; i < content->layers->len; i++)
        {
          const BatonLayer *layer = g_ptr_array_index (content->layers, i);

          if (layer->kind == kind)
            draw_layer (content, layer, canvas, frame);
        }
    }
}
