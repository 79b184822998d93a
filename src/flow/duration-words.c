/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-flow"

#include "duration-words.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define MINUTE (60.0 * G_USEC_PER_SEC)
#define HOUR (60 * MINUTE)
#define DAY (24 * HOUR)

/* One place after the comma when the least of those said together is below ten, but nothing of a thousand and
 * more needs it; else *number is what the plural goes by. */
static char *
number_words (double value, double least, guint *number)
{
  gboolean exact = least < 9.95 && value < 999.5;

  *number = exact ? 2 : (guint) MIN (floor (value + 0.5), 1e9);
  return exact ? g_strdup_printf ("%.1f", value) : g_strdup_printf ("%u", *number);
}

char *
baton_duration_words_beside (double duration, double least)
{
  double length = fabs (duration);
  double unit = length >= 2 * DAY ? DAY : length >= 2 * HOUR ? HOUR : MINUTE;
  guint n = (guint) MIN (length / MINUTE + 0.5, 1e9);
  g_autofree char *number = NULL;

  least = fabs (least);
  /* What is said in a smaller unit says nothing about this one. */
  if (least > length || least < (unit > HOUR ? 2 * DAY : 2 * HOUR))
    least = length;
  if (unit > MINUTE)
    number = number_words (length / unit, least / unit, &n);
  if (unit > HOUR)
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%s day", "%s days", n), number);
  if (unit > MINUTE)
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%s hour", "%s hours", n), number);
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u minute", "%u minutes", n), n);
}

char *
baton_duration_words (double duration)
{
  return baton_duration_words_beside (duration, duration);
}
