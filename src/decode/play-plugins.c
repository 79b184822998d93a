/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-play"

#include "play-plugins.h"

#include "baton-config.h"

#include <gst/gst.h>

/* In the order of their use; "videoconvertscale" was two before 1.22. */
static const char *const plugins[] = { "coreelements", "typefindfunctions", "playback", "app",
  "videoconvertscale", "videoconvert", "videoscale", "videofilter", "deinterlace", "audioconvert",
  "audioresample",
  /* what is in the file */
  "isomp4", "matroska", "ogg", "avi", "flv", "wavparse", "aiff", "id3demux", "apetag", "audioparsers",
  "videoparsersbad", "mpegtsdemux", "mpegpsdemux", "asf", "mxf", "ivfparse", "y4mdec", "auparse",
  /* decoders */
  "vpx", "theora", "vorbis", "opus", "opusparse", "flac", "mpg123", "wavpack", "speex", "dav1d", "openh264",
  "faad", "alaw", "mulaw", "adpcmdec", "jpeg", "png", "libav" };

/* Where they lie: where the environment says (a bundle does), else where this was built for. */
static char **
folders (void)
{
  const char *named = g_getenv ("GST_PLUGIN_SYSTEM_PATH_1_0");

  if (named == NULL || *named == '\0')
    named = g_getenv ("GST_PLUGIN_SYSTEM_PATH");
  return named != NULL && *named != '\0' ? g_strsplit (named, G_SEARCHPATH_SEPARATOR_S, 16)
                                         : g_strsplit (BATON_GST_PLUGINS, G_SEARCHPATH_SEPARATOR_S, 16);
}

static void
load (char **paths, const char *name)
{
  for (guint i = 0; paths[i] != NULL; i++)
    {
      g_autofree char *file = g_strdup_printf ("%s/libgst%s.so", paths[i], name);
      g_autoptr (GstPlugin) plugin = NULL;

      if (!g_file_test (file, G_FILE_TEST_EXISTS))
        continue;
      plugin = gst_plugin_load_file (file, NULL);
      if (plugin != NULL)
        {
          gst_registry_add_plugin (gst_registry_get (), plugin);
          return;
        }
    }
}

gboolean
baton_play_load_plugins (void)
{
  g_auto (GStrv) paths = folders ();
  g_autoptr (GstElementFactory) factory = NULL;

  /* No search through all that is installed, no list of it that would be written. */
  g_setenv ("GST_PLUGIN_SYSTEM_PATH_1_0", "", TRUE);
  g_setenv ("GST_PLUGIN_PATH_1_0", "", TRUE);
  g_setenv ("GST_REGISTRY_UPDATE", "no", TRUE);
  g_setenv ("GST_REGISTRY_DISABLE", "yes", TRUE);
  gst_registry_fork_set_enabled (FALSE);
  if (!gst_init_check (NULL, NULL, NULL))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (plugins); i++)
    load (paths, plugins[i]);
  factory = gst_element_factory_find ("decodebin");
  return factory != NULL;
}
