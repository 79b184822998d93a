/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "compare-view-private.h"

#include <glib/gi18n.h>
#include <math.h>

enum
{
  MODE_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BatonCompareView, baton_compare_view, GTK_TYPE_BOX)

gboolean
baton_compare_view_is_text (BatonCompareView *self)
{
  return baton_compare_side_kind (&self->newer) == BATON_CONTENT_TEXT;
}

gboolean
baton_compare_view_is_media (BatonCompareView *self)
{
  return baton_compare_side_kind (&self->newer) == BATON_CONTENT_MEDIA;
}

/* A video that does not play is a picture of the frame that is seen. */
gboolean
baton_compare_view_is_frame (BatonCompareView *self)
{
  return baton_compare_view_is_media (self) && baton_compare_media_frame (self->media, FALSE) != NULL;
}

/* A picture and a text stand side by side at most. */
gboolean
baton_compare_view_is_comparing (BatonCompareView *self)
{
  return self->older.content != NULL &&
         baton_compare_side_kind (&self->newer) == baton_compare_side_kind (&self->older) &&
         (baton_compare_side_kind (&self->newer) == BATON_CONTENT_PICTURE ||
             baton_compare_view_is_text (self) ||
             (baton_compare_view_is_media (self) && baton_compare_media_sees (self->media)));
}

BatonCompareMode
baton_compare_view_mode (BatonCompareView *self)
{
  if (!baton_compare_view_is_comparing (self) ||
      (baton_compare_view_is_media (self) && !baton_compare_view_is_frame (self)))
    return BATON_COMPARE_SIDE_BY_SIDE;
  if (baton_compare_view_is_text (self))
    return self->mode == BATON_COMPARE_SIDE_BY_SIDE ? self->mode : BATON_COMPARE_INLINE;
  return self->mode == BATON_COMPARE_INLINE ? BATON_COMPARE_OVERLAY : self->mode;
}

static BatonViewport *
older_viewport (BatonCompareView *self)
{
  return self->locked ? self->viewport : self->other;
}

static int
page_of (BatonCompareView *self, const BatonCompareSide *side)
{
  BatonViewport *viewport = side == &self->older ? older_viewport (self) : self->viewport;
  int pages = side->content != NULL ? baton_content_pages (side->content) : 1;

  return CLAMP (baton_viewport_page (viewport), 0, pages - 1);
}

static BatonPicture *
picture_of (BatonCompareView *self, const BatonCompareSide *side)
{
  if (baton_compare_view_is_media (self))
    return baton_compare_side_kind (side) == BATON_CONTENT_MEDIA
               ? baton_compare_media_frame (self->media, side == &self->older)
               : NULL;
  return side->content != NULL ? baton_content_picture (side->content, page_of (self, side)) : NULL;
}

/* Counts as so many pixels as fit into the newer one, so that one zoom shows both equally large. */
static void
match_sizes (BatonCompareView *self)
{
  BatonPicture *newer = baton_image_view_picture (self->newer.view);
  BatonPicture *older = baton_image_view_picture (self->older.view);
  double scale;

  if (newer == NULL || older == NULL || !baton_compare_view_is_comparing (self))
    {
      baton_image_view_set_size (self->older.view, 0, 0);
      return;
    }
  scale = MIN ((double) baton_picture_width (newer) / baton_picture_width (older),
      (double) baton_picture_height (newer) / baton_picture_height (older));
  baton_image_view_set_size (self->older.view, MAX (1, (int) round (baton_picture_width (older) * scale)),
      MAX (1, (int) round (baton_picture_height (older) * scale)));
}

static void
update_steps (BatonCompareView *self)
{
  int pages = self->newer.content != NULL ? baton_content_pages (self->newer.content) : 1;
  g_autofree char *words = NULL;

  if (self->older.content != NULL)
    pages = MAX (pages, baton_content_pages (self->older.content));
  if (baton_compare_view_is_text (self) && self->older.content != NULL)
    words = g_strdup (_ ("Changes"));
  else if (pages > 1)
    words = g_strdup_printf (_ ("Page %d of %d"), baton_viewport_page (self->viewport) + 1, pages);
  baton_compare_bar_set_steps (self->bar, words);
}

static void
show_texts (BatonCompareView *self)
{
  const char *newer = baton_content_text (self->newer.content);
  const char *older = baton_compare_side_kind (&self->older) == BATON_CONTENT_TEXT
                          ? baton_content_text (self->older.content)
                          : NULL;

  if (g_strcmp0 (newer, self->texts[0]) != 0 || g_strcmp0 (older, self->texts[1]) != 0)
    {
      baton_text_compare_set (self->text, newer, older);
      g_free (self->texts[0]);
      self->texts[0] = g_strdup (newer);
      g_free (self->texts[1]);
      self->texts[1] = g_strdup (older);
    }
  baton_text_compare_set_inline (self->text, baton_compare_view_mode (self) == BATON_COMPARE_INLINE);
  baton_compare_view_label_texts (self);
}

/* A text or a film is not laid beside what is none: each has a page of its own. */
static gboolean
are_apart (BatonCompareView *self)
{
  BatonContentKind newer = baton_compare_side_kind (&self->newer),
                   older = baton_compare_side_kind (&self->older);

  return newer != older && newer != BATON_CONTENT_LOADING && older != BATON_CONTENT_LOADING &&
         older != BATON_CONTENT_OTHER && (older != BATON_CONTENT_PICTURE || newer == BATON_CONTENT_MEDIA);
}

/* Pictures, pages, and the frames of what does not play. */
static void
show_pictures (BatonCompareView *self)
{
  BatonCompareMode mode = baton_compare_view_mode (self);
  gboolean comparing = baton_compare_view_is_comparing (self);

  baton_compare_side_show (&self->newer, picture_of (self, &self->newer), FALSE);
  baton_compare_side_show (&self->older, picture_of (self, &self->older), are_apart (self));
  match_sizes (self);
  baton_compare_layer_set_older (self->layer, comparing ? baton_image_view_picture (self->older.view) : NULL);
  baton_compare_layer_set_mode (self->layer, mode);
  gtk_widget_set_visible (
      self->older.frame, self->older.content != NULL && mode == BATON_COMPARE_SIDE_BY_SIDE);
  baton_compare_view_label_pictures (self);
}

/* What has the keyboard keeps it, also when a film becomes a picture. */
static void
show_page (BatonCompareView *self, const char *page)
{
  GtkWidget *stack = GTK_WIDGET (self->stack);
  gboolean had_focus = gtk_widget_get_focus_child (stack) != NULL;

  if (g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), page) == 0)
    return;
  gtk_stack_set_visible_child_name (self->stack, page);
  if (had_focus && gtk_widget_get_focus_child (stack) == NULL)
    gtk_widget_child_focus (gtk_stack_get_visible_child (self->stack), GTK_DIR_TAB_FORWARD);
}

static void
update (BatonCompareView *self)
{
  const char *newer = baton_compare_view_is_media (self) ? baton_content_path (self->newer.content) : NULL;
  const char *older = baton_compare_view_is_media (self) && self->older.content != NULL
                          ? baton_content_path (self->older.content)
                          : NULL;

  baton_compare_media_set (self->media, newer, self->labels[0], older, self->labels[1]);
  baton_compare_bar_show (self->bar,
      !baton_compare_view_is_comparing (self) ? BATON_COMPARE_OF_NONE
      : baton_compare_view_is_text (self)     ? BATON_COMPARE_OF_TEXTS
                                              : BATON_COMPARE_OF_PICTURES,
      baton_compare_view_is_media (self) && !baton_compare_view_is_frame (self)
          ? self->mode
          : baton_compare_view_mode (self),
      self->locked);
  if (baton_compare_view_is_text (self))
    show_texts (self);
  else if (!baton_compare_view_is_media (self) || baton_compare_view_is_frame (self))
    show_pictures (self);
  gtk_widget_set_visible (self->controls, baton_compare_view_is_media (self));
  /* Of a text alone there is nothing to choose and nothing to say. */
  gtk_widget_set_visible (
      GTK_WIDGET (self->bar), !baton_compare_view_is_text (self) || baton_compare_view_is_comparing (self));
  show_page (self, baton_compare_view_is_text (self)                                           ? "text"
                   : baton_compare_view_is_media (self) && !baton_compare_view_is_frame (self) ? "media"
                                                                                               : "pictures");
  baton_compare_view_count_differences (self);
  update_steps (self);
  baton_compare_view_say_facts (self);
  if (self->kind != baton_compare_view_kind (self))
    {
      self->kind = baton_compare_view_kind (self);
      g_signal_emit (self, signals[MODE_CHANGED], 0);
    }
}

/* From within a stream that changes: not before it is done. */
static gboolean
frames_idle_cb (gpointer data)
{
  BatonCompareView *self = data;

  self->framing = 0;
  if (baton_compare_view_is_media (self))
    update (self);
  return G_SOURCE_REMOVE;
}

static void
frames_changed_cb (BatonCompareView *self)
{
  if (self->framing == 0)
    self->framing = g_idle_add_full (G_PRIORITY_HIGH_IDLE, frames_idle_cb, self, NULL);
}

static void
content_changed_cb (BatonContent *content, BatonCompareView *self)
{
  update (self);
}

static void
viewport_changed_cb (BatonViewport *viewport, BatonCompareView *self)
{
  gboolean newer_turned = picture_of (self, &self->newer) != baton_image_view_picture (self->newer.view);
  gboolean older_turned = self->older.content != NULL &&
                          picture_of (self, &self->older) != baton_image_view_picture (self->older.view);

  if (!baton_compare_view_is_text (self) && (newer_turned || older_turned))
    update (self);
  update_steps (self);
  baton_compare_view_say_facts (self);
}

static void
set_content (BatonCompareView *self, BatonCompareSide *side, BatonContent *content, const char *label)
{
  if (side->content != NULL)
    g_signal_handlers_disconnect_by_func (side->content, content_changed_cb, self);
  baton_compare_side_set (side, content, label);
  if (content != NULL)
    g_signal_connect_object (content, "changed", G_CALLBACK (content_changed_cb), self, 0);
}

void
baton_compare_view_set (BatonCompareView *self, BatonContent *newer, const char *newer_label,
    BatonContent *older, const char *older_label)
{
  gboolean another = newer != self->newer.content;

  set_content (self, &self->newer, newer, newer_label);
  set_content (self, &self->older, older, older_label);
  g_free (self->labels[0]);
  self->labels[0] = g_strdup (newer_label);
  g_free (self->labels[1]);
  self->labels[1] = older != NULL ? g_strdup (older_label) : NULL;
  if (another)
    {
      baton_viewport_set_fit (self->viewport);
      baton_viewport_set_page (self->viewport, 0);
      baton_viewport_copy (self->other, self->viewport);
    }
  update (self);
}

void
baton_compare_view_set_mode (BatonCompareView *self, BatonCompareMode mode)
{
  self->mode = mode;
  update (self);
  if (baton_compare_view_mode (self) == BATON_COMPARE_WIPE && gtk_widget_get_mapped (GTK_WIDGET (self)))
    gtk_widget_grab_focus (baton_compare_layer_handle (self->layer));
  g_signal_emit (self, signals[MODE_CHANGED], 0);
}

/* Opened, each goes on from where both are; closed again, the older one comes to the newer one. */
void
baton_compare_view_set_locked (BatonCompareView *self, gboolean locked)
{
  if (self->locked == locked)
    return;
  if (!locked)
    baton_viewport_copy (self->other, self->viewport);
  self->locked = locked;
  baton_image_view_set_viewport (self->older.view, older_viewport (self));
  update (self);
  g_signal_emit (self, signals[MODE_CHANGED], 0);
}

gboolean
baton_compare_view_shows_older (BatonCompareView *self)
{
  return baton_compare_view_mode (self) == BATON_COMPARE_TOGGLE &&
         baton_compare_layer_shows_older (self->layer);
}

gboolean
baton_compare_view_is_locked (BatonCompareView *self)
{
  return self->locked;
}

void
baton_compare_view_toggle (BatonCompareView *self)
{
  baton_compare_layer_set_shows_older (self->layer, !baton_compare_layer_shows_older (self->layer));
  baton_compare_view_label_pictures (self);
  g_signal_emit (self, signals[MODE_CHANGED], 0);
}

void
baton_compare_view_step (BatonCompareView *self, gboolean forward)
{
  int pages = self->newer.content != NULL ? baton_content_pages (self->newer.content) : 1;
  int page = baton_viewport_page (self->viewport) + (forward ? 1 : -1);

  if (baton_compare_view_is_text (self))
    {
      baton_text_compare_step (self->text, forward);
      return;
    }
  if (self->older.content != NULL)
    pages = MAX (pages, baton_content_pages (self->older.content));
  if (page >= 0 && page < pages)
    baton_viewport_set_page (self->viewport, page);
}

gboolean
baton_compare_view_key (BatonCompareView *self, guint key, GdkModifierType state)
{
  BatonViewportFrame frame;

  return !baton_compare_view_is_text (self) && baton_image_view_frame (self->newer.view, &frame) &&
         baton_viewport_key (self->viewport, &frame, key, state);
}

BatonContentKind
baton_compare_view_kind (BatonCompareView *self)
{
  return baton_compare_side_kind (&self->newer);
}

BatonImageView *
baton_compare_view_picture (BatonCompareView *self, gboolean older)
{
  return older ? self->older.view : self->newer.view;
}

BatonCompareLayer *
baton_compare_view_layer (BatonCompareView *self)
{
  return self->layer;
}

BatonCompareMedia *
baton_compare_view_media (BatonCompareView *self)
{
  return self->media;
}

void
baton_compare_view_hold (BatonCompareView *self)
{
  if (self->framing == 0)
    return;
  g_source_remove (self->framing);
  frames_idle_cb (self);
}

BatonTextCompare *
baton_compare_view_text (BatonCompareView *self)
{
  return self->text;
}

void
baton_compare_view_add_marks (BatonCompareView *self, gboolean older, GtkWidget *marks)
{
  gtk_overlay_add_overlay (GTK_OVERLAY (older ? self->older.top : self->newer.top), marks);
}

const char *
baton_compare_view_words (BatonCompareView *self)
{
  return baton_compare_bar_facts (self->bar);
}

static void
mode_cb (BatonCompareBar *bar, int mode, BatonCompareView *self)
{
  baton_compare_view_set_mode (self, mode);
}

static void
lock_cb (BatonCompareBar *bar, gboolean locked, BatonCompareView *self)
{
  baton_compare_view_set_locked (self, locked);
}

static void
opacity_cb (BatonCompareBar *bar, double opacity, BatonCompareView *self)
{
  baton_compare_layer_set_opacity (self->layer, opacity);
}

static void
amplify_cb (BatonCompareBar *bar, gboolean amplified, BatonCompareView *self)
{
  baton_compare_layer_set_amplified (self->layer, amplified);
}

static void
step_cb (BatonCompareBar *bar, gboolean forward, BatonCompareView *self)
{
  baton_compare_view_step (self, forward);
}

static gboolean
tell_cb (gpointer data)
{
  BatonCompareView *self = data;

  self->telling = 0;
  baton_compare_view_say_facts (self);
  return G_SOURCE_REMOVE;
}

/* Often in the middle of a layout, where no label may change its size. */
static void
placed_cb (BatonImageView *view, BatonCompareView *self)
{
  if (self->telling == 0)
    self->telling = g_idle_add_full (G_PRIORITY_HIGH_IDLE, tell_cb, self, NULL);
}

static void
baton_compare_view_dispose (GObject *object)
{
  BatonCompareView *self = BATON_COMPARE_VIEW (object);

  g_clear_handle_id (&self->telling, g_source_remove);
  g_clear_handle_id (&self->framing, g_source_remove);
  g_cancellable_cancel (self->sharing);
  g_clear_object (&self->sharing);
  g_clear_pointer (&self->share, g_free);
  g_clear_pointer (&self->labels[0], g_free);
  g_clear_pointer (&self->labels[1], g_free);
  g_clear_pointer (&self->texts[0], g_free);
  g_clear_pointer (&self->texts[1], g_free);
  g_clear_object (&self->newer.content);
  g_clear_object (&self->older.content);
  g_clear_object (&self->viewport);
  g_clear_object (&self->other);
  G_OBJECT_CLASS (baton_compare_view_parent_class)->dispose (object);
}

static void
baton_compare_view_class_init (BatonCompareViewClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = baton_compare_view_dispose;
  signals[MODE_CHANGED] = g_signal_new (
      "mode-changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
add_pictures (BatonCompareView *self)
{
  GtkWidget *pair = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 4);

  baton_compare_side_build (&self->newer, self->viewport);
  baton_compare_side_build (&self->older, self->viewport);
  self->layer = BATON_COMPARE_LAYER (baton_compare_layer_new (self->newer.view));
  gtk_overlay_set_child (GTK_OVERLAY (self->newer.top), GTK_WIDGET (self->layer));
  self->older_tag = baton_compare_add_second_label (self->newer.label);
  g_signal_connect (self->newer.view, "placed", G_CALLBACK (placed_cb), self);
  /* The newer version is left whichever way the language is written. */
  gtk_widget_set_direction (pair, GTK_TEXT_DIR_LTR);
  gtk_box_set_homogeneous (GTK_BOX (pair), TRUE);
  gtk_box_append (GTK_BOX (pair), self->newer.frame);
  gtk_box_append (GTK_BOX (pair), self->older.frame);
  gtk_stack_add_named (self->stack, pair, "pictures");
}

static void
add_texts (BatonCompareView *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0),
            *pair = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  /* As the texts below: the newer one is left. */
  gtk_widget_set_direction (pair, GTK_TEXT_DIR_LTR);
  gtk_box_set_homogeneous (GTK_BOX (pair), TRUE);
  gtk_widget_add_css_class (pair, "text-versions");
  for (guint i = 0; i < G_N_ELEMENTS (self->text_labels); i++)
    {
      self->text_labels[i] = GTK_LABEL (gtk_label_new (NULL));
      gtk_label_set_xalign (self->text_labels[i], 0);
      gtk_label_set_ellipsize (self->text_labels[i], PANGO_ELLIPSIZE_END);
      gtk_box_append (GTK_BOX (pair), GTK_WIDGET (self->text_labels[i]));
    }
  gtk_box_append (GTK_BOX (box), pair);
  self->text = BATON_TEXT_COMPARE (baton_text_compare_new ());
  gtk_widget_set_vexpand (GTK_WIDGET (self->text), TRUE);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->text));
  gtk_stack_add_named (self->stack, box, "text");
}

static void
baton_compare_view_init (BatonCompareView *self)
{
  g_autoptr (GtkWidget) controls = NULL;

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_widget_add_css_class (GTK_WIDGET (self), "compare-view");
  self->viewport = baton_viewport_new ();
  self->other = baton_viewport_new ();
  self->locked = TRUE;
  self->bar = BATON_COMPARE_BAR (baton_compare_bar_new ());
  gtk_box_append (GTK_BOX (self), GTK_WIDGET (self->bar));
  self->stack = GTK_STACK (gtk_stack_new ());
  gtk_widget_set_vexpand (GTK_WIDGET (self->stack), TRUE);
  gtk_box_append (GTK_BOX (self), GTK_WIDGET (self->stack));
  add_pictures (self);
  add_texts (self);
  self->media = BATON_COMPARE_MEDIA (baton_compare_media_new ());
  gtk_stack_add_named (self->stack, GTK_WIDGET (self->media), "media");
  g_signal_connect_object (
      self->media, "frames-changed", G_CALLBACK (frames_changed_cb), self, G_CONNECT_SWAPPED);
  controls = baton_compare_media_controls (self->media);
  self->controls = controls;
  gtk_widget_set_visible (self->controls, FALSE);
  gtk_box_append (GTK_BOX (self), self->controls);
  g_signal_connect_object (
      self->text, "compared", G_CALLBACK (baton_compare_view_say_facts), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->viewport, "changed", G_CALLBACK (viewport_changed_cb), self, 0);
  g_signal_connect_object (self->other, "changed", G_CALLBACK (viewport_changed_cb), self, 0);
  g_signal_connect (self->bar, "mode", G_CALLBACK (mode_cb), self);
  g_signal_connect (self->bar, "lock", G_CALLBACK (lock_cb), self);
  g_signal_connect (self->bar, "opacity", G_CALLBACK (opacity_cb), self);
  g_signal_connect (self->bar, "amplify", G_CALLBACK (amplify_cb), self);
  g_signal_connect (self->bar, "step", G_CALLBACK (step_cb), self);
}

GtkWidget *
baton_compare_view_new (void)
{
  return g_object_new (BATON_TYPE_COMPARE_VIEW, NULL);
}
