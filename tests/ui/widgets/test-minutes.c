/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-test"

#include "minutes.h"
#include "ui-run.h"

#define MINUTE 200 /* ms */

static GHashTable *heard; /* widget → how often */

static void
hear (gpointer widget)
{
  g_hash_table_insert (
      heard, widget, GUINT_TO_POINTER (GPOINTER_TO_UINT (g_hash_table_lookup (heard, widget)) + 1));
}

static guint
times (GtkWidget *widget)
{
  return GPOINTER_TO_UINT (g_hash_table_lookup (heard, widget));
}

static gint64
minute (void)
{
  return g_get_real_time () / 1000 / MINUTE;
}

/* Two that are seen hear of the same minutes, at most once of each; what is on a hidden page hears of none,
 * and of the last one when it is shown. */
static void
test_who_hears (void)
{
  GtkWidget *window = gtk_window_new ();
  GtkWidget *stack = gtk_stack_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *one = gtk_label_new ("One"), *other = gtk_label_new ("Other"),
            *hidden = gtk_label_new ("Hidden");
  gint64 began = minute ();
  guint n;

  for (guint i = 0; i < 3; i++)
    baton_each_minute ((GtkWidget *[]){ one, other, hidden }[i], hear);
  gtk_box_append (GTK_BOX (box), one);
  gtk_box_append (GTK_BOX (box), other);
  gtk_stack_add_named (GTK_STACK (stack), box, "shown");
  gtk_stack_add_named (GTK_STACK (stack), hidden, "hidden");
  gtk_window_set_child (GTK_WINDOW (window), stack);
  g_assert_false (baton_minutes_run ());
  gtk_window_present (GTK_WINDOW (window));
  while (times (one) < 3)
    ui_spin (20);
  ui_spin (MINUTE / 4);
  g_assert_cmpint (times (one), <=, minute () - began);
  g_assert_cmpint (ABS ((int) times (one) - (int) times (other)), <=, 1);
  g_assert_cmpuint (times (hidden), ==, 0);
  gtk_stack_set_visible_child (GTK_STACK (stack), hidden);
  n = times (one);
  while (times (hidden) < 2)
    ui_spin (20);
  g_assert_cmpuint (times (one), ==, n);
  gtk_window_destroy (GTK_WINDOW (window));
}

/* Nobody looks: the clock sleeps. Who comes back hears at once that time has passed. */
static void
test_sleeps (void)
{
  GtkWidget *window = gtk_window_new ();
  GtkWidget *label = gtk_label_new ("Due");
  guint n;

  baton_each_minute (label, hear);
  gtk_window_set_child (GTK_WINDOW (window), label);
  gtk_window_present (GTK_WINDOW (window));
  g_assert_true (baton_minutes_run ());
  gtk_widget_set_visible (window, FALSE);
  g_assert_false (baton_minutes_run ());
  n = times (label);
  ui_spin (MINUTE * 2);
  g_assert_cmpuint (times (label), ==, n);
  gtk_window_present (GTK_WINDOW (window));
  ui_spin (MINUTE / 2);
  g_assert_cmpuint (times (label), >=, n + 1);
  g_assert_cmpuint (times (label), <=, n + 2);
  gtk_window_destroy (GTK_WINDOW (window));
  g_assert_false (baton_minutes_run ());
}

int
main (int argc, char **argv)
{
  int status;

  ui_init (&argc, &argv);
  baton_minutes_set_length (MINUTE);
  heard = g_hash_table_new (NULL, NULL);
  g_test_add_func ("/minutes/who-hears", test_who_hears);
  g_test_add_func ("/minutes/sleeps", test_sleeps);
  status = g_test_run ();
  g_hash_table_unref (heard);
  return status;
}
