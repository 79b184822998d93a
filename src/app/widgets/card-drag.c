/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "card-drag.h"
#include "drag-layer.h"

#include <stdbool.h>

/* Dragging cards inside one window by an own gesture: unlike GtkDragSource this leaves us the look of the
 * lifted card, Escape, the way back after a refusal, and time to ask whether a drop is accepted.
 *
 *   IDLE → DRAGGING → (drop) PENDING → (finish, refuse) RESTING → IDLE
 *                   → (cancel)                          RESTING → IDLE
 *
 * The gesture listens in the capture phase and claims nothing until the pointer has left the threshold and
 * pick() has agreed, so that clicks, text selection and scrolling below work as ever. On a touch screen,
 * where moving means scrolling, a long press takes the place of the threshold. */
#define RETURN_MS 200
#define LAND_MS 150
#define MESSAGE_MS 4000

typedef enum
{
  STATE_IDLE,
  STATE_DRAGGING,
  STATE_PENDING,
  STATE_RESTING,
} State;

struct _BatonCardDrag
{
  GObject parent_instance;

  BatonCardDragFuncs funcs;
  gpointer user_data;
  GtkWidget *host;        /* weak */
  GtkWidget *layer;       /* the host's */
  GtkGesture *gesture;    /* the host's */
  GtkGesture *long_press; /* the host's */
  GtkWidget *root;        /* weak: where `watch` is */
  GtkEventController
      *watch; /* the root's: keys and buttons while dragging, clicks while a message is shown */

  State state;
  bool armed; /* a press has come and nothing has been decided about it */
  bool accepted;
  double x;
  double y;
  graphene_rect_t origin;
  guint message_timeout;
};

G_DEFINE_FINAL_TYPE (BatonCardDrag, baton_card_drag, G_TYPE_OBJECT)

static void
update_watch (BatonCardDrag *self)
{
  bool wanted = self->state == STATE_DRAGGING || self->message_timeout != 0;

  if (self->watch != NULL)
    gtk_event_controller_set_propagation_phase (self->watch, wanted ? GTK_PHASE_CAPTURE : GTK_PHASE_NONE);
}

static void
hide_message (BatonCardDrag *self)
{
  g_clear_handle_id (&self->message_timeout, g_source_remove);
  baton_drag_layer_hide_message (BATON_DRAG_LAYER (self->layer));
  update_watch (self);
}

static void
message_timeout_cb (gpointer user_data)
{
  BatonCardDrag *self = user_data;

  self->message_timeout = 0;
  hide_message (self);
}

static gboolean
watch_event_cb (GtkEventController *controller, GdkEvent *event, BatonCardDrag *self)
{
  GdkEventType type = gdk_event_get_event_type (event);
  bool press = type == GDK_BUTTON_PRESS || type == GDK_TOUCH_BEGIN;

  if (press && self->message_timeout != 0)
    hide_message (self);
  if (self->state != STATE_DRAGGING)
    return GDK_EVENT_PROPAGATE;
  if (press)
    {
      baton_card_drag_cancel (self);
      return GDK_EVENT_STOP;
    }
  if (type != GDK_KEY_PRESS || gdk_key_event_is_modifier (event))
    return GDK_EVENT_PROPAGATE;
  if (gdk_key_event_get_keyval (event) == GDK_KEY_Escape)
    baton_card_drag_cancel (self);
  return GDK_EVENT_STOP;
}

static void
drop_watch (BatonCardDrag *self)
{
  if (self->root != NULL && self->watch != NULL)
    gtk_widget_remove_controller (self->root, self->watch);
  self->watch = NULL;
  g_clear_weak_pointer (&self->root);
}

/* The watch stays on its window once it is there, switched off; it moves when the host does. The one added
 * last is asked first, before the window's shortcuts. */
static void
ensure_watch (BatonCardDrag *self)
{
  GtkWidget *root = GTK_WIDGET (gtk_widget_get_root (self->host));

  if (root == self->root || root == NULL)
    return;
  drop_watch (self);
  g_set_weak_pointer (&self->root, root);
  self->watch = gtk_event_controller_legacy_new ();
  gtk_event_controller_set_propagation_phase (self->watch, GTK_PHASE_NONE);
  g_signal_connect (self->watch, "event", G_CALLBACK (watch_event_cb), self);
  gtk_widget_add_controller (root, self->watch);
}

static void
rested_cb (gpointer user_data)
{
  g_autoptr (BatonCardDrag) self = g_object_ref (user_data);

  self->state = STATE_IDLE;
  if (self->funcs.ended != NULL)
    self->funcs.ended (self, self->accepted, self->user_data);
}

static void
rest (BatonCardDrag *self, bool accepted, const graphene_rect_t *to)
{
  self->state = STATE_RESTING;
  self->accepted = accepted;
  gtk_widget_set_cursor (self->host, NULL);
  update_watch (self);
  baton_drag_layer_glide (
      BATON_DRAG_LAYER (self->layer), to, accepted ? LAND_MS : RETURN_MS, rested_cb, self);
}

static void
go_back (BatonCardDrag *self)
{
  graphene_rect_t rect = self->origin;

  if (self->funcs.origin != NULL)
    self->funcs.origin (self, &rect, self->user_data);
  rest (self, false, &rect);
}

/* Fills in what pick() may leave out, and takes the picture. */
static bool
complete_source (BatonCardDrag *self, BatonCardDragSource *source)
{
  if (source->widget != NULL)
    {
      g_autoptr (GdkPaintable) live = gtk_widget_paintable_new (source->widget);

      if (!gtk_widget_compute_bounds (source->widget, self->host, &source->rect))
        return false;
      g_clear_object (&source->paintable);
      source->paintable = gdk_paintable_get_current_image (live);
    }
  source->n_cards = MAX (source->n_cards, 1);
  return source->paintable != NULL;
}

/* Lifts what is at (x, y), as the gesture does when the pointer leaves the threshold. Returns whether there
 * was something. The three functions lift, move and release are the drag without the pointer. */
gboolean
baton_card_drag_lift (BatonCardDrag *self, double x, double y)
{
  BatonCardDragSource source = { .n_cards = 1 };
  g_autoptr (GdkPaintable) paintable = NULL;
  bool picked;

  g_return_val_if_fail (BATON_IS_CARD_DRAG (self), FALSE);

  if (self->host == NULL)
    return FALSE;
  baton_drag_layer_skip (BATON_DRAG_LAYER (self->layer));
  if (self->state != STATE_IDLE)
    return FALSE;
  picked = self->funcs.pick (self, x, y, &source, self->user_data) && complete_source (self, &source);
  paintable = source.paintable;
  if (!picked)
    return FALSE;

  self->state = STATE_DRAGGING;
  self->x = x;
  self->y = y;
  self->origin = source.rect;
  hide_message (self);
  ensure_watch (self);
  update_watch (self);
  gtk_widget_set_cursor_from_name (self->host, "grabbing");
  baton_drag_layer_lift (BATON_DRAG_LAYER (self->layer), paintable, &source.rect,
      &GRAPHENE_POINT_INIT ((float) x - source.rect.origin.x, (float) y - source.rect.origin.y),
      source.n_cards);
  if (self->funcs.begin != NULL)
    self->funcs.begin (self, self->user_data);
  return TRUE;
}

/* The lifted card follows to (x, y). */
void
baton_card_drag_move (BatonCardDrag *self, double x, double y)
{
  g_return_if_fail (BATON_IS_CARD_DRAG (self));

  if (self->state != STATE_DRAGGING)
    return;
  self->x = x;
  self->y = y;
  baton_drag_layer_move (BATON_DRAG_LAYER (self->layer), x, y);
  if (self->funcs.motion != NULL)
    self->funcs.motion (self, x, y, self->user_data);
}

/* Drops the lifted card where it is. */
void
baton_card_drag_release (BatonCardDrag *self)
{
  g_return_if_fail (BATON_IS_CARD_DRAG (self));

  if (self->state != STATE_DRAGGING)
    return;
  self->state = STATE_PENDING;
  update_watch (self);
  if (self->funcs.drop (self, self->x, self->y, self->user_data))
    return;
  if (self->state == STATE_PENDING)
    {
      self->state = STATE_DRAGGING;
      baton_card_drag_cancel (self);
    }
}

static void
drag_begin_cb (GtkGestureDrag *gesture, double x, double y, BatonCardDrag *self)
{
  GdkEvent *event = gtk_gesture_get_last_event (GTK_GESTURE (gesture), NULL);
  GdkDevice *device = event != NULL ? gdk_event_get_device (event) : NULL;
  bool touch = device != NULL && gdk_device_get_source (device) == GDK_SOURCE_TOUCHSCREEN;

  self->armed = self->state != STATE_PENDING && !touch;
}

static void
lift_and_claim (BatonCardDrag *self, double x, double y)
{
  bool lifted;

  self->armed = false;
  lifted = baton_card_drag_lift (self, x, y);
  gtk_gesture_set_state (self->gesture, lifted ? GTK_EVENT_SEQUENCE_CLAIMED : GTK_EVENT_SEQUENCE_DENIED);
}

static void
drag_update_cb (GtkGestureDrag *gesture, double dx, double dy, BatonCardDrag *self)
{
  double x, y;

  if (!gtk_gesture_drag_get_start_point (gesture, &x, &y))
    return;
  if (self->armed && gtk_drag_check_threshold (self->host, 0, 0, (int) dx, (int) dy))
    lift_and_claim (self, x, y);
  if (self->state == STATE_DRAGGING)
    baton_card_drag_move (self, x + dx, y + dy);
}

static void
drag_end_cb (GtkGestureDrag *gesture, double dx, double dy, BatonCardDrag *self)
{
  self->armed = false;
  baton_card_drag_release (self);
}

static void
gesture_cancel_cb (GtkGesture *gesture, GdkEventSequence *sequence, BatonCardDrag *self)
{
  self->armed = false;
  baton_card_drag_cancel (self);
}

static void
long_pressed_cb (GtkGestureLongPress *gesture, double x, double y, BatonCardDrag *self)
{
  if (self->state == STATE_IDLE || self->state == STATE_RESTING)
    lift_and_claim (self, x, y);
}

static void
host_unmap_cb (GtkWidget *host, BatonCardDrag *self)
{
  self->armed = false;
  baton_card_drag_cancel (self);
  if (self->message_timeout != 0)
    hide_message (self);
  baton_drag_layer_skip (BATON_DRAG_LAYER (self->layer));
}

static void
host_unrealize_cb (GtkWidget *host, BatonCardDrag *self)
{
  drop_watch (self);
}

static void
add_gestures (BatonCardDrag *self)
{
  self->gesture = gtk_gesture_drag_new ();
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (self->gesture), GTK_PHASE_CAPTURE);
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (self->gesture), GDK_BUTTON_PRIMARY);
  g_signal_connect (self->gesture, "drag-begin", G_CALLBACK (drag_begin_cb), self);
  g_signal_connect (self->gesture, "drag-update", G_CALLBACK (drag_update_cb), self);
  g_signal_connect (self->gesture, "drag-end", G_CALLBACK (drag_end_cb), self);
  g_signal_connect (self->gesture, "cancel", G_CALLBACK (gesture_cancel_cb), self);
  gtk_widget_add_controller (self->host, GTK_EVENT_CONTROLLER (self->gesture));

  self->long_press = gtk_gesture_long_press_new ();
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (self->long_press), GTK_PHASE_CAPTURE);
  gtk_gesture_single_set_touch_only (GTK_GESTURE_SINGLE (self->long_press), TRUE);
  g_signal_connect (self->long_press, "pressed", G_CALLBACK (long_pressed_cb), self);
  gtk_widget_add_controller (self->host, GTK_EVENT_CONTROLLER (self->long_press));
  gtk_gesture_group (self->gesture, self->long_press);
}

static void
baton_card_drag_dispose (GObject *object)
{
  BatonCardDrag *self = BATON_CARD_DRAG (object);

  g_clear_handle_id (&self->message_timeout, g_source_remove);
  drop_watch (self);
  if (self->host != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->host, self);
      gtk_widget_remove_controller (self->host, GTK_EVENT_CONTROLLER (self->gesture));
      gtk_widget_remove_controller (self->host, GTK_EVENT_CONTROLLER (self->long_press));
      baton_drag_layer_clear (BATON_DRAG_LAYER (self->layer));
      gtk_overlay_remove_overlay (GTK_OVERLAY (self->host), self->layer);
    }
  g_clear_weak_pointer (&self->host);
  g_clear_object (&self->layer);
  G_OBJECT_CLASS (baton_card_drag_parent_class)->dispose (object);
}

static void
baton_card_drag_class_init (BatonCardDragClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = baton_card_drag_dispose;
}

static void
baton_card_drag_init (BatonCardDrag *self)
{
}

/* `host` is the overlay that covers everything a card may be dragged over; the lifted card is painted on top
 * of it. It is held weakly, so the owner keeps the drag no longer than the host. `funcs` is copied; pick and
 * drop are required. */
BatonCardDrag *
baton_card_drag_new (GtkOverlay *host, const BatonCardDragFuncs *funcs, gpointer user_data)
{
  BatonCardDrag *self;

  g_return_val_if_fail (GTK_IS_OVERLAY (host), NULL);
  g_return_val_if_fail (funcs != NULL && funcs->pick != NULL && funcs->drop != NULL, NULL);

  self = g_object_new (BATON_TYPE_CARD_DRAG, NULL);
  self->funcs = *funcs;
  self->user_data = user_data;
  g_set_weak_pointer (&self->host, GTK_WIDGET (host));
  self->layer = g_object_ref_sink (baton_drag_layer_new ());
  gtk_overlay_add_overlay (host, self->layer);
  g_signal_connect (host, "unmap", G_CALLBACK (host_unmap_cb), self);
  g_signal_connect (host, "unrealize", G_CALLBACK (host_unrealize_cb), self);
  add_gestures (self);
  return self;
}

/* Whether something is lifted and not yet dropped. */
gboolean
baton_card_drag_is_active (BatonCardDrag *self)
{
  g_return_val_if_fail (BATON_IS_CARD_DRAG (self), FALSE);

  return self->state == STATE_DRAGGING;
}

/* Where the pointer was last seen in a drag, in the host's coordinates. Returns whether a drag is on. */
gboolean
baton_card_drag_get_pointer (BatonCardDrag *self, double *x, double *y)
{
  g_return_val_if_fail (BATON_IS_CARD_DRAG (self) && x != NULL && y != NULL, FALSE);

  *x = self->x;
  *y = self->y;
  return self->state == STATE_DRAGGING;
}

/* The lifted card's rectangle, before it is tilted, in the host's coordinates. FALSE if nothing is lifted. */
gboolean
baton_card_drag_get_lifted (BatonCardDrag *self, graphene_rect_t *rect)
{
  g_return_val_if_fail (BATON_IS_CARD_DRAG (self) && rect != NULL, FALSE);

  return baton_drag_layer_get_rect (BATON_DRAG_LAYER (self->layer), rect);
}

/* The answer to a drop. Accepted: the card lands in `target` (host coordinates; NULL: it fades where it is).
 * Not accepted: it slides back. */
void
baton_card_drag_finish (BatonCardDrag *self, gboolean accepted, const graphene_rect_t *target)
{
  g_return_if_fail (BATON_IS_CARD_DRAG (self));

  if (self->state != STATE_PENDING)
    return;
  if (accepted)
    rest (self, true, target);
  else
    go_back (self);
}

/* The answer to a drop: no, and why, in words for the person who dropped it. The card slides back and the
 * words stand beside the pointer for a few seconds or until the next click. */
void
baton_card_drag_refuse (BatonCardDrag *self, const char *message)
{
  g_return_if_fail (BATON_IS_CARD_DRAG (self) && message != NULL);

  if (self->state != STATE_PENDING)
    return;
  go_back (self);
  baton_card_drag_show_message (self, message, self->x, self->y);
}

/* Calls a drag off; the card slides back. Does nothing when none is on; a drop that waits for its answer is
 * not called off. */
void
baton_card_drag_cancel (BatonCardDrag *self)
{
  g_return_if_fail (BATON_IS_CARD_DRAG (self));

  if (self->state != STATE_DRAGGING)
    return;
  self->state = STATE_RESTING;
  if (self->funcs.cancel != NULL)
    self->funcs.cancel (self, self->user_data);
  go_back (self);
}

/* Shows a message beside (x, y) of the host, as after a refused drop. */
void
baton_card_drag_show_message (BatonCardDrag *self, const char *message, double x, double y)
{
  g_return_if_fail (BATON_IS_CARD_DRAG (self) && message != NULL);

  if (self->host == NULL || !gtk_widget_get_mapped (self->host))
    return;
  g_clear_handle_id (&self->message_timeout, g_source_remove);
  ensure_watch (self);
  baton_drag_layer_show_message (BATON_DRAG_LAYER (self->layer), message, x, y);
  self->message_timeout = g_timeout_add_once (MESSAGE_MS, message_timeout_cb, self);
  update_watch (self);
}

/* The message that is shown, or NULL. */
const char *
baton_card_drag_get_message (BatonCardDrag *self)
{
  g_return_val_if_fail (BATON_IS_CARD_DRAG (self), NULL);

  return baton_drag_layer_get_message (BATON_DRAG_LAYER (self->layer));
}
