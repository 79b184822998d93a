/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "card-copy.h"

#include <glib/gi18n.h>

static void
copy_fields (BatonRow *to, const BatonRow *from, const BatonField *fields, guint n)
{
  for (guint i = 0; i < n; i++)
    baton_row_take (to, fields[i], baton_value_copy (baton_row_value (from, fields[i])));
}

static BatonRow *
add_row (BatonOp *op, BatonEntity entity)
{
  g_autofree char *id = baton_workspace_new_id ();

  return baton_op_add_row (op, entity, id);
}

static gboolean
copy_items (BatonOp *op, BatonReader *reader, const BatonRow *from, const BatonRow *checklist, GError **error)
{
  g_autoptr (GPtrArray) items =
      baton_reader_rows (reader, BATON_ENTITY_ITEM, BATON_ITEM_CHECKLIST, from->id, FALSE, error);

  for (guint i = 0; items != NULL && i < items->len; i++)
    {
      const BatonRow *item = g_ptr_array_index (items, i);
      BatonRow *row;

      if (baton_row_int (item, BATON_ITEM_REMOVED) != 0)
        continue;
      row = add_row (op, BATON_ENTITY_ITEM);
      baton_row_set_text (row, BATON_ITEM_CHECKLIST, checklist->id);
      baton_row_set_text (row, BATON_ITEM_TEXT, baton_row_text (item, BATON_ITEM_TEXT));
    }
  return items != NULL;
}

static gboolean
copy_checklists (BatonOp *op, BatonReader *reader, const char *from, const BatonRow *card, GError **error)
{
  g_autoptr (GPtrArray) checklists =
      baton_reader_rows (reader, BATON_ENTITY_CHECKLIST, BATON_CHECKLIST_CARD, from, FALSE, error);

  for (guint i = 0; checklists != NULL && i < checklists->len; i++)
    {
      const BatonRow *checklist = g_ptr_array_index (checklists, i);
      BatonRow *row;

      if (baton_row_int (checklist, BATON_CHECKLIST_REMOVED) != 0)
        continue;
      row = add_row (op, BATON_ENTITY_CHECKLIST);
      baton_row_set_text (row, BATON_CHECKLIST_CARD, card->id);
      baton_row_set_text (row, BATON_CHECKLIST_TITLE, baton_row_text (checklist, BATON_CHECKLIST_TITLE));
      if (!copy_items (op, reader, checklist, row, error))
        return FALSE;
    }
  return checklists != NULL;
}

BatonOp *
baton_card_from_template (BatonWorkspace *workspace, const char *template_card, char **id, GError **error)
{
  static const BatonField fields[] = { BATON_CARD_STAGE, BATON_CARD_TITLE, BATON_CARD_BRIEF, BATON_CARD_NOTES,
    BATON_CARD_AUDIENCE, BATON_CARD_OWNER, BATON_CARD_MEMBERS, BATON_CARD_CHANNEL, BATON_CARD_CAMPAIGN,
    BATON_CARD_ASSET_TYPE, BATON_CARD_URGENCY, BATON_CARD_LABELS };
  BatonReader *reader = baton_workspace_reader (workspace);
  g_autoptr (BatonRow) from = baton_reader_row (reader, BATON_ENTITY_CARD, template_card);
  g_autoptr (BatonOp) op = NULL;
  BatonRow *card;

  if (from == NULL)
    {
      g_set_error_literal (
          error, BATON_ERROR, BATON_ERROR_NOT_FOUND, _ ("This template is not there any more."));
      return NULL;
    }
  op = baton_op_new (BATON_VERB_CARD_ADD);
  card = add_row (op, BATON_ENTITY_CARD);
  copy_fields (card, from, fields, G_N_ELEMENTS (fields));
  if (!copy_checklists (op, reader, template_card, card, error))
    return NULL;
  *id = g_strdup (card->id);
  return g_steal_pointer (&op);
}
