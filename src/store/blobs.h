/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "baton-error.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* The files of a workspace, each named by its content: blobs/ab/abcdef… is a file whose BLAKE2b-256 is
 * abcdef…
 * (`b2sum -l 256` says the same). What is on its way lives in blobs/incoming/ and counts only when its whole
 * content has been checked, is on the disk and has got its name. Files never change, and the same content is
 * kept once.
 *
 * A handle may be used by any threads at once, and a folder by any processes at once. Memory is constant
 * whatever the size of a file. A hash is always 64 lower-case hexadecimal digits. */

#define BATON_BLOB_HASH_LENGTH 64

typedef struct _BatonBlobs BatonBlobs;

/* folder: of the workspace. Nothing is made before the first file comes in. */
BatonBlobs *baton_blobs_new (const char *folder);
BatonBlobs *baton_blobs_ref (BatonBlobs *blobs);
void baton_blobs_unref (BatonBlobs *blobs);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BatonBlobs, baton_blobs_unref)

gboolean baton_blob_hash_is_valid (const char *hash);

/* The hash of bytes in memory. */
void baton_blob_hex_of (const void *data, gsize length, char hex[BATON_BLOB_HASH_LENGTH + 1]);

/* How far it is, in bytes; called on the working thread, a few times a second at most for large files. total:
 * -1 when unknown. */
typedef void (*BatonBlobProgress) (gint64 done, gint64 total, gpointer data);

/* Takes a copy of a file. Gives its hash and *size (may be NULL). Errors, all of which leave nothing behind:
 * NOT_FOUND (no such file), INVALID (no plain file), STALE (it changed or went away meanwhile), FULL, IO,
 * CANCELLED. Transfer full. */
char *baton_blobs_add_file (BatonBlobs *blobs, const char *path, gint64 *size, BatonBlobProgress progress,
    gpointer data, GCancellable *cancellable, GError **error);
char *baton_blobs_add_bytes (BatonBlobs *blobs, GBytes *bytes, GError **error);

/* Whether it is here and not known to be damaged. */
gboolean baton_blobs_has (BatonBlobs *blobs, const char *hash);
gint64 baton_blobs_size (BatonBlobs *blobs, const char *hash); /* -1 when it is not here */
char *baton_blobs_path (BatonBlobs *blobs, const char *hash);  /* where it is, or would be. Transfer full */

/* Reads the whole file again. CORRUPT when its content is not what its name says, which is remembered;
 * NOT_FOUND when it is not here. A file that turns out to be sound is no longer known as damaged. */
gboolean baton_blobs_verify (BatonBlobs *blobs, const char *hash, GCancellable *cancellable, GError **error);
/* What verify and copying have found so far, kept in blobs/damaged. Cheap. Sound content that arrives again
 * takes the damaged file's place. */
gboolean baton_blobs_is_damaged (BatonBlobs *blobs, const char *hash);

/* Copies it out to a file that is made or replaced, checking the content on the way; nothing is left of a
 * copy that is not sound. The file belongs to whoever asked: it may be written. */
gboolean baton_blobs_copy (BatonBlobs *blobs, const char *hash, const char *target,
    BatonBlobProgress progress, gpointer data, GCancellable *cancellable, GError **error);

/* Calls back for each file, in no order, until it returns FALSE. */
typedef gboolean (*BatonBlobFunc) (const char *hash, gint64 size, gint64 modified, gpointer data);
void baton_blobs_each (BatonBlobs *blobs, BatonBlobFunc func, gpointer data);

/* Deletes one file; only for baton_blobs_collect and the server's bin. */
gboolean baton_blobs_delete (BatonBlobs *blobs, const char *hash);

/* When somebody last went on with a part (µs); 0 when there is none. */
gint64 baton_blob_part_touched (BatonBlobs *blobs, const char *hash, gint64 size);

/* Removes what interrupted copies left behind in incoming/, and parts that nobody has gone on with for `age`
 * microseconds. What another process is working on stays. Returns how many files went. */
guint baton_blobs_sweep (BatonBlobs *blobs, gint64 age);

/* A transfer that may be interrupted and resumed, even by another process later: the part that has arrived
 * lies in incoming/ under the hash and size of the whole. One writer at a time; one thread at a time. */
typedef struct _BatonBlobPart BatonBlobPart;

/* Begins, or takes up what is there. LOCKED when somebody else is writing it, EXISTS when the whole is here
 * already, FULL when there is no room for it. */
BatonBlobPart *baton_blob_part_open (BatonBlobs *blobs, const char *hash, gint64 size, GError **error);
gint64 baton_blob_part_offset (BatonBlobPart *part); /* how much has arrived: where to go on */
/* STALE when offset is not where to go on, INVALID when it would be more than the whole, FULL, IO. */
gboolean baton_blob_part_append (
    BatonBlobPart *part, gint64 offset, const void *data, gsize length, GError **error);
/* Takes back what has arrived behind offset: a piece whose own hash does not fit. */
gboolean baton_blob_part_rewind (BatonBlobPart *part, gint64 offset, GError **error);
/* Checks the whole, and gives it its name. STALE when something is still missing (the part stays), CORRUPT
 * when the content is not what it should be (the part is deleted: begin again). */
gboolean baton_blob_part_finish (BatonBlobPart *part, GCancellable *cancellable, GError **error);
void baton_blob_part_discard (BatonBlobPart *part); /* deletes what has arrived; close it afterwards */
void baton_blob_part_close (BatonBlobPart *part);   /* keeps what has arrived for later */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BatonBlobPart, baton_blob_part_close)

G_END_DECLS
