/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "marks-layer-private.h"

#include "mark-paint.h"

#include <math.h>

#define KEY_STEP 8      /* pixels that a key moves the crosshair */
#define KEY_STEP_FAR 48 /* with Shift */

static void
paint_crosshair (BatonMarksLayer *self, GtkSnapshot *snapshot, const graphene_rect_t *place)
{
  static const GdkRGBA white = { 1, 1, 1, 1 }, dark = { 0, 0, 0, 0.6f };
  float x = roundf (place->origin.x + (float) self->cross.x * place->size.width);
  float y = roundf (place->origin.y + (float) self->cross.y * place->size.height);

  gtk_snapshot_append_color (snapshot, &dark, &GRAPHENE_RECT_INIT (x - 14, y - 1.5f, 28, 3));
  gtk_snapshot_append_color (snapshot, &dark, &GRAPHENE_RECT_INIT (x - 1.5f, y - 14, 3, 28));
  gtk_snapshot_append_color (snapshot, &white, &GRAPHENE_RECT_INIT (x - 14, y - 0.5f, 28, 1));
  gtk_snapshot_append_color (snapshot, &white, &GRAPHENE_RECT_INIT (x - 0.5f, y - 14, 1, 28));
}

void
baton_marks_layer_paint_tool (BatonMarksLayer *self, GtkSnapshot *snapshot, const graphene_rect_t *place)
{
  g_autoptr (BatonMark) now = self->drawing != NULL ? baton_mark_draw_now (self->drawing) : NULL;

  if (now != NULL)
    baton_mark_paint (snapshot, GTK_WIDGET (self), place, now, (BatonMarkLook){ .selected = TRUE });
  if (self->tool != BATON_MARK_NONE && self->by_keys)
    paint_crosshair (self, snapshot, place);
}

static void
take_back (BatonMarksLayer *self)
{
  g_clear_pointer (&self->drawing, baton_mark_draw_free);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
finish (BatonMarksLayer *self)
{
  g_autoptr (BatonMark) mark = NULL;
  graphene_rect_t place;

  if (self->drawing != NULL && baton_image_view_place (self->view, &place))
    mark = baton_mark_draw_end (self->drawing, place.size.width, place.size.height);
  take_back (self);
  if (mark != NULL)
    baton_marks_layer_say_drawn (self, mark);
}

static BatonMarkPoint
point_at (BatonMarksLayer *self, double x, double y)
{
  BatonMarkPoint point;

  baton_image_view_to_fraction (self->view, x, y, &point.x, &point.y);
  return point;
}

static void
drag_begin_cb (GtkGestureDrag *gesture, double x, double y, BatonMarksLayer *self)
{
  if (self->tool == BATON_MARK_NONE)
    {
      gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_DENIED);
      return;
    }
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  take_back (self);
  self->by_keys = FALSE;
  self->drawing = baton_mark_draw_new (self->tool, point_at (self, x, y));
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
drag_update_cb (GtkGestureDrag *gesture, double dx, double dy, BatonMarksLayer *self)
{
  double x, y;

  if (self->drawing == NULL)
    return;
  gtk_gesture_drag_get_start_point (gesture, &x, &y);
  baton_mark_draw_move (self->drawing, point_at (self, x + dx, y + dy));
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
drag_end_cb (GtkGestureDrag *gesture, double dx, double dy, BatonMarksLayer *self)
{
  drag_update_cb (gesture, dx, dy, self);
  finish (self);
}

static void
cancel_cb (GtkGesture *gesture, GdkEventSequence *sequence, BatonMarksLayer *self)
{
  take_back (self);
}

static gboolean
move_cross (BatonMarksLayer *self, int dx, int dy, gboolean far)
{
  int step = far ? KEY_STEP_FAR : KEY_STEP;
  graphene_rect_t place;

  if (!baton_image_view_place (self->view, &place))
    return FALSE;
  self->cross.x = CLAMP (self->cross.x + dx * step / place.size.width, 0, 1);
  self->cross.y = CLAMP (self->cross.y + dy * step / place.size.height, 0, 1);
  self->by_keys = TRUE;
  if (self->drawing != NULL && self->tool != BATON_MARK_STROKE)
    baton_mark_draw_move (self->drawing, self->cross);
  baton_image_view_reveal (self->view, self->cross.x, self->cross.y);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  return TRUE;
}

/* Space sets a point: the only one, the first of two, or one more of a stroke. */
static void
set_point (BatonMarksLayer *self, gboolean last)
{
  self->by_keys = TRUE;
  if (self->drawing == NULL)
    {
      self->drawing = baton_mark_draw_new (self->tool, self->cross);
      if (self->tool != BATON_MARK_POINT)
        {
          gtk_widget_queue_draw (GTK_WIDGET (self));
          return;
        }
      last = TRUE;
    }
  else
    baton_mark_draw_move (self->drawing, self->cross);
  if (last || self->tool != BATON_MARK_STROKE)
    finish (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static gboolean
key_cb (
    GtkEventControllerKey *controller, guint key, guint code, GdkModifierType state, BatonMarksLayer *self)
{
  gboolean far = (state & GDK_SHIFT_MASK) != 0;

  if (self->tool == BATON_MARK_NONE || (state & (GDK_CONTROL_MASK | GDK_ALT_MASK)) != 0)
    return GDK_EVENT_PROPAGATE;
  switch (key)
    {
    case GDK_KEY_Left:
      return move_cross (self, -1, 0, far);
    case GDK_KEY_Right:
      return move_cross (self, 1, 0, far);
    case GDK_KEY_Up:
      return move_cross (self, 0, -1, far);
    case GDK_KEY_Down:
      return move_cross (self, 0, 1, far);
    case GDK_KEY_space:
      set_point (self, FALSE);
      return GDK_EVENT_STOP;
    case GDK_KEY_Return:
    case GDK_KEY_KP_Enter:
      set_point (self, TRUE);
      return GDK_EVENT_STOP;
    case GDK_KEY_Escape:
      if (self->drawing != NULL)
        take_back (self);
      else
        baton_marks_layer_set_tool (self, BATON_MARK_NONE);
      return GDK_EVENT_STOP;
    default:
      return GDK_EVENT_PROPAGATE;
    }
}

void
baton_marks_layer_add_tool (BatonMarksLayer *self)
{
  GtkGesture *drag = gtk_gesture_drag_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->cross = (BatonMarkPoint){ 0.5, 0.5 };
  g_signal_connect (drag, "drag-begin", G_CALLBACK (drag_begin_cb), self);
  g_signal_connect (drag, "drag-update", G_CALLBACK (drag_update_cb), self);
  g_signal_connect (drag, "drag-end", G_CALLBACK (drag_end_cb), self);
  g_signal_connect (drag, "cancel", G_CALLBACK (cancel_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}

/* The tool of the keyboard begins where the picture is looked at. */
void
baton_marks_layer_set_tool (BatonMarksLayer *self, BatonMarkShape tool)
{
  double x = gtk_widget_get_width (GTK_WIDGET (self)) / 2.0,
         y = gtk_widget_get_height (GTK_WIDGET (self)) / 2.0;

  if (self->tool == tool)
    return;
  take_back (self);
  self->tool = tool;
  gtk_widget_set_focusable (GTK_WIDGET (self), tool != BATON_MARK_NONE);
  if (tool != BATON_MARK_NONE)
    {
      self->cross = point_at (self, x, y);
      self->by_keys = TRUE;
      gtk_widget_grab_focus (GTK_WIDGET (self));
    }
  baton_marks_layer_tool_changed (self);
}

BatonMarkShape
baton_marks_layer_tool (BatonMarksLayer *self)
{
  return self->tool;
}
