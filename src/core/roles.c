/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-core"

#include "roles.h"

#include "baton-error.h"

#include <glib/gi18n-lib.h>

#define Y BATON_MAY_YES
#define O BATON_MAY_OWN
#define N BATON_MAY_NO

/* What is not named is zero: forbidden. */
static const guint8 verbs[BATON_N_VERBS][BATON_N_ROLES] = {
#define MAY(verb, owner, manager, member, reviewer, viewer) \
  [BATON_VERB_##verb] = { N, owner, manager, member, reviewer, viewer },
#define RIGHT(SYM, name, owner, manager, member, reviewer, viewer)
#define AUTHOR(entity, field)
#include "roles.def"
};

static const struct
{
  const char *name;
  guint8 may[BATON_N_ROLES];
} rights[BATON_N_RIGHTS] = {
#define MAY(verb, owner, manager, member, reviewer, viewer)
#define RIGHT(SYM, name, owner, manager, member, reviewer, viewer) \
  [BATON_RIGHT_##SYM] = { name, { N, owner, manager, member, reviewer, viewer } },
#define AUTHOR(entity, field)
#include "roles.def"
};

#undef Y
#undef O
#undef N

static const char *const names[BATON_N_ROLES] = { "none", "owner", "manager", "member", "reviewer",
  "viewer" };

const char *
baton_role_name (BatonRole role)
{
  return role < BATON_N_ROLES ? names[role] : names[BATON_ROLE_NONE];
}

BatonRole
baton_role_find (const char *name)
{
  for (guint i = BATON_ROLE_OWNER; name != NULL && i < BATON_N_ROLES; i++)
    {
      if (g_str_equal (names[i], name))
        return i;
    }
  return BATON_ROLE_NONE;
}

BatonMay
baton_role_may (BatonRole role, BatonVerb verb)
{
  return role < BATON_N_ROLES && verb < BATON_N_VERBS ? verbs[verb][role] : BATON_MAY_NO;
}

gboolean
baton_role_has (BatonRole role, BatonRight right)
{
  return role < BATON_N_ROLES && right < BATON_N_RIGHTS && rights[right].may[role] == BATON_MAY_YES;
}

const char *
baton_right_name (BatonRight right)
{
  g_return_val_if_fail (right < BATON_N_RIGHTS, NULL);
  return rights[right].name;
}

gboolean
baton_role_may_speak_for (BatonRole role, const BatonOp *op)
{
  return (op->batch != NULL && baton_role_has (role, BATON_RIGHT_IMPORT)) ||
         baton_role_has (role, BATON_RIGHT_SHARE);
}

BatonField
baton_entity_author (BatonEntity entity)
{
  static const struct
  {
    BatonEntity entity;
    BatonField author;
  } authors[] = {
#define MAY(verb, owner, manager, member, reviewer, viewer)
#define RIGHT(SYM, name, owner, manager, member, reviewer, viewer)
#define AUTHOR(ENTITY, FIELD) { BATON_ENTITY_##ENTITY, BATON_##FIELD },
#include "roles.def"
  };

  for (guint i = 0; i < G_N_ELEMENTS (authors); i++)
    {
      if (authors[i].entity == entity)
        return authors[i].author;
    }
  return BATON_FIELD_NONE;
}

static gboolean
forbid (GError **error, const char *sentence)
{
  g_set_error_literal (error, BATON_ERROR, BATON_ERROR_FORBIDDEN, sentence);
  return FALSE;
}

static gboolean
is_own (BatonView *view, BatonEntity entity, const char *id, const char *person)
{
  BatonField author = baton_entity_author (entity);
  const BatonRow *row = author != BATON_FIELD_NONE ? view->get (view, entity, id) : NULL;

  return row != NULL && person != NULL && g_strcmp0 (baton_row_text (row, author), person) == 0;
}

static gboolean
check_rows_of_others (const char *person, const BatonOp *op, BatonView *view, GError **error)
{
  BatonEntity entity = baton_verb_info (op->verb)->entity;

  for (guint i = 0; i < op->ids->len; i++)
    {
      if (!is_own (view, entity, g_ptr_array_index (op->ids, i), person))
        return forbid (error, _ ("Only its author or a manager may change this."));
    }
  return TRUE;
}

/* Nobody speaks in the name of somebody else. */
static gboolean
check_names (const char *person, const BatonOp *op, GError **error)
{
  for (guint i = 0; i < op->rows->len; i++)
    {
      const BatonNewRow *new_row = g_ptr_array_index (op->rows, i);
      BatonField author = baton_entity_author (new_row->row->entity);
      const char *name = author != BATON_FIELD_NONE ? baton_row_text (new_row->row, author) : NULL;

      if (name != NULL && g_strcmp0 (name, person) != 0)
        return forbid (error, _ ("This was made in somebody else’s name."));
    }
  for (guint i = 0; i < op->sets->len; i++)
    {
      const BatonSet *set = &g_array_index (op->sets, BatonSet, i);

      if (set->field == baton_entity_author (baton_field_info (set->field)->entity) &&
          (set->value.kind != BATON_VALUE_TEXT || g_strcmp0 (set->value.text, person) != 0))
        return forbid (error, _ ("This was made in somebody else’s name."));
    }
  return TRUE;
}

/* Whether a verb of this action is how a field comes to be written. */
static gboolean
writes (BatonAction action, BatonEntity entity, BatonField field)
{
  const BatonFieldInfo *info = baton_field_info (field);

  if (field == baton_entity_removed (entity))
    return action == BATON_ACTION_REMOVE || action == BATON_ACTION_RESTORE || action == BATON_ACTION_ADD;
  if (info->flags & BATON_FIELD_SYSTEM)
    return action == BATON_ACTION_MOVE || action == BATON_ACTION_ARCHIVE || action == BATON_ACTION_UNARCHIVE;
  if (field == baton_entity_info (entity)->parent && action == BATON_ACTION_MOVE)
    return TRUE;
  return action == BATON_ACTION_SET || (action == BATON_ACTION_LINK && info->type == BATON_TYPE_SET);
}

/* The most that a role may do to a field of an entity, by whatever verb. */
static BatonMay
may_touch (BatonRole role, BatonEntity entity, BatonField field)
{
  BatonMay most = BATON_MAY_NO;

  for (guint i = 0; i < BATON_N_VERBS; i++)
    {
      const BatonVerbInfo *info = baton_verb_info (i);
      BatonMay may = baton_role_may (role, i);

      if (info->entity != entity || field == BATON_FIELD_NONE || !writes (info->action, entity, field))
        continue;
      /* Who may add may take back what they added. */
      most = MAX (most, info->action == BATON_ACTION_ADD ? MIN (may, BATON_MAY_OWN) : may);
    }
  return most;
}

static gboolean
check_undo (BatonRole role, const char *person, const BatonOp *op, BatonView *view, GError **error)
{
  for (guint i = 0; op->changes != NULL && i < op->changes->changes->len; i++)
    {
      const BatonChange *change = g_ptr_array_index (op->changes->changes, i);
      BatonMay may = may_touch (role, change->entity, change->field);

      /* What the rules alone keep is never in an honest undo. */
      if (may == BATON_MAY_NO || (baton_field_info (change->field)->flags & BATON_FIELD_COUNT))
        return forbid (error, _ ("Your role does not allow this."));
      if (may == BATON_MAY_OWN && !is_own (view, change->entity, change->id, person))
        return forbid (error, _ ("Only its author or a manager may change this."));
    }
  return TRUE;
}

gboolean
baton_role_check (BatonRole role, const char *person, const BatonOp *op, BatonView *view, GError **error)
{
  BatonMay may = baton_role_may (role, op->verb);

  g_return_val_if_fail (view != NULL, FALSE);
  if (may == BATON_MAY_NO)
    return forbid (error, _ ("Your role does not allow this."));
  if (may == BATON_MAY_OWN && !check_rows_of_others (person, op, view, error))
    return FALSE;
  if (!baton_role_has (role, BATON_RIGHT_IMPORT) && !check_names (person, op, error))
    return FALSE;
  return baton_verb_info (op->verb)->action != BATON_ACTION_UNDO ||
         check_undo (role, person, op, view, error);
}
