/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "db.h"
#include "op.h"

G_BEGIN_DECLS

/* Private to store: the log of operations, which is truth, and what is derived from each of them. */

#define BATON_HASH_BYTES 32

/* Pending operations of a joined workspace stand in the log behind everything that a server has accepted:
 * their sequences begin here. They become part of the order when they get a sequence of the server's. */
#define BATON_SEQ_PENDING (G_GINT64_CONSTANT (1) << 60)
/* The first operation that becomes pending stands here, so that there is room before it. */
#define BATON_SEQ_FIRST_PENDING (BATON_SEQ_PENDING + (G_GINT64_CONSTANT (1) << 40))

/* BLAKE2b-256 over an operation as its maker wrote it (src/client/PROTOCOL.md, section 4). wall: the maker's
 * own time, which need not be op->at any more. */
void baton_log_hash (const BatonOp *op, gint64 wall, const char *body, guint8 hash[BATON_HASH_BYTES]);
/* The same of a row as it stands: BATON_LOG_COLUMNS from column `first`, but with the maker's own time. FALSE
 * when something is missing that no operation lacks. */
gboolean baton_log_hash_row (sqlite3_stmt *statement, int first, guint8 hash[BATON_HASH_BYTES]);
/* The same, with the values written out. */
void baton_log_hash_op (const BatonOp *op, guint8 hash[BATON_HASH_BYTES]);

/* What the log knows of an operation beyond what its maker wrote. */
typedef struct
{
  gint64 seq;  /* 0: behind the last one */
  gint64 wall; /* the maker's own time when op->at is another; else 0 */
  gint64 received;
  int quality;        /* BatonQuality */
  const char *author; /* who pushed it, when that is not op->person */
  gboolean mine;      /* made by a device of this workspace */
} BatonLogPlace;

/* Appends; place may be NULL; gives the sequence. */
gboolean baton_log_append (
    BatonDb *db, const BatonOp *op, const BatonLogPlace *place, gint64 *seq, GError **error);

/* Gives an operation, and what was derived from it, another sequence. */
gboolean baton_log_move (BatonDb *db, gint64 from, gint64 to, GError **error);

/* Takes away what was derived from the operations from this sequence on; the rows must have been taken back
 * before. */
gboolean baton_log_underive (BatonDb *db, gint64 from, GError **error);

/* Makes the table of what was undone anew, from the operations below this sequence. */
gboolean baton_log_derive_undone (BatonDb *db, gint64 below, GError **error);

/* Writes effect, touch and undone for an operation that was just applied. */
gboolean baton_log_derive (
    BatonDb *db, gint64 seq, const BatonOp *op, const BatonEffect *effect, GError **error);

/* The sequences below `below` that a target of an undo names: "device:number", or "batch:id" for a whole
 * import. gint64; transfer full. */
GArray *baton_log_target (BatonDb *db, gint64 below, const char *target);

/* Columns of baton_log_columns on which the statement stands, from column `first`. Transfer full. */
BatonOp *baton_log_read (sqlite3_stmt *statement, int first, GError **error);
#define BATON_LOG_COLUMNS "device.name, number, verb, person, at, boot, base, batch, log.body"
#define BATON_LOG_N_COLUMNS 9

gint64 baton_log_device (
    BatonDb *db, const char *name, GError **error); /* makes it when missing; 0 on failure */
gint64 baton_log_last_number (BatonDb *db, const char *device);

G_END_DECLS
