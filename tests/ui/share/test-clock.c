/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-test"

#include "share-fixture.h"

#include "sharing.h"

#include <string.h>
#include <time.h>

/* A computer whose clock is years off: the program says so, and what is done gets the right time. */

static gint64 shift;

/* Ours takes the place of GLib's in this program. */
gint64
g_get_real_time (void)
{
  struct timespec now;

  clock_gettime (CLOCK_REALTIME, &now);
  return now.tv_sec * G_USEC_PER_SEC + now.tv_nsec / 1000 + shift;
}

static gboolean
tells_the_clock (Setup *setup)
{
  return setup_find_labelled (GTK_WIDGET (setup->window), "GtkLabel", "In step · check the clock") != NULL;
}

static void
test_years (gconstpointer years)
{
  g_autoptr (TestServer) server = share_server_new ();
  g_autoptr (Setup) setup = setup_new ("campaign", 1);
  g_autoptr (BatonRow) row = NULL;
  g_autofree char *words = NULL;
  const BatonSyncStatus *status;

  share_up (setup, server);
  setup_until (setup_find_labelled (GTK_WIDGET (setup->window), "GtkLabel", "In step") != NULL);
  g_assert_false (tells_the_clock (setup));
  shift = GPOINTER_TO_INT (years) * 365 * (gint64) 86400 * G_USEC_PER_SEC;
  share_perform (setup->workspace, share_set_title (share_card (setup), "Made then"));
  setup_until (tells_the_clock (setup));
  status = baton_sharing_status (baton_workspace_sharing (setup->workspace));
  words = baton_sharing_clock_words (status);
  g_assert_nonnull (strstr (words, "are shown wrong here"));
  /* Set right, it is not held against it. */
  shift = 0;
  share_perform (setup->workspace, share_set_title (share_card (setup), "Made now"));
  setup_until (setup_find_labelled (GTK_WIDGET (setup->window), "GtkLabel", "In step") != NULL);
  g_assert_null (
      baton_sharing_clock_words (baton_sharing_status (baton_workspace_sharing (setup->workspace))));
}

int
main (int argc, char **argv)
{
  setup_init (&argc, &argv);
  g_test_add_data_func ("/clock/ahead", GINT_TO_POINTER (3), test_years);
  g_test_add_data_func ("/clock/behind", GINT_TO_POINTER (-3), test_years);
  return g_test_run ();
}
