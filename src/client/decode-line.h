/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "decode-protocol.h"

#include <glib.h>

G_BEGIN_DECLS

/* A conversation with a helper that is waited for, where there is no main loop. Any thread, one at a time. */
typedef struct _BatonDecodeLine BatonDecodeLine;

/* Starts a helper and waits until it says hello: in bubblewrap where that is there and allowed, else with the
 * helper's own limits and filter alone. NULL when none starts. */
BatonDecodeLine *baton_decode_line_open (void);
/* Ends the helper. */
void baton_decode_line_close (BatonDecodeLine *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BatonDecodeLine, baton_decode_line_close)

/* Asks about a file, which stays the caller's, and waits ms for the reply; the number of the request is set
 * here. *memfd: what came along, the caller's, or -1. FALSE when nothing right came in time: the helper is of
 * no use any more then. */
gboolean baton_decode_line_ask (BatonDecodeLine *self, BatonDecodeRequest *request, int file,
    BatonDecodeReply *reply, int *memfd, int ms);

G_END_DECLS
