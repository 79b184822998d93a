/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-client"

#include "permits.h"

#include "workspace-private.h"

#include <glib/gi18n-lib.h>

static guint role_changed;

void
baton_workspace_permits_init (GObjectClass *klass)
{
  role_changed = g_signal_new (
      "role-changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

const char *
baton_role_title (BatonRole role)
{
  static const char *const titles[BATON_N_ROLES] = {
    [BATON_ROLE_NONE] = NC_ ("role", "Nobody"),
    [BATON_ROLE_OWNER] = NC_ ("role", "Owner"),
    [BATON_ROLE_MANAGER] = NC_ ("role", "Manager"),
    [BATON_ROLE_MEMBER] = NC_ ("role", "Member"),
    [BATON_ROLE_REVIEWER] = NC_ ("role", "Reviewer"),
    [BATON_ROLE_VIEWER] = NC_ ("role", "Viewer"),
  };

  g_return_val_if_fail (role < BATON_N_ROLES, NULL);
  return g_dpgettext2 (GETTEXT_PACKAGE, "role", titles[role]);
}

const char *
baton_role_words (BatonRole role)
{
  static const char *const words[BATON_N_ROLES] = {
    [BATON_ROLE_NONE] = "",
    [BATON_ROLE_OWNER] = N_ ("May do everything, and name other owners"),
    [BATON_ROLE_MANAGER] = N_ ("Boards, workflow and people, and all of the work"),
    [BATON_ROLE_MEMBER] = N_ ("Cards, files and reviews"),
    [BATON_ROLE_REVIEWER] = N_ ("Comments and decides in reviews"),
    [BATON_ROLE_VIEWER] = N_ ("Sees everything, changes nothing"),
  };

  g_return_val_if_fail (role < BATON_N_ROLES, NULL);
  return *words[role] != '\0' ? _ (words[role]) : "";
}

BatonRole
baton_workspace_role (BatonWorkspace *self)
{
  return self->role;
}

/* Why not, and what one can do about it. */
static const char *
sentence (BatonRole role)
{
  switch (role)
    {
    case BATON_ROLE_VIEWER:
      return _ ("You are a viewer here: you see everything and change nothing. A manager can change that.");
    case BATON_ROLE_REVIEWER:
      return _ (
          "You are a reviewer here: you comment and decide, and leave the rest to others. A manager can "
          "change that.");
    case BATON_ROLE_MEMBER:
      return _ ("You are a member here: this is for managers and owners.");
    case BATON_ROLE_OWNER:
    case BATON_ROLE_MANAGER:
    case BATON_ROLE_NONE:
    case BATON_N_ROLES:
    default:
      return _ ("This is for owners.");
    }
}

const char *
baton_workspace_why_not (BatonWorkspace *self, BatonVerb verb)
{
  g_return_val_if_fail (BATON_IS_WORKSPACE (self), NULL);

  if (self->read_only_reason != NULL)
    return self->read_only_reason;
  if (self->role == BATON_ROLE_NONE || baton_role_may (self->role, verb) != BATON_MAY_NO)
    return NULL;
  return sentence (self->role);
}

const char *
baton_workspace_why_not_on (BatonWorkspace *self, BatonVerb verb, BatonItem *item)
{
  const char *why = baton_workspace_why_not (self, verb);
  BatonField author = item != NULL ? baton_entity_author (baton_item_entity (item)) : BATON_FIELD_NONE;

  if (why != NULL || self->role == BATON_ROLE_NONE || baton_role_may (self->role, verb) == BATON_MAY_YES)
    return why;
  if (author != BATON_FIELD_NONE && self->me != NULL &&
      g_strcmp0 (baton_item_text (item, author), self->me) == 0)
    return NULL;
  return _ ("Only its author or a manager may change this.");
}

const char *
baton_workspace_why_not_right (BatonWorkspace *self, BatonRight right)
{
  if (self->read_only_reason != NULL)
    return self->read_only_reason;
  if (self->role == BATON_ROLE_NONE || baton_role_has (self->role, right))
    return NULL;
  return sentence (self->role);
}

static void
set_role (BatonWorkspace *self, BatonRole role)
{
  if (self->role == role)
    return;
  self->role = role;
  g_signal_emit (self, role_changed, 0);
}

void
baton_workspace_load_role (BatonWorkspace *self)
{
  g_autofree char *server = baton_reader_meta (self->reader, "server");
  g_autofree char *role = server != NULL ? baton_reader_meta (self->reader, "server.role") : NULL;

  set_role (self, baton_role_find (role));
}

static void
write_role (BatonStore *store, BatonJob *job)
{
  baton_store_set_meta (store, "server.role", job->data, &job->error);
}

static void
role_written (BatonStore *store, BatonJob *job)
{
  if (job->error != NULL)
    g_message ("The role could not be written down: %s", job->error->message);
}

void
baton_workspace_take_role (BatonWorkspace *self, BatonRole role)
{
  BatonJob *job;

  if (self->role == role || self->writer == NULL)
    return;
  job = baton_job_new (write_role, role_written);
  job->data = g_strdup (baton_role_name (role));
  job->destroy = g_free;
  baton_writer_push (self->writer, job);
  set_role (self, role);
}
