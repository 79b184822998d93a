/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "thread-popover.h"

/* How long the pointer may be elsewhere, on its way from the pin to the words. */
#define LEAVING_MS 300

#define WIDTH 300
#define MOST_HEIGHT 360

struct _BatonThreadPopover
{
  GtkPopover parent_instance;

  BatonThreadView *view;
  gboolean held;
  gboolean on_pin, on_words; /* the pointer */
  guint leaving;
};

G_DEFINE_FINAL_TYPE (BatonThreadPopover, baton_thread_popover, GTK_TYPE_POPOVER)

void
baton_thread_popover_close (BatonThreadPopover *self)
{
  GtkWidget *pin = gtk_widget_get_parent (GTK_WIDGET (self));
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = GTK_IS_WINDOW (root) ? gtk_window_get_focus (GTK_WINDOW (root)) : NULL;

  if (focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self)))
    gtk_widget_grab_focus (pin);
  if (pin != NULL)
    gtk_widget_unparent (GTK_WIDGET (self));
}

static gboolean
has_focus (BatonThreadPopover *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = GTK_IS_WINDOW (root) ? gtk_window_get_focus (GTK_WINDOW (root)) : NULL;

  return focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self));
}

static gboolean
leave_cb (gpointer data)
{
  BatonThreadPopover *self = data;

  self->leaving = 0;
  if (!self->held && !self->on_pin && !self->on_words && !has_focus (self))
    baton_thread_popover_close (self);
  return G_SOURCE_REMOVE;
}

static void
pointer_moved (BatonThreadPopover *self)
{
  g_clear_handle_id (&self->leaving, g_source_remove);
  if (!self->on_pin && !self->on_words)
    self->leaving = g_timeout_add (LEAVING_MS, leave_cb, self);
}

void
baton_thread_popover_hover (BatonThreadPopover *self, gboolean over)
{
  self->on_pin = over;
  pointer_moved (self);
}

void
baton_thread_popover_hold (BatonThreadPopover *self)
{
  self->held = TRUE;
}

gboolean
baton_thread_popover_is_held (BatonThreadPopover *self)
{
  return self->held;
}

void
baton_thread_popover_release (BatonThreadPopover *self)
{
  self->held = FALSE;
  pointer_moved (self);
}

BatonThreadView *
baton_thread_popover_view (BatonThreadPopover *self)
{
  return self->view;
}

static void
entered_cb (GtkEventControllerMotion *controller, double x, double y, BatonThreadPopover *self)
{
  self->on_words = TRUE;
  pointer_moved (self);
}

static void
left_cb (GtkEventControllerMotion *controller, BatonThreadPopover *self)
{
  self->on_words = FALSE;
  pointer_moved (self);
}

/* What was said stays in sight; who says nothing is done. */
static void
finished_cb (BatonThreadView *view, gboolean said, BatonThreadPopover *self)
{
  if (said)
    gtk_widget_grab_focus (gtk_widget_get_parent (GTK_WIDGET (self)));
  else
    baton_thread_popover_close (self);
}

static gboolean
key_cb (
    GtkEventControllerKey *controller, guint key, guint code, GdkModifierType state, BatonThreadPopover *self)
{
  if (key != GDK_KEY_Escape)
    return GDK_EVENT_PROPAGATE;
  baton_thread_popover_close (self);
  return GDK_EVENT_STOP;
}

static void
baton_thread_popover_dispose (GObject *object)
{
  g_clear_handle_id (&BATON_THREAD_POPOVER (object)->leaving, g_source_remove);
  G_OBJECT_CLASS (baton_thread_popover_parent_class)->dispose (object);
}

static void
baton_thread_popover_class_init (BatonThreadPopoverClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = baton_thread_popover_dispose;
}

static void
baton_thread_popover_init (BatonThreadPopover *self)
{
  GtkEventController *motion = gtk_event_controller_motion_new (), *keys = gtk_event_controller_key_new ();

  /* The pin keeps the keyboard until somebody wants to answer. */
  gtk_popover_set_autohide (GTK_POPOVER (self), FALSE);
  gtk_widget_add_css_class (GTK_WIDGET (self), "thread-popover");
  g_signal_connect (motion, "enter", G_CALLBACK (entered_cb), self);
  g_signal_connect (motion, "leave", G_CALLBACK (left_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), motion);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}

static GtkSizeRequestMode
words_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

/* As wide as it must be, and as high as the words are then. Scrolled windows ask for the height of one long
 * line, and popovers of GTK 4.8 for that at a width which includes their shadow: both cut off the place for
 * an answer. */
static void
words_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
    int *minimum_baseline, int *natural_baseline)
{
  GtkWidget *scrolled = gtk_widget_get_first_child (widget);
  GtkWidget *viewport = gtk_scrolled_window_get_child (GTK_SCROLLED_WINDOW (scrolled));
  GtkWidget *view = gtk_viewport_get_child (GTK_VIEWPORT (viewport));
  int width, least;

  gtk_widget_measure (scrolled, GTK_ORIENTATION_HORIZONTAL, -1, &width, NULL, NULL, NULL);
  *minimum = *natural = width;
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    return;
  gtk_widget_measure (scrolled, orientation, width, &least, NULL, NULL, NULL);
  gtk_widget_measure (view, orientation, width, NULL, natural, NULL, NULL);
  *minimum = *natural = MAX (MIN (*natural, MOST_HEIGHT), least);
}

static void
words_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  gtk_widget_size_allocate (gtk_widget_get_first_child (widget), &(GtkAllocation){ 0, 0, width, height }, -1);
}

BatonThreadPopover *
baton_thread_popover_open (GtkWidget *pin, BatonReviewModel *model, const BatonThread *thread,
    const BatonRow *shown, BatonNotice *notice, gboolean held)
{
  BatonThreadPopover *self = g_object_new (BATON_TYPE_THREAD_POPOVER, NULL);
  GtkWidget *scrolled = gtk_scrolled_window_new (), *words = adw_bin_new ();

  self->held = held;
  self->on_pin = !held;
  self->view = BATON_THREAD_VIEW (baton_thread_view_new (model, thread->comment->id, notice, TRUE));
  baton_thread_view_update (self->view, thread, shown);
  g_signal_connect (self->view, "finished", G_CALLBACK (finished_cb), self);
  gtk_widget_set_size_request (GTK_WIDGET (self->view), WIDTH, -1);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), GTK_WIDGET (self->view));
  gtk_widget_set_layout_manager (words, gtk_custom_layout_new (words_mode, words_measure, words_allocate));
  adw_bin_set_child (ADW_BIN (words), scrolled);
  gtk_popover_set_child (GTK_POPOVER (self), words);
  gtk_accessible_update_property (
      GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, baton_thread_view_name (self->view), -1);
  gtk_widget_set_parent (GTK_WIDGET (self), pin);
  gtk_popover_popup (GTK_POPOVER (self));
  return self;
}
