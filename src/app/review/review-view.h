/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "compare-view.h"
#include "marks-layer.h"
#include "queue-model.h"
#include "review-side.h"
#include "version-strip.h"

G_BEGIN_DECLS

/* Where versions are reviewed: the picture with its predecessor, criteria, conversation and decision, for one
 * review after the other, by keys alone when wanted. Also shows an asset that is in nobody's queue.
 *
 * Signals:
 *   position-changed ()                 another review, or another length of the queue
 *   decided (char *words)               said and applied: "Approved “Hero image”" */
#define BATON_TYPE_REVIEW_VIEW (baton_review_view_get_type ())
G_DECLARE_FINAL_TYPE (BatonReviewView, baton_review_view, BATON, REVIEW_VIEW, GtkBox)

GtkWidget *baton_review_view_new (void);
void baton_review_view_set_workspace (BatonReviewView *self, BatonWorkspace *workspace); /* NULL: none */

/* Shows a review of the queue, or an asset. */
void baton_review_view_show_review (BatonReviewView *self, const char *review);
void baton_review_view_show_asset (BatonReviewView *self, const char *asset);
/* The next one of the queue, or the one before. */
void baton_review_view_step (BatonReviewView *self, gboolean forward);
/* Where in the queue (from 0) it is; FALSE when what is shown is not in it. */
gboolean baton_review_view_position (BatonReviewView *self, guint *position, guint *n);
const char *baton_review_view_review (BatonReviewView *self); /* id; NULL: none */
const char *baton_review_view_asset (BatonReviewView *self);  /* id; NULL: none */

/* Opens the ways to say that the window cannot be made, as soon as the review is read. */
void baton_review_view_excuse (BatonReviewView *self);
/* Gives the picture the keyboard. */
void baton_review_view_focus (BatonReviewView *self);

/* For tests; borrowed, NULL while nothing is shown. */
BatonReviewModel *baton_review_view_model (BatonReviewView *self);
BatonReviewSide *baton_review_view_side (BatonReviewView *self);
BatonCompareView *baton_review_view_compare (BatonReviewView *self);
BatonMarksLayer *baton_review_view_marks (BatonReviewView *self);

G_END_DECLS
