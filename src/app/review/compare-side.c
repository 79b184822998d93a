/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "compare-side.h"

#include <glib/gi18n.h>

static GtkLabel *
add_tag (GtkBox *row, GtkAlign side)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_widget_add_css_class (label, "version-tag");
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_set_halign (label, side);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (row, label);
  return GTK_LABEL (label);
}

GtkLabel *
baton_compare_add_label (GtkOverlay *frame)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  /* What is left stays left whichever way the language is written. */
  gtk_widget_set_direction (row, GTK_TEXT_DIR_LTR);
  gtk_box_set_homogeneous (GTK_BOX (row), TRUE);
  gtk_widget_set_valign (row, GTK_ALIGN_START);
  gtk_widget_set_can_target (row, FALSE);
  gtk_overlay_add_overlay (frame, row);
  return add_tag (GTK_BOX (row), GTK_ALIGN_START);
}

GtkLabel *
baton_compare_add_second_label (GtkLabel *first)
{
  GtkLabel *label = add_tag (GTK_BOX (gtk_widget_get_parent (GTK_WIDGET (first))), GTK_ALIGN_END);

  /* Aligned within the row, whose left is left. */
  gtk_widget_set_direction (GTK_WIDGET (first), GTK_TEXT_DIR_LTR);
  gtk_widget_set_direction (GTK_WIDGET (label), GTK_TEXT_DIR_LTR);
  return label;
}

GtkLabel *
baton_compare_add_problem (GtkOverlay *frame)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_justify (GTK_LABEL (label), GTK_JUSTIFY_CENTER);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 40);
  gtk_widget_set_halign (label, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (label, GTK_ALIGN_CENTER);
  gtk_overlay_add_overlay (frame, label);
  return GTK_LABEL (label);
}

void
baton_compare_side_build (BatonCompareSide *side, BatonViewport *viewport)
{
  side->frame = gtk_overlay_new ();
  side->view = BATON_IMAGE_VIEW (
      baton_image_view_new (viewport, BATON_INPUT_KEYS | BATON_INPUT_WHEEL | BATON_INPUT_DRAG));
  side->top = gtk_overlay_new ();
  baton_image_view_set_overlay (side->view, side->top);
  gtk_overlay_set_child (GTK_OVERLAY (side->frame), GTK_WIDGET (side->view));
  gtk_widget_set_hexpand (side->frame, TRUE);
  gtk_widget_set_vexpand (side->frame, TRUE);

  side->label = baton_compare_add_label (GTK_OVERLAY (side->frame));
  side->problem = baton_compare_add_problem (GTK_OVERLAY (side->frame));

  side->spinner = gtk_spinner_new ();
  gtk_widget_set_halign (side->spinner, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (side->spinner, GTK_ALIGN_CENTER);
  gtk_widget_set_can_target (side->spinner, FALSE);
  gtk_overlay_add_overlay (GTK_OVERLAY (side->frame), side->spinner);
}

void
baton_compare_side_set (BatonCompareSide *side, BatonContent *content, const char *label)
{
  if (side->content != content)
    baton_image_view_set_picture (side->view, NULL, FALSE);
  g_set_object (&side->content, content);
  gtk_label_set_label (side->label, label != NULL ? label : "");
  gtk_widget_set_visible (GTK_WIDGET (side->label), label != NULL);
  gtk_accessible_update_property (
      GTK_ACCESSIBLE (side->view), GTK_ACCESSIBLE_PROPERTY_LABEL, label != NULL ? label : "", -1);
}

void
baton_compare_side_show (BatonCompareSide *side, BatonPicture *picture, gboolean apart)
{
  const char *words = apart ? _ ("This version is of another kind. Choose it below to see it.")
                      : side->content != NULL ? baton_content_words (side->content)
                                              : NULL;
  gboolean waits = side->content != NULL && picture == NULL && words == NULL;

  if (picture != NULL || !waits)
    baton_image_view_set_picture (side->view, picture,
        side->content != NULL &&
            (baton_content_grows (side->content) || baton_compare_side_kind (side) == BATON_CONTENT_MEDIA));
  gtk_widget_set_visible (GTK_WIDGET (side->problem), words != NULL);
  gtk_label_set_label (side->problem, words != NULL ? words : "");
  gtk_widget_set_visible (side->spinner, waits);
  gtk_spinner_set_spinning (GTK_SPINNER (side->spinner), waits);
}

BatonContentKind
baton_compare_side_kind (const BatonCompareSide *side)
{
  return side->content != NULL ? baton_content_kind (side->content) : BATON_CONTENT_OTHER;
}
