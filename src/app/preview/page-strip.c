/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "page-strip.h"

#include "decoder.h"

#include <glib/gi18n.h>

#define PAGE_HEIGHT 72 /* pixels of the widget */

struct _BatonPageStrip
{
  GtkWidget parent_instance;

  GtkWidget *scrolled;
  GtkListView *list;
  GtkSingleSelection *selection;
  char *path;
  char *key;
  int pages;
  gboolean setting; /* the page was chosen elsewhere */
};

enum
{
  CHOSEN,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BatonPageStrip, baton_page_strip, GTK_TYPE_WIDGET)

static void
drawn_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GtkPicture) picture = data;
  g_autoptr (BatonDecoded) decoded = baton_decoder_decode_finish (BATON_DECODER (source), result, NULL);
  g_autoptr (GdkTexture) texture = NULL;

  if (decoded == NULL)
    return;
  texture = baton_picture_texture (decoded->picture);
  gtk_picture_set_paintable (picture, GDK_PAINTABLE (texture));
}

static void
setup_cb (GtkListItemFactory *factory, GtkListItem *item, BatonPageStrip *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *picture = gtk_picture_new ();
  GtkWidget *number = gtk_label_new (NULL);

  gtk_widget_add_css_class (box, "page-cell");
  gtk_widget_set_size_request (picture, 48, PAGE_HEIGHT);
  gtk_picture_set_can_shrink (GTK_PICTURE (picture), TRUE);
  gtk_widget_add_css_class (number, "caption");
  gtk_box_append (GTK_BOX (box), picture);
  gtk_box_append (GTK_BOX (box), number);
  gtk_list_item_set_child (item, box);
}

static void
bind_cb (GtkListItemFactory *factory, GtkListItem *item, BatonPageStrip *self)
{
  GtkWidget *box = gtk_list_item_get_child (item);
  GtkWidget *picture = gtk_widget_get_first_child (box);
  int page = (int) gtk_list_item_get_position (item);
  int height = PAGE_HEIGHT * gtk_widget_get_scale_factor (box);
  g_autofree char *number = g_strdup_printf ("%d", page + 1);
  g_autofree char *name = g_strdup_printf (_ ("Page %d"), page + 1);
  BatonDecodeAsk ask = { .path = self->path,
    .key = self->key,
    .flags = BATON_DECODE_EXACTLY,
    .page = page,
    .width = 2 * height,
    .height = height };
  GCancellable *cancellable = g_cancellable_new ();

  gtk_label_set_text (GTK_LABEL (gtk_widget_get_last_child (box)), number);
  gtk_accessible_update_property (GTK_ACCESSIBLE (box), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_object_set_data_full (G_OBJECT (item), "loading", cancellable, g_object_unref);
  baton_decoder_decode_async (baton_decoder_get_default (), &ask, BATON_DECODE_THUMBNAIL, cancellable,
      drawn_cb, g_object_ref (picture));
}

static void
unbind_cb (GtkListItemFactory *factory, GtkListItem *item, BatonPageStrip *self)
{
  GtkWidget *box = gtk_list_item_get_child (item);
  GCancellable *cancellable = g_object_get_data (G_OBJECT (item), "loading");

  if (cancellable != NULL)
    g_cancellable_cancel (cancellable);
  g_object_set_data (G_OBJECT (item), "loading", NULL);
  gtk_picture_set_paintable (GTK_PICTURE (gtk_widget_get_first_child (box)), NULL);
}

static void
selected_cb (GtkSingleSelection *selection, GParamSpec *pspec, BatonPageStrip *self)
{
  guint page = gtk_single_selection_get_selected (selection);

  if (!self->setting && page != GTK_INVALID_LIST_POSITION)
    g_signal_emit (self, signals[CHOSEN], 0, (int) page);
}

static void
baton_page_strip_dispose (GObject *object)
{
  BatonPageStrip *self = BATON_PAGE_STRIP (object);

  g_clear_pointer (&self->scrolled, gtk_widget_unparent);
  g_clear_object (&self->selection);
  g_clear_pointer (&self->path, g_free);
  g_clear_pointer (&self->key, g_free);
  G_OBJECT_CLASS (baton_page_strip_parent_class)->dispose (object);
}

static void
baton_page_strip_class_init (BatonPageStripClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = baton_page_strip_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "pagestrip");
  signals[CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
      G_TYPE_NONE, 1, G_TYPE_INT);
}

static void
baton_page_strip_init (BatonPageStrip *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  self->selection = gtk_single_selection_new (NULL);
  gtk_single_selection_set_autoselect (self->selection, FALSE);
  g_signal_connect (self->selection, "notify::selected", G_CALLBACK (selected_cb), self);
  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), self);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), self);
  g_signal_connect (factory, "unbind", G_CALLBACK (unbind_cb), self);
  self->list =
      GTK_LIST_VIEW (gtk_list_view_new (GTK_SELECTION_MODEL (g_object_ref (self->selection)), factory));
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->list), GTK_ORIENTATION_HORIZONTAL);
  gtk_accessible_update_property (
      GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Pages"), -1);
  self->scrolled = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (
      GTK_SCROLLED_WINDOW (self->scrolled), GTK_POLICY_AUTOMATIC, GTK_POLICY_NEVER);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scrolled), GTK_WIDGET (self->list));
  gtk_widget_set_parent (self->scrolled, GTK_WIDGET (self));
}

GtkWidget *
baton_page_strip_new (void)
{
  return g_object_new (BATON_TYPE_PAGE_STRIP, NULL);
}

/* A list of so many things without names. */
static GListModel *
numbers (int n)
{
  GListStore *store = g_list_store_new (G_TYPE_OBJECT);
  g_autoptr (GPtrArray) objects = g_ptr_array_new_with_free_func (g_object_unref);

  for (int i = 0; i < n; i++)
    g_ptr_array_add (objects, g_object_new (G_TYPE_OBJECT, NULL));
  g_list_store_splice (store, 0, 0, objects->pdata, objects->len);
  return G_LIST_MODEL (store);
}

void
baton_page_strip_show (BatonPageStrip *self, const char *path, const char *key, int pages)
{
  g_autoptr (GListModel) model = NULL;

  g_return_if_fail (BATON_IS_PAGE_STRIP (self));
  if (g_strcmp0 (self->path, path) == 0 && g_strcmp0 (self->key, key) == 0 && self->pages == pages)
    return;
  g_free (self->path);
  self->path = g_strdup (path);
  g_free (self->key);
  self->key = g_strdup (key);
  self->pages = pages;
  model = numbers (pages);
  self->setting = TRUE;
  gtk_single_selection_set_model (self->selection, model);
  gtk_single_selection_set_selected (self->selection, 0);
  self->setting = FALSE;
}

void
baton_page_strip_set_page (BatonPageStrip *self, int page)
{
  g_return_if_fail (BATON_IS_PAGE_STRIP (self));
  self->setting = TRUE;
  gtk_single_selection_set_selected (self->selection, (guint) page);
  self->setting = FALSE;
  gtk_widget_activate_action (GTK_WIDGET (self->list), "list.scroll-to-item", "u", (guint) page);
}
