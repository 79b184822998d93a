/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-server"

#include "routes.h"

#include "http-in.h"

#define ANYBODY BATON_N_RIGHTS
#define RIGHT(name) BATON_AUTH_TOKEN, BATON_RIGHT_##name
#define SIGNED_IN BATON_AUTH_TOKEN, ANYBODY
#define KB(n) ((goffset) (n) << 10)
#define MB(n) ((goffset) (n) << 20)

/* The first that fits counts. Limits of bodies are those of PROTOCOL.md. */
const BatonRoute baton_routes[] = {
  { "GET", "/health", BATON_AUTH_NONE, ANYBODY, BATON_ROUTE_BODY, 0, baton_route_health },
  { "GET", "/join", BATON_AUTH_NONE, ANYBODY, BATON_ROUTE_BODY, 0, baton_route_join_page },
  { "GET", "/metrics", BATON_AUTH_LOCAL, ANYBODY, BATON_ROUTE_BODY, 0, baton_route_metrics },

  { "POST", "/v1/hello", BATON_AUTH_OPTIONAL, ANYBODY, BATON_ROUTE_BODY, KB (16), baton_route_hello },
  { "POST", "/v1/join", BATON_AUTH_NONE, ANYBODY, BATON_ROUTE_BODY, KB (16), baton_route_join },
  { "POST", "/v1/sign-in", BATON_AUTH_NONE, ANYBODY, BATON_ROUTE_BODY, KB (16), baton_route_sign_in },
  { "POST", "/v1/sign-out", SIGNED_IN, BATON_ROUTE_BODY, KB (1), baton_route_sign_out },
  { "POST", "/v1/password", SIGNED_IN, BATON_ROUTE_BODY, KB (16), baton_route_password },

  { "POST", "/v1/push", RIGHT (PUSH), BATON_ROUTE_BODY, MB (8), baton_route_push },
  { "GET", "/v1/pull", RIGHT (READ), BATON_ROUTE_BODY, 0, baton_route_pull },
  { "GET", "/v1/snapshot", RIGHT (READ), BATON_ROUTE_BODY, 0, baton_route_snapshot },
  { "GET", "/v1/snapshot/*/*", RIGHT (READ), BATON_ROUTE_BODY, 0, baton_route_snapshot_part },
  { "GET", "/v1/history", RIGHT (READ), BATON_ROUTE_BODY, 0, baton_route_history },
  { "GET", "/v1/live", RIGHT (READ), BATON_ROUTE_TAKE, 0, baton_route_live },

  { "POST", "/v1/blobs/missing", RIGHT (READ), BATON_ROUTE_BODY, KB (128), baton_route_blobs_missing },
  { "POST", "/v1/blobs/*", RIGHT (BLOB_WRITE), BATON_ROUTE_BODY, KB (1), baton_route_blob_begin },
  { "PUT", "/v1/blobs/*", RIGHT (BLOB_WRITE), BATON_ROUTE_TAKE, MB (8), baton_route_blob_put },
  { "GET", "/v1/blobs/*", RIGHT (BLOB_READ), BATON_ROUTE_TAKE, 0, baton_route_blob_get },
  { "HEAD", "/v1/blobs/*", RIGHT (BLOB_READ), BATON_ROUTE_BODY, 0, baton_route_blob_head },

  { "GET", "/v1/me", SIGNED_IN, BATON_ROUTE_BODY, 0, baton_route_me },
  { "GET", "/v1/members", RIGHT (READ), BATON_ROUTE_BODY, 0, baton_route_members },
  { "POST", "/v1/members/*", RIGHT (PEOPLE), BATON_ROUTE_BODY, KB (1), baton_route_set_member },
  { "DELETE", "/v1/members/*", RIGHT (PEOPLE), BATON_ROUTE_BODY, KB (1), baton_route_remove_member },
  { "GET", "/v1/devices", RIGHT (DEVICES), BATON_ROUTE_BODY, 0, baton_route_devices },
  { "DELETE", "/v1/devices/*", RIGHT (DEVICES), BATON_ROUTE_BODY, KB (1), baton_route_revoke_device },
  { "POST", "/v1/invitations", RIGHT (INVITE), BATON_ROUTE_BODY, KB (1), baton_route_invite },
  { "GET", "/v1/invitations", RIGHT (INVITE), BATON_ROUTE_BODY, 0, baton_route_invitations },
  { "DELETE", "/v1/invitations/*", RIGHT (INVITE), BATON_ROUTE_BODY, KB (1), baton_route_remove_invitation },
  { 0 },
};
