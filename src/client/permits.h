/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "roles.h"
#include "workspace.h"

G_BEGIN_DECLS

/* What this person may do in this workspace: the one place that widgets and commands ask before they offer
 * something. It knows whether the workspace can be written at all, and the role on its server. What it allows
 * may still be refused by rules or by the server; what it forbids would be refused for certain.
 *
 * The workspace emits "role-changed" () when the answers have become others. Main thread. */

/* The role on the server; BATON_ROLE_NONE: the workspace is not shared, and everything is one's own. */
BatonRole baton_workspace_role (BatonWorkspace *self);

/* NULL when the verb may be used, if need be on rows of one's own only; else a sentence for people, which
 * lives as long as the workspace. */
const char *baton_workspace_why_not (BatonWorkspace *self, BatonVerb verb);

/* The same for one row. item: NULL asks for rows of others. */
const char *baton_workspace_why_not_on (BatonWorkspace *self, BatonVerb verb, BatonItem *item);

/* The same for what is no operation. */
const char *baton_workspace_why_not_right (BatonWorkspace *self, BatonRight right);

/* The server has said that one's role is this. Written down in the background. */
void baton_workspace_take_role (BatonWorkspace *self, BatonRole role);

/* A role as people call it. */
const char *baton_role_title (BatonRole role);
/* What it may do, in a sentence. */
const char *baton_role_words (BatonRole role);

G_END_DECLS
