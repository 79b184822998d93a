/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "review-view.h"

G_BEGIN_DECLS

struct _BatonReviewView
{
  GtkBox parent_instance;

  GtkStack *stack;
  BatonCompareView *compare;
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
  char *newer, *older;  /* versions that a person chose; NULL: as it follows from the model */
  GHashTable *contents; /* version → BatonContent */
  GQueue *recent;       /* versions, the latest first; owned by the table's keys */
  guint last_position;  /* where in the queue the review stood last */
  guint minute;
};

/* review-view-keys.c */
void baton_review_view_add_keys (BatonReviewView *self);

/* review-view.c */
void baton_review_view_set_tool (BatonReviewView *self, BatonMarkShape tool);

/* review-view-media.c: what is marked in the time of video and sound. */
void baton_review_view_add_media (BatonReviewView *self);
void baton_review_view_update_media (BatonReviewView *self, const BatonRow *newer);
gboolean baton_review_view_media_key (BatonReviewView *self, guint key, GdkModifierType state);
/* Shows the moment of a comment. */
void baton_review_view_reveal_moment (BatonReviewView *self, const char *comment);

G_END_DECLS
