/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-test"

/* Whatever a team does, the derived tables say what the log says. */

#include "test-board.h"
#include "test-history.h"
#include "test-snapshot.h"

#define HISTORIES 60
#define OPERATIONS 150

static BatonTestTally tally;

static void
test_history (gconstpointer data)
{
  BatonTestRandom random = baton_test_random (GPOINTER_TO_UINT (data));
  g_autoptr (BatonTestStore) test = baton_test_store_new ();
  g_autoptr (BatonTestBoard) board = baton_test_board_fill (test);
  g_autoptr (GError) error = NULL;
  g_autofree char *live = NULL;
  g_autofree char *rebuilt = NULL;

  baton_test_history (test, &random, OPERATIONS, &tally);
  baton_test_store_check (test);

  live = baton_test_snapshot_text (baton_test_reader (test));
  g_assert_true (baton_store_rebuild (test->store, &error));
  g_assert_no_error (error);
  rebuilt = baton_test_snapshot_text (baton_test_reader (test));
  g_assert_cmpstr (rebuilt, ==, live);

  /* And work goes on behind a rebuild. */
  baton_test_history (test, &random, 10, &tally);
  baton_test_store_check (test);
}

static gboolean
is_every_verb_accepted (void)
{
  for (guint verb = 0; verb < BATON_N_VERBS; verb++)
    {
      if (tally.accepted[verb] == 0)
        return FALSE;
    }
  return TRUE;
}

/* The histories are worth something only when every verb is tried, and accepted now and then. Some are rarely
 * possible: for those there are more histories, up to as many again. */
static void
test_coverage (gconstpointer data)
{
  guint n = GPOINTER_TO_UINT (data);

  for (guint i = n; i < 2 * n && !is_every_verb_accepted (); i++)
    test_history (GUINT_TO_POINTER (i));
  for (guint verb = 0; verb < BATON_N_VERBS; verb++)
    {
      if (tally.accepted[verb] == 0)
        g_test_message ("%s: %u tried, none accepted", baton_verb_info (verb)->name, tally.tried[verb]);
    }
  g_assert_true (is_every_verb_accepted ());
}

int
main (int argc, char **argv)
{
  guint n;

  baton_test_init (&argc, &argv);
  n = baton_test_rounds (HISTORIES);
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *path = g_strdup_printf ("/rebuild/history-%u", i);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_history);
    }
  g_test_add_data_func ("/rebuild/every-verb", GUINT_TO_POINTER (n), test_coverage);
  return g_test_run ();
}
