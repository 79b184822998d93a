/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Two texts with what changed between them, word by word: side by side (the newer one left) or in one
 * another. What was added is underlined, what was removed struck through, so that colour is not needed to see
 * it. The work is done on another thread.
 *
 * Signal compared ()   the differences are known */
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

G_END_DECLS
