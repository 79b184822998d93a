/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-test"

/* Whatever two people do apart, of every verb: when the base moves under what is pending, the tables say what
 * the log and what is pending say, and in the end everybody has what the server has. */

#include "sync.h"
#include "test-board.h"
#include "test-history.h"
#include "codec.h"
#include "test-snapshot.h"

#include <string.h>

#define HISTORIES 12
#define ROUNDS 8

typedef struct
{
  BatonTestStore *server;
  BatonTestStore *clients[2];
  BatonTestRandom random;
} World;

static void
last_decided (const char *device, gint64 *last, gint64 *confirmed, gpointer data)
{
  *last = baton_reader_device_last (data, device);
  *confirmed = *last;
}

/* Some of what is pending goes up; the server's decisions come back as refusals. */
static GPtrArray *
push (World *world, BatonTestStore *client, guint most)
{
  GPtrArray *refusals = g_ptr_array_new_with_free_func ((GDestroyNotify) baton_refusal_free);
  g_autoptr (GError) error = NULL;
  g_autofree char *device = NULL;
  g_autoptr (GPtrArray) out = baton_store_outbox (
      client->store, last_decided, baton_test_reader (world->server), most, 1 << 20, &device, &error);

  g_assert_no_error (error);
  g_assert_true (baton_store_begin (world->server->store, &error));
  for (guint i = 0; i < out->len; i++)
    {
      const BatonOutgoing *outgoing = g_ptr_array_index (out, i);
      g_autoptr (BatonOp) op = baton_op_read (outgoing->text, -1, &error);
      BatonSubmission submission = { .device = device,
        .number = outgoing->number,
        .op = op,
        .happened = op->at,
        .received = op->at + G_USEC_PER_SEC,
        .quality = BATON_QUALITY_EXACT };
      BatonRefusal *refusal = NULL;
      gint64 seq;
      BatonDecided decided = baton_store_decide (world->server->store, &submission, &seq, &refusal, &error);

      g_assert_no_error (error);
      g_assert_true (decided == BATON_DECIDED_ACCEPTED || decided == BATON_DECIDED_REFUSED);
      if (refusal != NULL)
        g_ptr_array_add (refusals, refusal);
    }
  g_assert_true (baton_store_end (world->server->store, &error));
  return refusals;
}

/* The server's entries behind the client's cursor, as they would travel. */
static GPtrArray *
entries (World *world, BatonTestStore *client, guint most)
{
  BatonHistoryQuery query = { .after = baton_store_cursor (client->store), .limit = most };
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) history = baton_reader_history (baton_test_reader (world->server), &query, &error);
  GPtrArray *arrivals = g_ptr_array_new_with_free_func ((GDestroyNotify) baton_arrival_free);

  g_assert_no_error (error);
  for (guint i = 0; i < history->len; i++)
    {
      const BatonEntry *entry = g_ptr_array_index (history, i);
      BatonArrival *arrival = baton_arrival_new (entry->seq, baton_op_copy (entry->op));

      arrival->op->at = entry->wall;
      arrival->received = entry->received;
      arrival->quality = BATON_QUALITY_EXACT;
      g_ptr_array_add (arrivals, arrival);
    }
  return arrivals;
}

static void
follow (World *world, BatonTestStore *client, GPtrArray *refusals, guint most)
{
  g_autoptr (GPtrArray) arrivals = entries (world, client, most);
  g_auto (BatonFollowed) followed = { 0 };
  g_autoptr (GError) error = NULL;

  g_assert_true (baton_store_follow (client->store, arrivals, refusals, client->now, &followed, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (followed.unapplied, ==, 0);
  g_assert_false (followed.copied);
}

static void
check (BatonTestStore *client)
{
  g_autoptr (GPtrArray) problems = NULL;
  g_autoptr (GError) error = NULL;
  gint64 operations;

  g_assert_true (baton_verify (baton_store_database (client->store), &problems, &operations, &error));
  g_assert_no_error (error);
  for (guint i = 0; i < problems->len; i++)
    g_test_message ("%s", (char *) g_ptr_array_index (problems, i));
  g_assert_cmpuint (problems->len, ==, 0);
  baton_test_check_invariants (baton_test_reader (client));
}

static void
finish (World *world)
{
  for (guint round = 0; round < 20; round++)
    {
      for (guint i = 0; i < 2; i++)
        {
          g_autoptr (GPtrArray) refusals = push (world, world->clients[i], 1000);

          follow (world, world->clients[i], refusals, 10000);
        }
    }
}

static void
test_apart (gconstpointer data)
{
  World world = { .random = baton_test_random (GPOINTER_TO_UINT (data)) };
  g_autoptr (BatonTestBoard) board = NULL;
  g_autofree char *there = NULL;

  world.server = baton_test_store_new ();
  for (guint i = 0; i < 2; i++)
    {
      world.clients[i] = baton_test_store_new ();
      if (i == 0)
        board = baton_test_board_fill (world.clients[i]);
      g_assert_true (baton_store_share (world.clients[i]->store, "epoch", "[[\"epoch\",1]]", NULL));
    }
  finish (&world);
  for (guint round = 0; round < ROUNDS; round++)
    {
      BatonTestStore *client = world.clients[baton_test_below (&world.random, 2)];
      g_autoptr (GPtrArray) refusals = NULL;

      baton_test_history (client, &world.random, 1 + baton_test_below (&world.random, 12), NULL);
      if (baton_test_chance (&world.random, 70))
        refusals = push (&world, client, 1 + baton_test_below (&world.random, 10));
      if (refusals != NULL || baton_test_chance (&world.random, 50))
        follow (&world, client, refusals, 1 + baton_test_below (&world.random, 20));
      check (client);
    }
  finish (&world);
  there = baton_test_snapshot_text (baton_test_reader (world.server));
  for (guint i = 0; i < 2; i++)
    {
      g_autofree char *here = baton_test_snapshot_text (baton_test_reader (world.clients[i]));

      g_assert_cmpint (baton_store_count_pending (world.clients[i]->store), ==, 0);
      g_assert_cmpstr (here, ==, there);
      check (world.clients[i]);
      baton_test_store_free (world.clients[i]);
    }
  baton_test_store_free (world.server);
}

/* A server and two clients that follow it, with one board. */
static BatonTestBoard *
begin (World *world)
{
  BatonTestBoard *board;

  *world = (World){ .random = baton_test_random (0) };
  world->server = baton_test_store_new ();
  for (guint i = 0; i < 2; i++)
    world->clients[i] = baton_test_store_new ();
  board = baton_test_board_fill (world->clients[0]);
  for (guint i = 0; i < 2; i++)
    g_assert_true (baton_store_share (world->clients[i]->store, "epoch", "[[\"epoch\",1]]", NULL));
  finish (world);
  return board;
}

static void
end (World *world)
{
  for (guint i = 0; i < 2; i++)
    {
      check (world->clients[i]);
      baton_test_store_free (world->clients[i]);
    }
  baton_test_store_free (world->server);
}

/* A refused move waits with its reason; re-applied it goes from where the card is now. */
static void
test_attention (void)
{
  World world;
  g_autoptr (BatonTestBoard) board = begin (&world);
  g_autoptr (GPtrArray) refusals = NULL;
  g_autoptr (GPtrArray) waiting = NULL;
  g_autoptr (BatonRow) card = NULL;
  g_autoptr (GError) error = NULL;
  const BatonAttention *attention;
  BatonTestStore *mine;

  mine = world.clients[1];
  baton_test_perform (
      world.clients[0], baton_test_op_move (board->cards[0], board->stages[BATON_TEST_BACKLOG],
                            board->stages[BATON_TEST_QUEUE]));
  baton_test_perform (mine, baton_test_op_move (board->cards[0], board->stages[BATON_TEST_BACKLOG],
                                board->stages[BATON_TEST_ACTIVE]));
  finish (&world);

  waiting = baton_reader_attention (baton_test_reader (mine), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (waiting->len, ==, 1);
  attention = g_ptr_array_index (waiting, 0);
  g_assert_cmpstr (attention->code, ==, "stale");
  g_assert_true (attention->kind == BATON_ATTENTION_REFUSED && attention->op->verb == BATON_VERB_CARD_MOVE);
  g_assert_true (baton_store_reapply (
      mine->store, attention->id, NULL, NULL, mine->now + G_USEC_PER_SEC, 0, NULL, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpint (baton_reader_count_attention (baton_test_reader (mine), BATON_ATTENTION_REFUSED), ==, 0);
  finish (&world);
  card = baton_reader_row (baton_test_reader (world.server), BATON_ENTITY_CARD, board->cards[0]);
  g_assert_cmpstr (baton_row_text (card, BATON_CARD_STAGE), ==, board->stages[BATON_TEST_ACTIVE]);
  end (&world);
}

static gint64
first_waiting (BatonTestStore *client, BatonVerb verb)
{
  g_autoptr (GPtrArray) waiting = baton_reader_attention (baton_test_reader (client), NULL);

  for (guint i = 0; i < waiting->len; i++)
    {
      const BatonAttention *attention = g_ptr_array_index (waiting, i);

      if (attention->op->verb == verb)
        return attention->id;
    }
  return 0;
}

static gboolean
reapply (BatonTestStore *client, BatonVerb verb, GError **error)
{
  gint64 id = first_waiting (client, verb);

  g_assert_cmpint (id, !=, 0);
  client->now += G_USEC_PER_SEC;
  return baton_store_reapply (client->store, id, NULL, NULL, client->now, 0, NULL, NULL, error);
}

/* A move and its undoing are refused together. Done again, the move has another number; the undo follows it,
 * and puts the card where it was before it was moved again. */
static void
test_undo_of_what_was_done_again (void)
{
  World world;
  g_autoptr (BatonTestBoard) board = begin (&world);
  BatonTestStore *mine = world.clients[1];
  g_autoptr (GError) error = NULL;
  g_autoptr (BatonRow) between = NULL;
  g_autoptr (BatonRow) card = NULL;

  baton_test_perform (
      world.clients[0], baton_test_op_move (board->cards[0], board->stages[BATON_TEST_BACKLOG],
                            board->stages[BATON_TEST_QUEUE]));
  baton_test_perform (mine, baton_test_op_move (board->cards[0], board->stages[BATON_TEST_BACKLOG],
                                board->stages[BATON_TEST_ACTIVE]));
  baton_test_perform (mine, baton_reader_prepare_undo (baton_test_reader (mine),
                                baton_store_device (mine->store), FALSE, mine->now, NULL, NULL));
  finish (&world);
  g_assert_cmpint (baton_reader_count_attention (baton_test_reader (mine), BATON_ATTENTION_REFUSED), ==, 2);
  /* There is nothing to take back, and it goes on waiting. */
  g_assert_false (reapply (mine, BATON_VERB_UNDO, &error));
  g_assert_error (error, BATON_ERROR, BATON_ERROR_STALE);
  g_assert_true (reapply (mine, BATON_VERB_CARD_MOVE, NULL));
  finish (&world);
  between = baton_reader_row (baton_test_reader (world.server), BATON_ENTITY_CARD, board->cards[0]);
  g_assert_cmpstr (baton_row_text (between, BATON_CARD_STAGE), ==, board->stages[BATON_TEST_ACTIVE]);
  g_clear_error (&error);
  g_assert_true (reapply (mine, BATON_VERB_UNDO, &error));
  finish (&world);
  g_assert_cmpint (baton_reader_count_attention (baton_test_reader (mine), BATON_ATTENTION_REFUSED), ==, 0);
  card = baton_reader_row (baton_test_reader (world.server), BATON_ENTITY_CARD, board->cards[0]);
  g_assert_cmpstr (baton_row_text (card, BATON_CARD_STAGE), ==, board->stages[BATON_TEST_QUEUE]);
  end (&world);
}

static gboolean
is_in (BatonTestStore *client, const char *id, const char *stage)
{
  g_autoptr (BatonRow) card = baton_reader_row (baton_test_reader (client), BATON_ENTITY_CARD, id);

  return g_strcmp0 (baton_row_text (card, BATON_CARD_STAGE), stage) == 0;
}

/* What is pending gets other names because the profile was copied. An undo that waits for its person takes
 * back what it was about, whether that is pending or was done again: under its old name stands what another
 * copy did. */
static void
test_undo_waits_while_names_change (gconstpointer data)
{
  gboolean again = GPOINTER_TO_INT (data);
  World world;
  g_autoptr (BatonTestBoard) board = begin (&world);
  BatonTestStore *mine = world.clients[1];
  g_autoptr (GPtrArray) refusals = g_ptr_array_new_with_free_func ((GDestroyNotify) baton_refusal_free);
  g_autofree char *device = g_strdup (baton_store_device (mine->store));
  g_auto (BatonFollowed) followed = { 0 };
  g_autoptr (GPtrArray) arrivals = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;
  gint64 move = baton_reader_device_last (baton_test_reader (mine), device) + 1;

  baton_test_perform (mine, baton_test_op_move (board->cards[0], board->stages[BATON_TEST_BACKLOG],
                                board->stages[BATON_TEST_ACTIVE]));
  baton_test_perform (
      mine, baton_reader_prepare_undo (baton_test_reader (mine), device, FALSE, mine->now, NULL, NULL));
  if (again)
    g_ptr_array_add (refusals, baton_refusal_new (device, move, "stale", "Not now."));
  g_ptr_array_add (refusals, baton_refusal_new (device, move + 1, "stale", "Not now."));
  g_assert_true (baton_store_follow (mine->store, arrivals, refusals, mine->now, &followed, &error));
  if (again)
    g_assert_true (reapply (mine, BATON_VERB_CARD_MOVE, NULL));
  baton_followed_clear (&followed);
  g_assert_true (baton_store_renumber (mine->store, device, move, &followed, &error));
  g_assert_cmpstr (baton_store_device (mine->store), !=, device);
  g_assert_false (is_in (mine, board->cards[0], board->stages[BATON_TEST_BACKLOG]));
  g_assert_true (reapply (mine, BATON_VERB_UNDO, &error));
  g_assert_no_error (error);
  g_assert_true (is_in (mine, board->cards[0], board->stages[BATON_TEST_BACKLOG]));
  end (&world);
}

/* Two people change one field: the later wins, and whose value went is told and can restore it. */
static void
test_replaced (void)
{
  World world;
  g_autoptr (BatonTestBoard) board = begin (&world);
  g_autoptr (GPtrArray) waiting = NULL;
  g_autoptr (BatonRow) card = NULL;
  const BatonAttention *attention;
  BatonTestStore *first;

  first = world.clients[0];
  baton_test_perform (
      first, baton_test_op_text (BATON_VERB_CARD_SET, board->cards[0], BATON_CARD_TITLE, "First"));
  baton_test_perform (world.clients[1],
      baton_test_op_text (BATON_VERB_CARD_SET, board->cards[0], BATON_CARD_TITLE, "Second"));
  finish (&world);
  waiting = baton_reader_attention (baton_test_reader (first), NULL);
  g_assert_cmpuint (waiting->len, ==, 1);
  attention = g_ptr_array_index (waiting, 0);
  g_assert_true (attention->kind == BATON_ATTENTION_REPLACED);
  g_assert_nonnull (strstr (attention->detail, "\"theirs\":\"Second\""));
  g_assert_cmpint (
      baton_reader_count_attention (baton_test_reader (world.clients[1]), BATON_ATTENTION_REPLACED), ==, 0);
  g_assert_true (baton_store_reapply (
      first->store, attention->id, NULL, NULL, first->now + G_USEC_PER_SEC, 0, NULL, NULL, NULL));
  finish (&world);
  card = baton_reader_row (baton_test_reader (world.server), BATON_ENTITY_CARD, board->cards[0]);
  g_assert_cmpstr (baton_row_text (card, BATON_CARD_TITLE), ==, "First");
  end (&world);
}

typedef struct
{
  BatonStore *store;
  gulong after; /* µs */
} GivingUp;

static gpointer
give_up_thread (gpointer data)
{
  const GivingUp *giving_up = data;

  g_usleep (giving_up->after);
  baton_store_give_up (giving_up->store, TRUE);
  return NULL;
}

/* Whoever leaves in the middle of catching up finds everything as it was, and catches up the next time. */
static void
test_given_up (void)
{
  World world = { .random = baton_test_random (1) };
  g_autoptr (BatonTestBoard) board = NULL;
  BatonTestStore *mine;
  guint left = 0;

  world.server = baton_test_store_new ();
  world.clients[0] = baton_test_store_new ();
  mine = world.clients[1] = baton_test_store_new ();
  board = baton_test_board_fill (world.clients[0]);
  for (guint i = 0; i < 2; i++)
    g_assert_true (baton_store_share (world.clients[i]->store, "epoch", "[[\"epoch\",1]]", NULL));
  finish (&world);
  for (guint i = 0; i < 20; i++)
    {
      g_autoptr (GPtrArray) refusals = NULL;
      g_autoptr (GPtrArray) arrivals = NULL;
      g_auto (BatonFollowed) followed = { 0 };
      g_autoptr (GError) error = NULL;
      GivingUp giving_up = { .after = i == 0 ? 0 : 50 + baton_test_below (&world.random, 30000) };
      gint64 cursor = baton_store_cursor (mine->store);
      gint64 pending;
      GThread *thread;

      baton_test_history (world.clients[0], &world.random, 150, NULL);
      refusals = push (&world, world.clients[0], 1000);
      baton_test_history (mine, &world.random, 10, NULL);
      pending = baton_store_count_pending (mine->store);
      arrivals = entries (&world, mine, 10000);
      giving_up.store = mine->store; /* the histories open it anew at times */
      thread = g_thread_new ("give-up", give_up_thread, &giving_up);
      if (i == 0)
        g_thread_join (g_steal_pointer (&thread));
      if (!baton_store_follow (mine->store, arrivals, NULL, mine->now, &followed, &error))
        {
          g_assert_error (error, BATON_ERROR, BATON_ERROR_CANCELLED);
          g_assert_cmpint (baton_store_cursor (mine->store), ==, cursor);
          g_assert_cmpint (baton_store_count_pending (mine->store), ==, pending);
          left++;
        }
      else
        g_assert_cmpint (baton_store_cursor (mine->store), >, cursor);
      if (thread != NULL)
        g_thread_join (thread);
      /* What a person does meanwhile is not concerned. */
      baton_test_history (mine, &world.random, 2, NULL);
      check (mine);
      baton_store_give_up (mine->store, FALSE);
      follow (&world, world.clients[0], refusals, 10000);
    }
  g_test_message ("%u of 20 were left", left);
  g_assert_cmpuint (left, >, 0);
  finish (&world);
  for (guint i = 0; i < 2; i++)
    {
      g_assert_cmpint (baton_store_count_pending (world.clients[i]->store), ==, 0);
      check (world.clients[i]);
      baton_test_store_free (world.clients[i]);
    }
  baton_test_store_free (world.server);
}

/* Why it was not done is said in this person's language where it can be seen here, too, and else as the
 * server said it. */
static void
test_words_of_refusals (void)
{
  World world;
  g_autoptr (BatonTestBoard) board = begin (&world);
  BatonTestStore *mine = world.clients[1], *other = world.clients[0];
  g_autoptr (GPtrArray) nothing = NULL;
  g_autoptr (GPtrArray) refusals = NULL;
  g_autoptr (GPtrArray) waiting = NULL;
  const char *words[2];

  baton_test_perform (other, baton_test_op_move (board->cards[0], board->stages[BATON_TEST_BACKLOG],
                                 board->stages[BATON_TEST_ACTIVE]));
  nothing = push (&world, other, 10);
  g_assert_cmpuint (nothing->len, ==, 0);
  for (guint i = 0; i < 2; i++)
    baton_test_perform (mine, baton_test_op_move (board->cards[i], board->stages[BATON_TEST_BACKLOG],
                                  board->stages[BATON_TEST_QUEUE]));
  refusals = push (&world, mine, 1);
  g_assert_cmpuint (refusals->len, ==, 1);
  {
    BatonRefusal *stale = g_ptr_array_index (refusals, 0);

    g_ptr_array_add (refusals,
        baton_refusal_new (stale->device, stale->number + 1, "forbidden", "In the words of the server."));
    g_free (stale->why);
    stale->why = g_strdup ("In the words of the server.");
  }
  follow (&world, mine, refusals, 0);
  waiting = baton_reader_attention (baton_test_reader (mine), NULL);
  g_assert_cmpuint (waiting->len, ==, 2);
  for (guint i = 0; i < 2; i++)
    words[i] = ((BatonAttention *) g_ptr_array_index (waiting, i))->why;
  g_assert_nonnull (strstr (words[0], "meanwhile"));
  g_assert_cmpstr (words[1], ==, "In the words of the server.");
  /* It was tried only. */
  g_assert_true (is_in (mine, board->cards[0], board->stages[BATON_TEST_ACTIVE]));
  g_assert_true (is_in (mine, board->cards[1], board->stages[BATON_TEST_BACKLOG]));
  check (mine);
  end (&world);
}

int
main (int argc, char **argv)
{
  guint n;

  baton_test_init (&argc, &argv);
  n = baton_test_rounds (HISTORIES);
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *path = g_strdup_printf ("/follow/apart-%u", i);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_apart);
    }
  g_test_add_func ("/follow/attention", test_attention);
  g_test_add_func ("/follow/undo-of-what-was-done-again", test_undo_of_what_was_done_again);
  g_test_add_data_func ("/follow/undo-waits-while-names-change/pending", GINT_TO_POINTER (FALSE),
      test_undo_waits_while_names_change);
  g_test_add_data_func ("/follow/undo-waits-while-names-change/done-again", GINT_TO_POINTER (TRUE),
      test_undo_waits_while_names_change);
  g_test_add_func ("/follow/replaced", test_replaced);
  g_test_add_func ("/follow/given-up", test_given_up);
  g_test_add_func ("/follow/words-of-refusals", test_words_of_refusals);
  return g_test_run ();
}
