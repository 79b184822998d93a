/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "engine.h"
#include "wire.h"

G_BEGIN_DECLS

/* Private to sync. The engine does one thing at a time: a call to the server or a piece of store work. When
 * that is done, baton_engine_advance looks what is next. */

typedef struct
{
  gint64 pending;
  gint64 held;
  gint64 attention;
  gint64 replaced;
  gint64 cursor;
  gint64 history_from;
  gint64 snapshot; /* parts that are kept here */
  char *epoch;     /* NULL: not shared yet */
  char *device;
  char *lineage;
  gboolean empty; /* nothing was ever done here */
  gboolean behind;
} BatonPlace;

struct _BatonEngine
{
  BatonEngineHost host;
  gpointer host_data;
  BatonTransport *transport;
  char *program;
  char *device_boot;
  char *board;

  BatonSyncState state;
  char *message;
  gboolean alive;    /* between start and stop */
  gboolean busy;     /* a call or store work is on its way */
  gpointer calling;  /* the call, if it is one */
  guint generation;  /* answers to calls of an earlier one are ignored */
  gint64 not_before; /* monotonic */
  gint64 poll_at;
  guint failures;

  /* Of the connection. */
  gboolean greeted;
  int protocol;
  gint64 head;
  gint64 backup;
  gint64 offset;
  GHashTable *last;      /* device → gint64: decided up to */
  GHashTable *confirmed; /* device → gint64: receipts were given up to */
  gboolean live;

  /* Of the workspace, as of the last store work. */
  BatonPlace place;

  gboolean nudged;     /* something was performed since the outbox was looked at */
  gboolean uncounted;  /* what was done here since is not in place.pending yet */
  guint most;          /* operations in a push */
  GPtrArray *arrivals; /* entries that wait to be applied together */
  gint64 fetched;      /* sequence of the last of them, else the cursor */
  GPtrArray *refusals; /* that wait to be applied */
  gboolean resnap;     /* this replica is broken: load a new snapshot */
  gint64 resnapped_at;
  gint64 parts; /* of the snapshot that is coming */
  gint64 next_part;
  char *snapshot_id;
  char *snapshot_epoch;
  char *snapshot_lineage;
  gint64 snapshot_seq;
  char *pushed; /* the device whose operations the last push had */
  gint64 gaps;  /* answers “gap” in a row */
};

#ifndef BATON_ENGINE_MOST_OPS /* the simulator's are smaller */
#define BATON_ENGINE_MOST_OPS 500
#endif
#define BATON_ENGINE_MOST_BYTES (1 << 20)
#ifndef BATON_ENGINE_MOST_ENTRIES /* the simulator's are smaller */
#define BATON_ENGINE_MOST_ENTRIES 1000
#endif
#define BATON_ENGINE_POLL (30 * G_USEC_PER_SEC)
#ifndef BATON_ENGINE_HISTORY /* the simulator's are smaller */
#define BATON_ENGINE_HISTORY 1000
#endif

/* A replica that was found broken is loaded anew; one that is so again at once is a defect to be told. */
#define BATON_ENGINE_RESNAP (10 * 60 * (gint64) G_USEC_PER_SEC)

/* A new workspace with fewer entries than this replays the log; it is quicker than a snapshot with history.
 */
#ifndef BATON_ENGINE_REPLAY /* the simulator's are smaller */
#define BATON_ENGINE_REPLAY 1000
#endif

/* engine.c */
void baton_engine_advance (BatonEngine *engine);
void baton_engine_set_state (BatonEngine *engine, BatonSyncState state, const char *message);
void baton_engine_forget_connection (BatonEngine *engine);

/* Runs store work. reply is what was answered and stays until the work is done; taken (may be NULL). */
typedef struct _BatonWork BatonWork;
typedef void (*BatonWorkFunc) (BatonStore *store, BatonWork *work);
struct _BatonWork
{
  BatonEngine *engine;
  guint generation;
  BatonWorkFunc func;                        /* on the store's thread */
  void (*then) (BatonEngine *, BatonWork *); /* on the engine's; may be NULL */
  BatonPlace place;                          /* filled in after func */
  BatonFollowed followed;
  GError *error;

  /* In. */
  GPtrArray *arrivals;
  GPtrArray *refusals;
  char *epoch;
  char *lineage;
  char *text;
  gint64 number;
  gint64 common;
  gint64 at;
  GHashTable *last; /* copies */
  GHashTable *confirmed;
  guint most;

  /* Out. */
  GPtrArray *outgoing;
  char *device;
};
BatonWork *baton_work_new (
    BatonEngine *engine, BatonWorkFunc func, void (*then) (BatonEngine *, BatonWork *));
void baton_work_run (BatonWork *work); /* takes it */

/* engine-calls.c: what is asked, and what the answers mean. */
void baton_engine_say_hello (BatonEngine *engine);
void baton_engine_look_outbox (BatonEngine *engine);
void baton_engine_pull (BatonEngine *engine);
void baton_engine_apply (BatonEngine *engine);
void baton_engine_hear (BatonEngine *engine, const char *text, gsize length);
/* The live channel broke: the server may be gone, so it is asked within a moment. Not by all at once. */
void baton_engine_doubt (BatonEngine *engine);

/* engine-begin.c: snapshots, history, epochs, copies. */
void baton_engine_next_of_snapshot (BatonEngine *engine);
void baton_engine_fill_history (BatonEngine *engine);
void baton_engine_follow_epoch (BatonEngine *engine, json_t *root);
void baton_engine_begin_sharing (BatonEngine *engine, json_t *hello);
void baton_engine_renumber (BatonEngine *engine, gint64 number);

/* Sends a call. answer gets the parsed body of a 200; anything else is dealt with here. */
typedef void (*BatonReplyFunc) (BatonEngine *engine, json_t *root, const BatonAnswer *answer);
void baton_engine_call (BatonEngine *engine, BatonCall *call, BatonReplyFunc reply);

void baton_engine_fail (BatonEngine *engine, const char *message, int retry_after);
gboolean baton_engine_wants_snapshot (BatonEngine *engine);

G_END_DECLS
