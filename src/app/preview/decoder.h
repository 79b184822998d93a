/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "decoded.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* Has files read by helper processes (baton-decode), as many at a time as there are processors but two, in
 * the order of what somebody looks at. A helper that crashes or hangs costs a sentence. What was decoded is
 * kept for a while, so that going back and forth between versions costs nothing. Main thread only. */
#define BATON_TYPE_DECODER (baton_decoder_get_type ())
G_DECLARE_FINAL_TYPE (BatonDecoder, baton_decoder, BATON, DECODER, GObject)

/* What comes first: the smaller number. */
enum
{
  BATON_DECODE_NOW = 0,        /* somebody waits for it */
  BATON_DECODE_SOON = 10,      /* somebody will probably look at it next */
  BATON_DECODE_THUMBNAIL = 20, /* seen, but small */
  BATON_DECODE_LATER = 30,
};

typedef struct
{
  const char *path; /* of the file */
  const char *key;  /* names the content (its hash) for those who ask again; NULL: do not keep it */
  BatonDecodeWhat what;
  BatonDecodeAskFlags flags;
  int page, frame;   /* from 0 */
  int width, height; /* the box to fit into; 0: as large as it is */
} BatonDecodeAsk;

/* The one of this program. Borrowed. */
BatonDecoder *baton_decoder_get_default (void);
/* With helpers of one's own, for tests: the program to start. */
BatonDecoder *baton_decoder_new (const char *helper);

/* Errors: BATON_DECODER_ERROR, or G_IO_ERROR_CANCELLED. */
void baton_decoder_decode_async (BatonDecoder *self, const BatonDecodeAsk *ask, int priority,
    GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data);
BatonDecoded *baton_decoder_decode_finish (BatonDecoder *self, GAsyncResult *result, GError **error);

/* What is kept of an ask, or NULL; costs nothing. The caller's. */
BatonDecoded *baton_decoder_peek (BatonDecoder *self, const BatonDecodeAsk *ask);

/* Starts a helper before the first file, so that nobody waits for that. */
void baton_decoder_warm_up (BatonDecoder *self);

/* For tests: how long a file may take, and whether the helper found a way into bubblewrap. */
void baton_decoder_set_timeout (BatonDecoder *self, guint ms);
void baton_decoder_set_sandbox (BatonDecoder *self, gboolean use);
gboolean baton_decoder_is_sandboxed (BatonDecoder *self);
/* Ends the helpers, whatever they do. */
void baton_decoder_kill (BatonDecoder *self);

G_END_DECLS
