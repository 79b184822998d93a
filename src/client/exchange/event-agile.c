/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-client"

#include "baton-error.h"
#include "event-private.h"
#include "plan.h"

#include <glib/gi18n-lib.h>

/* A table as ActionableAgile has it: ID, Link, Title, then a column for each stage with the day on which the
 * item came into it, then whatever else. The stages are the columns whose cells are dates. */

#define FIRST_STAGE 3

typedef struct
{
  BatonEventLog *log;
  const BatonEventOptions *options;
  GPtrArray *rows; /* char ** */
  GArray *lines;   /* guint */
  guint n_stages;
} Table;

static gboolean
read_rows (Table *self, GError **error)
{
  g_autoptr (GPtrArray) cells = baton_csv_cells_new ();
  guint n_columns = self->log->columns->len;
  guint n_cells, line;
  gboolean first = TRUE;
  GError *local = NULL;

  while (baton_event_lines_next (self->log->lines, cells, &n_cells, &line, &local))
    {
      char **row = g_new0 (char *, n_columns + 1);

      for (guint i = 0; i < n_columns; i++)
        row[i] = g_strdup (i < n_cells ? ((GString *) g_ptr_array_index (cells, i))->str : "");
      if (first || (n_cells == 1 && baton_exchange_is_blank (row[0])))
        g_strfreev (row);
      else
        {
          g_ptr_array_add (self->rows, row);
          g_array_append_val (self->lines, line);
        }
      first = FALSE;
    }
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, local);
  return FALSE;
}

static gboolean
has_dates (const Table *self, guint column)
{
  guint dates = 0;

  for (guint i = 0; i < self->rows->len; i++)
    {
      const char *cell = ((char **) g_ptr_array_index (self->rows, i))[column];
      gboolean zoned;
      gint64 at;

      if (baton_exchange_is_blank (cell))
        continue;
      if (baton_event_parse_time (cell, self->log->dates, &at, &zoned))
        dates++;
      else if (dates == 0)
        return FALSE;
    }
  return dates > 0;
}

/* Stages that nobody was in yet stand among the others. */
static void
find_stages (Table *self)
{
  for (guint i = FIRST_STAGE; i < self->log->columns->len; i++)
    {
      if (has_dates (self, i))
        self->n_stages = i + 1 - FIRST_STAGE;
    }
}

static gboolean
is_blank_column (const Table *self, guint column)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      if (!baton_exchange_is_blank (((char **) g_ptr_array_index (self->rows, i))[column]))
        return FALSE;
    }
  return TRUE;
}

static void
fail_table (GError **error)
{
  g_set_error_literal (error, BATON_ERROR, BATON_ERROR_INVALID,
      _ ("This is no table of ActionableAgile: after ID, Link and Title it needs a column of days for each"
         " stage. If they look like 3/4/2026, --dates says which is the month. Nothing was imported."));
}

static gboolean
check_stages (const Table *self, GError **error)
{
  gboolean ok = self->n_stages > 0;

  for (guint i = 0; i < self->n_stages; i++)
    ok = ok && (has_dates (self, FIRST_STAGE + i) || is_blank_column (self, FIRST_STAGE + i));
  if (!ok)
    fail_table (error);
  return ok;
}

static void
add_stages (Table *self)
{
  BatonEventLog *log = self->log;

  for (guint i = 0; i < self->n_stages; i++)
    {
      const BatonEventColumn *column = g_ptr_array_index (log->columns, FIRST_STAGE + i);

      baton_event_log_add_activity (log, column->name);
    }
}

static gboolean
add_event (Table *self, guint row, guint stage, guint32 case_index, GError **error)
{
  BatonEventLog *log = self->log;
  const char *cell = ((char **) g_ptr_array_index (self->rows, row))[FIRST_STAGE + stage];
  LogEvent event = { .case_index = case_index, .activity = stage };
  gboolean zoned;

  if (baton_exchange_is_blank (cell))
    return TRUE;
  if (!baton_event_parse_time (cell, log->dates, &event.at, &zoned))
    {
      g_set_error (error, BATON_ERROR, BATON_ERROR_INVALID,
          _ ("Line %u: “%s” is no day. Nothing was imported."), g_array_index (self->lines, guint, row),
          cell);
      return FALSE;
    }
  g_array_append_val (log->events, event);
  return TRUE;
}

static gboolean
add_row (Table *self, guint row, GError **error)
{
  BatonEventLog *log = self->log;
  char **cells = g_ptr_array_index (self->rows, row);
  guint before = log->events->len;
  guint32 case_index;

  if (baton_exchange_is_blank (cells[0]))
    {
      g_set_error (error, BATON_ERROR, BATON_ERROR_INVALID,
          _ ("Line %u: it has no ID. Nothing was imported."), g_array_index (self->lines, guint, row));
      return FALSE;
    }
  case_index = baton_event_log_add_case (log, cells[0]);
  for (guint i = 0; i < self->n_stages; i++)
    {
      if (!add_event (self, row, i, case_index, error))
        return FALSE;
    }
  if (log->events->len > before)
    {
      for (guint i = 1; i < log->columns->len; i++)
        baton_event_log_keep_value (log, i, case_index, cells[i]);
      return TRUE;
    }
  g_set_error (error, BATON_ERROR, BATON_ERROR_INVALID,
      _ ("Line %u: it has no day at all, so it is in no stage. Nothing was imported."),
      g_array_index (self->lines, guint, row));
  return FALSE;
}

static void
set_roles (Table *self)
{
  BatonEventLog *log = self->log;

  for (guint i = 0; i < log->columns->len; i++)
    {
      BatonEventColumn *column = g_ptr_array_index (log->columns, i);
      gboolean stage = i >= FIRST_STAGE && i < FIRST_STAGE + self->n_stages;

      if (i == 2)
        column->role = BATON_EVENT_TITLE;
      else if (i == 0 || stage)
        column->role = BATON_EVENT_IGNORE;
      else if (column->role < BATON_EVENT_CHANNEL)
        column->role = BATON_EVENT_CUSTOM;
    }
  log->values = g_new0 (GPtrArray *, log->columns->len);
  for (guint i = 0; i < log->columns->len; i++)
    {
      if (((BatonEventColumn *) g_ptr_array_index (log->columns, i))->role >= BATON_EVENT_TITLE)
        log->values[i] = g_ptr_array_new ();
    }
}

static gboolean
read_table (Table *self, GError **error)
{
  BatonEventLog *log = self->log;

  if (!baton_event_log_weigh_dates (log, FIRST_STAGE, G_MAXUINT, error))
    return FALSE;
  if (self->options->dates != BATON_DATES_GUESS)
    log->dates = self->options->dates;
  if (!read_rows (self, error))
    return FALSE;
  find_stages (self);
  if (!check_stages (self, error))
    return FALSE;
  set_roles (self);
  add_stages (self);
  for (guint i = 0; i < self->rows->len; i++)
    {
      if (!add_row (self, i, error))
        return FALSE;
    }
  baton_event_log_finish (log);
  return TRUE;
}

static void
row_free (gpointer row)
{
  g_strfreev (row);
}

BatonEventLog *
baton_event_log_read_actionable (const char *path, const BatonEventOptions *options, GError **error)
{
  g_autoptr (BatonEventLog) log = baton_event_log_open (path, error);
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (row_free);
  g_autoptr (GArray) lines = g_array_new (FALSE, FALSE, sizeof (guint));
  Table self = { log, options, rows, lines, 0 };

  if (log == NULL)
    return NULL;
  if (log->lines == NULL)
    {
      fail_table (error);
      return NULL;
    }
  log->zoned = TRUE; /* days have no zone to tell of */
  return read_table (&self, error) ? g_steal_pointer (&log) : NULL;
}
