/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "card-rows.h"

BatonField
baton_card_rows_owner (BatonEntity entity)
{
  return entity == BATON_ENTITY_CHECKLIST      ? BATON_CHECKLIST_CARD
         : entity == BATON_ENTITY_ITEM         ? BATON_ITEM_CHECKLIST
         : entity == BATON_ENTITY_COMMENT      ? BATON_COMMENT_CARD
         : entity == BATON_ENTITY_LINK         ? BATON_LINK_CARD
         : entity == BATON_ENTITY_ASSET        ? BATON_ASSET_CARD
         : entity == BATON_ENTITY_VERSION      ? BATON_VERSION_CARD
         : entity == BATON_ENTITY_CUSTOM_VALUE ? BATON_CUSTOM_VALUE_CARD
                                               : BATON_FIELD_NONE;
}

void
baton_card_rows_free (gpointer data)
{
  BatonCardRows *loaded = data;

  g_clear_pointer (&loaded->card, baton_row_unref);
  g_ptr_array_unref (loaded->rows);
  g_free (loaded);
}

static gboolean
read_entity (
    BatonReader *reader, BatonCardRows *loaded, BatonEntity entity, const char *owner, GError **error)
{
  g_autoptr (GPtrArray) rows =
      baton_reader_rows (reader, entity, baton_card_rows_owner (entity), owner, FALSE, error);

  if (rows == NULL)
    return FALSE;
  for (guint i = 0; i < rows->len; i++)
    {
      BatonRow *row = g_ptr_array_index (rows, i);

      g_ptr_array_add (loaded->rows, baton_row_ref (row));
      if (entity == BATON_ENTITY_CHECKLIST &&
          !read_entity (reader, loaded, BATON_ENTITY_ITEM, row->id, error))
        return FALSE;
    }
  return TRUE;
}

gpointer
baton_card_rows_read (BatonReader *reader, gpointer data, GCancellable *cancellable, GError **error)
{
  static const BatonEntity entities[] = { BATON_ENTITY_CHECKLIST, BATON_ENTITY_COMMENT, BATON_ENTITY_LINK,
    BATON_ENTITY_CUSTOM_VALUE, BATON_ENTITY_ASSET, BATON_ENTITY_VERSION };
  BatonCardRows *loaded = g_new0 (BatonCardRows, 1);

  loaded->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) baton_row_unref);
  loaded->card = baton_reader_row (reader, BATON_ENTITY_CARD, data);
  for (guint i = 0; i < G_N_ELEMENTS (entities); i++)
    {
      if (!read_entity (reader, loaded, entities[i], data, error))
        {
          baton_card_rows_free (loaded);
          return NULL;
        }
    }
  return loaded;
}
