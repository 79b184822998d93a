/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-text-diff"

#include "test-random.h"
#include "text-diff.h"
#include "text-tokens.h"

#include <string.h>

#define SPAN(spans, i) (&g_array_index (spans, BatonDiffSpan, i))

/* Whatever the spans say, both texts can be put together from them, in order and without gaps. */
static void
check (const char *old, const char *new_, const GArray *spans)
{
  gsize in_old = 0, in_new = 0;

  for (guint i = 0; i < spans->len; i++)
    {
      const BatonDiffSpan *span = SPAN (spans, i);

      g_assert_cmpuint (span->old_from, ==, in_old);
      g_assert_cmpuint (span->new_from, ==, in_new);
      g_assert_true (span->old_to > span->old_from || span->new_to > span->new_from);
      if (span->kind == BATON_DIFF_SAME)
        g_assert_cmpmem (old + span->old_from, span->old_to - span->old_from, new_ + span->new_from,
            span->new_to - span->new_from);
      else
        g_assert_cmpuint (
            span->kind == BATON_DIFF_REMOVED ? span->new_to - span->new_from : span->old_to - span->old_from,
            ==, 0);
      g_assert_true (g_utf8_validate (old + span->old_from, (gssize) (span->old_to - span->old_from), NULL));
      g_assert_true (g_utf8_validate (new_ + span->new_from, (gssize) (span->new_to - span->new_from), NULL));
      if (i > 0)
        g_assert_cmpint (span->kind, !=, SPAN (spans, i - 1)->kind);
      in_old = span->old_to;
      in_new = span->new_to;
    }
  g_assert_cmpuint (in_old, ==, strlen (old));
  g_assert_cmpuint (in_new, ==, strlen (new_));
}

/* Rows cover both texts but for the line breaks between them. */
static void
check_rows (const char *old, const char *new_, const GArray *spans)
{
  g_autoptr (GArray) rows = baton_text_diff_rows (old, new_, spans);
  g_autoptr (GString) of_old = g_string_new (NULL), of_new = g_string_new (NULL);

  for (guint i = 0; i < rows->len; i++)
    {
      const BatonDiffRow *row = &g_array_index (rows, BatonDiffRow, i);

      g_assert_true (row->in_old || row->in_new);
      if (row->in_old)
        {
          g_assert_cmpuint (row->old_from, ==, of_old->len);
          g_string_append_len (of_old, old + row->old_from, (gssize) (row->old_to - row->old_from));
          if (old[of_old->len] == '\n')
            g_string_append_c (of_old, '\n');
        }
      if (row->in_new)
        {
          g_assert_cmpuint (row->new_from, ==, of_new->len);
          g_string_append_len (of_new, new_ + row->new_from, (gssize) (row->new_to - row->new_from));
          if (new_[of_new->len] == '\n')
            g_string_append_c (of_new, '\n');
        }
      if (!row->in_old)
        g_assert_cmpuint (row->old_from, ==, row->old_to);
      if (!row->in_new)
        g_assert_cmpuint (row->new_from, ==, row->new_to);
    }
  g_assert_cmpstr (of_old->str, ==, old);
  g_assert_cmpstr (of_new->str, ==, new_);
}

/* The spans as text: [-removed-], {+added+}. */
static char *
show (const char *old, const char *new_)
{
  g_autoptr (GArray) spans = baton_text_diff (old, new_);
  GString *text = g_string_new (NULL);

  check (old, new_, spans);
  check_rows (old, new_, spans);
  for (guint i = 0; i < spans->len; i++)
    {
      const BatonDiffSpan *span = SPAN (spans, i);

      if (span->kind == BATON_DIFF_REMOVED)
        g_string_append_printf (
            text, "[-%.*s-]", (int) (span->old_to - span->old_from), old + span->old_from);
      else if (span->kind == BATON_DIFF_ADDED)
        g_string_append_printf (
            text, "{+%.*s+}", (int) (span->new_to - span->new_from), new_ + span->new_from);
      else
        g_string_append_len (text, new_ + span->new_from, (gssize) (span->new_to - span->new_from));
    }
  return g_string_free (text, FALSE);
}

static void
assert_shown (const char *old, const char *new_, const char *expected)
{
  g_autofree char *shown = show (old, new_);

  g_assert_cmpstr (shown, ==, expected);
}

static void
test_words (void)
{
  assert_shown ("", "", "");
  assert_shown ("", "Hello", "{+Hello+}");
  assert_shown ("Hello", "", "[-Hello-]");
  assert_shown ("The sea is blue.", "The sea is cyan.", "The sea is [-blue-]{+cyan+}.");
  assert_shown ("Save 20 % today", "Save 25 % today", "Save [-20-]{+25+} % today");
  assert_shown ("Price 3.50 now", "Price 3.20 now", "Price [-3.50-]{+3.20+} now");
  assert_shown ("We don’t know", "We didn’t know", "We [-don’t-]{+didn’t+} know");
  assert_shown ("Für Größe", "Für Länge", "Für [-Größe-]{+Länge+}");
  /* What lies between two replaced words is replaced with them, but a line break holds. */
  assert_shown ("x one, two y", "x three, four y", "x [-one, two-]{+three, four+} y");
  assert_shown ("one\ntwo", "three\nfour", "[-one-]{+three+}\n[-two-]{+four+}");
  /* Letters with marks, emoji and scripts without blanks are not cut apart. */
  assert_shown ("cafe\xcc\x81 au lait", "cafe au lait", "[-cafe\xcc\x81-]{+cafe+} au lait");
  assert_shown ("春天的天空", "春天的大海", "春天的[-天空-]{+大海+}");
  assert_shown ("A\nB\nC\n", "A\nC\n", "A\n[-B\n-]C\n");
}

static void
test_identical (void)
{
  for (guint i = 0; i < 50; i++)
    {
      BatonTestRandom random = baton_test_random (i);
      g_autofree char *text = baton_test_prose (&random, 1 + i);
      g_autoptr (GArray) spans = baton_text_diff (text, text);

      g_assert_cmpuint (spans->len, ==, 1);
      g_assert_cmpint (SPAN (spans, 0)->kind, ==, BATON_DIFF_SAME);
    }
}

static char *
random_words (BatonTestRandom *random, guint most, guint vocabulary)
{
  GString *text = g_string_new (NULL);
  guint n = baton_test_below (random, most + 1);

  for (guint i = 0; i < n; i++)
    g_string_append_printf (text, "w%u%s", baton_test_below (random, vocabulary),
        baton_test_chance (random, 20)  ? "\n"
        : baton_test_chance (random, 9) ? ". "
                                        : " ");
  return g_string_free (text, FALSE);
}

/* Random edits, from none at all to something else altogether. */
static char *
edit (BatonTestRandom *random, const char *text, guint percent)
{
  g_auto (GStrv) words = g_strsplit (text, " ", -1);
  GString *edited = g_string_new (NULL);

  for (guint i = 0; words[i] != NULL; i++)
    {
      if (baton_test_chance (random, percent))
        {
          if (baton_test_chance (random, 40))
            g_string_append_printf (edited, "%s new%u ", words[i], baton_test_below (random, 9));
          else if (baton_test_chance (random, 50))
            g_string_append (edited, baton_test_nasty_text (baton_test_below (random, 3)));
          continue;
        }
      g_string_append (edited, words[i]);
      if (words[i + 1] != NULL)
        g_string_append_c (edited, ' ');
    }
  return g_string_free (edited, FALSE);
}

static void
test_random (void)
{
  for (guint round = 0; round < baton_test_rounds (600); round++)
    {
      BatonTestRandom random = baton_test_random (round);
      g_autofree char *old = random_words (&random, 1 + baton_test_below (&random, 200), 1 + round % 40);
      g_autofree char *new_ = edit (&random, old, round % 100);
      g_autoptr (GArray) spans = baton_text_diff (old, new_);
      g_autoptr (GArray) back = baton_text_diff (new_, old);

      check (old, new_, spans);
      check_rows (old, new_, spans);
      check (new_, old, back);
    }
}

static guint
longest_common (const GArray *a, const GArray *b)
{
  g_autofree guint *row = g_new0 (guint, b->len + 1);

  for (guint i = 0; i < a->len; i++)
    {
      guint diagonal = 0;

      for (guint j = 0; j < b->len; j++)
        {
          guint above = row[j + 1];

          row[j + 1] = g_array_index (a, BatonToken, i).id == g_array_index (b, BatonToken, j).id
                           ? diagonal + 1
                           : MAX (above, row[j]);
          diagonal = above;
        }
    }
  return row[b->len];
}

static GArray *
cut (GHashTable *ids, const char *text, gsize from, gsize to)
{
  GArray *tokens = g_array_new (FALSE, FALSE, sizeof (BatonToken));

  baton_tokens_add_words (tokens, ids, text, from, to);
  return tokens;
}

/* One line of signs that are never joined: nothing that is shown as changed could have been kept. Checked
 * against the plain table of longest common parts. */
static void
test_shortest (void)
{
  for (guint round = 0; round < baton_test_rounds (400); round++)
    {
      BatonTestRandom random = baton_test_random (1000 + round);
      g_autoptr (GString) old = g_string_new (NULL), new_ = g_string_new (NULL);
      g_autoptr (GHashTable) ids = baton_tokens_new_ids ();
      g_autoptr (GArray) a = NULL, b = NULL, spans = NULL;
      guint same = 0;

      /* Chinese characters are words of their own. */
      for (guint i = baton_test_below (&random, 30); i > 0; i--)
        g_string_append_unichar (old, 0x4E00 + baton_test_below (&random, 6));
      for (guint i = baton_test_below (&random, 30); i > 0; i--)
        g_string_append_unichar (new_, 0x4E00 + baton_test_below (&random, 6));
      a = cut (ids, old->str, 0, old->len);
      b = cut (ids, new_->str, 0, new_->len);
      spans = baton_text_diff (old->str, new_->str);
      for (guint i = 0; i < spans->len; i++)
        {
          if (SPAN (spans, i)->kind == BATON_DIFF_SAME)
            same += (guint) (SPAN (spans, i)->old_to - SPAN (spans, i)->old_from) / 3;
        }
      g_assert_cmpuint (same, ==, longest_common (a, b));
    }
}

static char *
big_text (guint stream, guint words, guint vocabulary, guint per_line)
{
  BatonTestRandom random = baton_test_random (stream);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < words; i++)
    g_string_append_printf (
        text, "%x%c", baton_test_below (&random, vocabulary), i % per_line == per_line - 1 ? '\n' : ' ');
  return g_string_free (text, FALSE);
}

/* Two books that have nothing in common, and two that differ in a few words. Code that compares every word
 * with every other takes hours for them: the time limit of the test finds it, whatever the machine. */
static void
test_big (void)
{
  static const guint vocabularies[] = { 2, 50, 100000 };

  for (guint i = 0; i < 6; i++)
    {
      guint vocabulary = vocabularies[i % 3], per_line = i < 3 ? 12 : 1000000;
      g_autofree char *old = big_text (1, 200000, vocabulary, per_line);
      g_autofree char *new_ = big_text (2, 200000, vocabulary, per_line);
      gint64 start = g_get_monotonic_time ();
      g_autoptr (GArray) spans = baton_text_diff (old, new_);

      check (old, new_, spans);
      g_test_message ("vocabulary %u, %s lines: %" G_GINT64_FORMAT " ms", vocabulary, i < 3 ? "short" : "no",
          (g_get_monotonic_time () - start) / 1000);
    }
}

static void
test_big_and_alike (void)
{
  g_autofree char *old = big_text (1, 200000, 5000, 1000000);
  g_autofree char *new_ = g_strdup (old);
  g_autoptr (GArray) spans = NULL;
  guint removed, added;
  gsize length = strlen (old);

  /* 200 words, far apart, in one line without an end. */
  for (guint i = 0; i < 200; i++)
    {
      char *blank = strchr (new_ + length / 200 * i, ' ');

      blank[1] = 'Z';
    }
  spans = baton_text_diff (old, new_);
  check (old, new_, spans);
  baton_text_diff_count (old, new_, spans, &removed, &added);
  g_assert_cmpuint (removed, ==, 200);
  g_assert_cmpuint (added, ==, 200);
}

static void
test_rows (void)
{
  const char *old = "Title\nFirst line\nGone\nLast";
  const char *new_ = "Title\nFirst row\nLast\nMore\n";
  g_autoptr (GArray) spans = baton_text_diff (old, new_);
  g_autoptr (GArray) rows = baton_text_diff_rows (old, new_, spans);
  guint both = 0, only_old = 0, only_new = 0;

  check_rows (old, new_, spans);
  for (guint i = 0; i < rows->len; i++)
    {
      const BatonDiffRow *row = &g_array_index (rows, BatonDiffRow, i);

      both += row->in_old && row->in_new;
      only_old += !row->in_new;
      only_new += !row->in_old;
    }
  g_assert_cmpuint (both, >=, 2);
  g_assert_cmpuint (both + only_old, <=, 4);
  g_assert_cmpuint (both + only_new, <=, 4);
}

/* Lines of any length become rows that can be laid out, whatever changed in them. */
static void
test_long_lines (void)
{
  g_autoptr (GString) words = g_string_new (NULL), edited = g_string_new (NULL);
  g_autofree char *solid = g_strnfill (30000, 'x');
  g_autofree char *other = g_strnfill (20000, 'y');
  const char *pairs[][2] = { { NULL, NULL }, { "", NULL }, { NULL, "" }, { solid, other }, { solid, solid },
    { NULL, solid } };

  for (int i = 0; i < 12000; i++)
    {
      g_string_append_printf (words, "%s ", i % 7 == 0 ? "früh" : "im Jahr");
      if (i < 3000 || i > 6000)
        g_string_append_printf (edited, "%s ", i % 7 == 0 ? "früh" : i % 1000 == 1 ? "am Tag" : "im Jahr");
    }
  for (guint i = 0; i < G_N_ELEMENTS (pairs); i++)
    {
      const char *old = pairs[i][0] != NULL ? pairs[i][0] : words->str;
      const char *new_ = pairs[i][1] != NULL ? pairs[i][1] : edited->str;
      g_autoptr (GArray) spans = baton_text_diff (old, new_);
      g_autoptr (GArray) rows = baton_text_diff_rows (old, new_, spans);

      check_rows (old, new_, spans);
      for (guint j = 0; j < rows->len; j++)
        {
          const BatonDiffRow *row = &g_array_index (rows, BatonDiffRow, j);

          g_assert_cmpuint (row->old_to - row->old_from, <=, BATON_DIFF_ROW * 3 / 2);
          g_assert_cmpuint (row->new_to - row->new_from, <=, BATON_DIFF_ROW * 3 / 2);
          g_assert_true (g_utf8_validate (old + row->old_from, (gssize) (row->old_to - row->old_from), NULL));
          g_assert_true (
              g_utf8_validate (new_ + row->new_from, (gssize) (row->new_to - row->new_from), NULL));
        }
    }
}

int
main (int argc, char **argv)
{
  baton_test_init (&argc, &argv);
  g_test_add_func ("/text-diff/words", test_words);
  g_test_add_func ("/text-diff/identical", test_identical);
  g_test_add_func ("/text-diff/random", test_random);
  g_test_add_func ("/text-diff/shortest", test_shortest);
  g_test_add_func ("/text-diff/rows", test_rows);
  g_test_add_func ("/text-diff/long-lines", test_long_lines);
  g_test_add_func ("/text-diff/big", test_big);
  g_test_add_func ("/text-diff/big-and-alike", test_big_and_alike);
  return g_test_run ();
}
