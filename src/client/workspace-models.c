/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-client"

#include "workspace-private.h"

#include "changes.h"

/* What a card has is loaded with the card; everything else is small, shared and always here. */
static gboolean
is_shared (BatonEntity entity)
{
  switch (entity)
    {
    case BATON_ENTITY_CARD:
    case BATON_ENTITY_CHECKLIST:
    case BATON_ENTITY_ITEM:
    case BATON_ENTITY_COMMENT:
    case BATON_ENTITY_LINK:
    case BATON_ENTITY_CUSTOM_VALUE:
    case BATON_ENTITY_ASSET:
    case BATON_ENTITY_VERSION:
    case BATON_ENTITY_REVIEW:
    case BATON_ENTITY_ANSWER:
    case BATON_ENTITY_DECISION:
    case BATON_ENTITY_EXCUSE:
      return FALSE;
    case BATON_ENTITY_WORKSPACE:
    case BATON_ENTITY_PERSON:
    case BATON_ENTITY_BOARD:
    case BATON_ENTITY_STAGE:
    case BATON_ENTITY_CRITERION:
    case BATON_ENTITY_CHANNEL:
    case BATON_ENTITY_CAMPAIGN:
    case BATON_ENTITY_ASSET_TYPE:
    case BATON_ENTITY_REVIEW_CHECK:
    case BATON_ENTITY_LABEL:
    case BATON_ENTITY_CUSTOM_FIELD:
    case BATON_ENTITY_FILTER:
    case BATON_ENTITY_HANDOFF:
    case BATON_N_ENTITIES:
    default:
      return entity != BATON_ENTITY_NONE;
    }
}

static const char *
parent_of (BatonItem *item)
{
  BatonField parent = baton_entity_info (baton_item_entity (item))->parent;

  return parent != BATON_FIELD_NONE ? baton_item_text (item, parent) : NULL;
}

static char *
list_key (BatonEntity entity, const char *parent)
{
  return g_strdup_printf ("%d:%s", entity, parent != NULL ? parent : "");
}

/* The lists that show this item and exist: that of its parent, and that of all. */
static void
with_lists (BatonWorkspace *self, BatonItem *item, void (*call) (BatonColumn *, BatonItem *))
{
  g_autofree char *all = list_key (baton_item_entity (item), NULL);
  g_autofree char *below = list_key (baton_item_entity (item), parent_of (item));
  BatonColumn *list = g_hash_table_lookup (self->lists, all);

  if (list != NULL)
    call (list, item);
  if (g_str_equal (all, below))
    return;
  list = g_hash_table_lookup (self->lists, below);
  if (list != NULL)
    call (list, item);
}

static void
list_in (BatonColumn *list, BatonItem *item)
{
  baton_column_insert (list, item);
}

static void
list_out (BatonColumn *list, BatonItem *item)
{
  baton_column_remove (list, item);
}

static gboolean
load_entity (BatonWorkspace *self, BatonEntity entity, GError **error)
{
  g_autoptr (GPtrArray) rows = baton_reader_rows (self->reader, entity, BATON_FIELD_NONE, NULL, FALSE, error);

  if (rows == NULL)
    return FALSE;
  for (guint i = 0; i < rows->len; i++)
    {
      BatonRow *row = g_ptr_array_index (rows, i);
      BatonItem *item = g_hash_table_lookup (self->items, row->id);

      if (item == NULL)
        {
          item = baton_item_new (baton_row_ref (row));
          g_hash_table_insert (self->items, (char *) baton_item_id (item), item);
          continue;
        }
      for (guint j = 0; j < baton_entity_info (entity)->n_fields; j++)
        baton_item_write (item, baton_entity_info (entity)->first + j, &row->values[j]);
    }
  return TRUE;
}

static GPtrArray *
live_items (BatonWorkspace *self, BatonEntity entity, const char *parent)
{
  GPtrArray *found = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->items);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      if (baton_item_entity (value) == entity && !baton_item_is_removed (value) &&
          (parent == NULL || g_strcmp0 (parent_of (value), parent) == 0))
        g_ptr_array_add (found, value);
    }
  return found;
}

BatonColumn *
baton_workspace_list (BatonWorkspace *self, BatonEntity entity, const char *parent)
{
  g_autofree char *key = list_key (entity, parent);
  BatonColumn *list = g_hash_table_lookup (self->lists, key);
  g_autoptr (GPtrArray) items = NULL;

  g_return_val_if_fail (is_shared (entity), NULL);
  if (list != NULL)
    return list;
  list = baton_column_new (entity);
  items = live_items (self, entity, parent);
  baton_column_replace (list, items);
  g_hash_table_insert (self->lists, g_steal_pointer (&key), list);
  return list;
}

static void
refresh_lists (BatonWorkspace *self)
{
  GHashTableIter iter;
  gpointer key, list;

  g_hash_table_iter_init (&iter, self->lists);
  while (g_hash_table_iter_next (&iter, &key, &list))
    {
      const char *colon = strchr (key, ':');
      BatonEntity entity = (BatonEntity) g_ascii_strtoull (key, NULL, 10);
      g_autoptr (GPtrArray) items = live_items (self, entity, colon[1] != '\0' ? colon + 1 : NULL);

      baton_column_replace (list, items);
    }
}

gboolean
baton_workspace_load (BatonWorkspace *self, GError **error)
{
  for (guint i = 0; i < BATON_N_ENTITIES; i++)
    {
      if (is_shared (i) && !load_entity (self, i, error))
        return FALSE;
    }
  refresh_lists (self);
  return TRUE;
}

static void
follow_row (BatonWorkspace *self, const BatonRowChanges *row)
{
  BatonItem *item = g_hash_table_lookup (self->items, row->id);
  gboolean relist;

  if (item == NULL)
    {
      if (row->created == NULL)
        return;
      item = baton_item_new (baton_row_copy (row->created));
      g_hash_table_insert (self->items, (char *) baton_item_id (item), item);
      relist = TRUE;
    }
  else
    {
      BatonField rank = baton_entity_info (row->entity)->rank;

      relist = baton_row_changes_touch (row, baton_entity_removed (row->entity)) ||
               (rank != BATON_FIELD_NONE && baton_row_changes_touch (row, rank));
      if (relist)
        with_lists (self, item, list_out);
    }
  for (guint i = 0; i < row->changes->len; i++)
    {
      const BatonChange *change = g_ptr_array_index (row->changes, i);

      baton_item_write (item, change->field, &change->after);
    }
  if (relist && !baton_item_is_removed (item))
    with_lists (self, item, list_in);
  baton_item_emit_changed (item);
}

void
baton_workspace_follow (BatonWorkspace *self, const BatonEffect *effect)
{
  g_autoptr (GPtrArray) rows = baton_changes_by_row (effect);

  for (guint i = 0; i < rows->len; i++)
    {
      const BatonRowChanges *row = g_ptr_array_index (rows, i);

      if (is_shared (row->entity))
        follow_row (self, row);
    }
}

BatonItem *
baton_workspace_lookup (BatonWorkspace *self, BatonEntity entity, const char *id)
{
  BatonItem *item = id != NULL ? g_hash_table_lookup (self->items, id) : NULL;

  return item != NULL && baton_item_entity (item) == entity ? item : NULL;
}

const char *
baton_workspace_name_of (BatonWorkspace *self, BatonEntity entity, const char *id, const char *fallback)
{
  BatonItem *item = baton_workspace_lookup (self, entity, id);
  BatonField field = item == NULL                       ? BATON_FIELD_NONE
                     : entity == BATON_ENTITY_CRITERION ? BATON_CRITERION_TEXT
                                                        : baton_field_find (entity, "name");
  const char *name = field != BATON_FIELD_NONE ? baton_item_text (item, field) : NULL;

  return name != NULL ? name : fallback;
}
