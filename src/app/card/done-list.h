/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "card-model.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* The definition of done of the stage that the card is in, to be ticked, and how far it is: "4 of 5, missing:
 * alt text". Hidden while the stage asks for nothing. */
#define BATON_TYPE_DONE_LIST (baton_done_list_get_type ())
G_DECLARE_FINAL_TYPE (BatonDoneList, baton_done_list, BATON, DONE_LIST, GtkBox)

GtkWidget *baton_done_list_new (BatonCardModel *model);

/* How far it is in words. Borrowed. */
const char *baton_done_list_summary (BatonDoneList *self);

G_END_DECLS
