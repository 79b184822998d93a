/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "minutes.h"

typedef struct
{
  GtkWidget *widget; /* borrowed: it owns us */
  BatonMinuteFunc func;
  gint64 seen; /* the minute that was last told */
  guint frame; /* tick callback, 0 for none */
} Listener;

static guint length = 60 * 1000; /* ms */
static GSList *seen_ones;        /* listeners whose widgets are mapped */
static guint source;

static void wait_for_minute (void);

static gint64
this_minute (void)
{
  return g_get_real_time () / 1000 / length;
}

static gboolean
frame_cb (GtkWidget *widget, GdkFrameClock *frames, gpointer data)
{
  Listener *self = data;

  self->frame = 0;
  self->seen = this_minute ();
  self->func (widget);
  return G_SOURCE_REMOVE;
}

/* What nobody sees has no frames: a window that is minimised hears of the minute when it comes back. */
static void
tell (Listener *self)
{
  if (self->seen != this_minute () && self->frame == 0)
    self->frame = gtk_widget_add_tick_callback (self->widget, frame_cb, self, NULL);
}

static gboolean
minute_cb (gpointer data)
{
  source = 0;
  for (GSList *l = seen_ones; l != NULL; l = l->next)
    tell (l->data);
  wait_for_minute ();
  return G_SOURCE_REMOVE;
}

static void
wait_for_minute (void)
{
  gint64 now = g_get_real_time () / 1000;

  source = g_timeout_add (length - (guint) (now % length), minute_cb, NULL);
}

static void
map_cb (GtkWidget *widget, Listener *self)
{
  seen_ones = g_slist_prepend (seen_ones, self);
  tell (self);
  if (source == 0)
    wait_for_minute ();
}

static void
unmap_cb (GtkWidget *widget, Listener *self)
{
  seen_ones = g_slist_remove (seen_ones, self);
  if (self->frame != 0)
    gtk_widget_remove_tick_callback (widget, self->frame);
  self->frame = 0;
  if (seen_ones == NULL)
    g_clear_handle_id (&source, g_source_remove);
}

void
baton_each_minute (GtkWidget *widget, BatonMinuteFunc func)
{
  Listener *self = g_new0 (Listener, 1);

  g_return_if_fail (GTK_IS_WIDGET (widget) && !gtk_widget_get_mapped (widget));
  self->widget = widget;
  self->func = func;
  self->seen = this_minute ();
  g_signal_connect (widget, "map", G_CALLBACK (map_cb), self);
  g_signal_connect (widget, "unmap", G_CALLBACK (unmap_cb), self);
  g_object_set_data_full (G_OBJECT (widget), "baton-each-minute", self, g_free);
}

void
baton_minutes_set_length (guint ms)
{
  g_return_if_fail (ms > 0 && seen_ones == NULL);
  length = ms;
}

gboolean
baton_minutes_run (void)
{
  return source != 0;
}
