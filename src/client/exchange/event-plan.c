/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-client"

#include "baton-error.h"
#include "csv-names.h"
#include "event-private.h"
#include "past.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  BatonEventLog *log;
  char *batch;
  char *me;
  GPtrArray *stages; /* activity → id */
  GPtrArray *people; /* person → id */
  GPtrArray *fields; /* column → id of its custom field, or NULL */
  GHashTable *named; /* channel, campaign, type: “column:text” → id */
  guint n_events_done;
  guint case_index;
  GString *past;
} Source;

static void
source_free (gpointer data)
{
  Source *source = data;

  baton_event_log_free (source->log);
  g_free (source->batch);
  g_free (source->me);
  g_ptr_array_unref (source->stages);
  g_ptr_array_unref (source->people);
  g_ptr_array_unref (source->fields);
  g_hash_table_unref (source->named);
  g_string_free (source->past, TRUE);
  g_free (source);
}

static const char *
value_of (const BatonEventLog *log, guint column, guint case_index)
{
  const GPtrArray *values = log->values[column];

  return values != NULL && case_index < values->len ? g_ptr_array_index (values, case_index) : NULL;
}

static void
set_clipped (BatonRow *row, BatonField field, const char *text)
{
  g_autofree char *clipped = baton_exchange_clip (field, text);

  baton_row_set_text (row, field, clipped != NULL ? clipped : text);
}

static BatonField
field_of (BatonEventRole role)
{
  return role == BATON_EVENT_CHANNEL      ? BATON_CARD_CHANNEL
         : role == BATON_EVENT_CAMPAIGN   ? BATON_CARD_CAMPAIGN
         : role == BATON_EVENT_ASSET_TYPE ? BATON_CARD_ASSET_TYPE
         : role == BATON_EVENT_TITLE      ? BATON_CARD_TITLE
                                          : BATON_FIELD_NONE;
}

static char *
named_key (guint column, const char *text)
{
  return g_strdup_printf ("%u:%s", column, text);
}

static void
add_custom_value (BatonOp *op, const char *card, const char *field, const char *text)
{
  char id[37];
  BatonRow *row;

  baton_exchange_make_id (id);
  row = baton_op_add_row (op, BATON_ENTITY_CUSTOM_VALUE, id);
  baton_row_set_text (row, BATON_CUSTOM_VALUE_CARD, card);
  baton_row_set_text (row, BATON_CUSTOM_VALUE_FIELD, field);
  set_clipped (row, BATON_CUSTOM_VALUE_TEXT, text);
}

static void
fill_columns (Source *self, BatonOp *op, BatonRow *card)
{
  BatonEventLog *log = self->log;

  set_clipped (card, BATON_CARD_TITLE, g_ptr_array_index (log->cases, self->case_index));
  for (guint i = 0; i < log->columns->len; i++)
    {
      const BatonEventColumn *column = g_ptr_array_index (log->columns, i);
      const char *text = value_of (log, i, self->case_index);
      BatonField field = field_of (column->role);
      g_autofree char *key = NULL;

      if (text == NULL)
        continue;
      if (column->role == BATON_EVENT_CUSTOM)
        add_custom_value (op, card->id, g_ptr_array_index (self->fields, i), text);
      else if (column->role == BATON_EVENT_TITLE)
        set_clipped (card, field, text);
      else
        {
          key = named_key (i, text);
          baton_row_set_text (card, field, g_hash_table_lookup (self->named, key));
        }
    }
}

static const char *
person_of (const Source *self, const LogEvent *event)
{
  return event->person > 0 ? g_ptr_array_index (self->people, event->person - 1) : NULL;
}

/* The events of one case, written as the past of its card. */
static const LogEvent *
take_past (Source *self)
{
  const GArray *events = self->log->events;
  const LogEvent *event = NULL;

  g_string_truncate (self->past, 0);
  for (; self->n_events_done < events->len; self->n_events_done++)
    {
      const LogEvent *next = &g_array_index (events, LogEvent, self->n_events_done);

      if (next->case_index != self->case_index)
        break;
      event = next;
      baton_past_append (
          self->past, event->at, g_ptr_array_index (self->stages, event->activity), person_of (self, event));
    }
  return event;
}

static BatonOp *
next_card (gpointer data, GError **error)
{
  Source *self = data;
  BatonEventLog *log = self->log;
  const LogEvent *first, *last;
  BatonOp *op;
  BatonRow *row;
  char id[37];

  if (self->case_index == log->cases->len)
    return NULL;
  first = &g_array_index (log->events, LogEvent, self->n_events_done);
  last = take_past (self);
  op = baton_op_new (BATON_VERB_CARD_ADD);
  /* An operation happened after 1970 began; the past itself may go back further. */
  op->at = MAX (1, first->at);
  op->person = g_strdup (person_of (self, first) != NULL ? person_of (self, first) : self->me);
  op->batch = g_strdup (self->batch);
  baton_exchange_make_id (id);
  row = baton_op_add_row (op, BATON_ENTITY_CARD, id);
  baton_row_set_text (row, BATON_CARD_STAGE, g_ptr_array_index (self->stages, last->activity));
  baton_row_set_text (row, BATON_CARD_PAST, self->past->str);
  fill_columns (self, op, row);
  self->case_index++;
  return op;
}

typedef struct
{
  BatonEventLog *log;
  BatonImportPlan *plan;
  const BatonImportOptions *options;
  CsvNames names;
  Source *source;
  gint64 now;
} Planning;

static void
add_board (Planning *self, const char *name)
{
  BatonRow *row = baton_op_add_row (
      baton_import_plan_op (self->plan, BATON_VERB_BOARD_ADD, self->now, self->options->person),
      BATON_ENTITY_BOARD, self->plan->board);

  set_clipped (row, BATON_BOARD_NAME, name);
}

static void
add_stages (Planning *self)
{
  for (guint i = 0; i < self->log->activities->len; i++)
    {
      const BatonEventActivity *activity = g_ptr_array_index (self->log->activities, i);
      char id[37];
      BatonRow *row;

      baton_exchange_make_id (id);
      row = baton_op_add_row (
          baton_import_plan_op (self->plan, BATON_VERB_STAGE_ADD, self->now, self->options->person),
          BATON_ENTITY_STAGE, id);
      set_clipped (row, BATON_STAGE_NAME, activity->name);
      baton_row_set_text (row, BATON_STAGE_BOARD, self->plan->board);
      baton_row_set_text (row, BATON_STAGE_KIND, activity->kind);
      g_ptr_array_add (self->source->stages, g_strdup (id));
    }
}

static void
add_people (Planning *self)
{
  for (guint i = 0; i < self->log->people->len; i++)
    g_ptr_array_add (self->source->people, g_strdup (csv_names_find (&self->names, NAMES_PERSON,
                                               g_ptr_array_index (self->log->people, i), NULL)));
}

static void
name_values (Planning *self, guint column, NamesKind kind)
{
  const GPtrArray *values = self->log->values[column];

  for (guint i = 0; i < values->len; i++)
    {
      const char *text = g_ptr_array_index (values, i);
      char *key = text != NULL ? named_key (column, text) : NULL;

      if (key == NULL || g_hash_table_contains (self->source->named, key))
        g_free (key);
      else
        g_hash_table_insert (
            self->source->named, key, g_strdup (csv_names_find (&self->names, kind, text, NULL)));
    }
}

static void
add_fields (Planning *self)
{
  for (guint i = 0; i < self->log->columns->len; i++)
    {
      const BatonEventColumn *column = g_ptr_array_index (self->log->columns, i);
      char *id = NULL;

      if (column->role == BATON_EVENT_CUSTOM)
        id = g_strdup (csv_names_find (
            &self->names, NAMES_FIELD, column->field != NULL ? column->field : column->name, NULL));
      else if (column->role == BATON_EVENT_CHANNEL)
        name_values (self, i, NAMES_CHANNEL);
      else if (column->role == BATON_EVENT_CAMPAIGN)
        name_values (self, i, NAMES_CAMPAIGN);
      else if (column->role == BATON_EVENT_ASSET_TYPE)
        name_values (self, i, NAMES_ASSET_TYPE);
      g_ptr_array_add (self->source->fields, id);
    }
}

/* What had to be done to read the file at all. */
static void
summarize_text (Planning *self)
{
  BatonEventLog *log = self->log;
  const char *encoding = baton_event_bytes_encoding (log->bytes);
  const BatonXesNotes *notes = log->xes != NULL ? baton_xes_notes (log->xes) : NULL;
  g_autofree char *taken = g_strdup_printf (_ ("It was read as %s."), encoding != NULL ? encoding : "");

  baton_import_plan_note (self->plan, encoding != NULL, _ ("file that is not UTF-8"), taken);
  if (log->lines != NULL)
    baton_import_plan_note (self->plan, baton_event_lines_converted (log->lines),
        _ ("texts that are not UTF-8"), _ ("They were taken as Windows-1252."));
  if (notes == NULL)
    return;
  baton_import_plan_note (self->plan, notes->unnamed, _ ("traces without a name"),
      _ ("They were named by their place in the file."));
  baton_import_plan_note (self->plan, notes->twice, _ ("traces with a name that another has"),
      _ ("They are cards of their own, with a number behind the name."));
  baton_import_plan_note (self->plan, notes->empty, _ ("traces without events"),
      _ ("Nothing happened in them; they were left out."));
  baton_import_plan_note (self->plan, notes->loose, _ ("events outside of traces"),
      _ ("They belong to no case and were left out."));
  baton_import_plan_note (self->plan, notes->nested, _ ("attributes of attributes"),
      _ ("A card’s fields have none, so they were left out."));
  baton_import_plan_note (self->plan, notes->beyond, _ ("values of attributes beyond the 200th"),
      _ ("They were left out; a board with more fields cannot be read."));
}

static void
summarize (Planning *self)
{
  BatonEventLog *log = self->log;
  g_autofree char *skipped =
      g_strdup_printf (_ ("They cannot be read and were left out: %s."), log->skipped_lines->str);
  guint proposed = 0;

  for (guint i = 0; i < log->activities->len; i++)
    proposed += !((BatonEventActivity *) g_ptr_array_index (log->activities, i))->chosen;
  baton_import_plan_note (self->plan, log->cases->len, _ ("cards"), NULL);
  baton_import_plan_note (self->plan, log->events->len, _ ("events"), NULL);
  baton_import_plan_note (self->plan, log->activities->len, _ ("stages"), NULL);
  baton_import_plan_note (self->plan, self->names.kinds[NAMES_PERSON].made, _ ("people"), NULL);
  baton_import_plan_note (self->plan, self->names.kinds[NAMES_FIELD].made, _ ("custom fields"), NULL);
  baton_import_plan_note (self->plan, proposed, _ ("kinds of stages"),
      _ ("Nobody chose them; they were proposed from the names. Look at them in the board’s settings."));
  baton_import_plan_note (
      self->plan, log->disordered, _ ("events out of order"), _ ("They were put in their place by time."));
  baton_import_plan_note (self->plan, log->skipped, _ ("lines"), skipped);
  baton_import_plan_note (self->plan, log->left_out, _ ("events of a lifecycle"),
      _ ("They end what was begun, or say nothing of where a case is, and were left out."));
  baton_import_plan_note (self->plan, log->unzoned, _ ("times without a zone"),
      _ ("They were taken as UTC; --zone names another."));
  summarize_text (self);
}

static gboolean
board_exists (BatonReader *reader, const char *name, gboolean *exists, GError **error)
{
  g_autoptr (GPtrArray) rows =
      baton_reader_rows (reader, BATON_ENTITY_BOARD, BATON_FIELD_NONE, NULL, TRUE, error);

  *exists = FALSE;
  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      const BatonRow *row = g_ptr_array_index (rows, i);

      *exists = *exists || (baton_row_int (row, BATON_BOARD_REMOVED) == 0 &&
                               g_strcmp0 (baton_row_text (row, BATON_BOARD_NAME), name) == 0);
    }
  return rows != NULL;
}

/* What a card may carry of its past is bounded; a case beyond that is hardly one. */
#define MOST_STAGES 1000
#define MOST_EVENTS 40000

static gboolean
check_sizes (const BatonEventLog *log, GError **error)
{
  guint n = 0;

  if (log->activities->len > MOST_STAGES)
    {
      g_set_error (error, BATON_ERROR, BATON_ERROR_INVALID,
          _ ("The log has %u activities, and each would be a stage; a board can show %d. Is that column "
             "really the "
             "activity? --map says which one is. Nothing was imported."),
          log->activities->len, MOST_STAGES);
      return FALSE;
    }
  for (guint i = 0; i < log->events->len; i++)
    {
      const LogEvent *event = &g_array_index (log->events, LogEvent, i);

      n = i > 0 && event[-1].case_index == event->case_index ? n + 1 : 1;
      if (n <= MOST_EVENTS)
        continue;
      g_set_error (error, BATON_ERROR, BATON_ERROR_INVALID,
          _ ("The case “%s” has more than %u events, which is more than a card can carry. Is that column "
             "really"
             " the case? Nothing was imported."),
          (const char *) g_ptr_array_index (log->cases, event->case_index), MOST_EVENTS);
      return FALSE;
    }
  return TRUE;
}

static gboolean
check_name (BatonReader *reader, const char *name, BatonImportMode mode, GError **error)
{
  gboolean exists;

  if (baton_exchange_is_blank (name))
    {
      g_set_error_literal (error, BATON_ERROR, BATON_ERROR_INVALID,
          _ ("The board that the events become needs a name. Nothing was imported."));
      return FALSE;
    }
  if (mode == BATON_IMPORT_AGAIN)
    return TRUE;
  if (!board_exists (reader, name, &exists, error))
    return FALSE;
  if (exists)
    g_set_error (error, BATON_ERROR, BATON_ERROR_EXISTS,
        _ ("There is a board “%s” already. Choose another name, or import it again as a second board of that"
           " name. Nothing was imported."),
        name);
  return !exists;
}

static Source *
source_new (BatonEventLog *log, const BatonImportPlan *plan, const char *me)
{
  Source *source = g_new0 (Source, 1);

  source->log = log;
  source->batch = g_strdup (plan->batch);
  source->me = g_strdup (me);
  source->stages = g_ptr_array_new_with_free_func (g_free);
  source->people = g_ptr_array_new_with_free_func (g_free);
  source->fields = g_ptr_array_new_with_free_func (g_free);
  source->named = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  source->past = g_string_new (NULL);
  return source;
}

static void
set_span (BatonImportPlan *plan, const BatonEventLog *log)
{
  plan->first = G_MAXINT64;
  plan->last = G_MININT64;
  for (guint i = 0; i < log->events->len; i++)
    {
      gint64 at = g_array_index (log->events, LogEvent, i).at;

      plan->first = MIN (plan->first, at);
      plan->last = MAX (plan->last, at);
    }
}

BatonImportPlan *
baton_exchange_plan_events (BatonEventLog *log, const char *board_name, BatonReader *reader,
    const BatonImportOptions *options, GCancellable *cancellable, GError **error)
{
  static const BatonImportOptions default_options = { BATON_IMPORT_ASK };
  g_autoptr (BatonImportPlan) plan = baton_import_plan_new ();
  Planning self = { .log = log, .plan = plan, .options = options != NULL ? options : &default_options };

  g_return_val_if_fail (log != NULL && reader != NULL && log->events->len > 0, NULL);
  self.now = self.options->now != 0 ? self.options->now : g_get_real_time ();
  self.source = plan->source_data = source_new (log, plan, self.options->person);
  plan->free_source = source_free;
  if (!check_sizes (log, error) || !check_name (reader, board_name, self.options->mode, error) ||
      baton_exchange_cancelled (self.options, cancellable, 0, 1, error))
    return NULL;
  plan->board = baton_store_new_id ();
  plan->name = g_strdup (board_name);
  plan->mode = self.options->mode;
  plan->source = next_card;
  set_span (plan, log);
  plan->n_source = log->cases->len;
  csv_names_init (&self.names, plan);
  self.names.board = plan->board;
  self.names.person = self.options->person;
  self.names.now = self.now;
  add_board (&self, board_name);
  if (!csv_names_load (&self.names, reader, TRUE, error))
    {
      csv_names_clear (&self.names);
      return NULL;
    }
  add_stages (&self);
  add_people (&self);
  add_fields (&self);
  summarize (&self);
  csv_names_clear (&self.names);
  return g_steal_pointer (&plan);
}
