/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-test"

/* An undo says itself what it writes. Over the network that could be anything: a server lets through what
 * takes back the targets, and nothing else. */

#include "sync.h"
#include "test-board.h"
#include "test-ops.h"
#include "test-random.h"

#define ATTACKS 400

#define MY_DEVICE "0197c2f0-0000-7000-8000-000000000001"
#define OTHER_DEVICE "0197c2f0-0000-7000-8000-000000000002"

typedef struct
{
  BatonTestStore *server;
  BatonTestBoard *board;
  gint64 numbers[2];
} World;

static World *
world_new (void)
{
  World *world = g_new0 (World, 1);
  g_autofree char *epoch = NULL;

  world->server = baton_test_store_new ();
  epoch = baton_store_server_epoch (world->server->store, NULL);
  g_assert_nonnull (epoch);
  world->board = baton_test_board_fill (world->server);
  return world;
}

static void
world_free (World *world)
{
  baton_test_store_check (world->server);
  baton_test_board_free (world->board);
  baton_test_store_free (world->server);
  g_free (world);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (World, world_free)

/* Sends an operation from one of two accounts; NULL when it is accepted, else the code. */
static char *
submit (World *world, guint who, BatonOp *op)
{
  g_autoptr (BatonOp) held = op;
  g_autoptr (GError) error = NULL;
  BatonSubmission submission = { .device = who == 0 ? MY_DEVICE : OTHER_DEVICE,
    .author = world->board->people[who],
    .quality = BATON_QUALITY_EXACT };
  BatonRefusal *refusal = NULL;
  char *code;
  gint64 seq;

  world->server->now += G_USEC_PER_SEC;
  g_free (op->device);
  op->device = g_strdup (submission.device);
  op->number = submission.number = ++world->numbers[who];
  op->person = g_strdup (submission.author);
  op->at = submission.happened = submission.received = world->server->now;
  submission.op = op;
  g_assert_true (baton_store_begin (world->server->store, &error));
  g_assert_cmpint (baton_store_decide (world->server->store, &submission, &seq, &refusal, &error), <=,
      BATON_DECIDED_REFUSED);
  g_assert_no_error (error);
  g_assert_true (baton_store_end (world->server->store, &error));
  if (refusal == NULL)
    return NULL;
  g_assert_nonnull (refusal->why);
  code = g_strdup (refusal->code);
  baton_refusal_free (refusal);
  return code;
}

static void
accepted (World *world, guint who, BatonOp *op)
{
  g_autofree char *code = submit (world, who, op);

  g_assert_cmpstr (code, ==, NULL);
}

/* Refused with this code, and nothing is marked as undone. */
static void
refused (World *world, guint who, BatonOp *op, const char *expected)
{
  g_autofree char *code = NULL;
  BatonHistoryQuery query = { 0 };
  g_autoptr (GPtrArray) before = baton_reader_history (baton_test_reader (world->server), &query, NULL);
  g_autoptr (GPtrArray) after = NULL;

  code = submit (world, who, op);
  g_assert_cmpstr (code, ==, expected);
  after = baton_reader_history (baton_test_reader (world->server), &query, NULL);
  g_assert_cmpuint (after->len, ==, before->len);
  for (guint i = 0; i < after->len; i++)
    g_assert_cmpint (((BatonEntry *) g_ptr_array_index (after, i))->undone, ==,
        ((BatonEntry *) g_ptr_array_index (before, i))->undone);
}

static const char *
device_of (guint who)
{
  return who == 0 ? MY_DEVICE : OTHER_DEVICE;
}

/* What an honest client would send. */
static BatonOp *
honest (World *world, guint who, gboolean redo)
{
  BatonOp *op = baton_reader_prepare_undo (
      baton_test_reader (world->server), device_of (who), redo, world->server->now, NULL, NULL);

  g_assert_nonnull (op);
  return op;
}

static BatonOp *
dishonest (World *world, guint who)
{
  BatonOp *op = honest (world, who, FALSE);

  g_ptr_array_set_size (op->changes->changes, 0);
  return op;
}

static void
add (BatonOp *op, BatonEntity entity, const char *id, BatonField field, BatonValue before, BatonValue after)
{
  g_ptr_array_add (op->changes->changes, baton_change_new_set (entity, id, field, &before, &after));
  baton_value_clear (&before);
  baton_value_clear (&after);
}

static BatonOp *
set_title (World *world, const char *title)
{
  return baton_test_op_text (BATON_VERB_CARD_SET, world->board->cards[0], BATON_CARD_TITLE, title);
}

static BatonOp *
move (World *world, guint card, guint from, guint to)
{
  return baton_test_op_move (world->board->cards[card], world->board->stages[from], world->board->stages[to]);
}

static char *
title (World *world)
{
  g_autoptr (BatonRow) row =
      baton_reader_row (baton_test_reader (world->server), BATON_ENTITY_CARD, world->board->cards[0]);

  return g_strdup (baton_row_text (row, BATON_CARD_TITLE));
}

static void
test_honest (void)
{
  g_autoptr (World) world = world_new ();
  g_autofree char *before = title (world);
  g_autofree char *after = NULL;

  accepted (world, 0, set_title (world, "Mine"));
  accepted (world, 0, honest (world, 0, FALSE));
  after = title (world);
  g_assert_cmpstr (after, ==, before);
  accepted (world, 0, honest (world, 0, TRUE));
  accepted (world, 0, move (world, 1, BATON_TEST_BACKLOG, BATON_TEST_QUEUE));
  accepted (world, 1, move (world, 2, BATON_TEST_BACKLOG, BATON_TEST_QUEUE));
  accepted (world, 0, honest (world, 0, FALSE));
  accepted (world, 0,
      baton_test_op_link (BATON_VERB_CARD_LABEL, world->board->cards[0], TRUE, world->board->labels[0]));
  accepted (world, 0, honest (world, 0, FALSE));
  accepted (world, 0, baton_test_op_ids (BATON_VERB_CARD_BIN, world->board->cards[3], NULL));
  accepted (world, 0, honest (world, 0, FALSE));
  accepted (world, 0, honest (world, 0, TRUE));
}

/* What was there when the undo was made, though the server has seen more in between, may be written; what
 * never was, not. */
static void
test_values (void)
{
  g_autoptr (World) world = world_new ();
  g_autofree char *first = title (world);
  g_autofree char *after = NULL;
  BatonOp *op;

  accepted (world, 1, set_title (world, "Theirs"));
  accepted (world, 0, set_title (world, "Mine"));
  op = dishonest (world, 0);
  add (op, BATON_ENTITY_CARD, world->board->cards[0], BATON_CARD_TITLE, baton_value_text ("Mine"),
      baton_value_text ("Whatever I like"));
  refused (world, 0, op, "stale");
  op = dishonest (world, 0);
  add (op, BATON_ENTITY_CARD, world->board->cards[0], BATON_CARD_TITLE, baton_value_text ("Mine"),
      baton_value_text (first));
  accepted (world, 0, op);
  after = title (world);
  g_assert_cmpstr (after, ==, first);
}

static void
test_fields (void)
{
  g_autoptr (World) world = world_new ();
  const char *card = world->board->cards[0];
  g_autofree char *first = title (world);
  BatonOp *op;

  accepted (world, 0, set_title (world, "Mine"));
  op = dishonest (world, 0);
  refused (world, 0, op, "forbidden");
  op = honest (world, 0, FALSE);
  add (op, BATON_ENTITY_CARD, card, BATON_CARD_URGENCY, baton_value_none (), baton_value_text ("high"));
  refused (world, 0, op, "forbidden");
  op = honest (world, 0, FALSE);
  add (op, BATON_ENTITY_CARD, world->board->cards[1], BATON_CARD_REMOVED, baton_value_none (),
      baton_value_int (1));
  refused (world, 0, op, "forbidden");
  op = honest (world, 0, FALSE);
  add (op, BATON_ENTITY_CARD, card, BATON_CARD_ENTERED, baton_value_int (1), baton_value_int (2));
  refused (world, 0, op, "forbidden");
  op = honest (world, 0, FALSE);
  add (op, BATON_ENTITY_CARD, card, BATON_CARD_RANK, baton_value_int (1), baton_value_int (G_MAXINT64));
  refused (world, 0, op, "forbidden");
  op = honest (world, 0, FALSE);
  g_ptr_array_add (op->targets, g_strdup (MY_DEVICE ":77"));
  refused (world, 0, op, "stale");
  accepted (world, 0, honest (world, 0, FALSE));
}

static void
test_sums (void)
{
  g_autoptr (World) world = world_new ();
  g_autofree char *id = baton_test_board_id (world->board);
  BatonOp *op;

  accepted (world, 0, baton_test_op_comment (id, world->board->cards[2], "A word"));
  op = honest (world, 0, FALSE);
  add (op, BATON_ENTITY_CARD, world->board->cards[2], BATON_CARD_COMMENTS, baton_value_int (1),
      baton_value_int (0));
  refused (world, 0, op, "forbidden");
  op = dishonest (world, 0);
  add (op, BATON_ENTITY_COMMENT, world->board->comment, BATON_COMMENT_REMOVED, baton_value_none (),
      baton_value_int (world->server->now));
  refused (world, 0, op, "forbidden");
}

static void
test_sets (void)
{
  g_autoptr (World) world = world_new ();
  const char *card = world->board->cards[0];
  const char *mine = world->board->labels[0];
  const char *theirs = world->board->labels[1];
  BatonOp *op;

  accepted (world, 1, baton_test_op_link (BATON_VERB_CARD_LABEL, card, TRUE, theirs));
  accepted (world, 0, baton_test_op_link (BATON_VERB_CARD_LABEL, card, TRUE, mine));
  op = dishonest (world, 0);
  add (op, BATON_ENTITY_CARD, card, BATON_CARD_LABELS, baton_value_text (theirs), baton_value_none ());
  refused (world, 0, op, "forbidden");
  op = honest (world, 0, FALSE);
  add (op, BATON_ENTITY_CARD, card, BATON_CARD_BLOCKERS, baton_value_none (),
      baton_value_text (world->board->cards[1]));
  refused (world, 0, op, "forbidden");
  accepted (world, 0, honest (world, 0, FALSE));
}

/* What others did is theirs, and a move that is not taken back goes on counting. */
static void
test_targets (void)
{
  g_autoptr (World) world = world_new ();
  BatonOp *op;

  accepted (world, 1, set_title (world, "Theirs"));
  refused (world, 0, honest (world, 1, FALSE), "forbidden");
  accepted (world, 0, move (world, 1, BATON_TEST_BACKLOG, BATON_TEST_QUEUE));
  op = honest (world, 0, FALSE);
  for (guint i = op->changes->changes->len; i > 0; i--)
    {
      const BatonChange *change = g_ptr_array_index (op->changes->changes, i - 1);

      if (change->field == BATON_CARD_STAGE)
        g_ptr_array_remove_index (op->changes->changes, i - 1);
    }
  refused (world, 0, op, "stale");
  op = honest (world, 0, FALSE);
  g_ptr_array_add (op->targets, g_strdup (OTHER_DEVICE ":1"));
  refused (world, 0, op, "forbidden");
}

/* A clock that runs ahead does not bring the future onto the board. */
static void
test_future (void)
{
  g_autoptr (World) world = world_new ();
  g_autofree char *id = baton_test_board_id (world->board);
  g_autoptr (BatonRow) row = NULL;
  BatonOp *op;

  accepted (world, 0, baton_test_op_comment (id, world->board->cards[2], "A word"));
  op = dishonest (world, 0);
  add (op, BATON_ENTITY_COMMENT, id, BATON_COMMENT_REMOVED, baton_value_none (),
      baton_value_int (world->server->now + G_TIME_SPAN_DAY));
  accepted (world, 0, op);
  row = baton_reader_row (baton_test_reader (world->server), BATON_ENTITY_COMMENT, id);
  g_assert_cmpint (baton_row_int (row, BATON_COMMENT_REMOVED), ==, world->server->now);
}

/* Sets are written by their difference. */
static gboolean
does_something (const BatonChange *change)
{
  return !baton_value_equal (&change->before, &change->after);
}

/* Whatever is made up, nothing of it comes through. */
static void
test_random (void)
{
  g_autoptr (World) world = world_new ();
  BatonTestRandom random = baton_test_random (7);
  guint n = baton_test_rounds (ATTACKS);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (BatonTestPool) pool = baton_test_pool_new ();
      g_autoptr (BatonOp) made = NULL;
      g_autofree char *code = NULL;
      g_autofree char *name = g_strdup_printf ("Title %u", i);
      BatonOp *op;

      for (guint j = 1; j < BATON_TEST_N_CARDS; j++)
        baton_test_pool_add (pool, BATON_ENTITY_CARD, world->board->cards[j]);
      for (guint j = 0; j < BATON_TEST_N_STAGES; j++)
        baton_test_pool_add (pool, BATON_ENTITY_STAGE, world->board->stages[j]);
      baton_test_pool_add (pool, BATON_ENTITY_COMMENT, world->board->comment);
      baton_test_pool_add (pool, BATON_ENTITY_ITEM, world->board->items[0]);
      accepted (world, 0, set_title (world, name));
      op = honest (world, 0, FALSE);
      made = baton_test_op (pool, &random, BATON_VERB_UNDO, world->server->now, 0);
      for (guint j = 0; made->changes != NULL && j < made->changes->changes->len; j++)
        {
          const BatonChange *change = g_ptr_array_index (made->changes->changes, j);

          /* Where things stand among each other may be written, within bounds. */
          if (change->field != baton_entity_info (change->entity)->rank && does_something (change))
            g_ptr_array_add (op->changes->changes, baton_change_copy (change));
        }
      if (op->changes->changes->len > 1)
        {
          code = submit (world, 0, op);
          g_assert_nonnull (code);
        }
      else
        baton_op_free (op);
    }
}

/* A server is asked by programs that know nothing of naming conventions, too. */
static void
test_naming (void)
{
  g_autoptr (World) world = world_new ();

  refused (world, 0,
      baton_test_op_text (BATON_VERB_BOARD_SET, world->board->board, BATON_BOARD_NAMING, "{card}{asset}"),
      "invalid");
  accepted (world, 0,
      baton_test_op_text (BATON_VERB_BOARD_SET, world->board->board, BATON_BOARD_NAMING, "{card}_{asset}"));
}

int
main (int argc, char **argv)
{
  baton_test_init (&argc, &argv);
  g_test_add_func ("/undo-attack/honest", test_honest);
  g_test_add_func ("/undo-attack/values", test_values);
  g_test_add_func ("/undo-attack/fields", test_fields);
  g_test_add_func ("/undo-attack/sums", test_sums);
  g_test_add_func ("/undo-attack/sets", test_sets);
  g_test_add_func ("/undo-attack/targets", test_targets);
  g_test_add_func ("/undo-attack/future", test_future);
  g_test_add_func ("/undo-attack/naming", test_naming);
  g_test_add_func ("/undo-attack/random", test_random);
  return g_test_run ();
}
