/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-test"

#include "compare-pixels.h"
#include "compare-fixture.h"
#include "fixture.h"

#include <string.h>

#define ORANGE 0xe66100
#define BLUE 0x1a5fb4

static void
open_both (Compare *f, BatonPicture *newer, BatonPicture *older)
{
  compare_open (f, newer, older);
  compare_show (f);
}

static GtkWidget *
newer_view (Compare *f)
{
  return GTK_WIDGET (baton_compare_view_picture (f->view, FALSE));
}

static void
set_mode (Compare *f, BatonCompareMode mode)
{
  baton_compare_view_set_mode (f->view, mode);
  g_assert_cmpint (baton_compare_view_mode (f->view), ==, mode);
  fixture_settle (f->window);
}

/* A point of the picture, as it is seen now. */
static void
assert_seen (Compare *f, cairo_surface_t *surface, double along, double down, guint32 colour, int slack)
{
  double x, y;

  baton_image_view_from_fraction (baton_compare_view_picture (f->view, FALSE), along, down, &x, &y);
  assert_pixel (surface, x, y, colour, slack);
}

static void
test_side_by_side (void)
{
  g_autoptr (BatonPicture) newer = picture_of_one (400, 300, ORANGE), older = picture_of_one (400, 300, BLUE);
  Compare f;
  cairo_surface_t *seen;

  open_both (&f, newer, older);
  seen = pixels_of (GTK_WIDGET (f.view));
  /* The newer one is left, its predecessor right. */
  assert_pixel (seen, 225, 320, ORANGE, 0);
  assert_pixel (seen, 675, 320, BLUE, 0);
  cairo_surface_destroy (seen);
  compare_close (&f);
}

/* Also where languages are written from right to left. */
static void
test_right_to_left (void)
{
  gtk_widget_set_default_direction (GTK_TEXT_DIR_RTL);
  test_side_by_side ();
  gtk_widget_set_default_direction (GTK_TEXT_DIR_LTR);
}

static void
test_overlay (void)
{
  g_autoptr (BatonPicture) newer = picture_of_one (400, 300, 0xff0000),
                           older = picture_of_one (400, 300, 0x0000ff);
  Compare f;
  cairo_surface_t *seen;
  static const struct
  {
    double opacity;
    guint32 colour;
  } cases[] = { { 0, 0xff0000 }, { 0.25, 0xbf0040 }, { 0.5, 0x800080 }, { 1, 0x0000ff } };

  open_both (&f, newer, older);
  set_mode (&f, BATON_COMPARE_OVERLAY);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      baton_compare_layer_set_opacity (baton_compare_view_layer (f.view), cases[i].opacity);
      seen = pixels_of (newer_view (&f));
      assert_seen (&f, seen, 0.5, 0.5, cases[i].colour, 2);
      assert_seen (&f, seen, 0.9, 0.9, cases[i].colour, 2);
      cairo_surface_destroy (seen);
    }
  compare_close (&f);
}

static void
test_wipe (void)
{
  g_autoptr (BatonPicture) newer = picture_of_one (400, 300, ORANGE), older = picture_of_one (400, 300, BLUE);
  BatonCompareLayer *layer;
  Compare f;

  open_both (&f, newer, older);
  set_mode (&f, BATON_COMPARE_WIPE);
  layer = baton_compare_view_layer (f.view);
  for (double position = 0.1; position < 0.95; position += 0.2)
    {
      cairo_surface_t *seen;

      baton_compare_layer_set_position (layer, position);
      fixture_settle (f.window);
      seen = pixels_of (newer_view (&f));
      assert_seen (&f, seen, position - 0.05, 0.1, ORANGE, 0);
      assert_seen (&f, seen, position + 0.05, 0.1, BLUE, 0);
      assert_seen (&f, seen, position, 0.1, 0xffffff, 0);
      cairo_surface_destroy (seen);
    }
  compare_close (&f);
}

/* The handle stands where the picture is cut, at every zoom, and stays within what is seen. */
static void
test_wipe_handle (void)
{
  g_autoptr (BatonPicture) newer = picture_of_one (3000, 2000, ORANGE),
                           older = picture_of_one (3000, 2000, BLUE);
  static const double zooms[] = { 0.1, 0.5, 1, 4 };
  BatonCompareLayer *layer;
  GtkWidget *handle;
  Compare f;

  open_both (&f, newer, older);
  set_mode (&f, BATON_COMPARE_WIPE);
  layer = baton_compare_view_layer (f.view);
  handle = baton_compare_layer_handle (layer);
  baton_compare_layer_set_position (layer, 0.3);
  for (guint i = 0; i < G_N_ELEMENTS (zooms); i++)
    {
      graphene_rect_t bounds;
      cairo_surface_t *seen;
      double middle;

      baton_viewport_set_view (
          baton_image_view_viewport (baton_compare_view_picture (f.view, FALSE)), zooms[i], 0.4, 0.6);
      fixture_settle (f.window);
      g_assert_true (gtk_widget_compute_bounds (handle, newer_view (&f), &bounds));
      middle = bounds.origin.x + bounds.size.width / 2;
      seen = pixels_of (newer_view (&f));
      assert_pixel (seen, middle - 6, 250, ORANGE, 0);
      assert_pixel (seen, middle + 6, 250, BLUE, 0);
      cairo_surface_destroy (seen);
    }
  /* By keys; at the ends it stops. */
  g_signal_emit_by_name (handle, "stepped", 0.1);
  g_assert_cmpfloat_with_epsilon (baton_compare_layer_position (layer), 0.4, 1e-9);
  g_signal_emit_by_name (handle, "stepped", 2.0);
  g_assert_cmpfloat (baton_compare_layer_position (layer), ==, 1);
  g_signal_emit_by_name (handle, "stepped", -2.0);
  g_assert_cmpfloat (baton_compare_layer_position (layer), ==, 0);
  gtk_test_accessible_assert_role (handle, GTK_ACCESSIBLE_ROLE_SLIDER);
  compare_close (&f);
}

static void
wait_for_words (Compare *f, const char *words)
{
  gint64 end = g_get_monotonic_time () + 5 * G_USEC_PER_SEC;

  while (strstr (baton_compare_view_words (f->view), words) == NULL)
    {
      if (g_get_monotonic_time () > end)
        g_error ("Waited for “%s”, found “%s”", words, baton_compare_view_words (f->view));
      fixture_wait (5);
    }
}

static void
test_difference (void)
{
  const cairo_rectangle_int_t place = { 100, 60, 40, 30 };
  g_autoptr (BatonPicture) newer = picture_of_one (400, 300, 0x406080);
  g_autoptr (BatonPicture) older = picture_with (400, 300, 0x406080, &place, 0x707070);
  static const double zooms[] = { 0.5, 1, 3 };
  Compare f;

  open_both (&f, newer, older);
  set_mode (&f, BATON_COMPARE_DIFFERENCE);
  for (guint i = 0; i < G_N_ELEMENTS (zooms); i++)
    {
      cairo_surface_t *seen;

      baton_viewport_set_view (
          baton_image_view_viewport (baton_compare_view_picture (f.view, FALSE)), zooms[i], 0.3, 0.25);
      fixture_settle (f.window);
      seen = pixels_of (newer_view (&f));
      assert_seen (&f, seen, 120 / 400.0, 75 / 300.0, 0x301010, 0);
      assert_seen (&f, seen, 90 / 400.0, 75 / 300.0, 0, 0);
      assert_seen (&f, seen, 150 / 400.0, 75 / 300.0, 0, 0);
      cairo_surface_destroy (seen);
    }
  baton_compare_layer_set_amplified (baton_compare_view_layer (f.view), TRUE);
  {
    cairo_surface_t *seen = pixels_of (newer_view (&f));

    assert_seen (&f, seen, 120 / 400.0, 75 / 300.0, 0xff8080, 0);
    assert_seen (&f, seen, 150 / 400.0, 75 / 300.0, 0, 0);
    cairo_surface_destroy (seen);
  }
  wait_for_words (&f, "1.0 % of the pixels differ");
  compare_close (&f);
}

static void
test_same (void)
{
  g_autoptr (BatonPicture) newer = picture_of_one (400, 300, 0x406080),
                           older = picture_of_one (400, 300, 0x406080);
  Compare f;
  cairo_surface_t *seen;

  open_both (&f, newer, older);
  set_mode (&f, BATON_COMPARE_DIFFERENCE);
  seen = pixels_of (newer_view (&f));
  for (double at = 0.05; at < 1; at += 0.1)
    assert_seen (&f, seen, at, at, 0, 0);
  cairo_surface_destroy (seen);
  wait_for_words (&f, "Not one pixel differs");
  compare_close (&f);
}

static void
collect_tags (GtkWidget *widget, GString *tags)
{
  if (!gtk_widget_get_child_visible (widget) || !gtk_widget_get_visible (widget))
    return;
  if (gtk_widget_has_css_class (widget, "version-tag"))
    g_string_append_printf (tags, "[%s]", gtk_label_get_label (GTK_LABEL (widget)));
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    collect_tags (child, tags);
}

/* The versions that stand upon the pictures, in order. */
static void
assert_tags (Compare *f, const char *wanted)
{
  g_autoptr (GString) tags = g_string_new (NULL);

  collect_tags (GTK_WIDGET (f->view), tags);
  g_assert_cmpstr (tags->str, ==, wanted);
}

static void
test_tags (void)
{
  g_autoptr (BatonPicture) newer = picture_of_one (400, 300, ORANGE), older = picture_of_one (400, 300, BLUE);
  Compare f;

  open_both (&f, newer, older);
  assert_tags (&f, "[v2 · newest][v1]");
  set_mode (&f, BATON_COMPARE_WIPE);
  assert_tags (&f, "[v2 · newest][v1]");
  set_mode (&f, BATON_COMPARE_TOGGLE);
  for (guint i = 0; i < 3; i++)
    {
      assert_tags (&f, baton_compare_view_shows_older (f.view) ? "[v1]" : "[v2 · newest]");
      baton_compare_view_toggle (f.view);
    }
  compare_close (&f);
}

static GtkWidget *
find_tag (GtkWidget *widget, const char *words)
{
  GtkWidget *found = NULL;

  if (gtk_widget_has_css_class (widget, "version-tag") &&
      g_str_equal (gtk_label_get_label (GTK_LABEL (widget)), words) && gtk_widget_get_mapped (widget))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_tag (child, words);
  return found;
}

/* The newer version is left of the handle in every language, and so is what it is called; long words never
 * cover those of the other. */
static void
check_tag_places (const char *newer_words, const char *older_words)
{
  g_autoptr (BatonPicture) newer = picture_of_one (400, 300, ORANGE), older = picture_of_one (400, 300, BLUE);
  graphene_rect_t left, right;
  Compare f;

  open_both (&f, newer, older);
  baton_compare_view_set (f.view, f.newer, newer_words, f.older, older_words);
  set_mode (&f, BATON_COMPARE_WIPE);
  g_assert_true (gtk_widget_compute_bounds (find_tag (f.window, newer_words), GTK_WIDGET (f.view), &left));
  g_assert_true (gtk_widget_compute_bounds (find_tag (f.window, older_words), GTK_WIDGET (f.view), &right));
  g_assert_cmpfloat (left.origin.x, <, 40);
  g_assert_cmpfloat (right.origin.x + right.size.width, >, 860);
  g_assert_cmpfloat (left.origin.x + left.size.width, <, right.origin.x);
  compare_close (&f);
}

static void
test_tag_places (void)
{
  g_autofree char *long_words = g_strnfill (300, 'w');

  for (int i = 0; i < 2; i++)
    {
      gtk_widget_set_default_direction (i == 0 ? GTK_TEXT_DIR_LTR : GTK_TEXT_DIR_RTL);
      check_tag_places ("v2", "v1");
      check_tag_places (long_words, "v1");
      check_tag_places ("v2", long_words);
    }
  gtk_widget_set_default_direction (GTK_TEXT_DIR_LTR);
}

static void
test_toggle (void)
{
  g_autoptr (BatonPicture) newer = picture_of_one (400, 300, ORANGE), older = picture_of_one (400, 300, BLUE);
  Compare f;

  open_both (&f, newer, older);
  set_mode (&f, BATON_COMPARE_TOGGLE);
  for (guint i = 0; i < 4; i++)
    {
      gboolean shows_older = baton_compare_layer_shows_older (baton_compare_view_layer (f.view));
      cairo_surface_t *seen = pixels_of (newer_view (&f));

      assert_seen (&f, seen, 0.5, 0.5, shows_older ? BLUE : ORANGE, 0);
      cairo_surface_destroy (seen);
      baton_compare_view_toggle (f.view);
      g_assert_true (baton_compare_layer_shows_older (baton_compare_view_layer (f.view)) != shows_older);
    }
  compare_close (&f);
}

/* Half as many pixels: the same picture, and it is said. */
static void
test_other_size (void)
{
  const cairo_rectangle_int_t place = { 100, 60, 40, 30 }, half = { 50, 30, 20, 15 };
  g_autoptr (BatonPicture) newer = picture_with (400, 300, 0x406080, &place, 0xffffff);
  g_autoptr (BatonPicture) older = picture_with (200, 150, 0x406080, &half, 0xffffff);
  graphene_rect_t left, right;
  Compare f;
  cairo_surface_t *seen;

  open_both (&f, newer, older);
  g_assert_nonnull (strstr (baton_compare_view_words (f.view), "400 × 300"));
  g_assert_nonnull (strstr (baton_compare_view_words (f.view), "200 × 150, scaled to 200 %"));
  g_assert_true (baton_image_view_place (baton_compare_view_picture (f.view, FALSE), &left));
  g_assert_true (baton_image_view_place (baton_compare_view_picture (f.view, TRUE), &right));
  g_assert_cmpfloat (left.size.width, ==, right.size.width);
  set_mode (&f, BATON_COMPARE_DIFFERENCE);
  seen = pixels_of (newer_view (&f));
  assert_seen (&f, seen, 0.3, 0.25, 0, 0);
  assert_seen (&f, seen, 0.8, 0.8, 0, 0);
  cairo_surface_destroy (seen);
  compare_close (&f);
}

/* Another shape: nothing is stretched, and what the older one does not cover is dark. */
static void
test_other_shape (void)
{
  g_autoptr (BatonPicture) newer = picture_of_one (400, 400, ORANGE), older = picture_of_one (400, 200, BLUE);
  Compare f;
  cairo_surface_t *seen;

  open_both (&f, newer, older);
  set_mode (&f, BATON_COMPARE_TOGGLE);
  seen = pixels_of (newer_view (&f));
  assert_seen (&f, seen, 0.5, 0.5, BLUE, 0);
  assert_seen (&f, seen, 0.5, 0.3, BLUE, 0);
  assert_seen (&f, seen, 0.5, 0.2, 0x120f17, 3);
  assert_seen (&f, seen, 0.5, 0.9, 0x120f17, 3);
  cairo_surface_destroy (seen);
  compare_close (&f);
}

static void
test_fit (void)
{
  graphene_rect_t place = GRAPHENE_RECT_INIT (10, 20, 300, 200), fitted;

  baton_compare_fit (&place, 100, 100, 1, &fitted);
  g_assert_true (graphene_rect_equal (&fitted, &GRAPHENE_RECT_INIT (60, 20, 200, 200)));
  baton_compare_fit (&place, 3000, 1000, 1, &fitted);
  g_assert_true (graphene_rect_equal (&fitted, &GRAPHENE_RECT_INIT (10, 70, 300, 100)));
}

static void
test_lock (void)
{
  g_autoptr (BatonPicture) newer = picture_of_one (4000, 3000, ORANGE),
                           older = picture_of_one (4000, 3000, BLUE);
  BatonImageView *left, *right;
  graphene_rect_t a, b;
  Compare f;

  open_both (&f, newer, older);
  left = baton_compare_view_picture (f.view, FALSE);
  right = baton_compare_view_picture (f.view, TRUE);
  baton_viewport_set_view (baton_image_view_viewport (left), 1, 0.2, 0.7);
  g_assert_true (baton_image_view_place (left, &a) && baton_image_view_place (right, &b));
  g_assert_true (graphene_rect_equal (&a, &b));
  /* Open: the older one stays where it is, and goes its own way. */
  baton_compare_view_set_locked (f.view, FALSE);
  g_assert_true (baton_image_view_place (right, &b));
  g_assert_true (graphene_rect_equal (&a, &b));
  baton_viewport_set_view (baton_image_view_viewport (left), 2, 0.5, 0.5);
  g_assert_cmpfloat (baton_image_view_zoom (right), ==, 1);
  baton_viewport_set_view (baton_image_view_viewport (right), 0.5, 0.9, 0.9);
  g_assert_cmpfloat (baton_image_view_zoom (left), ==, 2);
  /* Closed again: together. */
  baton_compare_view_set_locked (f.view, TRUE);
  g_assert_true (baton_image_view_place (left, &a) && baton_image_view_place (right, &b));
  g_assert_true (graphene_rect_equal (&a, &b));
  compare_close (&f);
}

static void
wanted_cb (BatonContent *content, int page, int *wanted)
{
  *wanted = page;
}

static void
test_pages (void)
{
  g_autoptr (BatonPicture) first = picture_of_one (400, 300, ORANGE),
                           second = picture_of_one (400, 300, BLUE);
  int wanted = -1, older_wanted = -1;
  Compare f;
  cairo_surface_t *seen;

  open_both (&f, first, first);
  g_signal_connect (f.newer, "wanted", G_CALLBACK (wanted_cb), &wanted);
  g_signal_connect (f.older, "wanted", G_CALLBACK (wanted_cb), &older_wanted);
  baton_content_set_pages (f.newer, 12, TRUE);
  baton_content_set_pages (f.older, 2, TRUE);
  baton_compare_view_step (f.view, FALSE);
  g_assert_cmpint (wanted, ==, -1);
  baton_compare_view_step (f.view, TRUE);
  g_assert_cmpint (wanted, ==, 1);
  g_assert_cmpint (older_wanted, ==, 1);
  baton_content_set_picture (f.newer, 1, second);
  baton_content_set_picture (f.older, 1, first);
  fixture_settle (f.window);
  seen = pixels_of (GTK_WIDGET (f.view));
  assert_pixel (seen, 225, 320, BLUE, 0);
  assert_pixel (seen, 675, 320, ORANGE, 0);
  cairo_surface_destroy (seen);
  /* A shorter predecessor stays on its last page. */
  baton_compare_view_step (f.view, TRUE);
  g_assert_cmpint (wanted, ==, 2);
  g_assert_cmpint (older_wanted, ==, 1);
  compare_close (&f);
}

static void
test_alone (void)
{
  g_autoptr (BatonPicture) newer = picture_of_one (400, 300, ORANGE);
  Compare f;
  cairo_surface_t *seen;

  open_both (&f, newer, NULL);
  baton_compare_view_set_mode (f.view, BATON_COMPARE_WIPE);
  g_assert_cmpint (baton_compare_view_mode (f.view), ==, BATON_COMPARE_SIDE_BY_SIDE);
  g_assert_false (baton_compare_view_is_comparing (f.view));
  fixture_settle (f.window);
  seen = pixels_of (GTK_WIDGET (f.view));
  assert_pixel (seen, 450, 320, ORANGE, 0);
  cairo_surface_destroy (seen);
  compare_close (&f);
}

static void
test_text (void)
{
  g_autoptr (BatonPicture) picture = picture_of_one (10, 10, ORANGE);
  Compare f;

  open_both (&f, picture, picture);
  baton_content_set_text (f.newer, "Spring starts here.\nSave 25 % until Sunday.\nNew line\n");
  baton_content_set_text (f.older, "Spring starts here.\nSave 20 % until Sunday.\n");
  wait_for_words (&f, "3 words added, 1 removed");
  g_assert_true (baton_text_compare_step (baton_compare_view_text (f.view), TRUE));
  set_mode (&f, BATON_COMPARE_INLINE);
  g_assert_true (baton_text_compare_step (baton_compare_view_text (f.view), FALSE));
  /* Two that are the same have nothing to go to. */
  baton_content_set_text (f.older, "Spring starts here.\nSave 25 % until Sunday.\nNew line\n");
  wait_for_words (&f, "The texts are the same");
  g_assert_false (baton_text_compare_step (baton_compare_view_text (f.view), TRUE));
  compare_close (&f);
}

/* Something else on either side, and something that never came: no crash, and words instead of a picture. */
static void
test_problem (void)
{
  g_autoptr (BatonPicture) newer = picture_of_one (400, 300, ORANGE);
  g_autoptr (BatonContent) empty = baton_content_new ();
  Compare f;

  open_both (&f, newer, newer);
  baton_content_set_words (f.older, "This file is damaged.");
  set_mode (&f, BATON_COMPARE_SIDE_BY_SIDE);
  g_assert_false (baton_compare_view_is_comparing (f.view));
  baton_compare_view_set_mode (f.view, BATON_COMPARE_DIFFERENCE);
  fixture_settle (f.window);
  baton_compare_view_set (f.view, empty, "v3", f.newer, "v2");
  fixture_settle (f.window);
  baton_content_set_words (empty, "Nothing can be shown.");
  fixture_settle (f.window);
  baton_compare_view_set (f.view, NULL, NULL, NULL, NULL);
  fixture_settle (f.window);
  compare_close (&f);
}

static gboolean
has_words (GtkWidget *widget, const char *words)
{
  gboolean found = GTK_IS_LABEL (widget) && gtk_widget_get_mapped (widget) &&
                   g_str_equal (gtk_label_get_label (GTK_LABEL (widget)), words);

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && !found;
       child = gtk_widget_get_next_sibling (child))
    found = has_words (child, words);
  return found;
}

static gboolean
is_spinning (GtkWidget *widget)
{
  gboolean found = GTK_IS_SPINNER (widget) && gtk_widget_get_mapped (widget);

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && !found;
       child = gtk_widget_get_next_sibling (child))
    found = is_spinning (child);
  return found;
}

/* An older version of another kind: that is said, and nobody waits for it. */
static void
test_other_kind (void)
{
  g_autoptr (BatonPicture) newer = picture_of_one (400, 300, ORANGE);
  Compare f;

  open_both (&f, newer, newer);
  baton_content_set_text (f.older, "Words");
  fixture_settle (f.window);
  g_assert_true (has_words (f.window, "This version is of another kind. Choose it below to see it."));
  g_assert_false (is_spinning (f.window));
  baton_content_set_words (f.newer, "This file is empty.");
  fixture_settle (f.window);
  g_assert_true (has_words (f.window, "This file is empty."));
  g_assert_true (has_words (f.window, "This version is of another kind. Choose it below to see it."));
  g_assert_false (is_spinning (f.window));
  compare_close (&f);
}

int
main (int argc, char **argv)
{
  fixture_init (&argc, &argv);
  g_test_add_func ("/compare/side-by-side", test_side_by_side);
  g_test_add_func ("/compare/right-to-left", test_right_to_left);
  g_test_add_func ("/compare/overlay", test_overlay);
  g_test_add_func ("/compare/wipe", test_wipe);
  g_test_add_func ("/compare/wipe-handle", test_wipe_handle);
  g_test_add_func ("/compare/difference", test_difference);
  g_test_add_func ("/compare/same", test_same);
  g_test_add_func ("/compare/toggle", test_toggle);
  g_test_add_func ("/compare/tags", test_tags);
  g_test_add_func ("/compare/tag-places", test_tag_places);
  g_test_add_func ("/compare/other-size", test_other_size);
  g_test_add_func ("/compare/other-shape", test_other_shape);
  g_test_add_func ("/compare/fit", test_fit);
  g_test_add_func ("/compare/lock", test_lock);
  g_test_add_func ("/compare/pages", test_pages);
  g_test_add_func ("/compare/alone", test_alone);
  g_test_add_func ("/compare/text", test_text);
  g_test_add_func ("/compare/problem", test_problem);
  g_test_add_func ("/compare/other-kind", test_other_kind);
  return g_test_run ();
}
