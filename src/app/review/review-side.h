/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "conversation.h"
#include "criteria-list.h"
#include "decision-bar.h"

G_BEGIN_DECLS

/* Beside the picture: whose review it is and how long it lasts, the criteria, the conversation, the decision.
 * Made anew for each review. */
#define BATON_TYPE_REVIEW_SIDE (baton_review_side_get_type ())
G_DECLARE_FINAL_TYPE (BatonReviewSide, baton_review_side, BATON, REVIEW_SIDE, GtkBox)

GtkWidget *baton_review_side_new (BatonReviewModel *model);

BatonCriteriaList *baton_review_side_criteria (BatonReviewSide *self);
BatonConversation *baton_review_side_conversation (BatonReviewSide *self);
BatonDecisionBar *baton_review_side_decision (BatonReviewSide *self);
BatonNotice *baton_review_side_notice (BatonReviewSide *self);
/* What the reviewer is told about the window now; for each minute. */
void baton_review_side_tick (BatonReviewSide *self);

G_END_DECLS
