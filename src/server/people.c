/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-server"

#include "people.h"

#include "secrets.h"

json_t *
baton_people_members (BatonAccounts *accounts)
{
  g_autoptr (GPtrArray) list = baton_accounts_list (accounts);
  json_t *members = json_array ();

  for (guint i = 0; i < list->len; i++)
    {
      const BatonAccount *account = g_ptr_array_index (list, i);

      json_array_append_new (
          members, json_pack ("{s:s, s:s, s:s, s:I}", "person", account->person, "name", account->name,
                       "role", baton_role_name (account->role), "since", (json_int_t) account->since));
    }
  return json_pack ("{s:o}", "members", members);
}

json_t *
baton_people_devices (BatonAccounts *accounts, const char *person, const char *here)
{
  g_autoptr (GPtrArray) tokens = baton_accounts_tokens (accounts, person);
  json_t *devices = json_array ();

  for (guint i = 0; i < tokens->len; i++)
    {
      const BatonToken *token = g_ptr_array_index (tokens, i);

      json_array_append_new (
          devices, json_pack ("{s:s, s:s, s:s, s:I, s:I, s:b}", "id", token->device, "person", token->person,
                       "name", token->name, "since", (json_int_t) token->since, "seen",
                       (json_int_t) token->seen, "here", g_strcmp0 (token->device, here) == 0));
    }
  return json_pack ("{s:o}", "devices", devices);
}

json_t *
baton_people_invitations (BatonAccounts *accounts, gint64 now)
{
  g_autoptr (GPtrArray) list = baton_accounts_invitations (accounts, now);
  json_t *invitations = json_array ();

  for (guint i = 0; i < list->len; i++)
    {
      const BatonInvitation *invitation = g_ptr_array_index (list, i);

      json_array_append_new (invitations,
          json_pack ("{s:s, s:s, s:I, s:s}", "id", invitation->id, "role", baton_role_name (invitation->role),
              "expires", (json_int_t) invitation->expires, "by", invitation->by));
    }
  return json_pack ("{s:o}", "invitations", invitations);
}

json_t *
baton_people_invite (
    BatonAccounts *accounts, const char *url, BatonRole role, BatonActor actor, GError **error)
{
  char *secret = baton_secret_new ();
  g_autofree char *link = baton_invitation_link (url, secret);
  g_autofree char *web = baton_invitation_web_link (url, secret);
  guint8 hash[BATON_SECRET_HASH];
  g_autoptr (BatonInvitation) invitation = NULL;

  baton_secret_hash (secret, hash);
  baton_secret_free (secret);
  invitation = baton_accounts_invite (accounts, hash, role, actor, error);
  if (invitation == NULL)
    return NULL;
  return json_pack ("{s:s, s:s, s:s, s:s, s:I}", "invitation", link, "web", web, "id", invitation->id, "role",
      baton_role_name (role), "expires", (json_int_t) invitation->expires);
}
