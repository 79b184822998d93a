/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-store"

/* Invitations, tokens and devices. */

#include "accounts-private.h"

#include "baton-error.h"
#include "store.h"

#include <glib/gi18n-lib.h>
#include <string.h>

void
baton_invitation_free (BatonInvitation *invitation)
{
  g_free (invitation->id);
  g_free (invitation->by);
  g_free (invitation);
}

static gboolean
insert_invitation (
    BatonAccounts *accounts, const BatonInvitation *invitation, const guint8 *hash, GError **error)
{
  sqlite3_stmt *statement = baton_db_prepare (
      accounts->db, "INSERT INTO invitation (id, hash, role, by, expires) VALUES (?, ?, ?, ?, ?)", error);

  if (statement == NULL)
    return FALSE;
  baton_bind_text (statement, 1, invitation->id);
  baton_bind_hash (statement, 2, hash);
  baton_bind_text (statement, 3, baton_role_name (invitation->role));
  baton_bind_text (statement, 4, invitation->by);
  sqlite3_bind_int64 (statement, 5, invitation->expires);
  return baton_db_run (accounts->db, statement, error);
}

BatonInvitation *
baton_accounts_invite (
    BatonAccounts *accounts, const guint8 *hash, BatonRole role, BatonActor actor, GError **error)
{
  g_autoptr (BatonInvitation) invitation = g_new0 (BatonInvitation, 1);
  gboolean ok;

  g_return_val_if_fail (role != BATON_ROLE_NONE, NULL);
  invitation->id = baton_store_new_id ();
  invitation->by = g_strdup (actor.who);
  invitation->role = role;
  invitation->expires = actor.at + BATON_INVITATION_LIFE;
  if (!baton_accounts_begin (accounts, error))
    return NULL;
  ok = insert_invitation (accounts, invitation, hash, error) &&
       baton_accounts_note (accounts, actor, "invite", invitation->id, baton_role_name (role), error);
  return baton_accounts_end (accounts, ok, error) ? g_steal_pointer (&invitation) : NULL;
}

BatonRole
baton_accounts_invitation_role (BatonAccounts *accounts, const guint8 *hash, gint64 now)
{
  sqlite3_stmt *statement = baton_db_prepare (
      accounts->db, "SELECT role FROM invitation WHERE hash = ? AND used IS NULL AND expires > ?", NULL);
  BatonRole role = BATON_ROLE_NONE;

  if (statement == NULL)
    return role;
  baton_bind_hash (statement, 1, hash);
  sqlite3_bind_int64 (statement, 2, now);
  if (sqlite3_step (statement) == SQLITE_ROW)
    role = baton_role_find ((const char *) sqlite3_column_text (statement, 0));
  sqlite3_reset (statement);
  return role;
}

GPtrArray *
baton_accounts_invitations (BatonAccounts *accounts, gint64 now)
{
  GPtrArray *list = g_ptr_array_new_with_free_func ((GDestroyNotify) baton_invitation_free);
  sqlite3_stmt *statement = baton_db_prepare (accounts->db,
      "SELECT id, by, role, expires FROM invitation WHERE used IS NULL AND expires > ? ORDER BY expires",
      NULL);

  if (statement == NULL)
    return list;
  sqlite3_bind_int64 (statement, 1, now);
  while (sqlite3_step (statement) == SQLITE_ROW)
    {
      BatonInvitation *invitation = g_new0 (BatonInvitation, 1);

      invitation->id = baton_column_dup (statement, 0);
      invitation->by = baton_column_dup (statement, 1);
      invitation->role = baton_role_find ((const char *) sqlite3_column_text (statement, 2));
      invitation->expires = sqlite3_column_int64 (statement, 3);
      g_ptr_array_add (list, invitation);
    }
  sqlite3_reset (statement);
  return list;
}

gboolean
baton_accounts_remove_invitation (BatonAccounts *accounts, const char *id, BatonActor actor, GError **error)
{
  sqlite3_stmt *statement =
      baton_db_prepare (accounts->db, "DELETE FROM invitation WHERE id = ? AND used IS NULL", error);
  gboolean ok;

  if (statement == NULL || !baton_accounts_begin (accounts, error))
    return FALSE;
  baton_bind_text (statement, 1, id);
  ok = baton_db_run (accounts->db, statement, error);
  if (ok && sqlite3_changes (accounts->db->handle) == 0)
    ok = baton_accounts_refuse (error, BATON_ERROR_NOT_FOUND, _ ("There is no such open invitation."));
  ok = ok && baton_accounts_note (accounts, actor, "uninvite", id, NULL, error);
  return baton_accounts_end (accounts, ok, error);
}

void
baton_token_free (BatonToken *token)
{
  g_free (token->person);
  g_free (token->device);
  g_free (token->name);
  g_free (token);
}

char *
baton_accounts_device_owner (BatonAccounts *accounts, const char *device)
{
  return baton_db_text (accounts->db, "SELECT person FROM device WHERE id = ?", device);
}

gboolean
baton_accounts_claim_device (BatonAccounts *accounts, const char *device, const char *person, GError **error)
{
  g_autofree char *owner = baton_accounts_device_owner (accounts, device);
  sqlite3_stmt *statement;

  if (g_strcmp0 (owner, person) == 0)
    return TRUE;
  if (owner != NULL)
    return baton_accounts_refuse (
        error, BATON_ERROR_FORBIDDEN, _ ("This device belongs to somebody else here."));
  statement = baton_db_prepare (accounts->db, "INSERT INTO device (id, person) VALUES (?, ?)", error);
  if (statement == NULL)
    return FALSE;
  baton_bind_text (statement, 1, device);
  baton_bind_text (statement, 2, person);
  return baton_db_run (accounts->db, statement, error);
}

static gboolean
insert_token (BatonAccounts *accounts, const BatonToken *token, GError **error)
{
  sqlite3_stmt *statement = baton_db_prepare (accounts->db,
      "INSERT OR REPLACE INTO token (hash, person, device, name, since, seen) VALUES (?, ?, ?, ?, ?, ?)",
      error);

  if (statement == NULL)
    return FALSE;
  baton_bind_hash (statement, 1, token->hash);
  baton_bind_text (statement, 2, token->person);
  baton_bind_text (statement, 3, token->device);
  baton_bind_text (statement, 4, token->name);
  sqlite3_bind_int64 (statement, 5, token->since);
  sqlite3_bind_int64 (statement, 6, token->seen);
  return baton_db_run (accounts->db, statement, error);
}

gboolean
baton_accounts_add_token (BatonAccounts *accounts, const BatonToken *token, BatonActor actor, GError **error)
{
  gboolean ok;

  if (!baton_accounts_begin (accounts, error))
    return FALSE;
  ok = baton_accounts_claim_device (accounts, token->device, token->person, error) &&
       insert_token (accounts, token, error) &&
       baton_accounts_note (accounts, actor, "sign-in", token->device, token->name, error);
  return baton_accounts_end (accounts, ok, error);
}

GPtrArray *
baton_accounts_tokens (BatonAccounts *accounts, const char *person)
{
  GPtrArray *list = g_ptr_array_new_with_free_func ((GDestroyNotify) baton_token_free);
  sqlite3_stmt *statement = baton_db_prepare (accounts->db,
      "SELECT hash, person, device, name, since, seen FROM token WHERE ?1 IS NULL OR person = ?1"
      " ORDER BY since",
      NULL);

  if (statement == NULL)
    return list;
  if (person != NULL)
    baton_bind_text (statement, 1, person);
  else
    sqlite3_bind_null (statement, 1);
  while (sqlite3_step (statement) == SQLITE_ROW)
    {
      BatonToken *token;

      if (sqlite3_column_bytes (statement, 0) != BATON_SECRET_HASH_BYTES)
        continue;
      token = g_new0 (BatonToken, 1);
      memcpy (token->hash, sqlite3_column_blob (statement, 0), BATON_SECRET_HASH_BYTES);
      token->person = baton_column_dup (statement, 1);
      token->device = baton_column_dup (statement, 2);
      token->name = baton_column_dup (statement, 3);
      token->since = sqlite3_column_int64 (statement, 4);
      token->seen = sqlite3_column_int64 (statement, 5);
      g_ptr_array_add (list, token);
    }
  sqlite3_reset (statement);
  return list;
}

gboolean
baton_accounts_revoke (
    BatonAccounts *accounts, const char *person, const char *device, BatonActor actor, GError **error)
{
  sqlite3_stmt *statement =
      baton_db_prepare (accounts->db, "DELETE FROM token WHERE person = ? AND device = ?", error);
  gboolean ok;

  if (statement == NULL || !baton_accounts_begin (accounts, error))
    return FALSE;
  baton_bind_text (statement, 1, person);
  baton_bind_text (statement, 2, device);
  ok = baton_db_run (accounts->db, statement, error);
  if (ok && sqlite3_changes (accounts->db->handle) == 0)
    ok = baton_accounts_refuse (error, BATON_ERROR_NOT_FOUND, _ ("There is no such device."));
  ok = ok && baton_accounts_note (accounts, actor, "revoke", device, person, error);
  return baton_accounts_end (accounts, ok, error);
}

static gboolean
note_seen (BatonAccounts *accounts, const BatonToken *token, GError **error)
{
  sqlite3_stmt *statement =
      baton_db_prepare (accounts->db, "UPDATE token SET seen = ?2 WHERE hash = ?1", error);

  if (statement == NULL)
    return FALSE;
  baton_bind_hash (statement, 1, token->hash);
  sqlite3_bind_int64 (statement, 2, token->seen);
  return baton_db_run (accounts->db, statement, error);
}

gboolean
baton_accounts_seen (BatonAccounts *accounts, GPtrArray *tokens, GError **error)
{
  gboolean ok = TRUE;

  if (!baton_accounts_begin (accounts, error))
    return FALSE;
  for (guint i = 0; i < tokens->len && ok; i++)
    ok = note_seen (accounts, g_ptr_array_index (tokens, i), error);
  return baton_accounts_end (accounts, ok, error);
}

gboolean
baton_accounts_drop_tokens (BatonAccounts *accounts, const char *person, const guint8 *keep, GError **error)
{
  sqlite3_stmt *statement = baton_db_prepare (
      accounts->db, "DELETE FROM token WHERE person = ?1 AND (?2 IS NULL OR hash != ?2)", error);

  if (statement == NULL)
    return FALSE;
  baton_bind_text (statement, 1, person);
  if (keep != NULL)
    baton_bind_hash (statement, 2, keep);
  else
    sqlite3_bind_null (statement, 2);
  return baton_db_run (accounts->db, statement, error);
}

guint64
baton_accounts_uploaded (BatonAccounts *accounts, const char *person)
{
  g_autofree char *bytes = baton_db_text (accounts->db, "SELECT bytes FROM upload WHERE person = ?", person);

  return bytes != NULL ? g_ascii_strtoull (bytes, NULL, 10) : 0;
}

gboolean
baton_accounts_add_upload (BatonAccounts *accounts, const char *person, gint64 bytes, GError **error)
{
  sqlite3_stmt *statement = baton_db_prepare (accounts->db,
      "INSERT INTO upload (person, bytes) VALUES (?, ?)"
      " ON CONFLICT (person) DO UPDATE SET bytes = bytes + excluded.bytes",
      error);

  if (statement == NULL)
    return FALSE;
  baton_bind_text (statement, 1, person);
  sqlite3_bind_int64 (statement, 2, bytes);
  return baton_db_run (accounts->db, statement, error);
}

gboolean
baton_accounts_note_begun (
    BatonAccounts *accounts, const char *hash, gint64 size, const char *person, GError **error)
{
  sqlite3_stmt *statement = baton_db_prepare (
      accounts->db, "INSERT OR REPLACE INTO begun (hash, size, person) VALUES (?, ?, ?)", error);

  if (statement == NULL)
    return FALSE;
  baton_bind_text (statement, 1, hash);
  sqlite3_bind_int64 (statement, 2, size);
  baton_bind_text (statement, 3, person);
  return baton_db_run (accounts->db, statement, error);
}

gboolean
baton_accounts_forget_begun (BatonAccounts *accounts, const char *hash, GError **error)
{
  sqlite3_stmt *statement = baton_db_prepare (accounts->db, "DELETE FROM begun WHERE hash = ?", error);

  if (statement == NULL)
    return FALSE;
  baton_bind_text (statement, 1, hash);
  return baton_db_run (accounts->db, statement, error);
}

gboolean
baton_accounts_each_begun (BatonAccounts *accounts, BatonBegunFunc func, gpointer data, GError **error)
{
  sqlite3_stmt *statement = baton_db_prepare (accounts->db, "SELECT hash, size, person FROM begun", error);
  gboolean more;

  if (statement == NULL)
    return FALSE;
  while (baton_db_step (accounts->db, statement, &more, error))
    {
      if (!more)
        return TRUE;
      func ((const char *) sqlite3_column_text (statement, 0), sqlite3_column_int64 (statement, 1),
          (const char *) sqlite3_column_text (statement, 2), data);
    }
  return FALSE;
}
