/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-bench"

#include "exchange-common.h"
#include "trello-maker.h"
#include "test-folder.h"

#include <time.h>

/* A board of 10,000 cards with 100,000 actions, from bytes to the disk. */
int
main (int argc, char **argv)
{
  const TrelloSize size = { 6, 10000, 100000 };
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);
  json_t *root = make_trello (rand, &size);
  g_autoptr (GBytes) bytes = json_bytes (root);
  BatonImportOptions options = { BATON_IMPORT_ASK };
  g_autoptr (BatonImportPlan) plan = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GTimer) timer = NULL;
  BatonWorkspace *workspace;
  double planned, total, cpu;
  clock_t started;
  char *folder;
  guint n;

  workspace = fresh_workspace (&folder);
  timer = g_timer_new ();
  started = clock ();
  plan = baton_exchange_plan_trello (bytes, baton_workspace_reader (workspace), &options, NULL, &error);
  g_assert_no_error (error);
  planned = g_timer_elapsed (timer, NULL);
  n = plan->ops->len;
  baton_exchange_import (workspace, plan, NULL, NULL, &error);
  g_assert_no_error (error);
  total = g_timer_elapsed (timer, NULL);
  cpu = (double) (clock () - started) / CLOCKS_PER_SEC;
  g_print (
      "{\"bench\":\"import_trello\",\"s\":%.3f,\"plan_s\":%.3f,\"cpu_s\":%.3f,\"mb\":%.1f,\"actions\":%u,"
      "\"operations\":%u}\n",
      total, planned, cpu, g_bytes_get_size (bytes) / 1e6,
      (guint) json_array_size (json_object_get (root, "actions")), n);
  json_decref (root);
  baton_workspace_close (workspace);
  g_object_unref (workspace);
  baton_test_folder_remove (folder);
  g_free (folder);
  return 0;
}
