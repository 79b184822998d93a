/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "transport.h"

G_BEGIN_DECLS

/* The protocol over HTTP and WebSocket. Belongs to the thread that made it; everything happens in that
 * thread's default main context.
 *
 * server: the address without a slash at the end. token: of this device. authority: a file with certificates
 * that are trusted instead of the system's, or NULL. */
BatonTransport *baton_http_transport_new (
    const char *server, const char *token, const char *authority, GError **error);

G_END_DECLS
