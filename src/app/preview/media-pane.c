/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "media-pane.h"

#include "media-stream.h"
#include "media-words.h"

#include <glib/gi18n.h>
#include <math.h>

/* Frames are asked for no larger than most screens show. */
#define FRAME_WIDTH 1920
#define FRAME_HEIGHT 1200

struct _BatonMediaPane
{
  GtkWidget parent_instance;

  BatonViewport *viewport;
  GtkMediaStream *stream;
  GtkWidget *box;
  GtkWidget *picture;
  GtkWidget *sound; /* instead of a picture */
  GtkWidget *play;
  GtkWidget *scrub;
  GtkWidget *time;
  GtkWidget *volume;
  GtkWidget *controls; /* owned: they may stand elsewhere, or nowhere */
  BatonTimeMarks *marks;
  GtkWidget *marking; /* buttons */
  GtkWidget *begin, *end;
  double range_from, range_to; /* of a stretch of time whose other end is not set yet; -1: not set */
  double draft_from, draft_to;
  double wanted;      /* the moment to begin at; -1: the beginning */
  gboolean following; /* a change of the stream is being shown: do not seek */
  gboolean told;
};

enum
{
  LOADED,
  FAILED,
  MARKED,
  MARK_ACTIVATED,
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
  g_autofree char *words = g_strdup_printf ("%s / %s", now, all);

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

static void
seek (BatonMediaPane *self, double seconds)
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
    seek (self, self->wanted);
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

static void
scrubbed_cb (BatonMediaPane *self)
{
  if (!self->following && self->stream != NULL)
    seek (self, gtk_range_get_value (GTK_RANGE (self->scrub)));
}

/* Somebody wants another moment: a comment that was clicked, a view that is locked to this one. */
static void
viewport_cb (BatonMediaPane *self)
{
  double wanted = baton_viewport_time (self->viewport);

  if (self->following || self->stream == NULL || !gtk_media_stream_is_prepared (self->stream))
    return;
  if (fabs (wanted - (double) gtk_media_stream_get_timestamp (self->stream) / G_USEC_PER_SEC) > 0.02)
    seek (self, wanted);
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

/* Marking */

static double
now_of (BatonMediaPane *self)
{
  return (double) gtk_media_stream_get_timestamp (self->stream) / G_USEC_PER_SEC;
}

static gboolean
can_mark (BatonMediaPane *self)
{
  return gtk_widget_get_visible (self->marking) && self->stream != NULL &&
         gtk_media_stream_is_prepared (self->stream);
}

/* What waits is seen: the stretch that has one end, else the mark that waits for its words. */
static void
show_draft (BatonMediaPane *self)
{
  gboolean half = self->range_from >= 0 || self->range_to >= 0;

  if (half)
    baton_time_marks_set_draft (self->marks, self->range_from >= 0 ? self->range_from : self->range_to, -1);
  else
    baton_time_marks_set_draft (self->marks, self->draft_from, self->draft_to);
  if (self->range_from >= 0)
    gtk_widget_add_css_class (self->begin, "suggested-action");
  else
    gtk_widget_remove_css_class (self->begin, "suggested-action");
  if (self->range_to >= 0)
    gtk_widget_add_css_class (self->end, "suggested-action");
  else
    gtk_widget_remove_css_class (self->end, "suggested-action");
}

static void
mark (BatonMediaPane *self, double from, double to)
{
  self->range_from = self->range_to = -1;
  show_draft (self);
  gtk_media_stream_pause (self->stream);
  g_signal_emit (self, signals[MARKED], 0, from, to);
}

static void
mark_moment_cb (BatonMediaPane *self)
{
  if (can_mark (self))
    mark (self, now_of (self), now_of (self));
}

/* In either order; the second end makes the mark. The same end twice moves it, the same moment twice takes it
 * away. */
static void
set_end (BatonMediaPane *self, double *end, double other)
{
  double now = now_of (self);

  if (other >= 0 && other != now)
    {
      mark (self, MIN (now, other), MAX (now, other));
      return;
    }
  *end = *end == now ? -1 : now;
  show_draft (self);
}

static void
mark_begin_cb (BatonMediaPane *self)
{
  if (can_mark (self))
    set_end (self, &self->range_from, self->range_to);
}

static void
mark_end_cb (BatonMediaPane *self)
{
  if (can_mark (self))
    set_end (self, &self->range_to, self->range_from);
}

static void
mark_activated_cb (BatonTimeMarks *marks, const char *id, BatonMediaPane *self)
{
  g_signal_emit (self, signals[MARK_ACTIVATED], 0, id);
}

static void
go_to_mark (BatonMediaPane *self, gboolean forward)
{
  const BatonTimeMark *found = baton_time_marks_beside (self->marks, now_of (self), forward);
  g_autofree char *id = found != NULL ? g_strdup (found->id) : NULL;

  if (id == NULL)
    return;
  baton_media_pane_reveal (self, id);
  g_signal_emit (self, signals[MARK_ACTIVATED], 0, id);
}

static gboolean
mark_key (BatonMediaPane *self, guint key)
{
  switch (key)
    {
    case GDK_KEY_m:
      mark_moment_cb (self);
      break;
    case GDK_KEY_i:
    case GDK_KEY_I:
      mark_begin_cb (self);
      break;
    case GDK_KEY_o:
    case GDK_KEY_O:
      mark_end_cb (self);
      break;
    case GDK_KEY_bracketleft:
    case GDK_KEY_bracketright:
      go_to_mark (self, key == GDK_KEY_bracketright);
      break;
    default:
      return FALSE;
    }
  return TRUE;
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
      seek (self, now_of (self) - 1);
      break;
    case GDK_KEY_Right:
      seek (self, now_of (self) + 1);
      break;
    case GDK_KEY_M:
      gtk_media_stream_set_muted (self->stream, !gtk_media_stream_get_muted (self->stream));
      break;
    default:
      return gtk_widget_get_visible (self->marking) && mark_key (self, key);
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

void
baton_media_pane_set_marking (BatonMediaPane *self, gboolean marking)
{
  g_return_if_fail (BATON_IS_MEDIA_PANE (self));
  if (gtk_widget_get_visible (self->marking) == marking)
    return;
  gtk_widget_set_visible (self->marking, marking);
  self->range_from = self->range_to = -1;
  show_draft (self);
}

void
baton_media_pane_set_marks (BatonMediaPane *self, GPtrArray *marks)
{
  g_return_if_fail (BATON_IS_MEDIA_PANE (self));
  gtk_widget_set_visible (GTK_WIDGET (self->marks), marks->len > 0 || gtk_widget_get_visible (self->marking));
  baton_time_marks_set (self->marks, marks);
}

void
baton_media_pane_set_draft (BatonMediaPane *self, double from, double to)
{
  g_return_if_fail (BATON_IS_MEDIA_PANE (self));
  self->draft_from = from;
  self->draft_to = to;
  show_draft (self);
}

gboolean
baton_media_pane_reveal (BatonMediaPane *self, const char *id)
{
  const BatonTimeMark *found;

  g_return_val_if_fail (BATON_IS_MEDIA_PANE (self), FALSE);
  found = baton_time_marks_find (self->marks, id);
  baton_time_marks_select (self->marks, found != NULL ? id : NULL);
  if (found == NULL || self->stream == NULL)
    return found != NULL;
  if (!gtk_media_stream_is_prepared (self->stream))
    {
      self->wanted = found->from;
      return TRUE;
    }
  gtk_media_stream_pause (self->stream);
  seek (self, found->from);
  return TRUE;
}

BatonTimeMarks *
baton_media_pane_marks (BatonMediaPane *self)
{
  g_return_val_if_fail (BATON_IS_MEDIA_PANE (self), NULL);
  return self->marks;
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
  gtk_box_append (GTK_BOX (self->marking),
      button (self, "baton-mark-moment-symbolic", _ ("Mark this moment (M)"), G_CALLBACK (mark_moment_cb)));
  self->begin = button (
      self, "baton-mark-begin-symbolic", _ ("A stretch of time begins here (I)"), G_CALLBACK (mark_begin_cb));
  gtk_box_append (GTK_BOX (self->marking), self->begin);
  self->end = button (
      self, "baton-mark-end-symbolic", _ ("A stretch of time ends here (O)"), G_CALLBACK (mark_end_cb));
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
static GtkWidget *
create_controls (BatonMediaPane *self)
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
  signals[MARKED] = g_signal_new ("marked", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
      G_TYPE_NONE, 2, G_TYPE_DOUBLE, G_TYPE_DOUBLE);
  signals[MARK_ACTIVATED] = g_signal_new ("mark-activated", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
      NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
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
  gtk_box_append (GTK_BOX (self->box), create_controls (self));
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
  show_draft (self);
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
    g_string_append_printf (facts, " · %d × %d", width, height);
  if (gtk_media_stream_has_video (self->stream) && !gtk_media_stream_has_audio (self->stream))
    g_string_append_printf (facts, " · %s", _ ("no sound"));
  return g_string_free (facts, FALSE);
}
