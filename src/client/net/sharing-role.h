/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "account.h"
#include "engine.h"
#include "workspace.h"

G_BEGIN_DECLS

/* Private to net: keeps what the workspace knows of one's role as the server has it. It asks after every new
 * connection and after a refusal, and believes the live channel. Main thread. */
typedef struct _BatonSharingRole BatonSharingRole;

BatonSharingRole *baton_sharing_role_new (BatonWorkspace *workspace, const BatonServerAccess *access);
void baton_sharing_role_free (BatonSharingRole *role);
void baton_sharing_role_follow (BatonSharingRole *role, const BatonSyncStatus *status);
void baton_sharing_role_told (BatonSharingRole *role, const char *name);

/* The server has been asked and has not answered. */
gboolean baton_sharing_role_is_asking (BatonSharingRole *role);

G_END_DECLS
