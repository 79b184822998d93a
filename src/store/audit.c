/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-store"

/* The audit log: lines that are only ever added, each with a hash over itself and the hash of the line
 * before. */

#include "accounts-private.h"

#include "baton-error.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <sodium.h>
#include <string.h>

void
baton_audit_line_free (BatonAuditLine *line)
{
  g_free (line->who);
  g_free (line->what);
  g_free (line->detail);
  g_free (line);
}

static void
chain (const guint8 *before, const BatonAuditLine *line, guint8 hash[BATON_SECRET_HASH_BYTES])
{
  crypto_generichash_state state;
  guint64 numbers[2] = { GUINT64_TO_LE ((guint64) line->seq), GUINT64_TO_LE ((guint64) line->at) };

  crypto_generichash_init (&state, NULL, 0, BATON_SECRET_HASH_BYTES);
  crypto_generichash_update (&state, before, BATON_SECRET_HASH_BYTES);
  crypto_generichash_update (&state, (const guint8 *) numbers, sizeof numbers);
  crypto_generichash_update (&state, (const guint8 *) line->who, strlen (line->who) + 1);
  crypto_generichash_update (&state, (const guint8 *) line->what, strlen (line->what) + 1);
  crypto_generichash_update (&state, (const guint8 *) line->detail, strlen (line->detail) + 1);
  crypto_generichash_final (&state, hash, BATON_SECRET_HASH_BYTES);
}

static gboolean
read_head (BatonAccounts *accounts, gint64 *seq, guint8 hash[BATON_SECRET_HASH_BYTES], GError **error)
{
  sqlite3_stmt *statement =
      baton_db_prepare (accounts->db, "SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1", error);
  gboolean row;

  *seq = 0;
  memset (hash, 0, BATON_SECRET_HASH_BYTES);
  if (statement == NULL || !baton_db_step (accounts->db, statement, &row, error))
    return FALSE;
  if (row && sqlite3_column_bytes (statement, 1) == BATON_SECRET_HASH_BYTES)
    {
      *seq = sqlite3_column_int64 (statement, 0);
      memcpy (hash, sqlite3_column_blob (statement, 1), BATON_SECRET_HASH_BYTES);
    }
  sqlite3_reset (statement);
  return TRUE;
}

static gboolean
append (BatonAccounts *accounts, BatonAuditLine *line, GError **error)
{
  guint8 before[BATON_SECRET_HASH_BYTES], hash[BATON_SECRET_HASH_BYTES];
  sqlite3_stmt *statement;

  if (!read_head (accounts, &line->seq, before, error))
    return FALSE;
  line->seq++;
  chain (before, line, hash);
  statement = baton_db_prepare (
      accounts->db, "INSERT INTO audit (seq, at, who, what, detail, hash) VALUES (?, ?, ?, ?, ?, ?)", error);
  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, line->seq);
  sqlite3_bind_int64 (statement, 2, line->at);
  baton_bind_text (statement, 3, line->who);
  baton_bind_text (statement, 4, line->what);
  baton_bind_text (statement, 5, line->detail);
  baton_bind_hash (statement, 6, hash);
  return baton_db_run (accounts->db, statement, error);
}

gboolean
baton_accounts_note (BatonAccounts *accounts, BatonActor actor, const char *what, const char *subject,
    const char *detail, GError **error)
{
  g_autofree char *text = detail != NULL ? g_strdup_printf ("%s: %s", subject, detail) : g_strdup (subject);
  BatonAuditLine line = { 0, actor.at, (char *) actor.who, (char *) what, text };

  return append (accounts, &line, error);
}

gboolean
baton_accounts_audit (
    BatonAccounts *accounts, BatonActor actor, const char *what, const char *detail, GError **error)
{
  BatonAuditLine line = { 0, actor.at, (char *) actor.who, (char *) what, (char *) (detail ? detail : "") };

  return baton_accounts_begin (accounts, error) &&
         baton_accounts_end (accounts, append (accounts, &line, error), error);
}

static BatonAuditLine *
read_line (sqlite3_stmt *statement)
{
  BatonAuditLine *line = g_new0 (BatonAuditLine, 1);

  line->seq = sqlite3_column_int64 (statement, 0);
  line->at = sqlite3_column_int64 (statement, 1);
  line->who = baton_column_dup (statement, 2);
  line->what = baton_column_dup (statement, 3);
  line->detail = baton_column_dup (statement, 4);
  return line;
}

GPtrArray *
baton_accounts_audit_lines (BatonAccounts *accounts, gint64 newest)
{
  GPtrArray *list = g_ptr_array_new_with_free_func ((GDestroyNotify) baton_audit_line_free);
  sqlite3_stmt *statement = baton_db_prepare (accounts->db,
      "SELECT seq, at, who, what, detail FROM (SELECT * FROM audit ORDER BY seq DESC LIMIT ?) ORDER BY seq",
      NULL);

  if (statement == NULL)
    return list;
  sqlite3_bind_int64 (statement, 1, newest);
  while (sqlite3_step (statement) == SQLITE_ROW)
    g_ptr_array_add (list, read_line (statement));
  sqlite3_reset (statement);
  return list;
}

static gboolean
check_pages (BatonAccounts *accounts, GPtrArray *problems)
{
  g_autofree char *answer = baton_db_text (accounts->db, "PRAGMA integrity_check", NULL);

  if (g_strcmp0 (answer, "ok") == 0)
    return TRUE;
  g_ptr_array_add (problems, g_strdup_printf (_ ("The file accounts.db is damaged (%s)."),
                                 answer != NULL ? answer : _ ("unreadable")));
  return FALSE;
}

static gboolean
check_line (
    sqlite3_stmt *statement, gint64 expected, guint8 before[BATON_SECRET_HASH_BYTES], GPtrArray *problems)
{
  g_autoptr (BatonAuditLine) line = read_line (statement);
  guint8 hash[BATON_SECRET_HASH_BYTES];
  gboolean ok;

  if (line->seq != expected)
    {
      g_ptr_array_add (problems, g_strdup_printf (_ ("The audit log lacks line %d."), (int) expected));
      return FALSE;
    }
  chain (before, line, hash);
  ok = sqlite3_column_bytes (statement, 5) == sizeof hash &&
       memcmp (sqlite3_column_blob (statement, 5), hash, sizeof hash) == 0;
  if (!ok)
    g_ptr_array_add (
        problems, g_strdup_printf (_ ("Line %d of the audit log is not what was written."), (int) expected));
  memcpy (before, hash, sizeof hash);
  return ok;
}

gboolean
baton_accounts_verify (
    BatonAccounts *accounts, GPtrArray *problems, gint64 *lines, char **head, GError **error)
{
  guint8 before[BATON_SECRET_HASH_BYTES] = { 0 };
  char hex[2 * BATON_SECRET_HASH_BYTES + 1];
  sqlite3_stmt *statement;
  gint64 seen = 0;
  gboolean row = TRUE;

  if (!check_pages (accounts, problems))
    return TRUE;
  statement = baton_db_prepare (
      accounts->db, "SELECT seq, at, who, what, detail, hash FROM audit ORDER BY seq", error);
  if (statement == NULL)
    return FALSE;
  while (row)
    {
      if (!baton_db_step (accounts->db, statement, &row, error))
        return FALSE;
      if (row && !check_line (statement, ++seen, before, problems))
        break;
    }
  sqlite3_reset (statement);
  if (lines != NULL)
    *lines = seen;
  if (head != NULL)
    *head = g_strdup (sodium_bin2hex (hex, sizeof hex, before, sizeof before));
  return TRUE;
}

gboolean
baton_accounts_copy (BatonAccounts *accounts, const char *target, GError **error)
{
  g_autofree char *part = g_strconcat (target, ".part", NULL);
  g_autofree char *answer = NULL;
  sqlite3_stmt *statement;
  gboolean ok;

  g_remove (part);
  statement = baton_db_prepare (accounts->db, "VACUUM INTO ?", error);
  if (statement == NULL)
    return FALSE;
  baton_bind_text (statement, 1, part);
  ok = baton_db_run (accounts->db, statement, error);
  if (ok)
    {
      g_autoptr (BatonDb) copy = baton_db_look (part, error);

      answer = copy != NULL ? baton_db_text (copy, "PRAGMA integrity_check", NULL) : NULL;
    }
  if (ok && g_strcmp0 (answer, "ok") != 0)
    ok = baton_accounts_refuse (error, BATON_ERROR_CORRUPT, _ ("The copy of accounts.db is damaged."));
  ok = ok && g_chmod (part, 0600) == 0 && g_rename (part, target) == 0;
  if (!ok)
    g_remove (part);
  if (!ok && error != NULL && *error == NULL)
    baton_accounts_refuse (error, BATON_ERROR_IO, _ ("The copy of accounts.db cannot be given its name."));
  return ok;
}
