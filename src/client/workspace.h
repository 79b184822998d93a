/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "baton-error.h"
#include "blob-refs.h"
#include "column.h"
#include "store.h"

G_BEGIN_DECLS

/* A live workspace: the one way to change data and the shared models that everything on screen follows.
 *
 * Life of a change: somebody makes a BatonOp and calls baton_workspace_perform_async. The writer's thread
 * applies and commits it. Back on the main context the models change by the smallest step, "performed" is
 * emitted, and the caller's callback runs. A refusal changes nothing and gives the caller a sentence. All
 * calls are main thread only.
 *
 * Signals:
 *   performed (BatonOp *op, BatonEffect *effect)  after an operation was applied and the models follow. op is
 *     NULL when others did it: then the effect is the difference of many
 *   reloaded ()             after so many operations at once that the models were read anew
 *   arrived (char *hash)    a file is here now that may have been missed, or is sound again
 *   attended ()             what needs attention is something else
 *   broken (GError *error)  when the database turns out to be damaged or the disk full */
#define BATON_TYPE_WORKSPACE (baton_workspace_get_type ())
G_DECLARE_FINAL_TYPE (BatonWorkspace, baton_workspace, BATON, WORKSPACE, GObject)

/* Opens (flags as for the store) and loads what every view needs: boards, stages, people, names. Errors as
 * baton_store_open. The asynchronous one does the work in a thread. */
BatonWorkspace *baton_workspace_open (const char *folder, BatonStoreFlags flags, GError **error);
void baton_workspace_open_async (const char *folder, BatonStoreFlags flags, GCancellable *cancellable,
    GAsyncReadyCallback callback, gpointer data);
BatonWorkspace *baton_workspace_open_finish (GAsyncResult *result, GError **error);

/* Begins to open a workspace that is there, and to read the cards of a board (NULL or one that is gone: of
 * the first one), on another thread, before anybody asks: a program does this while its toolkit starts. The
 * next baton_workspace_open_async for the same folder gets it; one that nobody asked for is closed by
 * baton_workspace_drop_ahead. */
void baton_workspace_open_ahead (const char *folder, const char *board);
void baton_workspace_drop_ahead (void);

/* Lets queued operations finish and closes the files; the object is empty afterwards. */
void baton_workspace_close (BatonWorkspace *self);

const char *baton_workspace_folder (BatonWorkspace *self);
const char *baton_workspace_database (BatonWorkspace *self);
const char *baton_workspace_read_only_reason (BatonWorkspace *self); /* NULL when it can be changed */
char *baton_workspace_name (BatonWorkspace *self);
const char *baton_workspace_device (BatonWorkspace *self); /* id of this device */

/* The person that this device speaks for: id, or NULL before baton_workspace_set_me. */
const char *baton_workspace_me (BatonWorkspace *self);
gboolean baton_workspace_set_me (BatonWorkspace *self, const char *person, GError **error);
/* A setting that is kept in the workspace. value NULL forgets it. Waits. */
gboolean baton_workspace_set_meta (BatonWorkspace *self, const char *key, const char *value, GError **error);

/* Sharing (net/sharing.h). Keeps the workspace in step with its server from now on; FALSE with an error when
 * it has none, or this device is not signed in. prompt: ask at once. */
typedef struct _BatonSharing BatonSharing;
gboolean baton_workspace_connect (BatonWorkspace *self, gboolean prompt, GError **error);
/* The same; asking the keyring for the token may take as long as unlocking it. A token that lies in a file is
 * found at once: then baton_workspace_sharing is set when this returns. G_IO_ERROR_CANCELLED: it was closed
 * meanwhile. */
void baton_workspace_connect_async (
    BatonWorkspace *self, gboolean prompt, GAsyncReadyCallback callback, gpointer data);
gboolean baton_workspace_connect_finish (BatonWorkspace *self, GAsyncResult *result, GError **error);
void baton_workspace_disconnect (BatonWorkspace *self);
/* What needs attention (store/sync.h, baton_reader_attention): done after all, or let go. edited (taken): in
 * place of what was refused; NULL: the same. These two wait for the disk. Signal attended (): there is more
 * of it now, or less. */
gboolean baton_workspace_reapply (BatonWorkspace *self, gint64 id, BatonOp *edited, GError **error);
gboolean baton_workspace_discard (BatonWorkspace *self, gint64 id, GError **error);
void baton_workspace_reapply_async (
    BatonWorkspace *self, gint64 id, BatonOp *edited, GAsyncReadyCallback callback, gpointer data);
void baton_workspace_discard_async (
    BatonWorkspace *self, gint64 id, GAsyncReadyCallback callback, gpointer data);
gboolean baton_workspace_attend_finish (BatonWorkspace *self, GAsyncResult *result, GError **error);
/* After much was done elsewhere, "performed" comes many times, for some rows each. While this is TRUE in a
 * handler, another one follows: what costs as much for one row as for all may wait for it. */
gboolean baton_workspace_is_following (BatonWorkspace *self);
BatonSharing *baton_workspace_sharing (BatonWorkspace *self); /* NULL when it is not connected */
/* Its files on their way (net/shared-files.h), borrowed; NULL when nobody looks after them. */
typedef struct _BatonFiles BatonFiles;
BatonFiles *baton_workspace_files (BatonWorkspace *self);
/* Who looks at which card now (net/presence.h). Borrowed; it lives as long as the workspace. */
typedef struct _BatonPresence BatonPresence;
BatonPresence *baton_workspace_presence (BatonWorkspace *self);
/* Everything of a board is to be here, on this device alone. Waits. */
gboolean baton_workspace_keep_board (BatonWorkspace *self, const char *board, gboolean keep, GError **error);
gboolean baton_workspace_keeps_board (BatonWorkspace *self, const char *board);
/* Makes a person of this name and speaks for them, if nobody is set yet. Blocking. */
gboolean baton_workspace_ensure_me (BatonWorkspace *self, const char *name, GError **error);

/* Takes the operation; person, time and boot time are filled in where they are not set. */
void baton_workspace_perform_async (
    BatonWorkspace *self, BatonOp *op, GAsyncReadyCallback callback, gpointer data);
BatonEffect *baton_workspace_perform_finish (BatonWorkspace *self, GAsyncResult *result, GError **error);

/* The same and waits. For the command line, tests and start-up; effect may be NULL. */
gboolean baton_workspace_perform (BatonWorkspace *self, BatonOp *op, BatonEffect **effect, GError **error);

/* Many operations in one transaction, all or none. Takes the array (of BatonOp). progress is called on
 * another thread; FALSE from it, or the cancellable, leaves nothing behind. */
void baton_workspace_perform_batch_async (BatonWorkspace *self, GPtrArray *ops, BatonProgress progress,
    gpointer progress_data, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data);
gboolean baton_workspace_perform_batch_finish (BatonWorkspace *self, GAsyncResult *result, GError **error);
gboolean baton_workspace_perform_batch (
    BatonWorkspace *self, GPtrArray *ops, BatonProgress progress, gpointer progress_data, GError **error);

/* The same for operations that are made while they are performed: first those of the array (taken), then what
 * next gives until it gives NULL. next is called on another thread and says itself who did what and when.
 * n_source: about how many it will give. */
gboolean baton_workspace_perform_stream (BatonWorkspace *self, GPtrArray *ops, BatonOpSource next,
    gpointer source, guint n_source, BatonProgress progress, gpointer progress_data, GError **error);
void baton_workspace_perform_stream_async (BatonWorkspace *self, GPtrArray *ops, BatonOpSource next,
    gpointer source, guint n_source, BatonProgress progress, gpointer progress_data,
    GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data);

/* Undoes (or redoes) this device's latest change. The result is a sentence about what was undone, or NULL
 * with no error when there is nothing to undo. */
void baton_workspace_undo_async (
    BatonWorkspace *self, gboolean redo, GAsyncReadyCallback callback, gpointer data);
char *baton_workspace_undo_finish (BatonWorkspace *self, GAsyncResult *result, GError **error);
gboolean baton_workspace_undo (BatonWorkspace *self, gboolean redo, char **sentence, GError **error);

/* Reads on another thread with its own connection. func gives the result (freed by free_result if nobody
 * takes it) or sets the error. data is freed by free_data. */
typedef gpointer (*BatonQueryFunc) (
    BatonReader *reader, gpointer data, GCancellable *cancellable, GError **error);
void baton_workspace_query_async (BatonWorkspace *self, BatonQueryFunc func, gpointer func_data,
    GDestroyNotify free_data, GDestroyNotify free_result, GCancellable *cancellable,
    GAsyncReadyCallback callback, gpointer data);
gpointer baton_workspace_query_finish (BatonWorkspace *self, GAsyncResult *result, GError **error);

/* The workspace's files. Any thread; borrowed. */
BatonBlobs *baton_workspace_blobs (BatonWorkspace *self);

/* Says that a file has come, whoever brought it: emits "arrived". Main thread. */
void baton_workspace_tell_arrived (BatonWorkspace *self, const char *hash);

/* A connection for the main thread: single rows, the command line, tests. */
BatonReader *baton_workspace_reader (BatonWorkspace *self);

/* The item of a row of any entity but card, checklist, item, comment, link and custom value; borrowed, NULL
 * when there is none. Removed rows are found too (history names them). */
BatonItem *baton_workspace_lookup (BatonWorkspace *self, BatonEntity entity, const char *id);
/* Its name, or fallback. */
const char *baton_workspace_name_of (
    BatonWorkspace *self, BatonEntity entity, const char *id, const char *fallback);

/* The live rows of an entity below a board (NULL: of all boards, and for people and boards), in order; a
 * shared model that follows. For stages of a board, channels, campaigns, asset types, labels, custom fields,
 * filters; people; boards. For criteria `parent` is the stage. Transfer none: it lives as long as the
 * workspace. */
BatonColumn *baton_workspace_list (BatonWorkspace *self, BatonEntity entity, const char *parent);

/* Text that is being typed and not sent yet. Writing is queued; reading is immediate. NULL text forgets it.
 */
void baton_workspace_set_draft (BatonWorkspace *self, const char *key, const char *text);
char *baton_workspace_draft (BatonWorkspace *self, const char *key);

/* Writes a checked backup into the workspace's backups folder. Also done by itself before the first change of
 * a day. */
void baton_workspace_backup_async (BatonWorkspace *self, GAsyncReadyCallback callback, gpointer data);
char *baton_workspace_backup_finish (
    BatonWorkspace *self, GAsyncResult *result, GError **error); /* its path */

G_END_DECLS
