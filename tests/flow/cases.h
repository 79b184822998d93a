/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "flow.h"

/* Hand-made boards for the tests of flow: a card is a line of text. */

#define HOUR ((gint64) 3600 * G_USEC_PER_SEC)
#define DAY (24 * HOUR)
/* Monday, 5 January 2026, 00:00 UTC. */
#define MONDAY ((gint64) 1767571200 * G_USEC_PER_SEC)

/* One stage for each letter: b backlog, q queue, a active, r review, d done. */
BatonFlow *flow_of (const char *kinds);

/* “0:b/0 5:q/0 9.5:a/1 12:! 13:+ 20:d/1 30:<”: at hour 0 into the first stage of that kind, by person 0; ! is
 * blocked, + is unblocked, < goes into the archive, > comes back. q2 is the second queue. Hours count from
 * MONDAY. Gives the card. */
guint32 flow_card (BatonFlow *flow, const char *events);
