/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "decoder.h"

G_BEGIN_DECLS

/* Small pictures of files, named by the hash of their content: made once by the helper, kept on disk, and in
 * memory while they are looked at. What was asked for last comes first, because that is what came into view.
 * Main thread only; all work is done elsewhere. */
#define BATON_TYPE_THUMBNAILS (baton_thumbnails_get_type ())
G_DECLARE_FINAL_TYPE (BatonThumbnails, baton_thumbnails, BATON, THUMBNAILS, GObject)

/* Pixels across; times the scale of the screen. Tall ones may be twice as high. */
#define BATON_THUMBNAIL_WIDTH 320

/* The one of this program, in the user's cache. Borrowed. */
BatonThumbnails *baton_thumbnails_get_default (void);
BatonThumbnails *baton_thumbnails_new (BatonDecoder *decoder, const char *folder);

/* What is in memory, or NULL. Borrowed until the main loop runs again. */
BatonPicture *baton_thumbnails_peek (BatonThumbnails *self, const char *hash, int width);
/* It was tried and there is none. */
gboolean baton_thumbnails_is_hopeless (BatonThumbnails *self, const char *hash);

/* path: of the file with that content. Errors as the decoder's. */
void baton_thumbnails_load_async (BatonThumbnails *self, const char *hash, const char *path, int width,
    GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data);
BatonPicture *baton_thumbnails_load_finish (BatonThumbnails *self, GAsyncResult *result, GError **error);

G_END_DECLS
