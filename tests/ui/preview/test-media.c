/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-test"

#include "media-fixture.h"

#include <math.h>
#include <string.h>

#define FRAME 40000 /* us */

static gint64
now_of (MediaFixture *f)
{
  return gtk_media_stream_get_timestamp (f->stream);
}

/* 0 red, 1 green, 2 blue, 3 white. */
static int
colour_of (MediaFixture *f)
{
  GdkTexture *texture = baton_media_stream_texture (BATON_MEDIA_STREAM (f->stream));
  int width = gdk_texture_get_width (texture), height = gdk_texture_get_height (texture);
  g_autofree guint32 *pixels = g_new (guint32, (gsize) width * (gsize) height);
  guint32 pixel;
  gboolean red, green, blue;

  gdk_texture_download (texture, (guchar *) pixels, (gsize) width * 4);
  pixel = pixels[height / 2 * width + width / 2];
  red = (pixel >> 16 & 0xff) > 128;
  green = (pixel >> 8 & 0xff) > 128;
  blue = (pixel & 0xff) > 128;
  g_assert_cmpuint (pixel >> 24, ==, 0xff);
  g_assert_true (red || green || blue);
  return red && green && blue ? 3 : red ? 0 : green ? 1 : 2;
}

static void
seek (MediaFixture *f, gint64 at)
{
  gtk_media_stream_seek (f->stream, at);
  g_assert_true (media_wait_for (media_is_settled, f->stream, 30));
  g_assert_no_error (gtk_media_stream_get_error (f->stream));
}

static void
step (MediaFixture *f, int frames)
{
  baton_media_stream_step (BATON_MEDIA_STREAM (f->stream), frames);
  g_assert_true (media_wait_for (media_is_settled, f->stream, 30));
  g_assert_no_error (gtk_media_stream_get_error (f->stream));
}

static void
test_seek (MediaFixture *f, gconstpointer data)
{
  const char *name = data;
  /* WebM counts in milliseconds and may media_begin a little after 0. */
  gint64 slack = g_str_equal (name, "a.mp4") || g_str_equal (name, "a.mov") ? 0 : 8000;
  const BatonPlayReply *info;

  if (!media_begin_colours (f, name))
    return;
  info = baton_media_stream_info (BATON_MEDIA_STREAM (f->stream));
  g_assert_cmpint (info->full_width, ==, 320);
  g_assert_cmpint (info->full_height, ==, 180);
  g_assert_true (gtk_media_stream_has_video (f->stream));
  g_assert_true (gtk_media_stream_has_audio (f->stream));
  g_assert_true (gtk_media_stream_is_seekable (f->stream));
  g_assert_cmpint (ABS (gtk_media_stream_get_duration (f->stream) - 4 * G_USEC_PER_SEC), <, 200000);
  g_assert_cmpint (colour_of (f), ==, 0);
  for (int i = 7; i >= 0; i--)
    {
      gint64 at = i * G_USEC_PER_SEC / 2 + slack;

      seek (f, at);
      g_assert_cmpint (colour_of (f), ==, i / 2);
      g_assert_cmpint (ABS (now_of (f) - at), <=, FRAME + slack);
    }
  /* Past the end is the last frame. */
  seek (f, 60 * G_USEC_PER_SEC);
  g_assert_cmpint (colour_of (f), ==, 3);
}

static void
test_step (MediaFixture *f, gconstpointer data)
{
  if (!media_begin_colours (f, "a.mp4"))
    return;
  seek (f, 24 * FRAME);
  g_assert_cmpint (now_of (f), ==, 24 * FRAME);
  g_assert_cmpint (colour_of (f), ==, 0);
  step (f, 1);
  g_assert_cmpint (now_of (f), ==, 25 * FRAME);
  g_assert_cmpint (colour_of (f), ==, 1);
  step (f, -1);
  g_assert_cmpint (now_of (f), ==, 24 * FRAME);
  g_assert_cmpint (colour_of (f), ==, 0);
  step (f, 30);
  g_assert_cmpint (now_of (f), ==, 54 * FRAME);
  step (f, -6);
  g_assert_cmpint (now_of (f), ==, 48 * FRAME);
  seek (f, 0);
  step (f, -1);
  g_assert_cmpint (now_of (f), ==, 0);
  seek (f, 98 * FRAME);
  step (f, 5);
  g_assert_cmpint (now_of (f), ==, 99 * FRAME);
}

/* Frames of unequal length: each is met on the way on and back. */
static void
test_varying_rate (MediaFixture *f, gconstpointer data)
{
  static const char *const options[] = { "-vf", "select='not(mod(n\\,7))+not(mod(n\\,5))'", "-fps_mode",
    "vfr", NULL };
  g_autofree char *whole = files_video (f->folder, "whole.mp4", 4);
  g_autofree char *path = whole != NULL ? files_convert (whole, "vfr.mkv", options) : NULL;
  g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (gint64));

  if (path == NULL)
    {
      g_test_skip ("ffmpeg cannot make it here");
      return;
    }
  media_begin (f, path);
  g_assert_true (media_wait_for (media_is_known, f->stream, 60));
  g_assert_no_error (gtk_media_stream_get_error (f->stream));
  for (;;)
    {
      gint64 at = now_of (f);

      g_array_append_val (times, at);
      step (f, 1);
      if (now_of (f) == at)
        break;
    }
  /* 100 frames, of which every seventh or fifth is there. */
  g_assert_cmpuint (times->len, ==, 32);
  for (guint i = times->len - 1; i > 0; i--)
    {
      g_assert_cmpint (now_of (f), ==, g_array_index (times, gint64, i));
      step (f, -1);
    }
  g_assert_cmpint (now_of (f), ==, g_array_index (times, gint64, 0));
}

/* Whatever somebody does, what is seen is of the moment that is told. */
static void
test_random (MediaFixture *f, gconstpointer data)
{
  guint32 seed = g_test_rand_int_range (0, G_MAXINT32);
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);

  if (!media_begin_colours (f, "a.mp4"))
    return;
  g_test_message ("seed %u", seed);
  for (int i = 0; i < 60; i++)
    {
      int what = g_rand_int_range (rand, 0, 6);

      if (what == 0)
        gtk_media_stream_play (f->stream);
      else if (what == 1)
        gtk_media_stream_pause (f->stream);
      else if (what == 2)
        baton_media_stream_step (BATON_MEDIA_STREAM (f->stream), g_rand_int_range (rand, -3, 4));
      else
        gtk_media_stream_seek (f->stream, g_rand_int_range (rand, 0, 4 * G_USEC_PER_SEC));
      for (int j = g_rand_int_range (rand, 0, 20); j > 0; j--)
        g_main_context_iteration (NULL, FALSE);
      if (g_rand_int_range (rand, 0, 3) > 0)
        continue;
      gtk_media_stream_pause (f->stream);
      g_assert_true (media_wait_for (media_is_settled, f->stream, 30));
      g_assert_no_error (gtk_media_stream_get_error (f->stream));
      if (now_of (f) < 4 * G_USEC_PER_SEC)
        g_assert_cmpint (colour_of (f), ==, now_of (f) / G_USEC_PER_SEC);
    }
}

static void
count_cb (BatonMediaStream *stream, guint *frames)
{
  (*frames)++;
}

static void
test_play (MediaFixture *f, gconstpointer data)
{
  gint64 began, took;
  guint frames = 0;

  if (!media_begin_colours (f, "a.mp4"))
    return;
  seek (f, 2 * G_USEC_PER_SEC);
  g_signal_connect (f->stream, "frame", G_CALLBACK (count_cb), &frames);
  began = g_get_monotonic_time ();
  gtk_media_stream_play (f->stream);
  g_assert_true (media_wait_for (media_has_ended, f->stream, 30));
  took = g_get_monotonic_time () - began;
  g_assert_no_error (gtk_media_stream_get_error (f->stream));
  g_assert_false (gtk_media_stream_get_playing (f->stream));
  g_assert_cmpint (took, >=, 1900000);
  g_assert_cmpint (took, <, 8 * G_USEC_PER_SEC);
  g_assert_cmpuint (frames, ==, 49);
  g_assert_cmpint (now_of (f), >=, 4 * G_USEC_PER_SEC);
  g_assert_cmpint (colour_of (f), ==, 3);
  g_test_message ("2 s took %.2f s", (double) took / G_USEC_PER_SEC);
  /* And once more from the beginning. */
  gtk_media_stream_seek (f->stream, 0);
  gtk_media_stream_play (f->stream);
  g_assert_true (media_wait_for (media_is_settled, f->stream, 30));
  g_assert_false (gtk_media_stream_get_ended (f->stream));
  g_assert_cmpint (colour_of (f), ==, 0);
}

static void
test_sound_only (MediaFixture *f, gconstpointer data)
{
  const char *name = data;
  g_autofree char *path = files_tone (f->folder, name, 2);

  if (path == NULL)
    {
      g_test_skip ("ffmpeg cannot make it here");
      return;
    }
  media_begin (f, path);
  g_assert_true (media_wait_for (media_is_known, f->stream, 60));
  g_assert_no_error (gtk_media_stream_get_error (f->stream));
  g_assert_false (gtk_media_stream_has_video (f->stream));
  g_assert_true (gtk_media_stream_has_audio (f->stream));
  g_assert_cmpint (ABS (gtk_media_stream_get_duration (f->stream) - 2 * G_USEC_PER_SEC), <, 200000);
  seek (f, G_USEC_PER_SEC);
  g_assert_cmpint (now_of (f), ==, G_USEC_PER_SEC);
  step (f, 2);
  g_assert_cmpint (now_of (f), ==, G_USEC_PER_SEC + 2 * FRAME);
  gtk_media_stream_play (f->stream);
  g_assert_true (media_wait_for (media_has_ended, f->stream, 20));
  g_assert_no_error (gtk_media_stream_get_error (f->stream));
}

/* The samples themselves, as the helper sends them. */
typedef struct
{
  gboolean told, over;
  guint32 serial;
  gint64 first, to;
  double loud[8]; /* sums of squares, by half seconds */
  guint n[8];
} Heard;

static void
heard_info_cb (gpointer data, const BatonPlayReply *info)
{
  ((Heard *) data)->told = TRUE;
}

static void
heard_frame_cb (gpointer data, guint32 serial, gint64 at, gint64 length, GdkTexture *texture)
{
}

static void
heard_sound_cb (gpointer data, guint32 serial, gint64 at, GBytes *bytes)
{
  Heard *heard = data;
  gsize size;
  const gint16 *samples = g_bytes_get_data (bytes, &size);

  if (serial != heard->serial)
    return;
  if (heard->first < 0)
    heard->first = at;
  heard->to = at + (gint64) (size / 4) * G_USEC_PER_SEC / BATON_PLAY_RATE;
  for (gsize i = 0; i < size / 2; i++)
    {
      gint64 half = (at + (gint64) (i / 2) * G_USEC_PER_SEC / BATON_PLAY_RATE) / (G_USEC_PER_SEC / 2);

      heard->loud[MIN (half, 7)] += (double) samples[i] * samples[i] / (32768.0 * 32768.0);
      heard->n[MIN (half, 7)]++;
    }
}

static void
heard_ended_cb (gpointer data, guint32 serial, BatonPlayFlags stream, BatonDecodeStatus status)
{
  if (stream == BATON_PLAY_HAS_SOUND && serial == ((Heard *) data)->serial)
    ((Heard *) data)->over = TRUE;
}

static void
heard_failed_cb (gpointer data, BatonDecodeStatus status, const char *codec)
{
  g_error ("failed: %d %s", status, codec);
}

static void
listen (gboolean *until)
{
  gboolean late = FALSE;
  guint timer = g_timeout_add_seconds (60, media_late_cb, &late);

  while (!late && !*until)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (timer);
  g_assert_false (late);
}

static void
test_samples (MediaFixture *f, gconstpointer data)
{
  static const BatonMediaLinkFuncs funcs = { heard_info_cb, heard_frame_cb, heard_sound_cb, heard_ended_cb,
    heard_failed_cb };
  g_autofree char *path = files_colours (f->folder, "a.mp4");
  g_autoptr (BatonMediaLink) link = NULL;
  Heard heard = { .first = -1 };
  gint64 before;

  if (path == NULL)
    {
      g_test_skip ("ffmpeg cannot make it here");
      return;
    }
  link = baton_media_link_new (path, 320, 200, &funcs, &heard);
  listen (&heard.told);
  baton_media_link_until (link, G_USEC_PER_SEC / 2);
  for (int i = 0; i < 60; i++)
    {
      g_usleep (10000);
      while (g_main_context_iteration (NULL, FALSE))
        ;
    }
  /* Not farther than was asked for. */
  g_assert_cmpint (heard.to, >, 400000);
  g_assert_cmpint (heard.to, <, 800000);
  before = heard.to;
  baton_media_link_until (link, 10 * G_USEC_PER_SEC);
  listen (&heard.over);
  g_assert_cmpint (heard.to, >, before);
  g_assert_cmpint (ABS (heard.to - 4 * G_USEC_PER_SEC), <, 100000);
  for (int i = 0; i < 7; i++)
    {
      double loud = sqrt (heard.loud[i] / heard.n[i]);

      if (i / 2 % 2 == 1)
        g_assert_cmpfloat (loud, >, 0.2);
      else if (i % 2 == 1)
        g_assert_cmpfloat (loud, <, 0.02);
    }
  heard = (Heard){ .first = -1 };
  heard.serial = baton_media_link_seek (link, 3 * G_USEC_PER_SEC, FALSE);
  baton_media_link_until (link, 10 * G_USEC_PER_SEC);
  listen (&heard.over);
  g_assert_cmpint (ABS (heard.first - 3 * G_USEC_PER_SEC), <, 100000);
  g_assert_cmpfloat (sqrt (heard.loud[6] / heard.n[6]), >, 0.2);
}

static void
test_turned (MediaFixture *f, gconstpointer data)
{
  static const char *const options[] = { "-c", "copy", "-metadata:s:v:0", "rotate=90", NULL };
  g_autofree char *flat = files_colours (f->folder, "flat.mp4");
  g_autofree char *path = flat != NULL ? files_convert (flat, "turned.mp4", options) : NULL;
  GdkTexture *texture;

  if (path == NULL)
    {
      g_test_skip ("ffmpeg cannot make it here");
      return;
    }
  media_begin (f, path);
  g_assert_true (media_wait_for (media_is_known, f->stream, 60));
  g_assert_no_error (gtk_media_stream_get_error (f->stream));
  texture = baton_media_stream_texture (BATON_MEDIA_STREAM (f->stream));
  if (gdk_texture_get_width (texture) == 320)
    {
      g_test_skip ("this ffmpeg does not write the turn");
      return;
    }
  g_assert_cmpint (gdk_texture_get_width (texture), ==, 180);
  g_assert_cmpint (gdk_texture_get_height (texture), ==, 320);
  g_assert_cmpint (gdk_paintable_get_intrinsic_width (GDK_PAINTABLE (f->stream)), ==, 180);
}

/* Frames larger than the box come smaller, in the same proportions; oblong pixels come square. */
static void
test_shape (MediaFixture *f, gconstpointer data)
{
  static const char *const wide[] = { "-vf", "scale=3000:300,setsar=1", "-t", "1", NULL };
  static const char *const oblong[] = { "-vf", "setsar=2/1", NULL };
  g_autofree char *flat = files_colours (f->folder, "flat.mp4");
  g_autofree char *long_one = flat != NULL ? files_convert (flat, "wide.mp4", wide) : NULL;
  g_autofree char *oblong_one = flat != NULL ? files_convert (flat, "oblong.mp4", oblong) : NULL;
  GdkTexture *texture;

  if (long_one == NULL || oblong_one == NULL)
    {
      g_test_skip ("ffmpeg cannot make it here");
      return;
    }
  media_begin (f, long_one);
  g_assert_true (media_wait_for (media_is_known, f->stream, 60));
  g_assert_no_error (gtk_media_stream_get_error (f->stream));
  texture = baton_media_stream_texture (BATON_MEDIA_STREAM (f->stream));
  g_assert_cmpint (gdk_texture_get_width (texture), ==, 1920);
  g_assert_cmpint (gdk_texture_get_height (texture), ==, 192);
  g_assert_cmpint (gdk_paintable_get_intrinsic_width (GDK_PAINTABLE (f->stream)), ==, 3000);
  media_begin (f, oblong_one);
  g_assert_true (media_wait_for (media_is_known, f->stream, 60));
  texture = baton_media_stream_texture (BATON_MEDIA_STREAM (f->stream));
  g_assert_cmpint (gdk_texture_get_width (texture), ==, 640);
  g_assert_cmpint (gdk_texture_get_height (texture), ==, 180);
  g_assert_cmpint (gdk_paintable_get_intrinsic_width (GDK_PAINTABLE (f->stream)), ==, 640);
}

static void
test_clock (void)
{
  static const struct
  {
    gint64 us;
    gboolean exactly;
    const char *words;
  } clocks[] = { { 0, FALSE, "0:00" }, { -5, TRUE, "0:00.00" }, { 67240000, TRUE, "1:07.24" },
    { 67999999, FALSE, "1:07" }, { 3723000000, FALSE, "1:02:03" } };

  for (guint i = 0; i < G_N_ELEMENTS (clocks); i++)
    {
      g_autofree char *words = baton_media_clock (clocks[i].us, clocks[i].exactly);

      g_assert_cmpstr (words, ==, clocks[i].words);
    }
}

#define ADD(path, data, test) g_test_add (path, MediaFixture, data, media_set_up, test, media_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/media/seek/mp4", "a.mp4", test_seek);
  ADD ("/media/seek/mov", "a.mov", test_seek);
  ADD ("/media/seek/webm", "a.webm", test_seek);
  ADD ("/media/seek/mkv", "a.mkv", test_seek);
  ADD ("/media/step", NULL, test_step);
  ADD ("/media/varying-rate", NULL, test_varying_rate);
  ADD ("/media/random", NULL, test_random);
  ADD ("/media/play", NULL, test_play);
  ADD ("/media/sound-only/wav", "a.wav", test_sound_only);
  ADD ("/media/sound-only/mp3", "a.mp3", test_sound_only);
  ADD ("/media/sound-only/ogg", "a.ogg", test_sound_only);
  ADD ("/media/sound-only/flac", "a.flac", test_sound_only);
  ADD ("/media/samples", NULL, test_samples);
  ADD ("/media/turned", NULL, test_turned);
  ADD ("/media/shape", NULL, test_shape);
  g_test_add_func ("/media/clock", test_clock);
  return g_test_run ();
}
