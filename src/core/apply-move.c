/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-core"

#include "tx.h"

#include "baton-error.h"

#include <glib/gi18n-lib.h>

/* Stage moves compare and set: whoever moves a card says where they saw it. */
static gboolean
check_from (BatonTx *tx, guint index, const BatonRow *row, BatonField parent, GError **error)
{
  const char *seen;
  const BatonRow *stage;

  if (index >= tx->op->from->len || parent == BATON_FIELD_NONE)
    return TRUE;
  seen = g_ptr_array_index (tx->op->from, index);
  if (g_strcmp0 (seen, baton_row_text (row, parent)) == 0)
    return TRUE;
  if (row->entity != BATON_ENTITY_CARD)
    {
      g_set_error_literal (
          error, BATON_ERROR, BATON_ERROR_STALE, _ ("It has been moved elsewhere meanwhile."));
      return FALSE;
    }
  stage = tx->view->get (tx->view, BATON_ENTITY_STAGE, baton_row_text (row, parent));
  g_set_error (error, BATON_ERROR, BATON_ERROR_STALE, _ ("“%s” has been moved to “%s” meanwhile."),
      baton_row_text (row, BATON_CARD_TITLE), stage != NULL ? baton_row_text (stage, BATON_STAGE_NAME) : "");
  return FALSE;
}

static gboolean
change_stage (BatonTx *tx, const char *id, const char *to, GError **error)
{
  const BatonRow *stage = baton_tx_get_live (tx, BATON_ENTITY_STAGE, to, error);
  g_autofree char *board = stage != NULL ? g_strdup (baton_row_text (stage, BATON_STAGE_BOARD)) : NULL;

  return stage != NULL &&
         baton_tx_set (tx, BATON_ENTITY_CARD, id, BATON_CARD_STAGE, baton_value_text (to), error) &&
         baton_tx_set (tx, BATON_ENTITY_CARD, id, BATON_CARD_BOARD, baton_value_text (board), error) &&
         baton_tx_set_int (tx, BATON_ENTITY_CARD, id, BATON_CARD_ENTERED, tx->op->at, error);
}

static gboolean
check_stage_move (BatonTx *tx, const BatonRow *card, const char *to, GError **error)
{
  const BatonRow *target = baton_tx_get_live (tx, BATON_ENTITY_STAGE, to, error);
  gboolean counts =
      baton_row_int (card, BATON_CARD_ARCHIVED) == 0 && baton_row_int (card, BATON_CARD_TEMPLATE) == 0;
  const BatonRow *source;

  if (target == NULL)
    return FALSE;
  source = baton_tx_get (tx, BATON_ENTITY_STAGE, baton_row_text (card, BATON_CARD_STAGE), error);
  return source != NULL && (!counts || baton_rule_wip (tx, target, error)) &&
         baton_rule_done (tx, card, source, target, error);
}

static gboolean
check_parent (BatonTx *tx, const BatonRow *row, BatonField parent, const char *to, GError **error)
{
  if (row->entity == BATON_ENTITY_CARD)
    return check_stage_move (tx, row, to, error);
  if (parent != BATON_FIELD_NONE && baton_field_info (parent)->merge != BATON_MERGE_ADD_ONLY)
    return baton_tx_get_live (tx, baton_field_info (parent)->target, to, error) != NULL;
  g_set_error (error, BATON_ERROR, BATON_ERROR_INVALID,
      _ ("A %s stays where it hangs; only its place can change."), baton_entity_info (row->entity)->name);
  return FALSE;
}

static gboolean
change_parent (BatonTx *tx, BatonEntity entity, const char *id, const char *to, GError **error)
{
  if (entity == BATON_ENTITY_CARD)
    return change_stage (tx, id, to, error);
  return baton_tx_set (tx, entity, id, baton_entity_info (entity)->parent, baton_value_text (to), error);
}

static gboolean
move_one (BatonTx *tx, guint index, const char *before, const char *after, GError **error)
{
  BatonEntity entity = baton_verb_info (tx->op->verb)->entity;
  const BatonEntityInfo *info = baton_entity_info (entity);
  const char *id = g_ptr_array_index (tx->op->ids, index);
  const BatonRow *row = baton_tx_get_live (tx, entity, id, error);
  g_autofree char *parent = NULL;
  gboolean leaves;
  gint64 rank;

  if (row == NULL || !check_from (tx, index, row, info->parent, error))
    return FALSE;
  parent = info->parent != BATON_FIELD_NONE ? g_strdup (baton_row_text (row, info->parent)) : NULL;
  leaves = tx->op->to != NULL && g_strcmp0 (tx->op->to, parent) != 0;
  if (leaves && !check_parent (tx, row, info->parent, tx->op->to, error))
    return FALSE;
  baton_tx_note_board (tx, row);
  if (entity == BATON_ENTITY_CARD)
    baton_effect_touch (tx->effect, id);
  /* The place is looked for first, so that the row is written once. */
  return baton_place (tx, entity, leaves ? tx->op->to : parent, before, after, &rank, error) &&
         (!leaves || change_parent (tx, entity, id, tx->op->to, error)) &&
         baton_tx_set_int (tx, entity, id, info->rank, rank, error);
}

/* Put beside itself, in the place where it is: it stays. */
static gboolean
stays (BatonTx *tx, const char *id)
{
  const BatonEntityInfo *info = baton_entity_info (baton_verb_info (tx->op->verb)->entity);
  const BatonRow *row = tx->view->get (tx->view, baton_verb_info (tx->op->verb)->entity, id);

  if (row == NULL || (g_strcmp0 (tx->op->before, id) != 0 && g_strcmp0 (tx->op->after, id) != 0))
    return FALSE;
  return tx->op->to == NULL || info->parent == BATON_FIELD_NONE ||
         g_strcmp0 (tx->op->to, baton_row_text (row, info->parent)) == 0;
}

/* Several rows keep their order: the first takes the place, each further one stands after the one before it.
 * Values may come along: a card dropped into another lane changes its stage and its channel in one thing that
 * a person did. */
gboolean
baton_apply_move (BatonTx *tx, GError **error)
{
  const GPtrArray *ids = tx->op->ids;
  BatonEntity entity = baton_verb_info (tx->op->verb)->entity;

  for (guint i = 0; i < ids->len; i++)
    {
      const char *id = g_ptr_array_index (ids, i);
      const char *before = i == 0 ? tx->op->before : NULL;
      const char *after = i > 0 ? g_ptr_array_index (ids, i - 1) : tx->op->after;

      gboolean there = i == 0 && stays (tx, id);

      if (!there && !move_one (tx, i, g_strcmp0 (before, id) != 0 ? before : NULL,
                        g_strcmp0 (after, id) != 0 ? after : NULL, error))
        return FALSE;
      if (!baton_apply_sets (tx, entity, id, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
put_last (BatonTx *tx, const char *id, const char *to, GError **error)
{
  gint64 rank;

  return change_stage (tx, id, to, error) &&
         baton_place (tx, BATON_ENTITY_CARD, to, NULL, NULL, &rank, error) &&
         baton_tx_set_int (tx, BATON_ENTITY_CARD, id, BATON_CARD_RANK, rank, error);
}

/* Whether a card may go there by itself: it is on the board, and the stage is there and has room. */
static gboolean
may_go (BatonTx *tx, const BatonRow *card, const char *to, gboolean forward)
{
  const BatonRow *target = to != NULL ? tx->view->get (tx->view, BATON_ENTITY_STAGE, to) : NULL;
  const BatonRow *source =
      tx->view->get (tx->view, BATON_ENTITY_STAGE, baton_row_text (card, BATON_CARD_STAGE));

  if (target == NULL || source == NULL || g_str_equal (target->id, source->id) ||
      baton_row_int (target, BATON_STAGE_REMOVED) != 0 || baton_row_int (card, BATON_CARD_REMOVED) != 0 ||
      baton_row_int (card, BATON_CARD_ARCHIVED) != 0 || baton_row_int (card, BATON_CARD_TEMPLATE) != 0)
    return FALSE;
  if (forward && baton_row_int (target, BATON_STAGE_RANK) < baton_row_int (source, BATON_STAGE_RANK))
    return FALSE;
  return baton_rule_wip (tx, target, NULL) && baton_rule_done (tx, card, source, target, NULL);
}

gboolean
baton_apply_move_on (BatonTx *tx, const char *card, BatonField board_field, gboolean forward, GError **error)
{
  const BatonRow *row = tx->view->get (tx->view, BATON_ENTITY_CARD, card);
  const BatonRow *board =
      row != NULL ? tx->view->get (tx->view, BATON_ENTITY_BOARD, baton_row_text (row, BATON_CARD_BOARD))
                  : NULL;
  g_autofree char *to = board != NULL ? g_strdup (baton_row_text (board, board_field)) : NULL;

  if (to == NULL || !may_go (tx, row, to, forward))
    return TRUE;
  baton_tx_note_board (tx, row);
  return put_last (tx, card, to, error);
}

static gboolean
move_cards_to (BatonTx *tx, GPtrArray *cards, const char *to, GError **error)
{
  for (guint i = 0; i < cards->len; i++)
    {
      if (!put_last (tx, g_ptr_array_index (cards, i), to, error))
        return FALSE;
    }
  return TRUE;
}

static guint
count_live_stages (BatonTx *tx, const char *board)
{
  g_autoptr (GPtrArray) stages = tx->view->children (tx->view, BATON_STAGE_BOARD, board);
  guint n = 0;

  for (guint i = 0; i < stages->len; i++)
    {
      const BatonRow *stage = tx->view->get (tx->view, BATON_ENTITY_STAGE, g_ptr_array_index (stages, i));

      n += baton_row_int (stage, BATON_STAGE_REMOVED) == 0;
    }
  return n;
}

/* A stage goes, its cards stay: those in the archive and in the bin too, so that they can still come back. */
static gboolean
remove_stage (BatonTx *tx, const char *id, GError **error)
{
  const BatonRow *stage = baton_tx_get_live (tx, BATON_ENTITY_STAGE, id, error);
  g_autoptr (GPtrArray) cards = NULL;

  if (stage == NULL)
    return FALSE;
  if (count_live_stages (tx, baton_row_text (stage, BATON_STAGE_BOARD)) < 2)
    {
      g_set_error_literal (error, BATON_ERROR, BATON_ERROR_INVALID, _ ("A board needs at least one stage."));
      return FALSE;
    }
  cards = tx->view->children (tx->view, BATON_CARD_STAGE, id);
  if (cards->len > 0 && (tx->op->to == NULL || g_str_equal (tx->op->to, id)))
    {
      g_set_error_literal (error, BATON_ERROR, BATON_ERROR_INVALID,
          _ ("This stage still has cards, in the archive or the bin perhaps. Choose a stage for them."));
      return FALSE;
    }
  return (cards->len == 0 || move_cards_to (tx, cards, tx->op->to, error)) &&
         baton_tx_set_int (tx, BATON_ENTITY_STAGE, id, BATON_STAGE_REMOVED, tx->op->at, error);
}

gboolean
baton_apply_stage_remove (BatonTx *tx, GError **error)
{
  for (guint i = 0; i < tx->op->ids->len; i++)
    {
      if (!remove_stage (tx, g_ptr_array_index (tx->op->ids, i), error))
        return FALSE;
    }
  return TRUE;
}
