/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "compare-view.h"

#include "compare-bar.h"
#include "compare-side.h"

G_BEGIN_DECLS

struct _BatonCompareView
{
  GtkBox parent_instance;

  BatonCompareBar *bar;
  GtkStack *stack;
  BatonCompareSide newer, older;
  char *labels[2];     /* of the versions, the newer one first; NULL: none */
  GtkLabel *older_tag; /* upon the newer one's picture, while the older one is seen in it */
  BatonCompareLayer *layer;
  BatonTextCompare *text;
  GtkLabel *text_labels[2]; /* above the texts: which versions they are, the newer one first */
  BatonCompareMedia *media;
  GtkWidget *controls;     /* of what plays */
  BatonViewport *viewport; /* of the newer one, and of both while they are locked */
  BatonViewport *other;    /* of the older one while it goes its own way */
  BatonCompareMode mode;   /* that was asked for */
  gboolean locked;
  BatonContentKind kind; /* of the newer one, as it was shown last */
  char *share;           /* how many pixels differ, in words */
  GCancellable *sharing;
  guint framing;  /* idle: the frames of a video are others */
  guint telling;  /* idle that brings the facts up to date */
  char *texts[2]; /* those that are compared, the newer one first */
};

/* compare-view.c: what is looked at; a frame is that of a video that does not play. */
gboolean baton_compare_view_is_text (BatonCompareView *self);
gboolean baton_compare_view_is_media (BatonCompareView *self);
gboolean baton_compare_view_is_frame (BatonCompareView *self);

/* compare-words.c: what the bar and the labels say. Pixels that differ are counted on another thread. */
void baton_compare_view_say_facts (BatonCompareView *self);
void baton_compare_view_count_differences (BatonCompareView *self);
void baton_compare_view_label_texts (BatonCompareView *self);
void baton_compare_view_label_pictures (BatonCompareView *self);

G_END_DECLS
