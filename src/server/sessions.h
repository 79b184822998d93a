/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "accounts.h"

G_BEGIN_DECLS

/* Who is signed in: the tokens of accounts.db in memory, so that a request costs no query. Main thread only.
 */
typedef struct _BatonSessions BatonSessions;

typedef struct
{
  guint refs;
  guint8 hash[BATON_SECRET_HASH_BYTES];
  char *person;
  char *name;
  char *device;
  BatonRole role; /* BATON_ROLE_NONE: revoked while somebody still held it */
  gint64 seen;    /* microseconds since 1970 */
  gboolean seen_changed;
} BatonSession;

BatonSession *baton_session_ref (BatonSession *session);
void baton_session_unref (BatonSession *session);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BatonSession, baton_session_unref)

/* Called when a session's token becomes void, or its role another one. */
typedef void (*BatonSessionFunc) (BatonSession *session, gpointer data);

BatonSessions *baton_sessions_new (
    BatonAccounts *accounts, BatonSessionFunc ended, BatonSessionFunc changed, gpointer data);
void baton_sessions_free (BatonSessions *sessions);

/* Borrowed; NULL when the token is none of ours. */
BatonSession *baton_sessions_find (BatonSessions *sessions, const char *token, gint64 now);

/* Brings memory in line with accounts.db after somebody changed it; ends those that are gone. */
void baton_sessions_reload (BatonSessions *sessions);

/* Writes down when devices were last seen. */
void baton_sessions_write_seen (BatonSessions *sessions);
guint baton_sessions_count (BatonSessions *sessions);

G_END_DECLS
