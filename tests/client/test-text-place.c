/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-text-place"

#include "test-random.h"
#include "text-diff.h"
#include "text-place.h"

#include <string.h>

/* Follows the first place of some words from one text into the other; NULL when they are gone. */
static char *
follow (const char *old_text, const char *new_text, const char *words, BatonTextFate *fate)
{
  g_autoptr (GArray) spans = baton_text_diff (old_text, new_text);
  const char *place = strstr (old_text, words);
  gsize from = (gsize) (place - old_text), to = from + strlen (words);

  *fate = baton_text_follow (old_text, new_text, spans, &from, &to);
  if (*fate == BATON_TEXT_GONE)
    {
      g_assert_cmpuint (from, ==, (gsize) (place - old_text)); /* as it was */
      return NULL;
    }
  g_assert_cmpuint (from, <, to);
  g_assert_cmpuint (to, <=, strlen (new_text));
  return g_strndup (new_text + from, to - from);
}

static void
assert_follows (
    const char *old_text, const char *new_text, const char *words, BatonTextFate wanted, const char *found)
{
  BatonTextFate fate;
  g_autofree char *text = follow (old_text, new_text, words, &fate);

  g_assert_cmpstr (text, ==, found);
  g_assert_cmpint (fate, ==, wanted);
}

static const char old_copy[] =
    "Spring by the sea\n\nThe first warm days are here. Save 20 % on every ticket until "
    "Sunday.\nBook now.\n";

static void
test_follow (void)
{
  assert_follows (old_copy, old_copy, "Save 20 %", BATON_TEXT_SAME, "Save 20 %");
  assert_follows (old_copy,
      "New: spring by the lake\n\nOne more line.\nThe first warm days are here. Save 20 % on every ticket "
      "until Sunday.\nBook now.\n",
      "Save 20 % on every ticket", BATON_TEXT_SAME, "Save 20 % on every ticket");
  assert_follows (old_copy,
      "Spring by the sea\n\nThe first warm days are here. Save 25 % on every ticket.\nBook now.\n",
      "Save 20 % on every ticket", BATON_TEXT_CHANGED, "Save 25 % on every ticket");
  /* The end of it went, and the blank before it. */
  assert_follows (old_copy,
      "Spring by the sea\n\nThe first warm days are here. Save 20 % on every\nBook now.\n",
      "Save 20 % on every ticket", BATON_TEXT_CHANGED, "Save 20 % on every");
  assert_follows (
      old_copy, "Autumn in the hills\n\nCome and see.\n", "Save 20 % on every ticket", BATON_TEXT_GONE, NULL);
  assert_follows (old_copy, "", "Book now.", BATON_TEXT_GONE, NULL);
}

/* Paragraphs that changed places: the words are found where they are now, and not where others say the same.
 */
static void
test_moved (void)
{
  const char *old_text =
      "Kids travel for free on Sundays.\n\nThe first warm days are here, and the sea is blue again "
      "and wide.\n\nBook now.\n";
  const char *new_text =
      "The first warm days are here, and the sea is blue again and wide.\n\nBook now.\n\nKids travel "
      "for free on Sundays.\n";
  const char *twice = "Book now.\nSave 20 % today.\nBook now.\n";

  assert_follows (old_text, new_text, "travel for free", BATON_TEXT_SAME, "travel for free");
  assert_follows (old_text, new_text, "the sea is blue", BATON_TEXT_SAME, "the sea is blue");
  /* The other “Book now.” was there before, and is another one. */
  assert_follows (twice, "Save 20 % today.\nBook now.\n", "Book now.", BATON_TEXT_GONE, NULL);
}

/* Whatever happens to other lines, a line that stays is found as it was. */
static void
test_random_follow (void)
{
  BatonTestRandom random = baton_test_random (1);

  for (guint round = 0; round < baton_test_rounds (400); round++)
    {
      g_autoptr (GString) old_text = g_string_new (NULL), new_text = g_string_new (NULL);
      g_autofree char *mine = g_strdup_printf ("näher %u am Meer %u", round, round * 7);
      guint n = 1 + baton_test_below (&random, 12), at = baton_test_below (&random, n);
      BatonTextFate fate;
      g_autofree char *found = NULL;

      for (guint i = 0; i < n; i++)
        {
          if (baton_test_below (&random, 3) != 0)
            g_string_append_printf (old_text, "old line %u\n", baton_test_below (&random, 9));
          if (baton_test_below (&random, 3) != 0)
            g_string_append_printf (new_text, "new words %u\n", baton_test_below (&random, 9));
          if (i == at)
            {
              g_string_append_printf (old_text, "%s\n", mine);
              g_string_append_printf (new_text, "%s\n", mine);
            }
        }
      found = follow (old_text->str, new_text->str, mine, &fate);
      g_assert_cmpstr (found, ==, mine);
      g_assert_cmpint (fate, ==, BATON_TEXT_SAME);
    }
}

/* Characters, not bytes; blanks at the ends are not marked. */
static void
test_marks (void)
{
  const char *text = "Grüße 🌊 ans Meer";
  g_autoptr (BatonMark) mark = baton_text_mark_new (text, strlen ("Grüße"), strlen ("Grüße 🌊 "));
  g_autoptr (BatonMark) far = baton_mark_parse (BATON_MARK_TEXT, "10-40");
  g_autofree char *place = baton_mark_format (mark);
  gsize from, to;

  g_assert_cmpstr (place, ==, "6-7");
  g_assert_true (baton_text_mark_bytes (text, mark, &from, &to));
  g_assert_cmpuint (to - from, ==, strlen ("🌊"));
  g_assert_cmpmem (text + from, to - from, "🌊", strlen ("🌊"));
  g_assert_false (baton_text_mark_bytes (text, far, &from, &to));
  g_assert_null (baton_text_mark_new (text, 7, 8));
  g_assert_null (baton_text_mark_new (text, 7, 7));
}

static void
test_excerpt (void)
{
  const char *text = "One line\nand another that goes on for quite some time, äöü";
  g_autofree char *all = baton_text_excerpt (text, 0, 12, 40),
                  *cut = baton_text_excerpt (text, 0, strlen (text), 21);

  g_assert_cmpstr (all, ==, "One line and");
  g_assert_cmpstr (cut, ==, "One line and a … me, äöü");
}

int
main (int argc, char **argv)
{
  baton_test_init (&argc, &argv);
  g_test_add_func ("/text-place/follow", test_follow);
  g_test_add_func ("/text-place/moved", test_moved);
  g_test_add_func ("/text-place/random", test_random_follow);
  g_test_add_func ("/text-place/marks", test_marks);
  g_test_add_func ("/text-place/excerpt", test_excerpt);
  return g_test_run ();
}
