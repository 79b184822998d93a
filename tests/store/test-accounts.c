/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-test"

/* Accounts, invitations, tokens, and an audit log that shows when somebody has been at it. */

#include "accounts.h"
#include "test-random.h"
#include "test-store.h"

#include <sqlite3.h>
#include <string.h>

#define DAY G_TIME_SPAN_DAY

typedef struct
{
  char *folder;
  BatonAccounts *accounts;
  gint64 now;
  guint8 next; /* makes hashes and ids */
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  f->folder = baton_test_folder_new ();
  f->accounts = baton_accounts_open (f->folder, &error);
  g_assert_no_error (error);
  f->now = G_GINT64_CONSTANT (1767009600000000);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  g_clear_pointer (&f->accounts, baton_accounts_close);
  baton_test_folder_remove (f->folder);
  g_free (f->folder);
}

static BatonActor
actor (Fixture *f, const char *who)
{
  return (BatonActor){ who, f->now };
}

static char *
make_id (Fixture *f)
{
  return g_strdup_printf ("00000000-0000-7000-8000-0000000000%02x", ++f->next);
}

static void
invite (Fixture *f, BatonRole role, guint8 *hash)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BatonInvitation) invitation = NULL;

  memset (hash, ++f->next, BATON_SECRET_HASH_BYTES);
  invitation = baton_accounts_invite (f->accounts, hash, role, actor (f, "console"), &error);
  g_assert_no_error (error);
  g_assert_cmpint (invitation->expires, ==, f->now + 3 * DAY);
}

static gboolean
join (Fixture *f, const guint8 *hash, const char *name, char **person, GError **error)
{
  g_autoptr (BatonAccount) account = g_new0 (BatonAccount, 1);

  account->person = make_id (f);
  account->name = g_strdup (name);
  account->password = g_strdup ("$argon2id$…");
  if (!baton_accounts_join (f->accounts, hash, account, actor (f, account->person), error))
    return FALSE;
  if (person != NULL)
    *person = g_strdup (account->person);
  return TRUE;
}

static char *
join_as (Fixture *f, const char *name, BatonRole role)
{
  g_autoptr (GError) error = NULL;
  guint8 hash[BATON_SECRET_HASH_BYTES];
  char *person = NULL;

  invite (f, role, hash);
  join (f, hash, name, &person, &error);
  g_assert_no_error (error);
  return person;
}

static void
test_invitation_once (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  guint8 hash[BATON_SECRET_HASH_BYTES], wrong[BATON_SECRET_HASH_BYTES] = { 0 };

  invite (f, BATON_ROLE_REVIEWER, hash);
  g_assert_cmpint (baton_accounts_invitation_role (f->accounts, hash, f->now), ==, BATON_ROLE_REVIEWER);
  g_assert_false (join (f, wrong, "Eve", NULL, &error));
  g_assert_error (error, BATON_ERROR, BATON_ERROR_FORBIDDEN);
  g_clear_error (&error);
  g_assert_true (join (f, hash, "Ada", NULL, &error));
  g_assert_no_error (error);
  g_assert_false (join (f, hash, "Bob", NULL, &error));
  g_assert_error (error, BATON_ERROR, BATON_ERROR_FORBIDDEN);
  g_assert_cmpint (baton_accounts_count (f->accounts, BATON_ROLE_NONE), ==, 1);
  g_assert_cmpint (baton_accounts_count (f->accounts, BATON_ROLE_REVIEWER), ==, 1);
}

static void
test_invitation_expires (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  guint8 hash[BATON_SECRET_HASH_BYTES];

  invite (f, BATON_ROLE_MEMBER, hash);
  f->now += 3 * DAY - 1;
  g_assert_cmpint (baton_accounts_invitation_role (f->accounts, hash, f->now), ==, BATON_ROLE_MEMBER);
  f->now += 1;
  g_assert_cmpint (baton_accounts_invitation_role (f->accounts, hash, f->now), ==, BATON_ROLE_NONE);
  g_assert_false (join (f, hash, "Ada", NULL, &error));
  g_assert_error (error, BATON_ERROR, BATON_ERROR_FORBIDDEN);
}

static void
test_invitation_taken_back (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) open = NULL;
  guint8 hash[BATON_SECRET_HASH_BYTES];
  BatonInvitation *invitation;

  invite (f, BATON_ROLE_MEMBER, hash);
  open = baton_accounts_invitations (f->accounts, f->now);
  g_assert_cmpuint (open->len, ==, 1);
  invitation = g_ptr_array_index (open, 0);
  g_assert_true (
      baton_accounts_remove_invitation (f->accounts, invitation->id, actor (f, "console"), &error));
  g_assert_false (
      baton_accounts_remove_invitation (f->accounts, invitation->id, actor (f, "console"), &error));
  g_assert_error (error, BATON_ERROR, BATON_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_false (join (f, hash, "Ada", NULL, &error));
  g_assert_error (error, BATON_ERROR, BATON_ERROR_FORBIDDEN);
}

/* A name that is taken does not cost the invitation. */
static void
test_names (Fixture *f, gconstpointer data)
{
  static const char *const same[] = { "Zoë", "  zoë ", "ZOË", "Zoe\xcc\x88" };
  static const char *const none[] = { "", "  ", "a\nb",
    "a\xe2\x80\xae"
    "b",
    "\xff" };
  g_autofree char *zoe = join_as (f, "Zoë", BATON_ROLE_OWNER);
  guint8 hash[BATON_SECRET_HASH_BYTES];
  g_autoptr (GError) error = NULL;

  invite (f, BATON_ROLE_MEMBER, hash);
  for (guint i = 0; i < G_N_ELEMENTS (same); i++)
    {
      g_autoptr (BatonAccount) found = baton_accounts_find (f->accounts, same[i]);

      g_assert_nonnull (found);
      g_assert_cmpstr (found->person, ==, zoe);
      g_assert_false (join (f, hash, same[i], NULL, &error));
      g_assert_error (error, BATON_ERROR, BATON_ERROR_EXISTS);
      g_clear_error (&error);
    }
  for (guint i = 0; i < G_N_ELEMENTS (none); i++)
    {
      g_assert_false (join (f, hash, none[i], NULL, &error));
      g_assert_error (error, BATON_ERROR, BATON_ERROR_INVALID);
      g_clear_error (&error);
    }
  g_assert_true (join (f, hash, "Zora", NULL, &error));
  g_assert_no_error (error);
}

static void
test_last_owner (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *ada = join_as (f, "Ada", BATON_ROLE_OWNER);
  g_autofree char *bob = join_as (f, "Bob", BATON_ROLE_MEMBER);

  g_assert_false (baton_accounts_remove (f->accounts, ada, actor (f, bob), &error));
  g_assert_error (error, BATON_ERROR, BATON_ERROR_FORBIDDEN);
  g_clear_error (&error);
  g_assert_false (baton_accounts_set_role (f->accounts, ada, BATON_ROLE_MANAGER, actor (f, ada), &error));
  g_assert_error (error, BATON_ERROR, BATON_ERROR_FORBIDDEN);
  g_clear_error (&error);
  g_assert_true (baton_accounts_set_role (f->accounts, bob, BATON_ROLE_OWNER, actor (f, ada), &error));
  g_assert_true (baton_accounts_remove (f->accounts, ada, actor (f, bob), &error));
  g_assert_no_error (error);
  g_assert_null (baton_accounts_find (f->accounts, "Ada"));
  g_assert_false (baton_accounts_set_role (f->accounts, ada, BATON_ROLE_OWNER, actor (f, bob), &error));
  g_assert_error (error, BATON_ERROR, BATON_ERROR_NOT_FOUND);
}

static void
add_token (Fixture *f, const char *person, const char *device, guint8 fill, GError **error)
{
  BatonToken token = { { 0 }, (char *) person, (char *) device, (char *) "Laptop", f->now, f->now };

  memset (token.hash, fill, sizeof token.hash);
  baton_accounts_add_token (f->accounts, &token, actor (f, person), error);
}

static guint
n_tokens (Fixture *f, const char *person)
{
  g_autoptr (GPtrArray) tokens = baton_accounts_tokens (f->accounts, person);

  return tokens->len;
}

static void
test_tokens (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *ada = join_as (f, "Ada", BATON_ROLE_OWNER);
  g_autofree char *bob = join_as (f, "Bob", BATON_ROLE_MEMBER);
  guint8 keep[BATON_SECRET_HASH_BYTES];

  add_token (f, bob, "d1", 1, &error);
  add_token (f, bob, "d2", 2, &error);
  add_token (f, bob, "d2", 3, &error); /* signed in again: the old one is void */
  g_assert_no_error (error);
  g_assert_cmpuint (n_tokens (f, bob), ==, 2);
  g_assert_cmpuint (n_tokens (f, NULL), ==, 2);

  /* Another person's device stays theirs. */
  add_token (f, ada, "d1", 4, &error);
  g_assert_error (error, BATON_ERROR, BATON_ERROR_FORBIDDEN);
  g_clear_error (&error);
  g_assert_false (baton_accounts_claim_device (f->accounts, "d1", ada, NULL));
  g_assert_true (baton_accounts_claim_device (f->accounts, "d1", bob, NULL));
  g_assert_cmpuint (n_tokens (f, ada), ==, 0);

  memset (keep, 3, sizeof keep);
  g_assert_true (baton_accounts_set_password (f->accounts, bob, "new", keep, actor (f, bob), &error));
  g_assert_cmpuint (n_tokens (f, bob), ==, 1);
  g_assert_false (baton_accounts_revoke (f->accounts, ada, "d2", actor (f, ada), &error));
  g_assert_error (error, BATON_ERROR, BATON_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_true (baton_accounts_revoke (f->accounts, bob, "d2", actor (f, ada), &error));
  g_assert_cmpuint (n_tokens (f, bob), ==, 0);
  add_token (f, bob, "d2", 5, &error);
  g_assert_no_error (error);
  g_assert_true (baton_accounts_remove (f->accounts, bob, actor (f, ada), &error));
  g_assert_cmpuint (n_tokens (f, NULL), ==, 0);
}

static guint
verify (Fixture *f, gint64 *lines, char **head)
{
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;

  g_assert_true (baton_accounts_verify (f->accounts, problems, lines, head, &error));
  g_assert_no_error (error);
  for (guint i = 0; i < problems->len; i++)
    g_test_message ("%s", (char *) g_ptr_array_index (problems, i));
  return problems->len;
}

/* What somebody with the file and a database tool would do. */
static void
tamper (Fixture *f, const char *sql)
{
  g_autofree char *path = g_build_filename (f->folder, "accounts.db", NULL);
  sqlite3 *db = NULL;

  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db, sql, NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (db);
}

static void
test_audit (Fixture *f, gconstpointer data)
{
  static const char *const attacks[] = {
    "UPDATE audit SET who = 'mallory' WHERE seq = 3",
    "UPDATE audit SET at = at + 1 WHERE seq = 3",
    "UPDATE audit SET detail = 'x' WHERE seq = 3",
    "UPDATE audit SET hash = zeroblob (32) WHERE seq = 3",
    "DELETE FROM audit WHERE seq = 3",
    "DELETE FROM audit WHERE seq = 1",
    "DELETE FROM audit WHERE seq = 3; UPDATE audit SET seq = seq - 1 WHERE seq > 3",
  };
  g_autofree char *ada = join_as (f, "Ada", BATON_ROLE_OWNER);
  g_autofree char *before = NULL;
  g_autofree char *again = NULL;
  g_autofree char *copy = g_build_filename (f->folder, "copy.db", NULL);
  g_autofree char *path = g_build_filename (f->folder, "accounts.db", NULL);
  g_autoptr (GError) error = NULL;
  gint64 lines;

  for (guint i = 0; i < 4; i++)
    g_assert_true (baton_accounts_audit (f->accounts, actor (f, ada), "start", NULL, &error));
  g_assert_cmpuint (verify (f, &lines, &before), ==, 0);
  g_assert_cmpint (lines, ==, 6); /* invite, join, and these */
  g_assert_cmpuint (strlen (before), ==, 64);
  g_assert_true (baton_accounts_copy (f->accounts, copy, &error));
  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (attacks); i++)
    {
      g_autofree char *bytes = NULL;
      gsize length;

      g_test_message ("%s", attacks[i]);
      tamper (f, attacks[i]);
      g_assert_cmpuint (verify (f, NULL, NULL), >, 0);
      g_clear_pointer (&f->accounts, baton_accounts_close);
      g_assert_true (g_file_get_contents (copy, &bytes, &length, NULL));
      g_assert_true (g_file_set_contents (path, bytes, (gssize) length, NULL));
      f->accounts = baton_accounts_open (f->folder, &error);
      g_assert_no_error (error);
    }
  g_assert_cmpuint (verify (f, &lines, &again), ==, 0);
  g_assert_cmpstr (again, ==, before);
}

static void
test_audit_says (Fixture *f, gconstpointer data)
{
  g_autofree char *ada = join_as (f, "Ada", BATON_ROLE_OWNER);
  g_autoptr (GPtrArray) lines = baton_accounts_audit_lines (f->accounts, 1);
  const BatonAuditLine *line = g_ptr_array_index (lines, 0);

  g_assert_cmpuint (lines->len, ==, 1);
  g_assert_cmpstr (line->who, ==, ada);
  g_assert_cmpstr (line->what, ==, "join");
  g_assert_cmpstr (line->detail, ==, "Ada: owner");
}

#define ADD(name, func) g_test_add ("/store/accounts/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("invitation-once", test_invitation_once);
  ADD ("invitation-expires", test_invitation_expires);
  ADD ("invitation-taken-back", test_invitation_taken_back);
  ADD ("names", test_names);
  ADD ("last-owner", test_last_owner);
  ADD ("tokens", test_tokens);
  ADD ("audit", test_audit);
  ADD ("audit-says", test_audit_says);
  return g_test_run ();
}
