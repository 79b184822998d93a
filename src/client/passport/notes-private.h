/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mark.h"
#include "notes.h"
#include "passport-private.h"
#include "pdf-page.h"

G_BEGIN_DECLS

/* A comment with a number, under which it is drawn and told. */
typedef struct
{
  guint number;
  const BatonRow *comment;
  BatonMark *mark; /* or NULL */
  gint64 page;     /* from 1 */
} BatonNote;

/* The notes of a version in order: by page, then as they were made. Answers come right after what they
 * answer. comments: those of the card. Of BatonNote. */
GPtrArray *baton_notes_of (GPtrArray *comments, const char *version);

/* The picture of a page that fits into a box of points, read by a helper process; NULL when there is none.
 * Surface of the caller. */
cairo_surface_t *baton_page_picture (const char *path, int page, double width, double height);

/* Draws the marks of a page into a rectangle that shows it. */
void baton_notes_draw_marks (cairo_t *cairo, GPtrArray *notes, gint64 page, const cairo_rectangle_t *box);

G_END_DECLS
