/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "viewport-input.h"

#include <math.h>

#define WHEEL_STEP 1.2
#define KEY_PAN 64 /* pixels of the widget */

typedef struct
{
  GtkWidget *widget; /* borrowed: it owns this */
  BatonViewportInput input;
  BatonViewportFunc func;
  gpointer data;
  double moved_x, moved_y; /* of the drag, already done */
  double pinched;          /* of the pinch, already done */
  double pointer_x, pointer_y;
} Input;

static BatonViewport *
look (Input *self, double x, double y, BatonViewportFrame *frame)
{
  BatonViewport *viewport = self->func (self->widget, x, y, frame, self->data);

  return viewport != NULL && frame->width > 0 && frame->height > 0 ? viewport : NULL;
}

static void
motion_cb (GtkEventControllerMotion *controller, double x, double y, Input *self)
{
  self->pointer_x = x;
  self->pointer_y = y;
}

/* A wheel has clicks, a touchpad moves smoothly: the one zooms, the other pans unless Ctrl is held. */
static gboolean
scroll_cb (GtkEventControllerScroll *controller, double dx, double dy, Input *self)
{
  GdkModifierType state = gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (controller));
  GdkEvent *event = gtk_event_controller_get_current_event (GTK_EVENT_CONTROLLER (controller));
  gboolean smooth = event != NULL && gdk_scroll_event_get_direction (event) == GDK_SCROLL_SMOOTH &&
                    gdk_event_get_device (event) != NULL &&
                    gdk_device_get_source (gdk_event_get_device (event)) == GDK_SOURCE_TOUCHPAD;
  BatonViewportFrame frame;
  BatonViewport *viewport = look (self, self->pointer_x, self->pointer_y, &frame);

  if (viewport == NULL)
    return GDK_EVENT_PROPAGATE;
  if ((state & GDK_CONTROL_MASK) != 0 || ((self->input & BATON_INPUT_WHEEL) != 0 && !smooth))
    {
      baton_viewport_zoom_by (viewport, &frame, pow (WHEEL_STEP, -dy), self->pointer_x, self->pointer_y);
      return GDK_EVENT_STOP;
    }
  /* What cannot move scrolls the page around it. */
  return baton_viewport_pan (viewport, &frame, smooth ? -dx : -dx * KEY_PAN, smooth ? -dy : -dy * KEY_PAN)
             ? GDK_EVENT_STOP
             : GDK_EVENT_PROPAGATE;
}

static void
pinch_begin_cb (GtkGesture *gesture, GdkEventSequence *sequence, Input *self)
{
  self->pinched = 1;
  gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
}

static void
pinch_cb (GtkGestureZoom *gesture, double scale, Input *self)
{
  BatonViewportFrame frame;
  BatonViewport *viewport;
  double x = self->pointer_x, y = self->pointer_y;

  gtk_gesture_get_bounding_box_center (GTK_GESTURE (gesture), &x, &y);
  viewport = look (self, x, y, &frame);
  if (viewport != NULL && scale > 0)
    baton_viewport_zoom_by (viewport, &frame, scale / self->pinched, x, y);
  self->pinched = scale;
}

static void
drag_begin_cb (GtkGestureDrag *gesture, double x, double y, Input *self)
{
  self->moved_x = self->moved_y = 0;
  gtk_widget_grab_focus (self->widget);
}

static void
drag_update_cb (GtkGestureDrag *gesture, double x, double y, Input *self)
{
  BatonViewportFrame frame;
  BatonViewport *viewport;
  double start_x, start_y;

  gtk_gesture_drag_get_start_point (gesture, &start_x, &start_y);
  viewport = look (self, start_x, start_y, &frame);
  if (viewport == NULL || !baton_viewport_pan (viewport, &frame, x - self->moved_x, y - self->moved_y))
    return;
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  self->moved_x = x;
  self->moved_y = y;
  gtk_widget_set_cursor_from_name (self->widget, "grabbing");
}

static void
drag_end_cb (GtkGestureDrag *gesture, double x, double y, Input *self)
{
  gtk_widget_set_cursor (self->widget, NULL);
}

gboolean
baton_viewport_key (
    BatonViewport *viewport, const BatonViewportFrame *frame, guint key, GdkModifierType state)
{
  if ((state & (GDK_ALT_MASK | GDK_SUPER_MASK)) != 0)
    return FALSE;
  switch (key)
    {
    case GDK_KEY_plus:
    case GDK_KEY_equal:
    case GDK_KEY_KP_Add:
      baton_viewport_zoom_step (viewport, frame, TRUE);
      return TRUE;
    case GDK_KEY_minus:
    case GDK_KEY_KP_Subtract:
      baton_viewport_zoom_step (viewport, frame, FALSE);
      return TRUE;
    case GDK_KEY_0:
    case GDK_KEY_KP_0:
      baton_viewport_set_fit (viewport);
      return TRUE;
    case GDK_KEY_1:
    case GDK_KEY_KP_1:
      baton_viewport_zoom_to (viewport, frame, 1);
      return TRUE;
    case GDK_KEY_Left:
      return baton_viewport_pan (viewport, frame, KEY_PAN, 0);
    case GDK_KEY_Right:
      return baton_viewport_pan (viewport, frame, -KEY_PAN, 0);
    case GDK_KEY_Up:
      return baton_viewport_pan (viewport, frame, 0, KEY_PAN);
    case GDK_KEY_Down:
      return baton_viewport_pan (viewport, frame, 0, -KEY_PAN);
    default:
      return FALSE;
    }
}

static gboolean
key_cb (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType state, Input *self)
{
  BatonViewportFrame frame;
  BatonViewport *viewport = look (self, -1, -1, &frame);

  return viewport != NULL && baton_viewport_key (viewport, &frame, key, state);
}

static void
add_drag (Input *self, guint button)
{
  GtkGesture *drag = gtk_gesture_drag_new ();

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (drag), button);
  g_signal_connect (drag, "drag-begin", G_CALLBACK (drag_begin_cb), self);
  g_signal_connect (drag, "drag-update", G_CALLBACK (drag_update_cb), self);
  g_signal_connect (drag, "drag-end", G_CALLBACK (drag_end_cb), self);
  gtk_widget_add_controller (self->widget, GTK_EVENT_CONTROLLER (drag));
}

void
baton_viewport_add_input (GtkWidget *widget, BatonViewportInput input, BatonViewportFunc func, gpointer data)
{
  Input *self = g_new0 (Input, 1);
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkEventController *scroll = gtk_event_controller_scroll_new (GTK_EVENT_CONTROLLER_SCROLL_BOTH_AXES);
  GtkGesture *pinch = gtk_gesture_zoom_new ();

  g_return_if_fail (GTK_IS_WIDGET (widget) && func != NULL);
  self->widget = widget;
  self->input = input;
  self->func = func;
  self->data = data;
  g_object_set_data_full (G_OBJECT (widget), "baton-viewport-input", self, g_free);
  g_signal_connect (motion, "motion", G_CALLBACK (motion_cb), self);
  gtk_widget_add_controller (widget, motion);
  g_signal_connect (scroll, "scroll", G_CALLBACK (scroll_cb), self);
  gtk_widget_add_controller (widget, scroll);
  g_signal_connect (pinch, "begin", G_CALLBACK (pinch_begin_cb), self);
  g_signal_connect (pinch, "scale-changed", G_CALLBACK (pinch_cb), self);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (pinch));
  if ((input & BATON_INPUT_DRAG) != 0)
    add_drag (self, GDK_BUTTON_PRIMARY);
  add_drag (self, GDK_BUTTON_MIDDLE);
  if ((input & BATON_INPUT_KEYS) != 0)
    {
      GtkEventController *keys = gtk_event_controller_key_new ();

      g_signal_connect (keys, "key-pressed", G_CALLBACK (key_cb), self);
      gtk_widget_add_controller (widget, keys);
    }
}
