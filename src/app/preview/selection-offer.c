/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "selection-offer.h"

#include <glib/gi18n.h>

static const char *
words (void)
{
  return _ ("Comment on the selection");
}

static void
add_key (GtkWidget *button, const char *key)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6), *hint = gtk_label_new (key);

  gtk_box_append (GTK_BOX (box), gtk_label_new (words ()));
  gtk_widget_add_css_class (hint, "key-hint");
  gtk_box_append (GTK_BOX (box), hint);
  gtk_button_set_child (GTK_BUTTON (button), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, words (),
      GTK_ACCESSIBLE_PROPERTY_KEY_SHORTCUTS, key, -1);
}

static GtkWidget *
create_button (const char *action, const char *key)
{
  GtkWidget *button = gtk_button_new_with_label (words ());

  if (key != NULL)
    add_key (button, key);
  gtk_button_set_has_frame (GTK_BUTTON (button), FALSE);
  gtk_widget_set_focus_on_click (button, FALSE);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  return button;
}

GtkWidget *
baton_selection_offer_new (GtkWidget *parent, const char *action, const char *key)
{
  GtkWidget *popover = gtk_popover_new ();

  gtk_popover_set_child (GTK_POPOVER (popover), create_button (action, key));
  gtk_popover_set_autohide (GTK_POPOVER (popover), FALSE);
  gtk_widget_set_can_focus (popover, FALSE);
  gtk_popover_set_position (GTK_POPOVER (popover), GTK_POS_BOTTOM);
  gtk_widget_add_css_class (popover, "selection-offer");
  gtk_widget_set_parent (popover, parent);
  return popover;
}

GMenuModel *
baton_selection_menu_new (const char *action)
{
  GMenu *menu = g_menu_new ();

  g_menu_append (menu, words (), action);
  return G_MENU_MODEL (menu);
}
