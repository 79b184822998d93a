/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What is marked in time, above the scale that one scrubs with: a numbered pin for a moment, and a bar behind
 * it for a stretch of time. Each pin is a button, so the keyboard and assistive technology reach it.
 *
 * Signal activated (const char *id)   somebody chose a mark */
#define BATON_TYPE_TIME_MARKS (baton_time_marks_get_type ())
G_DECLARE_FINAL_TYPE (BatonTimeMarks, baton_time_marks, BATON, TIME_MARKS, GtkWidget)

typedef struct
{
  char *id;
  guint number;
  double from, to; /* seconds; the same for a moment */
  gboolean resolved;
  gboolean carried; /* of an earlier version: its bar is dashed */
  char *label;      /* what assistive technology reads, and the tooltip */
} BatonTimeMark;

void baton_time_mark_free (BatonTimeMark *mark);

/* scale: whose trough it lies above, as wide as this; borrowed: both have one parent. */
GtkWidget *baton_time_marks_new (GtkRange *scale);
/* Takes the array, of BatonTimeMark. */
void baton_time_marks_set (BatonTimeMarks *self, GPtrArray *marks);
void baton_time_marks_set_length (BatonTimeMarks *self, double seconds);
/* What waits for its words, or for its other end when to is negative; from negative: nothing. */
void baton_time_marks_set_draft (BatonTimeMarks *self, double from, double to);
void baton_time_marks_select (BatonTimeMarks *self, const char *id);

/* NULL when there is none. Borrowed. */
const BatonTimeMark *baton_time_marks_find (BatonTimeMarks *self, const char *id);
/* The next mark after a moment, or the one before it. */
const BatonTimeMark *baton_time_marks_beside (BatonTimeMarks *self, double seconds, gboolean forward);
/* The button of a mark; for tests. */
GtkWidget *baton_time_marks_button (BatonTimeMarks *self, const char *id);

G_END_DECLS
