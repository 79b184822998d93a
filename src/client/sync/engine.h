/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sync.h"
#include "transport.h"

G_BEGIN_DECLS

/* The sync engine: pushes what is pending, pulls what others did, follows restores, and says where it stands.
 * It has no thread, clock, randomness or timer of its own; its host hands them in, so that the simulator runs
 * the same engine. One thread; store work goes through the host. */
typedef struct _BatonEngine BatonEngine;

typedef enum
{
  BATON_SYNC_OFF,     /* not started */
  BATON_SYNC_WORKING, /* connecting, pushing, pulling */
  BATON_SYNC_IN_STEP, /* nothing to do */
  BATON_SYNC_OFFLINE, /* no answer, or a temporary error; tries again by itself */
  BATON_SYNC_SIGN_IN, /* waits for baton_engine_resume after somebody signed in */
  BATON_SYNC_VERSION, /* one side has to be updated */
  BATON_SYNC_FAILED,  /* a defect of one side; tries again in an hour */
} BatonSyncState;

typedef struct
{
  BatonSyncState state;
  gint64 pending;   /* operations on their way up, or waiting for it */
  gint64 held;      /* of them: without effect at present */
  gint64 attention; /* refused operations that wait for a person */
  gint64 replaced;  /* values that were replaced unseen */
  gint64 cursor;
  gint64 head;     /* of the server, when it was heard last */
  gint64 backup;   /* everything up to here is in a verified backup there */
  gint64 offset;   /* server's clock - this device's, µs */
  gint64 next_try; /* OFFLINE: monotonic time */
  gint64 parts;    /* of a snapshot that is coming; 0: none is */
  gint64 parts_here;
  gint64 history_from; /* 1: the whole history is here */
  const char *message; /* why it is not in step, for people; or NULL */
} BatonSyncStatus;

/* Store work: runs on the store's thread. */
typedef void (*BatonStoreWork) (BatonStore *store, gpointer job);
typedef void (*BatonStoreDone) (gpointer job);

typedef struct
{
  gint64 (*monotonic) (gpointer host); /* µs, for waiting */
  gint64 (*wall) (gpointer host);      /* µs since 1970 */
  gint64 (*boot) (gpointer host);      /* µs of the boot-time clock */
  guint32 (*random) (gpointer host);
  /* baton_engine_wake is to be called at this monotonic time; a later call takes the place of an earlier one.
   */
  void (*alarm) (gint64 at, gpointer host);
  /* Runs work on the store's thread, then done on the engine's; in the order of the calls, done never from
   * within this function. */
  void (*run) (BatonStoreWork work, BatonStoreDone done, gpointer job, gpointer host);
  /* The workspace has changed: models follow. */
  void (*followed) (const BatonFollowed *followed, gpointer host);
  /* baton_engine_status gives something else. */
  void (*status) (gpointer host);
  /* A live message that is not the engine's: presence, blobs. May be NULL. */
  void (*live) (const char *text, gsize length, gpointer host);
} BatonEngineHost;

/* device_boot: any text that changes with every start of the machine. prompt: do not spread the first request
 * (the command line, tests). Takes the transport. Host functions are borrowed. */
BatonEngine *baton_engine_new (const BatonEngineHost *host, gpointer host_data, BatonTransport *transport,
    const char *program, const char *device_boot);
/* The host must not give back store work any more, or only after it was told (done may come: it is ignored).
 */
void baton_engine_free (BatonEngine *engine);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BatonEngine, baton_engine_free)

void baton_engine_start (BatonEngine *engine, gboolean prompt);
void baton_engine_stop (BatonEngine *engine); /* cancels; everything stays as it is */

void baton_engine_wake (BatonEngine *engine);   /* the alarm */
void baton_engine_nudge (BatonEngine *engine);  /* something was performed */
void baton_engine_resume (BatonEngine *engine); /* the network is back, or somebody signed in: try now */

void baton_engine_status (BatonEngine *engine, BatonSyncStatus *status);

/* Presence: where this person is; NULL: nowhere. */
void baton_engine_say_where (BatonEngine *engine, const char *board, const char *card);

/* The board whose cards a first snapshot brings first; may be NULL. */
void baton_engine_set_board (BatonEngine *engine, const char *board);

G_END_DECLS
