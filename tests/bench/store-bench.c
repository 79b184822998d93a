/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-bench"

/* store-bench [--only-bulk] [FOLDER]: how fast the store is with 10,000 cards and 100,000 operations. The
 * workspace is made in FOLDER, or in a temporary one that is removed. One JSON object a line. */

#include "big-workspace.h"
#include "test-store.h"

#include <stdio.h>

#define SEED 20260301
#define CARDS 10000
#define OPERATIONS 100000
#define MOVES 300
#define SEARCHES 400

static double
ms_since (gint64 start)
{
  return (double) (g_get_monotonic_time () - start) / 1000.0;
}

static int
compare_doubles (gconstpointer a, gconstpointer b)
{
  double left = *(const double *) a;
  double right = *(const double *) b;

  return left < right ? -1 : left > right;
}

static double
percentile (GArray *sorted, double share)
{
  return g_array_index (sorted, double, (guint) ((sorted->len - 1) * share));
}

static BatonStore *
open_store (const char *folder)
{
  g_autoptr (GError) error = NULL;
  BatonStore *store = baton_store_open (folder, BATON_STORE_CREATE, &error);

  if (store == NULL)
    g_error ("%s", error->message);
  return store;
}

static void
perform (BatonStore *store, GPtrArray *ops)
{
  g_autoptr (GError) error = NULL;

  if (!baton_store_perform (store, ops, NULL, NULL, NULL, NULL, &error))
    g_error ("%s", error->message);
}

/* The time that the store takes; making the operations is not counted. */
static void
bench_bulk (BatonStore *store, BigWorkspace *big)
{
  double total = 0;
  guint n = 0;

  for (;;)
    {
      g_autoptr (GPtrArray) ops = big_workspace_next (big, 25000);
      gint64 start = g_get_monotonic_time ();

      if (ops->len == 0)
        break;
      perform (store, ops);
      total += ms_since (start);
      n += ops->len;
    }
  printf ("{\"bench\":\"bulk_apply\",\"operations\":%u,\"ms\":%.0f,\"ops_per_s\":%.0f}\n", n, total,
      n / total * 1000);
}

static void
bench_moves (BatonStore *store, BigWorkspace *big)
{
  g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (double));

  for (guint i = 0; i < MOVES; i++)
    {
      g_autoptr (GPtrArray) ops = g_ptr_array_new_with_free_func ((GDestroyNotify) baton_op_free);
      gint64 start;
      double ms;

      g_ptr_array_add (ops, big_workspace_move (big));
      start = g_get_monotonic_time ();
      perform (store, ops);
      ms = ms_since (start);
      g_array_append_val (times, ms);
    }
  g_array_sort (times, compare_doubles);
  printf ("{\"bench\":\"single_move_durable\",\"p50_ms\":%.3f,\"p99_ms\":%.3f}\n", percentile (times, 0.5),
      percentile (times, 0.99));
}

static void
bench_search (BatonStore *store)
{
  static const char *const typed[] = { "h", "hero", "hero im", "spring laun", "newsletter", "東京", "the",
    "caf", "größe", "brief", "in-store", "weiß", "urgent", "zzz", "p", "review image" };
  g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (double));
  guint found = 0;

  for (guint i = 0; i < SEARCHES; i++)
    {
      gint64 start = g_get_monotonic_time ();
      g_autoptr (GPtrArray) ids =
          baton_reader_search (baton_store_reader (store), typed[i % G_N_ELEMENTS (typed)], NULL, NULL);
      double ms = ms_since (start);

      found += ids->len;
      g_array_append_val (times, ms);
    }
  g_array_sort (times, compare_doubles);
  printf ("{\"bench\":\"search\",\"p50_ms\":%.2f,\"p99_ms\":%.2f,\"found\":%u}\n", percentile (times, 0.5),
      percentile (times, 0.99), found / SEARCHES);
}

static void
bench_history (BatonStore *store, const char *board)
{
  BatonHistoryQuery query = { .board = board, .limit = 100, .newest_first = TRUE };
  gint64 start = g_get_monotonic_time ();
  g_autoptr (GPtrArray) entries = baton_reader_history (baton_store_reader (store), &query, NULL);

  printf ("{\"bench\":\"history\",\"entries\":%u,\"ms\":%.2f}\n", entries->len, ms_since (start));
}

/* What the program does before the board is seen: opening, and the faces of all cards. */
static BatonStore *
bench_open (const char *folder, const char *board)
{
  gint64 start = g_get_monotonic_time ();
  BatonStore *store = open_store (folder);
  double opened = ms_since (start);
  g_autoptr (GPtrArray) cards =
      baton_reader_rows (baton_store_reader (store), BATON_ENTITY_CARD, BATON_CARD_BOARD, board, TRUE, NULL);

  printf (
      "{\"bench\":\"open\",\"ms\":%.1f,\"with_%u_faces_ms\":%.1f}\n", opened, cards->len, ms_since (start));
  return store;
}

static void
bench_rebuild (BatonStore *store)
{
  g_autoptr (GError) error = NULL;
  gint64 start = g_get_monotonic_time ();

  if (!baton_store_rebuild (store, &error))
    g_error ("%s", error->message);
  printf ("{\"bench\":\"rebuild\",\"ms\":%.0f}\n", ms_since (start));
}

static void
run (const char *folder, gboolean only_bulk)
{
  g_autoptr (BigWorkspace) big = big_workspace_new (SEED, CARDS, OPERATIONS);
  BatonStore *store = open_store (folder);

  bench_bulk (store, big);
  if (!only_bulk)
    {
      bench_moves (store, big);
      baton_store_close (store);
      store = bench_open (folder, big_workspace_board (big));
      bench_search (store);
      bench_history (store, big_workspace_board (big));
      bench_rebuild (store);
    }
  baton_store_close (store);
}

int
main (int argc, char **argv)
{
  gboolean only_bulk = argc > 1 && g_str_equal (argv[1], "--only-bulk");
  const char *folder = argc > 1 + only_bulk ? argv[1 + only_bulk] : NULL;
  g_autofree char *temporary = folder == NULL ? baton_test_folder_new () : NULL;

  run (folder != NULL ? folder : temporary, only_bulk);
  if (temporary != NULL)
    baton_test_folder_remove (temporary);
  return 0;
}
