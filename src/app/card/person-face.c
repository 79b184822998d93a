/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "person-face.h"

#include "card-facts.h"

#define SCALE 0.42
#define UNKNOWN "#5e5c64"

struct _BatonPersonFace
{
  GtkWidget parent_instance;
  int size;
  GdkRGBA color;
  char *initials;
};

G_DEFINE_FINAL_TYPE (BatonPersonFace, baton_person_face, GTK_TYPE_WIDGET)

static void
baton_person_face_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
    int *natural, int *minimum_baseline, int *natural_baseline)
{
  *minimum = *natural = BATON_PERSON_FACE (widget)->size;
}

static void
append_initials (BatonPersonFace *self, GtkSnapshot *snapshot)
{
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), self->initials);
  PangoFontDescription *font = pango_font_description_copy (
      pango_context_get_font_description (gtk_widget_get_pango_context (GTK_WIDGET (self))));
  const GdkRGBA white = { 1, 1, 1, 1 };
  int width, height;

  pango_font_description_set_absolute_size (font, self->size * SCALE * PANGO_SCALE);
  pango_font_description_set_weight (font, PANGO_WEIGHT_BOLD);
  pango_layout_set_font_description (layout, font);
  pango_layout_get_pixel_size (layout, &width, &height);
  gtk_snapshot_translate (
      snapshot, &GRAPHENE_POINT_INIT ((float) (self->size - width) / 2, (float) (self->size - height) / 2));
  gtk_snapshot_append_layout (snapshot, layout, &white);
  pango_font_description_free (font);
}

static void
baton_person_face_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  BatonPersonFace *self = BATON_PERSON_FACE (widget);
  graphene_rect_t bounds = GRAPHENE_RECT_INIT (0, 0, (float) self->size, (float) self->size);
  GskRoundedRect disc;

  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (
      snapshot, &GRAPHENE_POINT_INIT ((float) (gtk_widget_get_width (widget) - self->size) / 2,
                    (float) (gtk_widget_get_height (widget) - self->size) / 2));
  gsk_rounded_rect_init_from_rect (&disc, &bounds, (float) self->size / 2);
  gtk_snapshot_push_rounded_clip (snapshot, &disc);
  gtk_snapshot_append_color (snapshot, &self->color, &bounds);
  gtk_snapshot_pop (snapshot);
  if (self->initials != NULL)
    append_initials (self, snapshot);
  gtk_snapshot_restore (snapshot);
}

static void
baton_person_face_finalize (GObject *object)
{
  g_free (BATON_PERSON_FACE (object)->initials);
  G_OBJECT_CLASS (baton_person_face_parent_class)->finalize (object);
}

static void
baton_person_face_class_init (BatonPersonFaceClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = baton_person_face_finalize;
  widget_class->measure = baton_person_face_measure;
  widget_class->snapshot = baton_person_face_snapshot;
  /* The name always stands beside it. */
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
baton_person_face_init (BatonPersonFace *self)
{
  gdk_rgba_parse (&self->color, UNKNOWN);
}

GtkWidget *
baton_person_face_new (int size)
{
  BatonPersonFace *self = g_object_new (BATON_TYPE_PERSON_FACE, NULL);

  self->size = size;
  return GTK_WIDGET (self);
}

void
baton_person_face_set (BatonPersonFace *self, BatonItem *person, const char *name)
{
  g_free (self->initials);
  self->initials = baton_initials (name);
  if (person == NULL || !gdk_rgba_parse (&self->color, baton_person_color (person)))
    gdk_rgba_parse (&self->color, UNKNOWN);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
