/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "reader.h"

G_BEGIN_DECLS

/* What a server decides and tells, without a transport: JSON texts in and out as src/client/PROTOCOL.md says,
 * and the status that HTTP would have. A hub and its readers are used by one thread each; hub-thread.h puts a
 * thread and shared commits around it. No clock of its own: the time is handed in. */
typedef struct _BatonHub BatonHub;

#define BATON_PROTOCOL 2
#define BATON_PROTOCOL_OLDEST 1

#define BATON_HUB_OPS 500                    /* operations in a push */
#define BATON_HUB_ENTRIES 2000               /* entries in an answer */
#define BATON_HUB_BYTES (1 << 20)            /* about as many bytes of entries */
#define BATON_HUB_OP_BYTES (4 * 1024 * 1024) /* of one operation */

/* Opens or makes the workspace of a server in a folder (workspace.db, blobs/, backups/). A restored one gets
 * its new epoch here. Errors as baton_store_open. */
BatonHub *baton_hub_open (const char *folder, GError **error);
void baton_hub_close (BatonHub *hub);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BatonHub, baton_hub_close)

const char *baton_hub_database (BatonHub *hub); /* path, for readers */
const char *baton_hub_epoch (BatonHub *hub);
gint64 baton_hub_head (BatonHub *hub);

/* Who asks. */
typedef struct
{
  const char *person; /* id of the account's person */
  const char *role;
  gint64 now;   /* µs since 1970 */
  int protocol; /* the client's; 0: the present one */
} BatonHubCaller;

/* Whether a person may do this: NULL, or a sentence that says why not. */
typedef const char *(*BatonHubAllow) (const BatonOp *op, const BatonHubCaller *caller, gpointer data);
void baton_hub_set_allow (BatonHub *hub, BatonHubAllow allow, gpointer data);

/* One push. body is borrowed until it is answered; status and reply are filled in. */
typedef struct
{
  BatonHubCaller caller;
  const char *body;
  gsize length;
  guint status;
  GString *reply; /* borrowed, appended to */
} BatonHubPush;

/* Decides these pushes, one after the other, in one transaction that is on the disk when it returns. When
 * that fails, none of them was decided and each gets a temporary error. */
void baton_hub_push (BatonHub *hub, BatonHubPush *pushes, guint n);

/* An operation that the server makes itself (a new account's person). Takes it. */
gboolean baton_hub_perform (BatonHub *hub, BatonOp *op, gint64 now, GError **error);

/* The following only read: they may be called with any reader of the same database on any thread. Each
 * returns the status and appends the answer. */
guint baton_hub_hello (
    BatonReader *reader, const char *body, gsize length, gboolean known, gint64 now, GString *reply);
guint baton_hub_pull (BatonReader *reader, const char *epoch, const char *device, gint64 after, guint most,
    gint64 now, GString *reply);
guint baton_hub_history (BatonReader *reader, const char *epoch, gint64 before, guint most, GString *reply);

/* Snapshots that are being given out; used by one thread. */
typedef struct _BatonHubSnapshots BatonHubSnapshots;
BatonHubSnapshots *baton_hub_snapshots_new (void);
void baton_hub_snapshots_free (BatonHubSnapshots *snapshots);
/* board may be NULL. A recent snapshot is given out again. */
guint baton_hub_snapshot (BatonHubSnapshots *snapshots, BatonReader *reader, const char *board,
    const char *device, gint64 now, GString *reply);
guint baton_hub_snapshot_part (
    BatonHubSnapshots *snapshots, const char *id, guint part, gint64 now, GString *reply);
/* Forgets those that nobody asked for in five minutes. */
void baton_hub_snapshots_tidy (BatonHubSnapshots *snapshots, gint64 now);

/* {"t":"tail",…} with the entries behind `after`, or {"t":"head",…} when they are too large for that. */
void baton_hub_live (BatonReader *reader, gint64 after, GString *message);
/* A live message gets its check sum as its first member: {"sum":HASH,… What follows is what was meant. */
void baton_hub_sign (GString *message);

/* Writes a checked backup and notes how far it reaches. *path (may be NULL): where it is. */
gboolean baton_hub_backup (BatonHub *hub, gint64 now, char **path, GError **error);

/* Puts a backup in the place of a server's workspace, which must be closed. At its next opening it has a new
 * epoch, even when this is interrupted. */
gboolean baton_hub_restore (const char *folder, const char *backup, gint64 now, GError **error);

/* Errors as the protocol's body, onto reply; returns status. retry: seconds, 0 none. */
guint baton_hub_fail (GString *reply, guint status, const char *code, const char *message, int retry);

G_END_DECLS
