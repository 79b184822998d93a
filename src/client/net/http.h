/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

/* Private to net: what every request to a server has in common. */

#define BATON_HTTP_PROTOCOL "2"

/* A session without cookies, caches, redirects of ours or compressed WebSockets. authority: see
 * http-transport.h. idle: seconds without a byte after which a request is given up. */
SoupSession *baton_http_session (const char *authority, guint idle, GError **error);

/* A request for PATH below SERVER/v1/, with the token (may be NULL). Transfer full; NULL when the address is
 * none. */
SoupMessage *baton_http_message (const char *method, const char *server, const char *path, const char *token);
void baton_http_set_body (SoupMessage *message, const char *type, GBytes *body);

/* The same, with its hash, so that the server sees what was changed on the way. */
void baton_http_set_json (SoupMessage *message, GBytes *body);

/* Whether an answer is what the server meant to send; one that does not say so is believed. */
gboolean baton_http_is_sound (SoupMessage *message, GBytes *answer);

/* Retry-After in seconds, 0 when there is none; at most an hour. */
int baton_http_retry_after (SoupMessage *message);

/* Why there was no answer, in words for people. Transfer full. */
char *baton_http_explain (SoupMessage *message, const GError *error);

G_END_DECLS
