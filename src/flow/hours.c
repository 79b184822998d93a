/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-flow"

#include "hours.h"

#include "days.h"

#include <string.h>

#define MOST_SPANS 96 /* of a day; a board’s text has no room for more */
#define MINUTE ((gint64) 60 * G_USEC_PER_SEC)

typedef struct
{
  guint n;
  int from[MOST_SPANS]; /* minutes of the day, rising, apart from each other */
  int to[MOST_SPANS];
} DayHours;

typedef struct
{
  gint64 from;
  gint64 to;
  gint64 before; /* working time before it */
} Span;

/* How the clock runs in one hour of calendar time. */
typedef enum
{
  HOUR_STANDS,
  HOUR_RUNS,
  HOUR_CHANGES, /* look at the spans */
} HourMode;

#define HOUR (60 * MINUTE)

struct _BatonFlowHours
{
  gint64 start;
  guint n_hours;
  gint64 *clocks; /* at the beginning of each hour since start */
  guint8 *modes;  /* HourMode */
  BatonFlowDays *days;
  GArray *spans;  /* Span */
  guint32 *first; /* day → its first span */
  gint64 per_day;
};

static gboolean
read_weekday (const char **text, guint *day)
{
  static const char names[7][4] = { "mon", "tue", "wed", "thu", "fri", "sat", "sun" };

  if (**text >= '1' && **text <= '7')
    {
      *day = (guint) (**text - '1');
      *text += 1;
      return TRUE;
    }
  for (guint i = 0; i < 7; i++)
    {
      if (g_ascii_strncasecmp (*text, names[i], 3) != 0)
        continue;
      *day = i;
      *text += 3;
      return TRUE;
    }
  return FALSE;
}

static gboolean
read_minute (const char **text, int *minute)
{
  const char *at = *text;
  int hours = 0;

  for (; g_ascii_isdigit (*at) && at - *text < 2; at++)
    hours = hours * 10 + *at - '0';
  if (at == *text || *at != ':' || !g_ascii_isdigit (at[1]) || !g_ascii_isdigit (at[2]) || at[1] > '5')
    return FALSE;
  *minute = hours * 60 + (at[1] - '0') * 10 + at[2] - '0';
  *text = at + 3;
  return *minute <= 24 * 60;
}

static gboolean
read_span (const char **text, DayHours *hours)
{
  guint n = hours->n;

  if (n == MOST_SPANS || !read_minute (text, &hours->from[n]) || **text != '-')
    return FALSE;
  *text += 1;
  if (!read_minute (text, &hours->to[n]) || hours->from[n] >= hours->to[n] ||
      (n > 0 && hours->from[n] < hours->to[n - 1]))
    return FALSE;
  hours->n++;
  return TRUE;
}

static void
skip_spaces (const char **text)
{
  while (**text == ' ' || **text == ',')
    *text += 1;
}

/* “mon-fri”, “1,3,5”, “mon-wed, fri”: a bit for each day. A comma may also stand before the times. */
static gboolean
read_days (const char **text, guint *days)
{
  *days = 0;
  do
    {
      guint from, to;

      if (!read_weekday (text, &from))
        return FALSE;
      to = from;
      if (**text == '-')
        {
          *text += 1;
          if (!read_weekday (text, &to) || to < from)
            return FALSE;
        }
      for (guint i = from; i <= to; i++)
        *days |= 1u << i;
      skip_spaces (text);
    }
  while (**text != '\0' && !g_ascii_isdigit ((*text)[1]) && (*text)[1] != ':');
  return TRUE;
}

/* In order; spans that touch or overlap become one. FALSE: too many. */
static gboolean
add_span (DayHours *hours, int from, int to)
{
  guint at = 0, end;

  while (at < hours->n && hours->to[at] < from)
    at++;
  for (end = at; end < hours->n && hours->from[end] <= to; end++)
    {
      from = MIN (from, hours->from[end]);
      to = MAX (to, hours->to[end]);
    }
  if (hours->n + 1 - (end - at) > MOST_SPANS)
    return FALSE;
  memmove (&hours->from[at + 1], &hours->from[end], (hours->n - end) * sizeof *hours->from);
  memmove (&hours->to[at + 1], &hours->to[end], (hours->n - end) * sizeof *hours->to);
  hours->from[at] = from;
  hours->to[at] = to;
  hours->n += 1 - (end - at);
  return TRUE;
}

/* “mon-fri 09:00-12:00 13:00-17:00”. What is said of a day in several parts adds up. */
static gboolean
read_part (const char **text, DayHours week[7])
{
  DayHours hours = { 0 };
  guint days;

  if (!read_days (text, &days))
    return FALSE;
  while (g_ascii_isdigit (**text))
    {
      if (!read_span (text, &hours))
        return FALSE;
      skip_spaces (text);
    }
  for (guint i = 0; i < 7 * hours.n; i++)
    {
      if ((days >> i % 7 & 1) != 0 && !add_span (&week[i % 7], hours.from[i / 7], hours.to[i / 7]))
        return FALSE;
    }
  return hours.n > 0;
}

static gboolean
read_week (const char *text, DayHours week[7])
{
  memset (week, 0, 7 * sizeof *week);
  skip_spaces (&text);
  while (*text != '\0')
    {
      if (!read_part (&text, week))
        return FALSE;
      if (*text == ';')
        text++;
      else if (*text != '\0')
        return FALSE;
      skip_spaces (&text);
    }
  for (guint i = 0; i < 7; i++)
    {
      if (week[i].n > 0)
        return TRUE;
    }
  return FALSE;
}

gboolean
baton_flow_hours_valid (const char *text)
{
  DayHours week[7];

  return text != NULL && read_week (text, week);
}

static void
add_day (BatonFlowHours *self, GTimeZone *zone, gint64 start, const DayHours week[7], gint64 *before)
{
  const DayHours *hours;
  GDate date;

  baton_flow_local_date (zone, start, &date);
  hours = &week[g_date_get_weekday (&date) - G_DATE_MONDAY];
  for (guint i = 0; i < hours->n; i++)
    {
      Span span = { baton_flow_local_time (zone, &date, hours->from[i]),
        baton_flow_local_time (zone, &date, hours->to[i]), *before };

      if (span.to <= span.from)
        continue;
      *before += span.to - span.from;
      g_array_append_val (self->spans, span);
    }
}

static gint64
look_up (const BatonFlowHours *hours, gint64 at)
{
  guint day = baton_flow_days_find (hours->days, at);
  guint next = hours->first[day + 1];

  /* The last span that begins before it says how much was worked. */
  for (guint i = next; i > hours->first[day]; i--)
    {
      const Span *span = &g_array_index (hours->spans, Span, i - 1);

      if (at >= span->from)
        return span->before + MIN (at, span->to) - span->from;
    }
  if (hours->first[day] < hours->spans->len)
    return g_array_index (hours->spans, Span, hours->first[day]).before;
  if (hours->spans->len == 0)
    return 0;
  {
    const Span *last = &g_array_index (hours->spans, Span, hours->spans->len - 1);

    return last->before + last->to - last->from;
  }
}

/* Most hours are worked through or not at all: for them the clock is one look into a table. */
static void
make_table (BatonFlowHours *self)
{
  self->start = self->days->starts[0];
  self->n_hours = (guint) ((self->days->starts[self->days->n] - self->start + HOUR - 1) / HOUR);
  self->clocks = g_new (gint64, self->n_hours + 1);
  self->modes = g_new (guint8, self->n_hours + 1);
  for (guint i = 0; i <= self->n_hours; i++)
    self->clocks[i] = look_up (self, self->start + i * HOUR);
  for (guint i = 0; i < self->n_hours; i++)
    {
      gint64 worked = self->clocks[i + 1] - self->clocks[i];

      self->modes[i] = worked == 0 ? HOUR_STANDS : worked == HOUR ? HOUR_RUNS : HOUR_CHANGES;
    }
}

static gint64
usual_day (const DayHours week[7])
{
  gint64 minutes = 0;
  guint days = 0;

  for (guint i = 0; i < 7; i++)
    {
      for (guint j = 0; j < week[i].n; j++)
        minutes += week[i].to[j] - week[i].from[j];
      days += week[i].n > 0;
    }
  return minutes * MINUTE / days;
}

BatonFlowHours *
baton_flow_hours_new (const char *text, GTimeZone *zone, gint64 first, gint64 last)
{
  g_autoptr (BatonFlowHours) self = NULL;
  DayHours week[7];
  gint64 before = 0;

  g_return_val_if_fail (zone != NULL, NULL);
  if (text == NULL || !read_week (text, week))
    return NULL;
  self = g_new0 (BatonFlowHours, 1);
  self->spans = g_array_new (FALSE, FALSE, sizeof (Span));
  self->days = baton_flow_days_new (zone, first, last);
  self->per_day = usual_day (week);
  /* A span of centuries has days that are several; their hours would be wrong, so there are none. */
  if (self->days->days_each > 1)
    return NULL;
  self->first = g_new (guint32, self->days->n + 1);
  for (guint i = 0; i < self->days->n; i++)
    {
      self->first[i] = self->spans->len;
      add_day (self, zone, self->days->starts[i], week, &before);
    }
  self->first[self->days->n] = self->spans->len;
  make_table (self);
  return g_steal_pointer (&self);
}

void
baton_flow_hours_free (BatonFlowHours *hours)
{
  g_clear_pointer (&hours->days, baton_flow_days_free);
  g_array_unref (hours->spans);
  g_free (hours->first);
  g_free (hours->clocks);
  g_free (hours->modes);
  g_free (hours);
}

gint64
baton_flow_hours_clock (const BatonFlowHours *hours, gint64 at)
{
  guint64 since = (guint64) (at - hours->start);
  guint hour;

  if (at <= hours->start)
    return 0;
  hour = (guint) MIN (since / HOUR, hours->n_hours);
  if (hour == hours->n_hours || hours->modes[hour] == HOUR_STANDS)
    return hours->clocks[hour];
  if (hours->modes[hour] == HOUR_RUNS)
    return hours->clocks[hour] + (gint64) (since % HOUR);
  return look_up (hours, at);
}

gint64
baton_flow_hours_per_day (const BatonFlowHours *hours)
{
  return hours->per_day;
}
