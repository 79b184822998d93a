/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "review-model.h"

G_BEGIN_DECLS

/* What a review says, in words. All transfer full unless they say const. */

/* "6 h left", "over by 2 h"; NULL when there is no end. *over tells which. */
char *baton_review_left (gint64 ends, gint64 now, gboolean *over);
/* "window ends 17:20", "window ended yesterday, 17:20"; NULL when there is no end. */
char *baton_review_window_words (gint64 ends, gint64 now);
/* "v4 · Lea · today 11:20 · newest" */
char *baton_review_version_label (BatonReviewModel *model, const BatonRow *version, gint64 now);
/* "v4" */
char *baton_review_version_name (const BatonRow *version);
/* "on v4, rectangle", "from v3, resolved" */
char *baton_review_thread_place (BatonReviewModel *model, const BatonThread *thread);
/* "1:07.24", "1:07.20–1:09.00"; NULL for marks that are not in time. */
char *baton_review_moment_words (const BatonMark *mark);
const char *baton_review_status_words (const char *status); /* of a version; "" for a draft */
const char *baton_review_state_words (const char *state);   /* of an answer */

G_END_DECLS
