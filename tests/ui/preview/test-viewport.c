/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-test"

#include "size-words.h"
#include "fixture.h"
#include "image-view.h"

#include <math.h>

static const BatonViewportFrame small_picture = { 400, 300, 1, 100, 50, FALSE };
static const BatonViewportFrame large_picture = { 400, 300, 1, 4000, 2000, FALSE };

static void
assert_place (
    BatonViewport *viewport, const BatonViewportFrame *frame, double x, double y, double width, double height)
{
  graphene_rect_t place;

  baton_viewport_place (viewport, frame, &place);
  g_assert_cmpfloat_with_epsilon (place.origin.x, x, 0.51);
  g_assert_cmpfloat_with_epsilon (place.origin.y, y, 0.51);
  g_assert_cmpfloat_with_epsilon (place.size.width, width, 0.01);
  g_assert_cmpfloat_with_epsilon (place.size.height, height, 0.01);
}

static void
test_fit (void)
{
  g_autoptr (BatonViewport) viewport = baton_viewport_new ();
  BatonViewportFrame page = small_picture, sharp = large_picture;

  assert_place (viewport, &small_picture, 150, 125, 100, 50);
  assert_place (viewport, &large_picture, 0, 50, 400, 200);
  page.grows = TRUE;
  assert_place (viewport, &page, 0, 50, 400, 200);
  sharp.device_scale = 2;
  g_assert_cmpfloat_with_epsilon (baton_viewport_effective_zoom (viewport, &sharp), 0.2, 1e-9);
  assert_place (viewport, &sharp, 0, 50, 400, 200);
}

static void
test_zoom_keeps_the_point (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (20261);

  for (int i = 0; i < 2000; i++)
    {
      g_autoptr (BatonViewport) viewport = baton_viewport_new ();
      BatonViewportFrame frame = { g_rand_double_range (rand, 50, 2000), g_rand_double_range (rand, 50, 2000),
        g_rand_boolean (rand) ? 1 : 2, g_rand_int_range (rand, 1, 9000), g_rand_int_range (rand, 1, 9000),
        g_rand_boolean (rand) };

      for (int step = 0; step < 12; step++)
        {
          graphene_rect_t before, after;
          double x = g_rand_double_range (rand, 0, frame.view_width);
          double y = g_rand_double_range (rand, 0, frame.view_height);
          double along, now;

          baton_viewport_place (viewport, &frame, &before);
          along = (x - before.origin.x) / before.size.width;
          baton_viewport_zoom_by (viewport, &frame, g_rand_double_range (rand, 0.4, 2.5), x, y);
          baton_viewport_place (viewport, &frame, &after);
          /* No gap on a side that the picture could fill, and in the middle when it cannot. */
          if (after.size.width >= frame.view_width + 1)
            {
              g_assert_cmpfloat (after.origin.x, <=, 0.51);
              g_assert_cmpfloat (after.origin.x + after.size.width, >=, frame.view_width - 0.51);
            }
          else
            g_assert_cmpfloat_with_epsilon (after.origin.x, (frame.view_width - after.size.width) / 2, 1.01);
          /* Away from the borders the point stays under the pointer. */
          now = after.origin.x + along * after.size.width;
          if (along > 0 && along < 1 && after.origin.x < -1 &&
              after.origin.x + after.size.width > frame.view_width + 1)
            g_assert_cmpfloat_with_epsilon (now, x, 2 + after.size.width * 1e-5);
        }
    }
}

static void
test_steps (void)
{
  g_autoptr (BatonViewport) viewport = baton_viewport_new ();
  double before;

  baton_viewport_zoom_to (viewport, &large_picture, 1);
  g_assert_false (baton_viewport_is_fit (viewport));
  before = 1;
  for (int i = 0; i < 20; i++)
    {
      baton_viewport_zoom_step (viewport, &large_picture, TRUE);
      g_assert_cmpfloat (baton_viewport_zoom (viewport), >=, before);
      before = baton_viewport_zoom (viewport);
    }
  g_assert_cmpfloat (before, ==, BATON_ZOOM_MOST);
  for (int i = 0; i < 40; i++)
    baton_viewport_zoom_step (viewport, &large_picture, FALSE);
  g_assert_cmpfloat (baton_viewport_zoom (viewport), ==, BATON_ZOOM_LEAST);
}

static void
test_pan_ends (void)
{
  g_autoptr (BatonViewport) viewport = baton_viewport_new ();
  graphene_rect_t place;

  g_assert_false (baton_viewport_pan (viewport, &large_picture, 50, 0));
  baton_viewport_zoom_to (viewport, &large_picture, 1);
  g_assert_true (baton_viewport_pan (viewport, &large_picture, 1e6, 1e6));
  baton_viewport_place (viewport, &large_picture, &place);
  g_assert_cmpfloat (place.origin.x, ==, 0);
  g_assert_cmpfloat (place.origin.y, ==, 0);
  g_assert_false (baton_viewport_pan (viewport, &large_picture, 10, 10));
  g_assert_true (baton_viewport_pan (viewport, &large_picture, -10, 0));
}

static void
count_cb (gpointer object, int *n)
{
  ++*n;
}

static void
test_changed_once (void)
{
  g_autoptr (BatonViewport) viewport = baton_viewport_new ();
  g_autoptr (BatonViewport) other = baton_viewport_new ();
  int n = 0;

  g_signal_connect (viewport, "changed", G_CALLBACK (count_cb), &n);
  baton_viewport_set_view (viewport, 2, 0.25, 0.75);
  g_assert_cmpint (n, ==, 1);
  baton_viewport_set_view (viewport, 2, 0.25, 0.75);
  g_assert_cmpint (n, ==, 1);
  baton_viewport_set_page (viewport, 3);
  baton_viewport_set_time (viewport, 1.5);
  g_assert_cmpint (n, ==, 3);
  baton_viewport_copy (other, viewport);
  g_assert_cmpint (baton_viewport_page (other), ==, 3);
  g_assert_cmpfloat (baton_viewport_time (other), ==, 1.5);
  g_assert_cmpfloat (baton_viewport_zoom (other), ==, 2);
}

/* One colour per pixel: x in red, y in green. */
static BatonPicture *
ramp (int width, int height, int full_width, int full_height)
{
  guint32 *data = g_new (guint32, (gsize) width * (gsize) height);
  g_autoptr (GBytes) bytes = NULL;

  for (int y = 0; y < height; y++)
    {
      for (int x = 0; x < width; x++)
        data[y * width + x] = 0xff000000u | ((guint32) (x * 255 / MAX (width - 1, 1)) << 16) |
                              ((guint32) (y * 255 / MAX (height - 1, 1)) << 8);
    }
  bytes = g_bytes_new_take (data, (gsize) width * (gsize) height * 4);
  return baton_picture_new (bytes, width, height, full_width, full_height, TRUE);
}

static guint32
pixel (cairo_surface_t *surface, int x, int y)
{
  const guchar *row = cairo_image_surface_get_data (surface) + y * cairo_image_surface_get_stride (surface);

  return ((const guint32 *) row)[x];
}

static void
test_draw_exact (void)
{
  g_autoptr (BatonPicture) picture = ramp (256, 128, 256, 128);
  cairo_surface_t *whole = baton_picture_surface (picture);
  cairo_surface_t *seen = baton_picture_draw (picture, -20, -10, 256, 128, 300, 60);
  cairo_surface_t *big = baton_picture_draw (picture, -40, -20, 1024, 512, 100, 100);

  for (int y = 0; y < 60; y++)
    {
      for (int x = 0; x < 300; x++)
        g_assert_cmphex (pixel (seen, x, y), ==, x < 236 ? pixel (whole, x + 20, y + 10) : 0);
    }
  for (int y = 0; y < 100; y++)
    {
      for (int x = 0; x < 100; x++)
        g_assert_cmphex (pixel (big, x, y), ==, pixel (whole, (x + 40) / 4, (y + 20) / 4));
    }
  cairo_surface_destroy (seen);
  cairo_surface_destroy (big);
}

/* A fine pattern seen from far is grey, not whatever pixel was met. */
static void
test_draw_far (void)
{
  const int side = 2048;
  guint32 *data = g_new (guint32, side * side);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (BatonPicture) picture = NULL;
  cairo_surface_t *seen;

  for (int i = 0; i < side * side; i++)
    data[i] = (i + i / side) % 2 ? 0xffffffffu : 0xff000000u;
  bytes = g_bytes_new_take (data, (gsize) side * side * 4);
  picture = baton_picture_new (bytes, side, side, side, side, TRUE);
  seen = baton_picture_draw (picture, 0, 0, 150, 150, 150, 150);
  for (int y = 2; y < 148; y++)
    {
      for (int x = 2; x < 148; x++)
        g_assert_cmpint (ABS ((int) (pixel (seen, x, y) & 0xff) - 128), <, 3);
    }
  cairo_surface_destroy (seen);
}

static GtkWidget *
show_view (BatonViewport *viewport, BatonPicture *picture, GtkWidget **window)
{
  GtkWidget *view = baton_image_view_new (viewport, BATON_INPUT_KEYS | BATON_INPUT_WHEEL | BATON_INPUT_DRAG);

  baton_image_view_set_picture (BATON_IMAGE_VIEW (view), picture, FALSE);
  *window = gtk_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (*window), 400, 300);
  gtk_window_set_decorated (GTK_WINDOW (*window), FALSE);
  gtk_window_set_child (GTK_WINDOW (*window), view);
  gtk_window_present (GTK_WINDOW (*window));
  fixture_settle (*window);
  return view;
}

static void
test_fractions (void)
{
  g_autoptr (BatonPicture) picture = ramp (2000, 1000, 4000, 2000);
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);
  GtkWidget *window, *view = show_view (NULL, picture, &window);
  BatonImageView *image = BATON_IMAGE_VIEW (view);
  double x, y, along, down;

  g_assert_cmpfloat_with_epsilon (baton_picture_detail (picture), 0.5, 1e-9);
  baton_image_view_from_fraction (image, 0.5, 0.5, &x, &y);
  g_assert_cmpfloat_with_epsilon (x, gtk_widget_get_width (view) / 2.0, 1);
  g_assert_cmpfloat_with_epsilon (y, gtk_widget_get_height (view) / 2.0, 1);
  for (int i = 0; i < 200; i++)
    {
      double a = g_rand_double (rand), d = g_rand_double (rand);

      baton_viewport_set_view (baton_image_view_viewport (image), g_rand_double_range (rand, 0.02, 8),
          g_rand_double (rand), g_rand_double (rand));
      baton_image_view_from_fraction (image, a, d, &x, &y);
      g_assert_true (baton_image_view_to_fraction (image, x, y, &along, &down));
      g_assert_cmpfloat_with_epsilon (a, along, 1e-4);
      g_assert_cmpfloat_with_epsilon (d, down, 1e-4);
      baton_image_view_reveal (image, a, d);
      baton_image_view_from_fraction (image, a, d, &x, &y);
      g_assert_cmpfloat (x, >=, -1);
      g_assert_cmpfloat (y, >=, -1);
      g_assert_cmpfloat (x, <=, gtk_widget_get_width (view) + 1);
      g_assert_cmpfloat (y, <=, gtk_widget_get_height (view) + 1);
    }
  baton_viewport_set_fit (baton_image_view_viewport (image));
  g_assert_false (baton_image_view_to_fraction (image, 1, 1, &along, &down));
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_locked (void)
{
  g_autoptr (BatonPicture) picture = ramp (2000, 1000, 2000, 1000);
  g_autoptr (BatonViewport) shared = baton_viewport_new ();
  GtkWidget *window, *other_window;
  GtkWidget *view = show_view (shared, picture, &window), *other = show_view (shared, picture, &other_window);
  graphene_rect_t a, b;

  baton_viewport_set_view (shared, 1, 0.3, 0.6);
  fixture_settle (window);
  g_assert_true (baton_image_view_place (BATON_IMAGE_VIEW (view), &a));
  g_assert_true (baton_image_view_place (BATON_IMAGE_VIEW (other), &b));
  g_assert_true (graphene_rect_equal (&a, &b));
  gtk_window_destroy (GTK_WINDOW (window));
  gtk_window_destroy (GTK_WINDOW (other_window));
  g_assert_cmpuint (G_OBJECT (shared)->ref_count, ==, 1);
}

/* Sizes are read from the left in every language. */
static void
test_size_words (void)
{
  GtkTextDirection before = gtk_widget_get_default_direction ();
  g_autofree char *left = NULL, *right = NULL;

  gtk_widget_set_default_direction (GTK_TEXT_DIR_LTR);
  left = baton_size_words (360, 480);
  gtk_widget_set_default_direction (GTK_TEXT_DIR_RTL);
  right = baton_size_words (360, 480);
  gtk_widget_set_default_direction (before);
  g_assert_cmpstr (left, ==, "360 × 480");
  g_assert_cmpstr (right, ==,
      "\xe2\x81\xa6"
      "360 × 480"
      "\xe2\x81\xa9");
}

int
main (int argc, char **argv)
{
  fixture_init (&argc, &argv);
  g_test_add_func ("/preview/viewport/fit", test_fit);
  g_test_add_func ("/preview/size-words", test_size_words);
  g_test_add_func ("/preview/viewport/zoom-keeps-the-point", test_zoom_keeps_the_point);
  g_test_add_func ("/preview/viewport/steps", test_steps);
  g_test_add_func ("/preview/viewport/pan-ends", test_pan_ends);
  g_test_add_func ("/preview/viewport/changed-once", test_changed_once);
  g_test_add_func ("/preview/picture/exact", test_draw_exact);
  g_test_add_func ("/preview/picture/far", test_draw_far);
  g_test_add_func ("/preview/image-view/fractions", test_fractions);
  g_test_add_func ("/preview/image-view/locked", test_locked);
  return g_test_run ();
}
