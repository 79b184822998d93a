/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "compare-media.h"

#include "compare-side.h"
#include "media-stream.h"

#include <math.h>

#define APART 0.15 /* seconds that two may drift apart while they play */
#define REST_MS 60 /* while somebody scrubs */

typedef struct
{
  GtkWidget *frame; /* overlay */
  BatonMediaPane *pane;
  GtkLabel *label;
  GtkLabel *problem;
  BatonViewport *viewport;
  char *path;
  BatonPicture *picture; /* of the frame that is seen; made when somebody asks */
} Side;

struct _BatonCompareMedia
{
  GtkBox parent_instance;

  Side newer, older;
  GtkWidget *controls; /* owned */
  guint follow;        /* timer: the older one goes where the newer one is */
};

enum
{
  FRAMES_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BatonCompareMedia, baton_compare_media, GTK_TYPE_BOX)

static GtkMediaStream *
ready_stream (const Side *side)
{
  GtkMediaStream *stream = side->path != NULL ? baton_media_pane_stream (side->pane) : NULL;

  return stream != NULL && gtk_media_stream_is_prepared (stream) &&
                 gtk_media_stream_get_error (stream) == NULL
             ? stream
             : NULL;
}

static gboolean
follow_cb (gpointer data)
{
  BatonCompareMedia *self = data;
  GtkMediaStream *newer = ready_stream (&self->newer), *older = ready_stream (&self->older);
  double apart;
  gint64 at;

  self->follow = 0;
  if (newer == NULL || older == NULL)
    return G_SOURCE_REMOVE;
  at = gtk_media_stream_get_timestamp (newer);
  apart = fabs ((double) (at - gtk_media_stream_get_timestamp (older)) / G_USEC_PER_SEC);
  /* A shorter one stays at its end. */
  if (at > gtk_media_stream_get_duration (older) && gtk_media_stream_get_ended (older))
    return G_SOURCE_REMOVE;
  if (apart > (gtk_media_stream_get_playing (newer) ? APART : 0.0005))
    gtk_media_stream_seek (older, at);
  if (gtk_media_stream_get_playing (newer) != gtk_media_stream_get_playing (older))
    gtk_media_stream_set_playing (older, gtk_media_stream_get_playing (newer));
  return G_SOURCE_REMOVE;
}

static void
follow (BatonCompareMedia *self)
{
  if (self->follow == 0 && self->older.path != NULL)
    self->follow = g_timeout_add (REST_MS, follow_cb, self);
}

static void
playing_cb (BatonCompareMedia *self)
{
  GtkMediaStream *newer = ready_stream (&self->newer), *older = ready_stream (&self->older);

  if (newer != NULL && older != NULL)
    gtk_media_stream_set_playing (older, gtk_media_stream_get_playing (newer));
  follow (self);
  g_signal_emit (self, signals[FRAMES_CHANGED], 0);
}

/* While it plays nobody asks for the frames. */
static void
frame_cb (BatonMediaStream *stream, BatonCompareMedia *self)
{
  Side *side = GTK_MEDIA_STREAM (stream) == ready_stream (&self->newer) ? &self->newer : &self->older;

  g_clear_object (&side->picture);
  if (!gtk_media_stream_get_playing (GTK_MEDIA_STREAM (stream)))
    g_signal_emit (self, signals[FRAMES_CHANGED], 0);
}

static void
loaded_cb (BatonMediaPane *pane, BatonCompareMedia *self)
{
  GtkMediaStream *stream = baton_media_pane_stream (pane);

  if (pane == self->newer.pane)
    g_signal_connect_object (stream, "notify::playing", G_CALLBACK (playing_cb), self, G_CONNECT_SWAPPED);
  else
    gtk_media_stream_set_muted (stream, TRUE);
  g_signal_connect_object (stream, "frame", G_CALLBACK (frame_cb), self, 0);
  follow (self);
  g_signal_emit (self, signals[FRAMES_CHANGED], 0);
}

static void
failed_cb (BatonMediaPane *pane, const GError *error, BatonCompareMedia *self)
{
  Side *side = pane == self->newer.pane ? &self->newer : &self->older;

  gtk_label_set_label (side->problem, error->message);
  gtk_widget_set_visible (GTK_WIDGET (side->problem), TRUE);
}

static void
set_side (Side *side, const char *path, const char *label)
{
  gtk_label_set_label (side->label, label != NULL ? label : "");
  gtk_widget_set_visible (GTK_WIDGET (side->label), label != NULL && *label != '\0');
  gtk_accessible_update_property (
      GTK_ACCESSIBLE (side->pane), GTK_ACCESSIBLE_PROPERTY_LABEL, label != NULL ? label : "", -1);
  if (g_strcmp0 (side->path, path) == 0)
    return;
  g_free (side->path);
  side->path = g_strdup (path);
  g_clear_object (&side->picture);
  gtk_widget_set_visible (GTK_WIDGET (side->problem), FALSE);
  gtk_widget_set_visible (side->frame, path != NULL);
  baton_viewport_set_time (side->viewport, 0);
  baton_media_pane_show (side->pane, path);
}

void
baton_compare_media_set (BatonCompareMedia *self, const char *newer, const char *newer_label,
    const char *older, const char *older_label)
{
  g_return_if_fail (BATON_IS_COMPARE_MEDIA (self));
  set_side (&self->newer, newer, newer_label);
  set_side (&self->older, newer != NULL ? older : NULL, older_label);
}

gboolean
baton_compare_media_is_shown (BatonCompareMedia *self)
{
  g_return_val_if_fail (BATON_IS_COMPARE_MEDIA (self), FALSE);
  return self->newer.path != NULL;
}

static gboolean
sees (const Side *side)
{
  GtkMediaStream *stream = ready_stream (side);

  return stream != NULL && gtk_media_stream_has_video (stream);
}

gboolean
baton_compare_media_sees (BatonCompareMedia *self)
{
  g_return_val_if_fail (BATON_IS_COMPARE_MEDIA (self), FALSE);
  return sees (&self->newer) && sees (&self->older);
}

/* A frame may be smaller than the video: what is drawn upon it counts in the video's own pixels. */
static BatonPicture *
picture_of (BatonMediaStream *stream)
{
  GdkTexture *texture = baton_media_stream_texture (stream);
  int width = gdk_texture_get_width (texture), height = gdk_texture_get_height (texture);
  gsize stride = (gsize) width * 4, size = stride * (gsize) height;
  guchar *pixels = g_malloc (size);
  g_autoptr (GBytes) bytes = g_bytes_new_take (pixels, size);

  gdk_texture_download (texture, pixels, stride);
  return baton_picture_new (bytes, width, height,
      MAX (gdk_paintable_get_intrinsic_width (GDK_PAINTABLE (stream)), width),
      MAX (gdk_paintable_get_intrinsic_height (GDK_PAINTABLE (stream)), height), TRUE);
}

BatonPicture *
baton_compare_media_frame (BatonCompareMedia *self, gboolean older)
{
  Side *side = older ? &self->older : &self->newer;
  GtkMediaStream *newer, *stream;

  g_return_val_if_fail (BATON_IS_COMPARE_MEDIA (self), NULL);
  newer = ready_stream (&self->newer);
  stream = ready_stream (side);
  if (stream == NULL || newer == NULL || gtk_media_stream_get_playing (newer) ||
      baton_media_stream_texture (BATON_MEDIA_STREAM (stream)) == NULL)
    return NULL;
  if (side->picture == NULL)
    side->picture = picture_of (BATON_MEDIA_STREAM (stream));
  return side->picture;
}

gboolean
baton_compare_media_is_at (BatonCompareMedia *self, gboolean older, double moment)
{
  GtkMediaStream *stream;
  double frame, at;

  g_return_val_if_fail (BATON_IS_COMPARE_MEDIA (self), FALSE);
  stream = ready_stream (older ? &self->older : &self->newer);
  if (stream == NULL)
    return FALSE;
  frame = (double) baton_media_stream_frame_length (BATON_MEDIA_STREAM (stream)) / G_USEC_PER_SEC;
  at = (double) gtk_media_stream_get_timestamp (stream) / G_USEC_PER_SEC;
  return fabs (at - moment) < MAX (frame, 0.001) * 0.75;
}

GtkWidget *
baton_compare_media_controls (BatonCompareMedia *self)
{
  g_return_val_if_fail (BATON_IS_COMPARE_MEDIA (self), NULL);
  return g_object_ref (self->controls);
}

BatonMediaPane *
baton_compare_media_pane (BatonCompareMedia *self, gboolean older)
{
  g_return_val_if_fail (BATON_IS_COMPARE_MEDIA (self), NULL);
  return older ? self->older.pane : self->newer.pane;
}

static void
baton_compare_media_dispose (GObject *object)
{
  BatonCompareMedia *self = BATON_COMPARE_MEDIA (object);

  g_clear_handle_id (&self->follow, g_source_remove);
  g_clear_pointer (&self->newer.path, g_free);
  g_clear_pointer (&self->older.path, g_free);
  g_clear_object (&self->newer.viewport);
  g_clear_object (&self->older.viewport);
  g_clear_object (&self->newer.picture);
  g_clear_object (&self->older.picture);
  g_clear_object (&self->controls);
  G_OBJECT_CLASS (baton_compare_media_parent_class)->dispose (object);
}

static void
baton_compare_media_class_init (BatonCompareMediaClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = baton_compare_media_dispose;
  signals[FRAMES_CHANGED] = g_signal_new (
      "frames-changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static GtkWidget *
create_side (BatonCompareMedia *self, Side *side)
{
  side->viewport = baton_viewport_new ();
  side->frame = gtk_overlay_new ();
  side->pane = BATON_MEDIA_PANE (baton_media_pane_new (side->viewport));
  gtk_overlay_set_child (GTK_OVERLAY (side->frame), GTK_WIDGET (side->pane));
  gtk_widget_set_hexpand (side->frame, TRUE);
  gtk_widget_set_vexpand (side->frame, TRUE);
  gtk_widget_add_css_class (side->frame, "preview-ground");
  gtk_widget_set_visible (side->frame, FALSE);

  side->label = baton_compare_add_label (GTK_OVERLAY (side->frame));
  side->problem = baton_compare_add_problem (GTK_OVERLAY (side->frame));

  g_signal_connect_object (side->pane, "loaded", G_CALLBACK (loaded_cb), self, 0);
  g_signal_connect_object (side->pane, "failed", G_CALLBACK (failed_cb), self, 0);
  return side->frame;
}

static void
baton_compare_media_init (BatonCompareMedia *self)
{
  GtkWidget *pair = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 4);
  g_autoptr (GtkWidget) unused = NULL;

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_widget_add_css_class (GTK_WIDGET (self), "preview-ground");
  gtk_box_set_homogeneous (GTK_BOX (pair), TRUE);
  /* The newer version is left whichever way the language is written. */
  gtk_widget_set_direction (pair, GTK_TEXT_DIR_LTR);
  gtk_box_append (GTK_BOX (pair), create_side (self, &self->newer));
  gtk_box_append (GTK_BOX (pair), create_side (self, &self->older));
  gtk_box_append (GTK_BOX (self), pair);
  /* Those of the newer one are for both. */
  self->controls = baton_media_pane_take_controls (self->newer.pane);
  unused = baton_media_pane_take_controls (self->older.pane);
  g_signal_connect_object (self->newer.viewport, "changed", G_CALLBACK (follow), self, G_CONNECT_SWAPPED);
}

GtkWidget *
baton_compare_media_new (void)
{
  return g_object_new (BATON_TYPE_COMPARE_MEDIA, NULL);
}
