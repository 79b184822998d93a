/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "log.h"
#include "net.h"
#include "store-private.h"

G_BEGIN_DECLS

/* Private to store: moving the base under what is pending. Inside one transaction: take back, change the log,
 * apply again. */
typedef struct
{
  BatonStore *store;
  BatonNet *net;
  gint64 at; /* now */
  BatonFollowed *followed;
} BatonRebase;

/* Begins a transaction. */
gboolean baton_rebase_begin (
    BatonRebase *rebase, BatonStore *store, gint64 at, BatonFollowed *followed, GError **error);

/* Takes back the effects of all operations from this sequence on, newest first; the log stays. */
gboolean baton_rebase_take_back (BatonRebase *rebase, gint64 from, GError **error);

/* Applies one accepted operation that has its place in the log. */
gboolean baton_rebase_apply (BatonRebase *rebase, gint64 seq, const BatonOp *op, GError **error);

/* Applies every pending operation from this sequence on that has no effect, in order. Those that the rules
 * refuse now are held. */
gboolean baton_rebase_reapply (BatonRebase *rebase, gint64 from, GError **error);

/* A number of a device of ours as it stands in the log. */
typedef struct
{
  gint64 seq; /* 0: it does not */
  guint8 hash[BATON_HASH_BYTES];
} BatonOwn;

gboolean baton_rebase_find (
    BatonRebase *rebase, const char *device, gint64 number, BatonOwn *own, GError **error);

/* Pending operations of this device from this number on get a new device; take them back before. */
gboolean baton_rebase_renumber (BatonRebase *rebase, const char *device, gint64 from, GError **error);

/* Accepted operations above common leave the log: ours become pending, the others go. Their effects must have
 * been taken back. */
gboolean baton_rebase_unaccept (BatonRebase *rebase, gint64 common, GError **error);
gboolean baton_rebase_set_epoch (BatonRebase *rebase, const char *epoch, const char *lineage, GError **error);

/* Commits, or takes everything back when ok is FALSE. Fills followed->effect. */
gboolean baton_rebase_end (BatonRebase *rebase, gboolean ok, GError **error);

/* Runs a statement with one or two numbers. */
gboolean baton_rebase_run (BatonRebase *rebase, const char *sql, gint64 a, gint64 b, GError **error);

gboolean baton_rebase_set_int (BatonRebase *rebase, const char *key, gint64 number, GError **error);

/* attention.c */
gboolean baton_attention_refuse (
    BatonDb *db, const char *text, const BatonOp *op, const BatonRefusal *refusal, gint64 at, GError **error);
/* What was refused is tried on what is there now: when the same reason shows here, too, it is kept in this
 * person's language and not in the server's. Changes nothing else. */
gboolean baton_attention_reword (BatonRebase *rebase, const BatonRefusal *refusal, GError **error);
/* An operation got another name ("device:number"): what waits for a person and would take it back knows it.
 */
gboolean baton_attention_rename (BatonDb *db, const char *before, const char *now, GError **error);
gboolean baton_attention_note_replaced (
    BatonRebase *rebase, gint64 seq, const BatonOp *op, const BatonEffect *effect, GError **error);

G_END_DECLS
