/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-server"

/* Members, their devices, and invitations. */

#include "routes.h"

#include "baton-error.h"
#include "people.h"
#include "server-private.h"

#include <glib/gi18n-lib.h>

static BatonActor
actor (BatonRequest *request)
{
  return (BatonActor){ request->session->person, g_get_real_time () };
}

/* error: where the change would have said why it could not be made. */
static void
finish (BatonRequest *request, gboolean ok, GError *const *error)
{
  if (!ok)
    {
      baton_request_fail_error (request, *error);
      return;
    }
  baton_request_reply_empty (request);
  baton_sessions_reload (request->server->sessions);
}

void
baton_route_me (BatonRequest *request)
{
  const BatonSession *session = request->session;

  baton_request_reply_json (request, 200,
      json_pack ("{s:s, s:s, s:s, s:s}", "person", session->person, "name", session->name, "role",
          baton_role_name (session->role), "device", session->device));
}

void
baton_route_members (BatonRequest *request)
{
  baton_request_reply_json (request, 200, baton_people_members (request->server->accounts));
}

/* Only an owner touches owners. */
static gboolean
may_touch (BatonRequest *request, const char *person, BatonRole role)
{
  g_autoptr (BatonAccount) account = baton_accounts_get (request->server->accounts, person);
  gboolean about_owners = role == BATON_ROLE_OWNER || (account != NULL && account->role == BATON_ROLE_OWNER);

  if (!about_owners || baton_role_has (request->session->role, BATON_RIGHT_OWN))
    return TRUE;
  baton_request_fail (request, 403, "forbidden", _ ("Only an owner may do this."), 0);
  return FALSE;
}

static BatonRole
read_role (BatonRequest *request)
{
  json_t *body = baton_request_json (request);
  BatonRole role = baton_role_find (baton_json_text (body, "role", 20));

  if (body != NULL && role == BATON_ROLE_NONE)
    baton_request_fail (
        request, 400, "bad-request", _ ("A role is one of owner, manager, member, reviewer and viewer."), 0);
  json_decref (body);
  return role;
}

void
baton_route_set_member (BatonRequest *request)
{
  BatonRole role = read_role (request);
  const char *person = request->parts[0];
  g_autoptr (GError) error = NULL;

  if (role == BATON_ROLE_NONE || !may_touch (request, person, role))
    return;
  finish (request, baton_accounts_set_role (request->server->accounts, person, role, actor (request), &error),
      &error);
}

void
baton_route_remove_member (BatonRequest *request)
{
  const char *person = request->parts[0];
  g_autoptr (GError) error = NULL;

  if (may_touch (request, person, BATON_ROLE_NONE))
    finish (
        request, baton_accounts_remove (request->server->accounts, person, actor (request), &error), &error);
}

void
baton_route_devices (BatonRequest *request)
{
  const char *person = baton_request_query (request, "person");

  if (person != NULL && !g_str_equal (person, request->session->person) &&
      !baton_role_has (request->session->role, BATON_RIGHT_PEOPLE))
    baton_request_fail (request, 403, "forbidden", _ ("Your role does not allow this."), 0);
  else
    baton_request_reply_json (request, 200,
        baton_people_devices (request->server->accounts, person != NULL ? person : request->session->person,
            request->session->device));
}

/* Whose device it is; a stranger's device and one that does not exist look the same to who may not see it. */
void
baton_route_revoke_device (BatonRequest *request)
{
  BatonServer *server = request->server;
  const char *device = request->parts[0];
  g_autofree char *owner = baton_accounts_device_owner (server->accounts, device);
  g_autoptr (GError) error = NULL;
  gboolean own = g_strcmp0 (owner, request->session->person) == 0;

  if (owner == NULL || (!own && !baton_role_has (request->session->role, BATON_RIGHT_PEOPLE)))
    baton_request_fail (request, 404, "not-found", _ ("There is no such device."), 0);
  else if (own || may_touch (request, owner, BATON_ROLE_NONE))
    finish (
        request, baton_accounts_revoke (server->accounts, owner, device, actor (request), &error), &error);
}

void
baton_route_invite (BatonRequest *request)
{
  BatonServer *server = request->server;
  BatonRole role = read_role (request);
  g_autoptr (GError) error = NULL;
  json_t *answer;

  if (role == BATON_ROLE_NONE || !may_touch (request, "", role))
    return;
  answer = baton_people_invite (server->accounts, server->public_url, role, actor (request), &error);
  if (answer != NULL)
    baton_request_reply_json (request, 201, answer);
  else
    baton_request_fail_error (request, error);
}

void
baton_route_invitations (BatonRequest *request)
{
  baton_request_reply_json (
      request, 200, baton_people_invitations (request->server->accounts, g_get_real_time ()));
}

void
baton_route_remove_invitation (BatonRequest *request)
{
  g_autoptr (GError) error = NULL;

  finish (request,
      baton_accounts_remove_invitation (
          request->server->accounts, request->parts[0], actor (request), &error),
      &error);
}
