/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "blobs.h"

#include <sodium.h>

G_BEGIN_DECLS

#define BATON_BLOB_CHUNK (1024 * 1024)

struct _BatonBlobs
{
  gatomicrefcount refs;
  char *folder;   /* blobs/ */
  char *incoming; /* blobs/incoming/ */
  GMutex lock;    /* of what follows */
  GHashTable *damaged;
  gint64 damaged_read; /* modification time of the list as we know it */
};

/* blobs.c */
gboolean baton_blobs_prepare (BatonBlobs *blobs, GError **error); /* makes the folders */
/* The words for errno on the way in. name: what is being added, for people. Always FALSE. */
gboolean baton_blobs_fail (const char *name, int number, GError **error);
/* Gives a checked file in incoming/ its name, or drops it when the content is here already. The file is on
 * the disk and complete. */
gboolean baton_blobs_settle (BatonBlobs *blobs, const char *temporary, const char *hash, GError **error);
void baton_blobs_set_damaged (BatonBlobs *blobs, const char *hash, gboolean damaged);

/* blob-hash.c: a running BLAKE2b-256. */
typedef struct
{
  crypto_generichash_state *state; /* aligned as libsodium wants it */
} BatonBlobHash;

void baton_blob_hash_init (BatonBlobHash *hash);
void baton_blob_hash_update (BatonBlobHash *hash, const void *data, gsize length);
void baton_blob_hash_final (BatonBlobHash *hash, char text[BATON_BLOB_HASH_LENGTH + 1]); /* and clears it */
void baton_blob_hash_clear (BatonBlobHash *hash);
/* Hashes fd from `from` up to `to`. FALSE with errno, or ECANCELED. */
gboolean baton_blob_hash_file (
    BatonBlobHash *hash, int fd, gint64 from, gint64 to, GCancellable *cancellable);

/* blob-copy.c: copies all of `source` to `target`, both at their beginning, and hashes what has been written.
 * FALSE with errno. total is told to progress. */
gboolean baton_blob_copy_fd (int source, int target, gint64 total, BatonBlobProgress progress, gpointer data,
    GCancellable *cancellable, char text[BATON_BLOB_HASH_LENGTH + 1], gint64 *copied);

G_END_DECLS
