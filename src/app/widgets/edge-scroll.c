/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "edge-scroll.h"

#include <stdbool.h>

/* Scrolls while something is dragged near the edges of an area. The speed grows with the square of how deep
 * the pointer is in the edge zone and is reached over a moment, so that a drag that only starts or passes
 * there does not jerk the view. Movement is speed × elapsed time, whatever the frame rate.
 *
 * Signal `scrolled`: a value has changed under the resting pointer, so what it points at may be another. */
#define ZONE 72.0        /* px from the edge inwards, at most a quarter of the area */
#define REACH 48.0       /* px outside the area that still count */
#define MAX_SPEED 1300.0 /* px per second */
#define RAMP 0.35        /* seconds to full speed */
#define MAX_STEP 0.05    /* seconds; a stalled frame does not become a leap */

struct _BatonEdgeScroller
{
  GObject parent_instance;
  GtkWidget *area; /* weak */
  GtkAdjustment *hadjustment;
  GtkAdjustment *vadjustment;
  guint tick_id;
  gint64 last_time; /* µs of the frame clock, 0 before the first frame */
  double active;    /* seconds spent in a zone */
  double x;
  double y;
};

G_DEFINE_FINAL_TYPE (BatonEdgeScroller, baton_edge_scroller, G_TYPE_OBJECT)

static guint scrolled_signal;

/* −1 … 1: how strongly a point pulls along one axis of the given length. */
static double
get_pull (double point, double length)
{
  double zone = MIN (ZONE, length / 4), depth;

  if (length <= 0 || point < -REACH || point > length + REACH)
    return 0;
  depth = point < zone ? point - zone : point > length - zone ? point - (length - zone) : 0;
  depth = CLAMP (depth / zone, -1, 1);
  return depth * ABS (depth);
}

static void
get_pulls (BatonEdgeScroller *self, double *h, double *v)
{
  double width = gtk_widget_get_width (self->area), height = gtk_widget_get_height (self->area);
  bool inside =
      self->x >= -REACH && self->x <= width + REACH && self->y >= -REACH && self->y <= height + REACH;

  *h = inside && self->hadjustment != NULL ? get_pull (self->x, width) : 0;
  *v = inside && self->vadjustment != NULL ? get_pull (self->y, height) : 0;
}

static gboolean
scroll (GtkAdjustment *adjustment, double distance)
{
  double before;

  if (adjustment == NULL || distance == 0)
    return FALSE;
  before = gtk_adjustment_get_value (adjustment);
  gtk_adjustment_set_value (adjustment, before + distance);
  return gtk_adjustment_get_value (adjustment) != before;
}

static gboolean
tick_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  g_autoptr (BatonEdgeScroller) self = g_object_ref (user_data);
  gint64 now = gdk_frame_clock_get_frame_time (clock);
  double step = self->last_time == 0 ? 0 : MIN ((double) (now - self->last_time) / G_USEC_PER_SEC, MAX_STEP);
  double h, v, speed;
  gboolean moved;

  self->last_time = now;
  get_pulls (self, &h, &v);
  if (h == 0 && v == 0)
    {
      self->tick_id = 0;
      self->active = 0;
      return G_SOURCE_REMOVE;
    }
  self->active += step;
  speed = MAX_SPEED * MIN (self->active / RAMP, 1) * step;
  moved = scroll (self->hadjustment, h * speed);
  moved = scroll (self->vadjustment, v * speed) || moved;
  if (moved)
    g_signal_emit (self, scrolled_signal, 0);
  return G_SOURCE_CONTINUE;
}

static void
baton_edge_scroller_dispose (GObject *object)
{
  BatonEdgeScroller *self = BATON_EDGE_SCROLLER (object);

  baton_edge_scroller_stop (self);
  g_clear_weak_pointer (&self->area);
  g_clear_object (&self->hadjustment);
  g_clear_object (&self->vadjustment);
  G_OBJECT_CLASS (baton_edge_scroller_parent_class)->dispose (object);
}

static void
baton_edge_scroller_class_init (BatonEdgeScrollerClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = baton_edge_scroller_dispose;
  scrolled_signal = g_signal_new (
      "scrolled", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
baton_edge_scroller_init (BatonEdgeScroller *self)
{
}

/* `area` is the widget at whose edges scrolling happens (held weakly); either adjustment may be NULL. */
BatonEdgeScroller *
baton_edge_scroller_new (GtkWidget *area, GtkAdjustment *hadjustment, GtkAdjustment *vadjustment)
{
  BatonEdgeScroller *self;

  g_return_val_if_fail (GTK_IS_WIDGET (area), NULL);

  self = g_object_new (BATON_TYPE_EDGE_SCROLLER, NULL);
  g_set_weak_pointer (&self->area, area);
  g_set_object (&self->hadjustment, hadjustment);
  g_set_object (&self->vadjustment, vadjustment);
  return self;
}

/* The pointer is at (x, y), in the area's coordinates. Scrolls from now on if that is near an edge, until the
 * pointer is said to be elsewhere or baton_edge_scroller_stop(). */
void
baton_edge_scroller_point (BatonEdgeScroller *self, double x, double y)
{
  double h, v;

  g_return_if_fail (BATON_IS_EDGE_SCROLLER (self));

  self->x = x;
  self->y = y;
  if (self->tick_id != 0 || self->area == NULL)
    return;
  get_pulls (self, &h, &v);
  if (h == 0 && v == 0)
    return;
  self->last_time = 0;
  self->active = 0;
  self->tick_id = gtk_widget_add_tick_callback (self->area, tick_cb, self, NULL);
}

void
baton_edge_scroller_stop (BatonEdgeScroller *self)
{
  g_return_if_fail (BATON_IS_EDGE_SCROLLER (self));

  if (self->tick_id != 0 && self->area != NULL)
    gtk_widget_remove_tick_callback (self->area, self->tick_id);
  self->tick_id = 0;
}
