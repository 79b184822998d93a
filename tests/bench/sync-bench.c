/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-bench"

/* What sync costs: a hub's moves per second, pulls of a long log, weeks offline, and a new client. One JSON
 * line a figure. All on a real disk with synchronous=FULL. */

#include "baton-error.h"
#include "board.h"
#include "codec.h"
#include "engine.h"
#include "hub-thread.h"
#include "json.h"
#include "sharing.h"
#include "sync.h"
#include "test-board.h"
#include "wire.h"
#include "workspace-private.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static void
print_figure (const char *name, double value, const char *unit)
{
  printf ("{\"name\":\"%s\",\"value\":%.3f,\"unit\":\"%s\"}\n", name, value, unit);
  fflush (stdout);
}

static double
seconds_since (gint64 begin)
{
  return (double) (g_get_monotonic_time () - begin) / G_USEC_PER_SEC;
}

/* A client that is only numbers: pushes moves of its own cards, one a request. */
typedef struct
{
  BatonTestRandom random;
  char *device;
  gint64 number;
} Maker;

static BatonOp *
make_op (Maker *maker, BatonVerb verb)
{
  BatonOp *op = baton_op_new (verb);

  op->device = g_strdup (maker->device);
  op->number = ++maker->number;
  op->at = g_get_real_time ();
  op->boot = 1;
  return op;
}

static void
append_op (GString *body, const BatonOp *op)
{
  g_autoptr (GString) text = g_string_new (NULL);

  baton_op_write (op, text);
  g_string_append_printf (
      body, "%s{\"op\":%s,\"age\":1000}", body->str[body->len - 1] == '[' ? "" : ",", text->str);
}

static GString *
begin_push (const char *device, const char *epoch)
{
  GString *body = g_string_new (NULL);

  g_string_append_printf (body, "{\"device\":\"%s\",\"epoch\":\"%s\",\"wall\":%" G_GINT64_FORMAT ",\"ops\":[",
      device, epoch, g_get_real_time ());
  return body;
}

static void
push_now (BatonHub *hub, GString *body)
{
  BatonHubPush push = { .caller = { .now = g_get_real_time () },
    .body = body->str,
    .length = body->len,
    .reply = g_string_new (NULL) };

  g_string_append (body, "]}");
  push.length = body->len;
  push.body = body->str;
  baton_hub_push (hub, &push, 1);
  if (push.status != 200 || strstr (push.reply->str, "\"no\"") != NULL)
    {
      fprintf (stderr, "push: %u %.400s\n", push.status, push.reply->str);
      exit (1);
    }
  g_string_free (push.reply, TRUE);
}

typedef struct
{
  char *folder;
  BatonHub *hub;
  BatonTestBoard *board;
  Maker maker;
  GPtrArray *cards; /* char * */
  BatonTestRandom random;
} Place;

/* A server with a board of so many cards. */
static Place *
place_new (guint cards)
{
  Place *place = g_new0 (Place, 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) ops = NULL;
  GString *body;

  place->folder = baton_test_folder_new ();
  place->hub = baton_hub_open (place->folder, &error);
  g_assert_no_error (error);
  place->random = baton_test_random (7);
  place->maker.device = baton_test_id (&place->random, 1);
  place->cards = g_ptr_array_new_with_free_func (g_free);
  place->board = baton_test_board_new (1);
  ops = baton_test_board_ops (place->board, g_get_real_time ());
  body = begin_push (place->maker.device, baton_hub_epoch (place->hub));
  for (guint i = 0; i < ops->len; i++)
    {
      BatonOp *op = g_ptr_array_index (ops, i);

      g_free (op->device);
      op->device = g_strdup (place->maker.device);
      op->number = ++place->maker.number;
      append_op (body, op);
    }
  push_now (place->hub, body);
  g_string_free (body, TRUE);
  for (guint done = 0; done < cards;)
    {
      body = begin_push (place->maker.device, baton_hub_epoch (place->hub));
      for (guint i = 0; i < 500 && done < cards; i++, done++)
        {
          BatonOp *op = make_op (&place->maker, BATON_VERB_CARD_ADD);
          char *id = baton_test_id (&place->random, op->at / 1000);
          g_autofree char *title = baton_test_title (&place->random);
          BatonRow *row = baton_op_add_row (op, BATON_ENTITY_CARD, id);

          baton_row_set_text (row, BATON_CARD_TITLE, title);
          baton_row_set_text (row, BATON_CARD_STAGE, place->board->stages[done % 2]);
          append_op (body, op);
          baton_op_free (op);
          g_ptr_array_add (place->cards, id);
        }
      push_now (place->hub, body);
      g_string_free (body, TRUE);
    }
  return place;
}

static void
place_free (Place *place)
{
  g_clear_pointer (&place->hub, baton_hub_close);
  baton_test_folder_remove (place->folder);
  baton_test_board_free (place->board);
  g_ptr_array_unref (place->cards);
  g_free (place->maker.device);
  g_free (place->folder);
  g_free (place);
}

static BatonOp *
make_move (Place *place, Maker *maker, guint i)
{
  BatonOp *op = make_op (maker, BATON_VERB_CARD_MOVE);

  baton_op_add_id (op, g_ptr_array_index (place->cards, i % place->cards->len));
  baton_op_set_to (op, place->board->stages[baton_test_below (&place->random, 2)]);
  return op;
}

static BatonOp *
make_set (Place *place, Maker *maker)
{
  BatonOp *op = make_op (maker, BATON_VERB_CARD_SET);
  g_autofree char *title = baton_test_title (&place->random);

  baton_op_add_id (
      op, g_ptr_array_index (place->cards, baton_test_below (&place->random, place->cards->len)));
  baton_op_set_text (op, BATON_CARD_TITLE, title);
  return op;
}

/* n operations of somebody else: changed titles and moves. */
static void
push_many (Place *place, Maker *maker, guint n)
{
  for (guint done = 0; done < n;)
    {
      GString *body = begin_push (maker->device, baton_hub_epoch (place->hub));

      for (guint i = 0; i < 500 && done < n; i++, done++)
        {
          BatonOp *op = done % 3 == 0 ? make_move (place, maker, baton_test_below (&place->random, 10000))
                                      : make_set (place, maker);

          append_op (body, op);
          baton_op_free (op);
        }
      push_now (place->hub, body);
      g_string_free (body, TRUE);
    }
}

/* Moves per second. */

typedef struct
{
  Place *place;
  BatonHubThread *thread;
  char *epoch;
  Maker *makers;
  guint clients;
  guint moves_left;
  guint waiting;
  guint refused;
  GMainLoop *loop;
} Rush;

typedef struct
{
  Rush *rush;
  guint index;
} Turn;

static void push_next (Rush *rush, guint index);

static void
answered (guint status, GString *reply, gpointer data)
{
  Turn turn = *(Turn *) data;

  g_free (data);
  turn.rush->waiting--;
  turn.rush->refused += status != 200 || strstr (reply->str, "\"no\"") != NULL;
  if (turn.rush->moves_left > 0)
    push_next (turn.rush, turn.index);
  else if (turn.rush->waiting == 0)
    g_main_loop_quit (turn.rush->loop);
}

static void
push_next (Rush *rush, guint index)
{
  static const BatonHubPerson nobody = { NULL, NULL, 0 };
  Maker *maker = &rush->makers[index];
  g_autoptr (BatonOp) op = make_move (rush->place, maker, rush->moves_left);
  GString *body = begin_push (maker->device, rush->epoch);
  Turn *turn = g_new (Turn, 1);
  gsize length;

  append_op (body, op);
  g_string_append (body, "]}");
  length = body->len;
  *turn = (Turn){ rush, index };
  rush->moves_left--;
  rush->waiting++;
  baton_hub_thread_push (rush->thread, &nobody, g_string_free (body, FALSE), length, answered, turn);
}

static void
bench_moves (guint clients, guint moves)
{
  Place *place = place_new (2000);
  g_autofree Maker *makers = g_new0 (Maker, clients);
  g_autofree char *name = g_strdup_printf ("hub moves, %u clients", clients);
  Rush rush = { .place = place, .makers = makers, .clients = clients, .moves_left = moves };
  gint64 begin;

  for (guint i = 0; i < clients; i++)
    makers[i].device = baton_test_id (&place->random, 2);
  rush.epoch = g_strdup (baton_hub_epoch (place->hub));
  rush.loop = g_main_loop_new (NULL, FALSE);
  rush.thread = baton_hub_thread_new (g_steal_pointer (&place->hub), NULL, NULL);
  begin = g_get_monotonic_time ();
  for (guint i = 0; i < clients; i++)
    push_next (&rush, i);
  g_main_loop_run (rush.loop);
  print_figure (name, moves / seconds_since (begin), "moves/s");
  print_figure ("hub moves refused", rush.refused, "");
  baton_hub_thread_free (rush.thread);
  g_main_loop_unref (rush.loop);
  for (guint i = 0; i < clients; i++)
    g_free (makers[i].device);
  g_free (rush.epoch);
  place_free (place);
}

/* A client with the real engine, on the same thread as its server: no network in between. */

typedef struct
{
  BatonTransport base;
  Place *place;
  BatonReader *reader;
  BatonHubSnapshots *snapshots;
  BatonCall *call;
  BatonAnswerFunc answer;
  gpointer data;
  GSource *source; /* of the answer */
} Near;

typedef struct
{
  BatonStore *store;
  BatonEngine *engine;
  GMainLoop *loop;
  double longest; /* piece of store work */
  double usable;
  gint64 begin;
  gboolean whole; /* wait for the history, too */
} Follower;

static gboolean
near_answer (gpointer data)
{
  Near *self = data;
  g_autoptr (BatonCall) call = g_steal_pointer (&self->call);
  g_autoptr (GString) reply = g_string_new (NULL);
  gint64 now = g_get_real_time ();
  BatonAnswer answer = { 0 };

  g_clear_pointer (&self->source, g_source_unref);
  if (call->kind == BATON_CALL_PUSH)
    {
      BatonHubPush push = {
        .caller = { .now = now }, .body = call->body, .length = strlen (call->body), .reply = reply
      };

      baton_hub_push (self->place->hub, &push, 1);
      answer.status = push.status;
    }
  else if (call->kind == BATON_CALL_HELLO)
    answer.status = baton_hub_hello (self->reader, call->body, strlen (call->body), TRUE, now, reply);
  else if (call->kind == BATON_CALL_PULL)
    answer.status =
        baton_hub_pull (self->reader, call->epoch, call->device, call->number, call->most, now, reply);
  else if (call->kind == BATON_CALL_SNAPSHOT)
    answer.status = baton_hub_snapshot (self->snapshots, self->reader, call->id, call->device, now, reply);
  else if (call->kind == BATON_CALL_PART)
    answer.status = baton_hub_snapshot_part (self->snapshots, call->id, (guint) call->number, now, reply);
  else
    answer.status = baton_hub_history (self->reader, call->epoch, call->number, call->most, reply);
  answer.text = reply->str;
  answer.length = reply->len;
  self->answer (&answer, self->data);
  return G_SOURCE_REMOVE;
}

static void
near_call (BatonTransport *base, BatonCall *call, BatonAnswerFunc answer, gpointer data)
{
  Near *self = (Near *) base;

  self->call = call;
  self->answer = answer;
  self->data = data;
  self->source = g_idle_source_new ();
  g_source_set_callback (self->source, near_answer, self, NULL);
  g_source_attach (self->source, g_main_context_get_thread_default ());
}

static void
near_cancel (BatonTransport *base)
{
  Near *self = (Near *) base;

  if (self->source != NULL)
    g_source_destroy (self->source);
  g_clear_pointer (&self->source, g_source_unref);
  g_clear_pointer (&self->call, baton_call_free);
}

static void
near_free (BatonTransport *base)
{
  Near *self = (Near *) base;

  baton_reader_close (self->reader);
  baton_hub_snapshots_free (self->snapshots);
  g_free (self);
}

static BatonTransport *
near_new (Place *place)
{
  Near *self = g_new0 (Near, 1);

  self->base = (BatonTransport){ near_call, near_cancel, NULL, NULL, near_free };
  self->place = place;
  self->reader = baton_reader_open (baton_hub_database (place->hub), NULL);
  self->snapshots = baton_hub_snapshots_new ();
  return &self->base;
}

static gint64
host_monotonic (gpointer host)
{
  return g_get_monotonic_time ();
}

static gint64
host_wall (gpointer host)
{
  return g_get_real_time ();
}

static guint32
host_random (gpointer host)
{
  return 0;
}

static void
host_alarm (gint64 at, gpointer host)
{
}

typedef struct
{
  Follower *follower;
  BatonStoreWork work;
  BatonStoreDone done;
  gpointer job;
} Errand;

static gboolean
host_work (gpointer data)
{
  g_autofree Errand *errand = data;
  gint64 begin = g_get_monotonic_time ();

  errand->work (errand->follower->store, errand->job);
  errand->follower->longest = MAX (errand->follower->longest, seconds_since (begin));
  errand->done (errand->job);
  return G_SOURCE_REMOVE;
}

static void
host_run (BatonStoreWork work, BatonStoreDone done, gpointer job, gpointer host)
{
  Errand *errand = g_new0 (Errand, 1);

  *errand = (Errand){ host, work, done, job };
  g_idle_add (host_work, errand);
}

static void
host_followed (const BatonFollowed *followed, gpointer host)
{
  Follower *follower = host;

  if (followed->reload && follower->usable == 0)
    follower->usable = seconds_since (follower->begin);
}

static void
host_status (gpointer host)
{
  Follower *follower = host;
  BatonSyncStatus status;

  if (follower->engine == NULL)
    return;
  baton_engine_status (follower->engine, &status);
  if (status.state == BATON_SYNC_OFFLINE || status.state == BATON_SYNC_FAILED)
    {
      fprintf (stderr, "sync: %s\n", status.message);
      exit (1);
    }
  if (status.state == BATON_SYNC_IN_STEP && (!follower->whole || status.history_from == 1))
    g_main_loop_quit (follower->loop);
}

static const BatonEngineHost host = { host_monotonic, host_wall, host_monotonic, host_random, host_alarm,
  host_run, host_followed, host_status, NULL };

static gboolean
look_again (gpointer data)
{
  host_status (data);
  return G_SOURCE_CONTINUE;
}

static void
follow (Follower *follower, Place *place)
{
  guint look = g_timeout_add (50, look_again, follower);

  follower->loop = g_main_loop_new (NULL, FALSE);
  follower->begin = g_get_monotonic_time ();
  follower->longest = follower->usable = 0;
  follower->engine = baton_engine_new (&host, follower, near_new (place), "bench", "boot");
  baton_engine_start (follower->engine, TRUE);
  g_main_loop_run (follower->loop);
  g_source_remove (look);
  g_clear_pointer (&follower->engine, baton_engine_free);
  g_clear_pointer (&follower->loop, g_main_loop_unref);
}

static void
perform_offline (Follower *follower, Place *place, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GPtrArray) ops = g_ptr_array_new_with_free_func ((GDestroyNotify) baton_op_free);
      g_autoptr (GError) error = NULL;
      BatonOp *op = i % 3 == 0 ? make_move (place, &place->maker, baton_test_below (&place->random, 10000))
                               : make_set (place, &place->maker);

      g_ptr_array_add (ops, op);
      baton_store_perform (follower->store, ops, NULL, NULL, NULL, NULL, &error);
      g_assert_no_error (error);
    }
}

/* The program's side of it: a workspace with an open board, kept in step by the engine on its own thread.
 * What is measured is how long the main loop was busy in one turn. */

static gint64 turn_began, turn_began_busy;
static double longest_turn,
    busiest_turn; /* on the clock, and of the processor: on a loaded machine they differ */

static gint64
busy_time (void)
{
  struct timespec used;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &used);
  return used.tv_sec * G_USEC_PER_SEC + used.tv_nsec / 1000;
}

static int
watched_poll (GPollFD *fds, guint n, int timeout)
{
  int ready;

  if (turn_began != 0)
    {
      longest_turn = MAX (longest_turn, seconds_since (turn_began) * 1000);
      busiest_turn = MAX (busiest_turn, (double) (busy_time () - turn_began_busy) / 1000);
    }
  ready = g_poll (fds, n, timeout);
  turn_began = g_get_monotonic_time ();
  turn_began_busy = busy_time ();
  return ready;
}

static BatonTransport *
make_near (gpointer data)
{
  return near_new (data);
}

/* What a list on the screen does: it asks for what it shows. */
static void
shown_cb (GListModel *model, guint position, guint removed, guint added, gpointer data)
{
  for (guint i = 0; i < MIN (added, 30); i++)
    g_object_unref (g_list_model_get_item (model, position + i));
}

static BatonBoard *
show_board (BatonWorkspace *workspace, const char *id)
{
  BatonBoard *board = baton_board_open (workspace, id, NULL);
  BatonColumn *stages = baton_board_stages (board);

  for (guint i = 0; i < baton_column_size (stages); i++)
    g_signal_connect (baton_board_cell (board, baton_item_id (baton_column_peek (stages, i)), ""),
        "items-changed", G_CALLBACK (shown_cb), NULL);
  return board;
}

static gboolean
is_in_step (BatonWorkspace *workspace, BatonBoard *board)
{
  const BatonSyncStatus *status = baton_sharing_status (baton_workspace_sharing (workspace));

  if (status->state == BATON_SYNC_OFFLINE || status->state == BATON_SYNC_FAILED)
    {
      fprintf (stderr, "sync: %s\n", status->message);
      exit (1);
    }
  return status->state == BATON_SYNC_IN_STEP && status->pending == 0 && status->cursor == status->head &&
         !baton_workspace_is_following (workspace) && !baton_board_is_reading (board);
}

static gboolean told;

static void
do_nothing (BatonStore *store, BatonJob *job)
{
}

static void
tell (BatonStore *store, BatonJob *job)
{
  told = TRUE;
}

static gboolean
tick (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

/* Everybody sees the same cards in the same places. */
static void
check_board (BatonBoard *board, Place *place)
{
  BatonReader *server = baton_reader_open (baton_hub_database (place->hub), NULL);
  g_autoptr (GPtrArray) rows =
      baton_reader_rows (server, BATON_ENTITY_CARD, BATON_CARD_BOARD, baton_board_id (board), TRUE, NULL);

  for (guint i = 0; i < rows->len; i++)
    {
      const BatonRow *row = g_ptr_array_index (rows, i);
      BatonItem *card = baton_board_card (board, row->id);

      if (card == NULL ||
          g_strcmp0 (baton_item_text (card, BATON_CARD_TITLE), baton_row_text (row, BATON_CARD_TITLE)) != 0 ||
          g_strcmp0 (baton_item_text (card, BATON_CARD_STAGE), baton_row_text (row, BATON_CARD_STAGE)) != 0)
        {
          fprintf (stderr, "card %s is not what the server says\n", row->id);
          exit (1);
        }
    }
  baton_reader_close (server);
}

static void
bench_catch_up (const char *folder, Place *place)
{
  g_autoptr (GError) error = NULL;
  BatonWorkspace *workspace = baton_workspace_open (folder, BATON_STORE_OPEN, &error);
  BatonBoard *board;
  guint ticking;
  gint64 begin;

  g_assert_no_error (error);
  board = show_board (workspace, place->board->board);
  ticking = g_timeout_add (16, tick, NULL); /* as frames would come */
  g_main_context_set_poll_func (NULL, watched_poll);
  workspace->sharing = baton_sharing_new_over (workspace, make_near, place);
  begin = g_get_monotonic_time ();
  turn_began = 0;
  longest_turn = busiest_turn = 0;
  baton_sharing_start (workspace->sharing, TRUE);
  while (!is_in_step (workspace, board))
    g_main_context_iteration (NULL, TRUE);
  /* The status may be told before the last of the models' changes. */
  told = FALSE;
  baton_writer_push (workspace->writer, baton_job_new (do_nothing, tell));
  while (!told || !is_in_step (workspace, board))
    g_main_context_iteration (NULL, TRUE);
  print_figure ("14 days offline, in step", seconds_since (begin), "s");
  print_figure ("14 days offline, longest turn of the main loop", longest_turn, "ms");
  print_figure ("14 days offline, busiest turn of the main loop", busiest_turn, "ms");
  g_main_context_set_poll_func (NULL, NULL);
  g_source_remove (ticking);
  print_figure ("14 days offline, left pending",
      (double) baton_sharing_status (baton_workspace_sharing (workspace))->pending, "");
  check_board (board, place);
  g_object_unref (board);
  baton_workspace_close (workspace);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_object_unref (workspace);
}

static void
bench_client (guint cards, guint operations, guint offline, guint foreign)
{
  Place *place = place_new (cards);
  g_autofree char *folder = baton_test_folder_new ();
  Maker other = { .device = baton_test_id (&place->random, 3) };
  Follower follower = { .whole = TRUE };
  gint64 begin;

  push_many (place, &other, operations - cards);
  follower.store = baton_store_open (folder, BATON_STORE_CREATE, NULL);
  begin = g_get_monotonic_time ();
  follow (&follower, place);
  print_figure ("new client usable", follower.usable, "s");
  print_figure ("new client complete", seconds_since (begin), "s");

  perform_offline (&follower, place, offline);
  push_many (place, &other, foreign);
  g_clear_pointer (&follower.store, baton_store_close);
  bench_catch_up (folder, place);
  baton_test_folder_remove (folder);
  g_free (other.device);
  place_free (place);
}

static int
compare_doubles (gconstpointer a, gconstpointer b)
{
  double left = *(const double *) a;
  double right = *(const double *) b;

  return left < right ? -1 : left > right;
}

static void
bench_long_log (guint operations)
{
  Place *place = place_new (2000);
  Maker other = { .device = baton_test_id (&place->random, 3) };
  g_autofree char *epoch = g_strdup (baton_hub_epoch (place->hub));
  g_autofree char *database = g_strdup (baton_hub_database (place->hub));
  double times[200];
  BatonReader *reader;
  gint64 begin;

  begin = g_get_monotonic_time ();
  push_many (place, &other, operations);
  print_figure ("log made", operations / seconds_since (begin), "ops/s");
  g_clear_pointer (&place->hub, baton_hub_close);
  begin = g_get_monotonic_time ();
  place->hub = baton_hub_open (place->folder, NULL);
  reader = baton_reader_open (database, NULL);
  print_figure ("long log, server ready", seconds_since (begin), "s");
  for (guint i = 0; i < G_N_ELEMENTS (times); i++)
    {
      g_autoptr (GString) reply = g_string_new (NULL);

      begin = g_get_monotonic_time ();
      baton_hub_pull (reader, epoch, other.device, baton_test_below (&place->random, operations - 1000), 1000,
          g_get_real_time (), reply);
      times[i] = seconds_since (begin) * 1000;
    }
  qsort (times, G_N_ELEMENTS (times), sizeof times[0], compare_doubles);
  print_figure ("long log, pull of 1,000, p50", times[100], "ms");
  print_figure ("long log, pull of 1,000, p99", times[197], "ms");
  baton_reader_close (reader);
  g_free (other.device);
  place_free (place);
}

/* sync-bench [OPERATIONS OF THE LONG LOG; 0: only the client] */
int
main (int argc, char **argv)
{
  guint longest = argc > 1 ? (guint) g_ascii_strtoull (argv[1], NULL, 10) : 1000000;

  if (longest > 0)
    {
      bench_moves (1, 3000);
      bench_moves (8, 12000);
    }
  bench_client (10000, 100000, 2000, 50000);
  if (longest > 0)
    bench_long_log (longest);
  return 0;
}
