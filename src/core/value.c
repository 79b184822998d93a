/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-core"

#include "value.h"

#include <string.h>

BatonValue
baton_value_none (void)
{
  return (BatonValue) BATON_VALUE_INIT;
}

BatonValue
baton_value_int (gint64 number)
{
  return (BatonValue){ BATON_VALUE_INT, { .number = number } };
}

/* Ids repeat thousands of times on a board, but GLib's interned strings are no way to share them: one thread
 * may be given a string that another one is just freeing. */
BatonValue
baton_value_text (const char *text)
{
  return text != NULL ? (BatonValue){ BATON_VALUE_TEXT, { .text = g_ref_string_new (text) } }
                      : baton_value_none ();
}

BatonValue
baton_value_copy (const BatonValue *value)
{
  BatonValue copy = *value;

  if (copy.kind == BATON_VALUE_TEXT)
    g_ref_string_acquire (copy.text);
  return copy;
}

void
baton_value_clear (BatonValue *value)
{
  if (value->kind == BATON_VALUE_TEXT)
    g_ref_string_release (value->text);
  *value = baton_value_none ();
}

gboolean
baton_value_equal (const BatonValue *a, const BatonValue *b)
{
  if (a->kind != b->kind)
    return FALSE;
  if (a->kind == BATON_VALUE_INT)
    return a->number == b->number;
  if (a->kind == BATON_VALUE_TEXT)
    return a->text == b->text || strcmp (a->text, b->text) == 0;
  return TRUE;
}

/* id: a reference string, which is taken. */
static BatonRow *
row_with_id (BatonEntity entity, char *id)
{
  guint n = baton_entity_info (entity)->n_fields;
  BatonRow *row = g_malloc0 (sizeof (BatonRow) + n * sizeof (BatonValue));

  g_atomic_ref_count_init (&row->refs);
  row->entity = entity;
  row->first = baton_entity_info (entity)->first;
  row->n_fields = n;
  row->id = id;
  return row;
}

BatonRow *
baton_row_new (BatonEntity entity, const char *id)
{
  return row_with_id (entity, g_ref_string_new (id));
}

BatonRow *
baton_row_ref (BatonRow *row)
{
  g_atomic_ref_count_inc (&row->refs);
  return row;
}

void
baton_row_unref (BatonRow *row)
{
  if (!g_atomic_ref_count_dec (&row->refs))
    return;
  for (guint i = 0; i < row->n_fields; i++)
    baton_value_clear (&row->values[i]);
  g_ref_string_release (row->id);
  g_free (row);
}

BatonRow *
baton_row_copy (const BatonRow *row)
{
  BatonRow *copy = row_with_id (row->entity, g_ref_string_acquire (row->id));

  for (guint i = 0; i < row->n_fields; i++)
    copy->values[i] = baton_value_copy (&row->values[i]);
  return copy;
}

static inline guint
field_index (const BatonRow *row, BatonField field)
{
  guint index = (guint) field - row->first;

  g_assert (index < row->n_fields);
  return index;
}

const BatonValue *
baton_row_value (const BatonRow *row, BatonField field)
{
  return &row->values[field_index (row, field)];
}

const char *
baton_row_text (const BatonRow *row, BatonField field)
{
  const BatonValue *value = baton_row_value (row, field);

  return value->kind == BATON_VALUE_TEXT ? value->text : NULL;
}

gint64
baton_row_int (const BatonRow *row, BatonField field)
{
  const BatonValue *value = baton_row_value (row, field);

  return value->kind == BATON_VALUE_INT ? value->number : 0;
}

void
baton_row_take (BatonRow *row, BatonField field, BatonValue value)
{
  guint index = field_index (row, field);

  baton_value_clear (&row->values[index]);
  row->values[index] = value;
}

void
baton_row_set_text (BatonRow *row, BatonField field, const char *text)
{
  baton_row_take (row, field, baton_value_text (text));
}

void
baton_row_set_int (BatonRow *row, BatonField field, gint64 number)
{
  baton_row_take (row, field, baton_value_int (number));
}

gboolean
baton_set_contains (const char *set, const char *id)
{
  return set != NULL && strstr (set, id) != NULL;
}

guint
baton_set_size (const char *set)
{
  return set == NULL ? 0 : (strlen (set) + 1) / 37;
}

char **
baton_set_split (const char *set)
{
  return g_strsplit (set != NULL ? set : "", " ", -1);
}

static int
compare_ids (const void *a, const void *b)
{
  return strcmp (*(char *const *) a, *(char *const *) b);
}

BatonValue
baton_set_add (const char *set, const char *id)
{
  g_auto (GStrv) parts = NULL;
  g_autofree char *joined = NULL;

  if (set == NULL)
    return baton_value_text (id);
  if (baton_set_contains (set, id))
    return baton_value_text (set);
  joined = g_strconcat (set, " ", id, NULL);
  parts = baton_set_split (joined);
  qsort (parts, g_strv_length (parts), sizeof (char *), compare_ids);
  g_free (joined);
  joined = g_strjoinv (" ", parts);
  return baton_value_text (joined);
}

BatonValue
baton_set_remove (const char *set, const char *id)
{
  g_auto (GStrv) parts = baton_set_split (set);
  g_autoptr (GString) joined = g_string_new (NULL);

  for (guint i = 0; parts[i] != NULL; i++)
    {
      if (strcmp (parts[i], id) == 0)
        continue;
      if (joined->len > 0)
        g_string_append_c (joined, ' ');
      g_string_append (joined, parts[i]);
    }
  return baton_value_text (joined->len > 0 ? joined->str : NULL);
}
