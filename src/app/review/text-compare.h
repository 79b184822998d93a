/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mark.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Two texts with what changed between them, word by word: side by side (the newer one left) or in one
 * another. What was added is underlined, what was removed struck through, so that colour is not needed to see
 * it. The work is done on another thread.
 *
 * What comments are about is marked in it, with their numbers beside the lines; words of the newer text can
 * be selected, across lines too, and commented on: by the button that appears, the context menu, or whoever
 * asks for the selection.
 *
 * Signals:
 *   compared ()                       the differences are known
 *   pin (BatonPin *pin, int how)      somebody touched a number: a BatonPinTouch
 *   activated (const char *comment)   somebody chose a range by its words
 *   marked (BatonMark *mark)          somebody wants to comment on these words; copy it to keep it */
#define BATON_TYPE_TEXT_COMPARE (baton_text_compare_get_type ())
G_DECLARE_FINAL_TYPE (BatonTextCompare, baton_text_compare, BATON, TEXT_COMPARE, GtkWidget)

GtkWidget *baton_text_compare_new (void);
/* older may be NULL: the text alone. */
void baton_text_compare_set (BatonTextCompare *self, const char *newer, const char *older);
void baton_text_compare_set_inline (BatonTextCompare *self, gboolean in_one);
/* How much changed, in words; NULL while that is not known. Transfer full. */
char *baton_text_compare_words (BatonTextCompare *self);
/* Goes to the next place that changed (or the one before). FALSE when there is none. */
gboolean baton_text_compare_step (BatonTextCompare *self, gboolean forward);

/* Of BatonTextMark; the array is kept. */
void baton_text_compare_set_marks (BatonTextCompare *self, gboolean older, GPtrArray *marks);
/* The comment whose range stands out; NULL for none. */
void baton_text_compare_select (BatonTextCompare *self, const char *comment);
/* Scrolls to the range of a comment. FALSE when it is not here. */
gboolean baton_text_compare_reveal (BatonTextCompare *self, const char *comment);
/* A range that waits for its words; NULL takes it away. Copied. */
void baton_text_compare_set_draft (BatonTextCompare *self, const BatonMark *mark);
/* Whether words can be commented on. */
void baton_text_compare_set_takes_marks (BatonTextCompare *self, gboolean takes);
/* What is selected in the newer text; NULL: nothing. Transfer full. */
BatonMark *baton_text_compare_selection (BatonTextCompare *self);
/* Says “marked” for what is selected. FALSE when nothing is, or marks are not taken. */
gboolean baton_text_compare_mark_selection (BatonTextCompare *self);
/* Selects bytes of the newer text, as a pointer would that was drawn across lines. */
void baton_text_compare_select_range (BatonTextCompare *self, gsize from, gsize to);
/* The number of a comment, when it is on the screen. */
GtkWidget *baton_text_compare_pin (BatonTextCompare *self, const char *comment);

G_END_DECLS
