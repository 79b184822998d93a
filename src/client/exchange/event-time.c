/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-client"

#include "csv-dates.h"
#include "event-private.h"

#include <string.h>

/* Days from 1970-01-01; the algorithm of Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms". */
static gint64
days_from_civil (int year, int month, int day)
{
  gint64 y = year - (month <= 2);
  gint64 era = (y >= 0 ? y : y - 399) / 400;
  gint64 yoe = y - era * 400;
  gint64 doy = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;

  return era * 146097 + yoe * 365 + yoe / 4 - yoe / 100 + doy - 719468;
}

/* Exactly so many digits. */
static gboolean
digits (const char **text, guint n, int *number)
{
  *number = 0;
  for (guint i = 0; i < n; i++)
    {
      if (!g_ascii_isdigit (**text))
        return FALSE;
      *number = *number * 10 + *(*text)++ - '0';
    }
  return TRUE;
}

/* One digit or two. */
static gboolean
one_or_two (const char **text, int *number)
{
  return digits (text, g_ascii_isdigit (**text) && g_ascii_isdigit ((*text)[1]) ? 2 : 1, number);
}

/* “.123456789”: more than microseconds are cut off. */
static gboolean
fraction (const char **text, gint64 *micros)
{
  gint64 unit = G_USEC_PER_SEC / 10;
  const char *from = ++*text;

  *micros = 0;
  for (; g_ascii_isdigit (**text); *text += 1, unit /= 10)
    *micros += unit * (**text - '0');
  return *text > from;
}

/* “Z”, “+02:00”, “+0200”, “+02”, “ UTC” */
static gboolean
zone (const char **text, gint64 *offset, gboolean *zoned)
{
  int hours, minutes = 0;
  gboolean west;

  *offset = 0;
  while (**text == ' ')
    *text += 1;
  *zoned = **text != '\0';
  if (!*zoned)
    return TRUE;
  if (**text == 'Z' || **text == 'z')
    {
      *text += 1;
      return TRUE;
    }
  if (g_str_has_prefix (*text, "UTC") || g_str_has_prefix (*text, "GMT"))
    {
      *text += 3;
      return TRUE;
    }
  if (**text != '+' && **text != '-')
    return FALSE;
  west = *(*text)++ == '-';
  if (!digits (text, 2, &hours))
    return FALSE;
  if (**text == ':')
    *text += 1;
  if (g_ascii_isdigit (**text) && !digits (text, 2, &minutes))
    return FALSE;
  if (hours > 18 || minutes > 59)
    return FALSE;
  *offset = (hours * 3600 + minutes * 60) * (west ? -1 : 1);
  return TRUE;
}

/* “14:50”, “14:50:17”, “14:50:17.123”, “14:50:17:123” */
static gboolean
clock_time (const char **text, gint64 *seconds, gint64 *micros)
{
  int hour, minute, second = 0;

  *micros = 0;
  if (!one_or_two (text, &hour) || *(*text)++ != ':' || !digits (text, 2, &minute))
    return FALSE;
  if (**text == ':')
    {
      *text += 1;
      if (!digits (text, 2, &second) ||
          ((**text == '.' || **text == ',' || **text == ':') && !fraction (text, micros)))
        return FALSE;
    }
  *seconds = hour * 3600 + minute * 60 + second;
  return hour <= 24 && minute <= 59 && second <= 60;
}

static gboolean
valid_date (int year, int month, int day)
{
  return year >= 1 && month >= 1 && month <= 12 && day >= 1 &&
         g_date_valid_dmy ((GDateDay) day, (GDateMonth) month, (GDateYear) year);
}

static gboolean
parse_iso (const char *text, gint64 *at, gboolean *zoned)
{
  int year, month, day;
  gint64 seconds = 0, micros = 0, offset = 0;
  char separator;

  *zoned = FALSE;
  if (!digits (&text, 4, &year))
    return FALSE;
  separator = *text;
  if (separator != '-' && separator != '/' && separator != '.')
    return FALSE;
  text++;
  if (!one_or_two (&text, &month) || *text++ != separator || !one_or_two (&text, &day) ||
      !valid_date (year, month, day))
    return FALSE;
  if (*text == 'T' || *text == 't' || *text == ' ')
    {
      text++;
      if (!clock_time (&text, &seconds, &micros) || !zone (&text, &offset, zoned))
        return FALSE;
    }
  if (*text != '\0')
    return FALSE;
  *at = (days_from_civil (year, month, day) * 86400 + seconds - offset) * G_USEC_PER_SEC + micros;
  return TRUE;
}

/* “20240105T100000Z” */
static gboolean
parse_compact (const char *text, gint64 *at, gboolean *zoned)
{
  int year, month, day, hour, minute, second;
  gint64 micros = 0, offset = 0;

  if (!digits (&text, 4, &year) || !digits (&text, 2, &month) || !digits (&text, 2, &day) || *text++ != 'T' ||
      !digits (&text, 2, &hour) || !digits (&text, 2, &minute) || !digits (&text, 2, &second) ||
      !valid_date (year, month, day) || hour > 24 || minute > 59 || second > 60)
    return FALSE;
  if ((*text == '.' || *text == ',') && !fraction (&text, &micros))
    return FALSE;
  if (!zone (&text, &offset, zoned) || *text != '\0')
    return FALSE;
  *at = (days_from_civil (year, month, day) * 86400 + hour * 3600 + minute * 60 + second - offset) *
            G_USEC_PER_SEC +
        micros;
  return TRUE;
}

/* Seconds, milliseconds or microseconds since 1970, told apart by their length; “1767225600.25” */
static gboolean
parse_epoch (const char *text, gint64 *at)
{
  gsize length = strspn (text, "0123456789");
  gint64 unit = length == 10 ? G_USEC_PER_SEC : length == 13 ? 1000 : 1;
  const char *rest = text + length;
  gint64 micros = 0;

  if (length != 10 && length != 13 && length != 16)
    return FALSE;
  if (*rest == '.' && !fraction (&rest, &micros))
    return FALSE;
  if (*rest != '\0')
    return FALSE;
  *at = g_ascii_strtoll (text, NULL, 10) * unit + micros * unit / G_USEC_PER_SEC;
  return TRUE;
}

/* “31.12.2025 23:59:59.123 +01:00” */
static gboolean
parse_ordered (const char *text, BatonDateOrder dates, gint64 *at, gboolean *zoned)
{
  const char *gap = strpbrk (text, " T,");
  g_autofree char *date = g_strndup (text, gap != NULL ? (gsize) (gap - text) : strlen (text));
  gint64 seconds = 0, micros = 0, offset = 0;

  *zoned = FALSE;
  if (!baton_csv_parse_date (date, dates, at))
    return FALSE;
  if (gap == NULL)
    return TRUE;
  text = gap + 1;
  while (*text == ' ')
    text++;
  if (!clock_time (&text, &seconds, &micros) || !zone (&text, &offset, zoned) || *text != '\0')
    return FALSE;
  *at += (seconds - offset) * G_USEC_PER_SEC + micros;
  return TRUE;
}

/* “ PM” after a clock of twelve hours. */
static gboolean
half_day (const char **text, gint64 *seconds)
{
  const char *at = *text;
  gint64 hour = *seconds / 3600;

  while (*at == ' ')
    at++;
  if (g_ascii_strncasecmp (at, "am", 2) != 0 && g_ascii_strncasecmp (at, "pm", 2) != 0)
    return TRUE;
  if (hour < 1 || hour > 12)
    return FALSE;
  *seconds += (g_ascii_tolower (*at) == 'p' ? (hour < 12 ? 12 : 0) : (hour == 12 ? -12 : 0)) * 3600;
  *text = at + 2;
  return TRUE;
}

/* “05/Jan/24 3:04 PM”, “5 January 2024, 15:04:05”, “Fri, 05 Jan 2024 15:04:05 +0100”, “05/Jan/2024:15:04:05
 * +0100”: a month that is written out leaves no doubt. */
static gboolean
parse_written (const char *text, gint64 *at, gboolean *zoned)
{
  gint64 seconds = 0, micros = 0, offset = 0;
  const char *from = text;
  int date[3];

  *zoned = FALSE;
  /* Most times have no letters at all, and there are many of them. */
  if (strcspn (text, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ") == strlen (text) ||
      !csv_date_written (text, date, &text) || !valid_date (date[0], date[1], date[2]))
    return FALSE;
  /* After a year of two digits it would be the minutes of a time without a year. */
  if (*text == ':' && text - from > 4 && strspn (text - 4, "0123456789") == 4)
    text++;
  text += strspn (text, " ,T");
  if (*text != '\0' && (!clock_time (&text, &seconds, &micros) || !half_day (&text, &seconds) ||
                           !zone (&text, &offset, zoned) || *text != '\0'))
    return FALSE;
  *at = (days_from_civil (date[0], date[1], date[2]) * 86400 + seconds - offset) * G_USEC_PER_SEC + micros;
  return TRUE;
}

gboolean
baton_event_parse_time (const char *text, BatonDateOrder dates, gint64 *at, gboolean *zoned)
{
  gsize length = strlen (text);

  if (length > 60)
    return FALSE;
  if (length > 0 && (g_ascii_isspace (*text) || g_ascii_isspace (text[length - 1])))
    {
      g_autofree char *trimmed = g_strstrip (g_strdup (text));

      return baton_event_parse_time (trimmed, dates, at, zoned);
    }
  if (parse_iso (text, at, zoned) || parse_compact (text, at, zoned))
    return TRUE;
  if (parse_epoch (text, at))
    {
      *zoned = TRUE;
      return TRUE;
    }
  if (parse_written (text, at, zoned))
    return TRUE;
  if (dates == BATON_DATES_GUESS || dates == BATON_DATES_ISO)
    return FALSE;
  if (parse_ordered (text, dates, at, zoned))
    return TRUE;
  /* Twelve-hour clocks and hours of one digit are left to the reader of tables, which knows no zones. */
  *zoned = FALSE;
  return baton_csv_parse_date (text, dates, at);
}
