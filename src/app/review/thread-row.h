/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "notice.h"
#include "review-model.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* One thread of the conversation: what was said about one place, the answers, and what can be done: answer,
 * resolve, reopen, keep for this version, edit and remove one's own. Activating the row goes to the place. */
#define BATON_TYPE_THREAD_ROW (baton_thread_row_get_type ())
G_DECLARE_FINAL_TYPE (BatonThreadRow, baton_thread_row, BATON, THREAD_ROW, GtkListBoxRow)

GtkWidget *baton_thread_row_new (BatonReviewModel *model, const BatonThread *thread, BatonNotice *notice);
const char *baton_thread_row_comment (BatonThreadRow *self); /* id */
/* shown: the version that is looked at. */
void baton_thread_row_update (BatonThreadRow *self, const BatonThread *thread, const BatonRow *shown);
/* Opens the place to answer. */
void baton_thread_row_reply (BatonThreadRow *self);
/* Resolves, or reopens what is resolved. */
void baton_thread_row_resolve (BatonThreadRow *self);
gboolean baton_thread_row_is_resolved (BatonThreadRow *self);

G_END_DECLS
