/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-server"

/* How the server is. */

#include "routes.h"

#include "baton-config.h"
#include "served.h"
#include "server-private.h"

void
baton_route_health (BatonRequest *request)
{
  g_autoptr (BatonServedState) state = baton_served_state (request->server->served);

  baton_request_reply_json (request, state->trouble == NULL ? 200 : 503,
      json_pack ("{s:b, s:s, s:I, s:s*}", "ok", state->trouble == NULL, "version", BATON_VERSION, "head",
          (json_int_t) state->head, "trouble", state->trouble));
}

void
baton_route_metrics (BatonRequest *request)
{
  char *text = baton_counters_text (request->server);
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (request->message);

  baton_request_reply_take (request, 200, text, strlen (text));
  soup_message_headers_replace (headers, "Content-Type", "text/plain; version=0.0.4; charset=utf-8");
}
