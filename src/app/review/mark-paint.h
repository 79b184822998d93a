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
  gboolean draft;    /* not said yet: no number */
} BatonMarkLook;

#define BATON_PIN_RADIUS 12.0

void baton_mark_paint (GtkSnapshot *snapshot, GtkWidget *widget, const graphene_rect_t *place,
    const BatonMark *mark, guint number, BatonMarkLook look);

/* The middle of the pin's disc: it stands upon its point, or upon the upper right corner of a rectangle. */
void baton_mark_pin_place (const graphene_rect_t *place, const BatonMark *mark, double *x, double *y);

G_END_DECLS
