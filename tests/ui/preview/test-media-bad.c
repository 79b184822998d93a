/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-test"

#include "media-fixture.h"

#include <math.h>
#include <string.h>

/* Videos and sounds that are broken, that lie, and a player that does. */

static gboolean
has_failed (GtkMediaStream *stream)
{
  return gtk_media_stream_get_error (stream) != NULL;
}

static void
assert_refused (MediaFixture *f, const char *path)
{
  const GError *error;

  media_begin (f, path);
  g_assert_true (media_wait_for (media_is_known, f->stream, 60));
  error = gtk_media_stream_get_error (f->stream);
  g_assert_nonnull (error);
  g_assert_true (error->domain == BATON_DECODER_ERROR);
  g_assert_cmpint (error->code, !=, BATON_DECODE_TIMEOUT);
  g_assert_true (g_str_has_suffix (error->message, "."));
}

static void
test_bad (MediaFixture *f, gconstpointer data)
{
  g_autofree char *empty = files_write_text (f->folder, "empty.mp4", "");
  g_autofree char *text = files_write_text (f->folder, "text.mp4", "This is no video at all.\n");
  g_autofree char *page = files_write_text (f->folder, "page.webm", "<html><video src='file:///etc/passwd'>");
  g_autofree char *list =
      files_write_text (f->folder, "list.mp4", "#EXTM3U\n#EXTINF:10,\nfile:///etc/hostname\n");
  g_autofree char *large = files_write_text (
      f->folder, "large.y4m", "YUV4MPEG2 W60000 H60000 F25:1 Ip A1:1 C420jpeg\nFRAME\nxxxxxxxxxxxxxxxxxxx");
  g_autofree char *gone = g_build_filename (f->folder, "gone.mp4", NULL);

  assert_refused (f, empty);
  g_assert_cmpint (gtk_media_stream_get_error (f->stream)->code, ==, BATON_DECODE_EMPTY);
  assert_refused (f, text);
  assert_refused (f, page);
  assert_refused (f, list);
  assert_refused (f, large);
  assert_refused (f, f->folder);
  assert_refused (f, gone);
  g_assert_cmpint (gtk_media_stream_get_error (f->stream)->code, ==, BATON_DECODE_NO_FILE);
}

/* What there is of a file is played; never is anything waited for without end. */
static void
test_cut (MediaFixture *f, gconstpointer data)
{
  static const char *const names[] = { "a.mp4", "a.webm", "a.mpg" };
  static const double shares[] = { 0.01, 0.5, 0.9 };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *whole = files_colours (f->folder, names[i]);

      for (guint j = 0; whole != NULL && j < G_N_ELEMENTS (shares); j++)
        {
          g_autofree char *name = g_strdup_printf ("cut-%u-%s", j, names[i]);
          g_autofree char *path = files_cut (whole, name, shares[j]);

          media_begin (f, path);
          g_assert_true (media_wait_for (media_is_known, f->stream, 60));
          if (gtk_media_stream_get_error (f->stream) != NULL)
            {
              g_assert_cmpint (gtk_media_stream_get_error (f->stream)->code, !=, BATON_DECODE_TIMEOUT);
              continue;
            }
          gtk_media_stream_seek (f->stream, 60 * G_USEC_PER_SEC);
          g_assert_true (media_wait_for (media_is_settled, f->stream, 30));
          gtk_media_stream_play (f->stream);
          g_assert_true (media_wait_for (media_has_ended, f->stream, 30));
        }
    }
}

static void
test_noise (MediaFixture *f, gconstpointer data)
{
  guint32 seed = g_test_rand_int_range (0, G_MAXINT32);
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
  g_autofree char *whole = files_colours (f->folder, "a.mp4");
  g_autofree char *bytes = NULL;
  gsize size;

  if (whole == NULL)
    {
      g_test_skip ("ffmpeg cannot make it here");
      return;
    }
  g_test_message ("seed %u", seed);
  g_assert_true (g_file_get_contents (whole, &bytes, &size, NULL));
  for (int i = 0; i < 4; i++)
    {
      g_autofree char *name = g_strdup_printf ("noise-%d.mp4", i);
      g_autofree char *path = g_build_filename (f->folder, name, NULL);
      g_autofree guint8 *copy = g_memdup2 (bytes, size);

      for (int j = g_rand_int_range (rand, 1, 200); j > 0; j--)
        copy[g_rand_int_range (rand, 0, (gint32) size)] = (guint8) g_rand_int (rand);
      files_write (path, copy, size);
      media_begin (f, path);
      g_assert_true (media_wait_for (media_is_known, f->stream, 60));
      if (gtk_media_stream_get_error (f->stream) != NULL || !gtk_media_stream_is_seekable (f->stream))
        continue;
      gtk_media_stream_seek (f->stream, 2 * G_USEC_PER_SEC);
      g_assert_true (media_wait_for (media_is_settled, f->stream, 30));
    }
}

static void
lie (MediaFixture *f, char letter)
{
  char text[] = { letter, '\0' };
  g_autofree char *name = g_strdup_printf ("lie-%c", letter);
  g_autofree char *path = files_write_text (f->folder, name, text);

  media_begin (f, path);
}

/* A helper that says what it may not say is ended; one that dies or is silent costs a sentence. */
static void
test_lies (MediaFixture *f, gconstpointer data)
{
  g_setenv ("BATON_PLAY", g_getenv ("BATON_LYING_PLAYER"), TRUE);
  for (char letter = 'a'; letter <= 'q'; letter++)
    {
      lie (f, letter);
      if (!media_wait_for (has_failed, f->stream, 15))
        g_error ("“%c” was believed", letter);
      g_assert_cmpint (gtk_media_stream_get_error (f->stream)->code, ==, BATON_DECODE_CRASHED);
    }
}

static void
test_hung (MediaFixture *f, gconstpointer data)
{
  gint64 began = g_get_monotonic_time ();

  g_setenv ("BATON_PLAY", g_getenv ("BATON_LYING_PLAYER"), TRUE);
  lie (f, 'z'); /* tells of a picture that never comes */
  baton_media_stream_set_timeout (BATON_MEDIA_STREAM (f->stream), 700);
  g_assert_true (media_wait_for (has_failed, f->stream, 15));
  g_assert_cmpint (gtk_media_stream_get_error (f->stream)->code, ==, BATON_DECODE_TIMEOUT);
  lie (f, 'r'); /* one frame; the next one is waited for only when somebody wants it */
  g_assert_true (media_wait_for (media_is_known, f->stream, 15));
  baton_media_stream_set_timeout (BATON_MEDIA_STREAM (f->stream), 700);
  g_assert_false (media_wait_for (has_failed, f->stream, 2));
  baton_media_stream_step (BATON_MEDIA_STREAM (f->stream), 1);
  g_assert_true (media_wait_for (has_failed, f->stream, 15));
  g_assert_cmpint (gtk_media_stream_get_error (f->stream)->code, ==, BATON_DECODE_TIMEOUT);
  g_assert_cmpint (g_get_monotonic_time () - began, <, 30 * G_USEC_PER_SEC);
}

static void
test_missing (MediaFixture *f, gconstpointer data)
{
  g_autofree char *path = files_write_text (f->folder, "a.mp4", "x");

  g_setenv ("BATON_PLAY", "/nonexistent/baton-play", TRUE);
  media_begin (f, path);
  g_assert_true (media_wait_for (has_failed, f->stream, 15));
  g_assert_cmpint (gtk_media_stream_get_error (f->stream)->code, ==, BATON_DECODE_NO_HELPER);
}

static guint
count_children (void)
{
  g_autofree char *text = NULL;
  g_auto (GStrv) words = NULL;
  guint n = 0;

  if (!g_file_get_contents ("/proc/thread-self/children", &text, NULL, NULL))
    return 0;
  words = g_strsplit (text, " ", -1);
  for (guint i = 0; words[i] != NULL; i++)
    n += *words[i] != '\0';
  return n;
}

/* Killed in the middle: a sentence. Let go of: the helper is gone. */
static void
test_end (MediaFixture *f, gconstpointer data)
{
  if (!media_begin_colours (f, "a.mp4"))
    return;
  g_assert_cmpuint (count_children (), ==, 1);
  gtk_media_stream_play (f->stream);
  baton_media_stream_kill (BATON_MEDIA_STREAM (f->stream));
  g_assert_true (media_wait_for (has_failed, f->stream, 15));
  g_assert_cmpint (gtk_media_stream_get_error (f->stream)->code, ==, BATON_DECODE_CRASHED);
  g_assert_true (media_begin_colours (f, "b.mp4"));
  gtk_media_stream_play (f->stream);
  g_clear_object (&f->stream);
  for (int i = 0; i < 200 && count_children () > 0; i++)
    {
      g_usleep (10000);
      while (g_main_context_iteration (NULL, FALSE))
        ;
    }
  g_assert_cmpuint (count_children (), ==, 0);
}

#define ADD(path, data, test) g_test_add (path, MediaFixture, data, media_set_up, test, media_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/media/bad", NULL, test_bad);
  ADD ("/media/cut", NULL, test_cut);
  ADD ("/media/noise", NULL, test_noise);
  ADD ("/media/lies", NULL, test_lies);
  ADD ("/media/hung", NULL, test_hung);
  ADD ("/media/missing", NULL, test_missing);
  ADD ("/media/end", NULL, test_end);
  return g_test_run ();
}
