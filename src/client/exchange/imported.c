/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-client"

#include "imported.h"

struct _Imported
{
  BatonReader *reader;
  GHashTable *values; /* “id:field” → BatonValue, filled card by card */
};

static void
value_free (gpointer data)
{
  baton_value_clear (data);
  g_free (data);
}

Imported *
imported_new (BatonReader *reader)
{
  Imported *self = g_new (Imported, 1);

  self->reader = reader;
  self->values = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, value_free);
  return self;
}

void
imported_free (Imported *self)
{
  g_hash_table_unref (self->values);
  g_free (self);
}

static void
remember (Imported *self, const char *id, BatonField field, const BatonValue *value)
{
  BatonValue *kept = g_new (BatonValue, 1);

  *kept = baton_value_copy (value);
  g_hash_table_insert (self->values, g_strdup_printf ("%s:%d", id, field), kept);
}

static void
take_value (BatonValue *value, BatonValue taken)
{
  baton_value_clear (value);
  *value = taken;
}

static const char *
text_of (const BatonValue *value)
{
  return value != NULL && value->kind == BATON_VALUE_TEXT ? value->text : NULL;
}

/* Of a set, an import left what it put in: what else was in it by then was put there by people. */
static void
remember_set (Imported *self, const BatonChange *change)
{
  g_autofree char *key = g_strdup_printf ("%s:%d", change->id, change->field);
  const BatonValue *was = g_hash_table_lookup (self->values, key);
  const char *before = text_of (&change->before);
  const char *after = text_of (&change->after);
  g_auto (GStrv) gone = baton_set_split (before);
  g_auto (GStrv) come = baton_set_split (after);
  BatonValue set = was != NULL ? baton_value_copy (was) : baton_value_none ();

  for (guint i = 0; gone[i] != NULL; i++)
    {
      if (!baton_set_contains (after, gone[i]))
        take_value (&set, baton_set_remove (text_of (&set), gone[i]));
    }
  for (guint i = 0; come[i] != NULL; i++)
    {
      if (!baton_set_contains (before, come[i]) && !baton_set_contains (text_of (&set), come[i]))
        take_value (&set, baton_set_add (text_of (&set), come[i]));
    }
  remember (self, change->id, change->field, &set);
  baton_value_clear (&set);
}

static void
remember_entry (Imported *self, const BatonEntry *entry)
{
  for (guint i = 0; i < entry->op->rows->len; i++)
    {
      const BatonRow *row = ((BatonNewRow *) g_ptr_array_index (entry->op->rows, i))->row;
      const BatonEntityInfo *info = baton_entity_info (row->entity);

      for (guint j = 0; j < info->n_fields; j++)
        remember (self, row->id, info->first + j, &row->values[j]);
    }
  for (guint i = 0; i < entry->effect->changes->len; i++)
    {
      const BatonChange *change = g_ptr_array_index (entry->effect->changes, i);

      if (change->created)
        continue;
      if (baton_field_info (change->field)->type == BATON_TYPE_SET)
        remember_set (self, change);
      else
        remember (self, change->id, change->field, &change->after);
    }
}

static void
remember_history (Imported *self, const BatonHistoryQuery *query)
{
  g_autoptr (GPtrArray) entries = baton_reader_history (self->reader, query, NULL);

  for (guint i = 0; entries != NULL && i < entries->len; i++)
    {
      const BatonEntry *entry = g_ptr_array_index (entries, i);

      if (entry->op->batch != NULL && !entry->undone)
        remember_entry (self, entry);
    }
}

static void
ensure_history (Imported *self, const char *board, const char *card)
{
  static const char *const verbs[] = { "board.add", "board.set", "stage.add", "stage.set", "label.add",
    "label.set", "custom_field.add", "custom_field.set", "board.archive", "board.unarchive", "stage.archive",
    "stage.unarchive" };
  g_autofree char *mark = g_strconcat (card != NULL ? card : "board", ":read", NULL);

  if (g_hash_table_contains (self->values, mark))
    return;
  g_hash_table_insert (self->values, g_steal_pointer (&mark), g_new0 (BatonValue, 1));
  if (card != NULL)
    {
      BatonHistoryQuery query = { .card = card };

      remember_history (self, &query);
      return;
    }
  for (guint i = 0; i < G_N_ELEMENTS (verbs); i++)
    {
      BatonHistoryQuery query = { .board = board, .verb = verbs[i] };

      remember_history (self, &query);
    }
}

const BatonValue *
imported_value (Imported *self, const char *board, const char *card, const char *id, BatonField field)
{
  g_autofree char *key = g_strdup_printf ("%s:%d", id, field);

  ensure_history (self, board, card);
  return g_hash_table_lookup (self->values, key);
}

gboolean
imported_same (const BatonValue *a, const BatonValue *b)
{
  gboolean zero_a =
      a == NULL || a->kind == BATON_VALUE_NONE || (a->kind == BATON_VALUE_INT && a->number == 0);
  gboolean zero_b =
      b == NULL || b->kind == BATON_VALUE_NONE || (b->kind == BATON_VALUE_INT && b->number == 0);

  return zero_a || zero_b ? zero_a && zero_b : baton_value_equal (a, b);
}
