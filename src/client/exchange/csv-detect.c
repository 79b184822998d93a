/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-client"

#include "csv-guess.h"

#include "baton-error.h"
#include "plan.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define ROWS_LOOKED_AT 50

static char *
refuse (GError **error, const char *message)
{
  g_set_error_literal (error, BATON_ERROR, BATON_ERROR_INVALID, message);
  return NULL;
}

static char *
convert (const char *text, gsize length, const char *encoding, gsize *written, GError **error)
{
  g_autoptr (GError) local = NULL;
  char *converted = g_convert (text, (gssize) length, "UTF-8", encoding, NULL, written, &local);

  if (converted == NULL)
    g_set_error (error, BATON_ERROR, BATON_ERROR_INVALID,
        _ ("The file cannot be read as %s. Choose another encoding. Nothing was imported."), encoding);
  return converted;
}

/* Of text in two bytes a character, most have a zero in the same place. */
static const char *
guess_wide (const char *text, gsize length)
{
  gsize looked_at = MIN (length, 4096) & ~(gsize) 1;
  gsize zeros[2] = { 0, 0 };

  for (gsize i = 0; i < looked_at; i++)
    zeros[i & 1] += text[i] == '\0';
  if (length % 2 != 0 || looked_at < 4)
    return NULL;
  if (zeros[1] > looked_at / 4 && zeros[0] == 0)
    return "UTF-16LE";
  return zeros[0] > looked_at / 4 && zeros[1] == 0 ? "UTF-16BE" : NULL;
}

const char *
baton_csv_wide_encoding (const char *text, gsize length, gsize *skip)
{
  *skip = 0;
  if (length >= 3 && memcmp (text, "\xef\xbb\xbf", 3) == 0)
    {
      *skip = 3;
      return NULL;
    }
  if (length >= 4 && (memcmp (text, "\xff\xfe\0", 4) == 0 || memcmp (text, "\0\0\xfe\xff", 4) == 0))
    {
      *skip = 4;
      return *text == '\0' ? "UTF-32BE" : "UTF-32LE";
    }
  if (length >= 2 && memcmp (text, "\xff\xfe", 2) == 0)
    {
      *skip = 2;
      return "UTF-16LE";
    }
  if (length >= 2 && memcmp (text, "\xfe\xff", 2) == 0)
    {
      *skip = 2;
      return "UTF-16BE";
    }
  return guess_wide (text, length);
}

/* A byte order mark tells; text that is valid UTF-8 hardly ever is anything else; the rest (NULL) comes from
 * spreadsheets on Windows. */
static const char *
guess_encoding (const char *text, gsize length, gsize *skip)
{
  const char *wide = baton_csv_wide_encoding (text, length, skip);

  if (wide != NULL)
    return wide;
  return *skip > 0 || g_utf8_validate_len (text, length, NULL) ? "UTF-8" : NULL;
}

static char *
decode_guessed (const char *text, gsize length, char **encoding, gsize *written, GError **error)
{
  gsize skip;
  const char *guess = guess_encoding (text, length, &skip);
  char *converted = NULL;

  if (memchr (text + skip, '\0', length - skip) != NULL && (guess == NULL || g_str_equal (guess, "UTF-8")))
    return refuse (error, _ ("This is not a text file, so it cannot be a table. Nothing was imported."));
  if (guess == NULL)
    {
      converted = convert (text, length, "WINDOWS-1252", written, NULL);
      guess = converted != NULL ? "WINDOWS-1252" : "ISO-8859-1"; /* in which every byte is something */
    }
  if (converted == NULL)
    converted = convert (text + skip, length - skip, guess, written, error);
  *encoding = g_strdup (guess);
  return converted;
}

char *
baton_csv_decode (GBytes *bytes, const char *wanted, char **encoding, gsize *length, GError **error)
{
  gsize n;
  const char *text = g_bytes_get_data (bytes, &n);
  g_autofree char *decoded = NULL;
  gsize start = 0;

  if (wanted != NULL)
    {
      *encoding = g_strdup (wanted);
      decoded = convert (text, n, wanted, length, error);
    }
  else if (n > 0)
    decoded = decode_guessed (text, n, encoding, length, error);
  else
    return refuse (error, _ ("The file is empty. Nothing was imported."));
  if (decoded == NULL)
    return NULL;
  if (*length >= 3 && memcmp (decoded, "\xef\xbb\xbf", 3) == 0)
    {
      memmove (decoded, decoded + 3, *length - 2);
      *length -= 3;
    }
  if (memchr (decoded, '\0', *length) != NULL)
    return refuse (
        error, _ ("The file has zero characters in it. Choose another encoding. Nothing was imported."));
  while (start < *length && g_ascii_isspace (decoded[start]))
    start++;
  if (start == *length)
    return refuse (error, _ ("The file is empty. Nothing was imported."));
  return g_steal_pointer (&decoded);
}

/* Apostrophes open cells only in files that use no double quotes at all. */
static char
guess_quote (const BatonCsvFile *csv)
{
  gboolean opens = TRUE;
  guint single = 0;

  for (gsize i = 0; i < MIN (csv->length, 100000); i++)
    {
      char c = csv->text[i];

      if (c == '"')
        return '"';
      single += opens && c == '\'';
      opens = c == ',' || c == ';' || c == '\t' || c == '|' || c == '\n';
    }
  return single > 1 ? '\'' : '"';
}

/* How well a delimiter explains the first rows: the share of rows that have the commonest number of columns,
 * which has to be more than one. */
static double
rate_delimiter (const BatonCsvFile *csv, char delimiter)
{
  g_autoptr (GPtrArray) cells = baton_csv_cells_new ();
  guint counts[64] = { 0 };
  BatonCsvParser parser;
  guint n_cells, line;
  guint rows = 0;
  double best = 0;

  baton_csv_parser_init (
      &parser, csv->text + csv->begin, csv->length - csv->begin, delimiter, csv->format.quote);
  while (rows < ROWS_LOOKED_AT && baton_csv_parser_next (&parser, cells, &n_cells, &line, NULL))
    {
      if (n_cells == 1 && ((GString *) g_ptr_array_index (cells, 0))->len == 0)
        continue;
      counts[MIN (n_cells, 63)]++;
      rows++;
    }
  for (guint i = 2; i < 64 && rows > 0; i++)
    best = MAX (best, (double) counts[i] / rows + MIN (i, 20) * 0.01);
  return best;
}

static char
guess_delimiter (const BatonCsvFile *csv)
{
  static const char delimiters[] = { ',', ';', '\t', '|' };
  char best = ',';
  double best_rate = 0;

  for (guint i = 0; i < G_N_ELEMENTS (delimiters); i++)
    {
      double rate = rate_delimiter (csv, delimiters[i]);

      if (rate > best_rate)
        {
          best = delimiters[i];
          best_rate = rate;
        }
    }
  return best;
}

static gboolean
looks_like_data (const char *cell)
{
  gint64 at;
  char *end;

  if (*cell == '\0')
    return FALSE;
  g_ascii_strtod (cell, &end);
  return *end == '\0' || strchr (cell, '@') != NULL || strstr (cell, "://") != NULL || strlen (cell) > 60 ||
         baton_csv_parse_date (cell, BATON_DATES_DMY, &at) ||
         baton_csv_parse_date (cell, BATON_DATES_MDY, &at);
}

/* Names are not numbers, dates, addresses or long, and no two columns have the same. A list of one column
 * whose name nobody knows is taken for cards: a card too many is seen, one that is missing is not. */
static gboolean
guess_header (const BatonCsvFile *csv)
{
  g_autoptr (GPtrArray) cells = baton_csv_cells_new ();
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  BatonCsvParser parser;
  guint n_cells, line;
  gboolean known = FALSE;
  gboolean data = FALSE;

  baton_csv_parser_start (&parser, csv);
  if (!baton_csv_parser_next (&parser, cells, &n_cells, &line, NULL))
    return TRUE;
  for (guint i = 0; i < n_cells; i++)
    {
      const GString *cell = g_ptr_array_index (cells, i);

      known = known || baton_csv_role_of_header (cell->str) != BATON_CSV_N_ROLES;
      data = data || looks_like_data (cell->str) || (cell->len > 0 && !g_hash_table_add (seen, cell->str));
    }
  return known || (!data && n_cells > 1);
}

/* Spreadsheets write “sep=;” into the first line to say what stands between cells; lines without any text
 * are no rows. */
static void
skip_preface (BatonCsvFile *csv)
{
  const char *end = csv->text + csv->length;
  const char *at = csv->text;
  const char *next;

  csv->first_line = 1;
  if (csv->length > 5 && g_ascii_strncasecmp (at, "sep=", 4) == 0 && (at[5] == '\n' || at[5] == '\r'))
    {
      if (csv->format.delimiter == '\0')
        csv->format.delimiter = at[4];
      at += 5;
    }
  for (next = at; next < end && strchr (" \t,;|\r\n", *next) != NULL; next++)
    {
      gboolean ends_line = *next == '\n' || (*next == '\r' && (next + 1 == end || next[1] != '\n'));

      csv->first_line += ends_line;
      if (ends_line)
        at = next + 1;
    }
  if (next == end)
    {
      csv->first_line = 1;
      at = csv->text;
    }
  csv->begin = (gsize) (at - csv->text);
}

/* How many cells say anything, and how many are names of columns that are known. */
static guint
weigh_row (const GPtrArray *cells, guint n_cells, guint *known)
{
  guint filled = 0;

  *known = 0;
  for (guint i = 0; i < n_cells; i++)
    {
      const char *cell = ((const GString *) g_ptr_array_index (cells, i))->str;

      filled += !baton_exchange_is_blank (cell);
      *known += baton_csv_role_of_header (cell) != BATON_CSV_N_ROLES;
    }
  return filled;
}

#define MOST_TITLES 8

/* Tables that were made for people begin with a title, or the name of a group, above the names of the
 * columns. */
static void
skip_titles (BatonCsvFile *csv)
{
  g_autoptr (GPtrArray) cells = baton_csv_cells_new ();
  BatonCsvParser parser;
  guint n_cells, line, known;

  baton_csv_parser_start (&parser, csv);
  for (guint i = 0; i < MOST_TITLES; i++)
    {
      const char *at = parser.at;
      guint filled;

      if (!baton_csv_parser_next (&parser, cells, &n_cells, &line, NULL))
        return;
      filled = weigh_row (cells, n_cells, &known);
      if (filled > 2 && known > 1)
        {
          csv->begin = (gsize) (at - csv->text);
          csv->first_line = line;
          return;
        }
      if (filled > 1)
        return;
    }
}

void
baton_csv_guess_format (BatonCsvFile *csv)
{
  skip_preface (csv);
  if (csv->format.quote == '\0')
    csv->format.quote = guess_quote (csv);
  if (csv->format.delimiter == '\0')
    csv->format.delimiter = guess_delimiter (csv);
  if (csv->format.header != 0)
    skip_titles (csv);
  if (csv->format.header < 0)
    csv->format.header = guess_header (csv);
}
