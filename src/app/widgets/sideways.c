/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "sideways.h"

struct _BatonSideways
{
  GtkWidget parent_instance;

  GtkLabel *label;
};

G_DEFINE_FINAL_TYPE (BatonSideways, baton_sideways, GTK_TYPE_WIDGET)

static void
baton_sideways_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
    int *natural, int *minimum_baseline, int *natural_baseline)
{
  GtkOrientation turned =
      orientation == GTK_ORIENTATION_HORIZONTAL ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL;

  gtk_widget_measure (
      GTK_WIDGET (BATON_SIDEWAYS (widget)->label), turned, for_size, minimum, natural, NULL, NULL);
}

static void
baton_sideways_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  GskTransform *turn = gsk_transform_translate (NULL, &GRAPHENE_POINT_INIT ((float) width, 0));

  gtk_widget_allocate (
      GTK_WIDGET (BATON_SIDEWAYS (widget)->label), height, width, -1, gsk_transform_rotate (turn, 90));
}

static void
baton_sideways_dispose (GObject *object)
{
  g_clear_pointer ((GtkWidget **) &BATON_SIDEWAYS (object)->label, gtk_widget_unparent);
  G_OBJECT_CLASS (baton_sideways_parent_class)->dispose (object);
}

static void
baton_sideways_class_init (BatonSidewaysClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = baton_sideways_dispose;
  widget_class->measure = baton_sideways_measure;
  widget_class->size_allocate = baton_sideways_size_allocate;
  gtk_widget_class_set_css_name (widget_class, "sideways");
}

static void
baton_sideways_init (BatonSideways *self)
{
  self->label = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_ellipsize (self->label, PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (self->label, 24);
  gtk_widget_set_parent (GTK_WIDGET (self->label), GTK_WIDGET (self));
}

GtkWidget *
baton_sideways_new (void)
{
  return g_object_new (BATON_TYPE_SIDEWAYS, NULL);
}

void
baton_sideways_set_text (BatonSideways *self, const char *text)
{
  g_return_if_fail (BATON_IS_SIDEWAYS (self));

  gtk_label_set_text (self->label, text);
}
