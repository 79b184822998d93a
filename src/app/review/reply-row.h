/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "notice.h"
#include "review-model.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* An answer in a thread: who says what, and for one's own the ways to edit and to remove it. What is typed
 * stays when the thread changes meanwhile. */
#define BATON_TYPE_REPLY_ROW (baton_reply_row_get_type ())
G_DECLARE_FINAL_TYPE (BatonReplyRow, baton_reply_row, BATON, REPLY_ROW, GtkBox)

/* model and notice are borrowed: they outlive the row. */
GtkWidget *baton_reply_row_new (BatonReviewModel *model, const char *comment, BatonNotice *notice);
const char *baton_reply_row_comment (BatonReplyRow *self);
void baton_reply_row_update (BatonReplyRow *self, const BatonRow *reply);

G_END_DECLS
