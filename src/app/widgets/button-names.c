/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "button-names.h"

void
baton_name_buttons (GtkWidget *root)
{
  const char *words = gtk_widget_get_tooltip_text (root);

  /* The label inside names it too, as it is read. */
  if (GTK_IS_BUTTON (root) && gtk_button_get_use_underline (GTK_BUTTON (root)))
    gtk_accessible_reset_property (GTK_ACCESSIBLE (root), GTK_ACCESSIBLE_PROPERTY_LABEL);
  if (words != NULL && (GTK_IS_BUTTON (root) || GTK_IS_MENU_BUTTON (root)))
    gtk_accessible_update_property (GTK_ACCESSIBLE (root), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    baton_name_buttons (child);
}
