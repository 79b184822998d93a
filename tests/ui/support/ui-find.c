/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-test"

#include "ui-find.h"

GtkWidget *
ui_find (gpointer root, UiMatches matches, gconstpointer data)
{
  if (matches (root, data))
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = ui_find (child, matches, data);

      if (found != NULL)
        return found;
    }
  return NULL;
}

typedef struct
{
  GType type;
  guint *left; /* to be passed over */
} Wanted;

static gboolean
is_wanted (GtkWidget *widget, gconstpointer data)
{
  const Wanted *wanted = data;

  return g_type_is_a (G_OBJECT_TYPE (widget), wanted->type) && (*wanted->left)-- == 0;
}

GtkWidget *
ui_find_type (gpointer root, GType type, guint index)
{
  return ui_find (root, is_wanted, &(Wanted){ type, &index });
}

static gboolean
is_button (GtkWidget *widget, gconstpointer text)
{
  return GTK_IS_BUTTON (widget) &&
         (g_strcmp0 (gtk_widget_get_tooltip_text (widget), text) == 0 ||
             g_strcmp0 (gtk_actionable_get_action_name (GTK_ACTIONABLE (widget)), text) == 0 ||
             g_strcmp0 (gtk_button_get_label (GTK_BUTTON (widget)), text) == 0);
}

GtkWidget *
ui_find_button (gpointer root, const char *text)
{
  return ui_find (root, is_button, text);
}

static gboolean
has_tip (GtkWidget *widget, gconstpointer tip)
{
  return g_strcmp0 (gtk_widget_get_tooltip_text (widget), tip) == 0;
}

GtkWidget *
ui_find_tip (gpointer root, const char *tip)
{
  return ui_find (root, has_tip, tip);
}

static void
collect (GtkWidget *widget, GString *texts)
{
  if (!gtk_widget_get_visible (widget))
    return;
  if (GTK_IS_LABEL (widget))
    g_string_append_printf (texts, "%s\n", gtk_label_get_text (GTK_LABEL (widget)));
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    collect (child, texts);
}

char *
ui_texts (gpointer root)
{
  GString *texts = g_string_new (NULL);

  collect (root, texts);
  return g_string_free (texts, FALSE);
}
