/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A text to be read: plain, or formatted where it is Markdown. Words that are selected can be commented on,
 * by the button that appears or the context menu.
 *
 * Signal marked (guint from, guint to, const char *words): somebody wants to comment on these characters of
 * the file's text; of Markdown, of its source. from = to: it is not certain where the words stand. */
#define BATON_TYPE_PREVIEW_TEXT (baton_preview_text_get_type ())
G_DECLARE_FINAL_TYPE (BatonPreviewText, baton_preview_text, BATON, PREVIEW_TEXT, GtkWidget)

GtkWidget *baton_preview_text_new (void);
void baton_preview_text_show (BatonPreviewText *self, const char *text, gboolean markdown);
/* Whether words can be commented on; not at first. */
void baton_preview_text_set_takes_marks (BatonPreviewText *self, gboolean takes);
/* Says “marked” for what is selected. FALSE when nothing is, or marks are not taken. */
gboolean baton_preview_text_mark_selection (BatonPreviewText *self);
/* Where the selection is, in the coordinates of the widget. FALSE: nothing is selected. */
gboolean baton_preview_text_selection_place (BatonPreviewText *self, GdkRectangle *place);

/* Where words that were formatted stand in their source: the only place where the same words follow each
 * other, whatever signs lie between them. In characters. FALSE when there is none, or more than one. */
gboolean baton_preview_text_find (const char *source, const char *words, guint *from, guint *to);

G_END_DECLS
