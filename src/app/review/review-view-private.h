/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "review-view.h"

#include "sibling-bar.h"
#include "text-marks.h"
#include "thread-popover.h"
#include "version-contents.h"

G_BEGIN_DECLS

struct _BatonReviewView
{
  GtkBox parent_instance;

  GtkStack *stack;
  BatonCompareView *compare;
  BatonSiblingBar *siblings;
  BatonVersionStrip *strip;
  BatonMarksLayer *marks, *older_marks;
  GtkBox *side_box;
  BatonReviewSide *side; /* NULL while nothing is shown */

  BatonWorkspace *workspace;
  BatonQueueModel *queue;
  BatonReviewModel *model;
  BatonReviewModel *ahead; /* of the next one in the queue, read and decoded while this one is looked at */
  char *review;            /* that is shown; NULL: an asset, or nothing */
  char *ahead_review;
  char *newer, *older; /* versions that a person chose; NULL: as it follows from the model */
  BatonVersionContents *contents;
  BatonTextMarks *text_marks[2]; /* in the text of the newer and of the older version */
  BatonThreadPopover *thread;    /* upon its pin; NULL: none */
  guint resting;                 /* the pointer rests on a pin */
  guint last_position;           /* where in the queue the review stood last */
  gboolean excusing;             /* somebody wants to say that the window cannot be made */
};

/* review-view-keys.c */
void baton_review_view_add_keys (BatonReviewView *self);

/* review-view-marks.c: what comments are about, and their threads upon it. */
void baton_review_view_add_marks (BatonReviewView *self);
void baton_review_view_follow_conversation (BatonReviewView *self);
void baton_review_view_update_marks (BatonReviewView *self);
void baton_review_view_set_tool (BatonReviewView *self, BatonMarkShape tool);
void baton_review_view_select_mark (BatonReviewView *self, const char *comment);
/* What is selected in the text becomes a mark that waits for its words; FALSE: nothing is. */
gboolean baton_review_view_mark_selection (BatonReviewView *self);
/* The place to answer in the thread that is open upon its pin. FALSE: none is open. */
gboolean baton_review_view_reply (BatonReviewView *self);
gboolean baton_review_view_close_thread (BatonReviewView *self);

/* review-view.c: the versions that are shown, or NULL. */
const BatonRow *baton_review_view_newer (BatonReviewView *self);
const BatonRow *baton_review_view_older (BatonReviewView *self);

/* review-view-media.c: what is marked in the time of video and sound. */
void baton_review_view_add_media (BatonReviewView *self);
void baton_review_view_update_media (BatonReviewView *self, const BatonRow *newer);
gboolean baton_review_view_media_key (BatonReviewView *self, guint key, GdkModifierType state);
/* A video stops, so that its frame can be drawn upon. */
void baton_review_view_hold_frame (BatonReviewView *self);
/* Upon a frame it was drawn at the moment that is seen. */
void baton_review_view_time_mark (BatonReviewView *self, BatonMark *mark);
/* Shows the moment of a comment. */
void baton_review_view_reveal_moment (BatonReviewView *self, const char *comment);

G_END_DECLS
