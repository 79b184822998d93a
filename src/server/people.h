/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "accounts.h"

#include <jansson.h>

G_BEGIN_DECLS

/* Accounts as JSON, for the routes and for the commands. Transfer full. */

json_t *baton_people_members (BatonAccounts *accounts);
json_t *baton_people_devices (BatonAccounts *accounts, const char *person, const char *here);
json_t *baton_people_invitations (BatonAccounts *accounts, gint64 now);

/* Makes an invitation; {"invitation":LINK,"web":LINK,"id":ID,"role":R,"expires":µs}. NULL on failure. */
json_t *baton_people_invite (
    BatonAccounts *accounts, const char *url, BatonRole role, BatonActor actor, GError **error);

G_END_DECLS
