/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "workspace.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* A short list of named things that belong to a board or a stage: labels, channels, lines of a definition of
 * done. Rows are renamed in place, coloured, reordered and removed; a new one is typed below them. It follows
 * the workspace's list and makes one operation for each change. */
#define BATON_TYPE_LIST_EDITOR (baton_list_editor_get_type ())
G_DECLARE_FINAL_TYPE (BatonListEditor, baton_list_editor, BATON, LIST_EDITOR, AdwBin)

typedef struct
{
  const char *title; /* the list, for assistive technology: "Labels" */
  const char *add;   /* what the entry below asks for: "New label" */
  const char *empty; /* a sentence for an empty list */
  gboolean colored;
  GtkListBoxCreateWidgetFunc create_row; /* rows of another kind; NULL: the usual ones */
  gpointer create_data;                  /* borrowed */
} BatonListWords;

/* words are copied; entity must have a parent and a rank. */
GtkWidget *baton_list_editor_new (
    BatonWorkspace *workspace, BatonEntity entity, const char *parent, const BatonListWords *words);

/* For tests and focus: the entry below the list, and the list. Borrowed. */
GtkEntry *baton_list_editor_entry (BatonListEditor *self);
GtkListBox *baton_list_editor_list (BatonListEditor *self);

G_END_DECLS
