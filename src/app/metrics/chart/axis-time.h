/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "axis.h"

G_BEGIN_DECLS

/* Ticks at the beginnings of hours, days, weeks, months and years of the axis' time zone. */
void baton_axis_time_ticks (const BatonAxis *axis, double most, GArray *ticks);
char *baton_axis_time_words (const BatonAxis *axis, double value);

/* "12 May", with the year when it is not this one's. */
char *baton_time_day_words (gint64 at, GTimeZone *zone, gint64 now);
/* The same moment for machines: ISO 8601 with the zone. */
char *baton_time_iso (gint64 at, GTimeZone *zone);

G_END_DECLS
