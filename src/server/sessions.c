/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-server"

#include "sessions.h"

#include "secrets.h"

#include <string.h>

#define SEEN_EVERY (5 * G_TIME_SPAN_MINUTE)

struct _BatonSessions
{
  BatonAccounts *accounts;
  GHashTable *all; /* hash → BatonSession */
  BatonSessionFunc ended;
  BatonSessionFunc changed;
  gpointer data;
};

BatonSession *
baton_session_ref (BatonSession *session)
{
  session->refs++;
  return session;
}

void
baton_session_unref (BatonSession *session)
{
  if (--session->refs > 0)
    return;
  g_free (session->person);
  g_free (session->name);
  g_free (session->device);
  g_free (session);
}

/* The hash is of random bits: any part of it will do. */
static guint
hash_of_hash (gconstpointer key)
{
  guint value;

  memcpy (&value, key, sizeof value);
  return value;
}

static gboolean
hash_equal (gconstpointer a, gconstpointer b)
{
  return memcmp (a, b, BATON_SECRET_HASH_BYTES) == 0;
}

BatonSessions *
baton_sessions_new (BatonAccounts *accounts, BatonSessionFunc ended, BatonSessionFunc changed, gpointer data)
{
  BatonSessions *sessions = g_new0 (BatonSessions, 1);

  G_STATIC_ASSERT (BATON_SECRET_HASH == BATON_SECRET_HASH_BYTES);
  sessions->accounts = accounts;
  sessions->ended = ended;
  sessions->changed = changed;
  sessions->data = data;
  sessions->all = g_hash_table_new_full (
      hash_of_hash, hash_equal, NULL, (GDestroyNotify) (void (*) (void)) baton_session_unref);
  baton_sessions_reload (sessions);
  return sessions;
}

void
baton_sessions_free (BatonSessions *sessions)
{
  g_hash_table_unref (sessions->all);
  g_free (sessions);
}

BatonSession *
baton_sessions_find (BatonSessions *sessions, const char *token, gint64 now)
{
  guint8 hash[BATON_SECRET_HASH];
  BatonSession *session;

  if (!baton_secret_hash (token, hash))
    return NULL;
  session = g_hash_table_lookup (sessions->all, hash);
  if (session != NULL && now - session->seen > SEEN_EVERY)
    {
      session->seen = now;
      session->seen_changed = TRUE;
    }
  return session;
}

static GHashTable *
accounts_by_person (BatonSessions *sessions, GPtrArray *accounts)
{
  GHashTable *table = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < accounts->len; i++)
    {
      BatonAccount *account = g_ptr_array_index (accounts, i);

      g_hash_table_insert (table, account->person, account);
    }
  return table;
}

static void
take_token (BatonSessions *sessions, const BatonToken *token, const BatonAccount *account)
{
  BatonSession *session = g_hash_table_lookup (sessions->all, token->hash);
  gboolean changed;

  if (session == NULL)
    {
      session = g_new0 (BatonSession, 1);
      session->refs = 1;
      memcpy (session->hash, token->hash, sizeof session->hash);
      session->person = g_strdup (token->person);
      session->device = g_strdup (token->device);
      session->seen = token->seen;
      g_hash_table_insert (sessions->all, session->hash, session);
    }
  changed = session->role != account->role && session->role != BATON_ROLE_NONE;
  session->role = account->role;
  if (changed && sessions->changed != NULL)
    sessions->changed (session, sessions->data);
  if (g_strcmp0 (session->name, account->name) != 0)
    {
      g_free (session->name);
      session->name = g_strdup (account->name);
    }
}

void
baton_sessions_reload (BatonSessions *sessions)
{
  g_autoptr (GPtrArray) tokens = baton_accounts_tokens (sessions->accounts, NULL);
  g_autoptr (GPtrArray) list = baton_accounts_list (sessions->accounts);
  g_autoptr (GHashTable) accounts = accounts_by_person (sessions, list);
  g_autoptr (GHashTable) living = g_hash_table_new (hash_of_hash, hash_equal);
  GHashTableIter iter;
  gpointer session;

  for (guint i = 0; i < tokens->len; i++)
    {
      BatonToken *token = g_ptr_array_index (tokens, i);
      BatonAccount *account = g_hash_table_lookup (accounts, token->person);

      if (account == NULL)
        continue;
      take_token (sessions, token, account);
      g_hash_table_add (living, token->hash);
    }
  g_hash_table_iter_init (&iter, sessions->all);
  while (g_hash_table_iter_next (&iter, NULL, &session))
    {
      g_autoptr (BatonSession) gone = NULL;

      if (g_hash_table_contains (living, ((BatonSession *) session)->hash))
        continue;
      gone = baton_session_ref (session);
      g_hash_table_iter_remove (&iter);
      gone->role = BATON_ROLE_NONE;
      if (sessions->ended != NULL)
        sessions->ended (gone, sessions->data);
    }
}

void
baton_sessions_write_seen (BatonSessions *sessions)
{
  g_autoptr (GPtrArray) tokens =
      g_ptr_array_new_with_free_func ((GDestroyNotify) (void (*) (void)) baton_token_free);
  g_autoptr (GError) error = NULL;
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, sessions->all);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      BatonSession *session = value;
      BatonToken *token;

      if (!session->seen_changed)
        continue;
      session->seen_changed = FALSE;
      token = g_new0 (BatonToken, 1);
      memcpy (token->hash, session->hash, sizeof token->hash);
      token->seen = session->seen;
      g_ptr_array_add (tokens, token);
    }
  if (tokens->len > 0 && !baton_accounts_seen (sessions->accounts, tokens, &error))
    g_info ("when devices were seen could not be noted: %s", error->message);
}

guint
baton_sessions_count (BatonSessions *sessions)
{
  return g_hash_table_size (sessions->all);
}
