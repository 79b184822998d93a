/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "pane-private.h"

#include "button-names.h"

#include <glib/gi18n.h>

/* The cards behind a mark. One is opened at once; of more there is a list. */

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);

  for (guint i = 0; i < 2; i++)
    {
      GtkWidget *label = gtk_label_new (NULL);

      gtk_label_set_xalign (GTK_LABEL (label), 0);
      gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
      if (i == 1)
        gtk_widget_add_css_class (label, "figure-what");
      gtk_box_append (GTK_BOX (box), label);
    }
  gtk_widget_add_css_class (box, "metrics-card-row");
  gtk_list_item_set_child (item, box);
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, BatonMetricsPane *self)
{
  const char *id = gtk_string_object_get_string (gtk_list_item_get_item (item));
  BatonItem *card = self->board != NULL ? baton_board_card (self->board, id) : NULL;
  GtkWidget *title = gtk_widget_get_first_child (gtk_list_item_get_child (item));
  BatonWorkspace *workspace = self->board != NULL ? baton_board_workspace (self->board) : NULL;

  gtk_label_set_label (GTK_LABEL (title),
      card != NULL ? baton_item_text (card, BATON_CARD_TITLE) : _ ("A card that is no longer here"));
  gtk_label_set_label (GTK_LABEL (gtk_widget_get_next_sibling (title)),
      card != NULL ? baton_workspace_name_of (
                         workspace, BATON_ENTITY_STAGE, baton_item_text (card, BATON_CARD_STAGE), "")
                   : "");
}

static void
activated_cb (GtkListView *view, guint position, BatonMetricsPane *self)
{
  GListModel *model = G_LIST_MODEL (gtk_list_view_get_model (view));
  g_autoptr (GtkStringObject) id = g_list_model_get_item (model, position);

  baton_window_enter_card (self->window, gtk_string_object_get_string (id));
  gtk_window_close (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (view))));
}

static GtkWidget *
make_list (BatonMetricsPane *self, GPtrArray *ids)
{
  GtkStringList *strings = gtk_string_list_new (NULL);
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkWidget *view, *scrolled = gtk_scrolled_window_new ();

  for (guint i = 0; i < ids->len; i++)
    gtk_string_list_append (strings, g_ptr_array_index (ids, i));
  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), NULL);
  g_signal_connect_object (factory, "bind", G_CALLBACK (bind_cb), self, 0);
  view = gtk_list_view_new (GTK_SELECTION_MODEL (gtk_single_selection_new (G_LIST_MODEL (strings))), factory);
  gtk_list_view_set_single_click_activate (GTK_LIST_VIEW (view), TRUE);
  g_signal_connect_object (view, "activate", G_CALLBACK (activated_cb), self, 0);
  gtk_accessible_update_property (
      GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Cards behind the mark"), -1);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), view);
  gtk_widget_set_vexpand (scrolled, TRUE);
  return scrolled;
}

static void
close_on_escape (GtkWidget *window)
{
  GtkEventController *keys = gtk_shortcut_controller_new ();

  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (keys),
      gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_Escape, 0), gtk_named_action_new ("window.close")));
  gtk_widget_add_controller (window, keys);
}

void
baton_metrics_pane_show_cards_below (
    BatonMetricsPane *self, GPtrArray *ids, const char *title, GtkWidget *above)
{
  GtkWidget *window, *box, *bar;
  g_autofree char *count = g_strdup_printf (ngettext ("%u card", "%u cards", ids->len), ids->len);

  window = g_object_new (ADW_TYPE_WINDOW, "transient-for", self->window, "modal", TRUE, "destroy-with-parent",
      TRUE, "title", count, "default-width", 420, "default-height", 480, NULL);
  box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  bar = adw_header_bar_new ();
  adw_header_bar_set_title_widget (ADW_HEADER_BAR (bar), adw_window_title_new (count, title));
  gtk_box_append (GTK_BOX (box), bar);
  if (above != NULL)
    gtk_box_append (GTK_BOX (box), above);
  gtk_box_append (GTK_BOX (box), make_list (self, ids));
  adw_window_set_content (ADW_WINDOW (window), box);
  baton_name_buttons (window);
  close_on_escape (window);
  gtk_window_present (GTK_WINDOW (window));
}

void
baton_metrics_pane_show_cards (BatonMetricsPane *self, GPtrArray *ids, const char *title)
{
  if (ids->len == 0)
    baton_window_toast (self->window, _ ("There is no card behind this mark."), FALSE);
  else if (ids->len == 1)
    baton_window_enter_card (self->window, g_ptr_array_index (ids, 0));
  else
    baton_metrics_pane_show_cards_below (self, ids, title, NULL);
}
