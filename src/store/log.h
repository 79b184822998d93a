/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "db.h"
#include "op.h"

G_BEGIN_DECLS

/* Private to store: the log of operations, which is truth, and what is derived from each of them. */

#define BATON_HASH_BYTES 32

/* BLAKE2b-256 over an operation's columns. */
void baton_log_hash (const BatonOp *op, const char *body, guint8 hash[BATON_HASH_BYTES]);

/* Appends at the end; gives the sequence. */
gboolean baton_log_append (BatonDb *db, const BatonOp *op, gint64 *seq, GError **error);

/* Writes effect, touch and undone for an operation that was just applied. */
gboolean baton_log_derive (
    BatonDb *db, gint64 seq, const BatonOp *op, const BatonEffect *effect, GError **error);

/* Columns of baton_log_columns on which the statement stands, from column `first`. Transfer full. */
BatonOp *baton_log_read (sqlite3_stmt *statement, int first, GError **error);
#define BATON_LOG_COLUMNS "device.name, number, verb, person, at, boot, base, batch, log.body"
#define BATON_LOG_N_COLUMNS 9

gint64 baton_log_device (
    BatonDb *db, const char *name, GError **error); /* makes it when missing; 0 on failure */
gint64 baton_log_last_number (BatonDb *db, const char *device);

G_END_DECLS
