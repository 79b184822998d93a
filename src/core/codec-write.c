/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-core"

#include "codec.h"

#include "json.h"

static void
write_value (BatonJson *json, const char *name, const BatonValue *value)
{
  switch (value->kind)
    {
    case BATON_VALUE_INT:
      baton_json_int (json, name, value->number);
      break;
    case BATON_VALUE_TEXT:
      baton_json_string (json, name, value->text);
      break;
    case BATON_VALUE_NONE:
    default:
      baton_json_null (json, name);
      break;
    }
}

static void
write_optional (BatonJson *json, const char *name, const char *text)
{
  if (text != NULL)
    baton_json_string (json, name, text);
}

static void
write_strings (BatonJson *json, const char *name, const GPtrArray *strings)
{
  if (strings->len == 0)
    return;
  baton_json_begin_array (json, name);
  for (guint i = 0; i < strings->len; i++)
    baton_json_string (json, NULL, g_ptr_array_index (strings, i));
  baton_json_end_array (json);
}

static void
write_sets (BatonJson *json, const char *name, const GArray *sets)
{
  if (sets->len == 0)
    return;
  baton_json_begin_object (json, name);
  for (guint i = 0; i < sets->len; i++)
    {
      const BatonSet *set = &g_array_index (sets, BatonSet, i);

      write_value (json, baton_field_info (set->field)->name, &set->value);
    }
  baton_json_end_object (json);
}

static void
write_links (BatonJson *json, const BatonOp *op)
{
  if (op->links->len == 0)
    return;
  baton_json_begin_array (json, "link");
  for (guint i = 0; i < op->links->len; i++)
    {
      const BatonLink *link = &g_array_index (op->links, BatonLink, i);

      baton_json_begin_array (json, NULL);
      baton_json_string (json, NULL, baton_field_info (link->field)->name);
      baton_json_string (json, NULL, link->add ? "+" : "-");
      baton_json_string (json, NULL, link->id);
      baton_json_end_array (json);
    }
  baton_json_end_array (json);
}

static void
write_row_values (BatonJson *json, const BatonRow *row)
{
  const BatonEntityInfo *info = baton_entity_info (row->entity);

  baton_json_begin_object (json, "set");
  for (guint i = 0; i < info->n_fields; i++)
    {
      const BatonFieldInfo *field = baton_field_info (info->first + i);

      if (row->values[i].kind != BATON_VALUE_NONE &&
          !(field->flags & (BATON_FIELD_SYSTEM | BATON_FIELD_COUNT)))
        write_value (json, field->name, &row->values[i]);
    }
  baton_json_end_object (json);
}

static void
write_rows (BatonJson *json, const BatonOp *op)
{
  if (op->rows->len == 0)
    return;
  baton_json_begin_array (json, "rows");
  for (guint i = 0; i < op->rows->len; i++)
    {
      const BatonNewRow *new_row = g_ptr_array_index (op->rows, i);

      baton_json_begin_object (json, NULL);
      baton_json_string (json, "e", baton_entity_info (new_row->row->entity)->name);
      baton_json_string (json, "id", new_row->row->id);
      write_optional (json, "before", new_row->before);
      write_optional (json, "after", new_row->after);
      write_row_values (json, new_row->row);
      baton_json_end_object (json);
    }
  baton_json_end_array (json);
}

static void
write_effect (BatonJson *json, const char *name, const BatonEffect *effect)
{
  baton_json_begin_array (json, name);
  for (guint i = 0; i < effect->changes->len; i++)
    {
      const BatonChange *change = g_ptr_array_index (effect->changes, i);

      baton_json_begin_array (json, NULL);
      if (change->created)
        baton_json_string (json, NULL, "+");
      baton_json_string (json, NULL, baton_entity_info (change->entity)->name);
      baton_json_string (json, NULL, change->id);
      if (!change->created)
        {
          baton_json_string (json, NULL, baton_field_info (change->field)->name);
          write_value (json, NULL, &change->before);
          write_value (json, NULL, &change->after);
        }
      baton_json_end_array (json);
    }
  baton_json_end_array (json);
}

static void
write_values (BatonJson *json, const BatonOp *op)
{
  write_strings (json, "ids", op->ids);
  write_strings (json, "from", op->from);
  write_optional (json, "to", op->to);
  write_optional (json, "before", op->before);
  write_optional (json, "after", op->after);
  write_sets (json, "set", op->sets);
  write_sets (json, "was", op->was);
  write_links (json, op);
  write_rows (json, op);
  write_strings (json, "targets", op->targets);
  if (op->changes != NULL)
    write_effect (json, "changes", op->changes);
}

void
baton_op_write_values (const BatonOp *op, GString *out)
{
  BatonJson json;

  if (op->verb == BATON_VERB_UNKNOWN)
    {
      g_string_append (out, op->unknown_text);
      return;
    }
  baton_json_init (&json, out);
  baton_json_begin_object (&json, NULL);
  write_values (&json, op);
  baton_json_end_object (&json);
}

void
baton_op_write (const BatonOp *op, GString *out)
{
  BatonJson json;

  if (op->verb == BATON_VERB_UNKNOWN)
    {
      g_string_append (out, op->unknown_text);
      return;
    }
  baton_json_init (&json, out);
  baton_json_begin_object (&json, NULL);
  baton_json_int (&json, "v", BATON_OP_VERSION);
  write_optional (&json, "dev", op->device);
  baton_json_int (&json, "n", op->number);
  baton_json_string (&json, "verb", baton_verb_info (op->verb)->name);
  write_optional (&json, "person", op->person);
  baton_json_int (&json, "at", op->at);
  if (op->boot != 0)
    baton_json_int (&json, "boot", op->boot);
  baton_json_int (&json, "base", op->base);
  write_optional (&json, "batch", op->batch);
  write_values (&json, op);
  baton_json_end_object (&json);
}

void
baton_effect_write (const BatonEffect *effect, GString *out)
{
  BatonJson json;

  baton_json_init (&json, out);
  write_effect (&json, NULL, effect);
}
