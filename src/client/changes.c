/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-client"

#include "changes.h"

static void
row_changes_free (gpointer data)
{
  BatonRowChanges *row = data;

  g_ptr_array_unref (row->changes);
  g_free (row);
}

GPtrArray *
baton_changes_by_row (const BatonEffect *effect)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func (row_changes_free);
  g_autoptr (GHashTable) by_id = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < effect->changes->len; i++)
    {
      const BatonChange *change = g_ptr_array_index (effect->changes, i);
      BatonRowChanges *row = g_hash_table_lookup (by_id, change->id);

      if (row == NULL)
        {
          row = g_new0 (BatonRowChanges, 1);
          row->entity = change->entity;
          row->id = change->id;
          row->changes = g_ptr_array_new ();
          g_ptr_array_add (rows, row);
          g_hash_table_insert (by_id, (char *) row->id, row);
        }
      if (change->created)
        row->created = change->row;
      else
        g_ptr_array_add (row->changes, (gpointer) change);
    }
  return rows;
}

gboolean
baton_row_changes_touch (const BatonRowChanges *changes, BatonField field)
{
  for (guint i = 0; i < changes->changes->len; i++)
    {
      const BatonChange *change = g_ptr_array_index (changes->changes, i);

      if (change->field == field)
        return TRUE;
    }
  return FALSE;
}
