/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "decode-protocol.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* One helper process and the conversation with it. Main thread only. */
typedef struct _BatonDecodeWorker BatonDecodeWorker;

/* reply: what it said; memfd is the callee's, -1 for none. A NULL reply: the process has ended, and the
 * worker is to be freed. ready: it had said hello before. */
typedef void (*BatonDecodeWorkerFunc) (
    BatonDecodeWorker *self, const BatonDecodeReply *reply, int memfd, gboolean ready, gpointer data);

/* bwrap: path of bubblewrap or NULL for none. NULL with error when no process could be started. */
BatonDecodeWorker *baton_decode_worker_new (
    const char *helper, const char *bwrap, BatonDecodeWorkerFunc func, gpointer data, GError **error);
/* Ends the process. */
void baton_decode_worker_free (BatonDecodeWorker *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BatonDecodeWorker, baton_decode_worker_free)

/* fd: of the file; stays the caller's. FALSE when the process is gone. */
gboolean baton_decode_worker_send (BatonDecodeWorker *self, const BatonDecodeRequest *request, int fd);

G_END_DECLS
