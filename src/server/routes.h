/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "request.h"

G_BEGIN_DECLS

/* Private to the server: the handlers of routes.c's table, by file. */

/* routes-sign-in.c */
void baton_route_join (BatonRequest *request);
void baton_route_sign_in (BatonRequest *request);
void baton_route_sign_out (BatonRequest *request);
void baton_route_password (BatonRequest *request);

/* routes-people.c */
void baton_route_me (BatonRequest *request);
void baton_route_members (BatonRequest *request);
void baton_route_set_member (BatonRequest *request);
void baton_route_remove_member (BatonRequest *request);
void baton_route_devices (BatonRequest *request);
void baton_route_revoke_device (BatonRequest *request);
void baton_route_invite (BatonRequest *request);
void baton_route_invitations (BatonRequest *request);
void baton_route_remove_invitation (BatonRequest *request);

/* routes-sync.c */
void baton_route_hello (BatonRequest *request);
void baton_route_push (BatonRequest *request);
void baton_route_pull (BatonRequest *request);
void baton_route_snapshot (BatonRequest *request);
void baton_route_snapshot_part (BatonRequest *request);
void baton_route_history (BatonRequest *request);

/* routes-blob.c */
void baton_route_blobs_missing (BatonRequest *request);
void baton_route_blob_begin (BatonRequest *request);
void baton_route_blob_put (BatonRequest *request);
void baton_route_blob_get (BatonRequest *request);
void baton_route_blob_head (BatonRequest *request);

/* live.c */
void baton_route_live (BatonRequest *request);

/* routes-join.c */
void baton_route_join_page (BatonRequest *request);

/* routes-state.c */
void baton_route_health (BatonRequest *request);
void baton_route_metrics (BatonRequest *request);

G_END_DECLS
