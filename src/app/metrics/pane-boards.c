/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "pane-private.h"

#include <glib/gi18n.h>

/* Which board the page is about, first among its filters: another one becomes the window's, and the page
 * stays. */

static gboolean
is_in_use (BatonItem *board)
{
  return !baton_item_is_removed (board) && baton_item_int (board, BATON_BOARD_ARCHIVED) == 0;
}

static BatonColumn *
boards_of (BatonMetricsPane *self)
{
  return baton_workspace_list (baton_board_workspace (self->board), BATON_ENTITY_BOARD, NULL);
}

static void
toggled_cb (GtkCheckButton *check, BatonMetricsPane *self)
{
  const char *id = g_object_get_data (G_OBJECT (check), "id");

  if (!gtk_check_button_get_active (check))
    return;
  gtk_menu_button_popdown (self->board_button);
  if (self->board == NULL || !g_str_equal (id, baton_board_id (self->board)))
    baton_window_open_board (self->window, id);
}

static GtkWidget *
make_choice (BatonMetricsPane *self, BatonItem *board, GtkCheckButton *group)
{
  GtkWidget *check = gtk_check_button_new_with_label (baton_item_text (board, BATON_BOARD_NAME));

  g_object_set_data_full (G_OBJECT (check), "id", g_strdup (baton_item_id (board)), g_free);
  gtk_check_button_set_group (GTK_CHECK_BUTTON (check), group);
  gtk_check_button_set_active (
      GTK_CHECK_BUTTON (check), g_str_equal (baton_item_id (board), baton_board_id (self->board)));
  g_signal_connect (check, "toggled", G_CALLBACK (toggled_cb), self);
  return check;
}

/* Filled whenever it opens: boards come, go and are renamed meanwhile. */
static void
fill_cb (GtkMenuButton *button, gpointer data)
{
  BatonMetricsPane *self = data;
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2), *scrolled = gtk_scrolled_window_new ();
  GtkCheckButton *group = NULL;
  BatonColumn *boards = self->board != NULL ? boards_of (self) : NULL;

  for (guint i = 0; boards != NULL && i < baton_column_size (boards); i++)
    {
      BatonItem *board = baton_column_peek (boards, i);

      if (!is_in_use (board) && !g_str_equal (baton_item_id (board), baton_board_id (self->board)))
        continue;
      gtk_box_append (GTK_BOX (box), make_choice (self, board, group));
      group = GTK_CHECK_BUTTON (gtk_widget_get_last_child (box));
    }
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scrolled), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scrolled), 360);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), box);
  gtk_popover_set_child (GTK_POPOVER (gtk_menu_button_get_popover (button)), scrolled);
}

GtkWidget *
baton_metrics_pane_build_boards (BatonMetricsPane *self)
{
  self->board_button = GTK_MENU_BUTTON (gtk_menu_button_new ());
  gtk_menu_button_set_popover (self->board_button, gtk_popover_new ());
  gtk_menu_button_set_create_popup_func (self->board_button, fill_cb, self, NULL);
  gtk_widget_add_css_class (GTK_WIDGET (self->board_button), "metrics-filter");
  return GTK_WIDGET (self->board_button);
}

/* There is nothing to choose between while there is one. */
void
baton_metrics_pane_show_board (BatonMetricsPane *self)
{
  BatonColumn *boards = boards_of (self);
  const char *name = baton_board_name (self->board);
  g_autofree char *spoken = g_strdup_printf (_ ("Board: %s"), name);
  guint n = 0;

  for (guint i = 0; i < baton_column_size (boards); i++)
    n += is_in_use (baton_column_peek (boards, i));
  gtk_menu_button_set_label (self->board_button, name);
  gtk_accessible_update_property (
      GTK_ACCESSIBLE (self->board_button), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  gtk_widget_set_visible (GTK_WIDGET (self->board_button), n > 1);
}
