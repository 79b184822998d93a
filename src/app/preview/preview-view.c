/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "preview-view.h"

#include "markdown-view.h"
#include "preview-bar.h"

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
  GtkWidget *text; /* scrolls */
  GtkWidget *plain;
  GtkWidget *markdown;
  GtkWidget *other;
  GtkWidget *other_icon;
  GtkWidget *other_name;
  GtkWidget *other_words;
  GtkWidget *other_facts;
  GtkWidget *bar;

  BatonViewport *viewport;
  BatonViewportInput input;
  GCancellable *reading; /* a text */
  guint wait;

  /* What is shown */
  char *path, *hash, *name, *media_type, *label;
  gint64 size;
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
  const char *name = self->label != NULL ? self->label : self->name != NULL ? self->name : _ ("Preview");
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
set_facts (BatonPreviewView *self, const char *found, const char *warning)
{
  g_autofree char *size = self->size > 0 ? g_format_size ((guint64) self->size) : NULL;

  g_free (self->facts);
  self->facts = g_strjoin (
      found != NULL && size != NULL ? " · " : "", found != NULL ? found : "", size != NULL ? size : "", NULL);
  baton_preview_bar_set_facts (BATON_PREVIEW_BAR (self->bar), self->facts, warning);
}

/* The words for what cannot be shown, with what is known about it. */
static void
show_other (BatonPreviewView *self, const char *words)
{
  g_autoptr (GIcon) icon = g_content_type_get_symbolic_icon (
      self->media_type != NULL ? self->media_type : "application/octet-stream");
  g_autofree char *size =
      self->size > 0 ? g_format_size_full ((guint64) self->size, G_FORMAT_SIZE_LONG_FORMAT) : NULL;
  g_autofree char *facts = g_strjoin ("\n", self->media_type != NULL ? self->media_type : "",
      size != NULL ? size : "", self->hash != NULL ? self->hash : "", NULL);

  g_strstrip (facts);
  gtk_image_set_from_gicon (GTK_IMAGE (self->other_icon), icon);
  gtk_label_set_text (GTK_LABEL (self->other_name), self->name != NULL ? self->name : "");
  gtk_label_set_text (GTK_LABEL (self->other_words), words);
  gtk_label_set_text (GTK_LABEL (self->other_facts), facts);
  set_facts (self, NULL, NULL);
  show_page (self, "other");
  g_signal_emit (self, signals[LOADED], 0);
}

static void
picture_loaded_cb (BatonPreviewView *self)
{
  BatonDecoded *decoded = baton_picture_pane_decoded (BATON_PICTURE_PANE (self->picture));
  g_autofree char *facts = baton_decoded_facts (decoded);
  g_autofree char *warning = baton_decoded_warning (decoded);

  set_facts (self, facts, warning);
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

  set_facts (self, facts, NULL);
  show_page (self, "media");
  g_signal_emit (self, signals[LOADED], 0);
}

static gboolean
is_markdown (BatonPreviewView *self)
{
  return g_strcmp0 (self->media_type, "text/markdown") == 0 ||
         (self->name != NULL &&
             (g_str_has_suffix (self->name, ".md") || g_str_has_suffix (self->name, ".markdown")));
}

static void
show_text (BatonPreviewView *self, BatonDecoded *decoded)
{
  gsize length;
  const char *bytes = g_bytes_get_data (decoded->text, &length);
  /* A NUL would end it for everybody else. */
  g_autofree char *text = g_utf8_make_valid (bytes != NULL ? bytes : "", (gssize) length);
  g_autofree char *facts = baton_decoded_facts (decoded);
  g_autofree char *warning = baton_decoded_warning (decoded);
  gboolean markdown = is_markdown (self);

  gtk_widget_set_visible (self->markdown, markdown);
  gtk_widget_set_visible (self->plain, !markdown);
  if (markdown)
    baton_markdown_view_set_markdown (BATON_MARKDOWN_VIEW (self->markdown), text);
  else
    gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->plain)), text, -1);
  set_facts (self, facts, warning);
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
  BatonDecodeAsk ask = { .path = self->path, .key = self->hash, .what = BATON_DECODE_WORDS };

  self->reading = g_cancellable_new ();
  baton_decoder_decode_async (
      baton_decoder_get_default (), &ask, BATON_DECODE_NOW, self->reading, text_cb, self);
}

static gboolean
is_text (const char *media)
{
  return media != NULL && (g_str_has_prefix (media, "text/") || g_str_equal (media, "application/json") ||
                              g_str_equal (media, "application/xml"));
}

static gboolean
is_media (const char *media)
{
  return media != NULL && (g_str_has_prefix (media, "video/") || g_str_has_prefix (media, "audio/"));
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
  g_clear_pointer (&self->path, g_free);
  g_clear_pointer (&self->hash, g_free);
  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->media_type, g_free);
  g_clear_pointer (&self->label, g_free);
  g_clear_pointer (&self->facts, g_free);
}

static gboolean
animations_wanted (BatonPreviewView *self)
{
  gboolean enabled = TRUE;

  g_object_get (gtk_widget_get_settings (GTK_WIDGET (self)), "gtk-enable-animations", &enabled, NULL);
  return enabled;
}

void
baton_preview_view_show (BatonPreviewView *self, const BatonPreviewFile *file)
{
  BatonPicturePane *picture;
  gboolean playing;

  g_return_if_fail (BATON_IS_PREVIEW_VIEW (self));
  picture = BATON_PICTURE_PANE (self->picture);
  clear (self);
  if (file != NULL)
    {
      self->path = g_strdup (file->path);
      self->hash = g_strdup (file->hash);
      self->name = g_strdup (file->name);
      self->media_type = g_strdup (file->media);
      self->label = g_strdup (file->label);
      self->size = file->size;
    }
  playing = self->path != NULL && file->problem == NULL && is_media (self->media_type);
  baton_media_pane_show (BATON_MEDIA_PANE (self->media), playing ? self->path : NULL);
  if (file == NULL || self->path == NULL || file->problem != NULL || is_media (self->media_type) ||
      is_text (self->media_type))
    baton_picture_pane_show (picture, NULL, NULL);
  if (file == NULL)
    show_page (self, "wait");
  else if (file->problem != NULL)
    show_other (self, file->problem);
  else if (self->path == NULL)
    show_other (self, _ ("The file is not on this computer."));
  else
    {
      self->wait = g_timeout_add (WAIT_MS, wait_cb, self);
      if (is_text (self->media_type))
        read_text (self);
      else if (!is_media (self->media_type))
        {
          baton_picture_pane_set_playing (picture, animations_wanted (self));
          baton_picture_pane_show (picture, self->path, self->hash);
        }
    }
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

static gboolean
close_key_cb (GtkWidget *window, GVariant *arguments, gpointer data)
{
  gtk_window_close (GTK_WINDOW (window));
  return TRUE;
}

static void
add_closing_keys (GtkWidget *window)
{
  static const guint keys[] = { GDK_KEY_Escape, GDK_KEY_F11, GDK_KEY_f };
  GtkEventController *controller = gtk_shortcut_controller_new ();

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_shortcut_controller_add_shortcut (
        GTK_SHORTCUT_CONTROLLER (controller), gtk_shortcut_new (gtk_keyval_trigger_new (keys[i], 0),
                                                  gtk_callback_action_new (close_key_cb, NULL, NULL)));
  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  gtk_widget_add_controller (window, controller);
}

void
baton_preview_view_fullscreen (BatonPreviewView *self)
{
  GtkWidget *window, *view;
  GtkRoot *root;
  BatonPreviewFile file;

  g_return_if_fail (BATON_IS_PREVIEW_VIEW (self));
  root = gtk_widget_get_root (GTK_WIDGET (self));
  if (self->name == NULL || gtk_window_is_fullscreen (GTK_WINDOW (root)))
    return;
  file = (BatonPreviewFile){ self->path, self->hash, self->name, self->media_type, self->size, self->label,
    NULL };
  window = gtk_window_new ();
  gtk_window_set_title (GTK_WINDOW (window), self->name);
  gtk_window_set_transient_for (GTK_WINDOW (window), GTK_WINDOW (root));
  gtk_window_set_destroy_with_parent (GTK_WINDOW (window), TRUE);
  gtk_window_set_default_size (GTK_WINDOW (window), 1024, 768);
  /* Its own way of looking: it begins with the whole, on the same page. */
  view = baton_preview_view_new (NULL, BATON_INPUT_KEYS | BATON_INPUT_WHEEL | BATON_INPUT_DRAG);
  baton_viewport_set_page (
      baton_preview_view_viewport (BATON_PREVIEW_VIEW (view)), baton_viewport_page (self->viewport));
  gtk_window_set_child (GTK_WINDOW (window), view);
  add_closing_keys (window);
  baton_preview_view_show (BATON_PREVIEW_VIEW (view), &file);
  gtk_window_fullscreen (GTK_WINDOW (window));
  gtk_window_present (GTK_WINDOW (window));
  gtk_widget_grab_focus (
      GTK_WIDGET (baton_picture_pane_view (BATON_PICTURE_PANE (BATON_PREVIEW_VIEW (view)->picture))));
}

static void
fullscreen_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  baton_preview_view_fullscreen (BATON_PREVIEW_VIEW (widget));
}

/* Building */

static GtkWidget *
centred_label (const char *style)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_justify (GTK_LABEL (label), GTK_JUSTIFY_CENTER);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 48);
  if (style != NULL)
    gtk_widget_add_css_class (label, style);
  return label;
}

static GtkWidget *
create_other (BatonPreviewView *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  GtkWidget *button = gtk_button_new_with_label (_ ("Open with…"));

  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (box, "preview-other");
  self->other_icon = gtk_image_new ();
  gtk_image_set_pixel_size (GTK_IMAGE (self->other_icon), 48);
  gtk_box_append (GTK_BOX (box), self->other_icon);
  self->other_name = centred_label ("heading");
  gtk_box_append (GTK_BOX (box), self->other_name);
  self->other_words = centred_label (NULL);
  gtk_box_append (GTK_BOX (box), self->other_words);
  self->other_facts = centred_label ("caption");
  gtk_label_set_selectable (GTK_LABEL (self->other_facts), TRUE);
  gtk_box_append (GTK_BOX (box), self->other_facts);
  gtk_widget_set_halign (button, GTK_ALIGN_CENTER);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "preview.open-with");
  gtk_box_append (GTK_BOX (box), button);
  return box;
}

static GtkWidget *
create_text (BatonPreviewView *self)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_widget_add_css_class (scrolled, "preview-paper");
  self->plain = gtk_text_view_new ();
  gtk_text_view_set_editable (GTK_TEXT_VIEW (self->plain), FALSE);
  gtk_text_view_set_cursor_visible (GTK_TEXT_VIEW (self->plain), FALSE);
  gtk_text_view_set_wrap_mode (GTK_TEXT_VIEW (self->plain), GTK_WRAP_WORD_CHAR);
  gtk_accessible_update_property (
      GTK_ACCESSIBLE (self->plain), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Text"), -1);
  gtk_widget_set_vexpand (self->plain, TRUE);
  gtk_box_append (GTK_BOX (box), self->plain);
  self->markdown = baton_markdown_view_new ();
  baton_markdown_view_set_selectable (BATON_MARKDOWN_VIEW (self->markdown), TRUE);
  gtk_box_append (GTK_BOX (box), self->markdown);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), box);
  return scrolled;
}

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
  self->text = create_text (self);
  self->other = create_other (self);
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
