/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-test"

#include "value.h"

#define ID "01a207a3-39c9-7305-85f4-8d3d3761e52b"
#define ROUNDS 200000

/* Makes rows of one and the same id and lets go of them, as those who read and who write do. */
static gpointer
churn (gpointer data)
{
  guint wrong = 0;

  for (guint i = 0; i < ROUNDS; i++)
    {
      BatonRow *row = baton_row_new (BATON_ENTITY_CARD, ID);
      BatonRow *copy;

      baton_row_set_text (row, BATON_CARD_STAGE, ID);
      copy = baton_row_copy (row);
      baton_row_unref (row);
      wrong += !g_str_equal (copy->id, ID) || !g_str_equal (baton_row_text (copy, BATON_CARD_STAGE), ID);
      baton_row_unref (copy);
    }
  return GUINT_TO_POINTER (wrong);
}

/* GLib complains, or the text is another one, when a string was shared that was just freed elsewhere. */
static void
test_threads (void)
{
  GThread *threads[4];

  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("churn", churn, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    g_assert_cmpuint (GPOINTER_TO_UINT (g_thread_join (threads[i])), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/values/threads", test_threads);
  return g_test_run ();
}
