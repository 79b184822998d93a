/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "when.h"

#include <glib/gi18n.h>

static char *
format (gint64 at, const char *pattern)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_local (at / G_USEC_PER_SEC);
  char *text = time != NULL ? g_date_time_format (time, pattern) : NULL;

  return text != NULL ? text : g_strdup ("?");
}

char *
baton_when_exact (gint64 at)
{
  /* Translators: a full date and time for g_date_time_format, "Friday 5 June 2026, 14:05". */
  return format (at, _ ("%A %-d %B %Y, %H:%M"));
}

static int
year_of (gint64 at)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_local (at / G_USEC_PER_SEC);

  return time != NULL ? g_date_time_get_year (time) : 0;
}

char *
baton_when_day (gint64 at, gint64 now)
{
  /* Translators: dates for g_date_time_format, "Fri 5 June 2027" and "Fri 5 June". */
  return year_of (at) != year_of (now) ? format (at, _ ("%a %-d %B %Y")) : format (at, _ ("%a %-d %B"));
}

static gint64
julian_day (gint64 at)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_local (at / G_USEC_PER_SEC);
  int year, month, day;
  g_autoptr (GDate) date = NULL;

  if (time == NULL)
    return 0;
  g_date_time_get_ymd (time, &year, &month, &day);
  date = g_date_new_dmy ((GDateDay) day, (GDateMonth) month, (GDateYear) year);
  return g_date_get_julian (date);
}

int
baton_when_days (gint64 at, gint64 now)
{
  return (int) (julian_day (at) - julian_day (now));
}

char *
baton_when_relative (gint64 at, gint64 now)
{
  gint64 seconds = (now - at) / G_USEC_PER_SEC;
  int days = baton_when_days (now, at);

  if (seconds < 60 && seconds > -60)
    return g_strdup (_ ("just now"));
  if (seconds > 0 && seconds < 3600)
    return g_strdup_printf (
        ngettext ("%d minute ago", "%d minutes ago", (gulong) (seconds / 60)), (int) (seconds / 60));
  if (seconds > 0 && days == 0)
    return g_strdup_printf (
        ngettext ("%d hour ago", "%d hours ago", (gulong) (seconds / 3600)), (int) (seconds / 3600));
  if (days == 1)
    return format (at, _ ("yesterday, %H:%M"));
  if (days > 1 && days < 7)
    return g_strdup_printf (ngettext ("%d day ago", "%d days ago", (gulong) days), days);
  return baton_when_day (at, now);
}

char *
baton_when_age (gint64 span)
{
  gint64 minutes = span / G_USEC_PER_SEC / 60;

  if (minutes < 1)
    return g_strdup (_ ("less than a minute"));
  if (minutes < 60)
    /* Translators: minutes, hours as short units. */
    return g_strdup_printf (_ ("%d min"), (int) minutes);
  if (minutes < 48 * 60)
    return g_strdup_printf (_ ("%d h"), (int) (minutes / 60));
  return g_strdup_printf (ngettext ("%d day", "%d days", (gulong) (minutes / 1440)), (int) (minutes / 1440));
}
