/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-test"

/* Assets, versions, marks and reviews: the rules, each with its refusal in words. */

#include "mark.h"
#include "memory-view.h"

#define BLOB "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

typedef struct
{
  MemoryView *view;
  BatonTestBoard *board;
  char *asset;
  char *versions[6];
  char *check;
} Fixture;

static BatonOp *
add_version (Fixture *f, guint index, const char *parent)
{
  BatonOp *op = baton_op_new (BATON_VERB_VERSION_ADD);
  BatonRow *row;

  if (f->versions[index] == NULL)
    f->versions[index] = baton_test_board_id (f->board);
  row = baton_op_add_row (op, BATON_ENTITY_VERSION, f->versions[index]);
  op->person = g_strdup (f->board->people[0]);
  baton_row_set_text (row, BATON_VERSION_ASSET, f->asset);
  baton_row_set_text (row, BATON_VERSION_PARENT, parent);
  baton_row_set_text (row, BATON_VERSION_FILE, "hero.png");
  baton_row_set_text (row, BATON_VERSION_BLOB, BLOB);
  baton_row_set_int (row, BATON_VERSION_SIZE, 12);
  return op;
}

static void
set_up (Fixture *f, gconstpointer data)
{
  BatonOp *op = baton_op_new (BATON_VERB_ASSET_ADD);
  BatonRow *row;

  f->view = memory_view_new ();
  f->board = memory_view_fill (f->view);
  f->asset = baton_test_board_id (f->board);
  row = baton_op_add_row (op, BATON_ENTITY_ASSET, f->asset);
  baton_row_set_text (row, BATON_ASSET_CARD, f->board->cards[0]);
  baton_row_set_text (row, BATON_ASSET_NAME, "Hero");
  memory_view_done (f->view, op);
  memory_view_done (f->view, add_version (f, 0, NULL));
  f->check = baton_test_board_id (f->board);
  op = baton_op_new (BATON_VERB_REVIEW_CHECK_ADD);
  row = baton_op_add_row (op, BATON_ENTITY_REVIEW_CHECK, f->check);
  baton_row_set_text (row, BATON_REVIEW_CHECK_ASSET_TYPE, f->board->asset_type);
  baton_row_set_text (row, BATON_REVIEW_CHECK_TEXT, "Brand colours correct");
  memory_view_done (f->view, op);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  for (guint i = 0; i < G_N_ELEMENTS (f->versions); i++)
    g_free (f->versions[i]);
  g_free (f->asset);
  g_free (f->check);
  baton_test_board_free (f->board);
  memory_view_free (f->view);
}

static void
assert_current (Fixture *f, guint version)
{
  g_assert_cmpstr (memory_view_text (f->view, f->asset, BATON_ASSET_CURRENT), ==, f->versions[version]);
  g_assert_cmpstr (
      memory_view_text (f->view, f->board->cards[0], BATON_CARD_COVER), ==, f->versions[version]);
}

static void
test_numbers (Fixture *f, gconstpointer data)
{
  assert_current (f, 0);
  g_assert_cmpint (memory_view_int (f->view, f->board->cards[0], BATON_CARD_ASSETS), ==, 1);
  memory_view_done (f->view, add_version (f, 1, f->versions[0]));
  assert_current (f, 1);
  g_assert_cmpint (memory_view_int (f->view, f->versions[1], BATON_VERSION_NUMBER), ==, 2);
  g_assert_cmpstr (memory_view_text (f->view, f->versions[1], BATON_VERSION_STATUS), ==, "draft");
  g_assert_cmpstr (memory_view_text (f->view, f->versions[1], BATON_VERSION_AUTHOR), ==, f->board->people[0]);

  /* A number that was in the bin is not given again. */
  memory_view_done (f->view, baton_test_op_ids (BATON_VERB_VERSION_BIN, f->versions[1], NULL));
  assert_current (f, 0);
  memory_view_done (f->view, add_version (f, 2, f->versions[0]));
  g_assert_cmpint (memory_view_int (f->view, f->versions[2], BATON_VERSION_NUMBER), ==, 3);
  assert_current (f, 2);
  memory_view_done (f->view, baton_test_op_ids (BATON_VERB_VERSION_RESTORE, f->versions[1], NULL));
  assert_current (f, 2);
}

static void
test_siblings (Fixture *f, gconstpointer data)
{
  memory_view_done (f->view, add_version (f, 1, f->versions[0]));
  memory_view_done (f->view, add_version (f, 2, f->versions[0])); /* by somebody who had not seen 2 */
  assert_current (f, 1);
  memory_view_done (f->view, add_version (f, 3, f->versions[2]));
  assert_current (f, 1); /* nobody has chosen that branch */
  memory_view_done (
      f->view, baton_test_op_text (BATON_VERB_ASSET_CHOOSE, f->asset, BATON_ASSET_CURRENT, f->versions[3]));
  assert_current (f, 3);
  g_assert_cmpint (memory_view_int (f->view, f->asset, BATON_ASSET_SETTLED), ==, 4);
  memory_view_done (f->view, add_version (f, 4, f->versions[3]));
  assert_current (f, 4);
  memory_view_refused (f->view,
      baton_test_op_text (BATON_VERB_ASSET_SET, f->asset, BATON_ASSET_CURRENT, f->versions[1]),
      BATON_ERROR_INVALID, NULL);
}

static void
test_bad_versions (Fixture *f, gconstpointer data)
{
  BatonOp *op = add_version (f, 1, NULL);

  baton_row_set_text (((BatonNewRow *) g_ptr_array_index (op->rows, 0))->row, BATON_VERSION_BLOB, "ABC");
  memory_view_refused (f->view, op, BATON_ERROR_INVALID, "A version needs a file.");
  memory_view_done (f->view, baton_test_op_ids (BATON_VERB_CARD_BIN, f->board->cards[0], NULL));
  memory_view_refused (f->view, add_version (f, 1, NULL), BATON_ERROR_NOT_FOUND, NULL);
}

static BatonOp *
pin (Fixture *f, guint version, const char *shape, const char *place)
{
  g_autofree char *id = baton_test_board_id (f->board);
  BatonOp *op = baton_test_op_comment (id, f->board->cards[0], "Larger");
  BatonRow *row = ((BatonNewRow *) g_ptr_array_index (op->rows, 0))->row;

  baton_row_set_text (row, BATON_COMMENT_VERSION, f->versions[version]);
  baton_row_set_text (row, BATON_COMMENT_SHAPE, shape);
  baton_row_set_text (row, BATON_COMMENT_PLACE, place);
  return op;
}

static void
test_marks (Fixture *f, gconstpointer data)
{
  memory_view_done (f->view, pin (f, 0, "point", "0.25,0.75"));
  memory_view_done (f->view, pin (f, 0, "rectangle", "0,0 1,1"));
  memory_view_done (f->view, pin (f, 0, "text", "3-17"));
  memory_view_refused (f->view, pin (f, 0, "point", "0.25,1.75"), BATON_ERROR_INVALID, NULL);
  memory_view_refused (f->view, pin (f, 0, "stroke", "0.25,0.75"), BATON_ERROR_INVALID, NULL);
  memory_view_done (f->view, add_version (f, 1, f->versions[0]));
  memory_view_refused (f->view, pin (f, 0, "point", "0.25,0.75"), BATON_ERROR_STALE,
      "There is a newer version. Only the newest one takes new marks; pin the comment there.");
  memory_view_done (f->view, pin (f, 0, NULL, NULL)); /* words about it are always welcome */
  memory_view_done (f->view, pin (f, 1, "arrow", "0.1,0.1 0.2,0.2"));
}

static void
test_places (void)
{
  static const struct
  {
    BatonMarkShape shape;
    const char *place;
    gboolean good;
  } cases[] = { { BATON_MARK_NONE, "", TRUE }, { BATON_MARK_NONE, "0,0", FALSE },
    { BATON_MARK_POINT, "0,1", TRUE }, { BATON_MARK_POINT, "0.5,0.123457", TRUE },
    { BATON_MARK_POINT, "0.5", FALSE }, { BATON_MARK_POINT, "-0.5,0", FALSE },
    { BATON_MARK_POINT, "nan,0", FALSE }, { BATON_MARK_POINT, "0x1,0", FALSE },
    { BATON_MARK_POINT, "0,0 ", FALSE }, { BATON_MARK_POINT, "0.1.2,0", FALSE },
    { BATON_MARK_STROKE, "0,0 0.5,0.5 1,1", TRUE }, { BATON_MARK_STROKE, "0,0", FALSE },
    { BATON_MARK_ARROW, "0,0 0.5,0.5 1,1", FALSE }, { BATON_MARK_TEXT, "4-9", TRUE },
    { BATON_MARK_TEXT, "9-4", FALSE }, { BATON_MARK_TEXT, "4.5-9", FALSE }, { BATON_MARK_TEXT, "4-4", FALSE },
    { BATON_MARK_MOMENT, "12.5", TRUE }, { BATON_MARK_MOMENT, "12-13", FALSE },
    { BATON_MARK_RANGE, "1.25-3", TRUE }, { BATON_MARK_RANGE, "3", FALSE }, { BATON_MARK_RANGE, "", FALSE } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (BatonMark) mark = baton_mark_parse (cases[i].shape, cases[i].place);
      g_autofree char *back = mark != NULL ? baton_mark_format (mark) : NULL;

      g_test_message ("%s “%s”", baton_mark_shape_name (cases[i].shape), cases[i].place);
      g_assert_cmpint (mark != NULL, ==, cases[i].good);
      if (mark != NULL)
        g_assert_cmpstr (back, ==, cases[i].place);
      g_assert_cmpint (baton_mark_shape (baton_mark_shape_name (cases[i].shape)), ==, cases[i].shape);
    }
}

static BatonOp *
request (Fixture *f, const char *id, guint version, guint reviewers, gint64 needed)
{
  BatonOp *op = baton_op_new (BATON_VERB_REVIEW_REQUEST);
  BatonRow *row = baton_op_add_row (op, BATON_ENTITY_REVIEW, id);
  BatonValue set = baton_value_none ();

  op->person = g_strdup (f->board->people[0]);
  for (guint i = 0; i < reviewers; i++)
    {
      BatonValue old = set;

      set = baton_set_add (old.kind == BATON_VALUE_TEXT ? old.text : NULL, f->board->people[i]);
      baton_value_clear (&old);
    }
  baton_row_take (row, BATON_REVIEW_REVIEWERS, set);
  baton_row_set_text (row, BATON_REVIEW_VERSION, f->versions[version]);
  baton_row_set_int (row, BATON_REVIEW_NEEDED, needed);
  baton_row_set_int (row, BATON_REVIEW_ENDS, f->view->now + G_TIME_SPAN_DAY);
  return op;
}

static BatonOp *
say (Fixture *f, BatonVerb verb, const char *review, guint person, BatonField field, const char *text)
{
  g_autofree char *id = baton_test_board_id (f->board);
  BatonOp *op = baton_op_new (verb);
  BatonEntity entity = baton_verb_info (verb)->entity;
  BatonRow *row = baton_op_add_row (op, entity, id);

  op->person = g_strdup (f->board->people[person]);
  baton_row_set_text (row, baton_field_find (entity, "review"), review);
  if (verb == BATON_VERB_REVIEW_ANSWER)
    baton_row_set_text (row, BATON_ANSWER_CHECK, f->check);
  baton_row_set_text (row, field, text);
  return op;
}

static BatonOp *
decide (Fixture *f, const char *review, guint person, const char *decision)
{
  return say (f, BATON_VERB_REVIEW_DECIDE, review, person, BATON_DECISION_DECISION, decision);
}

static void
assert_status (Fixture *f, guint version, const char *status)
{
  g_assert_cmpstr (memory_view_text (f->view, f->versions[version], BATON_VERSION_STATUS), ==, status);
}

/* Who must decide before it closes: needed, reviewers, decisions of the first ones, the status afterwards. */
static void
test_needed (Fixture *f, gconstpointer data)
{
  static const struct
  {
    guint reviewers;
    gint64 needed;
    const char *decisions[3];
    const char *status;
  } cases[] = { { 1, 0, { "approved" }, "approved" },
    { 3, 1, { "approved_with_changes" }, "approved_with_changes" },
    { 3, 0, { "approved", "approved" }, "in_review" },
    { 3, 0, { "approved", "changes_requested", "approved" }, "changes_requested" },
    { 3, 2, { "approved_with_changes", "approved" }, "approved_with_changes" },
    { 2, 2, { "changes_requested" }, "in_review" } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *id = baton_test_board_id (f->board);

      memory_view_done (f->view, request (f, id, 0, cases[i].reviewers, cases[i].needed));
      assert_status (f, 0, "in_review");
      for (guint j = 0; j < 3 && cases[i].decisions[j] != NULL; j++)
        memory_view_done (f->view, decide (f, id, j, cases[i].decisions[j]));
      assert_status (f, 0, cases[i].status);
      if (memory_view_int (f->view, id, BATON_REVIEW_CLOSED) == 0)
        memory_view_done (f->view, baton_test_op_ids (BATON_VERB_REVIEW_WITHDRAW, id, NULL));
    }
  g_assert_cmpint (memory_view_int (f->view, f->board->cards[0], BATON_CARD_REWORKS), ==, 1);
}

static void
test_refusals (Fixture *f, gconstpointer data)
{
  g_autofree char *id = baton_test_board_id (f->board);
  g_autofree char *other = baton_test_board_id (f->board);
  BatonOp *op;

  memory_view_refused (
      f->view, request (f, id, 0, 0, 0), BATON_ERROR_INVALID, "A review needs at least one reviewer.");
  memory_view_refused (f->view, request (f, id, 0, 2, 3), BATON_ERROR_INVALID, NULL);
  memory_view_done (f->view, request (f, id, 0, 2, 0));
  g_assert_cmpint (memory_view_int (f->view, f->board->cards[0], BATON_CARD_REVIEW_ENDS), >, 0);
  memory_view_refused (
      f->view, request (f, other, 0, 2, 0), BATON_ERROR_STALE, "This version is in review already.");
  memory_view_refused (f->view, decide (f, id, 2, "approved"), BATON_ERROR_INVALID,
      "Only its reviewers decide about a review.");
  memory_view_refused (f->view, decide (f, id, 0, "none"), BATON_ERROR_INVALID, NULL);

  /* A failed line wants a note, and forbids approval until somebody corrects it. */
  memory_view_refused (f->view, say (f, BATON_VERB_REVIEW_ANSWER, id, 0, BATON_ANSWER_STATE, "failed"),
      BATON_ERROR_INVALID, "Say in a note what is wrong with it.");
  op = say (f, BATON_VERB_REVIEW_ANSWER, id, 0, BATON_ANSWER_STATE, "failed");
  baton_row_set_text (((BatonNewRow *) g_ptr_array_index (op->rows, 0))->row, BATON_ANSWER_NOTE, "Old red");
  memory_view_done (f->view, op);
  memory_view_refused (f->view, decide (f, id, 1, "approved"), BATON_ERROR_INVALID,
      "“Brand colours correct” failed, so this cannot be approved. Ask for changes, or correct that answer "
      "first.");
  memory_view_done (f->view, say (f, BATON_VERB_REVIEW_ANSWER, id, 0, BATON_ANSWER_STATE, "complete"));
  memory_view_done (f->view, decide (f, id, 1, "changes_requested"));
  memory_view_done (f->view, decide (f, id, 1, "approved")); /* they thought again */
  memory_view_done (f->view, decide (f, id, 0, "approved"));
  assert_status (f, 0, "approved");
  g_assert_cmpint (memory_view_int (f->view, f->board->cards[0], BATON_CARD_REVIEW_ENDS), ==, 0);
  memory_view_refused (
      f->view, decide (f, id, 1, "approved"), BATON_ERROR_STALE, "This review is closed already.");

  /* What is approved goes into the bin only with a reason. */
  memory_view_refused (f->view, baton_test_op_ids (BATON_VERB_VERSION_BIN, f->versions[0], NULL),
      BATON_ERROR_INVALID, "Version 1 is approved. Say why it goes into the bin.");
  memory_view_refused (
      f->view, baton_test_op_ids (BATON_VERB_ASSET_REMOVE, f->asset, NULL), BATON_ERROR_INVALID, NULL);
  memory_view_done (f->view,
      baton_test_op_text (BATON_VERB_VERSION_BIN, f->versions[0], BATON_VERSION_REASON, "Rights expired"));
}

static void
test_excuses (Fixture *f, gconstpointer data)
{
  g_autofree char *id = baton_test_board_id (f->board);
  char **people = f->board->people;
  BatonOp *op;

  memory_view_done (f->view, request (f, id, 0, 2, 0));
  memory_view_done (f->view, say (f, BATON_VERB_REVIEW_EXCUSE, id, 0, BATON_EXCUSE_PASSED_TO, people[2]));
  g_assert_false (baton_set_contains (memory_view_text (f->view, id, BATON_REVIEW_REVIEWERS), people[0]));
  g_assert_true (baton_set_contains (memory_view_text (f->view, id, BATON_REVIEW_REVIEWERS), people[2]));
  op = say (f, BATON_VERB_REVIEW_EXCUSE, id, 2, BATON_EXCUSE_REASON, "At a shoot");
  baton_row_set_int (
      ((BatonNewRow *) g_ptr_array_index (op->rows, 0))->row, BATON_EXCUSE_MORE_TIME, f->view->now + 1);
  memory_view_done (f->view, op);
  g_assert_true (baton_set_contains (memory_view_text (f->view, id, BATON_REVIEW_REVIEWERS), people[2]));
  memory_view_done (f->view, decide (f, id, 1, "approved"));
  assert_status (f, 0, "in_review");

  /* The last one who was waited for leaves it to those who have decided. */
  memory_view_done (f->view, say (f, BATON_VERB_REVIEW_EXCUSE, id, 2, BATON_EXCUSE_REASON, "On leave"));
  assert_status (f, 0, "approved");
}

static BatonOp *
grant (Fixture *f, const char *excuse, const char *person, gint64 granted, gint64 until)
{
  BatonOp *op = baton_op_new (BATON_VERB_REVIEW_GRANT);

  baton_op_add_id (op, excuse);
  baton_op_set_int (op, BATON_EXCUSE_GRANTED, granted);
  if (until != 0)
    baton_op_set_int (op, BATON_EXCUSE_MORE_TIME, until);
  op->person = g_strdup (person);
  return op;
}

/* Time that is asked for moves the window when somebody else gives it, and not before. */
static void
test_more_time (Fixture *f, gconstpointer data)
{
  g_autofree char *id = baton_test_board_id (f->board);
  g_autofree char *excuse = NULL;
  char **people = f->board->people;
  gint64 ends, until;
  BatonOp *op;

  memory_view_done (f->view, request (f, id, 0, 2, 0));
  op = baton_op_new (BATON_VERB_REVIEW_SET);
  baton_op_add_id (op, id);
  ends = f->view->now + 1000;
  until = ends + 5000;
  baton_op_set_int (op, BATON_REVIEW_ENDS, ends);
  memory_view_done (f->view, op);
  op = say (f, BATON_VERB_REVIEW_EXCUSE, id, 1, BATON_EXCUSE_REASON, "At a shoot");
  baton_row_set_int (((BatonNewRow *) g_ptr_array_index (op->rows, 0))->row, BATON_EXCUSE_MORE_TIME, until);
  baton_row_set_int (((BatonNewRow *) g_ptr_array_index (op->rows, 0))->row, BATON_EXCUSE_GRANTED, 1);
  memory_view_refused (f->view, op, BATON_ERROR_INVALID,
      "Who asks for time does not give it. Whoever asked for the review does.");
  op = say (f, BATON_VERB_REVIEW_EXCUSE, id, 1, BATON_EXCUSE_REASON, "At a shoot");
  baton_row_set_int (((BatonNewRow *) g_ptr_array_index (op->rows, 0))->row, BATON_EXCUSE_MORE_TIME, until);
  excuse = g_strdup (((BatonNewRow *) g_ptr_array_index (op->rows, 0))->row->id);
  memory_view_done (f->view, op);
  g_assert_cmpint (memory_view_int (f->view, id, BATON_REVIEW_ENDS), ==, ends);

  memory_view_refused (f->view, grant (f, excuse, people[1], 1, 0), BATON_ERROR_INVALID,
      "Who asks for time does not give it. Whoever asked for the review does.");
  memory_view_done (f->view, grant (f, excuse, people[0], 0, 0));
  g_assert_cmpint (memory_view_int (f->view, id, BATON_REVIEW_ENDS), ==, ends);
  memory_view_done (f->view, grant (f, excuse, people[0], 1, 0));
  g_assert_cmpint (memory_view_int (f->view, id, BATON_REVIEW_ENDS), ==, until);
  g_assert_cmpstr (memory_view_text (f->view, excuse, BATON_EXCUSE_GRANTER), ==, people[0]);
  g_assert_cmpint (memory_view_int (f->view, f->board->cards[0], BATON_CARD_REVIEW_ENDS), ==, until);
  /* Less than there is already takes nothing away. */
  memory_view_done (f->view, grant (f, excuse, people[0], 1, ends - 10));
  g_assert_cmpint (memory_view_int (f->view, id, BATON_REVIEW_ENDS), ==, until);
  memory_view_done (f->view, say (f, BATON_VERB_REVIEW_EXCUSE, id, 1, BATON_EXCUSE_REASON, "On leave"));
}

static void
send (Fixture *f, BatonField field, guint stage)
{
  memory_view_done (
      f->view, baton_test_op_text (BATON_VERB_BOARD_SET, f->board->board, field, f->board->stages[stage]));
}

static void
assert_stage (Fixture *f, guint stage)
{
  g_assert_cmpstr (
      memory_view_text (f->view, f->board->cards[0], BATON_CARD_STAGE), ==, f->board->stages[stage]);
}

static void
test_moves (Fixture *f, gconstpointer data)
{
  g_autofree char *first = baton_test_board_id (f->board);
  g_autofree char *second = baton_test_board_id (f->board);
  BatonOp *op;

  send (f, BATON_BOARD_ON_VERSION, BATON_TEST_REVIEW);
  send (f, BATON_BOARD_ON_CHANGES, BATON_TEST_ACTIVE);
  send (f, BATON_BOARD_ON_APPROVED, BATON_TEST_DONE);
  memory_view_done (f->view, add_version (f, 1, f->versions[0]));
  assert_stage (f, BATON_TEST_REVIEW);
  memory_view_done (f->view, request (f, first, 1, 2, 1));
  memory_view_done (f->view, decide (f, first, 0, "changes_requested"));
  assert_stage (f, BATON_TEST_ACTIVE);
  g_assert_cmpint (memory_view_int (f->view, f->board->cards[0], BATON_CARD_REWORKS), ==, 1);

  /* A full stage keeps the card where it is, and the decision counts. The definition of done of “Making”
   * does, too, so the person moves it. */
  memory_view_done (f->view, add_version (f, 2, f->versions[1]));
  assert_stage (f, BATON_TEST_REVIEW);
  op = baton_test_op_int (BATON_VERB_STAGE_SET, f->board->stages[BATON_TEST_DONE], BATON_STAGE_WIP_LIMIT, 1);
  baton_op_set_int (op, BATON_STAGE_WIP_HARD, 1);
  memory_view_done (f->view, op);
  memory_view_done (
      f->view, baton_test_op_move (f->board->cards[5], NULL, f->board->stages[BATON_TEST_DONE]));
  memory_view_done (f->view, request (f, second, 2, 1, 0));
  memory_view_done (f->view, decide (f, second, 0, "approved"));
  assert_status (f, 2, "approved");
  assert_stage (f, BATON_TEST_REVIEW);

  /* A new version never takes a card backwards. */
  memory_view_done (
      f->view, baton_test_op_move (f->board->cards[5], NULL, f->board->stages[BATON_TEST_BACKLOG]));
  memory_view_done (
      f->view, baton_test_op_move (f->board->cards[0], NULL, f->board->stages[BATON_TEST_DONE]));
  memory_view_done (f->view, add_version (f, 3, f->versions[2]));
  assert_stage (f, BATON_TEST_DONE);
  memory_view_refused (f->view,
      baton_test_op_text (BATON_VERB_BOARD_SET, f->board->board, BATON_BOARD_ON_VERSION, f->board->cards[0]),
      BATON_ERROR_NOT_FOUND, NULL);
}

/* A request for the next version closes the one before without an outcome. */
static void
test_superseded (Fixture *f, gconstpointer data)
{
  g_autofree char *first = baton_test_board_id (f->board);
  g_autofree char *second = baton_test_board_id (f->board);

  memory_view_done (f->view, request (f, first, 0, 2, 0));
  memory_view_done (f->view, add_version (f, 1, f->versions[0]));
  memory_view_done (f->view, request (f, second, 1, 2, 0));
  assert_status (f, 0, "draft");
  assert_status (f, 1, "in_review");
  g_assert_cmpint (memory_view_int (f->view, first, BATON_REVIEW_CLOSED), >, 0);
  memory_view_refused (f->view, decide (f, first, 0, "approved"), BATON_ERROR_STALE,
      "A later version is in review now; this one is not decided any more.");
  memory_view_refused (f->view, request (f, first, 0, 2, 0), BATON_ERROR_EXISTS, NULL);
}

static void
test_resolve (Fixture *f, gconstpointer data)
{
  BatonOp *op = baton_test_op_ids (BATON_VERB_COMMENT_RESOLVE, f->board->comment, NULL);

  op->person = g_strdup (f->board->people[1]);
  memory_view_done (f->view, op);
  g_assert_cmpint (memory_view_int (f->view, f->board->comment, BATON_COMMENT_RESOLVED), >, 0);
  g_assert_cmpstr (
      memory_view_text (f->view, f->board->comment, BATON_COMMENT_RESOLVER), ==, f->board->people[1]);
  memory_view_done (f->view, baton_test_op_ids (BATON_VERB_COMMENT_REOPEN, f->board->comment, NULL));
  g_assert_cmpint (memory_view_int (f->view, f->board->comment, BATON_COMMENT_RESOLVED), ==, 0);
  g_assert_null (memory_view_text (f->view, f->board->comment, BATON_COMMENT_RESOLVER));
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  baton_test_init (&argc, &argv);
  ADD ("/reviews/numbers", test_numbers);
  ADD ("/reviews/siblings", test_siblings);
  ADD ("/reviews/bad-versions", test_bad_versions);
  ADD ("/reviews/marks", test_marks);
  g_test_add_func ("/reviews/places", test_places);
  ADD ("/reviews/needed", test_needed);
  ADD ("/reviews/refusals", test_refusals);
  ADD ("/reviews/excuses", test_excuses);
  ADD ("/reviews/more-time", test_more_time);
  ADD ("/reviews/moves", test_moves);
  ADD ("/reviews/superseded", test_superseded);
  ADD ("/reviews/resolve", test_resolve);
  return g_test_run ();
}
