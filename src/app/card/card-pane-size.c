/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "card-pane-private.h"

#include "gizmo.h"
#include "text-scale.h"

#include <glib/gi18n.h>

/* How wide the pane is beside the board, and the edge that changes it. */

#define HANDLE_WIDTH 8
#define STEP 16

static void
tell_width (BatonCardPane *self)
{
  g_autofree char *words =
      g_strdup_printf (ngettext ("%d pixel wide", "%d pixels wide", (gulong) self->width), self->width);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self->handle), GTK_ACCESSIBLE_PROPERTY_VALUE_NOW,
      (double) self->width, GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, words, -1);
}

static void
set_width (BatonCardPane *self, int width)
{
  width = CLAMP (width, BATON_CARD_PANE_NARROWEST, BATON_CARD_PANE_WIDEST);
  if (width == self->width)
    return;
  self->width = width;
  tell_width (self);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

static void
remember_width (BatonCardPane *self)
{
  if (self->settings != NULL)
    g_settings_set_int (self->settings, "card-pane-width", self->width);
}

/* Where a point of the handle is in the window: the handle moves while it is dragged, the window does not. */
static float
x_in_window (BatonCardPane *self, double x, double y)
{
  graphene_point_t point;
  GtkWidget *root = GTK_WIDGET (gtk_widget_get_root (GTK_WIDGET (self)));

  if (!gtk_widget_compute_point (self->handle, root, &GRAPHENE_POINT_INIT ((float) x, (float) y), &point))
    return 0;
  return point.x;
}

static void
drag_begin_cb (GtkGestureDrag *gesture, double x, double y, BatonCardPane *self)
{
  self->width_before = gtk_widget_get_width (GTK_WIDGET (self));
  self->x_before = x_in_window (self, x, y);
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
}

static void
drag_update_cb (GtkGestureDrag *gesture, double x, double y, BatonCardPane *self)
{
  gboolean rtl = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
  double start_x, start_y;
  float moved;

  gtk_gesture_drag_get_start_point (gesture, &start_x, &start_y);
  moved = x_in_window (self, start_x + x, start_y + y) - self->x_before;
  set_width (self, self->width_before + (int) (rtl ? moved : -moved));
}

static void
drag_end_cb (GtkGestureDrag *gesture, double x, double y, BatonCardPane *self)
{
  remember_width (self);
}

static gboolean
key_cb (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType state, BatonCardPane *self)
{
  gboolean rtl = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
  int step = key == GDK_KEY_Left ? STEP : key == GDK_KEY_Right ? -STEP : 0;

  if (step == 0)
    return GDK_EVENT_PROPAGATE;
  set_width (self, self->width + (rtl ? -step : step));
  remember_width (self);
  return GDK_EVENT_STOP;
}

/* The width is remembered for texts as they are made. At 200 % it is half as wide again, as the columns are.
 */
static double
scale (BatonCardPane *self)
{
  return 1.0 + (MAX (1.0, baton_text_scale (GTK_WIDGET (self))) - 1.0) / 2.0;
}

int
baton_card_pane_width_beside (BatonCardPane *self)
{
  return (int) (self->width * scale (self));
}

static GtkSizeRequestMode
get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
    int *minimum_baseline, int *natural_baseline)
{
  BatonCardPane *self = BATON_CARD_PANE (widget);

  gtk_widget_measure (
      adw_bin_get_child (ADW_BIN (self)), orientation, for_size, minimum, natural, NULL, NULL);
  if (orientation == GTK_ORIENTATION_VERTICAL)
    return;
  /* The flap that holds the pane gives it no more than its minimum while there is a board that could use the
   * room. */
  *minimum = MAX (*minimum, self->expanded ? BATON_CARD_PANE_NARROWEST : baton_card_pane_width_beside (self));
  *natural = MAX (*minimum, baton_card_pane_width_beside (self));
}

static void
size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  BatonCardPane *self = BATON_CARD_PANE (widget);
  gboolean rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;

  gtk_widget_size_allocate (adw_bin_get_child (ADW_BIN (self)), &(GtkAllocation){ 0, 0, width, height }, -1);
  if (gtk_widget_should_layout (self->handle))
    gtk_widget_size_allocate (
        self->handle, &(GtkAllocation){ rtl ? width - HANDLE_WIDTH : 0, 0, HANDLE_WIDTH, height }, -1);
}

void
baton_card_pane_install_size (GtkWidgetClass *klass)
{
  klass->get_request_mode = get_request_mode;
  klass->measure = measure;
  klass->size_allocate = size_allocate;
}

void
baton_card_pane_add_handle (BatonCardPane *self)
{
  GtkGesture *drag = gtk_gesture_drag_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->width = CLAMP (g_settings_get_int (self->settings, "card-pane-width"), BATON_CARD_PANE_NARROWEST,
      BATON_CARD_PANE_WIDEST);
  self->handle = g_object_new (BATON_TYPE_GIZMO, "css-name", "cardhandle", "accessible-role",
      GTK_ACCESSIBLE_ROLE_SEPARATOR, "focusable", TRUE, "can-target", TRUE, NULL);
  gtk_widget_set_cursor_from_name (self->handle, "col-resize");
  gtk_widget_insert_before (self->handle, GTK_WIDGET (self), NULL);
  g_signal_connect (drag, "drag-begin", G_CALLBACK (drag_begin_cb), self);
  g_signal_connect (drag, "drag-update", G_CALLBACK (drag_update_cb), self);
  g_signal_connect (drag, "drag-end", G_CALLBACK (drag_end_cb), self);
  gtk_widget_add_controller (self->handle, GTK_EVENT_CONTROLLER (drag));
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_cb), self);
  gtk_widget_add_controller (self->handle, keys);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->handle), GTK_ACCESSIBLE_PROPERTY_LABEL,
      _ ("Width of the card pane"), GTK_ACCESSIBLE_PROPERTY_VALUE_MIN, (double) BATON_CARD_PANE_NARROWEST,
      GTK_ACCESSIBLE_PROPERTY_VALUE_MAX, (double) BATON_CARD_PANE_WIDEST, -1);
  tell_width (self);
}
