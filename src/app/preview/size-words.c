/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "size-words.h"

#include <gtk/gtk.h>

char *
baton_from_left (char *text)
{
  g_autofree char *plain = text;

  if (gtk_widget_get_default_direction () != GTK_TEXT_DIR_RTL)
    return g_steal_pointer (&plain);
  return g_strdup_printf ("\u2066%s\u2069", plain);
}

char *
baton_size_words (int width, int height)
{
  return baton_from_left (g_strdup_printf ("%d × %d", width, height));
}
