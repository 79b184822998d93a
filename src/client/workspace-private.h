/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "workspace.h"
#include "writer.h"

G_BEGIN_DECLS

struct _BatonWorkspace
{
  GObject parent_instance;

  char *folder;
  char *database;
  char *read_only_reason;
  char *device;
  char *me;
  BatonWriter *writer;
  BatonReader *reader;  /* the main thread's */
  GAsyncQueue *readers; /* idle connections for queries */
  GHashTable *items;    /* id → BatonItem */
  GHashTable *lists;    /* "entity:parent" → BatonColumn */
  GHashTable *drafts;   /* key → text typed and not committed to the database yet */
  GThread *backup;
  gboolean backed_up;
};

/* workspace-models.c */
gboolean baton_workspace_load (BatonWorkspace *self, GError **error);
void baton_workspace_follow (BatonWorkspace *self, const BatonEffect *effect);

/* workspace-perform.c */
void baton_workspace_signals_init (GObjectClass *klass);
void baton_workspace_emit_broken (BatonWorkspace *self, const GError *error);

/* workspace.c */
void baton_workspace_ensure_daily_backup (BatonWorkspace *self);

G_END_DECLS
