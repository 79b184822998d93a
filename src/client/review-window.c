/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-client"

#include "review-window.h"

#include <stdio.h>
#include <string.h>

#define MINUTES_A_DAY 1440

/* Minutes of the day at which work begins and ends, on some days of the week. */
typedef struct
{
  gboolean days[8]; /* 1 … 7 */
  int from, to;
} Shift;

static gboolean
parse_days (const char *text, Shift *shift)
{
  g_auto (GStrv) parts = g_strsplit (text, ",", -1);

  for (guint i = 0; parts[i] != NULL; i++)
    {
      const char *part = parts[i];
      gsize length = strlen (part);
      int first = *part - '0';
      int last = length == 3 ? part[2] - '0' : first;

      if ((length != 1 && (length != 3 || part[1] != '-')) || first < 1 || last > 7 || last < first)
        return FALSE;
      for (int day = first; day <= last; day++)
        shift->days[day] = TRUE;
    }
  return TRUE;
}

/* "09:00"; 24:00 is the end of a day. */
static gboolean
parse_minute (const char *text, int *minute)
{
  if (strlen (text) != 5 || text[2] != ':' || !g_ascii_isdigit (text[0]) || !g_ascii_isdigit (text[1]) ||
      !g_ascii_isdigit (text[3]) || !g_ascii_isdigit (text[4]) || text[3] > '5')
    return FALSE;
  *minute = ((text[0] - '0') * 10 + text[1] - '0') * 60 + (text[3] - '0') * 10 + text[4] - '0';
  return *minute <= MINUTES_A_DAY;
}

static gboolean
parse_shift (const char *text, Shift *shift)
{
  g_auto (GStrv) words = g_strsplit (text, " ", -1);
  g_auto (GStrv) times = g_strv_length (words) == 2 ? g_strsplit (words[1], "-", -1) : NULL;

  *shift = (Shift){ 0 };
  return times != NULL && g_strv_length (times) == 2 && parse_days (words[0], shift) &&
         parse_minute (times[0], &shift->from) && parse_minute (times[1], &shift->to) &&
         shift->from < shift->to;
}

/* Minutes of each day of the week in which somebody works; NULL when the text cannot be read. */
static GArray *
parse (const char *text)
{
  g_autoptr (GArray) shifts = g_array_new (FALSE, FALSE, sizeof (Shift));
  g_auto (GStrv) parts = g_strsplit (text, ";", -1);

  for (guint i = 0; parts[i] != NULL; i++)
    {
      Shift shift;

      if (!parse_shift (g_strstrip (parts[i]), &shift))
        return NULL;
      g_array_append_val (shifts, shift);
    }
  return shifts->len > 0 ? g_steal_pointer (&shifts) : NULL;
}

gboolean
baton_working_hours_are_valid (const char *text)
{
  g_autoptr (GArray) shifts = parse (text);

  return shifts != NULL;
}

static gboolean
is_working (const GArray *shifts, int day, int minute)
{
  for (guint i = 0; i < shifts->len; i++)
    {
      const Shift *shift = &g_array_index (shifts, Shift, i);

      if (shift->days[day] && minute >= shift->from && minute < shift->to)
        return TRUE;
    }
  return FALSE;
}

/* Minutes from this one on in which nothing changes: to the next begin or end of a shift, or of the day. */
static int
steady_minutes (const GArray *shifts, int day, int minute)
{
  int next = MINUTES_A_DAY;

  for (guint i = 0; i < shifts->len; i++)
    {
      const Shift *shift = &g_array_index (shifts, Shift, i);

      if (!shift->days[day])
        continue;
      if (shift->from > minute)
        next = MIN (next, shift->from);
      if (shift->to > minute)
        next = MIN (next, shift->to);
    }
  return next - minute;
}

static GTimeZone *
zone_of (const char *name)
{
  GTimeZone *zone = name != NULL && *name != '\0' ? g_time_zone_new_identifier (name) : NULL;

  return zone != NULL ? zone : g_time_zone_new_local ();
}

/* Steps from change to change on the wall clock, and so over days on which clocks are set. */
static gint64
walk (gint64 from, gint64 minutes, const GArray *shifts, GTimeZone *zone)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (from / G_USEC_PER_SEC);
  g_autoptr (GDateTime) at = g_date_time_to_timezone (utc, zone);

  while (minutes > 0)
    {
      int day = g_date_time_get_day_of_week (at);
      int minute = g_date_time_get_hour (at) * 60 + g_date_time_get_minute (at);
      gint64 step = steady_minutes (shifts, day, minute);
      GDateTime *next;

      if (is_working (shifts, day, minute))
        {
          step = MIN (step, minutes);
          minutes -= step;
        }
      next = g_date_time_add_minutes (at, (int) step);
      g_date_time_unref (at);
      at = next;
    }
  return g_date_time_to_unix (at) * G_USEC_PER_SEC + from % G_USEC_PER_SEC;
}

gint64
baton_review_window_end (gint64 from, gint64 hours, const char *working_hours, const char *time_zone)
{
  g_autoptr (GArray) shifts = working_hours != NULL && *working_hours != '\0' ? parse (working_hours) : NULL;
  g_autoptr (GTimeZone) zone = zone_of (time_zone);

  g_return_val_if_fail (hours >= 0 && hours <= 100000, from);
  if (shifts == NULL)
    return from + hours * G_TIME_SPAN_HOUR;
  return walk (from, hours * 60, shifts, zone);
}
