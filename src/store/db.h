/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <sqlite3.h>

G_BEGIN_DECLS

/* Private to store: one SQLite connection with its prepared statements. Used by one thread at a time. */
typedef struct _BatonDb
{
  sqlite3 *handle;
  GHashTable *statements; /* SQL text → sqlite3_stmt */
  GHashTable *made;       /* key → sqlite3_stmt, borrowed from there */
  gboolean read_only;
  const int *stop; /* atomic; NULL: nothing asks to stop */
} BatonDb;

BatonDb *baton_db_open (const char *path, gboolean read_only, GError **error);
void baton_db_close (BatonDb *db);

/* A connection to look at an existing file that may be none of ours: it sets nothing, but may finish what a
 * killed writer left behind, which a read-only one cannot. */
BatonDb *baton_db_look (const char *path, GError **error);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BatonDb, baton_db_close)

/* Turns the connection's last error into a BATON_ERROR sentence. Always returns FALSE. */
gboolean baton_db_fail (BatonDb *db, int code, GError **error);

/* The same for an error that copying a file met. */
gboolean baton_db_fail_file (const GError *cause, GError **error);

gboolean baton_db_exec (BatonDb *db, const char *sql, GError **error);

/* To be asked between the steps of long work: FALSE with CANCELLED when whoever set `stop` wants it to end.
 * Statements are not interrupted, because a read that is cut short looks like one that found nothing. */
gboolean baton_db_go_on (BatonDb *db, GError **error);

/* A prepared statement for this SQL text, reset and unbound; owned by the connection. NULL with the error
 * set. */
sqlite3_stmt *baton_db_prepare (BatonDb *db, const char *sql, GError **error);

/* The same for SQL text that is made of the names of our tables and fields: make is asked once for each key.
 * Keys are those of BATON_DB_KEY; the highest byte says whose. */
typedef char *(*BatonDbMakeText) (guint64 key);
sqlite3_stmt *baton_db_prepare_made (BatonDb *db, guint64 key, BatonDbMakeText make, GError **error);
#define BATON_DB_KEY(kind, entity_or_field, rest) \
  ((guint64) (kind) << 56 | (guint64) (entity_or_field) << 40 | (guint64) (rest))

/* Finalizes all prepared statements, which would keep tables from being dropped. */
void baton_db_forget_statements (BatonDb *db);

/* Runs a statement that gives no rows, and resets it. */
gboolean baton_db_run (BatonDb *db, sqlite3_stmt *statement, GError **error);

/* Steps: TRUE with *row saying whether there is one. The statement is reset when there is none. */
gboolean baton_db_step (BatonDb *db, sqlite3_stmt *statement, gboolean *row, GError **error);

/* The first column of the first row as a number, or fallback. */
gint64 baton_db_int (BatonDb *db, const char *sql, gint64 fallback);
char *baton_db_text (BatonDb *db, const char *sql, const char *argument);

void baton_bind_text (
    sqlite3_stmt *statement, int index, const char *text); /* the text must outlive the step */

/* Resets a cached statement at the end of a scope. */
typedef sqlite3_stmt BatonCachedStatement;
static inline void
baton_cached_statement_reset (BatonCachedStatement *statement)
{
  sqlite3_reset (statement);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BatonCachedStatement, baton_cached_statement_reset)

G_END_DECLS
