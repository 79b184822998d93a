/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-store"

#include "accounts-private.h"

#include "baton-error.h"
#include "id.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>

#define ACCOUNTS_APPLICATION 0x42415441 /* “BATA” */
#define ACCOUNTS_FORMAT 1

static const char schema[] =
    "BEGIN IMMEDIATE;"
    "PRAGMA application_id = 0x42415441;"
    "CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT) STRICT, WITHOUT ROWID;"
    "CREATE TABLE account (person TEXT PRIMARY KEY, name TEXT NOT NULL, key TEXT NOT NULL,"
    " password TEXT NOT NULL, role TEXT NOT NULL, since INTEGER NOT NULL) STRICT;"
    "CREATE UNIQUE INDEX account_key ON account (key) WHERE role != 'none';"
    "CREATE TABLE invitation (id TEXT PRIMARY KEY, hash BLOB NOT NULL UNIQUE, role TEXT NOT NULL,"
    " by TEXT NOT NULL, expires INTEGER NOT NULL, used INTEGER) STRICT;"
    "CREATE TABLE token (hash BLOB PRIMARY KEY, person TEXT NOT NULL REFERENCES account (person),"
    " device TEXT NOT NULL UNIQUE, name TEXT NOT NULL, since INTEGER NOT NULL, seen INTEGER NOT NULL) STRICT;"
    "CREATE TABLE device (id TEXT PRIMARY KEY, person TEXT NOT NULL) STRICT, WITHOUT ROWID;"
    "CREATE TABLE upload (person TEXT PRIMARY KEY, bytes INTEGER NOT NULL) STRICT, WITHOUT ROWID;"
    "CREATE TABLE audit (seq INTEGER PRIMARY KEY, at INTEGER NOT NULL, who TEXT NOT NULL, what TEXT NOT NULL,"
    " detail TEXT NOT NULL, hash BLOB NOT NULL) STRICT;"
    "PRAGMA user_version = 1;"
    "COMMIT;";

/* No truth, so an older server may go on without it: whose the parts of files are that have not arrived. */
static const char begun[] = "CREATE TABLE IF NOT EXISTS begun (hash TEXT PRIMARY KEY, size INTEGER NOT NULL,"
                            " person TEXT NOT NULL) STRICT, WITHOUT ROWID;";

gboolean
baton_accounts_refuse (GError **error, int code, const char *sentence)
{
  g_set_error_literal (error, BATON_ERROR, code, sentence);
  return FALSE;
}

static gboolean
prepare (BatonAccounts *accounts, GError **error)
{
  BatonDb *db = accounts->db;
  gint64 application = baton_db_int (db, "PRAGMA application_id", -1);
  gint64 version = baton_db_int (db, "PRAGMA user_version", -1);

  if (application == 0 && version == 0 && baton_db_int (db, "SELECT count (*) FROM sqlite_schema", -1) == 0)
    return baton_db_exec (db, schema, error);
  if (application != ACCOUNTS_APPLICATION)
    return baton_accounts_refuse (
        error, BATON_ERROR_CORRUPT, _ ("The file accounts.db is damaged, or it is not one of Baton."));
  if (version > ACCOUNTS_FORMAT)
    return baton_accounts_refuse (error, BATON_ERROR_NEWER,
        _ ("The file accounts.db was written by a newer Baton. Update this server to go on."));
  return TRUE;
}

BatonAccounts *
baton_accounts_open (const char *folder, GError **error)
{
  g_autoptr (BatonAccounts) accounts = g_new0 (BatonAccounts, 1);

  g_return_val_if_fail (folder != NULL, NULL);
  accounts->path = g_build_filename (folder, "accounts.db", NULL);
  accounts->db = baton_db_open (accounts->path, FALSE, error);
  if (accounts->db == NULL || !prepare (accounts, error) || !baton_db_exec (accounts->db, begun, error))
    return NULL;
  g_chmod (accounts->path, 0600);
  return g_steal_pointer (&accounts);
}

BatonAccounts *
baton_accounts_look (const char *folder, GError **error)
{
  g_autoptr (BatonAccounts) accounts = g_new0 (BatonAccounts, 1);

  g_return_val_if_fail (folder != NULL, NULL);
  accounts->path = g_build_filename (folder, "accounts.db", NULL);
  accounts->db = baton_db_open (accounts->path, TRUE, error);
  return accounts->db != NULL ? g_steal_pointer (&accounts) : NULL;
}

void
baton_accounts_close (BatonAccounts *accounts)
{
  g_clear_pointer (&accounts->db, baton_db_close);
  g_free (accounts->path);
  g_free (accounts);
}

gboolean
baton_accounts_begin (BatonAccounts *accounts, GError **error)
{
  return baton_db_exec (accounts->db, "BEGIN IMMEDIATE", error);
}

gboolean
baton_accounts_end (BatonAccounts *accounts, gboolean ok, GError **error)
{
  if (ok && baton_db_exec (accounts->db, "COMMIT", error))
    return TRUE;
  baton_db_exec (accounts->db, "ROLLBACK", NULL);
  return FALSE;
}

void
baton_bind_hash (sqlite3_stmt *statement, int index, const guint8 *hash)
{
  sqlite3_bind_blob (statement, index, hash, BATON_SECRET_HASH_BYTES, SQLITE_STATIC);
}

char *
baton_column_dup (sqlite3_stmt *statement, int column)
{
  return g_strdup ((const char *) sqlite3_column_text (statement, column));
}

char *
baton_accounts_meta (BatonAccounts *accounts, const char *key)
{
  return baton_db_text (accounts->db, "SELECT value FROM meta WHERE key = ?", key);
}

gboolean
baton_accounts_set_meta (BatonAccounts *accounts, const char *key, const char *value, GError **error)
{
  sqlite3_stmt *statement = baton_db_prepare (accounts->db,
      "INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
      error);

  if (statement == NULL)
    return FALSE;
  baton_bind_text (statement, 1, key);
  if (value != NULL)
    baton_bind_text (statement, 2, value);
  else
    sqlite3_bind_null (statement, 2);
  return baton_db_run (accounts->db, statement, error);
}

void
baton_account_free (BatonAccount *account)
{
  g_free (account->person);
  g_free (account->name);
  g_free (account->password);
  g_free (account);
}

static gboolean
has_control (const char *text)
{
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      GUnicodeType type = g_unichar_type (g_utf8_get_char (p));

      if (type == G_UNICODE_CONTROL || type == G_UNICODE_FORMAT || type == G_UNICODE_LINE_SEPARATOR ||
          type == G_UNICODE_PARAGRAPH_SEPARATOR)
        return TRUE;
    }
  return FALSE;
}

char *
baton_account_name_key (const char *name, GError **error)
{
  g_autofree char *stripped = NULL;
  g_autofree char *normal = NULL;

  if (name == NULL || !g_utf8_validate (name, -1, NULL) || strlen (name) > BATON_NAME_BYTES ||
      has_control (name))
    {
      baton_accounts_refuse (error, BATON_ERROR_INVALID, _ ("This is not a name that can be used here."));
      return NULL;
    }
  stripped = g_strstrip (g_strdup (name));
  if (*stripped == '\0')
    {
      baton_accounts_refuse (error, BATON_ERROR_INVALID, _ ("A name is needed."));
      return NULL;
    }
  normal = g_utf8_normalize (stripped, -1, G_NORMALIZE_ALL_COMPOSE);
  return g_utf8_casefold (normal, -1);
}

gint64
baton_accounts_count (BatonAccounts *accounts, BatonRole role)
{
  g_autofree char *count = NULL;

  if (role == BATON_ROLE_NONE)
    return baton_db_int (accounts->db, "SELECT count (*) FROM account WHERE role != 'none'", 0);
  count =
      baton_db_text (accounts->db, "SELECT count (*) FROM account WHERE role = ?", baton_role_name (role));
  return count != NULL ? g_ascii_strtoll (count, NULL, 10) : 0;
}

static BatonAccount *
read_account (sqlite3_stmt *statement)
{
  BatonAccount *account = g_new0 (BatonAccount, 1);

  account->person = baton_column_dup (statement, 0);
  account->name = baton_column_dup (statement, 1);
  account->password = baton_column_dup (statement, 2);
  account->role = baton_role_find ((const char *) sqlite3_column_text (statement, 3));
  account->since = sqlite3_column_int64 (statement, 4);
  return account;
}

static BatonAccount *
find_one (BatonAccounts *accounts, const char *sql, const char *argument)
{
  sqlite3_stmt *statement = baton_db_prepare (accounts->db, sql, NULL);
  BatonAccount *account = NULL;

  if (statement == NULL)
    return NULL;
  baton_bind_text (statement, 1, argument);
  if (sqlite3_step (statement) == SQLITE_ROW)
    account = read_account (statement);
  sqlite3_reset (statement);
  return account;
}

BatonAccount *
baton_accounts_get (BatonAccounts *accounts, const char *person)
{
  return find_one (
      accounts, "SELECT person, name, password, role, since FROM account WHERE person = ?", person);
}

BatonAccount *
baton_accounts_find (BatonAccounts *accounts, const char *name)
{
  g_autofree char *key = baton_account_name_key (name, NULL);

  return key == NULL ? NULL
                     : find_one (accounts,
                           "SELECT person, name, password, role, since FROM account"
                           " WHERE key = ? AND role != 'none'",
                           key);
}

GPtrArray *
baton_accounts_list (BatonAccounts *accounts)
{
  GPtrArray *list = g_ptr_array_new_with_free_func ((GDestroyNotify) baton_account_free);
  sqlite3_stmt *statement = baton_db_prepare (accounts->db,
      "SELECT person, name, password, role, since FROM account WHERE role != 'none' ORDER BY key", NULL);

  while (statement != NULL && sqlite3_step (statement) == SQLITE_ROW)
    g_ptr_array_add (list, read_account (statement));
  if (statement != NULL)
    sqlite3_reset (statement);
  return list;
}

/* One row must have changed: the invitation is open. */
static gboolean
use_invitation (BatonAccounts *accounts, const guint8 *hash, gint64 now, GError **error)
{
  sqlite3_stmt *statement = baton_db_prepare (accounts->db,
      "UPDATE invitation SET used = ?2 WHERE hash = ?1 AND used IS NULL AND expires > ?2", error);

  if (statement == NULL)
    return FALSE;
  baton_bind_hash (statement, 1, hash);
  sqlite3_bind_int64 (statement, 2, now);
  if (!baton_db_run (accounts->db, statement, error))
    return FALSE;
  return sqlite3_changes (accounts->db->handle) == 1 ||
         baton_accounts_refuse (error, BATON_ERROR_FORBIDDEN,
             _ ("This invitation has been used, is too old, or never was one. Ask for a new one."));
}

static gboolean
insert_account (BatonAccounts *accounts, const BatonAccount *account, GError **error)
{
  g_autofree char *key = baton_account_name_key (account->name, error);
  sqlite3_stmt *statement;
  gboolean ok;

  if (key == NULL)
    return FALSE;
  statement = baton_db_prepare (accounts->db,
      "INSERT INTO account (person, name, key, password, role, since) VALUES (?, ?, ?, ?, ?, ?)", error);
  if (statement == NULL)
    return FALSE;
  baton_bind_text (statement, 1, account->person);
  baton_bind_text (statement, 2, account->name);
  baton_bind_text (statement, 3, key);
  baton_bind_text (statement, 4, account->password);
  baton_bind_text (statement, 5, baton_role_name (account->role));
  sqlite3_bind_int64 (statement, 6, account->since);
  ok = sqlite3_step (statement) == SQLITE_DONE;
  if (!ok && (sqlite3_errcode (accounts->db->handle) & 0xff) == SQLITE_CONSTRAINT)
    baton_accounts_refuse (
        error, BATON_ERROR_EXISTS, _ ("Somebody with this name is here already. Choose another name."));
  else if (!ok)
    baton_db_fail (accounts->db, sqlite3_extended_errcode (accounts->db->handle), error);
  sqlite3_reset (statement);
  return ok;
}

gboolean
baton_accounts_join (BatonAccounts *accounts, const guint8 *invitation, BatonAccount *account,
    BatonActor actor, GError **error)
{
  gboolean ok;

  if (!baton_accounts_begin (accounts, error))
    return FALSE;
  account->role = baton_accounts_invitation_role (accounts, invitation, actor.at);
  account->since = actor.at;
  ok = use_invitation (accounts, invitation, actor.at, error) && insert_account (accounts, account, error) &&
       baton_accounts_note (accounts, actor, "join", account->name, baton_role_name (account->role), error);
  return baton_accounts_end (accounts, ok, error);
}

static gboolean
check_last_owner (BatonAccounts *accounts, const BatonAccount *account, BatonRole role, GError **error)
{
  if (account->role != BATON_ROLE_OWNER || role == BATON_ROLE_OWNER ||
      baton_accounts_count (accounts, BATON_ROLE_OWNER) > 1)
    return TRUE;
  return baton_accounts_refuse (
      error, BATON_ERROR_FORBIDDEN, _ ("This is the last owner. Make somebody else an owner first."));
}

static gboolean
update_account (
    BatonAccounts *accounts, const char *sql, const char *person, const char *value, GError **error)
{
  sqlite3_stmt *statement = baton_db_prepare (accounts->db, sql, error);

  if (statement == NULL)
    return FALSE;
  baton_bind_text (statement, 1, person);
  baton_bind_text (statement, 2, value);
  return baton_db_run (accounts->db, statement, error);
}

static BatonAccount *
get_living (BatonAccounts *accounts, const char *person, GError **error)
{
  g_autoptr (BatonAccount) account = baton_accounts_get (accounts, person);

  if (account != NULL && account->role != BATON_ROLE_NONE)
    return g_steal_pointer (&account);
  baton_accounts_refuse (error, BATON_ERROR_NOT_FOUND, _ ("There is no such person here."));
  return NULL;
}

gboolean
baton_accounts_set_role (
    BatonAccounts *accounts, const char *person, BatonRole role, BatonActor actor, GError **error)
{
  g_autoptr (BatonAccount) account = NULL;
  gboolean ok;

  if (!baton_accounts_begin (accounts, error))
    return FALSE;
  account = get_living (accounts, person, error);
  ok = account != NULL && check_last_owner (accounts, account, role, error) &&
       update_account (accounts, "UPDATE account SET role = ?2 WHERE person = ?1", person,
           baton_role_name (role), error) &&
       (role != BATON_ROLE_NONE || baton_accounts_drop_tokens (accounts, person, NULL, error)) &&
       baton_accounts_note (accounts, actor, role != BATON_ROLE_NONE ? "role" : "remove", account->name,
           baton_role_name (role), error);
  return baton_accounts_end (accounts, ok, error);
}

gboolean
baton_accounts_remove (BatonAccounts *accounts, const char *person, BatonActor actor, GError **error)
{
  return baton_accounts_set_role (accounts, person, BATON_ROLE_NONE, actor, error);
}

gboolean
baton_accounts_set_password (BatonAccounts *accounts, const char *person, const char *password,
    const guint8 *keep, BatonActor actor, GError **error)
{
  g_autoptr (BatonAccount) account = NULL;
  gboolean ok;

  if (!baton_accounts_begin (accounts, error))
    return FALSE;
  account = get_living (accounts, person, error);
  ok = account != NULL &&
       update_account (
           accounts, "UPDATE account SET password = ?2 WHERE person = ?1", person, password, error) &&
       baton_accounts_drop_tokens (accounts, person, keep, error) &&
       baton_accounts_note (accounts, actor, "password", account->name, NULL, error);
  return baton_accounts_end (accounts, ok, error);
}
