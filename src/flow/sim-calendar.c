/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-flow"

#include "sim-calendar.h"

#include "random.h"

#include <string.h>

#define WEEK_DAYS 5 /* of an absence in weeks */
#define MOST_HOLES 64

/* A part of a day that is not worked, in minutes of the person's own day. */
typedef struct
{
  guint weekday;
  int from;
  int to;
} Hole;

void
sim_calendar_clear (SimCalendar *calendar)
{
  g_clear_pointer (&calendar->from, g_free);
  g_clear_pointer (&calendar->to, g_free);
  g_clear_pointer (&calendar->before, g_free);
  g_clear_pointer (&calendar->day_spans, g_free);
  calendar->n = calendar->room = calendar->n_days = 0;
}

/* Spans come in order; one that begins where the last one ends makes it longer. */
static void
add_span (SimCalendar *calendar, gint64 from, gint64 to)
{
  from = MAX (from, 0);
  if (from >= to)
    return;
  if (calendar->n > 0 && from <= calendar->to[calendar->n - 1])
    {
      calendar->to[calendar->n - 1] = MAX (to, calendar->to[calendar->n - 1]);
      return;
    }
  if (calendar->n == calendar->room)
    {
      calendar->room = MAX (1024, 2 * calendar->room);
      calendar->from = g_renew (gint64, calendar->from, calendar->room);
      calendar->to = g_renew (gint64, calendar->to, calendar->room);
      calendar->before = g_renew (gint64, calendar->before, calendar->room);
    }
  calendar->from[calendar->n] = from;
  calendar->to[calendar->n] = to;
  calendar->n++;
}

static void
finish (SimCalendar *calendar, guint n_days)
{
  gint64 worked = 0;
  guint span = 0;

  for (guint i = 0; i < calendar->n; i++)
    {
      calendar->before[i] = worked;
      worked += calendar->to[i] - calendar->from[i];
    }
  if (calendar->n_days != n_days)
    calendar->day_spans = g_renew (guint, calendar->day_spans, n_days);
  calendar->n_days = n_days;
  for (guint day = 0; day < n_days; day++)
    {
      while (span < calendar->n && calendar->to[span] <= (gint64) day * SIM_DAY)
        span++;
      calendar->day_spans[day] = span;
    }
}

static int
compare_holes (gconstpointer a, gconstpointer b)
{
  const Hole *left = a;
  const Hole *right = b;

  if (left->weekday != right->weekday)
    return left->weekday < right->weekday ? -1 : 1;
  return left->from < right->from ? -1 : left->from > right->from;
}

/* Standing meetings, and checkpoints turned into the person's time of day. */
static guint
find_holes (
    const BatonTeam *team, const BatonTeamPerson *person, gboolean checkpoints, Hole holes[MOST_HOLES])
{
  guint n = 0;

  for (guint i = 0; i < person->meetings->len && n < MOST_HOLES - 8; i++)
    {
      const BatonTeamMeeting *meeting = &g_array_index (person->meetings, BatonTeamMeeting, i);

      holes[n++] = (Hole){ meeting->weekday, (int) meeting->from, (int) (meeting->from + meeting->minutes) };
    }
  for (guint day = 0; checkpoints && day < 7; day++)
    {
      int from = (int) team->handoffs.checkpoint_from + person->zone - team->zone;
      guint weekday = day;

      if ((team->handoffs.checkpoint_days >> day & 1) == 0 || team->handoffs.checkpoint == 0)
        continue;
      if (from < 0)
        {
          from += 24 * 60;
          weekday = (day + 6) % 7;
        }
      else if (from >= 24 * 60)
        {
          from -= 24 * 60;
          weekday = (day + 1) % 7;
        }
      holes[n++] = (Hole){ weekday, from, from + (int) team->handoffs.checkpoint };
    }
  qsort (holes, n, sizeof (Hole), compare_holes);
  return n;
}

/* The weeks away of a year, drawn for each year of the simulation. */
static void
draw_weeks_away (const BatonTeamPerson *person, const SimCalendarInput *input, guint8 *away)
{
  guint weeks = person->days_away / WEEK_DAYS;
  guint rest = person->days_away % WEEK_DAYS;

  for (guint year = 0; year * 364 < input->n_days; year++)
    {
      for (guint i = 0; i < weeks + (rest > 0); i++)
        {
          guint week = (guint) ((baton_random_at (input->key, year * 64 + i) >> 32) * 52 >> 32);
          guint first = year * 364 + week * 7;
          guint days = i < weeks ? 7 : rest;

          for (guint day = first; day < MIN (first + days, input->n_days); day++)
            away[day] = 1;
        }
    }
}

static void
mark_absence (const BatonTeamAbsence *absence, const SimCalendarInput *input, guint8 *away)
{
  for (guint day = absence->from; day < absence->to && input->first_day + day < input->n_days; day++)
    away[input->first_day + day] = 1;
}

/* A day's working hours without its holes; the seconds of the holes within it. */
static gint64
add_day (SimCalendar *calendar, const BatonTeamPerson *person, gint64 midnight, const Hole *holes, guint n)
{
  int at = (int) person->from;
  gint64 meetings = 0;

  for (guint i = 0; i < n; i++)
    {
      int from = CLAMP (holes[i].from, at, (int) person->to);
      int to = CLAMP (holes[i].to, at, (int) person->to);

      add_span (calendar, midnight + at * 60, midnight + from * 60);
      meetings += (to - from) * 60;
      at = to;
    }
  add_span (calendar, midnight + at * 60, midnight + (gint64) person->to * 60);
  return meetings;
}

gint64
sim_calendar_build (SimCalendar *calendar, const BatonTeam *team, const BatonTeamPerson *person,
    const SimCalendarInput *input, gint64 meetings_from, gint64 meetings_to)
{
  Hole holes[MOST_HOLES];
  guint n_holes = find_holes (team, person, input->checkpoints, holes);
  guint first[8] = { 0 };
  g_autofree guint8 *away = g_new0 (guint8, input->n_days);
  gint64 meetings = 0;

  for (guint i = 0, day = 0; day < 7; day++)
    {
      while (i < n_holes && holes[i].weekday <= day)
        i++;
      first[day + 1] = i;
    }
  draw_weeks_away (person, input, away);
  for (guint i = 0; i < person->absences->len; i++)
    mark_absence (&g_array_index (person->absences, BatonTeamAbsence, i), input, away);
  mark_absence (&input->extra, input, away);
  calendar->n = 0;
  for (guint day = 0; day < input->n_days; day++)
    {
      guint weekday = day % 7;
      gint64 midnight = (gint64) day * SIM_DAY - person->zone * 60;
      gint64 held;

      if ((person->weekdays >> weekday & 1) == 0 || away[day])
        continue;
      held =
          add_day (calendar, person, midnight, holes + first[weekday], first[weekday + 1] - first[weekday]);
      if (midnight >= meetings_from && midnight < meetings_to)
        meetings += held;
    }
  finish (calendar, input->n_days);
  return meetings;
}

void
sim_calendar_build_arrivals (SimCalendar *calendar, const BatonTeam *team, guint n_days)
{
  calendar->n = 0;
  if (team->any_time)
    add_span (calendar, 0, (gint64) n_days * SIM_DAY);
  for (guint day = 0; !team->any_time && day < n_days; day++)
    {
      gint64 midnight = (gint64) day * SIM_DAY - team->zone * 60;

      if (day % 7 < 5)
        add_span (calendar, midnight + 8 * 3600, midnight + 18 * 3600);
    }
  finish (calendar, n_days);
}

/* The span in which t lies, or the next one; n when there is none. */
static guint
find_span (const SimCalendar *calendar, gint64 t)
{
  guint day = (guint) (MAX (t, 0) / SIM_DAY);
  guint span;

  if (day >= calendar->n_days)
    return calendar->n;
  span = calendar->day_spans[day];
  while (span < calendar->n && calendar->to[span] <= t)
    span++;
  return span;
}

gint64
sim_calendar_next (const SimCalendar *calendar, gint64 t)
{
  guint span = find_span (calendar, t);

  return span == calendar->n ? SIM_NEVER : MAX (t, calendar->from[span]);
}

gint64
sim_calendar_advance (const SimCalendar *calendar, gint64 t, gint64 seconds)
{
  guint span = find_span (calendar, t);
  gint64 target;

  if (span == calendar->n)
    return SIM_NEVER;
  target = calendar->before[span] + MAX (0, t - calendar->from[span]) + seconds;
  while (calendar->before[span] + calendar->to[span] - calendar->from[span] < target)
    {
      if (++span == calendar->n)
        return SIM_NEVER;
    }
  return calendar->from[span] + target - calendar->before[span];
}

gint64
sim_calendar_worked (const SimCalendar *calendar, gint64 t)
{
  guint span = find_span (calendar, t);

  if (span == calendar->n)
    return calendar->n == 0 ? 0
                            : calendar->before[span - 1] + calendar->to[span - 1] - calendar->from[span - 1];
  return calendar->before[span] + MAX (0, t - calendar->from[span]);
}

gint64
sim_calendar_free (const SimCalendar *calendar, gint64 t, gint64 seconds, gint64 slot)
{
  for (guint span = find_span (calendar, t); span < calendar->n; span++)
    {
      gint64 from = MAX (t, calendar->from[span]);

      from = (from + slot - 1) / slot * slot;
      if (from + seconds <= calendar->to[span])
        return from;
    }
  return SIM_NEVER;
}
