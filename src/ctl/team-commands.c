/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "batonctl"

#include "ctl.h"

#include "permits.h"
#include "roster.h"
#include "sharing.h"
#include "token.h"

#include <glib/gi18n.h>

/* The people of a shared workspace, their roles and invitations, and one's own devices. What is asked here
 * goes to the server at once and is nothing that waits; the workspace may be open in another program. */

static gboolean
find_access (Ctl *ctl, BatonServerAccess *access, GError **error)
{
  g_auto (BatonSharingPlace) place = { 0 };

  if (!baton_sharing_read_place (ctl->reader, &place))
    {
      g_set_error_literal (error, BATON_ERROR, BATON_ERROR_NOT_FOUND, _ ("This workspace is not shared."));
      return FALSE;
    }
  access->token = baton_token_load (ctl->folder, place.server);
  access->server = g_steal_pointer (&place.server);
  access->authority = g_steal_pointer (&place.authority);
  if (access->token != NULL)
    return TRUE;
  g_set_error (error, BATON_ERROR, BATON_ERROR_FORBIDDEN,
      _ ("This device is not signed in to %s. Give “batonctl sign-in”."), access->server);
  return FALSE;
}

static BatonRoster *
ask (Ctl *ctl, BatonRosterAct act, const char *id, BatonRole role, GError **error)
{
  g_auto (BatonServerAccess) access = { 0 };

  if (!find_access (ctl, &access, error))
    return NULL;
  return baton_roster_ask (&access, act, id, role, NULL, error);
}

static gboolean
read_role (const char *text, BatonRole *role, GError **error)
{
  *role = baton_role_find (text);
  return *role != BATON_ROLE_NONE ||
         ctl_usage (error, _ ("A role is one of owner, manager, member, reviewer and viewer."));
}

/* Without asking the server what it would refuse. */
static gboolean
may (const BatonRoster *roster, BatonRole other, GError **error)
{
  if (baton_roster_may_touch (roster->role, other))
    return TRUE;
  g_set_error_literal (error, BATON_ERROR, BATON_ERROR_FORBIDDEN,
      baton_role_has (roster->role, BATON_RIGHT_PEOPLE)
          ? _ ("Only an owner may do this.")
          : _ ("Only owners and managers may change who belongs to the team."));
  return FALSE;
}

static void
list_members (Ctl *ctl, const BatonRoster *roster)
{
  CtlTable *table = ctl_table_new (_ ("Name"), _ ("Role"), _ ("Since"), " ", NULL);
  BatonJson *json = &ctl->writer;

  if (ctl->json)
    baton_json_begin_array (json, "members");
  for (guint i = 0; i < roster->members->len; i++)
    {
      const BatonRosterMember *member = g_ptr_array_index (roster->members, i);
      gboolean me = g_strcmp0 (member->person, roster->person) == 0;
      g_autofree char *since = ctl_local_time (member->since);

      ctl_table_add (table, member->name, baton_role_title (member->role), since, me ? _ ("you") : "", NULL);
      if (!ctl->json)
        continue;
      baton_json_begin_object (json, NULL);
      baton_json_string (json, "person", member->person);
      baton_json_string (json, "name", member->name);
      baton_json_string (json, "role", baton_role_name (member->role));
      baton_json_time (json, "since", member->since);
      baton_json_bool (json, "me", me);
      baton_json_end_object (json);
    }
  if (ctl->json)
    baton_json_end_array (json);
  ctl_table_print (table, ctl);
}

static void
list_invitations (Ctl *ctl, const BatonRoster *roster)
{
  BatonJson *json = &ctl->writer;

  if (ctl->json)
    baton_json_begin_array (json, "invitations");
  for (guint i = 0; roster->invitations != NULL && i < roster->invitations->len; i++)
    {
      const BatonRosterInvitation *invitation = g_ptr_array_index (roster->invitations, i);
      g_autofree char *expires = ctl_local_time (invitation->expires);

      ctl_say (ctl, _ ("Open invitation %s: %s, until %s"), invitation->id,
          baton_role_title (invitation->role), expires);
      if (!ctl->json)
        continue;
      baton_json_begin_object (json, NULL);
      baton_json_string (json, "id", invitation->id);
      baton_json_string (json, "role", baton_role_name (invitation->role));
      baton_json_time (json, "expires", invitation->expires);
      baton_json_string (json, "by", invitation->by);
      baton_json_end_object (json);
    }
  if (ctl->json)
    baton_json_end_array (json);
}

static gboolean
run_list (Ctl *ctl, char **args, GError **error)
{
  g_autoptr (BatonRoster) roster = ask (ctl, BATON_ROSTER_READ, NULL, BATON_ROLE_NONE, error);

  if (roster == NULL)
    return FALSE;
  if (ctl->json)
    {
      baton_json_begin_object (&ctl->writer, NULL);
      baton_json_string (&ctl->writer, "role", baton_role_name (roster->role));
    }
  list_members (ctl, roster);
  list_invitations (ctl, roster);
  if (ctl->json)
    baton_json_end_object (&ctl->writer);
  return TRUE;
}

static gboolean
run_invite (Ctl *ctl, char **args, GError **error)
{
  g_autoptr (BatonRoster) roster = NULL;
  g_autoptr (BatonRoster) before = NULL;
  BatonRole role = BATON_ROLE_MEMBER;

  if (args[0] != NULL && !read_role (args[0], &role, error))
    return FALSE;
  before = ask (ctl, BATON_ROSTER_READ, NULL, BATON_ROLE_NONE, error);
  if (before == NULL || !may (before, role, error))
    return FALSE;
  roster = ask (ctl, BATON_ROSTER_INVITE, NULL, role, error);
  if (roster == NULL)
    return FALSE;
  if (!ctl->json)
    {
      ctl_say (ctl, "%s", roster->link);
      return TRUE;
    }
  baton_json_begin_object (&ctl->writer, NULL);
  baton_json_string (&ctl->writer, "invitation", roster->link);
  baton_json_string (&ctl->writer, "role", baton_role_name (role));
  baton_json_end_object (&ctl->writer);
  return TRUE;
}

/* By id, or by name without regard to case. Borrowed from the roster. */
static const BatonRosterMember *
find_member (const BatonRoster *roster, const char *text, GError **error)
{
  g_autofree char *wanted = g_utf8_casefold (text, -1);

  for (guint i = 0; i < roster->members->len; i++)
    {
      const BatonRosterMember *member = g_ptr_array_index (roster->members, i);
      g_autofree char *name = g_utf8_casefold (member->name != NULL ? member->name : "", -1);

      if (g_str_equal (member->person, text) || g_str_equal (name, wanted))
        return member;
    }
  g_set_error (error, BATON_ERROR, BATON_ERROR_NOT_FOUND, _ ("Nobody on the team is called “%s”."), text);
  return NULL;
}

/* The member that was named, if one may change them. */
static BatonRoster *
for_member (Ctl *ctl, const char *text, const BatonRosterMember **member, GError **error)
{
  g_autoptr (BatonRoster) roster = ask (ctl, BATON_ROSTER_READ, NULL, BATON_ROLE_NONE, error);

  *member = roster != NULL ? find_member (roster, text, error) : NULL;
  if (*member == NULL || !may (roster, (*member)->role, error))
    return NULL;
  return g_steal_pointer (&roster);
}

static gboolean
run_role (Ctl *ctl, char **args, GError **error)
{
  const BatonRosterMember *member;
  g_autoptr (BatonRoster) before = NULL;
  g_autoptr (BatonRoster) after = NULL;
  g_autofree char *sentence = NULL;
  BatonRole role;

  if (!read_role (args[1], &role, error))
    return FALSE;
  before = for_member (ctl, args[0], &member, error);
  if (before == NULL || !may (before, role, error))
    return FALSE;
  after = ask (ctl, BATON_ROSTER_SET_ROLE, member->person, role, error);
  if (after == NULL)
    return FALSE;
  sentence = g_strdup_printf (_ ("The role of %s is now: %s."), member->name, baton_role_title (role));
  ctl_done (ctl, (const char *[]){ member->person, NULL }, sentence);
  return TRUE;
}

static gboolean
run_remove (Ctl *ctl, char **args, GError **error)
{
  const BatonRosterMember *member;
  g_autoptr (BatonRoster) before = for_member (ctl, args[0], &member, error);
  g_autoptr (BatonRoster) after = NULL;
  g_autofree char *sentence = NULL;

  if (before == NULL)
    return FALSE;
  if (g_strcmp0 (member->person, before->person) == 0)
    {
      g_set_error_literal (
          error, BATON_ERROR, BATON_ERROR_INVALID, _ ("That is you. Somebody else has to remove you."));
      return FALSE;
    }
  after = ask (ctl, BATON_ROSTER_REMOVE, member->person, BATON_ROLE_NONE, error);
  if (after == NULL)
    return FALSE;
  sentence =
      g_strdup_printf (_ ("%s does not belong to the team any more. What they did stays."), member->name);
  ctl_done (ctl, (const char *[]){ member->person, NULL }, sentence);
  return TRUE;
}

static gboolean
run_withdraw (Ctl *ctl, char **args, GError **error)
{
  g_autoptr (BatonRoster) roster = ask (ctl, BATON_ROSTER_WITHDRAW, args[0], BATON_ROLE_NONE, error);

  if (roster == NULL)
    return FALSE;
  ctl_done (ctl, NULL, _ ("The invitation is withdrawn."));
  return TRUE;
}

static gboolean
run_devices (Ctl *ctl, char **args, GError **error)
{
  g_autoptr (BatonRoster) roster = ask (ctl, BATON_ROSTER_READ, NULL, BATON_ROLE_NONE, error);
  BatonJson *json = &ctl->writer;
  CtlTable *table;

  if (roster == NULL)
    return FALSE;
  table = ctl_table_new (_ ("Device"), _ ("Last seen"), _ ("Id"), " ", NULL);
  if (ctl->json)
    baton_json_begin_array (json, NULL);
  for (guint i = 0; i < roster->devices->len; i++)
    {
      const BatonRosterDevice *device = g_ptr_array_index (roster->devices, i);
      g_autofree char *seen = ctl_local_time (device->seen);

      ctl_table_add (table, device->name != NULL ? device->name : "", seen, device->id,
          device->here ? _ ("this device") : "", NULL);
      if (!ctl->json)
        continue;
      baton_json_begin_object (json, NULL);
      baton_json_string (json, "id", device->id);
      baton_json_string (json, "name", device->name);
      baton_json_time (json, "since", device->since);
      baton_json_time (json, "seen", device->seen);
      baton_json_bool (json, "here", device->here);
      baton_json_end_object (json);
    }
  if (ctl->json)
    baton_json_end_array (json);
  ctl_table_print (table, ctl);
  return TRUE;
}

static gboolean
run_revoke (Ctl *ctl, char **args, GError **error)
{
  g_autoptr (BatonRoster) roster = ask (ctl, BATON_ROSTER_READ, NULL, BATON_ROLE_NONE, error);
  g_autoptr (BatonRoster) after = NULL;

  if (roster == NULL)
    return FALSE;
  for (guint i = 0; i < roster->devices->len; i++)
    {
      const BatonRosterDevice *device = g_ptr_array_index (roster->devices, i);

      if (device->here && g_str_equal (device->id, args[0]))
        return ctl_usage (error, _ ("That is this device: “batonctl sign-out” signs it out."));
    }
  after = ask (ctl, BATON_ROSTER_REVOKE, args[0], BATON_ROLE_NONE, error);
  if (after == NULL)
    return FALSE;
  ctl_done (ctl, NULL, _ ("The device is signed out. What it has not sent stays on it."));
  return TRUE;
}

static gboolean even_pending;

static const GOptionEntry sign_out_options[] = {
  { "even-pending", 0, 0, G_OPTION_ARG_NONE, &even_pending, N_ ("Also while changes wait to be sent"), NULL },
  { NULL },
};

static gboolean
check_sent (Ctl *ctl, GError **error)
{
  gint64 pending = baton_reader_count_pending (ctl->reader);

  if (pending == 0 || even_pending)
    return TRUE;
  g_set_error (error, BATON_ERROR, BATON_ERROR_INVALID,
      ngettext (
          "%u change has not been sent. Give “batonctl sync” first, or --even-pending: then it stays here "
          "until you sign in again.",
          "%u changes have not been sent. Give “batonctl sync” first, or --even-pending: then they stay here "
          "until you sign in again.",
          (gulong) pending),
      (guint) pending);
  return FALSE;
}

static gboolean
run_sign_out (Ctl *ctl, char **args, GError **error)
{
  g_auto (BatonServerAccess) access = { 0 };
  g_autoptr (GError) local = NULL;

  if (baton_session_is_remote (ctl->session))
    {
      g_set_error (error, BATON_ERROR, BATON_ERROR_LOCKED,
          _ ("The workspace %s is open in another program. Do it there, or close it first."), ctl->folder);
      return FALSE;
    }
  if (!find_access (ctl, &access, error) || !check_sent (ctl, error))
    return FALSE;
  if (!baton_sharing_sign_out (ctl->folder, &access, &local))
    ctl_say (ctl, _ ("%s The server lists this device until you revoke it on another one."), local->message);
  ctl_done (ctl, NULL, _ ("This device is signed out. The workspace stays here, and everything in it."));
  return TRUE;
}

const CtlCommand ctl_team_commands[] = {
  { "team list", "", N_ ("Show who belongs to the team, and open invitations"), 0, 0, CTL_NEEDS_READING, NULL,
      run_list, 0 },
  { "team invite", N_ ("[ROLE]"), N_ ("Make an invitation, as member if nothing else is said"), 0, 1,
      CTL_NEEDS_READING, NULL, run_invite, 0 },
  { "team withdraw", N_ ("INVITATION"), N_ ("Withdraw an open invitation"), 1, 1, CTL_NEEDS_READING, NULL,
      run_withdraw, 0 },
  { "team role", N_ ("NAME ROLE"), N_ ("Give a member another role"), 2, 2, CTL_NEEDS_READING, NULL, run_role,
      0 },
  { "team remove", N_ ("NAME"), N_ ("Take somebody off the team"), 1, 1, CTL_NEEDS_READING, NULL, run_remove,
      0 },
  { "devices list", "", N_ ("Show the devices that you are signed in on"), 0, 0, CTL_NEEDS_READING, NULL,
      run_devices, 0 },
  { "devices revoke", N_ ("DEVICE"), N_ ("Sign another of your devices out"), 1, 1, CTL_NEEDS_READING, NULL,
      run_revoke, 0 },
  { "sign-out", "", N_ ("Sign this device out"), 0, 0, CTL_NEEDS_WRITING, sign_out_options, run_sign_out, 0 },
  { NULL },
};
