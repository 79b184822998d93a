/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-core"

#include "tx.h"

#include "baton-error.h"
#include "past.h"

#include <glib/gi18n-lib.h>

static void
default_text (BatonRow *row, BatonField field, const char *text)
{
  if (baton_row_value (row, field)->kind == BATON_VALUE_NONE)
    baton_row_set_text (row, field, text);
}

/* Since when it is in its stage: now, unless it brings a past along. */
static gboolean
entered_at (BatonTx *tx, const BatonRow *row, gint64 *entered, GError **error)
{
  const char *past = baton_row_text (row, BATON_CARD_PAST);

  *entered = tx->op->at;
  if (past == NULL)
    return TRUE;
  if (baton_past_check (past, baton_row_text (row, BATON_CARD_STAGE), entered))
    {
      *entered = MAX (*entered, tx->op->at);
      return TRUE;
    }
  g_set_error_literal (error, BATON_ERROR, BATON_ERROR_INVALID,
      _ ("What this card brings along of its past cannot be read, or does not end in its stage."));
  return FALSE;
}

/* A card belongs to its stage's board and has been in that stage since now. */
static gboolean
complete_card (BatonTx *tx, BatonRow *row, GError **error)
{
  const BatonRow *stage =
      baton_tx_get_live (tx, BATON_ENTITY_STAGE, baton_row_text (row, BATON_CARD_STAGE), error);
  gint64 entered;

  if (stage == NULL || !entered_at (tx, row, &entered, error))
    return FALSE;
  if (baton_row_int (row, BATON_CARD_TEMPLATE) == 0 && !baton_rule_wip (tx, stage, error))
    return FALSE;
  baton_row_set_text (row, BATON_CARD_BOARD, baton_row_text (stage, BATON_STAGE_BOARD));
  baton_row_set_int (row, BATON_CARD_ENTERED, entered);
  default_text (row, BATON_CARD_URGENCY, baton_field_info (BATON_CARD_URGENCY)->choices[0]);
  default_text (row, BATON_CARD_CREATOR, tx->op->person);
  baton_row_set_int (row, BATON_CARD_ITEMS, 0);
  baton_row_set_int (row, BATON_CARD_ITEMS_DONE, 0);
  baton_row_set_int (row, BATON_CARD_COMMENTS, 0);
  baton_row_set_int (row, BATON_CARD_ASSETS, 0);
  baton_row_set_int (row, BATON_CARD_REWORKS, 0);
  return TRUE;
}

static gboolean
complete_entity (BatonTx *tx, BatonRow *row, GError **error)
{
  switch ((int) row->entity)
    {
    case BATON_ENTITY_CARD:
      return complete_card (tx, row, error);
    case BATON_ENTITY_STAGE:
      default_text (row, BATON_STAGE_KIND, "active");
      return TRUE;
    case BATON_ENTITY_BOARD:
      return baton_rule_board_stages (tx, row, error);
    case BATON_ENTITY_COMMENT:
      default_text (row, BATON_COMMENT_AUTHOR, tx->op->person);
      return baton_rule_complete_comment (tx, row, error);
    case BATON_ENTITY_ASSET:
      return baton_rule_complete_asset (tx, row, error);
    case BATON_ENTITY_VERSION:
      return baton_rule_complete_version (tx, row, error);
    case BATON_ENTITY_REVIEW:
      return baton_rule_complete_review (tx, row, error);
    case BATON_ENTITY_ANSWER:
      return baton_rule_complete_answer (tx, row, error);
    case BATON_ENTITY_DECISION:
      return baton_rule_complete_decision (tx, row, error);
    case BATON_ENTITY_EXCUSE:
      return baton_rule_complete_excuse (tx, row, error);
    case BATON_ENTITY_HANDOFF:
      default_text (row, BATON_HANDOFF_MARK, "measured");
      return TRUE;
    default:
      return TRUE;
    }
}

static gboolean
complete (BatonTx *tx, BatonRow *row, GError **error)
{
  baton_row_set_int (row, baton_entity_created (row->entity), tx->op->at);
  return complete_entity (tx, row, error);
}

/* What follows from a new row. */
static gboolean
follow_up (BatonTx *tx, const BatonRow *row, GError **error)
{
  switch ((int) row->entity)
    {
    case BATON_ENTITY_VERSION:
      return baton_apply_version_added (tx, row, error);
    case BATON_ENTITY_REVIEW:
      return baton_apply_review_added (tx, row, error);
    case BATON_ENTITY_EXCUSE:
      return baton_apply_excuse_added (tx, row, error);
    default:
      return TRUE;
    }
}

/* What must hang from something must name it. */
static gboolean
check_parent (const BatonRow *row, GError **error)
{
  static const BatonField owners[] = { BATON_STAGE_BOARD, BATON_CRITERION_STAGE, BATON_CHANNEL_BOARD,
    BATON_CAMPAIGN_BOARD, BATON_ASSET_TYPE_BOARD, BATON_LABEL_BOARD, BATON_CARD_STAGE, BATON_CHECKLIST_CARD,
    BATON_ITEM_CHECKLIST, BATON_COMMENT_CARD, BATON_LINK_CARD, BATON_CUSTOM_FIELD_BOARD,
    BATON_CUSTOM_VALUE_CARD, BATON_CUSTOM_VALUE_FIELD, BATON_FILTER_BOARD, BATON_REVIEW_CHECK_ASSET_TYPE,
    BATON_ASSET_CARD, BATON_VERSION_ASSET, BATON_REVIEW_VERSION, BATON_ANSWER_REVIEW, BATON_ANSWER_CHECK,
    BATON_DECISION_REVIEW, BATON_EXCUSE_REVIEW, BATON_HANDOFF_BOARD, BATON_HANDOFF_GIVER,
    BATON_HANDOFF_TAKER };

  for (guint i = 0; i < G_N_ELEMENTS (owners); i++)
    {
      const BatonFieldInfo *info = baton_field_info (owners[i]);

      if (info->entity != row->entity || baton_row_text (row, owners[i]) != NULL)
        continue;
      g_set_error (error, BATON_ERROR, BATON_ERROR_INVALID, _ ("A new %s must name its %s."),
          baton_entity_info (row->entity)->name, info->name);
      return FALSE;
    }
  return TRUE;
}

/* What the rules keep themselves is not written into the log with a new row, so it must not be in the row
 * either. */
static gboolean
check_fields (const BatonRow *row, GError **error)
{
  const BatonEntityInfo *info = baton_entity_info (row->entity);

  for (guint i = 0; i < info->n_fields; i++)
    {
      const BatonFieldInfo *field = baton_field_info (info->first + i);

      if (row->values[i].kind == BATON_VALUE_NONE ||
          !(field->flags & (BATON_FIELD_SYSTEM | BATON_FIELD_COUNT)))
        continue;
      g_set_error (error, BATON_ERROR, BATON_ERROR_INVALID, _ ("“%s” cannot be set like this."), field->name);
      return FALSE;
    }
  return TRUE;
}

/* A handoff has one mark: a second one takes the place of the first. *written tells that it did. */
static gboolean
mark_again (BatonTx *tx, const BatonRow *row, gboolean *written, GError **error)
{
  static const BatonField same[] = { BATON_HANDOFF_GIVER, BATON_HANDOFF_TAKER, BATON_HANDOFF_CHANNEL,
    BATON_HANDOFF_ASSET_TYPE };
  g_autoptr (GPtrArray) ids =
      tx->view->children (tx->view, BATON_HANDOFF_BOARD, baton_row_text (row, BATON_HANDOFF_BOARD));

  *written = FALSE;
  for (guint i = 0; i < ids->len && !*written; i++)
    {
      const char *id = g_ptr_array_index (ids, i);
      const BatonRow *other = tx->view->get (tx->view, BATON_ENTITY_HANDOFF, id);

      *written = TRUE;
      for (guint f = 0; f < G_N_ELEMENTS (same); f++)
        *written &= g_strcmp0 (baton_row_text (other, same[f]), baton_row_text (row, same[f])) == 0;
      if (*written)
        return baton_tx_set (tx, BATON_ENTITY_HANDOFF, id, BATON_HANDOFF_MARK,
                   baton_value_copy (baton_row_value (row, BATON_HANDOFF_MARK)), error) &&
               baton_tx_set (tx, BATON_ENTITY_HANDOFF, id, BATON_HANDOFF_REMOVED, baton_value_none (), error);
    }
  return TRUE;
}

static gboolean
add_row (BatonTx *tx, const BatonNewRow *new_row, GError **error)
{
  g_autoptr (BatonRow) row = baton_row_copy (new_row->row);
  const BatonEntityInfo *info = baton_entity_info (row->entity);
  gboolean again = FALSE;
  gint64 rank;

  if (tx->view->get (tx->view, row->entity, row->id) != NULL)
    {
      g_set_error (error, BATON_ERROR, BATON_ERROR_EXISTS, _ ("This %s is already there."), info->name);
      return FALSE;
    }
  if (!check_fields (row, error) || !check_parent (row, error) || !complete (tx, row, error) ||
      !baton_rule_row (tx, row, error))
    return FALSE;
  if ((row->entity == BATON_ENTITY_ANSWER || row->entity == BATON_ENTITY_DECISION) &&
      (!baton_apply_again (tx, row, &again, error) || again))
    return again;
  if (row->entity == BATON_ENTITY_HANDOFF && (!mark_again (tx, row, &again, error) || again))
    return again;
  if (info->rank != BATON_FIELD_NONE)
    {
      const char *parent = info->parent != BATON_FIELD_NONE ? baton_row_text (row, info->parent) : NULL;

      if (!baton_place (tx, row->entity, parent, new_row->before, new_row->after, &rank, error))
        return FALSE;
      baton_row_set_int (row, info->rank, rank);
    }
  return baton_tx_create (tx, row, error) && follow_up (tx, row, error);
}

/* Rows that hang from the first one may be created with it: a board with its stages, a card with its
 * checklists. */
gboolean
baton_apply_add (BatonTx *tx, GError **error)
{
  const BatonNewRow *first = g_ptr_array_index (tx->op->rows, 0);

  if (first->row->entity != baton_verb_info (tx->op->verb)->entity)
    {
      g_set_error_literal (
          error, BATON_ERROR, BATON_ERROR_INVALID, _ ("The verb and what it adds do not fit."));
      return FALSE;
    }
  for (guint i = 0; i < tx->op->rows->len; i++)
    {
      if (!add_row (tx, g_ptr_array_index (tx->op->rows, i), error))
        return FALSE;
    }
  return TRUE;
}
