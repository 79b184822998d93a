/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "op.h"
#include "reader.h"

G_BEGIN_DECLS

/* The one writer of a workspace: a folder with workspace.db, lock, backups/ and blobs/. Used by one thread.
 */
typedef struct _BatonStore BatonStore;

typedef enum
{
  BATON_STORE_OPEN = 0,
  BATON_STORE_CREATE = 1 << 0,    /* make the folder and the database when missing */
  BATON_STORE_READ_ONLY = 1 << 1, /* do not even try to write */
} BatonStoreFlags;

/* Opens a workspace. Errors: BATON_ERROR_NOT_FOUND (no workspace there), LOCKED (open in another process),
 * CORRUPT, FULL, IO. A folder that cannot be written and a database of a newer Baton open read-only;
 * baton_store_read_only_reason then says why. Derived tables of another shape are rebuilt. */
BatonStore *baton_store_open (const char *folder, BatonStoreFlags flags, GError **error);
void baton_store_close (BatonStore *store);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BatonStore, baton_store_close)

/* A new UUIDv7. Any thread. Transfer full. */
char *baton_store_new_id (void);

gboolean baton_store_exists (const char *folder);
/* Whoever was killed while it made a workspace leaves a database of one page at most, without a table and
 * without a mark, and nothing beside it: it may be made again. What was a workspace once has a log, files or
 * backups. */
gboolean baton_store_is_unborn (const char *folder);

/* Takes away a workspace that was only just made, because what it was made for failed. It must be closed;
 * what is not its own stays. */
void baton_store_remove (const char *folder);

const char *baton_store_read_only_reason (BatonStore *store); /* NULL when it can be written */
const char *baton_store_database (BatonStore *store);         /* path, for readers */
const char *baton_store_device (BatonStore *store);
BatonReader *baton_store_reader (
    BatonStore *store); /* the writer's own connection, for the writer's thread */

/* Called every few hundred operations; FALSE cancels, and nothing was changed. */
typedef gboolean (*BatonProgress) (guint done, guint total, gpointer data);

/* Applies operations in one transaction: all of them or none. Their device, number and base are filled in;
 * person and at are the caller's. effects: BatonEffect for each, in order, may be NULL. The transaction is on
 * the disk when this returns TRUE. On failure *failed (may be NULL) is the index of the operation that was
 * refused. */
gboolean baton_store_perform (BatonStore *store, GPtrArray *ops, BatonProgress progress, gpointer data,
    GPtrArray **effects, guint *failed, GError **error);

/* The same for operations that are made one after the other, so that never all of them are in memory. next
 * gives the next one (freed here), NULL at the end or with the error set. total: how many there will be, as
 * far as is known; only progress sees it. */
typedef BatonOp *(*BatonOpSource) (gpointer source, GError **error);
gboolean baton_store_perform_stream (BatonStore *store, BatonOpSource next, gpointer source,
    BatonProgress progress, gpointer data, guint total, GError **error);

/* The same for operations of another workspace that carry its device and number: they get ours, and the
 * targets of undo follow. Everything else stays as it is. Only for a store that has no operations of theirs
 * yet. */
gboolean baton_store_replay (
    BatonStore *store, GPtrArray *ops, BatonProgress progress, gpointer data, GError **error);

gboolean baton_store_set_draft (
    BatonStore *store, const char *key, const char *text, gint64 at, GError **error);
gboolean baton_store_set_meta (BatonStore *store, const char *key, const char *value, GError **error);

/* Moves what was committed from the write-ahead log into the database. Commits do not wait for that by
 * themselves, so it is called when there is nothing else to do. */
void baton_store_checkpoint (BatonStore *store);

/* Drops every derived table and makes it anew from the log, in one transaction. */
gboolean baton_store_rebuild (BatonStore *store, GError **error);

/* Checks pages, log and derived tables (rebuilt beside the live ones and compared), without changing
 * anything. problems: sentences, transfer full; empty when all is well. FALSE only when the check itself
 * could not be made. */
gboolean baton_verify (const char *database, GPtrArray **problems, gint64 *operations, GError **error);

/* A quick look for damaged pages. FALSE with BATON_ERROR_CORRUPT when there are any. */
gboolean baton_quick_check (BatonReader *reader, GError **error);

#define BATON_BACKUPS_KEPT 7

/* Copies the database into backups/ of the folder and checks the copy. at: the time now. Older ones than the
 * newest seven are deleted. path (may be NULL): where it is. Beside it lies a list of the files that belong
 * to it (workspace-….b2sums), for `b2sum -l 256 -c`. */
gboolean baton_backup_create (
    const char *folder, const char *database, gint64 at, char **path, GError **error);
gboolean baton_backup_write (const char *database, const char *target, GError **error);
GPtrArray *baton_backup_list (const char *folder); /* paths, newest first */
gint64 baton_backup_time (const char *path);       /* 0 when the name does not say */

/* Puts a backup in the place of the database, after checking it. The present file is kept beside it as
 * workspace-before-restore-TIME.db; kept (may be NULL) gets its path. The workspace must be closed. */
gboolean baton_backup_restore (
    const char *folder, const char *backup, gint64 at, char **kept, GError **error);

G_END_DECLS
