/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "preview-view.h"

#include "preview-bar.h"
#include "preview-fullscreen.h"
#include "preview-other.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#define WAIT_MS 250 /* before something turns: most files are faster */

struct _BatonPreviewView
{
  GtkWidget parent_instance;

  GtkWidget *box;
  GtkWidget *stack;
  GtkWidget *picture;
  GtkWidget *media;
  GtkWidget *text;
  GtkWidget *other;
  GtkWidget *bar;

  BatonViewport *viewport;
  BatonViewportInput input;
  GCancellable *reading; /* a text */
  guint wait;

  BatonPreviewFile *file; /* what is shown, or NULL */
  char *facts;
  char *said; /* the label that was last told to assistive technology */
};

enum
{
  LOADED,
  OPEN_WITH,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BatonPreviewView, baton_preview_view, GTK_TYPE_WIDGET)

static gboolean
is_shown (BatonPreviewView *self, const char *page)
{
  return g_strcmp0 (gtk_stack_get_visible_child_name (GTK_STACK (self->stack)), page) == 0;
}

/* "Hero image, version 3, page 2 of 5" */
static void
tell_label (BatonPreviewView *self)
{
  BatonDecoded *decoded = baton_picture_pane_decoded (BATON_PICTURE_PANE (self->picture));
  const char *name = self->file == NULL          ? _ ("Preview")
                     : self->file->label != NULL ? self->file->label
                     : self->file->name != NULL  ? self->file->name
                                                 : _ ("Preview");
  g_autofree char *label = NULL;
  GtkWidget *view = GTK_WIDGET (baton_picture_pane_view (BATON_PICTURE_PANE (self->picture)));

  if (is_shown (self, "picture") && decoded != NULL && decoded->pages > 1)
    label = g_strdup_printf (
        _ ("%s, page %d of %d"), name, baton_viewport_page (self->viewport) + 1, decoded->pages);
  else
    label = g_strdup (name);
  if (g_strcmp0 (label, self->said) == 0)
    return;
  g_free (self->said);
  self->said = g_steal_pointer (&label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, self->said, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_PROPERTY_LABEL, self->said, -1);
}

static void
update_bar (BatonPreviewView *self)
{
  BatonPicturePane *pane = BATON_PICTURE_PANE (self->picture);
  BatonPreviewBar *bar = BATON_PREVIEW_BAR (self->bar);
  BatonDecoded *decoded = is_shown (self, "picture") ? baton_picture_pane_decoded (pane) : NULL;
  double zoom = decoded != NULL ? baton_image_view_zoom (baton_picture_pane_view (pane)) : 0;

  baton_preview_bar_set_zoom (bar, zoom);
  baton_preview_bar_set_page (
      bar, baton_viewport_page (self->viewport), decoded != NULL ? decoded->pages : 0);
  baton_preview_bar_set_playing (
      bar, decoded != NULL && baton_picture_pane_is_animated (pane), baton_picture_pane_is_playing (pane));
  tell_label (self);
}

static void
show_page (BatonPreviewView *self, const char *page)
{
  g_clear_handle_id (&self->wait, g_source_remove);
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), page);
  update_bar (self);
}

static void
set_facts (BatonPreviewView *self, BatonDecoded *decoded, const char *media)
{
  g_autofree char *found = decoded != NULL ? baton_decoded_facts (decoded) : g_strdup (media);
  g_autofree char *warning = decoded != NULL ? baton_decoded_warning (decoded) : NULL;
  g_autofree char *size = self->file->size > 0 ? g_format_size ((guint64) self->file->size) : NULL;

  g_free (self->facts);
  self->facts = g_strjoin (
      found != NULL && size != NULL ? " · " : "", found != NULL ? found : "", size != NULL ? size : "", NULL);
  baton_preview_bar_set_facts (BATON_PREVIEW_BAR (self->bar), self->facts, warning);
  baton_preview_facts_set_file (
      baton_preview_bar_facts (BATON_PREVIEW_BAR (self->bar)), self->file, decoded, media);
}

/* The words for what cannot be shown, with what is known about it. */
static void
show_other (BatonPreviewView *self, const char *words)
{
  gboolean can_open =
      self->file->problem == NULL && g_signal_has_handler_pending (self, signals[OPEN_WITH], 0, TRUE);

  baton_preview_other_show (BATON_PREVIEW_OTHER (self->other), self->file, words, can_open);
  set_facts (self, NULL, NULL);
  show_page (self, "other");
  g_signal_emit (self, signals[LOADED], 0);
}

static void
picture_loaded_cb (BatonPreviewView *self)
{
  set_facts (self, baton_picture_pane_decoded (BATON_PICTURE_PANE (self->picture)), NULL);
  show_page (self, "picture");
  g_signal_emit (self, signals[LOADED], 0);
}

static void
failed_cb (BatonPreviewView *self, const GError *error)
{
  show_other (self, error->message);
}

static void
media_loaded_cb (BatonPreviewView *self)
{
  g_autofree char *facts = baton_media_pane_facts (BATON_MEDIA_PANE (self->media));

  set_facts (self, NULL, facts);
  show_page (self, "media");
  /* On the full screen the keyboard has nowhere else to be. */
  if (GTK_IS_WINDOW (gtk_widget_get_parent (GTK_WIDGET (self))))
    baton_media_pane_focus (BATON_MEDIA_PANE (self->media));
  g_signal_emit (self, signals[LOADED], 0);
}

static void
show_text (BatonPreviewView *self, BatonDecoded *decoded)
{
  gsize length;
  const char *bytes = g_bytes_get_data (decoded->text, &length);
  /* A NUL would end it for everybody else. */
  g_autofree char *text = g_utf8_make_valid (bytes != NULL ? bytes : "", (gssize) length);

  baton_preview_text_show (
      BATON_PREVIEW_TEXT (self->text), text, baton_preview_file_is_markdown (self->file));
  set_facts (self, decoded, NULL);
  show_page (self, "text");
  g_signal_emit (self, signals[LOADED], 0);
}

static void
text_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BatonDecoded) decoded = baton_decoder_decode_finish (BATON_DECODER (source), result, &error);
  BatonPreviewView *self = data;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&self->reading);
  if (decoded != NULL)
    show_text (self, decoded);
  else
    show_other (self, error->message);
}

static void
read_text (BatonPreviewView *self)
{
  BatonDecodeAsk ask = { .path = self->file->path, .key = self->file->hash, .what = BATON_DECODE_WORDS };

  self->reading = g_cancellable_new ();
  baton_decoder_decode_async (
      baton_decoder_get_default (), &ask, BATON_DECODE_NOW, self->reading, text_cb, self);
}

static gboolean
wait_cb (gpointer data)
{
  BatonPreviewView *self = data;

  self->wait = 0;
  show_page (self, "wait");
  return G_SOURCE_REMOVE;
}

static void
clear (BatonPreviewView *self)
{
  g_clear_handle_id (&self->wait, g_source_remove);
  if (self->reading != NULL)
    g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  g_clear_pointer (&self->file, baton_preview_file_free);
  g_clear_pointer (&self->facts, g_free);
}

static gboolean
animations_wanted (BatonPreviewView *self)
{
  gboolean enabled = TRUE;

  g_object_get (gtk_widget_get_settings (GTK_WIDGET (self)), "gtk-enable-animations", &enabled, NULL);
  return enabled;
}

/* What it is decides who shows it. */
static void
open_file (BatonPreviewView *self)
{
  BatonPicturePane *picture = BATON_PICTURE_PANE (self->picture);
  const BatonPreviewFile *file = self->file;
  gboolean media = baton_preview_file_is_media (file), text = baton_preview_file_is_text (file);

  if (media)
    baton_media_pane_show (BATON_MEDIA_PANE (self->media), file->path);
  self->wait = g_timeout_add (WAIT_MS, wait_cb, self);
  if (text)
    read_text (self);
  else if (!media)
    {
      baton_picture_pane_set_playing (picture, animations_wanted (self));
      baton_picture_pane_show (picture, file->path, file->hash);
    }
}

void
baton_preview_view_show (BatonPreviewView *self, const BatonPreviewFile *file)
{
  BatonPreviewFile *shown = file != NULL ? baton_preview_file_copy (file) : NULL;
  gboolean opens, media;

  g_return_if_fail (BATON_IS_PREVIEW_VIEW (self));
  clear (self);
  self->file = shown;
  opens = file != NULL && file->path != NULL && file->problem == NULL;
  media = opens && baton_preview_file_is_media (shown);
  if (!media)
    baton_media_pane_show (BATON_MEDIA_PANE (self->media), NULL);
  if (!opens || media || baton_preview_file_is_text (shown))
    baton_picture_pane_show (BATON_PICTURE_PANE (self->picture), NULL, NULL);
  if (file == NULL)
    show_page (self, "wait");
  else if (opens)
    open_file (self);
  else
    show_other (self, shown->problem != NULL ? shown->problem : _ ("The file is not on this computer."));
  tell_label (self);
}

/* Actions */

static BatonViewport *
look (BatonPreviewView *self, BatonViewportFrame *frame)
{
  BatonImageView *view = baton_picture_pane_view (BATON_PICTURE_PANE (self->picture));

  return is_shown (self, "picture") && baton_image_view_frame (view, frame) ? self->viewport : NULL;
}

static void
zoom_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  BatonPreviewView *self = BATON_PREVIEW_VIEW (widget);
  BatonViewportFrame frame;
  BatonViewport *viewport = look (self, &frame);

  if (viewport == NULL)
    return;
  if (g_str_equal (name, "preview.fit"))
    baton_viewport_set_fit (viewport);
  else if (g_str_equal (name, "preview.actual"))
    baton_viewport_zoom_to (viewport, &frame, 1);
  else
    baton_viewport_zoom_step (viewport, &frame, g_str_equal (name, "preview.zoom-in"));
}

static void
play_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  BatonPreviewView *self = BATON_PREVIEW_VIEW (widget);
  BatonPicturePane *pane = BATON_PICTURE_PANE (self->picture);

  baton_picture_pane_set_playing (pane, !baton_picture_pane_is_playing (pane));
  update_bar (self);
}

static void
open_with_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  g_signal_emit (widget, signals[OPEN_WITH], 0);
}

void
baton_preview_view_fullscreen (BatonPreviewView *self)
{
  g_return_if_fail (BATON_IS_PREVIEW_VIEW (self));
  if (self->file != NULL)
    baton_preview_fullscreen (GTK_WIDGET (self), self->file, baton_viewport_page (self->viewport));
}

static void
fullscreen_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  baton_preview_view_fullscreen (BATON_PREVIEW_VIEW (widget));
}

/* Building */

static GtkWidget *
create_wait (void)
{
  GtkWidget *spinner = gtk_spinner_new ();

  gtk_spinner_set_spinning (GTK_SPINNER (spinner), TRUE);
  gtk_widget_set_halign (spinner, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (spinner, GTK_ALIGN_CENTER);
  gtk_widget_set_size_request (spinner, 32, 32);
  gtk_accessible_update_property (GTK_ACCESSIBLE (spinner), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Loading"), -1);
  return spinner;
}

static void
build (BatonPreviewView *self)
{
  self->picture = baton_picture_pane_new (self->viewport, self->input);
  g_signal_connect_swapped (self->picture, "loaded", G_CALLBACK (picture_loaded_cb), self);
  g_signal_connect_swapped (self->picture, "failed", G_CALLBACK (failed_cb), self);
  g_signal_connect_swapped (
      baton_picture_pane_view (BATON_PICTURE_PANE (self->picture)), "placed", G_CALLBACK (update_bar), self);
  self->media = baton_media_pane_new (self->viewport);
  g_signal_connect_swapped (self->media, "loaded", G_CALLBACK (media_loaded_cb), self);
  g_signal_connect_swapped (self->media, "failed", G_CALLBACK (failed_cb), self);
  self->text = baton_preview_text_new ();
  self->other = baton_preview_other_new ();
  self->stack = gtk_stack_new ();
  gtk_stack_set_hhomogeneous (GTK_STACK (self->stack), FALSE);
  gtk_stack_set_vhomogeneous (GTK_STACK (self->stack), FALSE);
  gtk_widget_set_vexpand (self->stack, TRUE);
  gtk_stack_add_named (GTK_STACK (self->stack), self->picture, "picture");
  gtk_stack_add_named (GTK_STACK (self->stack), self->media, "media");
  gtk_stack_add_named (GTK_STACK (self->stack), self->text, "text");
  gtk_stack_add_named (GTK_STACK (self->stack), self->other, "other");
  gtk_stack_add_named (GTK_STACK (self->stack), create_wait (), "wait");
  self->bar = baton_preview_bar_new ();
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_widget_add_css_class (self->box, "preview-ground");
  gtk_box_append (GTK_BOX (self->box), self->stack);
  gtk_box_append (GTK_BOX (self->box), self->bar);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  show_page (self, "wait");
}

static void
baton_preview_view_dispose (GObject *object)
{
  BatonPreviewView *self = BATON_PREVIEW_VIEW (object);

  clear (self);
  g_clear_pointer (&self->said, g_free);
  if (self->picture != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->picture, self);
      g_signal_handlers_disconnect_by_data (self->media, self);
      g_signal_handlers_disconnect_by_data (
          baton_picture_pane_view (BATON_PICTURE_PANE (self->picture)), self);
    }
  self->picture = self->media = NULL;
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->viewport);
  G_OBJECT_CLASS (baton_preview_view_parent_class)->dispose (object);
}

static void
add_keys (GtkWidgetClass *klass)
{
  gtk_widget_class_add_binding_action (klass, GDK_KEY_F11, 0, "preview.fullscreen", NULL);
  gtk_widget_class_add_binding_action (klass, GDK_KEY_f, 0, "preview.fullscreen", NULL);
}

static void
baton_preview_view_class_init (BatonPreviewViewClass *klass)
{
  static const char *const zooms[] = { "preview.fit", "preview.actual", "preview.zoom-in",
    "preview.zoom-out" };
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = baton_preview_view_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  for (guint i = 0; i < G_N_ELEMENTS (zooms); i++)
    gtk_widget_class_install_action (widget_class, zooms[i], NULL, zoom_cb);
  gtk_widget_class_install_action (widget_class, "preview.play", NULL, play_cb);
  gtk_widget_class_install_action (widget_class, "preview.fullscreen", NULL, fullscreen_cb);
  gtk_widget_class_install_action (widget_class, "preview.open-with", NULL, open_with_cb);
  add_keys (widget_class);
  signals[LOADED] = g_signal_new (
      "loaded", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[OPEN_WITH] = g_signal_new (
      "open-with", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
baton_preview_view_init (BatonPreviewView *self)
{
}

GtkWidget *
baton_preview_view_new (BatonViewport *viewport, BatonViewportInput input)
{
  BatonPreviewView *self = g_object_new (BATON_TYPE_PREVIEW_VIEW, NULL);

  self->viewport = viewport != NULL ? g_object_ref (viewport) : baton_viewport_new ();
  self->input = input;
  build (self);
  return GTK_WIDGET (self);
}

BatonViewport *
baton_preview_view_viewport (BatonPreviewView *self)
{
  g_return_val_if_fail (BATON_IS_PREVIEW_VIEW (self), NULL);
  return self->viewport;
}

BatonPicturePane *
baton_preview_view_picture (BatonPreviewView *self)
{
  g_return_val_if_fail (BATON_IS_PREVIEW_VIEW (self), NULL);
  return BATON_PICTURE_PANE (self->picture);
}

BatonMediaPane *
baton_preview_view_media (BatonPreviewView *self)
{
  g_return_val_if_fail (BATON_IS_PREVIEW_VIEW (self), NULL);
  return BATON_MEDIA_PANE (self->media);
}

BatonPreviewText *
baton_preview_view_text (BatonPreviewView *self)
{
  g_return_val_if_fail (BATON_IS_PREVIEW_VIEW (self), NULL);
  return BATON_PREVIEW_TEXT (self->text);
}

BatonDecoded *
baton_preview_view_decoded (BatonPreviewView *self)
{
  g_return_val_if_fail (BATON_IS_PREVIEW_VIEW (self), NULL);
  return is_shown (self, "picture") ? baton_picture_pane_decoded (BATON_PICTURE_PANE (self->picture)) : NULL;
}

const char *
baton_preview_view_showing (BatonPreviewView *self)
{
  g_return_val_if_fail (BATON_IS_PREVIEW_VIEW (self), NULL);
  return gtk_stack_get_visible_child_name (GTK_STACK (self->stack));
}

const char *
baton_preview_view_facts (BatonPreviewView *self)
{
  g_return_val_if_fail (BATON_IS_PREVIEW_VIEW (self), NULL);
  return self->facts;
}

BatonPreviewFacts *
baton_preview_view_file_facts (BatonPreviewView *self)
{
  g_return_val_if_fail (BATON_IS_PREVIEW_VIEW (self), NULL);
  return baton_preview_bar_facts (BATON_PREVIEW_BAR (self->bar));
}
