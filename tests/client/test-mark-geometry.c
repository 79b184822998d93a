/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-mark-geometry"

#include "mark-geometry.h"
#include "test-random.h"

#include <locale.h>
#include <math.h>
#include <string.h>

static void
test_round_trip (void)
{
  for (guint round = 0; round < baton_test_rounds (500); round++)
    {
      BatonTestRandom random = baton_test_random (round);
      BatonMarkShape kind = BATON_MARK_POINT + baton_test_below (&random, 7);
      guint n = kind == BATON_MARK_POINT    ? 1
                : kind == BATON_MARK_STROKE ? 2 + baton_test_below (&random, 50)
                                            : 2;
      g_autofree BatonMarkPoint *points = g_new (BatonMarkPoint, n);
      g_autoptr (BatonMark) shape = NULL, back = NULL;
      g_autofree char *place = NULL, *again = NULL;

      for (guint i = 0; i < n; i++)
        points[i] = (BatonMarkPoint){ baton_test_below (&random, 100001) / 100000.0,
          baton_test_below (&random, 100001) / 100000.0 };
      shape = baton_mark_is_drawn (kind)
                  ? baton_mark_new_drawn (kind, points, n)
                  : baton_mark_new_span (kind, baton_test_below (&random, 500), 501.25);
      g_assert_nonnull (shape);
      place = baton_mark_format (shape);
      back = baton_mark_parse (kind, place);
      g_assert_nonnull (back);
      again = baton_mark_format (back);
      g_assert_cmpstr (again, ==, place);
      g_assert_cmpuint (back->points->len, ==, shape->points->len);
      for (guint i = 0; i < back->points->len; i++)
        {
          g_assert_cmpfloat_with_epsilon (g_array_index (back->points, BatonMarkPoint, i).x,
              g_array_index (shape->points, BatonMarkPoint, i).x, 0.00001);
          g_assert_cmpfloat_with_epsilon (g_array_index (back->points, BatonMarkPoint, i).y,
              g_array_index (shape->points, BatonMarkPoint, i).y, 0.00001);
        }
    }
}

static void
test_format (void)
{
  static const BatonMarkPoint corners[] = { { 0.75, 1.5 }, { 0.25, -0.5 } };
  g_autoptr (BatonMark) rectangle = baton_mark_new_drawn (BATON_MARK_RECTANGLE, corners, 2);
  g_autoptr (BatonMark) text = baton_mark_new_span (BATON_MARK_TEXT, 40, 12);
  g_autoptr (BatonMark) moment = baton_mark_new_span (BATON_MARK_MOMENT, 12.5, 0);
  g_autofree char *of_rectangle = baton_mark_format (rectangle);
  g_autofree char *of_text = baton_mark_format (text);
  g_autofree char *of_moment = baton_mark_format (moment);

  /* Corners in order, and on the page. */
  g_assert_cmpstr (of_rectangle, ==, "0.25,0 0.75,1");
  g_assert_cmpstr (of_text, ==, "12-40");
  g_assert_cmpstr (of_moment, ==, "12.5");
}

/* A pointer's tolerance is the same number of pixels at every zoom. */
static void
test_hit (void)
{
  static const double zooms[] = { 0.05, 0.25, 1, 4, 32 };
  const double tolerance = 6;
  g_autoptr (BatonMark) point = baton_mark_parse (BATON_MARK_POINT, "0.5,0.5");
  g_autoptr (BatonMark) rectangle = baton_mark_parse (BATON_MARK_RECTANGLE, "0.2,0.2 0.6,0.4");
  g_autoptr (BatonMark) stroke = baton_mark_parse (BATON_MARK_STROKE, "0,0 1,1");
  g_autoptr (BatonMark) text = baton_mark_parse (BATON_MARK_TEXT, "1-5");

  for (guint i = 0; i < G_N_ELEMENTS (zooms); i++)
    {
      double width = 2160 * zooms[i], height = 2700 * zooms[i];
      double near = (tolerance - 0.5) / width, far = (tolerance + 0.5) / width;

      g_assert_cmpfloat (
          baton_mark_distance (point, (BatonMarkPoint){ 0.5 + near, 0.5 }, width, height), <, tolerance);
      g_assert_cmpfloat (
          baton_mark_distance (point, (BatonMarkPoint){ 0.5 + far, 0.5 }, width, height), >, tolerance);
      g_assert_cmpfloat (
          baton_mark_distance (rectangle, (BatonMarkPoint){ 0.2 - near, 0.3 }, width, height), <, tolerance);
      g_assert_cmpfloat (
          baton_mark_distance (rectangle, (BatonMarkPoint){ 0.2 - far, 0.3 }, width, height), >, tolerance);
      /* On the line, but not inside: the picture below stays in reach. */
      g_assert_cmpfloat_with_epsilon (
          baton_mark_distance (rectangle, (BatonMarkPoint){ 0.4, 0.2 }, width, height), 0, 0.0001);
      if (zooms[i] >= 0.25)
        g_assert_cmpfloat (
            baton_mark_distance (rectangle, (BatonMarkPoint){ 0.4, 0.3 }, width, height), >, tolerance);
      g_assert_cmpfloat_with_epsilon (
          baton_mark_distance (stroke, (BatonMarkPoint){ 0.25, 0.25 }, width, height), 0, 0.0001);
      g_assert_cmpfloat (
          baton_mark_distance (text, (BatonMarkPoint){ 0.25, 0.25 }, width, height), ==, G_MAXDOUBLE);
    }
}

static void
test_pin (void)
{
  g_autoptr (BatonMark) rectangle = baton_mark_parse (BATON_MARK_RECTANGLE, "0.6,0.4 0.2,0.2");
  g_autoptr (BatonMark) arrow = baton_mark_parse (BATON_MARK_ARROW, "0.1,0.9 0.7,0.3");
  BatonMarkPoint upper_left, lower_right;

  g_assert_cmpfloat (baton_mark_pin (rectangle).x, ==, 0.6);
  g_assert_cmpfloat (baton_mark_pin (rectangle).y, ==, 0.2);
  g_assert_cmpfloat (baton_mark_pin (arrow).x, ==, 0.7);
  baton_mark_bounds (arrow, &upper_left, &lower_right);
  g_assert_cmpfloat (upper_left.y, ==, 0.3);
  g_assert_cmpfloat (lower_right.y, ==, 0.9);
}

/* No point of the line that was drawn is further from what is kept than the tolerance. */
static void
test_simplify (void)
{
  for (guint round = 0; round < baton_test_rounds (100); round++)
    {
      BatonTestRandom random = baton_test_random (round);
      guint n = 2 + baton_test_below (&random, 400);
      double width = 100 + baton_test_below (&random, 3000), height = 100 + baton_test_below (&random, 3000);
      g_autofree BatonMarkPoint *points = g_new (BatonMarkPoint, n);
      g_autofree BatonMarkPoint *drawn = NULL;
      g_autoptr (BatonMark) shape = NULL;
      guint left;

      for (guint i = 0; i < n; i++)
        points[i] = (BatonMarkPoint){ 0.5 + 0.4 * cos (i / 40.0) + baton_test_below (&random, 100) / 1e5,
          0.5 + 0.4 * sin (i / 25.0) };
      drawn = g_memdup2 (points, n * sizeof *points);
      left = baton_mark_simplify (points, n, width, height, 1.5);
      g_assert_cmpuint (left, <=, n);
      g_assert_true (points[0].x == drawn[0].x && points[left - 1].x == drawn[n - 1].x);
      shape = baton_mark_new_drawn (BATON_MARK_STROKE, points, left);
      for (guint i = 0; i < n; i++)
        g_assert_cmpfloat (baton_mark_distance (shape, drawn[i], width, height), <=, 1.5001);
    }
}

static void
test_straight (void)
{
  BatonMarkPoint points[5000];

  for (guint i = 0; i < 5000; i++)
    points[i] = (BatonMarkPoint){ i / 5000.0, i / 5000.0 };
  g_assert_cmpuint (baton_mark_simplify (points, 5000, 1000, 1000, 1), ==, 2);
  /* A scribble that no tolerance of one pixel can thin out still fits. */
  for (guint i = 0; i < 5000; i++)
    points[i] = (BatonMarkPoint){ (i % 2) * 0.5 + i / 20000.0, i / 5000.0 };
  g_assert_cmpuint (baton_mark_simplify (points, 5000, 1000, 1000, 1), <=, BATON_MARK_MOST_POINTS);
}

/* Upon a frame: any drawn shape may carry its moment, others not. */
static void
test_timed (void)
{
  static const char *const bad[] = { "0.5,0.5@", "0.5,0.5@-1", "0.5,0.5@1 0.1,0.1", "0.5,0.5@1x", "@1",
    "0.5,0.5 @1" };
  g_autoptr (BatonMark) point = baton_mark_parse (BATON_MARK_POINT, "0.25,0.5@12.48");
  g_autoptr (BatonMark) stroke = baton_mark_parse (BATON_MARK_STROKE, "0,0 0.5,0.5 1,1@0");
  g_autoptr (BatonMark) still = baton_mark_parse (BATON_MARK_POINT, "0.25,0.5");
  g_autoptr (BatonMark) copy = baton_mark_copy (point);
  g_autofree char *place = baton_mark_format (copy);
  g_autofree char *first = baton_mark_format (stroke);

  g_assert_true (point->timed && baton_mark_has_time (point));
  g_assert_cmpfloat_with_epsilon (point->from, 12.48, 1e-9);
  g_assert_cmpstr (place, ==, "0.25,0.5@12.48");
  g_assert_cmpstr (first, ==, "0,0 0.5,0.5 1,1@0");
  g_assert_false (still->timed || baton_mark_has_time (still));
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_assert_null (baton_mark_parse (BATON_MARK_POINT, bad[i]));
      g_assert_null (baton_mark_parse (BATON_MARK_STROKE, bad[i]));
    }
  g_assert_null (baton_mark_parse (BATON_MARK_MOMENT, "1@2"));
}

int
main (int argc, char **argv)
{
  baton_test_init (&argc, &argv);
  g_test_add_func ("/mark-geometry/round-trip", test_round_trip);
  g_test_add_func ("/mark-geometry/format", test_format);
  g_test_add_func ("/mark-geometry/hit", test_hit);
  g_test_add_func ("/mark-geometry/pin", test_pin);
  g_test_add_func ("/mark-geometry/simplify", test_simplify);
  g_test_add_func ("/mark-geometry/straight", test_straight);
  g_test_add_func ("/mark-geometry/timed", test_timed);
  return g_test_run ();
}
