/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "workspace.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* Lets a GtkEntry or an AdwEntryRow edit one text field of a shared item in place: it follows the item; Enter
 * or leaving it makes one operation if the text is another; Escape takes back what was typed. A required text
 * cannot be emptied: the old one comes back. */
void baton_inline_edit_install (
    GtkWidget *editable, BatonWorkspace *workspace, BatonItem *item, BatonField field, gboolean required);

/* What is typed and not committed is committed now. */
void baton_inline_edit_commit (GtkWidget *editable);

/* Rows of a preferences page that show one field of a shared item, follow it and change it. */
GtkWidget *baton_text_row_new (
    BatonWorkspace *workspace, BatonItem *item, BatonField field, const char *title, gboolean required);
GtkWidget *baton_switch_row_new (
    BatonWorkspace *workspace, BatonItem *item, BatonField field, const char *title, const char *subtitle);
/* The field holds the number times factor; 0 is "not set" and shown as `none`. Fast steps make one operation.
 */
GtkWidget *baton_number_row_new (BatonWorkspace *workspace, BatonItem *item, BatonField field, gint64 factor,
    const char *title, const char *subtitle, const char *none);
/* For tests: the switch or the spin button of a row. Borrowed. */
GtkWidget *baton_row_control (GtkWidget *row);

G_END_DECLS
