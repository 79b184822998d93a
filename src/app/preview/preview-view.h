/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "media-pane.h"
#include "picture-pane.h"
#include "preview-facts.h"
#include "preview-text.h"

G_BEGIN_DECLS

/* One file, shown as what it is: picture, animation, drawing, pages, video, sound, text, or what can be said
 * about it. Below it a line of facts and what can be done. Keys: + − 0 1 zoom, F or F11 full screen, Page Up
 * and Down.
 *
 * Signals: loaded ()      the facts are known (or that there is nothing to see)
 *          open-with ()   the person wants the file in another program */
#define BATON_TYPE_PREVIEW_VIEW (baton_preview_view_get_type ())
G_DECLARE_FINAL_TYPE (BatonPreviewView, baton_preview_view, BATON, PREVIEW_VIEW, GtkWidget)

/* viewport: NULL for one of its own. */
GtkWidget *baton_preview_view_new (BatonViewport *viewport, BatonViewportInput input);
/* NULL: nothing. */
void baton_preview_view_show (BatonPreviewView *self, const BatonPreviewFile *file);

BatonViewport *baton_preview_view_viewport (BatonPreviewView *self);
/* Where pictures and pages are drawn, for marks; and where text and media are. */
BatonPicturePane *baton_preview_view_picture (BatonPreviewView *self);
BatonMediaPane *baton_preview_view_media (BatonPreviewView *self);
BatonPreviewText *baton_preview_view_text (BatonPreviewView *self);

/* What was found out: decoded facts, or NULL. Borrowed. */
BatonDecoded *baton_preview_view_decoded (BatonPreviewView *self);
/* What is shown now: "picture", "media", "text", "other", or "wait". For tests. */
const char *baton_preview_view_showing (BatonPreviewView *self);
const char *baton_preview_view_facts (BatonPreviewView *self);
BatonPreviewFacts *baton_preview_view_file_facts (BatonPreviewView *self);

/* The same file on the whole screen, in a window of its own. */
void baton_preview_view_fullscreen (BatonPreviewView *self);

G_END_DECLS
