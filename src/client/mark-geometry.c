/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-client"

#include "mark-geometry.h"

#include <math.h>

gboolean
baton_mark_is_drawn (BatonMarkShape shape)
{
  return shape >= BATON_MARK_POINT && shape <= BATON_MARK_ARROW;
}

gboolean
baton_mark_has_time (const BatonMark *mark)
{
  return mark->shape == BATON_MARK_MOMENT || mark->shape == BATON_MARK_RANGE || mark->timed;
}

static gboolean
is_right_number (BatonMarkShape shape, guint n)
{
  if (shape == BATON_MARK_POINT)
    return n == 1;
  if (shape == BATON_MARK_STROKE)
    return n >= 2 && n <= BATON_MARK_MOST_POINTS;
  return baton_mark_is_drawn (shape) && n == 2;
}

static const BatonMarkPoint *
points_of (const BatonMark *mark)
{
  return (const BatonMarkPoint *) (gpointer) mark->points->data;
}

BatonMark *
baton_mark_new_drawn (BatonMarkShape shape, const BatonMarkPoint *points, guint n_points)
{
  g_autoptr (BatonMark) mark = NULL;

  if (!is_right_number (shape, n_points))
    return NULL;
  mark = baton_mark_new (shape);
  for (guint i = 0; i < n_points; i++)
    {
      if (!isfinite (points[i].x) || !isfinite (points[i].y))
        return NULL;
      baton_mark_add_point (mark, points[i].x, points[i].y);
    }
  if (shape == BATON_MARK_RECTANGLE)
    {
      BatonMarkPoint corners[2];

      baton_mark_bounds (mark, &corners[0], &corners[1]);
      g_array_set_size (mark->points, 0);
      g_array_append_vals (mark->points, corners, 2);
    }
  return g_steal_pointer (&mark);
}

BatonMark *
baton_mark_new_span (BatonMarkShape shape, double from, double to)
{
  BatonMark *mark;

  if (shape < BATON_MARK_TEXT || !isfinite (from) || !isfinite (to) || from < 0 || to < 0)
    return NULL;
  if (shape == BATON_MARK_TEXT)
    {
      from = floor (from);
      to = floor (to);
    }
  if (shape != BATON_MARK_MOMENT && from == to)
    return NULL;
  mark = baton_mark_new (shape);
  mark->from = shape == BATON_MARK_MOMENT ? from : MIN (from, to);
  mark->to = shape == BATON_MARK_MOMENT ? from : MAX (from, to);
  return mark;
}

BatonMark *
baton_mark_copy (const BatonMark *mark)
{
  BatonMark *copy = baton_mark_new (mark->shape);

  g_array_append_vals (copy->points, mark->points->data, mark->points->len);
  copy->from = mark->from;
  copy->to = mark->to;
  copy->timed = mark->timed;
  return copy;
}

BatonMarkPoint
baton_mark_pin (const BatonMark *mark)
{
  BatonMarkPoint upper_left, lower_right;

  if (mark->points->len == 0)
    return (BatonMarkPoint){ 0, 0 };
  baton_mark_bounds (mark, &upper_left, &lower_right);
  if (mark->shape == BATON_MARK_RECTANGLE)
    return (BatonMarkPoint){ lower_right.x, upper_left.y };
  return points_of (mark)[mark->shape == BATON_MARK_ARROW ? 1 : 0];
}

void
baton_mark_bounds (const BatonMark *mark, BatonMarkPoint *upper_left, BatonMarkPoint *lower_right)
{
  const BatonMarkPoint *points = points_of (mark);

  *upper_left = *lower_right = mark->points->len > 0 ? points[0] : (BatonMarkPoint){ 0, 0 };
  for (guint i = 1; i < mark->points->len; i++)
    {
      upper_left->x = MIN (upper_left->x, points[i].x);
      upper_left->y = MIN (upper_left->y, points[i].y);
      lower_right->x = MAX (lower_right->x, points[i].x);
      lower_right->y = MAX (lower_right->y, points[i].y);
    }
}

/* Of a point from a piece of a line, in pixels. */
static double
distance_to_line (BatonMarkPoint at, BatonMarkPoint a, BatonMarkPoint b, double width, double height)
{
  double dx = (b.x - a.x) * width, dy = (b.y - a.y) * height;
  double px = (at.x - a.x) * width, py = (at.y - a.y) * height;
  double length = dx * dx + dy * dy;
  double along = length > 0 ? CLAMP ((px * dx + py * dy) / length, 0, 1) : 0;

  return hypot (px - along * dx, py - along * dy);
}

static double
distance_to_rectangle (const BatonMarkPoint *corners, BatonMarkPoint at, double width, double height)
{
  BatonMarkPoint a = corners[0], b = corners[1];
  BatonMarkPoint upper_right = { b.x, a.y }, lower_left = { a.x, b.y };
  double best = distance_to_line (at, a, upper_right, width, height);

  best = MIN (best, distance_to_line (at, upper_right, b, width, height));
  best = MIN (best, distance_to_line (at, b, lower_left, width, height));
  return MIN (best, distance_to_line (at, lower_left, a, width, height));
}

double
baton_mark_distance (const BatonMark *mark, BatonMarkPoint at, double width, double height)
{
  const BatonMarkPoint *points = points_of (mark);
  double best = G_MAXDOUBLE;

  if (!baton_mark_is_drawn (mark->shape) || mark->points->len == 0)
    return G_MAXDOUBLE;
  if (mark->points->len == 1)
    return distance_to_line (at, points[0], points[0], width, height);
  if (mark->shape == BATON_MARK_RECTANGLE)
    return distance_to_rectangle (points, at, width, height);
  for (guint i = 1; i < mark->points->len; i++)
    best = MIN (best, distance_to_line (at, points[i - 1], points[i], width, height));
  return best;
}

/* Marks the points between first and last that a line must keep. */
static void
keep_far_points (
    const BatonMarkPoint *points, guint n_points, double width, double height, double tolerance, guint8 *kept)
{
  g_autoptr (GArray) stack = g_array_new (FALSE, FALSE, sizeof (guint));
  guint first = 0, last = n_points - 1;

  kept[first] = kept[last] = 1;
  g_array_append_val (stack, first);
  g_array_append_val (stack, last);
  while (stack->len > 0)
    {
      guint from = g_array_index (stack, guint, stack->len - 2);
      guint to = g_array_index (stack, guint, stack->len - 1);
      guint far = from;
      double furthest = tolerance;

      g_array_set_size (stack, stack->len - 2);
      for (guint i = from + 1; i < to; i++)
        {
          double distance = distance_to_line (points[i], points[from], points[to], width, height);

          if (distance > furthest)
            {
              furthest = distance;
              far = i;
            }
        }
      if (far == from)
        continue;
      kept[far] = 1;
      g_array_append_val (stack, from);
      g_array_append_val (stack, far);
      g_array_append_val (stack, far);
      g_array_append_val (stack, to);
    }
}

guint
baton_mark_simplify (BatonMarkPoint *points, guint n_points, double width, double height, double tolerance)
{
  g_return_val_if_fail (tolerance > 0, n_points);

  while (n_points > 2)
    {
      g_autofree guint8 *kept = g_new0 (guint8, n_points);
      guint left = 0;

      keep_far_points (points, n_points, width, height, tolerance, kept);
      for (guint i = 0; i < n_points; i++)
        {
          if (kept[i])
            points[left++] = points[i];
        }
      n_points = left;
      if (left <= BATON_MARK_MOST_POINTS)
        break;
      tolerance *= 2;
    }
  return n_points;
}
