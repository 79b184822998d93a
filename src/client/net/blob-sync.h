/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "blob-plan.h"
#include "blob-transfer.h"

G_BEGIN_DECLS

/* The files of a workspace and of its server made equal, once: those of versions that are here and missing
 * there go up, those that are missing here come down, all of them. */
typedef struct
{
  guint uploaded;
  guint downloaded;
  guint waiting; /* not at the server yet: whoever made the version has not sent its file */
  gint64 bytes;  /* of all files that travelled */
} BatonBlobSync;

/* Waits. FALSE with the first error; what travelled before it stays counted. */
gboolean baton_blob_sync (BatonBlobLink *link, BatonBlobs *blobs, BatonReader *reader,
    GCancellable *cancellable, BatonBlobSync *counts, GError **error);

G_END_DECLS
