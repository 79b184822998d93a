/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "board-view-private.h"

/* Where the row of columns is scrolled to. An adjustment counts from the left; people count from the first
 * stage, which right to left is the rightmost. So there the distance from the right is kept when the width
 * changes. */

#define ROOM 16 /* px between a column and the pane beside the board */

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

/* The column of the card that is open beside the board stays in view while the pane takes its room. */
static gboolean
show_watched_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer unused)
{
  BatonBoardView *self = BATON_BOARD_VIEW (widget);
  GtkAdjustment *across = gtk_scrolled_window_get_hadjustment (self->across);
  BatonItem *card =
      self->watched != NULL && self->board != NULL ? baton_board_card (self->board, self->watched) : NULL;
  guint position;
  BatonCell *cell = card != NULL ? baton_board_view_cell_of (self, card, &position) : NULL;
  double page = gtk_adjustment_get_page_size (across), value = gtk_adjustment_get_value (across);
  graphene_rect_t column;

  if (cell == NULL || self->body == NULL || !gtk_widget_compute_bounds (cell->ground, self->body, &column))
    return G_SOURCE_REMOVE;
  /* Behind a card in full size there is no room for any column. */
  if (page < column.size.width)
    return G_SOURCE_REMOVE;
  /* The margins of the row count, too. */
  value = MAX (value, column.origin.x + column.size.width + ROOM - page);
  gtk_adjustment_set_value (across, MIN (value, column.origin.x));
  return G_SOURCE_REMOVE;
}

static void
width_changed_cb (GtkAdjustment *across, BatonBoardView *self)
{
  double page = gtk_adjustment_get_page_size (across);

  if (counts_from_right (self, across))
    gtk_adjustment_set_value (across, last_value (across) - self->from_right);
  /* The columns are just being given their places; the next frame may scroll. */
  if (page != self->page_across && self->watched != NULL)
    gtk_widget_add_tick_callback (GTK_WIDGET (self), show_watched_cb, NULL, NULL);
  self->page_across = page;
}

void
baton_board_view_watch (BatonBoardView *self, const char *card)
{
  if (g_strcmp0 (self->watched, card) == 0)
    return;
  g_free (self->watched);
  self->watched = g_strdup (card);
  baton_board_view_rebind (self);
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
