/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How long a reviewer has. Pure: no clock of its own. */

#define BATON_REVIEW_HOURS 24 /* when the board says nothing */

/* Working hours as a board keeps them: days of the week (1 is Monday) and times, "1-5 09:00-17:00"; several
 * pairs are separated by ";" ("1-4 09:00-17:00; 5 09:00-13:00"), and days by "," ("1,3,5 08:00-12:00"). */
gboolean baton_working_hours_are_valid (const char *text);

/* When a window of so many hours ends that begins at `from` (microseconds since 1970). Counted in working
 * hours of the time zone (an IANA name; NULL: the local one), or in all hours when working_hours is NULL,
 * empty or cannot be read. */
gint64 baton_review_window_end (gint64 from, gint64 hours, const char *working_hours, const char *time_zone);

G_END_DECLS
