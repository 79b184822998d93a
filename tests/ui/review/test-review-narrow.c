/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-test"

#include "compare-bar.h"
#include "review-fixture.h"
#include "text-editor.h"

/* A small window with large text: nothing may be pushed out of it. */

#define ROOM_WIDTH                                                                                          \
  720                   /* of 800, without the edges of the window, and words are longer in other languages \
                         */
#define ROOM_HEIGHT 500 /* of 600, without its header */

static void
assert_fits (ReviewFixture *f, const char *what)
{
  int width, height;

  gtk_widget_measure (GTK_WIDGET (f->view), GTK_ORIENTATION_HORIZONTAL, -1, &width, NULL, NULL, NULL);
  gtk_widget_measure (GTK_WIDGET (f->view), GTK_ORIENTATION_VERTICAL, ROOM_WIDTH, &height, NULL, NULL, NULL);
  if (width > ROOM_WIDTH || height > ROOM_HEIGHT)
    g_error ("%s wants %d × %d pixels", what, width, height);
}

/* What is written, or asked for there, is not cut in its height. */
static void
assert_line_is_whole (ReviewFixture *f)
{
  GtkWidget *editor = ui_find_type (f->view, BATON_TYPE_TEXT_EDITOR, 0);
  GtkWidget *words = ui_find_type (editor, GTK_TYPE_LABEL, 0);
  int least, line;

  gtk_widget_measure (editor, GTK_ORIENTATION_VERTICAL, -1, &least, NULL, NULL, NULL);
  gtk_widget_measure (words, GTK_ORIENTATION_VERTICAL, -1, &line, NULL, NULL, NULL);
  g_assert_cmpint (least, >=, line);
}

static void
set_text (int percent)
{
  g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", 96 * 1024 * percent / 100, NULL);
}

static void
test_large_text (void)
{
  ReviewFixture f;

  review_fixture_open (&f, TRUE);
  set_text (200);
  review_wait_for (&f, f.print_review);
  assert_fits (&f, "a picture");
  baton_review_view_show_review (f.view, f.hero_review);
  review_wait_for (&f, f.hero_review);
  for (BatonCompareMode mode = BATON_COMPARE_SIDE_BY_SIDE; mode <= BATON_COMPARE_TOGGLE; mode++)
    {
      baton_compare_view_set_mode (baton_review_view_compare (f.view), mode);
      ui_spin (50);
      assert_fits (&f, "compared pictures");
    }
  baton_review_view_show_review (f.view, f.copy_review);
  review_wait_for (&f, f.copy_review);
  assert_fits (&f, "compared texts");
  assert_line_is_whole (&f);
  set_text (100);
  review_fixture_close (&f);
}

/* In a window of its own: one that has been shown keeps its size with newer GTK. */
static void
show_bar (GtkWidget *bar, int width)
{
  GtkWidget *before = GTK_WIDGET (gtk_widget_get_root (bar));
  GtkWidget *window = gtk_window_new ();

  g_object_ref (bar);
  gtk_window_set_child (GTK_WINDOW (before), NULL);
  gtk_window_destroy (GTK_WINDOW (before));
  gtk_window_set_child (GTK_WINDOW (window), bar);
  g_object_unref (bar);
  gtk_window_set_default_size (GTK_WINDOW (window), width, 60);
  gtk_window_present (GTK_WINDOW (window));
  for (int i = 0; i < 200 && gtk_widget_get_allocated_width (bar) != width; i++)
    ui_spin (50);
  g_assert_cmpint (gtk_widget_get_allocated_width (bar), ==, width);
  ui_spin (50);
}

static void
close_bar (GtkWidget *bar)
{
  gtk_window_destroy (GTK_WINDOW (gtk_widget_get_root (bar)));
}

/* The words of the bar come before the room of modes that are shown as a list anyway. */
static void
test_bar (void)
{
  GtkWidget *window = gtk_window_new (), *bar = baton_compare_bar_new ();
  GtkWidget *facts, *list;
  int wide, needed;

  gtk_window_set_child (GTK_WINDOW (window), bar);
  baton_compare_bar_show (BATON_COMPARE_BAR (bar), BATON_COMPARE_OF_PICTURES, BATON_COMPARE_DIFFERENCE, TRUE);
  baton_compare_bar_set_facts (BATON_COMPARE_BAR (bar), "96.1 % of the pixels differ");
  facts = gtk_widget_get_last_child (bar);
  list = ui_find_type (bar, GTK_TYPE_DROP_DOWN, 0);
  gtk_widget_measure (facts, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &needed, NULL, NULL);
  gtk_widget_measure (bar, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &wide, NULL, NULL);
  /* Barely enough for list, tools and words. */
  show_bar (bar, wide);
  g_assert_cmpint (gtk_widget_get_width (facts), >=, needed);
  g_assert_true (gtk_widget_get_mapped (list));
  /* Plenty: each mode has its button. */
  show_bar (bar, 1200);
  g_assert_cmpint (gtk_widget_get_width (facts), >=, needed);
  g_assert_false (gtk_widget_get_mapped (list));
  close_bar (bar);
}

static gboolean
is_whole (GtkWidget *label)
{
  return !pango_layout_is_ellipsized (gtk_label_get_layout (GTK_LABEL (label)));
}

/* Where there is no room beside the tools, the words have a line of their own. */
static void
test_bar_in_two_lines (void)
{
  GtkWidget *window = gtk_window_new (), *bar = baton_compare_bar_new ();
  GtkWidget *facts = gtk_widget_get_last_child (bar);
  int wide, one, two;

  gtk_window_set_child (GTK_WINDOW (window), bar);
  set_text (200);
  baton_compare_bar_show (
      BATON_COMPARE_BAR (bar), BATON_COMPARE_OF_PICTURES, BATON_COMPARE_SIDE_BY_SIDE, TRUE);
  baton_compare_bar_set_facts (
      BATON_COMPARE_BAR (bar), "100 %  400 × 300; die ältere ist 300 × 400, auf 75 % verkleinert");
  gtk_widget_measure (bar, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &wide, NULL, NULL);
  show_bar (bar, wide);
  one = gtk_widget_get_allocated_height (bar);
  g_assert_true (is_whole (facts));
  show_bar (bar, wide - 60);
  two = gtk_widget_get_allocated_height (bar);
  g_assert_cmpint (two, >, one);
  g_assert_true (is_whole (facts));
  show_bar (bar, wide / 2 + 60);
  g_assert_true (is_whole (facts));
  set_text (100);
  close_bar (bar);
}

int
main (int argc, char **argv)
{
  review_fixture_init (&argc, &argv);
  g_test_add_func ("/review/narrow/large-text", test_large_text);
  g_test_add_func ("/review/narrow/bar", test_bar);
  g_test_add_func ("/review/narrow/bar-in-two-lines", test_bar_in_two_lines);
  return g_test_run ();
}
