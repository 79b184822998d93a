/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The shape of a mark: where on a version a comment is pinned. Places are fractions of the page, so that they
 * hold at any size; offsets of characters in a text; seconds in a video or sound. Pure: no widgets, any
 * thread. */

typedef enum
{
  BATON_MARK_NONE,
  BATON_MARK_POINT,     /* one point */
  BATON_MARK_RECTANGLE, /* two opposite corners, the upper left one first */
  BATON_MARK_STROKE,    /* a line drawn by hand: at least two points */
  BATON_MARK_ARROW,     /* from its tail to its tip */
  BATON_MARK_TEXT,      /* characters from … to */
  BATON_MARK_MOMENT,    /* at `from` seconds */
  BATON_MARK_RANGE,     /* seconds from … to */
} BatonMarkKind;

/* Fractions of the page's width and height, 0 … 1, from its upper left corner. */
typedef struct
{
  double x, y;
} BatonMarkPoint;

typedef struct
{
  BatonMarkKind kind;
  guint n_points;
  BatonMarkPoint *points; /* of point, rectangle, stroke and arrow */
  double from, to;        /* of text, moment and range */
} BatonMarkShape;

/* The most points that a stroke keeps. */
#define BATON_MARK_MOST_POINTS 1000

/* The name of a kind as it is stored ("rectangle"), and back; an unknown name gives NONE. */
const char *baton_mark_kind_name (BatonMarkKind kind);
BatonMarkKind baton_mark_kind_find (const char *name);

/* Copies the points. Points outside of the page are moved to its edge; the corners of a rectangle are put in
 * order. NULL when there are too few or too many points, or one is not a number. */
BatonMarkShape *baton_mark_shape_new (BatonMarkKind kind, const BatonMarkPoint *points, guint n_points);
/* Text: whole characters; moment and range: seconds. A range that is the wrong way round is turned. NULL when
 * it is negative or empty. */
BatonMarkShape *baton_mark_shape_new_range (BatonMarkKind kind, double from, double to);
/* Reads what is stored: the kind's name, and "x,y x,y …", "from-to" or "at". NULL when it is malformed. */
BatonMarkShape *baton_mark_shape_parse (const char *kind, const char *place);
BatonMarkShape *baton_mark_shape_copy (const BatonMarkShape *shape);
void baton_mark_shape_free (BatonMarkShape *shape);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BatonMarkShape, baton_mark_shape_free)

/* The place as it is stored; the same in every language. Transfer full. */
char *baton_mark_shape_place (const BatonMarkShape *shape);

/* Whether it lies on a page (rather than in a text or in time). */
gboolean baton_mark_kind_is_drawn (BatonMarkKind kind);

/* Where the numbered pin stands: a point and an arrow at their tip, a rectangle at its upper right corner, a
 * stroke where it began. */
BatonMarkPoint baton_mark_shape_pin (const BatonMarkShape *shape);

/* The smallest rectangle around it. */
void baton_mark_shape_bounds (
    const BatonMarkShape *shape, BatonMarkPoint *upper_left, BatonMarkPoint *lower_right);

/* How far a point is from the line of a mark, in pixels of a page that is shown width × height pixels large;
 * 0 on it. The inside of a rectangle is not its line: what is marked stays in reach. G_MAXDOUBLE for marks
 * that are not drawn. */
double baton_mark_shape_distance (
    const BatonMarkShape *shape, BatonMarkPoint at, double width, double height);

/* Leaves out the points of a line that are less than tolerance pixels away from it, on a page of this size,
 * and more of them when too many are left. Gives the number that is left; the first and last stay. (Ramer
 * 1972, Douglas and Peucker 1973.) */
guint baton_mark_simplify (
    BatonMarkPoint *points, guint n_points, double width, double height, double tolerance);

G_END_DECLS
