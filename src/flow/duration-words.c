/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-flow"

#include "duration-words.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define MINUTE (60.0 * G_USEC_PER_SEC)
#define HOUR (60 * MINUTE)
#define DAY (24 * HOUR)

/* One place after the comma below ten; then *number is what the plural goes by. */
static char *
number_words (double value, guint *number)
{
  *number = value < 9.95 ? 2 : (guint) MIN (floor (value + 0.5), 1e9);
  return value < 9.95 ? g_strdup_printf ("%.1f", value) : g_strdup_printf ("%u", *number);
}

char *
baton_duration_words (double duration)
{
  double length = fabs (duration);
  guint n = (guint) (length / MINUTE + 0.5);
  g_autofree char *number = NULL;

  if (length >= 2 * DAY)
    {
      number = number_words (length / DAY, &n);
      return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%s day", "%s days", n), number);
    }
  if (length >= 2 * HOUR)
    {
      number = number_words (length / HOUR, &n);
      return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%s hour", "%s hours", n), number);
    }
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u minute", "%u minutes", n), n);
}
