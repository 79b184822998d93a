/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "marks-layer.h"

#include "mark-draw.h"
#include "mark-paint.h"

#include <glib/gi18n.h>
#include <math.h>

#define KEY_STEP 8      /* pixels that a key moves the crosshair */
#define KEY_STEP_FAR 48 /* with Shift */

struct _BatonMarksLayer
{
  GtkWidget parent_instance;

  BatonImageView *view; /* borrowed: it owns this */
  GPtrArray *marks;     /* BatonShownMark */
  char *selected;
  BatonMark *draft;
  BatonMarkShape tool;
  BatonMarkDraw *drawing;
  gboolean by_keys; /* the crosshair is shown */
  BatonMarkPoint cross;
};

enum
{
  ACTIVATED,
  DRAWN,
  TOOL_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BatonMarksLayer, baton_marks_layer, GTK_TYPE_WIDGET)

void
baton_shown_mark_free (BatonShownMark *mark)
{
  g_free (mark->comment);
  g_clear_pointer (&mark->mark, baton_mark_free);
  g_free (mark);
}

static int
page_now (BatonMarksLayer *self)
{
  return baton_viewport_page (baton_image_view_viewport (self->view));
}

static gboolean
is_seen (BatonMarksLayer *self, const BatonShownMark *mark)
{
  return mark->page == page_now (self);
}

static gboolean
is_selected (BatonMarksLayer *self, const BatonShownMark *mark)
{
  return g_strcmp0 (mark->comment, self->selected) == 0;
}

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

static void
paint_new (BatonMarksLayer *self, GtkSnapshot *snapshot, const graphene_rect_t *place)
{
  g_autoptr (BatonMark) now = self->drawing != NULL ? baton_mark_draw_now (self->drawing) : NULL;
  const BatonMarkLook look = { .draft = TRUE, .selected = TRUE };

  if (self->draft != NULL)
    baton_mark_paint (snapshot, GTK_WIDGET (self), place, self->draft, 0, look);
  if (now != NULL)
    baton_mark_paint (snapshot, GTK_WIDGET (self), place, now, 0, look);
  if (self->tool != BATON_MARK_NONE && self->by_keys)
    paint_crosshair (self, snapshot, place);
}

static void
baton_marks_layer_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  BatonMarksLayer *self = BATON_MARKS_LAYER (widget);
  graphene_rect_t place;

  if (!baton_image_view_place (self->view, &place))
    return;
  for (int pass = 0; pass < 2; pass++)
    {
      for (guint i = 0; i < self->marks->len; i++)
        {
          const BatonShownMark *mark = g_ptr_array_index (self->marks, i);

          /* The one that is selected lies on top. */
          if (is_seen (self, mark) && is_selected (self, mark) == (pass == 1))
            baton_mark_paint (snapshot, widget, &place, mark->mark, mark->number,
                (BatonMarkLook){
                    .resolved = mark->resolved, .carried = mark->carried, .selected = pass == 1 });
        }
    }
  paint_new (self, snapshot, &place);
}

static const BatonShownMark *
pin_at (BatonMarksLayer *self, const graphene_rect_t *place, double x, double y)
{
  for (guint i = self->marks->len; i > 0; i--)
    {
      const BatonShownMark *mark = g_ptr_array_index (self->marks, i - 1);
      double pin_x, pin_y;

      if (!is_seen (self, mark))
        continue;
      baton_mark_pin_place (place, mark->mark, &pin_x, &pin_y);
      if (hypot (x - pin_x, y - pin_y) <= BATON_PIN_RADIUS + 2)
        return mark;
    }
  return NULL;
}

static const BatonShownMark *
line_at (BatonMarksLayer *self, const graphene_rect_t *place, double x, double y)
{
  BatonMarkPoint at = { (x - place->origin.x) / place->size.width,
    (y - place->origin.y) / place->size.height };
  const BatonShownMark *best = NULL;
  double nearest = BATON_MARK_TOLERANCE;

  for (guint i = self->marks->len; i > 0; i--)
    {
      const BatonShownMark *mark = g_ptr_array_index (self->marks, i - 1);
      double distance = baton_mark_distance (mark->mark, at, place->size.width, place->size.height);

      if (is_seen (self, mark) && (best == NULL ? distance <= nearest : distance < nearest))
        {
          best = mark;
          nearest = distance;
        }
    }
  return best;
}

const char *
baton_marks_layer_at (BatonMarksLayer *self, double x, double y)
{
  const BatonShownMark *mark;
  graphene_rect_t place;

  if (!baton_image_view_place (self->view, &place))
    return NULL;
  mark = pin_at (self, &place, x, y);
  if (mark == NULL)
    mark = line_at (self, &place, x, y);
  return mark != NULL ? mark->comment : NULL;
}

/* The pointer goes through to the picture, unless it is on a mark or holds a tool. */
static gboolean
baton_marks_layer_contains (GtkWidget *widget, double x, double y)
{
  BatonMarksLayer *self = BATON_MARKS_LAYER (widget);

  if (x < 0 || y < 0 || x > gtk_widget_get_width (widget) || y > gtk_widget_get_height (widget))
    return FALSE;
  return self->tool != BATON_MARK_NONE || baton_marks_layer_at (self, x, y) != NULL;
}

static void
update_cursor (BatonMarksLayer *self)
{
  gtk_widget_set_cursor_from_name (
      GTK_WIDGET (self), self->tool != BATON_MARK_NONE ? "crosshair" : "pointer");
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
    g_signal_emit (self, signals[DRAWN], 0, mark);
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

static void
click_cb (GtkGestureClick *gesture, int n, double x, double y, BatonMarksLayer *self)
{
  g_autofree char *comment =
      self->tool == BATON_MARK_NONE ? g_strdup (baton_marks_layer_at (self, x, y)) : NULL;

  if (comment == NULL)
    return;
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  g_signal_emit (self, signals[ACTIVATED], 0, comment);
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

static void
baton_marks_layer_dispose (GObject *object)
{
  BatonMarksLayer *self = BATON_MARKS_LAYER (object);

  g_clear_pointer (&self->marks, g_ptr_array_unref);
  g_clear_pointer (&self->selected, g_free);
  g_clear_pointer (&self->draft, baton_mark_free);
  g_clear_pointer (&self->drawing, baton_mark_draw_free);
  G_OBJECT_CLASS (baton_marks_layer_parent_class)->dispose (object);
}

static void
baton_marks_layer_class_init (BatonMarksLayerClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = baton_marks_layer_dispose;
  widget_class->snapshot = baton_marks_layer_snapshot;
  widget_class->contains = baton_marks_layer_contains;
  gtk_widget_class_set_css_name (widget_class, "markslayer");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  signals[ACTIVATED] =
      g_signal_new ("activated", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[DRAWN] =
      g_signal_new ("drawn", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  signals[TOOL_CHANGED] =
      g_signal_new ("tool-changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
add_controllers (BatonMarksLayer *self)
{
  GtkGesture *drag = gtk_gesture_drag_new (), *click = gtk_gesture_click_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();

  g_signal_connect (drag, "drag-begin", G_CALLBACK (drag_begin_cb), self);
  g_signal_connect (drag, "drag-update", G_CALLBACK (drag_update_cb), self);
  g_signal_connect (drag, "drag-end", G_CALLBACK (drag_end_cb), self);
  g_signal_connect (drag, "cancel", G_CALLBACK (cancel_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));
  g_signal_connect (click, "pressed", G_CALLBACK (click_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}

static void
baton_marks_layer_init (BatonMarksLayer *self)
{
  self->marks = g_ptr_array_new ();
  self->cross = (BatonMarkPoint){ 0.5, 0.5 };
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  gtk_accessible_update_property (
      GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Marks on the picture"), -1);
  add_controllers (self);
  update_cursor (self);
}

GtkWidget *
baton_marks_layer_new (BatonImageView *view)
{
  BatonMarksLayer *self = g_object_new (BATON_TYPE_MARKS_LAYER, NULL);

  self->view = view;
  g_signal_connect_object (view, "placed", G_CALLBACK (gtk_widget_queue_draw), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}

void
baton_marks_layer_set_marks (BatonMarksLayer *self, GPtrArray *marks)
{
  for (guint i = marks->len; i > 0; i--)
    {
      const BatonShownMark *mark = g_ptr_array_index (marks, i - 1);

      if (mark->mark == NULL || !baton_mark_is_drawn (mark->mark->shape))
        g_ptr_array_remove_index (marks, i - 1);
    }
  g_clear_pointer (&self->marks, g_ptr_array_unref);
  self->marks = marks;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
baton_marks_layer_select (BatonMarksLayer *self, const char *comment)
{
  g_free (self->selected);
  self->selected = g_strdup (comment);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

gboolean
baton_marks_layer_reveal (BatonMarksLayer *self, const char *comment)
{
  for (guint i = 0; i < self->marks->len; i++)
    {
      const BatonShownMark *mark = g_ptr_array_index (self->marks, i);
      BatonMarkPoint a, b;

      if (g_strcmp0 (mark->comment, comment) != 0)
        continue;
      baton_viewport_set_page (baton_image_view_viewport (self->view), mark->page);
      baton_mark_bounds (mark->mark, &a, &b);
      baton_image_view_reveal (self->view, (a.x + b.x) / 2, (a.y + b.y) / 2);
      return TRUE;
    }
  return FALSE;
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
  update_cursor (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_signal_emit (self, signals[TOOL_CHANGED], 0);
}

BatonMarkShape
baton_marks_layer_tool (BatonMarksLayer *self)
{
  return self->tool;
}

void
baton_marks_layer_set_draft (BatonMarksLayer *self, const BatonMark *mark)
{
  g_clear_pointer (&self->draft, baton_mark_free);
  self->draft = mark != NULL ? baton_mark_copy (mark) : NULL;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
