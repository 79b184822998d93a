/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "card-model.h"
#include "notice.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* One thing of a checklist: ticked, edited, removed, moved by dragging or with Ctrl+Up and Ctrl+Down. */
#define BATON_TYPE_CHECKLIST_ITEM (baton_checklist_item_get_type ())
G_DECLARE_FINAL_TYPE (BatonChecklistItem, baton_checklist_item, BATON, CHECKLIST_ITEM, GtkListBoxRow)

/* notice: where a refusal is said; borrowed, above the row. */
GtkWidget *baton_checklist_item_new (BatonCardModel *model, BatonItem *item, BatonNotice *notice);
BatonItem *baton_checklist_item_item (BatonChecklistItem *self);

G_END_DECLS
