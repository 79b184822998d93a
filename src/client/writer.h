/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* Private to client: the thread that owns the store. Jobs go in from the main thread and are done in order;
 * what they give is handed back to the main context in the same order. */
typedef struct _BatonWriter BatonWriter;

typedef struct _BatonJob BatonJob;

/* Runs on the writer's thread. */
typedef void (*BatonJobWork) (BatonStore *store, BatonJob *job);

struct _BatonJob
{
  BatonJobWork work;
  BatonJobWork done;    /* on the main context; the store is NULL then */
  GTask *task;          /* may be NULL */
  GPtrArray *ops;       /* BatonOp */
  BatonOpSource source; /* what comes after the operations, on the writer's thread; may be NULL */
  gpointer source_data;
  guint n_source;
  GPtrArray *effects;
  gint64 last_seq;
  GError *error;
  BatonProgress progress; /* on the writer's thread */
  gpointer progress_data;
  GCancellable *cancellable;
  gpointer data;
  GDestroyNotify destroy;
};

BatonWriter *baton_writer_new (BatonStore *store); /* takes the store */

/* Lets what is queued finish; nothing may be pushed afterwards. The store stays open. */
void baton_writer_finish (BatonWriter *writer);

/* Finishes and closes the store. */
void baton_writer_free (BatonWriter *writer);

/* TRUE: what came from a server and is being applied is left, for next time; FALSE: no more. */
void baton_writer_give_up (BatonWriter *writer, gboolean give_up);

/* Takes the job. */
void baton_writer_push (BatonWriter *writer, BatonJob *job);

/* Takes the job and waits for it; everything queued before is handed back first. done has been called when it
 * returns. */
void baton_writer_run (BatonWriter *writer, BatonJob *job);

BatonJob *baton_job_new (BatonJobWork work, BatonJobWork done);

G_END_DECLS
