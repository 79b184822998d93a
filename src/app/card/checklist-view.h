/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "card-model.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* One checklist: its name, how far it is, its items, and a place to type more: Enter adds one, pasted lines
 * add many. */
#define BATON_TYPE_CHECKLIST_VIEW (baton_checklist_view_get_type ())
G_DECLARE_FINAL_TYPE (BatonChecklistView, baton_checklist_view, BATON, CHECKLIST_VIEW, GtkBox)

GtkWidget *baton_checklist_view_new (BatonCardModel *model, BatonItem *checklist);

/* All checklists of the card, and a way to add one. */
GtkWidget *baton_checklists_new (BatonCardModel *model);

/* The operation that adds the lines of a text as items; NULL when they are all blank. */
BatonOp *baton_checklist_add_items_op (const char *checklist, const char *lines);

G_END_DECLS
