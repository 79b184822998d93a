/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Consecutive days (or weeks) of a time zone: day i lasts from starts[i] up to, not including, starts[i + 1].
 * Days on which the clocks change last 23 or 25 hours. */
typedef struct
{
  gint64 *starts; /* n + 1 of them, strictly rising */
  guint n;
  guint days_each; /* 1, 7 for weeks (from Monday), more when the span would need over BATON_FLOW_MOST_DAYS */
  double per_microsecond; /* how many of them a microsecond is on average; 0 when they are not alike */
} BatonFlowDays;

#define BATON_FLOW_MOST_DAYS 100000

/* The days that hold all from first to last, both included. Spans over about 270 years are cut into longer
 * pieces, so that their number stays bounded. */
BatonFlowDays *baton_flow_days_new (GTimeZone *zone, gint64 first, gint64 last);
BatonFlowDays *baton_flow_weeks_new (GTimeZone *zone, gint64 first, gint64 last);
void baton_flow_days_free (BatonFlowDays *days);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BatonFlowDays, baton_flow_days_free)

/* The day that a moment is in; moments outside get the first or the last. */
guint baton_flow_days_find (const BatonFlowDays *days, gint64 at);

/* When the clocks of a zone show this time of a date. A time that is left out when clocks go forward is the
 * moment at which they do; of a time that comes twice the first is meant. */
gint64 baton_flow_local_time (GTimeZone *zone, const GDate *date, int minute);
void baton_flow_local_date (GTimeZone *zone, gint64 at, GDate *date);

G_END_DECLS
