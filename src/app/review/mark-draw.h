/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mark-geometry.h"

G_BEGIN_DECLS

/* A mark as it is being drawn, point by point. Pure: coordinates are fractions, sizes pixels of the page as
 * it is shown. */
typedef struct
{
  BatonMarkShape tool;
  GArray *points; /* BatonMarkPoint; the last one follows the pointer */
} BatonMarkDraw;

BatonMarkDraw *baton_mark_draw_new (BatonMarkShape tool, BatonMarkPoint at);
void baton_mark_draw_free (BatonMarkDraw *draw);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BatonMarkDraw, baton_mark_draw_free)

/* The pointer has come to a place: a stroke grows, the other end of a rectangle or arrow moves. */
void baton_mark_draw_move (BatonMarkDraw *draw, BatonMarkPoint at);
/* What it is now; NULL while it is nothing yet. */
BatonMark *baton_mark_draw_now (const BatonMarkDraw *draw);
/* The finished mark: thinned out, and NULL when what was drawn is too small to be meant (less than five
 * pixels). */
BatonMark *baton_mark_draw_end (const BatonMarkDraw *draw, double width, double height);

G_END_DECLS
