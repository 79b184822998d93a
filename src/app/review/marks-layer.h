/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "image-view.h"
#include "mark-geometry.h"

G_BEGIN_DECLS

/* Lies over a picture and shows what is pinned to it: lines and numbered pins. With a tool it takes a new
 * mark, by the pointer or by keys: the arrow keys move a crosshair (with Shift further), Space sets a point,
 * Enter ends, Escape takes back.
 *
 * Signals:
 *   activated (const char *comment)   somebody chose a mark by its line
 *   pin (BatonPin *pin, int how)      somebody touched a pin: a BatonPinTouch
 *   drawn (BatonMark *mark)           a mark was drawn; copy it to keep it
 *   tool-changed ()                   the tool was put away, or another was taken */
#define BATON_TYPE_MARKS_LAYER (baton_marks_layer_get_type ())
G_DECLARE_FINAL_TYPE (BatonMarksLayer, baton_marks_layer, BATON, MARKS_LAYER, GtkWidget)

#define BATON_MARK_TOLERANCE 6 /* pixels around a line that count as on it */

/* One mark that is shown. */
typedef struct
{
  char *comment; /* id */
  BatonMark *mark;
  guint number;
  int page;
  gboolean resolved;
  gboolean carried; /* of an earlier version: its line is dashed */
} BatonShownMark;

void baton_shown_mark_free (BatonShownMark *mark);

/* view: what it lies over, borrowed: the view owns the layer. */
GtkWidget *baton_marks_layer_new (BatonImageView *view);

/* Takes the array, of BatonShownMark; those that are not drawn are left out. */
void baton_marks_layer_set_marks (BatonMarksLayer *self, GPtrArray *marks);
/* The comment whose mark stands out; NULL for none. */
void baton_marks_layer_select (BatonMarksLayer *self, const char *comment);
/* Turns to the page of a mark and moves the picture so that it is seen. FALSE when it is not here. */
gboolean baton_marks_layer_reveal (BatonMarksLayer *self, const char *comment);

/* NONE: no tool. Others are point, rectangle, stroke and arrow. */
void baton_marks_layer_set_tool (BatonMarksLayer *self, BatonMarkShape tool);
BatonMarkShape baton_marks_layer_tool (BatonMarksLayer *self);
/* A mark that is drawn and waits for its words; NULL takes it away. Copied. */
void baton_marks_layer_set_draft (BatonMarksLayer *self, const BatonMark *mark);

/* The pin of a comment; NULL when it has none here. */
GtkWidget *baton_marks_layer_pin (BatonMarksLayer *self, const char *comment);

/* The comment whose mark lies at a point of the widget, pins before lines and newer ones before older ones;
 * NULL when there is none. Borrowed. */
const char *baton_marks_layer_at (BatonMarksLayer *self, double x, double y);

G_END_DECLS
