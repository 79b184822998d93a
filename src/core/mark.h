/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Where a comment is pinned: its shape and its place as text, the same on every machine and in every
 * language.
 *
 *   point      "x,y"                 fractions of the picture's or page's width and height, 0 to 1, from the
 *   rectangle  "x,y x,y"             top left; opposite corners
 *   stroke     "x,y x,y …"           at least two
 *   arrow      "x,y x,y"             tail and tip
 *              any of these may end in "@t": drawn upon the frame of a video that is seen t seconds from the
 *              beginning
 *   text       "a-b"                 characters (Unicode code points) from a up to b, not included
 *   moment     "a"                   seconds from the beginning
 *   range      "a-b"                 seconds
 *   none       ""                    the version as a whole
 *
 * Characters are those of the file's text in UTF-8 without a byte order mark; of Markdown, of its source. */
typedef enum
{
  BATON_MARK_NONE,
  BATON_MARK_POINT,
  BATON_MARK_RECTANGLE,
  BATON_MARK_STROKE,
  BATON_MARK_ARROW,
  BATON_MARK_TEXT,
  BATON_MARK_MOMENT,
  BATON_MARK_RANGE,
} BatonMarkShape;

typedef struct
{
  double x;
  double y;
} BatonMarkPoint;

typedef struct
{
  BatonMarkShape shape;
  GArray *points; /* BatonMarkPoint; empty for shapes in text and time */
  double from;    /* characters or seconds */
  double to;      /* the same as from for a moment */
  gboolean timed; /* drawn upon the frame that is seen at `from` */
} BatonMark;

/* A name of the schema's list; NULL and unknown names are NONE. */
BatonMarkShape baton_mark_shape (const char *name);
const char *baton_mark_shape_name (BatonMarkShape shape);

/* NULL when the text is no place for this shape. */
BatonMark *baton_mark_parse (BatonMarkShape shape, const char *place);
/* The text for it; coordinates are cut to 0 … 1 and written with six digits. Transfer full. */
char *baton_mark_format (const BatonMark *mark);
BatonMark *baton_mark_new (BatonMarkShape shape);
void baton_mark_add_point (BatonMark *mark, double x, double y);
void baton_mark_free (BatonMark *mark);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BatonMark, baton_mark_free)

G_END_DECLS
