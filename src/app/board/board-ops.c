/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "board-ops.h"

#include <glib/gi18n.h>

BatonOp *
baton_board_op_on_cards (BatonVerb verb, GPtrArray *cards)
{
  BatonOp *op = baton_op_new (verb);

  for (guint i = 0; i < cards->len; i++)
    baton_op_add_id (op, baton_item_id (g_ptr_array_index (cards, i)));
  return op;
}

static gboolean
is_another_lane (BatonBoard *board, GPtrArray *cards, const char *lane)
{
  for (guint i = 0; i < cards->len; i++)
    {
      if (!g_str_equal (baton_board_lane_of (board, g_ptr_array_index (cards, i)), lane))
        return TRUE;
    }
  return FALSE;
}

BatonOp *
baton_board_op_move (BatonBoard *board, GPtrArray *cards, const char *stage, const char *lane,
    const char *before, const char *after)
{
  BatonOp *op = baton_board_op_on_cards (BATON_VERB_CARD_MOVE, cards);
  BatonField field = baton_board_lane_field (board);

  for (guint i = 0; i < cards->len; i++)
    baton_op_add_from (op, baton_item_text (g_ptr_array_index (cards, i), BATON_CARD_STAGE));
  baton_op_set_to (op, stage);
  baton_op_set_place (op, before, after);
  if (lane != NULL && field != BATON_FIELD_NONE && is_another_lane (board, cards, lane))
    baton_op_set_text (op, field, *lane != '\0' ? lane : NULL);
  return op;
}

BatonOp *
baton_board_op_set_ref (BatonField field, GPtrArray *cards, const char *id)
{
  BatonOp *op = baton_board_op_on_cards (BATON_VERB_CARD_SET, cards);

  baton_op_set_text (op, field, id);
  return op;
}

BatonOp *
baton_board_op_set_time (BatonField field, GPtrArray *cards, gint64 at)
{
  BatonOp *op = baton_board_op_on_cards (BATON_VERB_CARD_SET, cards);

  if (at != 0)
    baton_op_set_int (op, field, at);
  else
    baton_op_set_none (op, field);
  return op;
}

BatonOp *
baton_board_op_label (GPtrArray *cards, const char *label, gboolean add)
{
  BatonOp *op = baton_board_op_on_cards (BATON_VERB_CARD_LABEL, cards);

  baton_op_link (op, BATON_CARD_LABELS, add, label);
  return op;
}

BatonOp *
baton_board_op_add (BatonBoard *board, const char *stage, const char *lane, const char *title)
{
  g_autofree char *id = baton_store_new_id ();
  BatonOp *op = baton_op_new (BATON_VERB_CARD_ADD);
  BatonRow *row = baton_op_add_row (op, BATON_ENTITY_CARD, id);
  BatonField field = baton_board_lane_field (board);

  baton_row_set_text (row, BATON_CARD_STAGE, stage);
  baton_row_set_text (row, BATON_CARD_TITLE, title);
  if (lane != NULL && *lane != '\0' && field != BATON_FIELD_NONE)
    baton_row_set_text (row, field, lane);
  return op;
}

char *
baton_board_cards_words (GPtrArray *cards)
{
  g_autofree char *title = NULL;

  if (cards->len != 1)
    return g_strdup_printf (ngettext ("%u card", "%u cards", cards->len), cards->len);
  title = g_utf8_substring (baton_item_text (g_ptr_array_index (cards, 0), BATON_CARD_TITLE), 0,
      MIN (60, g_utf8_strlen (baton_item_text (g_ptr_array_index (cards, 0), BATON_CARD_TITLE), -1)));
  return g_strdup_printf (_ ("“%s”"), title);
}

char *
baton_board_moved_words (BatonBoard *board, GPtrArray *cards, const char *stage)
{
  g_autofree char *what = baton_board_cards_words (cards);
  const char *name = baton_workspace_name_of (baton_board_workspace (board), BATON_ENTITY_STAGE, stage, "");

  return g_strdup_printf (_ ("Moved %s to “%s”"), what, name);
}
