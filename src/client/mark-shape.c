/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-client"

#include "mark-shape.h"

#include <math.h>
#include <string.h>

/* A pixel of a page that is 100,000 pixels wide. */
#define DECIMALS "%.5f"

static const char *const names[] = { "none", "point", "rectangle", "stroke", "arrow", "text", "moment",
  "range" };

const char *
baton_mark_kind_name (BatonMarkKind kind)
{
  g_return_val_if_fail (kind < G_N_ELEMENTS (names), "none");
  return names[kind];
}

BatonMarkKind
baton_mark_kind_find (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      if (g_strcmp0 (name, names[i]) == 0)
        return i;
    }
  return BATON_MARK_NONE;
}

gboolean
baton_mark_kind_is_drawn (BatonMarkKind kind)
{
  return kind >= BATON_MARK_POINT && kind <= BATON_MARK_ARROW;
}

static gboolean
is_right_number (BatonMarkKind kind, guint n)
{
  if (kind == BATON_MARK_POINT)
    return n == 1;
  if (kind == BATON_MARK_STROKE)
    return n >= 2 && n <= BATON_MARK_MOST_POINTS;
  return baton_mark_kind_is_drawn (kind) && n == 2;
}

static void
order_corners (BatonMarkPoint *corners)
{
  BatonMarkPoint a = corners[0], b = corners[1];

  corners[0] = (BatonMarkPoint){ MIN (a.x, b.x), MIN (a.y, b.y) };
  corners[1] = (BatonMarkPoint){ MAX (a.x, b.x), MAX (a.y, b.y) };
}

BatonMarkShape *
baton_mark_shape_new (BatonMarkKind kind, const BatonMarkPoint *points, guint n_points)
{
  BatonMarkShape *shape;

  if (!is_right_number (kind, n_points))
    return NULL;
  for (guint i = 0; i < n_points; i++)
    {
      if (!isfinite (points[i].x) || !isfinite (points[i].y))
        return NULL;
    }
  shape = g_new0 (BatonMarkShape, 1);
  shape->kind = kind;
  shape->n_points = n_points;
  shape->points = g_memdup2 (points, n_points * sizeof *points);
  for (guint i = 0; i < n_points; i++)
    {
      shape->points[i].x = CLAMP (points[i].x, 0, 1);
      shape->points[i].y = CLAMP (points[i].y, 0, 1);
    }
  if (kind == BATON_MARK_RECTANGLE)
    order_corners (shape->points);
  return shape;
}

BatonMarkShape *
baton_mark_shape_new_range (BatonMarkKind kind, double from, double to)
{
  BatonMarkShape *shape;

  if (kind < BATON_MARK_TEXT || !isfinite (from) || !isfinite (to) || from < 0 || to < 0)
    return NULL;
  if (kind == BATON_MARK_TEXT)
    {
      from = floor (from);
      to = floor (to);
    }
  if (kind != BATON_MARK_MOMENT && from == to)
    return NULL;
  shape = g_new0 (BatonMarkShape, 1);
  shape->kind = kind;
  shape->from = kind == BATON_MARK_MOMENT ? from : MIN (from, to);
  shape->to = kind == BATON_MARK_MOMENT ? from : MAX (from, to);
  return shape;
}

/* A number at *p and the sign behind it, or the end where that may be; moves on. */
static gboolean
read_number (const char **p, double *number, char sign, gboolean may_end)
{
  char *end;

  if (!g_ascii_isdigit (**p) || (*p)[1] == 'x' || (*p)[1] == 'X')
    return FALSE;
  *number = g_ascii_strtod (*p, &end);
  if (*end == '\0' ? !may_end : *end != sign || end[1] == '\0')
    return FALSE;
  *p = *end != '\0' ? end + 1 : end;
  return isfinite (*number);
}

static BatonMarkShape *
parse_points (BatonMarkKind kind, const char *p)
{
  g_autoptr (GArray) points = g_array_new (FALSE, FALSE, sizeof (BatonMarkPoint));

  while (*p != '\0' && points->len <= BATON_MARK_MOST_POINTS)
    {
      BatonMarkPoint point;

      if (!read_number (&p, &point.x, ',', FALSE) || !read_number (&p, &point.y, ' ', TRUE))
        return NULL;
      g_array_append_val (points, point);
    }
  return baton_mark_shape_new (kind, (BatonMarkPoint *) (gpointer) points->data, points->len);
}

BatonMarkShape *
baton_mark_shape_parse (const char *kind_name, const char *place)
{
  BatonMarkKind kind = baton_mark_kind_find (kind_name);
  const char *p = place;
  double from, to;

  if (kind == BATON_MARK_NONE || place == NULL)
    return NULL;
  if (baton_mark_kind_is_drawn (kind))
    return parse_points (kind, place);
  if (kind == BATON_MARK_MOMENT)
    return read_number (&p, &from, '\0', TRUE) ? baton_mark_shape_new_range (kind, from, from) : NULL;
  if (!read_number (&p, &from, '-', FALSE) || !read_number (&p, &to, '\0', TRUE))
    return NULL;
  return baton_mark_shape_new_range (kind, from, to);
}

BatonMarkShape *
baton_mark_shape_copy (const BatonMarkShape *shape)
{
  BatonMarkShape *copy = g_memdup2 (shape, sizeof *shape);

  copy->points = g_memdup2 (shape->points, shape->n_points * sizeof *shape->points);
  return copy;
}

void
baton_mark_shape_free (BatonMarkShape *shape)
{
  g_free (shape->points);
  g_free (shape);
}

/* With a point in every language, and no noughts at the end. */
static void
append_number (GString *text, double number)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE + 320];
  gsize length;

  g_ascii_formatd (buffer, sizeof buffer, DECIMALS, number);
  length = strlen (buffer);
  while (buffer[length - 1] == '0')
    length--;
  if (buffer[length - 1] == '.')
    length--;
  g_string_append_len (text, buffer, (gssize) length);
}

char *
baton_mark_shape_place (const BatonMarkShape *shape)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < shape->n_points; i++)
    {
      if (i > 0)
        g_string_append_c (text, ' ');
      append_number (text, shape->points[i].x);
      g_string_append_c (text, ',');
      append_number (text, shape->points[i].y);
    }
  if (shape->n_points > 0)
    return g_string_free (text, FALSE);
  append_number (text, shape->from);
  if (shape->kind != BATON_MARK_MOMENT)
    {
      g_string_append_c (text, '-');
      append_number (text, shape->to);
    }
  return g_string_free (text, FALSE);
}

BatonMarkPoint
baton_mark_shape_pin (const BatonMarkShape *shape)
{
  if (shape->n_points == 0)
    return (BatonMarkPoint){ 0, 0 };
  if (shape->kind == BATON_MARK_RECTANGLE)
    return (BatonMarkPoint){ shape->points[1].x, shape->points[0].y };
  return shape->kind == BATON_MARK_ARROW ? shape->points[1] : shape->points[0];
}

void
baton_mark_shape_bounds (const BatonMarkShape *shape, BatonMarkPoint *upper_left, BatonMarkPoint *lower_right)
{
  *upper_left = *lower_right = shape->n_points > 0 ? shape->points[0] : (BatonMarkPoint){ 0, 0 };
  for (guint i = 1; i < shape->n_points; i++)
    {
      upper_left->x = MIN (upper_left->x, shape->points[i].x);
      upper_left->y = MIN (upper_left->y, shape->points[i].y);
      lower_right->x = MAX (lower_right->x, shape->points[i].x);
      lower_right->y = MAX (lower_right->y, shape->points[i].y);
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
baton_mark_shape_distance (const BatonMarkShape *shape, BatonMarkPoint at, double width, double height)
{
  double best = G_MAXDOUBLE;

  if (!baton_mark_kind_is_drawn (shape->kind))
    return G_MAXDOUBLE;
  if (shape->kind == BATON_MARK_POINT)
    return distance_to_line (at, shape->points[0], shape->points[0], width, height);
  if (shape->kind == BATON_MARK_RECTANGLE)
    return distance_to_rectangle (shape->points, at, width, height);
  for (guint i = 1; i < shape->n_points; i++)
    best = MIN (best, distance_to_line (at, shape->points[i - 1], shape->points[i], width, height));
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
