/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-client"

#include "column.h"

#include <string.h>

struct _BatonColumn
{
  GObject parent_instance;
  BatonField order;
  GPtrArray *items; /* BatonItem */
};

static GType
column_get_item_type (GListModel *model)
{
  return BATON_TYPE_ITEM;
}

static guint
column_get_n_items (GListModel *model)
{
  return BATON_COLUMN (model)->items->len;
}

static gpointer
column_get_item (GListModel *model, guint position)
{
  BatonItem *item = baton_column_peek (BATON_COLUMN (model), position);

  return item != NULL ? g_object_ref (item) : NULL;
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = column_get_item_type;
  iface->get_n_items = column_get_n_items;
  iface->get_item = column_get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (
    BatonColumn, baton_column, G_TYPE_OBJECT, G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static void
baton_column_finalize (GObject *object)
{
  g_ptr_array_unref (BATON_COLUMN (object)->items);
  G_OBJECT_CLASS (baton_column_parent_class)->finalize (object);
}

static void
baton_column_class_init (BatonColumnClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = baton_column_finalize;
}

static void
baton_column_init (BatonColumn *self)
{
  self->items = g_ptr_array_new_with_free_func (g_object_unref);
}

BatonColumn *
baton_column_new (BatonEntity entity)
{
  BatonColumn *self = g_object_new (BATON_TYPE_COLUMN, NULL);
  BatonField rank = baton_entity_info (entity)->rank;

  self->order = rank != BATON_FIELD_NONE ? rank : baton_entity_created (entity);
  return self;
}

/* Ranks may be equal after two people inserted at one place; ids then decide, as in the database. */
static int
compare (BatonColumn *self, BatonItem *a, BatonItem *b)
{
  gint64 rank_a = baton_item_int (a, self->order);
  gint64 rank_b = baton_item_int (b, self->order);

  if (rank_a != rank_b)
    return rank_a < rank_b ? -1 : 1;
  return strcmp (baton_item_id (a), baton_item_id (b));
}

/* The first position whose item is not before this one. */
static guint
lower_bound (BatonColumn *self, BatonItem *item)
{
  guint low = 0;
  guint high = self->items->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (compare (self, g_ptr_array_index (self->items, middle), item) < 0)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

guint
baton_column_insert (BatonColumn *self, BatonItem *item)
{
  guint position = lower_bound (self, item);

  g_ptr_array_insert (self->items, (int) position, g_object_ref (item));
  g_list_model_items_changed (G_LIST_MODEL (self), position, 0, 1);
  return position;
}

gboolean
baton_column_find (BatonColumn *self, BatonItem *item, guint *position)
{
  guint found = lower_bound (self, item);

  if (found >= self->items->len || g_ptr_array_index (self->items, found) != item)
    return FALSE;
  *position = found;
  return TRUE;
}

gboolean
baton_column_remove (BatonColumn *self, BatonItem *item)
{
  guint position;

  if (!baton_column_find (self, item, &position))
    return FALSE;
  g_ptr_array_remove_index (self->items, position);
  g_list_model_items_changed (G_LIST_MODEL (self), position, 1, 0);
  return TRUE;
}

static int
compare_pointers (gconstpointer a, gconstpointer b, gpointer data)
{
  return compare (data, *(BatonItem *const *) a, *(BatonItem *const *) b);
}

void
baton_column_replace (BatonColumn *self, GPtrArray *items)
{
  g_autoptr (GPtrArray) sorted = g_ptr_array_copy (items, NULL, NULL);

  g_ptr_array_set_free_func (sorted, NULL);
  g_ptr_array_sort_with_data (sorted, compare_pointers, self);
  baton_column_replace_sorted (self, sorted);
}

/* The common head and tail stay: a filter that takes away three cards is a change of three cards. */
void
baton_column_replace_sorted (BatonColumn *self, GPtrArray *items)
{
  GPtrArray *old = self->items;
  guint head = 0;
  guint tail = 0;

  while (head < old->len && head < items->len && old->pdata[head] == items->pdata[head])
    head++;
  while (tail < old->len - head && tail < items->len - head &&
         old->pdata[old->len - 1 - tail] == items->pdata[items->len - 1 - tail])
    tail++;
  if (head == old->len && head == items->len)
    return;
  self->items = g_ptr_array_new_full (items->len, g_object_unref);
  for (guint i = 0; i < items->len; i++)
    g_ptr_array_add (self->items, g_object_ref (g_ptr_array_index (items, i)));
  g_list_model_items_changed (
      G_LIST_MODEL (self), head, old->len - head - tail, self->items->len - head - tail);
  g_ptr_array_unref (old);
}

BatonItem *
baton_column_peek (BatonColumn *self, guint position)
{
  return position < self->items->len ? g_ptr_array_index (self->items, position) : NULL;
}

guint
baton_column_size (BatonColumn *self)
{
  return self->items->len;
}
