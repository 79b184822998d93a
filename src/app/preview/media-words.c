/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "media-words.h"

#include <glib/gi18n.h>

static const char *
sentence (BatonDecodeStatus status)
{
  switch (status)
    {
    case BATON_DECODE_EMPTY:
      return _ ("This file is empty.");
    case BATON_DECODE_TOO_LARGE:
      return _ (
          "The frames of this video are too large to be shown here. The file itself is kept as it came; "
          "another program may show it.");
    case BATON_DECODE_NO_MEMORY:
      return _ ("Playing this file would take more memory than is allowed for a preview. Another program may "
                "play it.");
    case BATON_DECODE_CRASHED:
      return _ (
          "Playing this file failed, and the program that reads it has ended. Nothing else was touched: "
          "show it again to try once more, or open it with another program.");
    case BATON_DECODE_TIMEOUT:
      return _ ("Playing this file took too long and was stopped. Show it again to try once more, or open it "
                "with another program.");
    case BATON_DECODE_NO_HELPER:
      return _ ("Video and sound cannot be played: the program that reads them (baton-play) did not start. "
                "Installing Baton and GStreamer again mends this.");
    case BATON_DECODE_NO_FILE:
      return _ ("The file is not on this computer.");
    case BATON_DECODE_UNKNOWN:
      return _ ("This cannot be played here: it is no video or sound, or the GStreamer plug-in for it is not "
                "installed. The file itself is kept as it came.");
    case BATON_DECODE_OK:
    case BATON_DECODE_HELLO:
    case BATON_DECODE_DAMAGED:
    case BATON_DECODE_LOCKED:
    case BATON_DECODE_NO_PAGE:
    default:
      return _ (
          "This file is damaged or cut off, so it cannot be played. The file itself is kept as it came.");
    }
}

char *
baton_media_words (BatonDecodeStatus status, const char *codec)
{
  if (codec == NULL || *codec == '\0')
    return g_strdup (sentence (status));
  return g_strdup_printf (
      _ ("This cannot be played here: the GStreamer plug-in for “%s” is not installed. The "
         "file itself is kept as it came."),
      codec);
}

char *
baton_media_clock (gint64 us, gboolean exactly)
{
  gint64 hundredths = MAX (us, 0) / 10000, seconds = hundredths / 100;
  g_autofree char *rest = exactly ? g_strdup_printf (".%02d", (int) (hundredths % 100)) : g_strdup ("");

  if (seconds >= 3600)
    return g_strdup_printf (
        "%d:%02d:%02d%s", (int) (seconds / 3600), (int) (seconds / 60 % 60), (int) (seconds % 60), rest);
  return g_strdup_printf ("%d:%02d%s", (int) (seconds / 60), (int) (seconds % 60), rest);
}
