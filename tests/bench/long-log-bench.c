/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-bench"

/* A server whose log is long:
 *
 *   long-log-bench BATON_SERVER FOLDER [OPERATIONS]
 *
 * How soon it is ready, warm and with nothing of it in memory, after an orderly end and after a kill; how
 * long a pull of 1,000 takes anywhere in the log. The log (1,000,000 operations unless told otherwise) is
 * made once, through the server's own logic, and kept in FOLDER for the next time. */

#include "hub.h"
#include "load-client.h"
#include "load-server.h"
#include "test-board.h"

#include "codec.h"

#include <fcntl.h>
#include <signal.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define CARDS 10000
#define PULLS 400
#define STARTS 5

/* Who makes the log: a device that is only numbers. */
typedef struct
{
  BatonHub *hub;
  BatonTestRandom random;
  BatonTestBoard *board;
  char *device;
  gint64 number;
  gint64 now;
  GPtrArray *cards; /* char * */
  GString *body;
  guint in_body;
} Maker;

static void
flush (Maker *maker)
{
  g_autoptr (GString) reply = g_string_new (NULL);
  BatonHubPush push = { .caller = { .now = maker->now }, .reply = reply };

  if (maker->in_body == 0)
    return;
  g_string_append (maker->body, "]}");
  push.body = maker->body->str;
  push.length = maker->body->len;
  baton_hub_push (maker->hub, &push, 1);
  if (push.status != 200)
    g_error ("push: %u %.400s", push.status, reply->str);
  maker->in_body = 0;
}

static void
add (Maker *maker, BatonOp *op)
{
  g_autoptr (GString) text = g_string_new (NULL);

  g_free (op->device);
  op->device = g_strdup (maker->device);
  op->number = ++maker->number;
  op->at = maker->now += 1000;
  op->boot = 1;
  baton_op_write (op, text);
  if (maker->in_body == 0)
    g_string_printf (maker->body,
        "{\"device\":\"%s\",\"epoch\":\"%s\",\"wall\":%" G_GINT64_FORMAT ",\"ops\":[", maker->device,
        baton_hub_epoch (maker->hub), maker->now);
  g_string_append_printf (
      maker->body, "%s{\"op\":%s,\"age\":1000}", maker->in_body > 0 ? "," : "", text->str);
  if (++maker->in_body == BATON_HUB_OPS)
    flush (maker);
}

static BatonOp *
make_card (Maker *maker)
{
  BatonOp *op = baton_op_new (BATON_VERB_CARD_ADD);
  char *id = baton_test_id (&maker->random, maker->now / 1000);
  g_autofree char *title = baton_test_title (&maker->random);
  BatonRow *row = baton_op_add_row (op, BATON_ENTITY_CARD, id);

  baton_row_set_text (row, BATON_CARD_TITLE, title);
  baton_row_set_text (row, BATON_CARD_STAGE, maker->board->stages[baton_test_below (&maker->random, 2)]);
  g_ptr_array_add (maker->cards, id);
  return op;
}

static BatonOp *
make_change (Maker *maker)
{
  gboolean moves = baton_test_chance (&maker->random, 40);
  BatonOp *op = baton_op_new (moves ? BATON_VERB_CARD_MOVE : BATON_VERB_CARD_SET);
  g_autofree char *title = baton_test_title (&maker->random);

  baton_op_add_id (
      op, g_ptr_array_index (maker->cards, baton_test_below (&maker->random, maker->cards->len)));
  if (moves)
    baton_op_set_to (op, maker->board->stages[baton_test_below (&maker->random, 2)]);
  else
    baton_op_set_text (op, BATON_CARD_TITLE, title);
  return op;
}

static void
make_log (const char *folder, gint64 operations)
{
  g_autoptr (GError) error = NULL;
  Maker maker = { .hub = baton_hub_open (folder, &error), .random = baton_test_random (11) };
  g_autoptr (GPtrArray) first = NULL;

  g_assert_no_error (error);
  maker.now = g_get_real_time () - operations * 1000;
  maker.device = baton_test_id (&maker.random, maker.now / 1000);
  maker.board = baton_test_board_new (1);
  maker.cards = g_ptr_array_new_with_free_func (g_free);
  maker.body = g_string_new (NULL);
  first = baton_test_board_ops (maker.board, maker.now);
  for (guint i = 0; i < first->len; i++)
    add (&maker, g_ptr_array_index (first, i));
  while (maker.number < operations)
    {
      g_autoptr (BatonOp) op = maker.cards->len < CARDS ? make_card (&maker) : make_change (&maker);

      add (&maker, op);
    }
  flush (&maker);
  if (baton_hub_head (maker.hub) < operations * 9 / 10)
    g_error ("only %" G_GINT64_FORMAT " operations were taken", baton_hub_head (maker.hub));
  baton_hub_close (maker.hub);
  baton_test_board_free (maker.board);
  g_ptr_array_unref (maker.cards);
  g_string_free (maker.body, TRUE);
  g_free (maker.device);
}

/* As if the machine had just been started. */
static void
forget_pages (const char *folder)
{
  static const char *const names[] = { "workspace.db", "workspace.db-wal", "accounts.db" };

  sync ();
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (folder, names[i], NULL);
      int fd = open (path, O_RDONLY | O_CLOEXEC);

      if (fd >= 0)
        {
          posix_fadvise (fd, 0, 0, POSIX_FADV_DONTNEED);
          close (fd);
        }
    }
}

static int
compare_doubles (gconstpointer a, gconstpointer b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return x < y ? -1 : x > y;
}

/* The slowest of some starts. */
static double
measure_starts (const char *program, const char *folder, gboolean cold, guint starts, int how)
{
  double slowest = 0;

  for (guint i = 0; i < starts; i++)
    {
      LoadServer server = { 0 };

      if (cold)
        forget_pages (folder);
      load_server_start (&server, program, folder);
      slowest = MAX (slowest, server.seconds);
      load_server_stop (&server, how);
    }
  return slowest * 1000;
}

static double
time_request (LoadClient *client, const char *path)
{
  gint64 begin = g_get_monotonic_time ();

  if (load_request (client, "GET", path, NULL, "", 0) != 200)
    g_error ("%s: %s", path, client->answer->str);
  return (double) (g_get_monotonic_time () - begin) / 1000;
}

/* *still: what a request that does nothing takes at the same time, p99; the rest is the pull. */
static void
measure_pulls (LoadClient *client, gint64 head, double *p50, double *p99, double *still, gsize *bytes)
{
  double took[PULLS], nothing[PULLS];
  BatonTestRandom random = baton_test_random (12);

  for (guint i = 0; i < PULLS; i++)
    {
      gint64 after = (gint64) (baton_test_next (&random) % (guint64) (head - 1000));
      g_autofree char *path =
          g_strdup_printf ("/v1/pull?epoch=%s&device=%s&after=%" G_GINT64_FORMAT "&most=1000", client->epoch,
              client->device, after);

      took[i] = time_request (client, path);
      *bytes += client->answer->len / PULLS;
      nothing[i] = time_request (client, "/health");
    }
  qsort (took, PULLS, sizeof *took, compare_doubles);
  qsort (nothing, PULLS, sizeof *nothing, compare_doubles);
  *still = nothing[PULLS * 99 / 100];
  *p50 = took[PULLS / 2];
  *p99 = took[PULLS * 99 / 100];
}

int
main (int argc, char **argv)
{
  gint64 operations = argc > 3 ? g_ascii_strtoll (argv[3], NULL, 10) : 1000000;
  g_autofree char *folder = NULL;
  g_autofree char *accounts = NULL;
  g_autofree char *made = NULL;
  g_autoptr (LoadClient) client = NULL;
  LoadServer server = { 0 };
  double cold, warm, killed, p50, p99, still, mb;
  gsize bytes = 0;

  if (argc < 3 || sodium_init () < 0)
    g_error ("long-log-bench BATON_SERVER FOLDER [OPERATIONS]");
  setvbuf (stdout, NULL, _IOLBF, 0);
  folder = g_strdup_printf ("%s/%" G_GINT64_FORMAT, argv[2], operations);
  accounts = g_build_filename (folder, "accounts.db", NULL);
  made = g_build_filename (folder, "made", NULL);
  if (!g_file_test (made, G_FILE_TEST_EXISTS))
    {
      g_autofree char *remove = g_strdup_printf ("rm -rf '%s'", folder);

      if (system (remove) != 0 || g_mkdir_with_parents (folder, 0700) != 0)
        g_error ("%s cannot be made", folder);
      make_log (folder, operations);
      if (!g_file_set_contents (made, "", 0, NULL))
        g_error ("%s cannot be written", made);
    }
  unlink (accounts); /* so that we can join */
  measure_starts (
      argv[1], folder, FALSE, 1, SIGTERM); /* a log of an older Baton is brought up to date once */
  cold = measure_starts (argv[1], folder, TRUE, STARTS, SIGTERM);
  warm = measure_starts (argv[1], folder, FALSE, STARTS, SIGTERM);
  killed = measure_starts (argv[1], folder, FALSE, STARTS, SIGKILL);
  load_server_start (&server, argv[1], folder);
  client = load_client_new (server.port);
  load_join (client, server.secret, "owner");
  measure_pulls (client, operations * 9 / 10, &p50, &p99, &still, &bytes);
  mb = load_server_peak_mb (&server);
  load_server_stop (&server, SIGTERM);
  printf ("{\"bench\":\"server_long_log\",\"operations\":%" G_GINT64_FORMAT
          ",\"ready_cold_ms\":%.0f,\"ready_ms\":%.0f,"
          "\"ready_killed_ms\":%.0f,\"pull_p50_ms\":%.1f,\"pull_p99_ms\":%.1f,\"health_p99_ms\":%.1f,\"pull_"
          "kb\":%.0f,\"server_mb\":"
          "%.1f}\n",
      operations, cold, warm, killed, p50, p99, still, (double) bytes / 1024, mb);
  return 0;
}
