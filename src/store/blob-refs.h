/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "blobs.h"
#include "reader.h"

G_BEGIN_DECLS

/* Files and the versions that speak of them. */

/* Reads every file that a version speaks of, and names each version whose file is damaged or missing: one
 * sentence each into problems (of char *). *files: how many files were read. Damaged ones are remembered in
 * blobs. FALSE only when the check could not be made. */
gboolean baton_verify_blobs (BatonReader *reader, BatonBlobs *blobs, GCancellable *cancellable,
    GPtrArray *problems, gint64 *files, GError **error);

/* Deletes files that no version speaks of and that have been here for `age` microseconds: what was taken in
 * by a program that ended before it could say what for. Returns how many. */
guint baton_blobs_collect (BatonBlobs *blobs, BatonReader *reader, gint64 age);

/* The hashes of all files that versions speak of, as keys. Transfer full; NULL on error. */
GHashTable *baton_reader_blobs (BatonReader *reader, GError **error);

/* Writes a list that `b2sum -l 256 -c` understands, run in the workspace's folder. Nothing is written when
 * there are no files. */
gboolean baton_blobs_write_manifest (BatonReader *reader, const char *target, GError **error);

G_END_DECLS
