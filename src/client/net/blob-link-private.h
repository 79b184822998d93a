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
  BatonBlobPace *pace[BATON_BLOB_N_WAYS]; /* or NULL */
  gsize chunk[BATON_BLOB_N_WAYS];         /* that suits the link at present */
  gint64 latency;                         /* µs that an answer takes however short it is; 0: not known */
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

/* The next chunk: at most what is left, and rests until the pace allows it; 0 when it was cancelled
 * meanwhile. */
gsize baton_blob_next_chunk (BatonBlobLink *link, BatonBlobWay way, gint64 left, GCancellable *cancellable);
/* Sends a short question, by which the latency is measured. */
BatonTransferResult baton_blob_ask_shortly (BatonBlobLink *link, SoupMessage *message,
    GCancellable *cancellable, BatonBlobAnswer *answer, GError **error);
/* A chunk took so long (µs; -1: it failed): the next one is larger or smaller. */
void baton_blob_learn (BatonBlobLink *link, BatonBlobWay way, gsize bytes, gint64 took);
/* Calls step, which may be NULL; FALSE sets the error of a transfer that makes room for another. */
gboolean baton_blob_step (BatonBlobStep step, gint64 done, gint64 total, gpointer data, GError **error);

G_END_DECLS
