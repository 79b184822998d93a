/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "version-strip.h"

#include "preview-file.h"
#include "decoder.h"
#include "review-words.h"
#include "text-scale.h"
#include "version-content.h"

#include <glib/gi18n.h>

#define WIDTH 84
#define HEIGHT 54
#define MOST 60 /* buttons; earlier versions are in the card's history */

struct _BatonVersionStrip
{
  GtkBox parent_instance;

  GtkBox *buttons;
  GtkLabel *note;
  char *newer, *older;
  GCancellable *cancellable; /* thumbnails that are still wanted */
};

enum
{
  SHOWN,
  COMPARED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BatonVersionStrip, baton_version_strip, GTK_TYPE_BOX)

static const char *
id_of (gpointer button)
{
  return g_object_get_data (G_OBJECT (button), "version");
}

static int
number_of (gpointer button)
{
  return GPOINTER_TO_INT (g_object_get_data (G_OBJECT (button), "number"));
}

static GtkWidget *
find_button (BatonVersionStrip *self, const char *version)
{
  for (GtkWidget *button = gtk_widget_get_first_child (GTK_WIDGET (self->buttons)); button != NULL;
       button = gtk_widget_get_next_sibling (button))
    {
      if (g_strcmp0 (id_of (button), version) == 0)
        return button;
    }
  return NULL;
}

/* An earlier version is compared with; a later one, or the same one again, is looked at. */
static void
clicked_cb (GtkButton *button, BatonVersionStrip *self)
{
  GtkWidget *newer = find_button (self, self->newer);
  gboolean earlier = newer != NULL && number_of (button) < number_of (newer);
  gboolean again = g_strcmp0 (id_of (button), self->older) == 0;
  g_autofree char *version = g_strdup (id_of (button));

  g_signal_emit (self, signals[earlier && !again ? COMPARED : SHOWN], 0, version);
}

static void
thumbnail_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr (GtkPicture) picture = data;
  g_autoptr (BatonDecoded) decoded = baton_decoder_decode_finish (BATON_DECODER (object), result, NULL);
  g_autoptr (GdkTexture) texture = NULL;

  if (decoded == NULL || decoded->picture == NULL)
    return;
  texture = baton_picture_texture (decoded->picture);
  gtk_picture_set_paintable (picture, GDK_PAINTABLE (texture));
}

static void
load_thumbnail (BatonVersionStrip *self, GtkWidget *picture)
{
  BatonDecodeAsk ask = { .path = g_object_get_data (G_OBJECT (picture), "path"),
    .key = g_object_get_data (G_OBJECT (picture), "hash"),
    .what = BATON_DECODE_PICTURE,
    .width = 2 * WIDTH,
    .height = 2 * HEIGHT };

  if (g_file_test (ask.path, G_FILE_TEST_EXISTS))
    baton_decoder_decode_async (baton_decoder_get_default (), &ask, BATON_DECODE_THUMBNAIL, self->cancellable,
        thumbnail_cb, g_object_ref (picture));
}

static void
arrived_cb (GtkWidget *picture, const char *hash)
{
  GtkWidget *strip = gtk_widget_get_ancestor (picture, BATON_TYPE_VERSION_STRIP);

  if (strip != NULL && g_strcmp0 (g_object_get_data (G_OBJECT (picture), "hash"), hash) == 0)
    load_thumbnail (BATON_VERSION_STRIP (strip), picture);
}

/* For what has no thumbnail: a text, a video, a sound. */
static GtkWidget *
create_icon (const BatonRow *version)
{
  const char *media = baton_row_text (version, BATON_VERSION_MEDIA);
  g_autoptr (GIcon) icon =
      g_content_type_get_symbolic_icon (media != NULL ? media : "application/octet-stream");
  GtkWidget *image = gtk_image_new_from_gicon (icon);

  gtk_widget_set_halign (image, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (image, GTK_ALIGN_CENTER);
  gtk_widget_set_can_target (image, FALSE);
  gtk_widget_add_css_class (image, "strip-icon");
  return image;
}

static void
want_thumbnail (
    BatonVersionStrip *self, BatonWorkspace *workspace, const BatonRow *version, GtkWidget *picture)
{
  if (!baton_preview_has_thumbnail (baton_row_text (version, BATON_VERSION_MEDIA)))
    return;
  g_object_set_data_full (G_OBJECT (picture), "path", baton_version_path (workspace, version), g_free);
  g_object_set_data_full (
      G_OBJECT (picture), "hash", g_strdup (baton_row_text (version, BATON_VERSION_BLOB)), g_free);
  g_signal_connect_object (workspace, "arrived", G_CALLBACK (arrived_cb), picture, G_CONNECT_SWAPPED);
  load_thumbnail (self, picture);
}

static GtkWidget *
create_button (BatonVersionStrip *self, BatonReviewModel *model, const BatonRow *version)
{
  GtkWidget *button = gtk_button_new (), *overlay = gtk_overlay_new (), *picture = gtk_picture_new ();
  GtkWidget *room = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  g_autofree char *name = baton_review_version_name (version);
  g_autofree char *tip = baton_review_version_label (model, version, g_get_real_time ());
  const char *status = baton_review_status_words (baton_row_text (version, BATON_VERSION_STATUS));
  g_autofree char *words = *status != '\0' ? g_strdup_printf ("%s %s", name, status) : g_strdup (name);
  GtkWidget *label = gtk_label_new (words);
  double scale;

  /* However large the picture is. Large text wants large tiles, for the name upon them. */
  scale = CLAMP (baton_text_scale (GTK_WIDGET (self)), 1, 2);
  gtk_widget_set_size_request (room, (int) (WIDTH * scale), (int) (HEIGHT * scale));
  gtk_picture_set_content_fit (GTK_PICTURE (picture), GTK_CONTENT_FIT_COVER);
  gtk_widget_set_can_target (picture, FALSE);
  gtk_overlay_set_child (GTK_OVERLAY (overlay), room);
  gtk_overlay_add_overlay (GTK_OVERLAY (overlay), picture);
  if (!baton_preview_has_thumbnail (baton_row_text (version, BATON_VERSION_MEDIA)))
    gtk_overlay_add_overlay (GTK_OVERLAY (overlay), create_icon (version));
  gtk_widget_set_overflow (overlay, GTK_OVERFLOW_HIDDEN);
  gtk_widget_set_halign (label, GTK_ALIGN_START);
  gtk_widget_set_valign (label, GTK_ALIGN_END);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (label, "strip-name");
  gtk_overlay_add_overlay (GTK_OVERLAY (overlay), label);
  gtk_button_set_child (GTK_BUTTON (button), overlay);
  gtk_widget_add_css_class (button, "strip-version");
  gtk_widget_set_tooltip_text (button, tip);
  gtk_widget_set_focus_on_click (button, FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, tip, -1);
  g_object_set_data_full (G_OBJECT (button), "version", g_strdup (version->id), g_free);
  g_object_set_data (
      G_OBJECT (button), "number", GINT_TO_POINTER ((int) baton_row_int (version, BATON_VERSION_NUMBER)));
  g_object_set_data_full (G_OBJECT (button), "words", g_strdup (words), g_free);
  g_signal_connect (button, "clicked", G_CALLBACK (clicked_cb), self);
  want_thumbnail (self, baton_review_model_workspace (model), version, picture);
  return button;
}

static gboolean
has_same_versions (BatonVersionStrip *self, const GPtrArray *versions)
{
  GtkWidget *button = gtk_widget_get_first_child (GTK_WIDGET (self->buttons));

  for (guint i = 0; i < MIN (versions->len, MOST); i++)
    {
      const BatonRow *version = g_ptr_array_index (versions, i);
      g_autofree char *name = baton_review_version_name (version);
      const char *status = baton_review_status_words (baton_row_text (version, BATON_VERSION_STATUS));
      g_autofree char *words = *status != '\0' ? g_strdup_printf ("%s %s", name, status) : g_strdup (name);

      if (button == NULL || !g_str_equal (id_of (button), version->id) ||
          !g_str_equal (g_object_get_data (G_OBJECT (button), "words"), words))
        return FALSE;
      button = gtk_widget_get_next_sibling (button);
    }
  return button == NULL;
}

static void
fill (BatonVersionStrip *self, BatonReviewModel *model, const GPtrArray *versions)
{
  GtkWidget *button;

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  while ((button = gtk_widget_get_first_child (GTK_WIDGET (self->buttons))) != NULL)
    gtk_box_remove (self->buttons, button);
  for (guint i = 0; i < MIN (versions->len, MOST); i++)
    gtk_box_append (self->buttons, create_button (self, model, g_ptr_array_index (versions, i)));
}

static void
set_style (GtkWidget *button, const char *style, gboolean on)
{
  if (on)
    gtk_widget_add_css_class (button, style);
  else
    gtk_widget_remove_css_class (button, style);
}

void
baton_version_strip_show (
    BatonVersionStrip *self, BatonReviewModel *model, const char *newer, const char *older)
{
  const GPtrArray *versions = baton_review_model_versions (model);
  const BatonRow *version = baton_review_model_version (model, newer);
  const char *note = version != NULL ? baton_row_text (version, BATON_VERSION_NOTE) : NULL;
  g_autofree char *words = note != NULL ? g_strdup_printf (_ ("“%s”"), note) : NULL;

  if (versions == NULL)
    return;
  if (!has_same_versions (self, versions))
    fill (self, model, versions);
  g_free (self->newer);
  self->newer = g_strdup (newer);
  g_free (self->older);
  self->older = g_strdup (older);
  for (GtkWidget *button = gtk_widget_get_first_child (GTK_WIDGET (self->buttons)); button != NULL;
       button = gtk_widget_get_next_sibling (button))
    {
      set_style (button, "shown", g_strcmp0 (id_of (button), newer) == 0);
      set_style (button, "compared", g_strcmp0 (id_of (button), older) == 0);
    }
  gtk_label_set_label (self->note, words != NULL ? words : "");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->note), note);
}

static void
baton_version_strip_dispose (GObject *object)
{
  BatonVersionStrip *self = BATON_VERSION_STRIP (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->newer, g_free);
  g_clear_pointer (&self->older, g_free);
  G_OBJECT_CLASS (baton_version_strip_parent_class)->dispose (object);
}

static void
baton_version_strip_class_init (BatonVersionStripClass *klass)
{
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = baton_version_strip_dispose;
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);
  signals[SHOWN] =
      g_signal_new ("shown", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[COMPARED] =
      g_signal_new ("compared", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
baton_version_strip_init (BatonVersionStrip *self)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  self->cancellable = g_cancellable_new ();
  gtk_box_set_spacing (GTK_BOX (self), 12);
  gtk_widget_add_css_class (GTK_WIDGET (self), "version-strip");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Versions"), -1);
  self->buttons = GTK_BOX (gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6));
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_AUTOMATIC, GTK_POLICY_NEVER);
  gtk_scrolled_window_set_propagate_natural_width (GTK_SCROLLED_WINDOW (scrolled), TRUE);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), GTK_WIDGET (self->buttons));
  gtk_box_append (GTK_BOX (self), scrolled);
  self->note = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_ellipsize (self->note, PANGO_ELLIPSIZE_END);
  gtk_label_set_lines (self->note, 2);
  gtk_label_set_wrap (self->note, TRUE);
  gtk_label_set_xalign (self->note, 0);
  gtk_widget_set_hexpand (GTK_WIDGET (self->note), TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self->note), "strip-note");
  gtk_box_append (GTK_BOX (self), GTK_WIDGET (self->note));
}

GtkWidget *
baton_version_strip_new (void)
{
  return g_object_new (BATON_TYPE_VERSION_STRIP, NULL);
}
