/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "board-view-private.h"

#include <glib/gi18n.h>

/* The bar that appears with a selection: what can be done to all its cards. Where its buttons do not fit side
 * by side, all but the first are in one menu. */

/* Menus are made when they open: stages, people and labels may have changed. */
static void
make_popup_cb (GtkMenuButton *button, gpointer data)
{
  g_autoptr (GMenuModel) menu =
      baton_board_view_make_menu (data, g_object_get_data (G_OBJECT (button), "kind"));

  gtk_menu_button_set_menu_model (button, menu);
}

static void
add_menu_button (BatonBoardView *self, GtkBox *box, const char *label, const char *kind)
{
  GtkWidget *button = gtk_menu_button_new ();

  gtk_menu_button_set_label (GTK_MENU_BUTTON (button), label);
  gtk_menu_button_set_direction (GTK_MENU_BUTTON (button), GTK_ARROW_UP);
  g_object_set_data (G_OBJECT (button), "kind", (gpointer) kind);
  gtk_menu_button_set_create_popup_func (GTK_MENU_BUTTON (button), make_popup_cb, self, NULL);
  gtk_box_append (box, button);
}

static void
add_button (GtkBox *box, const char *label, const char *action)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_box_append (box, button);
}

static GtkBox *
add_choice (AdwSqueezer *squeezer)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  adw_squeezer_add (squeezer, box);
  return GTK_BOX (box);
}

static GtkWidget *
build_commands (BatonBoardView *self)
{
  AdwSqueezer *squeezer = ADW_SQUEEZER (adw_squeezer_new ());
  GtkBox *wide = add_choice (squeezer);
  GtkBox *narrow = add_choice (squeezer);

  adw_squeezer_set_homogeneous (squeezer, FALSE);
  adw_squeezer_set_xalign (squeezer, 0);
  add_menu_button (self, wide, _ ("Move"), "move");
  add_menu_button (self, wide, _ ("Owner"), "assign");
  add_menu_button (self, wide, _ ("Label"), "label");
  add_menu_button (self, wide, _ ("Due"), "due");
  add_button (wide, C_ ("verb", "Archive"), "board.archive");
  add_button (wide, _ ("Bin"), "board.bin");
  add_menu_button (self, narrow, _ ("Move"), "move");
  add_menu_button (self, narrow, C_ ("verb", "Change"), "change");
  return GTK_WIDGET (squeezer);
}

/* Not a GtkActionBar, which would keep half its width free for what stands at its end. */
static GtkWidget *
build_content (BatonBoardView *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *commands = build_commands (self);

  self->bulk_label = GTK_LABEL (gtk_label_new (NULL));
  gtk_widget_add_css_class (GTK_WIDGET (self->bulk_label), "heading");
  gtk_widget_set_hexpand (commands, TRUE);
  gtk_widget_add_css_class (box, "toolbar");
  gtk_widget_add_css_class (box, "bulk-bar");
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->bulk_label));
  gtk_box_append (GTK_BOX (box), commands);
  add_button (GTK_BOX (box), _ ("Unselect"), "board.unselect");
  return box;
}

/* In a window that is too narrow even so, the bar scrolls instead of making the window wide. */
GtkWidget *
baton_board_view_build_bulk_bar (BatonBoardView *self)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  self->bulk_bar = GTK_REVEALER (gtk_revealer_new ());
  gtk_revealer_set_transition_type (self->bulk_bar, GTK_REVEALER_TRANSITION_TYPE_SLIDE_UP);
  gtk_revealer_set_child (self->bulk_bar, build_content (self));
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_EXTERNAL, GTK_POLICY_NEVER);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), GTK_WIDGET (self->bulk_bar));
  return scrolled;
}
