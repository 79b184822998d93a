/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-test"

#include "fixture.h"

#include "toasts.h"

typedef struct
{
  GtkWidget *window;
  AdwToastOverlay *overlay;
  GString *gone; /* titles of the dismissed ones, in order */
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  f->window = gtk_window_new ();
  f->overlay = ADW_TOAST_OVERLAY (adw_toast_overlay_new ());
  f->gone = g_string_new (NULL);
  adw_toast_overlay_set_child (f->overlay, gtk_label_new ("Board"));
  gtk_window_set_default_size (GTK_WINDOW (f->window), 500, 300);
  gtk_window_set_child (GTK_WINDOW (f->window), GTK_WIDGET (f->overlay));
  gtk_window_present (GTK_WINDOW (f->window));
  fixture_settle (f->window);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  if (f->window != NULL)
    gtk_window_destroy (GTK_WINDOW (f->window));
  g_string_free (f->gone, TRUE);
}

static void
gone_cb (AdwToast *toast, Fixture *f)
{
  g_string_append (f->gone, adw_toast_get_title (toast));
}

static AdwToast *
add (Fixture *f, const char *title, AdwToastPriority priority)
{
  AdwToast *toast = adw_toast_new (title);

  adw_toast_set_timeout (toast, 0);
  adw_toast_set_priority (toast, priority);
  g_signal_connect (toast, "dismissed", G_CALLBACK (gone_cb), f);
  baton_toasts_add (f->overlay, toast);
  return toast;
}

static gboolean
shows (GtkWidget *widget, const char *title)
{
  if (GTK_IS_LABEL (widget) && gtk_widget_get_mapped (widget) &&
      g_str_equal (gtk_label_get_text (GTK_LABEL (widget)), title))
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (shows (child, title))
      return TRUE;
  return FALSE;
}

static void
wait_for (Fixture *f, const char *gone)
{
  for (guint i = 0; i < 200 && !g_str_equal (f->gone->str, gone); i++)
    fixture_wait (20);
  g_assert_cmpstr (f->gone->str, ==, gone);
}

/* One that is dismissed while it slides in stays until it has arrived; then the next one comes. */
static void
test_in_a_hurry (Fixture *f, gconstpointer data)
{
  AdwToast *first = add (f, "A", ADW_TOAST_PRIORITY_NORMAL), *second;

  second = add (f, "B", ADW_TOAST_PRIORITY_NORMAL);
  g_assert_true (shows (GTK_WIDGET (f->overlay), "A"));
  g_assert_false (shows (GTK_WIDGET (f->overlay), "B"));
  baton_toasts_dismiss (first);
  baton_toasts_dismiss (first);
  g_assert_cmpstr (f->gone->str, ==, "");
  wait_for (f, "A");
  g_assert_true (shows (GTK_WIDGET (f->overlay), "B"));
  baton_toasts_dismiss (second);
  g_assert_cmpstr (f->gone->str, ==, "A");
  wait_for (f, "AB");
  /* Nothing of it is written to any more when everything has slid out. */
  fixture_wait (600);
  g_assert_false (shows (GTK_WIDGET (f->overlay), "A") || shows (GTK_WIDGET (f->overlay), "B"));
}

/* One that has arrived goes at once; one that waits never appears; an error does not wait for its turn. */
static void
test_turns (Fixture *f, gconstpointer data)
{
  AdwToast *first = add (f, "A", ADW_TOAST_PRIORITY_NORMAL), *second, *error;

  second = add (f, "B", ADW_TOAST_PRIORITY_NORMAL);
  add (f, "C", ADW_TOAST_PRIORITY_NORMAL);
  baton_toasts_dismiss (second);
  g_assert_cmpstr (f->gone->str, ==, "B");
  fixture_wait (700);
  g_assert_true (shows (GTK_WIDGET (f->overlay), "A"));
  error = add (f, "E", ADW_TOAST_PRIORITY_HIGH);
  g_assert_cmpstr (f->gone->str, ==, "BA");
  g_assert_true (shows (GTK_WIDGET (f->overlay), "E"));
  (void) first;
  fixture_wait (700);
  baton_toasts_dismiss (error);
  g_assert_cmpstr (f->gone->str, ==, "BAE");
  g_assert_true (shows (GTK_WIDGET (f->overlay), "C"));
}

/* The window goes while one slides in and another waits. */
static void
test_window_goes (Fixture *f, gconstpointer data)
{
  AdwToast *first = add (f, "A", ADW_TOAST_PRIORITY_NORMAL);

  add (f, "B", ADW_TOAST_PRIORITY_NORMAL);
  baton_toasts_dismiss (first);
  gtk_window_destroy (GTK_WINDOW (g_steal_pointer (&f->window)));
  fixture_wait (500);
  g_assert_cmpstr (f->gone->str, ==, "A");
}

/* Without animations there is nothing to wait for. */
static void
test_no_animations (Fixture *f, gconstpointer data)
{
  GtkSettings *settings = gtk_settings_get_default ();

  g_object_set (settings, "gtk-enable-animations", FALSE, NULL);
  baton_toasts_dismiss (add (f, "A", ADW_TOAST_PRIORITY_NORMAL));
  g_assert_cmpstr (f->gone->str, ==, "A");
  g_object_set (settings, "gtk-enable-animations", TRUE, NULL);
}

int
main (int argc, char *argv[])
{
  fixture_init (&argc, &argv);
#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)
  ADD ("/widgets/toasts/in-a-hurry", test_in_a_hurry);
  ADD ("/widgets/toasts/turns", test_turns);
  ADD ("/widgets/toasts/window-goes", test_window_goes);
  ADD ("/widgets/toasts/no-animations", test_no_animations);
  return g_test_run ();
}
