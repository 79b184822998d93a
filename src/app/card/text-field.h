/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "text-target.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* A text of a card, shown; click or Enter to edit it in place. Saved by Ctrl+Enter (Enter for one line) or by
 * going elsewhere; Escape leaves and keeps a draft, which is then shown with Save and Discard. While somebody
 * types, a change by another person is only told; what is typed stays. Signal edited (gboolean editing). */
#define BATON_TYPE_TEXT_FIELD (baton_text_field_get_type ())
G_DECLARE_FINAL_TYPE (BatonTextField, baton_text_field, BATON, TEXT_FIELD, GtkBox)

typedef enum
{
  BATON_TEXT_PLAIN,    /* one line when edited, wrapped when shown */
  BATON_TEXT_MARKDOWN, /* many lines */
} BatonTextKind;

/* Takes the target. name: what the text is, for people; placeholder: shown while it is empty; style: a CSS
 * class for the shown text, or NULL. */
GtkWidget *baton_text_field_new (BatonCardModel *model, BatonTextTarget *target, BatonTextKind kind,
    const char *name, const char *placeholder, const char *style);

/* Whether this text may be edited here; it may by default, where the workspace can be written. */
void baton_text_field_set_editable (BatonTextField *self, gboolean editable);
void baton_text_field_edit (BatonTextField *self);
gboolean baton_text_field_is_editing (BatonTextField *self);
gboolean baton_text_field_has_draft (BatonTextField *self);

/* Saves what is typed, or the draft, as one operation. */
void baton_text_field_save (BatonTextField *self);
void baton_text_field_discard (BatonTextField *self);

/* Leaves editing; what was typed stays as a draft. */
void baton_text_field_leave (BatonTextField *self);

G_END_DECLS
