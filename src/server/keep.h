/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Backups and checks of a server's folder. They read with connections of their own, so they run beside the
 * server, in any thread. */

typedef struct
{
  char *path;
  gint64 seq;    /* every operation up to this one is in it */
  gint64 at;     /* microseconds since 1970 */
  guint blobs;   /* files that its versions speak of */
  guint missing; /* of these, how many are not here (yet) */
} BatonBackup;

void baton_backup_free (BatonBackup *backup);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BatonBackup, baton_backup_free)

/* Copies the database into backups/, reads the copy back and checks it, writes beside it the list of the
 * files that it needs (as b2sum -l 256 reads it), and thins out old ones: all of the last day, one a day of
 * the last month, one a month before. */
BatonBackup *baton_keep_make (const char *folder, gint64 at, GError **error);

/* The newest backup that is there. NULL when there is none. */
BatonBackup *baton_keep_newest (const char *folder);

/* Puts a backup (a path, a name in backups/, or NULL: the newest) in place of the database and gives the
 * server a new epoch, so that clients offer again what the backup lacks. Nobody may have the workspace open.
 * *kept: where the database that was there is now. */
BatonBackup *baton_keep_restore (
    const char *folder, const char *name, gint64 at, char **kept, GError **error);

/* Pages, log, derived tables, and whether every file is here; deep: whether each file still is what its name
 * says. */
gboolean baton_keep_verify (
    const char *folder, gboolean deep, GPtrArray *problems, gint64 *operations, GError **error);

/* Which of these times (newest first) stay when it is `now`. Free with g_array_unref; of gboolean. */
GArray *baton_keep_thin (const gint64 *times, guint n, gint64 now);

struct _BatonServer;
void baton_keep_begin (struct _BatonServer *server); /* backups by the clock */
void baton_keep_end (struct _BatonServer *server);

/* One now; finish gives it (transfer full). */
void baton_keep_make_async (struct _BatonServer *server, GAsyncReadyCallback callback, gpointer data);
BatonBackup *baton_keep_make_finish (GAsyncResult *result, GError **error);

G_END_DECLS
