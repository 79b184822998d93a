/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-test"

/* Event logs, packed ones too, and tables of ActionableAgile. */

#include "event-log.h"
#include "fuzz-import.h"

#include <unistd.h>

static char *path;

static void
forget_file (void)
{
  unlink (path);
  g_free (path);
}

/* Logs are read from files. */
static void
write_file (const guint8 *data, gsize size)
{
  g_autoptr (GError) error = NULL;

  if (path == NULL)
    {
      const char *place = access ("/dev/shm", W_OK) == 0 ? "/dev/shm" : g_get_tmp_dir ();

      path = g_strdup_printf ("%s/baton-fuzz-events-%d.csv", place, (int) getpid ());
      atexit (forget_file);
    }
  g_file_set_contents_full (path, (const char *) data, (gssize) size, G_FILE_SET_CONTENTS_NONE, 0600, &error);
  g_assert_no_error (error);
}

static void
try_log (BatonEventLog *log, GError *error, BatonReader *reader)
{
  BatonImportOptions options = { .mode = BATON_IMPORT_AGAIN, .now = G_GINT64_CONSTANT (1767009600000000) };
  BatonImportPlan *plan = NULL;

  if (log != NULL)
    plan = baton_exchange_plan_events (log, "Events", reader, &options, NULL, &error);
  fuzz_import_perform (plan, error);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  BatonEventOptions options = { .zone = "Europe/Berlin", .skip_broken = size % 2 == 0 };
  BatonReader *reader = fuzz_import_reader ();
  GError *error = NULL;
  BatonEventLog *log;

  write_file (data, size);
  log = baton_event_log_open (path, &error);
  if (log != NULL && !baton_event_log_read (log, &options, NULL, NULL, &error))
    g_clear_pointer (&log, baton_event_log_free);
  try_log (log, error, reader);
  error = NULL;
  log = baton_event_log_read_actionable (path, &options, &error);
  try_log (log, error, reader);
  return 0;
}
