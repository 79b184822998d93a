/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "preview-facts.h"

#include "size-words.h"

#include <glib/gi18n.h>

struct _BatonPreviewFacts
{
  GtkWidget parent_instance;

  GtkWidget *button;
  GtkWidget *line;
  GtkWidget *grid;
  int n; /* rows */

  BatonPreviewFile *file;
  BatonDecoded *decoded;
  char *media;
};

G_DEFINE_FINAL_TYPE (BatonPreviewFacts, baton_preview_facts, GTK_TYPE_WIDGET)

static void
add_row (BatonPreviewFacts *self, const char *name, const char *value)
{
  GtkWidget *label = gtk_label_new (name), *content = gtk_label_new (value);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_yalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "dim-label");
  gtk_label_set_xalign (GTK_LABEL (content), 0);
  gtk_label_set_selectable (GTK_LABEL (content), TRUE);
  gtk_label_set_wrap (GTK_LABEL (content), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (content), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_max_width_chars (GTK_LABEL (content), 34);
  gtk_grid_attach (GTK_GRID (self->grid), label, 0, self->n, 1, 1);
  gtk_grid_attach (GTK_GRID (self->grid), content, 1, self->n++, 1, 1);
  gtk_accessible_update_relation (
      GTK_ACCESSIBLE (content), GTK_ACCESSIBLE_RELATION_LABELLED_BY, label, NULL, -1);
}

static void
add_size (BatonPreviewFacts *self, const BatonDecoded *decoded)
{
  g_autofree char *pixels =
      baton_size_words (baton_picture_width (decoded->picture), baton_picture_height (decoded->picture));
  g_autofree char *pages = g_strdup_printf ("%d", decoded->pages);
  g_autofree char *frames = g_strdup_printf ("%d", decoded->frames);

  if (g_str_equal (decoded->format, "PDF"))
    add_row (self, _ ("Page at 96 dpi"), pixels);
  else
    add_row (self, _ ("Pixels"), pixels);
  if (decoded->pages > 1)
    add_row (self, _ ("Pages"), pages);
  if (decoded->frames > 1)
    add_row (self, _ ("Frames"), frames);
}

/* What a picture of points says about its colours; a drawing or a page is made of sRGB here. */
static void
add_colours (BatonPreviewFacts *self, const BatonDecoded *decoded)
{
  gboolean inks = g_str_equal (decoded->colour, "CMYK");
  g_autofree char *words = baton_decoded_colours (decoded);

  if (*words != '\0')
    add_row (self, _ ("Colours"), words);
  if ((decoded->flags & BATON_DECODED_VECTOR) != 0)
    return;
  if (decoded->profile[0] != '\0')
    add_row (self, _ ("Colour profile"), decoded->profile);
  else
    add_row (self, _ ("Colour profile"),
        inks ? _ ("None: the colours shown are a guess") : _ ("None: shown as sRGB"));
}

static void
add_file (BatonPreviewFacts *self, const BatonPreviewFile *file, const char *format)
{
  g_autofree char *type = NULL;
  g_autofree char *size = g_format_size_full ((guint64) MAX (file->size, 0), G_FORMAT_SIZE_LONG_FORMAT);

  if (file->name != NULL)
    add_row (self, _ ("Name"), file->name);
  if (file->media != NULL && format != NULL && *format != '\0')
    type = g_strdup_printf ("%s (%s)", format, file->media);
  else
    type = g_strdup (file->media);
  if (type != NULL)
    add_row (self, _ ("Type"), type);
  if (file->size > 0)
    add_row (self, _ ("Size"), size);
}

/* When somebody wants to know. */
static void
fill (BatonPreviewFacts *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->grid)) != NULL)
    gtk_grid_remove (GTK_GRID (self->grid), child);
  self->n = 0;
  if (self->file == NULL)
    return;
  add_file (self, self->file, self->decoded != NULL ? self->decoded->format : NULL);
  if (self->decoded != NULL && self->decoded->picture != NULL)
    {
      add_size (self, self->decoded);
      add_colours (self, self->decoded);
    }
  if (self->media != NULL && *self->media != '\0')
    add_row (self, _ ("Content"), self->media);
  if (self->file->hash != NULL)
    add_row (self, _ ("Hash (BLAKE2b)"), self->file->hash);
}

static void
forget (BatonPreviewFacts *self)
{
  g_clear_pointer (&self->file, baton_preview_file_free);
  g_clear_pointer (&self->decoded, baton_decoded_unref);
  g_clear_pointer (&self->media, g_free);
}

void
baton_preview_facts_set_file (
    BatonPreviewFacts *self, const BatonPreviewFile *file, BatonDecoded *decoded, const char *media)
{
  g_return_if_fail (BATON_IS_PREVIEW_FACTS (self));
  /* More pixels of the same file leave what is open alone. */
  if (file == NULL || self->file == NULL || g_strcmp0 (file->path, self->file->path) != 0)
    gtk_menu_button_popdown (GTK_MENU_BUTTON (self->button));
  forget (self);
  if (file != NULL)
    self->file = baton_preview_file_copy (file);
  if (decoded != NULL)
    self->decoded = baton_decoded_ref (decoded);
  self->media = g_strdup (media);
}

void
baton_preview_facts_set_line (BatonPreviewFacts *self, const char *line)
{
  g_return_if_fail (BATON_IS_PREVIEW_FACTS (self));
  gtk_label_set_text (GTK_LABEL (self->line), line != NULL ? line : "");
  gtk_widget_set_visible (self->button, line != NULL && *line != '\0');
  gtk_accessible_update_property (
      GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, line != NULL ? line : "", -1);
}

char *
baton_preview_facts_text (BatonPreviewFacts *self)
{
  GString *text = g_string_new (NULL);

  fill (self);
  for (int i = 0; i < self->n; i++)
    {
      GtkWidget *name = gtk_grid_get_child_at (GTK_GRID (self->grid), 0, i);
      GtkWidget *value = gtk_grid_get_child_at (GTK_GRID (self->grid), 1, i);

      g_string_append_printf (
          text, "%s: %s\n", gtk_label_get_text (GTK_LABEL (name)), gtk_label_get_text (GTK_LABEL (value)));
    }
  return g_string_free (text, FALSE);
}

static void
baton_preview_facts_dispose (GObject *object)
{
  BatonPreviewFacts *self = BATON_PREVIEW_FACTS (object);

  forget (self);
  g_clear_pointer (&self->button, gtk_widget_unparent);
  G_OBJECT_CLASS (baton_preview_facts_parent_class)->dispose (object);
}

static void
baton_preview_facts_class_init (BatonPreviewFactsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = baton_preview_facts_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
baton_preview_facts_init (BatonPreviewFacts *self)
{
  GtkWidget *popover = gtk_popover_new ();

  self->line = gtk_label_new (NULL);
  gtk_widget_add_css_class (self->line, "caption");
  gtk_widget_add_css_class (self->line, "numeric");
  gtk_label_set_xalign (GTK_LABEL (self->line), 0);
  gtk_label_set_ellipsize (GTK_LABEL (self->line), PANGO_ELLIPSIZE_END);
  self->grid = gtk_grid_new ();
  gtk_grid_set_column_spacing (GTK_GRID (self->grid), 12);
  gtk_grid_set_row_spacing (GTK_GRID (self->grid), 6);
  gtk_widget_add_css_class (self->grid, "preview-facts");
  gtk_popover_set_child (GTK_POPOVER (popover), self->grid);
  g_signal_connect_swapped (popover, "show", G_CALLBACK (fill), self);
  self->button = gtk_menu_button_new ();
  gtk_menu_button_set_child (GTK_MENU_BUTTON (self->button), self->line);
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (self->button), popover);
  gtk_menu_button_set_direction (GTK_MENU_BUTTON (self->button), GTK_ARROW_UP);
  gtk_widget_add_css_class (self->button, "flat");
  gtk_widget_set_halign (self->button, GTK_ALIGN_START);
  gtk_widget_set_tooltip_text (self->button, _ ("About this file"));
  gtk_accessible_update_property (
      GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("About this file"), -1);
  gtk_widget_set_parent (self->button, GTK_WIDGET (self));
  baton_preview_facts_set_line (self, NULL);
}

GtkWidget *
baton_preview_facts_new (void)
{
  return g_object_new (BATON_TYPE_PREVIEW_FACTS, NULL);
}
