/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-test"

/* The server's half of WebSocket: the same bytes whole and in small pieces say the same, and no message is
 * larger than it may be. */

#include "fuzz.h"

#include "websocket.h"

#include <string.h>

#define MOST 1024

static void
hear (BatonFrame kind, const char *data, gsize length, gpointer heard)
{
  g_assert_cmpuint (length, <=, MOST);
  if (kind == BATON_FRAME_TEXT)
    g_assert_true (g_utf8_validate_len (data, length, NULL) && data[length] == '\0');
  g_string_append_printf (heard, "%d:", kind);
  g_string_append_len (heard, data, (gssize) length);
}

static guint16
feed (const guint8 *data, gsize size, gsize piece, GString *heard)
{
  g_autoptr (BatonFrames) frames = baton_frames_new (MOST, hear, heard);
  guint16 code = 0;

  for (gsize at = 0; at < size && code == 0; at += piece)
    {
      g_autofree guint8 *copy = g_memdup2 (data + at, MIN (piece, size - at));

      code = baton_frames_feed (frames, copy, MIN (piece, size - at));
    }
  return code;
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GString) whole = g_string_new (NULL);
  g_autoptr (GString) pieces = g_string_new (NULL);
  g_autofree char *key = NULL;
  g_autofree char *answer = NULL;

  if (size == 0)
    return 0;
  g_assert_cmpuint (feed (data, size, size, whole), ==, feed (data, size, 1 + data[0] % 7, pieces));
  g_assert_true (g_string_equal (whole, pieces));
  key = g_strndup ((const char *) data, MIN (size, 24));
  answer = baton_websocket_accept (key);
  g_assert_true (answer == NULL || strlen (answer) == 28);
  return 0;
}
