/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "batonctl"

#include "ctl.h"

#include "deliver.h"
#include "event-log.h"
#include "event-write.h"
#include "interrupt.h"

#include <glib/gi18n.h>
#include <string.h>

static char *board_name;
static char *map;
static char *kinds;
static char *zone;
static char *dates;
static gboolean skip_broken;
static gboolean again;
static gboolean preview;

static const GOptionEntry import_options[] = {
  { "board", 'b', 0, G_OPTION_ARG_FILENAME, &board_name,
      N_ ("The name of the board that the events become (named like the file)"), N_ ("NAME") },
  { "map", 'm', 0, G_OPTION_ARG_FILENAME, &map,
      N_ ("What columns are: case=…,activity=…,time=…,person=…,lifecycle=…,custom:NAME=…,ignore=…"),
      N_ ("MAP") },
  { "kinds", 'k', 0, G_OPTION_ARG_FILENAME, &kinds,
      N_ ("What kinds of stages activities become: Design=active,Approve=review,Sent=done"), N_ ("KINDS") },
  { "zone", 0, 0, G_OPTION_ARG_FILENAME, &zone,
      N_ ("The time zone of times that name none, for example Europe/Berlin"), N_ ("ZONE") },
  { "dates", 0, 0, G_OPTION_ARG_FILENAME, &dates, N_ ("How dates are written: iso, dmy or mdy"),
      N_ ("ORDER") },
  { "skip-broken", 0, 0, G_OPTION_ARG_NONE, &skip_broken,
      N_ ("Leave out lines that cannot be read, and say which"), NULL },
  { "again", 0, 0, G_OPTION_ARG_NONE, &again, N_ ("Make a second board when there is one of that name"),
      NULL },
  { "preview", 0, 0, G_OPTION_ARG_NONE, &preview, N_ ("Show how the file is understood, and import nothing"),
      NULL },
  { NULL },
};

static const GOptionEntry agile_options[] = {
  { "board", 'b', 0, G_OPTION_ARG_FILENAME, &board_name,
      N_ ("The name of the board that the items become (named like the file)"), N_ ("NAME") },
  { "kinds", 'k', 0, G_OPTION_ARG_FILENAME, &kinds,
      N_ ("What kinds the stages are: Design=active,Approve=review,Sent=done"), N_ ("KINDS") },
  { "dates", 0, 0, G_OPTION_ARG_FILENAME, &dates, N_ ("How dates are written: iso, dmy or mdy"),
      N_ ("ORDER") },
  { "again", 0, 0, G_OPTION_ARG_NONE, &again, N_ ("Make a second board when there is one of that name"),
      NULL },
  { "preview", 0, 0, G_OPTION_ARG_NONE, &preview, N_ ("Show how the file is understood, and import nothing"),
      NULL },
  { NULL },
};

static gboolean
check_zone (GError **error)
{
  g_autoptr (GTimeZone) known = zone != NULL ? g_time_zone_new_identifier (zone) : NULL;

  if (zone == NULL || known != NULL)
    return TRUE;
  return ctl_usage (error,
      _ ("“%s” is no time zone; write a name such as Europe/Berlin, or an offset such as +02:00."), zone);
}

static BatonEventLog *
read_log (const char *path, gboolean actionable, GError **error)
{
  g_autoptr (BatonEventLog) log = NULL;
  BatonEventOptions options = { zone, BATON_DATES_GUESS, skip_broken };

  if (dates != NULL && !baton_csv_dates_find (dates, &options.dates))
    {
      ctl_usage (error, _ ("“%s” is no order of dates; write iso, dmy or mdy."), dates);
      return NULL;
    }
  if (!check_zone (error))
    return NULL;
  log = actionable ? baton_event_log_read_actionable (path, &options, error)
                   : baton_event_log_open (path, error);
  if (log == NULL || (map != NULL && !ctl_typed (baton_event_log_set_map (log, map, error), error)) ||
      (!actionable && !baton_event_log_read (log, &options, NULL, NULL, error)) ||
      (kinds != NULL && !ctl_typed (baton_event_log_set_kinds (log, kinds, error), error)))
    return NULL;
  return g_steal_pointer (&log);
}

static void
preview_json (Ctl *ctl, BatonEventLog *log)
{
  BatonJson *json = &ctl->writer;
  GPtrArray *columns = baton_event_log_columns (log);
  GPtrArray *activities = baton_event_log_activities (log);

  baton_json_begin_object (json, NULL);
  baton_json_int (json, "cases", baton_event_log_n_cases (log));
  baton_json_int (json, "events", baton_event_log_n_events (log));
  baton_json_string (json, "encoding", baton_event_log_encoding (log));
  baton_json_begin_array (json, "columns");
  for (guint i = 0; i < columns->len; i++)
    {
      const BatonEventColumn *column = g_ptr_array_index (columns, i);

      baton_json_begin_object (json, NULL);
      baton_json_string (json, "name", column->name);
      baton_json_string (json, "role", baton_event_role_name (column->role));
      baton_json_end_object (json);
    }
  baton_json_end_array (json);
  baton_json_begin_array (json, "activities");
  for (guint i = 0; i < activities->len; i++)
    {
      const BatonEventActivity *activity = g_ptr_array_index (activities, i);

      baton_json_begin_object (json, NULL);
      baton_json_string (json, "name", activity->name);
      baton_json_string (json, "kind", activity->kind);
      baton_json_int (json, "events", activity->events);
      baton_json_int (json, "ends", activity->ends);
      baton_json_end_object (json);
    }
  baton_json_end_array (json);
  baton_json_end_object (json);
}

static void
preview_words (Ctl *ctl, BatonEventLog *log)
{
  GPtrArray *columns = baton_event_log_columns (log);
  GPtrArray *activities = baton_event_log_activities (log);
  CtlTable *table = ctl_table_new (_ ("Column"), _ ("Becomes"), NULL);

  ctl_say (ctl, _ ("%u events of %u cases, %s"), baton_event_log_n_events (log),
      baton_event_log_n_cases (log), baton_event_log_encoding (log));
  for (guint i = 0; i < columns->len; i++)
    {
      const BatonEventColumn *column = g_ptr_array_index (columns, i);

      ctl_table_add (table, column->name, baton_event_role_name (column->role), NULL);
    }
  ctl_table_print (table, ctl);
  ctl_say (ctl, "%s", "");
  table = ctl_table_new (_ ("Activity"), _ ("Kind"), _ (">Events"), _ (">Last of"), NULL);
  for (guint i = 0; i < activities->len; i++)
    {
      const BatonEventActivity *activity = g_ptr_array_index (activities, i);
      g_autofree char *events = g_strdup_printf ("%u", activity->events);
      g_autofree char *ends = g_strdup_printf ("%u", activity->ends);

      ctl_table_add (table, activity->name, activity->kind, events, ends, NULL);
    }
  ctl_table_print (table, ctl);
}

/* “tickets.csv.gz” becomes the board “tickets”. */
static char *
name_of_file (const char *path)
{
  char *name = g_filename_display_basename (path);
  char *dot = strchr (name + 1, '.');

  if (dot != NULL)
    *dot = '\0';
  return name;
}

static gboolean
import_log (Ctl *ctl, char **args, gboolean actionable, GError **error)
{
  g_autoptr (BatonEventLog) log = read_log (args[0], actionable, error);
  g_autofree char *name = board_name != NULL ? g_strdup (board_name) : name_of_file (args[0]);
  g_autofree char *me = NULL;
  g_autoptr (BatonImportPlan) plan = NULL;
  BatonImportOptions options = { again ? BATON_IMPORT_AGAIN : BATON_IMPORT_ASK };

  if (log == NULL)
    return FALSE;
  if (preview)
    {
      if (ctl->json)
        preview_json (ctl, log);
      else
        preview_words (ctl, log);
      return TRUE;
    }
  if (!ctl_open_for_import (ctl, TRUE, error))
    return FALSE;
  me = baton_reader_meta (ctl->reader, "me");
  options.person = me;
  options.now = g_get_real_time ();
  options.progress = ctl_interrupt_progress;
  options.progress_data = _ ("Reading…");
  plan = baton_exchange_plan_events (g_steal_pointer (&log), name, ctl->reader, &options, NULL, error);
  return plan != NULL && ctl_import (ctl, plan, error);
}

static gboolean
run_import_events (Ctl *ctl, char **args, GError **error)
{
  return import_log (ctl, args, FALSE, error);
}

static gboolean
run_import_agile (Ctl *ctl, char **args, GError **error)
{
  return import_log (ctl, args, TRUE, error);
}

static gboolean
export_board (Ctl *ctl, const char *name, BatonEventFormat format, GError **error)
{
  g_autoptr (BatonRow) board = NULL;
  g_autoptr (GOutputStream) stream = g_memory_output_stream_new_resizable ();

  if (ctl->json && ctl_is_standard_output (ctl_export_output))
    return ctl_usage (error, _ ("This is no JSON: give --output with --json."));
  board = ctl_find_board (ctl, name, error);
  return board != NULL && baton_exchange_write_events (ctl->reader, board->id, format, stream, NULL, error) &&
         ctl_deliver (ctl, stream, error);
}

static gboolean
run_export_events (Ctl *ctl, char **args, GError **error)
{
  return export_board (ctl, args[0], BATON_EVENT_FORMAT_CSV, error);
}

static gboolean
run_export_xes (Ctl *ctl, char **args, GError **error)
{
  return export_board (ctl, args[0], BATON_EVENT_FORMAT_XES, error);
}

static gboolean
run_export_agile (Ctl *ctl, char **args, GError **error)
{
  return export_board (ctl, args[0], BATON_EVENT_FORMAT_ACTIONABLE_AGILE, error);
}

const CtlCommand ctl_event_commands[] = {
  { "import events", N_ ("FILE"), N_ ("Import an event log as a board with its past"), 1, 1,
      CTL_NEEDS_NOTHING, import_options, run_import_events, 1 },
  { "import actionable-agile", N_ ("FILE"), N_ ("Import a table of ActionableAgile"), 1, 1, CTL_NEEDS_NOTHING,
      agile_options, run_import_agile, 1 },
  { "export events", N_ ("BOARD"), N_ ("Export what happened on a board as an event log"), 1, 1,
      CTL_NEEDS_READING, ctl_export_options, run_export_events },
  { "export xes", N_ ("BOARD"), N_ ("Export what happened on a board as XES (IEEE 1849)"), 1, 1,
      CTL_NEEDS_READING, ctl_export_options, run_export_xes },
  { "export actionable-agile", N_ ("BOARD"),
      N_ ("Export the days of each card as ActionableAgile reads them"), 1, 1, CTL_NEEDS_READING,
      ctl_export_options, run_export_agile },
  { NULL },
};
