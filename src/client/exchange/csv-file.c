/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-client"

#include "csv-file.h"

#include "baton-error.h"
#include "column-map.h"
#include "csv-guess.h"

#include <glib/gi18n-lib.h>
#include <string.h>

void
baton_csv_parser_init (BatonCsvParser *parser, const char *text, gsize length, char delimiter, char quote)
{
  *parser = (BatonCsvParser){ text, text + length, text, delimiter, quote, 1 };
}

void
baton_csv_parser_start (BatonCsvParser *parser, const BatonCsvFile *csv)
{
  baton_csv_parser_init (
      parser, csv->text + csv->begin, csv->length - csv->begin, csv->format.delimiter, csv->format.quote);
  parser->line = csv->first_line;
}

static void
cell_free (gpointer cell)
{
  g_string_free (cell, TRUE);
}

GPtrArray *
baton_csv_cells_new (void)
{
  return g_ptr_array_new_with_free_func (cell_free);
}

static GString *
next_cell (GPtrArray *cells, guint *n_cells)
{
  GString *cell;

  if (*n_cells == cells->len)
    g_ptr_array_add (cells, g_string_new (NULL));
  cell = g_ptr_array_index (cells, *n_cells);
  g_string_truncate (cell, 0);
  *n_cells += 1;
  return cell;
}

/* After the opening quote; a doubled quote is one, and lines may end inside. */
static gboolean
read_quoted (BatonCsvParser *parser, GString *cell, GError **error)
{
  guint opened = parser->line;

  while (parser->at < parser->end)
    {
      const char *from = parser->at;

      while (parser->at < parser->end && *parser->at != parser->quote)
        parser->line += *parser->at++ == '\n';
      g_string_append_len (cell, from, parser->at - from);
      if (parser->at == parser->end)
        break;
      parser->at++;
      if (parser->at == parser->end || *parser->at != parser->quote)
        return TRUE;
      g_string_append_c (cell, parser->quote);
      parser->at++;
    }
  g_set_error (error, BATON_ERROR, BATON_ERROR_INVALID,
      _ ("The quote that opens in line %u is never closed, so it is not clear where the cell ends."
         " Nothing was imported."),
      opened);
  return FALSE;
}

static gboolean
at_cell_end (const BatonCsvParser *parser)
{
  return parser->at == parser->end || *parser->at == parser->delimiter || *parser->at == '\n' ||
         *parser->at == '\r';
}

static gboolean
read_cell (BatonCsvParser *parser, GString *cell, GError **error)
{
  const char *from;

  if (parser->at < parser->end && *parser->at == parser->quote)
    {
      parser->at++;
      if (!read_quoted (parser, cell, error))
        return FALSE;
    }
  /* Quotes inside an unquoted cell, and what follows a closing one, are taken as they are. */
  from = parser->at;
  while (!at_cell_end (parser))
    parser->at++;
  g_string_append_len (cell, from, parser->at - from);
  return TRUE;
}

gboolean
baton_csv_parser_next (BatonCsvParser *parser, GPtrArray *cells, guint *n_cells, guint *line, GError **error)
{
  *n_cells = 0;
  *line = parser->line;
  if (parser->at == parser->end)
    return FALSE;
  while (read_cell (parser, next_cell (cells, n_cells), error))
    {
      if (parser->at == parser->end)
        return TRUE;
      if (*parser->at == parser->delimiter)
        {
          parser->at++;
          continue;
        }
      if (*parser->at == '\r' && parser->at + 1 < parser->end && parser->at[1] == '\n')
        parser->at++;
      parser->at++;
      parser->line++;
      return TRUE;
    }
  return FALSE;
}

static void
column_free (gpointer data)
{
  BatonCsvColumn *column = data;

  g_free (column->name);
  g_free (column->field);
  g_free (column);
}

void
baton_csv_free (BatonCsvFile *csv)
{
  g_clear_pointer (&csv->owner, g_bytes_unref);
  g_free (csv->encoding);
  g_clear_pointer (&csv->columns, g_ptr_array_unref);
  g_clear_pointer (&csv->preview, g_ptr_array_unref);
  g_free (csv);
}

static void
strv_free (gpointer strv)
{
  g_strfreev (strv);
}

static gpointer
copy_column (gconstpointer source, gpointer data)
{
  const BatonCsvColumn *column = source;
  BatonCsvColumn *copy = g_new0 (BatonCsvColumn, 1);

  copy->name = g_strdup (column->name);
  copy->role = column->role;
  copy->field = g_strdup (column->field);
  return copy;
}

static gpointer
copy_strv (gconstpointer source, gpointer data)
{
  return g_strdupv ((char **) source);
}

BatonCsvFile *
baton_csv_copy (const BatonCsvFile *csv)
{
  BatonCsvFile *copy = g_memdup2 (csv, sizeof *csv);

  g_bytes_ref (copy->owner);
  copy->encoding = g_strdup (csv->encoding);
  copy->format.encoding = copy->encoding;
  copy->columns = g_ptr_array_copy (csv->columns, copy_column, NULL);
  copy->preview = g_ptr_array_copy (csv->preview, copy_strv, NULL);
  return copy;
}

static char **
copy_row (GPtrArray *cells, guint n_cells, guint n_columns)
{
  char **row = g_new0 (char *, n_columns + 1);

  for (guint i = 0; i < n_columns; i++)
    row[i] = g_strdup (i < n_cells ? ((GString *) g_ptr_array_index (cells, i))->str : "");
  return row;
}

static void
add_column (BatonCsvFile *csv, const char *name)
{
  BatonCsvColumn *column = g_new0 (BatonCsvColumn, 1);
  g_autofree char *trimmed = g_strstrip (g_strdup (name != NULL ? name : ""));

  column->name = *trimmed != '\0' ? g_steal_pointer (&trimmed)
                                  : g_strdup_printf (_ ("Column %u"), csv->columns->len + 1);
  g_ptr_array_add (csv->columns, column);
}

/* The widest of the first rows says how many columns there are. */
static gboolean
read_columns (BatonCsvFile *csv, GError **error)
{
  g_autoptr (GPtrArray) cells = baton_csv_cells_new ();
  BatonCsvParser parser;
  guint n_cells, line;
  GError *local = NULL;

  baton_csv_parser_start (&parser, csv);
  for (guint i = 0;
       i <= BATON_CSV_PREVIEW_ROWS && baton_csv_parser_next (&parser, cells, &n_cells, &line, &local); i++)
    {
      for (guint j = csv->columns->len; j < n_cells; j++)
        {
          const GString *cell = g_ptr_array_index (cells, j);

          add_column (csv, csv->format.header && i == 0 ? cell->str : NULL);
        }
    }
  if (local != NULL)
    {
      g_propagate_error (error, local);
      return FALSE;
    }
  return TRUE;
}

static void
read_preview (BatonCsvFile *csv)
{
  g_autoptr (GPtrArray) cells = baton_csv_cells_new ();
  BatonCsvParser parser;
  guint n_cells, line;
  gboolean first = TRUE;

  baton_csv_parser_start (&parser, csv);
  while (csv->preview->len < BATON_CSV_PREVIEW_ROWS &&
         baton_csv_parser_next (&parser, cells, &n_cells, &line, NULL))
    {
      if (!first || !csv->format.header)
        g_ptr_array_add (csv->preview, copy_row (cells, n_cells, csv->columns->len));
      first = FALSE;
    }
}

BatonCsvFile *
baton_csv_open (GBytes *bytes, const BatonCsvFormat *wanted, GError **error)
{
  static const BatonCsvFormat guess = BATON_CSV_FORMAT_GUESS;
  g_autoptr (BatonCsvFile) csv = g_new0 (BatonCsvFile, 1);
  char *text;

  csv->format = wanted != NULL ? *wanted : guess;
  csv->dates_chosen = csv->format.dates != BATON_DATES_GUESS;
  csv->columns = g_ptr_array_new_with_free_func (column_free);
  csv->preview = g_ptr_array_new_with_free_func (strv_free);
  text = baton_csv_decode (bytes, csv->format.encoding, &csv->encoding, &csv->length, error);
  if (text == NULL)
    return NULL;
  csv->text = text;
  csv->owner = g_bytes_new_take (text, csv->length);
  csv->format.encoding = csv->encoding;
  baton_csv_guess_format (csv);
  if (!read_columns (csv, error))
    return NULL;
  read_preview (csv);
  baton_csv_propose_map (csv);
  baton_csv_map_changed (csv);
  return g_steal_pointer (&csv);
}

static const char *
column_name (gpointer table, guint index)
{
  return ((BatonCsvColumn *) g_ptr_array_index (((BatonCsvFile *) table)->columns, index))->name;
}

/* There can be one column for each but labels, members and the team's own fields. */
gboolean
baton_csv_role_repeats (BatonCsvRole role)
{
  return role == BATON_CSV_CUSTOM || role == BATON_CSV_LABELS || role == BATON_CSV_MEMBERS ||
         role == BATON_CSV_IGNORE;
}

static gboolean
set_role (gpointer table, const char *role_name, guint index, GError **error)
{
  BatonCsvFile *csv = table;
  gboolean custom = g_str_has_prefix (role_name, "custom:");
  BatonCsvRole role = custom ? BATON_CSV_CUSTOM : baton_csv_role_find (role_name);
  BatonCsvColumn *column = g_ptr_array_index (csv->columns, index);

  if (role == BATON_CSV_N_ROLES)
    {
      g_set_error (error, BATON_ERROR, BATON_ERROR_INVALID, _ ("Cards have no “%s”."), role_name);
      return FALSE;
    }
  for (guint i = 0; i < csv->columns->len && !baton_csv_role_repeats (role); i++)
    {
      BatonCsvColumn *other = g_ptr_array_index (csv->columns, i);

      if (other->role == role)
        other->role = BATON_CSV_IGNORE;
    }
  column->role = role;
  g_free (column->field);
  column->field =
      custom && role_name[strlen ("custom:")] != '\0' ? g_strdup (role_name + strlen ("custom:")) : NULL;
  return TRUE;
}

gboolean
baton_csv_set_map (BatonCsvFile *csv, const char *map, GError **error)
{
  if (!baton_column_map_apply (map, csv, csv->columns->len, column_name, set_role, error))
    return FALSE;
  baton_csv_map_changed (csv);
  return TRUE;
}
