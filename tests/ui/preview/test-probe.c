/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-test"

#include "files.h"
#include "media.h"
#include "probe.h"

#include <string.h>

/* What the helper says about files when they are added: size, pages, length. */

static char *folder;

static gboolean
probe (const char *path, BatonProbe *found)
{
  g_autofree char *name = g_path_get_basename (path);
  g_autofree char *bytes = NULL;
  g_autofree char *media = NULL;
  gsize size;

  g_assert_true (g_file_get_contents (path, &bytes, &size, NULL));
  media = baton_media_sniff (name, (const guint8 *) bytes, MIN (size, BATON_MEDIA_HEAD));
  return baton_probe_file (path, media, found);
}

static void
assert_facts (char *path, int width, int height, int pages)
{
  g_autofree char *taken = path;
  BatonProbe found;

  g_assert_true (probe (path, &found));
  g_assert_cmpint (found.width, ==, width);
  g_assert_cmpint (found.height, ==, height);
  g_assert_cmpint (found.pages, ==, pages);
  g_assert_cmpint (found.duration, ==, 0);
}

static void
test_pictures (void)
{
  static const char *const types[] = { "png", "jpeg", "tiff" };
  g_autofree char *png = NULL;
  char *webp;

  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    assert_facts (files_picture (folder, "a", types[i], 640, 401, FALSE), 640, 401, 0);
  /* Upright: a picture on its side is as wide as it is seen. */
  assert_facts (files_jpeg_turned (folder, "turned.jpg", 300, 200, 6), 200, 300, 0);
  assert_facts (files_gif (folder, "a.gif", 5), 16, 16, 0);
  assert_facts (files_svg (folder, "a.svg", 320, 200), 320, 200, 0);
  assert_facts (files_png_header (folder, "huge.png", 90000, 80000), 90000, 80000, 0);
  png = files_picture (folder, "b.png", "png", 333, 222, TRUE);
  webp = files_webp (folder, "b.webp", png);
  if (webp != NULL)
    assert_facts (webp, 333, 222, 0);
}

static void
test_pages (void)
{
  g_autofree char *one = files_picture (folder, "1.tif", "tiff", 50, 40, FALSE);
  g_autofree char *two = files_picture (folder, "2.tif", "tiff", 50, 40, FALSE);
  g_autofree char *pdf = files_pdf (folder, "a.pdf", 7);
  g_autofree char *tiff = files_tiff_pages (folder, "both.tif", one, two);
  BatonProbe found;

  g_assert_true (probe (pdf, &found));
  g_assert_cmpint (found.pages, ==, 7);
  g_assert_cmpint (found.width, >, 100);
  if (tiff != NULL && probe (tiff, &found))
    g_assert_cmpint (found.pages, ==, 2);
}

static void
assert_timed (const char *name, int seconds, int slack)
{
  g_autofree char *path = files_video (folder, name, seconds);
  BatonProbe found;

  if (path == NULL)
    {
      g_test_message ("%s cannot be made here", name);
      return;
    }
  g_assert_true (probe (path, &found));
  g_assert_cmpint (found.width, ==, 320);
  g_assert_cmpint (found.height, ==, 180);
  g_assert_cmpint (ABS (found.duration - seconds * 1000), <=, slack);
}

static void
test_timed (void)
{
  assert_timed ("a.mp4", 3, 50);
  assert_timed ("a.mov", 2, 50);
  assert_timed ("a.mkv", 2, 100);
}

/* What says nowhere how long it is, with and without the count that encoders may leave. */
static void
test_sounds (void)
{
  static const struct
  {
    const char *name;
    const char *options[6];
  } kinds[] = {
    { "a.ogg", { "-c:a", "libvorbis", NULL } },
    { "a.opus", { "-c:a", "libopus", NULL } },
    { "flac.oga", { "-c:a", "flac", NULL } },
    { "constant.mp3", { "-c:a", "libmp3lame", "-b:a", "96k", NULL } },
    { "varies.mp3", { "-c:a", "libmp3lame", "-q:a", "5", NULL } },
    { "bare.mp3", { "-q:a", "5", "-write_xing", "0", NULL } },
    { "a.mp2", { "-c:a", "mp2", NULL } },
  };
  g_autofree char *tone = files_tone (folder, "tone.wav", 7);
  guint tried = 0;

  for (guint i = 0; tone != NULL && i < G_N_ELEMENTS (kinds); i++)
    {
      g_autofree char *path = files_convert (tone, kinds[i].name, kinds[i].options);
      BatonProbe found;

      if (path == NULL)
        continue;
      tried++;
      g_assert_true (probe (path, &found));
      g_assert_cmpint (found.width, ==, 0);
      g_assert_cmpint (ABS (found.duration - 7000), <=, 80);
    }
  g_test_message ("%u kinds of sound", tried);
}

/* Nothing is known of what is not asked, or broken; and the helper serves the next file. */
static void
test_unknown (void)
{
  g_autofree char *text = files_write_text (folder, "a.txt", "Words");
  g_autofree char *false_png = files_write_text (folder, "b.png", "\x89PNG\r\n\x1a\nnothing");
  BatonProbe found;

  g_assert_false (probe (text, &found));
  g_assert_false (probe (false_png, &found));
  g_assert_false (baton_probe_file ("/nowhere/at/all.png", "image/png", &found));
  g_assert_cmpint (found.width, ==, 0);
  assert_facts (files_picture (folder, "c", "png", 64, 32, FALSE), 64, 32, 0);
}

/* Every kind of file, cut and with bytes changed: an answer always comes, and what it says is no nonsense. */
static void
test_hostile (void)
{
  g_autofree char *png = files_picture (folder, "d.png", "png", 60, 40, TRUE);
  char *paths[] = { files_pdf (folder, "d.pdf", 2), files_gif (folder, "d.gif", 3),
    files_picture (folder, "d.jpg", "jpeg", 60, 40, FALSE), files_webp (folder, "d.webp", png),
    files_picture (folder, "d.tif", "tiff", 60, 40, FALSE), files_video (folder, "d.mp4", 1),
    files_video (folder, "d.mkv", 1), files_tone (folder, "d.mp3", 2), files_tone (folder, "d.ogg", 2),
    g_strdup (png) };
  BatonProbe found;

  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_autofree char *path = paths[i];
      g_autofree char *bad = g_build_filename (folder, "bad", NULL);
      g_autofree char *bytes = NULL;
      g_autofree char *media = NULL;
      gsize size;

      if (path == NULL || !g_file_get_contents (path, &bytes, &size, NULL))
        continue;
      media = baton_media_sniff (path, (const guint8 *) bytes, MIN (size, BATON_MEDIA_HEAD));
      for (guint n = 0; n < 60; n++)
        {
          g_autofree char *copy = g_memdup2 (bytes, size);
          gsize length = n % 3 == 0 ? (gsize) g_test_rand_int_range (1, (int) size) : size;

          for (guint j = 0; j < n / 4; j++)
            copy[g_test_rand_int_range (8, (int) MIN (size, 900))] = (char) g_test_rand_int ();
          files_write (bad, copy, length);
          if (baton_probe_file (bad, media, &found))
            {
              g_assert_cmpint (found.width, >=, 0);
              g_assert_cmpint (found.height, >=, 0);
              g_assert_cmpint (found.pages, <=, 5000);
              g_assert_cmpint (found.duration, >=, 0);
            }
        }
    }
  assert_facts (files_picture (folder, "e", "png", 64, 32, FALSE), 64, 32, 0);
}

int
main (int argc, char **argv)
{
  int result;

  g_test_init (&argc, &argv, NULL);
  folder = files_folder_new ();
  g_test_add_func ("/preview/probe/pictures", test_pictures);
  g_test_add_func ("/preview/probe/pages", test_pages);
  g_test_add_func ("/preview/probe/timed", test_timed);
  g_test_add_func ("/preview/probe/sounds", test_sounds);
  g_test_add_func ("/preview/probe/unknown", test_unknown);
  g_test_add_func ("/preview/probe/hostile", test_hostile);
  result = g_test_run ();
  files_folder_remove (folder);
  return result;
}
