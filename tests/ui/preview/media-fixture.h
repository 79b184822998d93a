/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "decoded.h"
#include "files.h"
#include "media-link.h"
#include "media-stream.h"
#include "media-words.h"

G_BEGIN_DECLS

/* A folder for films, and one of them as the program plays it. */
typedef struct
{
  char *folder;
  GtkMediaStream *stream;
} MediaFixture;

void media_set_up (MediaFixture *f, gconstpointer data);
void media_tear_down (MediaFixture *f, gconstpointer data);

/* Opens a file, and waits until it is known or refused; of colours (files.h): FALSE where no such file can be
 * made. */
void media_begin (MediaFixture *f, const char *path);
gboolean media_begin_colours (MediaFixture *f, const char *name);

/* FALSE when it did not become so in that time. */
gboolean media_wait_for (gboolean (*is_so) (GtkMediaStream *stream), GtkMediaStream *stream, guint seconds);
gboolean media_late_cb (gpointer late); /* a timer: sets the gboolean */
gboolean media_is_known (GtkMediaStream *stream);
gboolean media_is_settled (GtkMediaStream *stream);
gboolean media_has_ended (GtkMediaStream *stream);

G_END_DECLS
