/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "blob-transfer.h"

G_BEGIN_DECLS

/* A thread with a connection of its own, on which one file after the other travels. What it has to say comes
 * to the main context. Main thread only, but for what is said to be any thread's. */
typedef struct _BatonLane BatonLane;

typedef struct
{
  BatonBlobWay way;
  char *hash;                /* NULL: asks which of `ask` the server has not */
  GPtrArray *ask;            /* of char *; owned */
  GCancellable *cancellable; /* owned */

  /* While it travels. */
  gint yield;  /* atomic: to stop after the present chunk */
  gint64 done; /* atomic: bytes that are there */

  /* Afterwards. */
  BatonTransferResult result;
  GError *error;      /* for all but DONE */
  GPtrArray *missing; /* the answer to `ask` */
} BatonLaneJob;

BatonLaneJob *baton_lane_job_new (BatonBlobWay way, const char *hash);
gint64 baton_lane_job_done (BatonLaneJob *job); /* any thread */
void baton_lane_job_yield (BatonLaneJob *job);

/* Called on the main thread for each job; the job is freed afterwards. */
typedef void (*BatonLaneFunc) (BatonLane *lane, BatonLaneJob *job, gpointer data);

/* paces: one for each way, kept. */
BatonLane *baton_lane_new (const BatonServerAccess *access, const char *folder,
    BatonBlobPace *const paces[BATON_BLOB_N_WAYS], BatonLaneFunc func, gpointer data);
/* Stops what travels and waits until the thread has ended; nothing is called any more. */
void baton_lane_free (BatonLane *lane);

void baton_lane_run (BatonLane *lane, BatonLaneJob *job); /* takes it; the lane must be idle */
BatonLaneJob *baton_lane_job (BatonLane *lane);           /* what it does now, or NULL */

G_END_DECLS
