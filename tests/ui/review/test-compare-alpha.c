/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-test"

#include "compare-fixture.h"
#include "fixture.h"

/* What is transparent, in every way of comparing: as it is seen when a version is shown alone. */

#define WIDTH 400
#define HEIGHT 300
#define CHECK_GREY 0xff8a8a8cu /* of a dark square of the checkerboard, near enough to hide on it */

/* A colour (alpha multiplied in) left of a column, another from there on. */
static BatonPicture *
two_halves (int column, guint32 left, guint32 right)
{
  guint32 *data = g_new (guint32, WIDTH * HEIGHT);
  g_autoptr (GBytes) bytes = NULL;

  for (int i = 0; i < WIDTH * HEIGHT; i++)
    data[i] = i % WIDTH < column ? left : right;
  bytes = g_bytes_new_take (data, WIDTH * HEIGHT * sizeof *data);
  return baton_picture_new (bytes, WIDTH, HEIGHT, WIDTH, HEIGHT, FALSE);
}

static cairo_surface_t *
seen (Compare *f)
{
  if (f->zoom > 0)
    baton_viewport_set_view (
        baton_image_view_viewport (baton_compare_view_picture (f->view, FALSE)), f->zoom, 0.45, 0.52);
  fixture_settle (f->window);
  return pixels_of (GTK_WIDGET (baton_compare_view_picture (f->view, FALSE)));
}

/* How a version looks where there is nothing to compare it with. */
static cairo_surface_t *
seen_alone (Compare *f, BatonContent *content)
{
  baton_compare_view_set (f->view, content, "v1", NULL, NULL);
  return seen (f);
}

static cairo_surface_t *
seen_in (Compare *f, BatonCompareMode mode)
{
  baton_compare_view_set (f->view, f->newer, "v2", f->older, "v1");
  baton_compare_view_set_mode (f->view, mode);
  g_assert_true (baton_compare_view_is_comparing (f->view));
  return seen (f);
}

/* Where the part of the picture begins that is seen. A view has another height when there is something to
 * compare. */
static double
top_of (Compare *f)
{
  graphene_rect_t place;

  g_assert_true (baton_image_view_place (baton_compare_view_picture (f->view, FALSE), &place));
  return MAX (place.origin.y, 0);
}

/* Between two fractions of the picture's width, down a part of it, away from what stands upon it. wanted_top:
 * where the picture began in that one. */
static void
assert_same (
    Compare *f, cairo_surface_t *found, cairo_surface_t *wanted, double wanted_top, double from, double to)
{
  BatonImageView *view = baton_compare_view_picture (f->view, FALSE);
  double left, right, y;
  guint n = 0;

  baton_image_view_from_fraction (view, from, 0, &left, &y);
  baton_image_view_from_fraction (view, to, 0, &right, &y);
  left = MAX (left, 0);
  right = MIN (right, cairo_image_surface_get_width (found));
  for (y = 100; y < 140; y += 3)
    {
      for (double x = left; x < right; x += 1, n++)
        assert_pixel (found, x, top_of (f) + y, pixel_at (wanted, x, wanted_top + y), 1);
    }
  g_assert_cmpuint (n, >, 500);
}

static void
check_zoom (Compare *f, double zoom)
{
  cairo_surface_t *newer, *older, *found;
  BatonCompareLayer *layer = baton_compare_view_layer (f->view);
  double top;

  f->zoom = zoom;
  newer = seen_alone (f, f->newer);
  top = top_of (f);
  older = seen_alone (f, f->older);

  found = seen_in (f, BATON_COMPARE_TOGGLE);
  assert_same (f, found, baton_compare_view_shows_older (f->view) ? older : newer, top, 0.05, 0.95);
  cairo_surface_destroy (found);
  baton_compare_view_toggle (f->view);
  found = seen (f);
  assert_same (f, found, baton_compare_view_shows_older (f->view) ? older : newer, top, 0.05, 0.95);
  cairo_surface_destroy (found);

  baton_compare_layer_set_position (layer, 0.5);
  found = seen_in (f, BATON_COMPARE_WIPE);
  assert_same (f, found, newer, top, 0.05, 0.4);
  assert_same (f, found, older, top, 0.6, 0.95);
  cairo_surface_destroy (found);

  baton_compare_layer_set_opacity (layer, 1);
  found = seen_in (f, BATON_COMPARE_OVERLAY);
  assert_same (f, found, older, top, 0.05, 0.95);
  for (guint i = 0; i < 3; i++)
    cairo_surface_destroy ((cairo_surface_t *[]){ found, newer, older }[i]);
}

static void
test_checkerboard (void)
{
  g_autoptr (BatonPicture) newer = two_halves (120, 0, 0xffe66100);
  g_autoptr (BatonPicture) older = two_halves (280, 0xff1a5fb4, 0x80000080);
  Compare f = { 0 };

  compare_open (&f, newer, older);
  check_zoom (&f, 0);
  check_zoom (&f, 1);
  check_zoom (&f, 6);
  compare_close (&f);
}

/* What is transparent in one and as grey as the ground in the other is no less of a difference. */
static void
test_difference (void)
{
  g_autoptr (BatonPicture) newer = two_halves (200, 0, 0);
  g_autoptr (BatonPicture) older = two_halves (200, 0, CHECK_GREY);
  Compare f = { 0 };
  cairo_surface_t *found;
  double x, y;

  compare_open (&f, newer, older);
  found = seen_in (&f, BATON_COMPARE_DIFFERENCE);
  baton_image_view_from_fraction (baton_compare_view_picture (f.view, FALSE), 0.75, 0.5, &x, &y);
  assert_pixel (found, x, y, 0xffffff, 0);
  baton_image_view_from_fraction (baton_compare_view_picture (f.view, FALSE), 0.25, 0.5, &x, &y);
  assert_pixel (found, x, y, 0, 0);
  cairo_surface_destroy (found);
  compare_close (&f);
}

int
main (int argc, char **argv)
{
  fixture_init (&argc, &argv);
  g_test_add_func ("/compare/alpha/checkerboard", test_checkerboard);
  g_test_add_func ("/compare/alpha/difference", test_difference);
  return g_test_run ();
}
