/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-client"

#include "exchange.h"

#include "apply.h"
#include "codec.h"
#include "json.h"

typedef struct
{
  GString *out;
  GOutputStream *stream;
  GCancellable *cancellable;
  GError **error;
  gboolean failed;
  gboolean comma;
} Writer;

static gboolean
flush (Writer *writer, gsize above)
{
  if (writer->out->len <= above)
    return TRUE;
  if (!g_output_stream_write_all (
          writer->stream, writer->out->str, writer->out->len, NULL, writer->cancellable, writer->error))
    writer->failed = TRUE;
  g_string_truncate (writer->out, 0);
  return !writer->failed;
}

static void
write_header (Writer *writer, BatonReader *reader)
{
  g_autoptr (BatonRow) row = baton_reader_row (reader, BATON_ENTITY_WORKSPACE, BATON_WORKSPACE_ID);
  BatonJson json;

  baton_json_init (&json, writer->out);
  baton_json_begin_object (&json, NULL);
  baton_json_string (&json, "format", "baton");
  baton_json_int (&json, "version", 1);
  baton_json_begin_object (&json, "workspace");
  baton_json_string (&json, "name", row != NULL ? baton_row_text (row, BATON_WORKSPACE_NAME) : NULL);
  baton_json_end_object (&json);
  g_string_append (writer->out, ",\n\"operations\":[");
}

static gboolean
write_op (gint64 seq, const BatonOp *op, gpointer data)
{
  Writer *writer = data;

  g_string_append (writer->out, writer->comma ? ",\n" : "\n");
  writer->comma = TRUE;
  baton_op_write (op, writer->out);
  return flush (writer, 65536);
}

static void
write_value (BatonJson *json, const char *name, const BatonValue *value)
{
  if (value->kind == BATON_VALUE_INT)
    baton_json_int (json, name, value->number);
  else if (value->kind == BATON_VALUE_TEXT)
    baton_json_string (json, name, value->text);
}

/* What is not set is left out. */
static void
write_row (Writer *writer, const BatonRow *row)
{
  const BatonEntityInfo *info = baton_entity_info (row->entity);
  BatonJson json;

  baton_json_init (&json, writer->out);
  baton_json_begin_object (&json, NULL);
  baton_json_string (&json, "id", row->id);
  for (guint i = 0; i < info->n_fields; i++)
    write_value (&json, baton_field_info (info->first + i)->name, &row->values[i]);
  baton_json_end_object (&json);
}

static int
compare_ids (const void *a, const void *b)
{
  return g_strcmp0 ((*(BatonRow *const *) a)->id, (*(BatonRow *const *) b)->id);
}

static gboolean
write_entity (Writer *writer, BatonReader *reader, BatonEntity entity)
{
  g_autoptr (GPtrArray) rows =
      baton_reader_rows (reader, entity, BATON_FIELD_NONE, NULL, FALSE, writer->error);

  if (rows == NULL)
    return FALSE;
  g_ptr_array_sort (rows, compare_ids);
  g_string_append_printf (
      writer->out, "%s\n\"%s\":[", entity > 0 ? "," : "", baton_entity_info (entity)->name);
  for (guint i = 0; i < rows->len; i++)
    {
      g_string_append (writer->out, i > 0 ? ",\n" : "\n");
      write_row (writer, g_ptr_array_index (rows, i));
      if (!flush (writer, 65536))
        return FALSE;
    }
  g_string_append_c (writer->out, ']');
  return TRUE;
}

static gboolean
write_all (Writer *writer, BatonReader *reader)
{
  write_header (writer, reader);
  if (!baton_reader_each_op (reader, 0, write_op, writer, writer->error) || writer->failed)
    return FALSE;
  g_string_append (writer->out, "],\n\"state\":{");
  for (guint i = 0; i < BATON_N_ENTITIES; i++)
    {
      if (!write_entity (writer, reader, i))
        return FALSE;
    }
  g_string_append (writer->out, "}}\n");
  return flush (writer, 0);
}

gboolean
baton_exchange_write_json (
    BatonReader *reader, GOutputStream *stream, GCancellable *cancellable, GError **error)
{
  g_autoptr (GString) out = g_string_new (NULL);
  Writer writer = { out, stream, cancellable, error, FALSE, FALSE };
  gboolean ok;

  g_return_val_if_fail (reader != NULL && G_IS_OUTPUT_STREAM (stream), FALSE);
  if (!baton_reader_hold (reader, error))
    return FALSE;
  ok = write_all (&writer, reader);
  baton_reader_release (reader);
  return ok;
}
