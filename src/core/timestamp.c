/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-core"

#include "timestamp.h"

#include <string.h>

/* Days since 1970-01-01 to civil date; the algorithm of Howard Hinnant, "chrono-Compatible Low-Level Date
 * Algorithms", which holds for every proleptic Gregorian date. */
static void
civil_from_days (gint64 days, gint64 *year, int *month, int *day)
{
  gint64 z = days + 719468;
  gint64 era = (z >= 0 ? z : z - 146096) / 146097;
  gint64 doe = z - era * 146097;
  gint64 yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
  gint64 doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
  gint64 mp = (5 * doy + 2) / 153;

  *day = (int) (doy - (153 * mp + 2) / 5 + 1);
  *month = (int) (mp < 10 ? mp + 3 : mp - 9);
  *year = yoe + era * 400 + (*month <= 2);
}

char *
baton_timestamp_format (gint64 at)
{
  gint64 seconds = at / G_USEC_PER_SEC;
  gint64 micros = at % G_USEC_PER_SEC;
  gint64 days, year;
  int month, day, rest;

  if (micros < 0)
    {
      micros += G_USEC_PER_SEC;
      seconds--;
    }
  days = seconds / 86400;
  rest = (int) (seconds % 86400);
  if (rest < 0)
    {
      rest += 86400;
      days--;
    }
  civil_from_days (days, &year, &month, &day);

  if (micros / 1000 != 0)
    return g_strdup_printf ("%04" G_GINT64_FORMAT "-%02d-%02dT%02d:%02d:%02d.%03dZ", year, month, day,
        rest / 3600, rest / 60 % 60, rest % 60, (int) (micros / 1000));
  return g_strdup_printf ("%04" G_GINT64_FORMAT "-%02d-%02dT%02d:%02d:%02dZ", year, month, day, rest / 3600,
      rest / 60 % 60, rest % 60);
}

gboolean
baton_timestamp_parse (const char *text, gint64 *at)
{
  g_autoptr (GTimeZone) utc = NULL;
  g_autoptr (GDateTime) time = NULL;
  g_autofree char *full = NULL;

  if (text == NULL || strlen (text) > 64)
    return FALSE;
  if (strchr (text, 'T') == NULL && strchr (text, ' ') == NULL)
    text = full = g_strconcat (text, "T00:00:00Z", NULL);
  utc = g_time_zone_new_utc ();
  time = g_date_time_new_from_iso8601 (text, utc);
  if (time == NULL)
    return FALSE;
  *at = g_date_time_to_unix (time) * G_USEC_PER_SEC + g_date_time_get_microsecond (time);
  return TRUE;
}
