/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-bench"

/* From a drop on one device to the frame on another that shows it, through a real server on this machine:
 *
 *   share-bench BATON_SERVER
 *
 * Ada's device and Bob's window share this process, so both ends' work is in the figure. Needs a display. */

#include "team.h"
#include "test-folder.h"
#include "ui-run.h"
#include "window-private.h"

#include <stdlib.h>

#define DROPS 200
#define REST 150 /* milliseconds at least until the next: people do not drop seven cards a second */

typedef struct
{
  BatonTestBoard *ids;
  BatonWindow *window;
  const char *card, *stage; /* that is waited for; NULL: nothing */
  gint64 painted;
} Bench;

static gboolean
is_there (Bench *bench)
{
  BatonItem *item = baton_board_card (baton_window_board (bench->window), bench->card);

  return g_strcmp0 (baton_item_text (item, BATON_CARD_STAGE), bench->stage) == 0;
}

static void
after_paint_cb (GdkFrameClock *clock, Bench *bench)
{
  if (bench->card == NULL || !is_there (bench))
    return;
  bench->painted = g_get_monotonic_time ();
  bench->card = NULL;
}

static void
performed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;

  baton_effect_unref (baton_workspace_perform_finish (BATON_WORKSPACE (source), result, &error));
  g_assert_no_error (error);
}

/* Milliseconds. */
static double
drop (Bench *bench, Device *device, guint n)
{
  const char *card = bench->ids->cards[n % BATON_TEST_N_CARDS];
  BatonItem *item = baton_board_card (baton_window_board (bench->window), card);
  g_autofree char *from = g_strdup (baton_item_text (item, BATON_CARD_STAGE));
  guint to = g_str_equal (from, bench->ids->stages[0]) ? 1 : 0;
  gint64 start = g_get_monotonic_time ();

  bench->stage = bench->ids->stages[to];
  bench->card = card;
  baton_workspace_perform_async (
      device->workspace, baton_test_op_move (card, from, bench->stage), performed_cb, NULL);
  WAIT_FOR (bench->card == NULL);
  return (double) (bench->painted - start) / 1000;
}

static int
compare (gconstpointer a, gconstpointer b)
{
  double left = *(const double *) a;
  double right = *(const double *) b;

  return left < right ? -1 : left > right;
}

static void
measure (Bench *bench, Device *device)
{
  double times[DROPS];

  for (guint i = 0; i < 20; i++)
    drop (bench, device, i);
  for (guint i = 0; i < DROPS; i++)
    {
      team_run_for (REST + (guint) g_random_int_range (0, 50));
      times[i] = drop (bench, device, i);
    }
  qsort (times, DROPS, sizeof times[0], compare);
  printf ("{\"bench\":\"share_painted\",\"n\":%d,\"p50_ms\":%.2f,\"p99_ms\":%.2f,\"max_ms\":%.2f}\n", DROPS,
      times[DROPS / 2], times[DROPS * 99 / 100 - 1], times[DROPS - 1]);
}

static void
open_window (Bench *bench, const char *folder)
{
  bench->window = baton_window_new (ui_application ());
  gtk_window_set_default_size (GTK_WINDOW (bench->window), 1280, 800);
  gtk_window_present (GTK_WINDOW (bench->window));
  baton_window_open_folder (bench->window, folder, BATON_STORE_OPEN);
  WAIT_FOR (baton_window_board (bench->window) != NULL);
  WAIT_FOR (gtk_widget_get_width (GTK_WIDGET (bench->window)) > 0);
  g_signal_connect (gtk_widget_get_frame_clock (GTK_WIDGET (bench->window)), "after-paint",
      G_CALLBACK (after_paint_cb), bench);
  team_run_for (1000);
}

int
main (int argc, char **argv)
{
  g_autofree char *home = g_dir_make_tmp ("baton-bench-XXXXXX", NULL);
  Bench bench = { .ids = baton_test_board_new (9) };
  Device *ada, *bob;
  Team *team;

  if (argc != 2)
    return 2;
  g_setenv ("BATON_SERVER", argv[1], TRUE);
  g_setenv ("BATON_KEYRING", "no", TRUE);
  g_setenv ("XDG_DATA_HOME", home, TRUE);
  ui_init (&argc, &argv);
  team = team_new (NULL, NULL);
  ada = team_join (team, "Ada", NULL, bench.ids);
  bob = team_join (team, "Bob", "member", bench.ids);
  device_close (bob);
  open_window (&bench, bob->folder);
  measure (&bench, ada);
  gtk_window_destroy (GTK_WINDOW (bench.window));
  team_run_for (200);
  team_free (team);
  baton_test_board_free (bench.ids);
  baton_test_folder_remove (home);
  return 0;
}
