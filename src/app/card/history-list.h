/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "card-model.h"
#include "history-query.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* Everything that happened to a card, in words, newest first; filtered by kind and by person. Read in pages,
 * the first one when it is shown first. */
#define BATON_TYPE_HISTORY_LIST (baton_history_list_get_type ())
G_DECLARE_FINAL_TYPE (BatonHistoryList, baton_history_list, BATON, HISTORY_LIST, GtkBox)

GtkWidget *baton_history_list_new (BatonCardModel *model);
void baton_history_list_set_filter (BatonHistoryList *self, BatonHistoryKind kind, const char *person);

G_END_DECLS
