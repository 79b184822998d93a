/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-core"

#include "part.h"

#include "baton-error.h"
#include "id.h"
#include "json.h"

#include <glib/gi18n-lib.h>
#include <jansson.h>
#include <string.h>

G_DEFINE_AUTOPTR_CLEANUP_FUNC (json_t, json_decref)

void
baton_part_begin (GString *out)
{
  g_string_append (out, "{\"tables\":[");
}

void
baton_part_end (GString *out)
{
  g_string_append (out, "]}");
}

static void
write_value (BatonJson *json, const BatonValue *value)
{
  if (value->kind == BATON_VALUE_INT)
    baton_json_int (json, NULL, value->number);
  else
    baton_json_string (json, NULL, value->kind == BATON_VALUE_TEXT ? value->text : NULL);
}

static void
write_row (BatonJson *json, const BatonRow *row)
{
  baton_json_begin_array (json, NULL);
  baton_json_string (json, NULL, row->id);
  for (guint i = 0; i < row->n_fields; i++)
    write_value (json, &row->values[i]);
  baton_json_end_array (json);
}

void
baton_part_add (GString *out, BatonEntity entity, GPtrArray *rows)
{
  const BatonEntityInfo *info = baton_entity_info (entity);
  BatonJson json;

  if (rows->len == 0)
    return;
  baton_json_init (&json, out);
  json.comma = out->len > 0 && out->str[out->len - 1] == '}';
  baton_json_begin_object (&json, NULL);
  baton_json_string (&json, "e", info->name);
  baton_json_begin_array (&json, "f");
  for (guint i = 0; i < info->n_fields; i++)
    baton_json_string (&json, NULL, baton_field_info (info->first + i)->name);
  baton_json_end_array (&json);
  baton_json_begin_array (&json, "r");
  for (guint i = 0; i < rows->len; i++)
    write_row (&json, g_ptr_array_index (rows, i));
  baton_json_end_array (&json);
  baton_json_end_object (&json);
}

static gboolean
broken (GError **error)
{
  g_set_error_literal (error, BATON_ERROR, BATON_ERROR_CODEC, _ ("This part of a snapshot cannot be read."));
  return FALSE;
}

static gboolean
take_value (BatonRow *row, BatonField field, json_t *value, GError **error)
{
  BatonType type = baton_field_info (field)->type;
  gboolean number = type == BATON_TYPE_INT || type == BATON_TYPE_BOOL || type == BATON_TYPE_TIME;

  if (json_is_null (value))
    return TRUE;
  if (number ? !json_is_integer (value) : !json_is_string (value))
    return broken (error);
  if (number)
    baton_row_set_int (row, field, json_integer_value (value));
  else
    baton_row_set_text (row, field, json_string_value (value));
  return TRUE;
}

static gboolean
read_row (BatonEntity entity, GArray *fields, json_t *array, GPtrArray *rows, GError **error)
{
  const char *id = json_string_value (json_array_get (array, 0));
  BatonRow *row;

  if (id == NULL || !baton_id_is_valid (id) || json_array_size (array) != fields->len + 1)
    return broken (error);
  row = baton_row_new (entity, id);
  g_ptr_array_add (rows, row);
  for (guint i = 0; i < fields->len; i++)
    {
      BatonField field = g_array_index (fields, BatonField, i);

      if (field != BATON_FIELD_NONE && !take_value (row, field, json_array_get (array, i + 1), error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
read_table (json_t *table, GPtrArray *rows, GError **error)
{
  const char *name = json_string_value (json_object_get (table, "e"));
  json_t *names = json_object_get (table, "f");
  g_autoptr (GArray) fields = g_array_new (FALSE, FALSE, sizeof (BatonField));
  BatonEntity entity = name != NULL ? baton_entity_find (name) : BATON_ENTITY_NONE;
  size_t i;
  json_t *value;

  if (name == NULL)
    return broken (error);
  if (entity == BATON_ENTITY_NONE)
    return TRUE;
  json_array_foreach (names, i, value)
    {
      BatonField field =
          json_is_string (value) ? baton_field_find (entity, json_string_value (value)) : BATON_FIELD_NONE;

      g_array_append_val (fields, field);
    }
  json_array_foreach (json_object_get (table, "r"), i, value)
    {
      if (!read_row (entity, fields, value, rows, error))
        return FALSE;
    }
  return TRUE;
}

GPtrArray *
baton_part_read (const char *text, gssize length, GError **error)
{
  g_autoptr (json_t) root =
      json_loadb (text, length < 0 ? strlen (text) : (size_t) length, JSON_REJECT_DUPLICATES, NULL);
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) baton_row_unref);
  json_t *tables = json_object_get (root, "tables");
  size_t i;
  json_t *table;

  if (!json_is_array (tables))
    {
      broken (error);
      return NULL;
    }
  json_array_foreach (tables, i, table)
    {
      if (!read_table (table, rows, error))
        return NULL;
    }
  return g_steal_pointer (&rows);
}
