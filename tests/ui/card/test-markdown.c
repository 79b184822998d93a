/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-test"

#include "markdown.h"
#include "text-target.h"
#include "when.h"

#include <gtk/gtk.h>

/* Blocks as text: kind, level, quotes and depth where they are not zero, the marker, the markup. */
static char *
dump (const char *source)
{
  g_autoptr (GPtrArray) blocks = baton_markdown_blocks (source);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < blocks->len; i++)
    {
      const BatonBlock *block = g_ptr_array_index (blocks, i);
      g_autoptr (GError) error = NULL;

      pango_parse_markup (block->markup->str, -1, 0, NULL, NULL, NULL, NULL);
      g_string_append_c (text, "phcr"[block->kind]);
      if (block->level > 0)
        g_string_append_printf (text, "%u", block->level);
      for (guint j = 0; j < block->quotes; j++)
        g_string_append_c (text, '>');
      if (block->depth > 0)
        g_string_append_printf (text, "@%u%s", block->depth, block->marker != NULL ? block->marker : "");
      g_string_append_printf (text, "[%s]", block->markup->str);
    }
  return g_string_free (text, FALSE);
}

static void
test_table (void)
{
  static const char *const table[][2] = {
    { "", "" },
    { "plain", "p[plain]" },
    { "# One\n### Three", "h1[One]h3[Three]" },
    { "*em* **strong** `code`", "p[<i>em</i> <b>strong</b> <tt>code</tt>]" },
    { "one\ntwo", "p[one\ntwo]" },
    { "- a\n- b", "p@1•[a]p@1•[b]" },
    { "3. a\n4. b", "p@1"
                    "3.[a]p@1"
                    "4.[b]" },
    { "- a\n  - b\n\n    more", "p@1•[a]p@2•[b]p@2[more]" },
    { "-\n- b", "p@1•[]p@1•[b]" },
    { "> quote\n> > deep", "p>[quote]p>>[deep]" },
    { "a\n\n---\n\nb", "p[a]r[]p[b]" },
    { "```\nint *a;\n\nb\n```", "c[int *a;\n\nb]" },
    { "[text](https://a.b/?x=1&y=\"2\")", "p[<a href=\"https://a.b/?x=1&amp;y=&quot;2&quot;\">text</a>]" },
    { "[mail](mailto:a@b.c)", "p[<a href=\"mailto:a@b.c\">mail</a>]" },
    { "see https://a.b/c. And (http://d.e)",
        "p[see <a href=\"https://a.b/c\">https://a.b/c</a>. And (<a href=\"http://d.e\">http://d.e</a>)]" },
    { "http and xhttps://no", "p[http and xhttps://no]" },
    { "![picture](https://a.b/c.png)", "p[<a href=\"https://a.b/c.png\">picture</a>]" },
    /* Hostile. */
    { "[x](javascript:alert(1))", "p[x (javascript:alert(1))]" },
    { "[x](JAVASCRIPT:alert)", "p[x (JAVASCRIPT:alert)]" },
    { "[x](file:///etc/passwd)", "p[x (file:///etc/passwd)]" },
    { "<javascript:alert>", "p[javascript:alert (javascript:alert)]" },
    { "<b>bold</b>", "p[&lt;b&gt;bold&lt;/b&gt;]" },
    { "<script>alert(1)</script>", "p[&lt;script&gt;alert(1)&lt;/script&gt;]" },
    { "<span size=\"99999\">big</span>", "p[&lt;span size=&quot;99999&quot;&gt;big&lt;/span&gt;]" },
    { "&lt;b&gt; & \"q\"", "p[&lt;b&gt; &amp; &quot;q&quot;]" },
    { "`</tt><b>`", "p[<tt>&lt;/tt&gt;&lt;b&gt;</tt>]" },
    { "[a [b](http://c) d](http://e)",
        "p[[a <a href=\"http://c\">b</a> d](<a href=\"http://e\">http://e</a>)]" },
    { "bell\007 and \033[31m", "p[bell  and  [31m]" },
    { "\xff\xfe broken", "p[\xef\xbf\xbd\xef\xbf\xbd broken]" },
    { "مرحبا **عالم** 🌍", "p[مرحبا <b>عالم</b> 🌍]" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autofree char *got = dump (table[i][0]);

      g_assert_cmpstr (got, ==, table[i][1]);
    }
}

/* Whatever it is, the markup can be parsed and shows no less than it should. */
static void
test_hostile (void)
{
  static const char *const pieces[] = { "<", ">", "&", "\"", "'", "*", "**", "_", "`", "```\n", "[", "](",
    ")", "!", "http://", "https://x", "<a href=\"", "</a>", "\n", "\n\n", "> ", "- ", "1. ", "#", "\t",
    "\001", "é", "\xff", "&#0;", "&#x1f;", "\\", "---\n", "<!--", "]]>" };
  GRand *random = g_rand_new_with_seed (7);

  for (guint round = 0; round < 3000; round++)
    {
      g_autoptr (GString) source = g_string_new (NULL);
      g_autoptr (GPtrArray) blocks = NULL;

      for (int i = g_rand_int_range (random, 1, 30); i > 0; i--)
        g_string_append (source, pieces[g_rand_int_range (random, 0, G_N_ELEMENTS (pieces))]);
      blocks = baton_markdown_blocks (source->str);
      for (guint i = 0; i < blocks->len; i++)
        {
          const BatonBlock *block = g_ptr_array_index (blocks, i);
          g_autoptr (GError) error = NULL;
          /* Links are a label's own; Pango does not know them. */
          g_autoptr (GString) markup = g_string_new (block->markup->str);

          g_string_replace (markup, "<a href=", "<span lang=", 0);
          g_string_replace (markup, "</a>", "</span>", 0);
          pango_parse_markup (markup->str, -1, 0, NULL, NULL, NULL, &error);
          if (error != NULL)
            g_error ("%s\nin: %s\nof: %s", error->message, markup->str, source->str);
        }
    }
  g_rand_free (random);
}

static void
test_deep (void)
{
  g_autofree char *quotes = g_strnfill (5000, '>');
  g_autofree char *deep = g_strconcat (quotes, " text", NULL);
  g_autofree char *brackets = g_strnfill (20000, '[');
  g_autoptr (GPtrArray) blocks = baton_markdown_blocks (deep);
  g_autoptr (GPtrArray) others = baton_markdown_blocks (brackets);

  g_assert_cmpuint (blocks->len, ==, 1);
  g_assert_cmpuint (((BatonBlock *) g_ptr_array_index (blocks, 0))->quotes, <=, 8);
  g_assert_cmpuint (others->len, ==, 1);
}

static void
test_when (void)
{
  const gint64 noon = G_GINT64_CONSTANT (1780660800) * G_USEC_PER_SEC; /* Friday 5 June 2026, 12:00 UTC */
  const struct
  {
    gint64 ago; /* seconds */
    const char *words;
  } table[] = { { 5, "just now" }, { 60, "1 minute ago" }, { 3000, "50 minutes ago" },
    { 7200, "2 hours ago" }, { 86400, "yesterday, 12:00" }, { 3 * 86400, "3 days ago" },
    { 10 * 86400, "Tue 26 May" }, { 400 * 86400, "Thu 1 May 2025" } };
  const struct
  {
    gint64 span;
    const char *words;
  } ages[] = { { 59, "less than a minute" }, { 3599, "59 min" }, { 9 * 3600, "9 h" }, { 47 * 3600, "47 h" },
    { 72 * 3600, "3 days" } };
  g_autofree char *exact = baton_when_exact (noon);

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autofree char *words = baton_when_relative (noon - table[i].ago * G_USEC_PER_SEC, noon);

      g_assert_cmpstr (words, ==, table[i].words);
    }
  for (guint i = 0; i < G_N_ELEMENTS (ages); i++)
    {
      g_autofree char *words = baton_when_age (ages[i].span * G_USEC_PER_SEC);

      g_assert_cmpstr (words, ==, ages[i].words);
    }
  g_assert_cmpstr (exact, ==, "Friday 5 June 2026, 12:00");
}

int
main (int argc, char **argv)
{
  g_setenv ("TZ", "UTC", TRUE);
  gtk_test_init (&argc, &argv, NULL);
  g_test_add_func ("/card/markdown/table", test_table);
  g_test_add_func ("/card/markdown/hostile", test_hostile);
  g_test_add_func ("/card/markdown/deep", test_deep);
  g_test_add_func ("/card/when", test_when);
  return g_test_run ();
}
