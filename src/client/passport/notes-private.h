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

/* Whether it belongs to a moment or a stretch of a video or sound, and whether two begin at the same one. */
gboolean baton_note_is_in_time (const BatonNote *note);
gboolean baton_notes_same_moment (const BatonNote *note, const BatonNote *other);

gboolean baton_notes_have_marks (GPtrArray *notes, gint64 page);
/* Whether something is drawn upon the frame that a note belongs to. */
gboolean baton_notes_draw_upon (GPtrArray *notes, const BatonNote *moment);
/* Draws the marks of a page into a rectangle that shows it; those of a moment into one that shows its frame.
 */
void baton_notes_draw_marks (cairo_t *cairo, GPtrArray *notes, gint64 page, const cairo_rectangle_t *box);
void baton_notes_draw_moment (
    cairo_t *cairo, GPtrArray *notes, const BatonNote *moment, const cairo_rectangle_t *box);

/* The pictures between the notes of a version, with the marks drawn upon them: its pages, and the frames of a
 * video, all read by helper processes. Where there is no picture a sentence says why. Everything that is
 * given stays the caller's. */
typedef struct _BatonNotePictures BatonNotePictures;

BatonNotePictures *baton_note_pictures_new (
    BatonPdf *pdf, BatonBlobs *blobs, const BatonRow *version, GPtrArray *notes);
void baton_note_pictures_free (BatonNotePictures *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BatonNotePictures, baton_note_pictures_free)

/* Nothing where nothing is drawn upon the page. */
void baton_note_pictures_put_page (BatonNotePictures *self, gint64 page);
/* The frame of a note that belongs to a moment, once for all that begin at it; nothing for others, and
 * nothing of a sound. */
void baton_note_pictures_put_moment (BatonNotePictures *self, guint note);

G_END_DECLS
