/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "card-model.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* The conversation about a card, newest last, and a place to add to it. */
#define BATON_TYPE_COMMENT_LIST (baton_comment_list_get_type ())
G_DECLARE_FINAL_TYPE (BatonCommentList, baton_comment_list, BATON, COMMENT_LIST, GtkBox)

GtkWidget *baton_comment_list_new (BatonCardModel *model);

/* Puts the cursor into the new comment. */
void baton_comment_list_write (BatonCommentList *self);

G_END_DECLS
