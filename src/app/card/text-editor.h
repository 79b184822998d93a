/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "workspace.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* Where text is typed. What is typed is kept as a draft within 300 ms of a pause, until it is saved or taken
 * back.
 *
 * Signals:
 *   submit (): Ctrl+Enter, or Enter where one line is wanted, or many lines pasted where each is one thing
 *   escape (): the draft is kept already
 *   left (): the keyboard went elsewhere in the window
 *   typed (): the person changed the text */
#define BATON_TYPE_TEXT_EDITOR (baton_text_editor_get_type ())
G_DECLARE_FINAL_TYPE (BatonTextEditor, baton_text_editor, BATON, TEXT_EDITOR, AdwBin)

typedef enum
{
  BATON_EDITOR_MANY_LINES, /* Ctrl+Enter submits */
  BATON_EDITOR_ONE_LINE,   /* Enter submits; line breaks that are pasted become spaces */
  BATON_EDITOR_ONE_EACH,   /* Enter submits; pasted lines are submitted at once, as several things */
} BatonEditorMode;

/* key: where the draft is kept. name: for assistive technology; placeholder may be NULL. */
GtkWidget *baton_text_editor_new (BatonWorkspace *workspace, const char *key, BatonEditorMode mode,
    const char *name, const char *placeholder);

/* Shows a text. saved is what is known without the draft: while they are equal there is no draft. */
void baton_text_editor_set (BatonTextEditor *self, const char *text, const char *saved);
char *baton_text_editor_text (BatonTextEditor *self);
gboolean baton_text_editor_is_blank (BatonTextEditor *self);
void baton_text_editor_focus (BatonTextEditor *self);

/* Writes the draft now instead of in a moment. */
void baton_text_editor_flush (BatonTextEditor *self);
/* Forgets the draft. */
void baton_text_editor_forget (BatonTextEditor *self);

G_END_DECLS
