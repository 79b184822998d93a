/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-client"

#include "baton-error.h"
#include "column-map.h"
#include "event-private.h"
#include "plan.h"
#include "schema.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static void
column_free (gpointer data)
{
  BatonEventColumn *column = data;

  g_free (column->name);
  g_free (column->field);
  g_free (column);
}

static void
activity_free (gpointer data)
{
  BatonEventActivity *activity = data;

  g_free (activity->name);
  g_free (activity);
}

static void
strv_free (gpointer strv)
{
  g_strfreev (strv);
}

void
baton_event_log_free (BatonEventLog *log)
{
  for (guint i = 0; log->values != NULL && i < log->columns->len; i++)
    g_clear_pointer (&log->values[i], g_ptr_array_unref);
  g_free (log->values);
  g_clear_pointer (&log->lines, baton_event_lines_free);
  g_clear_pointer (&log->xes, baton_xes_free);
  g_ptr_array_unref (log->columns);
  g_ptr_array_unref (log->preview);
  g_array_unref (log->events);
  g_ptr_array_unref (log->cases);
  g_hash_table_unref (log->case_ids);
  g_ptr_array_unref (log->activities);
  g_hash_table_unref (log->activity_ids);
  g_ptr_array_unref (log->people);
  g_hash_table_unref (log->person_ids);
  g_string_chunk_free (log->texts);
  g_string_free (log->skipped_lines, TRUE);
  g_free (log->path);
  g_free (log->zone);
  g_free (log);
}

static BatonEventLog *
log_new (const char *path)
{
  BatonEventLog *log = g_new0 (BatonEventLog, 1);

  log->path = g_strdup (path);
  log->columns = g_ptr_array_new_with_free_func (column_free);
  log->preview = g_ptr_array_new_with_free_func (strv_free);
  log->events = g_array_new (FALSE, FALSE, sizeof (LogEvent));
  log->cases = g_ptr_array_new ();
  log->case_ids = g_hash_table_new (g_str_hash, g_str_equal);
  log->activities = g_ptr_array_new_with_free_func (activity_free);
  log->activity_ids = g_hash_table_new (g_str_hash, g_str_equal);
  log->people = g_ptr_array_new ();
  log->person_ids = g_hash_table_new (g_str_hash, g_str_equal);
  log->texts = g_string_chunk_new (1 << 16);
  log->skipped_lines = g_string_new (NULL);
  return log;
}

/* What the first lines say about form and columns, and about the order of dates. */
static gboolean
look_at_start (BatonEventLog *log, GError **error)
{
  gsize length;
  const char *text = baton_event_lines_start (log->lines, &length);
  g_autoptr (GBytes) bytes = g_bytes_new (text, length);
  g_autoptr (BatonCsvFile) csv = baton_csv_open (bytes, NULL, error);

  if (csv == NULL)
    return FALSE;
  baton_event_lines_set_format (log->lines, csv->format.delimiter, csv->format.quote);
  for (guint i = 0; i < csv->columns->len; i++)
    {
      const BatonCsvColumn *from = g_ptr_array_index (csv->columns, i);
      BatonEventColumn *column = g_new0 (BatonEventColumn, 1);

      column->name = g_strdup (from->name);
      g_ptr_array_add (log->columns, column);
    }
  for (guint i = 0; i < csv->preview->len; i++)
    g_ptr_array_add (log->preview, g_strdupv (g_ptr_array_index (csv->preview, i)));
  baton_event_propose_map (log);
  return TRUE;
}

gboolean
baton_event_log_weigh_dates (BatonEventLog *log, guint first, guint last, GError **error)
{
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (BatonCsvFile) csv = NULL;
  const char *text;
  gsize length;

  log->dates = BATON_DATES_GUESS;
  if (log->xes != NULL)
    return TRUE;
  text = baton_event_lines_start (log->lines, &length);
  bytes = g_bytes_new (text, length);
  csv = baton_csv_open (bytes, NULL, error);
  if (csv == NULL)
    return FALSE;
  for (guint i = 0; i < csv->columns->len; i++)
    ((BatonCsvColumn *) g_ptr_array_index (csv->columns, i))->role =
        i >= first && i <= last ? BATON_CSV_CREATED : BATON_CSV_IGNORE;
  baton_csv_map_changed (csv);
  log->dates = csv->dates_sure ? csv->format.dates : BATON_DATES_GUESS;
  return TRUE;
}

static gboolean
open_xes (BatonEventLog *log, GError **error)
{
  log->xes = baton_xes_new (log, log->bytes, error);
  if (log->xes == NULL)
    return FALSE;
  baton_event_propose_map (log);
  baton_xes_preview (log->xes, log->preview, BATON_CSV_PREVIEW_ROWS);
  return TRUE;
}

BatonEventLog *
baton_event_log_open (const char *path, GError **error)
{
  g_autoptr (BatonEventLog) log = log_new (path);

  log->bytes = baton_event_bytes_open (path, error);
  if (log->bytes == NULL)
    return NULL;
  if (baton_event_bytes_is_xml (log->bytes))
    return open_xes (log, error) ? g_steal_pointer (&log) : NULL;
  log->lines = baton_event_lines_new (log->bytes, error);
  if (log->lines == NULL || !look_at_start (log, error))
    return NULL;
  return g_steal_pointer (&log);
}

gboolean
baton_event_log_next (BatonEventLog *log, GPtrArray *cells, guint *n_cells, guint *line, GError **error)
{
  return log->xes != NULL ? baton_xes_next (log->xes, cells, n_cells, line, error)
                          : baton_event_lines_next (log->lines, cells, n_cells, line, error);
}

const char *
baton_event_log_encoding (BatonEventLog *log)
{
  const char *encoding = baton_event_bytes_encoding (log->bytes);

  return encoding != NULL                                                     ? encoding
         : log->lines != NULL && baton_event_lines_converted (log->lines) > 0 ? "WINDOWS-1252"
                                                                              : "UTF-8";
}

gboolean
baton_event_log_is_certain (BatonEventLog *log)
{
  guint found = 0;

  for (guint i = 0; i < log->columns->len; i++)
    {
      BatonEventRole role = ((BatonEventColumn *) g_ptr_array_index (log->columns, i))->role;

      found += role >= BATON_EVENT_CASE && role <= BATON_EVENT_TIME;
    }
  return found == 3;
}

GPtrArray *
baton_event_log_columns (BatonEventLog *log)
{
  return log->columns;
}

GPtrArray *
baton_event_log_preview (BatonEventLog *log)
{
  return log->preview;
}

GPtrArray *
baton_event_log_activities (BatonEventLog *log)
{
  return log->activities;
}

guint
baton_event_log_n_events (BatonEventLog *log)
{
  return log->events->len;
}

guint
baton_event_log_n_cases (BatonEventLog *log)
{
  return log->cases->len;
}

static BatonEventRole
find_role (const char *name)
{
  if (g_str_has_prefix (name, "custom:") || g_str_has_prefix (name, "attribute:"))
    return BATON_EVENT_CUSTOM;
  for (BatonEventRole role = 0; role < BATON_EVENT_N_ROLES; role++)
    {
      if (g_ascii_strcasecmp (name, baton_event_role_name (role)) == 0)
        return role;
    }
  return BATON_EVENT_N_ROLES;
}

static const char *
column_name (gpointer table, guint index)
{
  return ((BatonEventColumn *) g_ptr_array_index (((BatonEventLog *) table)->columns, index))->name;
}

static gboolean
set_role (gpointer table, const char *role_name, guint index, GError **error)
{
  BatonEventLog *log = table;
  BatonEventRole role = find_role (role_name);
  BatonEventColumn *column = g_ptr_array_index (log->columns, index);
  const char *field = strchr (role_name, ':');

  if (role == BATON_EVENT_N_ROLES)
    {
      g_set_error (error, BATON_ERROR, BATON_ERROR_INVALID,
          _ ("Events have no “%s”; there are case, activity, time, person, lifecycle, title, channel, "
             "campaign, type,"
             " custom:NAME and ignore."),
          role_name);
      return FALSE;
    }
  for (guint i = 0; i < log->columns->len && role != BATON_EVENT_CUSTOM && role != BATON_EVENT_IGNORE; i++)
    {
      BatonEventColumn *other = g_ptr_array_index (log->columns, i);

      if (other->role == role)
        other->role = BATON_EVENT_CUSTOM;
    }
  column->role = role;
  g_free (column->field);
  column->field =
      role == BATON_EVENT_CUSTOM && field != NULL && field[1] != '\0' ? g_strdup (field + 1) : NULL;
  return TRUE;
}

gboolean
baton_event_log_set_map (BatonEventLog *log, const char *map, GError **error)
{
  return baton_column_map_apply (map, log, log->columns->len, column_name, set_role, error);
}

const char *
baton_event_kind_find (const char *name)
{
  const char *const *kinds = baton_field_info (BATON_STAGE_KIND)->choices;

  for (guint i = 0; kinds[i] != NULL; i++)
    {
      if (g_ascii_strcasecmp (kinds[i], name) == 0)
        return kinds[i];
    }
  return NULL;
}

static gboolean
set_kind (BatonEventLog *log, const char *name, const char *kind_name, GError **error)
{
  const char *kind = baton_event_kind_find (kind_name);
  guint index = GPOINTER_TO_UINT (g_hash_table_lookup (log->activity_ids, name));

  if (kind == NULL)
    g_set_error (error, BATON_ERROR, BATON_ERROR_INVALID,
        _ ("“%s” is no kind of stage; there are backlog, queue, active, review and done."), kind_name);
  else if (index == 0)
    g_set_error (error, BATON_ERROR, BATON_ERROR_INVALID, _ ("The log has no activity “%s”."), name);
  if (kind == NULL || index == 0)
    return FALSE;
  ((BatonEventActivity *) g_ptr_array_index (log->activities, index - 1))->kind = kind;
  ((BatonEventActivity *) g_ptr_array_index (log->activities, index - 1))->chosen = TRUE;
  return TRUE;
}

/* Names may have commas and equals signs in them: a piece without a kind behind its last equals sign belongs
 * to the next. */
gboolean
baton_event_log_set_kinds (BatonEventLog *log, const char *kinds, GError **error)
{
  g_auto (GStrv) pieces = g_strsplit (kinds, ",", -1);
  g_autoptr (GString) name = g_string_new (NULL);

  for (guint i = 0; pieces[i] != NULL; i++)
    {
      char *equals = strrchr (pieces[i], '=');
      gboolean whole =
          equals != NULL && (pieces[i + 1] == NULL || baton_event_kind_find (g_strstrip (equals + 1)));

      if (*pieces[i] == '\0' && pieces[i + 1] == NULL)
        break;
      if (whole)
        *equals = '\0';
      g_string_append (name, pieces[i]);
      if (!whole)
        {
          g_string_append_c (name, ',');
          continue;
        }
      g_strstrip (name->str);
      if (!set_kind (log, name->str, g_strstrip (equals + 1), error))
        return FALSE;
      g_string_truncate (name, 0);
    }
  if (name->len == 0)
    return TRUE;
  g_set_error (
      error, BATON_ERROR, BATON_ERROR_INVALID, _ ("“%s” is not of the form ACTIVITY=KIND."), name->str);
  return FALSE;
}

static guint32
intern (GHashTable *ids, GPtrArray *list, GStringChunk *texts, const char *text)
{
  guint index = GPOINTER_TO_UINT (g_hash_table_lookup (ids, text));
  char *kept;

  if (index > 0)
    return index;
  kept = g_string_chunk_insert (texts, text);
  g_ptr_array_add (list, kept);
  g_hash_table_insert (ids, kept, GUINT_TO_POINTER (list->len));
  return list->len;
}

guint32
baton_event_log_add_activity (BatonEventLog *log, const char *name)
{
  BatonEventActivity *activity = g_new0 (BatonEventActivity, 1);

  activity->name = g_strdup (name);
  activity->kind = "active";
  g_ptr_array_add (log->activities, activity);
  g_hash_table_insert (log->activity_ids, activity->name, GUINT_TO_POINTER (log->activities->len));
  return log->activities->len - 1;
}

guint32
baton_event_log_add_case (BatonEventLog *log, const char *name)
{
  return intern (log->case_ids, log->cases, log->texts, name) - 1;
}

guint32
baton_event_log_add_person (BatonEventLog *log, const char *name)
{
  return intern (log->person_ids, log->people, log->texts, name);
}

/* What a case has in its other columns: the latest text that is not blank. */
void
baton_event_log_keep_value (BatonEventLog *log, guint column, guint32 case_index, const char *text)
{
  if (log->values[column] == NULL || baton_exchange_is_blank (text))
    return;
  if (log->values[column]->len <= case_index)
    g_ptr_array_set_size (log->values[column], (int) case_index + 1);
  g_ptr_array_index (log->values[column], case_index) = g_string_chunk_insert_const (log->texts, text);
}

static int
compare_times (const void *a, const void *b, gpointer data)
{
  gint64 x = ((const LogEvent *) a)->at;
  gint64 y = ((const LogEvent *) b)->at;

  return (x > y) - (x < y);
}

/* One case's events by time; those of one instant stay in the order of the file (the sort is stable). */
static void
sort_case (BatonEventLog *log, LogEvent *events, guint n)
{
  guint disordered = 0;

  for (guint i = 1; i < n; i++)
    disordered += events[i].at < events[i - 1].at;
  if (disordered > 0)
    g_qsort_with_data (events, (int) n, sizeof *events, compare_times, NULL);
  log->disordered += disordered;
}

static BatonEventActivity *
activity_of (const BatonEventLog *log, const LogEvent *event)
{
  return g_ptr_array_index (log->activities, event->activity);
}

/* Closes the gaps that are left when only some events of each case count. */
static void
settle_lifecycles (BatonEventLog *log)
{
  LogEvent *events = (LogEvent *) (gpointer) log->events->data;
  guint n = log->events->len;
  guint to = 0;

  for (guint i = 0, end; i < n; i = end)
    {
      guint stay;

      for (end = i + 1; end < n && events[end].case_index == events[i].case_index; end++)
        ;
      stay = baton_event_lifecycle (events + i, end - i);
      memmove (events + to, events + i, stay * sizeof *events);
      to += stay;
      activity_of (log, &events[to - 1])->ends++;
    }
  log->left_out = n - to;
  g_array_set_size (log->events, to);
  for (guint i = 0; i < to; i++)
    activity_of (log, &g_array_index (log->events, LogEvent, i))->events++;
}

/* Case after case in the order in which they appear. */
static void
sort_events (BatonEventLog *log)
{
  guint n = log->events->len;
  g_autofree guint32 *ends = g_new0 (guint32, log->cases->len + 1);
  GArray *sorted = g_array_sized_new (FALSE, FALSE, sizeof (LogEvent), n);
  const LogEvent *from = (const LogEvent *) (gpointer) log->events->data;
  LogEvent *to;

  g_array_set_size (sorted, n);
  to = (LogEvent *) (gpointer) sorted->data;
  for (guint i = 0; i < n; i++)
    ends[from[i].case_index + 1]++;
  for (guint i = 1; i <= log->cases->len; i++)
    ends[i] += ends[i - 1];
  /* ends[c] is where case c begins until its events have been put there; then it is where it ends. */
  for (guint i = 0; i < n; i++)
    to[ends[from[i].case_index]++] = from[i];
  for (guint i = 0; i < log->cases->len; i++)
    {
      guint begin = i > 0 ? ends[i - 1] : 0;

      sort_case (log, to + begin, ends[i] - begin);
    }
  g_array_unref (log->events);
  log->events = sorted;
}

void
baton_event_log_finish (BatonEventLog *log)
{
  sort_events (log);
  settle_lifecycles (log);
  baton_event_propose_kinds (log);
}
