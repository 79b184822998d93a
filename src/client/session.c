/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-client"

#include "session.h"

#include "bus.h"

#include <glib/gi18n-lib.h>

/* Two commands at the same moment wait for each other: a command holds the workspace for milliseconds. */
#define LOCK_PATIENCE (3 * G_USEC_PER_SEC)
#define LOCK_PAUSE (20 * 1000)

struct _BatonSession
{
  char *folder;
  BatonWorkspace *workspace;
  gboolean remote;
};

char *
baton_session_default_folder (void)
{
  const char *chosen = g_getenv ("BATON_WORKSPACE");

  if (chosen != NULL && *chosen != '\0')
    return g_strdup (chosen);
  return g_build_filename (g_get_user_data_dir (), "baton", "workspace", NULL);
}

/* Waits while another command has it; stops when a program that answers on the bus has it, or patience ends.
 */
static BatonWorkspace *
open_patiently (const char *folder, BatonSessionFlags flags, GError **error)
{
  BatonStoreFlags store_flags = flags & BATON_SESSION_CREATE ? BATON_STORE_CREATE : BATON_STORE_OPEN;
  gint64 deadline = g_get_monotonic_time () + LOCK_PATIENCE;

  while (TRUE)
    {
      g_autoptr (GError) local = NULL;
      BatonWorkspace *workspace = baton_workspace_open (folder, store_flags, &local);

      if (workspace != NULL)
        return workspace;
      if (!g_error_matches (local, BATON_ERROR, BATON_ERROR_LOCKED) || !(flags & BATON_SESSION_WRITE) ||
          baton_bus_is_owned (folder) || g_get_monotonic_time () > deadline)
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return NULL;
        }
      g_usleep (LOCK_PAUSE);
    }
}

static gboolean
check_writable (BatonSession *session, BatonSessionFlags flags, GError **error)
{
  const char *reason = baton_workspace_read_only_reason (session->workspace);

  if (!(flags & BATON_SESSION_WRITE) || session->remote || reason == NULL)
    return TRUE;
  g_set_error_literal (error, BATON_ERROR, BATON_ERROR_READ_ONLY, reason);
  return FALSE;
}

BatonSession *
baton_session_open (const char *folder, BatonSessionFlags flags, GError **error)
{
  g_autoptr (BatonSession) session = g_new0 (BatonSession, 1);
  g_autoptr (GError) local = NULL;

  session->folder = g_canonicalize_filename (folder, NULL);
  session->workspace = open_patiently (session->folder, flags, &local);
  if (g_error_matches (local, BATON_ERROR, BATON_ERROR_LOCKED) &&
      (!(flags & BATON_SESSION_WRITE) || baton_bus_is_owned (session->folder)))
    {
      g_clear_error (&local);
      session->remote = TRUE;
      session->workspace = baton_workspace_open (session->folder, BATON_STORE_READ_ONLY, &local);
    }
  if (g_error_matches (local, BATON_ERROR, BATON_ERROR_LOCKED))
    g_set_error (error, BATON_ERROR, BATON_ERROR_LOCKED,
        _ ("The workspace %s is open in another program (and it does not answer). Close it there first."),
        folder);
  else if (local != NULL)
    g_propagate_error (error, g_steal_pointer (&local));
  if (session->workspace == NULL || !check_writable (session, flags, error))
    return NULL;
  return g_steal_pointer (&session);
}

void
baton_session_close (BatonSession *session)
{
  if (session->workspace != NULL)
    baton_workspace_close (session->workspace);
  g_clear_object (&session->workspace);
  g_free (session->folder);
  g_free (session);
}

gboolean
baton_session_is_remote (BatonSession *session)
{
  return session->remote;
}

BatonWorkspace *
baton_session_workspace (BatonSession *session)
{
  return session->workspace;
}

BatonReader *
baton_session_reader (BatonSession *session)
{
  return baton_workspace_reader (session->workspace);
}

/* Over the bus the owner says who made a change, so nobody has to be made. */
gboolean
baton_session_ensure_me (BatonSession *session, GError **error)
{
  const char *name = g_get_real_name ();

  if (session->remote)
    return TRUE;
  if (name == NULL || *name == '\0' || g_str_equal (name, "Unknown"))
    name = g_get_user_name ();
  return baton_workspace_ensure_me (session->workspace, name, error);
}

gboolean
baton_session_perform (BatonSession *session, BatonOp *op, GError **error)
{
  g_autoptr (BatonOp) taken = op;

  if (session->remote)
    return baton_bus_perform (session->folder, taken, error);
  return baton_workspace_perform (session->workspace, g_steal_pointer (&taken), NULL, error);
}

gboolean
baton_session_perform_batch (
    BatonSession *session, GPtrArray *ops, BatonProgress progress, gpointer data, GError **error)
{
  g_autoptr (GPtrArray) taken = ops;

  if (session->remote)
    return baton_bus_perform_batch (session->folder, taken, error);
  return baton_workspace_perform_batch (session->workspace, g_steal_pointer (&taken), progress, data, error);
}

gboolean
baton_session_undo (BatonSession *session, gboolean redo, char **sentence, GError **error)
{
  if (session->remote)
    return baton_bus_undo (session->folder, redo, sentence, error);
  return baton_workspace_undo (session->workspace, redo, sentence, error);
}
