/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "card-model.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* What the card waits for: a reason somebody gave, and other cards; and which cards need this one.
 * Signal open-card (const char *id). */
#define BATON_TYPE_DEPENDENCY_LIST (baton_dependency_list_get_type ())
G_DECLARE_FINAL_TYPE (BatonDependencyList, baton_dependency_list, BATON, DEPENDENCY_LIST, GtkBox)

GtkWidget *baton_dependency_list_new (BatonCardModel *model);

/* The button that opens the chooser of cards. */
GtkMenuButton *baton_dependency_list_button (BatonDependencyList *self);

/* Opens the field for a reason. */
void baton_dependency_list_block (BatonDependencyList *self);

G_END_DECLS
