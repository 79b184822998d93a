/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "blob-lane.h"
#include "shared-files.h"

G_BEGIN_DECLS

/* Private to net. Each way has two lanes: the first takes any file, the second only such as are small or
 * waited for, so that nobody has to wait for somebody else's film. */
#define BATON_FILES_LANES (2 * BATON_BLOB_N_WAYS)
#define BATON_FILES_SMALL (4 * 1024 * 1024)

struct _BatonFileTransfer
{
  GObject parent_instance;

  BatonFiles *files; /* borrowed; NULL when it is not listed any more */
  GSequenceIter *place;
  BatonBlobWay way;
  char *hash, *name, *card, *title, *author;
  gint64 size;
  BatonBlobRank rank;
  guint stamp; /* the higher, the later it was asked for or was done */
  gboolean damaged;

  BatonFileState state;
  gint64 done;
  gint64 speed;
  gint64 marked_at, marked; /* when and from where speed is measured */
  BatonLane *lane;          /* that it travels on, or NULL */
  gboolean given_up;
  guint tries;
  gint64 not_before; /* monotonic */
  char *message;     /* of the last failure */
  int code;          /* BatonErrorCode of it */
};

struct _BatonFiles
{
  GObject parent_instance;

  BatonWorkspace *workspace; /* borrowed; NULL after it was closed */
  BatonSharing *sharing;
  GCancellable *cancellable;
  BatonBlobPace *paces[BATON_BLOB_N_WAYS];
  BatonLane *lanes[BATON_FILES_LANES]; /* made when they are needed */

  GSequence *list;                        /* of BatonFileTransfer */
  GHashTable *by_hash[BATON_BLOB_N_WAYS]; /* hash → BatonFileTransfer, borrowed */
  guint n_done;
  guint stamp;
  gboolean bulk; /* many change at once: the list tells of them as one */
  guint bulk_from;

  BatonBlobPlan *plan; /* NULL before the first */
  gboolean planning, stale;
  gint64 plan_took; /* µs */
  gint64 plan_at;   /* monotonic: when the next is made */
  guint plan_timer;

  GHashTable *known; /* hashes that the server has */
  gboolean ask;      /* whether it has the others is to be asked */
  gboolean asking;
  GHashTable *wants; /* hash → Want */

  gboolean ready; /* the server answers */
  gboolean paused;
  guint failures; /* of the connection, in a row */
  gint64 not_before;
  guint retry_timer, tick, look, changed;
};

/* shared-files-list.c */
void baton_files_list_init (BatonFiles *self);
void baton_files_list_clear (BatonFiles *self);
BatonFileTransfer *baton_files_list_add (BatonFiles *self, BatonBlobWay way, const BatonBlobNeed *need);
void baton_files_list_remove (BatonFiles *self, BatonFileTransfer *transfer);
/* Its state, rank or stamp is another: it goes to its place, and tells. */
void baton_files_list_update (BatonFiles *self, BatonFileTransfer *transfer);
/* It has travelled: it goes to the end, and the oldest that are there go. */
void baton_files_list_done (BatonFiles *self, BatonFileTransfer *transfer);
void baton_files_list_begin (BatonFiles *self, guint n); /* of about n changes */
void baton_files_list_end (BatonFiles *self);
BatonFileTransfer *baton_files_list_at (GSequenceIter *iter); /* NULL at the end */
void baton_files_list_tell (BatonFiles *self);                /* emits "changed" soon */

/* shared-files-plan.c */
void baton_files_plan_soon (BatonFiles *self);
void baton_files_plan_within (BatonFiles *self, guint milliseconds);
/* The plan, or what is wanted, is another: one file is listed or not. */
void baton_files_follow_need (BatonFiles *self, const BatonBlobNeed *need);

/* shared-files-run.c */
void baton_files_pump (BatonFiles *self);
gboolean baton_files_is_idle (BatonFiles *self, guint lane);
GSequenceIter *baton_files_first_in (BatonFiles *self, BatonFileState state); /* or where it would be */
/* What is told of the last try; NULL: nothing is wrong any more. */
void baton_files_set_failure (BatonFileTransfer *transfer, const GError *error);

G_END_DECLS
