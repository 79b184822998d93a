/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "json.h"
#include "team.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* A team as JSON, for “batonctl simulate --file” and for teams that were typed in. The format is in the
 * manual page batonctl(1). What is missing has its usual value; what is not known is refused by its name, so
 * that a slip does not pass for a number. */

/* BATON_ERROR_INVALID with the place when it is no team or cannot be simulated. */
BatonTeam *baton_team_read (const char *text, gsize length, GError **error);
void baton_team_write (const BatonTeam *team, BatonJson *json);

G_END_DECLS
