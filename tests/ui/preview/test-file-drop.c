/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-test"

#include "file-drop.h"
#include "fixture.h"

/* A place for files within another, as a card in its column. */
typedef struct
{
  GtkWidget *window, *outer, *inner;
  guint files;
} Nest;

static void
dropped_cb (GtkWidget *widget, GPtrArray *paths, gpointer data)
{
  Nest *f = data;

  g_assert_true (widget == f->inner);
  f->files += paths->len;
}

static void
set_up (Nest *f, gconstpointer data)
{
  f->outer = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  f->inner = gtk_label_new ("inner");
  f->files = 0;
  gtk_box_append (GTK_BOX (f->outer), f->inner);
  baton_file_drop_add (f->outer, dropped_cb, f);
  baton_file_drop_add (f->inner, dropped_cb, f);
  f->window = gtk_window_new ();
  gtk_window_set_child (GTK_WINDOW (f->window), f->outer);
  gtk_window_present (GTK_WINDOW (f->window));
  fixture_settle (f->window);
}

static void
tear_down (Nest *f, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (f->window));
}

static GtkDropTarget *
target_of (GtkWidget *widget)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GObject) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_DROP_TARGET (controller))
        return GTK_DROP_TARGET (controller);
    }
  g_assert_not_reached ();
}

/* As GTK does when files come to hover above a widget. */
static void
hover (GtkWidget *widget)
{
  GdkDragAction action = 0;

  g_signal_emit_by_name (target_of (widget), "enter", 1.0, 1.0, &action);
  g_assert_cmpint (action, ==, GDK_ACTION_COPY);
  gtk_widget_set_state_flags (widget, GTK_STATE_FLAG_DROP_ACTIVE, FALSE);
}

static void
drop (GtkWidget *widget, const char *path, gboolean taken)
{
  g_autoptr (GFile) file =
      path != NULL ? g_file_new_for_path (path) : g_file_new_for_uri ("http://a.example/b");
  GSList list = { file, NULL };
  GValue value = G_VALUE_INIT;
  gboolean handled = FALSE;

  g_value_init (&value, GDK_TYPE_FILE_LIST);
  g_value_set_boxed (&value, &list);
  g_signal_emit_by_name (target_of (widget), "drop", &value, 1.0, 1.0, &handled);
  g_assert_cmpint (handled, ==, taken);
  g_value_unset (&value);
}

static void
assert_rest (GtkWidget *widget)
{
  g_assert_false (gtk_widget_has_css_class (widget, "file-drop"));
  g_assert_false (gtk_widget_get_state_flags (widget) & GTK_STATE_FLAG_DROP_ACTIVE);
}

/* What fell on the inner one is no longer held above the outer one, of which GTK tells only with the next
 * drop. */
static void
test_dropped (Nest *f, gconstpointer data)
{
  hover (f->outer);
  hover (f->inner);
  g_assert_true (gtk_widget_has_css_class (f->outer, "file-drop"));
  drop (f->inner, "/tmp/a.png", TRUE);
  g_assert_cmpuint (f->files, ==, 1);
  assert_rest (f->inner);
  assert_rest (f->outer);
}

/* What is no file of this computer is not taken, and leaves no trace either. */
static void
test_refused (Nest *f, gconstpointer data)
{
  hover (f->outer);
  hover (f->inner);
  drop (f->inner, NULL, FALSE);
  g_assert_cmpuint (f->files, ==, 0);
  assert_rest (f->inner);
  assert_rest (f->outer);
}

int
main (int argc, char **argv)
{
  fixture_init (&argc, &argv);
  g_test_add ("/preview/file-drop/dropped", Nest, NULL, set_up, test_dropped, tear_down);
  g_test_add ("/preview/file-drop/refused", Nest, NULL, set_up, test_refused, tear_down);
  return g_test_run ();
}
