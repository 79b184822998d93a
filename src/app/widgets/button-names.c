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

static void
read_choice_cb (GtkDropDown *drop_down, GParamSpec *pspec, gpointer data)
{
  GObject *item = gtk_drop_down_get_selected_item (drop_down);
  const char *choice =
      GTK_IS_STRING_OBJECT (item) ? gtk_string_object_get_string (GTK_STRING_OBJECT (item)) : "";
  const char *name = gtk_widget_get_tooltip_text (GTK_WIDGET (drop_down));
  g_autofree char *words = g_strdup_printf ("%s: %s", name, choice);

  gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_widget_get_first_child (GTK_WIDGET (drop_down))),
      GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
}

void
baton_name_drop_down (GtkDropDown *drop_down, const char *name)
{
  gtk_widget_set_tooltip_text (GTK_WIDGET (drop_down), name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (drop_down), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_signal_connect (drop_down, "notify::selected-item", G_CALLBACK (read_choice_cb), NULL);
  read_choice_cb (drop_down, NULL, NULL);
}
