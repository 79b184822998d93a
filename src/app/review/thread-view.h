/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "notice.h"
#include "review-model.h"
#include "text-mark.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* What was said about one place, the answers, and what can be done: answer, resolve, reopen, keep for this
 * version, edit and remove one's own. Stands in the conversation, and upon the pin.
 *
 * Signal finished (gboolean said)   something was said, or nothing; the keyboard has to go somewhere */
#define BATON_TYPE_THREAD_VIEW (baton_thread_view_get_type ())
G_DECLARE_FINAL_TYPE (BatonThreadView, baton_thread_view, BATON, THREAD_VIEW, GtkBox)

/* comment: the id of the first one. model and notice are borrowed: they outlive the view. answers: the place
 * to answer is always open. */
GtkWidget *baton_thread_view_new (
    BatonReviewModel *model, const char *comment, BatonNotice *notice, gboolean answers);
const char *baton_thread_view_comment (BatonThreadView *self);
/* shown: the version that is looked at. */
void baton_thread_view_update (BatonThreadView *self, const BatonThread *thread, const BatonRow *shown);
/* The words of a text that it is about, and what became of them; NULL: none. */
void baton_thread_view_set_quote (BatonThreadView *self, const char *quote, BatonTextFate fate);
const char *baton_thread_view_name (BatonThreadView *self); /* “Comment 2 by Rui, on v4”; borrowed */
/* Opens the place to answer. */
void baton_thread_view_reply (BatonThreadView *self);
/* Resolves, or reopens what is resolved. */
void baton_thread_view_resolve (BatonThreadView *self);
gboolean baton_thread_view_is_resolved (BatonThreadView *self);

G_END_DECLS
