/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "graph.h"

#include <math.h>

#define BOX_WIDTH 128.0
#define BOX_HEIGHT 34.0
#define ROW 84.0
#define STEPS 24
#define LABEL 18.0 /* how far from the edge an arrow stays, so that its label is seen */

struct _BatonGraph
{
  BatonChart parent_instance;
  BatonGraphContent *content;
  double width; /* as last drawn on the screen */
  gboolean mirrored;
};

G_DEFINE_FINAL_TYPE (BatonGraph, baton_graph, BATON_TYPE_CHART)

typedef struct
{
  double x;
  double y;
} Point;

/* A quadratic curve from border to border, bent aside so that there and back do not lie on each other and a
 * far one passes what is between. */
typedef struct
{
  Point from;
  Point bend;
  Point to;
  double thick;
} Arrow;

static const BatonGraphEdge *
edge_at (const BatonGraphContent *content, guint i)
{
  return &g_array_index (content->edges, BatonGraphEdge, i);
}

static double
box_width (const BatonGraphContent *content, double width)
{
  return MIN (BOX_WIDTH, MAX (44, width / MAX (1, content->n_layers) - (content->n_layers > 3 ? 30 : 52)));
}

/* Room above and below for arrows that pass over what is between. */
static double
margin_of (const BatonGraphContent *content)
{
  return content->n_layers > 3 ? 44 : 12;
}

static double
height_of (const BatonGraphContent *content)
{
  return 2 * margin_of (content) + ROW * MAX (1, content->n_rows);
}

static Point
middle_of (const BatonGraphContent *content, guint node, double width, gboolean mirrored)
{
  const BatonGraphNode *at = &g_array_index (content->nodes, BatonGraphNode, node);
  double column = width / MAX (1, content->n_layers);
  double x = column * (at->layer + 0.5);
  guint rows = 0;

  for (guint i = 0; i < content->nodes->len; i++)
    rows += g_array_index (content->nodes, BatonGraphNode, i).layer == at->layer;
  return (Point){ mirrored ? width - x : x,
    margin_of (content) + ROW * (at->row + 0.5 + (content->n_rows - rows) / 2.0) };
}

/* Where the way from a box's middle towards a point leaves the box. */
static Point
border (Point middle, Point towards, double box)
{
  double dx = towards.x - middle.x, dy = towards.y - middle.y;
  double share =
      MIN (dx != 0 ? (box / 2 + 2) / fabs (dx) : 1e9, dy != 0 ? (BOX_HEIGHT / 2 + 2) / fabs (dy) : 1e9);

  share = MIN (share, 1);
  return (Point){ middle.x + dx * share, middle.y + dy * share };
}

static double
most_volume (const BatonGraphContent *content)
{
  double most = 0;

  for (guint i = 0; i < content->edges->len; i++)
    most = MAX (most, edge_at (content, i)->volume);
  return most;
}

static Arrow
arrow_of (const BatonGraphContent *content, guint edge, double width, gboolean mirrored)
{
  const BatonGraphEdge *one = edge_at (content, edge);
  Point a = middle_of (content, one->from, width, mirrored),
        b = middle_of (content, one->to, width, mirrored);
  double length = MAX (1, hypot (b.x - a.x, b.y - a.y)), most = most_volume (content);
  double span = length / MAX (1, width / MAX (1, content->n_layers));
  double aside = span > 1.4 ? 26 + 12 * MIN (span, 5) : 0;
  gboolean both = FALSE;
  Point side = { -(b.y - a.y) / length, (b.x - a.x) / length };
  Point bend;
  Arrow arrow;

  for (guint i = 0; i < content->edges->len; i++)
    both |= edge_at (content, i)->from == one->to && edge_at (content, i)->to == one->from;
  aside = MAX (aside, both ? 12 : 0);
  bend = (Point){ (a.x + b.x) / 2 - side.x * aside * 2, (a.y + b.y) / 2 - side.y * aside * 2 };
  /* Both directions of a pair leave at different places of the box. */
  if (both)
    {
      a = (Point){ a.x - side.x * 7, a.y - side.y * 7 };
      b = (Point){ b.x - side.x * 7, b.y - side.y * 7 };
    }
  arrow.from = border (a, bend, box_width (content, width));
  arrow.to = border (b, bend, box_width (content, width));
  /* The highest point of the curve is half way to where it bends. */
  bend.y = CLAMP ((arrow.from.y + arrow.to.y) / 4 + bend.y / 2, LABEL, height_of (content) - LABEL) * 2 -
           (arrow.from.y + arrow.to.y) / 2;
  arrow.bend = bend;
  arrow.thick = most > 0 ? 1.5 + 9 * one->volume / most : 1.5;
  return arrow;
}

static Point
along (const Arrow *arrow, double t)
{
  double a = (1 - t) * (1 - t), b = 2 * t * (1 - t), c = t * t;

  return (Point){ a * arrow->from.x + b * arrow->bend.x + c * arrow->to.x,
    a * arrow->from.y + b * arrow->bend.y + c * arrow->to.y };
}

static void
draw_arrow (BatonCanvas *canvas, const Arrow *arrow, const GdkRGBA *color)
{
  cairo_t *cr = baton_canvas_begin (canvas, 0, 0, canvas->width, canvas->height);
  double head = arrow->thick * 0.7 + 6;
  double angle = atan2 (arrow->to.y - arrow->bend.y, arrow->to.x - arrow->bend.x);
  double length = hypot (arrow->to.x - arrow->from.x, arrow->to.y - arrow->from.y);
  double stop = length > head * 1.5 ? 1 - head / length * 0.8 : 0.6;

  gdk_cairo_set_source_rgba (cr, color);
  cairo_set_line_width (cr, arrow->thick);
  for (guint i = 0; i <= STEPS; i++)
    {
      Point at = along (arrow, stop * i / STEPS);

      cairo_line_to (cr, at.x, at.y);
    }
  cairo_stroke (cr);
  cairo_move_to (cr, arrow->to.x, arrow->to.y);
  cairo_line_to (cr, arrow->to.x - head * cos (angle - 0.5), arrow->to.y - head * sin (angle - 0.5));
  cairo_line_to (cr, arrow->to.x - head * cos (angle + 0.5), arrow->to.y - head * sin (angle + 0.5));
  cairo_fill (cr);
  cairo_destroy (cr);
}

static gboolean
meets (const graphene_rect_t *box, const GArray *taken)
{
  for (guint i = 0; i < taken->len; i++)
    if (graphene_rect_intersection (box, &g_array_index (taken, graphene_rect_t, i), NULL))
      return TRUE;
  return FALSE;
}

static gboolean
is_flat (const Arrow *arrow)
{
  return fabs (arrow->to.x - arrow->from.x) > 2 * fabs (arrow->to.y - arrow->from.y);
}

/* Where a label of this size stands when it is at t of its arrow: on its outer side, on it, or on the inner
 * side. */
static void
label_box (const Arrow *arrow, double t, int side, double width, double height, graphene_rect_t *box)
{
  Point at = along (arrow, t);
  gboolean flat = is_flat (arrow);
  double up = arrow->bend.y > (arrow->from.y + arrow->to.y) / 2 + 1 ? 1 : -1;

  if (flat)
    at.y += side * up * (arrow->thick / 2 + height / 2 + 1);
  else
    at.x += side * (arrow->thick / 2 + width / 2 + 1);
  graphene_rect_init (
      box, (float) (at.x - width / 2 - 3), (float) (at.y - height / 2), (float) width + 6, (float) height);
}

/* Where a label has room along its arrow: off the boxes, off the labels before it, and within the chart.
 * FALSE: nowhere, then it is left to the tooltip and the table. */
static gboolean
place_label (BatonCanvas *canvas, const Arrow *arrow, const char *label, const GArray *taken, double below,
    graphene_rect_t *box)
{
  static const double places[] = { 0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74, 0.18, 0.82 };
  static const int sides[] = { 0, 1, -1 };
  gboolean flat = is_flat (arrow);
  double width, height;

  baton_canvas_measure (canvas, label, BATON_TEXT_BOLD, &width, &height);
  for (guint i = 0; i < G_N_ELEMENTS (places) * G_N_ELEMENTS (sides); i++)
    {
      /* A steep arrow carries its label, a flat one has it beside. */
      label_box (arrow, places[i % G_N_ELEMENTS (places)], sides[(i / G_N_ELEMENTS (places) + flat) % 3],
          width, height, box);
      if (!meets (box, taken) && box->origin.x >= 0 && box->origin.x + box->size.width <= canvas->width &&
          box->origin.y >= 0 && box->origin.y + box->size.height <= below)
        return TRUE;
    }
  return FALSE;
}

GArray *
baton_graph_place_labels (const BatonGraphContent *content, BatonCanvas *canvas)
{
  g_autoptr (GArray) taken = g_array_new (FALSE, FALSE, sizeof (graphene_rect_t));
  GArray *boxes = g_array_new (FALSE, TRUE, sizeof (graphene_rect_t));
  double box = box_width (content, canvas->width);

  for (guint i = 0; i < content->nodes->len; i++)
    {
      Point at = middle_of (content, i, canvas->width, canvas->mirrored);
      graphene_rect_t area = GRAPHENE_RECT_INIT (
          (float) (at.x - box / 2), (float) (at.y - BOX_HEIGHT / 2), (float) box, (float) BOX_HEIGHT);

      g_array_append_val (taken, area);
    }
  for (guint i = 0; i < content->edges->len; i++)
    {
      Arrow arrow = arrow_of (content, i, canvas->width, canvas->mirrored);
      graphene_rect_t area = { 0 };

      if (place_label (canvas, &arrow, edge_at (content, i)->label, taken, height_of (content), &area))
        g_array_append_val (taken, area);
      else
        area = (graphene_rect_t){ 0 };
      g_array_append_val (boxes, area);
    }
  return boxes;
}

static void
draw_labels (const BatonGraphContent *content, BatonCanvas *canvas)
{
  g_autoptr (GArray) boxes = baton_graph_place_labels (content, canvas);
  GdkRGBA ground = canvas->palette.ground;

  ground.alpha = 0.85f;
  for (guint i = 0; i < content->edges->len; i++)
    {
      const graphene_rect_t *box = &g_array_index (boxes, graphene_rect_t, i);

      if (box->size.width <= 0)
        continue;
      baton_canvas_rounded (
          canvas, box->origin.x, box->origin.y, box->size.width, box->size.height, 4, &ground, NULL);
      baton_canvas_text (canvas, edge_at (content, i)->label, BATON_TEXT_BOLD, &canvas->palette.ink,
          box->origin.x + box->size.width / 2, box->origin.y + box->size.height / 2, 0.5, 0.5, 0);
    }
}

static void
draw_node (const BatonGraphContent *content, BatonCanvas *canvas, guint node)
{
  Point at = middle_of (content, node, canvas->width, canvas->mirrored);
  double box = box_width (content, canvas->width);
  GdkRGBA border = canvas->palette.faint;

  border.alpha *= 0.5f;
  baton_canvas_rounded (canvas, round (at.x - box / 2), round (at.y - BOX_HEIGHT / 2), box, BOX_HEIGHT, 8,
      &canvas->palette.ground, &border);
  baton_canvas_text (canvas, g_array_index (content->nodes, BatonGraphNode, node).name, BATON_TEXT_BOLD,
      &canvas->palette.ink, at.x, at.y, 0.5, 0.5, box - 10);
}

static void
graph_draw (BatonChart *chart, BatonCanvas *canvas, gboolean screen)
{
  BatonGraph *self = BATON_GRAPH (chart);
  const BatonGraphContent *content = self->content;

  if (content == NULL)
    return;
  for (guint i = 0; i < content->edges->len; i++)
    {
      Arrow arrow = arrow_of (content, i, canvas->width, canvas->mirrored);
      GdkRGBA color = canvas->palette.tones[edge_at (content, i)->tone];

      color.alpha = 0.85f;
      draw_arrow (canvas, &arrow, &color);
    }
  for (guint i = 0; i < content->nodes->len; i++)
    draw_node (content, canvas, i);
  draw_labels (content, canvas);
  if (!screen)
    return;
  self->width = canvas->width;
  self->mirrored = canvas->mirrored;
}

static guint
graph_n_marks (BatonChart *chart)
{
  BatonGraph *self = BATON_GRAPH (chart);

  return self->content != NULL ? self->content->edges->len : 0;
}

static gboolean
graph_mark_area (BatonChart *chart, guint mark, graphene_rect_t *area)
{
  BatonGraph *self = BATON_GRAPH (chart);
  Arrow arrow;
  Point middle;

  if (self->width <= 0)
    return FALSE;
  arrow = arrow_of (self->content, mark, self->width, self->mirrored);
  middle = along (&arrow, 0.5);
  graphene_rect_init (area, (float) (middle.x - 8), (float) (middle.y - 8), 16, 16);
  return TRUE;
}

static guint
graph_mark_at (BatonChart *chart, double x, double y)
{
  BatonGraph *self = BATON_GRAPH (chart);
  guint n = graph_n_marks (chart), found = BATON_NO_MARK;
  double best = G_MAXDOUBLE;

  for (guint i = 0; i < n && self->width > 0; i++)
    {
      Arrow arrow = arrow_of (self->content, i, self->width, self->mirrored);

      for (guint s = 0; s <= STEPS; s++)
        {
          Point at = along (&arrow, (double) s / STEPS);
          double far = hypot (at.x - x, at.y - y) - arrow.thick / 2;

          if (far < 7 && far < best)
            {
              best = far;
              found = i;
            }
        }
    }
  return found;
}

static char *
graph_mark_words (BatonChart *chart, guint mark)
{
  return g_strdup (edge_at (BATON_GRAPH (chart)->content, mark)->words);
}

static void
graph_draw_current (BatonChart *chart, BatonCanvas *canvas, guint mark)
{
  BatonGraph *self = BATON_GRAPH (chart);
  Arrow arrow = arrow_of (self->content, mark, self->width, self->mirrored);

  arrow.thick += 3;
  draw_arrow (canvas, &arrow, &canvas->palette.accent);
}

static gboolean
same (const BatonGraphContent *a, const BatonGraphContent *b)
{
  if (a == NULL || b == NULL || a->nodes->len != b->nodes->len || a->edges->len != b->edges->len)
    return FALSE;
  for (guint i = 0; i < a->nodes->len; i++)
    if (!g_str_equal (g_array_index (a->nodes, BatonGraphNode, i).name,
            g_array_index (b->nodes, BatonGraphNode, i).name))
      return FALSE;
  for (guint i = 0; i < a->edges->len; i++)
    {
      const BatonGraphEdge *x = edge_at (a, i), *y = edge_at (b, i);

      if (x->from != y->from || x->to != y->to || x->volume != y->volume || x->tone != y->tone ||
          g_strcmp0 (x->label, y->label) != 0 || g_strcmp0 (x->words, y->words) != 0)
        return FALSE;
    }
  return TRUE;
}

gboolean
baton_graph_set_content (BatonGraph *self, BatonGraphContent *content)
{
  gboolean unchanged = same (self->content, content);

  g_clear_pointer (&self->content, baton_graph_content_free);
  self->content = content;
  if (unchanged)
    return FALSE;
  if (content != NULL)
    baton_chart_set_size (
        BATON_CHART (self), 90 * (int) MAX (2, content->n_layers), (int) height_of (content));
  baton_chart_changed (BATON_CHART (self));
  return TRUE;
}

const BatonGraphContent *
baton_graph_content (BatonGraph *self)
{
  return self->content;
}

static void
baton_graph_dispose (GObject *object)
{
  g_clear_pointer (&BATON_GRAPH (object)->content, baton_graph_content_free);
  G_OBJECT_CLASS (baton_graph_parent_class)->dispose (object);
}

static void
baton_graph_class_init (BatonGraphClass *klass)
{
  BatonChartClass *chart_class = BATON_CHART_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = baton_graph_dispose;
  chart_class->mirrors = TRUE;
  chart_class->draw = graph_draw;
  chart_class->n_marks = graph_n_marks;
  chart_class->mark_area = graph_mark_area;
  chart_class->mark_at = graph_mark_at;
  chart_class->mark_words = graph_mark_words;
  chart_class->draw_current = graph_draw_current;
}

static void
baton_graph_init (BatonGraph *self)
{
}

BatonGraph *
baton_graph_new (void)
{
  return g_object_new (BATON_TYPE_GRAPH, NULL);
}
