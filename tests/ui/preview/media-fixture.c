/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-test"

#include "media-fixture.h"

#include <math.h>
#include <string.h>

void
media_set_up (MediaFixture *f, gconstpointer data)
{
  f->folder = files_folder_new ();
}

void
media_tear_down (MediaFixture *f, gconstpointer data)
{
  g_clear_object (&f->stream);
  files_folder_remove (g_steal_pointer (&f->folder));
  g_unsetenv ("BATON_PLAY");
}

gboolean
media_late_cb (gpointer data)
{
  *(gboolean *) data = TRUE;
  return G_SOURCE_CONTINUE;
}

/* Until it is what it should be, or a long time has gone by. */
gboolean
media_wait_for (gboolean (*is_so) (GtkMediaStream *stream), GtkMediaStream *stream, guint seconds)
{
  gboolean late = FALSE;
  guint timer = g_timeout_add_seconds (seconds, media_late_cb, &late);

  while (!late && !is_so (stream))
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (timer);
  return is_so (stream);
}

gboolean
media_is_known (GtkMediaStream *stream)
{
  return gtk_media_stream_is_prepared (stream) || gtk_media_stream_get_error (stream) != NULL;
}

gboolean
media_is_settled (GtkMediaStream *stream)
{
  return gtk_media_stream_get_error (stream) != NULL ||
         baton_media_stream_is_settled (BATON_MEDIA_STREAM (stream));
}

gboolean
media_has_ended (GtkMediaStream *stream)
{
  return gtk_media_stream_get_ended (stream) || gtk_media_stream_get_error (stream) != NULL;
}

void
media_begin (MediaFixture *f, const char *path)
{
  g_clear_object (&f->stream);
  f->stream = baton_media_stream_new (path, 1920, 1200);
}

/* FALSE: not here, and the test is skipped. */
gboolean
media_begin_colours (MediaFixture *f, const char *name)
{
  g_autofree char *path = files_colours (f->folder, name);

  if (path == NULL)
    {
      g_test_skip ("ffmpeg cannot make it here");
      return FALSE;
    }
  media_begin (f, path);
  g_assert_true (media_wait_for (media_is_known, f->stream, 60));
  if (g_error_matches (gtk_media_stream_get_error (f->stream), BATON_DECODER_ERROR, BATON_DECODE_UNKNOWN))
    {
      g_test_skip ("no GStreamer plug-in for it");
      return FALSE;
    }
  g_assert_no_error (gtk_media_stream_get_error (f->stream));
  return TRUE;
}
