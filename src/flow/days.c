/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-flow"

#include "days.h"

#define DAY_SECONDS 86400
#define EPOCH_JULIAN 719163 /* of 1970-01-01 in GDate's count */

/* Seconds of UTC, for any offset, without a GDateTime for each. */
static gint64
floor_seconds (gint64 at)
{
  return at / G_USEC_PER_SEC - (at % G_USEC_PER_SEC < 0);
}

static gint64
offset_at (GTimeZone *zone, gint64 seconds)
{
  return g_time_zone_get_offset (zone, g_time_zone_find_interval (zone, G_TIME_TYPE_UNIVERSAL, seconds));
}

static gint64
floor_day (gint64 seconds)
{
  return seconds / DAY_SECONDS - (seconds % DAY_SECONDS < 0);
}

void
baton_flow_local_date (GTimeZone *zone, gint64 at, GDate *date)
{
  gint64 seconds = floor_seconds (at);
  gint64 day = floor_day (seconds + offset_at (zone, seconds)) + EPOCH_JULIAN;

  g_date_clear (date, 1);
  g_date_set_julian (date, (guint32) CLAMP (day, 1, 3652059)); /* up to the year 9999 */
}

gint64
baton_flow_local_time (GTimeZone *zone, const GDate *date, int minute)
{
  gint64 local = ((gint64) g_date_get_julian (date) - EPOCH_JULIAN) * DAY_SECONDS + minute * 60;
  gint64 before = offset_at (zone, local - DAY_SECONDS);
  gint64 after = offset_at (zone, local + DAY_SECONDS);
  gint64 first = local - before;
  gint64 low, high;

  if (before == after || offset_at (zone, first) == before)
    return first * G_USEC_PER_SEC;
  if (offset_at (zone, local - after) == after)
    return (local - after) * G_USEC_PER_SEC;
  /* Left out: the moment of the change. */
  low = MIN (first, local - after);
  high = MAX (first, local - after);
  while (low + 1 < high)
    {
      gint64 middle = low + (high - low) / 2;

      if (offset_at (zone, middle) == before)
        low = middle;
      else
        high = middle;
    }
  return high * G_USEC_PER_SEC;
}

static BatonFlowDays *
make_days (GTimeZone *zone, GDate *date, gint64 last, guint days_each)
{
  BatonFlowDays *days = g_new0 (BatonFlowDays, 1);
  g_autoptr (GArray) starts = g_array_new (FALSE, FALSE, sizeof (gint64));
  gint64 start = baton_flow_local_time (zone, date, 0);

  g_array_append_val (starts, start);
  do
    {
      gint64 next;

      g_date_add_days (date, days_each);
      next = baton_flow_local_time (zone, date, 0);
      /* A day that a zone skipped as a whole lasts no time, so it is no day. */
      if (next <= start)
        continue;
      start = next;
      g_array_append_val (starts, start);
    }
  while (start <= last);
  days->n = starts->len - 1;
  days->days_each = days_each;
  days->starts = (gint64 *) (gpointer) g_array_free (g_steal_pointer (&starts), FALSE);
  days->per_microsecond = days->n / (double) (days->starts[days->n] - days->starts[0]);
  return days;
}

static guint
days_each_for (gint64 first, gint64 last, guint unit)
{
  double wanted = ((double) last - (double) first) / (DAY_SECONDS * 1e6) / unit;

  return unit * (1 + (guint) (wanted / BATON_FLOW_MOST_DAYS));
}

BatonFlowDays *
baton_flow_days_new (GTimeZone *zone, gint64 first, gint64 last)
{
  GDate date;

  g_return_val_if_fail (zone != NULL, NULL);
  last = MAX (first, last);
  baton_flow_local_date (zone, first, &date);
  return make_days (zone, &date, last, days_each_for (first, last, 1));
}

BatonFlowDays *
baton_flow_weeks_new (GTimeZone *zone, gint64 first, gint64 last)
{
  GDate date;

  g_return_val_if_fail (zone != NULL, NULL);
  last = MAX (first, last);
  baton_flow_local_date (zone, first, &date);
  if (g_date_get_julian (&date) >= 7)
    g_date_subtract_days (&date, g_date_get_weekday (&date) - G_DATE_MONDAY);
  return make_days (zone, &date, last, days_each_for (first, last, 7));
}

void
baton_flow_days_free (BatonFlowDays *days)
{
  g_free (days->starts);
  g_free (days);
}

static guint
search (const BatonFlowDays *days, gint64 at)
{
  guint low = 0;
  guint high = days->n;

  while (low + 1 < high)
    {
      guint middle = low + (high - low) / 2;

      if (days->starts[middle] <= at)
        low = middle;
      else
        high = middle;
    }
  return low;
}

/* Days are nearly alike, so the answer is next to where their average length says it is. */
guint
baton_flow_days_find (const BatonFlowDays *days, gint64 at)
{
  guint day;

  if (days->per_microsecond == 0)
    return search (days, at);
  if (at <= days->starts[0])
    return 0;
  if (at >= days->starts[days->n])
    return days->n - 1;
  day = MIN ((guint) ((double) (at - days->starts[0]) * days->per_microsecond), days->n - 1);
  while (day > 0 && at < days->starts[day])
    day--;
  while (day + 1 < days->n && at >= days->starts[day + 1])
    day++;
  return day;
}
