/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-store"

#include "store-private.h"

/* What each operation was called → the number that it gets here. */
static GHashTable *
number_anew (BatonStore *store, GPtrArray *ops)
{
  GHashTable *numbers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  for (guint i = 0; i < ops->len; i++)
    {
      const BatonOp *op = g_ptr_array_index (ops, i);
      gint64 *number = g_new (gint64, 1);

      *number = store->last_number + i + 1;
      g_hash_table_insert (numbers, baton_op_key (op), number);
    }
  return numbers;
}

static void
retarget (BatonStore *store, GHashTable *numbers, BatonOp *op)
{
  for (guint i = 0; i < op->targets->len; i++)
    {
      const gint64 *number = g_hash_table_lookup (numbers, g_ptr_array_index (op->targets, i));

      if (number == NULL)
        continue; /* a whole batch, which keeps its name */
      g_free (g_ptr_array_index (op->targets, i));
      g_ptr_array_index (op->targets, i) = g_strdup_printf ("%s:%" G_GINT64_FORMAT, store->device, *number);
    }
}

gboolean
baton_store_replay (BatonStore *store, GPtrArray *ops, BatonProgress progress, gpointer data, GError **error)
{
  g_autoptr (GHashTable) numbers = number_anew (store, ops);
  gboolean done;

  for (guint i = 0; i < ops->len; i++)
    retarget (store, numbers, g_ptr_array_index (ops, i));
  store->replaying = TRUE;
  done = baton_store_perform (store, ops, progress, data, NULL, NULL, error);
  store->replaying = FALSE;
  return done;
}
