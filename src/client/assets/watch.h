/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "add-file.h"

G_BEGIN_DECLS

/* A folder whose files become versions: what lands there, has been still for two seconds and fits a card of
 * the board by its name (file-match.h) is added, and the card moves if the board says so. What does not fit
 * is listed with the reason, as long as it is there, and looked at again when it changes, when a card or a
 * name on the board does, or when baton_watch_look_again is called; the files themselves are never touched.
 * Content that the asset has already is not added again, so that a folder may be watched anew any time. Main
 * thread.
 *
 * Signals:
 *   added (BatonAdded *added, char *path)   a file became a version */
#define BATON_TYPE_WATCH (baton_watch_get_type ())
G_DECLARE_FINAL_TYPE (BatonWatch, baton_watch, BATON, WATCH, GObject)

/* A file that fits no card. */
#define BATON_TYPE_UNMATCHED (baton_unmatched_get_type ())
G_DECLARE_FINAL_TYPE (BatonUnmatched, baton_unmatched, BATON, UNMATCHED, GObject)
const char *baton_unmatched_path (BatonUnmatched *self);
const char *baton_unmatched_reason (BatonUnmatched *self);

#define BATON_WATCH_QUIET 2000 /* milliseconds */

BatonWatch *baton_watch_new (
    BatonWorkspace *workspace, const char *board, const char *folder, guint quiet, GError **error);
const char *baton_watch_folder (BatonWatch *self);
const char *baton_watch_board (BatonWatch *self);
GListModel *baton_watch_unmatched (BatonWatch *self); /* of BatonUnmatched; borrowed */
void baton_watch_look_again (BatonWatch *self);

/* Which folder is watched for a board, on this device: kept beside the workspace. NULL for none; transfer
 * full. */
char *baton_watch_folder_of (BatonWorkspace *workspace, const char *board);
gboolean baton_watch_set_folder_of (
    BatonWorkspace *workspace, const char *board, const char *folder, GError **error);

G_END_DECLS
