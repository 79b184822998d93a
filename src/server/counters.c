/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-server"

#include "counters.h"

#include "baton-config.h"
#include "live.h"
#include "request.h"
#include "served.h"
#include "server-private.h"

#include <stdio.h>

/* Upper ends in microseconds. */
static const gint64 buckets[BATON_COUNTERS_BUCKETS] = { 1000, 2000, 5000, 10000, 20000, 50000, 100000, 150000,
  250000, 500000, 1000000, 5000000 };

void
baton_counters_request (BatonCounters *counters, gconstpointer route, guint status, gint64 took)
{
  const BatonRoute *known = route;
  guint class = status / 100;
  guint bucket = 0;

  counters->requests[class < G_N_ELEMENTS (counters->requests) ? class : 0]++;
  if (known == NULL || known->right != BATON_RIGHT_PUSH || class != 2)
    return;
  while (bucket < BATON_COUNTERS_BUCKETS && took > buckets[bucket])
    bucket++;
  counters->push_buckets[bucket]++;
  counters->pushes++;
  counters->push_seconds += (double) took / G_TIME_SPAN_SECOND;
}

static void
say (GString *out, const char *name, const char *type, const char *help, double value)
{
  char number[G_ASCII_DTOSTR_BUF_SIZE];

  g_string_append_printf (out, "# HELP %s %s\n# TYPE %s %s\n%s %s\n", name, help, name, type, name,
      g_ascii_formatd (number, sizeof number, "%.17g", value));
}

static void
say_requests (GString *out, const BatonCounters *counters)
{
  g_string_append (out, "# HELP baton_requests_total Requests answered, by class of status.\n"
                        "# TYPE baton_requests_total counter\n");
  for (guint i = 1; i < G_N_ELEMENTS (counters->requests); i++)
    g_string_append_printf (
        out, "baton_requests_total{status=\"%uxx\"} %" G_GUINT64_FORMAT "\n", i, counters->requests[i]);
}

static void
say_pushes (GString *out, const BatonCounters *counters)
{
  guint64 sum = 0;
  char number[G_ASCII_DTOSTR_BUF_SIZE];

  g_string_append (out, "# HELP baton_push_seconds From request to durable answer.\n"
                        "# TYPE baton_push_seconds histogram\n");
  for (guint i = 0; i < BATON_COUNTERS_BUCKETS; i++)
    {
      sum += counters->push_buckets[i];
      g_string_append_printf (out, "baton_push_seconds_bucket{le=\"%s\"} %" G_GUINT64_FORMAT "\n",
          g_ascii_formatd (number, sizeof number, "%g", (double) buckets[i] / G_TIME_SPAN_SECOND), sum);
    }
  g_string_append_printf (out,
      "baton_push_seconds_bucket{le=\"+Inf\"} %" G_GUINT64_FORMAT "\nbaton_push_seconds_sum %s\n"
      "baton_push_seconds_count %" G_GUINT64_FORMAT "\n",
      counters->pushes, g_ascii_formatd (number, sizeof number, "%.9g", counters->push_seconds),
      counters->pushes);
}

/* Bytes of memory that are really used, 0 when the system does not say. */
static double
resident_bytes (void)
{
  g_autofree char *text = NULL;
  long size, resident;

  if (!g_file_get_contents ("/proc/self/statm", &text, NULL, NULL) ||
      sscanf (text, "%ld %ld", &size, &resident) != 2)
    return 0;
  return (double) resident * 4096;
}

char *
baton_counters_text (BatonServer *server)
{
  const BatonCounters *counters = &server->counters;
  GString *out = g_string_new (NULL);
  g_autoptr (BatonServedState) state = baton_served_state (server->served);

  g_string_append_printf (out,
      "# HELP baton_info The server's version.\n# TYPE baton_info gauge\nbaton_info{version=\"%s\"} 1\n",
      BATON_VERSION);
  say (out, "baton_head", "gauge", "Operations in the log.", (double) state->head);
  say (out, "baton_backup_head", "gauge", "Operations that a verified backup has.", (double) state->backup);
  say (out, "baton_last_backup_timestamp_seconds", "gauge", "When the last verified backup was made.",
      (double) state->backup_at / G_TIME_SPAN_SECOND);
  say (out, "baton_failed_backups_total", "counter", "Backups that could not be made.",
      (double) counters->failed_backups);
  say (out, "baton_healthy", "gauge", "1 while operations can be written.", state->trouble == NULL);
  say (out, "baton_connections", "gauge", "Open connections.", baton_listener_count (server->listener));
  say (out, "baton_refused_connections_total", "counter", "Connections closed because there were too many.",
      (double) baton_listener_refused (server->listener));
  say (out, "baton_live", "gauge", "Clients on the live channel.", baton_live_count (server->live));
  say (out, "baton_live_dropped_total", "counter", "Live clients closed because they did not read.",
      (double) counters->live_dropped);
  say (out, "baton_devices", "gauge", "Devices that are signed in.", baton_sessions_count (server->sessions));
  say (out, "baton_waiting", "gauge", "Requests that wait for the board.",
      baton_served_waiting (server->served));
  say_requests (out, counters);
  say_pushes (out, counters);
  say (
      out, "baton_operations_accepted_total", "counter", "Operations accepted.", (double) counters->accepted);
  say (out, "baton_operations_refused_total", "counter", "Operations refused.", (double) counters->refused);
  say (out, "baton_sign_ins_total", "counter", "Devices signed in.", (double) counters->sign_ins);
  say (out, "baton_failed_sign_ins_total", "counter", "Sign-ins that failed.",
      (double) counters->failed_sign_ins);
  say (out, "baton_uploaded_bytes_total", "counter", "Bytes of files received.", (double) counters->uploaded);
  say (out, "baton_downloaded_bytes_total", "counter", "Bytes of files sent.", (double) counters->downloaded);
  say (out, "baton_resident_bytes", "gauge", "Memory in use.", resident_bytes ());
  return g_string_free (out, FALSE);
}
