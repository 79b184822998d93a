/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-server"

#include "commands.h"

#include "baton-error.h"
#include "keep.h"
#include "people.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  BatonAccounts *accounts;
  const char *url;
  json_t *command;
  BatonActor actor;
} Context;

static const char *
text_of (Context *context, const char *name)
{
  return json_string_value (json_object_get (context->command, name));
}

static json_t *
fail (GError **error, BatonErrorCode code, const char *sentence)
{
  g_set_error_literal (error, BATON_ERROR, code, sentence);
  return NULL;
}

static json_t *
done (gboolean ok)
{
  return ok ? json_pack ("{s:b}", "ok", 1) : NULL;
}

static BatonRole
role_of (Context *context, GError **error)
{
  BatonRole role = baton_role_find (text_of (context, "role"));

  if (role == BATON_ROLE_NONE)
    fail (error, BATON_ERROR_INVALID, _ ("A role is one of owner, manager, member, reviewer and viewer."));
  return role;
}

static BatonAccount *
account_of (Context *context, GError **error)
{
  const char *name = text_of (context, "name");
  BatonAccount *account = name != NULL ? baton_accounts_find (context->accounts, name) : NULL;

  if (account == NULL)
    g_set_error (error, BATON_ERROR, BATON_ERROR_NOT_FOUND, _ ("There is nobody with the name “%s” here."),
        name != NULL ? name : "");
  return account;
}

static json_t *
do_invite (Context *context, GError **error)
{
  BatonRole role = role_of (context, error);

  return role == BATON_ROLE_NONE
             ? NULL
             : baton_people_invite (context->accounts, context->url, role, context->actor, error);
}

static json_t *
do_users (Context *context, GError **error)
{
  return baton_people_members (context->accounts);
}

static json_t *
do_role (Context *context, GError **error)
{
  BatonRole role = role_of (context, error);
  g_autoptr (BatonAccount) account = role != BATON_ROLE_NONE ? account_of (context, error) : NULL;

  return done (account != NULL &&
               baton_accounts_set_role (context->accounts, account->person, role, context->actor, error));
}

static json_t *
do_remove (Context *context, GError **error)
{
  g_autoptr (BatonAccount) account = account_of (context, error);

  return done (
      account != NULL && baton_accounts_remove (context->accounts, account->person, context->actor, error));
}

/* The hash comes in: the password itself never leaves the program that read it. */
static json_t *
do_password (Context *context, GError **error)
{
  g_autoptr (BatonAccount) account = account_of (context, error);
  const char *encoded = text_of (context, "encoded");

  if (account != NULL && (encoded == NULL || !g_str_has_prefix (encoded, "$argon2id$")))
    return fail (error, BATON_ERROR_INVALID, _ ("The password’s hash is missing."));
  return done (account != NULL && baton_accounts_set_password (context->accounts, account->person, encoded,
                                      NULL, context->actor, error));
}

static json_t *
do_devices (Context *context, GError **error)
{
  g_autoptr (BatonAccount) account = account_of (context, error);

  return account != NULL ? baton_people_devices (context->accounts, account->person, NULL) : NULL;
}

static json_t *
do_revoke (Context *context, GError **error)
{
  g_autoptr (BatonAccount) account = account_of (context, error);
  const char *device = text_of (context, "device");
  g_autoptr (GPtrArray) tokens = NULL;
  guint revoked = 0;

  if (account == NULL)
    return NULL;
  tokens = baton_accounts_tokens (context->accounts, account->person);
  for (guint i = 0; i < tokens->len; i++)
    {
      const BatonToken *token = g_ptr_array_index (tokens, i);

      if (device != NULL && !g_str_equal (device, token->device) && !g_str_equal (device, token->name))
        continue;
      if (!baton_accounts_revoke (context->accounts, account->person, token->device, context->actor, error))
        return NULL;
      revoked++;
    }
  if (revoked == 0 && device != NULL)
    return fail (error, BATON_ERROR_NOT_FOUND, _ ("There is no such device."));
  return json_pack ("{s:b, s:i}", "ok", 1, "revoked", (int) revoked);
}

static json_t *
do_log (Context *context, GError **error)
{
  json_t *most = json_object_get (context->command, "most");
  g_autoptr (GPtrArray) lines = baton_accounts_audit_lines (
      context->accounts, json_is_integer (most) ? json_integer_value (most) : 100);
  json_t *list = json_array ();

  for (guint i = 0; i < lines->len; i++)
    {
      const BatonAuditLine *line = g_ptr_array_index (lines, i);
      g_autoptr (BatonAccount) who = baton_accounts_get (context->accounts, line->who);

      json_array_append_new (list,
          json_pack ("{s:I, s:I, s:s, s:s, s:s}", "seq", (json_int_t) line->seq, "at", (json_int_t) line->at,
              "who", who != NULL ? who->name : line->who, "what", line->what, "detail", line->detail));
    }
  return json_pack ("{s:o}", "lines", list);
}

static const struct
{
  const char *name;
  json_t *(*run) (Context *context, GError **error);
} commands[] = {
  { "invite", do_invite },
  { "users", do_users },
  { "role", do_role },
  { "remove", do_remove },
  { "password", do_password },
  { "devices", do_devices },
  { "revoke", do_revoke },
  { "log", do_log },
};

json_t *
baton_command_people (BatonAccounts *accounts, const char *url, json_t *command, GError **error)
{
  Context context = { accounts, url, command, { "console", g_get_real_time () } };
  const char *name = text_of (&context, "do");

  for (guint i = 0; name != NULL && i < G_N_ELEMENTS (commands); i++)
    {
      if (g_str_equal (commands[i].name, name))
        return commands[i].run (&context, error);
    }
  return fail (error, BATON_ERROR_NOT_FOUND, _ ("There is no such command."));
}

json_t *
baton_command_failed (const GError *error)
{
  return json_pack ("{s:s, s:i}", "error", error->message, "code",
      error->domain == BATON_ERROR ? error->code : BATON_ERROR_IO);
}

json_t *
baton_command_backup (const char *folder, gint64 at, GError **error)
{
  g_autoptr (BatonBackup) backup = baton_keep_make (folder, at, error);

  if (backup == NULL)
    return NULL;
  return json_pack ("{s:s, s:I, s:I, s:i, s:i}", "path", backup->path, "seq", (json_int_t) backup->seq, "at",
      (json_int_t) backup->at, "blobs", (int) backup->blobs, "missing", (int) backup->missing);
}

json_t *
baton_command_verify (const char *folder, gboolean deep, BatonAccounts *accounts, GError **error)
{
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *head = NULL;
  gint64 operations = 0, lines = 0;
  json_t *list;

  if (!baton_keep_verify (folder, deep, problems, &operations, error) ||
      !baton_accounts_verify (accounts, problems, &lines, &head, error))
    return NULL;
  list = json_array ();
  for (guint i = 0; i < problems->len; i++)
    json_array_append_new (list, json_string (g_ptr_array_index (problems, i)));
  return json_pack ("{s:b, s:I, s:I, s:s*, s:o}", "ok", problems->len == 0, "operations",
      (json_int_t) operations, "audit_lines", (json_int_t) lines, "audit_head", head, "problems", list);
}
