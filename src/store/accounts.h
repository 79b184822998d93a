/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "roles.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* The people of a shared workspace, their devices' tokens, invitations, and the audit log: DIR/accounts.db.
 * It is a file of its own so that a restored workspace does not bring back who was shut out, so that a backup
 * of the board carries no password, and so that signing in never waits for the board. Used by one thread at a
 * time; secrets come in as hashes only. Every change writes its line of the audit log in the same
 * transaction. */

typedef struct _BatonAccounts BatonAccounts;

#define BATON_SECRET_HASH_BYTES 32
#define BATON_INVITATION_LIFE (72 * G_TIME_SPAN_HOUR)
#define BATON_NAME_BYTES 200

BatonAccounts *baton_accounts_open (const char *folder, GError **error);
/* To read beside the server that has it open. */
BatonAccounts *baton_accounts_look (const char *folder, GError **error);
void baton_accounts_close (BatonAccounts *accounts);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BatonAccounts, baton_accounts_close)

char *baton_accounts_meta (BatonAccounts *accounts, const char *key);
gboolean baton_accounts_set_meta (
    BatonAccounts *accounts, const char *key, const char *value, GError **error);

/* Who does it and when, for the audit log: the id of a person, or "console" for who sits at the server. */
typedef struct
{
  const char *who;
  gint64 at;
} BatonActor;

typedef struct
{
  char *person; /* id of the row in the workspace */
  char *name;
  char *password; /* argon2id in its text form */
  BatonRole role; /* BATON_ROLE_NONE: removed */
  gint64 since;
} BatonAccount;

void baton_account_free (BatonAccount *account);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BatonAccount, baton_account_free)

/* The form of a name that tells accounts apart; NULL with BATON_ERROR_INVALID when it is no name. Transfer
 * full. */
char *baton_account_name_key (const char *name, GError **error);

gint64 baton_accounts_count (BatonAccounts *accounts, BatonRole role); /* BATON_ROLE_NONE: of any role */
BatonAccount *baton_accounts_get (BatonAccounts *accounts, const char *person);
BatonAccount *baton_accounts_find (BatonAccounts *accounts, const char *name); /* living ones only */
GPtrArray *baton_accounts_list (BatonAccounts *accounts);                      /* living ones, by name */

/* Uses up an invitation and makes its account; account->role is set from it. BATON_ERROR_FORBIDDEN when the
 * invitation is unknown, used or too old; BATON_ERROR_EXISTS when the name or the person is taken, the
 * invitation then stays. */
gboolean baton_accounts_join (BatonAccounts *accounts, const guint8 *invitation, BatonAccount *account,
    BatonActor actor, GError **error);

/* The last owner stays one: BATON_ERROR_FORBIDDEN. Removing takes the tokens along. */
gboolean baton_accounts_set_role (
    BatonAccounts *accounts, const char *person, BatonRole role, BatonActor actor, GError **error);
gboolean baton_accounts_remove (
    BatonAccounts *accounts, const char *person, BatonActor actor, GError **error);

/* Tokens of other devices become void; keep (may be NULL) is the hash of the token that stays. */
gboolean baton_accounts_set_password (BatonAccounts *accounts, const char *person, const char *password,
    const guint8 *keep, BatonActor actor, GError **error);

/* Invitations. */
typedef struct
{
  char *id;
  char *by;
  BatonRole role;
  gint64 expires;
} BatonInvitation;

void baton_invitation_free (BatonInvitation *invitation);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BatonInvitation, baton_invitation_free)

BatonInvitation *baton_accounts_invite (
    BatonAccounts *accounts, const guint8 *hash, BatonRole role, BatonActor actor, GError **error);

/* The role that it would give, or BATON_ROLE_NONE when it is unknown, used or too old. */
BatonRole baton_accounts_invitation_role (BatonAccounts *accounts, const guint8 *hash, gint64 now);
GPtrArray *baton_accounts_invitations (
    BatonAccounts *accounts, gint64 now); /* open ones, of BatonInvitation */
gboolean baton_accounts_remove_invitation (
    BatonAccounts *accounts, const char *id, BatonActor actor, GError **error);

/* Tokens: one for each device that is signed in. */
typedef struct
{
  guint8 hash[BATON_SECRET_HASH_BYTES];
  char *person;
  char *device;
  char *name; /* of the device */
  gint64 since;
  gint64 seen;
} BatonToken;

void baton_token_free (BatonToken *token);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BatonToken, baton_token_free)

/* The device's earlier token becomes void. BATON_ERROR_FORBIDDEN when the device belongs to somebody else. */
gboolean baton_accounts_add_token (
    BatonAccounts *accounts, const BatonToken *token, BatonActor actor, GError **error);
GPtrArray *baton_accounts_tokens (BatonAccounts *accounts, const char *person); /* NULL: of everybody */

/* FALSE with BATON_ERROR_NOT_FOUND when this person has no such device. */
gboolean baton_accounts_revoke (
    BatonAccounts *accounts, const char *person, const char *device, BatonActor actor, GError **error);
/* When these tokens (of BatonToken; hash and seen) were used last, in one transaction. */
gboolean baton_accounts_seen (BatonAccounts *accounts, GPtrArray *tokens, GError **error);

/* A device id belongs to the person that used it first. FALSE with BATON_ERROR_FORBIDDEN when that is
 * another. */
gboolean baton_accounts_claim_device (
    BatonAccounts *accounts, const char *device, const char *person, GError **error);

/* Id of the person that a device belongs to, or NULL. Transfer full. */
char *baton_accounts_device_owner (BatonAccounts *accounts, const char *device);

/* Bytes of files that a person has uploaded so far. */
guint64 baton_accounts_uploaded (BatonAccounts *accounts, const char *person);
gboolean baton_accounts_add_upload (
    BatonAccounts *accounts, const char *person, gint64 bytes, GError **error);

/* Files that have been begun and have not arrived: they count, also after a restart. Notes whose a part is.
 */
gboolean baton_accounts_note_begun (
    BatonAccounts *accounts, const char *hash, gint64 size, const char *person, GError **error);
gboolean baton_accounts_forget_begun (BatonAccounts *accounts, const char *hash, GError **error);
typedef void (*BatonBegunFunc) (const char *hash, gint64 size, const char *person, gpointer data);
gboolean baton_accounts_each_begun (
    BatonAccounts *accounts, BatonBegunFunc func, gpointer data, GError **error);

/* The audit log: who did what to people, tokens and the server. Each line's hash covers the line before. */
typedef struct
{
  gint64 seq;
  gint64 at;
  char *who;
  char *what;   /* "sign-in", "role" … */
  char *detail; /* no secrets */
} BatonAuditLine;

void baton_audit_line_free (BatonAuditLine *line);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BatonAuditLine, baton_audit_line_free)

gboolean baton_accounts_audit (
    BatonAccounts *accounts, BatonActor actor, const char *what, const char *detail, GError **error);
GPtrArray *baton_accounts_audit_lines (BatonAccounts *accounts, gint64 newest); /* oldest first */

/* Checks pages and chain. problems: sentences, transfer full. head: hash of the last line in hex (transfer
 * full), which somebody may note elsewhere to see later that no lines were cut off. */
gboolean baton_accounts_verify (
    BatonAccounts *accounts, GPtrArray *problems, gint64 *lines, char **head, GError **error);

/* A verified copy, as baton_backup_write does of a workspace. */
gboolean baton_accounts_copy (BatonAccounts *accounts, const char *target, GError **error);

G_END_DECLS
