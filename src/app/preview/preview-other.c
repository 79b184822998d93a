/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "preview-other.h"

#include <glib/gi18n.h>

struct _BatonPreviewOther
{
  GtkWidget parent_instance;

  GtkWidget *box;
  GtkWidget *icon;
  GtkWidget *name;
  GtkWidget *words;
  GtkWidget *facts;
  GtkWidget *open;
};

G_DEFINE_FINAL_TYPE (BatonPreviewOther, baton_preview_other, GTK_TYPE_WIDGET)

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

static void
baton_preview_other_dispose (GObject *object)
{
  g_clear_pointer (&BATON_PREVIEW_OTHER (object)->box, gtk_widget_unparent);
  G_OBJECT_CLASS (baton_preview_other_parent_class)->dispose (object);
}

static void
baton_preview_other_class_init (BatonPreviewOtherClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = baton_preview_other_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
baton_preview_other_init (BatonPreviewOther *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  gtk_widget_set_valign (self->box, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (self->box, "preview-other");
  self->icon = gtk_image_new ();
  gtk_image_set_pixel_size (GTK_IMAGE (self->icon), 48);
  gtk_box_append (GTK_BOX (self->box), self->icon);
  self->name = centred_label ("heading");
  gtk_box_append (GTK_BOX (self->box), self->name);
  self->words = centred_label (NULL);
  gtk_box_append (GTK_BOX (self->box), self->words);
  self->facts = centred_label ("caption");
  gtk_label_set_selectable (GTK_LABEL (self->facts), TRUE);
  gtk_box_append (GTK_BOX (self->box), self->facts);
  self->open = gtk_button_new_with_label (_ ("Open with…"));
  gtk_widget_set_halign (self->open, GTK_ALIGN_CENTER);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->open), "preview.open-with");
  gtk_box_append (GTK_BOX (self->box), self->open);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

GtkWidget *
baton_preview_other_new (void)
{
  return g_object_new (BATON_TYPE_PREVIEW_OTHER, NULL);
}

void
baton_preview_other_show (
    BatonPreviewOther *self, const BatonPreviewFile *file, const char *words, gboolean can_open)
{
  g_autoptr (GIcon) icon =
      g_content_type_get_symbolic_icon (file->media != NULL ? file->media : "application/octet-stream");
  g_autofree char *size =
      file->size > 0 ? g_format_size_full ((guint64) file->size, G_FORMAT_SIZE_LONG_FORMAT) : NULL;
  const char *known[] = { file->media, size, file->hash };
  g_autoptr (GString) facts = g_string_new (NULL);

  g_return_if_fail (BATON_IS_PREVIEW_OTHER (self));
  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    {
      if (known[i] != NULL && *known[i] != '\0')
        g_string_append_printf (facts, "%s%s", facts->len > 0 ? "\n" : "", known[i]);
    }
  gtk_image_set_from_gicon (GTK_IMAGE (self->icon), icon);
  gtk_label_set_text (GTK_LABEL (self->name), file->name != NULL ? file->name : "");
  gtk_label_set_text (GTK_LABEL (self->words), words);
  gtk_label_set_text (GTK_LABEL (self->facts), facts->str);
  gtk_widget_set_visible (self->open, can_open);
}
