/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-client"

#include "csv-known.h"

#include "csv-names.h"
#include "moves.h"

#include <string.h>

#define PREFIX "csv:"
/* Longer ones are told apart by what they begin with and a sum of the rest. */
#define LONGEST 300

struct _CsvKnown
{
  GHashTable *keys; /* key → GPtrArray of BatonRow, the last one first */
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
remember (CsvKnown *known, char *key, BatonRow *row)
{
  GPtrArray *rows = g_hash_table_lookup (known->keys, key);

  if (rows == NULL)
    {
      rows = g_ptr_array_new_with_free_func ((GDestroyNotify) baton_row_unref);
      g_hash_table_insert (known->keys, key, rows);
    }
  else
    g_free (key);
  g_ptr_array_insert (rows, 0, baton_row_ref (row));
}

typedef struct
{
  GHashTable *rows; /* id → row */
  CsvKnown *known;
} Ordering;

static void
take_facts (const BatonCardFacts *facts, gpointer data)
{
  Ordering *self = data;
  BatonRow *row = g_hash_table_lookup (self->rows, facts->id);
  const char *title = row != NULL ? baton_row_text (row, BATON_CARD_TITLE) : NULL;

  /* Cards that people made are known by their title. */
  if (row != NULL && csv_is_imported (row))
    remember (self->known, g_strdup (baton_row_text (row, BATON_CARD_SOURCE)), row);
  else if (title != NULL)
    remember (self->known, make_key (title), row);
}

/* Rows that are called the same stand for cards in the order in which those were made, wherever they are now.
 */
CsvKnown *
csv_known_new (BatonReader *reader, const char *board, GError **error)
{
  g_autoptr (GPtrArray) rows =
      baton_reader_rows (reader, BATON_ENTITY_CARD, BATON_CARD_BOARD, board, FALSE, error);
  g_autoptr (GHashTable) by_id = g_hash_table_new (g_str_hash, g_str_equal);
  CsvKnown *known;
  Ordering ordering = { by_id, NULL };

  if (rows == NULL)
    return NULL;
  known = ordering.known = g_new0 (CsvKnown, 1);
  known->keys = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);
  for (guint i = 0; i < rows->len; i++)
    {
      BatonRow *row = g_ptr_array_index (rows, i);

      g_hash_table_insert (by_id, row->id, row);
    }
  if (baton_reader_card_facts (reader, board, NULL, take_facts, &ordering, error))
    return known;
  csv_known_free (known);
  return NULL;
}

void
csv_known_free (CsvKnown *known)
{
  g_hash_table_unref (known->keys);
  g_free (known);
}

BatonRow *
csv_known_take (CsvKnown *known, const char *key)
{
  GPtrArray *rows = g_hash_table_lookup (known->keys, key);

  return rows != NULL && rows->len > 0 ? g_ptr_array_steal_index (rows, rows->len - 1) : NULL;
}

gboolean
csv_is_imported (const BatonRow *card)
{
  const char *source = baton_row_text (card, BATON_CARD_SOURCE);

  return source != NULL && g_str_has_prefix (source, PREFIX);
}
