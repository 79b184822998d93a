/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "card-model.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* A quiet button that becomes a line to type in; Enter performs one operation, Escape goes back and keeps a
 * draft. */
#define BATON_TYPE_REVEAL_EDITOR (baton_reveal_editor_get_type ())
G_DECLARE_FINAL_TYPE (BatonRevealEditor, baton_reveal_editor, BATON, REVEAL_EDITOR, GtkBox)

/* The operation for what was typed (not blank), or NULL with a sentence that says why not. */
typedef BatonOp *(*BatonTypedFunc) (BatonCardModel *model, const char *text, char **refusal);

/* name: of the draft; label: of the button; prompt: what shall be typed. */
GtkWidget *baton_reveal_editor_new (
    BatonCardModel *model, const char *name, const char *label, const char *prompt, BatonTypedFunc func);
void baton_reveal_editor_open (BatonRevealEditor *self);

G_END_DECLS
