/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "blobs.h"
#include "request.h"

G_BEGIN_DECLS

/* Files up and down, beside the main loop: one thread reads and writes sockets, two more hash and write
 * files, so that a large file never holds back a small operation, and memory is a few buffers a transfer
 * whatever its size. All functions are called on the main thread. */
typedef struct _BatonTransfers BatonTransfers;

BatonTransfers *baton_transfers_new (BatonServer *server, GError **error);
void baton_transfers_free (BatonTransfers *transfers); /* cuts what is under way; what has arrived is kept */
BatonBlobs *baton_transfers_blobs (BatonTransfers *transfers);
guint64 baton_transfers_bytes (BatonTransfers *transfers); /* of all files here */

/* An upload that has begun, known by its file's hash. */
typedef struct _BatonUpload BatonUpload;

/* Begins or resumes. NULL with EXISTS (it is here), LOCKED (somebody else sends it right now), LIMIT (over
 * quota), FULL … */
BatonUpload *baton_upload_begin (
    BatonTransfers *transfers, const char *hash, gint64 size, BatonSession *session, GError **error);
BatonUpload *baton_upload_find (BatonTransfers *transfers, const char *hash); /* NULL: not begun */
gint64 baton_upload_offset (BatonUpload *upload);                             /* not while it is busy */
gint64 baton_upload_size (BatonUpload *upload);                               /* of the whole file */
gboolean baton_upload_busy (BatonUpload *upload);

/* Receives one chunk on the request's connection and answers there. */
void baton_upload_receive (BatonUpload *upload, BatonRequest *request, const guint8 *chunk_hash);

/* Sends length bytes from offset and goes on with the connection. */
void baton_download_send (BatonTransfers *transfers, BatonRequest *request, const char *hash, gint64 offset,
    gint64 length, gint64 size);

#define BATON_CHUNK_BYTES (8 << 20)

G_END_DECLS
