/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Times in words, in local time. All take microseconds since 1970 and give new strings. */

char *baton_when_exact (gint64 at);                /* "Friday 5 June 2026, 14:05" */
char *baton_when_relative (gint64 at, gint64 now); /* "5 minutes ago", "yesterday", "5 June" */
char *baton_when_day (gint64 at, gint64 now);      /* "Fri 5 June", with the year when it is another one */
char *baton_when_age (gint64 span);                /* "9 h", "3 days" */

/* Days from the day of now to the day of at; negative in the past. */
int baton_when_days (gint64 at, gint64 now);

G_END_DECLS
