/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "team.h"

G_BEGIN_DECLS

/* When somebody works, as spans of seconds since the beginning of a simulation, which is a Monday, 0 h UTC.
 */
typedef struct
{
  gint64 *from;
  gint64 *to;
  gint64 *before; /* seconds worked before the span */
  guint n;
  guint room;
  guint *day_spans; /* of each day, the first span that ends after its beginning */
  guint n_days;
} SimCalendar;

void sim_calendar_clear (SimCalendar *calendar);

typedef struct
{
  guint n_days;           /* of the simulation */
  guint first_day;        /* that counts; absences are told from it */
  gboolean checkpoints;   /* everybody takes part */
  guint64 key;            /* of this person in this replication, for the weeks away */
  BatonTeamAbsence extra; /* an absence on top, from < to, or nothing */
} SimCalendarInput;

/* Builds anew into what is there. Gives the seconds of standing meetings between two days that count. */
gint64 sim_calendar_build (SimCalendar *calendar, const BatonTeam *team, const BatonTeamPerson *person,
    const SimCalendarInput *input, gint64 meetings_from, gint64 meetings_to);
/* The hours in which work comes in, and queues are looked at. */
void sim_calendar_build_arrivals (SimCalendar *calendar, const BatonTeam *team, guint n_days);

/* The first moment from t on that is worked, G_MAXINT64 / 4 after the last one. */
gint64 sim_calendar_next (const SimCalendar *calendar, gint64 t);
/* The moment at which so many seconds have been worked since t; with 0 seconds the same as next. */
gint64 sim_calendar_advance (const SimCalendar *calendar, gint64 t, gint64 seconds);
/* Seconds worked from 0 to t. */
gint64 sim_calendar_worked (const SimCalendar *calendar, gint64 t);
/* The first moment from t on, at a multiple of slot, from which so many seconds are worked in one go. */
gint64 sim_calendar_free (const SimCalendar *calendar, gint64 t, gint64 seconds, gint64 slot);

#define SIM_NEVER (G_MAXINT64 / 4)
#define SIM_DAY 86400

G_END_DECLS
