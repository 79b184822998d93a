/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "blobs.h"
#include "probe.h"
#include "reader.h"
#include "workspace.h"

G_BEGIN_DECLS

/* A file becomes an asset or the next version of one.
 *
 * Which asset: the one that is named; else the one of the card whose name the file's has (“hero_v2.png”
 * belongs to “Hero”, and with a naming convention what stands for {asset} is compared); else, for a file that
 * is added alone, the card's only asset, if it is of the same kind (an image for an image); else a new one
 * named after the file. */
typedef struct
{
  char *card;     /* id; NULL: a new card in `stage`, named after the file */
  char *stage;    /* id */
  char *asset;    /* id of the asset, or NULL */
  char *name;     /* name of the asset, old or new; or NULL */
  char *parent;   /* id of the version it was made from; NULL: the one that counts */
  char *note;     /* or NULL */
  char *path;     /* the file; or NULL with `bytes` */
  GBytes *bytes;  /* content that was pasted */
  char *file;     /* the file's name, for bytes; NULL: that of the path */
  gboolean next;  /* the card's only asset will do even where `name` says another */
  gboolean alone; /* no other file comes with it */
} BatonAddFile;

BatonAddFile *baton_add_file_new (void);
void baton_add_file_free (BatonAddFile *add);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BatonAddFile, baton_add_file_free)

/* What came of it. */
typedef struct
{
  char *card;
  char *asset;
  char *version;
  char *hash;
  gint64 size;
  char *media;
  BatonProbe probe; /* what the file says about itself */
  gboolean new_asset;
} BatonAdded;

void baton_added_free (BatonAdded *added);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BatonAdded, baton_added_free)

/* Takes the content in and makes the operation that says so, which the caller performs. Any thread; the
 * reader is the thread's own. Errors: those of baton_blobs_add_file, NOT_FOUND. */
BatonOp *baton_add_file_prepare (BatonReader *reader, BatonBlobs *blobs, const BatonAddFile *add,
    BatonBlobProgress progress, gpointer data, GCancellable *cancellable, BatonAdded **added, GError **error);

/* All of it, off the main thread. Takes `add`. progress is called on the main context. */
void baton_workspace_add_file_async (BatonWorkspace *workspace, BatonAddFile *add, BatonBlobProgress progress,
    gpointer progress_data, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data);
BatonAdded *baton_workspace_add_file_finish (BatonWorkspace *workspace, GAsyncResult *result, GError **error);

/* The name of an asset that a file's name suggests: without extension, version and number. "" when nothing is
 * left. Transfer full. */
char *baton_add_file_asset_name (const char *file);

G_END_DECLS
