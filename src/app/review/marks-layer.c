/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "marks-layer-private.h"

#include "mark-paint.h"
#include "pin.h"

#include <glib/gi18n.h>
#include <math.h>

enum
{
  ACTIVATED,
  DRAWN,
  TOOL_CHANGED,
  PIN,
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
            baton_mark_paint (snapshot, widget, &place, mark->mark,
                (BatonMarkLook){
                    .resolved = mark->resolved, .carried = mark->carried, .selected = pass == 1 });
        }
    }
  if (self->draft != NULL)
    {
      baton_mark_paint (snapshot, widget, &place, self->draft, (BatonMarkLook){ .selected = TRUE });
      baton_mark_paint_draft (snapshot, widget, &place, self->draft);
    }
  baton_marks_layer_paint_tool (self, snapshot, &place);
  for (GtkWidget *pin = gtk_widget_get_first_child (widget); pin != NULL;
       pin = gtk_widget_get_next_sibling (pin))
    gtk_widget_snapshot_child (widget, pin, snapshot);
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
click_cb (GtkGestureClick *gesture, int n, double x, double y, BatonMarksLayer *self)
{
  g_autofree char *comment =
      self->tool == BATON_MARK_NONE ? g_strdup (baton_marks_layer_at (self, x, y)) : NULL;

  if (comment == NULL)
    return;
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  g_signal_emit (self, signals[ACTIVATED], 0, comment);
}

static void
touched_cb (BatonPin *pin, int how, BatonMarksLayer *self)
{
  g_signal_emit (self, signals[PIN], 0, pin, how);
}

/* Some of the pin is on the screen: what hangs upon one that is not would have nowhere to be. */
static gboolean
is_within (BatonMarksLayer *self, double x, double y)
{
  return x > -BATON_PIN_RADIUS && y > -BATON_PIN_RADIUS &&
         x < gtk_widget_get_width (GTK_WIDGET (self)) + BATON_PIN_RADIUS &&
         y < gtk_widget_get_height (GTK_WIDGET (self)) + BATON_PIN_RADIUS;
}

/* Pins stand at their places, over the picture; those of other pages are not there. Done as soon as the
 * picture moves, which may be in the middle of a layout: a pin never changes its size. */
static void
place_pins (BatonMarksLayer *self)
{
  const int side = (int) (2 * BATON_PIN_RADIUS);
  graphene_rect_t place;
  gboolean placed =
      gtk_widget_get_width (GTK_WIDGET (self)) > 0 && baton_image_view_place (self->view, &place);

  for (guint i = 0; i < self->marks->len; i++)
    {
      const BatonShownMark *mark = g_ptr_array_index (self->marks, i);
      GtkWidget *pin = g_hash_table_lookup (self->pins, mark->comment);
      double x = 0, y = 0;

      if (placed)
        baton_mark_pin_place (&place, mark->mark, &x, &y);
      gtk_widget_set_child_visible (pin, placed && is_seen (self, mark) && is_within (self, x, y));
      if (!gtk_widget_get_child_visible (pin))
        continue;
      gtk_widget_measure (pin, GTK_ORIENTATION_HORIZONTAL, -1, NULL, NULL, NULL, NULL);
      gtk_widget_allocate (pin, side, side, -1,
          gsk_transform_translate (
              NULL, &GRAPHENE_POINT_INIT ((float) (x - BATON_PIN_RADIUS), (float) (y - BATON_PIN_RADIUS))));
    }
}

static void
baton_marks_layer_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  place_pins (BATON_MARKS_LAYER (widget));
}

static void
baton_marks_layer_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
    int *natural, int *minimum_baseline, int *natural_baseline)
{
  *minimum = *natural = 0;
}

static void
remove_pins (BatonMarksLayer *self)
{
  GtkWidget *pin;

  while ((pin = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (pin);
  g_hash_table_remove_all (self->pins);
}

static gboolean
is_marked (BatonMarksLayer *self, const char *comment)
{
  for (guint i = 0; i < self->marks->len; i++)
    {
      if (g_str_equal (((BatonShownMark *) g_ptr_array_index (self->marks, i))->comment, comment))
        return TRUE;
    }
  return FALSE;
}

/* Pins stay as long as their marks: one of them may have the focus, or a popover. */
static void
update_pins (BatonMarksLayer *self)
{
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self));
  gboolean added;

  while (child != NULL)
    {
      GtkWidget *next = gtk_widget_get_next_sibling (child);
      const char *comment = baton_pin_comment (BATON_PIN (child));

      if (!is_marked (self, comment))
        {
          g_hash_table_remove (self->pins, comment);
          gtk_widget_unparent (child);
        }
      child = next;
    }
  for (guint i = 0; i < self->marks->len; i++)
    {
      const BatonShownMark *mark = g_ptr_array_index (self->marks, i);
      BatonPin *pin = baton_pin_ensure (self->pins, mark->comment, G_CALLBACK (touched_cb), self, &added);

      if (added)
        gtk_widget_set_parent (GTK_WIDGET (pin), GTK_WIDGET (self));
      baton_pin_show (pin, (BatonPinLook){ .number = mark->number,
                               .resolved = mark->resolved,
                               .carried = mark->carried,
                               .selected = is_selected (self, mark) });
      /* A new mark may begin on an old one. */
      gtk_widget_set_can_target (GTK_WIDGET (pin), self->tool == BATON_MARK_NONE);
    }
  place_pins (self);
}

void
baton_marks_layer_say_drawn (BatonMarksLayer *self, const BatonMark *mark)
{
  g_signal_emit (self, signals[DRAWN], 0, mark);
}

void
baton_marks_layer_tool_changed (BatonMarksLayer *self)
{
  update_cursor (self);
  update_pins (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_signal_emit (self, signals[TOOL_CHANGED], 0);
}

GtkWidget *
baton_marks_layer_pin (BatonMarksLayer *self, const char *comment)
{
  return g_hash_table_lookup (self->pins, comment);
}

static void
baton_marks_layer_dispose (GObject *object)
{
  BatonMarksLayer *self = BATON_MARKS_LAYER (object);

  remove_pins (self);
  g_ptr_array_set_size (self->marks, 0);
  g_clear_pointer (&self->selected, g_free);
  g_clear_pointer (&self->draft, baton_mark_free);
  g_clear_pointer (&self->drawing, baton_mark_draw_free);
  G_OBJECT_CLASS (baton_marks_layer_parent_class)->dispose (object);
}

static void
baton_marks_layer_finalize (GObject *object)
{
  BatonMarksLayer *self = BATON_MARKS_LAYER (object);

  g_ptr_array_unref (self->marks);
  g_hash_table_unref (self->pins);
  G_OBJECT_CLASS (baton_marks_layer_parent_class)->finalize (object);
}

static void
baton_marks_layer_class_init (BatonMarksLayerClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = baton_marks_layer_dispose;
  G_OBJECT_CLASS (klass)->finalize = baton_marks_layer_finalize;
  widget_class->measure = baton_marks_layer_measure;
  widget_class->size_allocate = baton_marks_layer_size_allocate;
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
  signals[PIN] = g_signal_new (
      "pin", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2, BATON_TYPE_PIN, G_TYPE_INT);
}

static void
baton_marks_layer_init (BatonMarksLayer *self)
{
  GtkGesture *click = gtk_gesture_click_new ();

  self->marks = g_ptr_array_new ();
  self->pins = g_hash_table_new (g_str_hash, g_str_equal);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  gtk_accessible_update_property (
      GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Marks on the picture"), -1);
  baton_marks_layer_add_tool (self);
  g_signal_connect (click, "pressed", G_CALLBACK (click_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
  update_cursor (self);
}

static void
placed_cb (BatonImageView *view, BatonMarksLayer *self)
{
  place_pins (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

GtkWidget *
baton_marks_layer_new (BatonImageView *view)
{
  BatonMarksLayer *self = g_object_new (BATON_TYPE_MARKS_LAYER, NULL);

  self->view = view;
  g_signal_connect_object (view, "placed", G_CALLBACK (placed_cb), self, 0);
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
  g_ptr_array_unref (self->marks);
  self->marks = marks;
  update_pins (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
baton_marks_layer_select (BatonMarksLayer *self, const char *comment)
{
  g_free (self->selected);
  self->selected = g_strdup (comment);
  update_pins (self);
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

void
baton_marks_layer_set_draft (BatonMarksLayer *self, const BatonMark *mark)
{
  g_clear_pointer (&self->draft, baton_mark_free);
  self->draft = mark != NULL ? baton_mark_copy (mark) : NULL;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
