/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "op.h"
#include "view.h"

G_BEGIN_DECLS

/* Who may do what in a shared workspace: the table roles.def as C sees it. */

typedef enum
{
  BATON_ROLE_NONE, /* may nothing */
  BATON_ROLE_OWNER,
  BATON_ROLE_MANAGER,
  BATON_ROLE_MEMBER,
  BATON_ROLE_REVIEWER,
  BATON_ROLE_VIEWER,
  BATON_N_ROLES,
} BatonRole;

typedef enum
{
  BATON_MAY_NO,
  BATON_MAY_OWN, /* on rows whose author one is */
  BATON_MAY_YES,
} BatonMay;

typedef enum
{
#define MAY(verb, owner, manager, member, reviewer, viewer)
#define RIGHT(SYM, name, owner, manager, member, reviewer, viewer) BATON_RIGHT_##SYM,
#define AUTHOR(entity, field)
#include "roles.def"
  BATON_N_RIGHTS,
} BatonRight;

const char *baton_role_name (BatonRole role); /* "owner" … as it goes over the wire */
BatonRole baton_role_find (const char *name); /* BATON_ROLE_NONE when unknown */

/* Whether a role may use a verb at all: what a front end asks before it offers something. */
BatonMay baton_role_may (BatonRole role, BatonVerb verb);
gboolean baton_role_has (BatonRole role, BatonRight right);
const char *baton_right_name (BatonRight right);

/* Whether a role may hand in what somebody else has made: what an import tells, and the history of a
 * workspace that its owner brings along. */
gboolean baton_role_may_speak_for (BatonRole role, const BatonOp *op);

/* The field that says whose row it is, or BATON_FIELD_NONE. */
BatonField baton_entity_author (BatonEntity entity);

/* Whether person, who has this role, may have this operation applied to the rows of view, which is not
 * written to: the verb, rows of one's own, and nobody else's name as an author. FALSE with
 * BATON_ERROR_FORBIDDEN and a sentence. An operation whose verb is unknown is forbidden. */
gboolean baton_role_check (
    BatonRole role, const char *person, const BatonOp *op, BatonView *view, GError **error);

G_END_DECLS
