/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "blob-transfer.h"
#include "http.h"

G_BEGIN_DECLS

/* Private to net: what up and down have in common. */

struct _BatonBlobLink
{
  SoupSession *session;
  BatonServerAccess access;
  BatonBlobs *blobs;
  gint64 limit; /* bytes per second, 0 none; atomic */
};

typedef struct
{
  guint status; /* 0: no answer */
  GBytes *bytes;
  json_t *object; /* of an answer in JSON, or NULL */
  SoupMessage *message;
} BatonBlobAnswer;

void baton_blob_answer_clear (BatonBlobAnswer *answer);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BatonBlobAnswer, baton_blob_answer_clear)

/* Sends and waits. DONE when there is an answer, whatever it says. */
BatonTransferResult baton_blob_ask (BatonBlobLink *link, SoupMessage *message, GCancellable *cancellable,
    BatonBlobAnswer *answer, GError **error);
gboolean baton_blob_says (const BatonBlobAnswer *answer, const char *code);
/* What an answer that is none of the good ones means. */
BatonTransferResult baton_blob_fail (const BatonBlobAnswer *answer, GError **error);

gsize baton_blob_chunk_size (BatonBlobLink *link);
/* Rests as long as these bytes should have taken. */
void baton_blob_keep_limit (BatonBlobLink *link, gsize bytes, gint64 since, GCancellable *cancellable);
void baton_blob_hex_of (const guint8 *data, gsize length, char hex[BATON_BLOB_HASH_LENGTH + 1]);

G_END_DECLS
