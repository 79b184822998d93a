/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "thread-view.h"

G_BEGIN_DECLS

/* One thread of the conversation. Activating the row goes to the place. */
#define BATON_TYPE_THREAD_ROW (baton_thread_row_get_type ())
G_DECLARE_FINAL_TYPE (BatonThreadRow, baton_thread_row, BATON, THREAD_ROW, GtkListBoxRow)

GtkWidget *baton_thread_row_new (BatonReviewModel *model, const BatonThread *thread, BatonNotice *notice);
const char *baton_thread_row_comment (BatonThreadRow *self); /* id */
/* shown: the version that is looked at. */
void baton_thread_row_update (BatonThreadRow *self, const BatonThread *thread, const BatonRow *shown);
BatonThreadView *baton_thread_row_view (BatonThreadRow *self);

G_END_DECLS
