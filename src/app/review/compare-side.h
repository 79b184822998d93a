/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "content.h"
#include "image-view.h"

G_BEGIN_DECLS

/* What one of the versions is shown in: its picture with a label upon it. */
typedef struct
{
  GtkWidget *frame; /* overlay */
  BatonImageView *view;
  GtkWidget *top;    /* overlay of what lies over the picture */
  GtkLabel *label;   /* version, author, time */
  GtkLabel *problem; /* why there is nothing */
  GtkWidget *spinner;
  BatonContent *content;
} BatonCompareSide;

/* What lies on a side, of pictures and of films: which version it is, and why nothing is seen. Borrowed. */
GtkLabel *baton_compare_add_label (GtkOverlay *frame);
/* Another one at the right edge of the same picture: each has half of the width at the most. */
GtkLabel *baton_compare_add_second_label (GtkLabel *first);
GtkLabel *baton_compare_add_problem (GtkOverlay *frame);

/* Makes the widgets; content is nothing yet. */
void baton_compare_side_build (BatonCompareSide *side, BatonViewport *viewport);
/* Another version, or none; label: of it, or NULL. */
void baton_compare_side_set (BatonCompareSide *side, BatonContent *content, const char *label);
/* picture: of the page that is looked at; NULL while it is on its way, or where there is none. apart: it
 * cannot be laid beside the other version, and that is said. */
void baton_compare_side_show (BatonCompareSide *side, BatonPicture *picture, gboolean apart);
BatonContentKind baton_compare_side_kind (const BatonCompareSide *side);

G_END_DECLS
