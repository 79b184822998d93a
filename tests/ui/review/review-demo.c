/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-test"

/* review-demo [MODE] [WIDTH] [dark]: the review view with something in its queue, to look at. MODE: a number
 * of BatonCompareMode, or "copy", "text" (with comments), "print", "none". */

#include "review-fixture.h"

#include <stdlib.h>

int
main (int argc, char **argv)
{
  const char *mode = argc > 1 ? argv[1] : "0";
  ReviewFixture f;

  review_fixture_init (&argc, &argv);
  if (argc > 3)
    adw_style_manager_set_color_scheme (adw_style_manager_get_default (), ADW_COLOR_SCHEME_FORCE_DARK);
  review_fixture_open (&f, TRUE);
  gtk_window_set_title (f.window, "Review");
  if (argc > 2)
    gtk_window_set_default_size (f.window, atoi (argv[2]), 780);
  review_wait_for (&f, f.print_review);
  if (g_str_equal (mode, "text"))
    {
      char *id;

      review_mark_text (&f, "Kids travel for free.", "Up to which age?", &id);
      baton_review_view_show_review (f.view, f.copy_review);
    }
  else if (g_str_equal (mode, "copy"))
    baton_review_view_show_review (f.view, f.copy_review);
  else if (!g_str_equal (mode, "print"))
    baton_review_view_show_review (f.view, f.hero_review);
  if (g_ascii_isdigit (*mode))
    {
      review_wait_for (&f, f.hero_review);
      baton_criteria_list_press (baton_review_side_criteria (baton_review_view_side (f.view)), 1, FALSE);
      baton_criteria_list_press (baton_review_side_criteria (baton_review_view_side (f.view)), 2, FALSE);
      baton_compare_view_set_mode (baton_review_view_compare (f.view), (BatonCompareMode) atoi (mode));
    }
  while (g_list_model_get_n_items (gtk_window_get_toplevels ()) > 0)
    g_main_context_iteration (NULL, TRUE);
}
