/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A board's working hours in its time zone, as a clock that only runs while people work. Text:
 * “mon-fri 09:00-12:30 13:00-17:00; sat 10:00-14:00”. Weekdays are mon … sun or 1 … 7, also “1,3,5”; a day
 * that is not named has no hours, one that is named again has those as well; 24:00 is the end of a day.
 * Everything that boards take as working hours (client/review-window.h) can be read here. */
typedef struct _BatonFlowHours BatonFlowHours;

#define BATON_FLOW_USUAL_HOURS "mon-fri 09:00-17:00"

/* NULL when the text is none of that, or when it leaves no hour to work. Exact between first and last; before
 * and after that the clock stands. */
BatonFlowHours *baton_flow_hours_new (const char *text, GTimeZone *zone, gint64 first, gint64 last);
void baton_flow_hours_free (BatonFlowHours *hours);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BatonFlowHours, baton_flow_hours_free)

gboolean baton_flow_hours_valid (const char *text);

/* Working time from the first moment until this one, in microseconds. Never falls. */
gint64 baton_flow_hours_clock (const BatonFlowHours *hours, gint64 at);

/* How long a working day is on average, in microseconds: to say a duration in working days. */
gint64 baton_flow_hours_per_day (const BatonFlowHours *hours);

G_END_DECLS
