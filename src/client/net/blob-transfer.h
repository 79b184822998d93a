/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "account.h"
#include "blob-pace.h"
#include "blobs.h"

G_BEGIN_DECLS

/* One file up to the server or down from it, chunk by chunk (PROTOCOL.md, section 11). Interrupted, it goes
 * on where it was: at most one chunk is sent twice. Waits; for a thread of its own. */

typedef struct _BatonBlobLink BatonBlobLink;

/* The way to one server: kept open between files. blobs is kept. Errors: the file of trusted certificates. */
BatonBlobLink *baton_blob_link_new (const BatonServerAccess *access, BatonBlobs *blobs, GError **error);
void baton_blob_link_free (BatonBlobLink *link);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BatonBlobLink, baton_blob_link_free)

typedef enum
{
  BATON_BLOB_UP,
  BATON_BLOB_DOWN,
  BATON_BLOB_N_WAYS,
} BatonBlobWay;

/* The pace of one direction, kept; NULL: as fast as it goes. */
void baton_blob_link_set_pace (BatonBlobLink *link, BatonBlobWay way, BatonBlobPace *pace);

typedef enum
{
  BATON_TRANSFER_DONE,
  BATON_TRANSFER_LATER,   /* no network, server busy: worth another try */
  BATON_TRANSFER_REFUSED, /* not by itself: over quota, signed out, not there */
  BATON_TRANSFER_STOPPED, /* the cancellable, or the step said so */
} BatonTransferResult;

/* Called on the transfer's thread before the first chunk and after each: how many bytes of the whole are
 * there. FALSE: stop here, so that another file may go first; nothing is sent twice for that. */
typedef gboolean (*BatonBlobStep) (gint64 done, gint64 total, gpointer data);

/* error: why, for all but DONE. step may be NULL. */
BatonTransferResult baton_blob_upload (BatonBlobLink *link, const char *hash, BatonBlobStep step,
    gpointer data, GCancellable *cancellable, GError **error);
BatonTransferResult baton_blob_download (BatonBlobLink *link, const char *hash, BatonBlobStep step,
    gpointer data, GCancellable *cancellable, GError **error);

/* Which of these hashes (char *) the server has not; NULL on failure. Transfer full. */
GPtrArray *baton_blob_missing (
    BatonBlobLink *link, GPtrArray *hashes, GCancellable *cancellable, GError **error);

G_END_DECLS
