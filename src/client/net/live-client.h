/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "transport.h"

#include <libsoup/soup.h>

G_BEGIN_DECLS

/* Private to net: a WebSocket that is kept open (PROTOCOL.md, section 10). */
typedef struct _BatonLiveClient BatonLiveClient;

BatonLiveClient *baton_live_client_new (
    SoupSession *session, const char *server, const char *token, BatonLiveFunc func, gpointer data);
void baton_live_client_say (BatonLiveClient *client, const char *text);
void baton_live_client_free (BatonLiveClient *client);

G_END_DECLS
