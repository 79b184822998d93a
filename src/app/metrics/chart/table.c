/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "table.h"

#include "axis-time.h"

#include <math.h>
#include <string.h>

typedef struct
{
  char *key;
  char *title;
  BatonCellKind kind;
} Column;

typedef union
{
  double number;
  const char *text; /* in texts; NULL: empty */
} Cell;

struct _BatonTable
{
  GArray *columns;
  GArray *cells;
  GStringChunk *texts;
  GTimeZone *zone;
  double day;
};

static void
column_clear (gpointer data)
{
  g_free (((Column *) data)->key);
  g_free (((Column *) data)->title);
}

BatonTable *
baton_table_new (GTimeZone *zone, double day)
{
  BatonTable *table = g_atomic_rc_box_new0 (BatonTable);

  table->columns = g_array_new (FALSE, FALSE, sizeof (Column));
  g_array_set_clear_func (table->columns, column_clear);
  table->cells = g_array_new (FALSE, FALSE, sizeof (Cell));
  table->texts = g_string_chunk_new (4096);
  table->zone = zone != NULL ? g_time_zone_ref (zone) : g_time_zone_new_local ();
  table->day = day;
  return table;
}

BatonTable *
baton_table_ref (BatonTable *table)
{
  return g_atomic_rc_box_acquire (table);
}

static void
table_clear (BatonTable *table)
{
  g_array_unref (table->columns);
  g_array_unref (table->cells);
  g_string_chunk_free (table->texts);
  g_time_zone_unref (table->zone);
}

void
baton_table_unref (BatonTable *table)
{
  g_atomic_rc_box_release_full (table, (GDestroyNotify) table_clear);
}

void
baton_table_add_column (BatonTable *table, const char *key, const char *title, BatonCellKind kind)
{
  Column column = { g_strdup (key), g_strdup (title), kind };

  g_return_if_fail (table->cells->len == 0);
  g_array_append_val (table->columns, column);
}

static const Column *
column_at (const BatonTable *table, guint i)
{
  return &g_array_index (table->columns, Column, i);
}

void
baton_table_add_text (BatonTable *table, const char *text)
{
  Cell cell = { .text = text != NULL ? g_string_chunk_insert (table->texts, text) : NULL };

  g_return_if_fail (column_at (table, table->cells->len % table->columns->len)->kind == BATON_CELL_TEXT);
  g_array_append_val (table->cells, cell);
}

void
baton_table_add_number (BatonTable *table, double number)
{
  Cell cell = { .number = number };

  g_return_if_fail (column_at (table, table->cells->len % table->columns->len)->kind != BATON_CELL_TEXT);
  g_array_append_val (table->cells, cell);
}

guint
baton_table_n_columns (const BatonTable *table)
{
  return table->columns->len;
}

guint
baton_table_n_rows (const BatonTable *table)
{
  return table->columns->len > 0 ? table->cells->len / table->columns->len : 0;
}

const char *
baton_table_title (const BatonTable *table, guint column)
{
  return column_at (table, column)->title;
}

BatonCellKind
baton_table_kind (const BatonTable *table, guint column)
{
  return column_at (table, column)->kind;
}

static const Cell *
cell_at (const BatonTable *table, guint row, guint column)
{
  return &g_array_index (table->cells, Cell, row * table->columns->len + column);
}

char *
baton_table_cell (const BatonTable *table, guint row, guint column)
{
  const Cell *cell = cell_at (table, row, column);
  BatonCellKind kind = column_at (table, column)->kind;
  BatonAxis axis = { .zone = table->zone };

  if (kind == BATON_CELL_TEXT)
    return g_strdup (cell->text != NULL ? cell->text : "–");
  if (isnan (cell->number))
    return g_strdup ("–");
  axis.to = kind == BATON_CELL_DAY ? 1e18 : 0;
  if (kind == BATON_CELL_TIME || kind == BATON_CELL_DAY)
    return baton_axis_time_words (&axis, cell->number);
  if (kind == BATON_CELL_SPAN)
    return baton_span_short (cell->number, table->day);
  if (kind == BATON_CELL_SHARE)
    return baton_share_words (cell->number);
  return baton_number_words (cell->number, 2);
}

int
baton_table_compare (const BatonTable *table, guint column, guint a, guint b)
{
  const Cell *x = cell_at (table, a, column), *y = cell_at (table, b, column);

  if (column_at (table, column)->kind == BATON_CELL_TEXT)
    return g_utf8_collate (x->text != NULL ? x->text : "", y->text != NULL ? y->text : "");
  if (isnan (x->number) || isnan (y->number))
    return isnan (y->number) - isnan (x->number);
  return x->number < y->number ? -1 : x->number > y->number;
}

static void
add_field (GString *csv, const char *text)
{
  gboolean formula = *text != '\0' && strchr ("=+-@\t\r", *text) != NULL;

  if (!formula && strpbrk (text, "\",\r\n") == NULL)
    {
      g_string_append (csv, text);
      return;
    }
  g_string_append_c (csv, '"');
  if (formula)
    g_string_append_c (csv, '\'');
  for (const char *p = text; *p != '\0'; p++)
    {
      if (*p == '"')
        g_string_append_c (csv, '"');
      g_string_append_c (csv, *p);
    }
  g_string_append_c (csv, '"');
}

static void
add_number (GString *csv, BatonCellKind kind, double number, GTimeZone *zone)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];
  g_autofree char *time = NULL;

  if (isnan (number))
    return;
  if (kind == BATON_CELL_TIME || kind == BATON_CELL_DAY)
    {
      time = baton_time_iso ((gint64) number, zone);
      g_string_append (csv, time);
      return;
    }
  if (kind == BATON_CELL_SPAN)
    number /= G_USEC_PER_SEC;
  g_string_append (csv, g_ascii_formatd (buffer, sizeof buffer, "%.15g", number));
}

char *
baton_table_csv (const BatonTable *table)
{
  GString *csv = g_string_new (NULL);
  guint n = table->columns->len;

  for (guint c = 0; c < n; c++)
    {
      if (c > 0)
        g_string_append_c (csv, ',');
      add_field (csv, column_at (table, c)->key);
    }
  g_string_append (csv, "\r\n");
  for (guint i = 0; i < table->cells->len; i++)
    {
      const Cell *cell = &g_array_index (table->cells, Cell, i);
      BatonCellKind kind = column_at (table, i % n)->kind;

      if (i % n > 0)
        g_string_append_c (csv, ',');
      if (kind != BATON_CELL_TEXT)
        add_number (csv, kind, cell->number, table->zone);
      else if (cell->text != NULL)
        add_field (csv, cell->text);
      if (i % n == n - 1)
        g_string_append (csv, "\r\n");
    }
  return g_string_free (csv, FALSE);
}
