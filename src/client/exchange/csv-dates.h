/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "csv-file.h"

G_BEGIN_DECLS

/* Private to exchange: dates as people and programs write them into tables. */

/* How many cells of a file speak for each order. */
typedef struct
{
  guint dmy, mdy, iso, unclear;
} CsvDateEvidence;

void csv_date_weigh (const char *text, CsvDateEvidence *evidence);

/* A date whose month is written out, which leaves no doubt: “3 Mar 2024”, “March 5th, 2024”, “05/Jan/24”,
 * “Mon, 4 Mar 2024”, “2024-Jan-05”. numbers: year, month, day, not checked against the calendar; rest: what
 * follows. */
gboolean csv_date_written (const char *text, int numbers[3], const char **rest);

/* A cell of a column that holds dates: what baton_csv_parse_date knows, and “3 Mar 2024”, “05/Mar/24 3:04
 * PM”, “20240305”, seconds and milliseconds since 1970, and the days that spreadsheets count. What names no
 * zone is meant here. A day alone is its beginning, or its last second. Microseconds since 1970. */
gboolean csv_date_moment (const char *text, BatonDateOrder dates, gboolean end_of_day, gint64 *at);

G_END_DECLS
