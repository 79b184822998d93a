/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-test"

/* The rules, each with its refusal in words. */

#include "memory-view.h"

#include <string.h>

typedef struct
{
  MemoryView *view;
  BatonTestBoard *board;
  char **cards;
  char **stages;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  f->view = memory_view_new ();
  f->board = memory_view_fill (f->view);
  f->cards = f->board->cards;
  f->stages = f->board->stages;
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  baton_test_board_free (f->board);
  memory_view_free (f->view);
}

static void
limit (Fixture *f, guint stage, gint64 cards, gboolean hard)
{
  BatonOp *op = baton_test_op_int (BATON_VERB_STAGE_SET, f->stages[stage], BATON_STAGE_WIP_LIMIT, cards);

  baton_op_set_int (op, BATON_STAGE_WIP_HARD, hard);
  memory_view_done (f->view, op);
}

static BatonOp *
move (Fixture *f, guint card, guint stage)
{
  return baton_test_op_move (f->cards[card], NULL, f->stages[stage]);
}

static void
test_wip (Fixture *f, gconstpointer data)
{
  g_autofree char *id = baton_test_board_id (f->board);
  BatonOp *op;

  limit (f, BATON_TEST_ACTIVE, 2, FALSE);
  for (guint i = 0; i < 3; i++)
    memory_view_done (f->view, move (f, i, BATON_TEST_ACTIVE));
  limit (f, BATON_TEST_ACTIVE, 2, TRUE);
  memory_view_refused (f->view, move (f, 3, BATON_TEST_ACTIVE), BATON_ERROR_WIP,
      "“Making” is full: at most 2 cards at a time. Finish or move one first.");
  memory_view_refused (
      f->view, baton_test_op_card (id, f->stages[BATON_TEST_ACTIVE], "New"), BATON_ERROR_WIP, NULL);
  limit (f, BATON_TEST_QUEUE, 1, TRUE);
  memory_view_done (f->view, move (f, 3, BATON_TEST_QUEUE));
  memory_view_refused (f->view, move (f, 4, BATON_TEST_QUEUE), BATON_ERROR_WIP,
      "“To do” is full: at most 1 card at a time. Finish or move one first.");

  /* Order within a full stage is free, and what leaves makes room. */
  op = baton_test_op_move (f->cards[0], f->stages[BATON_TEST_ACTIVE], f->stages[BATON_TEST_ACTIVE]);
  baton_op_set_place (op, NULL, f->cards[2]);
  memory_view_done (f->view, op);
  memory_view_done (f->view, move (f, 3, BATON_TEST_REVIEW));
  memory_view_done (f->view, move (f, 4, BATON_TEST_QUEUE));

  /* The bin and the archive make room, and coming back takes it. */
  memory_view_done (f->view, baton_test_op_ids (BATON_VERB_CARD_BIN, f->cards[4], NULL));
  memory_view_done (f->view, move (f, 5, BATON_TEST_QUEUE));
  memory_view_refused (
      f->view, baton_test_op_ids (BATON_VERB_CARD_RESTORE, f->cards[4], NULL), BATON_ERROR_WIP, NULL);
  memory_view_done (f->view, baton_test_op_ids (BATON_VERB_CARD_ARCHIVE, f->cards[5], NULL));
  memory_view_done (f->view, baton_test_op_ids (BATON_VERB_CARD_RESTORE, f->cards[4], NULL));
  memory_view_refused (
      f->view, baton_test_op_ids (BATON_VERB_CARD_UNARCHIVE, f->cards[5], NULL), BATON_ERROR_WIP, NULL);
}

static void
test_wip_bulk (Fixture *f, gconstpointer data)
{
  BatonOp *op = baton_test_op_ids (BATON_VERB_CARD_MOVE, f->cards[0], f->cards[1], f->cards[2], NULL);

  limit (f, BATON_TEST_ACTIVE, 2, TRUE);
  baton_op_set_to (op, f->stages[BATON_TEST_ACTIVE]);
  memory_view_refused (f->view, op, BATON_ERROR_WIP, NULL);
  g_assert_cmpstr (
      memory_view_text (f->view, f->cards[0], BATON_CARD_STAGE), ==, f->stages[BATON_TEST_BACKLOG]);
}

/* Coming back, each card takes its room before the next one asks for it; what takes no room is free. */
static void
test_wip_return (Fixture *f, gconstpointer data)
{
  for (guint i = 0; i < 4; i++)
    memory_view_done (f->view, move (f, i, BATON_TEST_ACTIVE));
  memory_view_done (
      f->view, baton_test_op_ids (BATON_VERB_CARD_BIN, f->cards[0], f->cards[1], f->cards[2], NULL));
  limit (f, BATON_TEST_ACTIVE, 3, TRUE);
  memory_view_refused (f->view,
      baton_test_op_ids (BATON_VERB_CARD_RESTORE, f->cards[0], f->cards[1], f->cards[2], NULL),
      BATON_ERROR_WIP, NULL);
  memory_view_done (f->view, baton_test_op_ids (BATON_VERB_CARD_RESTORE, f->cards[0], f->cards[1], NULL));
  memory_view_done (
      f->view, baton_test_op_ids (BATON_VERB_CARD_RESTORE, f->cards[0], NULL)); /* is back already */
  memory_view_done (f->view, baton_test_op_ids (BATON_VERB_CARD_ARCHIVE, f->cards[2], NULL));
  memory_view_done (f->view, baton_test_op_ids (BATON_VERB_CARD_RESTORE, f->cards[2], NULL));
  memory_view_done (f->view, baton_test_op_int (BATON_VERB_CARD_SET, f->cards[5], BATON_CARD_TEMPLATE, 1));
  memory_view_done (f->view, move (f, 5, BATON_TEST_ACTIVE));
}

static void
test_definition_of_done (Fixture *f, gconstpointer data)
{
  const char *made = f->stages[BATON_TEST_ACTIVE];

  memory_view_done (f->view, move (f, 0, BATON_TEST_ACTIVE));
  memory_view_done (f->view, move (f, 1, BATON_TEST_ACTIVE));
  memory_view_done (f->view, move (f, 1, BATON_TEST_REVIEW)); /* soft: a hint, no wall */
  memory_view_done (f->view, baton_test_op_int (BATON_VERB_STAGE_SET, made, BATON_STAGE_DONE_HARD, 1));
  memory_view_refused (f->view, move (f, 0, BATON_TEST_REVIEW), BATON_ERROR_NOT_DONE,
      "“Making” asks first: Logo is the current one.");
  memory_view_done (
      f->view, baton_test_op_link (BATON_VERB_CARD_TICK, f->cards[0], TRUE, f->board->criteria[0]));
  memory_view_refused (f->view, move (f, 0, BATON_TEST_DONE), BATON_ERROR_NOT_DONE,
      "“Making” asks first: Texts are proofread.");
  memory_view_done (f->view, move (f, 0, BATON_TEST_BACKLOG)); /* backwards is always open */
  memory_view_done (f->view, move (f, 0, BATON_TEST_ACTIVE));
  memory_view_done (f->view, baton_test_op_ids (BATON_VERB_CRITERION_REMOVE, f->board->criteria[1], NULL));
  memory_view_done (f->view, move (f, 0, BATON_TEST_REVIEW));
}

static BatonOp *
depend (const char *card, const char *blocker)
{
  return baton_test_op_link (BATON_VERB_CARD_DEPEND, card, TRUE, blocker);
}

static void
test_cycles (Fixture *f, gconstpointer data)
{
  memory_view_refused (
      f->view, depend (f->cards[0], f->cards[0]), BATON_ERROR_CYCLE, "A card cannot wait for itself.");
  memory_view_done (f->view, depend (f->cards[0], f->cards[1]));
  memory_view_done (f->view, depend (f->cards[0], f->cards[1])); /* twice is once */
  memory_view_refused (f->view, depend (f->cards[1], f->cards[0]), BATON_ERROR_CYCLE,
      "“Card 1” already waits for this card; they would wait for each other for ever.");
  for (guint i = 1; i + 1 < BATON_TEST_N_CARDS; i++)
    memory_view_done (f->view, depend (f->cards[i], f->cards[i + 1]));
  memory_view_refused (
      f->view, depend (f->cards[BATON_TEST_N_CARDS - 1], f->cards[0]), BATON_ERROR_CYCLE, NULL);
  memory_view_done (
      f->view, depend (f->cards[0], f->cards[BATON_TEST_N_CARDS - 1])); /* a short cut is no circle */
  memory_view_done (f->view, baton_test_op_link (BATON_VERB_CARD_DEPEND, f->cards[3], FALSE, f->cards[4]));
  memory_view_done (f->view, depend (f->cards[7], f->cards[3]));
}

/* As many as a large workspace has, each waiting for the next. */
static void
test_long_chain (Fixture *f, gconstpointer data)
{
  const guint n = 100000;
  BatonView *view = &f->view->base;
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (BatonRow) row = NULL;
      g_autoptr (BatonChange) change = NULL;

      g_ptr_array_add (ids, baton_test_board_id (f->board));
      row = baton_row_new (BATON_ENTITY_CARD, g_ptr_array_index (ids, i));
      baton_row_set_text (row, BATON_CARD_TITLE, "Link");
      baton_row_set_text (row, BATON_CARD_STAGE, f->stages[0]);
      if (i > 0)
        baton_row_set_text (row, BATON_CARD_BLOCKERS, g_ptr_array_index (ids, i - 1));
      change = baton_change_new_created (row);
      g_assert_true (view->write (view, change, NULL));
    }
  memory_view_refused (
      f->view, depend (g_ptr_array_index (ids, 0), g_ptr_array_index (ids, n - 1)), BATON_ERROR_CYCLE, NULL);
}

static void
test_stale_move (Fixture *f, gconstpointer data)
{
  memory_view_done (f->view, move (f, 0, BATON_TEST_QUEUE));
  memory_view_refused (f->view,
      baton_test_op_move (f->cards[0], f->stages[BATON_TEST_BACKLOG], f->stages[BATON_TEST_ACTIVE]),
      BATON_ERROR_STALE, "“Card 1” has been moved to “To do” meanwhile.");
  memory_view_done (
      f->view, baton_test_op_move (f->cards[0], f->stages[BATON_TEST_QUEUE], f->stages[BATON_TEST_ACTIVE]));
}

static void
test_move (Fixture *f, gconstpointer data)
{
  gint64 created = memory_view_int (f->view, f->cards[0], BATON_CARD_ENTERED);
  g_autofree char *nowhere = baton_test_board_id (f->board);

  memory_view_done (f->view, move (f, 0, BATON_TEST_ACTIVE));
  g_assert_cmpint (memory_view_int (f->view, f->cards[0], BATON_CARD_ENTERED), >, created);
  memory_view_refused (f->view, baton_test_op_move (f->cards[0], NULL, nowhere), BATON_ERROR_NOT_FOUND, NULL);
  memory_view_refused (
      f->view, baton_test_op_move (nowhere, NULL, f->stages[0]), BATON_ERROR_NOT_FOUND, NULL);
  memory_view_refused (f->view, baton_op_new (BATON_VERB_CARD_MOVE), BATON_ERROR_INVALID,
      "This change names nothing to change.");
  memory_view_done (f->view, baton_test_op_ids (BATON_VERB_CARD_BIN, f->cards[1], NULL));
  memory_view_refused (f->view, move (f, 1, BATON_TEST_ACTIVE), BATON_ERROR_NOT_FOUND,
      "The card is in the bin. Restore it first.");
}

static BatonOp *
move_to (BatonVerb verb, const char *id, const char *to)
{
  BatonOp *op = baton_test_op_ids (verb, id, NULL);

  baton_op_set_to (op, to);
  return op;
}

/* A stage stays on its board and a checklist on its card, because what hangs from them would stay behind. */
static void
test_move_parent (Fixture *f, gconstpointer data)
{
  g_autofree char *other = baton_test_board_id (f->board);
  BatonOp *op = baton_op_new (BATON_VERB_BOARD_ADD);

  baton_row_set_text (baton_op_add_row (op, BATON_ENTITY_BOARD, other), BATON_BOARD_NAME, "Other");
  memory_view_done (f->view, op);
  memory_view_refused (f->view, move_to (BATON_VERB_STAGE_MOVE, f->stages[0], other), BATON_ERROR_INVALID,
      "A stage stays where it hangs; only its place can change.");
  memory_view_refused (f->view, move_to (BATON_VERB_CHECKLIST_MOVE, f->board->checklist, f->cards[1]),
      BATON_ERROR_INVALID, NULL);
  memory_view_refused (
      f->view, move_to (BATON_VERB_LABEL_MOVE, f->board->labels[0], other), BATON_ERROR_INVALID, NULL);
  memory_view_refused (f->view, move_to (BATON_VERB_BOARD_MOVE, f->board->board, f->stages[0]),
      BATON_ERROR_INVALID, "A board stays where it hangs; only its place can change.");
  memory_view_done (f->view, move_to (BATON_VERB_STAGE_MOVE, f->stages[0], f->board->board));
}

/* What would take this effect back. */
static BatonOp *
undo (BatonEffect *effect)
{
  BatonOp *op = baton_op_new (BATON_VERB_UNDO);

  op->changes = baton_effect_invert (&effect, 1, G_GINT64_CONSTANT (1772359999000000));
  return op;
}

/* An item may go to another checklist, also of another card; both cards' sums follow. */
static void
test_move_item (Fixture *f, gconstpointer data)
{
  g_autofree char *other = baton_test_board_id (f->board);
  BatonOp *op = baton_op_new (BATON_VERB_CHECKLIST_ADD);
  g_autoptr (BatonEffect) effect = NULL;

  baton_row_set_text (
      baton_op_add_row (op, BATON_ENTITY_CHECKLIST, other), BATON_CHECKLIST_CARD, f->cards[1]);
  memory_view_done (f->view, op);
  memory_view_done (f->view, baton_test_op_int (BATON_VERB_ITEM_SET, f->board->items[0], BATON_ITEM_DONE, 1));
  effect = memory_view_perform (f->view, move_to (BATON_VERB_ITEM_MOVE, f->board->items[0], other));
  g_assert_cmpuint (effect->cards->len, ==, 2);
  g_assert_cmpint (memory_view_int (f->view, f->cards[0], BATON_CARD_ITEMS), ==, 1);
  g_assert_cmpint (memory_view_int (f->view, f->cards[0], BATON_CARD_ITEMS_DONE), ==, 0);
  g_assert_cmpint (memory_view_int (f->view, f->cards[1], BATON_CARD_ITEMS), ==, 1);
  g_assert_cmpint (memory_view_int (f->view, f->cards[1], BATON_CARD_ITEMS_DONE), ==, 1);
  memory_view_refused (f->view,
      baton_test_op_text (BATON_VERB_ITEM_SET, f->board->items[0], BATON_ITEM_CHECKLIST, f->board->checklist),
      BATON_ERROR_INVALID, "“checklist” cannot be set like this.");
  memory_view_done (f->view, undo (effect));
  g_assert_cmpint (memory_view_int (f->view, f->cards[0], BATON_CARD_ITEMS), ==, 2);
  g_assert_cmpint (memory_view_int (f->view, f->cards[1], BATON_CARD_ITEMS), ==, 0);
}

static void
test_texts (Fixture *f, gconstpointer data)
{
  g_autofree char *id = baton_test_board_id (f->board);
  g_autofree char *long_title = g_strnfill (1048577, 'x');
  g_autofree char *longest_title = g_strnfill (1048576, 'x');
  static const char *const blanks[] = { "", " ", "\t\n  ", NULL };

  for (guint i = 0; i < G_N_ELEMENTS (blanks); i++)
    memory_view_refused (f->view,
        baton_test_op_text (BATON_VERB_CARD_SET, f->cards[0], BATON_CARD_TITLE, blanks[i]),
        BATON_ERROR_INVALID, "A card needs a title.");
  memory_view_refused (
      f->view, baton_test_op_card (id, f->stages[0], " "), BATON_ERROR_INVALID, "A card needs a title.");
  memory_view_refused (
      f->view, baton_test_op_comment (id, f->cards[0], "\n"), BATON_ERROR_INVALID, "A comment needs a text.");
  memory_view_refused (f->view, baton_test_op_text (BATON_VERB_STAGE_SET, f->stages[0], BATON_STAGE_NAME, ""),
      BATON_ERROR_INVALID, "A name is needed here.");
  memory_view_refused (f->view,
      baton_test_op_text (BATON_VERB_CARD_SET, f->cards[0], BATON_CARD_TITLE, long_title), BATON_ERROR_LIMIT,
      "The text for “title” is too long: 1048577 bytes, at most 1048576.");
  memory_view_done (
      f->view, baton_test_op_text (BATON_VERB_CARD_SET, f->cards[0], BATON_CARD_TITLE, longest_title));
  memory_view_refused (f->view,
      baton_test_op_text (BATON_VERB_CARD_SET, f->cards[0], BATON_CARD_TITLE, "a\xff"), BATON_ERROR_INVALID,
      "The text is not valid Unicode.");
}

static void
test_values (Fixture *f, gconstpointer data)
{
  const char *stage = f->stages[0];
  const char *card = f->cards[0];
  g_autofree char *nobody = baton_test_board_id (f->board);

  memory_view_refused (f->view, baton_test_op_int (BATON_VERB_CARD_SET, card, BATON_CARD_TITLE, 7),
      BATON_ERROR_INVALID, "“title” has a value of the wrong kind.");
  memory_view_refused (f->view, baton_test_op_text (BATON_VERB_CARD_SET, card, BATON_CARD_DUE, "tomorrow"),
      BATON_ERROR_INVALID, NULL);
  memory_view_refused (f->view, baton_test_op_int (BATON_VERB_STAGE_SET, stage, BATON_STAGE_WIP_LIMIT, -1),
      BATON_ERROR_LIMIT, "The number is out of its range.");
  memory_view_refused (f->view,
      baton_test_op_int (BATON_VERB_STAGE_SET, stage, BATON_STAGE_WIP_LIMIT, 100001), BATON_ERROR_LIMIT,
      NULL);
  memory_view_refused (f->view, baton_test_op_int (BATON_VERB_STAGE_SET, stage, BATON_STAGE_WIP_HARD, 2),
      BATON_ERROR_INVALID, "A yes-or-no value must be 0 or 1.");
  memory_view_refused (f->view, baton_test_op_text (BATON_VERB_STAGE_SET, stage, BATON_STAGE_KIND, "waiting"),
      BATON_ERROR_INVALID, "“waiting” is not one of the choices for “kind”.");
  memory_view_refused (f->view, baton_test_op_text (BATON_VERB_CARD_SET, card, BATON_CARD_OWNER, "me"),
      BATON_ERROR_INVALID, "This is not an id.");
  memory_view_refused (f->view, baton_test_op_text (BATON_VERB_CARD_SET, card, BATON_CARD_OWNER, nobody),
      BATON_ERROR_NOT_FOUND, NULL);
  memory_view_refused (f->view,
      baton_test_op_text (BATON_VERB_CARD_SET, card, BATON_CARD_OWNER, f->stages[0]), BATON_ERROR_NOT_FOUND,
      NULL);
  memory_view_done (
      f->view, baton_test_op_text (BATON_VERB_CARD_SET, card, BATON_CARD_OWNER, f->board->people[1]));
  memory_view_done (f->view, baton_test_op_text (BATON_VERB_CARD_SET, card, BATON_CARD_OWNER, NULL));
  g_assert_null (memory_view_text (f->view, card, BATON_CARD_OWNER));
}

/* What the rules keep themselves nobody sets: places, sums, times, sets. */
static void
test_not_settable (Fixture *f, gconstpointer data)
{
  static const BatonField fields[] = { BATON_CARD_CREATED, BATON_CARD_REMOVED, BATON_CARD_RANK,
    BATON_CARD_ENTERED, BATON_CARD_ARCHIVED, BATON_CARD_ITEMS, BATON_CARD_COMMENTS };

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    memory_view_refused (f->view, baton_test_op_int (BATON_VERB_CARD_SET, f->cards[0], fields[i], 5),
        BATON_ERROR_INVALID, NULL);
  memory_view_refused (f->view,
      baton_test_op_text (BATON_VERB_CARD_SET, f->cards[0], BATON_CARD_STAGE, f->stages[1]),
      BATON_ERROR_INVALID, "“stage” cannot be set like this.");
  memory_view_refused (f->view,
      baton_test_op_text (BATON_VERB_CARD_SET, f->cards[0], BATON_CARD_LABELS, f->board->labels[0]),
      BATON_ERROR_INVALID, NULL);
  memory_view_refused (f->view,
      baton_test_op_text (BATON_VERB_CARD_SET, f->cards[0], BATON_BOARD_NAME, "A board's field"),
      BATON_ERROR_INVALID, NULL);
  memory_view_refused (f->view,
      baton_test_op_text (BATON_VERB_STAGE_SET, f->stages[0], BATON_STAGE_BOARD, f->board->board),
      BATON_ERROR_INVALID, NULL);
}

static void
test_adds (Fixture *f, gconstpointer data)
{
  static const BatonField kept[] = { BATON_CARD_CREATED, BATON_CARD_REMOVED, BATON_CARD_RANK,
    BATON_CARD_ENTERED, BATON_CARD_ARCHIVED, BATON_CARD_ITEMS, BATON_CARD_COMMENTS };
  g_autofree char *id = baton_test_board_id (f->board);
  BatonOp *op = baton_op_new (BATON_VERB_CHECKLIST_ADD);

  baton_op_add_row (op, BATON_ENTITY_CHECKLIST, id);
  memory_view_refused (f->view, op, BATON_ERROR_INVALID, "A new checklist must name its card.");
  memory_view_refused (f->view, baton_test_op_card (f->cards[0], f->stages[0], "Again"), BATON_ERROR_EXISTS,
      "This card is already there.");
  memory_view_refused (
      f->view, baton_test_op_card (id, f->cards[0], "In a card"), BATON_ERROR_NOT_FOUND, NULL);
  memory_view_refused (f->view, baton_test_op_card (id, NULL, "Nowhere"), BATON_ERROR_INVALID,
      "A new card must name its stage.");
  for (guint i = 0; i < G_N_ELEMENTS (kept); i++)
    {
      BatonNewRow *new_row;

      op = baton_test_op_card (id, f->stages[0], "New");
      new_row = g_ptr_array_index (op->rows, 0);
      baton_row_set_int (new_row->row, kept[i], 5);
      memory_view_refused (f->view, op, BATON_ERROR_INVALID, NULL);
    }
  op = baton_op_new (BATON_VERB_CARD_ADD);
  baton_row_set_text (baton_op_add_row (op, BATON_ENTITY_PERSON, id), BATON_PERSON_NAME, "Not a card");
  memory_view_refused (f->view, op, BATON_ERROR_INVALID, "The verb and what it adds do not fit.");
  memory_view_refused (f->view, baton_op_new (BATON_VERB_CARD_ADD), BATON_ERROR_INVALID,
      "This change names nothing to change.");
}

/* What the log's reader would refuse must not get into the log. */
static void
test_unreadable (Fixture *f, gconstpointer data)
{
  BatonOp *op;

  memory_view_refused (f->view, baton_test_op_card ("card-1", f->stages[0], "x"), BATON_ERROR_INVALID,
      "This change speaks of something that has no id.");
  op = baton_test_op_move (f->cards[0], "here", f->stages[1]);
  memory_view_refused (f->view, op, BATON_ERROR_INVALID, NULL);
  op = move (f, 0, 1);
  baton_op_set_place (op, "that one", NULL);
  memory_view_refused (f->view, op, BATON_ERROR_INVALID, NULL);
  op = move (f, 0, 1);
  op->person = g_strdup ("me");
  memory_view_refused (f->view, op, BATON_ERROR_INVALID, NULL);
  op = move (f, 0, 1);
  op->at = -1;
  memory_view_refused (f->view, op, BATON_ERROR_INVALID, "This change does not say when it was made.");
}

static BatonOp *
remove_stage (const char *stage, const char *to)
{
  BatonOp *op = baton_test_op_ids (BATON_VERB_STAGE_REMOVE, stage, NULL);

  baton_op_set_to (op, to);
  return op;
}

static void
test_stage_removal (Fixture *f, gconstpointer data)
{
  const char *sentence =
      "This stage still has cards, in the archive or the bin perhaps. Choose a stage for them.";

  memory_view_refused (f->view, remove_stage (f->stages[0], NULL), BATON_ERROR_INVALID, sentence);
  memory_view_refused (f->view, remove_stage (f->stages[0], f->stages[0]), BATON_ERROR_INVALID, sentence);
  memory_view_done (f->view, baton_test_op_ids (BATON_VERB_CARD_BIN, f->cards[0], NULL));
  memory_view_done (f->view, baton_test_op_ids (BATON_VERB_CARD_ARCHIVE, f->cards[1], NULL));
  memory_view_done (f->view, remove_stage (f->stages[0], f->stages[1]));
  for (guint i = 0; i < BATON_TEST_N_CARDS; i++)
    g_assert_cmpstr (memory_view_text (f->view, f->cards[i], BATON_CARD_STAGE), ==, f->stages[1]);
  memory_view_refused (f->view, move (f, 2, BATON_TEST_BACKLOG), BATON_ERROR_NOT_FOUND,
      "What this change is about was removed meanwhile.");
  memory_view_done (f->view, remove_stage (f->stages[2], NULL)); /* empty: no target needed */
  memory_view_done (f->view, remove_stage (f->stages[3], NULL));
  memory_view_done (f->view, remove_stage (f->stages[1], f->stages[4]));
  memory_view_refused (f->view, remove_stage (f->stages[4], f->stages[0]), BATON_ERROR_INVALID,
      "A board needs at least one stage.");
}

/* A new stage is taken back only while no card needs it. */
static void
test_undo_stage (Fixture *f, gconstpointer data)
{
  g_autofree char *id = baton_test_board_id (f->board);
  BatonOp *op = baton_op_new (BATON_VERB_STAGE_ADD);
  BatonRow *row = baton_op_add_row (op, BATON_ENTITY_STAGE, id);
  g_autoptr (BatonEffect) added = NULL;
  g_autoptr (BatonEffect) binned = NULL;
  const char *sentence = "It cannot be undone: the stage has cards now. Move them first.";

  baton_row_set_text (row, BATON_STAGE_BOARD, f->board->board);
  baton_row_set_text (row, BATON_STAGE_NAME, "Print");
  added = memory_view_perform (f->view, op);
  memory_view_done (f->view, baton_test_op_move (f->cards[0], NULL, id));
  memory_view_refused (f->view, undo (added), BATON_ERROR_STALE, sentence);
  memory_view_done (f->view, baton_test_op_ids (BATON_VERB_CARD_ARCHIVE, f->cards[0], NULL));
  memory_view_refused (f->view, undo (added), BATON_ERROR_STALE, sentence);
  memory_view_done (f->view, baton_test_op_ids (BATON_VERB_CARD_UNARCHIVE, f->cards[0], NULL));
  binned = memory_view_perform (f->view, baton_test_op_ids (BATON_VERB_CARD_BIN, f->cards[0], NULL));
  memory_view_done (f->view, undo (added));

  /* The card in the bin stays there until its stage is back. */
  memory_view_refused (f->view, baton_test_op_ids (BATON_VERB_CARD_RESTORE, f->cards[0], NULL),
      BATON_ERROR_NOT_FOUND, "The stage “Print” of this card was removed. Restore the stage first.");
  memory_view_refused (f->view, undo (binned), BATON_ERROR_NOT_FOUND, NULL);
  memory_view_done (f->view, baton_test_op_ids (BATON_VERB_STAGE_RESTORE, id, NULL));
  memory_view_done (f->view, undo (binned));
}

/* An undo is held to the rules like everything else. */
static void
test_undo_values (Fixture *f, gconstpointer data)
{
  BatonValue title = baton_value_text ("Card 1");
  BatonValue blank = baton_value_text (" ");
  BatonValue number = baton_value_int (7);
  BatonOp *op = baton_op_new (BATON_VERB_UNDO);

  op->changes = baton_effect_new ();
  baton_effect_add (
      op->changes, baton_change_new_set (BATON_ENTITY_CARD, f->cards[0], BATON_CARD_TITLE, &title, &blank));
  memory_view_refused (f->view, op, BATON_ERROR_INVALID, "A card needs a title.");
  op = baton_op_new (BATON_VERB_UNDO);
  op->changes = baton_effect_new ();
  baton_effect_add (
      op->changes, baton_change_new_set (BATON_ENTITY_CARD, f->cards[0], BATON_CARD_TITLE, &title, &number));
  memory_view_refused (f->view, op, BATON_ERROR_INVALID, NULL);
  baton_value_clear (&title);
  baton_value_clear (&blank);
}

static void
test_stages_removal (Fixture *f, gconstpointer data)
{
  BatonOp *op = baton_test_op_ids (BATON_VERB_STAGE_REMOVE, f->stages[0], f->stages[1], NULL);

  baton_op_set_to (op, f->stages[2]);
  memory_view_done (f->view, op);
  g_assert_cmpint (memory_view_int (f->view, f->stages[0], BATON_STAGE_REMOVED), !=, 0);
  g_assert_cmpint (memory_view_int (f->view, f->stages[1], BATON_STAGE_REMOVED), !=, 0);
  op = baton_test_op_ids (BATON_VERB_STAGE_REMOVE, f->stages[2], f->stages[3], f->stages[4], NULL);
  baton_op_set_to (op, f->stages[4]);
  memory_view_refused (f->view, op, BATON_ERROR_INVALID, NULL);
}

static void
test_workspace (Fixture *f, gconstpointer data)
{
  BatonOp *op =
      baton_test_op_text (BATON_VERB_WORKSPACE_SET, BATON_WORKSPACE_ID, BATON_WORKSPACE_NAME, "Studio");
  g_autoptr (BatonEffect) named = memory_view_perform (f->view, op);

  memory_view_done (f->view, undo (named));
  memory_view_done (f->view,
      baton_test_op_text (BATON_VERB_WORKSPACE_SET, BATON_WORKSPACE_ID, BATON_WORKSPACE_NAME, "Agency"));
  g_assert_cmpstr (memory_view_text (f->view, BATON_WORKSPACE_ID, BATON_WORKSPACE_NAME), ==, "Agency");
  g_assert_cmpint (memory_view_int (f->view, BATON_WORKSPACE_ID, BATON_WORKSPACE_REMOVED), ==, 0);
}

int
main (int argc, char **argv)
{
  baton_test_init (&argc, &argv);
#define ADD(name, function) g_test_add ("/rules/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("wip", test_wip);
  ADD ("wip-bulk", test_wip_bulk);
  ADD ("wip-return", test_wip_return);
  ADD ("definition-of-done", test_definition_of_done);
  ADD ("cycles", test_cycles);
  ADD ("long-chain", test_long_chain);
  ADD ("stale-move", test_stale_move);
  ADD ("move", test_move);
  ADD ("move-parent", test_move_parent);
  ADD ("move-item", test_move_item);
  ADD ("texts", test_texts);
  ADD ("values", test_values);
  ADD ("not-settable", test_not_settable);
  ADD ("adds", test_adds);
  ADD ("unreadable", test_unreadable);
  ADD ("undo-stage", test_undo_stage);
  ADD ("undo-values", test_undo_values);
  ADD ("stages-removal", test_stages_removal);
  ADD ("workspace", test_workspace);
  ADD ("stage-removal", test_stage_removal);
#undef ADD
  return g_test_run ();
}
