/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What the server counts about itself, for GET /metrics. Main thread only, but for the atomic ones. */

#define BATON_COUNTERS_BUCKETS 12

typedef struct
{
  guint64 requests[6]; /* by class of status: 1xx … 5xx; 0: the client went away */
  guint64 push_buckets[BATON_COUNTERS_BUCKETS + 1];
  guint64 pushes;
  double push_seconds;
  guint64 accepted; /* operations */
  guint64 refused;
  guint64 sign_ins;
  guint64 failed_sign_ins;
  guint64 live_dropped; /* sockets closed because they did not read */
  guint64 uploaded;     /* bytes */
  guint64 downloaded;
  gint64 last_backup; /* microseconds since 1970, 0: none yet */
  guint64 failed_backups;
} BatonCounters;

struct _BatonServer;

/* route: of type BatonRoute, may be NULL; took: microseconds. */
void baton_counters_request (BatonCounters *counters, gconstpointer route, guint status, gint64 took);
char *baton_counters_text (struct _BatonServer *server);

G_END_DECLS
