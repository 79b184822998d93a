/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "text-target.h"

BatonTextTarget *
baton_text_target_new (BatonEntity entity, BatonField field, const char *id)
{
  BatonTextTarget *target = g_new0 (BatonTextTarget, 1);

  target->entity = entity;
  target->field = field;
  target->id = g_strdup (id);
  return target;
}

void
baton_text_target_free (BatonTextTarget *target)
{
  g_free (target->id);
  g_free (target);
}

char *
baton_text_target_key_of (BatonCardModel *model, BatonEntity entity, BatonField field, const char *id)
{
  const char *card = baton_card_model_id (model);

  if (entity == BATON_ENTITY_CARD)
    return g_strconcat (card, "/", baton_field_info (field)->name, NULL);
  return g_strconcat (card, "/", id, NULL);
}

char *
baton_text_target_key (const BatonTextTarget *target, BatonCardModel *model)
{
  return baton_text_target_key_of (model, target->entity, target->field, target->id);
}

static const char *
card_value (const BatonTextTarget *target, BatonCardModel *model)
{
  const BatonRow *row = baton_card_model_row (model);

  if (baton_field_info (target->field)->flags & BATON_FIELD_FACE)
    return baton_item_text (baton_card_model_card (model), target->field);
  return row != NULL ? baton_row_text (row, target->field) : NULL;
}

const char *
baton_text_target_value (const BatonTextTarget *target, BatonCardModel *model)
{
  BatonItem *item;
  const char *text;

  if (target->entity == BATON_ENTITY_CARD)
    text = card_value (target, model);
  else
    {
      item = target->entity == BATON_ENTITY_CUSTOM_VALUE ? baton_card_model_custom_value (model, target->id)
                                                         : baton_card_model_find (model, target->id);
      text = item != NULL ? baton_item_text (item, target->field) : NULL;
    }
  return text != NULL ? text : "";
}

static BatonVerb
set_verb (BatonEntity entity)
{
  return entity == BATON_ENTITY_CHECKLIST ? BATON_VERB_CHECKLIST_SET
         : entity == BATON_ENTITY_ITEM    ? BATON_VERB_ITEM_SET
         : entity == BATON_ENTITY_COMMENT ? BATON_VERB_COMMENT_SET
         : entity == BATON_ENTITY_CARD    ? BATON_VERB_CARD_SET
                                          : BATON_VERB_CUSTOM_VALUE_SET;
}

/* A custom value exists only while it says something. */
static BatonOp *
custom_value_op (const BatonTextTarget *target, BatonCardModel *model, const char *text)
{
  BatonItem *value = baton_card_model_custom_value (model, target->id);
  g_autofree char *id = NULL;
  BatonOp *op;
  BatonRow *row;

  if (value == NULL)
    {
      op = baton_op_new (BATON_VERB_CUSTOM_VALUE_ADD);
      id = baton_store_new_id ();
      row = baton_op_add_row (op, BATON_ENTITY_CUSTOM_VALUE, id);
      baton_row_set_text (row, BATON_CUSTOM_VALUE_CARD, baton_card_model_id (model));
      baton_row_set_text (row, BATON_CUSTOM_VALUE_FIELD, target->id);
      baton_row_set_text (row, BATON_CUSTOM_VALUE_TEXT, text);
      return op;
    }
  op = baton_op_new (*text != '\0' ? BATON_VERB_CUSTOM_VALUE_SET : BATON_VERB_CUSTOM_VALUE_REMOVE);
  baton_op_add_id (op, baton_item_id (value));
  if (*text != '\0')
    baton_op_set_text (op, BATON_CUSTOM_VALUE_TEXT, text);
  return op;
}

BatonOp *
baton_text_target_op (const BatonTextTarget *target, BatonCardModel *model, const char *text)
{
  BatonOp *op;

  if (g_str_equal (text, baton_text_target_value (target, model)))
    return NULL;
  if (target->entity == BATON_ENTITY_CUSTOM_VALUE)
    return custom_value_op (target, model, text);
  op = baton_op_new (set_verb (target->entity));
  baton_op_add_id (op, target->entity == BATON_ENTITY_CARD ? baton_card_model_id (model) : target->id);
  baton_op_set_text (op, target->field,
      *text == '\0' && baton_field_info (target->field)->type == BATON_TYPE_LONG &&
              target->entity == BATON_ENTITY_CARD
          ? NULL
          : text);
  return op;
}
