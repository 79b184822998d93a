/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "picture-pane.h"

#include "page-strip.h"

#include <math.h>

#define DETAIL_WAIT_MS 120 /* after the last movement, before more pixels are asked for */

struct _BatonPicturePane
{
  GtkWidget parent_instance;

  GtkWidget *view;
  GtkWidget *strip;
  BatonViewport *viewport;
  char *path;
  char *key;
  int page;
  int frame;
  BatonDecoded *decoded;
  gboolean whole; /* no more pixels can be had */
  gboolean playing;

  GCancellable *loading; /* the first look */
  GCancellable *detailing;
  GCancellable *ahead; /* the next frame */
  guint detail_wait;
  guint frame_wait;
};

enum
{
  LOADED,
  FAILED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BatonPicturePane, baton_picture_pane, GTK_TYPE_WIDGET)

/* Boxes that are asked for, so that the same file in views of about the same size is decoded once. */
static const int boxes[] = { 640, 1280, 2560, 5120, 10240 };

static int
box_for (double pixels)
{
  for (guint i = 0; i < G_N_ELEMENTS (boxes); i++)
    {
      if (boxes[i] >= pixels)
        return boxes[i];
    }
  return 0;
}

static BatonDecodeAsk
ask_for (BatonPicturePane *self, int box)
{
  return (BatonDecodeAsk){ .path = self->path,
    .key = self->key,
    .page = self->page,
    .frame = self->frame,
    .width = box,
    .height = box };
}

static void
stop (GCancellable **cancellable)
{
  if (*cancellable != NULL)
    g_cancellable_cancel (*cancellable);
  g_clear_object (cancellable);
}

static void
forget (BatonPicturePane *self)
{
  stop (&self->loading);
  stop (&self->detailing);
  stop (&self->ahead);
  g_clear_handle_id (&self->detail_wait, g_source_remove);
  g_clear_handle_id (&self->frame_wait, g_source_remove);
  self->whole = FALSE;
}

/* The strip of pages has nothing to say about one page. */
static void
update_strip (BatonPicturePane *self)
{
  gtk_widget_set_visible (self->strip, self->decoded != NULL && self->decoded->pages > 1);
  if (self->decoded != NULL && self->decoded->pages > 1)
    baton_page_strip_show (BATON_PAGE_STRIP (self->strip), self->path, self->key, self->decoded->pages);
}

static void wait_for_frame (BatonPicturePane *self);

static void
take (BatonPicturePane *self, BatonDecoded *decoded)
{
  gboolean other = self->decoded == NULL || self->decoded->pages != decoded->pages;

  g_clear_pointer (&self->decoded, baton_decoded_unref);
  self->decoded = baton_decoded_ref (decoded);
  baton_image_view_set_picture (
      BATON_IMAGE_VIEW (self->view), decoded->picture, (decoded->flags & BATON_DECODED_VECTOR) != 0);
  if (other || decoded->pages > 1)
    update_strip (self);
  g_signal_emit (self, signals[LOADED], 0);
}

static void
detailed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BatonDecoded) decoded = baton_decoder_decode_finish (BATON_DECODER (source), result, &error);
  BatonPicturePane *self = data;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&self->detailing);
  /* The first look stays when more cannot be had. */
  if (decoded == NULL ||
      baton_picture_detail (decoded->picture) <= baton_picture_detail (self->decoded->picture))
    self->whole = TRUE;
  else
    take (self, decoded);
}

/* How many pixels the longer side would need now; 0: there are enough. */
static double
pixels_missing (BatonPicturePane *self)
{
  BatonPicture *picture = self->decoded != NULL ? self->decoded->picture : NULL;
  double zoom = baton_image_view_zoom (BATON_IMAGE_VIEW (self->view));
  double longer;

  if (picture == NULL || self->whole || (self->playing && self->decoded->frames > 1))
    return 0;
  if ((self->decoded->flags & BATON_DECODED_VECTOR) == 0)
    zoom = MIN (zoom, 1);
  longer = MAX (baton_picture_width (picture), baton_picture_height (picture));
  return zoom > baton_picture_detail (picture) * 1.02 ? longer * zoom : 0;
}

static gboolean
detail_cb (gpointer data)
{
  BatonPicturePane *self = data;
  double pixels = pixels_missing (self);
  BatonPicture *picture = self->decoded->picture;
  int box = box_for (pixels);
  gboolean drawing = (self->decoded->flags & BATON_DECODED_VECTOR) != 0;
  BatonDecodeAsk ask;

  self->detail_wait = 0;
  if (pixels <= 0)
    return G_SOURCE_REMOVE;
  /* Close to the whole is the whole. */
  if (box == 0 || (!drawing && box * 2 > MAX (baton_picture_width (picture), baton_picture_height (picture))))
    box = drawing ? boxes[G_N_ELEMENTS (boxes) - 1] : 0;
  ask = ask_for (self, box);
  stop (&self->detailing);
  self->detailing = g_cancellable_new ();
  baton_decoder_decode_async (
      baton_decoder_get_default (), &ask, BATON_DECODE_NOW, self->detailing, detailed_cb, self);
  return G_SOURCE_REMOVE;
}

static void
placed_cb (BatonPicturePane *self)
{
  if (self->detail_wait == 0 && self->loading == NULL && pixels_missing (self) > 0)
    self->detail_wait = g_timeout_add (DETAIL_WAIT_MS, detail_cb, self);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BatonDecoded) decoded = baton_decoder_decode_finish (BATON_DECODER (source), result, &error);
  BatonPicturePane *self = data;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&self->loading);
  if (decoded != NULL)
    {
      take (self, decoded);
      wait_for_frame (self);
      placed_cb (self);
      return;
    }
  baton_image_view_set_picture (BATON_IMAGE_VIEW (self->view), NULL, FALSE);
  g_clear_pointer (&self->decoded, baton_decoded_unref);
  update_strip (self);
  g_signal_emit (self, signals[FAILED], 0, error);
}

/* Before it is seen for the first time it will become as large as what holds it. */
static double
view_pixels (BatonPicturePane *self)
{
  GtkWidget *widget = self->view;

  while (widget != NULL && gtk_widget_get_width (widget) == 0)
    widget = gtk_widget_get_parent (widget);
  if (widget == NULL)
    return 1;
  return MAX (gtk_widget_get_width (widget), gtk_widget_get_height (widget)) *
         gtk_widget_get_scale_factor (widget);
}

/* The most detailed of what is kept. */
static BatonDecoded *
peek (BatonPicturePane *self)
{
  BatonDecoder *decoder = baton_decoder_get_default ();
  BatonDecodeAsk ask = ask_for (self, 0);
  BatonDecoded *decoded = baton_decoder_peek (decoder, &ask);

  for (guint i = G_N_ELEMENTS (boxes); decoded == NULL && i > 0; i--)
    {
      ask = ask_for (self, boxes[i - 1]);
      decoded = baton_decoder_peek (decoder, &ask);
    }
  return decoded;
}

static void
load (BatonPicturePane *self)
{
  g_autoptr (BatonDecoded) known = NULL;
  BatonDecodeAsk ask;

  forget (self);
  known = peek (self);
  if (known != NULL)
    {
      take (self, known);
      wait_for_frame (self);
      placed_cb (self);
      return;
    }
  ask = ask_for (self, box_for (view_pixels (self)));
  self->loading = g_cancellable_new ();
  baton_decoder_decode_async (
      baton_decoder_get_default (), &ask, BATON_DECODE_NOW, self->loading, loaded_cb, self);
}

/* Animations: the next frame is decoded while the present one is seen. */
static void
ahead_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BatonDecoded) decoded = baton_decoder_decode_finish (BATON_DECODER (source), result, &error);
  BatonPicturePane *self = data;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&self->ahead);
  if (decoded == NULL)
    {
      self->playing = FALSE;
      return;
    }
  g_clear_pointer (&self->decoded, baton_decoded_unref);
  self->decoded = baton_decoded_ref (decoded);
  baton_image_view_set_picture (BATON_IMAGE_VIEW (self->view), decoded->picture, FALSE);
  wait_for_frame (self);
}

static gboolean
frame_cb (gpointer data)
{
  BatonPicturePane *self = data;
  BatonDecodeAsk ask;

  self->frame_wait = 0;
  /* What nobody sees stands still. */
  if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
    return G_SOURCE_REMOVE;
  self->frame = (self->frame + 1) % MAX (self->decoded->frames, 1);
  ask = ask_for (self, box_for (view_pixels (self)));
  stop (&self->ahead);
  self->ahead = g_cancellable_new ();
  baton_decoder_decode_async (
      baton_decoder_get_default (), &ask, BATON_DECODE_NOW, self->ahead, ahead_cb, self);
  return G_SOURCE_REMOVE;
}

static void
wait_for_frame (BatonPicturePane *self)
{
  if (self->playing && baton_picture_pane_is_animated (self) && self->frame_wait == 0)
    self->frame_wait = g_timeout_add ((guint) MAX (self->decoded->delay, 20), frame_cb, self);
}

static void
map_cb (GtkWidget *widget)
{
  BatonPicturePane *self = BATON_PICTURE_PANE (widget);

  GTK_WIDGET_CLASS (baton_picture_pane_parent_class)->map (widget);
  wait_for_frame (self);
}

static void
page_cb (BatonPicturePane *self)
{
  int page = baton_viewport_page (self->viewport);

  if (self->path == NULL || self->decoded == NULL || page == self->page || self->decoded->pages <= 1)
    return;
  self->page = MIN (page, self->decoded->pages - 1);
  baton_page_strip_set_page (BATON_PAGE_STRIP (self->strip), self->page);
  load (self);
}

static void
chosen_cb (BatonPageStrip *strip, int page, BatonPicturePane *self)
{
  baton_viewport_set_page (self->viewport, page);
}

static gboolean
key_cb (
    GtkEventControllerKey *controller, guint key, guint code, GdkModifierType state, BatonPicturePane *self)
{
  int last = self->decoded != NULL ? self->decoded->pages - 1 : 0;
  int page = self->page;

  if (last == 0 || (state & (GDK_CONTROL_MASK | GDK_ALT_MASK)) != 0)
    return GDK_EVENT_PROPAGATE;
  if (key == GDK_KEY_Page_Down || key == GDK_KEY_KP_Page_Down)
    page++;
  else if (key == GDK_KEY_Page_Up || key == GDK_KEY_KP_Page_Up)
    page--;
  else if (key == GDK_KEY_Home || key == GDK_KEY_KP_Home)
    page = 0;
  else if (key == GDK_KEY_End || key == GDK_KEY_KP_End)
    page = last;
  else
    return GDK_EVENT_PROPAGATE;
  baton_viewport_set_page (self->viewport, CLAMP (page, 0, last));
  return GDK_EVENT_STOP;
}

static void
baton_picture_pane_dispose (GObject *object)
{
  BatonPicturePane *self = BATON_PICTURE_PANE (object);

  forget (self);
  if (self->viewport != NULL)
    g_signal_handlers_disconnect_by_data (self->viewport, self);
  g_clear_pointer (&self->strip, gtk_widget_unparent);
  g_clear_pointer (&self->view, gtk_widget_unparent);
  g_clear_object (&self->viewport);
  g_clear_pointer (&self->decoded, baton_decoded_unref);
  g_clear_pointer (&self->path, g_free);
  g_clear_pointer (&self->key, g_free);
  G_OBJECT_CLASS (baton_picture_pane_parent_class)->dispose (object);
}

static void
baton_picture_pane_class_init (BatonPicturePaneClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = baton_picture_pane_dispose;
  widget_class->map = map_cb;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  signals[LOADED] = g_signal_new (
      "loaded", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[FAILED] = g_signal_new ("failed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
      G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void
baton_picture_pane_init (BatonPicturePane *self)
{
  gtk_orientable_set_orientation (
      GTK_ORIENTABLE (gtk_widget_get_layout_manager (GTK_WIDGET (self))), GTK_ORIENTATION_VERTICAL);
}

GtkWidget *
baton_picture_pane_new (BatonViewport *viewport, BatonViewportInput input)
{
  BatonPicturePane *self = g_object_new (BATON_TYPE_PICTURE_PANE, NULL);
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->viewport = g_object_ref (viewport);
  self->view = baton_image_view_new (viewport, input);
  gtk_widget_set_vexpand (self->view, TRUE);
  gtk_widget_set_hexpand (self->view, TRUE);
  gtk_widget_set_parent (self->view, GTK_WIDGET (self));
  self->strip = baton_page_strip_new ();
  gtk_widget_set_visible (self->strip, FALSE);
  gtk_widget_set_parent (self->strip, GTK_WIDGET (self));
  g_signal_connect (self->strip, "chosen", G_CALLBACK (chosen_cb), self);
  g_signal_connect_swapped (self->view, "placed", G_CALLBACK (placed_cb), self);
  g_signal_connect_swapped (viewport, "changed", G_CALLBACK (page_cb), self);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_cb), self);
  gtk_widget_add_controller (self->view, keys);
  return GTK_WIDGET (self);
}

void
baton_picture_pane_show (BatonPicturePane *self, const char *path, const char *key)
{
  g_return_if_fail (BATON_IS_PICTURE_PANE (self));
  if (g_strcmp0 (self->path, path) == 0 && g_strcmp0 (self->key, key) == 0 && self->decoded != NULL)
    return;
  g_free (self->path);
  self->path = g_strdup (path);
  g_free (self->key);
  self->key = g_strdup (key);
  self->page = baton_viewport_page (self->viewport);
  self->frame = 0;
  if (path != NULL)
    {
      load (self);
      return;
    }
  forget (self);
  g_clear_pointer (&self->decoded, baton_decoded_unref);
  baton_image_view_set_picture (BATON_IMAGE_VIEW (self->view), NULL, FALSE);
  update_strip (self);
}

BatonImageView *
baton_picture_pane_view (BatonPicturePane *self)
{
  g_return_val_if_fail (BATON_IS_PICTURE_PANE (self), NULL);
  return BATON_IMAGE_VIEW (self->view);
}

BatonDecoded *
baton_picture_pane_decoded (BatonPicturePane *self)
{
  g_return_val_if_fail (BATON_IS_PICTURE_PANE (self), NULL);
  return self->decoded;
}

gboolean
baton_picture_pane_is_animated (BatonPicturePane *self)
{
  g_return_val_if_fail (BATON_IS_PICTURE_PANE (self), FALSE);
  return self->decoded != NULL && self->decoded->frames > 1;
}

gboolean
baton_picture_pane_is_playing (BatonPicturePane *self)
{
  g_return_val_if_fail (BATON_IS_PICTURE_PANE (self), FALSE);
  return self->playing;
}

void
baton_picture_pane_set_playing (BatonPicturePane *self, gboolean playing)
{
  g_return_if_fail (BATON_IS_PICTURE_PANE (self));
  self->playing = playing;
  if (playing)
    {
      wait_for_frame (self);
      return;
    }
  g_clear_handle_id (&self->frame_wait, g_source_remove);
  stop (&self->ahead);
}
