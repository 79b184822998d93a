/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "workspace.h"

G_BEGIN_DECLS

/* Private to the review model: what was read about an asset. Immutable once read. */
typedef struct
{
  BatonRow *card, *asset, *review;          /* NULL when there is none */
  GPtrArray *versions;                      /* live, the newest first */
  GPtrArray *comments;                      /* live, of these versions and in the bin; oldest first */
  GPtrArray *checks;                        /* live, of the card's asset type */
  GPtrArray *answers, *decisions, *excuses; /* live, of the review */
} BatonReviewData;

/* Any thread. review may be NULL: the open one. NULL with the error when something could not be read. */
BatonReviewData *baton_review_data_read (
    BatonReader *reader, const char *asset, const char *review, GError **error);
void baton_review_data_free (BatonReviewData *data);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BatonReviewData, baton_review_data_free)

G_END_DECLS
