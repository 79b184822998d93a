/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "media-pane.h"

G_BEGIN_DECLS

struct _BatonMediaPane
{
  GtkWidget parent_instance;

  BatonViewport *viewport;
  GtkMediaStream *stream;
  GtkWidget *box;
  GtkWidget *picture;
  GtkWidget *sound; /* instead of a picture */
  GtkWidget *play;
  GtkWidget *scrub;
  GtkWidget *time;
  GtkWidget *volume;
  GtkWidget *controls; /* owned: they may stand elsewhere, or nowhere */
  BatonTimeMarks *marks;
  GtkWidget *marking; /* buttons */
  GtkWidget *begin, *end;
  double range_from, range_to; /* of a stretch of time whose other end is not set yet; -1: not set */
  double draft_from, draft_to;
  double wanted;      /* the moment to begin at; -1: the beginning */
  gboolean following; /* a change of the stream is being shown: do not seek */
  gboolean told;
};

/* media-pane.c: the moment that is shown, and another one, in seconds; there must be a stream. */
double baton_media_pane_now (BatonMediaPane *self);
void baton_media_pane_seek (BatonMediaPane *self, double seconds);

/* media-marking.c: what the buttons do; nothing while nothing can be marked. */
void baton_media_pane_mark_moment (BatonMediaPane *self);
void baton_media_pane_mark_begin (BatonMediaPane *self);
void baton_media_pane_mark_end (BatonMediaPane *self);
gboolean baton_media_pane_mark_key (BatonMediaPane *self, guint key); /* FALSE: not a key of marking */
void baton_media_pane_show_draft (BatonMediaPane *self);

/* media-controls.c: the line of time and the buttons, kept in the pane. Borrowed. */
GtkWidget *baton_media_pane_create_controls (BatonMediaPane *self);

G_END_DECLS
