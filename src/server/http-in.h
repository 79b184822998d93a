/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "request.h"

G_BEGIN_DECLS

/* Private to the server: from a connection to a request that a route may handle. Everything that a stranger
 * can send goes through the guards here before any of our code looks at it. */

/* Every route, ended by one without a path (routes.c). */
extern const BatonRoute baton_routes[];

gboolean baton_http_in_attach (BatonServer *server, GError **error); /* makes server->soup */
void baton_http_in_take (BatonServer *server, BatonPeer *peer);

/* Writes a whole answer on a connection that was taken, then goes on with the next request on it, or closes.
 * extra: further header lines, each with its CR LF, or NULL. body may be NULL. */
void baton_http_in_answer_raw (BatonServer *server, BatonPeer *peer, GIOStream *stream, guint status,
    const char *extra, const char *body, gboolean close);

G_END_DECLS
