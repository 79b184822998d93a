/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "permits.h"
#include "slices.h"
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
  BatonBlobs *blobs;
  BatonWriter *writer;
  BatonReader *reader;  /* the main thread's */
  GAsyncQueue *readers; /* idle connections for queries */
  GHashTable *items;    /* id → BatonItem */
  GHashTable *lists;    /* "entity:parent" → BatonColumn */
  GHashTable *drafts;   /* key → text typed and not committed to the database yet */
  GPtrArray *ahead; /* rows of the cards of `ahead_board`, as long as nothing was performed since; or NULL */
  char *ahead_board;
  BatonRole role;          /* on the server; NONE: it has none */
  BatonSharing *sharing;   /* while it is connected to its server */
  BatonPresence *presence; /* NULL before somebody asks */
  GQueue slices;           /* BatonSlice: what the models have not followed yet */
  guint slicing;           /* the source that goes on with them */
  BatonFiles *files;       /* borrowed; whoever looks after them says so */
  GHashTable *vanished;    /* ids of rows that were taken back and may come again */
  GThread *backup;
  gboolean backed_up;
};

/* workspace-models.c */
gboolean baton_workspace_load (BatonWorkspace *self, GError **error);
void baton_workspace_follow (BatonWorkspace *self, const BatonEffect *effect);

/* workspace-ahead.c */
typedef struct _BatonAhead BatonAhead;
/* What was started for this folder, to be waited for; NULL when nothing was. Main thread. */
BatonAhead *baton_ahead_take (const char *folder, BatonStoreFlags flags);
BatonWorkspace *baton_ahead_workspace (BatonAhead *ahead); /* borrowed */
/* Any thread. Waits and frees. */
BatonStore *baton_ahead_wait (BatonAhead *ahead, GError **error);
/* The rows of a board's cards that were read ahead, once. Transfer full; NULL when there are none. */
GPtrArray *baton_workspace_take_ahead (BatonWorkspace *self, const char *board);
void baton_workspace_forget_ahead (BatonWorkspace *self);

/* workspace-perform.c */
void baton_workspace_signals_init (GObjectClass *klass);
gint64 baton_workspace_boot_time (void); /* µs that this machine has been on, asleep or not */
void baton_workspace_emit_broken (BatonWorkspace *self, const GError *error);
void baton_workspace_emit_performed (BatonWorkspace *self, BatonOp *op, BatonEffect *effect);
void baton_workspace_emit_attended (BatonWorkspace *self); /* what needs attention is something else */
/* The folder turned out to be a copy of another device's; it is a device of its own from now on: "copied". */
void baton_workspace_emit_copied (BatonWorkspace *self);
/* So much has changed that everything is read anew. */
void baton_workspace_reload (BatonWorkspace *self);

/* workspace-follow.c */
/* The store has followed its server. slices: the net difference (BatonSlice; taken out of the array), may be
 * NULL. */
void baton_workspace_followed (BatonWorkspace *self, GPtrArray *slices, gboolean reload);
/* Something was performed here: the models follow, then "performed". */
void baton_workspace_show (BatonWorkspace *self, BatonOp *op, BatonEffect *effect);
void baton_workspace_forget_slices (BatonWorkspace *self);

/* permits.c */
void baton_workspace_permits_init (GObjectClass *klass); /* its signal */
/* From what is kept in the workspace; tells when it is another one. */
void baton_workspace_load_role (BatonWorkspace *self);

/* workspace-share.c */
/* Tells the engine that there is something to send. */
void baton_workspace_nudge (BatonWorkspace *self);

/* workspace.c */
/* The parts of opening: an object for a folder, the work on any thread. */
BatonWorkspace *baton_workspace_new_for (const char *folder);
BatonStore *baton_workspace_open_store (BatonWorkspace *self, BatonStoreFlags flags, GError **error);
void baton_workspace_ensure_daily_backup (BatonWorkspace *self);

G_END_DECLS
