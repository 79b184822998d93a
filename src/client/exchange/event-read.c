/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-client"

#include "baton-error.h"
#include "event-private.h"
#include "plan.h"

#include <glib/gi18n-lib.h>

/* Reading the lines of an event log: each is checked and either becomes an event or is told by its number. */

#define PROGRESS_EVERY 20000
#define MOST_LINES_TOLD 10

typedef struct
{
  BatonEventLog *log;
  const BatonEventOptions *options;
  guint columns[BATON_EVENT_N_ROLES]; /* G_MAXUINT: none */
  guint most;                         /* of the columns that a line must have */
  GTimeZone *zone;
  GPtrArray *cells;
  guint n_cells;
  guint line;
} Reading;

static const char *
cell (const Reading *self, BatonEventRole role)
{
  guint column = self->columns[role];

  return column < self->n_cells ? ((GString *) g_ptr_array_index (self->cells, column))->str : "";
}

static guint32
activity_of (BatonEventLog *log, const char *name)
{
  guint index = GPOINTER_TO_UINT (g_hash_table_lookup (log->activity_ids, name));

  if (index == 0)
    return baton_event_log_add_activity (log, name);
  return index - 1;
}

static gboolean
bad_line (const Reading *self, GError **error, const char *what)
{
  g_set_error (error, BATON_ERROR, BATON_ERROR_INVALID,
      _ ("Line %u: %s Give --skip-broken to leave out lines that cannot be read. Nothing was imported."),
      self->line, what);
  return FALSE;
}

static gboolean
check_zone (Reading *self, gboolean zoned, GError **error)
{
  BatonEventLog *log = self->log;

  if (!log->any_zone_known)
    {
      log->any_zone_known = TRUE;
      log->zoned = zoned;
      log->zone_line = self->line;
    }
  if (log->zoned == zoned || self->options->zone != NULL)
    return TRUE;
  g_set_error (error, BATON_ERROR, BATON_ERROR_INVALID,
      zoned ? _ ("Line %u names a time zone, but line %u does not, so it is not clear what the others are in."
                 " Give --zone for those without. Nothing was imported.")
            : _ ("Line %u names no time zone, but line %u does, so it is not clear what it is in. Give --zone"
                 " for those without. Nothing was imported."),
      self->line, log->zone_line);
  return FALSE;
}

static gint64
to_utc (Reading *self, gint64 at)
{
  gint64 seconds = at / G_USEC_PER_SEC - (at % G_USEC_PER_SEC < 0);
  int interval = g_time_zone_find_interval (self->zone, G_TIME_TYPE_STANDARD, seconds);
  gint64 local = seconds;

  /* A time that clocks leave out is taken as if they had not gone forward yet: GLib finds what comes behind
   * the gap. */
  if (interval < 0)
    interval = g_time_zone_adjust_time (self->zone, G_TIME_TYPE_STANDARD, &local) - 1;
  return at - (gint64) g_time_zone_get_offset (self->zone, MAX (0, interval)) * G_USEC_PER_SEC;
}

static void
keep_values (Reading *self, guint32 case_index)
{
  for (guint i = 0; i < self->log->columns->len && i < self->n_cells; i++)
    baton_event_log_keep_value (
        self->log, i, case_index, ((GString *) g_ptr_array_index (self->cells, i))->str);
}

static gboolean
read_event (Reading *self, GError **error)
{
  BatonEventLog *log = self->log;
  g_autofree char *time = NULL;
  LogEvent event = { 0 };
  gboolean zoned;

  if (self->n_cells <= self->most)
    return bad_line (self, error, _ ("it has too few cells."));
  if (baton_exchange_is_blank (cell (self, BATON_EVENT_CASE)))
    return bad_line (self, error, _ ("it names no case."));
  if (baton_exchange_is_blank (cell (self, BATON_EVENT_ACTIVITY)))
    return bad_line (self, error, _ ("it names no activity."));
  if (baton_exchange_is_blank (cell (self, BATON_EVENT_TIME)))
    return bad_line (self, error, _ ("it has no time."));
  if (!baton_event_parse_time (cell (self, BATON_EVENT_TIME), log->dates, &event.at, &zoned))
    {
      time = g_strdup_printf (log->dates == BATON_DATES_GUESS
                                  ? _ ("“%s” is no time that can be read in one way only; --dates says how"
                                       " dates are written.")
                                  : _ ("“%s” is no time."),
          cell (self, BATON_EVENT_TIME));
      return bad_line (self, error, time);
    }
  if (!check_zone (self, zoned, error))
    return FALSE;
  if (!zoned)
    event.at = to_utc (self, event.at);
  log->unzoned += !zoned && log->zone == NULL;
  event.transition = baton_event_transition (cell (self, BATON_EVENT_LIFECYCLE));
  event.case_index = baton_event_log_add_case (log, cell (self, BATON_EVENT_CASE));
  event.activity = activity_of (log, cell (self, BATON_EVENT_ACTIVITY));
  if (!baton_exchange_is_blank (cell (self, BATON_EVENT_PERSON)))
    event.person = baton_event_log_add_person (log, cell (self, BATON_EVENT_PERSON));
  g_array_append_val (log->events, event);
  keep_values (self, event.case_index);
  return TRUE;
}

static gboolean
is_blank_line (const Reading *self)
{
  return self->n_cells == 1 &&
         baton_exchange_is_blank (((GString *) g_ptr_array_index (self->cells, 0))->str);
}

static gboolean
skip_line (Reading *self, GError **error, GError *local)
{
  BatonEventLog *log = self->log;

  if (!self->options->skip_broken)
    {
      g_propagate_error (error, local);
      return FALSE;
    }
  g_error_free (local);
  log->skipped++;
  if (log->skipped <= MOST_LINES_TOLD)
    g_string_append_printf (log->skipped_lines, "%s%u", log->skipped > 1 ? ", " : "", self->line);
  else if (log->skipped == MOST_LINES_TOLD + 1)
    g_string_append (log->skipped_lines, ", …");
  return TRUE;
}

static gboolean
read_lines (Reading *self, const BatonImportOptions *progress, GCancellable *cancellable, GError **error)
{
  BatonEventBytes *bytes = self->log->bytes;
  GError *local = NULL;
  guint n = 0;

  while (baton_event_log_next (self->log, self->cells, &self->n_cells, &self->line, &local))
    {
      if (n++ % PROGRESS_EVERY == 0 &&
          baton_exchange_cancelled (progress, cancellable, (guint) (baton_event_bytes_done (bytes) >> 10),
              (guint) (baton_event_bytes_size (bytes) >> 10), error))
        return FALSE;
      /* The first line of a table names the columns. */
      if ((n == 1 && self->log->lines != NULL) || is_blank_line (self))
        continue;
      if (!read_event (self, &local) && !skip_line (self, error, g_steal_pointer (&local)))
        return FALSE;
    }
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, local);
  return FALSE;
}

static gboolean
check_columns (Reading *self, GError **error)
{
  BatonEventLog *log = self->log;

  for (guint i = 0; i < BATON_EVENT_N_ROLES; i++)
    self->columns[i] = G_MAXUINT;
  for (guint i = 0; i < log->columns->len; i++)
    self->columns[((BatonEventColumn *) g_ptr_array_index (log->columns, i))->role] = i;
  for (BatonEventRole role = BATON_EVENT_CASE; role <= BATON_EVENT_TIME; role++)
    {
      if (self->columns[role] == G_MAXUINT)
        {
          g_set_error (error, BATON_ERROR, BATON_ERROR_INVALID,
              _ ("No column is the %s of the events. Say which one is with --map %s=COLUMN. Nothing was"
                 " imported."),
              baton_event_role_name (role), baton_event_role_name (role));
          return FALSE;
        }
      self->most = MAX (self->most, self->columns[role]);
    }
  log->values = g_new0 (GPtrArray *, log->columns->len);
  for (guint i = 0; i < log->columns->len; i++)
    {
      if (((BatonEventColumn *) g_ptr_array_index (log->columns, i))->role >= BATON_EVENT_TITLE)
        log->values[i] = g_ptr_array_new ();
    }
  return TRUE;
}

gboolean
baton_event_log_read (BatonEventLog *log, const BatonEventOptions *options,
    const BatonImportOptions *progress, GCancellable *cancellable, GError **error)
{
  static const BatonImportOptions silent = { 0 };
  g_autoptr (GTimeZone) zone = NULL;
  g_autoptr (GPtrArray) cells = baton_csv_cells_new ();
  Reading self = { .log = log, .options = options, .cells = cells };

  g_return_val_if_fail (log->events->len == 0 && log->values == NULL, FALSE);
  zone = options->zone != NULL ? g_time_zone_new_identifier (options->zone) : g_time_zone_new_utc ();
  if (zone == NULL)
    {
      g_set_error (error, BATON_ERROR, BATON_ERROR_INVALID,
          _ ("“%s” is no time zone; write a name such as Europe/Berlin, or an offset such as +02:00."),
          options->zone);
      return FALSE;
    }
  self.zone = zone;
  log->zone = g_strdup (options->zone);
  if (!check_columns (&self, error) || !baton_event_log_weigh_dates (log, self.columns[BATON_EVENT_TIME],
                                           self.columns[BATON_EVENT_TIME], error))
    return FALSE;
  if (options->dates != BATON_DATES_GUESS)
    log->dates = options->dates;
  if (!read_lines (&self, progress != NULL ? progress : &silent, cancellable, error))
    return FALSE;
  if (log->events->len == 0)
    {
      g_set_error_literal (error, BATON_ERROR, BATON_ERROR_INVALID,
          _ ("The file has no event that can be read. Nothing was imported."));
      return FALSE;
    }
  baton_event_log_finish (log);
  return TRUE;
}
