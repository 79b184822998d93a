/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hub.h"

G_BEGIN_DECLS

/* Puts core/roles.def between a push and the log. */
void baton_allow_attach (BatonHub *hub);

/* The text of a member of the outermost object, found without reading all of it; NULL when there is none, or
 * when it is written with escapes. What comes later in a body is looked at by a strict reader, which refuses
 * a name that is there twice. Transfer full. */
char *baton_json_peek (const char *text, gsize length, const char *name);

G_END_DECLS
