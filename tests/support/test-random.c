/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-test"

#include "test-random.h"

#include "id.h"

static guint64 seed = 1;

void
baton_test_init (int *argc, char ***argv)
{
  const char *wanted = g_getenv ("BATON_TEST_SEED");
  int kept = 1;

  if (g_getenv ("BATON_TEST_SOAK") != NULL)
    seed = (guint64) g_get_real_time ();
  for (int i = 1; i < *argc; i++)
    {
      if (g_str_has_prefix ((*argv)[i], "--seed=") && g_ascii_isdigit ((*argv)[i][7]))
        wanted = (*argv)[i] + 7;
      else
        (*argv)[kept++] = (*argv)[i];
    }
  *argc = kept;
  if (wanted != NULL)
    seed = g_ascii_strtoull (wanted, NULL, 10);
  g_test_init (argc, argv, NULL);
  g_test_message ("seed %" G_GUINT64_FORMAT " (BATON_TEST_SEED repeats it)", seed);
}

guint64
baton_test_seed (void)
{
  return seed;
}

guint
baton_test_rounds (guint rounds)
{
  return g_getenv ("BATON_TEST_SOAK") != NULL ? rounds * 20 : rounds;
}

/* splitmix64, by Sebastiano Vigna; public domain. */
guint64
baton_test_next (BatonTestRandom *random)
{
  guint64 z = random->state += G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);

  z = (z ^ (z >> 30)) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  z = (z ^ (z >> 27)) * G_GUINT64_CONSTANT (0x94d049bb133111eb);
  return z ^ (z >> 31);
}

BatonTestRandom
baton_test_random (guint stream)
{
  BatonTestRandom random = { seed * G_GUINT64_CONSTANT (1000003) + stream };

  baton_test_next (&random);
  return random;
}

guint
baton_test_below (BatonTestRandom *random, guint bound)
{
  g_assert (bound > 0);
  return (guint) (baton_test_next (random) % bound);
}

gboolean
baton_test_chance (BatonTestRandom *random, guint percent)
{
  return baton_test_below (random, 100) < percent;
}

char *
baton_test_id (BatonTestRandom *random, gint64 at)
{
  char id[BATON_ID_LENGTH + 1];
  guint8 bytes[10];

  for (guint i = 0; i < sizeof bytes; i++)
    bytes[i] = (guint8) baton_test_next (random);
  baton_id_format (id, at / 1000, bytes);
  return g_strdup (id);
}

static const char *const words[] = { "hero", "image", "banner", "newsletter", "story", "reel", "landing",
  "page", "headline", "teaser", "spring", "summer", "launch", "campaign", "poster", "in-store", "window",
  "coupon", "loyalty", "copy", "draft", "final", "proof", "legal", "check", "photo", "shoot", "retouch",
  "cutout", "banner", "carousel", "subject", "line", "preheader", "segment", "audience", "young", "families",
  "commuters", "café", "Größe", "naïve", "brief", "storyboard", "animation", "voice-over", "subtitles",
  "translation", "French", "German", "layout", "grid", "palette", "logo", "mock-up", "wireframe", "call",
  "to", "action", "button", "footer", "review", "版", "東京", "特集" };

static const char *
word (BatonTestRandom *random)
{
  return words[baton_test_below (random, G_N_ELEMENTS (words))];
}

char *
baton_test_title (BatonTestRandom *random)
{
  GString *title = g_string_new (word (random));
  guint more = 1 + baton_test_below (random, 6);

  for (guint i = 0; i < more; i++)
    g_string_append_printf (title, " %s", word (random));
  return g_string_free (title, FALSE);
}

char *
baton_test_prose (BatonTestRandom *random, guint sentences)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < sentences; i++)
    {
      g_autofree char *title = baton_test_title (random);
      g_autofree char *other = baton_test_title (random);

      g_string_append_printf (
          text, "%sThe %s, with %s.%s", i > 0 ? " " : "", title, other, i % 4 == 3 ? "\n\n" : "");
    }
  return g_string_free (text, FALSE);
}

const char *
baton_test_nasty_text (guint index)
{
  static const char *const texts[] = { "<b>bold</b> & <span foreground='red'>red", "\"quoted\" 'text' `tick`",
    "Robert'); DROP TABLE card;--", "back\\slash \\n \\u0000 %s %n %d",
    "שלום עולם, ‏مرحبا بالعالم", "👩‍🎨🏳️‍🌈🚀 emoji 🇩🇪",
    "日本語のタイトル：春の特集", "한국어 제목 캠페인", "tabs\tand\nlines\r\nand \x01 control \x7f marks",
    "é vs é (composed and not)", "\xe2\x80\xae right to left override", "NEAR(a b) OR * ^ - AND NOT (x", "0",
    "null", "{\"json\": [1, 2]}", "   spaces around   ", "\xf4\x8f\xbf\xbf last code point", "ก็ภาษาไทย" };

  return index < G_N_ELEMENTS (texts) ? texts[index] : NULL;
}
