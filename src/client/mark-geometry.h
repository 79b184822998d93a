/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mark.h"

G_BEGIN_DECLS

/* Marks (core/mark.h) as they are drawn, pointed at and met. Pure: no widgets, any thread. */

/* The most points that a stroke keeps. */
#define BATON_MARK_MOST_POINTS 1000

/* Whether a shape lies on a page, rather than in a text, in time, or on the version as a whole. */
gboolean baton_mark_is_drawn (BatonMarkShape shape);

/* A mark of points: 1 for a point, 2 for a rectangle (its corners are put in order) and an arrow, 2 and more
 * for a stroke. Points outside of the page are moved to its edge. NULL when there are too few or too many, or
 * one is not a number. */
BatonMark *baton_mark_new_drawn (BatonMarkShape shape, const BatonMarkPoint *points, guint n_points);
/* Characters, or seconds. A range that is the wrong way round is turned. NULL when it is negative or empty.
 */
BatonMark *baton_mark_new_span (BatonMarkShape shape, double from, double to);
BatonMark *baton_mark_copy (const BatonMark *mark);
/* Whether it belongs to a moment or a stretch of a video or sound. */
gboolean baton_mark_has_time (const BatonMark *mark);

/* Where the numbered pin stands: a point and an arrow at their tip, a rectangle at its upper right corner, a
 * stroke where it began. */
BatonMarkPoint baton_mark_pin (const BatonMark *mark);

/* The smallest rectangle around it. */
void baton_mark_bounds (const BatonMark *mark, BatonMarkPoint *upper_left, BatonMarkPoint *lower_right);

/* How far a point is from the line of a mark, in pixels of a page that is shown width × height pixels large;
 * 0 on it. The inside of a rectangle is not its line: what is marked stays in reach. G_MAXDOUBLE for marks
 * that are not drawn. */
double baton_mark_distance (const BatonMark *mark, BatonMarkPoint at, double width, double height);

/* Leaves out the points of a line that are less than tolerance pixels away from it, on a page of this size,
 * and more of them when too many are left. Gives the number that is left; the first and last stay. (Ramer
 * 1972, Douglas and Peucker 1973.) */
guint baton_mark_simplify (
    BatonMarkPoint *points, guint n_points, double width, double height, double tolerance);

G_END_DECLS
