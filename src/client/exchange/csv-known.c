/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-client"

#include "csv-known.h"

#include "csv-names.h"

#include <string.h>

#define PREFIX "csv:"
/* Longer ones are told apart by what they begin with and a sum of the rest. */
#define LONGEST 300

struct _CsvKnown
{
  GHashTable *keys; /* key → how many cards */
};

static char *
make_key (const char *text)
{
  g_autofree char *folded = csv_fold (text);
  g_autofree char *sum = NULL;
  const char *end;

  if (strlen (folded) <= LONGEST)
    return g_strconcat (PREFIX, folded, NULL);
  sum = g_compute_checksum_for_string (G_CHECKSUM_SHA256, folded, -1);
  g_utf8_validate_len (folded, LONGEST, &end);
  return g_strdup_printf (PREFIX "%.*s %s", (int) (end - folded), folded, sum);
}

char *
csv_board_source (const char *name)
{
  return make_key (name);
}

static gboolean
is_key_column (const char *name)
{
  static const char *const names[] = { "id", "key", "issue key", "issue id", "task id", "card id", "item id",
    "number", "nr", "nr.", "url" };
  g_autofree char *folded = csv_fold (name);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      if (g_str_equal (folded, names[i]))
        return TRUE;
    }
  return FALSE;
}

static const char *
text_of (GPtrArray *cells, guint n_cells, guint column)
{
  return column < n_cells ? ((GString *) g_ptr_array_index (cells, column))->str : "";
}

char *
csv_key (const BatonCsvFile *csv, GPtrArray *cells, guint n_cells)
{
  const char *title = "";

  for (guint i = 0; i < csv->columns->len; i++)
    {
      const BatonCsvColumn *column = g_ptr_array_index (csv->columns, i);
      const char *text = text_of (cells, n_cells, i);

      if (column->role == BATON_CSV_TITLE)
        title = text;
      else if (csv->format.header && is_key_column (column->name) && !baton_exchange_is_blank (text))
        {
          g_autofree char *named = g_strdup_printf ("%s=%s", column->name, text);

          return make_key (named);
        }
    }
  return make_key (title);
}

static void
remember (CsvKnown *known, char *key)
{
  guint n = GPOINTER_TO_UINT (g_hash_table_lookup (known->keys, key));

  g_hash_table_replace (known->keys, key, GUINT_TO_POINTER (n + 1));
}

CsvKnown *
csv_known_new (BatonReader *reader, const char *board, GError **error)
{
  g_autoptr (GPtrArray) rows =
      baton_reader_rows (reader, BATON_ENTITY_CARD, BATON_CARD_BOARD, board, FALSE, error);
  CsvKnown *known;

  if (rows == NULL)
    return NULL;
  known = g_new0 (CsvKnown, 1);
  known->keys = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < rows->len; i++)
    {
      const BatonRow *row = g_ptr_array_index (rows, i);
      const char *source = baton_row_text (row, BATON_CARD_SOURCE);
      const char *title = baton_row_text (row, BATON_CARD_TITLE);

      /* Cards that people made are known by their title. */
      if (source != NULL && g_str_has_prefix (source, PREFIX))
        remember (known, g_strdup (source));
      else if (title != NULL)
        remember (known, make_key (title));
    }
  return known;
}

void
csv_known_free (CsvKnown *known)
{
  g_hash_table_unref (known->keys);
  g_free (known);
}

gboolean
csv_known_take (CsvKnown *known, const char *key)
{
  guint n = GPOINTER_TO_UINT (g_hash_table_lookup (known->keys, key));

  if (n == 0)
    return FALSE;
  g_hash_table_replace (known->keys, g_strdup (key), GUINT_TO_POINTER (n - 1));
  return TRUE;
}
