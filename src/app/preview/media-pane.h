/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "time-marks.h"
#include "viewport.h"

G_BEGIN_DECLS

/* Plays video and sound: play and pause (Space), scrub, step by frame (comma and full stop), a second on or
 * back (the arrows), volume, silence (Shift+M). The moment is the viewport's, so that what is pinned to a
 * moment can ask for it. Where marking is on, M marks the moment, I and O where a stretch of time begins and
 * ends; brackets go to the mark before and the next one.
 *
 * Signals: loaded ()                        it can be played
 *          failed (GError *error)           it cannot; the message is a sentence
 *          marked (double from, double to)  seconds; the same for a moment
 *          mark-activated (const char *id)  somebody wants to see what is said about it */
#define BATON_TYPE_MEDIA_PANE (baton_media_pane_get_type ())
G_DECLARE_FINAL_TYPE (BatonMediaPane, baton_media_pane, BATON, MEDIA_PANE, GtkWidget)

GtkWidget *baton_media_pane_new (BatonViewport *viewport);
void baton_media_pane_show (BatonMediaPane *self, const char *path); /* NULL: nothing */

/* NULL while nothing is shown. */
GtkMediaStream *baton_media_pane_stream (BatonMediaPane *self);
/* "1:07 · 320 × 180 · with sound"; NULL while nothing is known. */
char *baton_media_pane_facts (BatonMediaPane *self);
/* So many frames on or back; pauses. */
void baton_media_pane_step (BatonMediaPane *self, int frames);

/* Plays or pauses; from the beginning when it has ended. */
void baton_media_pane_toggle (BatonMediaPane *self);
gboolean baton_media_pane_key (BatonMediaPane *self, guint key, GdkModifierType state);
void baton_media_pane_focus (BatonMediaPane *self); /* the keyboard goes there */
/* Takes the controls out, to stand elsewhere in the same window, or nowhere. Transfer full. */
GtkWidget *baton_media_pane_take_controls (BatonMediaPane *self);

/* Marks in time. */
void baton_media_pane_set_marking (BatonMediaPane *self, gboolean marking);
void baton_media_pane_set_marks (BatonMediaPane *self, GPtrArray *marks); /* takes it, of BatonTimeMark */
/* A mark that waits for its words, in seconds; negative: none. */
void baton_media_pane_set_draft (BatonMediaPane *self, double from, double to);
/* Chooses a mark and goes to its moment. FALSE when it is not here. */
gboolean baton_media_pane_reveal (BatonMediaPane *self, const char *id);
BatonTimeMarks *baton_media_pane_marks (BatonMediaPane *self);

G_END_DECLS
