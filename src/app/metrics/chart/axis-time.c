/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "axis-time.h"

#include <glib/gi18n.h>
#include <math.h>

#define DAY (24.0 * 3600 * G_USEC_PER_SEC)

typedef enum
{
  HOURS,
  DAYS,
  MONTHS,
  YEARS,
} Unit;

static const struct
{
  Unit unit;
  int count;
  double length; /* about, in days */
} steps[] = {
  { HOURS, 1, 1.0 / 24 },
  { HOURS, 3, 3.0 / 24 },
  { HOURS, 6, 6.0 / 24 },
  { HOURS, 12, 12.0 / 24 },
  { DAYS, 1, 1 },
  { DAYS, 2, 2 },
  { DAYS, 7, 7 },
  { DAYS, 14, 14 },
  { MONTHS, 1, 30.4 },
  { MONTHS, 3, 91.3 },
  { MONTHS, 6, 182.6 },
  { YEARS, 1, 365.2 },
  { YEARS, 2, 730.5 },
  { YEARS, 5, 1826 },
  { YEARS, 10, 3652 },
  { YEARS, 50, 18262 },
  { YEARS, 100, 36525 },
  { YEARS, 1000, 365250 },
};

static GTimeZone *
zone_of (GTimeZone *zone)
{
  return zone != NULL ? g_time_zone_ref (zone) : g_time_zone_new_local ();
}

static GDateTime *
date_of (double at, GTimeZone *zone)
{
  g_autoptr (GTimeZone) there = zone_of (zone);
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc ((gint64) floor (at / G_USEC_PER_SEC));

  return utc != NULL ? g_date_time_to_timezone (utc, there) : NULL;
}

static char *
formatted (GDateTime *date, const char *format)
{
  char *text = date != NULL ? g_date_time_format (date, format) : NULL;

  return text != NULL ? text : g_strdup ("?");
}

/* The beginning of the unit that a moment is in. */
static GDateTime *
begin_of (GDateTime *date, guint step, GTimeZone *zone)
{
  int year = g_date_time_get_year (date), month = g_date_time_get_month (date);
  int day = g_date_time_get_day_of_month (date), count = steps[step].count;

  switch (steps[step].unit)
    {
    case HOURS:
      return g_date_time_new (zone, year, month, day, g_date_time_get_hour (date) / count * count, 0, 0);
    case DAYS:
      if (count >= 7)
        {
          g_autoptr (GDateTime) midnight = g_date_time_new (zone, year, month, day, 0, 0, 0);

          return midnight != NULL ? g_date_time_add_days (midnight, 1 - g_date_time_get_day_of_week (date))
                                  : NULL;
        }
      return g_date_time_new (zone, year, month, day, 0, 0, 0);
    case MONTHS:
      return g_date_time_new (zone, year, (month - 1) / count * count + 1, 1, 0, 0, 0);
    case YEARS:
    default:
      return g_date_time_new (zone, MAX (1, year / count * count), 1, 1, 0, 0, 0);
    }
}

static GDateTime *
next_of (GDateTime *date, guint step)
{
  int count = steps[step].count;

  switch (steps[step].unit)
    {
    case HOURS:
      return g_date_time_add_hours (date, count);
    case DAYS:
      return g_date_time_add_days (date, count);
    case MONTHS:
      return g_date_time_add_months (date, count);
    case YEARS:
    default:
      return g_date_time_add_years (date, count);
    }
}

/* The year is said where it begins, and at the first tick. */
static char *
label_of (GDateTime *date, guint step, gboolean first)
{
  gboolean january = g_date_time_get_month (date) == 1;

  switch (steps[step].unit)
    {
    case HOURS:
      if (!first && g_date_time_get_hour (date) != 0)
        return formatted (date, "%H:%M");
      /* Translators: a day of a month at an axis, for g_date_time_format. */
      return formatted (date, C_ ("axis", "%-d %b"));
    case DAYS:
      /* Translators: a day at the beginning of an axis, for g_date_time_format. */
      return formatted (date, first ? C_ ("axis", "%-d %b %Y") : C_ ("axis", "%-d %b"));
    case MONTHS:
      /* Translators: months at an axis, for g_date_time_format: at the beginning of a year, and elsewhere. */
      return formatted (date, january || first ? C_ ("axis", "%b %Y") : C_ ("axis", "%b"));
    case YEARS:
    default:
      return formatted (date, "%Y");
    }
}

void
baton_axis_time_ticks (const BatonAxis *axis, double most, GArray *ticks)
{
  g_autoptr (GTimeZone) zone = zone_of (axis->zone);
  g_autoptr (GDateTime) first = date_of (axis->from, zone);
  g_autoptr (GDateTime) at = NULL;
  double days = (axis->to - axis->from) / DAY;
  guint step = 0;

  while (step + 1 < G_N_ELEMENTS (steps) && days / steps[step].length > most)
    step++;
  at = first != NULL ? begin_of (first, step, zone) : NULL;
  while (at != NULL)
    {
      double value = (double) g_date_time_to_unix (at) * G_USEC_PER_SEC;
      GDateTime *next = next_of (at, step);

      if (value > axis->to)
        {
          g_clear_pointer (&next, g_date_time_unref);
          break;
        }
      if (value >= axis->from)
        {
          BatonAxisTick tick = { value, label_of (at, step, ticks->len == 0) };

          g_array_append_val (ticks, tick);
        }
      g_date_time_unref (at);
      at = next;
    }
}

char *
baton_axis_time_words (const BatonAxis *axis, double value)
{
  g_autoptr (GDateTime) date = date_of (value, axis->zone);

  /* Translators: a moment in a chart, for g_date_time_format, "12 May 2026, 14:05". */
  return formatted (date, axis->to - axis->from < 3 * DAY ? _ ("%-d %b %Y, %H:%M") : _ ("%-d %b %Y"));
}

char *
baton_time_day_words (gint64 at, GTimeZone *zone, gint64 now)
{
  g_autoptr (GDateTime) date = date_of ((double) at, zone);
  g_autoptr (GDateTime) today = date_of ((double) now, zone);

  if (date != NULL && today != NULL && g_date_time_get_year (date) == g_date_time_get_year (today))
    /* Translators: a day in a sentence, for g_date_time_format, "12 May". */
    return formatted (date, _ ("%-d %B"));
  return formatted (date, _ ("%-d %B %Y"));
}

char *
baton_time_iso (gint64 at, GTimeZone *zone)
{
  g_autoptr (GDateTime) date = date_of ((double) at, zone);
  char *text = date != NULL ? g_date_time_format_iso8601 (date) : NULL;

  return text != NULL ? text : g_strdup ("");
}
