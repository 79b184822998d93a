/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "workspace.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* How dialogs change data: one operation, and a refusal in words beside the widget it was asked at. */

/* Called when the operation is through. near: the widget of the change. refusal: NULL when it was done. */
typedef void (*BatonChangeFunc) (GtkWidget *near, const GError *refusal);

/* Performs an operation (taken). A refusal is shown beside `near`. after may be NULL. */
void baton_change (GtkWidget *near, BatonWorkspace *workspace, BatonOp *op, BatonChangeFunc after);

/* The same, and afterwards a toast in the dialog; its button (NULL: none) performs `reverse` (taken), or
 * undoes the latest change when that is NULL. */
void baton_change_with_toast (GtkWidget *near, BatonWorkspace *workspace, BatonOp *op, const char *done,
    const char *button, BatonOp *reverse);

/* Says something beside a widget until the person goes on. */
void baton_change_tell (GtkWidget *near, const char *message);

/* A toast in the dialog that a widget belongs to. */
void baton_change_toast (GtkWidget *near, const char *message);

/* The verb that does this to an entity, BATON_VERB_UNKNOWN when there is none. */
BatonVerb baton_change_verb (BatonEntity entity, BatonAction action);

/* Operations about one row. Transfer full. */
BatonOp *baton_change_row (BatonEntity entity, BatonAction action, const char *id);
BatonOp *baton_change_text (BatonEntity entity, const char *id, BatonField field, const char *text);
BatonOp *baton_change_int (BatonEntity entity, const char *id, BatonField field, gint64 number);

/* The operation that adds a row of this name below a parent (NULL for none). Transfer full; *row, which
 * belongs to the operation, may be filled further. */
BatonOp *baton_change_new_row (BatonEntity entity, const char *parent, const char *name, BatonRow **row);

/* The field that names a row: its name, or its text. */
BatonField baton_change_name_field (BatonEntity entity);

/* A text as typed, without space around it; NULL when nothing is left. Transfer full. */
char *baton_change_typed (GtkEditable *editable);

G_END_DECLS
