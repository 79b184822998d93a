/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "filter-menu.h"

#include <glib/gi18n.h>

struct _BatonFilterMenu
{
  GtkWidget parent_instance;
  GtkMenuButton *button;
  GtkBox *list;
  GtkWidget *clear;
  char *name;
  char *all;
  char *some;
  GHashTable *chosen; /* ids */
  gboolean filling;
};

enum
{
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BatonFilterMenu, baton_filter_menu, GTK_TYPE_WIDGET)

static const char *
id_of (GtkWidget *check)
{
  return g_object_get_data (G_OBJECT (check), "id");
}

static char *
words (BatonFilterMenu *self)
{
  guint n = g_hash_table_size (self->chosen);

  if (n == 1)
    {
      for (GtkWidget *check = gtk_widget_get_first_child (GTK_WIDGET (self->list)); check != NULL;
           check = gtk_widget_get_next_sibling (check))
        if (gtk_check_button_get_active (GTK_CHECK_BUTTON (check)))
          return g_strdup (gtk_check_button_get_label (GTK_CHECK_BUTTON (check)));
    }
  if (n == 0)
    return g_strdup (self->all);
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  return g_strdup_printf (self->some, n);
#pragma GCC diagnostic pop
}

static void
refresh (BatonFilterMenu *self)
{
  g_autofree char *label = words (self);
  g_autofree char *name = g_strdup_printf ("%s: %s", self->name, label);

  gtk_menu_button_set_label (self->button, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_widget_set_sensitive (self->clear, g_hash_table_size (self->chosen) > 0);
}

static void
toggled_cb (GtkCheckButton *check, BatonFilterMenu *self)
{
  if (self->filling)
    return;
  if (gtk_check_button_get_active (check))
    g_hash_table_add (self->chosen, g_strdup (id_of (GTK_WIDGET (check))));
  else
    g_hash_table_remove (self->chosen, id_of (GTK_WIDGET (check)));
  refresh (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

void
baton_filter_menu_choose (BatonFilterMenu *self, const char *id, gboolean chosen)
{
  for (GtkWidget *check = gtk_widget_get_first_child (GTK_WIDGET (self->list)); check != NULL;
       check = gtk_widget_get_next_sibling (check))
    if (g_strcmp0 (id_of (check), id) == 0)
      gtk_check_button_set_active (GTK_CHECK_BUTTON (check), chosen);
}

static void
clear_cb (BatonFilterMenu *self)
{
  self->filling = TRUE;
  for (GtkWidget *check = gtk_widget_get_first_child (GTK_WIDGET (self->list)); check != NULL;
       check = gtk_widget_get_next_sibling (check))
    gtk_check_button_set_active (GTK_CHECK_BUTTON (check), FALSE);
  self->filling = FALSE;
  g_hash_table_remove_all (self->chosen);
  refresh (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static gboolean
not_listed (gpointer id, gpointer value, gpointer ids)
{
  return !g_ptr_array_find_with_equal_func (ids, id, g_str_equal, NULL);
}

static gboolean
same_list (BatonFilterMenu *self, GPtrArray *ids, GPtrArray *names)
{
  GtkWidget *check = gtk_widget_get_first_child (GTK_WIDGET (self->list));

  for (guint i = 0; i < ids->len; i++)
    {
      if (check == NULL || g_strcmp0 (id_of (check), g_ptr_array_index (ids, i)) != 0 ||
          g_strcmp0 (gtk_check_button_get_label (GTK_CHECK_BUTTON (check)), g_ptr_array_index (names, i)) !=
              0)
        return FALSE;
      check = gtk_widget_get_next_sibling (check);
    }
  return check == NULL;
}

void
baton_filter_menu_set_values (BatonFilterMenu *self, GPtrArray *ids, GPtrArray *names)
{
  GtkWidget *check;

  gtk_widget_set_visible (GTK_WIDGET (self), ids->len > 0);
  if (same_list (self, ids, names))
    return;
  g_hash_table_foreach_remove (self->chosen, not_listed, ids);
  while ((check = gtk_widget_get_first_child (GTK_WIDGET (self->list))) != NULL)
    gtk_box_remove (self->list, check);
  for (guint i = 0; i < ids->len; i++)
    {
      check = gtk_check_button_new_with_label (g_ptr_array_index (names, i));
      g_object_set_data_full (G_OBJECT (check), "id", g_strdup (g_ptr_array_index (ids, i)), g_free);
      gtk_check_button_set_active (
          GTK_CHECK_BUTTON (check), g_hash_table_contains (self->chosen, g_ptr_array_index (ids, i)));
      g_signal_connect (check, "toggled", G_CALLBACK (toggled_cb), self);
      gtk_box_append (self->list, check);
    }
  refresh (self);
}

static void
copy_id (gpointer id, gpointer value, gpointer copy)
{
  g_hash_table_add (copy, g_strdup (id));
}

GHashTable *
baton_filter_menu_chosen (BatonFilterMenu *self)
{
  GHashTable *copy;

  if (g_hash_table_size (self->chosen) == 0)
    return NULL;
  copy = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_hash_table_foreach (self->chosen, copy_id, copy);
  return copy;
}

static void
baton_filter_menu_dispose (GObject *object)
{
  BatonFilterMenu *self = BATON_FILTER_MENU (object);

  if (self->button != NULL)
    gtk_widget_unparent (GTK_WIDGET (self->button));
  self->button = NULL;
  G_OBJECT_CLASS (baton_filter_menu_parent_class)->dispose (object);
}

static void
baton_filter_menu_finalize (GObject *object)
{
  BatonFilterMenu *self = BATON_FILTER_MENU (object);

  g_free (self->name);
  g_free (self->all);
  g_free (self->some);
  g_hash_table_unref (self->chosen);
  G_OBJECT_CLASS (baton_filter_menu_parent_class)->finalize (object);
}

static void
baton_filter_menu_class_init (BatonFilterMenuClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = baton_filter_menu_dispose;
  G_OBJECT_CLASS (klass)->finalize = baton_filter_menu_finalize;
  signals[CHANGED] = g_signal_new (
      "changed", BATON_TYPE_FILTER_MENU, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
baton_filter_menu_init (BatonFilterMenu *self)
{
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  self->chosen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->list = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 2));
  self->clear = gtk_button_new_with_label (_ ("Show all"));
  g_signal_connect_swapped (self->clear, "clicked", G_CALLBACK (clear_cb), self);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scrolled), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scrolled), 360);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), GTK_WIDGET (self->list));
  gtk_box_append (GTK_BOX (box), scrolled);
  gtk_box_append (GTK_BOX (box), self->clear);
  gtk_popover_set_child (GTK_POPOVER (popover), box);
  self->button = GTK_MENU_BUTTON (gtk_menu_button_new ());
  gtk_menu_button_set_popover (self->button, popover);
  gtk_widget_add_css_class (GTK_WIDGET (self->button), "metrics-filter");
  gtk_widget_set_parent (GTK_WIDGET (self->button), GTK_WIDGET (self));
}

GtkWidget *
baton_filter_menu_new (const char *name, const char *all, const char *some)
{
  BatonFilterMenu *self = g_object_new (BATON_TYPE_FILTER_MENU, NULL);

  self->name = g_strdup (name);
  self->all = g_strdup (all);
  self->some = g_strdup (some);
  refresh (self);
  return GTK_WIDGET (self);
}
