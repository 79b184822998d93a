/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "accounts.h"
#include "db.h"

G_BEGIN_DECLS

struct _BatonAccounts
{
  BatonDb *db;
  char *path;
};

gboolean baton_accounts_begin (BatonAccounts *accounts, GError **error);

/* COMMIT when ok, else ROLLBACK. Returns whether it is on the disk. */
gboolean baton_accounts_end (BatonAccounts *accounts, gboolean ok, GError **error);

/* The audit line of a change, inside its transaction. */
gboolean baton_accounts_note (BatonAccounts *accounts, BatonActor actor, const char *what,
    const char *subject, const char *detail, GError **error);

void baton_bind_hash (sqlite3_stmt *statement, int index, const guint8 *hash);
char *baton_column_dup (sqlite3_stmt *statement, int column);

gboolean baton_accounts_refuse (GError **error, int code, const char *sentence);

/* Tokens of a person but one (may be NULL), inside a transaction. */
gboolean baton_accounts_drop_tokens (
    BatonAccounts *accounts, const char *person, const guint8 *keep, GError **error);

G_END_DECLS
