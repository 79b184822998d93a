/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Times are microseconds since 1970-01-01T00:00:00Z in a gint64. */

/* RFC 3339 in UTC: seconds, or milliseconds where they are not zero ("2026-03-01T09:30:00.250Z"). */
char *baton_timestamp_format (gint64 at);

/* Reads RFC 3339 / ISO 8601 with date, time and zone; a date alone is midnight UTC. FALSE leaves *at alone.
 */
gboolean baton_timestamp_parse (const char *text, gint64 *at);

G_END_DECLS
