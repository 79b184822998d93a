/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mark-geometry.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Draws marks on a picture that lies at `place`, in the coordinates of the widget. */

typedef struct
{
  gboolean resolved;
  gboolean carried;  /* dashed */
  gboolean selected; /* stands out */
} BatonMarkLook;

/* The line of a mark; its pin is a widget (pin.h). */
void baton_mark_paint (GtkSnapshot *snapshot, GtkWidget *widget, const graphene_rect_t *place,
    const BatonMark *mark, BatonMarkLook look);
/* The pin of a mark that waits for its words: it has no number yet. */
void baton_mark_paint_draft (
    GtkSnapshot *snapshot, GtkWidget *widget, const graphene_rect_t *place, const BatonMark *mark);

/* The middle of the pin's disc: it stands upon its point, or upon the upper right corner of a rectangle. */
void baton_mark_pin_place (const graphene_rect_t *place, const BatonMark *mark, double *x, double *y);

G_END_DECLS
