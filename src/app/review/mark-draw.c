/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "mark-draw.h"

#include <math.h>

#define LEAST 5.0     /* pixels that somebody means */
#define SMOOTHING 1.0 /* pixels that a stroke may lie beside what was drawn */

BatonMarkDraw *
baton_mark_draw_new (BatonMarkShape tool, BatonMarkPoint at)
{
  BatonMarkDraw *draw = g_new0 (BatonMarkDraw, 1);

  draw->tool = tool;
  draw->points = g_array_new (FALSE, FALSE, sizeof (BatonMarkPoint));
  g_array_append_val (draw->points, at);
  return draw;
}

void
baton_mark_draw_free (BatonMarkDraw *draw)
{
  g_array_unref (draw->points);
  g_free (draw);
}

void
baton_mark_draw_move (BatonMarkDraw *draw, BatonMarkPoint at)
{
  if (draw->tool == BATON_MARK_POINT)
    g_array_set_size (draw->points, 0);
  else if (draw->tool != BATON_MARK_STROKE && draw->points->len == 2)
    g_array_set_size (draw->points, 1);
  g_array_append_val (draw->points, at);
}

static const BatonMarkPoint *
points_of (const GArray *points)
{
  return (const BatonMarkPoint *) (gpointer) points->data;
}

BatonMark *
baton_mark_draw_now (const BatonMarkDraw *draw)
{
  guint n = draw->points->len;
  guint first = n > BATON_MARK_MOST_POINTS ? n - BATON_MARK_MOST_POINTS : 0;

  return baton_mark_new_drawn (draw->tool, points_of (draw->points) + first, n - first);
}

/* The longer side of the smallest rectangle around it, in pixels. */
static double
extent (const GArray *points, double width, double height)
{
  const BatonMarkPoint *p = points_of (points);
  double left = p[0].x, right = p[0].x, top = p[0].y, bottom = p[0].y;

  for (guint i = 1; i < points->len; i++)
    {
      left = MIN (left, p[i].x);
      right = MAX (right, p[i].x);
      top = MIN (top, p[i].y);
      bottom = MAX (bottom, p[i].y);
    }
  return MAX ((right - left) * width, (bottom - top) * height);
}

BatonMark *
baton_mark_draw_end (const BatonMarkDraw *draw, double width, double height)
{
  g_autoptr (GArray) points = g_array_copy (draw->points);

  if (draw->tool != BATON_MARK_POINT && extent (points, width, height) < LEAST)
    return NULL;
  if (draw->tool == BATON_MARK_STROKE)
    g_array_set_size (points, baton_mark_simplify ((BatonMarkPoint *) (gpointer) points->data, points->len,
                                  width, height, SMOOTHING));
  return baton_mark_new_drawn (draw->tool, points_of (points), points->len);
}
