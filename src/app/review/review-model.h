/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mark-geometry.h"
#include "workspace.h"

G_BEGIN_DECLS

/* Everything that a review is about, live: an asset with its versions, what was said about them, and the
 * review that is open. Read on another thread, and again when an operation touches its card. Main thread
 * only.
 *
 * Signal changed ()   it was read, or read again */
#define BATON_TYPE_REVIEW_MODEL (baton_review_model_get_type ())
G_DECLARE_FINAL_TYPE (BatonReviewModel, baton_review_model, BATON, REVIEW_MODEL, GObject)

/* review: the one that is decided; NULL: the one that is open for the asset, if any. */
BatonReviewModel *baton_review_model_new (BatonWorkspace *workspace, const char *asset, const char *review);

BatonWorkspace *baton_review_model_workspace (BatonReviewModel *self);
const char *baton_review_model_asset_id (BatonReviewModel *self);
gboolean baton_review_model_is_loaded (BatonReviewModel *self);
gboolean baton_review_model_can_edit (BatonReviewModel *self);

/* Borrowed until the next "changed"; NULL while there is none. */
const BatonRow *baton_review_model_card (BatonReviewModel *self);
const BatonRow *baton_review_model_asset (BatonReviewModel *self);
const BatonRow *baton_review_model_review (BatonReviewModel *self);
/* Live versions, the newest first; of BatonRow. */
const GPtrArray *baton_review_model_versions (BatonReviewModel *self);
const BatonRow *baton_review_model_version (BatonReviewModel *self, const char *id);
/* The one that is reviewed: of the review, else the newest. */
const BatonRow *baton_review_model_subject (BatonReviewModel *self);
/* What a version was made from, else the one before it. */
const BatonRow *baton_review_model_predecessor (BatonReviewModel *self, const BatonRow *version);
/* The one to compare it with when that is asked: the one that counts, else the newest other; NULL: none. */
const BatonRow *baton_review_model_sibling (BatonReviewModel *self, const BatonRow *version);
gboolean baton_review_model_is_newest (BatonReviewModel *self, const BatonRow *version);

/* The lines to look at, and what one person (NULL: I) said to one of them: of BatonRow; NULL: nothing yet. */
const GPtrArray *baton_review_model_checks (BatonReviewModel *self);
const BatonRow *baton_review_model_answer (BatonReviewModel *self, const char *check, const char *person);
/* The first line that somebody says failed, with who said so; NULL when none did. */
const BatonRow *baton_review_model_failed (BatonReviewModel *self, const BatonRow **answer);
const GPtrArray *baton_review_model_answers (BatonReviewModel *self);

/* I was asked, and have not decided. */
gboolean baton_review_model_waits_for_me (BatonReviewModel *self);
const GPtrArray *baton_review_model_decisions (BatonReviewModel *self); /* live ones of the review */
const GPtrArray *baton_review_model_excuses (BatonReviewModel *self);

/* What was said about one place, or about the version as a whole. */
typedef struct
{
  guint number;            /* counted through all versions of the asset */
  const BatonRow *comment; /* borrowed */
  const BatonRow *version; /* that it belongs to; borrowed */
  BatonMark *mark;         /* NULL: about the version as a whole */
  int page;                /* from 0 */
  gboolean resolved;
  gboolean carried;   /* from an earlier version than the one asked for */
  gboolean kept;      /* carried, and somebody has seen that it still holds */
  GPtrArray *replies; /* BatonRow, borrowed */
} BatonThread;

/* The threads that are seen with a version: its own, and those of earlier versions. Transfer full, of
 * BatonThread. */
GPtrArray *baton_review_model_threads (BatonReviewModel *self, const BatonRow *version);

/* The name of a person for others to read, or words for nobody known. Borrowed. */
const char *baton_review_model_person (BatonReviewModel *self, const char *person);

G_END_DECLS
