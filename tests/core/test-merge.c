/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-test"

/* Texts that two people changed at once keep what both did, and never lose a word of either. */

#include "merge.h"
#include "test-random.h"

#include <string.h>

typedef struct
{
  const char *name;
  const char *base;
  const char *ours;
  const char *theirs;
  const char *merged; /* NULL: overlap */
} Case;

static const Case cases[] = {
  { "nothing", "a\nb\n", "a\nb\n", "a\nb\n", "a\nb\n" },
  { "only-ours", "a\nb\n", "a\nB\n", "a\nb\n", "a\nB\n" },
  { "only-theirs", "a\nb\n", "a\nb\n", "a\nb\nc\n", "a\nb\nc\n" },
  { "different-lines", "a\nb\nc\n", "A\nb\nc\n", "a\nb\nC\n", "A\nb\nC\n" },
  { "same-change", "a\nb\n", "a\nX\n", "a\nX\n", "a\nX\n" },
  { "different-words", "The red hat costs ten euros.\n", "The blue hat costs ten euros.\n",
      "The red hat costs nine euros.\n", "The blue hat costs nine euros.\n" },
  { "same-word", "The red hat.", "The blue hat.", "The green hat.", NULL },
  { "both-append", "a\n", "a\nb\n", "a\nc\n", NULL },
  { "append-and-change", "a\nb", "A\nb", "a\nb\nc", "A\nb\nc" },
  { "one-empties", "a\nb\n", "", "a\nb\n", "" },
  { "empty-and-change", "a\nb\n", "", "a\nB\n", NULL },
  { "from-nothing", "", "a", "", "a" },
  { "both-from-nothing", "", "a", "b", NULL },
  { "deleted-and-kept", "a\nb\nc\nd\n", "a\nc\nd\n", "a\nb\nc\nD\n", "a\nc\nD\n" },
  { "other-scripts", "春のバナー 赤\n", "春のバナー 青\n", "春のバナー 赤\nGröße\n",
      "春のバナー 青\nGröße\n" },
};

static void
test_case (gconstpointer data)
{
  const Case *one = data;
  g_autofree char *merged = baton_merge_texts (one->base, one->ours, one->theirs);
  g_autofree char *turned = baton_merge_texts (one->base, one->theirs, one->ours);

  g_assert_cmpstr (merged, ==, one->merged);
  g_assert_cmpstr (turned, ==, one->merged);
}

/* A text of numbered lines, some of them changed, removed or added behind. */
static char *
change (BatonTestRandom *random, char **lines, guint from, guint to, const char *mark)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      gboolean mine = i >= from && i < to;
      guint what = mine ? baton_test_below (random, 4) : 0;

      if (what == 1)
        g_string_append_printf (text, "%s %s\n", lines[i], mark);
      else if (what != 2)
        g_string_append_printf (text, "%s\n", lines[i]);
      if (what == 3)
        g_string_append_printf (text, "new %s %u\n", mark, i);
    }
  return g_string_free (text, FALSE);
}

/* Changes in two parts of a text that do not touch each other always merge, into what both would have made
 * one after the other. */
static void
test_apart (void)
{
  BatonTestRandom random = baton_test_random (0);

  for (guint round = 0; round < baton_test_rounds (300); round++)
    {
      guint n = 8 + baton_test_below (&random, 60);
      guint middle = 2 + baton_test_below (&random, n - 5);
      g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);
      g_autofree char *base = NULL;
      g_autofree char *ours = NULL;
      g_autofree char *theirs = NULL;
      g_autofree char *both = NULL;
      g_autofree char *merged = NULL;
      g_auto (GStrv) changed = NULL;
      gsize length;

      for (guint i = 0; i < n; i++)
        g_ptr_array_add (lines, g_strdup_printf ("line %u %u", i, baton_test_below (&random, 1000)));
      g_ptr_array_add (lines, NULL);
      base = change (&random, (char **) lines->pdata, 0, 0, "");
      ours = change (&random, (char **) lines->pdata, 0, middle - 1, "ours");
      theirs = change (&random, (char **) lines->pdata, middle + 1, n, "theirs");
      merged = baton_merge_texts (base, ours, theirs);
      /* The first part of ours and the second of theirs, with the untouched line between them. */
      length = (gsize) (strstr (ours, lines->pdata[middle]) - ours);
      both = g_strdup_printf ("%.*s%s", (int) length, ours, strstr (theirs, lines->pdata[middle]));
      g_assert_cmpstr (merged, ==, both);
    }
}

/* Whatever the texts: if there is a result, both orders give it, and who changed nothing gets the other's. */
static void
test_any (void)
{
  BatonTestRandom random = baton_test_random (1);

  for (guint round = 0; round < baton_test_rounds (500); round++)
    {
      g_autofree char *base = baton_test_prose (&random, 1 + baton_test_below (&random, 6));
      g_autofree char *ours = baton_test_prose (&random, 1 + baton_test_below (&random, 6));
      g_autofree char *theirs = baton_test_prose (&random, 1 + baton_test_below (&random, 6));
      g_autofree char *merged = baton_merge_texts (base, ours, theirs);
      g_autofree char *turned = baton_merge_texts (base, theirs, ours);
      g_autofree char *alone = baton_merge_texts (base, ours, base);

      g_assert_cmpstr (merged, ==, turned);
      g_assert_cmpstr (alone, ==, ours);
      g_assert_true (merged == NULL || g_utf8_validate (merged, -1, NULL));
    }
}

/* Long and quite different texts end soon. */
static void
test_long (void)
{
  g_autoptr (GString) base = g_string_new (NULL);
  g_autoptr (GString) ours = g_string_new (NULL);
  g_autofree char *merged = NULL;
  gint64 begin = g_get_monotonic_time ();

  for (guint i = 0; i < 100000; i++)
    {
      g_string_append_printf (base, "line %u\n", i);
      g_string_append_printf (ours, "row %u\n", i * 7);
    }
  merged = baton_merge_texts (base->str, ours->str, base->str);
  g_assert_cmpstr (merged, ==, ours->str);
  g_assert_cmpint (g_get_monotonic_time () - begin, <, 20 * G_USEC_PER_SEC);
}

int
main (int argc, char **argv)
{
  baton_test_init (&argc, &argv);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/merge/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  g_test_add_func ("/merge/apart", test_apart);
  g_test_add_func ("/merge/any", test_any);
  g_test_add_func ("/merge/long", test_long);
  return g_test_run ();
}
