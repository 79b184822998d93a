/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-client"

#include "sharing-role.h"

#include "wire.h"
#include "workspace-private.h"

struct _BatonSharingRole
{
  BatonWorkspace *workspace; /* borrowed */
  BatonServerAccess access;
  GCancellable *cancellable;
  gboolean asked;   /* on this connection */
  guint asking;     /* questions that have no answer yet */
  gint64 attention; /* refusals that were there when it was asked */
};

BatonSharingRole *
baton_sharing_role_new (BatonWorkspace *workspace, const BatonServerAccess *access)
{
  BatonSharingRole *role = g_new0 (BatonSharingRole, 1);

  role->workspace = workspace;
  role->access = (BatonServerAccess){ g_strdup (access->server), g_strdup (access->token),
    g_strdup (access->authority) };
  role->cancellable = g_cancellable_new ();
  return role;
}

void
baton_sharing_role_free (BatonSharingRole *role)
{
  g_cancellable_cancel (role->cancellable);
  g_object_unref (role->cancellable);
  baton_server_access_clear (&role->access);
  g_free (role);
}

void
baton_sharing_role_told (BatonSharingRole *role, const char *name)
{
  BatonRole told = baton_role_find (name);

  if (told != BATON_ROLE_NONE)
    baton_workspace_take_role (role->workspace, told);
}

static void
access_free (gpointer data)
{
  baton_server_access_clear (data);
  g_free (data);
}

/* Its name; NULL with an error when there is no answer. */
static char *
ask (const BatonServerAccess *access, GCancellable *cancellable, GError **error)
{
  g_autoptr (json_t) answer = NULL;

  if (!baton_account_ask (access, "GET", "me", NULL, cancellable, &answer, error))
    return NULL;
  return g_strdup (answer != NULL ? baton_wire_text (answer, "role") : NULL);
}

gboolean
baton_sharing_role_is_asking (BatonSharingRole *role)
{
  return role->asking > 0;
}

static void
ask_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;
  char *name = ask (data, cancellable, &error);

  if (error == NULL)
    g_task_return_pointer (task, name, g_free);
  else
    g_task_return_error (task, error);
}

/* Whoever has no answer asks again on the next connection. A task that was cancelled gives none, and then the
 * object is gone. */
static void
asked_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  BatonSharingRole *role = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *name = g_task_propagate_pointer (G_TASK (result), &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  role->asking--;
  if (error == NULL)
    baton_sharing_role_told (role, name);
}

void
baton_sharing_role_follow (BatonSharingRole *role, const BatonSyncStatus *status)
{
  g_autoptr (GTask) task = NULL;
  BatonServerAccess *access;

  if (status->state == BATON_SYNC_OFFLINE || status->state == BATON_SYNC_SIGN_IN)
    role->asked = FALSE;
  if (status->state != BATON_SYNC_IN_STEP || (role->asked && status->attention <= role->attention))
    {
      role->attention = MIN (role->attention, status->attention);
      return;
    }
  role->asked = TRUE;
  role->asking++;
  role->attention = status->attention;
  access = g_new0 (BatonServerAccess, 1);
  *access = (BatonServerAccess){ g_strdup (role->access.server), g_strdup (role->access.token),
    g_strdup (role->access.authority) };
  task = g_task_new (NULL, role->cancellable, asked_cb, role);
  g_task_set_task_data (task, access, access_free);
  g_task_run_in_thread (task, ask_thread);
}
