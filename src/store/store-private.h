/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "db.h"
#include "roles.h"
#include "sql-view.h"
#include "store.h"
#include "sync.h"

G_BEGIN_DECLS

struct _BatonStore
{
  char *folder;
  char *path;
  char *copy; /* temporary folder that a read-only workspace was copied to */
  char *read_only_reason;
  char *device;
  BatonDb *db;
  BatonSqlView *view;
  int lock;
  int given_up;       /* atomic: see baton_store_give_up */
  gint64 last_number; /* of this device */
  gint64 last_seq;    /* of the log without what is pending */

  /* Of a workspace that follows a server; epoch is NULL when it does not. */
  char *epoch;
  gint64 cursor;       /* everything up to here has been applied */
  gint64 last_pending; /* greatest sequence of a pending operation, or BATON_SEQ_FIRST_PENDING - 1 */
  gint64 last_own;     /* greatest accepted sequence of an operation of ours */

  /* Whom this device speaks for and what they may do there; read again when either was changed. */
  gboolean role_known;
  BatonRole role; /* NONE: the workspace has no server, and everything may be done */
  char *me;

  gboolean replaying; /* what is performed was made elsewhere before, by rules that may have been older */
};

/* What the server would refuse for the person's role is not made in the first place: BATON_ERROR_FORBIDDEN
 * and a sentence. Inside a transaction. */
gboolean baton_store_permits (BatonStore *store, const BatonOp *op, GError **error);
void baton_store_forget_role (BatonStore *store);

gboolean baton_store_check_writable (BatonStore *store, GError **error);

/* What the store keeps in memory of the log and of its server, read anew: after a transaction that changed it
 * was rolled back, too. */
void baton_store_load_position (BatonStore *store);

/* Applies and derives one operation that has its place in the log. NULL with *refusal when the rules refuse
 * it, and then nothing of it is left; NULL without when something broke. */
BatonEffect *baton_store_apply_at (
    BatonDb *db, BatonSqlView *view, gint64 seq, const BatonOp *op, GError **refusal, GError **error);

/* The first half of it: nothing is derived yet, and baton_sql_view_take_back undoes it. */
BatonEffect *baton_store_try (
    BatonDb *db, BatonSqlView *view, const BatonOp *op, GError **refusal, GError **error);

/* Gives an operation of this device its number, appends and applies it, inside a transaction. */
BatonEffect *baton_store_perform_one (BatonStore *store, BatonOp *op, GError **error);

/* Ends a transaction: what was typed is found, and it is on the disk; or all of it is taken back. */
gboolean baton_store_commit (BatonStore *store, GError **error);
void baton_store_roll_back (BatonStore *store);

/* Writes the rows of the snapshot that this workspace began with into empty derived tables. *seq: its
 * sequence, 0 when there is none. */
gboolean baton_snapshot_load (BatonDb *db, gint64 *seq, GError **error);

/* Drops the derived tables and replays the log into new ones, in one transaction. */
gboolean baton_rebuild (BatonDb *db, BatonProgress progress, gpointer data, GError **error);

G_END_DECLS
