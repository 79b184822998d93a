/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-test"

#include "text-direction.h"
#include "text-fold.h"

#include <string.h>

static void
test_short (void)
{
  GArray *breaks = NULL;

  g_assert_null (baton_text_fold ("", &breaks));
  g_assert_null (baton_text_fold ("one\ntwo\n", &breaks));
  g_assert_null (breaks);
  g_assert_cmpuint (baton_text_unfold (NULL, 7), ==, 7);
}

/* Taking the breaks out gives the text again, no line is too long, and every place is found again. */
static void
check (const char *text)
{
  g_autoptr (GArray) breaks = NULL;
  g_autofree char *folded = baton_text_fold (text, &breaks);
  g_autoptr (GString) again = g_string_new (NULL);
  guint place = 0, line = 0, next = 0;

  g_assert_nonnull (folded);
  g_assert_true (g_utf8_validate (folded, -1, NULL));
  for (const char *p = folded; *p != '\0'; p = g_utf8_next_char (p), place++)
    {
      gboolean added = next < breaks->len && g_array_index (breaks, guint, next) == place;

      g_assert_cmpuint (baton_text_unfold (breaks, place), ==, place - next);
      line = *p == '\n' ? 0 : line + 1;
      g_assert_cmpuint (line, <=, BATON_FOLD_LINE);
      next += added;
      if (!added)
        g_string_append_unichar (again, g_utf8_get_char (p));
    }
  g_assert_cmpuint (next, ==, breaks->len);
  g_assert_cmpstr (again->str, ==, text);
}

static void
test_long (void)
{
  guint32 seed = (guint32) g_test_rand_int ();
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
  g_autofree char *solid = g_strnfill (3 * BATON_FOLD_LINE + 5, 'x');

  g_test_message ("seed %u", seed);
  check (solid);
  for (int round = 0; round < 40; round++)
    {
      static const char *const words[] = { "früh ", "im ", "Jahr ", "🌻 ", "x", "\n" };
      g_autoptr (GString) text = g_string_new (solid);
      guint n = (guint) g_rand_int_range (rand, 0, 9000);

      for (guint i = 0; i < n; i++)
        g_string_append (text, words[g_rand_int_range (rand, 0, i % 400 == 0 ? 6 : 5)]);
      check (text->str);
    }
}

static void
test_direction (void)
{
  static const struct
  {
    const char *text;
    GtkTextDirection direction;
  } cases[] = { { "Spring", GTK_TEXT_DIR_LTR }, { "20 % – אביב", GTK_TEXT_DIR_RTL },
    { "ربيع now", GTK_TEXT_DIR_RTL }, { "Now אביב", GTK_TEXT_DIR_LTR }, { "春", GTK_TEXT_DIR_LTR } };
  g_autoptr (GtkWidget) label = g_object_ref_sink (gtk_label_new (NULL));
  GtkTextDirection before = gtk_widget_get_default_direction ();

  gtk_widget_set_default_direction (GTK_TEXT_DIR_RTL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      baton_follow_text (label, cases[i].text);
      g_assert_cmpint (gtk_widget_get_direction (label), ==, cases[i].direction);
    }
  /* Without letters: as the window is. */
  baton_follow_text (label, "20 %");
  g_assert_cmpint (gtk_widget_get_direction (label), ==, GTK_TEXT_DIR_RTL);
  baton_follow_text (label, NULL);
  g_assert_cmpint (gtk_widget_get_direction (label), ==, GTK_TEXT_DIR_RTL);
  gtk_widget_set_default_direction (before);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv);
  g_test_add_func ("/preview/text-fold/short", test_short);
  g_test_add_func ("/preview/text-fold/long", test_long);
  g_test_add_func ("/preview/text-direction", test_direction);
  return g_test_run ();
}
