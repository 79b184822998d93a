/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "workspace.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A row of a list editor: handle, colour, name, remove. */
#define BATON_TYPE_LIST_EDITOR_ROW (baton_list_editor_row_get_type ())
G_DECLARE_FINAL_TYPE (BatonListEditorRow, baton_list_editor_row, BATON, LIST_EDITOR_ROW, GtkListBoxRow)

GtkWidget *baton_list_editor_row_new (BatonWorkspace *workspace, BatonItem *item, gboolean colored);

GtkEntry *baton_list_editor_row_entry (BatonListEditorRow *self);         /* borrowed */
GtkWidget *baton_list_editor_row_color_button (BatonListEditorRow *self); /* borrowed; NULL without colours */
void baton_list_editor_row_remove (BatonListEditorRow *self);

/* The field that names a row of an entity. */

G_END_DECLS
