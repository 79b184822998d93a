/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-bench"

/* What sync costs: a hub's moves per second, pulls of a long log, weeks offline, and a new client. One JSON
 * line a figure. All on a real disk with synchronous=FULL. */

#include "board.h"
#include "hub-thread.h"
#include "json.h"
#include "near-transport.h"
#include "sharing.h"
#include "wire.h"
#include "workspace-private.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static void
print_figure (const char *name, double value, const char *unit)
{
  g_autofree char *bench = g_strdelimit (g_ascii_strdown (name, -1), " ,.", '_');

  printf (
      "{\"bench\":\"sync_%s\",\"name\":\"%s\",\"value\":%.3f,\"unit\":\"%s\"}\n", bench, name, value, unit);
  fflush (stdout);
}

static double
seconds_since (gint64 begin)
{
  return (double) (g_get_monotonic_time () - begin) / G_USEC_PER_SEC;
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
  g_autoptr (BatonOp) op = place_make_move (rush->place, maker, rush->moves_left);
  GString *body = place_begin_push (maker->device, rush->epoch);
  Turn *turn = g_new (Turn, 1);
  gsize length;

  place_append (body, op);
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

/* A client with the real engine, on the same thread as its server. */

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
  follower->engine = baton_engine_new (&host, follower, near_transport_new (place), "bench", "boot");
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
      BatonOp *op = i % 3 == 0
                        ? place_make_move (place, &place->maker, baton_test_below (&place->random, 10000))
                        : place_make_set (place, &place->maker);

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
  return near_transport_new (data);
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

  place_push_many (place, &other, operations - cards);
  follower.store = baton_store_open (folder, BATON_STORE_CREATE, NULL);
  begin = g_get_monotonic_time ();
  follow (&follower, place);
  print_figure ("new client usable", follower.usable, "s");
  print_figure ("new client complete", seconds_since (begin), "s");

  perform_offline (&follower, place, offline);
  place_push_many (place, &other, foreign);
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
  place_push_many (place, &other, operations);
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
