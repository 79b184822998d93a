/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "card-model.h"
#include "notice.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* One comment: who, when, what; one's own can be edited and removed. */
#define BATON_TYPE_COMMENT_ROW (baton_comment_row_get_type ())
G_DECLARE_FINAL_TYPE (BatonCommentRow, baton_comment_row, BATON, COMMENT_ROW, GtkListBoxRow)

GtkWidget *baton_comment_row_new (BatonCardModel *model, BatonItem *comment, BatonNotice *notice);
void baton_comment_row_edit (BatonCommentRow *self);

G_END_DECLS
