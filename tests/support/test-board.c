/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-test"

#include "test-board.h"

#include "test-ops.h"

#include <stdarg.h>

char *
baton_test_board_id (BatonTestBoard *board)
{
  return baton_test_id (&board->random, G_GINT64_CONSTANT (1772355600) * G_USEC_PER_SEC);
}

static void
make_ids (BatonTestBoard *board, char **ids, guint n)
{
  for (guint i = 0; i < n; i++)
    ids[i] = baton_test_board_id (board);
}

BatonTestBoard *
baton_test_board_new (guint stream)
{
  BatonTestBoard *board = g_new0 (BatonTestBoard, 1);

  board->random = baton_test_random (stream);
  make_ids (board, &board->board, 1);
  make_ids (board, board->stages, G_N_ELEMENTS (board->stages));
  make_ids (board, board->criteria, G_N_ELEMENTS (board->criteria));
  make_ids (board, board->people, G_N_ELEMENTS (board->people));
  make_ids (board, board->channels, G_N_ELEMENTS (board->channels));
  make_ids (board, &board->campaign, 1);
  make_ids (board, &board->asset_type, 1);
  make_ids (board, board->labels, G_N_ELEMENTS (board->labels));
  make_ids (board, &board->custom_field, 1);
  make_ids (board, board->cards, G_N_ELEMENTS (board->cards));
  make_ids (board, &board->checklist, 1);
  make_ids (board, board->items, G_N_ELEMENTS (board->items));
  make_ids (board, &board->comment, 1);
  return board;
}

static void
free_ids (char **ids, guint n)
{
  for (guint i = 0; i < n; i++)
    g_free (ids[i]);
}

void
baton_test_board_free (BatonTestBoard *board)
{
  g_free (board->board);
  free_ids (board->stages, G_N_ELEMENTS (board->stages));
  free_ids (board->criteria, G_N_ELEMENTS (board->criteria));
  free_ids (board->people, G_N_ELEMENTS (board->people));
  free_ids (board->channels, G_N_ELEMENTS (board->channels));
  g_free (board->campaign);
  g_free (board->asset_type);
  free_ids (board->labels, G_N_ELEMENTS (board->labels));
  g_free (board->custom_field);
  free_ids (board->cards, G_N_ELEMENTS (board->cards));
  g_free (board->checklist);
  free_ids (board->items, G_N_ELEMENTS (board->items));
  g_free (board->comment);
  g_free (board);
}

static BatonOp *
begin (GPtrArray *ops, BatonVerb verb, gint64 at)
{
  BatonOp *op = baton_op_new (verb);

  op->at = at;
  g_ptr_array_add (ops, op);
  return op;
}

static void
add_named (GPtrArray *ops, gint64 at, BatonVerb verb, const char *id, const char *board, const char *name)
{
  BatonEntity entity = baton_verb_info (verb)->entity;
  BatonRow *row = baton_op_add_row (begin (ops, verb, at), entity, id);
  BatonField parent = baton_field_find (entity, "board");

  if (parent != BATON_FIELD_NONE)
    baton_row_set_text (row, parent, board);
  baton_row_set_text (row, baton_field_find (entity, "name"), name);
}

static void
add_board (BatonTestBoard *board, GPtrArray *ops, gint64 at)
{
  static const char *const names[] = { "Ideas", "To do", "Making", "Review", "Done" };
  static const char *const kinds[] = { "backlog", "queue", "active", "review", "done" };
  static const char *const criteria[] = { "Logo is the current one", "Texts are proofread" };
  BatonOp *op = begin (ops, BATON_VERB_BOARD_ADD, at);

  baton_row_set_text (baton_op_add_row (op, BATON_ENTITY_BOARD, board->board), BATON_BOARD_NAME, "Spring");
  for (guint i = 0; i < BATON_TEST_N_STAGES; i++)
    {
      BatonRow *row = baton_op_add_row (op, BATON_ENTITY_STAGE, board->stages[i]);

      baton_row_set_text (row, BATON_STAGE_BOARD, board->board);
      baton_row_set_text (row, BATON_STAGE_NAME, names[i]);
      baton_row_set_text (row, BATON_STAGE_KIND, kinds[i]);
    }
  for (guint i = 0; i < G_N_ELEMENTS (criteria); i++)
    {
      BatonRow *row = baton_op_add_row (
          begin (ops, BATON_VERB_CRITERION_ADD, at), BATON_ENTITY_CRITERION, board->criteria[i]);

      baton_row_set_text (row, BATON_CRITERION_STAGE, board->stages[BATON_TEST_ACTIVE]);
      baton_row_set_text (row, BATON_CRITERION_TEXT, criteria[i]);
    }
}

static void
add_cards (BatonTestBoard *board, GPtrArray *ops, gint64 at)
{
  for (guint i = 0; i < BATON_TEST_N_CARDS; i++)
    {
      g_autofree char *title = g_strdup_printf ("Card %u", i + 1);
      BatonOp *op = baton_test_op_card (board->cards[i], board->stages[BATON_TEST_BACKLOG], title);

      op->at = at;
      op->person = g_strdup (board->people[0]);
      g_ptr_array_add (ops, op);
    }
}

static void
add_content (BatonTestBoard *board, GPtrArray *ops, gint64 at)
{
  BatonOp *op = begin (ops, BATON_VERB_CHECKLIST_ADD, at);
  BatonRow *row = baton_op_add_row (op, BATON_ENTITY_CHECKLIST, board->checklist);

  baton_row_set_text (row, BATON_CHECKLIST_CARD, board->cards[0]);
  baton_row_set_text (row, BATON_CHECKLIST_TITLE, "Steps");
  for (guint i = 0; i < G_N_ELEMENTS (board->items); i++)
    {
      row = baton_op_add_row (op, BATON_ENTITY_ITEM, board->items[i]);
      baton_row_set_text (row, BATON_ITEM_CHECKLIST, board->checklist);
      baton_row_set_text (row, BATON_ITEM_TEXT, i == 0 ? "Sketch" : "Colour");
    }
  op = baton_test_op_comment (board->comment, board->cards[0], "Please mind the margins");
  op->at = at;
  g_ptr_array_add (ops, op);
}

GPtrArray *
baton_test_board_ops (BatonTestBoard *board, gint64 at)
{
  GPtrArray *ops = g_ptr_array_new_with_free_func ((GDestroyNotify) baton_op_free);

  add_named (ops, at, BATON_VERB_PERSON_ADD, board->people[0], NULL, "Ada Weiß");
  add_named (ops, at, BATON_VERB_PERSON_ADD, board->people[1], NULL, "José Ibáñez");
  add_named (ops, at, BATON_VERB_PERSON_ADD, board->people[2], NULL, "田中花子");
  add_board (board, ops, at);
  add_named (ops, at, BATON_VERB_CHANNEL_ADD, board->channels[0], board->board, "Instagram");
  add_named (ops, at, BATON_VERB_CHANNEL_ADD, board->channels[1], board->board, "E-mail");
  add_named (ops, at, BATON_VERB_CAMPAIGN_ADD, board->campaign, board->board, "Launch");
  add_named (ops, at, BATON_VERB_ASSET_TYPE_ADD, board->asset_type, board->board, "Image");
  add_named (ops, at, BATON_VERB_LABEL_ADD, board->labels[0], board->board, "Urgent");
  add_named (ops, at, BATON_VERB_LABEL_ADD, board->labels[1], board->board, "Evergreen");
  add_named (ops, at, BATON_VERB_CUSTOM_FIELD_ADD, board->custom_field, board->board, "Cost centre");
  add_cards (board, ops, at);
  add_content (board, ops, at);
  return ops;
}

BatonTestBoard *
baton_test_board_fill (BatonTestStore *test)
{
  BatonTestBoard *board = baton_test_board_new (77);
  g_autoptr (GError) error = NULL;

  baton_test_try_all (test, baton_test_board_ops (board, test->now), &error);
  g_assert_no_error (error);
  return board;
}

BatonOp *
baton_test_op_ids (BatonVerb verb, const char *id, ...)
{
  BatonOp *op = baton_op_new (verb);
  va_list args;

  va_start (args, id);
  for (; id != NULL; id = va_arg (args, const char *))
    baton_op_add_id (op, id);
  va_end (args);
  return op;
}

BatonOp *
baton_test_op_text (BatonVerb verb, const char *id, BatonField field, const char *text)
{
  BatonOp *op = baton_test_op_ids (verb, id, NULL);

  baton_op_set_text (op, field, text);
  return op;
}

BatonOp *
baton_test_op_int (BatonVerb verb, const char *id, BatonField field, gint64 number)
{
  BatonOp *op = baton_test_op_ids (verb, id, NULL);

  baton_op_set_int (op, field, number);
  return op;
}

BatonOp *
baton_test_op_move (const char *card, const char *from, const char *to)
{
  BatonOp *op = baton_test_op_ids (BATON_VERB_CARD_MOVE, card, NULL);

  if (from != NULL)
    baton_op_add_from (op, from);
  baton_op_set_to (op, to);
  return op;
}

BatonOp *
baton_test_op_link (BatonVerb verb, const char *card, gboolean add, const char *other)
{
  BatonOp *op = baton_test_op_ids (verb, card, NULL);

  baton_op_link (op, baton_test_linked_field (verb), add, other);
  return op;
}

BatonOp *
baton_test_op_card (const char *id, const char *stage, const char *title)
{
  BatonOp *op = baton_op_new (BATON_VERB_CARD_ADD);
  BatonRow *row = baton_op_add_row (op, BATON_ENTITY_CARD, id);

  baton_row_set_text (row, BATON_CARD_STAGE, stage);
  baton_row_set_text (row, BATON_CARD_TITLE, title);
  return op;
}

BatonOp *
baton_test_op_comment (const char *id, const char *card, const char *text)
{
  BatonOp *op = baton_op_new (BATON_VERB_COMMENT_ADD);
  BatonRow *row = baton_op_add_row (op, BATON_ENTITY_COMMENT, id);

  baton_row_set_text (row, BATON_COMMENT_CARD, card);
  baton_row_set_text (row, BATON_COMMENT_TEXT, text);
  return op;
}
