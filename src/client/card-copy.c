/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-client"

#include "card-copy.h"

#include "baton-error.h"
#include "workspace.h"

#include <glib/gi18n-lib.h>

static BatonRow *
add_row (BatonOp *op, BatonEntity entity)
{
  g_autofree char *id = baton_store_new_id ();

  return baton_op_add_row (op, entity, id);
}

static gboolean
copy_items (BatonReader *reader, BatonOp *op, const char *from, const char *to, GError **error)
{
  g_autoptr (GPtrArray) items =
      baton_reader_rows (reader, BATON_ENTITY_ITEM, BATON_ITEM_CHECKLIST, from, FALSE, error);

  for (guint i = 0; items != NULL && i < items->len; i++)
    {
      const BatonRow *item = g_ptr_array_index (items, i);
      BatonRow *copy;

      if (baton_row_int (item, BATON_ITEM_REMOVED) != 0)
        continue;
      copy = add_row (op, BATON_ENTITY_ITEM);
      baton_row_set_text (copy, BATON_ITEM_CHECKLIST, to);
      baton_row_set_text (copy, BATON_ITEM_TEXT, baton_row_text (item, BATON_ITEM_TEXT));
    }
  return items != NULL;
}

static gboolean
copy_checklists (BatonReader *reader, BatonOp *op, const char *from, const char *to, GError **error)
{
  g_autoptr (GPtrArray) lists =
      baton_reader_rows (reader, BATON_ENTITY_CHECKLIST, BATON_CHECKLIST_CARD, from, FALSE, error);

  for (guint i = 0; lists != NULL && i < lists->len; i++)
    {
      const BatonRow *list = g_ptr_array_index (lists, i);
      BatonRow *copy;

      if (baton_row_int (list, BATON_CHECKLIST_REMOVED) != 0)
        continue;
      copy = add_row (op, BATON_ENTITY_CHECKLIST);
      baton_row_set_text (copy, BATON_CHECKLIST_CARD, to);
      baton_row_set_text (copy, BATON_CHECKLIST_TITLE, baton_row_text (list, BATON_CHECKLIST_TITLE));
      if (!copy_items (reader, op, list->id, copy->id, error))
        return FALSE;
    }
  return lists != NULL;
}

static void
copy_fields (const BatonRow *from, BatonRow *to, BatonCopyKind kind)
{
  static const BatonField fields[] = { BATON_CARD_STAGE, BATON_CARD_TITLE, BATON_CARD_BRIEF, BATON_CARD_NOTES,
    BATON_CARD_AUDIENCE, BATON_CARD_CHANNEL, BATON_CARD_CAMPAIGN, BATON_CARD_ASSET_TYPE, BATON_CARD_URGENCY,
    BATON_CARD_LABELS };
  static const BatonField of_one_time[] = { BATON_CARD_OWNER, BATON_CARD_MEMBERS, BATON_CARD_DUE };

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    baton_row_take (to, fields[i], baton_value_copy (baton_row_value (from, fields[i])));
  for (guint i = 0; kind != BATON_COPY_TO_TEMPLATE && i < G_N_ELEMENTS (of_one_time); i++)
    baton_row_take (to, of_one_time[i], baton_value_copy (baton_row_value (from, of_one_time[i])));
  if (kind == BATON_COPY_TO_TEMPLATE)
    baton_row_set_int (to, BATON_CARD_TEMPLATE, 1);
}

BatonOp *
baton_card_copy (
    BatonReader *reader, const char *card, BatonCopyKind kind, const char *stage, char **id, GError **error)
{
  g_autoptr (BatonRow) from = baton_reader_row (reader, BATON_ENTITY_CARD, card);
  g_autoptr (BatonOp) op = baton_op_new (BATON_VERB_CARD_ADD);
  BatonRow *to;

  if (from == NULL)
    {
      g_set_error_literal (error, BATON_ERROR, BATON_ERROR_NOT_FOUND, _ ("This card is not there any more."));
      return NULL;
    }
  to = add_row (op, BATON_ENTITY_CARD);
  copy_fields (from, to, kind);
  if (stage != NULL)
    baton_row_set_text (to, BATON_CARD_STAGE, stage);
  if (kind == BATON_COPY_DUPLICATE)
    baton_op_place_row (op, NULL, card);
  if (!copy_checklists (reader, op, card, to->id, error))
    return NULL;
  *id = g_strdup (to->id);
  return g_steal_pointer (&op);
}
