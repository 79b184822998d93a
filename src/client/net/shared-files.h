/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "file-transfer.h"
#include "sharing.h"

G_BEGIN_DECLS

/* Keeps the files of a shared workspace in step behind the operations, on threads of their own: so a large
 * file never holds back a small change, nor a small file. What travels by itself and in what order:
 * blob-plan.h. A GListModel of BatonFileTransfer: what failed, what travels, what waits, and the last that
 * are done. Main thread.
 *
 * Signals: changed ()  what the functions here say is another; at most a few times a second
 *          closed ()   it was freed: nothing is listed any more, and nothing may be asked of it */
#define BATON_TYPE_FILES (baton_files_get_type ())
G_DECLARE_FINAL_TYPE (BatonFiles, baton_files, BATON, FILES, GObject)

/* For a workspace that is connected; baton_workspace_files gives it then. */
BatonFiles *baton_files_new (BatonWorkspace *workspace, BatonSharing *sharing);
/* Stops what travels (it goes on next time where it was), empties the list, and lets go of it. */
void baton_files_free (BatonFiles *self);

/* Bytes per second, 0: as fast as it goes. Operations are not limited. */
void baton_files_set_limits (BatonFiles *self, gint64 up, gint64 down);

/* Nothing travels until it is taken back, also after the next start. */
void baton_files_set_paused (BatonFiles *self, gboolean paused);
gboolean baton_files_get_paused (BatonFiles *self);

/* Whether the server is there. */
gboolean baton_files_is_connected (BatonFiles *self);

typedef struct
{
  guint n[BATON_BLOB_N_WAYS];      /* files that travel, wait, or are away */
  gint64 bytes[BATON_BLOB_N_WAYS]; /* of them that have not travelled */
  gint64 speed[BATON_BLOB_N_WAYS]; /* bytes per second */
  guint failed;
} BatonFileTotals;

void baton_files_totals (BatonFiles *self, BatonFileTotals *totals);
/* “2 files going up, 12 coming down · 1.2 GB to go · 4.1 MB/s”; NULL when nothing is on its way. Transfer
 * full. */
char *baton_files_words (BatonFiles *self);

/* How many of a board's files are here; FALSE before that is known. */
gboolean baton_files_board (BatonFiles *self, const char *board, BatonBoardFiles *files);
/* “All 40 files here”, “12 of 40 files here, 1.2 GB to come”. Transfer full. */
char *baton_board_files_words (const BatonBoardFiles *files);

BatonFileTransfer *baton_files_find (BatonFiles *self, BatonBlobWay way, const char *hash); /* borrowed */

/* Somebody waits for a file (BATON_BLOB_RANK_ASKED), or a small picture of it is on screen
 * (BATON_BLOB_RANK_SCREEN, which asks for no large ones). Nothing happens for one that is here. self may be
 * NULL: then nobody looks after files. */
void baton_files_want (BatonFiles *self, const char *hash, BatonBlobRank rank);
/* It is not on screen any more. */
void baton_files_unwant (BatonFiles *self, const char *hash);

/* One that comes down need not come; it does when it is asked for again. */
void baton_files_cancel (BatonFiles *self, BatonFileTransfer *transfer);
void baton_files_retry (BatonFiles *self, BatonFileTransfer *transfer);

/* Looks again at what is here and what is wanted. */
void baton_files_refresh (BatonFiles *self);

G_END_DECLS
