/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-test"

#include "fixture.h"

G_DEFINE_FINAL_TYPE (FixtureItem, fixture_item, G_TYPE_OBJECT)

static const char *const words[] = { "Hero", "image", "spring", "launch", "banner", "teaser", "carousel",
  "print", "bleed", "story", "set", "three", "frames", "newsletter", "subject", "lines", "window", "sticker",
  "copy", "reply" };

static void
fixture_item_finalize (GObject *object)
{
  g_free (FIXTURE_ITEM (object)->title);
  G_OBJECT_CLASS (fixture_item_parent_class)->finalize (object);
}

static void
fixture_item_class_init (FixtureItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = fixture_item_finalize;
}

static void
fixture_item_init (FixtureItem *self)
{
}

/* The title follows from the number: two to thirteen words. */
FixtureItem *
fixture_item_new (int number)
{
  FixtureItem *self = g_object_new (FIXTURE_TYPE_ITEM, NULL);
  GString *title = g_string_new (NULL);
  guint seed = (guint) number * 2654435761u;

  g_string_printf (title, "%d", number);
  for (guint i = 0; i < 2 + (seed >> 7) % 12; i++)
    g_string_append_printf (title, " %s", words[(seed >> (i % 20)) % G_N_ELEMENTS (words)]);
  self->title = g_string_free (title, FALSE);
  self->number = number;
  return self;
}

FixtureItem *
fixture_item_new_sized (int number, int height, int estimate)
{
  FixtureItem *self = fixture_item_new (number);

  self->height = height;
  self->estimate = estimate;
  return self;
}

GListStore *
fixture_store_new (int n)
{
  GListStore *store = g_list_store_new (FIXTURE_TYPE_ITEM);
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);

  for (int i = 0; i < n; i++)
    g_ptr_array_add (items, fixture_item_new (i));
  g_list_store_splice (store, 0, 0, items->pdata, items->len);
  return store;
}

static GtkWidget *
row_create (gpointer user_data)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *facts = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *title = gtk_label_new (NULL), *channel = gtk_label_new (NULL), *due = gtk_label_new (NULL);

  if (user_data != NULL)
    ((FixtureCounts *) user_data)->created++;
  gtk_widget_add_css_class (row, "card");
  gtk_widget_add_css_class (row, "fixture-row");
  gtk_widget_set_focusable (row, TRUE);
  gtk_label_set_wrap (GTK_LABEL (title), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (title), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_lines (GTK_LABEL (title), 3);
  gtk_label_set_ellipsize (GTK_LABEL (title), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_widget_add_css_class (title, "heading");
  gtk_widget_add_css_class (channel, "dim-label");
  gtk_widget_set_hexpand (channel, TRUE);
  gtk_label_set_xalign (GTK_LABEL (channel), 0);
  gtk_box_append (GTK_BOX (facts), channel);
  gtk_box_append (GTK_BOX (facts), due);
  gtk_box_append (GTK_BOX (row), title);
  gtk_box_append (GTK_BOX (row), facts);
  return row;
}

static void
row_bind (GtkWidget *row, GObject *object, guint position, gpointer user_data)
{
  FixtureItem *item = FIXTURE_ITEM (object);
  GtkWidget *title = gtk_widget_get_first_child (row), *facts = gtk_widget_get_last_child (row);
  g_autofree char *due = g_strdup_printf ("due %d June", 1 + item->number % 28);

  if (user_data != NULL)
    ((FixtureCounts *) user_data)->bound++;
  g_object_set_data (G_OBJECT (row), "item", item);
  gtk_label_set_text (GTK_LABEL (title), item->title);
  gtk_label_set_text (GTK_LABEL (gtk_widget_get_first_child (facts)), words[item->number % 6]);
  gtk_label_set_text (GTK_LABEL (gtk_widget_get_last_child (facts)), due);
  if (item->height > 0)
    gtk_label_set_text (GTK_LABEL (title), "sized");
  /* One line fits into every given height, whatever the font. */
  gtk_widget_set_visible (facts, item->height <= 0);
  gtk_widget_set_size_request (row, -1, item->height > 0 ? item->height : -1);
}

static void
row_unbind (GtkWidget *row, GObject *item, gpointer user_data)
{
  if (user_data != NULL)
    ((FixtureCounts *) user_data)->unbound++;
  g_object_set_data (G_OBJECT (row), "item", NULL);
}

static int
row_estimate (GObject *object, int width, gpointer user_data)
{
  FixtureItem *item = FIXTURE_ITEM (object);
  int lines;

  if (user_data != NULL)
    ((FixtureCounts *) user_data)->estimated++;
  if (item->estimate > 0)
    return item->estimate;
  lines = CLAMP (1 + (int) strlen (item->title) * 8 / MAX (width - 24, 1), 1, 3);
  return 44 + 19 * lines;
}

/* `counts` may be NULL and must outlive the list. */
GtkWidget *
fixture_list_new (GListModel *model, FixtureCounts *counts)
{
  const BatonLazyListFuncs funcs = { row_create, row_bind, row_unbind, row_estimate };
  GtkWidget *list = baton_lazy_list_new (&funcs, counts, NULL);

  baton_lazy_list_set_model (BATON_LAZY_LIST (list), model);
  return list;
}

FixtureItem *
fixture_row_get_item (GtkWidget *row)
{
  return g_object_get_data (G_OBJECT (row), "item");
}

static void
load_css (GtkCssProvider *provider, int priority)
{
  gtk_style_context_add_provider_for_display (
      gdk_display_get_default (), GTK_STYLE_PROVIDER (provider), (guint) priority);
  g_object_unref (provider);
}

void
fixture_load_style (void)
{
  const char *path = g_getenv ("BATON_WIDGETS_CSS");
  GtkCssProvider *provider = gtk_css_provider_new ();

  gtk_css_provider_load_from_data (provider,
      ".fixture-row { padding: 10px 12px; } .fixture-row:focus { outline: 2px solid @accent_color; }", -1);
  load_css (provider, GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
  if (path == NULL)
    return;
  provider = gtk_css_provider_new ();
  gtk_css_provider_load_from_path (provider, path);
  load_css (provider, GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
}

void
fixture_init (int *argc, char ***argv)
{
  g_setenv ("GTK_A11Y", "test", FALSE);
  gtk_test_init (argc, argv, NULL);
  adw_init ();
  fixture_load_style ();
}

static void
after_paint_cb (GdkFrameClock *clock, gpointer user_data)
{
  ++*(int *) user_data;
}

/* Runs until the widget's window has painted a frame that begins after this call (with what it led to in the
 * same frame), and once more if that asked for another. */
void
fixture_settle (GtkWidget *widget)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (widget);
  gint64 end = g_get_monotonic_time () + 2 * G_USEC_PER_SEC;
  int frames = 0;
  gulong id = g_signal_connect (clock, "after-paint", G_CALLBACK (after_paint_cb), &frames);

  gdk_frame_clock_request_phase (clock, GDK_FRAME_CLOCK_PHASE_PAINT);
  while (frames < 1 && g_get_monotonic_time () < end)
    g_main_context_iteration (NULL, TRUE);
  gdk_frame_clock_request_phase (clock, GDK_FRAME_CLOCK_PHASE_PAINT);
  while (frames < 2 && g_get_monotonic_time () < end)
    g_main_context_iteration (NULL, TRUE);
  g_signal_handler_disconnect (clock, id);
  g_assert_cmpint (frames, ==, 2);
}

static void
wait_over_cb (gpointer user_data)
{
  *(gboolean *) user_data = TRUE;
}

void
fixture_wait (guint ms)
{
  gboolean over = FALSE;

  g_timeout_add_once (ms, wait_over_cb, &over);
  while (!over)
    g_main_context_iteration (NULL, TRUE);
}
