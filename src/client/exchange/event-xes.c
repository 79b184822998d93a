/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-client"

#include "event-xes.h"

#include "baton-error.h"
#include "event-private.h"
#include "plan.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define PIECE (1 << 16)
#define DEEPEST 64
#define MOST_COLUMNS 200
#define MOST_SILENT (16 << 20) /* bytes without the begin or the end of an element */
#define MOST_EVENTS 1000000    /* of one trace */
#define FIRST_ROWS 20
#define CASE "case:"

typedef struct
{
  guint column;
  char *text;
} Cell;

typedef struct
{
  guint line;
  GArray *trace; /* Cell, shared by the events of a trace */
  GArray *event; /* Cell */
} Row;

struct _BatonXes
{
  BatonEventLog *log;
  BatonEventBytes *bytes;
  GMarkupParseContext *context;
  GError *failed; /* told when the rows before it are read */
  gboolean ended;

  GHashTable *columns; /* name → index + 1 */
  GHashTable *names;   /* of traces that were read → the number of the next one called so */
  guint traces;
  BatonXesNotes notes;

  guint depth;
  guint skip;      /* how deep in something that is passed over */
  gboolean closed; /* the log itself */
  gboolean in_trace;
  gboolean in_event;
  gboolean in_attribute;
  gsize silent;
  GArray *trace;      /* Cell, of the trace that is read */
  Row *row;           /* of the event that is read */
  GPtrArray *pending; /* Row, of the trace that is read */
  GQueue rows;        /* Row, of traces that were read */
};

static void
cell_clear (gpointer data)
{
  g_free (((Cell *) data)->text);
}

static GArray *
cells_new (void)
{
  GArray *cells = g_array_new (FALSE, FALSE, sizeof (Cell));

  g_array_set_clear_func (cells, cell_clear);
  return cells;
}

static void
row_free (gpointer data)
{
  Row *row = data;

  if (row == NULL)
    return;
  g_clear_pointer (&row->trace, g_array_unref);
  g_array_unref (row->event);
  g_free (row);
}

void
baton_xes_free (BatonXes *self)
{
  g_clear_pointer (&self->context, g_markup_parse_context_free);
  g_clear_pointer (&self->row, row_free);
  g_clear_pointer (&self->trace, g_array_unref);
  g_clear_error (&self->failed);
  g_ptr_array_unref (self->pending);
  g_queue_clear_full (&self->rows, row_free);
  g_hash_table_unref (self->columns);
  g_hash_table_unref (self->names);
  baton_event_bytes_free (self->bytes);
  g_free (self);
}

static gboolean
is_field_taken (const BatonEventLog *log, const char *field)
{
  for (guint i = 0; i < log->columns->len; i++)
    {
      const BatonEventColumn *column = g_ptr_array_index (log->columns, i);

      if (g_strcmp0 (column->field != NULL ? column->field : column->name, field) == 0)
        return TRUE;
    }
  return FALSE;
}

/* A field of a card is called like the attribute; where a trace and its events have the same, by the whole
 * name of the column. */
static guint
add_column (BatonXes *self, const char *name, const char *field)
{
  BatonEventLog *log = self->log;
  BatonEventColumn *column = g_new0 (BatonEventColumn, 1);

  column->name = g_strdup (name);
  column->role = BATON_EVENT_CUSTOM;
  if (!is_field_taken (log, field))
    column->field = g_strdup (field);
  g_ptr_array_add (log->columns, column);
  g_hash_table_insert (self->columns, column->name, GUINT_TO_POINTER (log->columns->len));
  if (log->values != NULL)
    {
      log->values = g_renew (GPtrArray *, log->values, log->columns->len);
      log->values[log->columns->len - 1] = g_ptr_array_new ();
    }
  return log->columns->len - 1;
}

static void
take_attribute (BatonXes *self, GArray *cells, const char *prefix, const char *key, const char *text)
{
  g_autofree char *name = g_strconcat (prefix, key, NULL);
  guint index = GPOINTER_TO_UINT (g_hash_table_lookup (self->columns, name));
  Cell cell;

  if (index == 0 && self->log->columns->len >= MOST_COLUMNS)
    {
      self->notes.beyond++;
      return;
    }
  cell.column = index > 0 ? index - 1 : add_column (self, name, key);
  cell.text = g_strdup (text);
  g_array_append_val (cells, cell);
}

static const char *
value_of (const char **names, const char **values, const char *name)
{
  for (guint i = 0; names[i] != NULL; i++)
    {
      if (g_str_equal (names[i], name))
        return values[i];
    }
  return NULL;
}

static gboolean
is_attribute (const char *name)
{
  static const char *const types[] = { "string", "date", "int", "float", "boolean", "id", "list", "container",
    NULL };

  return g_strv_contains (types, name);
}

/* GMarkup counts a line when it comes to its end, where it stands behind the last tag. */
static guint
line_of (GMarkupParseContext *context)
{
  int line, character;

  g_markup_parse_context_get_position (context, &line, &character);
  return (guint) (character <= 1 && line > 1 ? line - 1 : line);
}

static gboolean
check_depth (BatonXes *self, const char *name, GError **error)
{
  if (self->depth == 1 && self->closed)
    g_set_error (error, BATON_ERROR, BATON_ERROR_INVALID,
        _ ("Line %u: something follows the end of the log. Nothing was imported."), line_of (self->context));
  else if (self->depth == 1 && !g_str_equal (name, "log"))
    g_set_error (error, BATON_ERROR, BATON_ERROR_INVALID,
        _ ("This is XML, but no event log: it begins with “%s” instead of “log”. Nothing was imported."),
        name);
  else if (self->depth > DEEPEST)
    g_set_error (error, BATON_ERROR, BATON_ERROR_INVALID,
        _ ("Line %u: elements are nested more than %u deep, which no event log does. Nothing was imported."),
        line_of (self->context), DEEPEST);
  else
    return TRUE;
  return FALSE;
}

static void
begin_event (BatonXes *self)
{
  self->in_event = TRUE;
  self->row = g_new0 (Row, 1);
  self->row->line = line_of (self->context);
  self->row->event = cells_new ();
}

static void
begin_attribute (BatonXes *self, const char **names, const char **values)
{
  const char *key = value_of (names, values, "key");
  const char *text = value_of (names, values, "value");

  self->in_attribute = TRUE;
  self->skip = 1;
  if (key == NULL || *key == '\0' || text == NULL)
    return;
  take_attribute (
      self, self->in_event ? self->row->event : self->trace, self->in_event ? "" : CASE, key, text);
}

static void
start_cb (GMarkupParseContext *context, const char *element, const char **names, const char **values,
    gpointer data, GError **error)
{
  BatonXes *self = data;
  const char *colon = strrchr (element, ':');
  const char *name = colon != NULL ? colon + 1 : element;

  self->silent = 0;
  self->depth++;
  if (!check_depth (self, name, error) || self->depth == 1)
    return;
  if (self->skip > 0)
    {
      self->notes.nested += self->in_attribute && self->skip == 1 && is_attribute (name);
      self->skip++;
    }
  else if (self->depth == 2 && g_str_equal (name, "trace"))
    {
      self->in_trace = TRUE;
      self->trace = cells_new ();
    }
  else if (self->in_trace && self->depth == 3 && g_str_equal (name, "event"))
    begin_event (self);
  else if (self->in_trace && is_attribute (name))
    begin_attribute (self, names, values);
  else
    {
      self->notes.loose += self->depth == 2 && g_str_equal (name, "event");
      self->skip = 1;
    }
}

static Cell *
find_cell (GArray *cells, guint column)
{
  for (guint i = 0; i < cells->len; i++)
    {
      if (g_array_index (cells, Cell, i).column == column)
        return &g_array_index (cells, Cell, i);
    }
  return NULL;
}

/* The name, or where another trace has it, the name with a number behind it. It is taken now. Transfer full.
 */
static char *
own_name (BatonXes *self, const char *name)
{
  guint next = GPOINTER_TO_UINT (g_hash_table_lookup (self->names, name));
  char *own = g_strdup (name);

  if (next > 0)
    {
      self->notes.twice++;
      do
        {
          g_free (own);
          own = g_strdup_printf ("%s (%u)", name, next++);
        }
      while (g_hash_table_contains (self->names, own));
      g_hash_table_insert (self->names, g_strdup (name), GUINT_TO_POINTER (next));
    }
  g_hash_table_insert (self->names, g_strdup (own), GUINT_TO_POINTER (2));
  return own;
}

/* Every trace is a case of its own, whatever it is called. One without a name goes by its place in the file.
 */
static void
name_trace (BatonXes *self)
{
  Cell *cell = find_cell (self->trace, 0);
  gboolean unnamed = cell == NULL || baton_exchange_is_blank (cell->text);
  g_autofree char *name = unnamed ? g_strdup_printf (_ ("Case %u"), self->traces) : g_strdup (cell->text);
  Cell made = { 0, own_name (self, name) };

  self->notes.unnamed += unnamed;
  if (cell == NULL)
    {
      g_array_append_val (self->trace, made);
      return;
    }
  g_free (cell->text);
  *cell = made;
}

static void
end_trace (BatonXes *self)
{
  self->in_trace = FALSE;
  self->traces++;
  self->notes.empty += self->pending->len == 0;
  if (self->pending->len > 0)
    name_trace (self);
  for (guint i = 0; i < self->pending->len; i++)
    {
      Row *row = g_steal_pointer (&g_ptr_array_index (self->pending, i));

      row->trace = g_array_ref (self->trace);
      g_queue_push_tail (&self->rows, row);
    }
  g_ptr_array_set_size (self->pending, 0);
  g_clear_pointer (&self->trace, g_array_unref);
}

static void
end_cb (GMarkupParseContext *context, const char *element, gpointer data, GError **error)
{
  BatonXes *self = data;

  self->silent = 0;
  self->depth--;
  self->closed = self->depth == 0;
  if (self->skip > 0)
    {
      self->skip--;
      self->in_attribute = self->in_attribute && self->skip > 0;
    }
  else if (self->in_event)
    {
      self->in_event = FALSE;
      g_ptr_array_add (self->pending, g_steal_pointer (&self->row));
      if (self->pending->len > MOST_EVENTS)
        g_set_error (error, BATON_ERROR, BATON_ERROR_INVALID,
            _ ("Line %u: a trace has more than %u events. Nothing was imported."), line_of (context),
            MOST_EVENTS);
    }
  else if (self->in_trace)
    end_trace (self);
}

static void
fail_reading (BatonXes *self, GError *cause)
{
  g_autofree char *message = g_utf8_make_valid (cause->message, -1);
  const char *why = strstr (message, ": ");

  self->ended = TRUE;
  if (cause->domain != G_MARKUP_ERROR)
    {
      self->failed = cause;
      return;
    }
  /* GMarkup says the line in front, in words of its own. */
  g_set_error (&self->failed, BATON_ERROR, BATON_ERROR_INVALID,
      _ ("Line %u: the XML is damaged or ends too early (%s). Nothing was imported."),
      line_of (self->context), why != NULL ? why + 2 : message);
  g_error_free (cause);
}

static void
read_piece (BatonXes *self)
{
  g_autofree char *piece = g_malloc (PIECE);
  GError *error = NULL;
  gsize got;
  gboolean ok = baton_event_bytes_read (self->bytes, piece, PIECE, &got, &error);

  self->silent += got;
  if (ok && got == 0)
    {
      self->ended = TRUE;
      ok = g_markup_parse_context_end_parse (self->context, &error);
    }
  else if (ok)
    ok = g_markup_parse_context_parse (self->context, piece, (gssize) got, &error);
  if (ok && self->silent > MOST_SILENT)
    {
      ok = FALSE;
      g_set_error (&error, BATON_ERROR, BATON_ERROR_INVALID,
          _ ("Line %u: a text is longer than %u MB. Nothing was imported."), line_of (self->context),
          MOST_SILENT >> 20);
    }
  if (!ok)
    fail_reading (self, error);
}

BatonXes *
baton_xes_new (BatonEventLog *log, BatonEventBytes *bytes, GError **error)
{
  static const GMarkupParser parser = { start_cb, end_cb, NULL, NULL, NULL };
  static const char *const standard[] = { CASE "concept:name", "concept:name", "time:timestamp",
    "org:resource", "lifecycle:transition" };
  BatonXes *self = g_new0 (BatonXes, 1);

  self->log = log;
  self->bytes = bytes;
  self->context = g_markup_parse_context_new (&parser, 0, self, NULL);
  self->columns = g_hash_table_new (g_str_hash, g_str_equal);
  self->names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->pending = g_ptr_array_new_with_free_func (row_free);
  g_queue_init (&self->rows);
  for (guint i = 0; i < G_N_ELEMENTS (standard); i++)
    add_column (self, standard[i], standard[i]);
  while (!self->ended && self->rows.length < FIRST_ROWS)
    read_piece (self);
  if (self->failed == NULL || self->depth > 1 || self->traces > 0)
    return self;
  g_propagate_error (error, g_steal_pointer (&self->failed));
  baton_xes_free (self);
  return NULL;
}

static void
write_cells (const GArray *from, GPtrArray *cells)
{
  for (guint i = 0; i < from->len; i++)
    {
      const Cell *cell = &g_array_index (from, Cell, i);

      g_string_assign (g_ptr_array_index (cells, cell->column), cell->text);
    }
}

static void
write_row (const Row *row, GPtrArray *cells)
{
  for (guint i = 0; i < cells->len; i++)
    g_string_truncate (g_ptr_array_index (cells, i), 0);
  write_cells (row->trace, cells);
  write_cells (row->event, cells);
}

static void
make_cells (const BatonXes *self, GPtrArray *cells)
{
  while (cells->len < self->log->columns->len)
    g_ptr_array_add (cells, g_string_new (NULL));
}

gboolean
baton_xes_next (BatonXes *self, GPtrArray *cells, guint *n_cells, guint *line, GError **error)
{
  Row *row;

  while (self->rows.length == 0 && !self->ended)
    read_piece (self);
  row = g_queue_pop_head (&self->rows);
  if (row == NULL)
    {
      if (self->failed != NULL)
        g_propagate_error (error, g_steal_pointer (&self->failed));
      return FALSE;
    }
  make_cells (self, cells);
  write_row (row, cells);
  *n_cells = self->log->columns->len;
  *line = row->line;
  row_free (row);
  return TRUE;
}

void
baton_xes_preview (BatonXes *self, GPtrArray *rows, guint most)
{
  g_autoptr (GPtrArray) cells = baton_csv_cells_new ();

  make_cells (self, cells);
  for (GList *link = self->rows.head; link != NULL && rows->len < most; link = link->next)
    {
      char **texts = g_new0 (char *, cells->len + 1);

      write_row (link->data, cells);
      for (guint i = 0; i < cells->len; i++)
        texts[i] = g_strdup (((GString *) g_ptr_array_index (cells, i))->str);
      g_ptr_array_add (rows, texts);
    }
}

const BatonXesNotes *
baton_xes_notes (BatonXes *xes)
{
  return &xes->notes;
}
