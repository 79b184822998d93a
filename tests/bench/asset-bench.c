/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-bench"

/* asset-bench [--megabytes N] [FOLDER]: adding a large file (4096 MB by default, real bytes) beside `cp` and
 * `b2sum` of the same file in the same run, and 10,000 versions of one asset. Three times the file's size
 * must be free. One JSON object a line. */

#include "blobs.h"
#include "test-board.h"
#include "test-store.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#define MEGABYTE (1024 * 1024)
#define VERSIONS 10000

static double
seconds_since (gint64 start)
{
  return (double) (g_get_monotonic_time () - start) / G_USEC_PER_SEC;
}

/* Bytes that no file system can leave out. */
static void
write_file (const char *path, guint megabytes)
{
  BatonTestRandom random = baton_test_random (4);
  g_autofree guint64 *buffer = g_malloc (MEGABYTE);
  int fd = open (path, O_WRONLY | O_CREAT | O_TRUNC, 0600);

  for (guint i = 0; i < megabytes; i++)
    {
      for (guint j = 0; j < MEGABYTE / sizeof *buffer; j++)
        buffer[j] = baton_test_next (&random);
      if (write (fd, buffer, MEGABYTE) != MEGABYTE)
        g_error ("there is no room for %u MB", megabytes);
    }
  fsync (fd);
  close (fd);
}

static double
run (const char *program, const char *a, const char *b, const char *c)
{
  const char *argv[] = { program, a, b, c, NULL };
  gint64 start = g_get_monotonic_time ();
  int status;

  if (!g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH | G_SPAWN_STDOUT_TO_DEV_NULL, NULL, NULL,
          NULL, NULL, &status, NULL) ||
      status != 0)
    g_error ("%s failed", program);
  return seconds_since (start);
}

static double
peak_megabytes (void)
{
  struct rusage usage;

  getrusage (RUSAGE_SELF, &usage);
  return (double) usage.ru_maxrss / 1024;
}

static void
bench_add (const char *folder, guint megabytes)
{
  g_autofree char *path = g_build_filename (folder, "large.bin", NULL);
  g_autofree char *copy = g_build_filename (folder, "copy.bin", NULL);
  g_autoptr (BatonBlobs) blobs = baton_blobs_new (folder);
  g_autofree char *hash = NULL;
  g_autoptr (GError) error = NULL;
  double before, plain, ours;
  gint64 start;

  write_file (path, megabytes);
  before = peak_megabytes ();
  plain = run ("cp", path, copy, NULL) + run ("b2sum", "-l", "256", copy);
  g_unlink (copy);
  sync ();
  start = g_get_monotonic_time ();
  hash = baton_blobs_add_file (blobs, path, NULL, NULL, NULL, NULL, &error);
  ours = seconds_since (start);
  if (hash == NULL)
    g_error ("%s", error->message);
  printf ("{\"bench\":\"asset_add\",\"megabytes\":%u,\"s\":%.2f,\"cp_b2sum_s\":%.2f,\"share\":%.2f,\"memory_"
          "mb\":%.1f}\n",
      megabytes, ours, plain, plain / ours, peak_megabytes () - before);
  baton_blobs_delete (blobs, hash);
  g_unlink (path);
}

static BatonOp *
version_op (BatonTestBoard *board, const char *asset, const char *id, const char *parent)
{
  BatonOp *op = baton_op_new (BATON_VERB_VERSION_ADD);
  BatonRow *row = baton_op_add_row (op, BATON_ENTITY_VERSION, id);
  g_autofree char *hash = g_strnfill (64, 'a');

  op->at = g_get_real_time ();
  op->person = g_strdup (board->people[0]);
  baton_row_set_text (row, BATON_VERSION_ASSET, asset);
  baton_row_set_text (row, BATON_VERSION_PARENT, parent);
  baton_row_set_text (row, BATON_VERSION_FILE, "hero.png");
  baton_row_set_text (row, BATON_VERSION_BLOB, hash);
  baton_row_set_int (row, BATON_VERSION_SIZE, 1);
  return op;
}

static void
bench_versions (void)
{
  g_autoptr (BatonTestStore) test = baton_test_store_new ();
  g_autoptr (BatonTestBoard) board = baton_test_board_fill (test);
  g_autofree char *asset = baton_test_board_id (board);
  g_autofree char *parent = NULL;
  GPtrArray *ops = g_ptr_array_new_with_free_func ((GDestroyNotify) baton_op_free);
  BatonOp *op = baton_op_new (BATON_VERB_ASSET_ADD);
  BatonRow *row = baton_op_add_row (op, BATON_ENTITY_ASSET, asset);
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GError) error = NULL;
  gint64 start;
  double added, one;

  baton_row_set_text (row, BATON_ASSET_CARD, board->cards[0]);
  baton_row_set_text (row, BATON_ASSET_NAME, "Hero");
  baton_test_perform (test, op);
  for (guint i = 0; i < VERSIONS; i++)
    {
      g_autofree char *id = baton_test_board_id (board);

      g_ptr_array_add (ops, version_op (board, asset, id, parent));
      g_free (parent);
      parent = g_steal_pointer (&id);
    }
  start = g_get_monotonic_time ();
  if (!baton_store_perform (test->store, ops, NULL, NULL, NULL, NULL, &error))
    g_error ("%s", error->message);
  added = seconds_since (start);
  g_ptr_array_unref (ops);
  {
    g_autofree char *id = baton_test_board_id (board);

    start = g_get_monotonic_time ();
    baton_test_perform (test, version_op (board, asset, id, parent));
    one = seconds_since (start);
  }
  start = g_get_monotonic_time ();
  rows = baton_reader_rows (
      baton_test_reader (test), BATON_ENTITY_VERSION, BATON_VERSION_ASSET, asset, TRUE, &error);
  printf (
      "{\"bench\":\"versions\",\"versions\":%u,\"add_all_ms\":%.0f,\"add_one_ms\":%.1f,\"list_ms\":%.1f}\n",
      rows->len, added * 1000, one * 1000, seconds_since (start) * 1000);
}

int
main (int argc, char **argv)
{
  gboolean sized = argc > 2 && g_str_equal (argv[1], "--megabytes");
  guint megabytes = sized ? (guint) g_ascii_strtoull (argv[2], NULL, 10) : 4096;
  const char *folder = argc > (sized ? 3 : 1) ? argv[sized ? 3 : 1] : NULL;
  g_autofree char *temporary = folder == NULL ? baton_test_folder_new () : NULL;

  bench_add (folder != NULL ? folder : temporary, megabytes);
  bench_versions ();
  if (temporary != NULL)
    baton_test_folder_remove (temporary);
  return 0;
}
