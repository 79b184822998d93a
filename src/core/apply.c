/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-core"

#include "tx.h"

#include "baton-error.h"
#include "id.h"
#include "merge.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static gboolean
refuse (GError **error, const char *message)
{
  g_set_error_literal (error, BATON_ERROR, BATON_ERROR_INVALID, message);
  return FALSE;
}

/* The workspace has one row, and it is there from the first time somebody names it. */
static gboolean
ensure_workspace (BatonTx *tx, GError **error)
{
  g_autoptr (BatonRow) row = NULL;

  /* Who undoes its first naming takes it away again; the next name brings it back. */
  if (tx->view->get (tx->view, BATON_ENTITY_WORKSPACE, BATON_WORKSPACE_ID) != NULL)
    return baton_tx_set (
        tx, BATON_ENTITY_WORKSPACE, BATON_WORKSPACE_ID, BATON_WORKSPACE_REMOVED, baton_value_none (), error);
  row = baton_row_new (BATON_ENTITY_WORKSPACE, BATON_WORKSPACE_ID);
  baton_row_set_int (row, BATON_WORKSPACE_CREATED, tx->op->at);
  return baton_tx_create (tx, row, error);
}

static const char *
text_of (const BatonValue *value)
{
  return value->kind == BATON_VALUE_TEXT ? value->text : "";
}

/* The text that its maker saw when they began, or NULL when they do not say. */
static const BatonValue *
seen_text (const BatonOp *op, BatonField field)
{
  for (guint i = 0; i < op->was->len; i++)
    {
      const BatonSet *was = &g_array_index (op->was, BatonSet, i);

      if (was->field == field)
        return &was->value;
    }
  return NULL;
}

/* The value to write: a long text that somebody else has changed meanwhile keeps what both did, unless they
 * changed the same words. */
static gboolean
merge_value (
    BatonTx *tx, BatonEntity entity, const char *id, const BatonSet *set, BatonValue *value, GError **error)
{
  const BatonFieldInfo *info = baton_field_info (set->field);
  const BatonValue *was = info->merge == BATON_MERGE_THREE_WAY ? seen_text (tx->op, set->field) : NULL;
  const BatonRow *row = was != NULL ? baton_tx_get (tx, entity, id, error) : NULL;
  const char *now;
  g_autofree char *merged = NULL;

  if (was != NULL && row == NULL)
    return FALSE;
  now = was != NULL ? text_of (baton_row_value (row, set->field)) : NULL;
  if (was == NULL || strcmp (now, text_of (was)) == 0)
    {
      *value = baton_value_copy (&set->value);
      return TRUE;
    }
  merged = baton_merge_texts (text_of (was), now, text_of (&set->value));
  if (merged == NULL)
    {
      g_set_error (error, BATON_ERROR, BATON_ERROR_OVERLAP,
          _ ("Somebody else has changed the same place of “%s” meanwhile."), info->name);
      return FALSE;
    }
  *value = merged[0] != '\0' ? baton_value_text (merged) : baton_value_none ();
  return TRUE;
}

static gboolean
set_field (BatonTx *tx, BatonEntity entity, const char *id, const BatonSet *set, GError **error)
{
  const BatonFieldInfo *info = baton_field_info (set->field);
  BatonValue value = BATON_VALUE_INIT;

  if (info->entity != entity || (info->flags & (BATON_FIELD_SYSTEM | BATON_FIELD_COUNT)) ||
      (set->field == BATON_ASSET_CURRENT && tx->op->verb != BATON_VERB_ASSET_CHOOSE) ||
      info->merge == BATON_MERGE_ADD_ONLY || info->merge == BATON_MERGE_CAS || info->type == BATON_TYPE_SET ||
      set->field == baton_entity_info (entity)->parent)
    {
      g_set_error (error, BATON_ERROR, BATON_ERROR_INVALID, _ ("“%s” cannot be set like this."), info->name);
      return FALSE;
    }
  if (!baton_rule_value (info, &set->value, error) ||
      !baton_rule_references (tx, set->field, &set->value, error) ||
      !merge_value (tx, entity, id, set, &value, error))
    return FALSE;
  if (!baton_rule_value (info, &value, error))
    {
      baton_value_clear (&value);
      return FALSE;
    }
  return baton_tx_set (tx, entity, id, set->field, value, error);
}

/* Writes the operation's values into a row. */
gboolean
baton_apply_sets (BatonTx *tx, BatonEntity entity, const char *id, GError **error)
{
  for (guint i = 0; i < tx->op->sets->len; i++)
    {
      if (!set_field (tx, entity, id, &g_array_index (tx->op->sets, BatonSet, i), error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
after_set (BatonTx *tx, BatonEntity entity, const char *id, GError **error)
{
  if (tx->op->verb == BATON_VERB_COMMENT_SET &&
      !baton_tx_set_int (tx, entity, id, BATON_COMMENT_EDITED, tx->op->at, error))
    return FALSE;
  if (entity == BATON_ENTITY_BOARD &&
      !baton_rule_board_stages (tx, tx->view->get (tx->view, entity, id), error))
    return FALSE;
  if (tx->op->verb == BATON_VERB_ASSET_CHOOSE && !baton_apply_choose (tx, id, error))
    return FALSE;
  if (entity == BATON_ENTITY_REVIEW && !baton_rule_review_changed (tx, id, error))
    return FALSE;
  if (entity == BATON_ENTITY_EXCUSE && !baton_apply_granted (tx, id, error))
    return FALSE;
  return baton_rule_row (tx, tx->view->get (tx->view, entity, id), error);
}

static gboolean
apply_set (BatonTx *tx, GError **error)
{
  BatonEntity entity = baton_verb_info (tx->op->verb)->entity;

  if (entity == BATON_ENTITY_WORKSPACE && !ensure_workspace (tx, error))
    return FALSE;
  for (guint i = 0; i < tx->op->ids->len; i++)
    {
      const char *id = g_ptr_array_index (tx->op->ids, i);

      if (baton_tx_get_live (tx, entity, id, error) == NULL)
        return FALSE;
      if (entity == BATON_ENTITY_REVIEW && !baton_rule_review_open (tx, id, error))
        return FALSE;
      if (entity == BATON_ENTITY_EXCUSE && !baton_rule_grant (tx, id, error))
        return FALSE;
      if (!baton_apply_sets (tx, entity, id, error) || !after_set (tx, entity, id, error))
        return FALSE;
    }
  return TRUE;
}

/* A card that comes back takes its place in the work in progress again, in a stage that is still there. */
static gboolean
check_return (BatonTx *tx, const BatonRow *card, BatonField field, GError **error)
{
  const BatonRow *stage;
  gboolean elsewhere;

  if (card->entity != BATON_ENTITY_CARD)
    return TRUE;
  stage = baton_tx_get (tx, BATON_ENTITY_STAGE, baton_row_text (card, BATON_CARD_STAGE), error);
  if (stage == NULL)
    return FALSE;
  if (baton_row_int (stage, BATON_STAGE_REMOVED) != 0)
    {
      g_set_error (error, BATON_ERROR, BATON_ERROR_NOT_FOUND,
          _ ("The stage “%s” of this card was removed. Restore the stage first."),
          baton_row_text (stage, BATON_STAGE_NAME));
      return FALSE;
    }
  /* Out of the bin but still in the archive, or the other way round, or a template: it takes no room. */
  elsewhere = baton_row_int (card, BATON_CARD_TEMPLATE) != 0 ||
              (field != BATON_CARD_REMOVED && baton_row_int (card, BATON_CARD_REMOVED) != 0) ||
              (field != BATON_CARD_ARCHIVED && baton_row_int (card, BATON_CARD_ARCHIVED) != 0);
  return elsewhere || baton_rule_wip (tx, stage, error);
}

/* Sets or clears a time on each row: removed and archived are times, so that it is known since when. */
static gboolean
stamp (BatonTx *tx, BatonField field, gboolean on, GError **error)
{
  BatonEntity entity = baton_verb_info (tx->op->verb)->entity;

  for (guint i = 0; i < tx->op->ids->len; i++)
    {
      const char *id = g_ptr_array_index (tx->op->ids, i);
      const BatonRow *row = baton_tx_get (tx, entity, id, error);

      if (row == NULL)
        return FALSE;
      if ((baton_row_int (row, field) != 0) == on)
        continue;
      if (!on && !check_return (tx, row, field, error))
        return FALSE;
      if (!baton_tx_set (
              tx, entity, id, field, on ? baton_value_int (tx->op->at) : baton_value_none (), error))
        return FALSE;
    }
  return TRUE;
}

static BatonField
archived_field (BatonEntity entity)
{
  return entity == BATON_ENTITY_STAGE   ? BATON_STAGE_ARCHIVED
         : entity == BATON_ENTITY_BOARD ? BATON_BOARD_ARCHIVED
                                        : BATON_CARD_ARCHIVED;
}

/* A comment is settled, or open again; who settled it is kept. */
static gboolean
resolve (BatonTx *tx, gboolean on, GError **error)
{
  if (!stamp (tx, BATON_COMMENT_RESOLVED, on, error))
    return FALSE;
  for (guint i = 0; i < tx->op->ids->len; i++)
    {
      if (!baton_tx_set (tx, BATON_ENTITY_COMMENT, g_ptr_array_index (tx->op->ids, i), BATON_COMMENT_RESOLVER,
              on ? baton_value_text (tx->op->person) : baton_value_none (), error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
withdraw (BatonTx *tx, GError **error)
{
  for (guint i = 0; i < tx->op->ids->len; i++)
    {
      if (!baton_rule_review_open (tx, g_ptr_array_index (tx->op->ids, i), error))
        return FALSE;
    }
  return stamp (tx, BATON_REVIEW_REMOVED, TRUE, error);
}

static gboolean
apply_remove (BatonTx *tx, GError **error)
{
  switch ((int) tx->op->verb)
    {
    case BATON_VERB_STAGE_REMOVE:
      return baton_apply_stage_remove (tx, error);
    case BATON_VERB_ASSET_REMOVE:
    case BATON_VERB_VERSION_BIN:
      return baton_apply_bin (tx, error);
    case BATON_VERB_REVIEW_WITHDRAW:
      return withdraw (tx, error);
    default:
      return stamp (tx, baton_entity_removed (baton_verb_info (tx->op->verb)->entity), TRUE, error);
    }
}

static BatonField
linked_field (BatonVerb verb)
{
  return verb == BATON_VERB_CARD_LABEL        ? BATON_CARD_LABELS
         : verb == BATON_VERB_CARD_MEMBER     ? BATON_CARD_MEMBERS
         : verb == BATON_VERB_CARD_TICK       ? BATON_CARD_DONE_CRITERIA
         : verb == BATON_VERB_COMMENT_KEEP    ? BATON_COMMENT_KEPT
         : verb == BATON_VERB_COMMENT_MENTION ? BATON_COMMENT_MENTIONS
         : verb == BATON_VERB_REVIEW_REVIEWER ? BATON_REVIEW_REVIEWERS
                                              : BATON_CARD_BLOCKERS;
}

static gboolean
link_row (BatonTx *tx, const char *id, const BatonLink *link, GError **error)
{
  const BatonFieldInfo *info = baton_field_info (link->field);
  BatonEntity entity = baton_verb_info (tx->op->verb)->entity;
  const BatonRow *row = baton_tx_get_live (tx, entity, id, error);
  const char *now;
  BatonValue value;

  if (row == NULL || (entity == BATON_ENTITY_REVIEW && !baton_rule_review_open (tx, id, error)))
    return FALSE;
  if (link->field != linked_field (tx->op->verb))
    return refuse (error, _ ("This verb cannot change that field."));
  if (link->add && baton_tx_get (tx, info->target, link->id, error) == NULL)
    return FALSE;
  if (link->add && link->field == BATON_CARD_BLOCKERS && !baton_rule_no_cycle (tx, id, link->id, error))
    return FALSE;
  now = baton_row_text (row, link->field);
  value = link->add ? baton_set_add (now, link->id) : baton_set_remove (now, link->id);
  if (!baton_rule_value (info, &value, error))
    {
      baton_value_clear (&value);
      return FALSE;
    }
  return baton_tx_set (tx, entity, id, link->field, value, error);
}

static gboolean
apply_link (BatonTx *tx, GError **error)
{
  for (guint i = 0; i < tx->op->ids->len; i++)
    {
      for (guint j = 0; j < tx->op->links->len; j++)
        {
          if (!link_row (tx, g_ptr_array_index (tx->op->ids, i), &g_array_index (tx->op->links, BatonLink, j),
                  error))
            return FALSE;
        }
    }
  return TRUE;
}

static gboolean
dispatch (BatonTx *tx, GError **error)
{
  const BatonVerbInfo *info = baton_verb_info (tx->op->verb);

  switch (info->action)
    {
    case BATON_ACTION_ADD:
      return baton_apply_add (tx, error);
    case BATON_ACTION_SET:
      return apply_set (tx, error);
    case BATON_ACTION_MOVE:
      return baton_apply_move (tx, error);
    case BATON_ACTION_REMOVE:
      return apply_remove (tx, error);
    case BATON_ACTION_RESTORE:
      return stamp (tx, baton_entity_removed (info->entity), FALSE, error) &&
             (tx->op->verb != BATON_VERB_VERSION_RESTORE || baton_apply_version_restored (tx, error));
    case BATON_ACTION_ARCHIVE:
    case BATON_ACTION_UNARCHIVE:
      if (info->entity == BATON_ENTITY_COMMENT)
        return resolve (tx, info->action == BATON_ACTION_ARCHIVE, error);
      return stamp (tx, archived_field (info->entity), info->action == BATON_ACTION_ARCHIVE, error);
    case BATON_ACTION_LINK:
      return apply_link (tx, error);
    case BATON_ACTION_UNDO:
    default:
      return baton_apply_undo (tx, error);
    }
}

/* An operation with no subject is a mistake of whoever made it, and must not look done. */
static gboolean
has_subject (const BatonOp *op)
{
  switch (baton_verb_info (op->verb)->action)
    {
    case BATON_ACTION_ADD:
      return op->rows->len > 0;
    case BATON_ACTION_UNDO:
      return op->changes != NULL;
    case BATON_ACTION_SET:
    case BATON_ACTION_MOVE:
    case BATON_ACTION_REMOVE:
    case BATON_ACTION_RESTORE:
    case BATON_ACTION_ARCHIVE:
    case BATON_ACTION_UNARCHIVE:
    case BATON_ACTION_LINK:
    default:
      return op->ids->len > 0;
    }
}

static gboolean
are_ids (const GPtrArray *ids)
{
  for (guint i = 0; i < ids->len; i++)
    {
      if (!baton_id_is_valid (g_ptr_array_index (ids, i)))
        return FALSE;
    }
  return TRUE;
}

static gboolean
is_id_or_null (const char *id)
{
  return id == NULL || baton_id_is_valid (id);
}

static gboolean
names_ids (const BatonOp *op)
{
  if (!are_ids (op->ids) || !are_ids (op->from) || !is_id_or_null (op->to) || !is_id_or_null (op->before) ||
      !is_id_or_null (op->after) || !is_id_or_null (op->person) || !is_id_or_null (op->batch))
    return FALSE;
  for (guint i = 0; i < op->links->len; i++)
    {
      if (!baton_id_is_valid (g_array_index (op->links, BatonLink, i).id))
        return FALSE;
    }
  for (guint i = 0; i < op->rows->len; i++)
    {
      const BatonNewRow *new_row = g_ptr_array_index (op->rows, i);

      if (!baton_id_is_valid (new_row->row->id) || !is_id_or_null (new_row->before) ||
          !is_id_or_null (new_row->after))
        return FALSE;
    }
  return TRUE;
}

/* The log keeps what is applied as text for ever, so nothing may pass that its reader would refuse. */
static gboolean
is_readable (const BatonOp *op, GError **error)
{
  if (!has_subject (op))
    return refuse (error, _ ("This change names nothing to change."));
  if (op->at <= 0)
    return refuse (error, _ ("This change does not say when it was made."));
  return names_ids (op) || refuse (error, _ ("This change speaks of something that has no id."));
}

BatonEffect *
baton_apply (const BatonOp *op, BatonView *view, GError **error)
{
  g_autoptr (BatonEffect) effect = baton_effect_new ();
  g_autoptr (GHashTable) recount = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GPtrArray) reviews = g_ptr_array_new_with_free_func (g_free);
  BatonTx tx = { op, view, effect, recount, reviews };

  if (op->verb == BATON_VERB_UNKNOWN)
    return g_steal_pointer (&effect);
  if (!is_readable (op, error) || !dispatch (&tx, error) || !baton_tx_recount (&tx, error))
    return NULL;
  return g_steal_pointer (&effect);
}
