/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-client"

#include "roster.h"

#include "baton-error.h"
#include "wire.h"

#include <glib/gi18n-lib.h>

static void
member_free (gpointer data)
{
  BatonRosterMember *member = data;

  g_free (member->person);
  g_free (member->name);
  g_free (member);
}

static void
invitation_free (gpointer data)
{
  BatonRosterInvitation *invitation = data;

  g_free (invitation->id);
  g_free (invitation->by);
  g_free (invitation);
}

static void
device_free (gpointer data)
{
  BatonRosterDevice *device = data;

  g_free (device->id);
  g_free (device->name);
  g_free (device);
}

void
baton_roster_free (BatonRoster *roster)
{
  g_clear_pointer (&roster->members, g_ptr_array_unref);
  g_clear_pointer (&roster->invitations, g_ptr_array_unref);
  g_clear_pointer (&roster->devices, g_ptr_array_unref);
  g_free (roster->person);
  g_free (roster->name);
  g_free (roster->link);
  g_free (roster);
}

gboolean
baton_roster_may_touch (BatonRole own, BatonRole other)
{
  return baton_role_has (own, BATON_RIGHT_PEOPLE) &&
         (other != BATON_ROLE_OWNER || baton_role_has (own, BATON_RIGHT_OWN));
}

static gpointer
read_member (json_t *object)
{
  BatonRosterMember *member = g_new0 (BatonRosterMember, 1);

  member->person = g_strdup (baton_wire_text (object, "person"));
  member->name = g_strdup (baton_wire_text (object, "name"));
  member->role = baton_role_find (baton_wire_text (object, "role"));
  member->since = baton_wire_int (object, "since", 0);
  return member;
}

static gpointer
read_invitation (json_t *object)
{
  BatonRosterInvitation *invitation = g_new0 (BatonRosterInvitation, 1);

  invitation->id = g_strdup (baton_wire_text (object, "id"));
  invitation->role = baton_role_find (baton_wire_text (object, "role"));
  invitation->expires = baton_wire_int (object, "expires", 0);
  invitation->by = g_strdup (baton_wire_text (object, "by"));
  return invitation;
}

static gpointer
read_device (json_t *object)
{
  BatonRosterDevice *device = g_new0 (BatonRosterDevice, 1);

  device->id = g_strdup (baton_wire_text (object, "id"));
  device->name = g_strdup (baton_wire_text (object, "name"));
  device->since = baton_wire_int (object, "since", 0);
  device->seen = baton_wire_int (object, "seen", 0);
  device->here = json_is_true (json_object_get (object, "here"));
  return device;
}

/* A list of the server, by the name of its request. Entries without an id are left out. */
static GPtrArray *
read_list (const BatonServerAccess *access, const char *name, const char *key,
    gpointer (*read) (json_t *object), GDestroyNotify destroy, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func (destroy);
  g_autoptr (json_t) answer = NULL;
  json_t *array, *object;
  gsize i;

  if (!baton_account_ask (access, "GET", name, NULL, cancellable, &answer, error))
    return NULL;
  array = answer != NULL ? json_object_get (answer, name) : NULL;
  if (!json_is_array (array))
    {
      g_set_error_literal (
          error, BATON_ERROR, BATON_ERROR_INVALID, _ ("The server’s answer cannot be read."));
      return NULL;
    }
  json_array_foreach (array, i, object)
    {
      if (baton_wire_text (object, key) != NULL)
        g_ptr_array_add (list, read (object));
    }
  return g_steal_pointer (&list);
}

static gboolean
read_me (const BatonServerAccess *access, BatonRoster *roster, GCancellable *cancellable, GError **error)
{
  g_autoptr (json_t) answer = NULL;

  if (!baton_account_ask (access, "GET", "me", NULL, cancellable, &answer, error))
    return FALSE;
  roster->person = g_strdup (answer != NULL ? baton_wire_text (answer, "person") : NULL);
  roster->name = g_strdup (answer != NULL ? baton_wire_text (answer, "name") : NULL);
  roster->role = baton_role_find (answer != NULL ? baton_wire_text (answer, "role") : NULL);
  if (roster->person != NULL && roster->role != BATON_ROLE_NONE)
    return TRUE;
  g_set_error_literal (error, BATON_ERROR, BATON_ERROR_INVALID, _ ("The server’s answer cannot be read."));
  return FALSE;
}

static gboolean
read_all (const BatonServerAccess *access, BatonRoster *roster, GCancellable *cancellable, GError **error)
{
  if (!read_me (access, roster, cancellable, error))
    return FALSE;
  roster->members = read_list (access, "members", "person", read_member, member_free, cancellable, error);
  if (roster->members == NULL)
    return FALSE;
  if (baton_role_has (roster->role, BATON_RIGHT_INVITE))
    {
      roster->invitations =
          read_list (access, "invitations", "id", read_invitation, invitation_free, cancellable, error);
      if (roster->invitations == NULL)
        return FALSE;
    }
  roster->devices = read_list (access, "devices", "id", read_device, device_free, cancellable, error);
  return roster->devices != NULL;
}

static const struct
{
  const char *method;
  const char *path; /* with an id behind it where it ends in a slash */
  gboolean role;    /* it goes along */
} requests[] = {
  [BATON_ROSTER_READ] = { 0 },
  [BATON_ROSTER_SET_ROLE] = { "POST", "members/", TRUE },
  [BATON_ROSTER_REMOVE] = { "DELETE", "members/", FALSE },
  [BATON_ROSTER_INVITE] = { "POST", "invitations", TRUE },
  [BATON_ROSTER_WITHDRAW] = { "DELETE", "invitations/", FALSE },
  [BATON_ROSTER_REVOKE] = { "DELETE", "devices/", FALSE },
};

static gboolean
act_on (const BatonServerAccess *access, BatonRosterAct act, const char *id, BatonRole role, char **link,
    GCancellable *cancellable, GError **error)
{
  g_autofree char *path = g_strconcat (requests[act].path, id, NULL);
  json_t *body = requests[act].role ? json_pack ("{s:s}", "role", baton_role_name (role)) : NULL;
  g_autoptr (json_t) answer = NULL;

  if (!baton_account_ask (access, requests[act].method, path, body, cancellable, &answer, error))
    return FALSE;
  *link = g_strdup (answer != NULL ? baton_wire_text (answer, "invitation") : NULL);
  return TRUE;
}

BatonRoster *
baton_roster_ask (const BatonServerAccess *access, BatonRosterAct act, const char *id, BatonRole role,
    GCancellable *cancellable, GError **error)
{
  g_autoptr (BatonRoster) roster = g_new0 (BatonRoster, 1);

  if (act != BATON_ROSTER_READ && !act_on (access, act, id, role, &roster->link, cancellable, error))
    return NULL;
  return read_all (access, roster, cancellable, error) ? g_steal_pointer (&roster) : NULL;
}

typedef struct
{
  BatonServerAccess access;
  BatonRosterAct act;
  char *id;
  BatonRole role;
} Asking;

static void
asking_free (gpointer data)
{
  Asking *asking = data;

  baton_server_access_clear (&asking->access);
  g_free (asking->id);
  g_free (asking);
}

static void
ask_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Asking *asking = data;
  GError *error = NULL;
  BatonRoster *roster =
      baton_roster_ask (&asking->access, asking->act, asking->id, asking->role, cancellable, &error);

  if (roster != NULL)
    g_task_return_pointer (task, roster, (GDestroyNotify) baton_roster_free);
  else
    g_task_return_error (task, error);
}

void
baton_roster_ask_async (const BatonServerAccess *access, BatonRosterAct act, const char *id, BatonRole role,
    GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, data);
  Asking *asking = g_new0 (Asking, 1);

  asking->access = (BatonServerAccess){ g_strdup (access->server), g_strdup (access->token),
    g_strdup (access->authority) };
  asking->act = act;
  asking->id = g_strdup (id);
  asking->role = role;
  g_task_set_task_data (task, asking, asking_free);
  g_task_run_in_thread (task, ask_thread);
}

BatonRoster *
baton_roster_ask_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
