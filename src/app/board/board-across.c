/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "board-view-private.h"

/* Where the row of columns is scrolled to. An adjustment counts from the left; people count from the first
 * stage, which right to left is the rightmost. So there the distance from the right is kept when the width
 * changes. */

static gboolean
counts_from_right (BatonBoardView *self, GtkAdjustment *across)
{
  return gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL &&
         gtk_adjustment_get_upper (across) > gtk_adjustment_get_page_size (across);
}

static double
last_value (GtkAdjustment *across)
{
  return gtk_adjustment_get_upper (across) - gtk_adjustment_get_page_size (across);
}

static void
width_changed_cb (GtkAdjustment *across, BatonBoardView *self)
{
  if (counts_from_right (self, across))
    gtk_adjustment_set_value (across, last_value (across) - self->from_right);
}

static void
scrolled_cb (GtkAdjustment *across, BatonBoardView *self)
{
  if (counts_from_right (self, across))
    self->from_right = last_value (across) - gtk_adjustment_get_value (across);
}

void
baton_board_view_init_across (BatonBoardView *self)
{
  GtkAdjustment *across = gtk_scrolled_window_get_hadjustment (self->across);

  g_signal_connect_object (across, "changed", G_CALLBACK (width_changed_cb), self, 0);
  g_signal_connect_object (across, "value-changed", G_CALLBACK (scrolled_cb), self, 0);
}

/* Shows the first stage. */
void
baton_board_view_scroll_to_start (BatonBoardView *self)
{
  GtkAdjustment *across = gtk_scrolled_window_get_hadjustment (self->across);

  self->from_right = 0;
  gtk_adjustment_set_value (across, counts_from_right (self, across) ? last_value (across) : 0);
}
