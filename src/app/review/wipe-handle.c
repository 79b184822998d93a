/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "wipe-handle.h"

#include <glib/gi18n.h>
#include <math.h>

#define GRIP 26
#define LINE 2

struct _BatonWipeHandle
{
  GtkWidget parent_instance;

  double grabbed; /* where in the handle the pointer holds it */
};

enum
{
  DRAGGED,
  STEPPED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BatonWipeHandle, baton_wipe_handle, GTK_TYPE_WIDGET)

static void
append_arrow (GtkSnapshot *snapshot, double x, double y, double towards, const GdkRGBA *color)
{
  cairo_t *cr =
      gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT ((float) (x - 6), (float) (y - 7), 12, 14));

  gdk_cairo_set_source_rgba (cr, color);
  cairo_set_line_width (cr, 2);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  cairo_move_to (cr, x - towards * 2, y - 4);
  cairo_line_to (cr, x + towards * 2, y);
  cairo_line_to (cr, x - towards * 2, y + 4);
  cairo_stroke (cr);
  cairo_destroy (cr);
}

static void
baton_wipe_handle_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  static const GdkRGBA white = { 1, 1, 1, 1 }, shadow = { 0, 0, 0, 0.45f }, ink = { 0.13f, 0.12f, 0.17f, 1 };
  float width = (float) gtk_widget_get_width (widget), height = (float) gtk_widget_get_height (widget);
  float left = floorf ((width - LINE) / 2), top = floorf ((height - GRIP) / 2);
  graphene_rect_t grip = GRAPHENE_RECT_INIT ((width - GRIP) / 2, top, GRIP, GRIP);
  GskRoundedRect round;

  gtk_snapshot_append_color (snapshot, &shadow, &GRAPHENE_RECT_INIT (left - 1, 0, LINE + 2, height));
  gtk_snapshot_append_color (snapshot, &white, &GRAPHENE_RECT_INIT (left, 0, LINE, height));
  gsk_rounded_rect_init_from_rect (&round, &grip, GRIP / 2.0f);
  gtk_snapshot_append_outset_shadow (snapshot, &round, &shadow, 0, 1, 0, 4);
  gtk_snapshot_push_rounded_clip (snapshot, &round);
  gtk_snapshot_append_color (snapshot, &white, &grip);
  gtk_snapshot_pop (snapshot);
  append_arrow (snapshot, width / 2 - 5, top + GRIP / 2.0, -1, &ink);
  append_arrow (snapshot, width / 2 + 5, top + GRIP / 2.0, 1, &ink);
}

static void
baton_wipe_handle_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
    int *natural, int *minimum_baseline, int *natural_baseline)
{
  *minimum = *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? BATON_WIPE_HANDLE_WIDTH : GRIP;
}

static void
drag_begin_cb (GtkGestureDrag *gesture, double x, double y, BatonWipeHandle *self)
{
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  gtk_widget_grab_focus (GTK_WIDGET (self));
  self->grabbed = x;
}

/* The handle moves under the pointer, so offsets count from where it is now. */
static void
drag_update_cb (GtkGestureDrag *gesture, double dx, double dy, BatonWipeHandle *self)
{
  GtkWidget *parent = gtk_widget_get_parent (GTK_WIDGET (self));
  double start_x, start_y, x, y;

  gtk_gesture_drag_get_start_point (gesture, &start_x, &start_y);
  if (gtk_widget_translate_coordinates (
          GTK_WIDGET (self), parent, start_x + dx - self->grabbed + BATON_WIPE_HANDLE_WIDTH / 2.0, 0, &x, &y))
    g_signal_emit (self, signals[DRAGGED], 0, x);
}

static gboolean
key_cb (
    GtkEventControllerKey *controller, guint key, guint code, GdkModifierType state, BatonWipeHandle *self)
{
  double step = (state & GDK_SHIFT_MASK) != 0 ? 0.1 : 0.01;

  if ((state & (GDK_CONTROL_MASK | GDK_ALT_MASK)) != 0)
    return GDK_EVENT_PROPAGATE;
  switch (key)
    {
    case GDK_KEY_Left:
      g_signal_emit (self, signals[STEPPED], 0, -step);
      return GDK_EVENT_STOP;
    case GDK_KEY_Right:
      g_signal_emit (self, signals[STEPPED], 0, step);
      return GDK_EVENT_STOP;
    case GDK_KEY_Home:
      g_signal_emit (self, signals[STEPPED], 0, -2.0);
      return GDK_EVENT_STOP;
    case GDK_KEY_End:
      g_signal_emit (self, signals[STEPPED], 0, 2.0);
      return GDK_EVENT_STOP;
    default:
      return GDK_EVENT_PROPAGATE;
    }
}

void
baton_wipe_handle_tell (BatonWipeHandle *self, double position)
{
  /* Translators: for a screen reader: where the line between two versions stands. */
  g_autofree char *words = g_strdup_printf (_ ("%d %% newer version"), (int) round (position * 100));

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_VALUE_NOW, position * 100,
      GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, words, -1);
}

static void
baton_wipe_handle_class_init (BatonWipeHandleClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GType type = G_TYPE_FROM_CLASS (klass);

  widget_class->snapshot = baton_wipe_handle_snapshot;
  widget_class->measure = baton_wipe_handle_measure;
  gtk_widget_class_set_css_name (widget_class, "wipehandle");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_SLIDER);
  signals[DRAGGED] =
      g_signal_new ("dragged", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_DOUBLE);
  signals[STEPPED] =
      g_signal_new ("stepped", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_DOUBLE);
}

static void
baton_wipe_handle_init (BatonWipeHandle *self)
{
  GtkGesture *drag = gtk_gesture_drag_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), "col-resize");
  g_signal_connect (drag, "drag-begin", G_CALLBACK (drag_begin_cb), self);
  g_signal_connect (drag, "drag-update", G_CALLBACK (drag_update_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
      _ ("Line between the versions"), GTK_ACCESSIBLE_PROPERTY_VALUE_MIN, 0.0,
      GTK_ACCESSIBLE_PROPERTY_VALUE_MAX, 100.0, -1);
}

GtkWidget *
baton_wipe_handle_new (void)
{
  return g_object_new (BATON_TYPE_WIPE_HANDLE, NULL);
}
