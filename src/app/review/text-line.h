/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "text-compare-line.h"
#include "text-mark.h"

G_BEGIN_DECLS

/* What is marked and selected in the texts that are compared; shared by the lines, owned by the comparison.
 */
typedef struct
{
  GPtrArray *marks[2];        /* BatonTextMark, of the newer and of the older text */
  char *selected;             /* comment */
  gsize draft_from, draft_to; /* of the newer text; equal: none */
  gsize from, to;             /* selected by somebody across lines; equal: nothing */
  GCallback touched;          /* of pins */
  gpointer owner;
} BatonTextLook;

/* One line of one text: the pins of the comments that begin in it, and the words, which can be selected. */
#define BATON_TYPE_TEXT_LINE (baton_text_line_get_type ())
G_DECLARE_FINAL_TYPE (BatonTextLine, baton_text_line, BATON, TEXT_LINE, GtkBox)

GtkWidget *baton_text_line_new (const BatonTextLook *look); /* borrowed: it outlives the line */
/* NULL: nothing. */
void baton_text_line_bind (BatonTextLine *self, BatonDiffLine *line, BatonDiffPart part);
/* Shows again what is marked and selected. */
void baton_text_line_refresh (BatonTextLine *self);

/* The number of a comment that begins in it, or NULL. */
GtkWidget *baton_text_line_pin (BatonTextLine *self, const char *comment);
GtkLabel *baton_text_line_label (BatonTextLine *self);
/* Whether its words are of the newer text, so that they can be commented on. */
gboolean baton_text_line_is_newer (BatonTextLine *self);
/* The byte of the text at a point of the line. */
gsize baton_text_line_at (BatonTextLine *self, double x, double y);
void baton_text_line_range (BatonTextLine *self, gsize *from, gsize *to);
/* What is selected in the label, as bytes of the text; FALSE: nothing, and both are where the caret is. */
gboolean baton_text_line_selection (BatonTextLine *self, gsize *from, gsize *to);
/* Where the words before a byte of the text end, in the line's coordinates. */
void baton_text_line_place (BatonTextLine *self, gsize offset, GdkRectangle *place);

G_END_DECLS
