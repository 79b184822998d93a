/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "viewport.h"

G_BEGIN_DECLS

/* Plays video and sound: play and pause (Space), scrub, step by frame (comma and full stop), volume. The
 * moment is the viewport's, so that what is pinned to a moment can ask for it.
 *
 * Signals: loaded ()               it can be played
 *          failed (GError *error)  it cannot; the message is a sentence */
#define BATON_TYPE_MEDIA_PANE (baton_media_pane_get_type ())
G_DECLARE_FINAL_TYPE (BatonMediaPane, baton_media_pane, BATON, MEDIA_PANE, GtkWidget)

GtkWidget *baton_media_pane_new (BatonViewport *viewport);
void baton_media_pane_show (BatonMediaPane *self, const char *path); /* NULL: nothing */

/* NULL while nothing is shown. */
GtkMediaStream *baton_media_pane_stream (BatonMediaPane *self);
/* "1:07 · 320 × 180 · with sound"; NULL while nothing is known. */
char *baton_media_pane_facts (BatonMediaPane *self);
/* One frame of a twenty-fifth of a second on or back; pauses. */
void baton_media_pane_step (BatonMediaPane *self, int frames);

G_END_DECLS
