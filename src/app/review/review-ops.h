/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mark.h"
#include "op.h"

G_BEGIN_DECLS

/* The operations of a review; all transfer full. */

/* mark may be NULL (about the version as a whole); page from 0; reply_to NULL or the comment it answers;
 * mentions: ids of people, NULL for none. *id (may be NULL): the new comment's; transfer full. */
BatonOp *baton_review_op_comment (const char *card, const char *version, const BatonMark *mark, int page,
    const char *text, const char *reply_to, const GPtrArray *mentions, char **id);
BatonOp *baton_review_op_edit (const char *comment, const char *text);
BatonOp *baton_review_op_remove (const char *comment);
BatonOp *baton_review_op_resolve (const char *comment, gboolean resolved);
BatonOp *baton_review_op_keep (const char *comment, const char *version);

/* state and decision: names of the schema's lists. note may be NULL. */
BatonOp *baton_review_op_answer (const char *review, const char *check, const char *state, const char *note);
BatonOp *baton_review_op_decide (const char *review, const char *decision, const char *note);
/* passed_to NULL and more_time 0: leaves it to the others. */
BatonOp *baton_review_op_excuse (
    const char *review, const char *reason, const char *passed_to, gint64 more_time);
/* reviewers: ids of people. needed 0: all of them. ends 0: without an end. */
/* Gives the time that was asked for, or declines. */
BatonOp *baton_review_op_grant (const BatonRow *excuse, gboolean granted);
BatonOp *baton_review_op_request (
    const char *version, const GPtrArray *reviewers, guint needed, gint64 ends, const char *note);

/* The people that a text mentions: "@" and their name, the longest name that fits. names: id → name of all
 * people. Transfer full, of ids, each once, in order. */
GPtrArray *baton_review_mentions (const char *text, GHashTable *names);

G_END_DECLS
