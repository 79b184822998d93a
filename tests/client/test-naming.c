/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-test"

/* What the names and first bytes of files say. */

#include "add-file.h"
#include "baton-error.h"
#include "media.h"
#include "naming.h"
#include "test-random.h"

#include <string.h>

static void
test_naming_errors (void)
{
  static const char *const templates[] = { "", "no part", "{asset}{version}", "{asset", "{colour}",
    "{asset}/{version}" };

  for (guint i = 0; i < G_N_ELEMENTS (templates); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (baton_naming_new (templates[i], &error));
      g_assert_error (error, BATON_ERROR, BATON_ERROR_INVALID);
    }
}

static void
assert_missing (BatonNaming *naming, const char *name, const char *sentence)
{
  g_auto (BatonNamingValues) values = { { NULL } };
  g_autoptr (GError) error = NULL;

  g_assert_false (baton_naming_read (naming, name, &values, &error));
  g_assert_error (error, BATON_ERROR, BATON_ERROR_INVALID);
  if (strstr (error->message, sentence) == NULL)
    g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, sentence));
}

static void
test_naming_missing (void)
{
  g_autoptr (BatonNaming) naming =
      baton_naming_new ("{campaign}_{channel}_{asset}_v{version}_{date}_{status}", NULL);
  g_autofree char *example = baton_naming_example (naming);

  g_assert_cmpstr (example, ==, "Spring-launch_Instagram_Hero_v3_2026-05-01_approved");
  assert_missing (naming, "Spring.png", "“_” and the channel are missing");
  assert_missing (naming, "Spring_Instagram_Hero.png", "“_v” and the version are missing");
  assert_missing (naming, "Spring_Instagram_Hero_vX.png", "the version is missing");
  assert_missing (naming, "Spring_Instagram_Hero_v3_tomorrow_draft.png", "the date is missing");
  assert_missing (naming, "Spring_Instagram_Hero_v3_2026-05-01_nice.png", "the status is missing");
  assert_missing (naming, "", "the campaign is missing");
}

/* What is written is read back the same, whatever the names are. */
static void
test_naming_round_trip (void)
{
  BatonTestRandom random = baton_test_random (12);
  g_autoptr (BatonNaming) naming =
      baton_naming_new ("{campaign}_{channel}_{card}_{asset}_v{version}_{date}_{status}", NULL);
  static const BatonNamingPart texts[] = { BATON_NAMING_CAMPAIGN, BATON_NAMING_CHANNEL, BATON_NAMING_CARD,
    BATON_NAMING_ASSET };

  for (guint i = 0; i < baton_test_rounds (300); i++)
    {
      g_auto (BatonNamingValues) values = { { NULL } };
      g_auto (BatonNamingValues) back = { { NULL } };
      g_autofree char *name = NULL;
      g_autofree char *file = NULL;
      g_autoptr (GError) error = NULL;
      gsize sum = 0; /* long names are cut, and then no longer the same */

      for (guint j = 0; j < G_N_ELEMENTS (texts); j++)
        {
          const char *nasty = baton_test_nasty_text (baton_test_below (&random, 40));

          if (!baton_test_chance (&random, 15))
            values.parts[texts[j]] = nasty != NULL ? g_strdup (nasty) : baton_test_title (&random);
          sum += values.parts[texts[j]] != NULL ? strlen (values.parts[texts[j]]) : 0;
        }
      values.parts[BATON_NAMING_VERSION] = g_strdup_printf ("%u", 1 + baton_test_below (&random, 10000));
      values.parts[BATON_NAMING_DATE] = g_strdup ("2026-05-01");
      values.parts[BATON_NAMING_STATUS] = g_strdup ("in-review");
      name = baton_naming_format (naming, &values);
      file = g_strconcat (name, ".png", NULL);
      g_assert_cmpuint (strlen (name), <=, 200);
      g_assert_null (strpbrk (name, "/\n\r\\"));
      g_assert_true (g_utf8_validate (name, -1, NULL));
      g_assert_true (baton_naming_read (naming, file, &back, &error));
      g_assert_no_error (error);
      g_assert_cmpstr (back.parts[BATON_NAMING_VERSION], ==, values.parts[BATON_NAMING_VERSION]);
      g_assert_cmpstr (back.parts[BATON_NAMING_STATUS], ==, "in-review");
      for (guint j = 0; j < G_N_ELEMENTS (texts) && sum < 150; j++)
        {
          g_test_message ("“%s” “%s”", values.parts[texts[j]], back.parts[texts[j]]);
          g_assert_true (baton_naming_same (values.parts[texts[j]], back.parts[texts[j]]));
        }
    }
}

static void
test_asset_names (void)
{
  static const char *const cases[][2] = { { "hero.png", "hero" }, { "hero_v2.png", "hero" },
    { "Hero v12.tiff", "Hero" }, { "hero-final-3.png", "hero-final" }, { "hero (2).png", "hero" },
    { "copy version 4.md", "copy" }, { "v3.png", "" }, { "2026.png", "" }, { "Größe_v2.pdf", "Größe" },
    { ".png", ".png" }, { "archive.tar.gz", "archive.tar" } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *name = baton_add_file_asset_name (cases[i][0]);

      g_test_message ("%s", cases[i][0]);
      g_assert_cmpstr (name, ==, cases[i][1]);
    }
}

static void
test_media (void)
{
  static const struct
  {
    const char *name;
    const char *head;
    gsize length;
    const char *media;
  } cases[] = { { "a.png", "\x89PNG\r\n\x1a\n....", 12, "image/png" },
    { "a.txt", "\x89PNG\r\n\x1a\n....", 12, "image/png" }, { "a.png", "hello", 5, "text/plain" },
    { "a.md", "# hello", 7, "text/markdown" }, { "a.png", "", 0, "application/x-zerosize" },
    { "a.svg", "<svg xmlns=", 11, "image/svg+xml" }, { "a.pdf", "%PDF-1.7", 8, "application/pdf" },
    { "a.pdf", "<svg xmlns=", 11, "image/svg+xml" }, { "a.jpg", "\xff\xd8\xff\xe0", 4, "image/jpeg" },
    { "a.gif", "GIF89a", 6, "image/gif" }, { "a.webp", "RIFF....WEBPVP8 ", 16, "image/webp" },
    { "a.mp4", "....ftypisom", 12, "video/mp4" }, { "a.heic", "....ftypmif1", 12, "image/heif" },
    { "copy.md", "# How\n<svg/>", 12, "text/markdown" }, { "page.html", "<p><svg/></p>", 13, "text/html" },
    { "a.svg", "<!DOCTYPE svg [<!ENTITY a \"]>\">]>\n<s:svg>", 42, "image/svg+xml" },
    { "a.png", "\x01\x02\x03\x04\x05", 5, "application/octet-stream" },
    { "a.txt", "\xff\xfeH\0\xfc\0\n\0", 8, "text/plain" },
    { "a.txt", "\xfe\xff\0H\0\xfc\0\n", 8, "text/plain" },
    /* The second half of a character beyond the first 64 KiB is cut. */
    { "a.md", "\xff\xfe#\0\x3c\xd8", 6, "text/markdown" },
    { "a.bin", "\xff\xfe\1\0\2\0", 6, "application/octet-stream" } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *media =
          baton_media_sniff (cases[i].name, (const guint8 *) cases[i].head, cases[i].length);

      g_test_message ("%s %u", cases[i].name, i);
      g_assert_cmpstr (media, ==, cases[i].media);
    }
  g_assert_cmpstr (baton_media_kind ("image/svg+xml"), ==, "image");
  g_assert_cmpstr (baton_media_kind ("application/pdf"), ==, "document");
}

int
main (int argc, char **argv)
{
  baton_test_init (&argc, &argv);
  g_test_add_func ("/naming/errors", test_naming_errors);
  g_test_add_func ("/naming/missing", test_naming_missing);
  g_test_add_func ("/naming/round-trip", test_naming_round_trip);
  g_test_add_func ("/naming/asset-names", test_asset_names);
  g_test_add_func ("/naming/media", test_media);
  return g_test_run ();
}
