/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "pane-private.h"

#include <math.h>

/* A card that opens beside the page makes it narrower, so that every figure goes elsewhere. The chart that
 * led there stays where it was on the screen, then and on the way back. */

static gboolean
find_place (BatonMetricsPane *self, double *y)
{
  return self->place != NULL && gtk_widget_get_mapped (self->place) &&
         gtk_widget_translate_coordinates (self->place, GTK_WIDGET (self->scrolled), 0, 0, NULL, y);
}

/* Somebody has gone on to another part of the page, which was scrolled for them. */
static gboolean
went_elsewhere (BatonMetricsPane *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  return focus != NULL && self->place != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self->content)) &&
         focus != self->place && !gtk_widget_is_ancestor (focus, self->place) &&
         !gtk_widget_is_ancestor (self->place, focus);
}

/* The page has been laid out by now. */
static gboolean
settle_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  BatonMetricsPane *self = BATON_METRICS_PANE (widget);
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (self->scrolled);
  double y;

  if (went_elsewhere (self))
    find_place (self, &self->place_y);
  else if (find_place (self, &y) && fabs (y - self->place_y) >= 1)
    gtk_adjustment_set_value (adjustment, gtk_adjustment_get_value (adjustment) + y - self->place_y);
  self->placing = 0;
  return G_SOURCE_REMOVE;
}

static void
laid_out_cb (BatonMetricsPane *self)
{
  if (self->place != NULL && self->placing == 0)
    self->placing = gtk_widget_add_tick_callback (GTK_WIDGET (self), settle_cb, NULL, NULL);
}

/* Somebody scrolls; what the layout does to the value is made good in settle_cb. */
static void
scrolled_cb (BatonMetricsPane *self)
{
  if (self->placing == 0)
    find_place (self, &self->place_y);
}

void
baton_metrics_pane_keep_place (BatonMetricsPane *self, GtkWidget *place)
{
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (self->scrolled);

  if (self->place == NULL)
    {
      g_signal_connect_object (adjustment, "changed", G_CALLBACK (laid_out_cb), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (
          adjustment, "value-changed", G_CALLBACK (scrolled_cb), self, G_CONNECT_SWAPPED);
    }
  self->place = place;
  find_place (self, &self->place_y);
}
