/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "media-pane-private.h"

#include <glib/gi18n.h>

static void
back_cb (BatonMediaPane *self)
{
  baton_media_pane_step (self, -1);
}

static void
on_cb (BatonMediaPane *self)
{
  baton_media_pane_step (self, 1);
}

static void
volume_cb (GtkScaleButton *button, double volume, BatonMediaPane *self)
{
  if (self->stream != NULL)
    gtk_media_stream_set_volume (self->stream, volume);
}

static void
scrubbed_cb (BatonMediaPane *self)
{
  if (!self->following && self->stream != NULL)
    baton_media_pane_seek (self, gtk_range_get_value (GTK_RANGE (self->scrub)));
}

static void
mark_activated_cb (BatonTimeMarks *marks, const char *id, BatonMediaPane *self)
{
  g_signal_emit_by_name (self, "mark-activated", id);
}

static GtkWidget *
button (BatonMediaPane *self, const char *icon, const char *name, GCallback clicked)
{
  GtkWidget *made = gtk_button_new_from_icon_name (icon);

  gtk_widget_add_css_class (made, "flat");
  gtk_widget_set_tooltip_text (made, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (made), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_signal_connect_object (made, "clicked", clicked, self, G_CONNECT_SWAPPED);
  return made;
}

/* The scale, and above it what is marked. */
static GtkWidget *
create_line (BatonMediaPane *self)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->marks = BATON_TIME_MARKS (baton_time_marks_new (GTK_RANGE (self->scrub)));
  g_signal_connect (self->marks, "activated", G_CALLBACK (mark_activated_cb), self);
  gtk_widget_set_visible (GTK_WIDGET (self->marks), FALSE);
  gtk_box_append (GTK_BOX (line), GTK_WIDGET (self->marks));
  gtk_box_append (GTK_BOX (line), self->scrub);
  gtk_widget_set_hexpand (line, TRUE);
  return line;
}

static GtkWidget *
create_marking (BatonMediaPane *self)
{
  self->marking = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 2);
  gtk_box_append (
      GTK_BOX (self->marking), button (self, "baton-mark-moment-symbolic", _ ("Mark this moment (M)"),
                                   G_CALLBACK (baton_media_pane_mark_moment)));
  self->begin = button (self, "baton-mark-begin-symbolic", _ ("A stretch of time begins here (I)"),
      G_CALLBACK (baton_media_pane_mark_begin));
  gtk_box_append (GTK_BOX (self->marking), self->begin);
  self->end = button (self, "baton-mark-end-symbolic", _ ("A stretch of time ends here (O)"),
      G_CALLBACK (baton_media_pane_mark_end));
  gtk_box_append (GTK_BOX (self->marking), self->end);
  gtk_widget_set_visible (self->marking, FALSE);
  return self->marking;
}

static GtkWidget *
create_buttons (BatonMediaPane *self)
{
  GtkWidget *bar = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 2);

  self->play = button (
      self, "media-playback-start-symbolic", _ ("Play (Space)"), G_CALLBACK (baton_media_pane_toggle));
  gtk_box_append (GTK_BOX (bar), self->play);
  gtk_box_append (GTK_BOX (bar),
      button (self, "media-seek-backward-symbolic", _ ("One frame back (,)"), G_CALLBACK (back_cb)));
  gtk_box_append (GTK_BOX (bar),
      button (self, "media-seek-forward-symbolic", _ ("One frame on (.)"), G_CALLBACK (on_cb)));
  self->time = gtk_label_new (NULL);
  gtk_widget_add_css_class (self->time, "caption");
  gtk_widget_add_css_class (self->time, "numeric");
  gtk_widget_set_hexpand (self->time, TRUE);
  gtk_widget_set_halign (self->time, GTK_ALIGN_START);
  gtk_widget_set_margin_start (self->time, 6);
  gtk_box_append (GTK_BOX (bar), self->time);
  gtk_box_append (GTK_BOX (bar), create_marking (self));
  self->volume = gtk_volume_button_new ();
  gtk_scale_button_set_value (GTK_SCALE_BUTTON (self->volume), 1);
  g_signal_connect (self->volume, "value-changed", G_CALLBACK (volume_cb), self);
  gtk_box_append (GTK_BOX (bar), self->volume);
  return bar;
}

/* The line of time over the whole width, below it what is done. */
GtkWidget *
baton_media_pane_create_controls (BatonMediaPane *self)
{
  self->controls = g_object_ref_sink (gtk_box_new (GTK_ORIENTATION_VERTICAL, 0));
  gtk_widget_add_css_class (self->controls, "preview-bar");
  self->scrub = gtk_scale_new_with_range (GTK_ORIENTATION_HORIZONTAL, 0, 1, 0.04);
  gtk_accessible_update_property (
      GTK_ACCESSIBLE (self->scrub), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Position"), -1);
  g_signal_connect_swapped (self->scrub, "value-changed", G_CALLBACK (scrubbed_cb), self);
  gtk_box_append (GTK_BOX (self->controls), create_line (self));
  gtk_box_append (GTK_BOX (self->controls), create_buttons (self));
  return self->controls;
}
