/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-mark-shape"

#include "mark-shape.h"
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
      BatonMarkKind kind = BATON_MARK_POINT + baton_test_below (&random, 7);
      guint n = kind == BATON_MARK_POINT    ? 1
                : kind == BATON_MARK_STROKE ? 2 + baton_test_below (&random, 50)
                                            : 2;
      g_autofree BatonMarkPoint *points = g_new (BatonMarkPoint, n);
      g_autoptr (BatonMarkShape) shape = NULL, back = NULL;
      g_autofree char *place = NULL, *again = NULL;

      for (guint i = 0; i < n; i++)
        points[i] = (BatonMarkPoint){ baton_test_below (&random, 100001) / 100000.0,
          baton_test_below (&random, 100001) / 100000.0 };
      shape = baton_mark_kind_is_drawn (kind)
                  ? baton_mark_shape_new (kind, points, n)
                  : baton_mark_shape_new_range (kind, baton_test_below (&random, 500), 501.25);
      g_assert_nonnull (shape);
      place = baton_mark_shape_place (shape);
      back = baton_mark_shape_parse (baton_mark_kind_name (kind), place);
      g_assert_nonnull (back);
      again = baton_mark_shape_place (back);
      g_assert_cmpstr (again, ==, place);
      g_assert_cmpuint (back->n_points, ==, shape->n_points);
      for (guint i = 0; i < back->n_points; i++)
        {
          g_assert_cmpfloat_with_epsilon (back->points[i].x, shape->points[i].x, 0.00001);
          g_assert_cmpfloat_with_epsilon (back->points[i].y, shape->points[i].y, 0.00001);
        }
    }
}

static void
test_format (void)
{
  static const BatonMarkPoint corners[] = { { 0.75, 1.5 }, { 0.25, -0.5 } };
  g_autoptr (BatonMarkShape) rectangle = baton_mark_shape_new (BATON_MARK_RECTANGLE, corners, 2);
  g_autoptr (BatonMarkShape) text = baton_mark_shape_new_range (BATON_MARK_TEXT, 40, 12);
  g_autoptr (BatonMarkShape) moment = baton_mark_shape_new_range (BATON_MARK_MOMENT, 12.5, 0);
  g_autofree char *of_rectangle = baton_mark_shape_place (rectangle);
  g_autofree char *of_text = baton_mark_shape_place (text);
  g_autofree char *of_moment = baton_mark_shape_place (moment);

  /* Corners in order, and on the page. */
  g_assert_cmpstr (of_rectangle, ==, "0.25,0 0.75,1");
  g_assert_cmpstr (of_text, ==, "12-40");
  g_assert_cmpstr (of_moment, ==, "12.5");
}

static void
test_malformed (void)
{
  static const char *const bad[][2] = { { "point", "" }, { "point", "0.5" }, { "point", "0.5," },
    { "point", ",0.5" }, { "point", "0.5,0.5 " }, { "point", "0.5,0.5 0.6,0.6" }, { "point", "a,b" },
    { "point", "nan,0.5" }, { "point", "inf,0.5" }, { "point", "-0.5,0.5" }, { "point", "0x1,0.5" },
    { "point", "0,5;0,5" }, { "point", "1e400,0.5" }, { "rectangle", "0.1,0.1" }, { "stroke", "0.1,0.1" },
    { "arrow", "0.1,0.1 0.2,0.2 0.3,0.3" }, { "text", "5" }, { "text", "5-5" }, { "text", "5-" },
    { "text", "-5" }, { "text", "1-2-3" }, { "moment", "" }, { "moment", "1-2" }, { "moment", "1," },
    { "range", "3-3" }, { "circle", "0.5,0.5" }, { "none", "0.5,0.5" }, { "", "" } };
  g_autoptr (GString) endless = g_string_new ("0.5,0.5");
  g_autoptr (BatonMarkShape) too_many = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      BatonMarkShape *shape = baton_mark_shape_parse (bad[i][0], bad[i][1]);

      if (shape != NULL)
        g_error ("“%s” “%s” was taken", bad[i][0], bad[i][1]);
    }
  for (guint i = 0; i < BATON_MARK_MOST_POINTS; i++)
    g_string_append (endless, " 0.5,0.5");
  too_many = baton_mark_shape_parse ("stroke", endless->str);
  g_assert_null (too_many);
  g_assert_null (baton_mark_shape_parse (NULL, NULL));
}

/* Any text at all: never a crash, and what is taken is on the page. */
static void
test_garbage (void)
{
  static const char alphabet[] = "0123456789.,- eE+xnai\n";

  for (guint round = 0; round < baton_test_rounds (20000); round++)
    {
      BatonTestRandom random = baton_test_random (round);
      char place[24];
      guint n = baton_test_below (&random, sizeof place - 1);
      g_autoptr (BatonMarkShape) shape = NULL;

      for (guint i = 0; i < n; i++)
        place[i] = alphabet[baton_test_below (&random, sizeof alphabet - 1)];
      place[n] = '\0';
      shape = baton_mark_shape_parse (baton_mark_kind_name (baton_test_below (&random, 8)), place);
      for (guint i = 0; shape != NULL && i < shape->n_points; i++)
        {
          g_assert_true (shape->points[i].x >= 0 && shape->points[i].x <= 1);
          g_assert_true (shape->points[i].y >= 0 && shape->points[i].y <= 1);
        }
    }
}

/* A pointer's tolerance is the same number of pixels at every zoom. */
static void
test_hit (void)
{
  static const double zooms[] = { 0.05, 0.25, 1, 4, 32 };
  const double tolerance = 6;
  g_autoptr (BatonMarkShape) point = baton_mark_shape_parse ("point", "0.5,0.5");
  g_autoptr (BatonMarkShape) rectangle = baton_mark_shape_parse ("rectangle", "0.2,0.2 0.6,0.4");
  g_autoptr (BatonMarkShape) stroke = baton_mark_shape_parse ("stroke", "0,0 1,1");
  g_autoptr (BatonMarkShape) text = baton_mark_shape_parse ("text", "1-5");

  for (guint i = 0; i < G_N_ELEMENTS (zooms); i++)
    {
      double width = 2160 * zooms[i], height = 2700 * zooms[i];
      double near = (tolerance - 0.5) / width, far = (tolerance + 0.5) / width;

      g_assert_cmpfloat (
          baton_mark_shape_distance (point, (BatonMarkPoint){ 0.5 + near, 0.5 }, width, height), <,
          tolerance);
      g_assert_cmpfloat (
          baton_mark_shape_distance (point, (BatonMarkPoint){ 0.5 + far, 0.5 }, width, height), >, tolerance);
      g_assert_cmpfloat (
          baton_mark_shape_distance (rectangle, (BatonMarkPoint){ 0.2 - near, 0.3 }, width, height), <,
          tolerance);
      g_assert_cmpfloat (
          baton_mark_shape_distance (rectangle, (BatonMarkPoint){ 0.2 - far, 0.3 }, width, height), >,
          tolerance);
      /* On the line, but not inside: the picture below stays in reach. */
      g_assert_cmpfloat_with_epsilon (
          baton_mark_shape_distance (rectangle, (BatonMarkPoint){ 0.4, 0.2 }, width, height), 0, 0.0001);
      if (zooms[i] >= 0.25)
        g_assert_cmpfloat (
            baton_mark_shape_distance (rectangle, (BatonMarkPoint){ 0.4, 0.3 }, width, height), >, tolerance);
      g_assert_cmpfloat_with_epsilon (
          baton_mark_shape_distance (stroke, (BatonMarkPoint){ 0.25, 0.25 }, width, height), 0, 0.0001);
      g_assert_cmpfloat (
          baton_mark_shape_distance (text, (BatonMarkPoint){ 0.25, 0.25 }, width, height), ==, G_MAXDOUBLE);
    }
}

static void
test_pin (void)
{
  g_autoptr (BatonMarkShape) rectangle = baton_mark_shape_parse ("rectangle", "0.6,0.4 0.2,0.2");
  g_autoptr (BatonMarkShape) arrow = baton_mark_shape_parse ("arrow", "0.1,0.9 0.7,0.3");
  BatonMarkPoint upper_left, lower_right;

  g_assert_cmpfloat (baton_mark_shape_pin (rectangle).x, ==, 0.6);
  g_assert_cmpfloat (baton_mark_shape_pin (rectangle).y, ==, 0.2);
  g_assert_cmpfloat (baton_mark_shape_pin (arrow).x, ==, 0.7);
  baton_mark_shape_bounds (arrow, &upper_left, &lower_right);
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
      g_autoptr (BatonMarkShape) shape = NULL;
      guint left;

      for (guint i = 0; i < n; i++)
        points[i] = (BatonMarkPoint){ 0.5 + 0.4 * cos (i / 40.0) + baton_test_below (&random, 100) / 1e5,
          0.5 + 0.4 * sin (i / 25.0) };
      drawn = g_memdup2 (points, n * sizeof *points);
      left = baton_mark_simplify (points, n, width, height, 1.5);
      g_assert_cmpuint (left, <=, n);
      g_assert_true (points[0].x == drawn[0].x && points[left - 1].x == drawn[n - 1].x);
      shape = baton_mark_shape_new (BATON_MARK_STROKE, points, left);
      for (guint i = 0; i < n; i++)
        g_assert_cmpfloat (baton_mark_shape_distance (shape, drawn[i], width, height), <=, 1.5001);
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

int
main (int argc, char **argv)
{
  baton_test_init (&argc, &argv);
  g_test_add_func ("/mark-shape/round-trip", test_round_trip);
  g_test_add_func ("/mark-shape/format", test_format);
  g_test_add_func ("/mark-shape/malformed", test_malformed);
  g_test_add_func ("/mark-shape/garbage", test_garbage);
  g_test_add_func ("/mark-shape/hit", test_hit);
  g_test_add_func ("/mark-shape/pin", test_pin);
  g_test_add_func ("/mark-shape/simplify", test_simplify);
  g_test_add_func ("/mark-shape/straight", test_straight);
  return g_test_run ();
}
