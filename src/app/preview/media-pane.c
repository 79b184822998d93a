/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "media-pane-private.h"

#include "media-stream.h"
#include "media-words.h"
#include "size-words.h"

#include <glib/gi18n.h>
#include <math.h>

/* Frames are asked for no larger than most screens show. */
#define FRAME_WIDTH 1920
#define FRAME_HEIGHT 1200

enum
{
  LOADED,
  FAILED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BatonMediaPane, baton_media_pane, GTK_TYPE_WIDGET)

static void
update_time (BatonMediaPane *self)
{
  gint64 at = gtk_media_stream_get_timestamp (self->stream);
  gint64 length = gtk_media_stream_get_duration (self->stream);
  g_autofree char *now = baton_media_clock (at, FALSE);
  g_autofree char *all = baton_media_clock (length, FALSE);
  g_autofree char *words = baton_from_left (g_strdup_printf ("%s / %s", now, all));

  self->following = TRUE;
  gtk_label_set_text (GTK_LABEL (self->time), words);
  gtk_range_set_range (GTK_RANGE (self->scrub), 0, MAX ((double) length / G_USEC_PER_SEC, 0.04));
  gtk_range_set_value (GTK_RANGE (self->scrub), (double) at / G_USEC_PER_SEC);
  gtk_accessible_update_property (
      GTK_ACCESSIBLE (self->scrub), GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, words, -1);
  baton_time_marks_set_length (self->marks, (double) length / G_USEC_PER_SEC);
  baton_viewport_set_time (self->viewport, (double) at / G_USEC_PER_SEC);
  self->following = FALSE;
}

static void
update_play (BatonMediaPane *self)
{
  gboolean playing = gtk_media_stream_get_playing (self->stream);
  const char *name = playing ? _ ("Pause (Space)") : _ ("Play (Space)");

  gtk_button_set_icon_name (
      GTK_BUTTON (self->play), playing ? "media-playback-pause-symbolic" : "media-playback-start-symbolic");
  gtk_widget_set_tooltip_text (self->play, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->play), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

void
baton_media_pane_seek (BatonMediaPane *self, double seconds)
{
  gint64 length = gtk_media_stream_get_duration (self->stream);
  gint64 at = (gint64) round (seconds * G_USEC_PER_SEC);

  if (gtk_media_stream_is_seekable (self->stream))
    gtk_media_stream_seek (self->stream, CLAMP (at, 0, MAX (length, 0)));
}

static void
prepared_cb (BatonMediaPane *self)
{
  gboolean sees = gtk_media_stream_has_video (self->stream);
  gboolean hears = gtk_media_stream_has_audio (self->stream);

  if (!gtk_media_stream_is_prepared (self->stream) || self->told)
    return;
  self->told = TRUE;
  gtk_widget_set_visible (self->picture, sees);
  gtk_widget_set_visible (self->sound, !sees);
  gtk_widget_set_visible (self->volume, hears);
  update_time (self);
  if (self->wanted >= 0)
    baton_media_pane_seek (self, self->wanted);
  self->wanted = -1;
  g_signal_emit (self, signals[LOADED], 0);
}

static void
error_cb (BatonMediaPane *self)
{
  const GError *cause = gtk_media_stream_get_error (self->stream);

  if (cause == NULL)
    return;
  self->told = TRUE;
  g_signal_emit (self, signals[FAILED], 0, cause);
}

/* Somebody wants another moment: a comment that was clicked, a view that is locked to this one. */
static void
viewport_cb (BatonMediaPane *self)
{
  double wanted = baton_viewport_time (self->viewport);

  if (self->following || self->stream == NULL || !gtk_media_stream_is_prepared (self->stream))
    return;
  if (fabs (wanted - (double) gtk_media_stream_get_timestamp (self->stream) / G_USEC_PER_SEC) > 0.02)
    baton_media_pane_seek (self, wanted);
}

void
baton_media_pane_toggle (BatonMediaPane *self)
{
  g_return_if_fail (BATON_IS_MEDIA_PANE (self));
  if (self->stream == NULL)
    return;
  if (gtk_media_stream_get_ended (self->stream))
    gtk_media_stream_seek (self->stream, 0);
  gtk_media_stream_set_playing (self->stream, !gtk_media_stream_get_playing (self->stream));
}

void
baton_media_pane_step (BatonMediaPane *self, int frames)
{
  g_return_if_fail (BATON_IS_MEDIA_PANE (self));
  if (self->stream != NULL)
    baton_media_stream_step (BATON_MEDIA_STREAM (self->stream), frames);
}

double
baton_media_pane_now (BatonMediaPane *self)
{
  return (double) gtk_media_stream_get_timestamp (self->stream) / G_USEC_PER_SEC;
}

gboolean
baton_media_pane_key (BatonMediaPane *self, guint key, GdkModifierType state)
{
  g_return_val_if_fail (BATON_IS_MEDIA_PANE (self), FALSE);
  if ((state & (GDK_CONTROL_MASK | GDK_ALT_MASK)) != 0 || self->stream == NULL)
    return FALSE;
  switch (key)
    {
    case GDK_KEY_space:
      baton_media_pane_toggle (self);
      break;
    case GDK_KEY_comma:
      baton_media_pane_step (self, -1);
      break;
    case GDK_KEY_period:
      baton_media_pane_step (self, 1);
      break;
    case GDK_KEY_Left:
      baton_media_pane_seek (self, baton_media_pane_now (self) - 1);
      break;
    case GDK_KEY_Right:
      baton_media_pane_seek (self, baton_media_pane_now (self) + 1);
      break;
    case GDK_KEY_M:
      gtk_media_stream_set_muted (self->stream, !gtk_media_stream_get_muted (self->stream));
      break;
    default:
      return gtk_widget_get_visible (self->marking) && baton_media_pane_mark_key (self, key);
    }
  return TRUE;
}

static gboolean
key_cb (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType state, BatonMediaPane *self)
{
  return baton_media_pane_key (self, key, state);
}

void
baton_media_pane_focus (BatonMediaPane *self)
{
  g_return_if_fail (BATON_IS_MEDIA_PANE (self));
  gtk_widget_grab_focus (gtk_widget_get_visible (self->picture) ? self->picture : self->play);
}

GtkWidget *
baton_media_pane_take_controls (BatonMediaPane *self)
{
  GtkWidget *controls;

  g_return_val_if_fail (BATON_IS_MEDIA_PANE (self), NULL);
  controls = g_object_ref (self->controls);
  gtk_box_remove (GTK_BOX (self->box), controls);
  return controls;
}

static void
clear_stream (BatonMediaPane *self)
{
  if (self->stream == NULL)
    return;
  g_signal_handlers_disconnect_by_data (self->stream, self);
  gtk_media_stream_pause (self->stream);
  gtk_picture_set_paintable (GTK_PICTURE (self->picture), NULL);
  g_clear_object (&self->stream);
}

static void
baton_media_pane_dispose (GObject *object)
{
  BatonMediaPane *self = BATON_MEDIA_PANE (object);

  if (self->box != NULL)
    clear_stream (self);
  if (self->viewport != NULL)
    g_signal_handlers_disconnect_by_data (self->viewport, self);
  if (self->controls != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->scrub, self);
      g_signal_handlers_disconnect_by_data (self->volume, self);
      g_signal_handlers_disconnect_by_data (self->marks, self);
    }
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->controls);
  g_clear_object (&self->viewport);
  G_OBJECT_CLASS (baton_media_pane_parent_class)->dispose (object);
}

static void
unmap_cb (GtkWidget *widget)
{
  BatonMediaPane *self = BATON_MEDIA_PANE (widget);

  /* Nothing plays where nobody sees it. */
  if (self->stream != NULL)
    gtk_media_stream_pause (self->stream);
  GTK_WIDGET_CLASS (baton_media_pane_parent_class)->unmap (widget);
}

static void
baton_media_pane_class_init (BatonMediaPaneClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = baton_media_pane_dispose;
  widget_class->unmap = unmap_cb;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  signals[LOADED] = g_signal_new (
      "loaded", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[FAILED] = g_signal_new ("failed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
      G_TYPE_NONE, 1, G_TYPE_ERROR);
  g_signal_new ("marked", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2,
      G_TYPE_DOUBLE, G_TYPE_DOUBLE);
  g_signal_new ("mark-activated", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
      G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
baton_media_pane_init (BatonMediaPane *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->range_from = self->range_to = self->draft_from = self->draft_to = self->wanted = -1;
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  self->picture = gtk_picture_new ();
  gtk_widget_set_vexpand (self->picture, TRUE);
  gtk_widget_set_focusable (self->picture, TRUE);
  gtk_box_append (GTK_BOX (self->box), self->picture);
  self->sound = gtk_image_new_from_icon_name ("audio-x-generic-symbolic");
  gtk_image_set_pixel_size (GTK_IMAGE (self->sound), 96);
  gtk_widget_set_vexpand (self->sound, TRUE);
  gtk_widget_set_visible (self->sound, FALSE);
  gtk_box_append (GTK_BOX (self->box), self->sound);
  gtk_box_append (GTK_BOX (self->box), baton_media_pane_create_controls (self));
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}

GtkWidget *
baton_media_pane_new (BatonViewport *viewport)
{
  BatonMediaPane *self = g_object_new (BATON_TYPE_MEDIA_PANE, NULL);

  self->viewport = g_object_ref (viewport);
  g_signal_connect_swapped (viewport, "changed", G_CALLBACK (viewport_cb), self);
  return GTK_WIDGET (self);
}

void
baton_media_pane_show (BatonMediaPane *self, const char *path)
{
  int scale;

  g_return_if_fail (BATON_IS_MEDIA_PANE (self));
  clear_stream (self);
  self->told = FALSE;
  self->wanted = -1;
  self->range_from = self->range_to = -1;
  baton_media_pane_show_draft (self);
  if (path == NULL)
    return;
  scale = gtk_widget_get_scale_factor (GTK_WIDGET (self));
  self->stream = baton_media_stream_new (path, FRAME_WIDTH * scale, FRAME_HEIGHT * scale);
  g_signal_connect_swapped (self->stream, "notify::prepared", G_CALLBACK (prepared_cb), self);
  g_signal_connect_swapped (self->stream, "notify::error", G_CALLBACK (error_cb), self);
  g_signal_connect_swapped (self->stream, "notify::timestamp", G_CALLBACK (update_time), self);
  g_signal_connect_swapped (self->stream, "notify::duration", G_CALLBACK (update_time), self);
  g_signal_connect_swapped (self->stream, "notify::playing", G_CALLBACK (update_play), self);
  gtk_picture_set_paintable (GTK_PICTURE (self->picture), GDK_PAINTABLE (self->stream));
  update_play (self);
  prepared_cb (self);
  error_cb (self);
}

GtkMediaStream *
baton_media_pane_stream (BatonMediaPane *self)
{
  g_return_val_if_fail (BATON_IS_MEDIA_PANE (self), NULL);
  return self->stream;
}

char *
baton_media_pane_facts (BatonMediaPane *self)
{
  GString *facts;
  g_autofree char *length = NULL;
  int width, height;

  g_return_val_if_fail (BATON_IS_MEDIA_PANE (self), NULL);
  if (self->stream == NULL || !gtk_media_stream_is_prepared (self->stream))
    return NULL;
  length = baton_media_clock (gtk_media_stream_get_duration (self->stream), FALSE);
  facts = g_string_new (length);
  width = gdk_paintable_get_intrinsic_width (GDK_PAINTABLE (self->stream));
  height = gdk_paintable_get_intrinsic_height (GDK_PAINTABLE (self->stream));
  if (width > 0 && height > 0)
    {
      g_autofree char *size = baton_size_words (width, height);

      g_string_append_printf (facts, " · %s", size);
    }
  if (gtk_media_stream_has_video (self->stream) && !gtk_media_stream_has_audio (self->stream))
    g_string_append_printf (facts, " · %s", _ ("no sound"));
  return g_string_free (facts, FALSE);
}
