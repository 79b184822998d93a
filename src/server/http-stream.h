/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "listener.h"

G_BEGIN_DECLS

/* A peer's connection as libsoup sees it. libsoup 3.2 forgets to close a connection that its client closes
 * between two requests: it would stay open, and count as one, until the server ends. Where it has begun to
 * read a request, it does close; so the end of an idle connection is told with one byte that begins a request
 * and ends none. Closing it closes the peer's; letting go of it does not. */
#define BATON_TYPE_HTTP_STREAM (baton_http_stream_get_type ())
G_DECLARE_FINAL_TYPE (BatonHttpStream, baton_http_stream, BATON, HTTP_STREAM, GIOStream)

GIOStream *baton_http_stream_new (BatonPeer *peer);

G_END_DECLS
