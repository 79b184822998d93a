/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "review-model.h"
#include "text-mark.h"
#include "version-contents.h"

G_BEGIN_DECLS

/* Where the ranges that comments are about stand in the text of one version: those of earlier versions are
 * followed through the differences, on another thread.
 *
 * Signal changed ()   more is known */
#define BATON_TYPE_TEXT_MARKS (baton_text_marks_get_type ())
G_DECLARE_FINAL_TYPE (BatonTextMarks, baton_text_marks, BATON, TEXT_MARKS, GObject)

BatonTextMarks *baton_text_marks_new (BatonVersionContents *contents); /* borrowed: it outlives this */
/* shown: the version that is looked at; NULL: none. */
void baton_text_marks_show (
    BatonTextMarks *self, BatonReviewModel *model, const BatonRow *shown, gboolean open_only);
/* What is known by now, of BatonTextMark. Borrowed until “changed”. */
const GPtrArray *baton_text_marks_get (BatonTextMarks *self);

G_END_DECLS
