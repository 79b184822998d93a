/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store.h"

G_BEGIN_DECLS

/* A workspace that follows a server, and the server's own workspace (design, section 5;
 * src/client/PROTOCOL.md). All on the writer's thread. */

/* How well it is known when an operation happened. */
typedef enum
{
  BATON_QUALITY_NONE,      /* not shared: the device's own clock */
  BATON_QUALITY_EXACT,     /* boot-time clock, or a wall clock that agrees with it */
  BATON_QUALITY_CORRECTED, /* wall clock, corrected by the measured offset */
  BATON_QUALITY_RECORDED,  /* made from a record of the past */
  BATON_QUALITY_CLAMPED,   /* moved so that no card's time runs backwards */
} BatonQuality;

const char *baton_quality_name (BatonQuality quality);
BatonQuality baton_quality_by_name (const char *name); /* NONE when unknown */

/* An operation with the place that a server gave it. */
typedef struct
{
  gint64 seq;
  BatonOp *op; /* as its maker wrote it */
  gint64 at;   /* when it happened, as the server sees it */
  gint64 received;
  BatonQuality quality;
  char *author; /* who pushed it; NULL: op->person */

  /* Only in history that is filled in. */
  char *effect;     /* as core/codec.h writes it; NULL: it has none */
  GPtrArray *cards; /* char * */
  char *board;
} BatonArrival;

BatonArrival *baton_arrival_new (gint64 seq, BatonOp *op); /* takes the operation */
void baton_arrival_free (BatonArrival *arrival);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BatonArrival, baton_arrival_free)

/* A number of ours that the server decided against. */
typedef struct
{
  char *device;
  gint64 number;
  char *code; /* baton_error_name */
  char *why;  /* a sentence, or NULL */
} BatonRefusal;

/* A code of our own: it was accepted, and the snapshot that this workspace began with has it already. */
#define BATON_REFUSAL_SEEN "seen"

BatonRefusal *baton_refusal_new (const char *device, gint64 number, const char *code, const char *why);
void baton_refusal_free (BatonRefusal *refusal);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BatonRefusal, baton_refusal_free)

/* Any thread: from now on (TRUE) what is being followed, rewound or installed ends as soon as it can, with
 * BATON_ERROR_CANCELLED and as if it had not begun. A person's own operations are not concerned. */
void baton_store_give_up (BatonStore *store, gboolean give_up);

/* What following changed. */
typedef struct
{
  BatonEffect *effect; /* the net difference; NULL when nothing that anybody sees became different */
  guint arrived;       /* entries that moved the cursor */
  guint refused;       /* operations that need attention now */
  guint held;          /* pending operations that the rules refuse at present; the server decides */
  guint replaced;      /* values of ours that were replaced unseen */
  guint unknown;       /* accepted operations that only a newer Baton understands */
  guint unapplied;     /* accepted operations that the rules refuse here: this replica is broken or too old */
  gboolean reload;     /* everything may be different: read it anew */
  gboolean copied;     /* this workspace took a new device id */
} BatonFollowed;

void baton_followed_clear (BatonFollowed *followed);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BatonFollowed, baton_followed_clear)

/* Where a workspace stands. */
gboolean baton_store_is_shared (BatonStore *store);
const char *baton_store_epoch (BatonStore *store); /* NULL when it is not shared */
gint64 baton_store_cursor (BatonStore *store);
char *baton_store_lineage (BatonStore *store); /* JSON text, as hello gave it */
gint64 baton_store_count_pending (BatonStore *store);
gint64 baton_store_last_number (BatonStore *store);
/* Whether the log has operations that only a newer Baton understands; then what follows may not be right
 * here. */
gboolean baton_store_is_behind (BatonStore *store);

/* From now on this workspace follows a server: everything in its log becomes pending. Its server must be
 * empty, or its log. */
gboolean baton_store_share (BatonStore *store, const char *epoch, const char *lineage, GError **error);

/* Notes that this device has started anew, so that boot-time clocks of before say nothing. boot: any text
 * that differs with every start. */
gboolean baton_store_note_boot (BatonStore *store, const char *boot, GError **error);

/* Applies what the server tells, in one transaction: entries from the cursor on (others are left out) and
 * refusals. Arrays may be NULL. at: the time now. */
gboolean baton_store_follow (BatonStore *store, GPtrArray *arrivals, GPtrArray *refusals, gint64 at,
    BatonFollowed *followed, GError **error);

/* The server was restored: the logs are the same up to common; what is above is taken back, and what of it is
 * ours becomes pending again. */
gboolean baton_store_rewind (BatonStore *store, const char *epoch, const char *lineage, gint64 common,
    gint64 at, BatonFollowed *followed, GError **error);

/* The server has another operation under (device, from): a copied profile. Pending operations of this device
 * from this number on get a new device. */
gboolean baton_store_renumber (
    BatonStore *store, const char *device, gint64 from, BatonFollowed *followed, GError **error);

/* What to push next. */
typedef struct
{
  gint64 number;
  char *text; /* the operation; NULL: the number is void */
  gint64 boot;
  gboolean this_boot; /* boot is comparable with the boot-time clock now */
} BatonOutgoing;

void baton_outgoing_free (BatonOutgoing *outgoing);

/* The oldest operations of one device that the server has not confirmed on this connection, contiguous. What
 * it may have decided long ago is offered again, so that it can say when it knows another operation by that
 * name. decided: *last is the greatest number of a device that the server has decided, -1 when it has not
 * said so; *confirmed the greatest that it gave a receipt for, 0 when none. *device: whose they are; NULL
 * when there are none. At most `most`, and about `bytes`, but one at least. */
typedef void (*BatonDecidedFunc) (const char *device, gint64 *last, gint64 *confirmed, gpointer data);
GPtrArray *baton_store_outbox (BatonStore *store, BatonDecidedFunc decided, gpointer data, guint most,
    gsize bytes, char **device, GError **error);

/* A snapshot: its parts are kept as they come, and installed together. */
gboolean baton_store_keep_part (BatonStore *store, guint part, const char *text, GError **error);
guint baton_store_parts (BatonStore *store);
gboolean baton_store_forget_parts (BatonStore *store, GError **error);
/* The state becomes that of the parts at seq. Accepted operations of ours above common become pending; other
 * accepted ones go, and history brings them. */
gboolean baton_store_install (BatonStore *store, const char *epoch, const char *lineage, gint64 seq,
    gint64 common, gint64 at, BatonFollowed *followed, GError **error);
/* The lowest sequence that the log has; 1: it is complete. */
gint64 baton_store_history_from (BatonStore *store);
/* Entries below it, newest first. */
gboolean baton_store_fill (BatonStore *store, GPtrArray *arrivals, GError **error);

/* Needs attention. */
typedef enum
{
  BATON_ATTENTION_REFUSED,  /* op was refused by the server */
  BATON_ATTENTION_REPLACED, /* a value of ours was replaced unseen; op would restore it */
} BatonAttentionKind;

typedef struct
{
  gint64 id;
  BatonAttentionKind kind;
  BatonOp *op;
  char *code;
  char *why;
  gint64 at;
  char *detail; /* REPLACED: {"entity","id","field","theirs","person"} */
} BatonAttention;

void baton_attention_free (BatonAttention *attention);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BatonAttention, baton_attention_free)

GPtrArray *baton_reader_attention (BatonReader *reader, GError **error);
BatonAttention *baton_reader_attention_one (BatonReader *reader, gint64 id, GError **error);
gint64 baton_reader_count_attention (BatonReader *reader, BatonAttentionKind kind);

/* The ids of the rows that pending operations make. Transfer full. */
GHashTable *baton_reader_pending_rows (BatonReader *reader, BatonEntity entity, GError **error);
gint64 baton_reader_count_pending (BatonReader *reader);

/* Does it after all, as a new operation on what is there now: edited (taken) or, when NULL, the one that was
 * refused with the places where its things are now. On refusal it goes on needing attention. */
gboolean baton_store_reapply (BatonStore *store, gint64 id, BatonOp *edited, const char *person, gint64 at,
    gint64 boot, BatonOp **performed, BatonEffect **effect, GError **error);
gboolean baton_store_discard (BatonStore *store, gint64 id, gint64 at, GError **error);

/* The server's side. Between begin and commit any number of operations is decided; the commit puts them on
 * the disk. */
typedef enum
{
  BATON_DECIDED_ACCEPTED,
  BATON_DECIDED_REFUSED,
  BATON_DECIDED_BEFORE, /* accepted or refused earlier: *seq or *refusal says what */
  BATON_DECIDED_GAP,
  BATON_DECIDED_COPIED,
  BATON_DECIDED_FAILED, /* error is set, and no refusal; nothing can be decided now; roll back */
} BatonDecided;

typedef struct
{
  const char *device;
  gint64 number;
  BatonOp *op;           /* NULL: the number is void. at becomes the estimated time */
  const char *author;    /* person whose account pushed it */
  const char *forbidden; /* why this person may not do it, or NULL */
  gint64 happened;       /* estimate */
  gint64 received;
  BatonQuality quality;
} BatonSubmission;

gboolean baton_store_begin (BatonStore *store, GError **error);
gboolean baton_store_end (BatonStore *store, GError **error); /* commits */
void baton_store_abort (BatonStore *store);
BatonDecided baton_store_decide (BatonStore *store, const BatonSubmission *submission, gint64 *seq,
    BatonRefusal **refusal, GError **error);
gint64 baton_reader_device_last (BatonReader *reader, const char *device);

/* Entries behind `after` as JSON array members ("{…},{…}") onto out, at most `most` and about `bytes`.
 * history: below `after`, newest first, with effects. *n: how many. Each is compared with its check sum:
 * FALSE with CORRUPT at one that is damaged, and those before it are written. */
gboolean baton_reader_entries (BatonReader *reader, gint64 after, guint most, gsize bytes, gboolean history,
    GString *out, guint *n, gint64 *last, GError **error);

/* The server's identity. Made when missing. */
char *baton_store_server_epoch (BatonStore *store, GError **error);
char *baton_reader_server_lineage (BatonReader *reader); /* JSON text */
/* After a restore: a new epoch behind what the log has. */
gboolean baton_store_new_epoch (BatonStore *store, GError **error);

/* Snapshot parts of everything that is here, of one moment: JSON texts; boards, recently changed first
 * (board, which may be NULL, before them). */
GPtrArray *baton_reader_snapshot (BatonReader *reader, const char *board, gint64 *seq, GError **error);

G_END_DECLS
