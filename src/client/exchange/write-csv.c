/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-client"

#include "exchange.h"

#include "timestamp.h"

#include <string.h>

/* The columns of every board; the names are those that the import knows. */
typedef struct
{
  const char *header;
  BatonField field;
} Column;

static const Column columns[] = {
  { "Title", BATON_CARD_TITLE },
  { "Stage", BATON_CARD_STAGE },
  { "Owner", BATON_CARD_OWNER },
  { "Members", BATON_CARD_MEMBERS },
  { "Channel", BATON_CARD_CHANNEL },
  { "Campaign", BATON_CARD_CAMPAIGN },
  { "Asset type", BATON_CARD_ASSET_TYPE },
  { "Labels", BATON_CARD_LABELS },
  { "Due", BATON_CARD_DUE },
  { "Urgency", BATON_CARD_URGENCY },
  { "Brief", BATON_CARD_BRIEF },
  { "Notes", BATON_CARD_NOTES },
  { "Audience", BATON_CARD_AUDIENCE },
  { "Blocked", BATON_CARD_BLOCKED_REASON },
  { "Waits for", BATON_CARD_BLOCKERS },
  { "Created", BATON_CARD_CREATED },
  { "Creator", BATON_CARD_CREATOR },
  { "In stage since", BATON_CARD_ENTERED },
  { "Items", BATON_CARD_ITEMS },
  { "Items done", BATON_CARD_ITEMS_DONE },
  { "Comments", BATON_CARD_COMMENTS },
  { "Archived", BATON_CARD_ARCHIVED },
};

typedef struct
{
  BatonReader *reader;
  BatonCsvExportFlags flags;
  GString *out;
  GHashTable *names;  /* id → name of whatever a card refers to */
  GPtrArray *fields;  /* BatonRow of the board's own fields */
  GHashTable *values; /* card id + field id → text */
} Writer;

static void
write_cell (Writer *writer, const char *text, gboolean first)
{
  if (!first)
    g_string_append_c (writer->out, ',');
  if (text == NULL || *text == '\0')
    return;
  g_string_append_c (writer->out, '"');
  if ((writer->flags & BATON_CSV_EXPORT_SAFE) && strchr ("=+-@\t\r", *text) != NULL)
    g_string_append_c (writer->out, '\'');
  for (const char *at = text; *at != '\0'; at++)
    {
      if (*at == '"')
        g_string_append_c (writer->out, '"');
      g_string_append_c (writer->out, *at);
    }
  g_string_append_c (writer->out, '"');
}

static BatonField
name_field (BatonEntity entity)
{
  return entity == BATON_ENTITY_CARD ? BATON_CARD_TITLE : baton_field_find (entity, "name");
}

static gboolean
load_names (Writer *writer, GError **error)
{
  static const BatonEntity entities[] = { BATON_ENTITY_STAGE, BATON_ENTITY_PERSON, BATON_ENTITY_CHANNEL,
    BATON_ENTITY_CAMPAIGN, BATON_ENTITY_ASSET_TYPE, BATON_ENTITY_LABEL, BATON_ENTITY_CARD };

  for (guint i = 0; i < G_N_ELEMENTS (entities); i++)
    {
      g_autoptr (GPtrArray) rows =
          baton_reader_rows (writer->reader, entities[i], BATON_FIELD_NONE, NULL, TRUE, error);

      if (rows == NULL)
        return FALSE;
      for (guint j = 0; j < rows->len; j++)
        {
          const BatonRow *row = g_ptr_array_index (rows, j);

          g_hash_table_insert (
              writer->names, g_strdup (row->id), g_strdup (baton_row_text (row, name_field (entities[i]))));
        }
    }
  return TRUE;
}

static gboolean
load_values (Writer *writer, const char *board, GError **error)
{
  g_autoptr (GPtrArray) rows = NULL;

  writer->fields = baton_reader_rows (
      writer->reader, BATON_ENTITY_CUSTOM_FIELD, BATON_CUSTOM_FIELD_BOARD, board, FALSE, error);
  if (writer->fields == NULL)
    return FALSE;
  for (guint i = writer->fields->len; i > 0; i--)
    {
      if (baton_row_int (g_ptr_array_index (writer->fields, i - 1), BATON_CUSTOM_FIELD_REMOVED) != 0)
        g_ptr_array_remove_index (writer->fields, i - 1);
    }
  rows = baton_reader_rows (writer->reader, BATON_ENTITY_CUSTOM_VALUE, BATON_FIELD_NONE, NULL, FALSE, error);
  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      const BatonRow *row = g_ptr_array_index (rows, i);

      if (baton_row_int (row, BATON_CUSTOM_VALUE_REMOVED) == 0)
        g_hash_table_insert (writer->values,
            g_strconcat (baton_row_text (row, BATON_CUSTOM_VALUE_CARD),
                baton_row_text (row, BATON_CUSTOM_VALUE_FIELD), NULL),
            g_strdup (baton_row_text (row, BATON_CUSTOM_VALUE_TEXT)));
    }
  return rows != NULL;
}

static char *
set_names (Writer *writer, const char *set)
{
  g_auto (GStrv) ids = baton_set_split (set);
  GString *names = g_string_new (NULL);

  for (guint i = 0; ids[i] != NULL; i++)
    {
      const char *name = g_hash_table_lookup (writer->names, ids[i]);

      if (name != NULL)
        g_string_append_printf (names, "%s%s", names->len > 0 ? "; " : "", name);
    }
  return g_string_free (names, FALSE);
}

static char *
value_text (Writer *writer, BatonField field, const BatonValue *value)
{
  const BatonFieldInfo *info = baton_field_info (field);

  if (value->kind == BATON_VALUE_NONE)
    return NULL;
  if (info->type == BATON_TYPE_TIME)
    return baton_timestamp_format (value->number);
  if (value->kind == BATON_VALUE_INT)
    return g_strdup_printf ("%" G_GINT64_FORMAT, value->number);
  if (info->type == BATON_TYPE_REF)
    return g_strdup (g_hash_table_lookup (writer->names, value->text));
  if (info->type == BATON_TYPE_SET)
    return set_names (writer, value->text);
  return g_strdup (value->text);
}

static void
write_card (Writer *writer, const BatonRow *card)
{
  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    {
      g_autofree char *text = value_text (writer, columns[i].field, baton_row_value (card, columns[i].field));

      write_cell (writer, text, i == 0);
    }
  for (guint i = 0; i < writer->fields->len; i++)
    {
      const BatonRow *field = g_ptr_array_index (writer->fields, i);
      g_autofree char *key = g_strconcat (card->id, field->id, NULL);

      write_cell (writer, g_hash_table_lookup (writer->values, key), FALSE);
    }
  g_string_append (writer->out, "\r\n");
}

static void
write_header (Writer *writer)
{
  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    write_cell (writer, columns[i].header, i == 0);
  for (guint i = 0; i < writer->fields->len; i++)
    write_cell (
        writer, baton_row_text (g_ptr_array_index (writer->fields, i), BATON_CUSTOM_FIELD_NAME), FALSE);
  g_string_append (writer->out, "\r\n");
}

static gboolean
flush (Writer *writer, GOutputStream *stream, GCancellable *cancellable, GError **error)
{
  gboolean ok =
      g_output_stream_write_all (stream, writer->out->str, writer->out->len, NULL, cancellable, error);

  g_string_truncate (writer->out, 0);
  return ok;
}

static gboolean
write_stage (
    Writer *writer, const char *stage, GOutputStream *stream, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) cards =
      baton_reader_rows (writer->reader, BATON_ENTITY_CARD, BATON_CARD_STAGE, stage, FALSE, error);

  for (guint i = 0; cards != NULL && i < cards->len; i++)
    {
      const BatonRow *card = g_ptr_array_index (cards, i);

      if (baton_row_int (card, BATON_CARD_REMOVED) != 0 || baton_row_int (card, BATON_CARD_TEMPLATE) != 0)
        continue;
      write_card (writer, card);
      if (writer->out->len > 65536 && !flush (writer, stream, cancellable, error))
        return FALSE;
    }
  return cards != NULL && flush (writer, stream, cancellable, error);
}

static gboolean
write_all (
    Writer *writer, const char *board, GOutputStream *stream, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) stages = NULL;

  if (!load_names (writer, error) || !load_values (writer, board, error))
    return FALSE;
  stages = baton_reader_rows (writer->reader, BATON_ENTITY_STAGE, BATON_STAGE_BOARD, board, TRUE, error);
  if (stages == NULL)
    return FALSE;
  write_header (writer);
  for (guint i = 0; i < stages->len; i++)
    {
      if (!write_stage (writer, ((BatonRow *) g_ptr_array_index (stages, i))->id, stream, cancellable, error))
        return FALSE;
    }
  return flush (writer, stream, cancellable, error);
}

gboolean
baton_exchange_write_csv (BatonReader *reader, const char *board, BatonCsvExportFlags flags,
    GOutputStream *stream, GCancellable *cancellable, GError **error)
{
  g_autoptr (GString) out = g_string_new (NULL);
  g_autoptr (GHashTable) names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (GHashTable) values = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  Writer writer = { reader, flags, out, names, NULL, values };
  gboolean ok;

  g_return_val_if_fail (reader != NULL && board != NULL && G_IS_OUTPUT_STREAM (stream), FALSE);
  if (!baton_reader_hold (reader, error))
    return FALSE;
  ok = write_all (&writer, board, stream, cancellable, error);
  baton_reader_release (reader);
  g_clear_pointer (&writer.fields, g_ptr_array_unref);
  return ok;
}
