/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "toasts.h"

/* Longer than a toast takes to slide in. */
#define ARRIVES_AFTER (400 * G_TIME_SPAN_MILLISECOND)

#define TOASTS_KEY "baton-toasts"

/* Belongs to its overlay. */
typedef struct
{
  AdwToastOverlay *overlay;
  GQueue waiting;    /* AdwToast */
  AdwToast *current; /* the one that is shown, or NULL */
  guint tick;        /* looks whether it has arrived; 0: it has */
  gint64 since;      /* the first frame that showed it, or 0 */
  gboolean unwanted; /* to be dismissed when it has arrived */
} Toasts;

static void show (Toasts *self, AdwToast *toast);

static void
forget_current (Toasts *self)
{
  if (self->tick != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self->overlay), self->tick);
  self->tick = 0;
  if (self->current == NULL)
    return;
  g_signal_handlers_disconnect_by_data (self->current, self);
  g_object_set_data (G_OBJECT (self->current), TOASTS_KEY, NULL);
  g_clear_object (&self->current);
}

static void
toasts_free (gpointer data)
{
  Toasts *self = data;

  self->tick = 0; /* it went with the overlay */
  forget_current (self);
  g_queue_clear_full (&self->waiting, g_object_unref);
  g_free (self);
}

static Toasts *
toasts_of (AdwToastOverlay *overlay)
{
  Toasts *self = g_object_get_data (G_OBJECT (overlay), TOASTS_KEY);

  if (self == NULL)
    {
      self = g_new0 (Toasts, 1);
      self->overlay = overlay;
      g_queue_init (&self->waiting);
      g_object_set_data_full (G_OBJECT (overlay), TOASTS_KEY, self, toasts_free);
    }
  return self;
}

/* However it went: by its time, by its button, by its cross or by us. */
static void
dismissed_cb (AdwToast *toast, Toasts *self)
{
  AdwToast *next;

  forget_current (self);
  /* An overlay that goes dismisses its toast, too. */
  next = gtk_widget_get_root (GTK_WIDGET (self->overlay)) != NULL ? g_queue_pop_head (&self->waiting) : NULL;
  if (next != NULL)
    show (self, next);
}

/* Its cross and its button would dismiss it as well. */
static void
let_press (Toasts *self, gboolean pressed)
{
  GtkWidget *child = gtk_widget_get_last_child (GTK_WIDGET (self->overlay));

  if (child != NULL && child != adw_toast_overlay_get_child (self->overlay))
    gtk_widget_set_can_target (child, pressed);
}

static gboolean
arrived_cb (GtkWidget *overlay, GdkFrameClock *clock, gpointer data)
{
  Toasts *self = data;
  gint64 now = gdk_frame_clock_get_frame_time (clock);

  if (self->since == 0)
    self->since = now;
  if (now - self->since < ARRIVES_AFTER)
    return G_SOURCE_CONTINUE;
  self->tick = 0;
  let_press (self, TRUE);
  if (self->unwanted)
    adw_toast_dismiss (self->current);
  return G_SOURCE_REMOVE;
}

static void
show (Toasts *self, AdwToast *toast)
{
  GtkWidget *overlay = GTK_WIDGET (self->overlay);

  self->current = g_object_ref (toast);
  self->since = 0;
  self->unwanted = FALSE;
  g_object_set_data (G_OBJECT (toast), TOASTS_KEY, self);
  adw_toast_overlay_add_toast (self->overlay, toast);
  /* Behind the overlay's own handler, which makes room for the next one. */
  g_signal_connect (toast, "dismissed", G_CALLBACK (dismissed_cb), self);
  if (!gtk_widget_get_mapped (overlay) || !adw_get_enable_animations (overlay))
    return;
  let_press (self, FALSE);
  self->tick = gtk_widget_add_tick_callback (overlay, arrived_cb, self, NULL);
}

void
baton_toasts_add (AdwToastOverlay *overlay, AdwToast *toast)
{
  Toasts *self;

  g_return_if_fail (ADW_IS_TOAST_OVERLAY (overlay) && ADW_IS_TOAST (toast));

  self = toasts_of (overlay);
  if (self->current == NULL)
    {
      show (self, toast);
      return;
    }
  g_object_set_data (G_OBJECT (toast), TOASTS_KEY, self);
  if (adw_toast_get_priority (toast) == ADW_TOAST_PRIORITY_HIGH)
    {
      g_queue_push_head (&self->waiting, toast);
      baton_toasts_dismiss (self->current);
    }
  else
    g_queue_push_tail (&self->waiting, toast);
}

void
baton_toasts_dismiss (AdwToast *toast)
{
  Toasts *self;

  g_return_if_fail (ADW_IS_TOAST (toast));

  self = g_object_get_data (G_OBJECT (toast), TOASTS_KEY);
  if (self == NULL)
    return;
  if (toast != self->current)
    {
      g_queue_remove (&self->waiting, toast);
      g_object_set_data (G_OBJECT (toast), TOASTS_KEY, NULL);
      g_signal_emit_by_name (toast, "dismissed");
      g_object_unref (toast);
    }
  else if (self->tick == 0 || !gtk_widget_get_mapped (GTK_WIDGET (self->overlay)))
    adw_toast_dismiss (toast);
  else
    self->unwanted = TRUE;
}
