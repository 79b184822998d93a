/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "blob-transfer.h"
#include "reader.h"

G_BEGIN_DECLS

/* The files of a workspace and of its server made equal, once: those of versions that are here and missing
 * there go up, those that are missing here come down. */
typedef struct
{
  guint uploaded;
  guint downloaded;
  guint waiting; /* not at the server yet: whoever made the version has not sent its file */
  gint64 bytes;  /* of all files that travelled */
} BatonBlobSync;

/* Called on the working thread when a file has come down. */
typedef void (*BatonBlobArrived) (const char *hash, gpointer data);

/* Waits. arrived may be NULL. FALSE with the first error; what travelled before it stays counted. */
gboolean baton_blob_sync (BatonBlobLink *link, BatonBlobs *blobs, BatonReader *reader,
    BatonBlobArrived arrived, gpointer data, GCancellable *cancellable, BatonBlobSync *counts,
    GError **error);

/* The hashes (char *) of the versions that are not in the bin, each once. Transfer full. */
GPtrArray *baton_blob_wanted (BatonReader *reader, GError **error);

G_END_DECLS
